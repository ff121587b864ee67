//! Dates as each language writes them: `2026年3月1日`, `March 1, 2026`, `1 March 2026`.
//!
//! The patterns are those of the Unicode CLDR, read through ICU4X. The calendar is the Gregorian one in every language.

mod names;

use std::sync::OnceLock;

use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::{MD, YM, YMD};
use icu_datetime::options::YearStyle;
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use icu_locale_core::Locale;

use crate::Lang;
pub use names::DateName;
use names::Names;

/// How much of a date is written, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// `2026年3月1日`, `March 1, 2026`.
    Long,
    /// `2026年3月1日`, `Mar 1, 2026`.
    Medium,
    /// `2026/3/1`, `3/1/2026`; the year is never cut to two digits.
    Short,
    /// `2026年3月`, `March 2026`.
    YearMonth,
    /// `3月1日`, `March 1`.
    MonthDay,
}

/// Writes dates in some languages. Making one costs microseconds for each language and style; writing a date half of one.
/// Names by themselves are made when one is asked for.
pub struct Dates {
    each: Vec<(Lang, Formats)>,
}

/// One language. A style that its data lacks (which CLDR's root prevents) is written as ISO 8601.
struct Formats {
    long: Option<Format<YMD>>,
    medium: Option<Format<YMD>>,
    short: Option<Format<YMD>>,
    year_month: Option<Format<YM>>,
    month_day: Option<Format<MD>>,
    prefs: DateTimeFormatterPreferences,
    names: OnceLock<Option<Names>>,
}

type Format<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

impl Dates {
    /// For some languages. One that CLDR does not know is written as its parent, at last as CLDR's root writes dates.
    pub fn new(langs: &[Lang]) -> Dates {
        let formats = |lang: &Lang| {
            let prefs: DateTimeFormatterPreferences = Locale::try_from_str(lang.as_str()).ok()?.into();
            Some((lang.clone(), Formats::new(prefs)))
        };
        Dates { each: langs.iter().filter_map(formats).collect() }
    }

    /// Writes a date. A language that was not given to [`Dates::new`] is written as its nearest parent that was;
    /// without any, and for a day that does not exist, the date is in ISO 8601.
    pub fn format(&self, lang: &Lang, year: i16, month: i8, day: i8, style: DateStyle) -> String {
        let date = u8::try_from(month).ok().zip(u8::try_from(day).ok());
        let date = date.and_then(|(month, day)| Date::try_new_gregorian(i32::from(year), month, day).ok());
        self.nearest(lang)
            .zip(date)
            .and_then(|(formats, date)| formats.format(&date, style))
            .unwrap_or_else(|| iso(year, month, day, style))
    }

    /// The name of a month or of a day of the week, both from 1 (Monday), or of the half of the day that an hour lies in. Nothing for a
    /// language that was not given to [`Dates::new`], nor any parent of it.
    pub fn name(&self, lang: &Lang, name: DateName, month: i8, weekday: i8, hour: i8) -> Option<&str> {
        let formats = self.nearest(lang)?;
        let names = formats.names.get_or_init(|| Names::new(formats.prefs)).as_ref()?;
        names.get(name, month, weekday, hour)
    }

    fn nearest(&self, lang: &Lang) -> Option<&Formats> {
        let mut tags = lang.chain();
        tags.find_map(|tag| self.each.iter().find(|(lang, _)| lang.as_str() == tag))
            .map(|(_, formats)| formats)
    }
}

impl Formats {
    fn new(prefs: DateTimeFormatterPreferences) -> Formats {
        Formats {
            long: Format::try_new(prefs, YMD::long()).ok(),
            medium: Format::try_new(prefs, YMD::medium()).ok(),
            short: Format::try_new(prefs, YMD::short().with_year_style(YearStyle::Full)).ok(),
            year_month: Format::try_new(prefs, YM::long()).ok(),
            month_day: Format::try_new(prefs, MD::long()).ok(),
            prefs,
            names: OnceLock::new(),
        }
    }

    fn format(&self, date: &Date<Gregorian>, style: DateStyle) -> Option<String> {
        Some(match style {
            DateStyle::Long => self.long.as_ref()?.format(date).to_string(),
            DateStyle::Medium => self.medium.as_ref()?.format(date).to_string(),
            DateStyle::Short => self.short.as_ref()?.format(date).to_string(),
            DateStyle::YearMonth => self.year_month.as_ref()?.format(date).to_string(),
            DateStyle::MonthDay => self.month_day.as_ref()?.format(date).to_string(),
        })
    }
}

/// ISO 8601, which every reader understands.
fn iso(year: i16, month: i8, day: i8, style: DateStyle) -> String {
    match style {
        DateStyle::YearMonth => format!("{year:04}-{month:02}"),
        DateStyle::MonthDay => format!("{month:02}-{day:02}"),
        DateStyle::Long | DateStyle::Medium | DateStyle::Short => format!("{year:04}-{month:02}-{day:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateStyle::{Long, Medium, MonthDay, Short, YearMonth};

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).expect("a good tag")
    }

    #[test]
    fn each_language_writes_dates_in_its_own_way() {
        let table = [
            ("zh", ["2026年3月1日", "2026年3月1日", "2026/3/1", "2026年3月", "3月1日"]),
            ("zh-Hans", ["2026年3月1日", "2026年3月1日", "2026/3/1", "2026年3月", "3月1日"]),
            ("zh-Hant", ["2026年3月1日", "2026年3月1日", "2026/3/1", "2026年3月", "3月1日"]),
            ("en", ["March 1, 2026", "Mar 1, 2026", "3/1/2026", "March 2026", "March 1"]),
            ("en-GB", ["1 March 2026", "1 Mar 2026", "01/03/2026", "March 2026", "1 March"]),
            ("ja", ["2026年3月1日", "2026/03/01", "2026/03/01", "2026年3月", "3月1日"]),
            ("de", ["1. März 2026", "01.03.2026", "01.03.2026", "März 2026", "1. März"]),
        ];
        let langs: Vec<Lang> = table.iter().map(|(tag, _)| lang(tag)).collect();
        let dates = Dates::new(&langs);
        for (lang, (_, expected)) in langs.iter().zip(table) {
            let written =
                [Long, Medium, Short, YearMonth, MonthDay].map(|style| dates.format(lang, 2026, 3, 1, style));
            assert_eq!(written, expected, "{lang}");
        }
    }

    #[test]
    fn each_language_has_names_of_its_own() {
        use DateName::{DayPeriod, Month, MonthOfDay, ShortMonth, ShortMonthOfDay, ShortWeekday, Weekday};
        let table = [
            ("zh", ["三月", "三月", "3月", "3月", "星期日", "周日", "下午"]),
            ("zh-Hant", ["3月", "3月", "3月", "3月", "星期日", "週日", "下午"]),
            ("en", ["March", "March", "Mar", "Mar", "Sunday", "Sun", "PM"]),
            ("ja", ["3月", "3月", "3月", "3月", "日曜日", "日", "午後"]),
            ("ru", ["март", "марта", "март", "мар.", "воскресенье", "вс", "PM"]),
            ("ar", ["مارس", "مارس", "مارس", "مارس", "الأحد", "الأحد", "م"]),
        ];
        let langs: Vec<Lang> = table.iter().map(|(tag, _)| lang(tag)).collect();
        let dates = Dates::new(&langs);
        for (lang, (_, expected)) in langs.iter().zip(table) {
            let written = [Month, MonthOfDay, ShortMonth, ShortMonthOfDay, Weekday, ShortWeekday, DayPeriod]
                .map(|name| dates.name(lang, name, 3, 7, 13).unwrap_or("none"));
            assert_eq!(written, expected, "{lang}");
        }
        assert_eq!(dates.name(&lang("en"), Month, 13, 7, 13), None);
        assert_eq!(dates.name(&lang("en"), Weekday, 3, 0, 13), None);
        assert_eq!(dates.name(&lang("de"), Month, 3, 7, 13), None);
    }

    #[test]
    fn a_parent_stands_in_for_a_language_that_was_not_asked_for() {
        let dates = Dates::new(&[lang("zh")]);
        assert_eq!(dates.format(&lang("zh-Hant-HK"), 2026, 3, 1, Long), "2026年3月1日");
        assert_eq!(dates.format(&lang("fr"), 2026, 3, 1, Long), "2026-03-01");
        assert_eq!(dates.format(&lang("fr"), 2026, 3, 1, YearMonth), "2026-03");
    }

    #[test]
    fn a_day_that_does_not_exist_is_written_as_it_is() {
        let dates = Dates::new(&[lang("en")]);
        for (month, day) in [(13, 1), (2, 30), (0, 0), (-1, 5)] {
            assert_eq!(dates.format(&lang("en"), 2026, month, day, Long), iso(2026, month, day, Long));
        }
        assert_eq!(dates.format(&lang("en"), 2024, 2, 29, Long), "February 29, 2024");
    }

    #[test]
    fn formatters_are_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Dates>();
    }
}
