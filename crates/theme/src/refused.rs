//! Functions of Zola that fika does not have, because a build is a function of its files and makes no pictures. Each says what to do
//! instead, and gives what lets the page be made all the same.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use fika_model::Severity;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::Query;
use crate::arguments::{given, only};
use crate::data::asked_file;
use crate::scope::{Fault, Scope, ask, current, report};
use crate::values::{record, text};

/// Registers all of them.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_function("resize_image", resize_image);
    tera.register_function("get_random", get_random);
}

/// `resize_image(path, width, height, op, format, quality)`: the picture as it is, and a warning.
fn resize_image(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path", "width", "height", "op", "format", "quality", "speed"])?;
    let scope = current()?;
    let path = kwargs.must_get::<&str>("path")?;
    let Some(found) = asked_file(&scope, path)? else { return Ok(Value::none()) };
    let url = address(&scope, &found.path);
    let (width, height) = scope.stage.resources.image_size(&found.path).unzip();
    report(Fault {
        severity: Severity::Warning,
        code: "no-resizing",
        message: format!("pictures are not resized: `{path}` is given as it is"),
        help: "store the picture in the size it shall have, and ask for it by `get_url(path=…)`; `get_image_metadata` tells how large it is"
            .to_owned(),
    })?;
    Ok(record([
        ("url", text(&url)),
        ("static_path", text(&found.path)),
        ("width", Value::from(width)),
        ("height", Value::from(height)),
        ("orig_width", Value::from(width)),
        ("orig_height", Value::from(height)),
    ]))
}

/// The whole address of a file, given from the site's root.
fn address(scope: &Scope, file: &str) -> String {
    let below = |folder: &str| file.strip_prefix(folder)?.strip_prefix('/');
    let path = match (below(&scope.stage.site.config.content_dir), below("static")) {
        (Some(inner), _) => format!("@/{inner}"),
        (None, Some(inner)) => format!("/{inner}"),
        (None, None) => file.to_owned(),
    };
    ask(Query::Url { path: path.clone(), lang: scope.lang.clone(), cachebust: false });
    scope.stage.url(&path, &scope.lang, false).map_or_else(|missing| missing.url, |url| url.address)
}

/// `get_random(start, end)`: `start`, and a warning. The same files make the same site.
fn get_random(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["start", "end"])?;
    let start = given::<i64>(&kwargs, "start")?.unwrap_or_default();
    given::<i64>(&kwargs, "end")?.ok_or_else(|| Error::message("the argument `end` is missing"))?;
    report(Fault {
        severity: Severity::Warning,
        code: "no-chance",
        message: format!("nothing in a build is left to chance: `get_random` gives {start}"),
        help: "choose by what the page has, such as `page.word_count % 5`, or by a script in the browser"
            .to_owned(),
    })?;
    Ok(Value::from(start))
}
