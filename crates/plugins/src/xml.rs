//! XML documents, written so that a strict reader takes them: nothing but the characters of XML 1.0, everything escaped.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::escape::{escape, partial_escape};
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document being written, indented by two spaces.
pub(crate) struct Xml(Writer<Vec<u8>>);

/// The attributes of an element.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A document with its root element open.
    pub(crate) fn new(root: &str, attributes: Attributes<'_>) -> io::Result<Xml> {
        let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        xml.open(root, attributes)?;
        Ok(xml)
    }

    pub(crate) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    pub(crate) fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with text.
    pub(crate) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.0.write_event(Event::Text(BytesText::from_escaped(partial_escape(clean(text)))))?;
        self.close(name)
    }

    /// Closes the root and gives the document.
    pub(crate) fn finish(mut self, root: &str) -> io::Result<Vec<u8>> {
        self.close(root)?;
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }
}

fn start(name: &str, attributes: Attributes<'_>) -> BytesStart<'static> {
    // In one piece: the library would let its buffer grow with each part.
    let room = attributes.iter().map(|(name, value)| name.len() + value.len() + 8).sum::<usize>();
    let mut content = String::with_capacity(name.len() + room);
    content.push_str(name);
    for (name, value) in attributes {
        content.extend([" ", name, "=\"", &escape(clean(value)), "\""]);
    }
    BytesStart::from_content(content, name.len())
}

/// The text without the characters that no XML document may hold, not even escaped (XML 1.0, 2.2): the control
/// characters below U+0020 but for tab and line ends, U+FFFE and U+FFFF. One of them makes a reader refuse the whole feed.
fn clean(text: &str) -> Cow<'_, str> {
    let refused =
        |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if may_be_refused(text) && text.contains(refused) {
        Cow::Owned(text.replace(refused, ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a text can hold such a character, by its bytes: those below U+0020 that are no space, and the first two of U+FFFE and U+FFFF.
fn may_be_refused(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Not stopping within a block makes it several times as fast: many bytes are looked at together.
    let control = |byte: u8| (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    let in_block = |(ones, others): (&[u8], &[u8])| {
        ones.iter()
            .zip(others)
            .fold(false, |found, (&one, &other)| found | control(one) | ((one == 0xEF) & (other == 0xBF)))
    };
    let after = bytes.get(1..).unwrap_or_default();
    bytes.last().is_some_and(|&last| control(last))
        || bytes.chunks(1024).zip(after.chunks(1024)).any(in_block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_character_is_taken_out_wherever_it_stands() {
        for refused in ['\u{1}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
            for before in [0, 1, 1023, 1024, 1025] {
                for after in ["", "\n", "，好"] {
                    let (before, refused) = ("a".repeat(before), refused.to_string());
                    assert_eq!(clean(&[&before, &refused, after].concat()), [&before, after].concat());
                }
            }
        }
        assert!(matches!(clean("a\tb\r\n，\u{fffd}\u{10fffe}"), Cow::Borrowed(_)));
    }

    #[test]
    fn everything_is_escaped_and_no_control_character_gets_through() {
        let text: String =
            (0..0x100).filter_map(char::from_u32).chain(['\u{fffe}', '\u{ffff}', '好', '𠮷']).collect();
        let mut xml = Xml::new("r", &[("a", &text)]).unwrap();
        xml.text("t", &[], &format!("{text}]]>")).unwrap();
        xml.empty("e", &[]).unwrap();
        let bytes = xml.finish("r").unwrap();
        let written = String::from_utf8(bytes).unwrap();
        assert!(
            written.chars().all(|c| (' '..'\u{fffe}').contains(&c) || c > '\u{ffff}' || "\t\n\r".contains(c)),
            "{written:?}"
        );
        let read = crate::testing::read_xml(&written);
        let kept: String =
            text.chars().filter(|c| *c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
        assert!(
            read.iter()
                .any(|(name, content)| name == "t" && content.ends_with(&format!("{}]]>", &kept[1..]))),
            "{read:?}"
        );
    }
}
