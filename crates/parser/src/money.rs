//! Dollars that are money. Where `$…$` is math, the Markdown library would take two prices for the ends of a formula,
//! and the formula behind them for text: `定价 $5，公式 $x$`.

use memchr::memchr_iter;

use crate::chars;

/// What stands for such a dollar while Markdown is read: a control character, which no other rule of Markdown knows.
pub(crate) const MONEY: char = '\u{1A}';

/// The text with every dollar hidden that is money; nothing if there is none.
pub(crate) fn hide(text: &str) -> Option<String> {
    let places = places(text);
    if places.is_empty() || text.contains(MONEY) {
        return None;
    }
    let mut hidden = String::with_capacity(text.len());
    for at in places {
        hidden.push_str(&text[hidden.len()..at]);
        hidden.push(MONEY);
    }
    hidden.push_str(&text[hidden.len()..]);
    Some(hidden)
}

/// Where a dollar begins no formula and ends none: before a digit, and either behind a letter or digit (`US$5`; GitHub
/// has the same rule) or with Chinese prose up to the next dollar.
fn places(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut places = Vec::new();
    let (mut open, mut last, mut until) = (false, 0, 0);
    for at in memchr_iter(b'$', bytes) {
        if at < until || at > 0 && bytes[at - 1] == b'\\' {
            continue;
        }
        let between = std::mem::replace(&mut last, at)..at;
        open &= !ends_paragraph(&text[between]);
        let (before, after) = (at.checked_sub(1).map(|at| bytes[at]), bytes.get(at + 1));
        if after == Some(&b'$') {
            // A formula on a line of its own holds no money.
            until = text[at + 2..].find("$$").map_or(at + 2, |len| at + len + 4);
            open = false;
        } else if open {
            let ends = before.is_some_and(|byte| !byte.is_ascii_whitespace());
            open = !ends || after.is_some_and(u8::is_ascii_digit);
        } else if after.is_some_and(u8::is_ascii_digit)
            && (is_letter(before) || precedes_prose(&text[at + 1..]))
        {
            places.push(at);
        } else {
            open = after.is_some_and(|byte| !byte.is_ascii_whitespace());
        }
    }
    places
}

fn is_letter(byte: Option<u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric())
}

/// Whether there is Chinese before the next dollar of the paragraph, and no command of LaTeX.
fn precedes_prose(text: &str) -> bool {
    text.find('$').is_some_and(|end| {
        let between = &text[..end];
        between.contains(is_chinese) && !between.contains('\\') && !ends_paragraph(between)
    })
}

fn is_chinese(c: char) -> bool {
    chars::is_han_or_kana(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

fn ends_paragraph(text: &str) -> bool {
    text.contains("\n\n") || text.contains("\n\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_from_formulas() {
        for (text, want) in [
            ("定价 $5，公式 $x$", "定价 ¤5，公式 $x$"),
            ("US$100，公式$x$。", "US¤100，公式$x$。"),
            ("$5和$6", "¤5和$6"),
            ("$a$5元和$b$", "$a$5元和$b$"),
            ("$2x$表示$y$", "$2x$表示$y$"),
            ("$3\\text{月}$", "$3\\text{月}$"),
            ("$$5 月$$ 与 $1，再 $x$", "$$5 月$$ 与 ¤1，再 $x$"),
            ("\\$5，$x$", "\\$5，$x$"),
            ("甲 $x\n\n乙 $5，$y$", "甲 $x\n\n乙 ¤5，$y$"),
            ("from $5 to $6", "from $5 to $6"),
        ] {
            let hidden = hide(text).map(|text| text.replace(MONEY, "¤"));
            assert_eq!(hidden.unwrap_or_else(|| text.to_owned()), want, "{text}");
        }
    }
}
