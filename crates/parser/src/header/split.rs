//! Where the front matter ends and the essay begins.

use super::slips;
use crate::node::key_of;

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Yaml,
    Toml,
}

/// A file cut in two.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub format: Format,
    /// The front matter without its fences.
    pub text: &'a str,
    /// The byte of the file at which `text` begins.
    pub start: usize,
    /// The byte at which the essay begins.
    pub body: usize,
    /// Whether the closing fence was found.
    pub closed: bool,
}

/// The lines that a header without an opening fence may have: enough for any, and a bound on the search.
const HEXO_LINES: usize = 64;

/// Cuts a file. None if it has no front matter.
///
/// YAML stands between `---`, TOML between `+++`; blank lines (or a byte order mark) may precede. Hugo also takes JSON, which is YAML, and
/// Hexo longer fences, or a header without its first fence: lines of `key: value`, one of them with a name that is known, and then `---`.
pub(super) fn split<'a>(text: &'a str, is_known: &dyn Fn(&str) -> bool) -> Option<Parts<'a>> {
    let start = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len();
    let first = line(text, start)?;
    // Fences and keys stand at the start of their line; what is indented is text.
    if start > 0 && !text[..start].ends_with(['\n', '\u{feff}']) {
        return None;
    }
    match first.text {
        "---" => fenced(text, first.next, Format::Yaml),
        "+++" => fenced(text, first.next, Format::Toml),
        "{" => json(text, start, is_known),
        fence if fence.len() > 3 && fence.bytes().all(|byte| byte == b'-') || is_dashes(fence) => {
            long_fenced(text, first.next, fence, is_known)
        }
        _ => unfenced(text, start, is_known),
    }
}

struct Line<'a> {
    /// Without trailing white space.
    text: &'a str,
    next: usize,
}

/// The line that begins at a byte; none at the end of the text.
fn line(text: &str, at: usize) -> Option<Line<'_>> {
    let rest = &text[at..];
    if rest.is_empty() {
        return None;
    }
    let end = memchr::memchr(b'\n', rest.as_bytes());
    let next = at + end.map_or(rest.len(), |end| end + 1);
    Some(Line { text: rest[..end.unwrap_or(rest.len())].trim_end(), next })
}

fn fenced(text: &str, start: usize, format: Format) -> Option<Parts<'_>> {
    let is_fence = |line: &str| match format {
        Format::Yaml => line == "---" || line == "...",
        Format::Toml => line == "+++",
    };
    // `---` above anything but keys is a thematic break (CommonMark 4.1).
    let mut at = start;
    let mut slipped = false;
    loop {
        let Line { text: first, next } = line(text, at)?;
        if is_fence(first) {
            return Some(Parts { format, text: &text[start..at], start, body: next, closed: true });
        }
        if !first.is_empty() && !first.starts_with('#') {
            match format {
                // A slip in the first key is one where a fence follows.
                Format::Yaml if slips::is_certain(first) => {
                    slipped = true;
                    break;
                }
                Format::Yaml if !is_key(first) && !first.starts_with('{') => return None,
                // A header of YAML between the fences of TOML is a mistake to report, not prose.
                Format::Toml if !first.contains('=') && !first.starts_with('[') && !is_key(first) => {
                    return None;
                }
                _ => break,
            }
        }
        at = next;
    }
    let from = at;
    while let Some(found) = line(text, at) {
        if is_fence(found.text) {
            return Some(Parts { format, text: &text[start..at], start, body: found.next, closed: true });
        }
        at = found.next;
    }
    if slipped {
        return None;
    }
    // Never closed: as far as the lines look like a header.
    let mut at = from;
    while let Some(found) = line(text, at).filter(|line| !line.text.is_empty() && belongs(line.text, format))
    {
        at = found.next;
    }
    Some(Parts { format, text: &text[start..at], start, body: at, closed: false })
}

/// JSON of some lines, with a name that is known, to a brace that has its line to itself.
fn json<'a>(text: &'a str, start: usize, is_known: &dyn Fn(&str) -> bool) -> Option<Parts<'a>> {
    let (mut at, mut known) = (start, false);
    for _ in 0..HEXO_LINES {
        let found = line(text, at)?;
        let name = found.text.trim_start().strip_prefix('"').and_then(|rest| rest.split_once("\":"));
        known |= name.is_some_and(|(name, _)| is_known(name));
        if found.text == "}" {
            let text = &text[start..found.next];
            let parts = Parts { format: Format::Yaml, text, start, body: found.next, closed: true };
            return known.then_some(parts);
        }
        at = found.next;
    }
    None
}

/// Dashes, of which Word and macOS make one of two hyphens.
pub(super) const DASHES: [char; 3] = ['—', '–', '－'];

/// Whether a line was meant to be a fence, and has dashes in it.
fn is_dashes(line: &str) -> bool {
    line.contains(DASHES) && line.chars().all(|c| c == '-' || DASHES.contains(&c))
}

/// A header whose first line has a name that is known, between lines of as many hyphens, or lines with dashes. Anything else is text below a thematic break.
fn long_fenced<'a>(
    text: &'a str,
    start: usize,
    fence: &str,
    is_known: &dyn Fn(&str) -> bool,
) -> Option<Parts<'a>> {
    let mut at = start;
    for number in 0..HEXO_LINES {
        let found = line(text, at)?;
        if number > 0
            && (found.text == fence || is_dashes(fence) && (found.text == "---" || is_dashes(found.text)))
        {
            let text = &text[start..at];
            return Some(Parts { format: Format::Yaml, text, start, body: found.next, closed: true });
        }
        let is_header = match number {
            0 => key_of(found.text).is_some_and(is_known),
            _ => found.text.is_empty() || belongs(found.text, Format::Yaml),
        };
        if !is_header {
            return None;
        }
        at = found.next;
    }
    None
}

fn unfenced<'a>(text: &'a str, start: usize, is_known: &dyn Fn(&str) -> bool) -> Option<Parts<'a>> {
    let (mut at, mut known) = (start, false);
    for number in 0..HEXO_LINES {
        let found = line(text, at)?;
        if found.text == "---" {
            return known.then_some(Parts {
                format: Format::Yaml,
                text: &text[start..at],
                start,
                body: found.next,
                closed: true,
            });
        }
        let name = key_of(found.text);
        if number == 0 && name.is_none() || !(found.text.is_empty() || belongs(found.text, Format::Yaml)) {
            return None;
        }
        known |= name.is_some_and(is_known);
        at = found.next;
    }
    None
}

/// Whether a line may be part of a header.
fn belongs(line: &str, format: Format) -> bool {
    match format {
        Format::Yaml => {
            is_key(line) || line.starts_with([' ', '\t', '#']) || line == "-" || line.starts_with("- ")
        }
        Format::Toml => line.contains('=') || line.starts_with([' ', '\t', '#', '[', ']', '"']),
    }
}

fn is_key(line: &str) -> bool {
    key_of(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str, bool)> {
        split(text, &|name| matches!(name, "title" | "date"))
            .map(|parts| (parts.text, &text[parts.body..], parts.closed))
    }

    #[test]
    fn fences() {
        for (text, header, body) in [
            ("---\ntitle: 月\n---\n正文", "title: 月\n", "正文"),
            ("---\r\ntitle: 月\r\n---\r\n正文", "title: 月\r\n", "正文"),
            ("\u{feff}---\ntitle: x\n---\n", "title: x\n", ""),
            ("\n \n---\ntitle: x\n---\nbody", "title: x\n", "body"),
            ("---   \ntitle: x\n---  \nbody", "title: x\n", "body"),
            ("---\n---\nbody", "", "body"),
            ("---\n\n# a note\ntitle: x\n\n---\nbody", "\n# a note\ntitle: x\n\n", "body"),
            ("---\n\"title\": x\n...\nbody", "\"title\": x\n", "body"),
            ("+++\ntitle = \"x\"\n+++\nbody\n+++\n", "title = \"x\"\n", "body\n+++\n"),
            (
                "title    : 岁月如梭, 我的2012\ncategories:\n  - a\n- b\n---\n正文",
                "title    : 岁月如梭, 我的2012\ncategories:\n  - a\n- b\n",
                "正文",
            ),
            (
                "{\n  \"title\": \"x\",\n  \"a\": {}\n}\nbody",
                "{\n  \"title\": \"x\",\n  \"a\": {}\n}\n",
                "body",
            ),
            ("----\ntitle: x\n\ntags:\n- a\n----\nbody", "title: x\n\ntags:\n- a\n", "body"),
            ("———\ntitle: x\n———\nbody", "title: x\n", "body"),
            ("—-\ntitle: x\n---\nbody", "title: x\n", "body"),
            ("---\ntitle: x\ntext: |\n  ---\n---\nbody", "title: x\ntext: |\n  ---\n", "body"),
        ] {
            assert_eq!(parts(text), Some((header, body, true)), "{text:?}");
        }
    }

    #[test]
    fn no_front_matter() {
        for text in [
            "",
            "   \n",
            "# 标题\n\n正文",
            "---\n\n正文\n\n---\n更多",
            "-----\n正文\n-----",
            "-----\ntitle: x\n---\n正文",
            "——\n鲁迅: x\n——\n正文",
            "—— title\ntitle: x\n——\n正文",
            "——\ntitle: x\n正文",
            "{\n  \"a\": 1\n}\n",
            "{\n  \"title\": 1\n",
            "---",
            "---\n正文",
            "Note: a heading\n---\nbody",
            "title: x\nno key here\n---\nbody",
            "title: x\nand nothing else",
            "  ---\ntitle: x\n---\n",
            "  title: x\n---\n",
            "https://example.org\n---\n",
            "- title: x\n---\n",
        ] {
            assert_eq!(parts(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_fence_that_is_missing() {
        assert_eq!(
            parts("---\ntitle: x\ndate: 2024-08-12\n\n正文: 如下"),
            Some(("title: x\ndate: 2024-08-12\n", "\n正文: 如下", false))
        );
        assert_eq!(parts("+++\ntitle = 'x'\n正文"), Some(("title = 'x'\n", "正文", false)));
    }
}
