//! What a folder says by itself that has no configuration, or one that names no language: languages from names and text.

use std::collections::{BTreeMap, BTreeSet};

use fika_model::{Config, Lang, Language};

use super::{complete, default, languages};

/// The configuration of a folder that has none. `name` is the folder's name, `paths` its Markdown files from the
/// site's root, `sample` some of their text, from which the default language is told.
pub fn default_config(name: &str, content_dir: &str, paths: &[&str], sample: &str) -> Config {
    let languages = guess_languages(None, content_dir, paths, sample).into_iter();
    let mut languages: Vec<Language> = languages.map(Language::new).collect();
    for language in &mut languages {
        language.title = name.into();
    }
    complete(&mut languages, false);
    Config { languages, content_dir: content_dir.trim_matches('/').into(), ..default() }.sealed()
}

/// The languages of a site that does not name them, the default one first: `main`, if it is known, or else that of `sample`. `paths`
/// are its Markdown files from the site's root.
///
/// A suffix (`moon.en.md`) or first folder (`en/moon.md`) is a language if it cannot well be anything else, or if it is
/// possible and a twin in another language stands beside it (`moon.md` with `moon.it.md`).
pub fn guess_languages(main: Option<&Lang>, content_dir: &str, paths: &[&str], sample: &str) -> Vec<Lang> {
    let mut found = tags(content_dir, paths);
    let first = main.cloned().or_else(|| spoken(sample, &mut found));
    found.retain(|lang| Some(lang) != first.as_ref());
    first.into_iter().chain(found).collect()
}

/// The language of a text, taken from those that were found where one of them means it: `post.zh.md` says how this writer spells it. One
/// in another script is another: `post.zh-Hant.md` beside simplified texts is their other version.
fn spoken(sample: &str, found: &mut Vec<Lang>) -> Option<Lang> {
    let main = main_language(sample);
    let meant = Lang::parse(main).ok()?;
    let means = |lang: &Lang| lang.language() == meant.language() && lang.writing() == meant.writing();
    let at = found.iter().position(means);
    match at {
        Some(at) if found.iter().filter(|lang| lang.language() == found[at].language()).count() == 1 => {
            Some(found.remove(at))
        }
        _ => Some(meant),
    }
}

/// The languages that file names speak of, sorted by tag.
fn tags(content_dir: &str, paths: &[&str]) -> Vec<Lang> {
    let content_dir = content_dir.trim_matches('/');
    let names: Vec<(Option<&str>, &str)> = paths.iter().map(|path| split(under(content_dir, path))).collect();
    let suffixes = candidates(names.iter().copied());
    let folders = candidates(paths.iter().map(|path| match under(content_dir, path).split_once('/') {
        Some((folder, rest)) => (Some(folder), rest),
        None => (None, under(content_dir, path)),
    }));
    let tags: BTreeSet<Lang> =
        suffixes.union(&folders).filter_map(|tag| Lang::parse(&tag.replace('_', "-")).ok()).collect();
    tags.into_iter().collect()
}

/// Of names with what may be their language, the languages.
fn candidates<'a>(names: impl Iterator<Item = (Option<&'a str>, &'a str)>) -> BTreeSet<&'a str> {
    let mut twins: BTreeMap<&str, Vec<Option<&str>>> = BTreeMap::new();
    for (tag, name) in names {
        twins.entry(name).or_default().push(tag.filter(|tag| languages::is_possible(tag)));
    }
    let mut found = BTreeSet::new();
    for tags in twins.values() {
        found.extend(tags.iter().flatten().filter(|tag| tags.len() > 1 || languages::is_unmistakable(tag)));
    }
    found
}

/// Cuts the last suffix off a name: `essays/moon.en.md` is `en` and `essays/moon`.
fn split(path: &str) -> (Option<&str>, &str) {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    match stem.rsplit_once('.') {
        Some((name, tag)) if !name.is_empty() && !tag.contains('/') && languages::is_possible(tag) => {
            (Some(tag), name)
        }
        _ => (None, stem),
    }
}

fn under<'a>(content_dir: &str, path: &'a str) -> &'a str {
    let rest = path.strip_prefix(content_dir).unwrap_or(path);
    rest.strip_prefix('/').unwrap_or(rest)
}

/// Characters that only simplified or only traditional Chinese has, from the commonest hundred and fifty.
const SIMPLIFIED: &str = "这们个来说国时会对学过发样后还没经见头实应关长间题么现无动两开进种";
const TRADITIONAL: &str = "這們個來說國時會對學過發樣後還沒經見頭實應關長間題麼現無動兩開進種";

/// The tag of the language a text is in: the script that carries most of it. A Han character says about as much as
/// four Latin letters; kana make it Japanese, Hangul Korean, Cyrillic Russian.
fn main_language(sample: &str) -> &'static str {
    let (mut han, mut kana, mut hangul, mut cyrillic, mut latin, mut old) =
        (0_i64, 0_i64, 0_i64, 0_i64, 0_i64, 0_i64);
    for char in sample.chars() {
        match char {
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' => {
                han += 1;
                old += i64::from(TRADITIONAL.contains(char)) - i64::from(SIMPLIFIED.contains(char));
            }
            '\u{3041}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7af}' => hangul += 1,
            '\u{400}'..='\u{4ff}' => cyrillic += 1,
            _ if char.is_ascii_alphabetic() => latin += 1,
            _ => {}
        }
    }
    let most = (latin / 4).max(cyrillic / 4).max(hangul * 2).max(han + kana);
    match () {
        () if most == 0 || most == latin / 4 => "en",
        () if most == cyrillic / 4 => "ru",
        () if most == hangul * 2 => "ko",
        // A page of Chinese may quote a little Japanese; Japanese is a third kana or more.
        () if kana * 5 > han => "ja",
        () if old > 0 => "zh-Hant",
        () => "zh-Hans",
    }
}
