//! Byte ranges (RFC 9110, 14.2): browsers will not play a film from a server that cannot send a part of it.

use std::ops::Range;

/// The range that a `Range` header asks for of a file of `len` bytes. None when the header means nothing to us or asks
/// for several ranges (the whole file is then sent); an error when the file has no such bytes.
pub(crate) fn parse(header: &str, len: usize) -> Option<Result<Range<usize>, ()>> {
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
    use super::parse;

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
