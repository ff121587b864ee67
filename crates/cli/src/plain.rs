//! Fills the holes of a body without a site: links and pictures lead where they were written to lead.

use fika_html::escape;
use fika_model::{Body, Hole, HoleKind, Image};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is percent-encoded in an address, as the reference implementation of CommonMark does it:
/// all but letters, digits and these.
const ADDRESS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'+')
    .remove(b'!')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b'%')
    .remove(b'#')
    .remove(b'@')
    .remove(b'?')
    .remove(b'=')
    .remove(b';')
    .remove(b':')
    .remove(b'/')
    .remove(b'&')
    .remove(b'$')
    .remove(b'~');

/// The body as HTML. Components belong to a theme: they are shown as they stand in `source`, with their bodies rendered. `word` gives the text of a message of the interface.
pub(crate) fn html(body: &Body, source: &str, word: &dyn Fn(&str) -> String) -> String {
    let mut html = String::with_capacity(body.html.len() + body.holes.len() * 32);
    let mut done = 0;
    let mut open: Vec<(usize, &str)> = Vec::new();
    for hole in &body.holes {
        let at = (hole.at as usize).clamp(done, body.html.len());
        close(&mut html, body, &mut done, &mut open, at);
        html.push_str(&body.html[done..at]);
        done = at;
        match &hole.kind {
            HoleKind::Verbatim(text) => {
                if let Some(made) = &text.made {
                    html.push_str(made);
                    done = (text.end as usize).clamp(at, body.html.len());
                }
            }
            HoleKind::Component { name, end: Some(end), .. } => {
                let written = source.get(hole.span.start as usize..).unwrap_or_default();
                let tag = written.split_inclusive("%}").next().unwrap_or_default();
                html.push_str(&escape(tag));
                open.push((*end as usize, name));
            }
            _ => fill(&mut html, hole, source, word),
        }
    }
    close(&mut html, body, &mut done, &mut open, body.html.len());
    html.push_str(&body.html[done..]);
    html
}

/// Writes the closing tags of the components that end before a place, and the HTML up to each.
fn close(html: &mut String, body: &Body, done: &mut usize, open: &mut Vec<(usize, &str)>, until: usize) {
    while let Some((end, name)) = open.pop_if(|(end, _)| *end <= until) {
        let end = end.clamp(*done, body.html.len());
        html.push_str(&body.html[*done..end]);
        html.push_str(&escape(&format!("{{% </{name}> %}}")));
        *done = end;
    }
}

fn fill(html: &mut String, hole: &Hole, source: &str, word: &dyn Fn(&str) -> String) {
    match &hole.kind {
        HoleKind::Link { dest } | HoleKind::WikiLink { dest } | HoleKind::Asset { dest } => {
            html.push_str(&address(dest));
        }
        HoleKind::Image(image) => picture(html, image),
        HoleKind::Message { key } => html.push_str(&escape(&word(key))),
        HoleKind::Component { end: None, .. } => {
            let written = source.get(hole.span.start as usize..hole.span.end as usize).unwrap_or_default();
            html.push_str(&escape(written));
        }
        HoleKind::Component { end: Some(_), .. } | HoleKind::Verbatim(_) | HoleKind::TitleLink { .. } => {}
    }
}

fn picture(html: &mut String, image: &Image) {
    let (src, alt) = (address(&image.src), escape(&image.alt));
    let title = image.title.as_deref().map(escape);
    let tag = match (image.figure, title) {
        (true, Some(caption)) => {
            format!("<figure><img src=\"{src}\" alt=\"{alt}\" /><figcaption>{caption}</figcaption></figure>")
        }
        (true, None) => format!("<figure><img src=\"{src}\" alt=\"{alt}\" /></figure>"),
        (false, Some(title)) => format!("<img src=\"{src}\" alt=\"{alt}\" title=\"{title}\" />"),
        (false, None) => format!("<img src=\"{src}\" alt=\"{alt}\" />"),
    };
    html.push_str(&tag);
}

/// An address between the quotes of an attribute.
fn address(dest: &str) -> String {
    escape(&utf8_percent_encode(dest, ADDRESS).to_string())
}

#[cfg(test)]
mod tests {
    use fika_model::Data;

    use super::*;

    fn hole(at: usize, kind: HoleKind) -> Hole {
        Hole { at: at as u32, span: (2..13).into(), kind }
    }

    #[test]
    fn holes_hold_what_was_written() {
        let image = |figure, title: Option<&str>| {
            HoleKind::Image(Image {
                src: "月 亮.jpg".into(),
                alt: "a \"b\"".to_owned(),
                title: title.map(str::to_owned),
                figure,
                width: None,
                kept: Vec::new(),
                first: false,
            })
        };
        let body = Body {
            html: "<p><a href=\"\">一</a></p>".to_owned(),
            holes: vec![
                hole(0, image(true, Some("<题>"))),
                hole(12, HoleKind::Link { dest: "../b.md?x=1&y=[2]#节".into() }),
                hole(21, image(false, None)),
                hole(
                    25,
                    HoleKind::Component {
                        name: "x".into(),
                        args: Data::Map(Vec::new().into_iter().collect()),
                        kept: Vec::new(),
                        end: None,
                        within: false,
                    },
                ),
            ],
            ..Body::default()
        };
        assert_eq!(
            html(&body, "# {{ <x /> }}", &str::to_owned),
            "<figure><img src=\"%E6%9C%88%20%E4%BA%AE.jpg\" alt=\"a &quot;b&quot;\" /><figcaption>&lt;题&gt;</figcaption></figure>\
             <p><a href=\"../b.md?x=1&amp;y=%5B2%5D#%E8%8A%82\">一</a><img src=\"%E6%9C%88%20%E4%BA%AE.jpg\" alt=\"a &quot;b&quot;\" />\
             </p>{{ &lt;x /&gt; }}"
        );
    }
}
