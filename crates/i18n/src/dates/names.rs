//! Names of months, of days of the week and of the halves of a day, for patterns that ask for one by itself.

use std::borrow::Cow;

use icu_calendar::{Date, Gregorian};
use icu_datetime::DateTimeFormatterPreferences;
use icu_datetime::fieldsets::enums::{DateFieldSet, TimeFieldSet};
use icu_datetime::input::Time;
use icu_datetime::pattern::{
    DateTimePattern, DayPeriodNameLength, FixedCalendarDateTimeNames, FormattedDateTimePattern,
    MonthNameLength, WeekdayNameLength,
};
use writeable::TryWriteable;

/// What a name is of, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateName {
    /// `三月`, `March`, `март`.
    Month,
    /// `三月`, `March`, `марта`: as it is written beside a day.
    MonthOfDay,
    /// `3月`, `Mar`, `март`.
    ShortMonth,
    /// `3月`, `Mar`, `мар.`: as it is written beside a day.
    ShortMonthOfDay,
    /// `星期日`, `Sunday`.
    Weekday,
    /// `周日`, `Sun`.
    ShortWeekday,
    /// `上午`, `AM`.
    DayPeriod,
}

/// The names of one language.
pub(super) struct Names {
    /// Wide and short, by themselves and beside a day.
    months: [[String; 12]; 4],
    /// Wide and short, from Monday.
    weekdays: [[String; 7]; 2],
    halves: [String; 2],
}

type DateNames = FixedCalendarDateTimeNames<Gregorian, DateFieldSet>;

impl Names {
    /// Nothing, where data are lacking, which CLDR's root prevents.
    pub(super) fn new(prefs: DateTimeFormatterPreferences) -> Option<Names> {
        Some(Names {
            months: [
                months(prefs, MonthNameLength::StandaloneWide, "LLLL")?,
                months(prefs, MonthNameLength::Wide, "MMMM")?,
                months(prefs, MonthNameLength::StandaloneAbbreviated, "LLL")?,
                months(prefs, MonthNameLength::Abbreviated, "MMM")?,
            ],
            weekdays: [
                weekdays(prefs, WeekdayNameLength::Wide, "EEEE")?,
                weekdays(prefs, WeekdayNameLength::Abbreviated, "EEE")?,
            ],
            halves: halves(prefs)?,
        })
    }

    /// `month` and `weekday` count from 1, the week from Monday.
    pub(super) fn get(&self, name: DateName, month: i8, weekday: i8, hour: i8) -> Option<&str> {
        let month = || usize::try_from(month - 1).ok();
        let weekday = || usize::try_from(weekday - 1).ok();
        let found = match name {
            DateName::Month => self.months[0].get(month()?),
            DateName::MonthOfDay => self.months[1].get(month()?),
            DateName::ShortMonth => self.months[2].get(month()?),
            DateName::ShortMonthOfDay => self.months[3].get(month()?),
            DateName::Weekday => self.weekdays[0].get(weekday()?),
            DateName::ShortWeekday => self.weekdays[1].get(weekday()?),
            DateName::DayPeriod => self.halves.get(usize::from(hour >= 12)),
        };
        found.map(String::as_str)
    }
}

fn months(
    prefs: DateTimeFormatterPreferences,
    length: MonthNameLength,
    pattern: &str,
) -> Option<[String; 12]> {
    let mut names = DateNames::new_without_number_formatting(prefs);
    names.include_month_names(length).ok()?;
    each(&names, pattern, |at| Date::try_new_gregorian(2026, at + 1, 1).ok())
}

fn weekdays(
    prefs: DateTimeFormatterPreferences,
    length: WeekdayNameLength,
    pattern: &str,
) -> Option<[String; 7]> {
    let mut names = DateNames::new_without_number_formatting(prefs);
    names.include_weekday_names(length).ok()?;
    // The first of June 2026 was a Monday.
    each(&names, pattern, |at| Date::try_new_gregorian(2026, 6, at + 1).ok())
}

fn each<const N: usize>(
    names: &DateNames,
    pattern: &str,
    date: impl Fn(u8) -> Option<Date<Gregorian>>,
) -> Option<[String; N]> {
    let pattern = DateTimePattern::try_from_pattern_str(pattern).ok()?;
    let formatter = names.with_pattern_unchecked(&pattern);
    let written = (0..).map_while(|at| write(&formatter.format(&date(at)?)));
    written.take(N).collect::<Vec<_>>().try_into().ok()
}

fn halves(prefs: DateTimeFormatterPreferences) -> Option<[String; 2]> {
    let mut names =
        FixedCalendarDateTimeNames::<Gregorian, TimeFieldSet>::new_without_number_formatting(prefs);
    names.include_day_period_names(DayPeriodNameLength::Abbreviated).ok()?;
    let pattern = DateTimePattern::try_from_pattern_str("a").ok()?;
    let formatter = names.with_pattern_unchecked(&pattern);
    let half = |hour| write(&formatter.format(&Time::try_new(hour, 0, 0, 0).ok()?));
    Some([half(9)?, half(21)?])
}

fn write(name: &FormattedDateTimePattern<'_>) -> Option<String> {
    name.try_write_to_string().ok().map(Cow::into_owned)
}
