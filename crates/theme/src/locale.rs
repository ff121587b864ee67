//! Filters that write and sort as a language does: numbers, lists, names.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use fika_i18n::ListStyle;
use fika_model::Lang;
use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::arguments::{given, only};
use crate::escape::escape;
use crate::functions::{lang, named};
use crate::scope::{Scope, current};

/// Registers all of them.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_filter("num_format", num_format);
    tera.register_filter("list_format", list_format);
    tera.register_filter("collate", collate);
}

/// The language that `lang=` (or Zola's `locale=`) names, or that of the page.
pub(crate) fn chosen(kwargs: &Kwargs, scope: &Scope) -> TeraResult<Lang> {
    match given::<&str>(kwargs, "locale")? {
        Some(tag) => named(&tag.replace('_', "-"), scope),
        None => lang(kwargs, scope),
    }
}

/// `num_format(lang, grouping)`: a number in the digits and groups of its language, `1,234.5` or `1.234,5`.
/// `grouping=false` is for years.
fn num_format(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &["locale", "lang", "grouping"])?;
    if !value.is_number() {
        return Err(Error::message(format!("num_format wants a number, not {}", value.name())));
    }
    let scope = current()?;
    let grouped = given::<bool>(&kwargs, "grouping")?.unwrap_or(true);
    Ok(scope.stage.theme.numbers.format(&chosen(&kwargs, &scope)?, &value.to_string(), grouped))
}

/// `list_format(type, lang)`: the items in one line, `甲、乙和丙` or `A, B, and C`; `type="or"` for a choice. Items that are HTML stay so.
fn list_format(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["type", "locale", "lang"])?;
    let Some(items) = value.as_array() else {
        return Err(Error::message(format!("list_format wants a list, not {}", value.name())));
    };
    let style = match given::<&str>(&kwargs, "type")?.unwrap_or("and") {
        "and" => ListStyle::And,
        "or" => ListStyle::Or,
        other => return Err(Error::message(format!("there is no list type `{other}`; there are and, or"))),
    };
    let scope = current()?;
    let safe = items.iter().any(Value::is_safe);
    let texts: Vec<String> = items
        .iter()
        .map(|item| if safe && !item.is_safe() { escape(&item.to_string()) } else { item.to_string() })
        .collect();
    let list = scope.stage.theme.lists.format(&chosen(&kwargs, &scope)?, &texts, style);
    Ok(if safe { Value::safe_string(&list) } else { Value::from(list) })
}

/// `collate(attribute, lang)`: a list in the order of its language: by pinyin, by strokes, by the alphabet. Equal names keep their order.
fn collate(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["attribute", "locale", "lang"])?;
    let Some(items) = value.as_array() else {
        return Err(Error::message(format!("collate wants a list, not {}", value.name())));
    };
    let scope = current()?;
    let lang = chosen(&kwargs, &scope)?;
    let path = given::<&str>(&kwargs, "attribute")?;
    let name = |item: &Value| {
        let mut steps = path.iter().flat_map(|path| path.split('.'));
        let found =
            steps.try_fold(item.clone(), |at, step| at.as_map()?.get(&Key::from(step.to_owned())).cloned());
        found.filter(|found| !found.is_none()).map(|found| found.to_string()).unwrap_or_default()
    };
    let mut sorted = items.to_vec();
    scope.stage.theme.in_order(&lang, |order| sorted.sort_by_cached_key(|item| order.key(&name(item))));
    Ok(Value::from(sorted))
}
