//! Interface strings: Fluent catalogues in layers (site, theme, built in), by language, with fallback.
//!
//! A message is looked for in the catalogues of the language and its parents (`zh-Hant-HK`, `zh-Hant`, `zh`). Where none of them
//! has it, the reader gets what he is likelier to read: the site's default language first if both are written in one script
//! (Low German on a German site), else English first (French on a Chinese site), and then the other of the two.
//! Within one tag the first layer that has the key wins; a more special tag wins over every layer of its parents, for a
//! theme's `zh-Hant` suits a reader better than a site's `zh`.
//!
//! All work is done by [`Catalogues::new`]: a message that takes no argument is a plain text from then on, and reading
//! one takes no lock. `message-id.attribute` is a key of its own.

mod file;
mod inspect;
mod references;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::hash::Hasher as _;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::{ResolverError, errors::ReferenceKind};
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern};
use rapidhash::RapidHashMap;
use unic_langid::LanguageIdentifier;

use crate::Lang;
use crate::fnv::Fnv;
use crate::numbers;
use crate::plurals::Plurals;

use self::file::{Parsed, clash, named, parts};
use self::references::{Kind, Reference, References};

pub use self::file::{CatalogueFault, CatalogueSource};
pub use self::inspect::Definition;

/// An argument of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Text, put in as it is.
    Str(String),
    /// A number, which plural variants can choose by.
    Num(f64),
}

/// An interface string, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The text; the key, where no language has the message.
    pub text: String,
    /// The language of the catalogue it was found in; none where no language has it.
    pub found: Option<Lang>,
    /// What is wrong with it, such as an argument that was not given: sentences without a full stop.
    pub faults: Vec<String>,
}

/// All interface strings of a site. Immutable, and shared by all threads.
pub struct Catalogues {
    files: Vec<Parsed>,
    tongues: Vec<Tongue>,
    /// The site's default language.
    default: Option<Lang>,
    /// Its place in `tongues`.
    default_at: Option<usize>,
    /// The place of English.
    english: Option<usize>,
}

/// The messages of one tag, those of its parents included.
struct Tongue {
    lang: Lang,
    bundle: FluentBundle<Arc<FluentResource>>,
    messages: RapidHashMap<Box<str>, Found>,
    /// Where Fluent's own rules for plurals are wrong.
    plurals: Option<Plurals>,
}

/// A message as one tag sees it.
struct Found {
    lang: Lang,
    fingerprint: u64,
    /// The names of its arguments and of those of all it refers to, sorted.
    arguments: Vec<Box<str>>,
    at: At,
    text: Text,
}

enum Text {
    /// No argument changes it.
    Plain(Box<str>),
    /// To be formatted at every use.
    Pattern,
}

/// The place of a pattern: file, entry of the file, attribute of the entry or none for its value.
#[derive(Clone, Copy)]
struct At {
    file: usize,
    entry: usize,
    attribute: Option<usize>,
}

impl Catalogues {
    /// Reads layers of catalogues. The first layer wins, key by key. `languages` are the site's, the default first: each writes
    /// numbers in its own way, even where its strings are those of a parent. Faults are sorted by file and place.
    pub fn new(layers: Vec<Vec<CatalogueSource>>, languages: &[Lang]) -> (Catalogues, Vec<CatalogueFault>) {
        let mut faults = Vec::new();
        let sources = layers.into_iter().zip(0..);
        let sources = sources.flat_map(|(layer, at)| layer.into_iter().map(move |source| (source, at)));
        let parsed: Vec<Parsed> =
            sources.map(|(source, layer)| Parsed::new(source, layer, &mut faults)).collect();
        let mut langs: Vec<&Lang> = parsed.iter().map(|parsed| &parsed.source.lang).collect();
        langs.extend(languages);
        langs.sort_unstable();
        langs.dedup();
        let mut tongues: Vec<Tongue> =
            langs.into_iter().map(|lang| Tongue::new(lang, &parsed, &mut faults)).collect();
        tongues.retain(|tongue| !tongue.messages.is_empty());
        // A parent's fault is seen again from every tag below it.
        faults.sort_by(|a, b| {
            (&a.origin, a.span.start, &a.message).cmp(&(&b.origin, b.span.start, &b.message))
        });
        faults.dedup();
        let written = |fault: &CatalogueFault| {
            let mut converted = parsed.iter().map(|file| &file.source).filter(|source| source.converted);
            !converted.any(|source| Arc::ptr_eq(&source.text, &fault.text))
        };
        faults.retain(written);

        let english = Lang::parse("en").ok();
        let default = languages.first().or(english.as_ref()).cloned();
        let place = |lang: &Option<Lang>| lang.as_ref().and_then(|lang| place(&tongues, lang));
        let (default_at, english) = (place(&default), place(&english));
        (Catalogues { files: parsed, default, default_at, english, tongues }, faults)
    }

    /// A message in a language, or in the nearest that has it.
    pub fn message(&self, lang: &Lang, key: &str, args: &[(&str, Arg)]) -> Message {
        let Some((tongue, found)) = self.find(lang, key) else {
            return Message { text: key.to_owned(), found: None, faults: Vec::new() };
        };
        let (text, faults) = match &found.text {
            Text::Plain(text) => (String::from(&**text), Vec::new()),
            Text::Pattern => match pattern_at(&self.files[found.at.file].resource, found.at) {
                Some(pattern) => format(tongue, key, pattern, args),
                None => (key.to_owned(), Vec::new()),
            },
        };
        Message { text, found: Some(found.lang.clone()), faults }
    }

    /// What a language or one of its parents says, where no argument changes that, or else the arguments that do.
    pub fn plain(&self, lang: &Lang, key: &str) -> Result<&str, &[Box<str>]> {
        let own = place(&self.tongues, lang).and_then(|at| self.tongues[at].messages.get(key));
        match own.map(|found| (&found.text, &found.arguments)) {
            Some((Text::Plain(text), _)) => Ok(text),
            Some((Text::Pattern, arguments)) => Err(arguments),
            None => Err(&[]),
        }
    }

    /// The fingerprint of what [`Catalogues::message`] would use: the message, every message and term it refers to, and the
    /// language. FNV-1a of their syntax trees: the same in every run and on every machine.
    pub fn fingerprint(&self, lang: &Lang, key: &str) -> u64 {
        match self.find(lang, key) {
            Some((_, found)) if self.has(lang) => found.fingerprint,
            // Whether the language has any string decides what is said of the one it lacks.
            Some((_, found)) => Fnv::default().add("mute").add(&found.fingerprint.to_string()).finish(),
            None => Fnv::default().add("missing").add(key).finish(),
        }
    }

    /// The keys that a language or one of its parents has, sorted; what would come from another language is not among them.
    pub fn keys(&self, lang: &Lang) -> Vec<&str> {
        let tongue = place(&self.tongues, lang).map(|at| &self.tongues[at]);
        let mut keys: Vec<&str> =
            tongue.map(|tongue| tongue.messages.keys().map(|key| &**key).collect()).unwrap_or_default();
        keys.sort_unstable();
        keys
    }

    fn find(&self, lang: &Lang, key: &str) -> Option<(&Tongue, &Found)> {
        let look = |at: Option<usize>| {
            let tongue = &self.tongues[at?];
            Some((tongue, tongue.messages.get(key)?))
        };
        look(place(&self.tongues, lang)).or_else(|| {
            let [first, second] = self.nearest_two(lang);
            look(first).or_else(|| look(second))
        })
    }
}

/// The most special tag of a language's chain that has messages.
fn place(tongues: &[Tongue], lang: &Lang) -> Option<usize> {
    chain(lang).find_map(|tag| tongues.iter().position(|tongue| tongue.lang.as_str() == tag))
}

/// The tags that a language's messages are looked for under: its chain, and before a bare `zh` the script that
/// a region is read in, for no cutting of `zh-TW` gives `zh-Hant`.
fn chain(lang: &Lang) -> impl Iterator<Item = &str> {
    let has_region = lang.language() == "zh" && lang.as_str().len() > 2 && lang.script().is_none();
    let script = if lang.writing() == "Hant" { "zh-Hant" } else { "zh-Hans" };
    lang.chain()
        .flat_map(move |tag| [Some(script).filter(|_| has_region && tag == "zh"), Some(tag)])
        .flatten()
}

fn pattern_at(resource: &FluentResource, at: At) -> Option<&Pattern<&str>> {
    let (value, attributes) = parts(resource.get_entry(at.entry)?)?;
    match at.attribute {
        None => value,
        Some(attribute) => attributes.get(attribute).map(|attribute| &attribute.value),
    }
}

/// What the names of one tag mean, as its bundle sees them: messages and terms share one space, the first wins.
type Names<'a> = RapidHashMap<&'a str, Name<'a>>;

/// What a name means, and the place of the file that says so.
#[derive(Clone, Copy)]
struct Name<'a> {
    kind: Kind,
    entry: &'a Entry<&'a str>,
    file: usize,
}

impl Tongue {
    fn new(lang: &Lang, parsed: &[Parsed], faults: &mut Vec<CatalogueFault>) -> Tongue {
        let id = identifier(lang);
        let plurals = Plurals::new(&id);
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(numbers::in_message));
        // Only fails for a function that is there already.
        let _ = bundle.add_builtins();
        let mut order = Vec::new();
        for tag in chain(lang) {
            order.extend((0..parsed.len()).filter(|&at| parsed[at].source.lang.as_str() == tag));
        }
        let mut names = Names::default();
        for &at in &order {
            // What another layer has already is no fault here: that is what layers are for.
            let _ = bundle.add_resource(parsed[at].resource.clone());
            for entry in parsed[at].resource.entries() {
                let Some((kind, id)) = named(entry) else { continue };
                let before = *names.entry(id).or_insert(Name { kind, entry, file: at });
                if before.kind != kind && before.file != at {
                    faults
                        .push(parsed[at].fault_at(id, clash(before.kind, kind, id, "among the catalogues")));
                }
            }
        }
        let mut tongue = Tongue { lang: lang.clone(), bundle, messages: RapidHashMap::default(), plurals };
        for &at in &order {
            check(&parsed[at], &names, faults);
            tongue.add(at, &parsed[at], &names);
        }
        tongue
    }

    /// Adds the messages of a file that no file before it has.
    fn add(&mut self, file: usize, parsed: &Parsed, names: &Names<'_>) {
        for (entry, message) in parsed.resource.entries().enumerate() {
            let Entry::Message(message) = message else { continue };
            let values = message.value.iter().map(|value| (None, Cow::Borrowed(message.id.name), value));
            let attributes = message.attributes.iter().enumerate().map(|(at, attribute)| {
                (Some(at), Cow::Owned(format!("{}.{}", message.id.name, attribute.id.name)), &attribute.value)
            });
            for (attribute, key, pattern) in values.chain(attributes) {
                if !self.messages.contains_key(&*key) {
                    let found =
                        self.compile(&parsed.source.lang, At { file, entry, attribute }, pattern, names);
                    self.messages.insert(key.into(), found);
                }
            }
        }
    }

    /// A number as an argument.
    fn number(&self, number: f64) -> FluentValue<'static> {
        match &self.plurals {
            Some(plurals) => FluentValue::Number(plurals.number(number)),
            None => FluentValue::from(number),
        }
    }

    fn compile(&self, lang: &Lang, at: At, pattern: &Pattern<&str>, names: &Names<'_>) -> Found {
        let mut hash = Fnv::default();
        hash.add(self.lang.as_str()).add(lang.as_str());
        let arguments = closure(pattern, names, &mut hash);
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, None, &mut errors);
        let plain = arguments.is_empty() && errors.is_empty();
        let text = if plain { Text::Plain(text.into()) } else { Text::Pattern };
        let arguments = arguments.into_iter().map(Box::from).collect();
        Found { lang: lang.clone(), fingerprint: hash.finish(), arguments, at, text }
    }
}

/// Hashes a pattern and all it refers to, and gives the arguments of all of them. A term is given its own by whoever refers to it.
fn closure<'a>(pattern: &'a Pattern<&'a str>, names: &Names<'a>, hash: &mut Fnv) -> BTreeSet<&'a str> {
    let mut arguments = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut queue = VecDeque::from([pattern]);
    while let Some(pattern) = queue.pop_front() {
        // Writing into a hash cannot fail.
        let _ = write!(hash, "{pattern:?}");
        let mut references = References::default();
        references.add(pattern);
        arguments.extend(references.arguments);
        for reference in references.names {
            if seen.insert(reference) {
                let target = resolve(reference, names);
                hash.add(if target.is_some() { "found" } else { "missing" });
                queue.extend(target);
            }
        }
    }
    arguments
}

/// The pattern that a name stands for.
fn resolve<'a>(reference: Reference<'_>, names: &Names<'a>) -> Option<&'a Pattern<&'a str>> {
    let name = names.get(reference.id).filter(|name| name.kind == reference.kind)?;
    let (value, attributes) = parts(name.entry)?;
    match reference.attribute {
        None => value,
        Some(name) => {
            attributes.iter().find(|attribute| attribute.id.name == name).map(|attribute| &attribute.value)
        }
    }
}

/// Reports names in a file's patterns that stand for nothing.
fn check(parsed: &Parsed, names: &Names<'_>, faults: &mut Vec<CatalogueFault>) {
    for (value, attributes) in parsed.resource.entries().filter_map(parts) {
        let mut references = References::default();
        value
            .into_iter()
            .chain(attributes.iter().map(|attribute| &attribute.value))
            .for_each(|pattern| references.add(pattern));
        for reference in references.names {
            let known = match reference.kind {
                Kind::Function => reference.id == "NUMBER",
                Kind::Message | Kind::Term => resolve(reference, names).is_some(),
            };
            if !known {
                faults.push(parsed.fault_at(reference.id, format!("there is no {reference}")));
            }
        }
    }
}

/// Formats a pattern with arguments.
fn format<'t>(
    tongue: &'t Tongue,
    key: &str,
    pattern: &'t Pattern<&'t str>,
    args: &[(&str, Arg)],
) -> (String, Vec<String>) {
    let args: FluentArgs<'_> = args
        .iter()
        .map(|(name, arg)| match arg {
            Arg::Str(text) => (*name, FluentValue::from(text.as_str())),
            Arg::Num(number) => (*name, tongue.number(*number)),
        })
        .collect();
    let mut errors = Vec::new();
    let text = tongue.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    let mut faults: Vec<String> = errors
        .iter()
        .filter(|error| !is_told(error))
        .map(|error| explain(&tongue.lang, key, error))
        .collect();
    faults.sort_unstable();
    faults.dedup();
    (text, faults)
}

/// Whether a fault was told when the catalogue was read, at its line: what a message names that is not there.
fn is_told(error: &FluentError) -> bool {
    match error {
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { .. })) => false,
        // The latter is a message that has attributes and no text of its own.
        FluentError::ResolverError(error) => {
            matches!(error, ResolverError::Reference(_) | ResolverError::NoValue(_))
        }
        _ => false,
    }
}

fn explain(lang: &Lang, key: &str, error: &FluentError) -> String {
    match error {
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id })) => {
            format!("the message `{key}` of `{lang}` needs the argument `{id}`, which was not given")
        }
        FluentError::ResolverError(error) => {
            format!("the message `{key}` of `{lang}` cannot be written whole: {error}")
        }
        error => format!("the message `{key}` of `{lang}` cannot be written whole: {error}"),
    }
}

/// The tag as the Fluent library wants it, without extensions.
fn identifier(lang: &Lang) -> LanguageIdentifier {
    let parts: Vec<&str> = lang.as_str().split('-').take_while(|part| part.len() > 1).collect();
    parts.join("-").parse().or_else(|_| lang.language().parse()).unwrap_or_default()
}
