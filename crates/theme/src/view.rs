//! All that a template sees. Names follow Zola 0.23; what Zola does not have is marked.
//!
//! On every page: `config`, `lang`, `lang_dir`\*, `current_url`, `current_path`, `canonical_url`\*, `languages`\* (the language switch),
//! `alternates`\* (for `hreflang`), `menu`\*, `feeds`\*, `home`\*, `sign_off`\* (the tagline to end with), `has_code`\* (whether
//! the text has code or formulas), `virtual_pages`\* (what plugins made for the language, by key). Besides these
//!
//! | page | names |
//! |---|---|
//! | essay | `page` |
//! | essay beside another version | `page`, `other`, `pairs` of `left`, `right` and `state` |
//! | section | `section`, and `paginator` if it is cut into pages |
//! | list of terms | `taxonomy`, `terms` |
//! | term | `taxonomy`, `term`, and `paginator` if it is cut into pages |
//! | of a plugin | `title`, `data`, `pages`, and `paginator` if it is cut into pages |
//! | redirect | `redirect_to` |
//!
//! Whatever is added here must be in `prints.rs` too.

use std::sync::Arc;

use fika_model::{Alternate, Fit, Lang, Page, PageKind, Pager, Route, Site, TaxonomyId};
use memchr::memmem;
use tera::{Context, Value};

use crate::Pair;
use crate::items::term_name;
use crate::prints::slice;
use crate::stage::Stage;
use crate::values::{Fields, data, direction, html, record, text, titled};

/// The context of a page. `content` is its own body, filled.
pub(crate) fn context(stage: &Arc<Stage>, page: &Page, content: &str, pairs: &[Pair]) -> Context {
    let mut context = Context::new();
    let frame = stage.frame(&page.lang);
    context.insert_value("config", frame.config.clone());
    context.insert_value("lang", text(page.lang.as_str()));
    context.insert_value("lang_dir", text(direction(&page.lang)));
    context.insert_value("current_url", text(&page.permalink));
    context.insert_value("current_path", text(&page.path));
    context.insert_value("canonical_url", text(page.canonical()));
    context.insert_value("home", frame.home.clone());
    context.insert_value("virtual_pages", frame.virtual_pages.clone());
    context.insert_value("menu", frame.menu(page));
    context.insert_value("languages", languages(stage, page));
    context.insert_value("alternates", alternates(stage, page));
    context.insert_value("feeds", feeds(stage, page));
    context.insert_value("sign_off", text(&stage.sign_off(page)));
    context.insert_value("has_code", Value::from(has_code(content)));
    insert_kind(&mut context, stage, page, content);
    if let PageKind::Parallel { .. } = page.kind {
        context.insert_value("pairs", Value::from(pairs.iter().map(pair).collect::<Vec<Value>>()));
    }
    context
}

fn insert_kind(context: &mut Context, stage: &Arc<Stage>, page: &Page, content: &str) {
    match &page.kind {
        PageKind::Essay(id) => context.insert_value("page", with_content(stage.own(*id), content)),
        PageKind::Section { entry, pager: None } => {
            context.insert_value("section", with_content(stage.own(*entry), content));
        }
        PageKind::Section { entry, pager: Some(pager) } => {
            let entries = &stage.entry(*entry).pages;
            let pages = stage.items(slice(entries, pager));
            let section = with_pages(stage.metadata(*entry), &pages);
            context.insert_value("section", with_content(section, content));
            context.insert_value("paginator", paginator(stage, pager, entries.len(), pages));
        }
        PageKind::Parallel { entry, other } => {
            context.insert_value("page", record(stage.own(*entry)));
            context.insert_value("other", stage.item(*other));
        }
        PageKind::Taxonomy(id) => {
            context.insert_value("taxonomy", stage.taxonomy(*id));
            context.insert_value("terms", stage.terms_of_taxonomy(*id));
        }
        PageKind::Term { taxonomy, term, pager } => {
            context.insert_value("taxonomy", stage.taxonomy(*taxonomy));
            let entries = &stage.site.taxonomy(*taxonomy).terms[*term as usize].entries;
            let shown = pager.as_ref().map_or(&entries[..], |pager| slice(entries, pager));
            let pages = stage.items(shown);
            context.insert_value("term", stage.term(*taxonomy, *term, pages.clone()));
            if let Some(pager) = pager {
                context.insert_value("paginator", paginator(stage, pager, entries.len(), pages));
            }
        }
        PageKind::Virtual { page: made, pager } => {
            let ((title, lang), page) = (stage.page_words(page), made);
            for (name, value) in titled(&title, lang.as_ref()) {
                context.insert_value(name, value);
            }
            context.insert_value("key", text(&page.key));
            context.insert_value("data", data(&page.data));
            match pager {
                None => context.insert_value("pages", stage.items(&page.entries)),
                Some(pager) => {
                    let pages = stage.items(slice(&page.entries, pager));
                    context.insert_value("pages", pages.clone());
                    context.insert_value("paginator", paginator(stage, pager, page.entries.len(), pages));
                }
            }
        }
        PageKind::NotFound | PageKind::Gateway => {}
        PageKind::Redirect { to } => context.insert_value("redirect_to", text(to)),
    }
}

/// Whether a text has code or formulas, and so needs the style of these.
fn has_code(html: &str) -> bool {
    ["<pre", "<math", "\"math "].iter().any(|mark| memmem::find(html.as_bytes(), mark.as_bytes()).is_some())
}

/// Two pieces of text side by side.
fn pair(pair: &Pair) -> Value {
    record([
        ("left", html(&pair.left)),
        ("right", html(&pair.right)),
        ("state", pair.state.map_or_else(Value::none, text)),
    ])
}

/// An essay or section on its own page, where alone it has a `content`.
fn with_content(mut own: Fields, content: &str) -> Value {
    own.push(("content", html(content)));
    record(own)
}

/// A section that is cut into pages, with the essays of this one: a template that knows of no `paginator` shows them all the same.
fn with_pages(mut section: Fields, pages: &Value) -> Fields {
    let own = section.iter_mut().filter(|(name, _)| *name == "pages");
    own.for_each(|(_, value)| *value = pages.clone());
    section
}

/// The language switch: where each language of the site leads from this page. Never to an address that does not exist.
fn languages(stage: &Stage, page: &Page) -> Value {
    let switch = page.languages.iter().map(|alternate| {
        let other = stage.site.page(alternate.page);
        let name_of = |lang: &Lang| stage.site.config.language(lang).map(|language| &*language.name);
        let (name, words) = (name_of(&alternate.lang), stage.borrowed_lang(other).and_then(name_of));
        record([
            ("lang", text(alternate.lang.as_str())),
            ("lang_dir", text(direction(&alternate.lang))),
            ("name", text(name.unwrap_or(alternate.lang.as_str()))),
            ("path", text(&other.path)),
            ("permalink", text(&other.permalink)),
            ("title", text(&stage.page_title(other))),
            ("home", text(&stage.home_path(&alternate.lang))),
            ("exact", Value::from(alternate.exact())),
            ("is_fallback", Value::from(alternate.fit == Fit::Fallback)),
            ("words", words.map_or_else(Value::none, text)),
            ("current", Value::from(alternate.lang == page.lang)),
        ])
    });
    Value::from(switch.collect::<Vec<Value>>())
}

/// The same page in every language that has it, itself included, then `x-default`: the first of them in the order of the
/// configuration (from home pages, the page that lets the reader choose, if there is one). Empty for a page in one language only, which needs no `hreflang`, and for one that shows words of another.
fn alternates(stage: &Stage, page: &Page) -> Value {
    let exact: Vec<_> = page.versions().collect();
    let link = |lang: &str, hreflang: &str, to: &Page| {
        record([
            ("lang", text(lang)),
            ("hreflang", text(hreflang)),
            ("permalink", text(&to.permalink)),
            ("path", text(&to.path)),
            ("title", text(&stage.page_title(to))),
            ("current", Value::from(lang == page.lang.as_str())),
            ("x_default", Value::from(lang == "x-default")),
        ])
    };
    let of =
        |one: &&Alternate| link(one.lang.as_str(), one.lang.without_extensions(), stage.site.page(one.page));
    let mut links: Vec<Value> = exact.iter().map(of).collect();
    links.extend(stage.site.x_default(page).map(|to| link("x-default", "x-default", stage.site.page(to))));
    Value::from(links)
}

/// The feeds of this list, then those of the language.
fn feeds(stage: &Arc<Stage>, page: &Page) -> Value {
    let own = stage.feeds_of(page);
    let others = stage.frame(&page.lang).feeds.iter().filter(|(route, _)| !own.contains(route));
    let own = own.iter().map(|route| feed(&stage.site, route));
    Value::from(own.chain(others.map(|(_, value)| value.clone())).collect::<Vec<Value>>())
}

/// A feed as pages name it.
pub(crate) fn feed(site: &Site, route: &Route) -> Value {
    let kind = match route.as_str().rsplit('/').next() {
        Some("rss.xml") => "application/rss+xml",
        Some("feed.json") => "application/feed+json",
        _ => "application/atom+xml",
    };
    let base = &site.config.base_url;
    record([
        ("path", text(&base.path_of(route))),
        ("permalink", text(&base.absolute(route))),
        ("type", text(kind)),
    ])
}

/// One page of a list of so many essays. Addresses are whole, as in Zola; `base_url` is that which a page's number is put behind.
fn paginator(stage: &Stage, pager: &Pager, total: usize, pages: Value) -> Value {
    let base = &stage.site.config.base_url;
    let to = |index: u32| text(&base.absolute(&pager.route(index)));
    let when = |there: bool, index: u32| if there { to(index) } else { Value::none() };
    record([
        ("paginate_by", Value::from(pager.paginate_by)),
        ("base_url", text(&base.absolute(&pager.base.join(&format!("{}/", pager.segment))))),
        ("number_pagers", Value::from(pager.count)),
        ("first", to(1)),
        ("last", to(pager.count)),
        ("previous", when(pager.index > 1, pager.index.saturating_sub(1))),
        ("next", when(pager.index < pager.count, pager.index + 1)),
        ("pages", pages),
        ("current_index", Value::from(pager.index)),
        ("total_pages", Value::from(total)),
    ])
}

impl Stage {
    /// The language of the words of a page that shows them for want of its own.
    pub(crate) fn borrowed_lang(&self, page: &Page) -> Option<&Lang> {
        let entry = self.entry(self.site.subject(page)?);
        entry.is_fallback().then_some(&entry.card.lang)
    }

    /// `taxonomy`
    pub(crate) fn taxonomy(&self, id: TaxonomyId) -> Value {
        let taxonomy = self.site.taxonomy(id);
        let base = &self.site.config.base_url;
        let (title, title_lang) = self.taxonomy_title(taxonomy);
        let config = self.site.config.taxonomy(&taxonomy.name);
        record(titled(&title, title_lang.as_ref()).into_iter().chain([
            ("name", text(&taxonomy.name)),
            ("kind", text(&taxonomy.name)),
            ("slug", text(&fika_model::slugify(&taxonomy.name))),
            ("lang", text(taxonomy.lang.as_str())),
            ("path", text(&base.path_of(&taxonomy.route))),
            ("permalink", text(&base.absolute(&taxonomy.route))),
            ("paginate_by", Value::from(taxonomy.paginate_by)),
            ("paginate_path", text("page")),
            ("feed", Value::from(config.is_some_and(|config| config.feed))),
            ("render", Value::from(config.is_none_or(|config| config.render))),
        ]))
    }

    /// `terms`
    pub(crate) fn terms_of_taxonomy(self: &Arc<Stage>, id: TaxonomyId) -> Value {
        let count = self.site.taxonomy(id).terms.len() as u32;
        let all = |term: u32| {
            let pages = self.items(&self.site.taxonomy(id).terms[term as usize].entries);
            self.term(id, term, pages)
        };
        Value::from((0..count).map(all).collect::<Vec<Value>>())
    }

    /// `term`, with these of its pages.
    pub(crate) fn term(&self, taxonomy: TaxonomyId, term: u32, pages: Value) -> Value {
        let taxonomy = self.site.taxonomy(taxonomy);
        let term = &taxonomy.terms[term as usize];
        let base = &self.site.config.base_url;
        record(term_name(taxonomy, term).chain([
            ("slug", text(&term.slug)),
            ("path", text(&base.path_of(&term.route))),
            ("permalink", text(&base.absolute(&term.route))),
            ("taxonomy", text(&taxonomy.name)),
            ("lang", text(taxonomy.lang.as_str())),
            ("pages", pages),
            ("page_count", Value::from(term.entries.len())),
        ]))
    }
}
