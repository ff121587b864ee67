//! The finished configuration. It is complete before a build begins and nothing changes it afterwards.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Author, BaseUrl, Data, Derive, Fallback, Fingerprint, Lang, ListingPolicy, Localized, TaxonomyConfig,
    TranslationConfig,
};

/// The file of the configuration, in the site's folder.
pub const CONFIG: &str = "fika.yaml";

/// What `fika.yaml` says, with every default filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// The year whose meanings of templates and content the site was written for.
    pub edition: u16,
    /// Where the site will live.
    pub base_url: BaseUrl,
    /// The IANA time zone of dates that have none, such as `Asia/Shanghai`.
    pub timezone: Arc<str>,
    /// The languages in order; the first is the default. Never empty.
    pub languages: Vec<Language>,
    /// Whether the default language lives under its own path too.
    pub default_language_in_subdir: bool,
    /// What stands at the root of the site then.
    pub root: Root,
    /// The theme's name: a folder of `themes/`, or one that is built in.
    pub theme: Arc<str>,
    /// The folder of the essays, from the site's root: `content`, or nothing where the root itself holds them.
    pub content_dir: Arc<str>,
    /// The output folder, from the site's root.
    pub output_dir: Arc<str>,
    /// Essays on one page of a list, for sections and terms that do not say; 0 is all.
    pub paginate_by: u32,
    /// The people whom essays name by an id.
    pub authors: Vec<Author>,
    /// The taxonomies in order.
    pub taxonomies: Vec<TaxonomyConfig>,
    /// Which translations there should be, and how they can be read.
    pub translations: TranslationConfig,
    /// How Markdown is read.
    pub markdown: Markdown,
    /// The links of the header.
    pub menu: Vec<MenuItem>,
    /// Options of plugins by name; `false` switches one off.
    pub plugins: Vec<(Arc<str>, Data)>,
    /// Globs of files under `content/` to leave alone.
    pub ignored_content: Vec<Arc<str>>,
    /// Anything, for templates: `config.extra`.
    pub extra: Data,
    /// The fingerprint of everything above.
    pub fingerprint: Fingerprint,
}

/// What stands at the root of a site whose languages all live in folders of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Root {
    /// A page that leads to the home page of the default language.
    #[default]
    Redirect,
    /// A page that lets the reader choose a language.
    Gateway,
    /// The home page of the default language once more, which names the other as canonical.
    Copy,
}

/// One language of the site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// The tag.
    pub lang: Lang,
    /// Its own name, as a language switch shows it: `中文`, `English`.
    pub name: Arc<str>,
    /// The path its pages live under, without slashes: empty for the default language, else `en`.
    pub path: Arc<str>,
    /// The site's title.
    pub title: Arc<str>,
    /// The site's tagline.
    pub tagline: Arc<str>,
    /// The site's description.
    pub description: Arc<str>,
    /// The author of essays that name none.
    pub author: Option<Arc<str>>,
    /// What its readers get of an essay that is not written in it.
    pub fallback: Fallback,
    /// Whether its lists hold such essays.
    pub listing: ListingPolicy,
    /// The language whose essays, converted, are its own, and how.
    pub derive: Option<Derive>,
}

/// How Markdown is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Markdown {
    /// Which rules emphasis follows.
    pub emphasis: Emphasis,
    /// What a line break within a paragraph becomes.
    pub soft_breaks: SoftBreaks,
    /// Straight quotes to curly ones, `--` to dashes, in languages other than Chinese and Japanese.
    pub smart_punctuation: bool,
    /// `$…$` and `$$…$$`.
    pub math: bool,
    /// `==mark==`
    pub mark: bool,
    /// What is done to the typography of Chinese pages.
    pub typography: Typography,
    /// Whether links to other sites open in a new tab.
    pub external_links_target_blank: bool,
    /// Where links to headings stand in them, unless a section says otherwise.
    pub insert_anchor_links: AnchorLinks,
    /// Whether every extension and every rule of fika is off: plain CommonMark, for conformance tests.
    pub commonmark: bool,
}

/// What the builder does to the typography of Chinese pages, where CSS alone cannot. The characters stay those that were
/// written; only elements are put around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typography {
    /// `·`, `～` and `／` stay with the character before them, a number with its unit (clreq 3.1.4).
    pub no_break: bool,
    /// Runs of English in a Chinese line say that they are English.
    pub latin: bool,
    /// Emphasis leaves punctuation out: no dot stands under it (clreq 3.1.8).
    pub emphasis: bool,
    /// Titles break between phrases.
    pub titles: bool,
}

impl Typography {
    /// Everything.
    pub const ALL: Typography = Typography { no_break: true, latin: true, emphasis: true, titles: true };
    /// Nothing.
    pub const NONE: Typography = Typography { no_break: false, latin: false, emphasis: false, titles: false };
}

/// Where the link to a heading stands in it. Names as in Zola.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnchorLinks {
    /// Nowhere.
    #[default]
    None,
    /// Before its text.
    Left,
    /// Behind its text.
    Right,
    /// Its text is the link.
    Heading,
}

impl AnchorLinks {
    /// The values with their names.
    pub const ALL: [(&str, AnchorLinks); 4] = [
        ("none", AnchorLinks::None),
        ("left", AnchorLinks::Left),
        ("right", AnchorLinks::Right),
        ("heading", AnchorLinks::Heading),
    ];

    /// What it is called in front matter, in the configuration and to templates.
    pub fn name(self) -> &'static str {
        AnchorLinks::ALL[self as usize].0
    }
}

/// Which rules emphasis follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Emphasis {
    /// The CJK-friendly rules, which agree with CommonMark wherever no CJK character is near.
    #[default]
    Cjk,
    /// CommonMark to the letter.
    Commonmark,
}

/// What a line break within a paragraph becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SoftBreaks {
    /// Nothing between two Han, kana or full-width characters, else a line break.
    #[default]
    Join,
    /// Always a line break.
    Keep,
}

impl Default for Markdown {
    fn default() -> Self {
        Markdown {
            emphasis: Emphasis::Cjk,
            soft_breaks: SoftBreaks::Join,
            smart_punctuation: false,
            math: false,
            mark: false,
            typography: Typography::ALL,
            external_links_target_blank: false,
            insert_anchor_links: AnchorLinks::None,
            commonmark: false,
        }
    }
}

/// A link of the header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MenuItem {
    /// Where to: `@/guide/_index.md`, a path of the site, or a whole address.
    pub url: Arc<str>,
    /// The words; without any, the title of the page.
    pub name: Localized<Arc<str>>,
}

impl Config {
    /// The same with the fingerprint of all the rest; to be called after any change (`--base-url`).
    #[must_use]
    pub fn sealed(mut self) -> Config {
        self.fingerprint = Fingerprint::default();
        self.fingerprint = Fingerprint::of(format!("{self:?}"));
        self
    }

    /// The default language.
    pub fn default_language(&self) -> &Language {
        &self.languages[0]
    }

    /// The place of a language among those of the site.
    pub fn rank(&self, lang: &Lang) -> Option<usize> {
        self.languages.iter().position(|language| &language.lang == lang)
    }

    /// The settings of a language of the site.
    pub fn language(&self, lang: &Lang) -> Option<&Language> {
        self.languages.iter().find(|language| &language.lang == lang)
    }

    /// A taxonomy by its name.
    pub fn taxonomy(&self, name: &str) -> Option<&TaxonomyConfig> {
        self.taxonomies.iter().find(|taxonomy| &*taxonomy.name == name)
    }

    /// The language of the site that a suffix or folder means; see [`Language::find`].
    pub fn language_for(&self, suffix: &str) -> Option<&Language> {
        Language::find(&self.languages, suffix)
    }
}

impl Language {
    /// A language of which nothing is said yet.
    pub fn new(lang: Lang) -> Language {
        let empty: Arc<str> = "".into();
        Language {
            lang,
            name: empty.clone(),
            path: empty.clone(),
            title: empty.clone(),
            tagline: empty.clone(),
            description: empty,
            author: None,
            fallback: Fallback::default(),
            listing: ListingPolicy::default(),
            derive: None,
        }
    }

    /// The language that a name means: its tag in any case, or the only one that begins with it (`zh` means `zh-Hans` where
    /// there is no other Chinese, or none but what is made of it).
    pub fn find<'a>(languages: &'a [Language], name: &str) -> Option<&'a Language> {
        let is = |language: &&Language| language.lang.as_str().eq_ignore_ascii_case(name);
        let begins = |language: &&Language| {
            language
                .lang
                .as_str()
                .get(..name.len() + 1)
                .is_some_and(|head| head.ends_with('-') && head[..name.len()].eq_ignore_ascii_case(name))
        };
        languages.iter().find(is).or_else(|| {
            let only = |derived: bool| {
                let mut found = languages.iter().filter(begins).filter(|one| derived || one.derive.is_none());
                found.next().filter(|_| found.next().is_none())
            };
            only(true).or_else(|| only(false))
        })
    }
}
