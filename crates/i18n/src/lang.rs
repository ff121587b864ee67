//! Language tags (BCP 47), kept canonical and cheap to clone.

use std::fmt;
use std::sync::Arc;

use icu_locale_core::Locale;
use serde::{Deserialize, Serialize};

/// A canonical BCP 47 language tag, such as `zh-Hans` or `en`.
///
/// Clones share one allocation. Two tags are equal when their canonical spellings are.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang(Arc<str>);

/// Why a tag was refused, with the spelling that was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LangError {
    /// The tag as written.
    pub tag: String,
    /// A tag that would be accepted, such as `zh-CN` for `zh_CN`.
    pub suggestion: Option<String>,
}

/// The direction in which a language's script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right, as in Chinese and English.
    Ltr,
    /// Right to left, as in Arabic.
    Rtl,
}

impl Lang {
    /// Reads a tag and makes it canonical (`ZH-hans` becomes `zh-Hans`).
    pub fn parse(tag: &str) -> Result<Lang, LangError> {
        match Locale::try_from_str(tag) {
            Ok(locale) if locale.id.language.as_str() != "und" => Ok(Lang(locale.to_string().into())),
            _ => Err(LangError { tag: tag.to_owned(), suggestion: suggest(tag) }),
        }
    }

    /// The canonical tag, as it stands in `lang`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag without extensions (RFC 5646, 2.2.6), which say how to sort and count and mean nothing to those who look for pages in a
    /// language: what stands in `hreflang`. `zh-Hans` of `zh-Hans-u-co-stroke`.
    pub fn without_extensions(&self) -> &str {
        let mut at = 0;
        for part in self.0.split('-') {
            if part.len() == 1 {
                return &self.0[..at - 1];
            }
            at += part.len() + 1;
        }
        &self.0
    }

    /// The language alone: `zh` of `zh-Hant-HK`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The script subtag, if the tag names one: `Hant` of `zh-Hant-HK`.
    pub fn script(&self) -> Option<&str> {
        self.0
            .split('-')
            .skip(1)
            .take_while(|part| part.len() > 1)
            .find(|part| part.len() == 4 && part.starts_with(|c: char| c.is_ascii_alphabetic()))
    }

    /// The region subtag, if the tag names one: `HK` of `zh-Hant-HK`, `419` of `es-419`.
    pub fn region(&self) -> Option<&str> {
        let is_region = |part: &&str| match part.len() {
            2 => part.bytes().all(|byte| byte.is_ascii_uppercase()),
            3 => part.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        self.0.split('-').skip(1).take_while(|part| part.len() > 1).find(is_region)
    }

    /// Whether text in this language is Chinese (Mandarin, Cantonese and the other Sinitic tags).
    pub fn is_chinese(&self) -> bool {
        matches!(self.language(), "zh" | "yue" | "lzh" | "cmn" | "wuu" | "hak" | "nan")
    }

    /// The script that text in this language is written in (ISO 15924): that of the tag, else the usual one of the language
    /// and region (CLDR, likely subtags; of rarer languages Latin is assumed). `Hant` of `zh-TW`, `Jpan` of `ja`.
    pub fn writing(&self) -> &str {
        if let Some(script) = self.script() {
            return script;
        }
        let traditional = || self.0.split('-').any(|part| matches!(part, "TW" | "HK" | "MO"));
        match self.language() {
            "yue" => "Hant",
            _ if self.is_chinese() && traditional() => "Hant",
            _ if self.is_chinese() => "Hans",
            "ja" => "Jpan",
            "ko" => "Kore",
            "ru" | "uk" | "be" | "bg" | "mk" | "sr" | "kk" | "ky" | "tg" | "tt" | "mn" | "ce" | "os"
            | "ba" => "Cyrl",
            "ar" | "fa" | "ur" | "ps" | "sd" | "ug" | "ckb" | "ks" => "Arab",
            "he" | "yi" => "Hebr",
            "dv" => "Thaa",
            "el" => "Grek",
            "hi" | "mr" | "ne" | "sa" => "Deva",
            "hy" => "Armn",
            "ka" => "Geor",
            "th" => "Thai",
            "am" | "ti" => "Ethi",
            "bn" | "as" => "Beng",
            "bo" | "dz" => "Tibt",
            "ta" => "Taml",
            "te" => "Telu",
            "kn" => "Knda",
            "ml" => "Mlym",
            "gu" => "Gujr",
            "pa" => "Guru",
            "or" => "Orya",
            "si" => "Sinh",
            "km" => "Khmr",
            "lo" => "Laoo",
            "my" => "Mymr",
            _ => "Latn",
        }
    }

    /// Whether who reads this language can at least spell out the other: both are written in one script, or both in Chinese
    /// characters.
    pub fn shares_writing(&self, other: &Lang) -> bool {
        let family = |lang: &Lang| {
            match lang.writing() {
                "Hant" | "Hans" => "Hani",
                script => script,
            }
            .to_owned()
        };
        family(self) == family(other)
    }

    /// The direction of the script.
    pub fn direction(&self) -> Direction {
        match self.writing() {
            "Arab" | "Aran" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm" | "Rohg" => Direction::Rtl,
            _ => Direction::Ltr,
        }
    }

    /// The tag and its parents, most specific first: `zh-Hant-HK`, `zh-Hant`, `zh` (RFC 4647, lookup).
    pub fn chain(&self) -> impl Iterator<Item = &str> {
        let mut rest = Some(self.as_str());
        std::iter::from_fn(move || {
            let tag = rest?;
            rest = tag.rfind('-').map(|at| {
                let cut = &tag[..at];
                // A single letter introduces an extension and never ends a tag.
                cut.strip_suffix(|c: char| c.is_ascii_alphanumeric())
                    .and_then(|c| c.strip_suffix('-'))
                    .unwrap_or(cut)
            });
            Some(tag)
        })
    }
}

/// The spelling a writer probably meant: underscores as hyphens, encodings cut off, Chinese dialect tags folded.
fn suggest(tag: &str) -> Option<String> {
    let plain = tag.split('.').next().unwrap_or(tag).replace('_', "-").replace("cmn-", "");
    let known = match plain.to_ascii_lowercase().as_str() {
        "cn" | "chinese" => "zh".to_owned(),
        "english" => "en".to_owned(),
        "jp" => "ja".to_owned(),
        _ => plain,
    };
    let locale = Locale::try_from_str(&known).ok().filter(|locale| locale.id.language.as_str() != "und")?;
    Some(locale.to_string())
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lang({})", self.0)
    }
}

impl TryFrom<String> for Lang {
    type Error = LangError;
    fn try_from(tag: String) -> Result<Lang, LangError> {
        Lang::parse(&tag)
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> String {
        lang.0.to_string()
    }
}

impl fmt::Display for LangError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a language tag", self.tag)?;
        self.suggestion.as_ref().map_or(Ok(()), |tag| write!(f, " (did you mean `{tag}`?)"))
    }
}

impl std::error::Error for LangError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).expect("a good tag")
    }

    #[test]
    fn tags_are_canonical() {
        assert_eq!(lang("ZH-hans-cn").as_str(), "zh-Hans-CN");
        assert_eq!(lang("en").language(), "en");
        assert_eq!(lang("zh-Hant-HK").script(), Some("Hant"));
        assert_eq!(lang("en-GB").script(), None);
        assert_eq!(lang("zh-Hant-HK").region(), Some("HK"));
        assert_eq!(lang("es-419").region(), Some("419"));
        assert_eq!(lang("zh-Hans-u-rg-hkzzzz").region(), None);
        assert_eq!(lang("zh-Hans-u-co-stroke").without_extensions(), "zh-Hans");
        assert_eq!(lang("zh-Hant-HK").without_extensions(), "zh-Hant-HK");
    }

    #[test]
    fn a_wrong_tag_names_the_right_one() {
        assert_eq!(Lang::parse("zh_CN").unwrap_err().suggestion.as_deref(), Some("zh-CN"));
        assert_eq!(Lang::parse("jp!").unwrap_err().suggestion, None);
        assert!(Lang::parse("").is_err());
    }

    #[test]
    fn the_chain_goes_from_special_to_general() {
        assert_eq!(lang("zh-Hant-HK").chain().collect::<Vec<_>>(), ["zh-Hant-HK", "zh-Hant", "zh"]);
        assert_eq!(lang("zh-u-co-pinyin").chain().last(), Some("zh"));
        assert_eq!(lang("en").chain().collect::<Vec<_>>(), ["en"]);
    }

    #[test]
    fn direction_follows_the_script() {
        assert_eq!(lang("ar").direction(), Direction::Rtl);
        assert_eq!(lang("az-Arab").direction(), Direction::Rtl);
        assert_eq!(lang("zh-Hans").direction(), Direction::Ltr);
        assert_eq!(lang("he-IL").direction(), Direction::Rtl);
        assert_eq!(lang("ar-Latn").direction(), Direction::Ltr);
    }

    #[test]
    fn a_language_without_a_script_has_its_usual_one() {
        let scripts = ["zh-TW", "zh-Hans-HK", "yue", "zh-SG", "ja", "sr", "sr-Latn", "ar-EG", "fr", "tlh"]
            .map(|tag| lang(tag).writing().to_owned());
        assert_eq!(scripts, ["Hant", "Hans", "Hant", "Hans", "Jpan", "Cyrl", "Latn", "Arab", "Latn", "Latn"]);
        assert!(lang("zh-TW").shares_writing(&lang("zh-Hans")));
        assert!(lang("de").shares_writing(&lang("en")) && !lang("ja").shares_writing(&lang("zh")));
    }
}
