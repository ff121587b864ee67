//! Links.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use fika_model::{Hole, HoleKind, is_external};
use pulldown_cmark::LinkType;

use super::{Frame, Renderer};
use crate::{escape, kept};

/// A wikilink with a bar, behind which words may stand or not.
pub(super) struct Wiki {
    name: Box<str>,
    /// Where its words begin in the text, and how many holes there are before them.
    text: usize,
    holes: usize,
}

impl Renderer<'_> {
    /// The start of a link. Links to other sites are written as they are; every other address is a hole.
    pub(super) fn start_link(&mut self, kind: LinkType, dest: &str, title: &str, range: &Range<usize>) {
        self.inline.links += 1;
        let dest = self.source.destination(dest, range).into_owned();
        self.wide_picture(&dest, range);
        // Of an address nothing is lost with the link.
        if !matches!(kind, LinkType::Email | LinkType::Autolink) {
            self.ids.link.get_or_insert_with(|| range.clone());
        }
        match kind {
            LinkType::Email => self.address_link(&format!("mailto:{dest}")),
            LinkType::WikiLink { .. } => {
                self.html.push_str("<a href=\"");
                let dest: Arc<str> = wiki_name(&dest).into();
                self.out.links.push(dest.clone());
                self.hole(range, HoleKind::WikiLink { dest });
                self.html.push('"');
            }
            _ if is_script(dest.trim_start()) => return self.no_link(range),
            LinkType::Autolink if is_external(&dest) => self.address_link(&dest),
            _ if is_external(&dest) => {
                self.link_to(&dest);
                self.keep_address(&dest, range);
            }
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
                self.keep_address(&dest, range);
            }
        }
        if !title.is_empty() {
            self.html.push_str(" title=\"");
            let title = self.source.restored(title, range);
            // An attribute cannot say which part of it is kept; a reader does not see the marks.
            let title = if self.settings.keeps { kept::plain(&title) } else { Cow::Borrowed(&*title) };
            escape::attribute(&mut self.html, &title);
            self.html.push('"');
        }
        self.html.push('>');
        if kind == (LinkType::WikiLink { has_pothole: true }) {
            let name = wiki_name(&dest).into();
            self.inline.wiki = Some(Wiki { name, text: self.text.len(), holes: self.holes.len() });
        }
    }

    /// A button of another program, as in what was copied from a WeChat article, `[name](javascript:void(0);)`: the text alone.
    fn no_link(&mut self, range: &Range<usize>) {
        self.warn(
            "script-link",
            range,
            "a link runs a script instead of leading somewhere, so only its text is shown",
            "give it the address of a page, or leave the brackets out",
        );
        if let Some(frame) = self.frames.last_mut() {
            frame.closer = Some("");
        }
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

    /// The same where the words of the link are the address, which is converted to no other script.
    pub(super) fn address_link(&mut self, address: &str) {
        self.link_to(address);
        if self.settings.keeps && !address.is_ascii() {
            self.html.push_str(" translate=\"no\"");
        }
    }

    /// Keeps the words of a link from being converted that are its address.
    fn keep_address(&mut self, dest: &str, link: &Range<usize>) {
        if !self.settings.keeps {
            return;
        }
        let source = self.source;
        let written = source.as_written(&source.text[link.clone()], link);
        let words = written.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        if words.is_some_and(|(words, _)| is_address(words.trim(), dest)) {
            self.html.push_str(" translate=\"no\"");
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

    pub(super) fn end_link(&mut self, frame: &Frame, range: &Range<usize>) {
        self.inline.links = self.inline.links.saturating_sub(1);
        if let Some(Wiki { name, text, holes }) = self.inline.wiki.take()
            && self.text.get(text..).is_some_and(|words| words.trim().is_empty())
            && self.holes.len() == holes
        {
            self.plain(&name);
        }
        if frame.closer.is_none() && self.is_wordless(frame) {
            self.warn(
                "empty-link",
                range,
                "a link has no words, so nobody sees it",
                "write them between the brackets: `[words](address)`",
            );
        }
        self.html.push_str(frame.closer.unwrap_or("</a>"));
    }

    /// Whether nothing stands in a link.
    fn is_wordless(&self, frame: &Frame) -> bool {
        let link = &self.html[frame.html..];
        let inside = link.find('>').map_or("", |end| &link[end + 1..]);
        let is_shown = |hole: &Hole| !matches!(hole.kind, HoleKind::Link { .. } | HoleKind::WikiLink { .. });
        inside.trim().is_empty() && !self.holes[frame.holes..].iter().any(is_shown)
    }
}

/// Whether words are an address as a reader may see it: without its scheme, and with its characters for their codes. A word that is the
/// name of a folder is a word.
fn is_address(words: &str, dest: &str) -> bool {
    let whole = |address: &str| {
        let mut whole = String::new();
        escape::href(&mut whole, address);
        let schemes = ["https://", "http://", "mailto:"];
        let bare = schemes.into_iter().find_map(|scheme| whole.strip_prefix(scheme)).unwrap_or(&whole);
        bare.trim_end_matches('/').to_owned()
    };
    !words.is_ascii() && words.contains(['.', '/', '@']) && whole(words) == whole(dest)
}

/// What a wikilink names. In a table there is a backslash before its bar.
pub(super) fn wiki_name(dest: &str) -> &str {
    let dest = dest.trim();
    dest.strip_suffix('\\').unwrap_or(dest)
}

/// Whether an address is a program or a document of its own, not a place: `javascript:`, `vbscript:`, `data:` but for pictures. As
/// browsers read it (WHATWG URL, 4.4): capitals, tabs and line ends within the scheme do not count.
fn is_script(dest: &str) -> bool {
    // Nearly every address leaves here.
    if !dest.starts_with(|c: char| matches!(c.to_ascii_lowercase(), 'j' | 'v' | 'd') || c.is_ascii_control())
    {
        return false;
    }
    let seen =
        dest.chars().filter(|c| !c.is_ascii_control()).take(16).collect::<String>().to_ascii_lowercase();
    let data = seen.strip_prefix("data:").is_some_and(|kind| !kind.starts_with("image/"));
    data || seen.starts_with("javascript:") || seen.starts_with("vbscript:")
}
