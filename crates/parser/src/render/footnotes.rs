//! Footnotes: numbered by their first reference, gathered at the end, with the way back to each reference.

use std::borrow::Cow;
use std::ops::Range;

use fika_model::Hole;
use rapidhash::{RapidHashMap, RapidHashSet};

use super::Renderer;
use super::titles::Defined;
use crate::emphasis::{LETTER, POINT};

mod slips;

/// The notes of a page.
#[derive(Default)]
pub(super) struct Notes {
    /// The number of each label that is referred to, from 1.
    numbers: RapidHashMap<String, usize>,
    /// How often each number is referred to.
    references: Vec<usize>,
    /// The definitions that are being written, inner ones last.
    open: Vec<Note>,
    written: Vec<Note>,
    /// The references before the heading that may be the title, and how many anchors there were.
    before: (Vec<usize>, usize),
}

impl Notes {
    /// Remembers how often each note has been referred to, before a heading that may be taken out.
    pub(super) fn remember_references(&mut self, anchors: usize) {
        self.before = (self.references.clone(), anchors);
    }

    /// Forgets the references since then; gives how many anchors there were, if there is any.
    pub(super) fn forget_references(&mut self) -> Option<usize> {
        let (references, anchors) = std::mem::take(&mut self.before);
        if references == self.references {
            return None;
        }
        self.numbers.retain(|_, number| *number <= references.len());
        self.references = references;
        Some(anchors)
    }
}

/// A definition: its HTML, and the holes with places from its beginning.
#[derive(Default)]
struct Note {
    label: String,
    html: String,
    holes: Vec<Hole>,
    start: usize,
    first_hole: usize,
    range: Range<usize>,
    /// Whether another has the same label, and stands before it.
    again: bool,
}

impl Renderer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let label = lower(self.source.clean(label));
        let next = self.notes.numbers.len() + 1;
        let number = match self.notes.numbers.get(&*label) {
            Some(&number) => number,
            None => {
                self.notes.numbers.insert(label.into_owned(), next);
                self.notes.references.push(0);
                next
            }
        };
        self.notes.references[number - 1] += 1;
        let shown = number.to_string();
        let id = reference_id(&shown, self.notes.references[number - 1]);
        let start = self.html.len();
        if self.inline.links > 0 {
            self.put(&["<sup class=\"footnote-ref\" id=\"", &id, "\">", &shown, "</sup>"]);
        } else {
            let name = self.labels.footnote;
            self.put(&["<sup class=\"footnote-ref\"><a href=\"#fn-", &shown, "\" id=\"", &id]);
            self.put(&["\" role=\"doc-noteref\" aria-label=\"", name, &shown, "\">", &shown, "</a></sup>"]);
        }
        self.summary.leave_out(start..self.html.len());
        self.out.anchors.push(id.into());
    }

    /// Reports what looks like a reference to a note, where the text in the brackets begins at a range, if no note has the name.
    pub(super) fn missing_note(&mut self, range: &Range<usize>) {
        const LONGEST: usize = 256;
        let source = self.source;
        let text: &str = &source.text;
        let near = &text[range.start..text.floor_char_boundary(range.start + LONGEST)];
        let label =
            near.split([']', '］']).next().filter(|label| label.len() > 1 && label.len() < near.len());
        let label = label.filter(|label| !label.contains(|c: char| c.is_whitespace() || c == '['));
        let (Some(label), true, 0) = (label, text[..range.start].ends_with('['), self.inline.links) else {
            return;
        };
        if near[label.len()..].starts_with('］') {
            let place = range.start - 1..range.start + label.len() + '］'.len_utf8();
            let help = "write a half-width one: `[^name]`";
            return self.warn(
                "footnote-missing",
                &place,
                "a bracket of this note is full-width, so it is text",
                help,
            );
        }
        let range = range.start - 1..range.start + label.len() + 1;
        let label = source.clean(&label[1..]).into_owned();
        let line = text[..range.start].trim_end_matches([LETTER, POINT]);
        let before = line.trim_end_matches([' ', '>']);
        if text[range.end..].starts_with('：') && (before.is_empty() || before.ends_with('\n')) {
            let message = format!("the footnote `{label}` has a full-width colon, and so is none");
            return self.warn(
                "footnote-missing",
                &range,
                message,
                "write a half-width one, and a space: `[^name]: …`",
            );
        }
        let noted = || self.defined.get_or_init(|| Defined::of(self)).has_notes();
        if !slips::is_one(&label, line, text[range.end..].trim_start_matches([LETTER, POINT]), noted) {
            return;
        }
        self.warn(
            "footnote-missing",
            &range,
            format!("there is no footnote `{label}`, so the brackets are text"),
            "write it on a line of its own, `[^name]: …`; put brackets that are meant to be seen between back quotes",
        );
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        let range = self.frames.last().map_or(0..0, |frame| frame.end..frame.end);
        self.notes.open.push(Note {
            label: lower(self.source.clean(label)).into_owned(),
            start: self.html.len(),
            first_hole: self.holes.len(),
            range,
            ..Note::default()
        });
    }

    pub(super) fn end_footnote(&mut self, range: &Range<usize>) {
        let Some(mut note) = self.notes.open.pop() else { return };
        note.html = self.html.split_off(note.start);
        note.holes = self.holes.split_off(note.first_hole);
        shift(&mut note.holes, |at| at - note.start as u32);
        note.range = range.clone();
        self.summary.truncate(note.start);
        self.components.forget(note.first_hole);
        self.notes.written.push(note);
    }

    /// Whether the loop is in no footnote.
    pub(super) fn notes_are_closed(&self) -> bool {
        self.notes.open.is_empty()
    }

    /// Writes all notes, those that nothing refers to last: what was written is never lost.
    pub(super) fn finish_footnotes(&mut self) {
        let mut notes = std::mem::take(&mut self.notes);
        if notes.written.is_empty() {
            return;
        }
        let number = |note: &Note| notes.numbers.get(&note.label).copied().unwrap_or(usize::MAX);
        // Of notes with one label the first is meant, as everywhere in Markdown; the others come last.
        let mut seen = RapidHashSet::default();
        for note in &mut notes.written {
            note.again = !seen.insert(note.label.clone());
        }
        notes.written.sort_by_key(|note| (note.again, number(note)));
        self.fresh_line();
        let name = self.labels.footnotes;
        self.put(&["<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"", name, "\">\n<ol>\n"]);
        for (index, note) in notes.written.iter_mut().enumerate() {
            let number = notes.numbers.get(&note.label).filter(|number| !note.again && **number == index + 1);
            self.footnote(note, index + 1, number.map_or(0, |number| notes.references[number - 1]));
        }
        self.html.push_str("</ol>\n</section>\n");
    }

    fn footnote(&mut self, note: &mut Note, number: usize, references: usize) {
        let shown = number.to_string();
        self.put(&["<li id=\"fn-", &shown, "\">\n"]);
        let start = self.html.len() as u32;
        shift(&mut note.holes, |at| at + start);
        self.holes.append(&mut note.holes);
        // The way back stands at the end of the last paragraph, or in one of its own.
        match note.html.strip_suffix("</p>\n") {
            Some(html) => self.html.push_str(html),
            None if references > 0 => {
                self.html.push_str(&note.html);
                self.fresh_line();
                self.html.push_str("<p>");
            }
            None => self.html.push_str(&note.html),
        }
        let name = self.labels.back;
        for reference in 1..=references {
            let id = reference_id(&shown, reference);
            self.put(&[
                " <a href=\"#",
                &id,
                "\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"",
            ]);
            self.put(&[name, &shown, "\">↩\u{FE0E}"]);
            if reference > 1 {
                self.put(&["<sup>", &reference.to_string(), "</sup>"]);
            }
            self.html.push_str("</a>");
        }
        if references > 0 || note.html.ends_with("</p>\n") {
            self.html.push_str("</p>\n");
        }
        self.html.push_str("</li>\n");
        self.out.anchors.push(["fn-", &shown].concat().into());
        let range = note.range.clone();
        if note.again {
            self.warn(
                "footnote-twice",
                &range,
                format!("there is a footnote `{}` already, and nothing refers to this one", note.label),
                "give it a name of its own, or put both into one",
            );
        } else if references == 0 {
            self.warn(
                "footnote-unused",
                &range,
                format!("nothing refers to the footnote `{}`", note.label),
                "refer to it with `[^name]`, or delete it",
            );
        }
    }
}

/// A label in lower case: labels are the same whatever theirs.
pub(super) fn lower(label: Cow<'_, str>) -> Cow<'_, str> {
    match label.bytes().any(|byte| byte.is_ascii_uppercase() || byte >= 0x80) {
        true => Cow::Owned(label.to_lowercase()),
        false => label,
    }
}

fn reference_id(number: &str, reference: usize) -> String {
    let mut id = String::with_capacity(16);
    id.push_str("fnref-");
    id.push_str(number);
    if reference > 1 {
        id.push('-');
        id.push_str(&reference.to_string());
    }
    id
}

pub(super) fn shift(holes: &mut [Hole], moved: impl Fn(u32) -> u32) {
    for hole in holes {
        hole.at = moved(hole.at);
        if let Some(end) = hole.kind.end_mut() {
            *end = moved(*end);
        }
    }
}
