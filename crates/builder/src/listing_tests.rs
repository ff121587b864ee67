//! A folder on a disk that is listed again and again.

use std::time::Duration;

use super::*;

/// A site that is listed whenever it has rested for a while, so that the stamps of its folders are trusted.
struct Folder {
    root: tempfile::TempDir,
    memo: Memo,
}

impl Folder {
    fn new() -> Folder {
        let folder = Folder { root: tempfile::tempdir().unwrap(), memo: Memo::empty() };
        fs::create_dir_all(folder.root.path().join("content/essays")).unwrap();
        folder
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.root.path().join(path), text).unwrap();
    }

    /// The paths of the site's files, and whether they were only looked at.
    fn list(&mut self) -> (Vec<String>, bool) {
        std::thread::sleep(Duration::from_millis(80));
        let before = self.memo.listing.as_ref().map(|listing| listing.real.clone());
        let config = Config { content_dir: "content".into(), ..fika_parser::config(CONFIG, "").0 };
        let root = self.root.path();
        let (sources, real) = list(root, &root.join("public"), &config, &mut self.memo, &mut Vec::new());
        let is_again = before.is_some_and(|before| Arc::ptr_eq(&before, &real));
        (sources.iter().map(|source| source.path.to_string()).collect(), is_again)
    }

    fn stamp_of(&self, path: &str) -> Option<Stamp> {
        let sources = &self.memo.listing.as_ref()?.sources;
        sources.iter().find(|source| &*source.path == path)?.stamp
    }
}

fn paths(paths: &[&str], is_again: bool) -> (Vec<String>, bool) {
    (paths.iter().map(|path| (*path).to_owned()).collect(), is_again)
}

#[test]
fn what_comes_and_goes_is_seen() {
    let mut folder = Folder::new();
    folder.write("content/essays/b.md", "b");
    assert_eq!(folder.list(), paths(&["content/essays/b.md"], false));
    assert_eq!(folder.list(), paths(&["content/essays/b.md"], true));

    let before = folder.stamp_of("content/essays/b.md");
    folder.write("content/essays/b.md", "another b");
    assert_eq!(folder.list(), paths(&["content/essays/b.md"], true), "an edit moves no file");
    assert!(before.is_some() && folder.stamp_of("content/essays/b.md") != before);

    folder.write("content/essays/a.md", "a");
    assert_eq!(folder.list(), paths(&["content/essays/a.md", "content/essays/b.md"], false));
    fs::rename(
        folder.root.path().join("content/essays/b.md"),
        folder.root.path().join("content/essays/c.md"),
    )
    .unwrap();
    assert_eq!(folder.list(), paths(&["content/essays/a.md", "content/essays/c.md"], false));
    fs::create_dir(folder.root.path().join("static")).unwrap();
    folder.write("static/x.txt", "x");
    let all = ["content/essays/a.md", "content/essays/c.md", "static/x.txt"];
    assert_eq!(folder.list(), paths(&all, false), "a folder that was not there has come");
    fs::remove_dir_all(folder.root.path().join("static")).unwrap();
    assert_eq!(folder.list(), paths(&all[..2], false));
    assert_eq!(folder.list(), paths(&all[..2], true));
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_seen_once_it_is_there() {
    let mut folder = Folder::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("moon.md");
    std::os::unix::fs::symlink(&target, folder.root.path().join("content/moon.md")).unwrap();
    folder.write("content/sun.md", "sun");
    assert_eq!(folder.list(), paths(&["content/sun.md"], false));
    assert_eq!(folder.list(), paths(&["content/sun.md"], true));
    fs::write(&target, "moon").unwrap();
    assert_eq!(folder.list(), paths(&["content/moon.md", "content/sun.md"], false));
    fs::remove_file(&target).unwrap();
    assert_eq!(folder.list(), paths(&["content/sun.md"], false));
}

#[test]
fn a_folder_that_was_touched_just_now_is_walked_again() {
    let mut folder = Folder::new();
    folder.write("content/a.md", "a");
    folder.list();
    // Within the time in which a file system may give two changes one stamp.
    folder.write("content/b.md", "b");
    let config = Config { content_dir: "content".into(), ..fika_parser::config(CONFIG, "").0 };
    let root = folder.root.path();
    list(root, &root.join("public"), &config, &mut folder.memo, &mut Vec::new());
    assert!(folder.memo.listing.is_none());
}

/// Names in GBK, and a name that is there twice, in NFC and in NFD, as in folders that came from another machine.
#[cfg(target_os = "linux")]
#[test]
fn names_that_no_address_can_hold_are_told_and_left_out() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let mut folder = Folder::new();
    let content = folder.root.path().join("content");
    for name in [b"\xd4\xc2.md" as &[u8], b"\xd0\xc7.md", "e\u{301}.md".as_bytes(), "\u{e9}.md".as_bytes()] {
        fs::write(content.join(OsStr::from_bytes(name)), "x").unwrap();
    }
    fs::create_dir(content.join(OsStr::from_bytes(b"\xb4\xba"))).unwrap();
    fs::write(content.join(OsStr::from_bytes(b"\xb4\xba/a.md")), "x").unwrap();
    assert_eq!(folder.list(), paths(&["content/\u{e9}.md"], false));
    let listing = folder.memo.listing.as_ref().unwrap();
    let mut told: Vec<_> = listing.faults.iter().map(|fault| (&*fault.code, &*fault.message)).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("file-name", "`\\xb4\\xba` is not UTF-8, so no address can be made of it; it is left out"),
            ("file-name", "`\\xd0\\xc7.md` is not UTF-8, so no address can be made of it; it is left out"),
            ("file-name", "`\\xd4\\xc2.md` is not UTF-8, so no address can be made of it; it is left out"),
            (
                "file-name",
                "two files have this name, in the bytes `e\\xcc\\x81.md` and `\\xc3\\xa9.md`; the second is left out"
            ),
        ]
    );
    assert_eq!(*listing.real["content/\u{e9}.md"], *content.join("e\u{301}.md"));
}
