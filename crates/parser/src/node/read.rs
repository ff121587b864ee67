//! Reading values out of a tree, with a report for each that is not what it should be.

use std::cmp::Ordering;
use std::sync::Arc;

use fika_model::{Diagnostic, Lang, Language, Severity, Span, nearest};

use super::{Entry, Node, Value};
use crate::{MOST_PROBLEMS, names_a_language};

/// A file that is being read: where reports point to, and how grave they are.
pub(crate) struct Reader<'a> {
    /// The file, from the site's root.
    pub path: &'a str,
    /// Its whole text.
    pub text: &'a str,
    /// How grave a wrong value is: an error in the configuration, a warning in one essay.
    pub severity: Severity,
    /// What was found so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// What to write in the place of a text that is none of some names.
pub(crate) fn choose(written: &str, names: &[&str]) -> String {
    match nearest(written, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("choose one of {}", names.join(", ")),
    }
}

impl Reader<'_> {
    /// Reports a problem at a place.
    pub(crate) fn report(&mut self, code: &'static str, span: Span, message: String, help: &str) {
        // A place is found by going over the file, and nobody reads the thousandth.
        match self.diagnostics.len().cmp(&MOST_PROBLEMS) {
            Ordering::Less => {}
            Ordering::Equal => {
                let message = "more problems of this file are not shown";
                let more = Diagnostic::warning("more-problems", self.path, message);
                return self.diagnostics.push(more.at(self.text, span).help("mend those above first"));
            }
            Ordering::Greater => return,
        }
        let diagnostic = match self.severity {
            Severity::Error => Diagnostic::error(code, self.path, message),
            _ => Diagnostic::warning(code, self.path, message),
        };
        self.diagnostics.push(diagnostic.at(self.text, span).help(help));
    }

    /// Reports a value of the wrong kind.
    pub(crate) fn wrong(&mut self, entry: &Entry<'_>, wanted: &str, example: &str) {
        let message = format!("`{}` should be {wanted}, and is {}", entry.key, entry.node.kind());
        let help = if example.is_empty() { String::new() } else { format!("write it like `{example}`") };
        self.report("wrong-value", entry.node.span, message, &help);
    }

    /// A word that stands for a value, whatever the case of its letters; one that stands for none is reported.
    pub(crate) fn one_of<T: Copy>(&mut self, entry: &Entry<'_>, known: &[(&str, T)]) -> Option<T> {
        let text = self.text(entry)?;
        let found = known.iter().find(|(name, _)| name.eq_ignore_ascii_case(&text));
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            let message = format!("`{}` cannot be `{text}`", entry.key);
            self.report("wrong-value", entry.node.span, message, &choose(&text, &names));
        }
        found.map(|(_, value)| *value)
    }

    /// The one of some languages that a tag means (`zh_CN` is `zh-CN`); one that is not among them is reported.
    pub(crate) fn language(&mut self, languages: &[Language], tag: &str, span: Span) -> Option<Lang> {
        if let Some(language) = Language::find(languages, &tag.replace('_', "-")) {
            return Some(language.lang.clone());
        }
        let names: Vec<&str> = languages.iter().map(|language| language.lang.as_str()).collect();
        let is_new = nearest(tag, names.iter().copied()).is_none() && names_a_language(tag);
        let help = match is_new {
            true => format!("add `{tag}` to `languages` in fika.yaml"),
            // `english` is no tag.
            false => choose(tag, &names),
        };
        self.report("unknown-language", span, format!("this site has no language `{tag}`"), &help);
        None
    }

    /// A text (or number) that is not blank, without outer white space.
    pub(crate) fn text(&mut self, entry: &Entry<'_>) -> Option<Arc<str>> {
        if entry.node.is_blank() {
            return None;
        }
        let Some(text) = entry.node.text() else {
            self.wrong(entry, "text", &format!("{}: some words", entry.key));
            return None;
        };
        Some(Arc::from(text.trim()))
    }

    /// A truth value; `yes`, `no`, `on`, `off`, quoted or not, are understood too.
    pub(crate) fn truth(&mut self, entry: &Entry<'_>) -> Option<bool> {
        if entry.node.is_blank() {
            return None;
        }
        let found = truth(&entry.node);
        if found.is_none() {
            self.wrong(entry, "true or false", &format!("{}: true", entry.key));
        }
        found
    }

    /// A whole number, quoted or not.
    pub(crate) fn integer(&mut self, entry: &Entry<'_>) -> Option<i64> {
        let found = match &entry.node.value {
            _ if entry.node.is_blank() => return None,
            Value::Int(number) => Some(*number),
            Value::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => Some(*number as i64),
            Value::Str(text) => text.trim().parse().ok(),
            _ => None,
        };
        if found.is_none() {
            self.wrong(entry, "a whole number", &format!("{}: 10", entry.key));
        }
        found
    }

    /// A whole number of zero or more.
    pub(crate) fn count(&mut self, entry: &Entry<'_>) -> Option<u32> {
        let number = self.integer(entry)?;
        let found = u32::try_from(number).ok();
        if found.is_none() {
            let message = format!("`{}` cannot be {number}", entry.key);
            self.report("wrong-value", entry.node.span, message, "write a number of zero or more");
        }
        found
    }

    /// A list of texts; one text is a list of one, lists within are flattened, blanks are left out.
    pub(crate) fn list(&mut self, entry: &Entry<'_>) -> Vec<Arc<str>> {
        let mut found = Vec::new();
        if !collect(&entry.node, &mut found) {
            self.wrong(entry, "a list of texts", &format!("{}: [one, two]", entry.key));
        }
        found
    }
}

/// Collects texts; false if there is something else among them.
fn collect(node: &Node<'_>, found: &mut Vec<Arc<str>>) -> bool {
    match &node.value {
        Value::Seq(items) => items.iter().filter(|item| !collect(item, found)).count() == 0,
        _ if node.is_blank() => true,
        _ => match node.text() {
            Some(text) => {
                found.push(Arc::from(text.trim()));
                true
            }
            None => false,
        },
    }
}

/// A truth value as people write it.
pub(crate) fn truth(node: &Node<'_>) -> Option<bool> {
    match &node.value {
        Value::Bool(truth) => Some(*truth),
        Value::Int(0) => Some(false),
        Value::Int(1) => Some(true),
        Value::Str(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "是" => Some(true),
            "false" | "no" | "off" | "n" | "否" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
