//! Which file answers an address. The rules are those of GitHub Pages, so that what works here works there:
//! `/dir` leads to `/dir/`, `/page` may be `page.html`, and everything else is the root's `404.html`.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

/// What to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A file of the output, by its path.
    File(String),
    /// Another address for good (301), still percent-encoded, without the query.
    Moved(String),
    /// Another address for now (302): from outside the site to its home page.
    Elsewhere(String),
    /// Nothing is there.
    Missing,
}

/// What to answer to a request for `path` (percent-encoded, without the query) on a site that lives under `base`
/// (`/` or `/repo/`). `exists` says whether the output has a file.
pub(crate) fn answer(base: &str, path: &str, exists: impl Fn(&str) -> bool) -> Answer {
    let Some(below) = path.strip_prefix(base) else {
        return match path {
            "/" => Answer::Elsewhere(base.to_owned()),
            _ if path.strip_suffix('/').unwrap_or(path) == base.trim_end_matches('/') => {
                Answer::Moved(base.to_owned())
            }
            _ => Answer::Missing,
        };
    };
    match candidates(below).into_iter().enumerate().find(|(_, file)| exists(file)) {
        Some((DIRECTORY, _)) => Answer::Moved(format!("{path}/")),
        Some((_, file)) => Answer::File(file),
        None => Answer::Missing,
    }
}

/// The place among [`candidates`] of a directory that was asked for without its slash.
const DIRECTORY: usize = 2;

/// The files that an address below the base path may mean, the likeliest first.
fn candidates(below: &str) -> Vec<String> {
    let path = decoded(below);
    if path.is_empty() || path.ends_with('/') {
        vec![format!("{path}index.html")]
    } else {
        vec![path.clone(), format!("{path}.html"), format!("{path}/index.html")]
    }
}

/// Whether a change of some files (sorted) may change what a reader of `path` sees.
///
/// Pages, feeds and indexes concern nobody but those who look at them; a picture or a script may be on any page.
pub(crate) fn concerns(changed: &[String], base: &str, path: &str) -> bool {
    let own = path.strip_prefix(base).map(candidates).unwrap_or_default();
    let missing = own.iter().all(|file| file != "404.html");
    let is_own = |file: &String| own.contains(file) || (missing && file == "404.html");
    changed.iter().any(|file| {
        is_own(file) || !matches!(extension(file), "html" | "xml" | "json" | "txt" | "webmanifest")
    })
}

/// Whether nothing but stylesheets changed, and pages, which may hold their fingerprints or the sheets themselves.
pub(crate) fn only_styles(changed: &[String]) -> bool {
    changed.iter().all(|file| matches!(extension(file), "css" | "html"))
}

/// What stands after the last dot of a file's name.
pub(crate) fn extension(file: &str) -> &str {
    file.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension)
}

/// A path as files are named: percent-decoded, NFC. An address that is not UTF-8 names no file.
fn decoded(path: &str) -> String {
    percent_decode_str(path)
        .decode_utf8()
        .map(|path| path.nfc().collect())
        .unwrap_or_else(|_| "\0".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[&str] = &[
        "index.html",
        "404.html",
        "essays/moon/index.html",
        "月/index.html",
        "about.html",
        "feed.xml",
        "é.png",
        "a b.txt",
        "x/index.html",
        "x.html",
    ];

    fn ask(base: &str, path: &str) -> Answer {
        answer(base, path, |file| FILES.contains(&file))
    }

    fn file(path: &str) -> Answer {
        Answer::File(path.to_owned())
    }

    #[test]
    fn addresses_are_answered_as_on_github_pages() {
        let moved = |to: &str| Answer::Moved(to.to_owned());
        for base in ["/", "/repo/"] {
            let at = |path: &str| ask(base, &format!("{base}{path}"));
            assert_eq!(at(""), file("index.html"));
            assert_eq!(at("essays/moon/"), file("essays/moon/index.html"));
            assert_eq!(at("essays/moon"), moved(&format!("{base}essays/moon/")));
            assert_eq!(at("essays/moon/index.html"), file("essays/moon/index.html"));
            assert_eq!(at("%E6%9C%88/"), file("月/index.html"));
            assert_eq!(at("月"), moved(&format!("{base}月/")));
            assert_eq!(at("about"), file("about.html"));
            assert_eq!(at("x"), file("x.html"));
            assert_eq!(at("a%20b.txt"), file("a b.txt"));
            assert_eq!(at("e%CC%81.png"), file("é.png"), "an address in NFD finds the file in NFC");
            assert_eq!(at("essays/"), Answer::Missing);
            assert_eq!(at("%FF"), Answer::Missing);
            assert_eq!(at("../../etc/passwd"), Answer::Missing);
        }
    }

    #[test]
    fn the_root_leads_to_the_base_path() {
        assert_eq!(ask("/repo/", "/"), Answer::Elsewhere("/repo/".to_owned()));
        assert_eq!(ask("/repo/", "/repo"), Answer::Moved("/repo/".to_owned()));
        assert_eq!(ask("/repo/", "/repository/"), Answer::Missing);
        assert_eq!(ask("/repo/", "/essays/moon/"), Answer::Missing);
    }

    #[test]
    fn a_page_is_told_of_what_it_may_show() {
        let concerns = |changed: &[&str], path: &str| {
            concerns(&changed.iter().map(|&file| file.to_owned()).collect::<Vec<_>>(), "/repo/", path)
        };
        assert!(concerns(&["essays/moon/index.html"], "/repo/essays/moon/"));
        assert!(!concerns(&["essays/moon/index.html", "feed.xml"], "/repo/"));
        assert!(concerns(&["a.png"], "/repo/"));
        assert!(concerns(&["new/index.html"], "/repo/new/"), "a page that was missing has come");
        assert!(concerns(&["404.html"], "/repo/nowhere/"));
        assert!(
            only_styles(&["a.css".to_owned(), "b.html".to_owned()])
                && !only_styles(&["a.css".to_owned(), "b.js".to_owned()])
        );
    }
}
