//! Essays in the other script: what a card says and what a body shows, converted by the tables of OpenCC.
//!
//! A derived card is made when its source is parsed and remembered with it; a derived body is made when its page is rendered,
//! out of the body that was parsed for the original. What a reader sees is converted. What a machine addresses is not: paths,
//! ids, destinations, names of files, and the keys of data.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use fika_i18n::{Converter, Converters, Phrases, Rules, kept, leaves_script_open};
use fika_model::{
    BlockKind, Body, Card, Config, Data, Derive, Heading, HoleKind, Kept, Lang, Localized, phrases,
};

/// The languages of a site that are made of others.
pub(crate) struct Derivers<'a> {
    config: &'a Config,
    converters: Arc<Converters>,
}

impl<'a> Derivers<'a> {
    pub(crate) fn new(config: &'a Config, converters: Arc<Converters>) -> Derivers<'a> {
        Derivers { config, converters }
    }

    /// A card in every language that is made of its own, unless it does not want to be.
    pub(crate) fn cards(&self, card: &Card, body: &Body) -> Vec<Card> {
        let languages = self.config.languages.iter();
        let derived = languages.filter_map(|language| Some((&language.lang, language.derive.as_ref()?)));
        derived
            .filter(|(_, derive)| derive.from == card.lang)
            .filter_map(|(lang, derive)| self.voice(derive, lang, card)?.card(card, body, lang))
            .collect()
    }

    /// The body of a derived card, of that of its original.
    pub(crate) fn body(&self, card: &Card, body: &Body) -> Option<Body> {
        let derive = self.config.language(&card.lang)?.derive.as_ref()?;
        Some(self.voice(derive, &card.lang, card)?.body(body))
    }

    /// What speaks for an essay; none if it does not want to be converted.
    fn voice(&self, derive: &Derive, lang: &Lang, card: &Card) -> Option<Voice<'_>> {
        let said = card.derive.as_ref().map(|deriving| deriving.to(lang)).unwrap_or_default();
        if said.derive == Some(false) {
            return None;
        }
        // A writer's phrase for one essay comes before one for the site.
        let own = phrases([&said.phrases, &derive.phrases]);
        Some(Voice { converter: self.converters.get(derive.scheme), own })
    }
}

/// A converter with the phrases of one essay.
struct Voice<'a> {
    converter: &'a Converter,
    own: Phrases,
}

/// What decides of words that say which language they are in.
const RULES: Rules<'static> = Rules { converts: &leaves_script_open };

impl Voice<'_> {
    fn text(&self, text: &str) -> Arc<str> {
        self.converter.text(text, &self.own).into()
    }

    fn name(&self, name: &str) -> Arc<str> {
        self.converter.name(name, &self.own).into()
    }

    fn html(&self, html: &str, marks: &[usize]) -> fika_i18n::Html {
        self.converter.html(html, marks, &self.own, &RULES)
    }

    /// A text that stands in HTML too, where parts of it may be kept as they are.
    fn shown(&self, text: &str, html: Option<&str>) -> Arc<str> {
        let kept = html.map_or_else(Vec::new, |html| kept([html], text, &RULES));
        self.without(text, &kept)
    }

    /// A text that can only be text, but for the parts that are noted to be kept as they are.
    fn marked(&self, noted: &[Kept], text: &str) -> Arc<str> {
        let kept = noted.iter().find(|kept| *kept.text == *text);
        let parts = kept.into_iter().flat_map(|kept| &kept.parts);
        self.without(text, &parts.map(|part| part.start as usize..part.end as usize).collect::<Vec<_>>())
    }

    /// A text but for parts of it.
    fn without(&self, text: &str, kept: &[Range<usize>]) -> Arc<str> {
        let mut out = String::with_capacity(text.len());
        self.around(text, kept, |part, is_kept| match is_kept {
            true => out.push_str(part),
            false => out.push_str(&self.text(part)),
        });
        out.into()
    }

    /// Calls for each part of a text in order: those that are kept, and those between them.
    fn around(&self, text: &str, kept: &[Range<usize>], mut each: impl FnMut(&str, bool)) {
        let mut at = 0;
        for range in kept {
            each(&text[at..range.start], false);
            each(&text[range.clone()], true);
            at = range.end;
        }
        each(&text[at..], false);
    }

    /// The summary, as HTML and as text. One that was made of the first sentences has lost its markup: what the text itself keeps as
    /// it is, is kept here too.
    fn summary(&self, card: &Card, body: &Body) -> (Option<Arc<Body>>, Arc<str>) {
        let Some(summary) = &card.summary else { return (None, self.text(&card.summary_text)) };
        if card.summary_given {
            let text = self.shown(&card.summary_text, Some(&summary.html));
            return (Some(Arc::new(self.body(summary))), text);
        }
        let kept = kept(paragraphs(card, body), &card.summary_text, &RULES);
        let (mut html, mut text) = (String::from("<p>"), String::new());
        self.around(&card.summary_text, &kept, |part, is_kept| {
            let shown = if is_kept { part.into() } else { self.text(part) };
            text.push_str(&shown);
            let (open, close) = if is_kept { ("<span translate=\"no\">", "</span>") } else { ("", "") };
            html.push_str(open);
            fika_html::escape_text(&mut html, &shown);
            html.push_str(close);
        });
        html.push_str("</p>\n");
        (Some(Arc::new(Body::plain(html))), text.into())
    }

    fn card(&self, card: &Card, body: &Body, lang: &Lang) -> Option<Card> {
        let said = card.derive.as_ref().map(|deriving| deriving.to(lang)).unwrap_or_default();
        let (summary, summary_text) = self.summary(card, body);
        let headings = card.headings.iter().zip(headings_html(&body.html, &card.headings));
        let headings = headings
            .map(|(heading, html)| Heading { title: self.shown(&heading.title, html), ..heading.clone() });
        let marked = |text: &Arc<str>| self.marked(&card.kept, text);
        let terms = |terms: &Vec<Arc<str>>| terms.iter().map(marked).collect();
        let taxonomies = card.taxonomies.iter();
        let (title, title_html) = match said.title {
            Some(title) => (title, None),
            None => {
                let html = card.title_html.as_deref();
                (self.shown(&card.title, html), html.map(|html| self.html(html, &[]).html.into()))
            }
        };
        Some(Card {
            lang: lang.clone(),
            title,
            title_html,
            description: said.description.or_else(|| card.description.as_ref().map(marked)),
            summary_text,
            summary,
            tagline: self.tagline(card, lang, said.tagline),
            authors: card.authors.iter().map(|name| self.name(name)).collect(),
            translators: card.translators.iter().map(|name| self.name(name)).collect(),
            taxonomies: taxonomies.map(|(name, list, span)| (name.clone(), terms(list), *span)).collect(),
            series: card.series.as_ref().map(marked),
            extra: self.data(&card.extra, &card.kept),
            headings: headings.collect(),
            ..card.clone()
        })
    }

    /// The tagline: the essay's own word for this language, else what it says in its own.
    fn tagline(&self, card: &Card, lang: &Lang, said: Option<Arc<str>>) -> Localized<Arc<str>> {
        let written = card.tagline.iter().find(|(known, _)| *known == Some(lang));
        let found = said.or_else(|| written.map(|(_, text)| text.clone()));
        let found = found.or_else(|| card.tagline.get(&card.lang).map(|text| self.marked(&card.kept, text)));
        match found {
            Some(text) => card.tagline.clone().with(lang.clone(), text),
            None => card.tagline.clone(),
        }
    }

    fn body(&self, body: &Body) -> Body {
        let mut marks: Vec<usize> = body.blocks.iter().map(|&end| end as usize).collect();
        for hole in &body.holes {
            marks.push(hole.at as usize);
            marks.extend(hole.kind.end().map(|end| end as usize));
        }
        marks.sort_unstable();
        marks.dedup();
        let made = self.html(&body.html, &marks);
        let moved = |at: u32| match marks.binary_search(&(at as usize)) {
            Ok(mark) => made.marks[mark] as u32,
            Err(_) => at,
        };
        let mut holes = body.holes.clone();
        for hole in &mut holes {
            hole.at = moved(hole.at);
            if let Some(end) = hole.kind.end_mut() {
                *end = moved(*end);
            }
            match &mut hole.kind {
                HoleKind::Component { args, kept, .. } => *args = self.data(args, kept),
                HoleKind::Image(image) => {
                    let shown = |text: &str| self.marked(&image.kept, text).to_string();
                    let (alt, title) = (shown(&image.alt), image.title.as_deref().map(shown));
                    (image.alt, image.title) = (alt, title);
                }
                _ => {}
            }
        }
        let blocks = body.blocks.iter().map(|&end| moved(end)).collect();
        Body { html: made.html, holes, blocks }
    }

    /// Data with its texts converted: those that are no addresses, under keys that want none, and but for what is noted to be kept.
    fn data(&self, data: &Data, noted: &[Kept]) -> Data {
        match data {
            Data::Str(text) if is_address(text) => data.clone(),
            Data::Str(text) => Data::Str(self.marked(noted, text)),
            Data::Array(items) => Data::Array(items.iter().map(|item| self.data(item, noted)).collect()),
            Data::Map(entries) => {
                let entry = |(key, value): &(Arc<str>, Data)| {
                    let is_address = ADDRESSED.contains(&&**key);
                    let value = if is_address { value.clone() } else { self.data(value, noted) };
                    (key.clone(), value)
                };
                Data::Map(entries.iter().map(entry).collect())
            }
            _ => data.clone(),
        }
    }
}

/// Keys whose values name something rather than say it.
const ADDRESSED: &[&str] = &[
    "class", "cover", "file", "href", "icon", "id", "image", "key", "lang", "link", "page", "path",
    "section", "slug", "src", "style", "template", "url",
];

/// Whether a text is the address of something: a path, a whole address, the name of a file.
fn is_address(text: &str) -> bool {
    let begins = ["/", "./", "../", "@/", "#", "http:", "https:", "mailto:"]
        .iter()
        .any(|begin| text.starts_with(begin));
    let ends = text.rsplit_once('.').is_some_and(|(_, extension)| {
        (2..=5).contains(&extension.len())
            && extension.starts_with(|c: char| c.is_ascii_alphabetic())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    begins || (ends && !text.contains(char::is_whitespace))
}

/// The HTML of each heading in a body, if anything in that body is kept as it is.
fn headings_html<'a>(html: &'a str, headings: &[Heading]) -> Vec<Option<&'a str>> {
    if headings.is_empty() || !["translate=\"no\"", "<code", " lang="].iter().any(|kept| html.contains(kept))
    {
        return vec![None; headings.len()];
    }
    const ID: &str = " id=\"";
    let mut ids = HashMap::new();
    for (at, _) in html.match_indices(ID) {
        let rest = &html[at + ID.len()..];
        if let Some((id, rest)) = rest.split_once('"') {
            ids.entry(id).or_insert(rest);
        }
    }
    let content = |rest: &'a str| {
        let start = rest.find('>')? + 1;
        let end = start + rest[start..].find("</h")?;
        rest.get(start..end)
    };
    headings.iter().map(|heading| content(ids.get(&*heading.id)?)).collect()
}

/// The paragraphs of which a summary is made where nobody wrote one; of a text without any, its other blocks.
fn paragraphs<'a>(card: &Card, body: &'a Body) -> Vec<&'a str> {
    let mut from = 0;
    let ends = body.blocks.iter().map(|&end| std::mem::replace(&mut from, end as usize)..end as usize);
    let blocks =
        ends.zip(&card.blocks).filter_map(|(range, block)| Some((body.html.get(range)?, block.kind)));
    let (text, other): (Vec<_>, Vec<_>) = blocks.partition(|(_, kind)| *kind == BlockKind::Paragraph);
    let chosen = if text.is_empty() { other } else { text };
    chosen
        .into_iter()
        .filter(|(_, kind)| !matches!(kind, BlockKind::Heading(_)))
        .map(|(html, _)| html)
        .collect()
}
