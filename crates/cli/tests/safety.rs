//! What a run must not do: tear a site down because something cannot be read, or touch what fika did not make.
#![allow(clippy::disallowed_methods)] // tests have a disk

mod run;

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use run::{ends, err, fika, files, folder, starter, write};

/// The codes of what a run tells as JSON.
fn codes(root: &Path, args: &[&str]) -> Vec<String> {
    let told = fika(root, args).stdout;
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        format!("{} {}", line["code"].as_str().unwrap_or_default(), line["path"].as_str().unwrap_or_default())
    };
    String::from_utf8(told).expect("UTF-8").lines().map(line).collect()
}

/// Every command that would take a site whose configuration is broken for another one.
const COMMANDS: &[&[&str]] = &[
    &["build"],
    &["check"],
    &["translations"],
    &["translations", "--check"],
    &["translations", "prune"],
    &["translations", "mark", "--all"],
    &["new", "Y", "--lang", "en"],
    &["render", "content/about.md"],
];

#[test]
fn a_configuration_that_cannot_be_read_stops_everything() {
    let broken: [(&[u8], &str); 3] = [
        (b"base_url: https://example.org/\nlanguages: [\n  zh: {}\n", "fika.yaml:"),
        (b"title: \"\xd4\xc2\"\n", "fika.yaml:1:9"),
        (b"- zh\n- en\n", "fika.yaml:1:1"),
    ];
    for (text, place) in broken {
        let dir = starter();
        write(dir.path(), "fika.yaml", text);
        let before = files(dir.path());
        for args in COMMANDS {
            let run = fika(dir.path(), args);
            ends(&run, 1);
            assert!(run.stdout.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&run.stdout));
            let told = err(&run);
            assert!(told.starts_with("error[config]") && told.contains(place), "{args:?}: {told}");
            assert_eq!(told.matches("error[").count() + told.matches("warning[").count(), 1, "{told}");
            assert!(told.contains("= help: "), "{told}");
            assert_eq!(files(dir.path()), before, "{args:?}");
        }
        assert_eq!(codes(dir.path(), &["build", "--json"]), ["config fika.yaml"]);
    }
}

#[test]
fn a_configuration_that_is_no_file_stops_everything() {
    let dir = starter();
    fs::remove_file(dir.path().join("fika.yaml")).expect("a file");
    fs::create_dir(dir.path().join("fika.yaml")).expect("a folder");
    for args in COMMANDS {
        let run = fika(dir.path(), args);
        ends(&run, 1);
        assert!(err(&run).starts_with("error[read]"), "{args:?}: {}", err(&run));
    }
    assert_eq!(codes(dir.path(), &["build", "--json"]), ["read fika.yaml"]);
}

#[test]
fn records_that_cannot_be_read_are_neither_written_nor_empty() {
    let dir = starter();
    fs::rename(dir.path().join("translations.lock"), dir.path().join("kept")).expect("a file");
    fs::create_dir(dir.path().join("translations.lock")).expect("a folder");
    for args in [
        &["translations", "--check"] as &[&str],
        &["translations", "prune"],
        &["translations", "mark", "--all"],
        &["new", "--translate", "about.en.md", "--lang", "zh"],
        &["build"],
    ] {
        let run = fika(dir.path(), args);
        ends(&run, 1);
        assert!(
            err(&run).contains("error[read]") && err(&run).contains("translations.lock"),
            "{}",
            err(&run)
        );
    }
}

/// Takes the right to read a folder or a file away; false where the one who runs the tests may read everything.
#[cfg(unix)]
fn forbid(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("permissions");
    fs::read_dir(path).is_err() && fs::read(path).is_err()
}

#[cfg(unix)]
fn allow(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permissions");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_and_its_pages_stay() {
    let dir = starter();
    write(dir.path(), "static/a/x.txt", "x");
    write(dir.path(), "templates/page.html", "{% extends \"base.html\" %}");
    write(dir.path(), "i18n/zh.ftl", "x = y\n");
    ends(&fika(dir.path(), &["build"]), 0);
    let before = files(&dir.path().join("public"));
    for path in [
        "content/essays",
        "content/essays/hello.md",
        "static",
        "static/a/x.txt",
        "templates",
        "templates/page.html",
        "i18n",
        "i18n/zh.ftl",
        "translations.lock",
        "content",
    ] {
        let forbidden = dir.path().join(path);
        if !forbid(&forbidden) {
            allow(&forbidden);
            continue;
        }
        let told = codes(dir.path(), &["build", "--json"]);
        let prune = fika(dir.path(), &["translations", "prune"]);
        let after = files(&dir.path().join("public"));
        allow(&forbidden);
        assert!(told.contains(&format!("read {path}")), "{path}: {told:?}");
        assert!(!told.iter().any(|one| one.starts_with("orphaned-translation")), "{path}: {told:?}");
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "{path}");
        ends(&prune, i32::from(!path.starts_with("static/")));
    }
    ends(&fika(dir.path(), &["build"]), 0);
    assert_eq!(files(&dir.path().join("public")), before);
}

#[test]
fn what_fika_did_not_make_is_left_alone() {
    let dir = starter();
    let mine =
        [("out/index.html", "mine"), ("out/about/index.html", "mine too"), ("out/CNAME", "example.org")];
    mine.iter().for_each(|(path, text)| write(dir.path(), path, text));
    write(dir.path(), "out/.nojekyll", "");
    let run = fika(dir.path(), &["build", "--out", "out"]);
    ends(&run, 1);
    let told = err(&run);
    assert!(
        told.contains("error[foreign-file]: `out/about/index.html`, `out/index.html` were not made by fika"),
        "{told}"
    );
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    let is_mine = || {
        mine.iter()
            .all(|(path, text)| fs::read_to_string(dir.path().join(path)).ok().as_deref() == Some(text))
    };
    assert!(is_mine() && dir.path().join("out/en/index.html").is_file());

    // Nor once the pages that they stand in for are gone.
    fs::remove_file(dir.path().join("content/about.md")).expect("a file");
    fs::remove_file(dir.path().join("content/about.en.md")).expect("a file");
    fika(dir.path(), &["build", "--out", "out"]);
    assert!(is_mine() && !dir.path().join("out/en/about/index.html").exists());

    fs::remove_file(dir.path().join("out/index.html")).expect("a file");
    let run = fika(dir.path(), &["build", "--out", "out"]);
    assert!(!err(&run).contains("foreign-file"), "{}", err(&run));
    assert_ne!(fs::read(dir.path().join("out/index.html")).expect("the home page"), b"mine");

    write(dir.path(), "other/index.html", "mine");
    let run = fika(dir.path(), &["build", "--out", "./other"]);
    assert!(err(&run).contains("error[foreign-file]: `other/index.html` was not made"), "{}", err(&run));
}

#[test]
fn an_output_whose_record_is_lost_is_taken_over_as_far_as_it_is_the_same() {
    let dir = starter();
    let before = files(dir.path());
    fs::remove_dir_all(dir.path().join(".fika")).expect("a folder");
    ends(&fika(dir.path(), &["build"]), 0);
    assert_eq!(files(dir.path()), before);
    fs::remove_dir_all(dir.path().join(".fika")).expect("a folder");
    write(dir.path(), "content/about.md", "# 别的\n\n别的字。\n");
    let run = fika(dir.path(), &["build"]);
    ends(&run, 1);
    assert!(err(&run).contains("whose `.fika` was deleted"), "{}", err(&run));
}

#[test]
fn a_site_that_was_moved_knows_its_output() {
    let dir = TempDir::new().expect("a folder");
    ends(&fika(dir.path(), &["init", "a"]), 0);
    ends(&fika(&dir.path().join("a"), &["build"]), 0);
    fs::rename(dir.path().join("a"), dir.path().join("b")).expect("a folder");
    write(&dir.path().join("b"), "content/about.md", "# 别的\n\n别的字。\n");
    ends(&fika(&dir.path().join("b"), &["build"]), 0);
}

#[test]
fn a_configuration_without_languages_guesses_them() {
    let dir = folder(&[
        ("content/moon.md", "# 月亮\n\n月亮升起来了，又大又圆。\n"),
        ("content/moon.en.md", "# Moon\n\nThe moon is up.\n"),
    ]);
    let pages = |text: Option<&str>| {
        let config = dir.path().join("fika.yaml");
        if let Some(text) = text {
            fs::write(config, text).expect("a file");
        }
        ends(&fika(dir.path(), &["build"]), 0);
        files(&dir.path().join("public"))
            .into_keys()
            .filter(|path| path.ends_with(".html"))
            .collect::<Vec<_>>()
    };
    let guessed = pages(None);
    assert!(guessed.contains(&"en/moon/index.html".to_owned()));
    for text in ["", "base_url: https://example.org/\n", "languages:\n", "default_language: zh\n"] {
        assert_eq!(pages(Some(text)), guessed, "{text}");
    }
}

#[test]
fn what_is_wrong_with_the_configuration_has_a_line() {
    let config = "base_url: https://example.org/\ntheme: inkk\nignored_content: [\"*.x\", \"[\"]\nmenu:\n  - path: /nowhere/\n\
                  plugins:\n  feed: {limmit: 3}\n  sitemapp: true\n";
    let dir = folder(&[("fika.yaml", config), ("content/a.md", "# 一\n")]);
    let told = err(&fika(dir.path(), &["build"]));
    for place in ["fika.yaml:2:8", "fika.yaml:3:26", "fika.yaml:5:11", "fika.yaml:7:10", "fika.yaml:8:3"] {
        assert!(told.contains(&format!("--> {place}\n")), "{place} in {told}");
    }
    assert_eq!(told.matches("fika.yaml\n").count(), 0, "{told}");
}

/// What a note advises a folder of nothing but Markdown: to write `base_url` into a `fika.yaml`.
#[test]
fn a_configuration_without_a_content_folder_finds_the_texts() {
    let dir =
        folder(&[("moon.md", "# 月亮\n\n又大又圆。\n"), ("fika.yaml", "base_url: https://example.org/\n")]);
    ends(&fika(dir.path(), &["build"]), 0);
    assert!(dir.path().join("public/moon/index.html").is_file());
}

#[test]
fn hidden_static_files_are_copied_but_litter_is_not() {
    let dir = folder(&[
        ("content/a.md", "# 一\n"),
        ("static/.well-known/security.txt", "x"),
        ("static/.htaccess", "x"),
        ("static/.gitignore", "x"),
        ("static/.git/HEAD", "x"),
        ("static/img/.DS_Store", "x"),
        ("static/img/.a.txt.swp", "x"),
        ("static/.env", "x"),
    ]);
    ends(&fika(dir.path(), &["build"]), 0);
    let out = files(&dir.path().join("public"));
    let hidden: Vec<_> =
        out.keys().filter(|path| path.split('/').any(|part| part.starts_with('.'))).collect();
    assert_eq!(hidden, [".htaccess", ".nojekyll", ".well-known/security.txt"]);
}

#[cfg(unix)]
#[test]
fn links_that_go_round_and_pipes_are_left_out() {
    use std::os::unix::fs::symlink;
    let dir = folder(&[
        ("content/a.md", "# 一\n"),
        ("content/x/b.md", "# 二\n"),
        ("content/y/c.md", "# 三\n"),
        ("elsewhere/d.md", "# 四\n"),
    ]);
    let link = |to: &str, at: &str| symlink(to, dir.path().join(at)).expect("a link");
    link("..", "content/loop");
    link("../..", "content/x/loop");
    link("../y", "content/x/y");
    link("../x", "content/y/x");
    link("nowhere.md", "content/gone.md");
    link("../elsewhere", "content/z");
    let made = Command::new("mkfifo").arg(dir.path().join("content/p.md")).status();
    assert!(made.is_ok_and(|status| status.success()));
    let told = codes(dir.path(), &["build", "--json"]);
    assert_eq!(
        told.iter().filter(|told| !told.ends_with(' ')).collect::<Vec<_>>(),
        [
            "dangling-link content/gone.md",
            "link-loop content/loop",
            "special-file content/p.md",
            "link-loop content/x/loop",
            "link-loop content/x/y/x",
            "link-loop content/y/x/loop",
            "link-loop content/y/x/y",
            "no-host fika.yaml",
        ]
    );
    let out = files(&dir.path().join("public"));
    assert!(out.contains_key("z/d/index.html") && out.contains_key("x/y/c/index.html"));
    assert!(!out.keys().any(|path| path.ends_with("fika.yaml") || path.contains("loop")));
}

#[test]
fn a_translation_into_another_language_is_called_so() {
    let dir = folder(&[
        ("fika.yaml", "base_url: https://example.org/\nlanguages: [zh, en, ja]\n"),
        ("content/a.md", "# 一\n\n文。\n"),
        ("content/a.en.md", "# One\n\nText.\n"),
    ]);
    let run = fika(dir.path(), &["translations", "mark", "content/a.en.md", "--lang", "ja"]);
    ends(&run, 2);
    assert!(err(&run).contains("is a translation into en, not into ja"), "{}", err(&run));
}

/// Whatever somebody has put in the place of a file of fika's is theirs, and what lies behind a link is not in the output folder.
#[cfg(unix)]
#[test]
fn what_took_the_place_of_our_files_stays() {
    let site = folder(&[("content/a.md", "# 甲\n"), ("content/b.md", "# 乙\n"), ("else/keep.txt", "字")]);
    let root = site.path();
    ends(&fika(root, &["build"]), 0);
    write(root, "public/a/index.html", "somebody's own");
    fs::remove_dir_all(root.join("public/b")).expect("a folder of ours");
    std::os::unix::fs::symlink(root.join("else"), root.join("public/b")).expect("a link");
    fs::remove_file(root.join("content/a.md")).expect("an essay");
    let run = fika(root, &["build"]);
    assert!(
        err(&run).contains("cannot write `b/index.html`: its folder is a link that fika did not make"),
        "{}",
        err(&run)
    );
    let text = fs::read_to_string(root.join("public/a/index.html")).expect("the file");
    assert_eq!(text, "somebody's own");
    assert!(!root.join("else/index.html").exists());
}
