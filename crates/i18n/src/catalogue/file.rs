//! A catalogue file, and what is wrong with it by itself.

use std::ops::Range;
use std::sync::Arc;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{self, Entry, Pattern};
use rapidhash::RapidHashMap;

use super::references::Kind;
use crate::Lang;

/// A catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueSource {
    /// The language of its messages.
    pub lang: Lang,
    /// The file's name in diagnostics.
    pub origin: Arc<str>,
    /// Fluent syntax.
    pub text: Arc<str>,
}

/// Something wrong in a catalogue file. Whatever else the file holds is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFault {
    /// The file's name in diagnostics.
    pub origin: Arc<str>,
    /// The file's text.
    pub text: Arc<str>,
    /// The bytes of `text` that are wrong.
    pub span: Range<usize>,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
}

/// A catalogue file and what is in it.
pub(super) struct Parsed {
    pub(super) source: CatalogueSource,
    pub(super) resource: Arc<FluentResource>,
    /// Bytes before the resource's own text: a byte order mark.
    skipped: usize,
}

impl Parsed {
    pub(super) fn new(source: CatalogueSource, faults: &mut Vec<CatalogueFault>) -> Parsed {
        let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
        let skipped = source.text.len() - text.len();
        let (resource, errors) = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        let parsed = Parsed { source, resource: Arc::new(resource), skipped };
        faults.extend(
            errors
                .into_iter()
                .map(|error| parsed.fault(error.pos, format!("this is not Fluent syntax: {}", error.kind))),
        );
        let mut known = RapidHashMap::default();
        for (kind, id) in parsed.resource.entries().filter_map(named) {
            if let Some(before) = known.insert(id, kind) {
                faults.push(parsed.fault_at(id, clash(before, kind, id, "in this file")));
            }
        }
        parsed
    }

    fn fault(&self, span: Range<usize>, message: String) -> CatalogueFault {
        let len = self.source.text.len();
        let span = (span.start + self.skipped).min(len)..(span.end + self.skipped).min(len);
        CatalogueFault { origin: self.source.origin.clone(), text: self.source.text.clone(), span, message }
    }

    /// A fault at a slice of the resource's text.
    pub(super) fn fault_at(&self, slice: &str, message: String) -> CatalogueFault {
        let start = (slice.as_ptr() as usize).saturating_sub(self.resource.source().as_ptr() as usize);
        self.fault(start..start + slice.len(), message)
    }
}

pub(super) fn clash(before: Kind, kind: Kind, id: &str, wher: &str) -> String {
    if before == kind {
        format!("`{id}` is defined twice {wher}, and the first one is used")
    } else {
        format!("`{id}` is a message and a term {wher}, and Fluent can use only the first one")
    }
}

pub(super) fn named<'a>(entry: &Entry<&'a str>) -> Option<(Kind, &'a str)> {
    match entry {
        Entry::Message(message) => Some((Kind::Message, message.id.name)),
        Entry::Term(term) => Some((Kind::Term, term.id.name)),
        _ => None,
    }
}

/// The value of a message or term, if it has one, and its attributes.
pub(super) type Parts<'r, 'a> = (Option<&'r Pattern<&'a str>>, &'r [ast::Attribute<&'a str>]);

pub(super) fn parts<'r, 'a>(entry: &'r Entry<&'a str>) -> Option<Parts<'r, 'a>> {
    match entry {
        Entry::Message(message) => Some((message.value.as_ref(), &message.attributes)),
        Entry::Term(term) => Some((Some(&term.value), &term.attributes)),
        _ => None,
    }
}
