//! Whether all that was written is on the pages: every Markdown file a page or named in a problem, every run of Chinese on the page of its
//! file, every problem in a place.

use std::collections::{BTreeMap, BTreeSet};

use fika_model::Diagnostic;
use fika_plugin::{Fingerprint, Hook, PageContext, Plugin};

use crate::html::{tags, unescape};
use crate::{Built, Fixture};

/// How many Chinese characters in a row make a run that is looked for.
const RUN: usize = 6;

/// Problems of a file as such, or of what is not there: no line says it.
const OF_A_FILE: [&str; 9] = [
    "decoded",
    "draft",
    "missing-catalogue",
    "no-host",
    "orphaned-translation",
    "same-address",
    "scheduled",
    "term-spelling",
    "unknown-language",
];

/// Problems that cost a file its page.
const WITHOUT_PAGE: [&str; 4] = ["draft", "read", "same-address", "scheduled"];

/// Writes at the end of every page which file it shows.
pub(crate) struct Signature;

const BEFORE: &str = "<!-- the file of this page: ";
const BEHIND: &str = " -->";

impl Plugin for Signature {
    fn name(&self) -> &str {
        "signature"
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of("signature 1")
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Page]
    }

    fn page(&self, cx: &PageContext<'_>, html: &str) -> Option<String> {
        let card = cx.card.filter(|card| card.lang == *cx.lang)?;
        Some(format!("{html}{BEFORE}{}{BEHIND}", card.source))
    }
}

/// Everything that was written and is not there, of a site that was built with [`Options::signed`](crate::Options).
pub fn losses(site: &Fixture, built: &Built) -> Vec<String> {
    let pages = pages(built);
    let unpublished = built.diagnostics.iter().filter(|problem| WITHOUT_PAGE.contains(&&*problem.code));
    let unpublished: BTreeSet<&str> = unpublished.map(|problem| &*problem.path).collect();
    let mut faults = Vec::new();
    let folder = if site.files.keys().any(|path| path.starts_with("content/")) { "content/" } else { "" };
    let is_essay = |path: &str| path.starts_with(folder) && path.ends_with(".md");
    for (path, bytes) in site.files.iter().filter(|(path, _)| is_essay(path)) {
        match pages.get(path.as_str()) {
            Some(page) => {
                let text = fika_parser::text(path, bytes);
                let lost = runs(body(&text)).filter(|run| !page.contains(*run));
                faults.extend(lost.map(|run| format!("{path}: the page lacks {run}")));
            }
            None if unpublished.contains(path.as_str()) => {}
            // A section may be told to have no page; nobody misses one without a text.
            None if is_section(path) && body(&fika_parser::text(path, bytes)).trim().is_empty() => {}
            None => faults.push(format!("{path}: no page, and no problem says why")),
        }
    }
    faults.extend(built.diagnostics.iter().filter_map(|problem| misplaced(site, problem)));
    faults
}

fn is_section(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with("_index."))
}

/// What is wrong with the place of a problem.
fn misplaced(site: &Fixture, problem: &Diagnostic) -> Option<String> {
    let Diagnostic { code, path, place, message, .. } = problem;
    let fault = match place {
        _ if path.is_empty() => "no file",
        _ if &**path != "fika.yaml" && !site.files.contains_key(&**path) => "a file that is not there",
        None if &**path != "fika.yaml" && !OF_A_FILE.contains(&&**code) => "no line",
        Some(place) if place.line == 0 || place.column == 0 => "a line before the first",
        _ => return None,
    };
    Some(format!("{path}: [{code}] {message}: {fault}"))
}

/// What each file's pages hold, without white space: texts with and without the readings of ruby, attributes, comments, scripts.
fn pages(built: &Built) -> BTreeMap<&str, String> {
    let mut pages: BTreeMap<&str, String> = BTreeMap::new();
    for (file, _) in built.files.iter().filter(|(file, _)| file.ends_with(".html")) {
        let html = built.page(file);
        let Some((html, source)) = html.rsplit_once(BEFORE) else { continue };
        let shown = pages.entry(source.trim_end_matches(BEHIND)).or_default();
        for text in [text(html, &[]), text(html, &["rt", "rp"])] {
            shown.extend(text.chars().filter(|c| !c.is_whitespace()));
            shown.push('\n');
        }
        for (_, value) in tags(html).into_iter().flat_map(|tag| tag.attributes) {
            shown.push_str(&percent_decoded(&value));
            shown.push('\n');
        }
        for (begin, end) in [("<!--", "-->"), ("<script", "</script"), ("<style", "</style")] {
            let unseen = html.split(begin).skip(1).filter_map(|part| part.split(end).next());
            unseen.for_each(|part| shown.push_str(part));
        }
    }
    pages
}

/// The text of HTML, without elements of some names.
fn text(html: &str, without: &[&str]) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = match tag.strip_prefix("!--") {
            Some(comment) => ("", comment.split_once("-->").map_or("", |(_, after)| after)),
            None => end_of_tag(tag),
        };
        rest = after;
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if matches!(name, "script" | "style") || without.contains(&name) {
            rest = rest.split_once(&format!("</{name}")).map_or("", |(_, after)| end_of_tag(after).1);
        }
    }
    text.push_str(rest);
    unescape(&text)
}

/// The inside of a tag, and what follows it; a `>` between quotation marks ends none.
fn end_of_tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return (&text[..at], &text[at + 1..]),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    (text, "")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match hex.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A source without its front matter.
fn body(text: &str) -> &str {
    let text = text.trim_start_matches(['\u{FEFF}', '\n', '\r']);
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence));
    let end = fence.and_then(|fence| text[3..].find(&format!("\n{fence}")).map(|at| at + 3 + 4));
    end.map_or(text, |end| &text[end..])
}

/// The runs of Chinese characters that are long enough to be nothing else.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let is_han =
        |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    text.split(move |c: char| !is_han(c)).filter(|run| run.chars().count() >= RUN)
}
