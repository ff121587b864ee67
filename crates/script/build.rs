//! Packs the tables of `opencc/` for the binary: a third of their size, in the order of their keys.
//!
//! An entry is the number of bytes its key shares with the key before, the length of the rest and the rest, the length of the
//! value and the value. Most phrases only spell out what their characters become anyway; their value is left out, and its
//! length is [`PLAIN`]. `src/tables.rs` reads it again.

// A build script is an edge: it reads the tables and writes what it makes of them.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

/// The length of a value that follows from the characters of its key, by the table of characters.
const PLAIN: u8 = 255;

/// The phrases whose characters say most of what they become, with the table of those characters.
const BY_CHARACTERS: [(&str, &str); 2] =
    [("STPhrases", "STCharacters"), ("STPhrases_GeneratedFromRegionalPhrases", "STCharacters")];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=opencc");
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    for file in fs::read_dir("opencc")? {
        let path = file?.path();
        let (Some(name), Some("txt")) = (stem(&path), path.extension().and_then(|end| end.to_str())) else {
            continue;
        };
        let characters = BY_CHARACTERS.iter().find(|(phrases, _)| *phrases == name);
        let characters = match characters {
            Some((_, characters)) => read(&Path::new("opencc").join(characters).with_extension("txt"))?,
            None => BTreeMap::new(),
        };
        fs::write(Path::new(&out).join(name).with_extension("bin"), pack(&read(&path)?, &characters)?)?;
    }
    Ok(())
}

fn stem(path: &Path) -> Option<&str> {
    path.file_stem()?.to_str()
}

/// A table: key, tabulator, candidates parted by spaces. OpenCC takes the first.
fn read(path: &Path) -> io::Result<BTreeMap<String, String>> {
    let text = fs::read_to_string(path)?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let entry = |line: &str| {
        let (key, values) = line.split_once('\t')?;
        Some((key.to_owned(), values.split(' ').next()?.to_owned()))
    };
    lines
        .map(|line| entry(line).ok_or_else(|| io::Error::other(format!("{}: {line}", path.display()))))
        .collect()
}

fn pack(table: &BTreeMap<String, String>, characters: &BTreeMap<String, String>) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut before = "";
    for (key, value) in table {
        let shared = key.char_indices().map(|(at, c)| at + c.len_utf8());
        let shared = shared.take_while(|&end| before.get(..end) == key.get(..end)).last().unwrap_or(0);
        let rest = &key[shared..];
        out.extend([length(shared)?, length(rest.len())?]);
        out.extend_from_slice(rest.as_bytes());
        let mut buffer = [0; 4];
        let plain: String = key
            .chars()
            .map(|c| {
                let c: &str = c.encode_utf8(&mut buffer);
                characters.get(c).cloned().unwrap_or_else(|| c.to_owned())
            })
            .collect();
        if !characters.is_empty() && plain == *value {
            out.push(PLAIN);
        } else {
            out.push(length(value.len())?);
            out.extend_from_slice(value.as_bytes());
        }
        before = key;
    }
    Ok(out)
}

fn length(length: usize) -> io::Result<u8> {
    u8::try_from(length).ok().filter(|&length| length < PLAIN).ok_or_else(|| io::Error::other("too long"))
}
