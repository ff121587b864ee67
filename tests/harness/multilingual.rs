//! Whether a built site keeps its languages apart and its versions together. It looks at nothing but the files that were made: pages,
//! feeds, the sitemap.

use std::collections::{BTreeMap, BTreeSet};

use crate::Built;
use crate::html::Tag;
use crate::links::{Site, alternates};

/// Everything that a reader or a search engine could hold against a site in several languages, one line each. `base` is the
/// site's whole address. `feeds` says whether a feed in one language may tell of an essay in another: `(feed, essay)`.
///
/// - A page says in which language it is, and is canonical to itself or to a page that is.
/// - Its alternates are complete: every language to which its switch leads without reserve. (That they are reciprocal, absolute, hold
///   the page itself and `x-default` and lead to pages in the right language is looked at by [`crate::broken_links`].)
/// - Its switch has every language of the site once, each leading to a page in that language.
/// - No link leads to a page in another language without saying so in `hreflang`, and none says so wrongly.
/// - Words of another language are marked, where a page shows them in place of its own.
/// - It links to feeds of its own language only.
/// - Feeds tell of originals, each essay once, in the languages they may.
/// - The sitemap holds the pages that are canonical and found, all of them, with the same alternates.
pub fn language_faults(built: &Built, base: &str, feeds: &dyn Fn(&str, &str) -> bool) -> Vec<String> {
    let site = Site::new(built, base);
    let pages: BTreeMap<&str, Page<'_>> =
        site.tags.iter().filter_map(|(file, tags)| Some((*file, Page::new(file, tags)?))).collect();
    let languages: BTreeSet<&str> = pages.values().map(|page| page.lang).collect();
    let checker = Checker { site: &site, pages, languages };
    let mut faults = Vec::new();
    for (file, page) in &checker.pages {
        let mut own = checker.canonical(page);
        own.extend(checker.switch(page));
        own.extend(checker.links(page));
        own.extend(checker.foreign_words(page));
        faults.extend(own.into_iter().map(|fault| format!("{file}: {fault}")));
    }
    for (file, tags) in &checker.site.tags {
        if tags.first().is_some_and(|tag| tag.name == "feed") {
            let of_feed = checker.feed(tags, feeds);
            faults.extend(of_feed.into_iter().map(|fault| format!("{file}: {fault}")));
        }
    }
    faults.extend(checker.sitemap(built));
    faults
}

/// A page that a reader stays on.
struct Page<'a> {
    file: &'a str,
    lang: &'a str,
    tags: &'a [Tag],
    canonical: Option<&'a str>,
    alternates: BTreeSet<(String, String)>,
    is_found: bool,
}

impl<'a> Page<'a> {
    fn new(file: &'a str, tags: &'a [Tag]) -> Option<Page<'a>> {
        let lang = tags.iter().find(|tag| tag.name == "html")?.get("lang").unwrap_or_default();
        let redirects = tags.iter().any(|tag| tag.get("http-equiv").is_some_and(|value| value == "refresh"));
        let canonical = tags.iter().find(|tag| tag.name == "link" && tag.get("rel") == Some("canonical"));
        let robots = tags.iter().find(|tag| tag.get("name") == Some("robots"));
        let is_found = !robots.is_some_and(|tag| tag.get("content").unwrap_or_default().contains("noindex"));
        let canonical = canonical.and_then(|tag| tag.get("href"));
        (!redirects).then(|| Page { file, lang, tags, canonical, alternates: alternates(tags), is_found })
    }

    fn links(&self) -> impl Iterator<Item = &'a Tag> {
        self.tags.iter().filter(|tag| tag.name == "a" && tag.get("href").is_some())
    }
}

struct Checker<'a> {
    site: &'a Site<'a>,
    pages: BTreeMap<&'a str, Page<'a>>,
    languages: BTreeSet<&'a str>,
}

impl Checker<'_> {
    /// The page that an address leads to, if it is one.
    fn page(&self, from: &str, address: &str) -> Option<&Page<'_>> {
        self.pages.get(self.site.follow(from, address).ok()??)
    }

    /// The page that wants to be known in place of a page: mostly itself.
    fn known(&self, page: &Page<'_>) -> Option<&Page<'_>> {
        self.page(page.file, page.canonical?)
    }

    fn canonical(&self, page: &Page<'_>) -> Vec<String> {
        if page.lang.is_empty() {
            return vec!["it does not say its language".to_owned()];
        }
        if !page.is_found {
            return Vec::new();
        }
        let Some(canonical) = page.canonical else { return vec!["it has no canonical address".to_owned()] };
        let Some(known) = self.known(page) else {
            return vec![format!("the canonical address {canonical} is no page of the site")];
        };
        let mut faults = Vec::new();
        if self.known(known).map(|last| last.file) != Some(known.file) {
            faults.push(format!("its canonical page {} wants another to be known", known.file));
        }
        if known.file != page.file && !page.alternates.is_empty() {
            faults.push("it has alternates, and is not canonical itself".to_owned());
        }
        faults
    }

    /// Links of the switch are those in a `nav` that name a language in its own words: `<a lang=x hreflang=x>`.
    fn switch(&self, page: &Page<'_>) -> Vec<String> {
        let mut faults = Vec::new();
        let start = page.tags.iter().position(|tag| tag.get("class") == Some("langs"));
        let links = page.tags[start.unwrap_or(page.tags.len())..].iter().skip(1);
        let links: Vec<&Tag> = links
            .take_while(|tag| matches!(&*tag.name, "ul" | "li" | "a" | "small" | "span" | "bdi"))
            .filter(|tag| tag.name == "a")
            .collect();
        let named: Vec<&str> = links.iter().filter_map(|link| link.get("hreflang")).collect();
        if self.languages.len() > 1
            && (named.len() != self.languages.len()
                || named.iter().any(|lang| !self.languages.contains(lang)))
        {
            faults.push(format!("its switch has {named:?}, and the site {:?}", self.languages));
        }
        let exact = links.iter().filter(|link| link.get("rel") == Some("alternate"));
        let mut exact: BTreeSet<&str> = exact.filter_map(|link| link.get("hreflang")).collect();
        let itself = self.known(page).is_none_or(|known| known.file == page.file);
        if itself && !exact.is_empty() {
            exact.insert(page.lang);
            let named: BTreeSet<&str> = page
                .alternates
                .iter()
                .map(|(lang, _)| lang.as_str())
                .filter(|lang| *lang != "x-default")
                .collect();
            if named != exact {
                faults.push(format!("its alternates are {named:?}, and its switch leads to {exact:?}"));
            }
        }
        faults
    }

    fn links(&self, page: &Page<'_>) -> Vec<String> {
        let mut faults = Vec::new();
        for link in page.links() {
            let href = link.get("href").unwrap_or_default();
            let Some(target) = self.page(page.file, href) else { continue };
            match link.get("hreflang") {
                None if target.lang != page.lang => {
                    faults.push(format!("{href} is in {} and does not say so", target.lang));
                }
                Some(said) if said != target.lang => {
                    faults.push(format!("{href} is said to be in {said}, and is in {}", target.lang));
                }
                _ => {}
            }
        }
        let feeds = page
            .tags
            .iter()
            .filter(|tag| tag.name == "link" && tag.get("type") == Some("application/atom+xml"));
        for feed in feeds.filter_map(|tag| tag.get("href")) {
            let file = self.site.follow(page.file, feed).ok().flatten();
            let lang = file.and_then(|file| self.site.tags.get(file)?.first()?.get("xml:lang"));
            if lang != Some(page.lang) {
                faults.push(format!("its feed {feed} is in {lang:?}"));
            }
        }
        faults
    }

    /// A page that shows the words of another page marks them with their language, and says where they come from.
    fn foreign_words(&self, page: &Page<'_>) -> Vec<String> {
        let Some(known) = self.known(page).filter(|known| known.lang != page.lang) else { return Vec::new() };
        let mut faults = Vec::new();
        let is_words = |tag: &&Tag| !matches!(&*tag.name, "a" | "small" | "html");
        if !page.tags.iter().filter(is_words).any(|tag| tag.get("lang") == Some(known.lang)) {
            faults.push(format!("its words are in {}, and are not marked", known.lang));
        }
        let leads = |link: &Tag| {
            self.page(page.file, link.get("href").unwrap_or_default()).is_some_and(|to| to.file == known.file)
        };
        if !page.links().any(leads) {
            faults.push(format!("it does not lead to {}, whose words it shows", known.file));
        }
        faults
    }

    fn feed(&self, tags: &[Tag], allowed: &dyn Fn(&str, &str) -> bool) -> Vec<String> {
        let mut faults = Vec::new();
        let lang = tags.first().and_then(|feed| feed.get("xml:lang")).unwrap_or_default();
        let mut told: BTreeSet<String> = BTreeSet::new();
        let mut entry_lang = None;
        for tag in tags {
            match (&*tag.name, tag.get("rel")) {
                ("entry", _) => entry_lang = tag.get("xml:lang"),
                ("link", Some("alternate")) if entry_lang.is_some() => {
                    let href = tag.get("href").unwrap_or_default();
                    let Some(page) = self.page("feed.xml", href) else {
                        faults.push(format!("{href} is no page of the site"));
                        continue;
                    };
                    if self.known(page).map(|known| known.file) != Some(page.file) {
                        faults.push(format!("{href} shows the words of another page"));
                    }
                    if entry_lang != Some(page.lang) || tag.get("hreflang") != Some(page.lang) {
                        faults.push(format!("{href} is in {} and said to be in {entry_lang:?}", page.lang));
                    }
                    if !allowed(lang, page.lang) {
                        faults.push(format!("{href} is in {}, and the feed in {lang}", page.lang));
                    }
                    let versions = page.alternates.iter().map(|(_, href)| href.as_str()).chain([href]);
                    let versions: BTreeSet<String> = versions.map(str::to_owned).collect();
                    let is_new = told.is_disjoint(&versions);
                    told.extend(versions);
                    if !is_new {
                        faults.push(format!("{href} is told twice"));
                    }
                }
                _ => {}
            }
        }
        faults
    }

    /// The sitemap and what is in it.
    fn sitemap(&self, built: &Built) -> Vec<String> {
        let Some(text) = built.files.get("sitemap.xml").map(|_| built.page("sitemap.xml")) else {
            return Vec::new();
        };
        let mut faults = Vec::new();
        let mut listed: BTreeSet<&str> = BTreeSet::new();
        for part in text.split("<url>").skip(1) {
            let Some((address, rest)) =
                part.split_once("<loc>").and_then(|(_, rest)| rest.split_once("</loc>"))
            else {
                continue;
            };
            let Some(page) = self.page("sitemap.xml", address) else {
                faults.push(format!("sitemap.xml: {address} is no page"));
                continue;
            };
            listed.insert(page.file);
            let named = crate::tags(rest);
            let named: BTreeSet<(String, String)> = named
                .iter()
                .filter(|tag| tag.name == "xhtml:link")
                .filter_map(|tag| Some((tag.get("hreflang")?.to_owned(), tag.get("href")?.to_owned())))
                .collect();
            if named != page.alternates {
                faults.push(format!("sitemap.xml: {address} has other alternates than its page"));
            }
        }
        for page in self.pages.values() {
            let wanted = page.is_found && self.known(page).is_some_and(|known| known.file == page.file);
            if wanted != listed.contains(page.file) {
                let how = if wanted { "is not" } else { "should not be" };
                faults.push(format!("sitemap.xml: {} {how} in it", page.file));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://a.b/";

    /// A page in a language with what stands in its head and in its body.
    fn page(lang: &str, path: &str, head: &str, body: &str) -> (String, Vec<u8>) {
        let text = format!("<html lang={lang}><link rel=canonical href={BASE}{path}>{head}{body}");
        (format!("{path}index.html"), text.into_bytes())
    }

    fn faults(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<String> {
        let files = files.into_iter().collect();
        let built = Built { files, ..Built::default() };
        language_faults(&built, BASE, &|feed, essay| feed == essay)
    }

    const SET: &str = "<link rel=alternate hreflang=zh href=https://a.b/><link rel=alternate hreflang=en href=https://a.b/en/><link rel=alternate hreflang=x-default href=https://a.b/>";
    const SWITCH: &str = "<nav class=langs><ul><li><a href=/ hreflang=zh rel=alternate>中</a><li><a href=/en/ hreflang=en rel=alternate>e</a></ul></nav>";

    #[test]
    fn a_good_site_has_no_faults() {
        let feed = "<feed xml:lang=\"zh\"><entry xml:lang=\"zh\"><link rel=\"alternate\" hreflang=\"zh\" href=\"https://a.b/\"/></entry></feed>";
        let found = faults([
            page("zh", "", SET, SWITCH),
            page("en", "en/", SET, &format!("{SWITCH}<p><a href=/ hreflang=zh>z</a>")),
            ("feed.xml".to_owned(), feed.into()),
        ]);
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn every_kind_of_fault_is_found() {
        let one = |zh: (&str, &str), en: (&str, &str), wanted: &str| {
            let found = faults([page("zh", "", zh.0, zh.1), page("en", "en/", en.0, en.1)]).join("\n");
            assert!(found.contains(wanted), "{wanted} in {found}");
        };
        one((SET, SWITCH), ("", SWITCH), "its alternates are {}, and its switch leads to");
        one((SET, SWITCH), (SET, "<nav class=langs><a href=/ hreflang=zh>z</a></nav>"), "its switch has");
        one((SET, SWITCH), (SET, "<a href=/>z</a>"), "/ is in zh and does not say so");
        one((SET, SWITCH), (SET, "<a href=/ hreflang=en>z</a>"), "is said to be in en, and is in zh");
        let borrowed =
            ("en/x/index.html".to_owned(), "<html lang=en><link rel=canonical href=https://a.b/>".into());
        let found = faults([page("zh", "", "", ""), page("en", "en/", "", ""), borrowed]).join("\n");
        assert!(
            found.contains("its words are in zh, and are not marked")
                && found.contains("it does not lead to index.html"),
            "{found}"
        );

        let feed = |lang: &str, href: &str| {
            let entry = format!(
                "<entry xml:lang=\"{lang}\"><link rel=\"alternate\" hreflang=\"{lang}\" href=\"{BASE}{href}\"/></entry>"
            );
            format!("<feed xml:lang=\"zh\">{entry}{entry}</feed>").into_bytes()
        };
        let found = |lang: &str, href: &str| {
            let pages = [page("zh", "", SET, SWITCH), page("en", "en/", SET, SWITCH)];
            faults(pages.into_iter().chain([("feed.xml".to_owned(), feed(lang, href))])).join("\n")
        };
        assert!(found("zh", "").contains("is told twice"));
        assert!(found("en", "en/").contains("is in en, and the feed in zh"));
        assert!(found("zh", "en/").contains("is in en and said to be in"));
        assert!(found("zh", "none/").contains("is no page of the site"));

        let sitemap = "<urlset><url><loc>https://a.b/</loc></url></urlset>";
        let pages = [page("zh", "", SET, SWITCH), page("en", "en/", SET, SWITCH)];
        let found = faults(pages.into_iter().chain([("sitemap.xml".to_owned(), sitemap.into())])).join("\n");
        assert!(
            found.contains("has other alternates") && found.contains("en/index.html is not in it"),
            "{found}"
        );
    }
}
