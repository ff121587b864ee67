//! Interface strings of languages that are converted from another: a catalogue that has a message in the one script only is
//! read in the other too.

use fika_i18n::{CatalogueSource, Converter, scheme};
use fika_model::{Config, Derive, Lang};

/// Adds to each layer the catalogues that are converted, behind those that were written: what a layer says of itself wins, and
/// what a layer above says in either script wins over the layers below.
pub(crate) fn convert(config: &Config, layers: &mut [Vec<CatalogueSource>]) {
    for language in &config.languages {
        let Some(derive) = &language.derive else { continue };
        let wanted = |source: &&CatalogueSource| derive.from.chain().any(|tag| tag == source.lang.as_str());
        let written: String = layers.iter().flatten().filter(wanted).map(|source| &*source.text).collect();
        let converter = Converter::covering(derive.scheme, &written);
        let own = derive.site_phrases();
        for layer in &mut *layers {
            // The most special tag first, as it would be found.
            let tags = derive.from.chain();
            let sources = tags.flat_map(|tag| layer.iter().filter(move |source| source.lang.as_str() == tag));
            let converted: Vec<CatalogueSource> = sources
                .map(|source| CatalogueSource {
                    lang: label(&language.lang, derive),
                    origin: source.origin.clone(),
                    text: converter.text(&source.text, &own).into(),
                    converted: true,
                })
                .collect();
            layer.extend(converted);
        }
    }
}

/// The tag of converted messages: the language's own, unless its bare language is written in its script as well, as Simplified
/// Chinese is `zh`: then what is written under that must not lose to what is converted.
fn label(lang: &Lang, derive: &Derive) -> Lang {
    let bare = Lang::parse(lang.language()).ok();
    bare.filter(|bare| scheme(&derive.from, bare, None).is_some()).unwrap_or_else(|| lang.clone())
}
