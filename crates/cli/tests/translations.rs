//! `fika translations` from outside, in a folder with a history.
#![allow(clippy::disallowed_methods)] // tests have a disk

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn fika(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fika"));
    command.args(args).current_dir(root).env("NO_COLOR", "1").output().expect("fika runs")
}

fn git(root: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=A Writer", "-c", "user.email=writer@example.org"];
    let done = Command::new("git").args(identity).args(args).current_dir(root).output().expect("git runs");
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    assert_eq!(output.status.code(), Some(code), "\n{}\n{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

const ZH: &str = "---\ntitle: 月亮\n---\n第一段，照着海。\n\n第二段。\n\n第三段。\n\n第四段。\n";

fn site() -> TempDir {
    let dir = TempDir::new().expect("a folder");
    let files = [
        ("fika.yaml", "languages:\n  zh: {title: 站}\n  en: {title: Site}\ntranslations: {expect: [en]}\n"),
        ("content/essays/moon.md", ZH),
        ("content/essays/moon.en.md", "---\ntitle: Moon\n---\nFirst.\n\nSecond.\n"),
    ];
    for (path, text) in files {
        let file = dir.path().join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    dir
}

#[test]
fn what_changed_is_shown_old_beside_new() {
    let site = site();
    let root = site.path();
    assert_eq!(
        ends(&fika(root, &["translations", "--check"]), 0),
        "untracked  en  content/essays/moon.en.md, from content/essays/moon.md\n1 translation: 1 untracked\n"
    );
    assert_eq!(ends(&fika(root, &["translations", "mark", "essays/moon"]), 0), "content/essays/moon.en.md\n");
    assert_eq!(ends(&fika(root, &["translations", "--check"]), 0), "1 translation: 1 current\n");
    git(root, &["init", "-q"]);
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "one"]);

    // The file gets another name, another commit and then a change: its old words are found all the same.
    fs::rename(root.join("content/essays/moon.md"), root.join("content/essays/luna.md")).expect("a new name");
    fs::rename(root.join("content/essays/moon.en.md"), root.join("content/essays/luna.en.md"))
        .expect("a new name");
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "two"]);
    fs::write(
        root.join("content/essays/luna.md"),
        ZH.replace("海", "山").replace("月亮", "明月") + "\n新的一段。\n",
    )
    .expect("an edit");
    fs::write(root.join("content/essays/rain.md"), "# 雨\n\n雨。\n").expect("an essay");
    assert_eq!(
        ends(&fika(root, &["translations", "--check"]), 1),
        "stale      en  content/essays/luna.en.md, from content/essays/luna.md (title; 1 changed, 1 new)

  title
  月亮                                           | 明月

  line 4
  第一段，照着海。                               | 第一段，照着山。

  line 12
  (new)                                          | 新的一段。

missing    en  of content/essays/rain.md
2 translations: 1 missing, 1 stale
"
    );
    let json = ends(&fika(root, &["translations", "--json", "--lang", "en"]), 0);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["state"], "stale");
    let title = serde_json::json!({"change": "changed", "field": "title", "line": null, "old": "月亮", "new": "明月"});
    assert_eq!(first["changes"][0], title);
    assert_eq!(first["changes"][1]["old"], "第一段，照着海。");
    assert_eq!(first["changes"][1]["field"], serde_json::Value::Null);

    ends(&fika(root, &["translations", "mark", "content/essays/luna.en.md"]), 0);
    let lock = fs::read_to_string(root.join("translations.lock")).expect("the lock");
    assert!(lock.contains("essays/luna en < zh\n") && !lock.contains("essays/moon"), "{lock}");
}

#[test]
fn records_are_written_with_care() {
    let site = site();
    let root = site.path();
    ends(&fika(root, &["translations", "mark"]), 2);
    ends(&fika(root, &["translations", "mark", "content/essays/mon.en.md"]), 2);
    ends(&fika(root, &["translations", "--lang", "fr"]), 2);

    // The second language may be the original.
    ends(&fika(root, &["translations", "mark", "content/essays/moon.md", "--from", "en"]), 0);
    fs::write(root.join("content/essays/moon.md"), ZH.replace("海", "山")).expect("an edit");
    assert_eq!(ends(&fika(root, &["translations"]), 0), "1 translation: 1 current\n");

    // What is gone is forgotten only when that is asked for.
    fs::remove_file(root.join("content/essays/moon.md")).expect("no file");
    ends(&fika(root, &["translations", "--check"]), 1);
    assert_eq!(ends(&fika(root, &["translations", "prune"]), 0), "1 record forgotten\n");
    assert_eq!(ends(&fika(root, &["translations", "--check"]), 0), "There are no translations here\n");

    // A file of somebody else's is never written over.
    fs::write(root.join("translations.lock"), "{}").expect("a file");
    ends(&fika(root, &["translations", "mark", "--all"]), 1);
    assert_eq!(fs::read_to_string(root.join("translations.lock")).expect("the file"), "{}");
}

/// Whoever reads the records to change them waits for another who does.
#[test]
fn records_are_changed_by_one_at_a_time() {
    let site = site();
    let root = site.path();
    fs::create_dir(root.join(".fika")).expect("a folder");
    let lock = fs::File::create(root.join(".fika/lock")).expect("a file");
    for args in [
        &["translations", "mark", "--all"] as &[&str],
        &["translations", "prune"],
        &["new", "--translate", "content/essays/new.md", "--lang", "en"],
    ] {
        fs::write(root.join("content/essays/new.md"), ZH).expect("an essay");
        lock.lock().expect("the lock");
        let mut command = Command::new(env!("CARGO_BIN_EXE_fika"));
        command.args(args).current_dir(root).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut waiting = command.spawn().expect("fika starts");
        let mut told = String::new();
        BufReader::new(waiting.stderr.as_mut().expect("a pipe")).read_line(&mut told).expect("a line");
        assert!(told.contains("another fika is at work on this site"), "{args:?}: {told}");
        assert!(waiting.try_wait().expect("a child").is_none(), "{args:?} does not wait");
        lock.unlock().expect("no lock");
        ends(&waiting.wait_with_output().expect("it ends"), 0);
    }
    // Who only looks waits for nobody.
    lock.lock().expect("the lock");
    ends(&fika(root, &["translations"]), 0);
}

/// A path is the file's from the site's folder or from the content folder, and no other's.
#[test]
fn a_path_means_one_file() {
    let dir = TempDir::new().expect("a folder");
    let root = dir.path();
    let write = |path: &str, text: &str| {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    };
    for (path, text) in [("moon.md", ZH), ("moon.en.md", "First.\n")] {
        [path.to_owned(), format!("notes/{path}")].iter().for_each(|path| write(path, text));
    }
    let mark = |path: &str, code| ends(&fika(root, &["translations", "mark", path]), code);
    assert_eq!(mark("moon.en.md", 0), "moon.en.md\n");
    assert_eq!(mark("./notes/moon.en.md", 0), "notes/moon.en.md\n");
    mark("essays/moon.en.md", 2);
    // Shells name several at once; if one of them is wrong, none is marked.
    let several =
        |paths: &[&str], code| ends(&fika(root, &[&["translations", "mark"], paths].concat()), code);
    assert_eq!(several(&["notes/moon.en.md", "moon.en.md"], 0), "moon.en.md\nnotes/moon.en.md\n");
    several(&["moon.en.md", "gone.en.md"], 2);
    several(&["moon.en.md", "--all"], 2);
    ends(&fika(root, &["new", "--translate", "etc/passwd", "--lang", "en"]), 2);

    write("fika.yaml", "languages: [zh, en]\ncontent_dir: docs/content\n");
    write("docs/content/essays/moon.md", ZH);
    write("docs/content/essays/moon.en.md", "First.\n");
    for path in ["essays/moon.en.md", "docs/content/essays/moon.en.md"] {
        assert_eq!(mark(path, 0), "docs/content/essays/moon.en.md\n", "{path}");
    }
    mark("content/essays/moon.en.md", 2);
}

/// Two branches follow their originals, in neighbouring essays and in one, and both record it.
#[test]
fn branches_that_mark_translations_merge() {
    let site = site();
    let root = site.path();
    for name in ["rain", "sun"] {
        for (end, text) in [(".md", ZH), (".en.md", "---\ntitle: Text\n---\nFirst.\n")] {
            fs::write(root.join(format!("content/essays/{name}{end}")), text).expect("a file");
        }
    }
    let save = |message: &str| {
        ends(&fika(root, &["translations", "mark", "--all"]), 0);
        git(root, &["add", "-A"]);
        git(root, &["commit", "-q", "-m", message]);
    };
    let edit = |name: &str, from: &str, to: &str| {
        let file = root.join(format!("content/essays/{name}.md"));
        let text = fs::read_to_string(&file).expect("an essay");
        fs::write(file, text.replace(from, to)).expect("an edit");
    };
    git(root, &["init", "-q", "-b", "main"]);
    save("three essays");
    git(root, &["checkout", "-q", "-b", "other"]);
    edit("moon", "第四段", "最后一段");
    edit("sun", "第一段", "头一段");
    fs::write(root.join("content/a.md"), ZH).expect("an essay");
    fs::write(root.join("content/a.en.md"), "First.\n").expect("its translation");
    save("other");
    git(root, &["checkout", "-q", "main"]);
    edit("rain", "月亮", "雨");
    edit("sun", "第四段", "最后一段");
    save("main");
    git(root, &["merge", "-q", "-m", "both", "other"]);
    assert_eq!(ends(&fika(root, &["translations", "--check"]), 0), "4 translations: 4 current\n");
}

#[test]
fn a_translation_is_begun_block_by_block() {
    let site = site();
    let root = site.path();
    let long = "---\ntitle: 长文\ndate: 2024-01-02\ntags:\n  - 写作\naliases: [旧/]\n---\n第一段[^1]，`-->`。\n\n## 小标题\n\n```rust\nfn main() {}\n```\n\n---\n\n![图](a.png)\n\n[^1]: 注。\n";
    fs::write(root.join("content/essays/long.md"), long).expect("an essay");
    let made = ends(&fika(root, &["new", "--translate", "content/essays/long.md", "--lang", "en"]), 0);
    assert_eq!(made, "content/essays/long.en.md\n");
    let text = fs::read_to_string(root.join("content/essays/long.en.md")).expect("the file");
    let want =
        "---\ntitle:\n# title: 长文\ndate: 2024-01-02\ntags: []\n# tags:\n#   - 写作\ndraft: true\n---\n
<!-- original\n第一段[^1]，`-- >`。\n-->\n\n
<!-- original\n## 小标题\n-->\n## \n
```rust\nfn main() {}\n```\n\n---\n\n![图](a.png)\n
<!-- original\n[^1]: 注。\n-->\n[^1]: \n\n";
    assert_eq!(text, want);
    // Nothing is written over, and nothing of the quotations is on the page.
    ends(&fika(root, &["new", "--translate", "content/essays/long.md", "--lang", "en"]), 1);
    ends(&fika(root, &["build", "--drafts"]), 0);
    let page = fs::read_to_string(root.join("public/en/essays/long/index.html")).expect("the page");
    assert!(
        page.contains("language-rust") && !page.contains("第一段") && !page.contains("<!-- original"),
        "{page}"
    );
    // It is made from the original as it was when it was begun, and readers lack it until it is no draft.
    let listed = ends(&fika(root, &["translations"]), 0);
    assert!(
        listed
            .starts_with("missing    en  content/essays/long.en.md, from content/essays/long.md (a draft)\n")
    );
    fs::write(root.join("content/essays/long.en.md"), text.replace("draft: true\n", "")).expect("no draft");
    fs::write(root.join("content/essays/long.md"), long.replace("小标题", "标题")).expect("an edit");
    assert!(ends(&fika(root, &["translations"]), 0).contains("(1 changed)"));

    // From the second language to the first, and within folders.
    fs::write(root.join("content/only.en.md"), "# Only\n\nText.\n").expect("an essay");
    assert_eq!(
        ends(&fika(root, &["new", "--translate", "content/only.en.md", "--lang", "zh"]), 0),
        "content/only.md\n"
    );
    fs::create_dir_all(root.join("content/zh/notes")).expect("a folder");
    fs::write(root.join("content/zh/notes/n.md"), "文。\n").expect("an essay");
    let made = ends(&fika(root, &["new", "--translate", "content/zh/notes/n.md", "--lang", "en"]), 0);
    assert_eq!(made, "content/en/notes/n.md\n");
    ends(&fika(root, &["new", "--translate", "content/none.md", "--lang", "en"]), 2);
    ends(&fika(root, &["new", "--translate", "content/only.en.md", "--lang", "en"]), 2);
}

/// Front matter is found in every form in which it is read, code keeps its indent, and what is the original's alone stays behind.
#[test]
fn a_translation_of_whatever_can_be_read() {
    let site = site();
    let root = site.path();
    let originals = [
        (
            "crlf",
            "\u{feff}\r\n---\r\ntitle: 风\r\ndate: 2026-04-01\r\ntranslator: 苏\r\nsort_key: feng\r\n---\r\n一段。\r\n",
        ),
        ("hexo", "title: 风\ndate: 2026-04-01\n---\n一段。\n"),
        ("code", "---\ntitle: 风\ndate: 2026-04-01\n---\n    let a = 1;\n\n一段。\n"),
    ];
    for (name, text) in originals {
        let path = format!("content/essays/{name}.md");
        fs::write(root.join(&path), text).expect("an essay");
        ends(&fika(root, &["new", "--translate", &path, "--lang", "en"]), 0);
        let made = fs::read_to_string(root.join(format!("content/essays/{name}.en.md"))).expect("the file");
        let code = if name == "code" { "    let a = 1;\n\n" } else { "" };
        let want = format!(
            "---\ntitle:\n# title: 风\ndate: 2026-04-01\ndraft: true\n---\n\n{code}<!-- original\n一段。\n-->\n\n\n"
        );
        assert_eq!(made, want, "{name}");
    }
}
