//! Oddities that essays from other tools carry: a case for each in `quirks/cases.txt`, all that becomes of it in one record, and a
//! row for each in the guide.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use fika_model::{Diagnostic, Severity};
use fika_tests::Fixture;

const CASES: &str = include_str!("quirks/cases.txt");

/// What is shown of a page.
const PAGE: &str = "title: {{ page.title }} | date: {{ page.date or \"none\" }} | updated: {{ page.updated or \"none\" }} | \
terms:{% for term in page.terms %} {{ term.name }}{% endfor %} | draft: {{ page.draft }}
{{ page.content | safe }}";

/// A case: its number, what it is about, its site.
struct Case {
    number: usize,
    about: &'static str,
    site: Fixture,
}

fn cases() -> Vec<Case> {
    let parts = CASES.split("\n==== ").skip(1);
    let read = |part: &'static str| {
        let (head, text) = part.split_once('\n').expect("a case has lines");
        let (number, about) = head.split_once(' ').expect("a number and a name");
        let text =
            if text.starts_with("//- ") { text.to_owned() } else { format!("//- content/a.md\n{text}") };
        let mut site = crate::plain(&text).file("templates/page.html", PAGE);
        for (path, bytes) in site.files.iter_mut().filter(|(path, _)| path.ends_with(".md")) {
            *bytes = unescape(std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path}: {error}")));
        }
        Case { number: number.parse().expect("a number"), about, site }
    };
    parts.map(read).collect()
}

/// The site of every case, with what it is about.
pub(crate) fn sites() -> impl Iterator<Item = (String, Fixture)> {
    cases().into_iter().map(|case| (format!("{} {}", case.number, case.about), case.site))
}

/// Undoes the escapes that the head of the file of cases explains.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((code, after)) = rest.strip_prefix("\\u{").and_then(|rest| rest.split_once('}')) {
            let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a character");
            out.extend(c.to_string().bytes());
            rest = after;
        } else if let Some(byte) =
            rest.strip_prefix("\\x").and_then(|rest| u8::from_str_radix(rest.get(..2)?, 16).ok())
        {
            out.push(byte);
            rest = &rest[4..];
        } else if let Some((repeat, after)) = rest.strip_prefix('⟪').and_then(|rest| rest.split_once('⟫'))
        {
            let (times, text) = repeat.split_once('×').expect("a number and a text");
            out.extend(text.repeat(times.parse().expect("a number")).bytes());
            rest = after;
        } else {
            out.extend(if c == '␍' { "\r".to_owned() } else { c.to_string() }.bytes());
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Pages and problems of a case.
fn shown(case: &Case) -> String {
    let built = case.site.build();
    let mut text = format!("==== {} {}\n", case.number, case.about);
    for (path, bytes) in &built.files {
        let page = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") && page.starts_with("title: ") {
            let _ = writeln!(text, "---- {path}");
            page.lines().take(30).for_each(|line| {
                let _ = writeln!(text, "{}", clipped(line));
            });
        }
    }
    built.diagnostics.iter().for_each(|diagnostic| problem(&mut text, diagnostic));
    text
}

fn problem(text: &mut String, diagnostic: &Diagnostic) {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = diagnostic
        .place
        .as_ref()
        .map_or_else(String::new, |place| format!(":{}:{}", place.line, place.column));
    let _ =
        writeln!(text, "{severity}[{}] {}{place} {}", diagnostic.code, diagnostic.path, diagnostic.message);
}

/// A line, or of a long one the beginning and the length. Characters that nobody sees are shown by their codes.
fn clipped(line: &str) -> String {
    let seen = |c: char| match c {
        '\u{A0}' | '\u{200B}' | '\u{3000}' | '\u{FEFF}' | '\u{FE0E}' => format!("\\u{{{:X}}}", u32::from(c)),
        c if c.is_control() => format!("\\u{{{:X}}}", u32::from(c)),
        c => c.to_string(),
    };
    let length = line.chars().count();
    if length > 600 {
        let beginning: String = line.chars().take(60).map(seen).collect();
        return format!("{beginning}… ({length} characters)");
    }
    line.chars().map(seen).collect()
}

#[test]
fn every_oddity_has_an_outcome() {
    let all: Vec<String> = cases().iter().map(shown).collect();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("quirks", all.join("\n"));
    });
}

#[test]
fn the_guide_has_a_row_for_each() {
    let cases: Vec<usize> = cases().iter().map(|case| case.number).collect();
    assert_eq!(cases, (1..=cases.len()).collect::<Vec<_>>(), "cases are numbered in order");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rows: BTreeMap<&str, Vec<usize>> = ["content/guide/quirks.md", "content/guide/quirks.en.md"]
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(root.join(path)).expect("a page of the guide");
            let number = |line: &str| line.strip_prefix("| ")?.split(' ').next()?.parse().ok();
            (path, text.lines().filter_map(number).collect())
        })
        .collect();
    for (path, rows) in rows {
        assert_eq!(rows, cases, "the rows of {path}");
    }
}
