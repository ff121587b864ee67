//! Front matter: YAML between `---`, TOML between `+++`, Hexo's header without a first fence, or none at all.
//!
//! Read key by key. A wrong value costs that key, a header that cannot be parsed costs the keys that cannot be told,
//! and neither costs the essay. Names are those of Zola, with what Hugo, Hexo and Jekyll call the same things.

mod deriving;
mod fields;
mod recover;
mod section;
mod slips;
mod split;
mod terms;

use std::collections::HashSet;
use std::sync::Arc;

use fika_model::{
    Config, Data, DateTime, Deriving, Diagnostic, Kept, Kind, Lang, Localized, SectionCard, Severity, Span,
};
use jiff::tz::TimeZone;

use self::fields::{Fields, is_known};
pub(crate) use self::section::LISTING;
use self::split::{Format, Parts};
use crate::kept;
use crate::node::{self, Entry, Fault, Node, Reader};

/// What the front matter says. Fields are those of [`fika_model::Card`] of the same name.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Header {
    /// As written, Markdown included.
    pub title: Option<Arc<str>>,
    pub sort_key: Option<Arc<str>>,
    pub description: Option<Arc<str>>,
    /// See [`fika_model::Card::kept`].
    pub kept: Vec<Kept>,
    /// As written, Markdown included.
    pub summary: Option<Arc<str>>,
    pub tagline: Localized<Arc<str>>,
    pub date: Option<DateTime>,
    pub updated: Option<DateTime>,
    pub slug: Option<Arc<str>>,
    pub path: Option<Arc<str>>,
    pub aliases: Vec<Arc<str>>,
    pub authors: Vec<Arc<str>>,
    pub translators: Vec<Arc<str>>,
    pub draft: bool,
    pub weight: Option<i64>,
    pub template: Option<(Arc<str>, Span)>,
    /// Only taxonomies that the site has, each once.
    pub taxonomies: Vec<(Arc<str>, Vec<Arc<str>>, Span)>,
    pub series: Option<Arc<str>>,
    pub key: Option<Arc<str>>,
    /// A language of the site.
    pub lang: Option<Lang>,
    pub cover: Option<(Arc<str>, Span)>,
    pub translate: Option<Vec<Lang>>,
    pub parallel: Option<bool>,
    /// `math:`, also in `extra`.
    pub math: Option<bool>,
    /// `derive:`
    pub derive: Option<Box<Deriving>>,
    /// For a section only.
    pub section: Option<Box<SectionCard>>,
    /// Always a map: the entries of `extra:` and every key that means nothing to fika.
    pub extra: Data,
    /// The byte at which the essay begins.
    pub body_start: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the front matter of a file. `zone` is the site's, for dates that name none.
pub(crate) fn header(config: &Config, zone: &TimeZone, path: &str, text: &str, kind: Kind) -> Header {
    let section =
        (kind == Kind::Section).then(|| Box::new(SectionCard { render: true, ..SectionCard::default() }));
    let mut header = Header { section, extra: Data::Map(Vec::new()), ..Header::default() };
    let Some(parts) = split::split(text, &is_known) else { return header };
    let mut reader = Reader { path, text, severity: Severity::Warning, diagnostics: Vec::new() };
    let Some(tree) = tree(&parts, &mut reader) else { return header };
    header.body_start = parts.body;

    let mut fields = Fields { config, zone, reader, header, extra: Vec::new() };
    let mut seen = HashSet::new();
    for entry in tree.entries() {
        if !seen.insert(&*entry.key) {
            let message = format!("`{}` is given twice; the last one counts", entry.key);
            fields.reader.report("duplicate-key", entry.key_span, message, "delete one of them");
        }
        fields.read(entry);
    }
    fields.finish()
}

/// The front matter of a file as it is written, for whoever makes another file of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    /// The lines between the fences.
    pub text: &'a str,
    /// Whether it is TOML rather than YAML.
    pub is_toml: bool,
    /// The byte of the file at which the essay begins.
    pub body: usize,
}

/// The front matter of a file, in every form in which [`Parser::parse`](crate::Parser::parse) reads it.
///
/// ```
/// let found = fika_parser::front_matter("\r\n---\r\ntitle: 甲\r\n---\r\n文").unwrap();
/// assert_eq!((found.text, found.is_toml), ("title: 甲\r\n", false));
/// assert_eq!(fika_parser::front_matter("文"), None);
/// ```
pub fn front_matter(text: &str) -> Option<FrontMatter<'_>> {
    let Parts { format, text, body, .. } = split::split(text, &is_known)?;
    Some(FrontMatter { text, is_toml: format == Format::Toml, body })
}

/// Where the front matter of a file says one of some keys, each in small letters: the last that it has, with its value.
///
/// ```
/// let text = "---\ntitle: 甲\ndraft: true\n---\n文";
/// let span = fika_parser::key_span(text, &["draft"]).unwrap();
/// assert_eq!(&text[span.start as usize..span.end as usize], "draft: true");
/// ```
pub fn key_span(text: &str, keys: &[&str]) -> Option<Span> {
    let tree = silently(text)?;
    last(&tree, |key| keys.contains(&&*key.to_ascii_lowercase())).map(whole)
}

/// Where the front matter of a file says something under `extra:`, as [`key_span`] gives it; nothing for what stands beside that.
pub fn extra_span(text: &str, key: &str) -> Option<Span> {
    let tree = silently(text)?;
    let extra = last(&tree, |name| name.eq_ignore_ascii_case("extra"))?;
    last(&extra.node, |name| name == key).map(whole)
}

/// The front matter of a file, whose faults have been told.
fn silently(text: &str) -> Option<Node<'_>> {
    let parts = split::split(text, &is_known)?;
    tree(&parts, &mut Reader { path: "", text, severity: Severity::Warning, diagnostics: Vec::new() })
}

/// The last entry with such a key, which is the one that counts.
fn last<'n, 'a>(node: &'n Node<'a>, is_meant: impl Fn(&str) -> bool) -> Option<&'n Entry<'a>> {
    node.entries().iter().rev().find(|entry| is_meant(&entry.key))
}

/// Where a key stands with its value.
fn whole(entry: &Entry<'_>) -> Span {
    Span { start: entry.key_span.start, end: entry.node.span.end.max(entry.key_span.end) }
}

impl Header {
    /// Takes the marks of what is not converted out of what can only be text, and notes what stood between them. A title keeps
    /// them: its HTML says them.
    pub(crate) fn take_marks(&mut self) {
        let mut plain = |text: &Arc<str>| kept::taken(text, &mut self.kept).unwrap_or_else(|| text.clone());
        self.description = self.description.as_ref().map(&mut plain);
        self.series = self.series.as_ref().map(&mut plain);
        for (_, terms, _) in &mut self.taxonomies {
            let mut seen = HashSet::new();
            let each = terms.iter().map(&mut plain);
            *terms = each.filter(|term| seen.insert(term.clone())).collect();
        }
        let each = self.tagline.iter().map(|(lang, text)| (lang.cloned(), plain(text)));
        let taglines: Vec<_> = each.collect();
        kept::take_from(&mut self.extra, &mut self.kept);
        let every = taglines.iter().find(|(lang, _)| lang.is_none()).map(|(_, text)| text.clone());
        let each = taglines.into_iter().filter_map(|(lang, text)| Some((lang?, text)));
        let none = every.map(Localized::every).unwrap_or_default();
        self.tagline = each.fold(none, |tagline, (lang, text)| tagline.with(lang, text));
    }
}

/// The tree of a header, whole or as much as could be saved of it. None if it is no header after all.
fn tree<'a>(parts: &Parts<'a>, reader: &mut Reader<'_>) -> Option<Node<'a>> {
    let (tree, controls, fault) = match parts.format {
        Format::Toml => node::toml(parts.text, parts.start),
        Format::Yaml => match node::yaml(parts.text, parts.start) {
            Ok((tree, controls)) if !tree.entries().is_empty() || tree.is_blank() => (tree, controls, None),
            Ok(_) if !parts.text.lines().any(slips::is_certain) => return None,
            _ if recover::is_prose(parts.text) => return None,
            read => {
                let (tree, slips) = recover::tree(parts.text, parts.start);
                slips.iter().for_each(|(line, slip)| slip.report(*line, reader));
                (tree, None, read.err().filter(|_| slips.is_empty()))
            }
        },
    };
    report_dashes(parts, reader);
    if !parts.closed {
        reader.diagnostics.push(unclosed(parts, reader));
    }
    if let Some(fault) = fault {
        reader.diagnostics.push(unreadable(parts, &fault, reader));
    }
    if parts.format == Format::Yaml {
        slips::cut_values(&tree, parts.text, reader);
    }
    if let Some(span) = controls {
        let message = "an escape here stands for an invisible control character".to_owned();
        let help = "the page is built without it; between double quotes a backslash is written twice: `\"C:\\\\bin\"`";
        reader.report("control-character", span, message, help);
    }
    Some(tree)
}

/// Reports fences in which a program that means well has made dashes of the hyphens.
fn report_dashes(parts: &Parts<'_>, reader: &mut Reader<'_>) {
    let text = reader.text;
    let before = text[..parts.start].trim_end();
    let opening = before.rfind(char::is_whitespace).map_or(0, |end| end + 1)..before.len();
    let end = parts.start + parts.text.len();
    let closing = end..end + text[end..parts.body].trim_end().len();
    let fence = [opening, closing].into_iter().find(|fence| text[fence.clone()].contains(split::DASHES));
    if let Some(fence) = fence.filter(|_| parts.closed) {
        let message = "there are dashes in the fence of this front matter".to_owned();
        let diagnostic = Diagnostic::error("front-matter", reader.path, message);
        reader.diagnostics.push(diagnostic.at(text, fence).help("write three hyphens: `---`"));
    }
}

fn unclosed(parts: &Parts<'_>, reader: &Reader<'_>) -> Diagnostic {
    let fence = if parts.format == Format::Yaml { "---" } else { "+++" };
    let opening = reader.text[..parts.start].rfind(fence).unwrap_or(0);
    Diagnostic::error("front-matter", reader.path, format!("the front matter has no closing `{fence}`"))
        .at(reader.text, opening..opening + fence.len())
        .help(format!("put `{fence}` on a line of its own after the last key"))
}

fn unreadable(parts: &Parts<'_>, fault: &Fault, reader: &Reader<'_>) -> Diagnostic {
    let (reason, help) = match parts.format {
        Format::Yaml => node::explain_yaml(reader.text, fault),
        Format::Toml => node::explain_toml(reader.text, fault),
    };
    Diagnostic::error("front-matter", reader.path, format!("the front matter cannot be read: {reason}"))
        .at(reader.text, fault.span)
        .help(help)
}

#[cfg(test)]
mod tests;
