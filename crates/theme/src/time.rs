//! `now()` and the `date` filter.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

mod pattern;

use fika_i18n::DateStyle;
use fika_model::Lang;
use jiff::civil::Time;
use jiff::fmt::temporal::{DateTimeParser, Pieces};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use tera::{Error, Kwargs, State, TeraResult, Value};

use crate::Query;
use crate::arguments::{given, only};
use crate::locale::chosen;
use crate::scope::{Scope, ask, current};

static PARSER: DateTimeParser = DateTimeParser::new();

/// `now()`: the day the build is for, as RFC 3339 at midnight. `now(timestamp=true)`: its very second, since 1970; a page
/// that asks for it is made anew by every build.
pub(crate) fn now(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["timestamp", "utc"])?;
    let scope = current()?;
    let precise = given::<bool>(&kwargs, "timestamp")?.unwrap_or_default();
    ask(Query::Now { precise });
    let mut now = scope.stage.now(precise);
    if precise {
        return Ok(Value::from(now.timestamp().as_second()));
    }
    if given::<bool>(&kwargs, "utc")?.unwrap_or_default() {
        now = now.with_time_zone(TimeZone::UTC);
    }
    Ok(Value::from(now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()))
}

/// `date(format, lang, timezone)`: a date as its language writes it (`long`, `medium`, `short`, `year_month`, `month_day`;
/// `long` unless told), or by a `strftime` pattern, which holds a `%`. Names in that are of the language too.
pub(crate) fn date(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &["format", "lang", "locale", "timezone"])?;
    let zone = match given::<&str>(&kwargs, "timezone")? {
        Some(name) => {
            Some(TimeZone::get(name).map_err(|_| Error::message(format!("there is no time zone `{name}`")))?)
        }
        None => None,
    };
    let mut moment = read(value)?;
    if let Some(zone) = zone {
        moment = moment.with_time_zone(zone);
    }
    let format = given::<&str>(&kwargs, "format")?.unwrap_or("long");
    if format.contains('%') {
        return by_pattern(format, &moment, &kwargs);
    }
    let style = match format {
        "long" => DateStyle::Long,
        "medium" => DateStyle::Medium,
        "short" => DateStyle::Short,
        "year_month" => DateStyle::YearMonth,
        "month_day" => DateStyle::MonthDay,
        _ => {
            return Err(Error::message(format!(
                "there is no date format `{format}`; there are long, medium, short, year_month, month_day and patterns such as %Y-%m-%d"
            )));
        }
    };
    let scope = current()?;
    let lang = chosen(&kwargs, &scope)?;
    Ok(scope.stage.theme.dates.format(&lang, moment.year(), moment.month(), moment.day(), style))
}

fn by_pattern(format: &str, moment: &Zoned, kwargs: &Kwargs) -> TeraResult<String> {
    let wrong = |error| Error::message(format!("the date format `{format}` is wrong: {error}"));
    if pattern::has_names(format) {
        let scope = current()?;
        if let Some(lang) = lang_of_names(kwargs, &scope)? {
            let format = pattern::with_names(format, moment, &lang, &scope.stage.theme.dates);
            return jiff::fmt::strtime::format(format, moment).map_err(wrong);
        }
    }
    jiff::fmt::strtime::format(format, moment).map_err(wrong)
}

/// The language of the names in a pattern: nothing for the English ones that machines read, which are there on a site in any languages.
/// `POSIX` is Zola's name for them.
fn lang_of_names(kwargs: &Kwargs, scope: &Scope) -> TeraResult<Option<Lang>> {
    let tag = given::<&str>(kwargs, "locale")?.or(given::<&str>(kwargs, "lang")?).unwrap_or_default();
    let is_plain = matches!(tag, "POSIX" | "C");
    let is_foreign_english = tag.split(['-', '_']).next() == Some("en")
        && scope.stage.site.config.languages.iter().all(|language| language.lang.language() != "en");
    if is_plain || is_foreign_english { Ok(None) } else { chosen(kwargs, scope).map(Some) }
}

/// A moment: RFC 3339, a civil date with or without a time, or seconds since 1970. Without an offset it is as in UTC.
fn read(value: &Value) -> TeraResult<Zoned> {
    if let Some(seconds) = value.as_i64() {
        let moment = Timestamp::from_second(seconds).map(|moment| moment.to_zoned(TimeZone::UTC));
        return moment
            .map_err(|_| Error::message(format!("`{seconds}` is not a moment in seconds since 1970")));
    }
    let Some(text) = value.as_str() else {
        return Err(Error::message(format!("a date is text or a number, not {}", value.name())));
    };
    let moment = || {
        let pieces = Pieces::parse(text).ok()?;
        if pieces.time_zone_annotation().is_some() {
            return PARSER.parse_zoned(text).ok();
        }
        let time = pieces.time().unwrap_or_else(Time::midnight);
        let zone = pieces.to_numeric_offset().map_or(TimeZone::UTC, TimeZone::fixed);
        pieces.date().to_datetime(time).to_zoned(zone).ok()
    };
    moment().ok_or_else(|| Error::message(format!("`{text}` is not a date")))
}
