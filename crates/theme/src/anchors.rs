//! The anchors of an original in its translations, so that a reader who changes the language stays at the section.

use std::fmt::Write as _;

use fika_model::{EntryId, Heading};
use memchr::memmem;

use crate::escape::escape;
use crate::stage::Stage;

/// A body with the original's id at each of its headings, besides its own; where the two are not made of the same headings, as it is.
pub(crate) fn shared(stage: &Stage, id: EntryId, html: String) -> String {
    let Some(original) = stage.site.shared_headings(id) else { return html };
    let own = &stage.entry(id).card.headings;
    let mut out = String::with_capacity(html.len() + own.len() * 32);
    let mut places = memmem::find_iter(html.as_bytes(), "<h");
    let (mut done, mut tag) = (0, String::new());
    for (heading, original) in own.iter().zip(original) {
        tag.clear();
        let _ = write!(tag, "<h{} id=\"{}\"", heading.level, escape(&heading.id));
        let start = places.find(|&at| html[at..].starts_with(&tag));
        let end = start.and_then(|start| Some(start + html[start..].find('>')? + 1));
        let Some(end) = end else { break };
        out.push_str(&html[done..end]);
        done = end;
        let is_known = |heading: &Heading| heading.id == original.id;
        if !own.iter().any(is_known) {
            let _ = write!(out, "<span id=\"{}\"></span>", escape(&original.id));
        }
    }
    out.push_str(&html[done..]);
    out
}
