//! Which way of converting leads from one Chinese to another, told by their tags.

use serde::{Deserialize, Serialize};

use crate::Lang;

pub use fika_script::{Converter, Converters, Html, Phrases, Rules, Scheme, kept};

/// Whose characters and words Traditional Chinese is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Variant {
    /// OpenCC's own standard, which takes no side: 裏 麪 爲 羣.
    OpenCc,
    /// Taiwan: 裡 麵 為 群, and its words, such as 軟體.
    Tw,
    /// Hong Kong: 裏 麪 為 羣.
    Hk,
}

impl Variant {
    /// The variant of a name in the configuration: `opencc`, `tw` or `hk`.
    pub fn named(name: &str) -> Option<Variant> {
        match name {
            "opencc" => Some(Variant::OpenCc),
            "tw" => Some(Variant::Tw),
            "hk" => Some(Variant::Hk),
            _ => None,
        }
    }
}

/// How Chinese is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    Simplified,
    /// With the region's words and characters, where a tag names one.
    Traditional(Option<Variant>),
}

/// The way from one language to another, if both are Chinese and in different scripts. Without a region and a variant,
/// Traditional Chinese has the characters that most readers know, those of Taiwan (CLDR, likely subtags of `zh-Hant`),
/// and keeps the writer's words.
pub fn scheme(from: &Lang, to: &Lang, variant: Option<Variant>) -> Option<Scheme> {
    match (hand(from)?, hand(to)?) {
        (Hand::Simplified, Hand::Traditional(region)) => Some(match variant.or(region) {
            None => Scheme::S2tw,
            Some(Variant::OpenCc) => Scheme::S2t,
            Some(Variant::Tw) => Scheme::S2twp,
            Some(Variant::Hk) => Scheme::S2hk,
        }),
        (Hand::Traditional(region), Hand::Simplified) => Some(match variant.or(region) {
            None => Scheme::Tw2s,
            Some(Variant::OpenCc) => Scheme::T2s,
            Some(Variant::Tw) => Scheme::Tw2sp,
            Some(Variant::Hk) => Scheme::Hk2s,
        }),
        _ => None,
    }
}

/// Whether text that says of itself that it is in a language may be converted: it is Chinese, and does not say in which script.
pub fn leaves_script_open(tag: &str) -> bool {
    Lang::parse(tag).is_ok_and(|lang| lang.is_chinese() && lang.script().is_none() && lang.region().is_none())
}

fn hand(lang: &Lang) -> Option<Hand> {
    if !lang.is_chinese() {
        return None;
    }
    let variant = match lang.region() {
        Some("TW") => Some(Variant::Tw),
        Some("HK" | "MO") => Some(Variant::Hk),
        _ => None,
    };
    // CLDR, likely subtags: `zh` is `zh-Hans-CN`, `zh-TW` is `zh-Hant-TW`, `yue` is `yue-Hant-HK`.
    let traditional = match lang.script() {
        Some(script) => script == "Hant",
        None => variant.is_some() || (lang.language() == "yue" && lang.region().is_none()),
    };
    Some(if traditional { Hand::Traditional(variant) } else { Hand::Simplified })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_tell_the_way() {
        let table = [
            ("zh-Hans", "zh-Hant", None, Some(Scheme::S2tw)),
            ("zh", "zh-Hant-TW", None, Some(Scheme::S2twp)),
            ("zh-CN", "zh-HK", None, Some(Scheme::S2hk)),
            ("zh-Hans", "zh-Hant", Some(Variant::Tw), Some(Scheme::S2twp)),
            ("zh-Hans", "zh-Hant-TW", Some(Variant::OpenCc), Some(Scheme::S2t)),
            ("zh-Hant", "zh-Hans", None, Some(Scheme::Tw2s)),
            ("zh-TW", "zh", None, Some(Scheme::Tw2sp)),
            ("zh-Hant-MO", "zh-Hans", None, Some(Scheme::Hk2s)),
            ("yue", "zh-Hans", None, Some(Scheme::Tw2s)),
            ("zh-Hans", "zh", None, None),
            ("zh-Hant", "zh-Hant-HK", None, None),
            ("en", "zh-Hant", None, None),
            ("zh", "ja", None, None),
        ];
        for (from, to, variant, expected) in table {
            let lang = |tag| Lang::parse(tag).expect("a good tag");
            assert_eq!(scheme(&lang(from), &lang(to), variant), expected, "{from} to {to}");
        }
    }

    #[test]
    fn text_that_names_its_script_stays_in_it() {
        assert!(leaves_script_open("zh"));
        for tag in ["zh-Hans", "zh-Hant", "zh-TW", "ja", "en", "", "x"] {
            assert!(!leaves_script_open(tag), "{tag}");
        }
    }
}
