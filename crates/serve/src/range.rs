//! Byte ranges (RFC 9110, 14.2): browsers will not play a film from a server that cannot send a part of it. Of a large file no more is
//! read than is sent.
#![allow(clippy::disallowed_methods)] // large files are read from the disk when they are asked for

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::Path;

use axum::body::Bytes;

/// What is sent of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole(Bytes),
    /// The bytes of a range, and how many the file has.
    Range(Bytes, Range<usize>, usize),
    /// None: so many bytes it has, and not those that were asked for.
    Nothing(usize),
}

impl Part {
    /// What a `Range` header asks for of some bytes.
    pub(crate) fn of_bytes(bytes: Bytes, asked: Option<&str>) -> Part {
        let len = bytes.len();
        match asked.and_then(|asked| parse(asked, len)) {
            None => Part::Whole(bytes),
            Some(Ok(range)) => Part::Range(bytes.slice(range.clone()), range, len),
            Some(Err(())) => Part::Nothing(len),
        }
    }

    /// What a `Range` header asks for of a file.
    pub(crate) fn of_file(path: &Path, asked: Option<&str>) -> io::Result<Part> {
        let mut file = File::open(path)?;
        let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let mut read = |range: &Range<usize>| -> io::Result<Bytes> {
            let mut bytes = Vec::new();
            bytes.try_reserve_exact(range.len())?;
            bytes.resize(range.len(), 0);
            file.seek(SeekFrom::Start(range.start as u64))?;
            file.read_exact(&mut bytes)?;
            Ok(bytes.into())
        };
        Ok(match asked.and_then(|asked| parse(asked, len)) {
            None => Part::Whole(read(&(0..len))?),
            Some(Ok(range)) => Part::Range(read(&range)?, range, len),
            Some(Err(())) => Part::Nothing(len),
        })
    }
}

/// The range that a `Range` header asks for of a file of `len` bytes. None when the header means nothing to us or asks
/// for several ranges (the whole file is then sent); an error when the file has no such bytes.
fn parse(header: &str, len: usize) -> Option<Result<Range<usize>, ()>> {
    let (first, last) = header.strip_prefix("bytes=")?.split_once('-')?;
    let range = match (first.trim(), last.trim()) {
        ("", suffix) => len.saturating_sub(suffix.parse().ok()?)..len,
        (first, "") => first.parse().ok()?..len,
        (first, last) => first.parse().ok()?..last.parse::<usize>().ok()?.saturating_add(1).min(len),
    };
    Some(if range.is_empty() { Err(()) } else { Ok(range) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A film that no memory would hold.
    #[test]
    fn of_a_large_file_no_more_is_read_than_is_asked_for() {
        const LEN: usize = 1 << 43;
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("film.mp4");
        let mut file = File::create(&path).expect("a file");
        io::Write::write_all(&mut file, b"0123456789").expect("ten bytes");
        // Not every file system has files of that size.
        if file.set_len(LEN as u64).is_err() {
            return;
        }
        let of = |asked: &str| Part::of_file(&path, Some(asked)).expect("a part");
        assert_eq!(of("bytes=2-4"), Part::Range("234".into(), 2..5, LEN));
        assert_eq!(of("bytes=-2"), Part::Range(vec![0, 0].into(), LEN - 2..LEN, LEN));
        assert_eq!(of(&format!("bytes={LEN}-")), Part::Nothing(LEN));
        file.set_len(10).expect("a small file");
        assert_eq!(Part::of_file(&path, None).expect("all"), Part::of_bytes("0123456789".into(), None));
    }

    #[test]
    fn ranges_of_ten_bytes() {
        assert_eq!(parse("bytes=0-1", 10), Some(Ok(0..2)));
        assert_eq!(parse("bytes=4-", 10), Some(Ok(4..10)));
        assert_eq!(parse("bytes=-3", 10), Some(Ok(7..10)));
        assert_eq!(parse("bytes=-30", 10), Some(Ok(0..10)));
        assert_eq!(parse("bytes=8-99", 10), Some(Ok(8..10)));
        assert_eq!(parse("bytes=10-", 10), Some(Err(())));
        assert_eq!(parse("bytes=5-4", 10), Some(Err(())));
        assert_eq!(parse("bytes=0-0", 0), Some(Err(())));
        assert_eq!(parse("bytes=0-18446744073709551615", 10), Some(Ok(0..10)));
        assert_eq!(parse("bytes=0-1,3-4", 10), None);
        assert_eq!(parse("lines=0-1", 10), None);
    }
}
