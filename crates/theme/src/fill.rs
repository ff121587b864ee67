//! Fills the holes of a body, in one pass from its first byte to its last.

use std::sync::Arc;

use fika_model::{
    Body, Diagnostic, Entry, EntryId, Hole, HoleKind, Lang, LinkFrom, Missing, Span, Target, decode_path,
    is_leftover,
};

use crate::elements::{Elements, is_block};
use crate::escape::{escape, escape_into};
use crate::functions::{missing_string, no_section, pageless};
use crate::holes;
use crate::stage::Stage;
use crate::{Addresses, Query, Rendered, strings};

/// The bytes that most holes are filled with at most: a link with its address.
const FILLED: usize = 96;

/// Problems of one text that are told one by one; of more only the number is.
const MOST_PROBLEMS: usize = 100;

/// Why a file that is there may be missing.
const LEFT_OUT: &str = "files called so are taken for what editors leave behind, and are not published: give it another name, or put \
                        it into `static/`";

/// Reads the text of an essay, for places in diagnostics.
pub(crate) type Source<'a> = &'a dyn Fn() -> Option<String>;

/// Fills the holes of an essay's body.
pub(crate) fn body(
    stage: &Arc<Stage>,
    entry: EntryId,
    body: &Body,
    addresses: Addresses,
    source: Source<'_>,
) -> Rendered {
    let mut filler = Filler::new(stage, entry, body, addresses, source, false);
    filler.cover();
    filler.fill()
}

/// Fills the holes of Markdown that belongs to no essay: its paths start at the content folder.
pub(crate) fn loose(stage: &Arc<Stage>, lang: &Lang, body: &Body) -> Rendered {
    let site = &stage.site;
    let home = site.home(lang).or_else(|| site.homes.first().copied());
    let Some(home) = home else { return Rendered { html: body.html.clone(), ..Rendered::default() } };
    let mut filler = Filler::new(stage, home, body, Addresses::Path, &|| None, false);
    filler.is_loose = true;
    filler.fill()
}

/// Fills the holes of a summary, which is shown on other pages: `#fragments` become whole addresses. What is wrong with it
/// is wrong with the body too, and is reported there.
pub(crate) fn summary(stage: &Arc<Stage>, entry: EntryId, body: &Body, addresses: Addresses) -> Rendered {
    Filler::new(stage, entry, body, addresses, &|| None, true).fill()
}

/// One body being filled.
pub(crate) struct Filler<'a> {
    pub(crate) stage: &'a Arc<Stage>,
    pub(crate) entry: EntryId,
    pub(crate) out: Rendered,
    pub(crate) in_summary: bool,
    pub(crate) addresses: Addresses,
    /// Whether what is filled is no essay's: nobody knows the anchors of the page around it.
    is_loose: bool,
    /// Whether the text stands on a page of another language, which then must be told of links within its own.
    pub(crate) abroad: bool,
    /// Whether it stands on a page with another text, which has another template than the essay's own page.
    pub(crate) beside: bool,
    body: &'a Body,
    read: Source<'a>,
    /// The essay's text, once it was needed.
    source: Option<Option<String>>,
    /// How many problems are not told.
    untold: usize,
}

impl<'a> Filler<'a> {
    pub(crate) fn new(
        stage: &'a Arc<Stage>,
        entry: EntryId,
        body: &'a Body,
        addresses: Addresses,
        read: Source<'a>,
        in_summary: bool,
    ) -> Filler<'a> {
        let out = Rendered {
            html: String::with_capacity(body.html.len() + body.holes.len() * FILLED),
            ..Rendered::default()
        };
        Filler {
            stage,
            entry,
            out,
            in_summary,
            addresses,
            is_loose: false,
            body,
            read,
            source: None,
            untold: 0,
            abroad: false,
            beside: false,
        }
    }

    fn fill(mut self) -> Rendered {
        self.range(0, self.body.html.len(), &self.body.holes);
        if self.addresses == Addresses::Absolute {
            let page = &self.stage.entry(self.entry).permalink;
            self.out.html = crate::fragments::whole(&self.out.html, page);
        }
        self.finish()
    }

    /// What came of it.
    pub(crate) fn finish(mut self) -> Rendered {
        self.out.asked.sort_unstable();
        self.out.asked.dedup();
        if self.untold > 0 {
            let message = format!(
                "{} more links, pictures or components of this file have problems that are not shown",
                self.untold
            );
            let more = Diagnostic::warning("more-problems", self.path(), message);
            self.out.diagnostics.push(more.help("mend those above first"));
        }
        self.out
    }

    /// Appends the HTML from `start` to `end` with its holes filled. All of `holes` lie in that range.
    pub(crate) fn range(&mut self, start: usize, end: usize, holes: &'a [Hole]) {
        let html = &self.body.html;
        let mut elements = Elements::begin(self.out.html.len());
        let mut at = start;
        let mut rest = holes;
        while let Some((hole, after)) = rest.split_first() {
            let place = (hole.at as usize).clamp(at, end);
            self.out.html.push_str(html.get(at..place).unwrap_or_default());
            at = place;
            rest = after;
            match &hole.kind {
                HoleKind::Link { dest } => self.link(hole, dest, false),
                HoleKind::WikiLink { dest } => self.link(hole, dest, true),
                HoleKind::TitleLink { dest, wiki } => {
                    let written = self.out.html.len();
                    self.link(hole, dest, *wiki);
                    self.out.html.truncate(written);
                }
                HoleKind::Asset { dest } => self.asset(hole, dest),
                HoleKind::Image(image) => self.image(hole, image),
                HoleKind::Verbatim(text) => {
                    if let Some(made) = &text.made {
                        self.out.html.push_str(made);
                        at = (text.end as usize).clamp(at, end);
                    }
                }
                HoleKind::Message { key } => self.message(hole, key),
                HoleKind::Component { name, args, end: close, within, .. } => {
                    let before = self.out.html.len();
                    let close = close.map(|close| (close as usize).clamp(at, end));
                    let inside = close.map_or(0, |close| holes::inside(hole, rest, close));
                    let (own, after) = rest.split_at(inside);
                    self.component(hole, name, args, close.map(|close| (at, close, own)));
                    at = close.unwrap_or(at);
                    rest = after;
                    elements.pass(&self.out.html, before);
                    if *within && is_block(&self.out.html[before..]) {
                        let next = rest.first().map_or(end, |hole| hole.at as usize).clamp(at, end);
                        let rest = html.get(at..next).unwrap_or_default();
                        at += elements.split(&mut self.out.html, before, rest);
                    }
                }
            }
        }
        self.out.html.push_str(html.get(at..end).unwrap_or_default());
    }

    /// Where links start from.
    pub(crate) fn from(&self) -> LinkFrom<'a> {
        let entry = self.stage.entry(self.entry);
        LinkFrom { entry: Some(self.entry), base: &entry.card.base, lang: &entry.lang }
    }

    /// The address of a target, as this filling writes addresses.
    pub(crate) fn address(&self, target: &Target, dest: &str) -> String {
        let site = &self.stage.site;
        let entry = self.stage.entry(self.entry);
        match (self.addresses, target) {
            (Addresses::Absolute, _) => target.absolute(site, dest, &entry.permalink),
            (Addresses::Path, Target::Fragment(fragment)) if self.in_summary => {
                format!("{}{fragment}", entry.path)
            }
            (Addresses::Path, _) => target.href(site, dest),
        }
    }

    /// The text inside the quotes of an `href`.
    fn link(&mut self, hole: &Hole, dest: &str, wiki: bool) {
        if self.is_loose && dest.starts_with('#') {
            return escape_into(&mut self.out.html, dest);
        }
        let site = self.stage.site.clone();
        let from = self.from();
        let target = if wiki { site.resolve_wikilink(from, dest) } else { site.resolve(from, dest) };
        let target = target.or_else(|why| self.made_by_theme(dest, why, wiki));
        if !matches!(target, Ok(Target::External)) {
            self.out.asked.push(Query::Addresses);
        }
        let (target, missing) = match target {
            Ok(target) => (Some(target), None),
            // A link that misses its section only still leads to the page.
            Err(why) => {
                let page = match &why {
                    Missing::Anchor { fragment, .. } => self.without_anchor(dest, fragment, wiki).ok(),
                    _ => None,
                };
                (page, Some(why))
            }
        };
        match target {
            Some(target) => self.href(&target, dest),
            None => escape_into(&mut self.out.html, dest),
        }
        if let Some(why) = missing {
            self.missing_link(hole, dest, &why, wiki);
        }
    }

    /// Writes the address of a link, and its language where that is another.
    fn href(&mut self, target: &Target, dest: &str) {
        let address = self.address(target, dest);
        escape_into(&mut self.out.html, &address);
        if let Target::Page { lang, .. } = target
            && let Some(lang) = lang.clone().or_else(|| self.abroad.then(|| self.from().lang.clone()))
        {
            // The quote that follows the hole closes this attribute instead.
            self.out.html.push_str("\" hreflang=\"");
            self.out.html.push_str(lang.as_str());
        }
    }

    /// A link to an id that the text does not have by itself, but a component in it may make, or the template of its page writes: it is
    /// left as it is written.
    fn made_by_theme(&mut self, dest: &str, why: Missing, wiki: bool) -> Result<Target, Missing> {
        let Missing::Anchor { entry, fragment, .. } = &why else { return Err(why) };
        let Entry { card, route, .. } = self.stage.entry(*entry);
        let asked = card.components.iter().map(|name| Query::Component { name: name.clone() });
        self.out.asked.extend(asked);
        self.out.asked.push(Query::Anchor { route: route.clone(), id: fragment.clone() });
        let mut known = card.components.iter().filter_map(|name| self.stage.theme.components.get(&**name));
        let is_written = self.stage.theme_writes(route, fragment);
        if !known.any(|component| component.makes_ids) && !is_written {
            return Err(why);
        }
        let target = self.without_anchor(dest, fragment, wiki)?;
        Ok(match target {
            Target::Fragment(fragment) if is_written && self.beside => {
                Target::Page { entry: Some(*entry), route: route.clone(), fragment, lang: None }
            }
            target => target,
        })
    }

    /// The target of a link whose page is there and whose anchor is not known: the page, with the anchor as it is written.
    fn without_anchor(&self, dest: &str, fragment: &str, wiki: bool) -> Result<Target, Missing> {
        let (from, page) = (self.from(), dest.split('#').next().unwrap_or(dest));
        let site = &self.stage.site;
        let target = match page.trim() {
            "" => Target::Fragment(String::new()),
            page if wiki => site.resolve_wikilink(from, page)?,
            page => site.resolve(from, page)?,
        };
        Ok(target.at(fragment))
    }

    fn missing_link(&mut self, hole: &Hole, dest: &str, why: &Missing, wiki: bool) {
        let path = self.path();
        let dest = decode_path(dest);
        let mean = |near: &Option<String>, else_help: &str| match near {
            _ if is_leftover(&dest) => LEFT_OUT.to_owned(),
            Some(near) => format!("did you mean `{near}`?"),
            None => else_help.to_owned(),
        };
        let diagnostic = match why {
            Missing::Empty => Diagnostic::warning("empty-link", path, "the link has no address")
                .help("give it one, or take the brackets away"),
            Missing::Local => {
                Diagnostic::warning("local-path", path, format!("`{dest}` is a path of one computer only"))
                    .help("put the file beside the essay and link to it by its name")
            }
            Missing::Target { nearest } if wiki => {
                // VitePress and GitLab have a table of contents there.
                let is_contents = dest.trim_matches('_').eq_ignore_ascii_case("toc");
                let help = match is_contents {
                    true => "delete it, if a table of contents is meant: where one stands is up to the theme",
                    false => "a wikilink names a page by its title, file name or key",
                };
                Diagnostic::error("broken-link", path, format!("there is no page called `{dest}`"))
                    .help(mean(nearest, help))
            }
            Missing::Target { nearest } => {
                Diagnostic::error("broken-link", path, format!("the link `{dest}` leads nowhere"))
                    .help(mean(nearest, "mend the path, or take the link away"))
            }
            Missing::Section { folder } => {
                Diagnostic::error("broken-link", path, format!("the link `{dest}` leads nowhere"))
                    .help(no_section(folder))
            }
            Missing::Pageless { source } => {
                let message = format!("the link `{dest}` leads to a section without a page");
                Diagnostic::error("broken-link", path, message).help(pageless(source))
            }
            Missing::Unpublished { source } => {
                Diagnostic::warning("unpublished-link", path, format!("`{source}` is not published yet"))
                    .help("it is a draft, waits for its date, or has no address of its own; the link leads nowhere until then")
            }
            Missing::Anchor { source, nearest, fragment, .. } => {
                Diagnostic::error("broken-anchor", path, format!("`{source}` has no heading `#{fragment}`"))
                    .help(mean(nearest, "copy the address of the heading from the page"))
            }
        };
        self.report(diagnostic, hole.span);
    }

    /// A word of the essay's language.
    fn message(&mut self, hole: &Hole, key: &str) {
        let lang = self.stage.entry(self.entry).card.lang.clone();
        let catalogues = &self.stage.theme.catalogues;
        let message = catalogues.message(&lang, key, &[]);
        match strings::borrowed(&lang, message.found.as_ref()) {
            Some(other) => self.out.html.push_str(&strings::marked(other, &escape(&message.text))),
            None => escape_into(&mut self.out.html, &message.text),
        }
        if strings::lacks(self.stage, &lang, message.found.as_ref()) {
            let fault = missing_string(&lang, key, message.found.as_ref());
            let diagnostic = Diagnostic::warning(fault.code, self.path(), fault.message).help(fault.help);
            self.report(diagnostic, hole.span);
        }
        self.out.asked.push(Query::Message { lang, key: key.to_owned() });
    }

    /// The text inside the quotes of a `src` in raw HTML.
    fn asset(&mut self, hole: &Hole, dest: &str) {
        let target = self.stage.site.resolve(self.from(), dest);
        if !matches!(target, Ok(Target::External)) {
            self.out.asked.push(Query::Addresses);
        }
        match target {
            Ok(target) => {
                let address = self.address(&target, dest);
                escape_into(&mut self.out.html, &address);
            }
            Err(why) => {
                escape_into(&mut self.out.html, dest);
                let diagnostic = self.missing_file("missing-file", "file", dest, &why);
                self.report(diagnostic, hole.span);
            }
        }
    }

    /// What to say of a picture or file that is not there.
    pub(crate) fn missing_file(
        &self,
        code: &'static str,
        noun: &str,
        dest: &str,
        why: &Missing,
    ) -> Diagnostic {
        let (path, dest) = (self.path(), decode_path(dest));
        match why {
            Missing::Target { .. } if is_leftover(&dest) => {
                Diagnostic::warning(code, path, format!("the {noun} `{dest}` is missing")).help(LEFT_OUT)
            }
            Missing::Empty => Diagnostic::warning(code, path, format!("the {noun} has no address"))
                .help("give it one, or take it away"),
            Missing::Local => {
                Diagnostic::warning(code, path, format!("the {noun} `{dest}` is on one computer only"))
                    .help("put it beside the essay and name it alone")
            }
            Missing::Target { nearest: Some(near) } => {
                Diagnostic::warning(code, path, format!("the {noun} `{dest}` is missing"))
                    .help(format!("did you mean `{near}`?"))
            }
            Missing::Unpublished { source } => {
                let message =
                    format!("the {noun} `{dest}` waits with `{source}`, which is not published yet");
                Diagnostic::warning(code, path, message)
                    .help("give this essay a copy of its own, or wait for the other")
            }
            _ => Diagnostic::warning(code, path, format!("the {noun} `{dest}` is missing"))
                .help("put it beside the essay, or mend the path"),
        }
    }

    /// The file that is filled.
    pub(crate) fn path(&self) -> Arc<str> {
        self.stage.entry(self.entry).card.source.clone()
    }

    /// Reports something at its place.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic, span: Span) {
        if self.out.diagnostics.len() >= MOST_PROBLEMS {
            self.untold += 1;
            return;
        }
        let diagnostic = match self.text() {
            Some(text) => diagnostic.at(text, span),
            None => diagnostic,
        };
        self.out.diagnostics.push(diagnostic);
    }

    /// The essay's text.
    pub(crate) fn text(&mut self) -> Option<&str> {
        self.source.get_or_insert_with(self.read).as_deref()
    }
}
