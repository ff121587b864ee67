//! The configuration: `fika.yaml`, read strictly because a typo would hide there.
//!
//! Every fault is reported with its place, and what is faulty takes its default: edition 2026, address `/`, time zone
//! UTC (whatever the language: an unset zone must not guess where the writer lives), theme `paper`, folders `content`
//! and `public`, ten essays on a page of a list, one taxonomy `tags`, and the languages that the names of the files speak of.

mod authors;
mod derive;
mod fallback;
mod guess;
mod lang_keys;
pub(crate) mod languages;
mod parts;
mod place;
mod taxonomies;
mod translations;

use std::collections::HashSet;

use fika_model::{
    BaseUrl, Config, Data, Diagnostic, Fingerprint, Lang, Language, Markdown, Root, Severity, Span,
    TaxonomyConfig, TranslationConfig, nearest,
};
use jiff::tz::TimeZone;

pub(crate) use self::derive::phrases as derive_phrases;
pub use self::guess::{default_config, guess_languages, in_default_language};
use self::lang_keys::LanguageKeys;
pub use self::languages::names_a_language;
pub use self::place::config_span;
use self::translations::TranslationKeys;
use crate::node::{self, Entry, Node, Reader};

/// The only edition there is.
const EDITION: u16 = 2026;

/// Every key of `fika.yaml`.
const KEYS: &[&str] = &[
    "edition",
    "base_url",
    "timezone",
    "languages",
    "default_language",
    "default_language_in_subdir",
    "root",
    "listing",
    "title",
    "tagline",
    "description",
    "author",
    "authors",
    "theme",
    "content_dir",
    "output_dir",
    "paginate_by",
    "taxonomies",
    "translations",
    "markdown",
    "menu",
    "plugins",
    "ignored_content",
    "extra",
];

/// Keys of Zola's configuration that fika knows and that change nothing.
const IDLE: &[&str] = &[
    "compile_sass",
    "minify_html",
    "build_search_index",
    "generate_feeds",
    "generate_feed",
    "generate_rss",
    "generate_sitemap",
    "generate_robots_txt",
    "feed_filenames",
    "feed_filename",
    "feed_limit",
    "hard_link_static",
    "slugify",
    "search",
    "link_checker",
    "ignored_static",
    "exclude_paginated_pages_in_sitemap",
    "highlight_code",
    "highlight_theme",
    "mode",
];

/// Reads `fika.yaml`. Every fault is reported; what is faulty takes its default, and so does a file that cannot be read as a whole.
pub fn config(path: &str, text: &str) -> (Config, Vec<Diagnostic>) {
    let guess = Guess { content_dir: "content", languages: &|_, _| Vec::new() };
    site_config(path, text.as_bytes(), &guess)
        .unwrap_or_else(|fault| (default_config("", "content", &[], ""), vec![fault]))
}

/// What the files of a site say where its configuration says nothing.
pub struct Guess<'a> {
    /// The content folder, from the site's root.
    pub content_dir: &'a str,
    /// The languages, for a content folder and a `default_language`, if that is said; see [`guess_languages`].
    pub languages: &'a dyn Fn(&str, Option<&Lang>) -> Vec<Lang>,
}

/// Reads `fika.yaml`. Every fault is reported, and what is faulty takes its default. Content folder and languages that are not named are
/// those of `guess`.
///
/// # Errors
/// When the file cannot be read as a whole: it is no UTF-8, no YAML, or no map. Nothing in it can be trusted then.
pub fn site_config(
    path: &str,
    bytes: &[u8],
    guess: &Guess<'_>,
) -> Result<(Config, Vec<Diagnostic>), Diagnostic> {
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(path, bytes, error.valid_up_to()))?;
    let mut reader = Reader { path, text, severity: Severity::Error, diagnostics: Vec::new() };
    let mut config = Config { content_dir: guess.content_dir.into(), ..default() };
    let mut keys = LanguageKeys::default();
    let mut translations = TranslationKeys::default();
    let tree = read(text, &reader)?;
    // The last word counts, and terms are called by language: it waits until the languages are known.
    let mut taxonomies = None;
    let mut seen = HashSet::new();
    for entry in tree.entries() {
        if !seen.insert(&*entry.key) {
            reader.report(
                "duplicate-key",
                entry.key_span,
                format!("`{}` is given twice; the last one counts", entry.key),
                "delete one of them",
            );
        }
        if entry.key == "taxonomies" {
            taxonomies = Some(entry);
        } else if !(key(&mut config, &mut reader, entry)
            || keys.read(&mut reader, entry)
            || translations.read(&mut reader, entry))
        {
            unknown(&mut reader, entry, KEYS, IDLE);
        }
    }
    let languages = |first: Option<&Lang>| (guess.languages)(&config.content_dir, first);
    config.languages = keys.finish(&mut reader, config.default_language_in_subdir, &languages);
    idle_root(&mut reader, &config, tree.entries());
    if let Some(entry) = taxonomies {
        config.taxonomies = taxonomies::taxonomies(&mut reader, entry, &config.languages);
    }
    config.translations = translations.finish(&mut reader, &config);
    derive::convert_words(&mut config);
    Ok((config.sealed(), reader.diagnostics))
}

/// The tree of the file, if it is one of keys.
fn read<'a>(text: &'a str, reader: &Reader<'_>) -> Result<Node<'a>, Diagnostic> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let fault = |span: Span, message: String, help: &str| {
        Diagnostic::error("config", reader.path, message).at(text, span).help(help)
    };
    match node::yaml(&text[start..], start) {
        Ok((tree, _)) if tree.entries().is_empty() && !tree.is_blank() => {
            let message = format!("the configuration should be a map, and is {}", tree.kind());
            Err(fault(tree.span, message, "write `key: value` on each line"))
        }
        Ok((tree, _)) => Ok(tree),
        Err(error) => {
            let (reason, help) = node::explain_yaml(text, &error);
            Err(fault(error.span, format!("the configuration cannot be read: {reason}"), &help))
        }
    }
}

/// Where bytes stop to be text.
fn not_utf8(path: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let text = String::from_utf8_lossy(bytes);
    // Before the first wrong byte nothing was replaced, so the place is the same in both.
    Diagnostic::error("config", path, "the configuration cannot be read: it is not in UTF-8")
        .at(&text, at..at + char::REPLACEMENT_CHARACTER.len_utf8())
        .help("save the file as UTF-8")
}

/// What holds until something else is said. Languages are filled in last.
fn default() -> Config {
    Config {
        edition: EDITION,
        base_url: BaseUrl::default(),
        timezone: "UTC".into(),
        languages: Vec::new(),
        default_language_in_subdir: false,
        root: Root::default(),
        theme: "paper".into(),
        content_dir: "content".into(),
        output_dir: "public".into(),
        paginate_by: 10,
        taxonomies: vec![TaxonomyConfig::new("tags")],
        translations: TranslationConfig::default(),
        markdown: Markdown::default(),
        authors: Vec::new(),
        menu: Vec::new(),
        plugins: Vec::new(),
        ignored_content: Vec::new(),
        extra: Data::Map(Vec::new()),
        fingerprint: Fingerprint::default(),
    }
}

/// Reads one key that does not belong to languages; false if it is none of these.
fn key(config: &mut Config, reader: &mut Reader<'_>, entry: &Entry<'_>) -> bool {
    match &*entry.key {
        "edition" => edition(reader, entry),
        "base_url" => config.base_url = base_url(reader, entry).unwrap_or_default(),
        "timezone" => config.timezone = timezone(reader, entry).unwrap_or_else(|| "UTC".into()),
        "default_language_in_subdir" => {
            config.default_language_in_subdir = reader.truth(entry).unwrap_or_default();
        }
        "root" => {
            let known = [("redirect", Root::Redirect), ("gateway", Root::Gateway), ("copy", Root::Copy)];
            config.root = reader.one_of(entry, &known).unwrap_or_default();
        }
        "theme" => config.theme = reader.text(entry).unwrap_or_else(|| "paper".into()),
        "content_dir" => config.content_dir = folder(reader, entry).unwrap_or_default().into(),
        "output_dir" => match folder(reader, entry) {
            Some(folder) if !folder.is_empty() => config.output_dir = folder.into(),
            Some(_) => reader.report(
                "wrong-value",
                entry.node.span,
                "`output_dir` should name a folder below the site's".to_owned(),
                "output_dir: public",
            ),
            None => {}
        },
        "paginate_by" => config.paginate_by = reader.count(entry).unwrap_or(config.paginate_by),
        "markdown" => config.markdown = parts::markdown(reader, entry),
        "authors" => config.authors = authors::authors(reader, entry),
        "menu" => config.menu = parts::menu(reader, entry),
        "plugins" => config.plugins = parts::plugins(reader, entry),
        "ignored_content" => config.ignored_content = reader.list(entry),
        "extra" => match entry.node.to_data() {
            extra @ Data::Map(_) => config.extra = extra,
            Data::Null => {}
            _ => reader.wrong(entry, "a map", "extra: {colour: blue}"),
        },
        _ => return false,
    }
    true
}

/// Reports what is said of the root of the site where the default language stands there itself.
fn idle_root(reader: &mut Reader<'_>, config: &Config, entries: &[Entry<'_>]) {
    let said = entries.iter().find(|entry| entry.key == "root" && !config.default_language_in_subdir);
    reader.diagnostics.extend(said.map(|entry| {
        let message = "`root` has no effect: the default language is at the root of the site itself";
        Diagnostic::warning("idle-key", reader.path, message)
            .at(reader.text, entry.key_span)
            .help("add `default_language_in_subdir: true`, or delete it")
    }));
}

/// Reports a key without meaning: known and idle, or unknown, with the nearest of those that have one.
fn unknown(reader: &mut Reader<'_>, entry: &Entry<'_>, known: &[&str], idle: &[&str]) {
    if idle.contains(&&*entry.key) {
        let diagnostic =
            Diagnostic::warning("idle-key", reader.path, format!("`{}` has no effect in fika", entry.key))
                .at(reader.text, entry.key_span)
                .help("delete it");
        reader.diagnostics.push(diagnostic);
        return;
    }
    let help = match nearest(&entry.key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? Own keys belong under `extra:`"),
        None => format!("the keys here are {}; own keys belong under `extra:`", known.join(", ")),
    };
    reader.report(
        "unknown-key",
        entry.key_span,
        format!("`{}` is not a key of the configuration", entry.key),
        &help,
    );
}

fn edition(reader: &mut Reader<'_>, entry: &Entry<'_>) {
    let year = entry.node.text().and_then(|text| text.trim().parse::<i64>().ok());
    let Some(year) = year else {
        if !entry.node.is_blank() {
            reader.wrong(entry, "a year", &format!("edition: {EDITION}"));
        }
        return;
    };
    if year != i64::from(EDITION) {
        let message = format!("this fika knows the edition {EDITION}, not {year}");
        reader.report(
            "wrong-value",
            entry.node.span,
            message,
            &format!("write edition: {EDITION}, or use a newer fika"),
        );
    }
}

fn base_url(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Option<BaseUrl> {
    let text = reader.text(entry)?;
    let found = BaseUrl::parse(&text);
    if found.is_none() {
        let host = text
            .trim_start_matches("//")
            .split_once("://")
            .map_or(text.trim_start_matches("//"), |(_, host)| host);
        let host = host.split(['?', '#', ' ']).next().unwrap_or_default().trim_start_matches('/');
        let help = match BaseUrl::parse(&format!("https://{host}")) {
            Some(url) => format!("did you mean {url}?"),
            None => "write the whole address of the site: https://example.org/".to_owned(),
        };
        reader.report(
            "wrong-value",
            entry.node.span,
            format!("`{text}` is not the address of a site"),
            &help,
        );
    }
    found
}

fn timezone(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Option<std::sync::Arc<str>> {
    let text = reader.text(entry)?;
    if TimeZone::get(&text).is_ok() {
        return Some(text);
    }
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let near = match text.to_ascii_lowercase().as_str() {
        // The names under which China's time is looked for; IANA has it by its largest city.
        "asia/beijing" | "beijing" | "china" | "cst" | "utc+8" | "gmt+8" | "+08:00" | "+0800" | "+8" => {
            Some("Asia/Shanghai")
        }
        _ => nearest(&text, names.iter().map(String::as_str)),
    };
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write an IANA name such as Asia/Shanghai or Europe/Berlin".to_owned(),
    };
    reader.report("wrong-value", entry.node.span, format!("`{text}` is not a time zone"), &help);
    None
}

/// A folder below the site's root, without outer slashes; empty for the root itself.
fn folder(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Option<String> {
    let Some(text) = reader.text(entry) else { return Some(String::new()) };
    let parts: Vec<&str> = text.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.contains(&"..") || text.starts_with('/') || text.contains(':') {
        let message = format!("`{}` should be a folder below the site's", entry.key);
        reader.report(
            "wrong-value",
            entry.node.span,
            message,
            "write it without a leading slash and without `..`",
        );
        return None;
    }
    Some(parts.join("/"))
}

/// Fills in what languages were not given: names and paths.
fn complete(languages: &mut [Language], in_subdir: bool) {
    let is_alone =
        |lang: &Lang| languages.iter().filter(|one| one.lang.language() == lang.language()).count() == 1;
    let name = |one: &Language| match &*one.name {
        "" => languages::endonym(&one.lang, is_alone(&one.lang)).to_owned(),
        given => given.to_owned(),
    };
    let names: Vec<String> = languages.iter().map(name).collect();
    for (at, language) in languages.iter_mut().enumerate() {
        if language.name.is_empty() {
            let is_shared = names.iter().filter(|name| **name == names[at]).count() > 1;
            let whole = || languages::with_region(&language.lang, &names[at]);
            language.name = if is_shared { whole().into() } else { names[at].as_str().into() };
        }
        if language.path.is_empty() && (at > 0 || in_subdir) {
            // How a language sorts (`-u-co-stroke`) is nothing to read in an address.
            let tag = language.lang.as_str().split("-u-").next().unwrap_or_default();
            language.path = tag.to_ascii_lowercase().into();
        }
    }
}
