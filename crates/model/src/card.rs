//! The card: everything that other pages may know of an essay.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{AnchorLinks, Block, Body, Data, DateTime, Deriving, Field, Lang, Listing, Localized, Span};

/// What a Markdown file makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// One essay (`moon.md`, `moon/index.md`).
    Page,
    /// A section of essays (`_index.md`).
    Section,
}

/// An essay or section as others see it. Small: no text but the summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The file: `content/essays/moon.en.md`.
    pub source: Arc<str>,
    /// What ties translations: the path under `content/` without language and extension (`essays/moon`;
    /// `essays/_index` for a section, `_index` for the home page), or what `key:` says.
    pub key: Arc<str>,
    /// The directory of the file under `content/`, without the language folder if there is one: `essays`, or empty.
    /// For a bundle (`essays/moon/index.md`) it is the directory that holds the bundle: `essays`.
    pub dir: Arc<str>,
    /// The directory in which relative links and pictures start, from the site's root: `content/essays/moon`.
    pub base: Arc<str>,
    /// The file's name without language and extension (`moon`); a bundle's is its folder's.
    pub stem: Arc<str>,
    /// Whether it is a folder of its own (`moon/index.md`), whose other files are published beside it.
    pub bundle: bool,
    /// Essay or section.
    pub kind: Kind,
    /// Its language.
    pub lang: Lang,

    /// The title as text without markup. From the front matter, else the first H1, else the file's name; a section may have none.
    pub title: Arc<str>,
    /// The title as HTML where it has markup (`<em>`, `<code>`).
    pub title_html: Option<Arc<str>>,
    /// The key by which lists sort the title as its language does, from `sort_key:` or the title: bytes to compare.
    /// Keys of two languages do not compare.
    pub order: Arc<[u8]>,
    /// `sort_key:`, how the title is read where that differs from its characters.
    pub sort_key: Option<Arc<str>>,
    /// `description:`
    pub description: Option<Arc<str>>,
    /// The summary as HTML with holes: given, cut at `<!-- more -->`, or automatic.
    pub summary: Option<Arc<Body>>,
    /// The summary as plain text, for descriptions and cards.
    pub summary_text: Arc<str>,
    /// Whether the writer chose the summary (given or cut), rather than fika.
    pub summary_given: bool,
    /// `tagline:`, in one or more languages.
    pub tagline: Localized<Arc<str>>,
    /// `date:`, else from the file's name (`2024-08-12-…`).
    pub date: Option<DateTime>,
    /// `updated:`
    pub updated: Option<DateTime>,
    /// `slug:`: replaces the last segment of the address.
    pub slug: Option<Arc<str>>,
    /// `path:`: replaces the whole address (below the language's).
    pub path: Option<Arc<str>>,
    /// `aliases:`: old addresses that redirect here.
    pub aliases: Vec<Arc<str>>,
    /// `authors:` or `author:`, by id or plainly; see [`crate::Config::author_name`].
    pub authors: Vec<Arc<str>>,
    /// `translators:` or `translator:`, in the same way. An essay that has one is a translation.
    pub translators: Vec<Arc<str>>,
    /// `draft:`
    pub draft: bool,
    /// `weight:`
    pub weight: i64,
    /// `template:`, with its place in the source.
    pub template: Option<(Arc<str>, Span)>,
    /// Taxonomies with their terms and the place of each list in the source: `tags: [写作]`.
    pub taxonomies: Vec<(Arc<str>, Vec<Arc<str>>, Span)>,
    /// `series:`
    pub series: Option<Arc<str>>,
    /// `cover:`: a picture, as a path from `base`.
    pub cover: Option<(Arc<str>, Span)>,
    /// `translate:`: the languages it should be translated into; none means what the site expects.
    pub translate: Option<Vec<Lang>>,
    /// `parallel:`: whether it can be read beside its translations; none means as the site says.
    pub parallel: Option<bool>,
    /// What only sections have.
    pub section: Option<Box<SectionCard>>,
    /// `derive:`: what is said about converting it into another script.
    pub derive: Option<Box<Deriving>>,
    /// Everything else in the front matter, and `extra:`.
    pub extra: Data,

    /// Words by script.
    pub words: Words,
    /// Headings in order, for tables of contents and for checking `#anchors`.
    pub headings: Vec<Heading>,
    /// Every other id in the body that a link may point to (footnotes, raw HTML), sorted.
    pub anchors: Vec<Arc<str>>,
    /// The id that the heading had which became the title and is not in the body: a link to it leads to the top of the page.
    pub title_id: Option<Arc<str>>,
    /// Links to other pages of the site (never external ones) as written.
    pub links: Vec<Arc<str>>,
    /// The top-level blocks in order: what a translation is compared by.
    pub blocks: Vec<Block>,
    /// What the front matter says to readers, as hashes by the rules of [`Block::hash`]: compared like blocks. Only what was written.
    pub fields: Vec<(Field, u64)>,
    /// Texts of the front matter (description, taglines, terms, series, `extra`) parts of which no conversion between scripts may touch.
    pub kept: Vec<Kept>,
    /// The names of the components in the body, sorted: which ids those make is known to the theme alone.
    pub components: Vec<Arc<str>>,
}

/// A text that had `-{…}-` in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The text without the marks.
    pub text: Arc<str>,
    /// What stood between them, as bytes of `text`, in order.
    pub parts: Vec<Span>,
}

impl Card {
    /// A card that says nothing yet but what it is: for a page that no file makes, and for tests.
    pub fn empty(kind: Kind, lang: Lang) -> Card {
        Card {
            source: "".into(),
            key: "".into(),
            dir: "".into(),
            base: "".into(),
            stem: "".into(),
            bundle: false,
            kind,
            lang,
            title: "".into(),
            title_html: None,
            order: Arc::default(),
            sort_key: None,
            description: None,
            summary: None,
            summary_text: "".into(),
            summary_given: false,
            tagline: Localized::default(),
            date: None,
            updated: None,
            slug: None,
            path: None,
            aliases: Vec::new(),
            authors: Vec::new(),
            translators: Vec::new(),
            draft: false,
            weight: 0,
            template: None,
            taxonomies: Vec::new(),
            series: None,
            cover: None,
            translate: None,
            parallel: None,
            section: (kind == Kind::Section)
                .then(|| Box::new(SectionCard { render: true, ..SectionCard::default() })),
            derive: None,
            extra: Data::Map(Vec::new()),
            words: Words::default(),
            headings: Vec::new(),
            anchors: Vec::new(),
            links: Vec::new(),
            blocks: Vec::new(),
            fields: Vec::new(),
            kept: Vec::new(),
            title_id: None,
            components: Vec::new(),
        }
    }

    /// Whether a fragment names a heading or anchor of this page.
    pub fn has_anchor(&self, id: &str) -> bool {
        self.headings.iter().any(|heading| &*heading.id == id)
            || self.anchors.iter().any(|anchor| &**anchor == id)
    }

    /// A text of the front matter in this card's language, without markup, whether it was written or follows from others.
    pub fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::Title => Some(&*self.title),
            Field::Tagline => self.tagline.get(&self.lang).map(|tagline| &**tagline),
            Field::Description => self.description.as_deref(),
            Field::Summary => Some(&*self.summary_text),
        }
    }

    /// Minutes of reading: 350 Han or kana characters or 230 words a minute, at least one for any text.
    pub fn reading_time(&self) -> u32 {
        let minutes = f64::from(self.words.han) / 350.0 + f64::from(self.words.latin) / 230.0;
        if self.words.total() == 0 { 0 } else { (minutes.round() as u32).max(1) }
    }
}

/// Words counted by script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    /// Han and kana characters.
    pub han: u32,
    /// Words of every other script.
    pub latin: u32,
}

impl Words {
    /// Both together.
    pub fn total(self) -> u32 {
        self.han + self.latin
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique in its page, NFC, not percent-encoded.
    pub id: Arc<str>,
    /// The text without markup.
    pub title: Arc<str>,
    /// Where it stands in the source.
    pub span: Span,
}

/// How a section orders its pages. Ties are broken by title, then path, so that every order is total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// Newest first; pages without a date after all that have one. The default.
    #[default]
    Date,
    /// Latest update (else date) first.
    UpdateDate,
    /// By title, as the language sorts.
    Title,
    /// Lightest first.
    Weight,
    /// By file name.
    Slug,
    /// By path, as the files lie.
    None,
}

/// What only a section's front matter may hold. Names as in Zola.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SectionCard {
    /// `sort_by:`
    pub sort_by: SortBy,
    /// `paginate_by:`; 0 means all on one page, none means the site's default.
    pub paginate_by: Option<u32>,
    /// `paginate_path:`, `page` unless given.
    pub paginate_path: Option<Arc<str>>,
    /// `paginate_reversed:`
    pub paginate_reversed: bool,
    /// `page_template:`, for the pages below, with its place.
    pub page_template: Option<(Arc<str>, Span)>,
    /// `insert_anchor_links:`, for the headings of its own text and of the pages below; none means what the section above says.
    pub insert_anchor_links: Option<AnchorLinks>,
    /// `render:`; a section that is not rendered has no page of its own.
    pub render: bool,
    /// `transparent:`; its pages appear in the parent's list too.
    pub transparent: bool,
    /// `redirect_to:`
    pub redirect_to: Option<Arc<str>>,
    /// `generate_feeds:`
    pub generate_feeds: bool,
    /// `listing:`; none means the language's.
    pub listing: Option<Listing>,
}
