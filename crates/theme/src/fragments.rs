//! Links within a page, in HTML that is read elsewhere.

/// The HTML with whole addresses for links within it that are no holes, such as those of footnotes: a feed reader shows many
/// essays on one page, where `#fn-1` would lead to the note of another.
pub(crate) fn whole(html: &str, page: &str) -> String {
    let mut whole = String::with_capacity(html.len());
    let mut rest = html;
    // In text a `<` is always escaped, so this is the start of a tag.
    while let Some(start) = rest.find("<a ") {
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end);
        whole.push_str(&rest[..start]);
        whole.push_str(&rest[start..end].replace(" href=\"#", &format!(" href=\"{page}#")));
        rest = &rest[end..];
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn links_within_a_page_are_whole() {
        let table = [
            ("<a href=\"#fn-1\">1</a>", "<a href=\"https://x.y/a/#fn-1\">1</a>"),
            (
                "<sup><a class=\"note\" href=\"#注\" id=\"r\">1</a></sup> a",
                "<sup><a class=\"note\" href=\"https://x.y/a/#注\" id=\"r\">1</a></sup> a",
            ),
            (
                "<a href=\"/b/#c\">c</a> &lt;a href=\"#d\"&gt;",
                "<a href=\"/b/#c\">c</a> &lt;a href=\"#d\"&gt;",
            ),
            ("<abbr title=\" href=\"></abbr>没有链接", "<abbr title=\" href=\"></abbr>没有链接"),
            ("<a href=\"#e", "<a href=\"https://x.y/a/#e"),
        ];
        for (html, expected) in table {
            assert_eq!(whole(html, "https://x.y/a/"), expected);
        }
    }
}
