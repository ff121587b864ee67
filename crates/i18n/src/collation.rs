//! The order of names as each language has it: by pinyin in `zh`, by strokes in `zh-Hant`, or as the tag says (`zh-u-co-stroke`).
//!
//! The rules are those of the Unicode CLDR, read through ICU4X (UTS 10). They go by the usual reading of each character, so a name
//! that is read otherwise (曾国藩) needs to be told how.

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use crate::{Lang, pinyin};

/// The order of one language.
pub struct Collation {
    collator: Option<CollatorBorrowed<'static>>,
    /// Whether Chinese characters stand by their sound.
    by_sound: bool,
}

impl Collation {
    /// The order of a language. One that CLDR does not know has that of its parent, at last that of CLDR's root.
    pub fn new(lang: &Lang) -> Collation {
        let collator = Locale::try_from_str(lang.as_str()).ok().and_then(|locale| {
            let prefs = CollatorPreferences::from(&locale);
            CollatorBorrowed::try_new(prefs, CollatorOptions::default()).ok()
        });
        let chosen = lang.as_str().split("-co-").nth(1).and_then(|rest| rest.split('-').next());
        let by_sound =
            lang.is_chinese() && chosen.map_or(lang.writing() == "Hans", |chosen| chosen == "pinyin");
        Collation { collator, by_sound }
    }

    /// The key of a text: bytes that compare as the texts do. Made once for each text, since it costs as much as several comparisons.
    /// Texts that differ in nothing the language sorts by have equal keys.
    pub fn key(&self, text: &str) -> Vec<u8> {
        let Some(collator) = &self.collator else { return text.into() };
        let mut key = Vec::new();
        let Ok(()) = collator.write_sort_key_to(text, &mut key);
        key
    }

    /// The key of a name by its reading. Where characters stand by their sound, pinyin (`zeng guo fan`, with tones or without)
    /// stands among them, for a name in Latin letters would come after all of them.
    pub fn key_of_reading(&self, reading: &str) -> Vec<u8> {
        let characters = self.by_sound.then(|| pinyin::characters(reading)).flatten();
        self.key(characters.as_deref().unwrap_or(reading))
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
    fn a_reading_puts_a_name_in_its_place() {
        let place = |tag: &str, reading: &str| {
            let collation = Collation::new(&Lang::parse(tag).expect("a tag"));
            let names = ["岑参", "曾巩", "长城", "单于", "苏轼", "张三", "Zeng"];
            let mut keys: Vec<(Vec<u8>, &str)> =
                names.iter().map(|name| (collation.key(name), *name)).collect();
            keys.push((collation.key_of_reading(reading), "曾国藩"));
            keys.sort();
            keys.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(" ")
        };
        // Character by character 曾 is read céng and 长 zhǎng.
        assert_eq!(place("zh", "曾国藩"), "岑参 曾巩 曾国藩 单于 苏轼 张三 长城 Zeng");
        for reading in ["zeng guo fan", "Zēng Guó fān", "zeng1 guo2-fan1", "增国藩"] {
            assert_eq!(place("zh", reading), "岑参 曾巩 单于 苏轼 曾国藩 张三 长城 Zeng", "{reading}");
        }
        assert_eq!(place("zh", "Zengo"), "岑参 曾巩 单于 苏轼 张三 长城 Zeng 曾国藩");
        assert!(place("zh-Hant", "zeng guo fan").ends_with("Zeng 曾国藩"));
    }

    #[test]
    fn other_languages_have_their_own_order() {
        assert_eq!(sorted("en", &["zebra", "Éclair", "apple", "Apple", "öl"]), "apple Apple Éclair öl zebra");
        assert_eq!(sorted("sv", &["zebra", "öl", "apple"]), "apple zebra öl");
        assert_eq!(sorted("es", &["nube", "ñandú", "oso"]), "nube ñandú oso");
        assert_eq!(sorted("tlh", &["b", "a"]), "a b");
    }
}
