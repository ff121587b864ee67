//! `cargo bench -p fika-benches --bench parser`: what fika's parser costs beside the Markdown library alone.
//!
//! First the ratio is printed that the parser promises (at most 1.35), then divan's table. Both sides run on one thread over the same
//! essays, in turn, so that a busy machine slows both alike. On one that is very busy, count instructions instead:
//! `valgrind --tool=callgrind target/release/deps/parser-… --once parse`, and the same with `push_html` and `nothing`.

// A benchmark is an edge: it reads the clock and its arguments, and it prints.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use divan::Bencher;
use divan::counter::BytesCount;
use fika_benches::Corpus;
use fika_parser::Parser;
use pulldown_cmark::{Options, html};

/// What the parser may cost: this many times the Markdown library, to HTML.
const PROMISE: f64 = 1.35;
/// Essays in each language.
const ESSAYS: usize = 150;
/// How often each side runs over the corpus for the ratio.
const ROUNDS: usize = 25;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let bench = Bench::new();
    if let Some(at) = arguments.iter().position(|argument| argument == "--once") {
        match arguments.get(at + 1).map(String::as_str) {
            Some("parse") => bench.parse(),
            Some("markdown") => bench.markdown(),
            Some("push_html") => bench.push_html(),
            _ => {}
        }
        return;
    }
    bench.ratio();
    divan::main();
}

/// The essays of a corpus, and a parser for their site.
struct Bench {
    parser: Parser,
    /// Paths and texts of the files.
    files: Vec<(String, String)>,
    /// Where the essays begin, behind their front matter.
    starts: Vec<usize>,
}

impl Bench {
    fn new() -> Bench {
        let mut config = String::new();
        let mut files = Vec::new();
        for (path, bytes) in Corpus::new(ESSAYS, 1).files() {
            match path.strip_suffix(".md") {
                Some(_) => files.push((path, String::from_utf8(bytes).expect("text"))),
                None if path == "fika.yaml" => config = String::from_utf8(bytes).expect("text"),
                None => {}
            }
        }
        let starts = files.iter().map(|(_, text)| text.find("\n---\n").map_or(0, |at| at + 5)).collect();
        let (config, faults) = fika_parser::config("fika.yaml", &config);
        assert_eq!(faults, [], "the configuration of the corpus");
        Bench { parser: Parser::new(&config), files, starts }
    }

    fn bodies(&self) -> impl Iterator<Item = &str> {
        self.files.iter().zip(&self.starts).map(|((_, text), start)| &text[*start..])
    }

    fn bytes(&self) -> BytesCount {
        BytesCount::new(self.bodies().map(str::len).sum::<usize>())
    }

    /// The Markdown library alone, with those of its extensions that the essays need.
    fn push_html(&self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        for body in self.bodies() {
            let mut page = String::with_capacity(body.len() * 3 / 2);
            html::push_html(&mut page, pulldown_cmark::Parser::new_ext(body, options));
            black_box(page);
        }
    }

    /// Whole files: bytes to card and body.
    fn parse(&self) {
        for (path, text) in &self.files {
            black_box(self.parser.parse(path, text.as_bytes(), &|_, _| None));
        }
    }

    /// Bodies alone.
    fn markdown(&self) {
        let lang = fika_model::Lang::parse("zh").expect("a tag");
        for body in self.bodies() {
            black_box(self.parser.markdown(&lang, body));
        }
    }

    fn ratio(&self) {
        let time = |work: &dyn Fn(&Bench)| {
            let start = Instant::now();
            work(self);
            start.elapsed()
        };
        let (mut plain, mut whole, mut ratios) = (Duration::MAX, Duration::MAX, Vec::new());
        for _ in 0..ROUNDS {
            let (a, b) = (time(&Bench::push_html), time(&Bench::parse));
            ratios.push(b.as_secs_f64() / a.as_secs_f64());
            (plain, whole) = (plain.min(a), whole.min(b));
        }
        ratios.sort_by(f64::total_cmp);
        let least = whole.as_secs_f64() / plain.as_secs_f64();
        let verdict = if least <= PROMISE { "kept" } else { "BROKEN" };
        println!(
            "push_html {plain:.2?}, parse {whole:.2?}: {least:.2} x of the least times, {:.2} x in the median",
            ratios[ROUNDS / 2]
        );
        println!("at most {PROMISE} x: {verdict}");
    }
}

#[divan::bench]
fn push_html(bencher: Bencher<'_, '_>) {
    let bench = Bench::new();
    bencher.counter(bench.bytes()).bench_local(|| bench.push_html());
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let bench = Bench::new();
    bencher.counter(bench.bytes()).bench_local(|| bench.parse());
}

#[divan::bench]
fn markdown(bencher: Bencher<'_, '_>) {
    let bench = Bench::new();
    bencher.counter(bench.bytes()).bench_local(|| bench.markdown());
}
