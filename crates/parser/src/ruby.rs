//! Ruby: `{漢字|かんじ}`, the form of DenDenMarkdown, which VFM and markdown-it-ruby read as well.
//!
//! With one reading the whole is annotated (`{北京|Běijīng}`), with one for each character each is (`{電子|でん|し}`). Fewer readings
//! than characters stand over the whole together, and so do more, which is reported: nobody means that. One of both sides holds a Chinese,
//! Japanese or Korean character; any other braces are text. Aozora's `漢字《かんじ》` is not read: in Chinese those marks stand around the
//! titles of books.

use std::sync::Arc;

use crate::chars::is_cjk;
use crate::escape;

/// Longer ones, in bytes, are text.
const LONGEST: usize = 400;

/// Characters with their reading.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ruby {
    /// Base and reading, one pair or one for each character. A reading may be empty.
    pairs: Vec<(Arc<str>, Arc<str>)>,
    /// How many characters and how many readings there are, where there are more of these.
    pub(crate) surplus: Option<(usize, usize)>,
}

/// Reads the ruby that begins at a `{`, and tells where it ends.
pub(crate) fn read(text: &str, at: usize) -> Option<(Ruby, usize)> {
    let bytes = text.as_bytes();
    // `\{` is escaped; `\text{…}` and `x_{…}` are formulas.
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    if before
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'\\' | b'$' | b'_' | b'^' | b'{'))
    {
        return None;
    }
    let window = &bytes[at + 1..bytes.len().min(at + LONGEST)];
    let close = window.iter().position(|byte| matches!(byte, b'}' | b'{' | b'\n' | b'`' | b'<'))?;
    if window[close] != b'}' {
        return None;
    }
    // `-{…}-` keeps its text from being converted into another script.
    if before == Some(&b'-') && bytes.get(at + 1 + close + 1) == Some(&b'-') {
        return None;
    }
    // In a table the bar may be escaped, as everywhere else there.
    let inside = text.get(at + 1..at + 1 + close)?.replace("\\|", "|");
    let (base, readings) = inside.split_once('|')?;
    let base = base.trim();
    let readings: Vec<&str> = readings.split('|').map(str::trim).collect();
    if base.is_empty() || readings.iter().all(|reading| reading.is_empty()) || !inside.chars().any(is_cjk) {
        return None;
    }
    let whole = || vec![(Arc::from(base), Arc::from(readings.concat()))];
    let (characters, many) = (base.chars().count(), readings.len());
    let surplus = (many > characters).then_some((characters, many));
    let pairs = match many {
        1 => whole(),
        _ if many == characters => base
            .chars()
            .zip(&readings)
            .map(|(c, reading)| (c.to_string().into(), Arc::from(*reading)))
            .collect(),
        _ => whole(),
    };
    Some((Ruby { pairs, surplus }, at + 1 + close + 1))
}

impl Ruby {
    /// What is annotated.
    pub(crate) fn base(&self) -> String {
        self.pairs.iter().map(|(base, _)| &**base).collect()
    }

    /// The readings, a space between them.
    pub(crate) fn reading(&self) -> String {
        self.pairs.iter().map(|(_, reading)| &**reading).collect::<Vec<_>>().join(" ")
    }

    /// Appends the element. Parentheses are for browsers that know no ruby (HTML 4.5.10).
    pub(crate) fn html(&self, out: &mut String) {
        out.push_str("<ruby>");
        for (base, reading) in &self.pairs {
            escape::text(out, base);
            if !reading.is_empty() || self.pairs.len() > 1 {
                out.push_str("<rp>（</rp><rt>");
                escape::text(out, reading);
                out.push_str("</rt><rp>）</rp>");
            }
        }
        out.push_str("</ruby>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let at = text.find('{').unwrap();
        match read(text, at) {
            None => "text".into(),
            Some((ruby, end)) => {
                let pairs: Vec<String> =
                    ruby.pairs.iter().map(|(base, reading)| format!("{base}:{reading}")).collect();
                format!("{}{}", pairs.join(" "), &text[end..])
            }
        }
    }

    #[test]
    fn readings() {
        for (text, want) in [
            ("{漢字|かんじ}。", "漢字:かんじ。"),
            ("{電子出版|でん|し|しゅっ|ぱん}", "電:でん 子:し 出:しゅっ 版:ぱん"),
            ("{北京|Běi|jīng}", "北:Běi 京:jīng"),
            ("{北京|Běijīng}", "北京:Běijīng"),
            ("{田中さん|た|なか}", "田中さん:たなか"),
            ("{食べる|た||}", "食:た べ: る:"),
            ("{WHO|世卫组织}", "WHO:世卫组织"),
            ("{漢字\\|かんじ}", "漢字:かんじ"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn other_braces_are_text() {
        for text in [
            "{任意}",
            "{a|b}",
            "{漢字|}",
            "{|かんじ}",
            "{漢\n字|か}",
            "\\{漢|か}",
            "\\text{甲|乙}",
            "{{漢|か}}",
            "{漢字|かんじ",
            "{漢`|`か}",
            "-{後|后}-",
        ] {
            assert_eq!(shown(text), "text", "{text}");
        }
    }
}
