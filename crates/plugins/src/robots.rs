//! `robots.txt`: everybody may read everything, and there is a sitemap. A site's own `static/robots.txt` wins.

use fika_plugin::{Additions, Draft, Files, FilesContext, Fingerprint, Hook, Plugin, Route, Sees};

use crate::sitemap;

/// The name in the configuration.
pub(crate) const NAME: &str = "robots";

/// Writes `robots.txt` (RFC 9309).
#[derive(Debug, Clone, Copy)]
pub struct Robots {
    sitemap: bool,
}

impl Robots {
    /// `sitemap` tells whether there is one.
    pub fn new(sitemap: bool) -> Robots {
        Robots { sitemap }
    }
}

fn route() -> Route {
    Route::new("robots.txt")
}

impl Plugin for Robots {
    fn name(&self) -> &str {
        NAME
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(if self.sitemap { "robots 1 sitemap" } else { "robots 1" })
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Site, Hook::Files]
    }

    fn sees(&self) -> Sees {
        Sees::Outlines
    }

    fn site(&self, _draft: &Draft<'_>) -> Additions {
        Additions { routes: vec![route()], ..Additions::default() }
    }

    fn files(&self, cx: &FilesContext<'_>) -> Files {
        if cx.site.files.values().any(|file| *file == route()) {
            return Files::default();
        }
        let base = &cx.site.config.base_url;
        let mut text = String::from("User-agent: *\nAllow: /\n");
        // The address of a sitemap has to be a whole one (sitemaps.org).
        if self.sitemap && !base.origin().is_empty() {
            text.push_str(&format!("\nSitemap: {}\n", base.absolute(&sitemap::route())));
        }
        Files::one(route(), text)
    }
}

#[cfg(test)]
mod tests {
    use fika_model::BaseUrl;

    use super::*;
    use crate::testing::{self, Draftsman};

    fn robots(base_url: &str, sitemap: bool, own: bool) -> Option<String> {
        let mut config = testing::config();
        config.base_url = BaseUrl::parse(base_url).unwrap();
        let mut site = Draftsman::new(config).site();
        if own {
            site.files.insert("static/robots.txt".into(), route());
        }
        testing::files(&Robots::new(sitemap), &site).pop().map(|(_, text)| text)
    }

    #[test]
    fn it_names_the_sitemap_by_its_whole_address() {
        let all = "User-agent: *\nAllow: /\n";
        let with_sitemap = format!("{all}\nSitemap: https://o.github.io/repo/sitemap.xml\n");
        assert_eq!(robots("https://o.github.io/repo/", true, false), Some(with_sitemap));
        assert_eq!(robots("https://o.github.io/repo/", false, false).as_deref(), Some(all));
        assert_eq!(robots("/repo/", true, false).as_deref(), Some(all));
    }

    #[test]
    fn the_sites_own_file_wins() {
        assert_eq!(robots("https://o.github.io/repo/", true, true), None);
    }
}
