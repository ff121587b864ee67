//! CommonMark 0.31 and nothing else, for `fika render --commonmark` and the conformance test.
//!
//! The Markdown library's own HTML, written as the specification writes it: it leaves straight quotes in text as they
//! are and escapes apostrophes in addresses, which is as right but not the same letters, and it begins no line for an HTML block within an item.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

use crate::escape;

/// A text as HTML, with every extension and every rule of fika off.
pub(crate) fn render(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    // What is in the description of a picture is escaped by the library, for an attribute.
    let mut pictures = 0_u32;
    let mut item = false;
    let events = Parser::new_ext(text, Options::empty()).map(|event| {
        let opens_item = std::mem::replace(&mut item, matches!(event, Event::Start(Tag::Item)));
        match event {
            Event::Start(Tag::HtmlBlock) if opens_item => Event::InlineHtml("\n".into()),
            Event::Start(tag @ Tag::Image { .. }) => {
                pictures += 1;
                Event::Start(tag)
            }
            Event::End(TagEnd::Image) => {
                pictures -= 1;
                Event::End(TagEnd::Image)
            }
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) if pictures == 0 => {
                Event::InlineHtml(link(link_type, &dest_url, &title).into())
            }
            Event::Text(text) if pictures == 0 && text.contains('"') => {
                Event::InlineHtml(quoted("", &text, ""))
            }
            Event::Code(code) if pictures == 0 => Event::InlineHtml(quoted("<code>", &code, "</code>")),
            event => event,
        }
    });
    html::push_html(&mut out, events);
    out
}

fn quoted<'a>(open: &str, text: &str, close: &str) -> CowStr<'a> {
    let mut out = String::with_capacity(text.len() + 32);
    out.push_str(open);
    escape::attribute(&mut out, text);
    out.push_str(close);
    out.into()
}

fn link(kind: LinkType, dest: &str, title: &str) -> String {
    let mut out = String::from("<a href=\"");
    let mail = if kind == LinkType::Email { "mailto:" } else { "" };
    let mut address = String::new();
    escape::href(&mut address, &format!("{mail}{dest}"));
    out.push_str(&address.replace("&#x27;", "'"));
    out.push('"');
    if !title.is_empty() {
        out.push_str(" title=\"");
        escape::attribute(&mut out, title);
        out.push('"');
    }
    out.push('>');
    out
}
