//! Looks at real essays by hand. For each folder it parses every Markdown file and tells: files, diagnostics by code,
//! Chinese text that was lost, bold that was lost, and the time beside that of the plain Markdown library.
//! `cargo run --release -p fika-parser --example survey -- FOLDER…`; `--cjk FILE…` compares paragraphs with comrak.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "an example reads files and prints")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fika_model::{Essay, HoleKind};
use fika_parser::{Parser, default_config};

#[path = "../tests/site/mod.rs"]
mod site;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((first, files)) if first == "--cjk" => files.iter().for_each(|file| compare(Path::new(file))),
        Some((first, files)) if first == "--commonmark" => {
            files.iter().for_each(|file| commonmark(Path::new(file)));
        }
        Some((first, folders)) if first == "--once" => {
            folders.iter().skip(1).for_each(|folder| once(&folders[0], Path::new(folder)));
        }
        _ => arguments.iter().for_each(|folder| survey(Path::new(folder))),
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

fn survey(folder: &Path) {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    let sources: Vec<(String, Vec<u8>)> = paths
        .iter()
        .filter_map(|path| Some((path.to_string_lossy().into_owned(), std::fs::read(path).ok()?)))
        .collect();
    let config = default_config("site", "", &[], "中文");
    let parser = Parser::new(&config);
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let (mut lost, mut stars) = (0, 0);
    for (path, bytes) in &sources {
        let essay = parser.parse(path, bytes, &|_, _| None);
        for diagnostic in &essay.diagnostics {
            *codes.entry(diagnostic.code.to_string()).or_default() += 1;
            if diagnostic.place.is_none() {
                println!("no place: {path}: {}", diagnostic.message);
            }
        }
        let text = String::from_utf8_lossy(bytes);
        for run in lost_runs(&text, &essay) {
            lost += 1;
            if lost <= 100 {
                println!("lost: {path}: {run}");
            }
        }
        for line in essay
            .body
            .html
            .lines()
            .filter(|line| line.contains("**") && !line.contains("<code") && !line.contains("<pre"))
        {
            stars += 1;
            if std::env::args().any(|argument| argument == "-v") {
                println!("stars: {path}: {line}");
            }
        }
    }
    println!(
        "{}: {} files, {lost} runs lost, {stars} lines with **, {codes:?}",
        folder.display(),
        sources.len()
    );
    time(&parser, &sources);
}

/// Runs of Chinese text that are neither in the body nor in anything that fills it.
fn lost_runs(text: &str, essay: &Essay) -> Vec<String> {
    let mut shown = essay.body.html.clone();
    for hole in &essay.body.holes {
        shown.push_str(&match &hole.kind {
            HoleKind::Image(image) => {
                format!("\n{}\n{}\n{}", image.alt, image.title.as_deref().unwrap_or(""), image.src)
            }
            HoleKind::Message { .. } => String::new(),
            HoleKind::Component { args, .. } => format!("\n{args:?}"),
            HoleKind::Link { dest }
            | HoleKind::WikiLink { dest }
            | HoleKind::TitleLink { dest, .. }
            | HoleKind::Asset { dest } => {
                format!("\n{dest}")
            }
            HoleKind::Verbatim(_) => String::new(),
        });
    }
    shown.push_str(&format!("{:?} {:?} {:?}", essay.card.title, essay.card, essay.diagnostics));
    let is_han = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    let decoded = shown.replace(['\n'], "");
    let mut lost = Vec::new();
    for run in text.split(|c: char| !is_han(c)).filter(|run| run.chars().count() >= 6) {
        if !shown.contains(run) && !decoded.contains(run) && !percent(&shown, run) {
            lost.push(run.to_owned());
        }
    }
    lost
}

fn percent(shown: &str, run: &str) -> bool {
    let encoded: String = run.bytes().map(|byte| format!("%{byte:02X}")).collect();
    shown.contains(&encoded)
}

fn time(parser: &Parser, sources: &[(String, Vec<u8>)]) {
    let texts: Vec<&str> = sources.iter().filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok()).collect();
    let zh = site::lang("zh");
    let (mut plain, mut body, mut whole) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for _ in 0..12 {
        let start = Instant::now();
        for text in &texts {
            let mut html = String::with_capacity(text.len() * 3 / 2);
            pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, options()));
            black_box(html);
        }
        plain = plain.min(start.elapsed());
        let start = Instant::now();
        for text in &texts {
            black_box(parser.markdown(&zh, text));
        }
        body = body.min(start.elapsed());
        let start = Instant::now();
        for (path, bytes) in sources {
            black_box(parser.parse(path, bytes, &|_, _| None));
        }
        whole = whole.min(start.elapsed());
    }
    let ratio = |time: Duration| time.as_secs_f64() / plain.as_secs_f64();
    println!(
        "  push_html {plain:?}, body {body:?} ({:.2}), whole {whole:?} ({:.2})",
        ratio(body),
        ratio(whole)
    );
}

/// Goes over a folder once, for a profiler: `--once parse|markdown|push_html|nothing FOLDER`.
fn once(what: &str, folder: &Path) {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    let parser = Parser::new(&fika_parser::config("fika.yaml", "languages: [zh, en]").0);
    let zh = site::lang("zh");
    for path in paths {
        let bytes = std::fs::read(&path).unwrap_or_default();
        let name = path.to_string_lossy();
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let body = text.find("\n---\n").map_or(text, |at| &text[at + 5..]);
        match what {
            "parse" => drop(black_box(parser.parse(&name, &bytes, &|_, _| None))),
            "markdown" => drop(black_box(parser.markdown(&zh, body))),
            "push_html" => {
                let mut html = String::with_capacity(body.len() * 3 / 2);
                pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(body, options()));
                drop(black_box(html));
            }
            _ => {}
        }
    }
}

fn options() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Compares each paragraph of a file with what comrak makes of it.
fn compare(file: &Path) {
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let parser = site::parser(|config| config.markdown.typography = fika_model::Typography::NONE);
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.r#unsafe = true;
    let (mut same, mut different) = (0, 0);
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let theirs = comrak::markdown_to_html(paragraph, &options);
        let ours = site::html(&parser, "zh", paragraph);
        if theirs.replace('\n', "") == ours.replace('\n', "") {
            same += 1;
        } else {
            different += 1;
            println!("in:     {paragraph}\ntheirs: {theirs}ours:   {ours}");
        }
    }
    println!("{}: {same} same, {different} different", file.display());
}

/// Runs the examples of a CommonMark specification.
fn commonmark(file: &Path) {
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let parser = site::parser(|config| config.markdown.commonmark = true);
    let fence = "`".repeat(32);
    let (mut same, mut different) = (0, 0);
    for example in text.split(&format!("{fence} example")).skip(1) {
        let Some((head, rest)) = example.split_once('\n') else { continue };
        let Some((input, rest)) =
            rest.split_once("\n.\n").or_else(|| rest.strip_prefix(".\n").map(|rest| ("", rest)))
        else {
            continue;
        };
        let wanted = rest.split(&fence).next().unwrap_or_default().replace('→', "\t");
        let ours = parser.markdown(&site::lang("en"), &format!("{}\n", input.replace('→', "\t"))).html;
        if squeeze(&ours) == squeeze(&wanted) {
            same += 1;
        } else {
            different += 1;
            println!("{head} in: {input}\nwant: {wanted}\nours: {ours}");
        }
    }
    println!("{}: {same} same, {different} different", file.display());
}

/// HTML as the specification's own test program compares it, nearly.
fn squeeze(html: &str) -> String {
    html.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
        .trim_end()
        .replace("\n</li>", "</li>")
        .replace("<li>\n", "<li>")
}
