//! Text into HTML, and HTML into text.

pub(crate) use fika_html::{escape, escape_attribute as escape_into};

/// HTML without its tags and comments. Text stays as it is written, entities included.
pub(crate) fn strip_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for markup in fika_html::markup(html, 0) {
        out.push_str(&html[from..markup.start]);
        from = markup.end;
    }
    out.push_str(&html[from..]);
    out
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
