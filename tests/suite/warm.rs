//! Warm equals cold: after any edits, what an incremental build leaves behind is, byte for byte and problem for problem,
//! what a build from nothing makes.
//!
//! `FIKA_WARM_SEQUENCES` sets how many random sequences of edits are tried, `FIKA_WARM_SEED` where they start. A failing
//! sequence is made as short as it goes before it is shown.

mod edits;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::{io, thread};

use fika_benches::Rng;
use fika_builder::World;
use fika_tests::{Built, Options, Room};
use rayon::prelude::*;

use edits::{Edit, State};

/// How many sequences are tried, each of up to seven edits.
const SEQUENCES: usize = 240;

#[test]
fn warm_equals_cold() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<usize>().ok());
    let sequences = number("FIKA_WARM_SEQUENCES").unwrap_or(SEQUENCES);
    let seed = number("FIKA_WARM_SEED").unwrap_or(1);
    let failures: Vec<String> =
        (seed..seed + sequences).into_par_iter().filter_map(|seed| fails(seed as u64)).collect();
    assert!(
        failures.is_empty(),
        "{} of {sequences} sequences fail, such as\n{}",
        failures.len(),
        failures[0]
    );
}

/// Whether the sequence of a seed fails; its shortest form, if so.
fn fails(seed: u64) -> Option<String> {
    let mut rng = Rng::new(seed, 77);
    let start = edits::site(&mut rng);
    let sequence: Vec<Edit> = (0..rng.between(3, 7)).map(|_| edits::edit(&mut rng)).collect();
    let to_disk = seed.is_multiple_of(3);
    run(&start, &sequence, to_disk)?;
    let mut shortest = sequence;
    let mut at = 0;
    while at < shortest.len() {
        let mut shorter = shortest.clone();
        shorter.remove(at);
        match run(&start, &shorter, to_disk) {
            Some(_) => shortest = shorter,
            None => at += 1,
        }
    }
    let why = run(&start, &shortest, to_disk).unwrap_or_else(|| "it does not fail every time".to_owned());
    Some(format!("seed {seed}, {}:\n{shortest:#?}\n{why}", if to_disk { "to disk" } else { "in memory" }))
}

/// Builds after each edit, warm and cold; the first difference.
fn run(start: &State, sequence: &[Edit], to_disk: bool) -> Option<String> {
    let mut state = start.clone();
    let mut room = Room::new();
    room.set(&state.site);
    build(&mut room, &state.options, to_disk);
    for (number, edit) in sequence.iter().enumerate() {
        match edit {
            Edit::Restart => room.restart(),
            // Long enough for the files' times to be trusted: from now on unchanged ones are not read.
            Edit::Wait => thread::sleep(Duration::from_millis(60)),
            edit => edits::apply(&mut state, edit),
        }
        room.set(&state.site);
        let warm = build(&mut room, &state.options, to_disk);
        let cold = state.site.build_with(&state.options);
        if let Some(difference) = difference(&warm, &cold) {
            return Some(format!("after edit {}: {difference}", number + 1));
        }
    }
    None
}

fn build(room: &mut Room, options: &Options, to_disk: bool) -> Built {
    if to_disk { room.build_to_disk(options) } else { room.build(options) }
}

/// The first file or problem in which two builds differ.
fn difference(warm: &Built, cold: &Built) -> Option<String> {
    let files: BTreeSet<&String> = warm.files.keys().chain(cold.files.keys()).collect();
    for file in files {
        match (warm.files.get(file), cold.files.get(file)) {
            (Some(warm), Some(cold)) if warm == cold => {}
            (Some(warm), Some(cold)) => return Some(format!("{file} differs: {}", first_line(warm, cold))),
            (Some(_), None) => return Some(format!("{file} is stale")),
            (None, _) => return Some(format!("{file} is missing")),
        }
    }
    if warm.diagnostics != cold.diagnostics {
        let only = |of: &Built, other: &Built| {
            let own: Vec<_> = of
                .diagnostics
                .iter()
                .filter(|diagnostic| !other.diagnostics.contains(diagnostic))
                .cloned()
                .collect();
            fika_tests::show_diagnostics(&own)
        };
        return Some(format!(
            "problems differ\nonly warm:\n{}only cold:\n{}",
            only(warm, cold),
            only(cold, warm)
        ));
    }
    None
}

fn first_line(warm: &[u8], cold: &[u8]) -> String {
    let (warm, cold) = (String::from_utf8_lossy(warm), String::from_utf8_lossy(cold));
    let lines = warm.lines().zip(cold.lines()).find(|(warm, cold)| warm != cold);
    lines.map_or("in length".to_owned(), |(warm, cold)| format!("\n  warm: {warm}\n  cold: {cold}"))
}

#[test]
fn one_edit_renders_little() {
    let corpus = fika_benches::Corpus::new(60, 2);
    let mut site = fika_tests::Fixture { files: corpus.files().collect() };
    let mut room = Room::new();
    room.set(&site);
    let cold = room.build(&Options::default());
    assert_eq!(
        (cold.parsed, cold.rendered > 120),
        (corpus.files().filter(|(path, _)| path.ends_with(".md")).count(), true)
    );

    let unchanged = room.build(&Options::default());
    assert_eq!((unchanged.parsed, unchanged.rendered, unchanged.relinked), (0, 0, false), "nothing changed");

    let path = corpus.path(0, fika_benches::Tongue::Zh);
    let mut text = site.files[&path].clone();
    text.extend("再写一句。\n".as_bytes());
    site = site.file(&path, text);
    room.set(&site);
    let edited = room.build(&Options::default());
    assert_eq!((edited.parsed, edited.relinked), (1, false), "one text changed, and nothing else");
    assert!(edited.rendered <= 30, "{} pages were rendered after one body changed", edited.rendered);

    let heading = [&site.files[&path][..], "## 又一节\n".as_bytes()].concat();
    room.set(&site.file(&path, heading));
    let headed = room.build(&Options::default());
    assert_eq!((headed.parsed, headed.relinked), (1, true), "others may link to a heading");
}

/// A key may move within its file while nothing of the site changes: what is told of it is told where it is.
#[test]
fn a_draft_is_told_of_where_it_says_so() {
    let mut room = Room::new();
    let mut lines = |head: &str| -> Vec<u32> {
        let text = format!("---\n{head}---\n文。\n");
        room.set(&crate::plain("//- content/b.md\n# 乙\n").file("content/a.md", text));
        let built = room.build(&Options::default());
        built.diagnostics.iter().map(|one| one.place.as_ref().map_or(0, |place| place.line)).collect()
    };
    for (head, line) in [
        ("title: 甲\ndraft: true\n", 3),
        ("title: 甲\ndraft: true\n", 3),
        ("# 备忘\ntitle: 甲\ndraft: true\n", 4),
        ("draft: true\ntitle: 甲\n", 2),
    ] {
        assert_eq!(lines(head), [line], "{head}");
    }
    assert_eq!(lines("title: 甲\n"), [0; 0]);
}

/// A world in which one file cannot be read.
struct Without(Arc<dyn World>, &'static str);

impl World for Without {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == self.1 { Err(io::ErrorKind::PermissionDenied.into()) } else { self.0.read(path) }
    }

    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        self.0.disk_path(path)
    }
}

/// A memo that was on the disk has no bodies. An essay that cannot be read when its body is wanted is told, and its page is not made of
/// nothing, now or later.
#[test]
fn an_essay_that_cannot_be_read_any_more_is_no_empty_page() {
    let essay = "content/a.md";
    let mut room = Room::new();
    let site = fika_tests::site("//- content/a.md\n# 甲\n\n有字。\n");
    room.set(&site);
    room.build(&Options::default());
    room.restart();
    room.set(&site.file("templates/page.html", "<p>{{ page.content | safe }}</p>"));
    thread::sleep(Duration::from_millis(60));
    let lost = room.build_in(&Options::default(), &|world| Arc::new(Without(world, essay)));
    assert_eq!(
        fika_tests::show_diagnostics(&lost.diagnostics).lines().next(),
        Some("error[read] content/a.md cannot read this: permission denied")
    );
    let found = room.build(&Options::default());
    assert_eq!((found.page("a/index.html"), found.codes()), ("<p><p>有字。</p>\n</p>", vec!["no-host"]));
}
