//! What a page adds to the headings of its text: the anchors of the original in a translation, so that a reader who changes the
//! language stays at the section, and links to the headings themselves. They are put into the finished body, so that nothing which is
//! made of the text elsewhere (summaries, feeds, tables of contents) has them.

use std::sync::Arc;

use fika_html::{Tag, tags};
use fika_model::{AnchorLinks, EntryId, Heading};
use memchr::memmem;
use tera::{Context, Value};

use crate::escape::escape;
use crate::render::{Watched, watched};
use crate::scope::Scope;
use crate::stage::Stage;
use crate::values::text;
use crate::{Rendered, faults};

/// The template of links to headings. Its name, and what it is given but `insert`, are Zola's.
pub(crate) const LINK: &str = "anchor-link.html";

/// The headings that stand in some HTML of a body: the number of each, and where its text begins.
fn beginnings<'h>(html: &'h str, headings: &'h [Heading]) -> impl Iterator<Item = (usize, usize)> + 'h {
    let mut next = 0;
    memmem::find_iter(html.as_bytes(), "<h").filter_map(move |at| {
        let mut rest = headings.iter().enumerate().skip(next);
        let (number, length) =
            rest.find_map(|(number, heading)| Some((number, opening(heading, &html[at..])?)))?;
        next = number + 1;
        Some((number, at + length))
    })
}

/// The length of the tag of a heading, if that is what some HTML begins with.
fn opening(heading: &Heading, html: &str) -> Option<usize> {
    let level = html.strip_prefix("<h")?.strip_prefix(char::from(b'0' + heading.level))?;
    let rest = level.strip_prefix(" id=\"")?.strip_prefix(&*escape(&heading.id))?.strip_prefix('"')?;
    Some(html.len() - rest.len() + rest.find('>')? + 1)
}

/// A body with the original's id at each of its headings, besides its own; where the two are not made of the same headings, as it is.
pub(crate) fn shared(stage: &Stage, id: EntryId, html: String) -> String {
    let Some(original) = stage.site.shared_headings(id) else { return html };
    let own = &stage.entry(id).card.headings;
    let added =
        original.iter().map(|heading| heading.id.len() + "<span id=\"\"></span>".len()).sum::<usize>();
    let mut out = String::with_capacity(html.len() + added);
    let mut done = 0;
    for (number, end) in beginnings(&html, own) {
        out.push_str(&html[done..end]);
        done = end;
        let original = &original[number];
        let is_known = |heading: &Heading| heading.id == original.id;
        if !own.iter().any(is_known) {
            out.extend(["<span id=\"", &escape(&original.id), "\"></span>"]);
        }
    }
    out.push_str(&html[done..]);
    out
}

/// Puts a link to each heading of a body, or of a part of it, where the section or the configuration wants it.
pub(crate) fn link(stage: &Arc<Stage>, id: EntryId, body: &mut Rendered) {
    let insert = stage.site.anchor_links(id);
    let headings = &stage.entry(id).card.headings;
    let Some(template) = stage.theme.resolve(LINK).filter(|_| insert != AnchorLinks::None) else { return };
    let html = std::mem::take(&mut body.html);
    body.html.reserve(html.len() + headings.len() * 96);
    let mut done = 0;
    for (number, start) in beginnings(&html, headings) {
        let heading = &headings[number];
        let closing = format!("</h{}>", heading.level);
        let Some(end) = html[start..].find(&closing).map(|at| start + at) else { break };
        let Some(made) = made(stage, id, heading, insert, template, body) else { break };
        body.html.push_str(&html[done..start]);
        put(&mut body.html, &html[start..end], made.trim(), insert);
        done = end;
    }
    body.html.push_str(&html[done..]);
}

/// Writes the text of a heading with its link.
fn put(out: &mut String, text: &str, link: &str, insert: AnchorLinks) {
    // As in Zola, the tag that the template begins with goes around the text. A link in a link is none.
    let tag = || Tag::read(link, 0).filter(|tag| tag.is(&["a"])).map(|tag| &link[..tag.end]);
    let has_link = || tags(text, 0).any(|tag| tag.is(&["a"]));
    match insert {
        AnchorLinks::None => out.push_str(text),
        AnchorLinks::Left => out.extend([link, text]),
        AnchorLinks::Right => out.extend([text, link]),
        AnchorLinks::Heading => match tag().filter(|_| !has_link()) {
            Some(tag) => out.extend([tag, text, "</a>"]),
            None => out.push_str(text),
        },
    }
}

/// The link to one heading; nothing, if the template fails, which is then told.
fn made(
    stage: &Arc<Stage>,
    id: EntryId,
    heading: &Heading,
    insert: AnchorLinks,
    template: &str,
    body: &mut Rendered,
) -> Option<String> {
    let entry = stage.entry(id);
    let mut context = Context::new();
    context.insert_value("id", text(&heading.id));
    context.insert_value("level", Value::from(heading.level));
    context.insert_value("lang", text(entry.lang.as_str()));
    context.insert_value("insert", text(insert.name()));
    let scope = Scope { stage: stage.clone(), lang: entry.lang.clone(), in_summary: false };
    let subject = entry.card.source.clone();
    let Watched { out, asked, diagnostics } =
        watched(&scope, &subject, || stage.theme.tera.render(template, &context));
    body.asked.extend(asked);
    // Every heading has the same to tell.
    for fault in diagnostics {
        if !body.diagnostics.contains(&fault) {
            body.diagnostics.push(fault);
        }
    }
    let told = |error: tera::Error| {
        body.diagnostics.push(faults::on_render(&error, &stage.theme, &subject, faults::UNLINKED));
    };
    out.map_err(told).ok()
}
