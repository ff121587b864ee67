//! Lists as each language writes them: `甲、乙和丙`, `A, B, and C`, `A, B und C`.
//!
//! The patterns are those of the Unicode CLDR, read through ICU4X.

use icu_list::options::{ListFormatterOptions, ListLength};
use icu_list::{ListFormatter, ListFormatterPreferences};
use icu_locale_core::Locale;

use crate::Lang;

/// What joins the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListStyle {
    /// `甲、乙和丙`, `A, B, and C`.
    And,
    /// `甲、乙或丙`, `A, B, or C`.
    Or,
}

/// Writes lists in some languages. Its formatters are made once.
pub struct Lists {
    each: Vec<(Lang, [ListFormatter; 2])>,
}

impl Lists {
    /// For some languages. One that CLDR does not know is written as its parent, at last as CLDR's root writes lists.
    pub fn new(langs: &[Lang]) -> Lists {
        let formatters = |lang: &Lang| {
            let prefs = ListFormatterPreferences::from(&Locale::try_from_str(lang.as_str()).ok()?);
            let options = ListFormatterOptions::default().with_length(ListLength::Wide);
            let and = ListFormatter::try_new_and(prefs, options).ok()?;
            let each = [and, ListFormatter::try_new_or(prefs, options).ok()?];
            Some((lang.clone(), each))
        };
        Lists { each: langs.iter().filter_map(formatters).collect() }
    }

    /// Joins items. A language that was not given to [`Lists::new`] is written as its nearest parent that was; without any
    /// there are commas.
    pub fn format(&self, lang: &Lang, items: &[String], style: ListStyle) -> String {
        match lang.chain().find_map(|tag| self.each.iter().find(|(lang, _)| lang.as_str() == tag)) {
            Some((_, each)) => each[style as usize].format(items.iter()).to_string(),
            None => items.join(", "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_joins_in_its_own_way() {
        let table = [
            ("zh", ["甲", "甲和乙", "甲、乙和丙"], "甲、乙或丙"),
            ("zh-Hant", ["甲", "甲和乙", "甲、乙和丙"], "甲、乙或丙"),
            ("en", ["甲", "甲 and 乙", "甲, 乙, and 丙"], "甲, 乙, or 丙"),
            ("en-GB", ["甲", "甲 and 乙", "甲, 乙 and 丙"], "甲, 乙 or 丙"),
            ("de", ["甲", "甲 und 乙", "甲, 乙 und 丙"], "甲, 乙 oder 丙"),
            ("ja", ["甲", "甲、乙", "甲、乙、丙"], "甲、乙、または丙"),
            ("ar", ["甲", "甲 و乙", "甲 و乙 و丙"], "甲 أو 乙 أو 丙"),
        ];
        let langs: Vec<Lang> = table.iter().map(|(tag, ..)| Lang::parse(tag).expect("a tag")).collect();
        let lists = Lists::new(&langs);
        let items = ["甲", "乙", "丙"].map(str::to_owned);
        for (lang, (_, and, or)) in langs.iter().zip(table) {
            for (count, and) in (1..).zip(and) {
                assert_eq!(lists.format(lang, &items[..count], ListStyle::And), and, "{lang}");
            }
            assert_eq!(lists.format(lang, &items, ListStyle::Or), or, "{lang}");
        }
        assert_eq!(lists.format(&langs[0], &[], ListStyle::And), "");
        assert_eq!(lists.format(&Lang::parse("fi").expect("a tag"), &items, ListStyle::And), "甲, 乙, 丙");
    }
}
