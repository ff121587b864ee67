//! Markdown, menu and plugins.

use std::sync::Arc;

use fika_model::{AnchorLinks, Data, Emphasis, Localized, Markdown, MenuItem, SoftBreaks, Typography};

use super::lang_keys::localized;
use super::unknown;
use crate::node::{Entry, Node, Reader, Value};

/// The options of Markdown that Zola has and fika does not.
const IDLE: &[&str] = &[
    "highlight_code",
    "highlight_theme",
    "highlight_themes_css",
    "highlighting",
    "extra_syntaxes",
    "extra_syntaxes_and_themes",
    "render_emoji",
    "external_links_class",
    "external_links_no_follow",
    "external_links_no_referrer",
    "bottom_footnotes",
    "lazy_async_image",
    "github_alerts",
    "definition_list",
];

const KEYS: &[&str] = &[
    "emphasis",
    "soft_breaks",
    "smart_punctuation",
    "math",
    "mark",
    "typography",
    "external_links_target_blank",
    "insert_anchor_links",
    "commonmark",
];

/// `markdown:`
pub(super) fn markdown(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Markdown {
    let mut markdown = Markdown::default();
    if entry.node.entries().is_empty() && !entry.node.is_blank() && !matches!(entry.node.value, Value::Map(_))
    {
        reader.wrong(entry, "a map", "markdown: {math: true}");
    }
    for entry in entry.node.entries() {
        match &*entry.key {
            "emphasis" => {
                let known = [("cjk", Emphasis::Cjk), ("commonmark", Emphasis::Commonmark)];
                markdown.emphasis = reader.one_of(entry, &known).unwrap_or_default();
            }
            "soft_breaks" => {
                let known = [("join", SoftBreaks::Join), ("keep", SoftBreaks::Keep)];
                markdown.soft_breaks = reader.one_of(entry, &known).unwrap_or_default();
            }
            "smart_punctuation" => markdown.smart_punctuation = reader.truth(entry).unwrap_or_default(),
            "math" => markdown.math = reader.truth(entry).unwrap_or_default(),
            "mark" => markdown.mark = reader.truth(entry).unwrap_or_default(),
            "typography" => markdown.typography = typography(reader, entry),
            "external_links_target_blank" => {
                markdown.external_links_target_blank = reader.truth(entry).unwrap_or_default();
            }
            "insert_anchor_links" => {
                markdown.insert_anchor_links = reader.one_of(entry, &AnchorLinks::ALL).unwrap_or_default();
            }
            "commonmark" => markdown.commonmark = reader.truth(entry).unwrap_or_default(),
            _ => unknown(reader, entry, KEYS, IDLE),
        }
    }
    markdown
}

/// `typography:`: `false` for nothing, or a map of what is switched off.
fn typography(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Typography {
    let mut typography = Typography::ALL;
    if !matches!(entry.node.value, Value::Map(_)) {
        return if reader.truth(entry).unwrap_or(true) { typography } else { Typography::NONE };
    }
    for entry in entry.node.entries() {
        let switch = match &*entry.key {
            "no_break" => &mut typography.no_break,
            "latin" => &mut typography.latin,
            "emphasis" => &mut typography.emphasis,
            "titles" => &mut typography.titles,
            _ => {
                unknown(reader, entry, &["no_break", "latin", "emphasis", "titles"], &[]);
                continue;
            }
        };
        *switch = reader.truth(entry).unwrap_or(true);
    }
    typography
}

/// `menu:`: addresses, or maps of an address (`url` or `path`) and a `name` (or `title`), by language or not.
pub(super) fn menu(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Vec<MenuItem> {
    let Value::Seq(items) = &entry.node.value else {
        if !entry.node.is_blank() {
            reader.wrong(entry, "a list", "menu: [{path: \"@/about.md\"}]");
        }
        return Vec::new();
    };
    items.iter().filter_map(|item| menu_item(reader, item)).collect()
}

fn menu_item(reader: &mut Reader<'_>, item: &Node<'_>) -> Option<MenuItem> {
    let mut url = item.text().map(|text| Arc::from(text.trim()));
    let mut name = Localized::default();
    for entry in item.entries() {
        match &*entry.key {
            "url" | "path" => url = reader.text(entry),
            "name" | "title" => name = localized(reader, entry),
            _ => unknown(reader, entry, &["url", "path", "name", "title"], &["weight"]),
        }
    }
    if url.is_none() {
        reader.report(
            "wrong-value",
            item.span,
            "a link of the menu needs a `path`".to_owned(),
            "menu: [{path: \"@/about.md\"}]",
        );
    }
    Some(MenuItem { url: url?, name })
}

/// `plugins:`: options, `true` or `false` by name, or a list of names.
pub(super) fn plugins(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Vec<(Arc<str>, Data)> {
    match &entry.node.value {
        Value::Map(entries) => entries
            .iter()
            .filter_map(|entry| Some((Arc::from(&*entry.key), plugin(reader, entry)?)))
            .collect(),
        Value::Seq(_) => reader.list(entry).into_iter().map(|name| (name, Data::Bool(true))).collect(),
        _ => {
            if !entry.node.is_blank() {
                reader.wrong(entry, "a map", "plugins: {feed: false}");
            }
            Vec::new()
        }
    }
}

fn plugin(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Option<Data> {
    match &entry.node.value {
        Value::Null => Some(Data::Bool(true)),
        Value::Map(_) => Some(entry.node.to_data()),
        _ => reader.truth(entry).map(Data::Bool),
    }
}
