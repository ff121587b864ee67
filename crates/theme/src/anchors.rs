//! The anchors of an original in its translations, so that a reader who changes the language stays at the section.

use fika_model::{EntryId, Heading};
use memchr::memmem;

use crate::escape::escape;
use crate::stage::Stage;

/// A body with the original's id at each of its headings, besides its own; where the two are not made of the same headings, as it is.
pub(crate) fn shared(stage: &Stage, id: EntryId, html: String) -> String {
    let Some(original) = stage.site.shared_headings(id) else { return html };
    let own = &stage.entry(id).card.headings;
    let mut out = String::with_capacity(html.len() + own.len() * 32);
    let mut rest = html.as_str();
    for (own, original) in own.iter().zip(original) {
        let Some(end) = opening_tag(rest, own) else { break };
        out.push_str(&rest[..end]);
        rest = &rest[end..];
        let is_known = |heading: &Heading| heading.id == original.id;
        if !stage.entry(id).card.headings.iter().any(is_known) {
            out.push_str(&format!("<span id=\"{}\"></span>", escape(&original.id)));
        }
    }
    out.push_str(rest);
    out
}

/// Where the opening tag of a heading ends.
fn opening_tag(html: &str, heading: &Heading) -> Option<usize> {
    let tag = format!("<h{} id=\"{}\"", heading.level, escape(&heading.id));
    let start = memmem::find(html.as_bytes(), tag.as_bytes())?;
    Some(start + html[start..].find('>')? + 1)
}
