//! Addresses. The base path is joined here and nowhere else, so a site is right under `/REPO/` and at a root.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Characters that a path segment may not hold raw (RFC 3986, 3.3: everything but unreserved, sub-delims, `:` and `@`).
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// Characters that a fragment may not hold raw (RFC 3986, 3.5).
const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Percent-encodes a path, leaving its slashes.
pub fn encode_path(path: &str) -> String {
    encode(path, PATH)
}

/// Most addresses need no encoding, and every page has several: those are copied, not formatted.
fn encode(text: &str, set: &'static AsciiSet) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_');
    if text.bytes().all(plain) { text.to_owned() } else { utf8_percent_encode(text, set).collect() }
}

/// Percent-encodes the part after `#`.
pub fn encode_fragment(fragment: &str) -> String {
    encode(fragment, FRAGMENT)
}

/// An address within the site: no leading slash, not percent-encoded, NFC. A directory ends with a slash;
/// the home page is the empty route. `essays/moon/` is written to `essays/moon/index.html`, which is the same address.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Route(Arc<str>);

impl Route {
    /// A route from path segments or a path; leading slashes, `.` and empty segments vanish, `..` is not followed.
    pub fn new(path: &str) -> Route {
        let mut clean = String::with_capacity(path.len());
        for part in path.split('/').filter(|part| !matches!(*part, "" | "." | "..")) {
            if !clean.is_empty() {
                clean.push('/');
            }
            // Composing is slow, and plain names have nothing to compose.
            if part.is_ascii() { clean.push_str(part) } else { clean.extend(part.nfc()) }
        }
        if path.ends_with('/') && !clean.is_empty() {
            clean.push('/');
        } else if let Some(folder) = clean.strip_suffix("index.html")
            && (folder.is_empty() || folder.ends_with('/'))
        {
            clean.truncate(folder.len());
        }
        Route(clean.into())
    }

    /// The route as text: `essays/moon/`, `feed.xml`, or nothing for the home page.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file it is written to, from the output folder: `essays/moon/index.html`.
    pub fn file(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') {
            format!("{}index.html", self.0)
        } else {
            self.0.to_string()
        }
    }

    /// A route below this one (which must be a directory or the home page).
    #[must_use]
    pub fn join(&self, path: &str) -> Route {
        Route::new(&format!("{}/{}", self.0, path))
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

/// Where the site will live: `https://owner.github.io/repo/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseUrl {
    origin: Arc<str>,
    path: Arc<str>,
}

/// The bare path `/`.
impl Default for BaseUrl {
    fn default() -> BaseUrl {
        BaseUrl { origin: "".into(), path: "/".into() }
    }
}

impl BaseUrl {
    /// Reads a base URL: a scheme of http or https, a host, and a path to which a closing slash is added.
    /// A bare path (`/` or `/repo/`) is taken too, for sites that do not know their host yet.
    pub fn parse(url: &str) -> Option<BaseUrl> {
        let url = url.trim();
        let host_start = ["https://", "http://"]
            .iter()
            .find(|scheme| url.starts_with(**scheme))
            .map(|scheme| scheme.len());
        let (origin, path) = match host_start {
            Some(at) => {
                let slash = url[at..].find('/').map_or(url.len(), |found| at + found);
                (&url[..slash], &url[slash..])
            }
            None if url.is_empty() || url.starts_with('/') => ("", url),
            None => return None,
        };
        if host_start.is_some_and(|at| origin.len() == at) || url.contains(['?', '#', ' ']) {
            return None;
        }
        let path = path.trim_matches('/');
        let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        Some(BaseUrl { origin: origin.into(), path: path.into() })
    }

    /// Scheme and host without a closing slash: `https://owner.github.io`. Empty for a bare path.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The path, with a slash at both ends: `/repo/` or `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// A route's address on the site, percent-encoded: `/repo/essays/moon/`.
    pub fn path_of(&self, route: &Route) -> String {
        [&*self.path, &encode_path(route.as_str())].concat()
    }

    /// A route's whole address, percent-encoded: `https://owner.github.io/repo/essays/moon/`.
    pub fn absolute(&self, route: &Route) -> String {
        [&*self.origin, &*self.path, &encode_path(route.as_str())].concat()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_clean() {
        assert_eq!(Route::new("/essays//moon/").as_str(), "essays/moon/");
        assert_eq!(Route::new("/").file(), "index.html");
        assert_eq!(Route::new("a/../b").as_str(), "a/b");
        assert_eq!(Route::new("e\u{301}/").as_str(), "é/");
        assert_eq!(Route::new("feed.xml").file(), "feed.xml");
    }

    #[test]
    fn the_base_path_is_joined_once() {
        let base = BaseUrl::parse("https://o.github.io/repo").unwrap();
        assert_eq!(base.absolute(&Route::new("月/a b/")), "https://o.github.io/repo/%E6%9C%88/a%20b/");
        assert_eq!(base.path_of(&Route::new("")), "/repo/");
        assert_eq!(BaseUrl::parse("https://x.y").unwrap().path(), "/");
        assert_eq!(BaseUrl::parse("/r").unwrap().absolute(&Route::new("a/")), "/r/a/");
        assert!(BaseUrl::parse("x.y").is_none() && BaseUrl::parse("https:///").is_none());
    }
}
