//! `derive:` of a language: whose essays, converted into its script, are its own.

use std::sync::Arc;

use fika_i18n::{Converter, Variant, scheme};
use fika_model::{
    Config, Derive, Lang, Language, Localized, PhraseList, Span, TermName, TermNames, term_slug,
};

use super::unknown;
use crate::node::{Entry, Reader, Value};

/// What one language wants, before it is known which languages there are.
pub(super) struct Wanted {
    /// The language that wants it.
    lang: Lang,
    from: Arc<str>,
    /// Where `from` stands.
    span: Span,
    variant: Option<Variant>,
    phrases: PhraseList,
}

const KEYS: &[&str] = &["from", "variant", "phrases"];
const EXAMPLE: &str = "derive: {from: zh-Hans, variant: tw}";

impl Wanted {
    /// `derive: zh-Hans`, or a map of `from`, `variant` and `phrases`; `derive: false` is nothing.
    pub(super) fn read(reader: &mut Reader<'_>, entry: &Entry<'_>, lang: &Lang) -> Option<Wanted> {
        let mut wanted = Wanted {
            lang: lang.clone(),
            from: Arc::default(),
            span: entry.node.span,
            variant: None,
            phrases: Vec::new(),
        };
        match &entry.node.value {
            Value::Map(entries) => {
                for entry in entries {
                    match &*entry.key {
                        "from" => {
                            wanted.from = reader.text(entry)?;
                            wanted.span = entry.node.span;
                        }
                        "variant" => {
                            let known = ["opencc", "tw", "hk"];
                            let known = known.map(|name| (name, Variant::named(name)));
                            wanted.variant = reader.one_of(entry, &known).flatten();
                        }
                        "phrases" => wanted.phrases = phrases(reader, entry),
                        _ => unknown(reader, entry, KEYS, &[]),
                    }
                }
            }
            _ if entry.node.is_blank() || crate::node::truth(&entry.node) == Some(false) => return None,
            _ => wanted.from = reader.text(entry)?,
        }
        if wanted.from.trim().is_empty() {
            let message = format!("it is not said what `{lang}` is made of");
            reader.report("wrong-value", wanted.span, message, EXAMPLE);
            return None;
        }
        Some(wanted)
    }

    /// Gives the language what it wants, if it can be made of one of those that are written.
    fn settle(self, reader: &mut Reader<'_>, languages: &mut [Language], written: &[Language]) {
        let lang = &self.lang;
        let mut refuse = |message: String, help: &str| reader.report("derive", self.span, message, help);
        let tag = self.from.trim();
        let Some(from) = Language::find(written, tag).map(|language| language.lang.clone()) else {
            if let Some(other) = Language::find(languages, tag) {
                let message =
                    format!("`{lang}` cannot be made of `{}`, which is converted itself", other.lang);
                return refuse(message, "name the language in which the essays are written");
            }
            reader.language(written, tag, self.span);
            return;
        };
        let Some(scheme) = scheme(&from, lang, self.variant) else {
            let message = format!("there is no way to convert `{from}` into `{lang}`");
            return refuse(
                message,
                "Chinese can be converted from zh-Hans to zh-Hant, zh-Hant-TW or zh-Hant-HK, and back",
            );
        };
        let derive = Derive { from, scheme, phrases: self.phrases };
        if let Some(language) = languages.iter_mut().find(|language| language.lang == self.lang) {
            language.derive = Some(derive);
        }
    }
}

/// Gives languages what they want.
pub(super) fn settle(all: Vec<Wanted>, reader: &mut Reader<'_>, languages: &mut [Language]) {
    let is_written = |language: &&Language| all.iter().all(|wanted| wanted.lang != language.lang);
    let written: Vec<Language> = languages.iter().filter(is_written).cloned().collect();
    for wanted in all {
        wanted.settle(reader, languages, &written);
    }
}

/// What a language that is made of another does not say itself, it says in the other's words, converted.
pub(super) fn convert_words(config: &mut Config) {
    for at in 0..config.languages.len() {
        let Some(derive) = config.languages[at].derive.clone() else { continue };
        let Some(from) = config.language(&derive.from).cloned() else { continue };
        let lang = config.languages[at].lang.clone();
        let words = [Some(&from.title), Some(&from.tagline), Some(&from.description), from.author.as_ref()];
        let menu = config.menu.iter().map(|item| item.name.get(&from.lang));
        let people =
            config.authors.iter().flat_map(|one| [one.name.get(&from.lang), one.bio.get(&from.lang)]);
        let terms = config.taxonomies.iter().flat_map(|taxonomy| {
            let names = taxonomy.terms.iter().filter_map(|term| Some(&term.name_in(&from.lang)?.name));
            names.chain(taxonomy.title.get(&from.lang)).map(Some)
        });
        let words = words.into_iter().chain(menu).chain(people).chain(terms);
        let all: String = words.flatten().map(|text| &**text).collect();
        let converter = Converter::covering(derive.scheme, &all);
        let own = derive.site_phrases();
        let text = |text: &str| -> Arc<str> { converter.text(text, &own).into() };
        let convert = |said: &mut Localized<Arc<str>>, how: &dyn Fn(&str) -> Arc<str>| {
            if !said.iter().any(|(known, _)| known == Some(&lang))
                && let Some(words) = said.get(&from.lang)
            {
                let words = how(words);
                *said = std::mem::take(said).with(lang.clone(), words);
            }
        };
        for item in &mut config.menu {
            convert(&mut item.name, &text);
        }
        for author in &mut config.authors {
            convert(&mut author.name, &|name| converter.name(name, &own).into());
            convert(&mut author.bio, &text);
        }
        for taxonomy in &mut config.taxonomies {
            convert(&mut taxonomy.title, &text);
            taxonomy.terms.iter_mut().for_each(|term| convert_term(term, &from.lang, &lang, &text));
        }
        let language = &mut config.languages[at];
        // What is said for all languages is said in that one too.
        for (own, given) in [
            (&mut language.title, &from.title),
            (&mut language.tagline, &from.tagline),
            (&mut language.description, &from.description),
        ] {
            if own.is_empty() || own == given {
                *own = text(given);
            }
        }
        if language.author.is_none() || language.author == from.author {
            language.author = from.author.as_deref().map(|name| converter.name(name, &own).into());
        }
    }
}

/// A term that has a name in one language gets the converted one in another, at the address of that name, or at its own if it has one.
fn convert_term(term: &mut TermNames, from: &Lang, to: &Lang, text: &dyn Fn(&str) -> Arc<str>) {
    let Some(known) = term.name_in(from).filter(|_| term.name_in(to).is_none()) else { return };
    let name = text(&known.name);
    let written: Arc<str> = term_slug(&name).into();
    let slug = if known.slug == known.written { written.clone() } else { known.slug.clone() };
    term.names.push((to.clone(), TermName { name, written, slug }));
}

/// `phrases:`, a map of texts.
pub(crate) fn phrases(reader: &mut Reader<'_>, entry: &Entry<'_>) -> PhraseList {
    if !matches!(entry.node.value, Value::Map(_)) && !entry.node.is_blank() {
        reader.wrong(entry, "a map of phrases", "phrases: {发面: 發麵}");
    }
    let entries = entry.node.entries().iter();
    entries.filter_map(|entry| Some((Arc::from(&*entry.key), reader.text(entry)?))).collect()
}
