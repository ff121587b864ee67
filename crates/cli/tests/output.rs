//! Where the output goes: nowhere near the sources, and never among them at the next build.
#![allow(clippy::disallowed_methods)] // tests have a disk

mod run;

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
