//! What holds for every input: nothing panics, no Chinese character is lost, holes are in order, time is linear.

mod site;

use fika_model::{Body, HoleKind};
use proptest::prelude::*;
use site::{lang, parser};

/// Pieces of which odd essays are made.
const PIECES: &[&str] = &[
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
    "[^二]",
    "\n\n[^二]: ",
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
    "\n::: tip",
    "\n::: warning 标题\n",
    "\n:::\n",
    "\n::::\n",
    "    :::",
    "{漢字|かんじ}",
    "{月|",
    "> [!NOTE] 标题\n",
    "～",
    "’",
    "3 km",
    "第 3 章",
    "It’s so",
    "é",
    "<i lang=\"fr\">",
    "</i>",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// The same without what leads into addresses, comments and definitions of links, which are not shown: no loss.
fn shown_text() -> impl Strategy<Value = String> {
    let hidden = |piece: &str| {
        ["<!--", "]", "href", "{#", "<script", "<img", "<div", "<a", "{{ <"]
            .iter()
            .any(|part| piece.contains(part))
    };
    let pieces: Vec<&str> =
        PIECES.iter().copied().filter(|piece| !hidden(piece) || piece.starts_with("[^")).collect();
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// Every Han character of a body and of what fills its holes.
fn shown(body: &Body) -> Vec<char> {
    let mut shown: Vec<char> = body.html.chars().filter(|&c| is_han(c)).collect();
    for hole in &body.holes {
        let text = match &hole.kind {
            HoleKind::Image(image) => {
                format!("{}{}{}", image.alt, image.title.as_deref().unwrap_or_default(), image.src)
            }
            HoleKind::Message { .. } => String::new(),
            HoleKind::Component { args, .. } => format!("{args:?}"),
            HoleKind::Link { dest } | HoleKind::WikiLink { dest } | HoleKind::Asset { dest } => {
                dest.to_string()
            }
            HoleKind::Verbatim(_) => String::new(),
        };
        shown.extend(text.chars().filter(|&c| is_han(c)));
    }
    shown.sort_unstable();
    shown
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_holes_are_in_order(text in text()) {
        let essay = parser(|config| {
            config.markdown.math = text.len() % 2 == 0;
            config.markdown.mark = text.len() % 3 == 0;
        }).parse("content/a.md", text.as_bytes(), &|_, _| None);
        for body in [Some(&essay.body), essay.card.summary.as_deref()].into_iter().flatten() {
            let mut last = 0;
            for hole in &body.holes {
                prop_assert!(hole.at >= last && body.html.is_char_boundary(hole.at as usize), "{:?} {body:?}", hole);
                last = hole.at;
                if let Some(end) = hole.kind.end() {
                    prop_assert!(end >= hole.at && body.html.is_char_boundary(end as usize), "{:?} {body:?}", hole);
                }
            }
            prop_assert!(!body.html.contains(['\u{FDD0}', '\u{1BC9F}', '\u{8}', '\u{0}']), "{body:?}");
        }
        for diagnostic in &essay.diagnostics {
            prop_assert!(diagnostic.place.is_some(), "{diagnostic:?}");
        }
    }

    #[test]
    fn no_han_character_is_lost(text in shown_text()) {
        let body = parser(|config| config.markdown.mark = text.len() % 2 == 0).markdown(&lang("zh"), &text);
        let shown = shown(&body);
        for c in text.chars().filter(|&c| is_han(c)) {
            let written = text.chars().filter(|&other| other == c).count();
            let kept = shown.iter().filter(|&&other| other == c).count();
            prop_assert!(kept >= written, "{c} {written} {kept} {}", body.html);
        }
    }

    #[test]
    fn typography_adds_elements_and_changes_no_text(text in shown_text()) {
        let stripped = |typography| {
            let essay = parser(|config| config.markdown.typography = typography).parse("content/a.md", text.as_bytes(), &|_, _| None);
            let html = essay.body.html.replace("<span class=\"nb\">", "").replace("<span lang=\"en\">", "").replace("</span>", "");
            let card = essay.card;
            let kinds: Vec<HoleKind> = essay.body.holes.into_iter().map(|hole| hole.kind).filter(|kind| !matches!(kind, HoleKind::Component { .. } | HoleKind::Verbatim(_))).collect();
            (html.replace("<em>", "").replace("</em>", ""), kinds, card.summary_text, card.words, card.headings, card.blocks, card.title)
        };
        prop_assert_eq!(stripped(fika_model::Typography::ALL), stripped(fika_model::Typography::NONE));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        parser(|_| {}).parse("content/a.md", &bytes, &|_, _| None);
    }
}

/// The time that a text takes, the least of a few tries.
fn time(text: &str) -> std::time::Duration {
    let parser = parser(|_| {});
    let try_once = || {
        #[expect(clippy::disallowed_methods, reason = "a test that measures needs the clock")]
        let start = std::time::Instant::now();
        parser.parse("content/a.md", text.as_bytes(), &|_, _| None);
        start.elapsed()
    };
    (0..3).map(|_| try_once()).min().unwrap_or_default()
}

/// Makes a text of about a length.
type Make = fn(usize) -> String;

#[test]
fn time_is_linear() {
    let make: &[(&str, Make)] = &[
        ("brackets", |n| "[".repeat(n)),
        ("quotations", |n| ">".repeat(n)),
        ("stars", |n| "*".repeat(n)),
        ("stars and Han", |n| "**「".repeat(n)),
        ("stars, Han, letters", |n| "*字_。".repeat(n)),
        ("a long line", |n| "长".repeat(3 * n)),
        ("a first line of spaces", |n| format!("{}文", " ".repeat(n))),
        ("a table", |n| format!("|甲|乙|\n|-|-|\n{}", "|一|**「二」**三|\n".repeat(n))),
        ("soft breaks", |n| "行\n".repeat(n)),
        ("headings", |n| "## 题\n\n".repeat(n / 4)),
        ("headings before more", |n| format!("{}<!-- more -->", "## 题[^1]\n\n".repeat(n / 8))),
        ("links", |n| "[a](b.md)\n".repeat(n / 4)),
        ("addresses", |n| "https://a.b/c，".repeat(n / 4)),
        ("addresses in one", |n| "https://a.b/_".repeat(n / 4)),
        ("components", |n| "{% <n> %}字\n".repeat(n / 16)),
        ("components closed", |n| "{% <n> %}\n字\n{% </n> %}\n".repeat(n / 8)),
        ("half components", |n| "{{ <a b=\"\\".repeat(n / 4)),
        ("quotes in components", |n| "{{ <a b='{{ <a b=`{{ <a b=\"".repeat(n / 8)),
        ("unknown elements", |n| "<X>文\n".repeat(n / 8)),
        ("notes", |n| (0..n / 16).map(|i| format!("[^{i}]\n\n[^{i}]: 注\n\n")).collect()),
        ("comments", |n| "<!-- ".repeat(n / 4)),
        ("attributes", |n| format!("<div {}", "a=\"".repeat(n / 4))),
        ("back quotes", |n| {
            (1..(2.0 * n as f64).sqrt() as usize).map(|i| "`".repeat(i)).collect::<Vec<_>>().join(" ")
        }),
        ("destinations", |n| "](a ".repeat(n / 2)),
        ("pictures", |n| "![](a b.png) ".repeat(n / 8)),
        ("English", |n| "字 a b “c ".repeat(n / 4)),
        ("quotes in English", |n| "a “a “".repeat(n / 4)),
        ("apostrophes", |n| "a ’ é 1 ".repeat(n / 4)),
        ("interpuncts", |n| "第 1 ·".repeat(n / 4)),
        ("emphasis split", |n| format!("*{}*", "字，".repeat(n / 2))),
        ("containers", |n| "::: a\n字\n".repeat(n / 4)),
        ("containers closed", |n| "::: a\n字\n:::\n".repeat(n / 8)),
        ("colons", |n| ":::a".repeat(n)),
        ("ends of nothing", |n| ":::\n".repeat(n / 4)),
        ("ruby", |n| "{字|a}".repeat(n / 4)),
        ("half ruby", |n| "{字|".repeat(n)),
        ("titles of alerts", |n| "> [!NOTE] 题\n\n".repeat(n / 8)),
        ("more", |n| "<!-- more -->字".repeat(n / 8)),
    ];
    let mut slow = Vec::new();
    for (name, make) in make {
        // Four times the text may take four times as long, and a noisy machine twice that; but not again and again.
        let too_slow =
            || time(&make(40_000)).as_secs_f64() / time(&make(10_000)).as_secs_f64().max(0.005) > 9.0;
        if (0..3).all(|_| too_slow()) {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
