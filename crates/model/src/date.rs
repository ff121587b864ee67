//! Dates of essays: a moment with the offset in which it was written.

use jiff::{Timestamp, Zoned, civil, tz::Offset, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// A moment in time together with the offset from UTC it is shown in. Ordered by the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DateTime {
    /// Seconds since 1970-01-01T00:00:00Z.
    seconds: i64,
    /// Seconds east of UTC.
    offset: i32,
    /// Whether the writer gave a time of day; else it is midnight.
    has_time: bool,
}

impl DateTime {
    /// A civil date, with or without a time of day, in a time zone.
    /// A time that the zone skips or repeats is taken as jiff's "compatible" strategy does (RFC 5545).
    pub fn from_civil(date: civil::Date, time: Option<civil::Time>, zone: &TimeZone) -> Option<DateTime> {
        let zoned = date.to_datetime(time.unwrap_or(civil::Time::midnight())).to_zoned(zone.clone()).ok()?;
        Some(DateTime { has_time: time.is_some(), ..DateTime::from_zoned(&zoned) })
    }

    /// A moment in its own zone.
    pub fn from_zoned(zoned: &Zoned) -> DateTime {
        DateTime { seconds: zoned.timestamp().as_second(), offset: zoned.offset().seconds(), has_time: true }
    }

    /// The moment.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_second(self.seconds).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The moment with its offset, for formatting.
    pub fn zoned(self) -> Zoned {
        let offset = Offset::from_seconds(self.offset).unwrap_or(Offset::UTC);
        self.timestamp().to_zoned(TimeZone::fixed(offset))
    }

    /// The day, as shown to readers.
    pub fn date(self) -> civil::Date {
        self.zoned().date()
    }

    /// Whether a time of day was given.
    pub fn has_time(self) -> bool {
        self.has_time
    }

    /// RFC 3339, as feeds and `<time datetime>` want it: `2024-08-12T19:00:00+08:00`.
    pub fn to_rfc3339(self) -> String {
        self.zoned().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// The date alone, `2024-08-12`.
    pub fn to_iso_date(self) -> String {
        self.date().to_string()
    }
}
