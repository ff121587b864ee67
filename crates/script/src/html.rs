//! HTML from one script to the other: what a reader sees is converted, what a machine addresses is not.
//!
//! Text is converted across inline elements (`<b>发</b>展` is one word), but never across code, pictures or blocks. Addresses,
//! ids and classes stay; `alt`, `title` and the labels of assistive technology are text. What an element keeps as it is:
//! code and its kin, mathematics, drawings, whatever is marked `translate="no"`, and whatever says that it is in another
//! language or script.

use std::ops::Range;

use fika_html::{Attribute, Tag, is_one_of};
use memchr::memchr;

use crate::{Converter, Phrases};

/// Converted HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// The HTML.
    pub html: String,
    /// Where the marks are now, in the order they were given.
    pub marks: Vec<usize>,
}

/// What decides of elements that name their language.
pub struct Rules<'a> {
    /// Whether text with this value of `lang` is converted.
    pub converts: &'a dyn Fn(&str) -> bool,
}

/// Elements whose content is left alone.
const KEPT: &[&str] =
    &["code", "kbd", "math", "pre", "samp", "script", "style", "svg", "template", "textarea", "tt", "var"];
/// Elements that may stand within a word.
const WITHIN: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "dfn", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong",
    "u", "wbr",
];
/// Attributes that are text.
const TEXT: &[&str] = &["alt", "aria-description", "aria-label", "label", "placeholder", "title"];

impl Converter {
    /// The HTML in the other script. `marks` are bytes of `html`, in order; they move with what stands there.
    pub fn html(&self, html: &str, marks: &[usize], own: &Phrases, rules: &Rules<'_>) -> Html {
        let walk = Walk {
            converter: self,
            own,
            rules,
            html,
            marks,
            passed: 0,
            out: Html {
                html: String::with_capacity(html.len() + html.len() / 16),
                marks: vec![0; marks.len()],
            },
            text: String::new(),
            stops: Vec::new(),
            between: Vec::new(),
            tags: String::new(),
        };
        walk.all()
    }
}

struct Walk<'a> {
    converter: &'a Converter,
    own: &'a Phrases,
    rules: &'a Rules<'a>,
    html: &'a str,
    marks: &'a [usize],
    /// How many marks have been passed.
    passed: usize,
    out: Html,
    /// Text that is waiting to be converted as a whole.
    text: String,
    /// Bytes of `text` where something stands between its characters, and what.
    stops: Vec<usize>,
    between: Vec<Between>,
    /// The tags within the text that is waiting.
    tags: String,
}

/// What stands between two characters of a text.
enum Between {
    /// A part of `tags`.
    Tag(Range<usize>),
    /// A mark, by its number.
    Mark(usize),
}

impl<'a> Walk<'a> {
    fn all(mut self) -> Html {
        let mut at = 0;
        while at < self.html.len() {
            let next = memchr(b'<', &self.html.as_bytes()[at..]).map_or(self.html.len(), |found| at + found);
            self.wait(at..next);
            at = if next < self.html.len() { self.markup(next) } else { next };
        }
        self.convert();
        while self.passed < self.marks.len() {
            self.out.marks[self.passed] = self.out.html.len();
            self.passed += 1;
        }
        self.out
    }

    /// What begins with `<`; gives where it ends.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.html[at..];
        let until = |end: &str| rest.find(end).map_or(self.html.len(), |found| at + found + end.len());
        if rest.starts_with("<!--") {
            return self.keep(at..until("-->"));
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return self.keep(at..until(">"));
        }
        let Some(tag) = Tag::read(self.html, at) else {
            // No tag after all: a character like any other.
            self.wait(at..at + 1);
            return at + 1;
        };
        if keeps(&tag, self.html, self.rules) {
            return self.keep(at..end_of(&tag, self.html));
        }
        if !tag.is(WITHIN) {
            self.convert();
        }
        self.tag(&tag);
        tag.end
    }

    /// Text that waits for the rest of its word.
    fn wait(&mut self, range: Range<usize>) {
        let mut from = range.start;
        while let Some(mark) = self.mark_before(range.end) {
            self.text.push_str(&self.html[from..mark]);
            from = mark;
            // What will be put there parts the words around it.
            self.convert();
            self.out.marks[self.passed] = self.out.html.len();
            self.passed += 1;
        }
        self.text.push_str(&self.html[from..range.end]);
    }

    /// The place of the next mark, if it is before `end`.
    fn mark_before(&self, end: usize) -> Option<usize> {
        self.marks.get(self.passed).copied().filter(|&mark| mark < end)
    }

    /// A tag between the characters of a text. Of its attributes those that are text are converted.
    fn tag(&mut self, tag: &Tag<'a>) {
        let mut from = tag.start;
        for attribute in tag.attributes() {
            let written = &self.html[attribute.value.clone()];
            if written.is_ascii() || !is_one_of(TEXT, attribute.name) {
                continue;
            }
            self.tag_part(from..attribute.value.start);
            let converted = self.converter.text(written, self.own);
            self.put(&converted);
            from = attribute.value.end;
        }
        self.tag_part(from..tag.end);
    }

    fn tag_part(&mut self, range: Range<usize>) {
        let mut from = range.start;
        while let Some(mark) = self.mark_before(range.end) {
            self.put(&self.html[from..mark.max(from)]);
            from = mark.max(from);
            if self.text.is_empty() {
                self.out.marks[self.passed] = self.out.html.len();
            } else {
                self.stops.push(self.text.len());
                self.between.push(Between::Mark(self.passed));
            }
            self.passed += 1;
        }
        self.put(&self.html[from..range.end]);
    }

    /// Writes a part of a tag: at once if no text waits, else when that is converted.
    fn put(&mut self, part: &str) {
        if self.text.is_empty() {
            self.out.html.push_str(part);
            return;
        }
        let begin = self.tags.len();
        self.tags.push_str(part);
        self.stops.push(self.text.len());
        self.between.push(Between::Tag(begin..self.tags.len()));
    }

    /// Something that stays as it is, and parts the text before it from the text after it.
    fn keep(&mut self, range: Range<usize>) -> usize {
        self.convert();
        let mut from = range.start;
        while let Some(mark) = self.mark_before(range.end) {
            self.out.html.push_str(&self.html[from..mark]);
            from = mark;
            self.out.marks[self.passed] = self.out.html.len();
            self.passed += 1;
        }
        self.out.html.push_str(&self.html[from..range.end]);
        range.end
    }

    /// Converts the text that was waiting.
    fn convert(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let (between, tags, marks) = (&self.between, &self.tags, &mut self.out.marks);
        let mut at = |out: &mut String, stop: usize| match &between[stop] {
            Between::Tag(range) => out.push_str(&tags[range.clone()]),
            Between::Mark(number) => marks[*number] = out.len(),
        };
        self.converter.convert(&self.text, &self.stops, self.own, &mut self.out.html, &mut at);
        self.text.clear();
        self.tags.clear();
        self.stops.clear();
        self.between.clear();
    }
}

/// Whether the content of the element that a tag begins is left alone.
pub(crate) fn keeps(tag: &Tag<'_>, html: &str, rules: &Rules<'_>) -> bool {
    let says = |attribute: Attribute<'_>| {
        let value = &html[attribute.value.clone()];
        (attribute.is("translate") && value.eq_ignore_ascii_case("no"))
            || (attribute.is("lang") && !(rules.converts)(value))
    };
    !tag.is_end && (tag.is(KEPT) || tag.attributes().any(says))
}

/// Where the element ends whose first tag this is.
pub(crate) fn end_of(first: &Tag<'_>, html: &str) -> usize {
    if first.depth() == 0 {
        return first.end;
    }
    let mut depth = first.depth();
    // The content of some elements is no HTML, and so has no tags but the last.
    let same =
        fika_html::tags(html, first.start).skip(1).filter(|tag| tag.name.eq_ignore_ascii_case(first.name));
    for tag in same {
        depth += tag.depth();
        if depth == 0 {
            return tag.end;
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scheme;

    fn html(html: &str) -> String {
        let rules = Rules { converts: &|lang| lang == "zh" };
        Converter::new(Scheme::S2t).html(html, &[], &Phrases::default(), &rules).html
    }

    #[test]
    fn what_a_reader_sees_is_converted() {
        let table = [
            ("<p>头发与发展</p>", "<p>頭髮與發展</p>"),
            // A word that markup cuts is still a word.
            ("<p>头<em>发</em>，<b>发</b>展</p>", "<p>頭<em>髮</em>，<b>發</b>展</p>"),
            ("<img src=\"头发.png\" alt=\"头发\">", "<img src=\"头发.png\" alt=\"頭髮\">"),
            ("<a href=/发 title='头发 &amp; 发展'>面</a>", "<a href=/发 title='頭髮 &amp; 發展'>面</a>"),
            ("<h2 id=\"发展\">发展</h2>", "<h2 id=\"发展\">發展</h2>"),
            // What a browser looks up stays, what it shows or says does not.
            (
                "<a href='发展' id=\"发\" name=\"发\" class=\"发\" data-x=\"发\">发</a>",
                "<a href='发展' id=\"发\" name=\"发\" class=\"发\" data-x=\"发\">發</a>",
            ),
            (
                "<img src=发.png srcset=\"发.png 2x\" alt=\"发\"><video poster=\"发.png\" aria-label=\"发\"></video>",
                "<img src=发.png srcset=\"发.png 2x\" alt=\"發\"><video poster=\"发.png\" aria-label=\"發\"></video>",
            ),
            (
                "<label for=\"发\">发</label><input value=\"发\" placeholder=\"发\"><iframe src=\"发\" title=\"发\"></iframe>",
                "<label for=\"发\">發</label><input value=\"发\" placeholder=\"發\"><iframe src=\"发\" title=\"發\"></iframe>",
            ),
            ("a < b 发展 <3", "a < b 發展 <3"),
            // Blocks are not read in one breath.
            ("<li>头</li><li>发</li>", "<li>頭</li><li>發</li>"),
            ("头<br>发", "頭<br>發"),
        ];
        for (given, expected) in table {
            assert_eq!(html(given), expected);
        }
    }

    #[test]
    fn what_a_machine_reads_is_left_alone() {
        let table = [
            "<code>发展</code>",
            "<pre lang=\"zh\"><code>头发<span>发</span></code></pre>",
            "<span translate=\"no\">头发<span>发</span>发</span>",
            "<i lang=\"ja\">国体</i>",
            "<span lang=\"zh-Hans\">头发</span>",
            "<!-- 头发 <b> -->",
            "<script>if (a < b) \"</b>发\"</script>",
            "<img lang=ja alt=\"国\">",
        ];
        for given in table {
            assert_eq!(html(&format!("{given}头发")), format!("{given}頭髮"));
        }
        assert_eq!(html("<span lang=\"zh\">发展</span>"), "<span lang=\"zh\">發展</span>");
        assert_eq!(html("<code>发展"), "<code>发展", "an element that never ends keeps all that follows");
    }

    #[test]
    fn marks_move_with_what_stands_there() {
        let given = "<p>程序员<a href=\"\">头发</a>和</p>";
        let marks = [3, given.find("\"\"").unwrap() + 1, given.find("和<").unwrap(), given.len()];
        let converter = Converter::new(Scheme::S2twp);
        let rules = Rules { converts: &|_| false };
        let made = converter.html(given, &marks, &Phrases::default(), &rules);
        assert_eq!(made.html, "<p>程式設計師<a href=\"\">頭髮</a>和</p>");
        let places = made.marks.iter().map(|&at| &made.html[at..]).collect::<Vec<_>>();
        assert_eq!(places, ["程式設計師<a href=\"\">頭髮</a>和</p>", "\">頭髮</a>和</p>", "和</p>", ""]);
    }

    #[test]
    fn a_mark_among_words_parts_them() {
        let converter = Converter::new(Scheme::S2t);
        let rules = Rules { converts: &|_| false };
        // A picture will stand there: 头 and 发 are no word.
        assert_eq!(converter.html("头发展", &[3], &Phrases::default(), &rules).html, "頭發展");
    }

    #[test]
    fn a_phrase_that_grows_is_given_up_where_markup_cuts_it() {
        let converter = Converter::new(Scheme::S2twp);
        let rules = Rules { converts: &|_| false };
        let made = converter.html("程<b>序员</b>", &[], &Phrases::default(), &rules).html;
        assert_eq!(made, "程<b>序員</b>");
    }
}
