//! The same input gives the same bytes, however many threads there are and however often it is built.

use std::collections::BTreeMap;

use fika_benches::Corpus;
use fika_tests::{Built, Fixture};

fn corpus() -> Fixture {
    let files: BTreeMap<String, Vec<u8>> = Corpus::new(60, 11).files().collect();
    Fixture { files }
}

fn with_threads(threads: usize, site: &Fixture) -> Built {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| site.build())
}

#[test]
fn threads_and_repetition_change_nothing() {
    let site = corpus();
    let one = with_threads(1, &site);
    assert_eq!(fika_tests::show_diagnostics(&one.diagnostics), "", "the corpus is without fault");
    assert!(one.files.len() > 150);
    for (name, other) in [
        ("two threads", with_threads(2, &site)),
        ("five threads", with_threads(5, &site)),
        ("again", with_threads(1, &site)),
    ] {
        let differs: Vec<&String> = one
            .files
            .iter()
            .filter(|(file, bytes)| other.files.get(*file) != Some(bytes))
            .map(|(file, _)| file)
            .collect();
        assert_eq!(differs, [""; 0], "{name}");
        assert_eq!(one, other, "{name}");
    }
}
