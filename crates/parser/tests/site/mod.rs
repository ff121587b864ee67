//! What the tests share: a parser for a language, and a body with its holes filled in plain sight.
#![allow(dead_code, unreachable_pub, reason = "every test file uses a part of it")]

use fika_model::{Body, Config, Essay, HoleKind, Lang};
use fika_parser::{Parser, default_config};

/// The configuration of a Chinese or English site, changed a little.
pub fn config(change: impl FnOnce(&mut Config)) -> Config {
    let mut config =
        default_config("site", "content", &["content/a.md", "content/a.en.md"], "这是一个中文网站。");
    change(&mut config);
    config
}

/// A parser of [`config`].
pub fn parser(change: impl FnOnce(&mut Config)) -> Parser {
    Parser::new(&config(change))
}

/// An essay in Chinese.
pub fn essay(text: &str) -> Essay {
    parser(|_| {}).parse("content/a.md", text.as_bytes(), &|_, _| None)
}

/// The problems of an essay: code, line, column.
pub fn problems(text: &str) -> Vec<String> {
    let shown = |d: &fika_model::Diagnostic| match &d.place {
        Some(place) => format!("{} {}:{}", d.code, place.line, place.column),
        None => d.code.to_string(),
    };
    essay(text).diagnostics.iter().map(shown).collect()
}

/// A language tag.
pub fn lang(tag: &str) -> Lang {
    Lang::parse(tag).expect("a good tag")
}

/// The HTML of some Markdown, filled.
pub fn html(parser: &Parser, tag: &str, text: &str) -> String {
    fill(&parser.markdown(&lang(tag), text))
}

/// A body with its holes filled: addresses as written, pictures and components as tags of their own.
pub fn fill(body: &Body) -> String {
    let mut out = String::new();
    let mut from = 0;
    let mut ends: Vec<(usize, String)> = Vec::new();
    for hole in &body.holes {
        let at = hole.at as usize;
        while ends.last().is_some_and(|(end, _)| *end <= at && *end > from || *end < at) {
            let (end, close) = ends.pop().expect("it is there");
            out.push_str(&body.html[from..end]);
            from = end;
            out.push_str(&close);
        }
        out.push_str(&body.html[from..at]);
        from = at;
        match &hole.kind {
            HoleKind::Link { dest } | HoleKind::Asset { dest } => out.push_str(dest),
            HoleKind::Message { key } => out.push_str(&format!("⟨{key}⟩")),
            HoleKind::WikiLink { dest } => out.push_str(&format!("wiki:{dest}")),
            HoleKind::Image(image) => {
                let title =
                    image.title.as_ref().map(|title| format!(" title=\"{title}\"")).unwrap_or_default();
                let width = image.width.map(|width| format!(" width={width}")).unwrap_or_default();
                let figure = if image.figure { " figure" } else { "" };
                let first = if image.first { " first" } else { "" };
                out.push_str(&format!(
                    "<img src=\"{}\" alt=\"{}\"{title}{width}{figure}{first}>",
                    image.src, image.alt
                ));
            }
            // What no plugin has set stays as it is.
            HoleKind::Verbatim(_) | HoleKind::TitleLink { .. } => {}
            HoleKind::Component { name, args, end, .. } => {
                let mut shown = String::new();
                if let fika_model::Data::Map(entries) = args {
                    for (key, value) in entries {
                        shown.push_str(&format!(" {key}={value:?}"));
                    }
                }
                out.push_str(&format!("⟦{name}{shown}⟧"));
                if let Some(end) = end {
                    ends.push((*end as usize, format!("⟦/{name}⟧")));
                }
            }
        }
    }
    while let Some((end, close)) = ends.pop() {
        out.push_str(&body.html[from..end]);
        from = end;
        out.push_str(&close);
    }
    out.push_str(&body.html[from..]);
    out
}

/// Checks rows of Markdown and HTML; a last line end may be left out.
pub fn check_with(parser: &Parser, tag: &str, rows: &[(&str, &str)]) {
    let faults: Vec<String> = rows
        .iter()
        .map(|(text, want)| (text, want, html(parser, tag, text)))
        .filter(|(_, want, got)| got.trim_end() != want.trim_end())
        .map(|(text, want, got)| format!("{text}\n  want {want}\n  got  {}\n", got.trim_end()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
