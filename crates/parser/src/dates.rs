//! Dates as people write them.
//!
//! Understood: `2024-08-12`, `2024/8/12`, `2024.8.12`, `2024年8月12日`, `20240812`; then, after a space or `T`, a time
//! `19:00`, `8:5`, `19:00:30`, with a fraction (`08:15.000000` too) and `AM` or `PM`; then a zone `Z`, `UTC`, `+08:00`, `+0800`,
//! `+8`, and a name in brackets or alone (`Asia/Shanghai`). Without a zone a date is in the site's.

use fika_model::DateTime;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

/// Reads a date; `zone` is used where the text names none.
pub(crate) fn parse(text: &str, zone: &TimeZone) -> Option<DateTime> {
    let mut scan = Scan { rest: text.trim() };
    let date = scan.date()?;
    let separated = scan.separator();
    if scan.rest.is_empty() {
        return DateTime::from_civil(date, None, zone);
    }
    if !separated {
        return None;
    }
    if !scan.rest.starts_with(|char: char| char.is_ascii_digit()) {
        // A zone without a time of day: midnight there.
        let own = scan.zone()?;
        return scan.rest.is_empty().then(|| DateTime::from_civil(date, None, &own))?;
    }
    let time = scan.time()?;
    scan.spaces();
    let own = if scan.rest.is_empty() { None } else { Some(scan.zone()?) };
    scan.rest.is_empty().then(|| DateTime::from_civil(date, Some(time), own.as_ref().unwrap_or(zone)))?
}

/// A date at the start of a file's name, and the byte after it: `2024-08-12-moon`, `2024-8-2_moon`.
pub(crate) fn prefix(name: &str) -> Option<(Date, usize)> {
    let mut scan = Scan { rest: name };
    let year = scan.digits(4, 4)?;
    scan.eat("-")?;
    let month = scan.digits(1, 2)?;
    scan.eat("-")?;
    let day = scan.digits(1, 2)?;
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let ended = scan.rest.is_empty() || scan.rest.starts_with(['-', '_', ' ']);
    ended.then_some((date, name.len() - scan.rest.len()))
}

struct Scan<'a> {
    rest: &'a str,
}

impl Scan<'_> {
    fn eat(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Eats a mark; spaces may stand before one that is written in Chinese.
    fn loosely(&mut self, mark: &str) -> Option<()> {
        let rest = if mark.is_ascii() { self.rest } else { self.rest.trim_start() };
        self.rest = rest.strip_prefix(mark)?;
        Some(())
    }

    /// A number of `min` to `max` digits that no further digit follows.
    fn digits(&mut self, min: usize, max: usize) -> Option<u32> {
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if len < min || len > max {
            return None;
        }
        let number = self.rest[..len].parse().ok()?;
        self.rest = &self.rest[len..];
        Some(number)
    }

    fn date(&mut self) -> Option<Date> {
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (year, month, day) = if len == 8 {
            let number = self.digits(8, 8)?;
            (number / 10_000, number / 100 % 100, number % 100)
        } else {
            let year = self.digits(4, 4)?;
            let marks = [["-", "-", ""], ["/", "/", ""], [".", ".", ""], ["年", "月", "日"]];
            let [_, before_day, last] = marks.into_iter().find(|marks| self.loosely(marks[0]).is_some())?;
            self.spaces();
            let month = self.digits(1, 2)?;
            self.loosely(before_day)?;
            self.spaces();
            let day = self.digits(1, 2)?;
            self.loosely(last)?;
            (year, month, day)
        };
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    /// What stands between a date and its time.
    fn separator(&mut self) -> bool {
        let before = self.rest.len();
        self.spaces();
        if self.rest.starts_with(['T', 't']) && self.rest[1..].starts_with(|char: char| char.is_ascii_digit())
        {
            self.rest = &self.rest[1..];
        }
        // `2024年8月12日19:00` needs nothing between.
        self.rest.len() < before || self.rest.starts_with(['Z', 'z', '+', '['])
    }

    /// A time of day; a fraction is cut off, a leap second is the second before it.
    fn time(&mut self) -> Option<Time> {
        let hour = self.digits(1, 2)?;
        self.eat(":")?;
        let minute = self.digits(1, 2)?;
        let second = if self.eat(":").is_some() { self.digits(1, 2)? } else { 0 };
        if self.rest.starts_with(['.', ',']) {
            self.rest = &self.rest[1..];
            let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
            self.rest = &self.rest[len..];
        }
        let hour = self.half_day(hour)?;
        let second = if second == 60 { 59 } else { second };
        Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
    }

    /// `AM` or `PM` after a time of twelve hours.
    fn half_day(&mut self, hour: u32) -> Option<u32> {
        let rest = self.rest.trim_start();
        let (Some(mark), Some(tail)) = (rest.get(..2), rest.get(2..)) else { return Some(hour) };
        let pm = mark.eq_ignore_ascii_case("pm");
        if !pm && !mark.eq_ignore_ascii_case("am") {
            return Some(hour);
        }
        self.rest = tail;
        (1..=12).contains(&hour).then_some(hour % 12 + if pm { 12 } else { 0 })
    }

    fn zone(&mut self) -> Option<TimeZone> {
        let offset = self.offset();
        self.spaces();
        if self.rest.is_empty() {
            return offset;
        }
        let name = self.rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(self.rest);
        // A name says less than an offset beside it, which is what the clock showed.
        let named = name.contains('/').then(|| TimeZone::get(name).ok())?;
        self.rest = "";
        offset.or(named)
    }

    fn offset(&mut self) -> Option<TimeZone> {
        for name in ["UTC", "GMT", "Z", "z"] {
            if self.eat(name).is_some() && !self.rest.starts_with(['+', '-']) {
                return Some(TimeZone::UTC);
            }
        }
        let sign = match self.rest.as_bytes().first()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let digits = &self.rest[1..];
        let len = digits.bytes().take_while(u8::is_ascii_digit).count();
        let number: i32 = digits[..len].parse().ok().filter(|_| len <= 4)?;
        let tail = &digits[len..];
        let (hours, minutes, tail) = match (len, tail.strip_prefix(':')) {
            (1 | 2, Some(tail)) => {
                let minutes = tail.get(..2)?.parse::<u8>().ok()?;
                (number, i32::from(minutes), &tail[2..])
            }
            (1 | 2, None) => (number, 0, tail),
            _ => (number / 100, number % 100, tail),
        };
        let seconds = sign * (hours * 3600 + minutes * 60);
        let offset = Offset::from_seconds(seconds).ok().filter(|_| minutes < 60)?;
        self.rest = tail;
        Some(TimeZone::fixed(offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let zone = TimeZone::get("Asia/Shanghai").expect("a known zone");
        parse(text, &zone).map(|date| if date.has_time() { date.to_rfc3339() } else { date.to_iso_date() })
    }

    #[test]
    fn dates_in_every_dress() {
        for (text, expected) in [
            ("2024-08-12", "2024-08-12"),
            ("2024-8-2", "2024-08-02"),
            ("2024/8/12", "2024-08-12"),
            ("2024.8.12", "2024-08-12"),
            ("20240812", "2024-08-12"),
            ("2024年8月12日", "2024-08-12"),
            ("2024 年 8 月 12 日", "2024-08-12"),
            ("2024年8月12日 19:00", "2024-08-12T19:00:00+08:00"),
            ("2013/7/13 20:46:25", "2013-07-13T20:46:25+08:00"),
            ("2017-07-15T0:10:32+00:00", "2017-07-15T00:10:32+00:00"),
            ("2021-03-9 7:05:00 +09:00", "2021-03-09T07:05:00+09:00"),
            ("2025-4-6 8:3", "2025-04-06T08:03:00+08:00"),
            ("2026-2-2 2:2", "2026-02-02T02:02:00+08:00"),
            ("2023-05-02 08:15.000000 +09:00", "2023-05-02T08:15:00+09:00"),
            ("2019-06-01 15:40", "2019-06-01T15:40:00+08:00"),
            ("2019-06-01 15:40:00 +0800", "2019-06-01T15:40:00+08:00"),
            ("2019-06-01 15:40:00 -0330", "2019-06-01T15:40:00-03:30"),
            ("2019-06-01T15:40:00Z", "2019-06-01T15:40:00+00:00"),
            ("2019-06-01T15:40:00.123456789Z", "2019-06-01T15:40:00+00:00"),
            ("2019-06-01 15:40:00 UTC+8", "2019-06-01T15:40:00+08:00"),
            ("2019-06-01T15:40:00+08:00[Asia/Shanghai]", "2019-06-01T15:40:00+08:00"),
            ("2019-06-01T15:40:00[Europe/Berlin]", "2019-06-01T15:40:00+02:00"),
            ("2019-06-01 15:40 Europe/Berlin", "2019-06-01T15:40:00+02:00"),
            ("2013/7/13 8:46:25 PM", "2013-07-13T20:46:25+08:00"),
            ("2013/7/13 12:46 am", "2013-07-13T00:46:00+08:00"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
            ("2024-08-12Z", "2024-08-12"),
            // Unreadable.
            ("2024-13-01", "-"),
            ("2024-02-30", "-"),
            ("2024-08-12 25:00", "-"),
            ("2024-08-12 19:60", "-"),
            ("2024-08-12 19:00:61", "-"),
            ("2024-08-12 19:00:99", "-"),
            ("2024-08-12 19:00 sometime", "-"),
            ("2024-08-12x", "-"),
            ("2024-08-12 19:00 +99:00", "-"),
            ("next week", "-"),
            ("12/08/2024", "-"),
            ("", "-"),
            ("2024-08", "-"),
            ("二〇二四年", "-"),
        ] {
            assert_eq!(read(text).as_deref().unwrap_or("-"), expected, "{text}");
        }
    }

    #[test]
    fn dates_before_names() {
        assert_eq!(prefix("2024-08-12-moon").map(|found| found.1), Some(10));
        assert_eq!(prefix("2024-8-2_moon").map(|found| found.1), Some(8));
        assert_eq!(prefix("2024-08-12").map(|found| found.1), Some(10));
        for name in ["2024-08-123", "2024-08-12moon", "2024-13-12-x", "moon-2024-08-12", "12024-08-12-x"] {
            assert_eq!(prefix(name), None, "{name}");
        }
    }
}
