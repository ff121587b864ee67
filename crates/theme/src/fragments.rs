//! Addresses in finished HTML: links within a page that is read elsewhere, and what components write.

use fika_html::tags;
use fika_model::BaseUrl;

use crate::Addresses;

/// Attributes that hold an address, or several.
const ADDRESSES: &[&str] = &["src", "srcset", "href", "poster", "data", "cite"];

/// What a component made, with the addresses of the site's own pages and files as the text around it has them: by path on a page, so that
/// a copy of the site on another host works, and whole in a feed.
pub(crate) fn own(html: String, base: &BaseUrl, addresses: Addresses) -> String {
    let whole = base.to_string();
    let (from, to) = match addresses {
        Addresses::Path => (&*whole, base.path()),
        Addresses::Absolute => (base.path(), &*whole),
    };
    if base.origin().is_empty() || !html.contains(from) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 64);
    let mut done = 0;
    for attribute in tags(&html, 0).flat_map(|tag| tag.attributes()) {
        if !ADDRESSES.iter().any(|name| attribute.is(name)) {
            continue;
        }
        let separator = if attribute.is("srcset") { ',' } else { '\n' };
        let mut at = attribute.value.start;
        for part in html[attribute.value].split(separator) {
            let address = part.trim_start();
            if address.starts_with(from) && !address.starts_with("//") {
                let start = at + part.len() - address.len();
                out.extend([&html[done..start], to]);
                done = start + from.len();
            }
            at += part.len() + 1;
        }
    }
    out.push_str(&html[done..]);
    out
}

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
