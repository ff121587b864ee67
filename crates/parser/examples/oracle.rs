//! Looks for emphasis that was lost or found. For each file it compares the multiset of bold, emphasised and struck texts with what
//! comrak makes of the same Markdown by the same CJK-friendly rules, and tells every difference.
//! `cargo run -p fika-parser --example oracle -- FOLDER…`; of a `.json` in them, the examples (`[{"markdown": …}]`) one by one.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "an example reads files and prints")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fika_parser::Parser;

#[path = "../tests/site/mod.rs"]
mod site;

/// What is compared.
const ELEMENTS: [&str; 3] = ["strong", "em", "del"];

fn main() {
    let parser = site::parser(|config| config.markdown.typography = fika_model::Typography::NONE);
    for folder in std::env::args().skip(1) {
        let mut paths = Vec::new();
        files(Path::new(&folder), &mut paths);
        let mut seen = Seen::default();
        for path in &paths {
            let Ok(bytes) = std::fs::read(path) else { continue };
            for (name, text) in texts(path, &fika_parser::text("", &bytes)) {
                compare(&parser, &name, &text, &mut seen);
            }
        }
        println!("{folder}: {seen:?}");
    }
}

/// What was counted.
#[derive(Debug, Default)]
#[allow(dead_code, reason = "it is printed")]
struct Seen {
    texts: usize,
    elements: usize,
    stock_lacks: usize,
    lost: usize,
    found: usize,
}

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.extension().is_some_and(|extension| extension == "md" || extension == "json") {
        return found.push(path.to_owned());
    }
    let Ok(entries) = std::fs::read_dir(path) else { return };
    let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries.iter().for_each(|entry| files(entry, found));
}

/// The Markdown of a file, without its front matter, or the examples in it.
fn texts(path: &Path, text: &str) -> Vec<(String, String)> {
    let name = path.display().to_string();
    if path.extension().is_some_and(|extension| extension == "md") {
        let text = text.replace("\r\n", "\n");
        let body = ["---\n", "+++\n"].iter().find_map(|fence| {
            let rest = text.trim_start_matches('\n').strip_prefix(fence)?;
            rest.split_once(&format!("\n{fence}")).map(|(_, body)| body.to_owned())
        });
        return vec![(name, body.unwrap_or(text))];
    }
    let examples: Vec<serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
    let markdown = |(at, example): (usize, &serde_json::Value)| {
        Some((format!("{name}:{}", at + 1), example["markdown"].as_str()?.to_owned()))
    };
    examples.iter().enumerate().filter_map(markdown).collect()
}

fn compare(parser: &Parser, name: &str, text: &str, seen: &mut Seen) {
    let ours = spans(&site::html(parser, "zh", text));
    let (theirs, stock) = (spans(&theirs(text, true)), spans(&theirs(text, false)));
    seen.texts += 1;
    seen.elements += theirs.values().sum::<usize>();
    seen.stock_lacks += missing(&theirs, &stock).iter().map(|(_, count)| count).sum::<usize>();
    for (what, from, to, count) in
        [("lost", &theirs, &ours, &mut seen.lost), ("found", &ours, &theirs, &mut seen.found)]
    {
        for ((element, span), times) in missing(from, to) {
            *count += times;
            println!("{what} {times} {element} {name}: {span}");
        }
    }
}

type Spans = BTreeMap<(&'static str, String), usize>;

fn missing<'a>(from: &'a Spans, to: &Spans) -> Vec<(&'a (&'static str, String), usize)> {
    let lacking = |(span, &count): (&'a (&'static str, String), &usize)| {
        let lacking = count.saturating_sub(to.get(span).copied().unwrap_or(0));
        (lacking > 0).then_some((span, lacking))
    };
    from.iter().filter_map(lacking).collect()
}

fn theirs(text: &str, cjk: bool) -> String {
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = cjk;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.alerts = true;
    options.extension.description_lists = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(text, &options)
}

/// The texts of the elements of HTML, without white space, tags and what stands in `<sup>`, where numbers of notes are.
fn spans(html: &str) -> Spans {
    let mut found = Spans::new();
    let mut open: Vec<(&'static str, String)> = Vec::new();
    let mut sup = 0_usize;
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) = match rest.split_once('<') {
            Some((text, after)) => {
                let (tag, after) = after.split_once('>').unwrap_or((after, ""));
                rest = after;
                (text, tag)
            }
            None => (std::mem::take(&mut rest), ""),
        };
        if sup == 0 {
            let text = decoded(text);
            open.iter_mut().for_each(|(_, inner)| inner.push_str(&text));
        }
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        let closes = tag.starts_with('/');
        match ELEMENTS.iter().find(|element| **element == name) {
            Some(_) if closes => {
                if let Some(at) = open.iter().rposition(|(element, _)| *element == name) {
                    *found.entry(open.remove(at)).or_default() += 1;
                }
            }
            Some(element) => open.push((element, String::new())),
            None if name == "sup" => sup = if closes { sup.saturating_sub(1) } else { sup + 1 },
            None => {}
        }
    }
    found
}

fn decoded(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
