//! What a template may ask, and the fingerprint of the answer. A page depends on its answers: the builder renders it again
//! when one of them has changed.

use std::sync::{Arc, PoisonError};

use fika_model::{EntryId, Fingerprint, Lang, Missing, Route};
use serde::{Deserialize, Serialize};

use crate::prints::Parts;
use crate::stage::Stage;

/// A question a template asked, and by which its page depends on the answer. Paths are kept as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Query {
    /// Where do links lead? One question for all links of a body.
    Addresses,
    /// What does the configuration say?
    Config,
    /// What time is it? To the day, unless `precise`.
    Now {
        /// To the second.
        precise: bool,
    },
    /// `get_page`, and `get_section` with its pages.
    Page {
        /// The path.
        path: String,
        /// The language.
        lang: Lang,
    },
    /// `get_section(metadata_only=true)`.
    Metadata {
        /// The path.
        path: String,
        /// The language.
        lang: Lang,
    },
    /// The essay or section with this source, seen by a component of its own body.
    Entry {
        /// The path of its source.
        source: Arc<str>,
        /// The language in whose part of the site it is seen.
        lang: Lang,
    },
    /// A component used in a body.
    Component {
        /// Its name.
        name: Arc<str>,
    },
    /// An id of a page that is not in its text, but may be in its template.
    Anchor {
        /// The address of the page.
        route: Route,
        /// The id.
        id: String,
    },
    /// `get_taxonomy`, with all terms and their pages.
    Taxonomy {
        /// The taxonomy.
        kind: String,
        /// The language.
        lang: Lang,
    },
    /// `get_taxonomy_term`, with its pages.
    Term {
        /// The taxonomy.
        kind: String,
        /// The term.
        term: String,
        /// The language.
        lang: Lang,
    },
    /// `get_taxonomy_url`.
    TermUrl {
        /// The taxonomy.
        kind: String,
        /// The term.
        term: String,
        /// The language.
        lang: Lang,
    },
    /// `get_url`.
    Url {
        /// The path.
        path: String,
        /// The language.
        lang: Lang,
        /// Whether the address holds the content's fingerprint.
        cachebust: bool,
    },
    /// `load_data`.
    Data {
        /// The path.
        path: String,
    },
    /// A picture's size, and whether it is one.
    Image {
        /// The path.
        path: String,
    },
    /// A file's content.
    File {
        /// The path.
        path: String,
    },
    /// Interface strings that their language has.
    Messages {
        /// The language.
        lang: Lang,
        /// The keys, sorted, a line each.
        keys: Arc<str>,
    },
    /// An interface string that its language may lack.
    Message {
        /// The language.
        lang: Lang,
        /// The key.
        key: String,
    },
}

impl Stage {
    /// The fingerprint of the answer to a question, as of this build.
    pub(crate) fn answer(self: &Arc<Stage>, query: &Query) -> Fingerprint {
        let known = self.answers.read().unwrap_or_else(PoisonError::into_inner).get(query).copied();
        known.unwrap_or_else(|| {
            // Not under the lock: an answer may need others. Two threads may find the same answer twice.
            let answer = self.find_answer(query);
            self.answers.write().unwrap_or_else(PoisonError::into_inner).insert(query.clone(), answer);
            answer
        })
    }

    fn find_answer(self: &Arc<Stage>, query: &Query) -> Fingerprint {
        let mut parts = Parts::new();
        match query {
            Query::Addresses => {
                parts.add(self.site.addresses).add(self.site.config.base_url.to_string());
            }
            Query::Config => {
                parts.add(self.site.config.fingerprint).add(self.site.config.base_url.to_string());
            }
            Query::Now { precise } => {
                parts.add(self.now(*precise).to_string());
            }
            Query::Page { path, lang } => {
                self.add_found(&mut parts, self.find_entry(path, lang), Stage::whole_print);
            }
            Query::Metadata { path, lang } => {
                self.add_found(&mut parts, self.find_entry(path, lang), Stage::metadata_print);
            }
            Query::Entry { source, lang } => {
                let own = self.site.index.source.get(source).copied();
                let seen = own.and_then(|own| self.site.version(own, lang));
                self.add_entry(&mut parts, seen, Stage::whole_print);
            }
            Query::Component { name } => {
                parts.add_opt(self.theme.components.get(&**name).map(|known| known.fingerprint));
                // What is advised where there is none depends on which others there are.
                let is_known = self.theme.components.contains_key(&**name);
                parts.add_opt((!is_known).then(|| crate::holes::no_component(&self.theme, name)));
            }
            Query::Anchor { route, id } => {
                parts.add_u64(u64::from(self.theme_writes(route, id)));
            }
            Query::Taxonomy { kind, lang } => self.add_terms(&mut parts, kind, None, lang),
            Query::Term { kind, term, lang } => self.add_terms(&mut parts, kind, Some(term), lang),
            Query::TermUrl { kind, term, lang } => {
                parts.add_opt(self.term_url(kind, term, lang));
            }
            Query::Url { path, lang, cachebust } => match self.url(path, lang, *cachebust) {
                Ok(url) => {
                    // A page in another language is told.
                    parts.add_u64(1).add(url.address).add_opt(url.lang.as_ref().map(Lang::as_str));
                }
                // What is suggested in its place is part of the message, and so of the answer.
                Err(missing) => {
                    parts.add_u64(0).add(missing.url).add(format!("{:?}", missing.why));
                }
            },
            Query::Data { path } | Query::File { path } => {
                let found = self.file(path);
                parts
                    .add_opt(found.as_ref().map(|found| &found.path))
                    .add_opt(found.and_then(|found| found.fingerprint));
            }
            Query::Image { path } => self.add_image(&mut parts, path),
            Query::Messages { lang, keys } => {
                for key in keys.lines() {
                    parts.add_u64(self.theme.catalogues.fingerprint(lang, key));
                }
            }
            Query::Message { lang, key } => {
                parts.add_u64(self.theme.catalogues.fingerprint(lang, key));
            }
        }
        parts.finish()
    }

    /// A term with its pages, or all terms of a taxonomy.
    fn add_terms(self: &Arc<Stage>, parts: &mut Parts, kind: &str, term: Option<&String>, lang: &Lang) {
        parts.add(self.site.config.fingerprint).add(self.site.config.base_url.to_string());
        match term {
            None => {
                if let Some(id) = self.site.find_taxonomy(kind, lang) {
                    self.add_taxonomy(parts, id);
                }
            }
            Some(term) => {
                if let Some((taxonomy, at)) = self.find_term(kind, term, lang) {
                    self.add_term(parts, taxonomy, at);
                    self.add_items(parts, &self.site.taxonomy(taxonomy).terms[at as usize].entries);
                }
            }
        }
    }

    /// Whether there is a picture, and its size. Most paths are whole: then the file need not be read for a fingerprint.
    fn add_image(&self, parts: &mut Parts, path: &str) {
        let whole = self.resources.image_size(path);
        let found = if whole.is_some() { None } else { self.file(path) };
        let size = whole.or_else(|| self.resources.image_size(&found.as_ref()?.path));
        let (width, height) = size.unwrap_or_default();
        parts.add_u64(u64::from(size.is_some())).add_u64(u64::from(width)).add_u64(u64::from(height));
        parts.add_u64(u64::from(whole.is_some() || found.is_some()));
        parts.add_u64(self.resources.media(path) as u64);
    }

    /// An entry that was looked for, or what is suggested in its place.
    fn add_found(
        self: &Arc<Stage>,
        parts: &mut Parts,
        found: Result<EntryId, Missing>,
        print: fn(&Arc<Stage>, EntryId) -> Fingerprint,
    ) {
        if let Err(why) = &found {
            parts.add(format!("{why:?}"));
        }
        self.add_entry(parts, found.ok(), print);
    }

    fn add_entry(
        self: &Arc<Stage>,
        parts: &mut Parts,
        id: Option<EntryId>,
        print: fn(&Arc<Stage>, EntryId) -> Fingerprint,
    ) {
        // Addresses are whole in a value, so the configuration is part of it.
        parts.add(self.site.config.fingerprint).add(self.site.config.base_url.to_string());
        parts.add_opt(id.map(|id| print(self, id)));
    }
}
