//! Numbers as each language writes them: `1,234.5`, `1.234,5`, `١٬٢٣٤٫٥`.
//!
//! Digits, marks and groups are those of the Unicode CLDR, read through ICU4X.

use std::str::FromStr;

use fluent_bundle::FluentValue;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::Locale;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use crate::{Lang, plurals};

/// Writes numbers in some languages. Its formatters are made once.
pub struct Numbers {
    each: Vec<(Lang, Digits, Digits)>,
}

/// The formatter of a language, with or without groups.
struct Digits(DecimalFormatter);

impl Numbers {
    /// For some languages. One that CLDR does not know is written as its parent, at last as CLDR's root writes numbers.
    pub fn new(langs: &[Lang]) -> Numbers {
        let formatters = |lang: &Lang| {
            let (grouped, plain) = (Digits::new(lang.as_str(), true)?, Digits::new(lang.as_str(), false)?);
            Some((lang.clone(), grouped, plain))
        };
        Numbers { each: langs.iter().filter_map(formatters).collect() }
    }

    /// Writes a decimal number, given in ASCII (`-1234.50`; its zeros are kept). A language that was not given to
    /// [`Numbers::new`] is written as its nearest parent that was; without any, and for what is no number, the text stays as it is.
    pub fn format(&self, lang: &Lang, number: &str, grouped: bool) -> String {
        let found = lang.chain().find_map(|tag| self.each.iter().find(|(lang, ..)| lang.as_str() == tag));
        let written = found.zip(Decimal::from_str(number).ok()).map(|((_, groups, plain), number)| {
            if grouped { groups.write(&number) } else { plain.write(&number) }
        });
        written.unwrap_or_else(|| number.to_owned())
    }
}

impl Digits {
    fn new(tag: &str, grouped: bool) -> Option<Digits> {
        let prefs = DecimalFormatterPreferences::from(&Locale::try_from_str(tag).ok()?);
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy =
            Some(if grouped { GroupingStrategy::Auto } else { GroupingStrategy::Never });
        DecimalFormatter::try_new(prefs, options).ok().map(Digits)
    }

    fn write(&self, number: &Decimal) -> String {
        self.0.format(number).to_string()
    }
}

/// Whether there are groups.
impl Memoizable for Digits {
    type Args = bool;
    type Error = ();

    fn construct(lang: LanguageIdentifier, grouped: bool) -> Result<Digits, ()> {
        Digits::new(&lang.to_string(), grouped).ok_or(())
    }
}

/// A number in a message, which Fluent would write in ASCII, as the message's language writes it.
pub(crate) fn in_message(value: &FluentValue<'_>, memo: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let mut decimal = Decimal::from_str(&plurals::written(number)).ok()?;
    if let Some(most) = number.options.maximum_fraction_digits {
        decimal.round(-i16::try_from(most).ok()?);
    }
    memo.with_try_get::<Digits, _, _>(number.options.use_grouping, |digits| digits.write(&decimal)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_groups_and_marks_in_its_own_way() {
        let table = [
            ("zh", "1,234,567.50", "2026"),
            ("en", "1,234,567.50", "2026"),
            ("de", "1.234.567,50", "2026"),
            ("fr", "1\u{202f}234\u{202f}567,50", "2026"),
            ("es", "1.234.567,50", "2026"),
            ("ru", "1\u{a0}234\u{a0}567,50", "2026"),
            ("en-IN", "12,34,567.50", "2026"),
            ("ar-EG", "١٬٢٣٤٬٥٦٧٫٥٠", "٢٠٢٦"),
            ("ar-u-nu-latn", "1,234,567.50", "2026"),
            ("qaa", "1,234,567.50", "2026"),
        ];
        let langs: Vec<Lang> = table.iter().map(|(tag, ..)| Lang::parse(tag).expect("a tag")).collect();
        let numbers = Numbers::new(&langs);
        for (lang, (_, grouped, plain)) in langs.iter().zip(table) {
            assert_eq!(numbers.format(lang, "1234567.50", true), grouped, "{lang}");
            assert_eq!(numbers.format(lang, "2026", false), plain, "{lang}");
        }
    }

    #[test]
    fn what_is_no_number_stays_as_it_is() {
        let (en, fr) = (Lang::parse("en").expect("a tag"), Lang::parse("fr").expect("a tag"));
        let numbers = Numbers::new(std::slice::from_ref(&en));
        for text in ["", "NaN", "twelve", "1 2"] {
            assert_eq!(numbers.format(&en, text, true), text);
        }
        assert_eq!(numbers.format(&en, "-1234", true), "-1,234");
        assert_eq!(numbers.format(&fr, "1234", true), "1234");
    }
}
