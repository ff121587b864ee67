//! The order of names as each language has it: by pinyin in `zh`, by strokes in `zh-Hant`, or as the tag says (`zh-u-co-stroke`).
//!
//! The rules are those of the Unicode CLDR, read through ICU4X (UTS 10). They go by the usual reading of each character, so a name
//! that is read otherwise (曾国藩) needs to be told how.

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use crate::Lang;

/// The order of one language.
pub struct Collation(Option<CollatorBorrowed<'static>>);

impl Collation {
    /// The order of a language. One that CLDR does not know has that of its parent, at last that of CLDR's root.
    pub fn new(lang: &Lang) -> Collation {
        let collator = Locale::try_from_str(lang.as_str()).ok().and_then(|locale| {
            let prefs = CollatorPreferences::from(&locale);
            CollatorBorrowed::try_new(prefs, CollatorOptions::default()).ok()
        });
        Collation(collator)
    }

    /// The key of a text: bytes that compare as the texts do. Made once for each text, since it costs as much as several comparisons.
    /// Texts that differ in nothing the language sorts by have equal keys.
    pub fn key(&self, text: &str) -> Vec<u8> {
        let Some(collator) = &self.0 else { return text.into() };
        let mut key = Vec::new();
        let Ok(()) = collator.write_sort_key_to(text, &mut key);
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(tag: &str, names: &[&str]) -> String {
        let collation = Collation::new(&Lang::parse(tag).expect("a tag"));
        let mut names = names.to_vec();
        names.sort_by_cached_key(|name| collation.key(name));
        names.join(" ")
    }

    #[test]
    fn chinese_is_sorted_by_sound_or_by_strokes() {
        let names = ["写作", "天文", "阿城", "Rust", "一", "茶", "鲁迅", "10", "9"];
        assert_eq!(sorted("zh", &names), "10 9 阿城 茶 鲁迅 天文 写作 一 Rust");
        assert_eq!(sorted("zh-Hans", &names), sorted("zh", &names));
        let traditional = ["寫作", "天文", "一", "茶", "人"];
        assert_eq!(sorted("zh-Hant", &traditional), "一 人 天文 茶 寫作");
        assert_eq!(sorted("zh-TW", &traditional), sorted("zh-Hant", &traditional));
        assert_eq!(sorted("zh-u-co-stroke", &traditional), sorted("zh-Hant", &traditional));
        assert_eq!(sorted("zh-Hant-u-co-pinyin", &traditional), "茶 人 天文 寫作 一");
    }

    #[test]
    fn other_languages_have_their_own_order() {
        assert_eq!(sorted("en", &["zebra", "Éclair", "apple", "Apple", "öl"]), "apple Apple Éclair öl zebra");
        assert_eq!(sorted("sv", &["zebra", "öl", "apple"]), "apple zebra öl");
        assert_eq!(sorted("es", &["nube", "ñandú", "oso"]), "nube ñandú oso");
        assert_eq!(sorted("tlh", &["b", "a"]), "a b");
    }
}
