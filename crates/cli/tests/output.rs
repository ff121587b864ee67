//! Where the output goes: nowhere near the sources, and never among them at the next build.
#![allow(clippy::disallowed_methods)] // tests have a disk

mod run;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use run::{ends, err, fika, files, folder, starter, write};

#[test]
fn output_goes_nowhere_near_the_sources() {
    let dir = starter();
    let before = files(dir.path());
    for out in [
        ".",
        "..",
        "content",
        "content/essays",
        "static",
        "templates/x",
        "themes",
        "./x/../content",
        ".git",
        ".fika/x",
    ] {
        let run = fika(dir.path(), &["build", "--out", out]);
        ends(&run, 1);
        assert!(err(&run).starts_with("error[output-folder]"), "{out}: {}", err(&run));
        assert_eq!(files(dir.path()), before, "{out}");
    }
    let elsewhere = TempDir::new().expect("a folder");
    for out in ["dist", "x/y", elsewhere.path().to_str().expect("UTF-8")] {
        ends(&fika(dir.path(), &["build", "--out", out]), 0);
    }
    write(dir.path(), "fika.yaml", "base_url: https://example.org/\noutput_dir: static/all\n");
    let run = fika(dir.path(), &["build"]);
    ends(&run, 1);
    assert!(err(&run).contains("--> fika.yaml"), "{}", err(&run));
}

/// What a build makes of a folder of nothing but Markdown is no source of the next one.
#[test]
fn a_flat_site_does_not_publish_its_own_output() {
    let absolute = |root: &Path| root.join("dist").to_str().expect("UTF-8").to_owned();
    for out in [|_: &Path| "dist".to_owned(), |_: &Path| "./x/../dist".to_owned(), absolute] {
        let dir = folder(&[
            ("moon.md", "# 月亮\n\n又大又圆。\n"),
            ("moon.en.md", "# Moon\n\nBig and round.\n"),
            ("photo.txt", "x"),
        ]);
        let out = out(dir.path());
        let build = |code| ends(&fika(dir.path(), &["build", "--out", &out]), code);
        build(0);
        ends(&fika(dir.path(), &["translations", "mark", "--all"]), 0);
        let once = files(&dir.path().join("dist"));
        build(0);
        let twice = files(&dir.path().join("dist"));
        assert_eq!(twice.keys().collect::<Vec<_>>(), once.keys().collect::<Vec<_>>(), "{out}");
        assert!(once.contains_key("moon/index.html") && once.contains_key("photo.txt"));
    }
}

/// Nor what builds into other folders made, but what somebody put there since then is his.
#[test]
fn a_flat_site_does_not_publish_the_output_of_another_build() {
    let files_there = [("moon.md", "# 月亮\n"), ("photo.txt", "x"), ("static/notes/a.md", "# 甲\n")];
    let dir = folder(&files_there);
    let build = |out: &str| ends(&fika(dir.path(), &["build", "--out", out]), 0);
    build("first");
    build("first");
    let alone = files(&dir.path().join("first"));
    build("deep/second");
    build("third");
    let third = files(&dir.path().join("third"));
    assert_eq!(third.keys().collect::<Vec<_>>(), alone.keys().collect::<Vec<_>>());
    // A copy of the folder has other times, and is what it was.
    let copied: Vec<(String, Vec<u8>)> = files(&dir.path().join("first")).into_iter().collect();
    fs::remove_dir_all(dir.path().join("first")).expect("a folder");
    copied.iter().for_each(|(path, bytes)| write(&dir.path().join("first"), path, bytes));
    write(dir.path(), "first/photo.txt", "mine");
    write(dir.path(), "first/sun.md", "# 太阳\n");
    build("third");
    let third = files(&dir.path().join("third"));
    let new: Vec<&str> = third.keys().filter(|path| !alone.contains_key(*path)).map(|path| &**path).collect();
    assert_eq!(new, ["first/photo.txt", "first/sun/index.html"]);
}

/// A copy of a site whose `.fika` did not come with it has the same files for its own as before.
#[test]
fn a_flat_site_knows_what_was_built_without_the_record() {
    let dir = folder(&[
        ("moon.md", "# 月亮\n"),
        ("photo.txt", "x"),
        ("docs/.nojekyll", ""),
        ("docs/index.html", "a"),
        ("docs/a.md", "# 甲\n"),
    ]);
    let build = |out: &str| {
        let run = fika(dir.path(), &["build", "--out", out]);
        ends(&run, 0);
        fs::remove_dir_all(dir.path().join(".fika")).expect("a folder");
        (files(&dir.path().join(out)).into_keys().collect::<Vec<_>>(), err(&run))
    };
    let (first, _) = build("first");
    assert!(
        first.contains(&"docs/a/index.html".to_owned()) && first.contains(&"docs/index.html".to_owned()),
        "{first:?}"
    );
    let (second, told) = build("second");
    assert_eq!(second, first);
    assert!(told.contains("note[built-folder]") && told.contains("--> first"), "{told}");
    write(dir.path(), "fika.yaml", "output_dir: second\n");
    fs::remove_file(dir.path().join("second/.nojekyll")).expect("a file");
    let (third, told) = build("third");
    assert_eq!(third, first);
    assert_eq!(told.matches("note[built-folder]").count(), 1, "{told}");
}

/// Any folder may be one of essays there.
#[test]
fn a_flat_site_is_not_built_into_its_essays() {
    let dir = folder(&[("moon.md", "# 月亮\n"), ("notes/2024/sun.md", "# 太阳\n"), ("photos/a.txt", "x")]);
    let before = files(dir.path());
    let run = fika(dir.path(), &["build", "--out", "notes"]);
    ends(&run, 1);
    assert!(err(&run).starts_with("error[output-folder]"), "{}", err(&run));
    assert!(err(&run).contains("there are essays in it"), "{}", err(&run));
    assert_eq!(files(dir.path()), before);
    // What fika put there is none.
    write(dir.path(), "static/a.md", "text");
    for _ in 0..2 {
        ends(&fika(dir.path(), &["build", "--out", "dist"]), 0);
    }
    assert!(
        dir.path().join("dist/a.md").is_file() && dir.path().join("dist/notes/2024/sun/index.html").is_file()
    );
}
