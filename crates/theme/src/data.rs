//! Files that a template reads: `load_data` and `get_image_metadata`. There is no network: a build is a function of its files.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use std::sync::PoisonError;

use fika_model::Severity;
use tera::{Error, Kwargs, State, TeraResult, Value};

use crate::Query;
use crate::arguments::{given, is_required, only};
use crate::lookups::FoundFile;
use crate::scope::{Fault, Scope, ask, current, report, tell};
use crate::values::{data, json, record, text};

/// `load_data(path, format, required)` or `load_data(literal, format)`.
pub(crate) fn load_data(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    if let Some(url) = given::<&str>(&kwargs, "url")? {
        no_network(url)?;
        return Ok(Value::none());
    }
    only(&kwargs, &["path", "literal", "format", "required"])?;
    let scope = current()?;
    let format = given::<&str>(&kwargs, "format")?;
    if let Some(written) = given::<&str>(&kwargs, "literal")? {
        return literal(&scope, written, format.unwrap_or("plain"));
    }
    let path = kwargs.must_get::<&str>("path")?;
    ask(Query::Data { path: path.to_owned() });
    let Some(found) = scope.stage.file(path) else {
        if is_required(&kwargs)? {
            missing_file(path)?;
        }
        return Ok(Value::none());
    };
    let key = (found.path.clone(), format.map(str::to_owned));
    let known = scope.stage.loaded.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some(value) = known {
        return Ok(value);
    }
    // What cannot be read is told by every page that asks.
    let Some(value) = read(&scope, &found, format)? else { return Ok(Value::none()) };
    scope.stage.loaded.write().unwrap_or_else(PoisonError::into_inner).insert(key, value.clone());
    Ok(value)
}

/// Zola asks the network for a `url`. Here a build is a function of its files.
fn no_network(url: &str) -> TeraResult<()> {
    report(Fault {
        severity: Severity::Error,
        code: "no-network",
        message: format!("a build asks nobody on the network, so there is no `{url}`"),
        help: "save it under `data/`, by hand or by a script before the build, and give its `path`"
            .to_owned(),
    })
}

fn literal(scope: &Scope, written: &str, format: &str) -> TeraResult<Value> {
    match format {
        "plain" => Ok(text(written)),
        "json" => parse_json(written),
        _ => match scope.stage.resources.literal(written, format) {
            Ok(found) => Ok(data(&found)),
            Err(fault) => Err(Error::message(fault.message)),
        },
    }
}

fn parse_json(written: &str) -> TeraResult<Value> {
    let parsed: serde_json::Value = serde_json::from_str(written)
        .map_err(|error| Error::message(format!("the JSON is wrong: {error}")))?;
    Ok(json(&parsed))
}

/// Text as it is with the format `plain` or an unknown extension, else what the data file says: nothing, where that is told to be wrong.
fn read(scope: &Scope, found: &FoundFile, format: Option<&str>) -> TeraResult<Option<Value>> {
    let kind = format.unwrap_or_else(|| extension(&found.path));
    let is_data = matches!(kind, "yaml" | "yml" | "toml" | "json" | "csv");
    if is_data && found.bytes.is_none() {
        let read = scope.stage.resources.data(&found.path, format).map_err(tell);
        return Ok(read.ok().map(|read| data(&read)));
    }
    let bytes = match &found.bytes {
        Some(bytes) => bytes.clone(),
        None => scope
            .stage
            .resources
            .read(&found.path)
            .map_err(|error| Error::message(format!("{}: {error}", found.path)))?,
    };
    let content = std::str::from_utf8(&bytes)
        .map_err(|_| Error::message(format!("`{}` is not text in UTF-8", found.path)))?;
    let content = content.trim_start_matches('\u{feff}');
    if is_data { literal(scope, content, kind).map(Some) } else { Ok(Some(text(content))) }
}

/// `get_image_metadata(path, allow_missing)`: width, height and format.
pub(crate) fn get_image_metadata(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path", "allow_missing"])?;
    let scope = current()?;
    let path = kwargs.must_get::<&str>("path")?;
    ask(Query::Image { path: path.to_owned() });
    let Some(found) = scope.stage.file(path) else {
        if !given::<bool>(&kwargs, "allow_missing")?.unwrap_or_default() {
            missing_file(path)?;
        }
        return Ok(Value::none());
    };
    let size = scope.stage.resources.image_size(&found.path);
    let format = extension(&found.path).to_ascii_lowercase().replace("jpeg", "jpg");
    let mime = match format.as_str() {
        "jpg" => "image/jpeg".to_owned(),
        "svg" => "image/svg+xml".to_owned(),
        other => format!("image/{other}"),
    };
    Ok(record([
        ("width", Value::from(size.map(|(width, _)| width))),
        ("height", Value::from(size.map(|(_, height)| height))),
        ("format", text(&format)),
        ("mime", text(&mime)),
    ]))
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The file that a function asks for; one that is not there is reported.
pub(crate) fn asked_file(scope: &Scope, path: &str) -> TeraResult<Option<FoundFile>> {
    ask(Query::File { path: path.to_owned() });
    let found = scope.stage.file(path);
    if found.is_none() {
        missing_file(path)?;
    }
    Ok(found)
}

/// Reports a file that is not there.
fn missing_file(path: &str) -> TeraResult<()> {
    let help = "paths start at the site's folder, `content/`, `static/` or `data/`".to_owned();
    report(Fault {
        severity: Severity::Error,
        code: "missing-file",
        message: format!("there is no file `{path}`"),
        help,
    })
}
