//! The attribute `srcset`: addresses of pictures, each with a width or a density (HTML, 4.8.4.2).

use std::ops::Range;

/// Where the addresses stand.
pub(crate) fn urls(value: &str) -> Vec<Range<usize>> {
    let bytes = value.as_bytes();
    let skip = |from: usize, skipped: &dyn Fn(u8) -> bool| {
        from + bytes[from..].iter().take_while(|&&byte| skipped(byte)).count()
    };
    let (mut urls, mut at) = (Vec::new(), 0);
    loop {
        let start = skip(at, &|byte| byte.is_ascii_whitespace() || byte == b',');
        if start == bytes.len() {
            return urls;
        }
        let end = skip(start, &|byte| !byte.is_ascii_whitespace());
        let url = value[start..end].trim_end_matches(',');
        urls.push(start..start + url.len());
        // A comma at its end says that it has no descriptor; else that goes to the next comma outside parentheses.
        at = end;
        let mut depth = 0;
        while start + url.len() == end && at < bytes.len() && (depth > 0 || bytes[at] != b',') {
            depth += i32::from(bytes[at] == b'(') - i32::from(bytes[at] == b')' && depth > 0);
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found() {
        for (value, want) in [
            ("p.svg 2x", &["p.svg"][..]),
            ("a.png, b.png 2x , c,d.png 100w", &["a.png", "b.png", "c,d.png"]),
            (" data:image/png;base64,x 1x,\n月.png", &["data:image/png;base64,x", "月.png"]),
            ("a f(1,2), b", &["a", "b"]),
            ("a ) x, b", &["a", "b"]),
            ("", &[]),
            (" , ,", &[]),
        ] {
            let found: Vec<_> = urls(value).into_iter().map(|range| &value[range]).collect();
            assert_eq!(found, want, "{value}");
        }
    }
}
