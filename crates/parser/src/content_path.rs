//! What the path of a file says: language, key, kind, bundle, date.

use std::sync::Arc;

use fika_model::{Config, Diagnostic, Kind, Lang, nearest};
use jiff::civil;

use crate::config::languages;
use crate::dates;

/// What the path of a Markdown file says. The fields are those of [`fika_model::Card`] of the same name.
#[derive(Debug)]
pub(crate) struct ContentPath {
    /// The path under the content folder without language and extension. A date before the name is kept, so that
    /// `2019-01-01-monthly` and `2019-02-01-monthly` are not taken for translations of each other.
    pub key: Arc<str>,
    pub dir: Arc<str>,
    pub base: Arc<str>,
    /// The name without language, extension and date.
    pub stem: Arc<str>,
    pub bundle: bool,
    pub kind: Kind,
    pub lang: Lang,
    /// The date before the name: `2024-08-12-moon.md`, `2024-8-12_moon/index.md`.
    pub date: Option<civil::Date>,
    /// Whether it lies in a folder `_drafts`, as Jekyll and Hexo have it.
    pub draft: bool,
    pub diagnostics: Vec<Diagnostic>,
}

/// A folder of drafts.
pub const DRAFTS: &str = "_drafts";

/// Reads the path of a Markdown file, given from the site's root.
///
/// `index.md` at the top of the content folder (or of a language's folder) has no folder to be the bundle of:
/// it is the home page, as `_index.md` is.
pub(crate) fn content_path(config: &Config, path: &str) -> ContentPath {
    let mut diagnostics = Vec::new();
    let under = under_content(&config.content_dir, path);
    let base = path.rsplit_once('/').map_or("", |(dir, _)| dir);
    let (mut dir, file) = under.rsplit_once('/').unwrap_or(("", under));
    let name = file
        .rsplit_once('.')
        .map_or(file, |(name, extension)| if name.is_empty() { extension } else { name });

    let mut lang = None;
    let (first, rest) = dir.split_once('/').unwrap_or((dir, ""));
    if let Some(language) = exactly(config, first) {
        lang = Some(language);
        dir = rest;
    }
    let (name, suffix) = suffix(config, path, name, &mut diagnostics);
    // A suffix says more of one file than the folder it lies in.
    let lang = suffix.or(lang).unwrap_or_else(|| config.default_language().lang.clone());

    // In capitals too, as tools of other systems write them: `INDEX.MD` is a page in any case.
    let is_index = name.eq_ignore_ascii_case("index");
    let kind = if name.eq_ignore_ascii_case("_index") || (is_index && dir.is_empty()) {
        Kind::Section
    } else {
        Kind::Page
    };
    let bundle = is_index && kind == Kind::Page;
    let (dir, name) = match kind {
        Kind::Section => (dir, "_index"),
        Kind::Page if bundle => dir.rsplit_once('/').unwrap_or(("", dir)),
        Kind::Page => (dir, name),
    };
    let (date, stem) = if kind == Kind::Page { dated(name) } else { (None, name) };
    let key = if dir.is_empty() { name.to_owned() } else { format!("{dir}/{name}") };
    ContentPath {
        key: key.into(),
        dir: dir.into(),
        base: base.into(),
        stem: stem.into(),
        bundle,
        kind,
        lang,
        date,
        draft: base.split('/').any(|folder| folder == DRAFTS),
        diagnostics,
    }
}

/// The path below the content folder.
fn under_content<'a>(content_dir: &str, path: &'a str) -> &'a str {
    let content_dir = content_dir.trim_matches('/');
    match path.strip_prefix(content_dir) {
        _ if content_dir.is_empty() || content_dir == "." => path,
        Some(rest) if rest.starts_with('/') => &rest[1..],
        _ => path,
    }
}

/// The language of the site that a name means.
fn exactly(config: &Config, name: &str) -> Option<Lang> {
    let plausible = (2..=35).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plausible.then(|| config.language_for(name)).flatten().map(|language| language.lang.clone())
}

/// Cuts a language off a name: `moon.en`. A language that the site does not have stays, with a warning. Before it, `index` and `_index`
/// leave no doubt that a language is meant.
fn suffix<'a>(
    config: &Config,
    path: &str,
    name: &'a str,
    diagnostics: &mut Vec<Diagnostic>,
) -> (&'a str, Option<Lang>) {
    let Some((stem, suffix)) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) else {
        return (name, None);
    };
    if let Some(lang) = exactly(config, suffix) {
        return (stem, Some(lang));
    }
    let is_index = ["index", "_index"].iter().any(|name| stem.eq_ignore_ascii_case(name));
    if languages::names_a_language(suffix) || (is_index && languages::is_possible(suffix)) {
        diagnostics.push(unknown(config, path, name, suffix));
    }
    (name, None)
}

fn unknown(config: &Config, path: &str, name: &str, suffix: &str) -> Diagnostic {
    let known = || config.languages.iter().map(|language| language.lang.as_str());
    let primary = suffix.split(['-', '_']).next().unwrap_or(suffix).to_ascii_lowercase();
    let near =
        nearest(suffix, known()).or_else(|| known().find(|tag| tag.split('-').next() == Some(&*primary)));
    let default = &config.default_language().lang;
    let instead = if name.get(..6).is_some_and(|name| name.eq_ignore_ascii_case("_index")) {
        "; it makes no section"
    } else {
        ""
    };
    let message = format!(
        "the file's name says `{suffix}`, which is no language of this site; it is taken for an essay `{name}` in `{default}`{instead}"
    );
    let help = match near {
        Some(tag) => format!("name it `.{tag}.md`, or add `{suffix}` to `languages` in fika.yaml"),
        None => {
            format!("add `{suffix}` to `languages` in fika.yaml, or take the file out of the content folder")
        }
    };
    Diagnostic::warning("unknown-language", path, message).help(help)
}

/// The date before a name, and the name after it. A name that is nothing but a date keeps it.
fn dated(name: &str) -> (Option<civil::Date>, &str) {
    let Some((date, end)) = dates::prefix(name) else { return (None, name) };
    let rest = name[end..].trim_start_matches(['-', '_', ' ']);
    (Some(date), if rest.is_empty() { name } else { rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `key dir base stem lang` and marks for kind, bundle and date.
    fn read(site: &str, path: &str) -> (String, Vec<String>) {
        let (config, faults) = crate::config("fika.yaml", site);
        assert_eq!(faults, []);
        let found = content_path(&config, path);
        let marks = [
            if found.kind == Kind::Section { " section".to_owned() } else { String::new() },
            if found.bundle { " bundle".to_owned() } else { String::new() },
            found.date.map_or_else(String::new, |date| format!(" {date}")),
        ];
        let line = format!(
            "key={} dir={} base={} stem={} {}{}",
            found.key,
            found.dir,
            found.base,
            found.stem,
            found.lang,
            marks.concat()
        );
        (line, found.diagnostics.into_iter().filter_map(|found| found.help).collect())
    }

    const SITE: &str = "languages: [zh-Hans, en, pt-BR]";

    #[test]
    fn paths_of_every_shape() {
        for (path, expected) in [
            ("content/essays/moon.md", "key=essays/moon dir=essays base=content/essays stem=moon zh-Hans"),
            ("content/essays/moon.en.md", "key=essays/moon dir=essays base=content/essays stem=moon en"),
            ("content/essays/moon.zh.md", "key=essays/moon dir=essays base=content/essays stem=moon zh-Hans"),
            ("content/essays/moon.pt.md", "key=essays/moon dir=essays base=content/essays stem=moon pt-BR"),
            ("content/moon.EN.md", "key=moon dir= base=content stem=moon en"),
            (
                "content/essays/moon/index.md",
                "key=essays/moon dir=essays base=content/essays/moon stem=moon zh-Hans bundle",
            ),
            (
                "content/essays/moon/index.en.md",
                "key=essays/moon dir=essays base=content/essays/moon stem=moon en bundle",
            ),
            ("content/moon/INDEX.MD", "key=moon dir= base=content/moon stem=moon zh-Hans bundle"),
            ("content/moon/Index.EN.md", "key=moon dir= base=content/moon stem=moon en bundle"),
            (
                "content/essays/_Index.MD",
                "key=essays/_index dir=essays base=content/essays stem=_index zh-Hans section",
            ),
            ("content/moon/index.md", "key=moon dir= base=content/moon stem=moon zh-Hans bundle"),
            (
                "content/essays/_index.md",
                "key=essays/_index dir=essays base=content/essays stem=_index zh-Hans section",
            ),
            (
                "content/essays/_index.en.md",
                "key=essays/_index dir=essays base=content/essays stem=_index en section",
            ),
            ("content/_index.md", "key=_index dir= base=content stem=_index zh-Hans section"),
            ("content/_index.en.md", "key=_index dir= base=content stem=_index en section"),
            ("content/index.md", "key=_index dir= base=content stem=_index zh-Hans section"),
            ("content/en/index.md", "key=_index dir= base=content/en stem=_index en section"),
            ("content/en/_index.md", "key=_index dir= base=content/en stem=_index en section"),
            ("content/en/essays/moon.md", "key=essays/moon dir=essays base=content/en/essays stem=moon en"),
            ("content/en/moon/index.md", "key=moon dir= base=content/en/moon stem=moon en bundle"),
            ("content/en/a.zh.md", "key=a dir= base=content/en stem=a zh-Hans"),
            (
                "content/essays/en/moon.md",
                "key=essays/en/moon dir=essays/en base=content/essays/en stem=moon zh-Hans",
            ),
            (
                "content/2024-08-12-moon.md",
                "key=2024-08-12-moon dir= base=content stem=moon zh-Hans 2024-08-12",
            ),
            ("content/2024-8-2_moon.en.md", "key=2024-8-2_moon dir= base=content stem=moon en 2024-08-02"),
            (
                "content/p/2024-08-12-月/index.md",
                "key=p/2024-08-12-月 dir=p base=content/p/2024-08-12-月 stem=月 zh-Hans bundle 2024-08-12",
            ),
            ("content/2024-08-12.md", "key=2024-08-12 dir= base=content stem=2024-08-12 zh-Hans 2024-08-12"),
            ("content/2024-13-12-x.md", "key=2024-13-12-x dir= base=content stem=2024-13-12-x zh-Hans"),
            (
                "content/12.聊聊《a >= b?》.md",
                "key=12.聊聊《a >= b?》 dir= base=content stem=12.聊聊《a >= b?》 zh-Hans",
            ),
            ("content/app.min.md", "key=app.min dir= base=content stem=app.min zh-Hans"),
            ("content/socket.io.md", "key=socket.io dir= base=content stem=socket.io zh-Hans"),
            ("content/README.md", "key=README dir= base=content stem=README zh-Hans"),
            ("content/.en.md", "key=.en dir= base=content stem=.en zh-Hans"),
            ("contents/a.md", "key=contents/a dir=contents base=contents stem=a zh-Hans"),
        ] {
            assert_eq!(read(SITE, path), (expected.to_owned(), vec![]), "{path}");
        }
    }

    #[test]
    fn the_root_itself_may_hold_the_essays() {
        let site = "{content_dir: '', languages: [en, zh]}";
        assert_eq!(read(site, "a/moon.zh.md").0, "key=a/moon dir=a base=a stem=moon zh");
        assert_eq!(read(site, "zh/moon.md").0, "key=moon dir= base=zh stem=moon zh");
        assert_eq!(read(site, "index.md").0, "key=_index dir= base= stem=_index en section");
        assert_eq!(read(site, "moon.md").0, "key=moon dir= base= stem=moon en");
    }

    #[test]
    fn a_language_that_the_site_does_not_have() {
        for (path, help) in [
            ("content/moon.fr.md", "name it `.en.md`, or add `fr` to `languages` in fika.yaml"),
            ("content/moon.zh-TW.md", "name it `.zh-Hans.md`, or add `zh-TW` to `languages` in fika.yaml"),
            ("content/moon.en_US.md", "name it `.en.md`, or add `en_US` to `languages` in fika.yaml"),
            ("content/moon/index.ja.md", "add `ja` to `languages` in fika.yaml"),
            ("content/_index.ko.md", "add `ko` to `languages` in fika.yaml"),
            ("content/essays/_Index.eo.md", "add `eo` to `languages` in fika.yaml"),
        ] {
            let (found, helps) = read(SITE, path);
            assert!(found.contains("zh-Hans"), "{found}");
            assert_eq!(helps.len(), 1, "{path}");
            if path.ends_with("TW.md") || path.ends_with("US.md") {
                assert_eq!(helps, [help], "{path}");
            }
        }
        assert_eq!(read(SITE, "content/moon.fr.md").0, "key=moon.fr dir= base=content stem=moon.fr zh-Hans");
    }
}
