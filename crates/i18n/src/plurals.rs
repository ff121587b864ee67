//! The plural form of a number. Fluent's library chooses it by rules that lost their `n % 100` on the way from the CLDR (intl_pluralrules
//! 7.0.2, Arabic: 103 is `other` there, and should be `few`). ICU4X has them whole, so where the two disagree Fluent is handed a
//! number of the right form, with the true one beside it for [`crate::numbers::in_message`] to write.

use std::str::FromStr;

use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesPreferences};
use intl_pluralrules::{PluralCategory as Theirs, PluralRuleType};
use unic_langid::LanguageIdentifier;

/// Up to here the two are compared, and stand-ins looked for: every rule of the CLDR repeats after a hundred.
const FAR: u32 = 200;

/// The rules of a language for which Fluent's library is wrong.
pub(crate) struct Plurals {
    right: PluralRules,
    /// A number of each form, as Fluent's library sees it.
    stand_ins: Vec<(PluralCategory, u32)>,
    wrong: intl_pluralrules::PluralRules,
}

impl Plurals {
    /// The rules of a language; none if Fluent has them right, as it has for most.
    pub(crate) fn new(id: &LanguageIdentifier) -> Option<Plurals> {
        let locale = Locale::try_from_str(&id.to_string()).ok()?;
        let right = PluralRules::try_new_cardinal(PluralRulesPreferences::from(&locale)).ok()?;
        // Fluent takes the rules of the bare language where it knows none for a region.
        let theirs = |id| intl_pluralrules::PluralRules::create(id, PluralRuleType::CARDINAL);
        let bare = LanguageIdentifier::from_parts(id.language, None, None, &[]);
        let wrong = theirs(id.clone()).or_else(|_| theirs(bare)).ok()?;
        let ours = |n: u32| right.category_for(n);
        if (0..=FAR).all(|n| wrong.select(n).is_ok_and(|theirs| is_same(ours(n), &theirs))) {
            return None;
        }
        let mut stand_ins: Vec<(PluralCategory, u32)> = Vec::new();
        for n in 0..=FAR {
            let form = ours(n);
            let known = stand_ins.iter().any(|(known, _)| *known == form);
            if !known && wrong.select(n).is_ok_and(|theirs| is_same(form, &theirs)) {
                stand_ins.push((form, n));
            }
        }
        Some(Plurals { right, stand_ins, wrong })
    }

    /// A number for Fluent to choose by and to write.
    pub(crate) fn number(&self, value: f64) -> FluentNumber {
        let written = value.to_string();
        let form = Decimal::from_str(&written).ok().map(|number| self.right.category_for(&number));
        let theirs = self.wrong.select(value);
        let stand_in = form
            .filter(|form| !theirs.as_ref().is_ok_and(|theirs| is_same(*form, theirs)))
            .and_then(|form| self.stand_ins.iter().find(|(known, _)| *known == form));
        match stand_in {
            Some((_, number)) => stand_in_for(written, *number),
            None => FluentNumber::from(value),
        }
    }
}

/// The name of a currency is of no use to us, and travels with the number: it holds the true one.
fn stand_in_for(written: String, number: u32) -> FluentNumber {
    let options = FluentNumberOptions { currency: Some(written), ..FluentNumberOptions::default() };
    FluentNumber::new(f64::from(number), options)
}

/// The number to write: the true one.
pub(crate) fn written(number: &FluentNumber) -> std::borrow::Cow<'_, str> {
    match &number.options.currency {
        Some(written) => written.as_str().into(),
        None => number.as_string(),
    }
}

fn is_same(ours: PluralCategory, theirs: &Theirs) -> bool {
    ours == match theirs {
        Theirs::ZERO => PluralCategory::Zero,
        Theirs::ONE => PluralCategory::One,
        Theirs::TWO => PluralCategory::Two,
        Theirs::FEW => PluralCategory::Few,
        Theirs::MANY => PluralCategory::Many,
        Theirs::OTHER => PluralCategory::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_languages_that_need_it_are_corrected() {
        let corrected = |tag: &str| Plurals::new(&tag.parse().expect("a tag")).is_some();
        assert!(["zh", "en", "ja", "ko", "de", "ru"].iter().all(|tag| !corrected(tag)));
        assert!(corrected("ar"));
    }
}
