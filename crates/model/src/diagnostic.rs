//! What went wrong, where, and what to do: data, never a printed line. Only the command draws it.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is missing from the site; the run ends with exit code 1.
    Error,
    /// Something is probably not what the writer meant; `--strict` makes it an error.
    Warning,
    /// Something worth knowing that is nobody's fault, such as a draft left out. Never fails a run.
    Note,
}

/// A byte range in a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Span {
        Span { start: range.start as u32, end: range.end as u32 }
    }
}

/// Where in a file: the line itself and the marked part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The line, or a window of at most [`Place::WINDOW`] characters of a very long one.
    pub excerpt: String,
    /// The marked part: its first character in `excerpt`, from 0.
    pub mark_start: u32,
    /// The character after the marked part; at least one more than `mark_start`, never past the line by more than one.
    pub mark_end: u32,
}

impl Place {
    /// The longest excerpt, in characters.
    pub const WINDOW: usize = 160;

    /// The place of a byte range in a text. A range over several lines is cut at the end of its first line;
    /// one outside the text, or inside a character, is moved to the nearest boundary before it.
    pub fn of(text: &str, span: impl Into<Span>) -> Place {
        let span = span.into();
        let start = floor_char_boundary(text, span.start as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let end =
            floor_char_boundary(text, span.end as usize).clamp(start, (line_start + line.len()).max(start));

        let before = text[line_start..start].chars().count();
        let marked = text[start..end].chars().count().max(1);
        let skip = if before + marked > Place::WINDOW { before.saturating_sub(Place::WINDOW / 4) } else { 0 };
        let excerpt: String = line.chars().skip(skip).take(Place::WINDOW).collect();
        let mark_start = before - skip;
        Place {
            line: text[..line_start].bytes().filter(|&byte| byte == b'\n').count() as u32 + 1,
            column: before as u32 + 1,
            mark_start: mark_start as u32,
            mark_end: (mark_start + marked).min(Place::WINDOW.max(mark_start + 1)) as u32,
            excerpt,
        }
    }
}

fn floor_char_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What in a file a problem is about, for whoever has its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// Bytes of it.
    Bytes(Span),
    /// A setting of the configuration.
    Setting {
        /// The key at the top.
        key: Cow<'static, str>,
        /// Keys and values below it. The deepest is to blame, of several as deep the one that stands first here.
        names: Vec<Arc<str>>,
    },
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name in kebab-case, such as `broken-link`. Listed in the guide.
    pub code: Cow<'static, str>,
    /// The file, from the site's root with forward slashes; empty when no file is to blame.
    pub path: Arc<str>,
    /// The place in the file, if there is one.
    pub place: Option<Place>,
    /// Where in the file, while its text is not at hand; whoever has the text makes a place of it.
    pub subject: Option<Subject>,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error in a file.
    pub fn error(code: &'static str, path: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, path, message)
    }

    /// A warning about a file.
    pub fn warning(code: &'static str, path: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, path, message)
    }

    /// A note about a file.
    pub fn note(code: &'static str, path: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, path, message)
    }

    fn new(
        severity: Severity,
        code: &'static str,
        path: impl Into<Arc<str>>,
        message: impl Into<String>,
    ) -> Self {
        Diagnostic {
            severity,
            code: Cow::Borrowed(code),
            path: path.into(),
            place: None,
            subject: None,
            message: message.into(),
            help: None,
        }
    }

    /// The same, at a place of the file's text.
    #[must_use]
    pub fn at(mut self, text: &str, span: impl Into<Span>) -> Self {
        self.place = Some(Place::of(text, span));
        self
    }

    /// The same, at a place of a file whose text whoever reports it has not: a plugin that looks at cards.
    #[must_use]
    pub fn within(mut self, span: impl Into<Option<Span>>) -> Self {
        self.subject = span.into().map(Subject::Bytes);
        self
    }

    /// The same, about a setting of the configuration: see [`Subject::Setting`].
    #[must_use]
    pub fn about<'n>(mut self, key: &'static str, names: impl IntoIterator<Item = &'n str>) -> Self {
        let names = names.into_iter().map(Arc::from).collect();
        self.subject = Some(Subject::Setting { key: Cow::Borrowed(key), names });
        self
    }

    /// The same with its place, if it only knows the bytes. `read` gives the text of its file.
    #[must_use]
    pub fn placed(mut self, read: impl FnOnce(&str) -> Option<String>) -> Self {
        let Some(Subject::Bytes(span)) = self.subject else { return self };
        self.subject = None;
        match read(&self.path) {
            Some(text) => self.at(&text, span),
            None => self,
        }
    }

    /// The same, with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The order of a report: by path, then place, then code and message.
    pub fn sort_key(&self) -> impl Ord + '_ {
        let place = self.place.as_ref().map_or((0, 0), |place| (place.line, place.column));
        (&self.path, place, self.severity, &self.code, &self.message)
    }
}

/// Of some known names the one nearest to a written one, if any is near enough to have been meant: a slip or a few, and more of the
/// longer one the same than not. Two names of two Chinese characters that differ in one are two words, and so are `a` and `b`. Full-width
/// and half-width signs are the same.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = |name: &str| name.nfkc().collect::<String>().to_lowercase();
    let written = folded(written);
    let len = written.chars().count();
    let near = |name: &'a str| {
        let other = name.chars().count();
        let limit = (1 + len / 4).min(len.max(other).saturating_sub(1) / 2);
        if other.abs_diff(len) > limit {
            return None;
        }
        let distance = edit_distance(&written, &folded(name));
        (distance <= limit).then_some((distance, name))
    };
    known.into_iter().filter_map(near).min().map(|(_, name)| name)
}

/// Edits (insert, delete, replace, swap neighbours) between two names: the optimal string alignment distance.
fn edit_distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_from_one() {
        let text = "第一行\r\n这里有错。\n";
        let start = text.find('错').unwrap();
        let place = Place::of(text, start..start + 3);
        assert_eq!((place.line, place.column), (2, 4));
        assert_eq!(place.excerpt, "这里有错。");
        assert_eq!((place.mark_start, place.mark_end), (3, 4));
    }

    #[test]
    fn a_place_in_a_huge_line_is_a_window() {
        let text = format!("{}错{}", "长".repeat(100_000), "尾".repeat(1000));
        let at = 300_000;
        let place = Place::of(&text, at..at + 3);
        assert_eq!(place.column, 100_001);
        assert_eq!(place.excerpt.chars().count(), Place::WINDOW);
        assert_eq!(place.excerpt.chars().nth(place.mark_start as usize), Some('错'));
    }

    #[test]
    fn a_place_outside_the_text_is_its_end() {
        assert_eq!(Place::of("短", 90..99).column, 2);
        assert_eq!(Place::of("", 0..0).line, 1);
    }

    #[test]
    fn near_names_are_named() {
        assert_eq!(nearest("titel", ["title", "date"]), Some("title"));
        assert_eq!(nearest("qqqq", ["title", "date"]), None);
        assert_eq!(nearest("Tag", ["tags"]), Some("tags"));
        assert_eq!(nearest("读书记", ["读书", "读书笔记"]), Some("读书"));
        assert_eq!(nearest("第1章 月亮", ["第一章 月亮"]), Some("第一章 月亮"));
        assert_eq!(nearest("EN", ["en"]), Some("en"));
    }

    /// What is short is another word as soon as a character is another one.
    #[test]
    fn names_of_which_half_differs_are_not_near() {
        for (written, known) in [
            ("a", "b"),
            ("发", "a"),
            ("a", "发展"),
            ("发", "发展"),
            ("春天", "秋天"),
            ("es", "en"),
            ("", "a"),
            ("ab月亮", "cd月亮"),
        ] {
            assert_eq!(nearest(written, [known]), None, "{written} {known}");
        }
    }
}
