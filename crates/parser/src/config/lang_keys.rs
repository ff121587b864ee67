//! The languages of a site, and what is said in each.

use std::sync::Arc;

use fika_model::{Diagnostic, Lang, Language, Localized, Span};

use super::derive;
use super::fallback::{self, ListingKeys, Wanted};
use super::{complete, unknown};
use crate::node::{Entry, Node, Reader, Value};

/// The keys about languages, which can only be put together when all are read.
#[derive(Default)]
pub(super) struct LanguageKeys {
    languages: Vec<Language>,
    /// `fallback:` of every language that has one.
    fallbacks: Vec<Wanted>,
    /// `listing:` of the site, and of every language that has one.
    listing: ListingKeys,
    listings: Vec<(Lang, ListingKeys)>,
    /// `derive:` of every language that has one.
    derived: Vec<derive::Wanted>,
    /// `default_language:`
    first: Option<Lang>,
    title: Localized<Arc<str>>,
    tagline: Localized<Arc<str>>,
    description: Localized<Arc<str>>,
    author: Option<Arc<str>>,
}

const KEYS: &[&str] =
    &["title", "tagline", "description", "name", "path", "author", "fallback", "listing", "derive"];

/// What other issues of fika or Zola's configuration say of a language.
const IDLE: &[&str] = &[
    "generate_feeds",
    "generate_feed",
    "feed_filenames",
    "feed_filename",
    "taxonomies",
    "build_search_index",
    "search",
    "translations",
];

impl LanguageKeys {
    /// Reads one key; false if it is not about languages.
    pub(super) fn read(&mut self, reader: &mut Reader<'_>, entry: &Entry<'_>) -> bool {
        match &*entry.key {
            "languages" => self.languages(reader, entry),
            "listing" => self.listing = ListingKeys::read(reader, entry),
            "default_language" => {
                self.first = reader.text(entry).and_then(|tag| parse(reader, &tag, entry.node.span));
            }
            "title" => self.title = localized(reader, entry),
            "tagline" => self.tagline = localized(reader, entry),
            "description" => self.description = localized(reader, entry),
            "author" => self.author = reader.text(entry),
            _ => return false,
        }
        true
    }

    /// The languages, the default first, with all that holds for every one of them filled in. Never empty. Where none is named,
    /// `guess` names them, given the default one if that is said.
    pub(super) fn finish(
        mut self,
        reader: &mut Reader<'_>,
        in_subdir: bool,
        guess: &dyn Fn(Option<&Lang>) -> Vec<Lang>,
    ) -> Vec<Language> {
        if self.languages.is_empty() {
            self.languages.extend(guess(self.first.as_ref()).into_iter().map(Language::new));
        }
        if let Some(first) = self.first.take() {
            match self.languages.iter().position(|language| language.lang == first) {
                Some(at) => self.languages[..=at].rotate_right(1),
                // As in Zola, where the table of languages leaves out the default.
                None => self.languages.insert(0, Language::new(first)),
            }
        }
        if self.languages.is_empty() {
            self.languages.extend(Lang::parse("en").ok().map(Language::new));
        }
        for language in &mut self.languages {
            for (own, all) in [
                (&mut language.title, &self.title),
                (&mut language.tagline, &self.tagline),
                (&mut language.description, &self.description),
            ] {
                if own.is_empty() {
                    *own = all.get(&language.lang).cloned().unwrap_or_default();
                }
            }
            language.author = language.author.take().or_else(|| self.author.clone());
        }
        complete(&mut self.languages, in_subdir);
        let fallbacks = std::mem::take(&mut self.fallbacks);
        let said: Vec<Lang> = fallbacks.iter().map(|wanted| wanted.lang().clone()).collect();
        for wanted in fallbacks {
            wanted.settle(reader, &mut self.languages);
        }
        derive::settle(std::mem::take(&mut self.derived), reader, &mut self.languages);
        fallback::take_over(&mut self.languages, &said);
        for language in &mut self.languages {
            let own = self.listings.iter().find(|(lang, _)| *lang == language.lang).map(|(_, keys)| *keys);
            language.listing = own.unwrap_or_default().settle(self.listing, &language.fallback);
        }
        self.check_paths(reader);
        self.languages
    }

    /// `languages:`: options by tag, in order, or a list of tags.
    fn languages(&mut self, reader: &mut Reader<'_>, entry: &Entry<'_>) {
        match &entry.node.value {
            Value::Map(entries) => {
                entries.iter().for_each(|entry| self.add(reader, &entry.key, entry.key_span, &entry.node));
            }
            Value::Seq(items) => {
                for item in items {
                    match item.text() {
                        Some(tag) => self.add(reader, tag.trim(), item.span, &Node::null(0)),
                        None => reader.report(
                            "wrong-value",
                            item.span,
                            "a language should be a tag".to_owned(),
                            "languages: [zh, en]",
                        ),
                    }
                }
            }
            _ if entry.node.is_blank() => {}
            _ => match entry.node.text() {
                Some(tag) => self.add(reader, tag.trim(), entry.node.span, &Node::null(0)),
                None => reader.wrong(entry, "a map or a list", "languages: [zh, en]"),
            },
        }
    }

    fn add(&mut self, reader: &mut Reader<'_>, tag: &str, place: Span, options: &Node<'_>) {
        let Some(lang) = parse(reader, tag, place) else { return };
        if self.languages.iter().any(|language| language.lang == lang) {
            let message = format!("the language `{lang}` is given twice");
            reader.report("duplicate-key", place, message, "delete one of them");
            return;
        }
        let language = self.one(reader, Language::new(lang), options);
        self.languages.push(language);
    }

    /// What is said of one language. Whether the languages it falls back to or is made of are there is known once all are read.
    fn one(&mut self, reader: &mut Reader<'_>, mut language: Language, options: &Node<'_>) -> Language {
        if !matches!(options.value, Value::Map(_)) && !options.is_blank() {
            let message =
                format!("what is said of `{}` should be a map, and is {}", language.lang, options.kind());
            reader.report("wrong-value", options.span, message, "en: {title: My essays}");
        }
        for entry in options.entries() {
            match &*entry.key {
                "title" => language.title = reader.text(entry).unwrap_or_default(),
                "tagline" => language.tagline = reader.text(entry).unwrap_or_default(),
                "description" => language.description = reader.text(entry).unwrap_or_default(),
                "name" | "language_name" => language.name = reader.text(entry).unwrap_or_default(),
                "author" => language.author = reader.text(entry),
                "path" => language.path = path(reader, entry),
                "fallback" => self.fallbacks.extend(Wanted::read(reader, entry, &language.lang)),
                "derive" => self.derived.extend(derive::Wanted::read(reader, entry, &language.lang)),
                "listing" => {
                    self.listings.push((language.lang.clone(), ListingKeys::read(reader, entry)));
                }
                _ => unknown(reader, entry, KEYS, IDLE),
            }
        }
        language
    }

    /// Two languages at one path would write over each other.
    fn check_paths(&mut self, reader: &mut Reader<'_>) {
        for at in 1..self.languages.len() {
            let (before, rest) = self.languages.split_at_mut(at);
            let language = &mut rest[0];
            if before.iter().any(|other| other.path == language.path) {
                let message =
                    format!("the language `{}` has the path of another, `{}`", language.lang, language.path);
                language.path = language.lang.as_str().to_ascii_lowercase().into();
                let diagnostic = Diagnostic::error("wrong-value", reader.path, message);
                let diagnostic = diagnostic.help("give each language a `path` of its own");
                reader.diagnostics.push(diagnostic.about("languages", [language.lang.as_str()]));
            }
        }
    }
}

/// The path of a language, without slashes at its ends.
fn path(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Arc<str> {
    let text = reader.text(entry).unwrap_or_default();
    let path = text.trim_matches('/');
    if path.split('/').any(|part| matches!(part, "." | "..")) || path.contains(['?', '#', '\\', ':']) {
        reader.report(
            "wrong-value",
            entry.node.span,
            format!("`{text}` cannot be a path"),
            "it is the folder in the addresses of the language, such as `path: en`",
        );
        return Arc::default();
    }
    path.into()
}

/// One text for all languages, or texts by language.
pub(super) fn localized(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Localized<Arc<str>> {
    let Value::Map(entries) = &entry.node.value else {
        return reader.text(entry).map(Localized::every).unwrap_or_default();
    };
    let each: Vec<_> = entries
        .iter()
        .filter_map(|entry| {
            let lang = parse(reader, &entry.key, entry.key_span)?;
            Some((lang, reader.text(entry)?))
        })
        .collect();
    Localized::each(each)
}

/// A language tag; a wrong one is reported with the right one.
fn parse(reader: &mut Reader<'_>, tag: &str, place: Span) -> Option<Lang> {
    match Lang::parse(tag) {
        Ok(lang) => Some(lang),
        Err(error) => {
            let help = match &error.suggestion {
                Some(tag) => format!("did you mean `{tag}`?"),
                None => "write a tag of BCP 47 such as zh-Hans, zh-Hant, en or pt-BR".to_owned(),
            };
            reader.report("wrong-value", place, format!("`{tag}` is not a language tag"), &help);
            // What was probably meant serves the rest of this run.
            error.suggestion.and_then(|tag| Lang::parse(&tag).ok())
        }
    }
}
