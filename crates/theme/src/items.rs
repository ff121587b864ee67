//! Essays and sections as templates see them: in a list (`item`), as answers to `get_page` and `get_section` (`whole`),
//! and on their own page (`own`, which alone has a `content`).

use std::sync::Arc;

use fika_model::{Borrow, Card, Entry, EntryId, Kind, LinkFrom, SectionCard, Target, Taxonomy, Term, Text};
use tera::value::Key;
use tera::{Map, Value};

use crate::stage::Stage;
use crate::values::{
    Field, Fields, direction, extra, html, moment, name, optional, record, text, texts, toc,
};
use crate::{Addresses, fill, people};

impl Stage {
    /// An entry as lists show it. Values are made once; a clone is a reference.
    pub(crate) fn item(self: &Arc<Stage>, id: EntryId) -> Value {
        let earlier = || self.earlier.items.get(&self.item_print(id)).cloned();
        self.cell(id).item.get_or_init(|| earlier().unwrap_or_else(|| self.with_summary(id))).clone()
    }

    /// The same without the summary: what a component sees that is itself part of a summary. Otherwise a summary could
    /// need itself.
    pub(crate) fn bare(self: &Arc<Stage>, id: EntryId) -> Value {
        self.cell(id).bare.get_or_init(|| record(bare(self, id, None))).clone()
    }

    /// An entry with its neighbours and, for a section, its pages. Others' texts are never seen: there is no `content`.
    /// Kept for sections only, which any page may ask for; an essay is seen whole by its own page, once.
    pub(crate) fn whole(self: &Arc<Stage>, id: EntryId) -> Value {
        let make = || record(self.own(id));
        match self.entry(id).card.kind {
            Kind::Section => self.cell(id).whole.get_or_init(make).clone(),
            Kind::Page => make(),
        }
    }

    /// The same, to be added to by the entry's own page.
    pub(crate) fn own(self: &Arc<Stage>, id: EntryId) -> Fields {
        whole(self, id, true, &Stage::item)
    }

    /// The same without summaries, for components in summaries.
    pub(crate) fn whole_bare(self: &Arc<Stage>, id: EntryId) -> Value {
        record(whole(self, id, true, &Stage::bare))
    }

    /// An entry without the list of its pages: `get_section(metadata_only=true)`, or a section cut into several pages.
    pub(crate) fn metadata(self: &Arc<Stage>, id: EntryId) -> Fields {
        whole(self, id, false, &Stage::item)
    }

    /// An entry in short, as others name it: a translation, or a page that links to theirs.
    fn twin(&self, id: EntryId) -> Value {
        let make = || {
            let entry = self.entry(id);
            let name = self.site.config.language(&entry.card.lang).map(|language| &language.name);
            record([
                ("lang", text(entry.card.lang.as_str())),
                ("lang_dir", text(direction(&entry.card.lang))),
                ("page_lang", text(entry.lang.as_str())),
                ("name", optional(name)),
                ("title", text(&self.title(id))),
                ("permalink", text(&entry.permalink)),
                ("path", text(&entry.path)),
                ("is_derived", Value::from(entry.is_derived())),
            ])
        };
        self.cell(id).twin.get_or_init(make).clone()
    }

    /// A list of items.
    pub(crate) fn items(self: &Arc<Stage>, ids: &[EntryId]) -> Value {
        Value::from(ids.iter().map(|&id| self.item(id)).collect::<Vec<Value>>())
    }

    /// The summary as HTML, with addresses that are right on any page.
    pub(crate) fn summary(self: &Arc<Stage>, id: EntryId) -> Option<&Arc<str>> {
        let make = || {
            let body = self.entry(id).card.summary.as_ref()?;
            if body.holes.is_empty() {
                return Some(Arc::from(body.html.as_str()));
            }
            Some(fill::summary(self, id, body, Addresses::Path).html.into())
        };
        self.cell(id).summary.get_or_init(make).as_ref()
    }

    fn with_summary(self: &Arc<Stage>, id: EntryId) -> Value {
        record(bare(self, id, self.summary(id)))
    }

    /// The path of an entry's source from the content folder, as `get_page` and `get_section` take it.
    pub(crate) fn relative_path<'a>(&self, card: &'a Card) -> &'a str {
        let dir = &*self.site.config.content_dir;
        card.source.strip_prefix(dir).map_or(&*card.source, |rest| rest.trim_start_matches('/'))
    }

    /// The title that menus and switches show: a home page without one is called by the name of the site.
    pub(crate) fn title(&self, id: EntryId) -> Arc<str> {
        let entry = self.entry(id);
        let language = self.site.config.language(&entry.lang);
        match language {
            Some(language) if entry.card.title.is_empty() && entry.parent.is_none() => language.title.clone(),
            _ => entry.card.title.clone(),
        }
    }

    /// The picture of an entry: its address and size.
    pub(crate) fn cover(&self, id: EntryId) -> Option<Cover> {
        let entry = self.entry(id);
        let (src, _) = entry.card.cover.as_ref()?;
        let from = LinkFrom { entry: Some(id), base: &entry.card.base, lang: &entry.lang };
        let target = self.site.resolve(from, src).ok()?;
        let size = match &target {
            Target::File { source: Some(source), .. } => self.resources.image_size(source),
            _ => None,
        };
        let path = target.href(&self.site, src);
        let permalink = target.absolute(&self.site, src, &entry.permalink);
        Some(Cover { path, permalink, size })
    }
}

/// The picture of an essay.
pub(crate) struct Cover {
    pub(crate) path: String,
    pub(crate) permalink: String,
    pub(crate) size: Option<(u32, u32)>,
}

impl Cover {
    fn value(&self) -> Value {
        record([
            ("path", text(&self.path)),
            ("permalink", text(&self.permalink)),
            ("width", Value::from(self.size.map(|(width, _)| width))),
            ("height", Value::from(self.size.map(|(_, height)| height))),
        ])
    }
}

/// All that a list may show of an entry but its headings. Names as in Zola; what Zola does not have stands last.
fn bare(stage: &Arc<Stage>, id: EntryId, summary: Option<&Arc<str>>) -> impl Iterator<Item = Field> {
    let entry = stage.entry(id);
    let card = &*entry.card;
    let date = card.date.map(|date| date.date());
    let tagline = stage.tagline(id);
    let of_zola = [
        ("relative_path", text(stage.relative_path(card))),
        ("colocated_path", colocated(stage, card)),
        ("title", text(&stage.title(id))),
        ("description", optional(card.description.as_ref())),
        ("permalink", text(&entry.permalink)),
        ("path", text(&entry.path)),
        ("slug", text(slug(entry))),
        ("components", components(entry)),
        ("lang", text(card.lang.as_str())),
        ("date", moment(card.date)),
        ("updated", moment(card.updated)),
        ("year", Value::from(date.map(|date| i64::from(date.year())))),
        ("month", Value::from(date.map(|date| i64::from(date.month())))),
        ("day", Value::from(date.map(|date| i64::from(date.day())))),
        ("weight", Value::from(card.weight)),
        ("draft", Value::from(card.draft)),
        ("authors", people::author_names(&stage.site.config, entry)),
        ("taxonomies", taxonomies(card)),
        ("extra", extra(&card.extra)),
        ("summary", summary.map_or_else(Value::none, |summary| html(summary))),
        ("word_count", Value::from(card.words.total())),
        ("reading_time", Value::from(card.reading_time())),
        (
            "assets",
            Value::from(
                entry
                    .assets
                    .iter()
                    .map(|route| text(&stage.site.config.base_url.path_of(route)))
                    .collect::<Vec<_>>(),
            ),
        ),
        ("ancestors", paths(stage, &entry.ancestors)),
        (
            "translations",
            Value::from(entry.translations.iter().map(|&twin| stage.twin(twin)).collect::<Vec<_>>()),
        ),
    ];
    let of_fika = [
        ("title_html", card.title_html.as_ref().map_or_else(Value::none, |title| html(title))),
        ("summary_text", text(&card.summary_text)),
        ("summary_given", Value::from(card.summary_given)),
        ("tagline", optional(tagline.map(|(_, tagline)| tagline))),
        ("tagline_lang", tagline.map_or_else(Value::none, |(lang, _)| text(lang.as_str()))),
        ("translators", people::translator_names(&stage.site.config, entry)),
        ("credits", people::credits(stage, entry)),
        ("terms", Value::from(terms(stage, id))),
        ("series", optional(card.series.as_ref())),
        ("cover", stage.cover(id).map_or_else(Value::none, |cover| cover.value())),
        ("page_lang", text(entry.lang.as_str())),
        ("lang_dir", text(direction(&card.lang))),
        ("is_fallback", Value::from(entry.is_fallback())),
        ("is_derived", Value::from(entry.is_derived())),
        ("derived_from", derived_from(stage, entry)),
        ("original", original(stage, entry)),
        ("template", optional(card.template.as_ref().map(|(name, _)| name))),
        ("key", text(&card.key)),
        ("translation", translation(stage, id)),
        ("words", record([("han", Value::from(card.words.han)), ("latin", Value::from(card.words.latin))])),
    ];
    of_zola.into_iter().chain(of_fika)
}

fn whole(
    stage: &Arc<Stage>,
    id: EntryId,
    with_pages: bool,
    item: &dyn Fn(&Arc<Stage>, EntryId) -> Value,
) -> Fields {
    let entry = stage.entry(id);
    let shown = item(stage, id);
    let shown = shown.as_map().into_iter().flatten();
    let mut whole: Fields = Vec::with_capacity(64);
    whole.extend(shown.filter_map(|(name, value)| match name {
        Key::Str(name) => Some((*name, value.clone())),
        _ => None,
    }));
    let mut add = |name, value| whole.push((name, value));
    add("toc", toc(&entry.card, &entry.permalink));
    let neighbour = |id: Option<EntryId>| id.map_or_else(Value::none, |id| item(stage, id));
    let backlinks = entry.backlinks.iter().map(|&from| stage.twin(from));
    add("backlinks", Value::from(backlinks.collect::<Vec<_>>()));
    match entry.card.kind {
        Kind::Page => {
            add("parallel", parallel(stage, entry));
            add("lower", neighbour(entry.lower));
            add("higher", neighbour(entry.higher));
        }
        Kind::Section => {
            let pages: &[EntryId] = if with_pages { &entry.pages } else { &[] };
            add("pages", Value::from(pages.iter().map(|&id| item(stage, id)).collect::<Vec<_>>()));
            add("subsections", paths(stage, &entry.subsections));
            let says = |what: fn(&SectionCard) -> bool| entry.card.section.as_deref().is_some_and(what);
            add("generate_feeds", Value::from(says(|section| section.generate_feeds)));
            add("transparent", Value::from(says(|section| section.transparent)));
            let by = entry.paginate_by(&stage.site.config);
            add("paginate_by", if by > 0 { Value::from(by) } else { Value::none() });
            add("paginate_reversed", Value::from(says(|section| section.paginate_reversed)));
            // Whether its address leads anywhere: `render: false` leaves a section without a page.
            let leads_on = says(|section| section.redirect_to.is_some());
            add("render", Value::from(entry.page.is_some() || leads_on));
        }
    }
    whole
}

/// Sections as paths for `get_section`, as Zola gives them.
fn paths(stage: &Stage, ids: &[EntryId]) -> Value {
    Value::from(ids.iter().map(|&id| text(stage.relative_path(&stage.entry(id).card))).collect::<Vec<_>>())
}

/// The language whose words an entry shows in another script; none for other entries.
fn derived_from(stage: &Stage, entry: &Entry) -> Value {
    let from = entry.borrowed(Borrow::Derived);
    from.map_or_else(Value::none, |from| text(stage.entry(from).lang.as_str()))
}

/// The essay whose words an entry borrows, in short; none for words of its own.
fn original(stage: &Stage, entry: &Entry) -> Value {
    match entry.text {
        Text::Own => Value::none(),
        Text::Borrowed { from, .. } => stage.twin(from),
    }
}

/// The pages on which an essay stands beside its other versions.
fn parallel(stage: &Stage, entry: &Entry) -> Value {
    let base = &stage.site.config.base_url;
    let page = |&other: &EntryId| {
        let lang = &stage.entry(other).card.lang;
        let route = entry.parallel_route(lang);
        let name = stage.site.config.language(lang).map(|language| &language.name);
        record([
            ("lang", text(lang.as_str())),
            ("name", optional(name)),
            ("path", text(&base.path_of(&route))),
            ("permalink", text(&base.absolute(&route))),
        ])
    };
    Value::from(entry.parallel.iter().map(page).collect::<Vec<Value>>())
}

/// How a translation stands to its original; none for an original.
fn translation(stage: &Stage, id: EntryId) -> Value {
    let Some(translation) = &stage.entry(id).translation else { return Value::none() };
    record([
        ("state", text(translation.state.name())),
        ("original", translation.original.map_or_else(Value::none, |original| stage.twin(original))),
        (
            "fields",
            Value::from(translation.fields.iter().map(|field| text(field.name())).collect::<Vec<Value>>()),
        ),
        ("changed", Value::from(translation.changed)),
        ("added", Value::from(translation.added)),
        ("removed", Value::from(translation.removed)),
    ])
}

/// The terms of an entry in the order in which it names them.
fn terms(stage: &Stage, id: EntryId) -> Vec<Value> {
    let Entry { card, lang, .. } = stage.entry(id);
    let language = stage.site.config.language(lang);
    let written = |name: &str, slug: &str| {
        let of = card.taxonomies.iter().position(|(taxonomy, _, _)| &**taxonomy == name)?;
        let config = stage.site.config.taxonomy(name)?;
        let means = |term: &Arc<str>| {
            language.is_some_and(|language| config.term(language, &fika_model::term_slug(term)).slug == slug)
        };
        Some((of, card.taxonomies[of].1.iter().position(means)?))
    };
    let mut found: Vec<_> = stage
        .terms(id)
        .iter()
        .map(|&(id, at)| {
            let taxonomy = stage.site.taxonomy(id);
            let term = &taxonomy.terms[at as usize];
            let make = || {
                let base = &stage.site.config.base_url;
                // A taxonomy may want no pages of its own.
                let has_page = stage.site.index.route.contains_key(&term.route);
                let address = |made: String| if has_page { text(&made) } else { Value::none() };
                record(term_name(taxonomy, term).chain([
                    ("taxonomy", text(&taxonomy.name)),
                    ("slug", text(&term.slug)),
                    ("path", address(base.path_of(&term.route))),
                    ("permalink", address(base.absolute(&term.route))),
                ]))
            };
            let value = stage.term_cell(id, at).get_or_init(make).clone();
            (written(&taxonomy.name, &term.slug).unwrap_or((usize::MAX, 0)), value)
        })
        .collect();
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, value)| value).collect()
}

/// What a term is called.
pub(crate) fn term_name(taxonomy: &Taxonomy, term: &Term) -> impl Iterator<Item = Field> {
    name(&term.name, Some(&term.lang).filter(|lang| **lang != taxonomy.lang)).into_iter()
}

fn taxonomies(card: &Card) -> Value {
    let pair = |(name, terms, _): &(Arc<str>, Vec<Arc<str>>, _)| (Key::String(name.clone()), texts(terms));
    Value::from(card.taxonomies.iter().map(pair).collect::<Map>())
}

/// The last segment of an address.
fn slug(entry: &Entry) -> &str {
    entry.route.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn components(entry: &Entry) -> Value {
    Value::from(entry.route.as_str().split('/').filter(|part| !part.is_empty()).map(text).collect::<Vec<_>>())
}

/// The folder of a bundle from the content folder, with a closing slash.
fn colocated(stage: &Stage, card: &Card) -> Value {
    if !card.bundle {
        return Value::none();
    }
    let path = stage.relative_path(card);
    text(&path[..path.rfind('/').map_or(0, |at| at + 1)])
}
