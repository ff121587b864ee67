//! The command from outside: what it writes, what it prints, how it ends.
#![allow(clippy::disallowed_methods)] // tests have a disk

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// Runs `fika` on the site in a folder.
fn fika(root: &Path, args: &[&str]) -> Output {
    fika_with(root, args, "")
}

fn fika_with(root: &Path, args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fika"))
        .args(args)
        .current_dir(root)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("fika starts");
    // A command that does not read is free to end before it has been written to.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("fika ends")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The exit code of a run, and all it printed when it is another than expected.
#[track_caller]
fn ends(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "\n{}\n{}", out(output), err(output));
}

/// A new folder with some files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    for (path, text) in files {
        let file = dir.path().join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    dir
}

fn starter() -> TempDir {
    let dir = TempDir::new().expect("a folder");
    ends(&fika(dir.path(), &["init", "."]), 0);
    dir
}

#[test]
fn a_new_site_builds_without_a_warning() {
    let dir = starter();
    let built = fika(dir.path(), &["build", "--strict"]);
    ends(&built, 0);
    assert_eq!(err(&built), "", "nothing is wrong");
    let line = out(&built);
    assert!(
        line.starts_with("Built ")
            && line.contains("(zh ")
            && line.contains(", en ")
            && line.lines().count() == 1,
        "{line}"
    );

    let essay = fs::read_to_string(dir.path().join("public/essays/hello/index.html")).expect("the essay");
    assert!(essay.contains("<strong>“这一句是粗体。”</strong>后面"), "{essay}");
    assert!(dir.path().join("public/en/essays/hello/index.html").is_file());
    ends(&fika(dir.path(), &["check", "--strict"]), 0);
}

#[test]
fn init_leaves_what_is_there_alone() {
    let dir = folder(&[("mine/notes.md", "我的"), ("cloned/.git/HEAD", "ref: refs/heads/main\n")]);
    let refused = fika(dir.path(), &["init", "mine"]);
    ends(&refused, 1);
    assert!(err(&refused).contains("`mine` is not empty"), "{}", err(&refused));
    assert!(!dir.path().join("mine/fika.yaml").exists());
    ends(&fika(dir.path(), &["init", "cloned"]), 0);
    assert!(dir.path().join("cloned/.gitignore").is_file());
}

/// As GitHub makes one that is not empty. What is in it stays.
#[test]
fn init_makes_a_site_in_a_new_repository() {
    let dir = folder(&[
        ("it's mine/.git/HEAD", "ref: refs/heads/main\n"),
        ("it's mine/README.md", "# 我的"),
        ("it's mine/LICENSE", "MIT"),
        ("it's mine/.gitignore", "*.log"),
    ]);
    let made = fika(dir.path(), &["init", "it's mine"]);
    ends(&made, 0);
    assert!(out(&made).contains(r"cd 'it'\''s mine'"), "a shell can read it: {}", out(&made));
    let text = |path: &str| fs::read_to_string(dir.path().join("it's mine").join(path)).expect("a file");
    assert_eq!((&*text("README.md"), &*text("LICENSE")), ("# 我的", "MIT"));
    assert!(text(".gitignore").starts_with("*.log\n\n") && text(".gitignore").contains("/public/"));
    ends(&fika(&dir.path().join("it's mine"), &["build", "--strict"]), 0);
}

/// Whoever is in one of its folders means the site, not a site that is made of that folder.
#[test]
fn a_site_is_found_from_within() {
    let dir = starter();
    let essays = dir.path().join("content/essays");
    ends(&fika(&essays, &["build", "--strict"]), 0);
    assert!(dir.path().join("public/essays/hello/index.html").is_file());
    assert!(!essays.join("public").exists() && !essays.join(".fika").exists());
    assert_eq!(out(&fika(&essays, &["new", "Here"])), "content/essays/here.md\n");
    let begun = fika(&essays, &["new", "--translate", "here.md", "--lang", "en"]);
    assert_eq!(out(&begun), "content/essays/here.en.md\n", "{}", err(&begun));
    let marked = fika(&essays, &["translations", "mark", "hello.en.md"]);
    assert_eq!(out(&marked), "content/essays/hello.en.md\n", "{}", err(&marked));
    // What is named is meant.
    fika(&essays, &["build", "--root", "."]);
    assert!(essays.join("public/hello/index.html").is_file());
}

#[test]
fn new_starts_an_essay_once() {
    let dir = starter();
    let made = fika(dir.path(), &["new", "月亮：又大又圆"]);
    ends(&made, 0);
    assert_eq!(out(&made), "content/essays/月亮：又大又圆.md\n");
    let file = dir.path().join("content/essays/月亮：又大又圆.md");
    let text = fs::read_to_string(&file).expect("the essay");
    assert!(text.starts_with("---\ntitle: 月亮：又大又圆\ndate: 20"), "{text}");
    assert!(text.contains("+08:00"), "the date is in the site's time zone: {text}");

    fs::write(&file, format!("{text}正文")).expect("a file");
    let refused = fika(dir.path(), &["new", "月亮：又大又圆"]);
    ends(&refused, 1);
    assert_eq!(fs::read_to_string(&file).expect("the essay"), format!("{text}正文"));

    let english = fika(dir.path(), &["new", "Round: the Moon?", "--lang", "en"]);
    assert_eq!(out(&english), "content/essays/round-the-moon.en.md\n");
    ends(&fika(dir.path(), &["build", "--strict"]), 0);
    assert!(dir.path().join("public/en/essays/round-the-moon/index.html").is_file());

    let unknown = fika(dir.path(), &["new", "Lune", "--lang", "fr"]);
    ends(&unknown, 2);
    assert!(err(&unknown).contains("which has zh, en"), "{}", err(&unknown));
}

/// What was typed cannot be meant: exit code 2, a word on standard error, nothing on standard output.
#[test]
fn usage_errors_are_2() {
    let dir = starter();
    let wrong: &[&[&str]] = &[
        &["bild"],
        &["build", "--job", "2"],
        &["build", "--jobs", "0"],
        &["build", "--base-url", "example.org"],
        &["build", "--as-of", "tomorrow"],
        &["serve", "--port", "70000"],
        &["deploy", "init", "geocities"],
        &["completions", "klingon"],
        &["new", "  "],
        &["--root", "nowhere", "build"],
    ];
    for args in wrong {
        let output = fika(dir.path(), args);
        ends(&output, 2);
        assert!(out(&output).is_empty() && !err(&output).is_empty(), "{args:?}");
    }
    ends(&fika(dir.path(), &["--help"]), 0);
    ends(&fika(dir.path(), &["--version"]), 0);
}

const BROKEN: (&str, &str) = ("content/essays/broken.md", "# 坏链接\n\n月亮[在这里](没有.md)升起来。\n");

#[test]
fn problems_are_drawn_and_end_with_1() {
    let dir = folder(&[BROKEN]);
    let built = fika(dir.path(), &["build"]);
    ends(&built, 1);
    let drawn = err(&built);
    assert!(drawn.contains("--> content/essays/broken.md:3:"), "{drawn}");
    assert!(drawn.contains("3 | 月亮[在这里](没有.md)升起来。"), "{drawn}");
    assert!(drawn.contains("= help: "), "{drawn}");
    assert!(out(&built).contains(", 1 error"), "{}", out(&built));
    assert!(dir.path().join("public/essays/broken/index.html").is_file(), "the rest of the site is there");
}

#[test]
fn json_is_all_there_is_on_standard_output() {
    let dir = folder(&[BROKEN]);
    for command in ["build", "check"] {
        let run = fika(dir.path(), &[command, "--json"]);
        ends(&run, 1);
        let lines: Vec<serde_json::Value> =
            out(&run).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let error = lines.iter().find(|line| line["severity"] == "error").expect("an error");
        assert_eq!(error["path"], "content/essays/broken.md");
        assert_eq!(error["line"], 3);
        assert_eq!(error["excerpt"], "月亮[在这里](没有.md)升起来。");
        for key in ["code", "column", "message", "help"] {
            assert!(!error[key].is_null(), "{key}: {error}");
        }
    }
}

#[test]
fn check_writes_nothing_and_says_what_build_says() {
    let dir = folder(&[BROKEN]);
    let first = fika(dir.path(), &["check"]);
    ends(&first, 1);
    let entries: Vec<_> = fs::read_dir(dir.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(entries, ["content"]);
    let built = fika(dir.path(), &["build"]);
    assert_eq!(err(&built), err(&first));
    assert_eq!(err(&fika(dir.path(), &["check"])), err(&first), "what the build remembers changes nothing");
}

#[test]
fn what_is_remembered_of_a_file_goes_with_it() {
    let dir = starter();
    let file = dir.path().join("static/photo.txt");
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(&file, "x").expect("a file");
    let remembers = || {
        // A file that was touched just now is not remembered.
        std::thread::sleep(Duration::from_millis(100));
        ends(&fika(dir.path(), &["build"]), 0);
        let memo = fs::read(dir.path().join(".fika/cache/memo")).expect("the memo");
        memo.windows(16).any(|name| name == b"static/photo.txt")
    };
    assert!(remembers());
    fs::remove_file(&file).expect("no file");
    assert!(!remembers());
}

#[test]
fn strict_makes_warnings_fail() {
    let dir = folder(&[("content/a.md", "---\ntitle: 一\ntitel: 二\n---\n正文。\n")]);
    ends(&fika(dir.path(), &["build"]), 0);
    let strict = fika(dir.path(), &["build", "--strict"]);
    ends(&strict, 1);
    assert!(out(&strict).contains(", 1 warning"), "{}", out(&strict));
}

#[test]
fn the_address_and_the_folder_can_be_chosen() {
    let dir = starter();
    ends(
        &fika(
            dir.path(),
            &["build", "--out", "dist", "--base-url", "https://o.github.io/repo", "--jobs", "1"],
        ),
        0,
    );
    assert!(!dir.path().join("public").exists());
    let home = fs::read_to_string(dir.path().join("dist/index.html")).expect("the home page");
    assert!(home.contains("https://o.github.io/repo/") && !home.contains("example.org"), "{home}");
}

#[test]
fn drafts_and_the_future_are_published_when_asked_for() {
    let draft = "---\ntitle: 草稿\ndraft: true\n---\n还没写完。\n";
    let dir = folder(&[
        ("content/a.md", "# 一\n\n正文。\n"),
        ("content/draft.md", draft),
        ("content/later.md", "---\ntitle: 以后\ndate: 2999-01-01\n---\n明天见。\n"),
    ]);
    let is_there = |name: &str| dir.path().join("public").join(name).join("index.html").is_file();
    ends(&fika(dir.path(), &["build"]), 0);
    assert!(is_there("a") && !is_there("draft") && !is_there("later"));
    ends(&fika(dir.path(), &["build", "--drafts", "--as-of", "2999-01-02"]), 0);
    assert!(is_there("draft") && is_there("later"));
    ends(&fika(dir.path(), &["build"]), 0);
    assert!(
        is_there("a") && !is_there("draft") && !is_there("later"),
        "what is no longer published is removed"
    );
}

#[test]
fn profile_shows_the_phases() {
    let dir = starter();
    let built = fika(dir.path(), &["build", "--profile"]);
    ends(&built, 0);
    for phase in ["load", "parse", "link", "render", "collect", "finish"] {
        let row = err(&built).lines().find(|line| line.starts_with(phase)).unwrap_or_default().to_owned();
        assert!(row.ends_with(" ms"), "{phase}: {}", err(&built));
    }
}

#[test]
fn render_knows_the_rules_for_chinese() {
    let dir = folder(&[("a.md", "[链接](b.md)和*强调*\n")]);
    let text = "**然而当期望遇到现实，问题很快就来了。**就像";
    let strong = "<p><strong>然而当期望遇到现实，问题很快就来了。</strong>就像</p>\n";
    for args in [&["render"] as &[&str], &["render", "-"]] {
        assert_eq!(out(&fika_with(dir.path(), args, text)), strong);
    }
    let plain = fika_with(dir.path(), &["render", "--commonmark"], text);
    assert_eq!(out(&plain), format!("<p>{text}</p>\n"), "CommonMark 6.2 sees no emphasis here");
    assert_eq!(
        out(&fika_with(dir.path(), &["render", "--commonmark"], "---\n---\n")),
        "<hr />\n<hr />\n",
        "CommonMark knows no front matter"
    );
    assert_eq!(
        out(&fika(dir.path(), &["render", "a.md"])),
        "<p><a href=\"b.md\">链接</a>和<em>强调</em></p>\n"
    );

    let missing = fika(dir.path(), &["render", "b.md"]);
    ends(&missing, 1);
    assert!(err(&missing).starts_with("error: cannot read `b.md`"), "{}", err(&missing));
}

/// What is wrong stands where the writer says that it does, and no file is named that nobody has.
#[test]
fn render_calls_a_text_as_its_writer_does() {
    let dir = folder(&[("fika.yaml", "title: 站\nlanguages: [zh]\n"), ("content/a.md", "##甲\n")]);
    let other = folder(&[("b.md", "##甲\n")]);
    let outside = other.path().join("b.md").display().to_string();
    for (args, name) in [
        (&["render", "-"][..], "<stdin>"),
        (&["render"], "<stdin>"),
        (&["render", "content/a.md"], "content/a.md"),
        (&["render", &outside], &outside),
    ] {
        let told = err(&fika_with(dir.path(), args, "##甲\n"));
        assert!(told.contains(&format!("--> {name}:1:1\n")), "{name}: {told}");
    }
    let linked = fika_with(dir.path(), &["render", "-"], "[甲](a.md)");
    assert_eq!(out(&linked), "<p><a href=\"a.md\">甲</a></p>\n");
}

/// A reader who has had enough is nobody's fault.
#[test]
fn a_closed_pipe_is_quiet() {
    let long = "一段不长的文字。\n\n".repeat(200_000);
    let dir = folder(&[("long.md", &long)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_fika"))
        .args(["render", "long.md"])
        .current_dir(dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("fika starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("fika ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn shells_get_their_completions() {
    let dir = TempDir::new().expect("a folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = fika(dir.path(), &["completions", shell]);
        ends(&output, 0);
        assert!(out(&output).contains("as-of"), "{shell}");
    }
}

#[test]
fn deploy_init_writes_a_workflow_once() {
    let dir = starter();
    ends(&fika(dir.path(), &["deploy", "init", "github"]), 0);
    let workflows: Vec<_> = fs::read_dir(dir.path().join(".github/workflows"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert_eq!(workflows.len(), 1);
    let edited = format!("{}# 我改过\n", fs::read_to_string(&workflows[0]).expect("the workflow"));
    fs::write(&workflows[0], &edited).expect("a file");
    fika(dir.path(), &["deploy", "init", "github"]);
    assert_eq!(fs::read_to_string(&workflows[0]).expect("the workflow"), edited);
}
