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
    /// Whether the text was converted from another script: what is wrong with it is told of the one that was written.
    pub converted: bool,
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
    /// Which layer it belongs to; the first is the site's own.
    pub(super) layer: usize,
    /// Bytes before the resource's own text: a byte order mark.
    skipped: usize,
}

impl Parsed {
    pub(super) fn new(source: CatalogueSource, layer: usize, faults: &mut Vec<CatalogueFault>) -> Parsed {
        let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
        let skipped = source.text.len() - text.len();
        let deep = too_deep(text);
        let (resource, errors) = match FluentResource::try_new(blanked(text, &deep)) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        let parsed = Parsed { source, resource: Arc::new(resource), layer, skipped };
        faults.extend(
            errors
                .into_iter()
                .map(|error| parsed.fault(error.pos, format!("this is not Fluent syntax: {}", error.kind))),
        );
        let deep = deep
            .into_iter()
            .map(|span| parsed.fault(span, format!("this has more than {DEEPEST} braces within each other")));
        faults.extend(deep);
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

    /// The bytes of the file at which the name of an entry stands.
    pub(super) fn place_of(&self, entry: usize) -> Range<usize> {
        let name = self.resource.get_entry(entry).and_then(named).map_or("", |(_, name)| name);
        self.fault_at(name, String::new()).span
    }
}

/// The most braces and calls within each other. The Fluent parser calls itself for each, and has no limit of its own: some
/// hundreds would end the program.
const DEEPEST: usize = 50;

/// The entries in which more than [`DEEPEST`] braces or calls are open at once. An entry begins in the first column.
fn too_deep(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut braces, mut calls) = (0_usize, 0_usize);
    let (mut entry, mut at, mut cutting) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-' || c == '#') {
            if cutting {
                found.push(entry..at);
            }
            (entry, cutting) = (at, false);
        }
        let bytes = if cutting { "" } else { line }.bytes();
        for byte in bytes {
            match byte {
                b'{' => braces += 1,
                b'}' => braces = braces.saturating_sub(1),
                b'(' if braces > 0 => calls += 1,
                b')' => calls = calls.saturating_sub(1),
                _ => {}
            }
            if braces == 0 {
                calls = 0;
            }
            if braces + calls > DEEPEST {
                (braces, calls, cutting) = (0, 0, true);
                break;
            }
        }
        at += line.len();
    }
    if cutting {
        found.push(entry..at);
    }
    found
}

/// The text with spaces in place of some entries, so that every other byte stays where it is.
fn blanked(text: &str, entries: &[Range<usize>]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut done = 0;
    for entry in entries {
        blanked.push_str(&text[done..entry.start]);
        blanked.extend(text[entry.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        done = entry.end;
    }
    blanked.push_str(&text[done..]);
    blanked
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
