//! Filters and tests of Tera 1 that its successor dropped, renamed or made otherwise, so that themes written for Zola 0.22 have less to
//! change.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use std::collections::HashMap;

use tera::value::Key;
use tera::{Error, Kwargs, Map, State, StringInput, Tera, TeraResult, Value};

use crate::arguments::{given, only};

/// Registers all of them.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_filter("map", map);
    tera.register_filter("filter", filter);
    tera.register_filter("group_by", group_by);
    tera.register_filter("concat", concat);
    tera.register_filter("slice", slice);
    tera.register_filter("as_str", |value: &Value, _: Kwargs, _: &State<'_>| value.to_string());
    tera.register_filter("linebreaksbr", |text: &str, _: Kwargs, _: &State<'_>| {
        text.replace("\r\n", "<br>").replace('\n', "<br>")
    });
    tera.register_filter("trim_start_matches", trim_start_matches);
    tera.register_filter("trim_end_matches", trim_end_matches);
    tera.register_test("object", |value: &Value, _: Kwargs, _: &State<'_>| value.is_map());
}

/// `map(attribute="title")`: what each has under a name; those without it are left out.
fn map(items: &[Value], kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["attribute"])?;
    let path = kwargs.must_get::<&str>("attribute")?;
    let found = items.iter().filter_map(|item| item.get_from_path(path).cloned());
    Ok(Value::from(found.filter(|value| !value.is_none() && !value.is_undefined()).collect::<Vec<Value>>()))
}

/// `filter(attribute="draft", value=false)`: those whose attribute has the value; without one, those that have the attribute.
fn filter(items: &[Value], kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["attribute", "value"])?;
    let path = kwargs.must_get::<&str>("attribute")?;
    let wanted = kwargs.get::<&Value>("value")?;
    let keep = |item: &&Value| {
        let found = item.get_from_path(path);
        match wanted {
            Some(wanted) => found == Some(wanted) || (wanted.is_none() && found.is_none()),
            None => found.is_some_and(|found| !found.is_none()),
        }
    };
    Ok(Value::from(items.iter().filter(keep).cloned().collect::<Vec<Value>>()))
}

/// `group_by(attribute="year")`: the groups in the order in which the list names them. That of the engine puts them in another order in
/// each run, and refuses a list of which one has no such attribute; here, that is in no group.
fn group_by(items: &[Value], kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["attribute"])?;
    let path = kwargs.must_get::<&str>("attribute")?;
    let mut places: HashMap<Key<'static>, usize> = HashMap::new();
    let mut groups: Vec<(Key<'static>, Vec<Value>)> = Vec::new();
    for item in items {
        let found = item.get_from_path(path).filter(|found| !found.is_none() && !found.is_undefined());
        let Some(found) = found else { continue };
        let name = key(found).ok_or_else(|| {
            Error::message(format!(
                "a group cannot be called by what is at `{path}` here, which is `{}`",
                found.name()
            ))
        })?;
        let at = *places.entry(name.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, group)) => group.push(item.clone()),
            None => groups.push((name, vec![item.clone()])),
        }
    }
    Ok(Value::from(groups.into_iter().map(|(name, group)| (name, Value::from(group))).collect::<Map>()))
}

/// A value as a key of a map, if it can be one.
fn key(value: &Value) -> Option<Key<'static>> {
    let number = || value.as_i64().map(Key::I64);
    let truth = || value.as_bool().map(Key::Bool);
    value.as_str().map(|text| Key::String(text.into())).or_else(number).or_else(truth)
}

/// `concat(with=x)`: a list and another list or one more thing.
fn concat(items: &[Value], kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["with"])?;
    let with = kwargs.must_get::<&Value>("with")?;
    let mut all = items.to_vec();
    match with.as_array() {
        Some(more) => all.extend_from_slice(more),
        None => all.push(with.clone()),
    }
    Ok(Value::from(all))
}

/// `slice(start=1, end=3)`; numbers below zero count from the end.
fn slice(items: &[Value], kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["start", "end"])?;
    let place = |number: i64| {
        let from_end = i64::try_from(items.len()).unwrap_or(i64::MAX).saturating_add(number);
        usize::try_from(if number < 0 { from_end } else { number }).unwrap_or(0).min(items.len())
    };
    let start = place(given::<i64>(&kwargs, "start")?.unwrap_or(0));
    let end = given::<i64>(&kwargs, "end")?.map_or(items.len(), place);
    Ok(Value::from(&items[start.min(end)..end]))
}

fn trim_start_matches(text: StringInput<'_>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let pat = pattern(&kwargs)?;
    Ok(text.inherit_safety(text.as_str().trim_start_matches(pat).to_owned()))
}

fn trim_end_matches(text: StringInput<'_>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let pat = pattern(&kwargs)?;
    Ok(text.inherit_safety(text.as_str().trim_end_matches(pat).to_owned()))
}

fn pattern(kwargs: &Kwargs) -> TeraResult<&str> {
    only(kwargs, &["pat"])?;
    kwargs.must_get::<&str>("pat").map_err(|_| Error::message("the argument `pat` is missing"))
}
