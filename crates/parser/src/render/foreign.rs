//! What other generators read and fika does not: it is text, and told. There may be much of it, so of one kind all is told in one
//! warning for each file.

use std::ops::Range;

use super::{Problem, Renderer};
use crate::foreign::{Foreign, instead, is_line};
use crate::source::{Hidden, Mask};

/// Kinds of admonitions of MkDocs, and the alerts that mean the same.
const ADMONITIONS: &[(&str, &str)] = &[
    ("note", "NOTE"),
    ("abstract", "NOTE"),
    ("summary", "NOTE"),
    ("tldr", "NOTE"),
    ("info", "NOTE"),
    ("todo", "NOTE"),
    ("quote", "NOTE"),
    ("cite", "NOTE"),
    ("example", "NOTE"),
    ("question", "NOTE"),
    ("help", "NOTE"),
    ("faq", "NOTE"),
    ("tip", "TIP"),
    ("hint", "TIP"),
    ("success", "TIP"),
    ("check", "TIP"),
    ("done", "TIP"),
    ("important", "IMPORTANT"),
    ("warning", "WARNING"),
    ("attention", "WARNING"),
    ("caution", "CAUTION"),
    ("danger", "CAUTION"),
    ("error", "CAUTION"),
    ("failure", "CAUTION"),
    ("fail", "CAUTION"),
    ("missing", "CAUTION"),
    ("bug", "CAUTION"),
];

impl Renderer<'_> {
    /// Reports what stands in braces and is none of fika's, unless it stands in code.
    pub(super) fn report_foreign(&mut self) {
        if !self.source.masks.iter().any(|mask| matches!(mask.hidden, Hidden::Foreign(_))) {
            return;
        }
        let source = self.source;
        let in_code = &mut self.components.in_code;
        in_code.sort_unstable();
        let shown = source
            .masks
            .iter()
            .enumerate()
            .filter_map(|(index, mask)| match &mask.hidden {
                Hidden::Foreign(what) if in_code.binary_search(&index).is_err() => Some((what, mask)),
                _ => None,
            })
            .collect::<Vec<_>>();
        for (_, mask) in shown.iter().filter(|(what, _)| **what == Foreign::Component) {
            self.braces(
                "component-syntax",
                mask,
                "this begins like a component and cannot be read as one".into(),
                "a component is `{{ <name key=\"text\" n={1} wide={true} /> }}`, or `{% <name> %}` with `{% </name> %}`"
                    .into(),
            );
        }
        let tags = shown.iter().filter_map(|(what, mask)| match what {
            Foreign::Tag(name) => Some((&**name, *mask)),
            _ => None,
        });
        self.tags(&tags.collect::<Vec<_>>());
        let lists = shown.iter().filter(|(what, _)| **what == Foreign::Attributes);
        self.attribute_lists(&lists.map(|(_, mask)| *mask).collect::<Vec<_>>());
        for (_, mask) in shown.iter().filter(|(what, _)| **what == Foreign::Contents) {
            let written = &source.written[mask.range.clone()];
            self.braces("broken-syntax", mask, contents(written), CONTENTS_HELP.into());
        }
        for kind in [Foreign::Comment, Foreign::BlockId, Foreign::WideNote, Foreign::Mark] {
            let masks = shown.iter().filter(|(what, _)| **what == kind).map(|(_, mask)| *mask);
            self.others(&kind, &masks.collect::<Vec<_>>());
        }
    }

    /// Tells the first of one kind, and how many there are.
    fn others(&mut self, kind: &Foreign, masks: &[&Mask]) {
        let Some(first) = masks.first() else { return };
        let written = &self.source.written[first.range.clone()];
        let (code, message, many, help) = match kind {
            Foreign::Comment => (
                "broken-syntax",
                "`%%` begins a comment in Obsidian, and text here: readers will see it".to_owned(),
                "comments as Obsidian has them are text, which readers will see",
                "write `<!--` before it and `-->` behind it, or delete it".to_owned(),
            ),
            Foreign::BlockId => (
                "broken-syntax",
                format!("`{written}` is the name of a paragraph in Obsidian, and text here"),
                "names of paragraphs as Obsidian has them are text",
                "delete it; what links lead to is a heading, or `<a id=\"name\"></a>`".to_owned(),
            ),
            Foreign::Mark => (
                "broken-syntax",
                "`==` marks words, and marks are off, so it is text".to_owned(),
                "words between `==` are text, for marks are off",
                "write `mark: true` under `markdown:` in `fika.yaml`, or `<mark>words</mark>`".to_owned(),
            ),
            _ => (
                "footnote-missing",
                format!("the brackets of `{written}` are full-width, so it is text"),
                "notes have full-width brackets, so they are text",
                "write half-width ones: `[^name]` in the text, and `[^name]: …` for the note".to_owned(),
            ),
        };
        let message = match masks.len() {
            1 => message,
            count => format!("{count} {many}; this is the first"),
        };
        self.braces(code, first, message, help);
    }

    fn braces(&mut self, code: &'static str, mask: &Mask, message: String, help: String) {
        let span = self.written_span(&mask.range);
        self.out.problems.push(Problem { code, error: false, message, help, span });
    }

    /// Tags of other generators, with their names.
    fn tags(&mut self, tags: &[(&str, &Mask)]) {
        let Some((first, mask)) = tags.first() else { return };
        let mut names: Vec<(&str, usize)> = Vec::new();
        for (name, _) in tags {
            match names.iter_mut().find(|(known, _)| known == name) {
                Some((_, count)) => *count += 1,
                None => names.push((name, 1)),
            }
        }
        let message = match tags.len() {
            1 => format!("`{first}` is a tag of another generator, so it is text"),
            many => {
                let named = |(name, count): &(&str, usize)| match count {
                    1 => format!("`{name}`"),
                    _ => format!("`{name}` {count} times"),
                };
                let list = names.iter().map(named).collect::<Vec<_>>().join(", ");
                format!("{many} tags of another generator are text ({list}); this is the first")
            }
        };
        let help = instead(names.iter().map(|(name, _)| *name));
        self.braces("component-syntax", mask, message, help);
    }

    fn attribute_lists(&mut self, lists: &[&Mask]) {
        let Some(first) = lists.first() else { return };
        let written = &self.source.written[first.range.clone()];
        let message = match lists.len() {
            1 => format!("`{written}` is a list of attributes as kramdown and Hugo have them, so it is text"),
            many => {
                format!(
                    "{many} lists of attributes as kramdown and Hugo have them are text; this is the first"
                )
            }
        };
        let help = match ["width", "height"].iter().any(|key| written.contains(key)) {
            true => {
                "delete it, and write how wide the picture is into its description: `![words|300](a.png)`"
            }
            false => {
                "delete it, or write `## Heading {#id .class}`, and lines of `::: {.class}` and `:::` around other blocks"
            }
        };
        self.braces("broken-syntax", first, message, help.into());
    }

    /// A paragraph that begins with `!!!` or `???` and a kind of admonition, as in MkDocs.
    pub(super) fn admonition(&mut self, range: &Range<usize>) {
        let text = &self.source.text[range.clone()];
        let signs = &text[..text.bytes().take(3).take_while(|byte| matches!(byte, b'!' | b'?')).count()];
        if !matches!(signs, "!!!" | "???") {
            return;
        }
        let line = text.split('\n').next().unwrap_or_default().trim_end();
        let rest = line[signs.len()..].trim_start_matches('+');
        let (kind, title) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
        let known = ADMONITIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(kind));
        let is_title = title.is_empty() || title.contains('"');
        let Some((_, alert)) = known.filter(|_| rest.starts_with(' ') && is_title) else { return };
        let help = match signs {
            "???" => {
                "put `::: details` and its title above it and `:::` below it, without the indent".to_owned()
            }
            _ => format!(
                "write `> [!{alert}]` and `> ` before each line, or lines of `::: {}` and `:::` around it",
                alert.to_ascii_lowercase()
            ),
        };
        let message = format!("`{signs}` begins an admonition in MkDocs, and text here");
        self.warn("broken-syntax", &(range.start..range.start + line.len()), message, &help);
    }

    /// The `]` of `[TOC]` on a line of its own.
    pub(super) fn contents(&mut self, end: usize) -> bool {
        let text: &str = &self.source.text;
        let names = ["[toc", "[_toc_"];
        let bytes = &text.as_bytes()[..end];
        let Some(name) = names.iter().find(|name| {
            bytes.len() >= name.len()
                && bytes[bytes.len() - name.len()..].eq_ignore_ascii_case(name.as_bytes())
        }) else {
            return false;
        };
        let start = end - name.len();
        let before = &text[..start];
        if !is_line(before.strip_suffix('@').unwrap_or(before), &text[end + 1..]) {
            return false;
        }
        let range = start..end + 1;
        self.warn("broken-syntax", &range, contents(&text[range.clone()]), CONTENTS_HELP);
        true
    }
}

/// What is said of the place of a table of contents.
fn contents(written: &str) -> String {
    format!("`{written}` is text: where a table of contents stands is up to the theme")
}

const CONTENTS_HELP: &str =
    "delete it, with the line above that kramdown asks for: `paper` shows one beside essays with headings";
