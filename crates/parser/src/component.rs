//! Components in an essay, in the syntax of Tera 2: `{{ <figure src="a.jpg" /> }}` and
//! `{% <note kind="tip"> %} … {% </note> %}`. Every other brace is text.
//!
//! An argument is `name="text"` (in `"`, `'` or back quotes), `name={literal}`, or `name` alone, which means true:
//! an essay has no variables that a shorthand could name.

use std::ops::Range;
use std::sync::Arc;

use fika_model::Data;

use crate::foreign::{Foreign, is_line};

/// A tag with more arguments is none that anybody wrote: each is compared with all others.
const MOST_ARGUMENTS: usize = 64;

/// A tag of another generator that is longer, in bytes, is none.
const LONGEST: usize = 512;

/// Lists and maps nested deeper than this are not read.
const DEEPEST: usize = 16;

/// What a tag is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tag {
    /// `{{ <name … /> }}`
    Alone { name: Arc<str>, args: Data },
    /// `{% <name …> %}`
    Open { name: Arc<str>, args: Data },
    /// `{% </name> %}`
    Close { name: Arc<str> },
}

/// Something in braces that begins like a component.
#[derive(Debug, PartialEq)]
pub(crate) enum Found {
    /// A tag, the byte after it, and where arguments are given once more.
    Tag(Tag, usize, Vec<Range<usize>>),
    /// It begins like a tag and cannot be read as one: what it is, and the byte after what was understood.
    Broken(Foreign, usize),
}

/// Reads the tag that begins at a `{`, if one does.
pub(crate) fn read(text: &str, at: usize) -> Option<Found> {
    let mut input = Input { text, at: at + 2, again: Vec::new() };
    let block = match text.as_bytes().get(at..at + 2)? {
        b"{{" => false,
        b"{%" => true,
        _ => return None,
    };
    if !block && input.eat("%") {
        return input.shortcode();
    }
    if !block && input.rest().starts_with('#') {
        return input.directive(at);
    }
    input.eat("-");
    input.space();
    if !input.eat("<") {
        return if block { input.tag_of_another(at) } else { input.shortcode_of_zola(at) };
    }
    let closing = input.eat("/");
    input.space();
    let name: Arc<str> = input.name()?.into();
    if let Some(tag) = tag(&mut input, block, closing, &name) {
        return Some(Found::Tag(tag, input.at, input.again));
    }
    if block || !is_of_hugo(text, at) {
        return Some(Found::Broken(Foreign::Component, input.at));
    }
    // What ends a tag is told with it.
    (!closing).then_some(Found::Broken(Foreign::Tag(name), input.at))
}

/// Whether the braces that begin at a place are `{{< … >}}`: one of fika's has a slash before its end.
fn is_of_hugo(text: &str, at: usize) -> bool {
    let rest = &text[at..text.floor_char_boundary(at + LONGEST)];
    let inside = rest.strip_prefix("{{<").and_then(|rest| rest.split_once("}}"));
    inside.is_some_and(|(inside, _)| inside.ends_with('>') && !inside.ends_with("/>"))
}

fn tag(input: &mut Input<'_>, block: bool, closing: bool, name: &Arc<str>) -> Option<Tag> {
    let args = if closing { Vec::new() } else { input.arguments()? };
    input.space();
    let alone = input.eat("/");
    input.expect(">")?;
    input.space();
    input.eat("-");
    input.expect(if block { "%}" } else { "}}" })?;
    match (block, closing, alone) {
        (false, false, true) => Some(Tag::Alone { name: name.clone(), args: Data::Map(args) }),
        (true, false, false) => Some(Tag::Open { name: name.clone(), args: Data::Map(args) }),
        (true, true, false) => Some(Tag::Close { name: name.clone() }),
        _ => None,
    }
}

struct Input<'a> {
    text: &'a str,
    at: usize,
    /// The names of arguments that were given before.
    again: Vec<Range<usize>>,
}

impl<'a> Input<'a> {
    /// Hugo's `{{% name %}}`, which is none of fika's. Its end is told with its beginning.
    fn shortcode(&mut self) -> Option<Found> {
        self.space();
        let is_end = self.eat("/");
        self.space();
        let name = self.identifier()?;
        (!is_end).then(|| Found::Broken(Foreign::Tag(name.into()), self.at))
    }

    /// mdBook's `{{#include file}}`. Other braces with a `#` are Handlebars, which is written about.
    fn directive(&mut self, start: usize) -> Option<Found> {
        const NAMES: &[&str] =
            &["#include", "#rustdoc_include", "#shiftinclude", "#playground", "#playpen", "#title"];
        let rest = &self.rest()[..self.rest().floor_char_boundary(LONGEST)];
        let (inside, _) = rest.split_once("}}")?;
        let (name, value) = inside.split_once(' ')?;
        let is_directive =
            NAMES.contains(&name) && !value.contains('\n') && !self.text[..start].ends_with('\\');
        is_directive.then(|| Found::Broken(Foreign::Tag(name.into()), self.at + inside.len() + "}}".len()))
    }

    /// Zola's `{{ name(key="text") }}`. In other braces with parentheses, such as those of Vue, no argument has a name; without any they
    /// may be either's, and have their line to themselves.
    fn shortcode_of_zola(&mut self, start: usize) -> Option<Found> {
        let name = self.identifier()?;
        self.expect("(")?;
        self.space();
        let is_named = self.identifier().is_some_and(|_| {
            self.space();
            self.rest().starts_with('=') && !self.rest().starts_with("==")
        });
        let rest = &self.text[self.at..self.text.floor_char_boundary(self.at + LONGEST)];
        let end = self.at + rest.find("}}")? + "}}".len();
        let inside = self.text[self.at..end - "}}".len()].trim_end();
        let is_whole = inside.ends_with(')') && !inside.contains("\n\n");
        let is_empty = || inside == ")" && is_line(&self.text[..start], &self.text[end..]);
        (is_whole && (is_named || is_empty())).then(|| Found::Broken(Foreign::Tag(name.into()), end))
    }

    /// A tag of Zola, Hexo or Jekyll, `{% note info %}`, which is none of fika's either: one that has its line to itself, or that
    /// is known to stand within lines. What ends it is told with it.
    fn tag_of_another(&mut self, start: usize) -> Option<Found> {
        let name = self.identifier()?;
        let rest = &self.text[self.at..self.text.floor_char_boundary(self.at + LONGEST)];
        let line = rest.split('\n').next().unwrap_or_default();
        let end = self.at + line.rfind("%}")? + "%}".len();
        let is_within =
            || matches!(name, "post_link" | "post_url" | "asset_img" | "asset_link" | "asset_path");
        let found = match is_line(&self.text[..start], &self.text[end..]) {
            true => !name.starts_with("end"),
            false => is_within(),
        };
        found.then(|| Found::Broken(Foreign::Tag(name.into()), end))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn expect(&mut self, token: &str) -> Option<()> {
        self.eat(token).then_some(())
    }

    /// Skips white space, but never an empty line: that would reach into another block.
    fn space(&mut self) -> bool {
        let before = self.at;
        let mut lines = 0;
        for byte in self.rest().bytes() {
            lines += usize::from(byte == b'\n');
            if !byte.is_ascii_whitespace() || lines > 1 {
                break;
            }
            self.at += 1;
        }
        self.at > before
    }

    /// An identifier of Tera: `[A-Za-z_][A-Za-z0-9_]*`.
    fn identifier(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        if length == 0 || rest.as_bytes()[0].is_ascii_digit() {
            return None;
        }
        self.at += length;
        Some(&rest[..length])
    }

    /// Identifiers joined by dots.
    fn name(&mut self) -> Option<&'a str> {
        let start = self.at;
        self.identifier()?;
        while self.eat(".") {
            self.identifier()?;
        }
        Some(&self.text[start..self.at])
    }

    fn arguments(&mut self) -> Option<Vec<(Arc<str>, Data)>> {
        let mut args: Vec<(Arc<str>, Data)> = Vec::new();
        loop {
            self.space();
            let start = self.at;
            let Some(name) = self.identifier() else { return Some(args) };
            let place = start..self.at;
            self.space();
            let value = if !self.eat("=") {
                Data::Bool(true)
            } else {
                self.space();
                if self.eat("{") {
                    let value = self.literal(0)?;
                    self.space();
                    self.expect("}")?;
                    value
                } else {
                    self.string()?
                }
            };
            if let Some(first) = args.iter().position(|(known, _)| &**known == name) {
                args.remove(first);
                self.again.push(place);
            }
            if args.len() + self.again.len() == MOST_ARGUMENTS {
                return None;
            }
            args.push((name.into(), value));
        }
    }

    fn literal(&mut self, depth: usize) -> Option<Data> {
        if depth > DEEPEST {
            return None;
        }
        self.space();
        match self.rest().bytes().next()? {
            b'"' | b'\'' | b'`' => self.string(),
            b'[' => self.array(depth),
            b'{' => self.map(depth),
            b'0'..=b'9' | b'-' | b'+' => self.number(),
            _ => match self.identifier()? {
                "true" | "True" => Some(Data::Bool(true)),
                "false" | "False" => Some(Data::Bool(false)),
                "none" | "None" | "null" => Some(Data::Null),
                _ => None,
            },
        }
    }

    fn number(&mut self) -> Option<Data> {
        let rest = self.rest();
        let length =
            rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(byte)).count();
        let plain = rest[..length].replace('_', "");
        self.at += length;
        plain.parse().map(Data::Int).ok().or_else(|| plain.parse().map(Data::Float).ok())
    }

    /// A quoted string with the escapes of Tera; in back quotes there are none. It ends before an empty line.
    fn string(&mut self) -> Option<Data> {
        let rest = self.rest();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let mut value = String::new();
        let mut chars = rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                _ if c == quote => {
                    self.at += at + 1;
                    return Some(Data::Str(value.into()));
                }
                '\\' if quote != '`' => match chars.next()?.1 {
                    'n' => value.push('\n'),
                    't' => value.push('\t'),
                    'r' => value.push('\r'),
                    other => value.push(other),
                },
                '\n' if value.ends_with('\n') => return None,
                _ => value.push(c),
            }
        }
        None
    }

    fn array(&mut self, depth: usize) -> Option<Data> {
        self.expect("[")?;
        let mut items = Vec::new();
        loop {
            self.space();
            if self.eat("]") {
                return Some(Data::Array(items));
            }
            items.push(self.literal(depth + 1)?);
            self.separator("]")?;
        }
    }

    fn map(&mut self, depth: usize) -> Option<Data> {
        self.expect("{")?;
        let mut entries = Vec::new();
        loop {
            self.space();
            if self.eat("}") {
                return Some(Data::Map(entries));
            }
            let key: Arc<str> = match self.identifier() {
                Some(name) => name.into(),
                None => self.string()?.as_str()?.into(),
            };
            self.space();
            self.expect(":")?;
            entries.push((key, self.literal(depth + 1)?));
            self.separator("}")?;
        }
    }

    /// A comma, or the end of the list, which stays to be read.
    fn separator(&mut self, end: &str) -> Option<()> {
        self.space();
        (self.eat(",") || self.rest().starts_with(end)).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        match read(text, 0) {
            None => "-".into(),
            Some(Found::Broken(..)) => "broken".into(),
            Some(Found::Tag(tag, end, _)) => {
                format!("{}{tag:?}", if end == text.len() { "" } else { "part " })
            }
        }
    }

    #[test]
    fn tags_of_tera_are_read() {
        for (text, want) in [
            ("{{ <a /> }}", r#"Alone { name: "a", args: Map([]) }"#),
            ("{{<a.b/>}}", r#"Alone { name: "a.b", args: Map([]) }"#),
            ("{%- <n> -%}", r#"Open { name: "n", args: Map([]) }"#),
            ("{% </n> %}", r#"Close { name: "n" }"#),
            (
                r#"{{ <f src="月 a.jpg" n={3} big /> }}"#,
                r#"Alone { name: "f", args: Map([("src", Str("月 a.jpg")), ("n", Int(3)), ("big", Bool(true))]) }"#,
            ),
            (
                "{{ <f a='it\\'s' b=`\\n` c={-1.5}\n d={none} /> }}",
                r#"Alone { name: "f", args: Map([("a", Str("it's")), ("b", Str("\\n")), ("c", Float(-1.5)), ("d", Null)]) }"#,
            ),
            (
                "{{ <f a={[1, \"二\", true,]} b={{x: 1, \"y\": []}} /> }}",
                r#"Alone { name: "f", args: Map([("a", Array([Int(1), Str("二"), Bool(true)])), ("b", Map([("x", Int(1)), ("y", Array([]))]))]) }"#,
            ),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
    }

    #[test]
    fn other_braces_are_text() {
        for text in [
            "{{ msg }}",
            "{% note %} 文",
            "{{< figure >}}",
            "{% figure a.png 'b' %}",
            "{ <a/> }",
            "{{",
            "{%",
            "{{ <产品 /> }}",
            "{{ < 3 }}",
            "{",
        ] {
            let got = found(text);
            assert!(got == "-" || got == "broken" && text.contains("figure"), "{text}: {got}");
        }
        for text in [
            "{{ <a> }}",
            "{% <a /> %}",
            "{{ <a b=c /> }}",
            "{{ <a b={x} /> }}",
            "{{ <a\n\nb=\"1\" /> }}",
            "{{ <a b=\"",
            "{{ <a",
        ] {
            assert_eq!(found(text), "broken", "{text}");
        }
    }

    #[test]
    fn deep_literals_are_refused() {
        assert_eq!(found(&format!("{{{{ <a b={{{}", "[".repeat(100_000))), "broken");
    }
}
