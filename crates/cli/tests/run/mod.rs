//! The command from outside, in a folder made for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) fn fika(root: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fika"))
        .args(args)
        .current_dir(root)
        .env("NO_COLOR", "1")
        .output()
        .expect("fika runs")
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[track_caller]
pub(crate) fn ends(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        err(output)
    );
}

pub(crate) fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    files.iter().for_each(|(path, text)| write(dir.path(), path, text));
    dir
}

/// Every file of a folder but what fika keeps for itself.
pub(crate) fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if path != ".fika" && entry.path().is_dir() {
                read(&entry.path(), &format!("{path}/"), files);
            } else if path != ".fika" {
                files.insert(path, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    let mut all = BTreeMap::new();
    read(root, "", &mut all);
    all
}

pub(crate) fn starter() -> TempDir {
    let dir = TempDir::new().expect("a folder");
    ends(&fika(dir.path(), &["init", "."]), 0);
    ends(&fika(dir.path(), &["build"]), 0);
    dir
}
