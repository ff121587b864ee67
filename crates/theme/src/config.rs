//! The configuration as templates see it, in the words of a language.

use std::sync::Arc;

use fika_model::{AnchorLinks, Config, Language, Route};
use tera::value::Key;
use tera::{Map, Value};

use crate::values::{extra, optional, record, text};

/// `config` in the words of a language, which has these feeds. Names as in Zola; `tagline` and `timezone` are fika's.
pub(crate) fn config_value(config: &Config, language: &Language, feeds: &[Route]) -> Value {
    let default = config.default_language();
    let languages: Map = config
        .languages
        .iter()
        .map(|one| (Key::from(one.lang.as_str().to_owned()), language_value(config, one)))
        .collect();
    let taxonomies: Vec<Value> = config
        .taxonomies
        .iter()
        .map(|taxonomy| {
            record([
                ("name", text(&taxonomy.name)),
                ("slug", text(&fika_model::slugify(&taxonomy.name))),
                ("paginate_by", Value::from(taxonomy.paginate_by.unwrap_or(config.paginate_by))),
                ("render", Value::from(taxonomy.render)),
                ("feed", Value::from(taxonomy.feed)),
            ])
        })
        .collect();
    let base_url = config.base_url.to_string();
    let feed_names = feeds.iter().filter_map(|route| Some(text(route.as_str().rsplit('/').next()?)));
    record([
        ("base_url", text(base_url.trim_end_matches('/'))),
        ("mode", text("build")),
        ("title", text(&language.title)),
        ("description", text(&language.description)),
        ("tagline", text(&language.tagline)),
        ("author", optional(author_of(config, language))),
        ("default_language", text(default.lang.as_str())),
        ("languages", Value::from(languages)),
        ("generate_feeds", Value::from(!feeds.is_empty())),
        ("feed_filenames", Value::from(feed_names.collect::<Vec<Value>>())),
        ("build_search_index", Value::from(false)),
        ("search", Value::from(Map::new())),
        ("markdown", markdown(config)),
        ("taxonomies", Value::from(taxonomies)),
        ("theme", text(&config.theme)),
        ("timezone", text(&config.timezone)),
        ("extra", extra(&config.extra)),
    ])
}

/// What the configuration says of Markdown that Zola's says too. `highlighting` is empty, as `search` is above: templates for Zola ask
/// further in both, to link to styles and indices that only Zola makes.
fn markdown(config: &Config) -> Value {
    let markdown = &config.markdown;
    let links = AnchorLinks::ALL.iter().find(|(_, links)| *links == markdown.insert_anchor_links);
    record([
        ("smart_punctuation", Value::from(markdown.smart_punctuation)),
        ("external_links_target_blank", Value::from(markdown.external_links_target_blank)),
        ("insert_anchor_links", links.map_or_else(Value::none, |(name, _)| text(name))),
        ("highlighting", Value::from(Map::new())),
    ])
}

/// The name of the usual author of a language, in it.
fn author_of<'a>(config: &'a Config, language: &'a Language) -> Option<&'a Arc<str>> {
    language.author.as_ref().map(|who| config.author_name(who, &language.lang))
}

fn language_value(config: &Config, language: &Language) -> Value {
    record([
        ("lang", text(language.lang.as_str())),
        ("name", text(&language.name)),
        ("path", text(&language.path)),
        ("title", text(&language.title)),
        ("tagline", text(&language.tagline)),
        ("description", text(&language.description)),
        ("author", optional(author_of(config, language))),
    ])
}
