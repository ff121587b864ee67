//! Components, at whose places the theme's HTML will stand.

use std::ops::Range;
use std::sync::Arc;

use fika_model::{Data, HoleKind, Span};
use pulldown_cmark::TagEnd;

use super::{Problem, Renderer};
use crate::component::Tag;
use crate::kept;
use crate::ruby::Ruby;
use crate::source::{Hidden, Mask};

/// How many components may stand in one another: the theme fills one within the other. Deeper ones are left out, and reported.
const DEEPEST: usize = 64;

/// The components that are open.
#[derive(Default)]
pub(super) struct State {
    open: Vec<Open>,
    /// The masks that turned out to stand in code.
    pub(super) in_code: Vec<usize>,
    /// The holes of the components that have ended, in the order in which they did.
    pub(super) ended: Vec<usize>,
}

impl State {
    /// Whether a component of this name is open.
    pub(super) fn is_open(&self, name: &str) -> bool {
        self.open.iter().any(|open| &*open.name == name)
    }

    /// Forgets the components whose holes are no longer there.
    pub(super) fn forget(&mut self, holes: usize) {
        while self.ended.last().is_some_and(|&hole| hole >= holes) {
            self.ended.pop();
        }
    }
}

struct Open {
    name: Arc<str>,
    /// `None` if it is left out.
    hole: Option<usize>,
    /// How many elements were open. Its end must stand in the same element.
    depth: usize,
    /// How many elements of raw HTML were open.
    elements: usize,
}

impl Renderer<'_> {
    /// What is hidden at a place of the text that is read, if something is that has a place of its own in the HTML.
    pub(super) fn hidden_at(&self, at: usize) -> Option<Hidden> {
        let hidden = &self.source.mask_at(at)?.hidden;
        matches!(hidden, Hidden::Component(..) | Hidden::More).then(|| hidden.clone())
    }

    /// Writes what was hidden.
    pub(super) fn unhide(&mut self, hidden: Hidden, range: &Range<usize>) {
        match hidden {
            Hidden::Component(tag, again) => {
                self.given_again(&again);
                self.component(tag, range);
            }
            Hidden::More => self.more(),
            Hidden::Ruby(_) | Hidden::Fence(_) | Hidden::Mark | Hidden::Foreign(_) | Hidden::Destination => {}
        }
    }

    /// Characters with their reading. Only the characters are text: what is counted, searched, made an id or a summary.
    pub(super) fn ruby(&mut self, ruby: &Ruby) {
        let base = ruby.base();
        if self.line_break.is_some() {
            self.settle_break(base.chars().next());
        }
        ruby.html(&mut self.html);
        self.text.push_str(&base);
        self.unseen.push_str(&ruby.reading());
        self.unseen.push('\n');
    }

    /// Reports arguments of a component that are given twice.
    fn given_again(&mut self, places: &[Range<usize>]) {
        for place in places {
            let name = &self.source.written[place.clone()];
            self.out.problems.push(Problem {
                code: "duplicate-key",
                error: false,
                message: format!("`{name}` is given twice; the last one counts"),
                help: "delete one of them".into(),
                span: self.written_span(place),
            });
        }
    }

    /// Where something stands in the file that stands at a place of the text as written.
    pub(super) fn written_span(&self, place: &Range<usize>) -> Span {
        (place.start + self.settings.offset..place.end + self.settings.offset).into()
    }

    /// Reports more readings than characters.
    pub(super) fn surplus_readings(&mut self, ruby: &Ruby, mask: &Mask) {
        let Some((characters, readings)) = ruby.surplus else { return };
        let characters = if characters == 1 {
            "one character has".into()
        } else {
            format!("{characters} characters have")
        };
        self.out.problems.push(Problem {
            code: "ruby-readings",
            error: false,
            message: format!("{characters} {readings} readings, which are shown over the whole"),
            help: "give one reading for each character, or one for all of them".into(),
            span: self.written_span(&mask.range),
        });
    }

    fn component(&mut self, tag: Tag, range: &Range<usize>) {
        self.settle_break(None);
        match tag {
            Tag::Alone { name, args } => self.component_hole(name, args, range),
            Tag::Open { name, args } => {
                let (hole, depth, elements) = (self.holes.len(), self.frames.len(), self.elements());
                if self.components.open.len() < DEEPEST {
                    self.component_hole(name.clone(), args, range);
                    self.components.open.push(Open { name, hole: Some(hole), depth, elements });
                } else {
                    self.fault(
                        range,
                        format!("the component `{name}` is within {DEEPEST} others, so it is left out"),
                        "end those before it with `{% </name> %}`",
                    );
                    self.components.open.push(Open { name, hole: None, depth, elements });
                }
            }
            Tag::Close { name } => {
                let depth = self.frames.len();
                match self.components.open.iter().rposition(|open| open.name == name && open.depth == depth) {
                    Some(index) => {
                        self.abandon_components(index + 1);
                        // From the opening to the end tag: what lies within belongs to the body, even where both end at one byte.
                        let end = self.span(range).end;
                        let hole = self.components.open.last().and_then(|open| open.hole);
                        if let Some(hole) = hole.and_then(|hole| self.holes.get_mut(hole)) {
                            hole.span.end = end;
                        }
                        self.close_last();
                    }
                    None => {
                        let message = format!("`{{% </{name}> %}}` ends a component that did not begin here");
                        self.fault(
                            range,
                            message,
                            "begin it with `{% <name> %}` in the same paragraph, list item or quotation",
                        );
                    }
                }
            }
        }
    }

    fn component_hole(&mut self, name: Arc<str>, mut args: Data, range: &Range<usize>) {
        self.out.components.push(name.clone());
        let mut noted = Vec::new();
        if self.settings.keeps {
            kept::take_from(&mut args, &mut noted);
        }
        self.component_says(&name, &args);
        let is_in_another = self.components.open.last().is_some_and(|open| open.depth == self.frames.len());
        let within = !is_in_another && self.frames.last().is_some_and(|frame| is_inside_text(frame.tag));
        self.hole(range, HoleKind::Component { name, args, kept: noted, end: None, within });
    }

    /// A component belongs to the hash of its block by its name and its arguments, written in a way that stays the same.
    fn component_says(&mut self, name: &str, args: &Data) {
        self.unseen.push_str(name);
        say(args, &mut self.unseen);
        self.unseen.push('\n');
    }

    /// Ends every component that was opened within an element which ends now.
    pub(super) fn close_components(&mut self, depth: usize) {
        if !self.components.open.is_empty() {
            let keep = self.components.open.partition_point(|open| open.depth < depth);
            self.abandon_components(keep);
        }
    }

    /// Ends components that have no end of their own.
    fn abandon_components(&mut self, keep: usize) {
        while self.components.open.len() > keep {
            let Some(open) = self.components.open.last() else { return };
            let Some(hole) = open.hole else {
                self.close_last();
                continue;
            };
            let (name, span) =
                (open.name.clone(), self.holes.get(hole).map(|hole| hole.span).unwrap_or_default());
            self.out.problems.push(Problem {
                code: "component-nesting",
                error: true,
                message: format!("the component `{name}` has no end"),
                help: format!("end it with `{{% </{name}> %}}`, each on a line of its own, or write `{{{{ <{name} /> }}}}`"),
                span,
            });
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        let Some(open) = self.components.open.pop() else { return };
        self.end_elements(open.elements, "the component around it");
        let Some(hole) = open.hole else { return };
        self.components.ended.push(hole);
        if let Some(HoleKind::Component { end, .. }) = self.holes.get_mut(hole).map(|hole| &mut hole.kind) {
            *end = Some(self.html.len() as u32);
        }
    }

    fn fault(&mut self, range: &Range<usize>, message: String, help: &str) {
        let span = self.span(range);
        self.out.problems.push(Problem {
            code: "component-nesting",
            error: true,
            message,
            help: help.into(),
            span,
        });
    }

    /// How many elements of raw HTML were open where the innermost component began.
    pub(super) fn open_elements(&self) -> usize {
        self.components.open.last().map_or(0, |open| open.elements)
    }

    /// The components that are open, for a summary that is cut here: how many elements each is in, and its hole.
    pub(super) fn open_components(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.components.open.iter().filter_map(|open| Some((open.depth, open.hole?)))
    }
}

/// Whether what stands in an element is text alone.
fn is_inside_text(tag: TagEnd) -> bool {
    tag == TagEnd::Paragraph || is_span(tag)
}

/// Whether an element is a part of a line.
pub(super) fn is_span(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
    )
}

/// A value as text: the same for ever, as it is part of what `translations.lock` keeps.
fn say(data: &Data, out: &mut String) {
    match data {
        Data::Null => {}
        Data::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Data::Int(number) => out.push_str(&number.to_string()),
        Data::Float(number) => out.push_str(&number.to_string()),
        Data::Str(text) => out.push_str(text),
        Data::Array(items) => items.iter().for_each(|item| {
            out.push('\n');
            say(item, out);
        }),
        Data::Map(entries) => entries.iter().for_each(|(key, value)| {
            out.push('\n');
            out.push_str(key);
            out.push('=');
            say(value, out);
        }),
    }
}
