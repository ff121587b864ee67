//! Front matter key by key.

use std::sync::Arc;

use fika_model::{Config, Data, DateTime, Lang, Localized, Span, is_external, nearest};
use jiff::tz::TimeZone;

use super::{Header, section, terms};
use crate::dates;
use crate::node::{Entry, Node, Reader, Value, truth};

/// The keys with a meaning, for suggestions.
const KEYS: &[&str] = &[
    "title",
    "sort_key",
    "date",
    "updated",
    "description",
    "summary",
    "tagline",
    "slug",
    "path",
    "aliases",
    "authors",
    "author",
    "translators",
    "translator",
    "draft",
    "weight",
    "template",
    "taxonomies",
    "tags",
    "categories",
    "series",
    "key",
    "lang",
    "cover",
    "translate",
    "parallel",
    "derive",
    "extra",
];

/// Keys of other tools that are near to ours by accident.
const FOREIGN: &[&str] =
    &["name", "data", "type", "state", "order", "play", "tag", "ver", "note", "long", "cove", "category"];

/// Whether a name belongs to front matter beyond doubt.
pub(super) fn is_known(name: &str) -> bool {
    KEYS.contains(&name)
        || matches!(name, "layout" | "category" | "tag" | "permalink" | "comments" | "keywords" | "toc")
}

/// A header that is being read.
pub(super) struct Fields<'a> {
    pub config: &'a Config,
    pub zone: &'a TimeZone,
    pub reader: Reader<'a>,
    pub header: Header,
    pub extra: Vec<(Arc<str>, Data)>,
}

impl Fields<'_> {
    /// Reads one key: as it is written, else in lower case (`Title`, as Hugo allows).
    pub(super) fn read(&mut self, entry: &Entry<'_>) {
        let name = &*entry.key;
        if self.field(name, entry)
            || (name.bytes().any(|byte| byte.is_ascii_uppercase())
                && self.field(&name.to_ascii_lowercase(), entry))
        {
            return;
        }
        self.suggest(entry);
        self.keep(entry);
    }

    /// The finished header.
    pub(super) fn finish(mut self) -> Header {
        self.header.extra = Data::Map(self.extra);
        self.header.diagnostics = self.reader.diagnostics;
        self.header
    }

    /// Old addresses of the page. What has a host of its own is none that this site could keep, and behind a `?` a host of files
    /// does not look.
    fn aliases(&mut self, entry: &Entry<'_>) -> Vec<Arc<str>> {
        let mut aliases = self.reader.list(entry);
        for alias in aliases.extract_if(.., |alias| is_external(alias) || alias.contains(['?', '#'])) {
            let items = if let Value::Seq(items) = &entry.node.value { &items[..] } else { &[] };
            let node = items.iter().find(|item| item.text().is_some_and(|text| text.trim() == &*alias));
            let what = if is_external(&alias) { "is an address of another site" } else { "is no path alone" };
            let message = format!("the alias `{alias}` {what}");
            let help = "an alias is a path of this site, such as `/old/`; this one is left out";
            self.reader.report("wrong-value", node.unwrap_or(&entry.node).span, message, help);
        }
        aliases
    }

    /// Keeps a key for templates; `extra:` wins over a key of the same name beside it.
    fn keep(&mut self, entry: &Entry<'_>) {
        self.put(&entry.key, &entry.node, false);
    }

    fn put(&mut self, key: &str, node: &Node<'_>, replace: bool) {
        match self.extra.iter_mut().find(|(name, _)| &**name == key) {
            Some((_, value)) if replace => *value = node.to_data(),
            Some(_) => {}
            None => self.extra.push((key.into(), node.to_data())),
        }
    }

    /// Reads a key that fika knows; false if it knows none of that name.
    fn field(&mut self, name: &str, entry: &Entry<'_>) -> bool {
        if let Some(section) = &mut self.header.section
            && section::read(&mut self.reader, section, name, entry)
        {
            return true;
        }
        match name {
            "title" => self.header.title = self.reader.text(entry),
            "sort_key" => self.header.sort_key = self.reader.text(entry),
            "description" => self.header.description = self.reader.text(entry),
            "summary" => self.header.summary = self.reader.text(entry),
            "tagline" => self.header.tagline = self.localized(entry),
            "slug" => self.header.slug = self.reader.text(entry),
            "series" => self.series(entry),
            "key" | "translationKey" | "translationkey" => self.header.key = self.reader.text(entry),
            "aliases" | "alias" | "redirect_from" => {
                let aliases = self.aliases(entry);
                self.header.aliases.extend(aliases);
            }
            "author" | "authors" => self.authors(entry),
            "translator" | "translators" => self.header.translators = self.people(entry),
            "draft" => self.header.draft |= self.reader.truth(entry).unwrap_or(false),
            "weight" => self.header.weight = self.reader.integer(entry),
            "template" => self.header.template = self.reader.text(entry).map(|name| (name, entry.node.span)),
            "taxonomies" => self.taxonomies(entry),
            "extra" => self.extra(entry),
            "lang" | "language" => self.lang(entry),
            "cover" => self.cover(entry),
            "translate" => self.translate(entry),
            "parallel" => self.header.parallel = self.reader.truth(entry),
            "derive" => self.derive(entry),
            _ => return self.date_field(name, entry) || self.switch(name, entry) || self.loose(name, entry),
        }
        true
    }

    fn date_field(&mut self, name: &str, entry: &Entry<'_>) -> bool {
        match name {
            "date" => self.header.date = self.date(entry),
            "updated" | "lastmod" | "last_modified_at" => {
                self.header.updated = self.date(entry).or(self.header.updated);
            }
            _ => return false,
        }
        true
    }

    /// Switches with a meaning here and perhaps another for the theme.
    fn switch(&mut self, name: &str, entry: &Entry<'_>) -> bool {
        let found = truth(&entry.node);
        match (name, found) {
            ("published", Some(published)) => self.header.draft |= !published,
            ("hidden", Some(hidden)) => self.header.draft |= hidden,
            ("math" | "mathjax" | "katex", Some(math)) => {
                self.header.math = Some(math);
                self.keep(entry);
            }
            ("toc", Some(_)) => self.keep(entry),
            _ => return false,
        }
        true
    }

    /// Keys that mean something only in some sites or with some values.
    fn loose(&mut self, name: &str, entry: &Entry<'_>) -> bool {
        if matches!(name, "path" | "permalink" | "url") {
            // Jekyll's `/:year/:title/` is a pattern and `https://…` an address elsewhere: neither is a path.
            let path = entry.node.text().filter(|text| name == "path" || !text.contains(':'));
            return match path {
                Some(path) => {
                    self.header.path = Some(Arc::from(path.trim()))
                        .filter(|path: &Arc<str>| !path.is_empty())
                        .or(self.header.path.take());
                    true
                }
                None => entry.node.is_blank(),
            };
        }
        match terms::taxonomy(self.config, name) {
            Some(taxonomy) => self.add_terms(taxonomy, entry),
            None => return false,
        }
        true
    }

    /// A date; `published: 2012-01-01` and the like are left to templates.
    fn date(&mut self, entry: &Entry<'_>) -> Option<DateTime> {
        if entry.node.is_blank() {
            return None;
        }
        let found = entry.node.text().and_then(|text| dates::parse(&text, self.zone));
        if found.is_none() {
            let message = format!("`{}` is not a date that can be read", entry.key);
            self.reader.report(
                "date",
                entry.node.span,
                message,
                "write it like 2024-08-12 or 2024-08-12 19:00",
            );
        }
        found
    }

    /// Who wrote it. In a site with a taxonomy of that name they are its terms too.
    pub(super) fn authors(&mut self, entry: &Entry<'_>) {
        for name in self.people(entry) {
            if !self.header.authors.contains(&name) {
                self.header.authors.push(name);
            }
        }
        if let Some(taxonomy) = terms::taxonomy(self.config, "authors") {
            self.unite(taxonomy, self.header.authors.clone(), entry.node.span);
        }
    }

    /// A name or id, a list of these, or what has a `name:`; each once.
    fn people(&mut self, entry: &Entry<'_>) -> Vec<Arc<str>> {
        let mut found = Vec::new();
        let people = match &entry.node.value {
            Value::Seq(people) => people,
            _ => std::slice::from_ref(&entry.node),
        };
        let strangers = people.iter().filter(|person| !author(person, &mut found)).count();
        if strangers > 0 {
            self.reader.wrong(entry, "a name or a list of names", "authors: [苏轼, Jane Doe]");
        }
        let mut seen = Vec::with_capacity(found.len());
        for name in found {
            self.check_id(&name, entry.node.span);
            if !seen.contains(&name) {
                seen.push(name);
            }
        }
        seen
    }

    /// A name in small ASCII letters looks like an id. If the configuration has none like it but one that is near, that was meant.
    fn check_id(&mut self, name: &str, span: Span) {
        let is_id = name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte));
        let ids = self.config.authors.iter().map(|author| &*author.id);
        if !is_id || ids.clone().any(|id| id == name) {
            return;
        }
        if let Some(near) = nearest(name, ids) {
            let message = format!("there is nobody called `{name}` under `authors` in fika.yaml");
            let help = format!("did you mean `{near}`? Until then the name is shown as it is");
            self.reader.report("unknown-author", span, message, &help);
        }
    }

    /// One series; of a list the first. In a site with a taxonomy of that name they are its terms too.
    pub(super) fn series(&mut self, entry: &Entry<'_>) {
        let names = self.reader.list(entry);
        self.header.series = names.into_iter().next();
        if let Some(taxonomy) = terms::taxonomy(self.config, "series") {
            self.add_terms(taxonomy, entry);
        }
    }

    fn extra(&mut self, entry: &Entry<'_>) {
        if !matches!(entry.node.value, Value::Map(_)) && !entry.node.is_blank() {
            self.reader.wrong(entry, "a map", "extra: {colour: blue}");
        }
        for entry in entry.node.entries() {
            self.put(&entry.key, &entry.node, true);
        }
    }

    /// A picture, or a map that names one.
    fn cover(&mut self, entry: &Entry<'_>) {
        if let Value::Map(entries) = &entry.node.value {
            let named = entries.iter().find(|entry| matches!(&*entry.key, "image" | "src" | "url" | "path"));
            if let Some(entry) = named {
                self.header.cover = self.reader.text(entry).map(|path| (path, entry.node.span));
            }
            self.keep(entry);
            return;
        }
        // `cover: false` is how some themes say that there is none.
        if truth(&entry.node).is_none() {
            self.header.cover = self.reader.text(entry).map(|path| (path, entry.node.span));
        }
    }

    fn lang(&mut self, entry: &Entry<'_>) {
        let Some(tag) = self.reader.text(entry) else { return };
        self.header.lang = self.language(&tag, entry.node.span);
    }

    /// The site's language of a tag; one that the site does not have is reported.
    pub(super) fn language(&mut self, tag: &str, span: Span) -> Option<Lang> {
        self.reader.language(&self.config.languages, tag, span)
    }

    /// `false`, or the languages; `true` is as the site says.
    fn translate(&mut self, entry: &Entry<'_>) {
        self.header.translate = match truth(&entry.node) {
            _ if entry.node.is_blank() => None,
            Some(true) => None,
            Some(false) => Some(Vec::new()),
            None => {
                let tags = self.reader.list(entry);
                Some(tags.iter().filter_map(|tag| self.language(tag, entry.node.span)).collect())
            }
        };
    }

    /// One text for all languages, or a map of texts by language.
    fn localized(&mut self, entry: &Entry<'_>) -> Localized<Arc<str>> {
        let Value::Map(entries) = &entry.node.value else {
            return self.reader.text(entry).map(Localized::every).unwrap_or_default();
        };
        let mut each = Vec::with_capacity(entries.len());
        for entry in entries {
            if let Some(lang) = self.language(&entry.key, entry.key_span)
                && let Some(text) = self.reader.text(entry)
            {
                each.push((lang, text));
            }
        }
        Localized::each(each)
    }

    /// Names the key that an unknown one was probably meant to be. Real files carry hundreds of keys of other tools,
    /// so only one that differs by a single slip (two in a long name) is thought a mistake.
    fn suggest(&mut self, entry: &Entry<'_>) {
        let written = entry.key.to_lowercase();
        if written.len() < 4 || FOREIGN.contains(&&*written) {
            return;
        }
        let is_section = self.header.section.is_some();
        if !is_section && section::KEYS.contains(&&*written) {
            let message = format!("`{}` is a key of sections, and means nothing in an essay", entry.key);
            let help = "write it into the `_index.md` of the folder";
            return self.reader.report("unknown-key", entry.key_span, message, help);
        }
        let known = KEYS.iter().chain(if is_section { section::KEYS } else { &[] });
        let near = known.filter_map(|name| Some((slips(&written, name)?, *name))).min();
        if let Some((_, name)) = near {
            let message = format!("`{}` means nothing here", entry.key);
            self.reader.report(
                "unknown-key",
                entry.key_span,
                message,
                &format!("did you mean `{name}`? Own keys belong under `extra:`"),
            );
        }
    }
}

/// How many slips lead from one name to another, if few enough: one, or two in a long name.
fn slips(written: &str, known: &str) -> Option<usize> {
    let limit = if known.len() > 7 { 2 } else { 1 };
    // Each slip changes the length by one at most, and the set of letters by two: most names are ruled out by that.
    if written.len().abs_diff(known.len()) > limit
        || (letters(written) ^ letters(known)).count_ones() as usize > 2 * limit
    {
        return None;
    }
    Some(strsim::osa_distance(written, known)).filter(|distance| (1..=limit).contains(distance))
}

fn letters(name: &str) -> u32 {
    name.bytes().fold(0, |set, byte| set | 1 << (byte & 31))
}

/// Adds the name of a person; false if there is none to be found.
fn author(node: &Node<'_>, found: &mut Vec<Arc<str>>) -> bool {
    let name = match &node.value {
        Value::Map(entries) => match entries.iter().find(|entry| entry.key == "name") {
            Some(entry) => entry.node.text(),
            None => return false,
        },
        Value::Seq(_) => return false,
        _ if node.is_blank() => return true,
        _ => node.text(),
    };
    let name = name.as_deref().map_or("", str::trim);
    if !name.is_empty() {
        found.push(name.into());
    }
    true
}
