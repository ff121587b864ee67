//! Feeds: Atom (RFC 4287) with the full text, one for each language, and one for each term and section that wants one. One more,
//! `all.xml`, can tell of all essays whatever their language, each once, as it was written.
//!
//! A feed holds the essays that have a date, the newest first. Nothing in it comes from the clock: it was updated when its
//! newest entry was. Without such an essay there is no feed, and without a host in `base_url` there is none at all, for a
//! feed is read far from the site and all its addresses have to be whole.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use fika_model::{
    BaseUrl, Borrow, CONFIG, Card, Config, DateTime, Diagnostic, Entry, EntryId, Kind, Language, Listing,
    Route, Site, Taxonomy, guests, term_slug,
};
use fika_plugin::{
    Additions, Draft, File, Files, FilesContext, Fingerprint, Fingerprinter, Hook, Plugin, Sees,
};

use crate::taxonomies;
use crate::xml::Xml;

/// The name in the configuration.
pub(crate) const NAME: &str = "feed";

/// Entries of a feed, unless the configuration says otherwise.
const LIMIT: usize = 20;

/// Writes feeds.
#[derive(Debug, Clone, Copy)]
pub struct Feed {
    limit: usize,
    terms: bool,
    all: bool,
}

impl Feed {
    /// Feeds with at most `limit` entries; 0 means all, none means 20. `terms` tells whether taxonomies are gathered.
    pub fn new(limit: Option<usize>, terms: bool) -> Feed {
        Feed { limit: limit.unwrap_or(LIMIT), terms, all: false }
    }

    /// The same with a feed of all languages.
    #[must_use]
    pub fn with_all(self, all: bool) -> Feed {
        Feed { all, ..self }
    }

    /// All feeds.
    fn channels<'a>(
        self,
        config: &'a Config,
        entries: &'a [Entry],
        taxonomies: &'a [Taxonomy],
    ) -> Vec<Channel<'a>> {
        let mut found = channels(config, entries, taxonomies, self.limit);
        found.extend(self.all.then(|| all(config, entries, self.limit)).flatten());
        found
    }
}

impl Plugin for Feed {
    fn name(&self) -> &str {
        NAME
    }

    fn fingerprint(&self) -> Fingerprint {
        let mut parts = Fingerprinter::new();
        parts.add("feed 3").add_u64(self.limit as u64);
        parts.add_u64(self.terms.into()).add_u64(self.all.into()).finish()
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Site, Hook::Files]
    }

    fn sees(&self) -> Sees {
        // What of an essay's versions is the original may follow from the text: a record is known again by its blocks.
        if self.all { Sees::Cards } else { Sees::Outlines }
    }

    fn site(&self, draft: &Draft<'_>) -> Additions {
        let config = draft.config;
        // Another plugin gathers the terms, and what it found is not known yet.
        let wanted = self.terms && config.taxonomies.iter().any(|taxonomy| taxonomy.feed);
        let taxonomies = if wanted { taxonomies::gather(config, draft.entries).0 } else { Vec::new() };
        let channels = self.channels(config, draft.entries, &taxonomies);
        if config.base_url.origin().is_empty() && !channels.is_empty() {
            let note =
                Diagnostic::note("no-host", CONFIG, "there is no feed, because `base_url` names no host");
            let help =
                "give the whole address of the site, such as `base_url: https://owner.github.io/repo/`";
            return Additions { diagnostics: vec![note.help(help)], ..Additions::default() };
        }
        Additions {
            routes: channels.into_iter().map(|channel| channel.route).collect(),
            ..Additions::default()
        }
    }

    fn files(&self, cx: &FilesContext<'_>) -> Files {
        let mut made = Files::default();
        let site = cx.site;
        if site.config.base_url.origin().is_empty() {
            return made;
        }
        for channel in self.channels(&site.config, &site.entries, &site.taxonomies) {
            match write(cx, &channel) {
                Ok(bytes) => made.files.push(File { route: channel.route, bytes }),
                Err(error) => {
                    let message = format!("the feed `{}` could not be written: {error}", channel.route);
                    made.diagnostics.push(Diagnostic::error("feed", "", message));
                }
            }
        }
        made
    }
}

/// One feed.
struct Channel<'a> {
    route: Route,
    language: &'a Language,
    title: String,
    /// The tagline of the section or home page, else that of the site.
    tagline: &'a str,
    /// The page that it is the feed of.
    page: Route,
    /// Its essays, newest first.
    entries: Vec<EntryId>,
}

/// The feeds of one language each: of languages, of sections, of terms.
fn channels<'a>(
    config: &'a Config,
    entries: &'a [Entry],
    taxonomies: &'a [Taxonomy],
    limit: usize,
) -> Vec<Channel<'a>> {
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    let mut add = |language: &'a Language, title, own: Option<&'a Entry>, page: Route, ids: Vec<EntryId>| {
        let mut ids = told(entries, language, ids);
        newest(entries, &mut ids, limit);
        let title = match title {
            "" => language.title.to_string(),
            title => format!("{title} · {}", language.title),
        };
        let route = page.join("feed.xml");
        let tagline = own.and_then(|entry| entry.card.tagline.get(&language.lang));
        let tagline = tagline.map_or(&*language.tagline, |tagline| tagline);
        if !ids.is_empty() && known.insert(route.clone()) {
            found.push(Channel { route, language, title, tagline, page, entries: ids });
        }
    };
    for language in &config.languages {
        let own = |(_, entry): &(usize, &Entry)| entry.card.kind == Kind::Page && entry.lang == language.lang;
        let mut ids: Vec<EntryId> =
            entries.iter().enumerate().filter(own).map(|(at, _)| EntryId(at as u32)).collect();
        let policy = language.listing.feeds;
        if policy > Listing::Own {
            let guests = guests(config, entries, language).into_iter();
            ids.extend(guests.filter(|guest| guest.by <= policy).map(|guest| guest.entry));
        }
        let is_home = |entry: &&Entry| entry.parent.is_none() && entry.card.kind == Kind::Section;
        let home = entries.iter().filter(is_home).find(|entry| entry.lang == language.lang);
        add(language, "", home, Route::new(&format!("{}/", language.path)), ids);
    }
    for entry in entries {
        let wanted = entry
            .card
            .section
            .as_ref()
            .is_some_and(|section| section.generate_feeds && section.redirect_to.is_none());
        let Some(language) = config.language(&entry.lang).filter(|_| wanted) else { continue };
        add(language, &entry.card.title, Some(entry), entry.route.clone(), entry.pages.clone());
    }
    for taxonomy in taxonomies {
        let wanted =
            config.taxonomies.iter().any(|known| known.name == taxonomy.name && known.feed && known.render);
        let Some(language) = config.language(&taxonomy.lang).filter(|_| wanted) else { continue };
        for term in &taxonomy.terms {
            add(language, &term.name, None, term.route.clone(), term.entries.clone());
        }
    }
    found
}

/// The feed of all languages: of each essay the version that is the original, else the first that the site has. Its title is that of
/// the site in every language.
fn all<'a>(config: &'a Config, entries: &'a [Entry], limit: usize) -> Option<Channel<'a>> {
    let is_told =
        |entry: &Entry| entry.card.kind == Kind::Page && entry.is_own() && updated(&entry.card).is_some();
    let versions = |at: u32| {
        let twins = entries[at as usize].translations.iter().copied().chain([EntryId(at)]);
        twins.filter(|id| is_told(&entries[id.0 as usize]))
    };
    let chosen = |at: u32| {
        let rank = |id: &EntryId| {
            let entry = &entries[id.0 as usize];
            let is_made = entry.translation.as_ref().is_some_and(|made| made.original.is_some());
            (is_made, config.rank(&entry.lang))
        };
        versions(at).min_by_key(rank) == Some(EntryId(at))
    };
    let mut ids: Vec<EntryId> = (0..entries.len() as u32).filter(|&at| chosen(at)).map(EntryId).collect();
    newest(entries, &mut ids, limit);
    let mut titles: Vec<&str> = config.languages.iter().map(|language| &*language.title).collect();
    let mut seen = BTreeSet::new();
    titles.retain(|title| seen.insert(*title));
    let language = config.default_language();
    (!ids.is_empty()).then(|| Channel {
        route: Route::new("all.xml"),
        language,
        title: titles.join(" / "),
        tagline: "",
        page: Route::new(&format!("{}/", language.path)),
        entries: ids,
    })
}

/// Leaves the newest essays, so many (0 is all), in order. All others are left out before anything is sorted.
fn newest(entries: &[Entry], ids: &mut Vec<EntryId>, most: usize) {
    let key = |id: &EntryId| {
        let card = &entries[id.0 as usize].card;
        (Reverse(card.date.or(card.updated)), &card.order, &card.title, &card.source)
    };
    if most > 0 && most < ids.len() {
        ids.select_nth_unstable_by(most, |a, b| key(a).cmp(&key(b)));
        ids.truncate(most);
    }
    ids.sort_by(|a, b| key(a).cmp(&key(b)));
}

/// The essays of a list that its language's feeds tell of. They tell of originals, never of the pages that show them for want of
/// a translation, and of other languages' only if the policy says so.
fn told(entries: &[Entry], language: &Language, ids: Vec<EntryId>) -> Vec<EntryId> {
    let entry = |id: EntryId| &entries[id.0 as usize];
    let original = |id: EntryId| entry(id).borrowed(Borrow::Fallback).unwrap_or(id);
    let policy = language.listing.feeds;
    let wanted = |id: &EntryId| entry(*id).lang == language.lang || policy > Listing::Own;
    let told = ids.into_iter().map(original).filter(wanted);
    told.filter(|id| updated(&entry(*id).card).is_some()).collect()
}

/// When an essay was last changed, as far as its writer says.
fn updated(card: &Card) -> Option<DateTime> {
    card.updated.or(card.date)
}

fn write(cx: &FilesContext<'_>, channel: &Channel<'_>) -> io::Result<Vec<u8>> {
    let site = cx.site;
    let (base, language) = (&site.config.base_url, channel.language);
    let lang = language.lang.as_str();
    let (own, page) = (base.absolute(&channel.route), base.absolute(&channel.page));
    let mut xml = Xml::new("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", lang)])?;
    xml.text("id", &[], &own)?;
    xml.text("title", &[], &channel.title)?;
    if !channel.tagline.is_empty() {
        xml.text("subtitle", &[], channel.tagline)?;
    }
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)])?;
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("hreflang", lang), ("href", &page)])?;
    xml.text("generator", &[("version", env!("CARGO_PKG_VERSION"))], "fika")?;
    let newest = channel.entries.iter().filter_map(|id| updated(&site.entry(*id).card)).max();
    if let Some(newest) = newest {
        xml.text("updated", &[], &newest.to_rfc3339())?;
    }
    // An entry without an author has that of the feed, which therefore needs one (RFC 4287, 4.1.1).
    let usual = language.author.as_ref().map(|who| site.config.author_name(who, &language.lang));
    author(&mut xml, usual.unwrap_or(&language.title))?;
    for id in &channel.entries {
        entry(cx, &mut xml, *id)?;
    }
    xml.finish("feed")
}

fn author(xml: &mut Xml, name: &str) -> io::Result<()> {
    xml.open("author", &[])?;
    xml.text("name", &[], name)?;
    xml.close("author")
}

/// A person of an essay, in the essay's language.
fn person(xml: &mut Xml, config: &Config, role: &str, who: &Arc<str>, card: &Card) -> io::Result<()> {
    xml.open(role, &[])?;
    xml.text("name", &[], config.author_name(who, &card.lang))?;
    let url = config.author(who).and_then(|author| author.url.as_ref());
    if let Some(url) = url.filter(|url| url.contains("://")) {
        xml.text("uri", &[], url)?;
    }
    xml.close(role)
}

fn entry(cx: &FilesContext<'_>, xml: &mut Xml, id: EntryId) -> io::Result<()> {
    let entry = cx.site.entry(id);
    let card = &entry.card;
    let lang = card.lang.as_str();
    xml.open("entry", &[("xml:lang", lang)])?;
    xml.text("id", &[], &entry.permalink)?;
    match &card.title_html {
        Some(html) => xml.text("title", &[("type", "html")], html)?,
        None => xml.text("title", &[], &card.title)?,
    }
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("hreflang", lang), ("href", &entry.permalink)],
    )?;
    if let Some(date) = card.date {
        xml.text("published", &[], &date.to_rfc3339())?;
    }
    if let Some(updated) = updated(card) {
        xml.text("updated", &[], &updated.to_rfc3339())?;
    }
    let config = &cx.site.config;
    card.authors.iter().try_for_each(|who| person(xml, config, "author", who, card))?;
    // Who translated it contributed to it (RFC 4287, 4.2.3).
    card.translators.iter().try_for_each(|who| person(xml, config, "contributor", who, card))?;
    categories(xml, cx.site, card)?;
    if let Some(summary) = cx.summary(id).filter(|summary| !summary.trim().is_empty()) {
        xml.text("summary", &[("type", "html")], &summary)?;
    }
    xml.text("content", &[("type", "html")], &cx.html(id))?;
    xml.close("entry")
}

/// The terms of an essay. Where they have pages, the address of the list is the scheme and the slug the term.
fn categories(xml: &mut Xml, site: &Site, card: &Card) -> io::Result<()> {
    let base: &BaseUrl = &site.config.base_url;
    for (name, terms, _) in &card.taxonomies {
        let Some(taxonomy) = site.find_taxonomy(name, &card.lang).map(|id| site.taxonomy(id)) else {
            continue;
        };
        let (Some(config), Some(language)) = (site.config.taxonomy(name), site.config.language(&card.lang))
        else {
            continue;
        };
        let scheme = base.absolute(&taxonomy.route);
        for term in terms {
            let written = term_slug(term);
            let known = config.term(language, &written);
            // A word that was exchanged is called as on its page; only then is it worth looking for.
            let is_other = known.slug != written;
            let shown = taxonomy.terms.iter().filter(|_| is_other).find(|one| *one.slug == *known.slug);
            let label = known.name.or(shown.map(|one| &one.name)).unwrap_or(term);
            if !written.is_empty() {
                xml.empty("category", &[("term", known.slug), ("scheme", &scheme), ("label", label)])?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "feed_tests.rs"]
mod tests;
