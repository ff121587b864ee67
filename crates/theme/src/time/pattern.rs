//! Patterns of `strftime`, with the names in them in a language.
//!
//! jiff writes numbers and knows English names alone. So names are put into the pattern first, and jiff writes what is left.

use fika_i18n::{DateName, DateStyle, Dates};
use fika_model::Lang;
use jiff::Zoned;

/// A piece of a pattern.
enum Piece<'a> {
    Text(&'a str),
    Directive { whole: &'a str, flags: &'a str, letter: char },
}

/// Whether a pattern asks for anything that a language writes in its own way.
pub(super) fn has_names(pattern: &str) -> bool {
    let is_name = |letter| name(letter, false).is_some() || matches!(letter, 'c' | 'x' | 'r');
    pieces(pattern).any(|piece| matches!(piece, Piece::Directive { letter, .. } if is_name(letter)))
}

/// The pattern with a language's own names in the place of what asks for them. What the language has no name for is left to jiff.
pub(super) fn with_names(pattern: &str, moment: &Zoned, lang: &Lang, dates: &Dates) -> String {
    let beside_a_day =
        pieces(pattern).any(|piece| matches!(piece, Piece::Directive { letter: 'd' | 'e', .. }));
    let weekday = moment.weekday().to_monday_one_offset();
    let named = |name| dates.name(lang, name, moment.month(), weekday, moment.hour());
    let day = |style| dates.format(lang, moment.year(), moment.month(), moment.day(), style);
    let mut out = String::with_capacity(pattern.len() + 16);
    for piece in pieces(pattern) {
        let (whole, flags, letter) = match piece {
            Piece::Text(text) => {
                out.push_str(text);
                continue;
            }
            Piece::Directive { whole, flags, letter } => (whole, flags, letter),
        };
        match (letter, name(letter, beside_a_day).and_then(named)) {
            ('P', Some(name)) => out.push_str(&name.to_lowercase()),
            (_, Some(name)) if flags.contains('^') => out.push_str(&name.to_uppercase()),
            (_, Some(name)) => out.push_str(name),
            ('x', None) => out.push_str(&day(DateStyle::Short)),
            ('c', None) => out.extend([&day(DateStyle::Medium), " %H:%M:%S"]),
            ('r', None) => out.extend(["%I:%M:%S ", named(DateName::DayPeriod).unwrap_or("%p")]),
            _ => out.push_str(whole),
        }
    }
    out
}

/// What a directive asks for. Beside a day, some languages write the month in another form: `март`, but `1 марта`.
fn name(letter: char, beside_a_day: bool) -> Option<DateName> {
    Some(match letter {
        'B' if beside_a_day => DateName::MonthOfDay,
        'B' => DateName::Month,
        'b' | 'h' if beside_a_day => DateName::ShortMonthOfDay,
        'b' | 'h' => DateName::ShortMonth,
        'A' => DateName::Weekday,
        'a' => DateName::ShortWeekday,
        'p' | 'P' => DateName::DayPeriod,
        _ => return None,
    })
}

fn pieces(pattern: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_flag = |c: char| matches!(c, '-' | '_' | '^' | '#' | '.' | ':') || c.is_ascii_digit();
        let after = rest.strip_prefix('%').map(|after| (after, after.trim_start_matches(is_flag)));
        let directive = after.and_then(|(after, from)| {
            let letter = from.chars().next()?;
            let flags = &after[..after.len() - from.len()];
            Some((1 + flags.len() + letter.len_utf8(), flags, letter))
        });
        let (piece, end) = match directive {
            Some((end, flags, letter)) => (Piece::Directive { whole: &rest[..end], flags, letter }, end),
            // A `%` at the very end is told by jiff.
            None => {
                let end =
                    rest.char_indices().skip(1).find(|(_, c)| *c == '%').map_or(rest.len(), |(at, _)| at);
                (Piece::Text(&rest[..end]), end)
            }
        };
        rest = &rest[end..];
        Some(piece)
    })
}
