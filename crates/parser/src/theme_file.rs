//! `theme.yaml`, what a theme says of itself. Only `params` is read: the values that the theme takes under `extra:`. The rest is for people.

use std::sync::Arc;

use fika_model::{CONFIG, Data, Diagnostic, Severity, nearest};

use crate::node::{self, Entry, Reader, Value, choose};

/// A value that a theme takes under `extra:`.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// The key under `extra:`.
    pub name: Arc<str>,
    /// Whether an essay may say otherwise in its front matter.
    pub in_essays: bool,
    kind: Option<Type>,
    /// The only ones that it may be; any, if there are none.
    values: Vec<Arc<str>>,
    /// What it is where nobody says; none also where that is no value it may have.
    default: Option<Data>,
}

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Bool,
    Integer,
    Number,
    List,
    Map,
}

/// By the names that `type:` gives them, with what they are called in a message.
const TYPES: [(&str, Type, &str); 6] = [
    ("string", Type::Text, "text"),
    ("bool", Type::Bool, "true or false"),
    ("integer", Type::Integer, "a whole number"),
    ("number", Type::Number, "a number"),
    ("list", Type::List, "a list"),
    ("map", Type::Map, "a map"),
];

const KEYS: [&str; 5] = ["type", "values", "default", "page", "doc"];

/// Reads the parameters of a theme. What is faulty is told and left out.
pub fn theme_params(path: &str, text: &str) -> (Vec<Param>, Vec<Diagnostic>) {
    let mut reader = Reader { path, text, severity: Severity::Warning, diagnostics: Vec::new() };
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let tree = match node::yaml(&text[start..], start) {
        Ok((tree, _)) => tree,
        Err(error) => {
            let (reason, help) = node::explain_yaml(text, &error);
            reader.report(
                "theme-file",
                error.span,
                format!("the theme’s own file cannot be read: {reason}"),
                &help,
            );
            return (Vec::new(), reader.diagnostics);
        }
    };
    let Some(params) = tree.entries().iter().find(|entry| entry.key == "params") else {
        return (Vec::new(), reader.diagnostics);
    };
    if !matches!(params.node.value, Value::Map(_) | Value::Null) {
        reader.wrong(params, "a map", "params: {toc: {type: bool, default: true}}");
    }
    let read = params.node.entries().iter().map(|entry| param(&mut reader, entry)).collect();
    (read, reader.diagnostics)
}

fn param(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Param {
    let name = Arc::from(&*entry.key);
    let mut found = Param { name, in_essays: false, kind: None, values: Vec::new(), default: None };
    if !matches!(entry.node.value, Value::Map(_)) {
        reader.wrong(entry, "a map", &format!("{}: {{type: string, default: …}}", entry.key));
    }
    let mut default = None;
    for entry in entry.node.entries() {
        match &*entry.key {
            "type" => found.kind = reader.one_of(entry, &TYPES.map(|(name, kind, _)| (name, kind))),
            "values" => found.values = reader.list(entry),
            "default" => default = Some(entry),
            "page" => found.in_essays = reader.truth(entry).unwrap_or_default(),
            "doc" => {}
            _ => {
                let help = match nearest(&entry.key, KEYS) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the keys here are {}", KEYS.join(", ")),
                };
                let message = format!("`{}` means nothing here", entry.key);
                reader.report("unknown-key", entry.key_span, message, &help);
            }
        }
    }
    if let Some(default) = default {
        let value = default.node.to_data();
        match found.misfit(&value, "default") {
            Some((message, help)) => reader.report("wrong-value", default.node.span, message, &help),
            None => found.default = Some(value).filter(|value| *value != Data::Null),
        }
    }
    found
}

impl Param {
    /// Puts the default into the `extra:` of a configuration that does not have the value; a map that lacks some of it is completed.
    pub fn complete(&self, extra: &mut Data) {
        if let Some(default) = &self.default {
            fill(extra, &Data::Map(vec![(self.name.clone(), default.clone())]));
        }
    }

    /// Whether somebody gave the value, and not the theme alone.
    pub fn is_given(&self, extra: &Data) -> bool {
        extra.get(&self.name).is_some_and(|value| self.default.as_ref() != Some(value))
    }

    /// What is wrong with a value of the configuration, if the theme cannot use it.
    pub fn check(&self, extra: &Data) -> Option<Diagnostic> {
        let value = extra.get(&self.name)?;
        let (message, help) = self.misfit(value, &format!("extra.{}", self.name))?;
        let names = [written(value).unwrap_or_default(), self.name.clone()];
        Some(
            Diagnostic::warning("wrong-value", CONFIG, message)
                .help(help)
                .about("extra", names.iter().map(|name| &**name)),
        )
    }

    /// What is wrong with a value of the front matter, if the theme cannot use it, and what to do.
    pub fn check_essay(&self, extra: &Data) -> Option<(String, String)> {
        self.misfit(extra.get(&self.name)?, &format!("extra.{}", self.name))
    }

    /// What is wrong with a value that is called so, and what to do.
    fn misfit(&self, value: &Data, called: &str) -> Option<(String, String)> {
        if *value == Data::Null {
            return None;
        }
        let said = self.kind.and_then(|kind| TYPES.iter().find(|(_, known, _)| *known == kind));
        if let Some((_, kind, words)) = said.filter(|(_, kind, _)| !kind.takes(value)) {
            let help = match kind {
                Type::Bool => "write `true` or `false`, without quotation marks",
                _ => "the theme’s `theme.yaml` says what it is for",
            };
            return Some((format!("`{called}` should be {words}"), help.to_owned()));
        }
        let text = written(value)?;
        let is_known = self.values.is_empty() || self.values.contains(&text);
        let known: Vec<&str> = self.values.iter().map(|value| &**value).collect();
        (!is_known).then(|| (format!("`{called}` cannot be `{text}`"), choose(&text, &known)))
    }
}

/// Gives a value what it lacks of another: everything, if it is nothing, and of a map the keys that are not there. What is empty
/// (`extra: {accent: }`) was not said.
fn fill(value: &mut Data, default: &Data) {
    match (value, default) {
        (value @ Data::Null, _) => *value = default.clone(),
        (Data::Map(entries), Data::Map(defaults)) => {
            for (name, default) in defaults {
                match entries.iter_mut().find(|(known, _)| known == name) {
                    Some((_, value)) => fill(value, default),
                    None => entries.push((name.clone(), default.clone())),
                }
            }
        }
        _ => {}
    }
}

impl Type {
    fn takes(self, value: &Data) -> bool {
        match self {
            // What looks like a number is a text where one is wanted.
            Type::Text => written(value).is_some(),
            Type::Bool => matches!(value, Data::Bool(_)),
            Type::Integer => matches!(value, Data::Int(_)),
            Type::Number => matches!(value, Data::Int(_) | Data::Float(_)),
            Type::List => matches!(value, Data::Array(_)),
            Type::Map => matches!(value, Data::Map(_)),
        }
    }
}

/// A value as it is written, unless it is made of others.
fn written(value: &Data) -> Option<Arc<str>> {
    match value {
        Data::Str(text) => Some(text.clone()),
        Data::Int(number) => Some(number.to_string().into()),
        Data::Float(number) => Some(number.to_string().into()),
        Data::Bool(truth) => Some(truth.to_string().into()),
        Data::Null | Data::Array(_) | Data::Map(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEME: &str = "name: ink\nparams:\n  paragraph: {type: string, values: [indent, block], default: indent, doc: how}\n  \
                         toc: {type: bool, default: true}\n  width: {type: number}\n  free: {doc: anything}\n";

    #[test]
    fn values_that_a_theme_takes() {
        let (params, faults) = theme_params("themes/ink/theme.yaml", THEME);
        assert_eq!(faults, []);
        let told = |extra: &str| {
            let (config, _) = crate::config(CONFIG, &format!("extra: {extra}"));
            let told = params.iter().filter_map(|param| param.check(&config.extra));
            told.map(|fault| format!("{}; {}", fault.message, fault.help.unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        assert_eq!(told("{paragraph: blok}"), ["`extra.paragraph` cannot be `blok`; did you mean `block`?"]);
        assert_eq!(
            told("{paragraph: none}"),
            ["`extra.paragraph` cannot be `none`; choose one of indent, block"]
        );
        assert_eq!(
            told("{toc: 'no'}"),
            ["`extra.toc` should be true or false; write `true` or `false`, without quotation marks"]
        );
        assert_eq!(told("{width: wide}").len(), 1);
        assert_eq!(
            told("{paragraph: block, toc: false, width: 1.5, free: [1], own: x, other: {toc: 1}}"),
            [""; 0]
        );
        assert_eq!(told("{paragraph: , toc: }"), [""; 0]);
        let (params, faults) =
            theme_params("theme.yaml", "params: {toc: {type: bool, page: true}, free: {page: maybe}}");
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(params.iter().map(|param| param.in_essays).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn faults_of_the_file_have_their_places() {
        let told = |text: &str| {
            let (_, faults) = theme_params("themes/ink/theme.yaml", text);
            let told = faults.into_iter().map(|fault| {
                let place = fault.place.expect("a place");
                format!("{} {}:{} {}", fault.code, place.line, place.column, fault.message)
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(told("params: [a]"), ["wrong-value 1:9 `params` should be a map, and is a list"]);
        assert_eq!(told("params:\n  a: b"), ["wrong-value 2:6 `a` should be a map, and is text"]);
        assert_eq!(told("params:\n  a: {type: strin}"), ["wrong-value 2:13 `type` cannot be `strin`"]);
        assert_eq!(
            told("params:\n  a: {values: [x, y], default: z, dok: 1}"),
            ["unknown-key 2:35 `dok` means nothing here", "wrong-value 2:32 `default` cannot be `z`"]
        );
        assert!(told("params: [").iter().all(|fault| fault.starts_with("theme-file 1:")));
        assert_eq!(told(""), [""; 0]);
    }
}
