//! Text into HTML, and HTML into text.

pub(crate) use fika_model::html::{attribute as escape_into, escape};

/// HTML without its tags and comments. Text stays as it is written, entities included.
pub(crate) fn strip_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let tag = &rest[open..];
        let starts_tag =
            tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let close = if tag.starts_with("<!--") { tag.find("-->").map(|at| at + 3) } else { tag_end(tag) };
        match close.filter(|_| starts_tag) {
            Some(end) => rest = &tag[end..],
            None => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// How far the end of a tag is looked for, so that text full of `<` costs no more than its length.
const LONGEST_TAG: usize = 8192;

/// The byte after the `>` that ends a tag; one within quotes does not.
pub(crate) fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // An unclosed quote: the tag ends at the first `>`, as a reader would see it.
    tag.bytes().take(LONGEST_TAG).position(|byte| byte == b'>').map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_text_stays() {
        for (html, text) in [
            ("<p>月 <em>moon</em></p>", "月 moon"),
            ("a < b &amp; c", "a < b &amp; c"),
            ("<a title=\"x > y\">z</a><!-- > --> w", "z w"),
            ("x <", "x <"),
            ("<img alt=\"unclosed>rest", "rest"),
        ] {
            assert_eq!(strip_tags(html), text, "{html}");
        }
    }

    #[test]
    fn attributes_cannot_be_left() {
        assert_eq!(escape("a\"b<c>&d"), "a&quot;b&lt;c&gt;&amp;d");
    }
}
