//! Chinese titles cut into phrases, so that a browser can balance their lines without cutting a word in two.
//!
//! Chinese has no spaces, and a browser may break a line anywhere between two characters; a title of two lines then ends as
//! often as not in the middle of a word. `<wbr>` between phrases, with `word-break: keep-all` and `text-wrap: balance` in the
//! style, lets it break at those places alone. No dictionary is needed for that: phrases end at punctuation, and a few
//! words of grammar (的 与 和 是 在) stand between them. A title that has a long phrase left is not cut at all.

use std::fmt::Write as _;

use crate::escape::escape;

/// The longest phrase, in characters: what a line of the smallest screen can hold.
const LONGEST: f32 = 9.0;
/// Shorter titles fit on any line.
const SHORT: f32 = 8.0;

/// A character that is seen.
struct Seen {
    c: char,
    /// The byte after it in the HTML.
    end: usize,
}

/// A title in plain text or, with `safe`, as HTML; with `<wbr>` between its phrases.
pub(crate) fn phrases(title: &str, safe: bool) -> String {
    let html = if safe { title.to_owned() } else { escape(title) };
    let seen = seen(&html);
    let breaks = breaks(&seen);
    if breaks.is_empty() {
        return html;
    }
    let mut out = String::with_capacity(html.len() + breaks.len() * "<wbr>".len());
    let mut from = 0;
    for at in breaks {
        let end = seen[at].end;
        let _ = write!(out, "{}<wbr>", &html[from..end]);
        from = end;
    }
    out.push_str(&html[from..]);
    out
}

/// The characters of some HTML that are seen: tags are none, a character reference is one.
fn seen(html: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    let mut until = 0;
    for (at, c) in html.char_indices() {
        if at < until {
            continue;
        }
        let rest = &html[at..];
        let end = at + c.len_utf8();
        let closed = |close: char| rest.find(close).map_or(end, |length| at + length + 1);
        until = match c {
            '<' => closed('>'),
            '&' => closed(';'),
            _ => end,
        };
        if c != '<' {
            seen.push(Seen { c, end: until });
        }
    }
    seen
}

/// Behind which characters a title may break, by their index; none if it should be left alone.
fn breaks(seen: &[Seen]) -> Vec<usize> {
    if width(seen) < SHORT {
        return Vec::new();
    }
    let mut breaks: Vec<usize> = Vec::new();
    let mut from = 0;
    for at in 1..seen.len().saturating_sub(2) {
        let of = |index: usize| seen.get(index).map_or(' ', |seen| seen.c);
        // A phrase has two characters at least, and one line never begins or ends with a single one.
        let long_enough = is_long(&seen[from..=at]) && is_long(&seen[at + 1..]);
        if long_enough && may_break(of(at), of(at + 1), of(at + 2)) {
            breaks.push(at);
            from = at + 1;
        }
    }
    let mut ends = breaks.clone();
    ends.push(seen.len() - 1);
    let mut from = 0;
    let fits = ends.iter().all(|&end| {
        let phrase = &seen[from..=end];
        from = end + 1;
        phrase.split(|seen| seen.c == ' ').all(|part| width(part) <= LONGEST)
    });
    if fits { breaks } else { Vec::new() }
}

/// Whether characters are as wide as two of Han. The first tell.
fn is_long(seen: &[Seen]) -> bool {
    width(&seen[..seen.len().min(4)]) >= 2.0
}

/// About how wide characters are, in Han characters.
fn width(seen: &[Seen]) -> f32 {
    seen.iter().map(|seen| if seen.c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// Words that belong to what stands before them.
const PARTICLES: &str = "的地得了着过们吗呢吧啊";

/// Whether a phrase ends between `left` and `right`, behind which stands `after`.
fn may_break(left: char, right: char, after: char) -> bool {
    if is_opening(left) || is_closing(right) || PARTICLES.contains(right) {
        return false;
    }
    if is_closing(left) {
        return true;
    }
    if !is_han(left) {
        return false;
    }
    if is_opening(right) || right == '—' && after == '—' {
        return true;
    }
    if !is_han(right) {
        return false;
    }
    match (left, right) {
        ('的', _) => !"确士".contains(right),
        (_, '与') => !"参给赠授赋".contains(left) && after != '会',
        (_, '和') => !"温柔缓总共饱调暖随祥中附平".contains(left) && !"平谐解气睦声服".contains(after),
        (_, '在') => !"存现正所内外潜自实好还都仍不".contains(left) && !"于意乎线家场野".contains(after),
        (_, '是') => {
            !"不还但就只可总于若凡或才又都便正真也既更仅乃这那自国".contains(left) && !"否非".contains(after)
        }
        _ => false,
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '（' | '《' | '〈' | '【')
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '，' | '、'
            | '：'
            | '；'
            | '。'
            | '！'
            | '？'
            | '”'
            | '’'
            | '」'
            | '』'
            | '）'
            | '》'
            | '〉'
            | '】'
            | '…'
            | '—'
            | '｜'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_break_between_phrases() {
        for (title, want) in [
            ("翻译是最慢的一种读法", "翻译|是最慢的|一种读法"),
            ("看不见的规矩：换行与空格", "看不见的|规矩：|换行|与空格"),
            ("短标题与我", "短标题与我"),
            ("三点半｜旧书摊需要的还是「老主顾」", "三点半｜|旧书摊需要的|还是|「老主顾」"),
            ("关于“目的”的讨论——以及其他", "关于|“目的”的|讨论——|以及其他"),
            ("和平的确是不容易的事情", "和平的确|是不容易的|事情"),
            ("没有标点也没有虚词的时候就只好听其自然", "没有标点也没有虚词的时候就只好听其自然"),
            ("An English Title of Some Length", "An English Title of Some Length"),
            ("用 Rust 写一个静态网站的生成器", "用 Rust 写一个静态网站的|生成器"),
        ] {
            assert_eq!(phrases(title, false).replace("<wbr>", "|"), want);
        }
    }

    /// In proportion to the square it would take hours.
    #[test]
    fn long_titles_take_time_in_proportion() {
        let title = "字".repeat(2_000_000);
        assert_eq!(phrases(&title, false), title);
    }

    #[test]
    fn markup_is_kept() {
        assert_eq!(
            phrases("慢的<em>读法与写法</em> &amp; 其他", true),
            "慢的<wbr><em>读法<wbr>与写法</em> &amp; 其他"
        );
        assert_eq!(
            phrases("<a> 与 & 的故事的开头之前", false),
            "&lt;a&gt; 与 &amp; 的<wbr>故事的<wbr>开头之前"
        );
    }
}
