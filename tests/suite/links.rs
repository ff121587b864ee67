//! Every address of whole sites leads somewhere, at a root and under a folder; feeds and sitemaps are well-formed.

use std::collections::BTreeMap;
use std::path::Path;

use fika_benches::Corpus;
use fika_tests::{Built, Fixture, Options, broken_links, language_faults};
use quick_xml::events::Event;

const BASES: [&str; 3] =
    ["https://example.org/", "https://owner.github.io/REPO/", "https://example.org/two/deep/"];

/// Late enough for everything to be published.
fn options(base: &str) -> Options {
    Options { base_url: Some(base.to_owned()), as_of: "2100-01-01".to_owned(), ..Options::default() }
}

fn check(name: &str, site: &Fixture) {
    for base in BASES {
        let built = site.build_with(&options(base));
        let faults = broken_links(&built, base);
        assert!(faults.is_empty(), "{name} under {base}:\n{}", faults.join("\n"));
        let faults = language_faults(&built, base, &|feed, essay| feed == essay);
        assert!(faults.is_empty(), "{name} under {base}:\n{}", faults.join("\n"));
        for (file, _) in built.files.iter().filter(|(file, _)| file.ends_with(".xml")) {
            well_formed(file, &built);
        }
        assert!(
            built.files.contains_key("404.html") && built.files.contains_key(".nojekyll"),
            "{name} is ready for GitHub Pages"
        );
    }
}

fn well_formed(file: &str, built: &Built) {
    let mut reader = quick_xml::Reader::from_str(built.page(file));
    reader.config_mut().check_end_names = true;
    let mut elements = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(_) | Event::Empty(_)) => elements += 1,
            Ok(_) => {}
            Err(error) => panic!("{file} at {}: {error}", reader.error_position()),
        }
    }
    assert!(elements > 0, "{file} is empty");
}

#[test]
fn the_corpus() {
    let files: BTreeMap<String, Vec<u8>> = Corpus::new(40, 4).files().collect();
    check("the corpus", &Fixture { files });
}

/// This repository's own site.
pub(crate) fn repository() -> Fixture {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the root of the workspace");
    let mut site = Fixture::default();
    for folder in ["content", "static", "data", "templates", "i18n"] {
        site.read(&root.join(folder), &format!("{folder}/"));
    }
    site.file("fika.yaml", std::fs::read(root.join("fika.yaml")).expect("fika.yaml"))
}

#[test]
fn this_repositorys_own_site() {
    let site = repository();
    let built = site.build_with(&options(BASES[0]));
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    check("our own site", &site);
}
