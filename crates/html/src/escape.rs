//! Text into HTML, and back: what must be escaped where (HTML 13.1.2.3; `>` for readers of XHTML, such as feeds).

use std::borrow::Cow;

/// Appends text for the content of an element.
pub fn escape_text(out: &mut String, text: &str) {
    let mut from = 0;
    for at in memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes()) {
        out.push_str(&text[from..at]);
        out.push_str(match text.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Appends text for an attribute in double quotes, which may stand in an element too.
pub fn escape_attribute(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// The same as a string of its own.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_attribute(&mut out, text);
    out
}

/// The text that some HTML without tags means, as far as it was escaped because it must be; names such as `&nbsp;` stay.
pub fn unescape(html: &str) -> Cow<'_, str> {
    const REFERENCES: [(&str, &str); 6] =
        [("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("#39;", "'"), ("#x27;", "'")];
    if memchr::memchr(b'&', html.as_bytes()).is_none() {
        return Cow::Borrowed(html);
    }
    let mut parts = html.split('&');
    let mut text = String::with_capacity(html.len());
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let known = REFERENCES.iter().find_map(|(name, char)| Some((*char, part.strip_prefix(name)?)));
        let (char, rest) = known.unwrap_or(("&", part));
        text.push_str(char);
        text.push_str(rest);
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_its_own() {
        let mut element = String::new();
        escape_text(&mut element, "a<b> & \"c\" 和>");
        assert_eq!(element, "a&lt;b&gt; &amp; \"c\" 和&gt;");
        assert_eq!(escape("a<b> & \"c\" 和>"), "a&lt;b&gt; &amp; &quot;c&quot; 和&gt;");
    }

    #[test]
    fn what_was_escaped_comes_back() {
        for written in ["", "月", "a<b> & \"c\"", "&amp;lt;", "&l&lt;t;", "&", "&&nbsp;"] {
            let mut element = String::new();
            escape_text(&mut element, written);
            assert_eq!(unescape(&element), written);
            assert_eq!(unescape(&escape(written)), written);
        }
        assert_eq!(unescape("a&amp;b&quot;&nbsp;&#39;&#x27;&"), "a&b\"&nbsp;''&");
    }
}
