//! Killed at any moment, a build leaves only whole files behind, and the next one ends up where a clean one would.

#![allow(clippy::disallowed_methods)] // the test makes folders and reads the clock

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use fika_benches::{Corpus, Rng};

/// How often a build is killed.
const KILLS: usize = 20;

type Files = BTreeMap<String, Vec<u8>>;

/// Starts the command on a site.
fn start(root: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_fika"))
        .args(["build", "--as-of", "2026-01-01", "--root"])
        .arg(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts")
}

fn build(root: &Path) -> Files {
    // Links to essays that are gone are problems (1), and the site is built all the same.
    let status = start(root).wait().expect("the command ends");
    assert!(matches!(status.code(), Some(0 | 1)), "{status}");
    output(root)
}

/// Every file of the output, hidden ones too.
fn output(root: &Path) -> Files {
    let mut files = Files::new();
    read(&root.join("public"), "", &mut files);
    files
}

fn read(folder: &Path, prefix: &str, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).expect("a file of the output"));
        }
    }
}

/// Puts a site into a folder in place of what is there; the output and the memo stay.
fn put(root: &Path, site: &Files) {
    let content = root.join("content");
    if content.exists() {
        fs::remove_dir_all(content).expect("the old content goes");
    }
    for (path, bytes) in site {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file of the site");
    }
}

/// Two versions of a site that differ in bodies, titles, files that are only in one of them, and in a page that is a folder of
/// further pages in the other.
fn versions() -> [Files; 2] {
    let first: Files = Corpus::new(60, 21).files().collect();
    let mut second = first.clone();
    let mut essays: Vec<String> = first
        .keys()
        .filter(|path| path.contains("/e0") && !path.contains("index") && path.ends_with(".md"))
        .cloned()
        .collect();
    for gone in essays.split_off(essays.len() - 6) {
        second.remove(&gone);
    }
    for path in essays.iter().step_by(4) {
        let text = String::from_utf8_lossy(&first[path]).replacen("title: \"", "title: \"再", 1);
        second.insert(path.clone(), format!("{text}\n多一段。\n").into_bytes());
    }
    second.insert("content/new.md".to_owned(), "# 新来的\n".into());
    second.insert("static/img/cup.png/inside.txt".to_owned(), "once a file, now a folder".into());
    second.remove("static/img/cup.png");
    [first, second]
}

#[test]
fn a_killed_build_leaves_whole_files_and_no_trace() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let versions = versions();
    let mut longest = Duration::ZERO;
    let clean: Vec<Files> = versions
        .iter()
        .enumerate()
        .map(|(number, site)| {
            let root = folder.path().join(format!("clean-{number}"));
            put(&root, site);
            let begin = Instant::now();
            let files = build(&root);
            longest = longest.max(begin.elapsed());
            files
        })
        .collect();
    assert!(clean[0].len() > 120 && clean[0] != clean[1]);

    let root = folder.path().join("site");
    let mut rng = Rng::new(5, 5);
    let mut killed = 0;
    for round in 0..KILLS {
        let target = round % 2;
        fs::remove_dir_all(root.join("static")).ok();
        put(&root, &versions[target]);
        match rng.below(3) {
            0 => drop(fs::remove_dir_all(root.join("public"))),
            1 => drop(fs::remove_dir_all(root.join(".fika").join("cache"))),
            _ => {}
        }
        let mut child = start(&root);
        thread::sleep(longest.mul_f64(rng.below(1000) as f64 / 1000.0));
        let ended = child.try_wait().expect("the child is ours").is_some();
        killed += usize::from(!ended);
        child.kill().ok();
        child.wait().expect("the child is gone");

        for (path, bytes) in output(&root) {
            let whole = clean.iter().any(|clean| clean.get(&path) == Some(&bytes));
            assert!(whole, "round {round}: {path} is not whole ({} bytes)", bytes.len());
        }
        let after = build(&root);
        let wrong: Vec<&String> = after
            .keys()
            .chain(clean[target].keys())
            .filter(|path| after.get(*path) != clean[target].get(*path))
            .collect();
        assert!(
            wrong.is_empty(),
            "round {round}: after the next build these differ from a clean one: {wrong:?}"
        );
    }
    assert!(killed >= KILLS / 4, "only {killed} of {KILLS} builds were still running when they were killed");
}
