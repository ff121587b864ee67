//! The renderer: everything the builder asks of this crate once the site is linked.

use std::sync::Arc;

use fika_model::{Body, CONFIG, Diagnostic, EntryId, Fingerprint, Missing, Page, PageId, PageKind, Site};
use tera::{Context, TeraResult};

use crate::escape::escape;
use crate::frame::BrokenSetting;
use crate::functions::advice;
use crate::queries::Query;
use crate::scope::{Fault, Scope};
use crate::stage::Stage;
use crate::{
    Addresses, Earlier, Pair, Pieces, Rendered, Resources, Theme, anchors, faults, fill, pieces, view,
};

/// The template of pages that only lead elsewhere.
const REDIRECT: &str = "redirect.html";
/// How many faults of one rendering are given a place: each costs another rendering.
const PLACES: usize = 16;

/// Renders the pages of one build. Cheap to share between threads.
pub struct Renderer {
    stage: Arc<Stage>,
}

impl Renderer {
    /// A renderer for one linked site.
    pub fn new(theme: Arc<Theme>, site: Arc<Site>, resources: Arc<dyn Resources>) -> Renderer {
        Renderer::after(Earlier::default(), None, theme, site, resources)
    }

    /// The same, with what the renderer of the build before left. With `changed`, the site is the one that it had, but for the
    /// cards of these entries.
    pub fn after(
        earlier: Earlier,
        changed: Option<&[EntryId]>,
        theme: Arc<Theme>,
        site: Arc<Site>,
        resources: Arc<dyn Resources>,
    ) -> Renderer {
        let stage = Arc::new(Stage::new(earlier, changed, theme, site, resources));
        if cfg!(debug_assertions) && stage.open.is_some() {
            stage.compare();
        }
        Renderer { stage }
    }

    /// What this renderer leaves to the next one.
    pub fn into_earlier(self) -> Option<Earlier> {
        Earlier::of(self.stage)
    }

    /// The template a page is rendered with: the first of its candidates that the theme has.
    pub fn template(&self, page: &Page) -> Option<&str> {
        let theme = &self.stage.theme;
        let found = page.templates.iter().find_map(|name| theme.resolve(name));
        found.or_else(|| theme.resolve(REDIRECT).filter(|_| matches!(page.kind, PageKind::Redirect { .. })))
    }

    /// The fingerprint of all that a page's template sees, its own body excepted.
    pub fn view_fingerprint(&self, id: PageId) -> Fingerprint {
        let (stage, at) = (&self.stage, id.0 as usize);
        *stage.views[at]
            .get_or_init(|| stage.known_view(id).unwrap_or_else(|| stage.view_print(stage.site.page(id))))
    }

    /// Whether the view of a page is known to be as it was at the build before.
    pub fn keeps_view(&self, id: PageId) -> bool {
        let known = self.stage.known_view(id);
        known.is_some_and(|known| *self.stage.views[id.0 as usize].get_or_init(|| known) == known)
    }

    /// The fingerprint of the answer to a question, as of this build. Answered once for each question.
    pub fn answer(&self, query: &Query) -> Fingerprint {
        self.stage.answer(query)
    }

    /// Fills the holes of an essay's body (or of its summary). `source` reads the essay's text, for places in diagnostics;
    /// it is called only when there is something to report.
    pub fn fill(
        &self,
        entry: EntryId,
        body: &Body,
        addresses: Addresses,
        source: &dyn Fn() -> Option<String>,
    ) -> Rendered {
        let mut filled = fill::body(&self.stage, entry, body, addresses, source);
        if addresses == Addresses::Path {
            filled.html = anchors::shared(&self.stage, entry, filled.html);
            anchors::link(&self.stage, entry, &mut filled);
        }
        filled
    }

    /// The same, cut into its blocks, for a page in a language that may be another (`abroad`).
    pub fn fill_pieces(
        &self,
        entry: EntryId,
        body: &Body,
        abroad: bool,
        source: &dyn Fn() -> Option<String>,
    ) -> Pieces {
        pieces::cut(&self.stage, entry, body, abroad, source)
    }

    /// Renders a page on which two versions of an essay stand side by side. No id of the one on the right is one of the left.
    pub fn parallel(&self, page: &Page, mut pairs: Vec<Pair>) -> Rendered {
        let mut asked = Vec::new();
        if let PageKind::Parallel { entry, other } = page.kind {
            // After they were laid side by side: the links are named in two languages, where the headings may be the same.
            let sides = pairs.iter_mut().flat_map(|pair| [(entry, &mut pair.left), (other, &mut pair.right)]);
            sides.for_each(|(id, html)| asked.extend(self.link_headings(id, html)));
            let prefix = format!("{}:", self.stage.entry(other).card.lang);
            // What both have stands on the left alone, and a link on the right leads there.
            let own = pairs.iter().flat_map(|pair| pieces::ids(&pair.right)).map(str::to_owned).collect();
            pairs.iter_mut().for_each(|pair| pair.right = pieces::with_ids(&pair.right, &prefix, &own));
        }
        let content: String = pairs.iter().flat_map(|pair| [&*pair.left, &*pair.right]).collect();
        let mut out = self.whole_page(page, &content, &pairs);
        out.asked.extend(asked);
        out
    }

    /// Puts links to the headings of a part of a body, and gives what was asked for them. What is wrong with them is told with the text's
    /// own page.
    fn link_headings(&self, entry: EntryId, html: &mut String) -> Vec<Query> {
        let mut part = Rendered { html: std::mem::take(html), ..Rendered::default() };
        anchors::link(&self.stage, entry, &mut part);
        *html = part.html;
        part.asked
    }

    /// Renders a page; `content` is its own body, filled.
    pub fn page(&self, page: &Page, content: &str) -> Rendered {
        let mut out = self.whole_page(page, content, &[]);
        out.diagnostics.extend(self.broken_paths(page));
        out
    }

    fn whole_page(&self, page: &Page, content: &str, pairs: &[Pair]) -> Rendered {
        let Some(name) = self.template(page) else {
            let wanted = page.templates.first().map(|name| &**name).unwrap_or_default();
            let diagnostic = Diagnostic::error(
                "template",
                page.origin.clone(),
                format!("the theme has no template `{wanted}`"),
            )
            .help("the page has only its title and text until then");
            return Rendered {
                html: self.plain(page, content),
                asked: Vec::new(),
                diagnostics: vec![diagnostic],
            };
        };
        let context = view::context(&self.stage, page, content, pairs);
        let scope = Scope { stage: self.stage.clone(), lang: page.lang.clone(), in_summary: false };
        let subject = if page.origin.is_empty() { &page.path } else { &page.origin };
        let done = watched(&scope, subject, || buffered(&self.stage.theme, name, &context));
        let mut diagnostics = done.diagnostics;
        let html = done.out.unwrap_or_else(|error| {
            if !faults::follows(&error, &mut diagnostics, faults::PLAIN) {
                diagnostics.push(faults::on_render(&error, &self.stage.theme, subject, faults::PLAIN));
            }
            self.plain(page, content)
        });
        Rendered { html, asked: done.asked, diagnostics }
    }

    /// A page without a theme: nothing the writer wrote is lost when a template fails.
    fn plain(&self, page: &Page, content: &str) -> String {
        let title = escape(&self.stage.page_title(page));
        let lang = escape(page.lang.as_str());
        format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>{title}</title>\n<main>\n<h1>{title}</h1>\n{content}\n</main>\n</html>\n"
        )
    }

    /// Paths of the configuration that lead nowhere, reported with the first home page.
    fn broken_paths(&self, page: &Page) -> Vec<Diagnostic> {
        let home = matches!(&page.kind, PageKind::Section { entry, .. } if self.stage.site.homes.contains(entry) && page.is_first());
        let broken = if home { self.stage.frame(&page.lang).broken.as_slice() } else { &[] };
        let report = |BrokenSetting { key, url, message, why, help }: &BrokenSetting| {
            let fault = match why {
                Missing::Unpublished { .. } => {
                    Diagnostic::warning("unpublished-link", CONFIG, message.clone())
                }
                _ => Diagnostic::error("broken-link", CONFIG, message.clone()),
            };
            fault.help(advice(why, help)).about(key, [&**url])
        };
        broken.iter().map(report).collect()
    }
}

/// Renders a template into a buffer that is kept for the next page of this thread.
fn buffered(theme: &Theme, name: &str, context: &Context) -> TeraResult<String> {
    thread_local! {
        static BUFFER: std::cell::Cell<Vec<u8>> = const { std::cell::Cell::new(Vec::new()) };
    }
    let mut buffer = BUFFER.take();
    buffer.clear();
    let done = theme.tera.render_to(name, context, &mut buffer);
    let html = match simdutf8::basic::from_utf8(&buffer) {
        Ok(html) => html.to_owned(),
        // Only a render that failed in the middle of a character could come here.
        Err(_) => String::from_utf8_lossy(&buffer).into_owned(),
    };
    BUFFER.set(buffer);
    done.map(|()| html)
}

/// What came of a rendering.
pub(crate) struct Watched {
    pub(crate) out: TeraResult<String>,
    pub(crate) asked: Vec<Query>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Renders something in a scope and gives what it asked, and its faults with their places.
///
/// The engine does not tell a function where in a template it is called. So when something is to be reported, the same is
/// rendered again with that fault as an error, which does have a place. Nothing of this costs a sound page anything.
pub(crate) fn watched(scope: &Scope, subject: &str, render: impl Fn() -> TeraResult<String>) -> Watched {
    let (out, log) = scope.clone().run(None, &render);
    let mut diagnostics = log.told;
    for (number, fault) in log.faults.iter().enumerate() {
        let place = (number < PLACES).then(|| scope.clone().run(Some(number), &render).0.err()).flatten();
        diagnostics.push(placed(fault, place.as_ref(), &scope.stage.theme, subject));
    }
    let mut asked: Vec<Query> = log.asked.into_iter().chain(log.strings.queries(&scope.stage)).collect();
    asked.sort_unstable();
    Watched { out, asked, diagnostics }
}

fn placed(fault: &Fault, error: Option<&tera::Error>, theme: &Theme, subject: &str) -> Diagnostic {
    let report = error.and_then(faults::report);
    let template = report.and_then(|report| Some((report, theme.templates.get(report.filename())?)));
    let (path, place) = match template {
        Some((report, template)) => (
            template.origin.clone(),
            Some(fika_model::Place::of(&template.source, report.span().range.clone())),
        ),
        None => (subject.into(), None),
    };
    let (code, message) = (fault.code, fault.message.clone());
    let diagnostic = match fault.severity {
        fika_model::Severity::Error => Diagnostic::error(code, path, message),
        fika_model::Severity::Warning => Diagnostic::warning(code, path, message),
        fika_model::Severity::Note => Diagnostic::note(code, path, message),
    };
    Diagnostic { place, ..diagnostic.help(fault.help.clone()) }
}
