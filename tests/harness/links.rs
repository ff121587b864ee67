//! Whether every address of a built site leads somewhere, as a browser on GitHub Pages would follow it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::Built;
use crate::html::{Tag, tags, unescape};

/// Every address in the pages, feeds and sitemaps of a site that leads nowhere, leaves the site's folder by mistake, names a heading that
/// is not there, or breaks the rules of `hreflang`. `base` is the site's whole address, such as `https://a.b/repo/`.
pub fn broken_links(built: &Built, base: &str) -> Vec<String> {
    let site = Site::new(built, base);
    let mut faults = Vec::new();
    for (file, tags) in &site.tags {
        for (what, address) in tags.iter().flat_map(addresses).chain(locations(file, built)) {
            if let Err(fault) = site.follow(file, &address) {
                faults.push(format!("{file}: {what} {address}: {fault}"));
            }
        }
    }
    faults.extend(site.hreflang());
    faults
}

pub(crate) struct Site<'a> {
    /// The host: `https://a.b`.
    origin: &'a str,
    /// The folder: `/repo/`.
    folder: &'a str,
    files: HashSet<&'a str>,
    pub(crate) tags: BTreeMap<&'a str, Vec<Tag>>,
    ids: HashMap<&'a str, HashSet<String>>,
}

impl<'a> Site<'a> {
    pub(crate) fn new(built: &'a Built, base: &'a str) -> Site<'a> {
        let host = base.find("://").map_or(0, |at| at + 3);
        let (origin, folder) = base.split_at(base[host..].find('/').map_or(base.len(), |at| host + at));
        let files = built.files.keys().map(String::as_str).collect();
        let marked = built.files.keys().filter(|file| file.ends_with(".html") || file.ends_with(".xml"));
        let tags: BTreeMap<&str, Vec<Tag>> =
            marked.map(|file| (file.as_str(), tags(built.page(file)))).collect();
        let ids = tags
            .iter()
            .map(|(file, tags)| {
                (
                    *file,
                    tags.iter()
                        .flat_map(|tag| [tag.get("id"), tag.get("name")])
                        .flatten()
                        .map(str::to_owned)
                        .collect(),
                )
            })
            .collect();
        Site { origin, folder, files, tags, ids }
    }

    /// Follows an address from a file to a file of the site, or out of it.
    pub(crate) fn follow(&self, from: &str, address: &str) -> Result<Option<&str>, &'static str> {
        let whole = self.whole(from, address);
        let Some(path) =
            whole.strip_prefix(self.origin).filter(|path| path.starts_with('/') || path.is_empty())
        else {
            return Ok(None);
        };
        let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
        let path = path.split('?').next().unwrap_or_default();
        let Some(path) = path.strip_prefix(self.folder) else {
            return Err("is outside of the site's folder");
        };
        let written = address.split('#').next().unwrap_or_default();
        if written.contains(|c: char| !c.is_ascii() || matches!(c, ' ' | '"' | '<' | '>')) {
            return Err("is not percent-encoded");
        }
        let path = decode(path);
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
        let Some(file) = self.files.get(file.as_str()) else {
            return Err("leads to a file that is not there");
        };
        let fragment = decode(fragment);
        if !fragment.is_empty()
            && fragment != "top"
            && !self.ids.get(file).is_some_and(|ids| ids.contains(&fragment))
        {
            return Err("names a heading that is not there");
        }
        Ok(Some(file))
    }

    /// An address as a whole one (RFC 3986, 5.2, for what our pages hold).
    fn whole(&self, from: &str, address: &str) -> String {
        let page =
            format!("{}{}{}", self.origin, self.folder, from.strip_suffix("index.html").unwrap_or(from));
        if address.contains("://") || address.starts_with("mailto:") || address.starts_with("data:") {
            return address.to_owned();
        }
        if address.starts_with("//") {
            return format!("https:{address}");
        }
        if address.starts_with('/') {
            return format!("{}{address}", self.origin);
        }
        if address.starts_with('#') || address.is_empty() {
            return format!("{page}{address}");
        }
        let mut parts: Vec<&str> =
            page.rsplit_once('/').map_or(page.as_str(), |(folder, _)| folder).split('/').collect();
        for part in address.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        parts.join("/")
    }

    /// A set of alternates is the same on all of its pages, holds the page itself in its own language, and has `x-default`.
    fn hreflang(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let sets: BTreeMap<&str, BTreeSet<(String, String)>> =
            self.tags.iter().map(|(file, tags)| (*file, alternates(tags))).collect();
        for (file, set) in sets.iter().filter(|(_, set)| !set.is_empty()) {
            let lang = self.lang(file);
            for (hreflang, href) in set {
                match self.follow(file, href) {
                    Ok(Some(target)) if sets.get(target) != Some(set) => {
                        faults.push(format!("{file}: {target} has other alternates"));
                    }
                    Ok(Some(target)) if hreflang != "x-default" && self.lang(target) != *hreflang => {
                        faults.push(format!(
                            "{file}: the alternate for {hreflang} is in {}",
                            self.lang(target)
                        ));
                    }
                    Ok(None) => faults.push(format!("{file}: the alternate {href} is not of this site")),
                    _ => {}
                }
                if !href.starts_with(self.origin) || self.origin.is_empty() {
                    faults.push(format!("{file}: the alternate {href} is not absolute"));
                }
            }
            // A page that lets the reader choose a language is the default of all and the version of none.
            let own = set.iter().any(|(hreflang, href)| {
                (*hreflang == lang || hreflang == "x-default") && self.follow(file, href) == Ok(Some(file))
            });
            if !own || !set.iter().any(|(hreflang, _)| hreflang == "x-default") {
                faults.push(format!("{file}: its alternates lack itself or x-default: {set:?}"));
            }
        }
        faults
    }

    fn lang(&self, file: &str) -> &str {
        let root = self.tags.get(file).and_then(|tags| tags.iter().find(|tag| tag.name == "html"));
        root.and_then(|root| root.get("lang")).unwrap_or_default()
    }
}

/// The alternates a page names in its head. Links with a `type` are feeds.
pub(crate) fn alternates(tags: &[Tag]) -> BTreeSet<(String, String)> {
    let links = tags
        .iter()
        .filter(|tag| tag.name == "link" && tag.get("rel") == Some("alternate") && tag.get("type").is_none());
    links.filter_map(|tag| Some((tag.get("hreflang")?.to_owned(), tag.get("href")?.to_owned()))).collect()
}

/// The addresses in a tag, with the name of the place.
fn addresses(tag: &Tag) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let named = |name: &str| format!("<{} {name}>", tag.name);
    for name in ["href", "src", "poster", "action", "data-src"] {
        if let Some(value) = tag.get(name) {
            found.push((named(name), value.to_owned()));
        }
    }
    for candidate in tag.get("srcset").unwrap_or_default().split(',') {
        let address = candidate.split_whitespace().next();
        found.extend(address.map(|address| (named("srcset"), address.to_owned())));
    }
    let content = tag.get("content").unwrap_or_default();
    if tag.get("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh")) {
        let address = content.split_once("url=").map_or("", |(_, address)| address);
        found.push((named("refresh"), address.to_owned()));
    }
    if matches!(tag.get("property"), Some("og:url" | "og:image")) {
        found.push((named("content"), content.to_owned()));
    }
    found
}

/// The addresses that stand between tags: `<loc>` of sitemaps, `Sitemap:` of robots.txt.
fn locations(file: &str, built: &Built) -> Vec<(String, String)> {
    if !file.ends_with(".xml") {
        return Vec::new();
    }
    let parts = built.page(file).split("<loc>").skip(1);
    parts.filter_map(|part| Some(("<loc>".to_owned(), unescape(part.split_once("</loc>")?.0)))).collect()
}

/// Percent-decoding (RFC 3986, 2.1).
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, code) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)], base: &str) -> Vec<String> {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        broken_links(&Built { files, ..Built::default() }, base)
    }

    #[test]
    fn good_links_are_good() {
        let page = "<html lang=zh><a href=\"/r/%E6%9C%88/#%E5%9C%86\">x</a><a href=b>y</a><a href=https://other.org/z>z</a>";
        assert_eq!(
            of(
                &[("index.html", page), ("月/index.html", "<h2 id=\"圆\"><a href=../>up</a>"), ("b", "")],
                "https://a.b/r/"
            ),
            [""; 0]
        );
    }

    #[test]
    fn bad_links_are_named() {
        let page = "<a href=/x/>1</a><a href=/r/none/>2</a><a href=#no>3</a><img src=/r/月.png>";
        let faults = of(&[("index.html", page), ("月.png", "")], "https://a.b/r/").join("\n");
        for fault in [
            "outside of the site's folder",
            "a file that is not there",
            "a heading that is not there",
            "not percent-encoded",
        ] {
            assert!(faults.contains(fault), "{fault} in {faults}");
        }
    }

    #[test]
    fn alternates_are_the_same_everywhere() {
        let good = "<link rel=alternate hreflang=zh href=https://a.b/><link rel=alternate hreflang=en href=https://a.b/en/><link rel=alternate hreflang=x-default href=https://a.b/>";
        let (zh, en) = (format!("<html lang=zh>{good}"), format!("<html lang=en>{good}"));
        assert_eq!(of(&[("index.html", &zh), ("en/index.html", &en)], "https://a.b/"), [""; 0]);
        let faults = of(&[("index.html", &zh), ("en/index.html", "<html lang=en>")], "https://a.b/");
        assert!(faults.iter().any(|fault| fault.contains("other alternates")), "{faults:?}");
    }
}
