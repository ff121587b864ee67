//! Links.

use std::ops::Range;
use std::sync::Arc;

use fika_model::{HoleKind, is_external};
use pulldown_cmark::LinkType;

use super::Renderer;
use crate::escape;

impl Renderer<'_> {
    /// The start of a link. Links to other sites are written as they are; every other address is a hole.
    pub(super) fn start_link(&mut self, kind: LinkType, dest: &str, title: &str, range: &Range<usize>) {
        self.inline.links += 1;
        let dest = self.source.destination(dest, range).into_owned();
        match kind {
            LinkType::Email => self.link_to(&format!("mailto:{dest}")),
            LinkType::WikiLink { .. } => {
                self.html.push_str("<a href=\"");
                let dest: Arc<str> = dest.trim().into();
                self.out.links.push(dest.clone());
                self.hole(range, HoleKind::WikiLink { dest });
                self.html.push('"');
            }
            _ if is_external(&dest) => self.link_to(&dest),
            _ if dest.is_empty() => {
                self.warn(
                    "empty-link",
                    range,
                    "a link leads nowhere",
                    "write an address between the parentheses, or leave the brackets out",
                );
                self.html.push_str("<a");
            }
            _ => {
                self.html.push_str("<a href=\"");
                self.local_link(&dest, range);
                self.html.push('"');
            }
        }
        if !title.is_empty() {
            self.html.push_str(" title=\"");
            let title = self.source.restored(title, range);
            escape::attribute(&mut self.html, &title);
            self.html.push('"');
        }
        self.html.push('>');
    }

    /// Writes the tag of a link to another site, up to its title.
    pub(super) fn link_to(&mut self, address: &str) {
        self.html.push_str("<a href=\"");
        escape::href(&mut self.html, address);
        self.html.push('"');
        if self.settings.markdown.external_links_target_blank && !address.starts_with("mailto:") {
            self.html.push_str(" target=\"_blank\" rel=\"noopener\"");
        }
    }

    /// A hole for an address within the site.
    pub(super) fn local_link(&mut self, dest: &str, range: &Range<usize>) {
        let dest: Arc<str> = dest.into();
        if !dest.starts_with('#') {
            self.out.links.push(dest.clone());
        }
        self.hole(range, HoleKind::Link { dest });
    }

    pub(super) fn end_link(&mut self) {
        self.inline.links = self.inline.links.saturating_sub(1);
        self.html.push_str("</a>");
    }
}
