//! The catalogues of a theme: which files are such, and whether the site's languages have strings and its files readers.

use fika_i18n::{CatalogueSource, Catalogues, Lang};
use fika_model::{CONFIG, Diagnostic};

use crate::ThemeFile;

/// The catalogues of each layer: `i18n/zh.ftl`.
pub(crate) fn sources(layers: &[Vec<ThemeFile>], out: &mut Vec<Diagnostic>) -> Vec<Vec<CatalogueSource>> {
    let mut read = |file: &ThemeFile| {
        let tag = file.path.strip_prefix("i18n/")?.strip_suffix(".ftl")?;
        let lang = Lang::parse(tag);
        let text = std::str::from_utf8(&file.bytes);
        match (lang, text) {
            (Ok(lang), Ok(text)) => {
                return Some(CatalogueSource {
                    lang,
                    origin: file.origin.clone(),
                    text: text.into(),
                    converted: false,
                });
            }
            (Err(error), _) => out.push(
                Diagnostic::warning(
                    "catalogue",
                    file.origin.clone(),
                    format!("the file is not named after a language: {error}"),
                )
                .help("name it after the language of its messages, such as `zh.ftl`"),
            ),
            (_, Err(_)) => {
                out.push(
                    Diagnostic::warning("catalogue", file.origin.clone(), "the catalogue is not UTF-8")
                        .help("save it as UTF-8"),
                );
            }
        }
        None
    };
    let mut sources: Vec<Vec<CatalogueSource>> =
        layers.iter().map(|layer| layer.iter().filter_map(&mut read).collect()).collect();
    sources.iter_mut().for_each(|layer| single(layer, out));
    sources
}

/// Puts files of one layer that are named after one language, such as `en.ftl` and `EN.ftl`, into the order in which they count, and tells
/// of them: the one that is called as it should be comes first.
fn single(layer: &mut [CatalogueSource], out: &mut Vec<Diagnostic>) {
    let is_called = |file: &CatalogueSource| file.origin.ends_with(&format!("/{}.ftl", file.lang));
    layer.sort_by_key(|file| (file.lang.clone(), !is_called(file)));
    for same in layer.chunk_by(|a, b| a.lang == b.lang) {
        for file in &same[1..] {
            let (first, lang) = (&same[0].origin, &file.lang);
            let message = format!(
                "`{first}` is the catalogue of `{lang}` too; of a message in both, that one’s counts"
            );
            let help = format!("put their messages into one file, `i18n/{lang}.ftl`");
            out.push(Diagnostic::warning("catalogue", file.origin.clone(), message).help(help));
        }
    }
}

/// Catalogues of the site itself that none of its languages reads, though one is called nearly so: `zh-CN.ftl` is none of `zh-Hans`. A
/// theme has catalogues for more languages than a site, and a site may keep those of a language that it had or will have.
pub(crate) fn unread(langs: &[Lang], own: &[CatalogueSource]) -> Vec<Diagnostic> {
    let report = |file: &CatalogueSource| {
        let tag = &file.lang;
        let is_near = |lang: &&Lang| lang.language() == tag.language() && lang.writing() == tag.writing();
        let is_read = langs.iter().flat_map(Lang::chain).any(|read| read == tag.as_str());
        let meant = langs.iter().find(is_near).filter(|_| !is_read)?;
        let message = format!("no language of the site reads the messages of `{tag}`");
        let help = format!("name it `{meant}.ftl`, after the language as `fika.yaml` writes it");
        Some(Diagnostic::warning("catalogue", file.origin.clone(), message).help(help))
    };
    own.iter().filter_map(report).collect()
}

/// Languages of the site that no catalogue is in. One report stands for all their strings.
pub(crate) fn mute<'a>(
    langs: &[Lang],
    catalogues: &Catalogues,
    mut templates: impl Iterator<Item = &'a str>,
) -> Vec<Diagnostic> {
    let asks = |source: &str| source.contains("t(key=") || source.contains("trans(key=");
    if !templates.any(asks) {
        return Vec::new();
    }
    let report = |lang: &Lang| {
        let shown = catalogues.nearest(lang)?;
        let message = format!("there are no interface strings in `{lang}`; those of `{shown}` are shown");
        let help = format!("write them into `i18n/{lang}.ftl`, with the keys of `{shown}.ftl`");
        let fault = Diagnostic::warning("missing-catalogue", CONFIG, message).help(help);
        Some(fault.about("languages", [lang.as_str()]))
    };
    langs.iter().filter(|lang| !catalogues.has(lang)).filter_map(report).collect()
}
