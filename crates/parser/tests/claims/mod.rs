//! What holds for every essay, for the property test and for `examples/fuzz.rs`.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "shared between programs that each use a part")]

use std::time::Duration;

use cpu_time::ThreadTime;
use fika_model::{Body, Essay, HoleKind};
use fika_parser::Parser;

use crate::site::lang;

/// Pieces of which odd essays are made.
pub const PIECES: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "__",
    "~",
    "~~",
    "~~~",
    "`",
    "``",
    "```\n",
    "\n",
    "\n\n",
    "  \n",
    "\r\n",
    " ",
    "    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "# ",
    "## ",
    "---\n",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "[[",
    "]]",
    "|",
    "\n|-|-|\n",
    "<",
    ">",
    "<b>",
    "</b>",
    "<div>\n",
    "</div>\n",
    "<section>",
    "<table>\n",
    "</table>",
    "<span>",
    "<!--",
    "-->",
    "<!-- more -->",
    "<!--more-->",
    "<Switch>",
    "<a href=",
    "<img src='a.png'>",
    "<script>",
    "\"",
    "'",
    "“",
    "”",
    "「",
    "」",
    "，",
    "。",
    "！",
    "（",
    "）",
    "…",
    "—",
    "·",
    "：",
    "a",
    "b.md",
    "word ",
    "https://a.b/c",
    "http://",
    "www.a.b",
    "[^1]",
    "\n[^1]: ",
    "[^ア]",
    "\n\n[^ア]: ",
    "{{ <x /> }}",
    "{% <n> %}",
    "{% </n> %}",
    "{{ <x a=\"",
    "\" /> }}",
    "{{",
    "}}",
    "{#",
    "{任意}",
    "$",
    "$$",
    "\\",
    "&amp;",
    "&#8;",
    "&",
    "\n: ",
    "> [!NOTE]\n",
    "\n> [!TIP] 题",
    "\n::: tip 目",
    "\n:::\n",
    "-{",
    "}-",
    "[x] ",
    "\u{0}",
    "\u{8}",
    "\u{200B}",
    "\u{FE00}",
    "\u{FE01}",
    "\u{3000}",
    "😀",
    "한",
    "ア",
    "中",
    "文字",
    "产品经理",
    "图 1.png",
    "==",
    "～",
    "’",
    "3 km",
    "第 3 章",
    "It’s so",
    "é",
    "%%",
    " ^abc\n",
    "［^1］",
    "＊＊",
    "｜",
    "！[",
    "】(",
    "{.a}\n",
    "•",
    "——\n",
    "<a id=\"x\"></a>",
    "<i lang=\"fr\">",
    "</i>",
];

/// Whether a piece leads into what is not shown: addresses, comments, definitions of links.
pub fn is_hidden(piece: &str) -> bool {
    // A row of a table may have cells without a column.
    ["<!--", "]", "|", "href", "{#", "<script", "<img", "<div", "<a", "{{ <", "<?", "</", "<!["]
        .iter()
        .any(|part| piece.contains(part))
        && !piece.starts_with("[^")
}

pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// Every Han character of a body and of what fills its holes, in order of their codes.
pub fn shown(body: &Body) -> Vec<char> {
    // An address of elsewhere is percent-encoded.
    let html = percent_encoding::percent_decode_str(&body.html).decode_utf8_lossy();
    let mut shown: Vec<char> = html.chars().filter(|&c| is_han(c)).collect();
    for hole in &body.holes {
        let text = match &hole.kind {
            HoleKind::Image(image) => {
                format!("{}{}{}", image.alt, image.title.as_deref().unwrap_or_default(), image.src)
            }
            HoleKind::Component { args, .. } => format!("{args:?}"),
            HoleKind::Link { dest }
            | HoleKind::WikiLink { dest }
            | HoleKind::TitleLink { dest, .. }
            | HoleKind::Asset { dest } => dest.to_string(),
            HoleKind::Verbatim(_) | HoleKind::Message { .. } => String::new(),
        };
        shown.extend(text.chars().filter(|&c| is_han(c)));
    }
    shown.sort_unstable();
    shown
}

/// What is wrong with the essay that a file with this text became, if anything is.
pub fn essay(essay: &Essay, text: &str) -> Result<(), String> {
    for body in [Some(&essay.body), essay.card.summary.as_deref()].into_iter().flatten() {
        holes(body)?;
        if let Some(c) = body.html.chars().find(|&c| is_forbidden(c) && (c.is_control() || !text.contains(c)))
        {
            return Err(format!("{c:?} in {body:?}"));
        }
    }
    match essay.diagnostics.iter().find(|diagnostic| diagnostic.place.is_none()) {
        Some(diagnostic) => Err(format!("no place: {diagnostic:?}")),
        None => Ok(()),
    }
}

/// Marks of the parser's own, which may be there only if they were written, and what XML cannot hold.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{FDD0}' | '\u{1BC9F}') || c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\u{85}')
}

fn holes(body: &Body) -> Result<(), String> {
    let mut last = 0;
    for hole in &body.holes {
        let mut places = vec![hole.at];
        if let Some(end) = hole.kind.end() {
            places.push(end);
        }
        if hole.at < last
            || !places.is_sorted()
            || !places.iter().all(|&at| body.html.is_char_boundary(at as usize))
        {
            return Err(format!("{hole:?} {body:?}"));
        }
        last = hole.at;
    }
    Ok(())
}

/// The Han character that a text has and its body has not. For text without hidden parts.
pub fn lost(text: &str, body: &Body) -> Option<char> {
    let shown = shown(body);
    let mut written: Vec<char> = text.chars().filter(|&c| is_han(c)).collect();
    written.sort_unstable();
    let count = |list: &[char], c: char| {
        list.partition_point(|&other| other <= c) - list.partition_point(|&other| other < c)
    };
    written.iter().copied().find(|&c| count(&shown, c) < count(&written, c))
}

/// Whether elements are closed in the order in which they were opened. For text without raw HTML: what the writer opens is the
/// writer's to close.
pub fn nesting(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end =
            rest[start..].find('>').ok_or_else(|| format!("a tag without end: {}", &rest[start..]))? + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        if tag.starts_with('/') {
            match open.pop() {
                Some(last) if last == name => {}
                other => return Err(format!("</{name}> closes {other:?} in {html}")),
            }
        } else if !tag.ends_with('/') && !matches!(name, "br" | "hr" | "img" | "input") {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} not closed in {html}")) }
}

/// How long a text takes a processor, the least of a few tries: how busy the machine is does not count.
pub fn time(parser: &Parser, text: &str) -> Duration {
    let once = || {
        let start = ThreadTime::now();
        std::hint::black_box(parser.parse("content/a.md", text.as_bytes(), &|_, _| None));
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

/// Whether text of a kind takes far more than twice as long when there is twice as much of it. Four times the text may take nine
/// times as long, for caches and for a noisy machine; but not again and again. Nor twice in a row: memory of more than 128 KB comes
/// page by page from the system, which is one step and no slope.
pub fn is_superlinear(parser: &Parser, length: usize, make: impl Fn(usize) -> String) -> bool {
    let ratio = |length: usize| {
        let (short, long) = (time(parser, &make(length)), time(parser, &make(4 * length)));
        long.as_secs_f64() / short.as_secs_f64().max(0.000_2)
    };
    (0..3).all(|_| ratio(length) > 9.0 && ratio(4 * length) > 9.0)
}

/// Everything that is claimed of one text; `plain` if it has no hidden parts and no raw HTML.
pub fn check(parser: &Parser, text: &str, plain: bool) -> Result<(), String> {
    let made = parser.parse("content/a.md", text.as_bytes(), &|_, _| None);
    essay(&made, text)?;
    if !plain {
        return Ok(());
    }
    // A file is read without its control characters, so a line of nothing else is a blank one there.
    let is_left_out = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if text.contains(is_left_out) {
        return check(parser, &text.replace(is_left_out, ""), true);
    }
    nesting(&made.body.html)?;
    if let Some(summary) = &made.card.summary {
        nesting(&summary.html)?;
    }
    // Cells without a column are not shown, which the writer is told.
    if made.diagnostics.iter().any(|diagnostic| diagnostic.code == "table-cells") {
        return Ok(());
    }
    let body = parser.markdown(&lang("zh"), text);
    match lost(text, &body) {
        Some(c) => Err(format!("{c} is lost in {}", body.html)),
        None => Ok(()),
    }
}
