//! Quotations and lists that are nested deeper than anybody nests. The Markdown library looks at everything that is open at every
//! line, so that a line of ten thousand `>` makes each line behind it as dear as ten thousand. Marks of blocks that begin far from the
//! beginning of their line are text.

/// Marks that begin this many bytes behind the beginning of their line are text: 256 quotations, 128 lists.
const DEEPEST: usize = 256;

/// The places of the first mark in each line that is text.
pub(crate) fn too_deep(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut places = Vec::new();
    let mut done = 0;
    // A line that begins with as many bytes of marks and spaces has one of these places in it, near its beginning.
    for at in (0..bytes.len()).step_by(DEEPEST / 2) {
        if at < done || !leads(bytes[at]) {
            continue;
        }
        let from = at.saturating_sub(DEEPEST / 2);
        let start = at - bytes[from..at].iter().rev().take_while(|&&byte| leads(byte)).count();
        if start > 0 && bytes[start - 1] != b'\n' {
            continue;
        }
        let lead = bytes[start..].iter().take_while(|&&byte| leads(byte)).count();
        done = start + lead;
        if lead > DEEPEST && !is_rule(&bytes[start..]) {
            places.extend((start + DEEPEST..done).find(|&place| is_mark(bytes, start, place)));
        }
    }
    places
}

/// What marks of blocks are made of, and what stands between them.
fn leads(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9')
}

/// Whether a mark of a quotation or a list may begin at a place.
fn is_mark(bytes: &[u8], start: usize, at: usize) -> bool {
    if at > start && !matches!(bytes[at - 1], b' ' | b'\t' | b'>') {
        return false;
    }
    let bullet = match bytes[at] {
        b'>' => return true,
        b'-' | b'*' | b'+' => at,
        b'0'..=b'9' => at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count(),
        _ => return false,
    };
    let delimits = bullet == at || matches!(bytes.get(bullet), Some(b'.' | b')'));
    delimits && matches!(bytes.get(bullet + 1), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}

/// Whether a line is a rule, however long (CommonMark 4.1).
fn is_rule(line: &[u8]) -> bool {
    let mut marks = line.iter().take_while(|&&byte| byte != b'\n').filter(|byte| !byte.is_ascii_whitespace());
    let Some(first @ (b'-' | b'*')) = marks.next() else { return false };
    marks.all(|byte| byte == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_far_from_the_beginning_of_their_line_are_found() {
        let deep = "> ".repeat(200);
        let lists = "- ".repeat(200);
        let numbers = "1. ".repeat(100);
        let spaces = " ".repeat(300);
        for (text, want) in [
            (format!("{deep}x"), vec![256]),
            (format!("{lists}x"), vec![256]),
            (format!("{numbers}x"), vec![258]),
            (format!("一\n\n{deep}x\n{deep}\n"), vec![261, 261 + 402]),
            (format!("{spaces}- x"), vec![300]),
            (format!("{spaces}-x"), vec![]),
            (format!("x {deep}"), vec![]),
            (lists, vec![]),
            ("-".repeat(1000), vec![]),
            (format!("{}x", "> ".repeat(100)), vec![]),
        ] {
            assert_eq!(too_deep(&text), want, "{text}");
        }
    }
}
