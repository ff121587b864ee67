//! Tags where they stand (HTML 13.1.2 and 13.2.5.6 to 13.2.5.40).

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use crate::{is_one_of, is_raw, is_void};

/// An opening tag or an end tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'h> {
    html: &'h str,
    /// The name of its element, as it is written.
    pub name: &'h str,
    /// The place of its `<`.
    pub start: usize,
    /// The place behind its `>`.
    pub end: usize,
    /// Whether it is an end tag.
    pub is_end: bool,
    /// Whether it ends with `/>`, which only SVG and MathML go by.
    pub is_self_closing: bool,
}

/// An attribute that has a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'h> {
    /// Its name, as it is written.
    pub name: &'h str,
    /// Where its name begins.
    pub start: usize,
    /// Where its value is, without quotation marks.
    pub value: Range<usize>,
    /// Where its value is, with them.
    pub quoted: Range<usize>,
}

impl<'h> Tag<'h> {
    /// The tag that begins at a `<`; none if that begins something else, or a tag that does not end. A `<` outside quotation marks is no
    /// part of a tag, other than for a browser: so text full of them costs no more than its length.
    pub fn read(html: &'h str, start: usize) -> Option<Tag<'h>> {
        let name = tag_name(html.get(start..)?)?;
        let is_end = html.as_bytes().get(start + 1) == Some(&b'/');
        let mut scan = Scan { html, at: start + 1 + usize::from(is_end) + name.len() };
        loop {
            match scan.next()? {
                Part::Attribute(_) => {}
                Part::End { is_self_closing } => {
                    return Some(Tag { html, name, start, end: scan.at, is_end, is_self_closing });
                }
            }
        }
    }

    /// Its attributes that have a value, in the order written.
    pub fn attributes(&self) -> Attributes<'h> {
        let at = self.start + 1 + usize::from(self.is_end) + self.name.len();
        Attributes(Scan { html: self.html, at })
    }

    /// Whether its element has one of these names, which are in lower case.
    pub fn is(&self, names: &[&str]) -> bool {
        is_one_of(names, self.name)
    }

    /// Where reading goes on: behind the tag, or, if it begins an element that holds no HTML, at its end tag, or where the text ends.
    pub fn behind(&self) -> usize {
        if self.is_end || !is_raw(self.name) {
            return self.end;
        }
        let html = self.html;
        let mut ends = memmem::find_iter(&html.as_bytes()[self.end..], b"</").map(|at| self.end + at);
        let is_end =
            |&at: &usize| tag_name(&html[at..]).is_some_and(|name| name.eq_ignore_ascii_case(self.name));
        ends.find(is_end).unwrap_or(html.len())
    }

    /// By how much it changes how many elements are open.
    pub fn depth(&self) -> i32 {
        match () {
            () if is_void(self.name) || self.is_self_closing => 0,
            () if self.is_end => -1,
            () => 1,
        }
    }
}

impl Attribute<'_> {
    /// Whether it has this name, which is in lower case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The attributes of a tag that have a value.
#[derive(Debug, Clone)]
pub struct Attributes<'h>(Scan<'h>);

impl<'h> Iterator for Attributes<'h> {
    type Item = Attribute<'h>;

    fn next(&mut self) -> Option<Attribute<'h>> {
        match self.0.next()? {
            Part::Attribute(attribute) => Some(attribute),
            Part::End { .. } => None,
        }
    }
}

/// What stands behind the name of a tag.
enum Part<'h> {
    Attribute(Attribute<'h>),
    End { is_self_closing: bool },
}

/// On the way through a tag.
#[derive(Debug, Clone)]
struct Scan<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Scan<'h> {
    /// The next attribute that has a value, or the end. None where the text or another tag comes before either.
    fn next(&mut self) -> Option<Part<'h>> {
        let bytes = self.html.as_bytes();
        loop {
            let behind = self.at;
            self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/')?;
            let start = self.at;
            if bytes[start] == b'>' {
                self.at += 1;
                return Some(Part::End { is_self_closing: bytes[behind..start].ends_with(b"/") });
            }
            // The first byte of a name may be any.
            self.at += 1;
            self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'))?;
            let name = self.html.get(start..self.at).unwrap_or_default();
            let behind = self.at;
            self.skip(|byte| byte.is_ascii_whitespace())?;
            if bytes[self.at] != b'=' {
                self.at = behind;
                continue;
            }
            self.at += 1;
            self.skip(|byte| byte.is_ascii_whitespace())?;
            let open = self.at;
            let (value, quoted) = match bytes[open] {
                quote @ (b'"' | b'\'') => {
                    let close = open + 1 + memchr(quote, &bytes[open + 1..])?;
                    (open + 1..close, open..close + 1)
                }
                _ => {
                    self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'>')?;
                    (open..self.at, open..self.at)
                }
            };
            self.at = quoted.end;
            return Some(Part::Attribute(Attribute { name, start, value, quoted }));
        }
    }

    /// Goes on as far as bytes are of a kind. None at a `<` or the end of the text.
    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) -> Option<()> {
        let bytes = self.html.as_bytes().get(self.at..)?;
        let skipped = bytes.iter().position(|&byte| byte == b'<' || !is_skipped(byte))?;
        self.at += skipped;
        (bytes[skipped] != b'<').then_some(())
    }
}

/// The name of the element of the tag that some HTML begins with: a letter, and what follows up to white space, `/`, `<` or `>`.
pub fn tag_name(html: &str) -> Option<&str> {
    let rest = html.strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    rest.bytes().next().filter(u8::is_ascii_alphabetic)?;
    let end = rest.bytes().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'<' | b'>'));
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// A tag, comment or declaration: what a reader does not see of some HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Markup<'h> {
    /// The place of its `<`.
    pub start: usize,
    /// The place behind it.
    pub end: usize,
    /// The tag, unless it is something else, or one with a quotation mark that nothing closes: that ends at the first `>`, as a reader
    /// would see it.
    pub tag: Option<Tag<'h>>,
}

/// The markup of some HTML from a place on; what is between is text. What stands in scripts and styles is none.
pub fn markup(html: &str, from: usize) -> Markups<'_> {
    Markups { html, at: from, is_comment_open: false }
}

/// The tags of some HTML from a place on. What stands in comments, scripts and styles is none.
pub fn tags(html: &str, from: usize) -> impl Iterator<Item = Tag<'_>> {
    markup(html, from).filter_map(|markup| markup.tag)
}

/// Iterates over markup; see [`markup`].
#[derive(Debug, Clone)]
pub struct Markups<'h> {
    html: &'h str,
    at: usize,
    /// Whether a comment has been met that nothing ends: then nothing ends one behind it.
    is_comment_open: bool,
}

impl<'h> Iterator for Markups<'h> {
    type Item = Markup<'h>;

    fn next(&mut self) -> Option<Markup<'h>> {
        loop {
            let start = self.at + memchr(b'<', self.html.as_bytes().get(self.at..)?)?;
            if let Some(tag) = Tag::read(self.html, start) {
                self.at = tag.behind();
                return Some(Markup { start, end: tag.end, tag: Some(tag) });
            }
            match self.other(start) {
                Some(end) => {
                    self.at = end;
                    return Some(Markup { start, end, tag: None });
                }
                None => self.at = start + 1,
            }
        }
    }
}

impl Markups<'_> {
    /// Where something ends that begins at a `<` and is no whole tag; none if it is text.
    fn other(&mut self, start: usize) -> Option<usize> {
        let rest = self.html.as_bytes().get(start + 1..)?;
        if let Some(inner) = rest.strip_prefix(b"!--") {
            let end = (!self.is_comment_open).then(|| memmem::find(inner, b"-->")).flatten();
            self.is_comment_open = end.is_none();
            return end.map(|end| self.html.len() - inner.len() + end + 3);
        }
        let begins = rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || b"/!?".contains(byte));
        let end = memchr2(b'<', b'>', rest).filter(|&end| begins && rest[end] == b'>')?;
        Some(start + 1 + end + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tag in words: its name, then each attribute.
    fn read(html: &str) -> Option<String> {
        let tag = Tag::read(html, 0)?;
        assert_eq!(tag.end, html.len(), "{html}");
        let attributes = tag.attributes().map(|one| format!(" {}={}", one.name, &html[one.value]));
        let mark = if tag.is_end { "/" } else { "" };
        let slash = if tag.is_self_closing { " /" } else { "" };
        Some(format!("{mark}{}{}{slash}", tag.name, attributes.collect::<String>()))
    }

    #[test]
    fn tags_are_read() {
        for (html, want) in [
            ("<p>", Some("p")),
            ("</P >", Some("/P")),
            ("<br/>", Some("br /")),
            ("<br / >", Some("br")),
            ("<a href=/x/>", Some("a href=/x/")),
            ("<a href='/x' hidden title = \"a > b\" />", Some("a href=/x title=a > b /")),
            ("<b title= ' id=\"y'>", Some("b title= id=\"y")),
            ("<a =x 月='字'>", Some("a 月=字")),
            ("<my-word ⟨a=b⟩>", Some("my-word ⟨a=b⟩")),
            ("<a b=>", Some("a b=")),
            // None of these is a tag, or a whole one.
            ("< p>", None),
            ("<3", None),
            ("</", None),
            ("<!-- a -->", None),
            ("<p", None),
            ("<p class=\"a>", None),
            ("<p class=", None),
            ("<a <b>", None),
            ("<a<b>", None),
            ("<a b=<c>", None),
        ] {
            assert_eq!(read(html).as_deref(), want, "{html}");
        }
    }

    #[test]
    fn an_attribute_tells_where_it_is() {
        let html = "月 <a title='x' href = \"y\">";
        let tag = Tag::read(html, "月 ".len()).unwrap();
        let parts: Vec<_> =
            tag.attributes().map(|one| (&html[one.start..one.quoted.end], &html[one.quoted])).collect();
        assert_eq!(parts, [("title='x'", "'x'"), ("href = \"y\"", "\"y\"")]);
    }

    #[test]
    fn what_is_between_markup_is_text() {
        for (html, text) in [
            ("<p>月 <em>moon</em></p>", "月 moon"),
            ("<!doctype html><?xml?>a", "a"),
            ("a < b &amp; c <3 </3>d", "a < b &amp; c <3 d"),
            ("<a title=\"x > y\">z</a><!-- > --> w", "z w"),
            ("a <!-- b <i>c</i>", "a <!-- b c"),
            ("<img alt=\"unclosed>rest", "rest"),
            ("<script>if (a<b) {}</b></script>c", "if (a<b) {}</b>c"),
            ("x <", "x <"),
        ] {
            let (mut out, mut from) = (String::new(), 0);
            for markup in markup(html, 0) {
                out.push_str(&html[from..markup.start]);
                from = markup.end;
            }
            assert_eq!(out + &html[from..], text, "{html}");
        }
    }

    #[test]
    fn depth_is_what_is_open() {
        let depth = |html: &str| tags(html, 0).map(|tag| tag.depth()).sum::<i32>();
        assert_eq!(depth("<p>a<br>b<hr/><i>"), 2);
        assert_eq!(depth("<p>a<!-- <i> --></p>"), 0);
    }

    /// Each of these took time with the square of its length in some reader once.
    #[test]
    fn whatever_does_not_end_takes_linear_time() {
        for part in ["<", "<a ", "<a b=\"", "<a b='<a b=\"", "<!--", "<script>", "<a b", "</", "<title></x>"]
        {
            let html = part.repeat(1_000_000 / part.len());
            assert!(markup(&html, 0).count() <= html.len(), "{part}");
        }
    }
}
