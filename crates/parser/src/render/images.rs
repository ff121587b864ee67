//! Pictures.

use std::ops::Range;

use fika_model::{HoleKind, Image};
use pulldown_cmark::{Event, LinkType};

use super::Renderer;
use super::links::wiki_name;
use crate::chars::joins;
use crate::kept;
use crate::source::{Piece, sized};

impl Renderer<'_> {
    /// A picture, with everything up to its end.
    pub(super) fn image<'e>(
        &mut self,
        events: &mut impl Iterator<Item = (Event<'e>, Range<usize>)>,
        kind: LinkType,
        dest: &str,
        title: &str,
        range: &Range<usize>,
    ) {
        let mut alt = self.description(events);
        // `![[a.png]]` repeats its address as its text, which describes nothing.
        let mut width = match kind {
            LinkType::WikiLink { has_pothole: false } => None,
            LinkType::WikiLink { .. } => described(&mut alt),
            // Nobody describes a picture with a number, but one may be in a description.
            _ if alt.contains('|') => described(&mut alt),
            _ => None,
        };
        if kind == (LinkType::WikiLink { has_pothole: false }) {
            alt.clear();
        }
        self.settle_break(None);
        let src = self.source.destination(dest, range);
        let src =
            if matches!(kind, LinkType::WikiLink { .. }) { wiki_name(&src) } else { src.trim() }.to_owned();
        let src = match sized(&src) {
            Some((address, size)) => {
                width = size.parse().ok().filter(|width| *width > 0).or(width);
                address.to_owned()
            }
            None => src,
        };
        let mut title = self.source.restored(title, range).into_owned();
        let mut noted = Vec::new();
        if self.settings.keeps {
            for text in [&mut alt, &mut title] {
                if let Some(plain) = kept::taken(text, &mut noted) {
                    *text = plain.to_string();
                }
            }
        }
        let title = Some(title).filter(|title| !title.is_empty());
        for part in [src.as_str(), alt.as_str(), title.as_deref().unwrap_or_default()] {
            self.unseen.push_str(part);
            self.unseen.push('\n');
        }
        if alt.trim().is_empty() {
            let span = self.span(range);
            self.out.undescribed.get_or_insert((0, span)).0 += 1;
        }
        let first = !std::mem::replace(&mut self.inline.pictured, true);
        self.hole(
            range,
            HoleKind::Image(Image { src: src.into(), alt, title, width, kept: noted, figure: false, first }),
        );
    }

    /// What stands between the brackets of a picture as text, up to its end.
    fn description<'e>(&self, events: &mut impl Iterator<Item = (Event<'e>, Range<usize>)>) -> String {
        let mut alt = String::new();
        let mut depth = 0;
        let mut broken = false;
        for (event, place) in events.by_ref() {
            let text = match event {
                Event::Start(_) => {
                    depth += 1;
                    continue;
                }
                Event::End(_) if depth == 0 => break,
                Event::End(_) => {
                    depth -= 1;
                    continue;
                }
                Event::SoftBreak | Event::HardBreak => {
                    broken = true;
                    continue;
                }
                Event::Text(text)
                | Event::Code(text)
                | Event::InlineHtml(text)
                | Event::InlineMath(text)
                | Event::DisplayMath(text) => text,
                _ => continue,
            };
            let text: String = self.source.pieces(&text, &place).into_iter().map(Piece::into_text).collect();
            let solid = || Some(joins(alt.chars().next_back()?, text.chars().next()?));
            if std::mem::take(&mut broken) && !solid().unwrap_or(true) {
                alt.push(' ');
            }
            if self.settings.keeps && self.is_escaped_mark(&text, &place) {
                alt.push('\\');
            }
            alt.push_str(&text);
        }
        alt
    }
}

/// The width of a picture, with which a description may end or which may be all of it, taken out of it.
fn described(alt: &mut String) -> Option<u32> {
    let bar = alt.rfind('|');
    let width = width(&alt[bar.map_or(0, |bar| bar + 1)..])?;
    alt.truncate(bar.unwrap_or(0));
    Some(width)
}

/// The width that stands in the place of a description, as Obsidian reads it: `300`, or `300x200`, whose height follows from the picture.
fn width(words: &str) -> Option<u32> {
    let (width, height) = words.trim().split_once(['x', '×']).unwrap_or((words.trim(), "1"));
    let is_number =
        |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| width.parse().ok()).flatten().filter(|width| *width > 0)
}
