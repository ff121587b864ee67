//! Containers: lines of colons around blocks, `::: warning 标题` … `:::`.
//!
//! The form is that of VitePress (`::: tip 标题`), with those of Docusaurus (`:::tip[标题]`) and Pandoc (`::: {.tip #id}`),
//! which mean the same. A container ends at a line of as many colons, else the one that was begun last does: so both nest,
//! VitePress's by more colons outside and Pandoc's by the same number.

use std::ops::Range;
use std::sync::Arc;

/// A line of at least three colons.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fence {
    /// How many colons.
    pub(crate) colons: usize,
    /// What begins here; none is an end.
    pub(crate) opening: Option<Opening>,
}

/// The beginning of a container.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Opening {
    /// `tip`; the first class where there is no word.
    pub(crate) kind: Arc<str>,
    /// Markdown, as bytes of the line.
    pub(crate) title: Option<Range<usize>>,
    pub(crate) id: Option<Arc<str>>,
    pub(crate) classes: Vec<Arc<str>>,
    /// `lang`, and whatever else has a value.
    pub(crate) attributes: Vec<(Arc<str>, Arc<str>)>,
    /// `{open}`: details that are unfolded.
    pub(crate) open: bool,
}

/// Reads a line, from its first colon to its end; `None` if it is text.
pub(crate) fn read(line: &str) -> Option<Fence> {
    let rest = line.trim_start_matches(':');
    let colons = line.len() - rest.len();
    if colons < 3 {
        return None;
    }
    let rest = rest.trim();
    // Pandoc allows colons behind the name, for the eye.
    let rest = match rest.rsplit_once([' ', '\t']) {
        Some((before, last)) if last.bytes().all(|byte| byte == b':') => before.trim_end(),
        _ => rest,
    };
    let opening = if rest.is_empty() { None } else { Some(opening(line, rest)?) };
    Some(Fence { colons, opening })
}

/// Where a part of a line stands in it.
fn place(line: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - line.as_ptr().addr();
    start..start + part.len()
}

fn opening(line: &str, rest: &str) -> Option<Opening> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let word = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
    let mut found = Opening { kind: word.into(), ..Opening::default() };
    let mut title = &rest[word.len()..];
    let begins = if word.is_empty() { rest.starts_with('{') } else { word.starts_with(char::is_alphabetic) };
    if !begins {
        return None;
    }
    if let Some(open) = title.rfind('{').filter(|_| title.ends_with('}'))
        && let Some(()) = attributes(line, &title[open + 1..title.len() - 1], &mut found)
    {
        title = &title[..open];
    }
    if found.kind.is_empty() {
        if !title.is_empty() || found.classes.is_empty() {
            return None;
        }
        found.kind = found.classes.remove(0);
    }
    let title = match title.strip_prefix('[').and_then(|rest| rest.trim_end().strip_suffix(']')) {
        Some(title) => title,
        None if title.is_empty() || title.starts_with([' ', '\t']) => title,
        None => return None,
    };
    if !title.trim().is_empty() {
        found.title = Some(place(line, title.trim()));
    }
    Some(found)
}

/// `#id .class key="value" open`, in braces; `None` if it is anything else.
fn attributes(line: &str, text: &str, found: &mut Opening) -> Option<()> {
    let mut read = Opening { kind: found.kind.clone(), ..Opening::default() };
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find([' ', '\t', '=']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        if let Some(value) = after.strip_prefix('=') {
            let quoted = value.strip_prefix('"').and_then(|value| value.split_once('"'));
            let end = value.find([' ', '\t']).unwrap_or(value.len());
            let (value, after) = quoted.unwrap_or_else(|| value.split_at(end));
            rest = after;
            let good = word.starts_with(|c: char| c.is_ascii_lowercase())
                && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            match word {
                "title" => read.title = Some(place(line, value)),
                _ if good => read.attributes.push((word.into(), value.into())),
                _ => return None,
            }
        } else if let Some(class) = word.strip_prefix('.').filter(|class| !class.is_empty()) {
            read.classes.push(class.into());
        } else if let Some(id) = word.strip_prefix('#').filter(|id| !id.is_empty()) {
            read.id = Some(id.into());
        } else if word == "open" {
            read.open = true;
        } else {
            return None;
        }
        rest = rest.trim_start();
    }
    *found = read;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let Some(fence) = read(line) else { return "text".into() };
        let Some(opening) = fence.opening else { return format!("end {}", fence.colons) };
        let mut out = format!("{} {}", fence.colons, opening.kind);
        if let Some(title) = opening.title {
            out += &format!(" “{}”", &line[title]);
        }
        if let Some(id) = opening.id {
            out += &format!(" #{id}");
        }
        for class in opening.classes {
            out += &format!(" .{class}");
        }
        for (key, value) in opening.attributes {
            out += &format!(" {key}={value}");
        }
        if opening.open { out + " open" } else { out }
    }

    #[test]
    fn fences() {
        for (line, want) in [
            ("::: tip", "3 tip"),
            ("::: warning 请 *注意* ", "3 warning “请 *注意*”"),
            (":::tip[标题]", "3 tip “标题”"),
            (":::: details 展开 {open}", "4 details “展开” open"),
            ("::: {.warning #w .big lang=\"en\"}", "3 warning #w .big lang=en"),
            ("::: Warning ::::::", "3 Warning"),
            ("::: tip {任意}", "3 tip “{任意}”"),
            ("::: 题记", "3 题记"),
            (":::", "end 3"),
            ("::::::  ", "end 6"),
        ] {
            assert_eq!(shown(line), want, "{line}");
        }
    }

    #[test]
    fn text() {
        for line in [
            "::",
            "::: \"intel\", \"volatile\");",
            "::: {}",
            "::: {任意}",
            "::: {.a} b",
            ":::tip，然后",
            "::: 3",
        ] {
            assert_eq!(shown(line), "text", "{line}");
        }
    }
}
