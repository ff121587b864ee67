//! What an original said when a translation was made from it: the record holds hashes only, so its words are looked for in git.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use fika_model::{Block, Card};
use fika_parser::Parser;

/// The most versions of one file that are looked at, newest first.
const MOST: &str = "400";

/// The words of blocks and of the front matter by their hashes, as far as any version of the file in git has them. Nothing where there is no git.
pub(super) fn words(root: &Path, parser: &Parser, card: &Card, wanted: &[u64]) -> HashMap<u64, String> {
    let mut found = HashMap::new();
    if wanted.is_empty() {
        return found;
    }
    for bytes in versions(root, &card.source).unwrap_or_default() {
        let essay = parser.parse(&card.source, &bytes, &|_, _| None);
        let text = fika_parser::text(&card.source, &bytes);
        for block in essay.card.blocks.iter().filter(|block| wanted.contains(&block.hash)) {
            found.entry(block.hash).or_insert_with(|| written(&text, block));
        }
        for (field, hash) in essay.card.fields.iter().filter(|(_, hash)| wanted.contains(hash)) {
            found.entry(*hash).or_insert_with(|| essay.card.text(*field).unwrap_or_default().to_owned());
        }
        if wanted.iter().all(|hash| found.contains_key(hash)) {
            break;
        }
    }
    found
}

/// What stands at a block's place, without the white space at its ends.
pub(crate) fn written(text: &str, block: &Block) -> String {
    text.get(block.span.start as usize..block.span.end as usize).unwrap_or_default().trim().to_owned()
}

/// Every version of a file that git has, the newest first, also those under other names.
fn versions(root: &Path, path: &str) -> Option<Vec<Vec<u8>>> {
    let log = Command::new("git")
        .args(["-c", "core.quotepath=off", "log", "--follow", "--format=%H", "--name-only", "-n", MOST, "--"])
        .arg(path)
        .current_dir(root)
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let log = String::from_utf8_lossy(&log.stdout).into_owned();
    let mut names = String::new();
    let mut commit = "";
    for line in log.lines().filter(|line| !line.is_empty()) {
        if line.len() == 40 && line.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            commit = line;
        } else {
            names.push_str(&format!("{commit}:{line}\n"));
        }
    }
    let mut cat = Command::new("git")
        .args(["cat-file", "--batch"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = cat.stdin.take()?;
    let asking = thread::spawn(move || input.write_all(names.as_bytes()));
    let output = cat.wait_with_output().ok()?.stdout;
    asking.join().ok()?.ok()?;
    Some(blobs(&output))
}

/// The contents that `git cat-file --batch` gave: `<name> blob <size>`, a line end, the bytes, a line end.
fn blobs(mut output: &[u8]) -> Vec<Vec<u8>> {
    let mut blobs = Vec::new();
    while let Some(end) = output.iter().position(|&byte| byte == b'\n') {
        let head = String::from_utf8_lossy(&output[..end]).into_owned();
        output = &output[end + 1..];
        let Some(size) = head.split_once(" blob ").and_then(|(_, size)| size.parse::<usize>().ok()) else {
            continue;
        };
        let Some((blob, rest)) = output.split_at_checked(size) else { break };
        blobs.push(blob.to_vec());
        output = rest.get(1..).unwrap_or_default();
    }
    blobs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_are_read_by_their_sizes() {
        let output = "abc blob 6\n月\n\n\n\ndef missing\nabc blob 0\n\nabc blob 2\nhi\n";
        assert_eq!(blobs(output.as_bytes()), ["月\n\n\n".as_bytes(), b"", b"hi"]);
        assert_eq!(blobs(b"abc blob 90\nshort"), Vec::<Vec<u8>>::new());
    }
}
