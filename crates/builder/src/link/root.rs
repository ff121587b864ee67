//! What a host shows where no essay is: 404 pages, and the root of a site whose languages all live in folders.

use fika_model::{Page, PageKind, Root, Route};

use super::pages::{Group, Maker, with_slash};

impl Maker<'_> {
    /// A 404 page for each language. The one at the root is the only one that GitHub Pages shows.
    pub(super) fn not_found(&mut self) {
        let config = self.input.config.clone();
        for language in &config.languages {
            let route = Route::new(&format!("{}/404.html", language.path));
            let page = self.page(route, &language.lang, PageKind::NotFound, &["404.html"], "");
            self.push(page, Group::NotFound);
        }
        let default = config.default_language();
        if !config.languages.iter().any(|language| language.path.is_empty()) {
            let own = config.base_url.absolute(&Route::new(&format!("{}/404.html", default.path)));
            let page =
                self.page(Route::new("404.html"), &default.lang, PageKind::NotFound, &["404.html"], "");
            self.push(Page { canonical: Some(own.into()), ..page }, Group::NotFound);
        }
    }

    /// The root, where no language lives there.
    pub(super) fn root(&mut self) {
        let config = self.input.config.clone();
        if config.languages.iter().any(|language| language.path.is_empty()) {
            return;
        }
        let (root, default) = (Route::new(""), config.default_language());
        match config.root {
            Root::Redirect => {
                let home = config.base_url.absolute(&Route::new(&with_slash(&default.path)));
                self.redirect(root, &default.lang, &home, "");
            }
            Root::Gateway => {
                let page = self.page(root, &default.lang, PageKind::Gateway, &["gateway.html"], "");
                self.push(page, Group::Alone);
            }
            Root::Copy => self.copy_home(&root, &default.path),
        }
    }

    /// The first page of the home page of a language, at the root once more.
    fn copy_home(&mut self, root: &Route, below: &str) {
        let home = Route::new(&with_slash(below));
        let Some(page) = self.made.iter().map(|made| &made.page).find(|page| page.route == home).cloned()
        else {
            return;
        };
        let base = &self.input.config.base_url;
        let copy = Page {
            path: base.path_of(root).into(),
            permalink: base.absolute(root).into(),
            canonical: Some(page.permalink.clone()),
            route: root.clone(),
            ..page
        };
        self.push(copy, Group::Alone);
    }
}
