//! One file in, one essay out. Pure; cannot fail; keeps spans.
//!
//! ```text
//! bytes --decode--> text --header--> front matter + Markdown --source--> hidden, marked --render--> card + body
//! ```
//!
//! A body is HTML with holes; see [`fika_model::Body`]. Where no rule of fika's applies it is what CommonMark says.
//!
//! ```
//! use fika_parser::{Parser, default_config};
//!
//! let config = default_config("site", "content", &["content/moon.md"], "月亮");
//! let text = "---\ntags: [天文]\n---\n# 月亮\n\n**圆得很。**没有人抬头。";
//! let essay = Parser::new(&config).parse("content/moon.md", text.as_bytes(), &|_, _| None);
//!
//! assert_eq!(&*essay.card.title, "月亮");
//! assert_eq!(essay.card.words.han, 8);
//! assert_eq!(essay.body.html, "<p><strong>圆得很。</strong>没有人抬头。</p>\n");
//! assert!(essay.diagnostics.is_empty());
//! ```
//!
//! # Where the rules come from
//!
//! | rule | source |
//! |:--|:--|
//! | everything else | CommonMark 0.31; tables, strikethrough, task lists, bare addresses: GFM; footnotes, alerts: GitHub |
//! | emphasis beside CJK characters | tats-u/markdown-cjk-friendly; decision 2 |
//! | a line break between Han, kana or full-width characters is nothing | clreq 3.1.4, JLReq 3.1 |
//! | `·` `～` `／` begin no line, numbers stay with units | clreq 3.1.4, GB/T 15834 5.1 |
//! | English in Chinese text says so | WCAG 2.2, 3.1.2 |
//! | no dot of emphasis under punctuation | clreq 3.1.8 |
//! | containers; ruby | VitePress, Docusaurus, Pandoc; DenDenMarkdown; decision 9 |
//! | components | Tera 2 |
//! | `<Switch>` is text | HTML, SVG and MathML know no such element, and it has no hyphen (HTML 4.13) |
//! | ids of headings | GitHub, in NFC |
//! | titles of front matter, dates, keys | Zola, and what Hexo, Hugo and Jekyll write |

mod block_hash;
mod block_text;
mod bytes;
mod chars;
mod commonmark;
mod component;
mod config;
mod container;
mod content_path;
mod data;
mod dates;
mod decode;
mod emphasis;
mod escape;
mod foreign;
mod header;
mod kept;
mod money;
mod nesting;
mod node;
mod records;
mod render;
mod ruby;
mod sentence;
mod source;
mod srcset;
mod tables;
mod theme_file;
mod title;
mod words;

use std::sync::Arc;

use fika_i18n::Collation;
use fika_model::{Body, Card, Config, Diagnostic, Essay, Field, Kind, Lang};
use jiff::tz::TimeZone;

use crate::content_path::ContentPath;
use crate::header::Header;
use crate::render::{Output, Problem, Settings};
use crate::source::Prepared;

pub use config::{
    Guess, config, config_span, default_config, guess_languages, in_default_language, names_a_language,
    site_config,
};
pub use content_path::DRAFTS;
pub use data::data;
pub use header::{FrontMatter, extra_span, front_matter, key_span};
pub use records::{records, write_records};
pub use theme_file::{Param, theme_params};

/// A file's bytes as text, converted as [`Parser::parse`] does: what the places of its diagnostics count in.
pub fn text<'a>(path: &str, bytes: &'a [u8]) -> std::borrow::Cow<'a, str> {
    decode::decode(path, bytes).0
}

/// Problems of one essay's text that are reported one by one; of more only the number is told.
const MOST_PROBLEMS: usize = 100;

/// Reads files of a site with one configuration. Made once for a build, shared by all threads.
pub struct Parser {
    config: Config,
    zone: TimeZone,
    /// How each language of the site sorts.
    orders: Vec<(Lang, Collation)>,
}

/// A plugin's `markdown` hook: language and text in, new text out, or `None` to leave it.
pub type Before<'a> = &'a (dyn Fn(&Lang, &str) -> Option<String> + Sync);

impl Parser {
    /// A parser for a configuration.
    pub fn new(config: &Config) -> Parser {
        let zone = TimeZone::get(&config.timezone).unwrap_or(TimeZone::UTC);
        let orders = config.languages.iter().map(|language| language.lang.clone());
        let orders = orders.map(|lang| (lang.clone(), Collation::new(&lang))).collect();
        Parser { config: config.clone(), zone, orders }
    }

    /// Reads one Markdown file. `path` is its path from the site's root.
    pub fn parse(&self, path: &str, bytes: &[u8], before: Before<'_>) -> Essay {
        let (text, mut diagnostics) = decode::decode(path, bytes);
        let mut place = content_path::content_path(&self.config, path);
        diagnostics.append(&mut place.diagnostics);
        let mut header = header::header(&self.config, &self.zone, path, &text, place.kind);
        diagnostics.append(&mut header.diagnostics);
        let lang = header.lang.clone().unwrap_or_else(|| place.lang.clone());

        let start = header.body_start.min(text.len());
        let written = text.get(start..).unwrap_or_default();
        let changed = before(&lang, written);
        let keeps = kept::is_read(&self.config, &lang);
        if keeps {
            header.take_marks();
        }
        let title = |line: &str| if keeps { kept::title(line) } else { title::inline(line) };
        let given = header.title.as_deref().map(title);
        let settings = Settings {
            markdown: &self.config.markdown,
            lang: &lang,
            math: header.math.unwrap_or(self.config.markdown.math),
            title: given.as_ref().map(|(title, _)| title.as_str()),
            takes_title: true,
            keeps,
            offset: start,
        };
        let mut output = match &changed {
            // A plugin may write what it likes.
            Some(text) => self.render(text, decode::has_controls(text), settings),
            None => self.render(written, false, settings),
        };
        let path: Arc<str> = path.into();
        report(std::mem::take(&mut output.problems), &path, &text, &mut diagnostics);
        diagnostics
            .extend(output.undescribed.map(|(count, first)| undescribed(count, &path).at(&text, first)));
        let title = given.or_else(|| output.title.take());
        if let Some(summary) = &header.summary {
            self.give_summary(summary, &lang, &mut output);
        }
        let body = std::mem::take(&mut output.body);
        Essay { card: self.card(path, place, header, lang, title, output), body, diagnostics }
    }

    /// Markdown alone, without front matter and without a title to take out. With `commonmark` in the configuration it is
    /// CommonMark 0.31 to the letter, which `fika render --commonmark` prints.
    ///
    /// ```
    /// # let config = fika_parser::default_config("site", "content", &[], "");
    /// let parser = fika_parser::Parser::new(&config);
    /// let zh = fika_model::Lang::parse("zh").unwrap();
    /// assert_eq!(parser.markdown(&zh, "**强调。**后文").html, "<p><strong>强调。</strong>后文</p>\n");
    /// ```
    pub fn markdown(&self, lang: &Lang, text: &str) -> Body {
        self.render(text, decode::has_controls(text), self.plainly(lang)).body
    }

    /// The settings of a text that is no essay.
    fn plainly<'a>(&'a self, lang: &'a Lang) -> Settings<'a> {
        let markdown = &self.config.markdown;
        let keeps = kept::is_read(&self.config, lang);
        Settings { markdown, lang, math: markdown.math, title: None, takes_title: false, keeps, offset: 0 }
    }

    /// `controls` tells whether there are control characters in the text.
    fn render(&self, text: &str, controls: bool, settings: Settings<'_>) -> Output {
        let markdown = &self.config.markdown;
        if markdown.commonmark {
            let words = words::count(text);
            return Output { body: Body::plain(commonmark::render(text)), words, ..Output::default() };
        }
        render::render(&Prepared::new(text, settings.rules(controls)), settings)
    }

    /// The summary that the front matter gives, which is Markdown.
    fn give_summary(&self, summary: &str, lang: &Lang, output: &mut Output) {
        let settings = self.plainly(lang);
        let given = self.render(summary, decode::has_controls(summary), settings);
        // Raw HTML is none in a title, where it is text.
        output.summary_text = match (summary.contains('<'), settings.keeps) {
            (true, _) => words::fold(&render::visible::text(&given.body.html)).into_owned(),
            (false, true) => kept::title(summary).0,
            (false, false) => title::inline(summary).0,
        };
        output.summary = Some(given.body);
        output.summary_cut = true;
    }
}

/// The hash of a text that is no block, by the same rules.
fn hash(text: &str) -> u64 {
    block_hash::hash(block_text::Reader::default().read(text).1, "")
}

/// A page may have many pictures, and real ones have: one note for all of them. What is empty on purpose is right in HTML
/// (4.8.4.4.3), and Markdown cannot tell, so it is no warning.
fn undescribed(count: u32, path: &Arc<str>) -> Diagnostic {
    let message = match count {
        1 => "a picture has no description".to_owned(),
        _ => format!("{count} pictures have no description; this is the first"),
    };
    Diagnostic::note("no-description", path.clone(), message)
        .help("say between the brackets what it shows: `![a round table](table.png)`")
}

fn report(problems: Vec<Problem>, path: &Arc<str>, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    diagnostics.extend(problems.into_iter().take(MOST_PROBLEMS).map(|problem| problem.in_file(path, text)));
    if more > 0 {
        let message = format!("{more} more problems of this file are not shown");
        diagnostics
            .push(Diagnostic::warning("more-problems", path.clone(), message).help("mend those above first"));
    }
}

impl Parser {
    /// The card, of what the path, the front matter and the text say.
    fn card(
        &self,
        source: Arc<str>,
        place: ContentPath,
        header: Header,
        lang: Lang,
        title: Option<(String, Option<String>)>,
        output: Output,
    ) -> Card {
        let date = header.date.or_else(|| {
            let date = place.date?;
            fika_model::DateTime::from_civil(date, None, &self.zone)
        });
        let (titled, summarised) = (title.is_some(), header.summary.is_some());
        let (title, title_html) = match title {
            Some((title, html)) => (title.into(), html.map(Arc::from)),
            None if place.kind == Kind::Page => (place.stem.clone(), None),
            // A section is called like its folder. The home page has none, and the title of the site.
            None => (place.dir.rsplit('/').next().unwrap_or_default().into(), None),
        };
        let card = Card {
            source,
            key: header.key.unwrap_or(place.key),
            dir: place.dir,
            base: place.base,
            stem: place.stem,
            bundle: place.bundle,
            kind: place.kind,
            order: self.order(&lang, &title, header.sort_key.as_deref()),
            lang,
            title,
            title_html,
            sort_key: header.sort_key,
            description: header.description,
            summary: output.summary.map(Arc::new),
            summary_text: output.summary_text.into(),
            summary_given: output.summary_cut,
            tagline: header.tagline,
            date,
            updated: header.updated,
            slug: header.slug,
            path: header.path,
            aliases: header.aliases,
            authors: header.authors,
            translators: header.translators,
            draft: header.draft || place.draft,
            weight: header.weight.unwrap_or(0),
            template: header.template,
            taxonomies: header.taxonomies,
            series: header.series,
            cover: header.cover,
            translate: header.translate,
            parallel: header.parallel,
            section: header.section,
            derive: header.derive,
            extra: header.extra,
            words: output.words,
            headings: output.headings,
            anchors: output.anchors,
            title_id: output.title_id,
            links: output.links,
            blocks: output.blocks,
            fields: Vec::new(),
            kept: header.kept,
            components: output.components,
        };
        // A title that is only the file's name and a summary that is only cut out say nothing of their own.
        let written = |field: &Field| match field {
            Field::Title => titled,
            Field::Summary => summarised,
            Field::Tagline | Field::Description => true,
        };
        let said = |field: Field| Some((field, hash(card.text(field).filter(|text| !text.is_empty())?)));
        let fields = Field::ALL.into_iter().filter(written).filter_map(said).collect();
        Card { fields, ..card }
    }

    /// The key by which a title is sorted; see [`Card::order`].
    pub fn order(&self, lang: &Lang, title: &str, reading: Option<&str>) -> Arc<[u8]> {
        let own = self.orders.iter().find(|(known, _)| known == lang);
        let key = own.map(|(_, order)| match reading {
            Some(reading) => order.key_of_reading(reading),
            None => order.key(title),
        });
        key.unwrap_or_else(|| title.into()).into()
    }
}
