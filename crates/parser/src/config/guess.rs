//! What a folder says by itself that has no configuration, or one that names no language: languages from names and text.

use std::cmp::Reverse;
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
    let names = Names::of(content_dir, paths);
    let mut found = names.languages();
    let first = main.cloned().or_else(|| spoken(sample, &mut found, &names.beside_plain));
    found.retain(|lang| Some(lang) != first.as_ref());
    first.into_iter().chain(found).collect()
}

/// Those of a site's Markdown files, by their number in `paths`, whose text tells its default language: all whose names tell no
/// language, and if every name does, all.
pub fn in_default_language(content_dir: &str, paths: &[&str]) -> Vec<usize> {
    let names = Names::of(content_dir, paths);
    let is_plain = |path: &str| names.tell(under(content_dir, path)).0.is_none();
    let plain: Vec<usize> = (0..paths.len()).filter(|at| is_plain(paths[*at])).collect();
    if plain.is_empty() { (0..paths.len()).collect() } else { plain }
}

/// The language of a text, taken from those that were found where one of them means it: `post.zh.md` says how this writer spells it. One
/// in another script is another: `post.zh-Hant.md` beside simplified texts is their other version. A language in which plain files
/// have a version beside them is not theirs, if the text speaks any other: both would want one address.
fn spoken(sample: &str, found: &mut Vec<Lang>, beside_plain: &BTreeSet<Lang>) -> Option<Lang> {
    let means =
        |lang: &Lang, meant: &Lang| lang.language() == meant.language() && lang.writing() == meant.writing();
    let ranked: Vec<Lang> =
        main_languages(sample).into_iter().filter_map(|tag| Lang::parse(tag).ok()).collect();
    let is_free = |meant: &&Lang| !beside_plain.iter().any(|lang| means(lang, meant));
    let meant = ranked.iter().find(is_free).or(ranked.first())?;
    let at = found.iter().position(|lang| means(lang, meant));
    match at {
        Some(at) if found.iter().filter(|lang| lang.language() == found[at].language()).count() == 1 => {
            Some(found.remove(at))
        }
        _ => Some(meant.clone()),
    }
}

/// What the names of a site's files say of languages.
struct Names<'a> {
    suffixes: BTreeSet<&'a str>,
    folders: BTreeSet<&'a str>,
    /// The languages of versions of files that tell none.
    beside_plain: BTreeSet<Lang>,
}

impl<'a> Names<'a> {
    fn of(content_dir: &str, paths: &[&'a str]) -> Self {
        let paths: Vec<&str> = paths.iter().map(|path| under(content_dir, path)).collect();
        let suffixes = candidates(paths.iter().map(|path| split(path)));
        let folders = candidates(paths.iter().map(|path| folder(path)));
        let mut names = Self { suffixes, folders, beside_plain: BTreeSet::new() };
        let told: Vec<(Option<&str>, &str)> = paths.iter().map(|path| names.tell(path)).collect();
        let plain: BTreeSet<&str> =
            told.iter().filter(|(tag, _)| tag.is_none()).map(|(_, name)| *name).collect();
        let beside = told.iter().filter(|(_, name)| plain.contains(name)).filter_map(|(tag, _)| *tag);
        names.beside_plain = beside.filter_map(parsed).collect();
        names
    }

    /// The tag of the language that a file's name or folder tells, and the path without it.
    fn tell<'p>(&self, path: &'p str) -> (Option<&'p str>, &'p str) {
        let (tag, name) = split(path);
        if tag.is_some_and(|tag| self.suffixes.contains(tag)) {
            return (tag, name);
        }
        let (tag, rest) = folder(path);
        let name = |path: &'p str| path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        if tag.is_some_and(|tag| self.folders.contains(tag)) { (tag, name(rest)) } else { (None, name(path)) }
    }

    /// The languages that are told of, sorted by tag.
    fn languages(&self) -> Vec<Lang> {
        let tags: BTreeSet<Lang> = self.suffixes.union(&self.folders).filter_map(|tag| parsed(tag)).collect();
        tags.into_iter().collect()
    }
}

fn parsed(tag: &str) -> Option<Lang> {
    Lang::parse(&tag.replace('_', "-")).ok()
}

/// Of names with what may be their language, the languages.
fn candidates<'a>(names: impl Iterator<Item = (Option<&'a str>, &'a str)>) -> BTreeSet<&'a str> {
    let mut twins: BTreeMap<&str, Vec<Option<&str>>> = BTreeMap::new();
    for (tag, name) in names {
        twins.entry(name).or_default().push(tag.filter(|tag| languages::is_possible(tag)));
    }
    let mut found = BTreeSet::new();
    for tags in twins.values() {
        found.extend(tags.iter().flatten().filter(|tag| tags.len() > 1 || languages::names_a_language(tag)));
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

/// Cuts the first folder off a path.
fn folder(path: &str) -> (Option<&str>, &str) {
    path.split_once('/').map_or((None, path), |(folder, rest)| (Some(folder), rest))
}

fn under<'a>(content_dir: &str, path: &'a str) -> &'a str {
    let rest = path.strip_prefix(content_dir).unwrap_or(path);
    rest.strip_prefix('/').unwrap_or(rest)
}

/// Characters that only simplified or only traditional Chinese has, from the commonest hundred and fifty.
const SIMPLIFIED: &str = "这们个来说国时会对学过发样后还没经见头实应关长间题么现无动两开进种";
const TRADITIONAL: &str = "這們個來說國時會對學過發樣後還沒經見頭實應關長間題麼現無動兩開進種";

/// The tags of the languages a text may be in, the likeliest first: by the script that carries most of it. A Han character says about
/// as much as four Latin letters; kana make it Japanese, Hangul Korean, Cyrillic Russian.
fn main_languages(sample: &str) -> Vec<&'static str> {
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
    let chinese = if old > 0 { ["zh-Hant", "zh-Hans"] } else { ["zh-Hans", "zh-Hant"] };
    // A page of Chinese may quote a little Japanese; Japanese is a third kana or more.
    let written_in_han = if kana * 5 > han { vec!["ja"] } else { chinese.to_vec() };
    let mut scripts = [
        (latin / 4, vec!["en"]),
        (cyrillic / 4, vec!["ru"]),
        (hangul * 2, vec!["ko"]),
        (han + kana, written_in_han),
    ];
    scripts.sort_by_key(|(weight, _)| Reverse(*weight));
    let spoken = scripts.into_iter().filter(|(weight, _)| *weight > 0).flat_map(|(_, tags)| tags);
    let spoken: Vec<&str> = spoken.collect();
    if spoken.is_empty() { vec!["en"] } else { spoken }
}
