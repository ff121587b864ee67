//! One binary for everything that is tested through the whole pipeline. A test is data: a site in a string, and what must come of it.
//! `cargo xtask bless` renews the recorded pages in `snapshots/`.

// Tests are an edge: they read the repository and make folders.
#![allow(clippy::disallowed_methods)]

mod addresses;
mod anchors;
mod archive;
mod code;
mod content;
mod derive;
mod deterministic;
mod diagnostics;
mod elsewhere;
mod fallback;
mod interface;
mod languages;
mod limits;
mod links;
mod lists;
mod multilingual;
mod paper;
mod parallel;
mod plugins;
mod quirks;
mod text;
mod theme_values;
mod tidy;
mod translations;
mod warm;
mod whole;

use fika_tests::{Fixture, show};

/// Builds a site and compares its file names, some whole pages and all problems with what is recorded under a name.
#[track_caller]
fn check(name: &str, site: &Fixture, pages: &[&str]) {
    let built = site.build();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, show(&built, pages));
    });
}

/// A theme with nothing in it but what a template sees, so that recorded pages show the pipeline and not the looks.
fn plain(text: &str) -> Fixture {
    let config = "//- fika.yaml
base_url: https://example.org/
timezone: Asia/Shanghai
theme: plain
languages:
  zh: {title: 小站, tagline: 一句话}
  en: {title: A Site, tagline: In a word}
taxonomies:
  tags: {}
";
    Fixture::folder("plain").with(fika_tests::site(config)).with(fika_tests::site(text))
}
