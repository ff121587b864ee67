//! What the catalogues hold, for whoever checks them.

use std::ops::Range;
use std::sync::Arc;

use super::{Catalogues, Found, place};
use crate::Lang;

/// A message as the catalogues define it. One that a layer above defines too is not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition<'a> {
    /// `message-id`, or `message-id.attribute`.
    pub key: &'a str,
    /// The language of the catalogue.
    pub lang: &'a Lang,
    /// The layer of the catalogue; 0 is the site's own.
    pub layer: usize,
    /// The file's name in diagnostics.
    pub origin: &'a Arc<str>,
    /// The file's text.
    pub text: &'a Arc<str>,
    /// The bytes of `text` at which the name of the message stands.
    pub span: Range<usize>,
    /// The names of its arguments, and of those of all it refers to; sorted.
    pub arguments: &'a [Box<str>],
}

impl Catalogues {
    /// All definitions that somebody wrote, sorted by key, then by language.
    pub fn definitions(&self) -> Vec<Definition<'_>> {
        let mut found = Vec::new();
        for tongue in &self.tongues {
            let written = |found: &Found| !self.files[found.at.file].source.converted;
            let own = tongue.messages.iter().filter(|(_, found)| found.lang == tongue.lang && written(found));
            found.extend(own.map(|(key, message)| {
                let file = &self.files[message.at.file];
                Definition {
                    key,
                    lang: &tongue.lang,
                    layer: file.layer,
                    origin: &file.source.origin,
                    text: &file.source.text,
                    span: file.place_of(message.at.entry),
                    arguments: &message.arguments,
                }
            }));
        }
        found.sort_by(|a, b| (a.key, a.lang).cmp(&(b.key, b.lang)));
        found
    }

    /// The catalogue whose strings a reader of a language is shown first where his own has none.
    pub fn nearest(&self, lang: &Lang) -> Option<&Lang> {
        let at = self.nearest_two(lang).into_iter().flatten().next()?;
        Some(&self.tongues[at].lang)
    }

    /// Where a message is looked for that a language lacks: see the module.
    pub(super) fn nearest_two(&self, lang: &Lang) -> [Option<usize>; 2] {
        let readable = self.default.as_ref().is_some_and(|default| lang.shares_writing(default));
        if readable { [self.default_at, self.english] } else { [self.english, self.default_at] }
    }

    /// Whether a language, or one of its parents, has a catalogue at all.
    pub fn has(&self, lang: &Lang) -> bool {
        place(&self.tongues, lang).is_some()
    }
}
