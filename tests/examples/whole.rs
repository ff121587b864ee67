//! Builds sites and tells whether all that was written is on their pages: every Markdown file a page or named in a problem, every run of
//! Chinese on the page of its file, every problem in a place. `cargo run -p fika-tests --example whole -- FOLDER…`
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeMap;
use std::path::Path;

use fika_tests::{Fixture, Options, losses};

fn main() {
    for folder in std::env::args().skip(1) {
        let mut site = Fixture::default();
        site.read(Path::new(&folder), "");
        let options = Options { signed: true, as_of: "9999-01-01".to_owned(), ..Options::default() };
        let built = site.build_with(&options);
        let losses = losses(&site, &built);
        losses.iter().for_each(|fault| println!("{fault}"));
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        built.codes().into_iter().for_each(|code| *codes.entry(code).or_default() += 1);
        let pages = built.files.keys().filter(|file| file.ends_with(".html")).count();
        println!("{folder}: {} files, {pages} pages, {} losses, {codes:?}", site.files.len(), losses.len());
    }
}
