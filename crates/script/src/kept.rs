//! Which parts of a text its HTML keeps from being converted: for a text that was made of HTML and has lost its markup, such as a
//! summary made of the first sentences.

use std::ops::Range;

use fika_html::{Tag, unescape};
use memchr::{memchr, memmem};

use crate::Rules;
use crate::html::{end_of, keeps};

/// The ranges of `text` that the HTML keeps as they are, in order. `parts` are pieces of HTML, one after the other, whose text `text`
/// is or begins with, but for white space; what it leaves out, such as a reference to a note, has to stand between tags.
pub fn kept<'h>(
    parts: impl IntoIterator<Item = &'h str>,
    text: &str,
    rules: &Rules<'_>,
) -> Vec<Range<usize>> {
    let mut follow = Follow { text, at: 0, found: Vec::new() };
    for html in parts {
        if !follow.goes_on(html) {
            continue;
        }
        let mut at = 0;
        while at < html.len() && follow.at < text.len() {
            let next = memchr(b'<', &html.as_bytes()[at..]).map_or(html.len(), |found| at + found);
            follow.run(&html[at..next], false);
            at = match Tag::read(html, next) {
                Some(tag) if keeps(&tag, html, rules) => {
                    let end = end_of(&tag, html);
                    follow.element(&html[tag.end..end]);
                    end
                }
                Some(tag) => tag.end,
                None => next + 1,
            };
        }
    }
    follow.found
}

/// How far a text has been followed.
struct Follow<'t> {
    text: &'t str,
    at: usize,
    found: Vec<Range<usize>>,
}

impl Follow<'_> {
    /// Whether HTML may hold more of the text. Of a text that was cut an ellipsis is left over, which is in hardly any HTML.
    fn goes_on(&self, html: &str) -> bool {
        match self.text[self.at..].trim() {
            "" => false,
            "…" => memmem::find(html.as_bytes(), "…".as_bytes()).is_some(),
            _ => true,
        }
    }

    /// The content of an element that is kept, up to its last tag.
    fn element(&mut self, html: &str) {
        for part in html.split('<').enumerate().map(|(at, part)| match part.split_once('>') {
            Some((_, text)) if at > 0 => text,
            _ if at > 0 => "",
            _ => part,
        }) {
            self.run(part, true);
        }
    }

    /// What stands between two tags. It is part of the text as a whole, or to where that ends, or not at all.
    fn run(&mut self, written: &str, kept: bool) {
        let (mut at, mut start) = (self.at, None);
        for c in unescape(written).chars().filter(|c| !c.is_whitespace()) {
            let rest = self.text[at..].trim_start();
            at = self.text.len() - rest.len();
            if rest.is_empty() || (rest == "…" && c != '…') {
                break;
            }
            if !rest.starts_with(c) {
                return;
            }
            start.get_or_insert(at);
            at += c.len_utf8();
        }
        if let Some(start) = start.filter(|_| kept) {
            match self.found.last_mut().filter(|last| last.end == start) {
                Some(last) => last.end = at,
                None => self.found.push(start..at),
            }
        }
        self.at = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_keeps_is_found_in_its_text() {
        let found = |html: &str, text: &str| -> Vec<String> {
            let rules = Rules { converts: &|lang| lang == "zh" };
            kept([html], text, &rules).into_iter().map(|range| text[range].to_owned()).collect()
        };
        for (html, text, want) in [
            ("<p>头<code>发</code>发</p>", "头发发", &["发"][..]),
            ("<p>头\n <em>发</em>，<span translate=\"no\">后<b>宫</b></span></p>", "头发，后宫", &["后宫"]),
            ("<p><i lang=\"ja\">国体</i>和<i lang=\"zh\">国体</i></p>", "国体和国体", &["国体"]),
            // A reference to a note is no part of the text, nor is how a character is read.
            (
                "<p>头<sup><a>1</a></sup><ruby>发<rt>fà</rt></ruby><code>a &lt; b</code></p>",
                "头发a < b",
                &["a < b"],
            ),
            // A text may be cut anywhere.
            ("<p>头<code>发展</code>。</p>", "头发…", &["发"]),
            ("<p>头</p><p><code>发展</code></p>", "头", &[]),
            // Of two texts that do not fit nothing is known.
            ("<p>别的<code>发</code></p>", "头发", &[]),
        ] {
            assert_eq!(found(html, text), want, "{html}");
        }
    }
}
