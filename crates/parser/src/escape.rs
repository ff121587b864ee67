//! Text into HTML: what must be escaped where.

pub(crate) use fika_html::{escape_attribute as attribute, escape_text as text, unescape};

/// Appends an address for an attribute in double quotes: whatever a URL cannot hold is percent-encoded,
/// what is encoded already is left (as the CommonMark reference implementations do).
pub(crate) fn href(out: &mut String, address: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut from = 0;
    for (at, byte) in address.bytes().enumerate() {
        if SAFE[usize::from(byte)] {
            continue;
        }
        // An unsafe byte within a character follows another, so that nothing is copied there.
        out.push_str(address.get(from..at).unwrap_or_default());
        from = at + 1;
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            _ => out.extend(['%', HEX[usize::from(byte >> 4)] as char, HEX[usize::from(byte & 15)] as char]),
        }
    }
    out.push_str(address.get(from..).unwrap_or_default());
}

/// What may stand in an address as it is.
const SAFE: [bool; 256] = {
    let mut safe = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        safe[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let marks = b"!#$%()*+,-./:;=?@_~";
    let mut at = 0;
    while at < marks.len() {
        safe[marks[at] as usize] = true;
        at += 1;
    }
    safe
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let with = |f: fn(&mut String, &str), s: &str| {
            let mut out = String::new();
            f(&mut out, s);
            out
        };
        assert_eq!(with(text, "a<b>&\"月"), "a&lt;b&gt;&amp;\"月");
        assert_eq!(with(attribute, "a\"b<月>&"), "a&quot;b&lt;月&gt;&amp;");
        assert_eq!(with(href, "/月 a?b=c&d=%20'"), "/%E6%9C%88%20a?b=c&amp;d=%20&#x27;");
    }
}
