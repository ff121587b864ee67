//! What other generators read in braces and fika does not: it is text, and its writer is told.

use std::ops::Range;
use std::sync::Arc;

use crate::chars::is_cjk;

/// What stands in braces and is none of fika's.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Foreign {
    /// What begins like a component and cannot be read as one.
    Component,
    /// A tag of Zola, Hugo, Hexo or Jekyll.
    Tag(Arc<str>),
    /// `{: .class }` of kramdown and Python-Markdown; `{.class}` of Hugo on a line of its own.
    Attributes,
    /// `{:toc}`, `${toc}`: the place of a table of contents.
    Contents,
    /// `%%…%%`, a comment of Obsidian: the signs that begin it.
    Comment,
    /// `^name` at the end of a line, by which Obsidian links to a block.
    BlockId,
    /// `［^1］`: a note in full-width brackets.
    WideNote,
    /// `==…==` where marks are off: the signs that begin it.
    Mark,
}

/// Reads the list of attributes or the place of a table of contents that begins at a `{`, and tells where it stands.
pub(crate) fn read(text: &str, at: usize) -> Option<(Foreign, Range<usize>)> {
    /// A longer one is none.
    const LONGEST: usize = 256;
    let rest = &text[at + 1..text.floor_char_boundary(at + LONGEST)];
    let before = &text[..at];
    if rest.starts_with("toc}") && before.ends_with('$') && is_line(&before[..at - 1], &rest["toc}".len()..])
    {
        return Some((Foreign::Contents, at - 1..at + "{toc}".len()));
    }
    let (inside, after) = rest.split_once('}')?;
    let place = at..at + "{}".len() + inside.len();
    if inside.contains(['\n', '{']) {
        return None;
    }
    let is_line = is_line(before, after);
    let Some(inside) = inside.strip_prefix(':').map(|inside| inside.trim_matches([':', ' '])) else {
        // Hugo's; behind a heading it is fika's, too.
        let is_list = is_line && inside.starts_with(['.', '#']) && are_attributes(inside, false);
        return is_list.then_some((Foreign::Attributes, place));
    };
    let is_behind = || before.ends_with([')', ']', '*', '_', '`', '>']) || ends_heading(before, after);
    match is_line {
        true if inside == "toc" => Some((Foreign::Contents, place)),
        true if are_attributes(inside, true) => Some((Foreign::Attributes, place)),
        false if are_attributes(inside, false) && is_behind() => Some((Foreign::Attributes, place)),
        _ => None,
    }
}

/// The comment of Obsidian that begins at a `%%`, to its end: within a line, or over lines from the beginning of one to the end of
/// another. Percent signs of programs have letters or digits beside them, and in `100%%` a digit before them.
pub(crate) fn comment(text: &str, at: usize) -> Option<Range<usize>> {
    const SIGN: &str = "%%";
    let (before, inside) = (&text[..at], &text[at + SIGN.len()..]);
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '%';
    if before.ends_with(|c: char| is_sign(c) || matches!(c, '/' | '\\' | '=' | '&')) {
        return None;
    }
    let (inside, after) = inside.split_once(SIGN)?;
    let begins_line = is_line(before, "");
    let is_whole = match inside.contains('\n') {
        true => begins_line && is_line("", after),
        // Who writes about percent signs puts spaces around them.
        false => begins_line || !(inside.starts_with(' ') || inside.ends_with(' ')),
    };
    (is_whole && !inside.trim().is_empty() && !after.starts_with(is_sign))
        .then(|| at..at + inside.len() + 2 * SIGN.len())
}

/// The end of what is marked between the `==` at a place and the next, if somebody who writes Chinese marks it.
pub(crate) fn mark(text: &str, at: usize) -> Option<usize> {
    /// Longer words are not marked, in bytes.
    const LONGEST: usize = 512;
    const SIGN: &str = "==";
    let start = at + SIGN.len();
    let (inside, after) = text[start..text.floor_char_boundary(start + LONGEST)].split_once(SIGN)?;
    let is_tight = !(inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace));
    let is_apart = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || "=!<>\\/".contains(c));
    let is_marked = is_tight && is_apart && !after.starts_with('=') && !inside.contains(['\n', '=']);
    (is_marked && inside.contains(is_cjk)).then(|| start + inside.len() + SIGN.len())
}

/// What a `^` belongs to that is neither a note nor a formula, and where it stands.
pub(crate) fn caret(text: &str, at: usize) -> Option<(Foreign, Range<usize>)> {
    /// A longer name is none.
    const LONGEST: usize = 64;
    const OPEN: char = '［';
    let (before, rest) = (&text[..at], &text[at + 1..text.floor_char_boundary(at + LONGEST)]);
    if before.ends_with(OPEN) {
        let end = rest.find([']', '］'])?;
        let is_name = end > 0 && !rest[..end].contains(char::is_whitespace);
        let close = rest[end..].chars().next().map_or(0, char::len_utf8);
        return is_name.then(|| (Foreign::WideNote, at - OPEN.len_utf8()..at + 1 + end + close));
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    let name = &rest[..end];
    let is_name = name.len() > 2 && name.bytes().any(|byte| byte.is_ascii_alphabetic());
    let after = &text[at + 1 + end..];
    let ends_line =
        || matches!(after.trim_start_matches([' ', '\t', '\r']).bytes().next(), None | Some(b'\n'));
    (is_name && before.ends_with([' ', '\n']) && ends_line()).then(|| (Foreign::BlockId, at..at + 1 + end))
}

/// Whether what stands between two texts has its line to itself.
pub(crate) fn is_line(before: &str, after: &str) -> bool {
    let begins = before.trim_end_matches([' ', '\t', '>']);
    let ends = after.trim_start_matches([' ', '\t', '\r']);
    (begins.is_empty() || begins.ends_with('\n')) && (ends.is_empty() || ends.starts_with('\n'))
}

/// Whether what stands between two texts ends a heading.
fn ends_heading(before: &str, after: &str) -> bool {
    /// A longer heading is none, in bytes.
    const LONGEST: usize = 512;
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..];
    let line = near.rsplit('\n').next().unwrap_or_default();
    line.starts_with('#') && line.ends_with(' ') && after.trim_start_matches([' ', '\r']).starts_with('\n')
}

/// Whether all words are `.class`, `#id` or `key="value"`; or names of other lists, where these may stand.
fn are_attributes(text: &str, may_be_names: bool) -> bool {
    let is_name = |word: &str| {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.bytes().all(is_sign)
    };
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        rest = after.trim_start();
        if let Some((key, value)) = word.split_once('=') {
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            // A value may have spaces in it.
            if let Some(quote) = quote.filter(|&quote| value.len() == 1 || !value.ends_with(quote)) {
                let Some((_, after)) = after.split_once(quote) else { return false };
                rest = after.trim_start();
            }
            if !is_name(key) {
                return false;
            }
            continue;
        }
        let name = word.strip_prefix(['.', '#']).or(may_be_names.then_some(word));
        if !name.is_some_and(is_name) {
            return false;
        }
    }
    !text.is_empty()
}

/// What to write in the place of tags, given by their names.
pub(crate) fn instead<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut has_component = false;
    for name in names {
        let help = match name {
            "raw" => "delete `{% raw %}` and `{% endraw %}`, braces are text here".to_owned(),
            "post_link" | "post_url" | "post_path" | "link" | "ref" | "relref" => {
                "write a link to the file: `[words](other.md)`".to_owned()
            }
            "asset_img" | "img" | "image" => "write a picture: `![words](a.png)`".to_owned(),
            "codeblock" | "highlight" => "write code between lines of three back quotes".to_owned(),
            "#title" => "write `title: …` into the front matter".to_owned(),
            _ if name.starts_with('#') => {
                "put the text of the file in its place, no other is read into an essay".to_owned()
            }
            _ if has_component => continue,
            _ => {
                has_component = true;
                format!(
                    "a component is `{{{{ <{name} key=\"text\" n={{1}} /> }}}}`, or `{{% <{name}> %}}` with `{{% </{name}> %}}`, \
                     and the theme has it, or your `templates/components/`"
                )
            }
        };
        if !out.contains(&help) {
            out.push(help);
        }
    }
    out.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_attributes_are_told_from_other_braces() {
        for text in [
            "{: .a}",
            "{:.a #b}",
            "{: width=\"300\" title='甲 乙'}",
            "文\n{: .a }\n",
            "[甲](b){: target=\"_blank\"}",
            "**甲**{: .a}文",
            "## 题 {: #id}\n",
            "> {:.a}",
            "{:name}",
            "{::comment}",
            "|甲|\n|-|\n|乙|\n{.full-width}\n",
            "文\n{#id .a}",
        ] {
            let found = read(text, text.find('{').unwrap());
            assert_eq!(found.map(|(what, _)| what), Some(Foreign::Attributes), "{text}");
        }
        for text in ["{:toc}", "1. 目录\n{:toc}", "${toc}\n"] {
            let found = read(text, text.find('{').unwrap());
            assert_eq!(found.map(|(what, _)| what), Some(Foreign::Contents), "{text}");
        }
        for text in [
            "{:}",
            "文 {:.a}",
            "print(\"{:.4f}\")",
            "*{:.4f}*",
            "{:任意}",
            "{: a\nb}",
            "$x{toc}",
            "a ${toc}",
            "{:.3}",
            "{: .a",
            "{",
            "看 {:toc} 吧",
            "{.甲}",
            "{a}",
            "## 题 {.a}",
            "文{.a}",
            "{# 注 #}",
        ] {
            assert_eq!(read(text, text.find('{').unwrap()), None, "{text}");
        }
    }
}
