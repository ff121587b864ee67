//! `==`, which marks, and `~~`, which strikes out, in one text. The Markdown library knows the second alone.
//!
//! It is shown a single `~` for `==`, which pairs with no `~~`. But a delimiter that finds no beginning hides those that began before it
//! from delimiters of either kind, so that nothing may look for a beginning where there is none: between Chinese characters,
//! where every delimiter may do both, the first one begins and the second one ends.

use super::{LETTER, Marker, POINT, flags};

/// Twice in the place of `==`: a control character, which reaches no output.
pub(crate) const EQUALS: char = '\u{1C}';
/// Twice in the place of `~~` until marks are set, where there is an `==` in the text.
pub(crate) const TILDES: char = '\u{1D}';

/// Whether a byte is one of them.
pub(super) fn is_sign(byte: u8) -> bool {
    byte == EQUALS as u8 || byte == TILDES as u8
}

/// How many of them have begun, and up to where that was looked at.
#[derive(Default)]
pub(super) struct Open {
    marks: usize,
    strikes: usize,
    seen: usize,
}

/// Puts [`TILDES`] for every `~~`. Adds the places of these to those of `==`, and to `letters` those before and behind each single `~`:
/// that strikes nothing, and must not pair with what stands for `==`.
pub(crate) fn hide_tildes(text: &str, signs: &mut Vec<usize>, letters: &mut Vec<usize>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr::memchr_iter(b'~', text.as_bytes()) {
        if at < from {
            continue;
        }
        from = at + text[at..].bytes().take_while(|&byte| byte == b'~').count();
        // Behind a backslash the first is text already, and nothing may come between the two.
        let backslashes = text[..at].bytes().rev().take_while(|&byte| byte == b'\\').count();
        let start = at + backslashes % 2;
        match from - start {
            1 => letters.extend([start, from]),
            2 => {
                out.push_str(&text[out.len()..start]);
                out.extend([TILDES, TILDES]);
                signs.push(start);
            }
            _ => {}
        }
    }
    out.push_str(&text[out.len()..]);
    signs.sort_unstable();
    letters.sort_unstable();
    out
}

impl Marker<'_> {
    /// Writes the delimiter for a sign, with a mark on each side that says what it does. What stands beside stands beside punctuation.
    pub(super) fn sign(&mut self, at: usize, cjk: bool) {
        let bytes = self.text.as_bytes();
        let is_point =
            |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_punctuation);
        let run = flags(self.text, at, at + 2);
        let may = if cjk { run.wanted } else { run.stock };
        let is_mark = bytes[at] == EQUALS as u8;
        let (opens, closes) = self.begins_or_ends(at, is_mark, may);
        if is_point(at.checked_sub(1)) {
            self.insert(at, POINT);
        }
        self.insert(at, if opens { POINT } else { LETTER });
        if is_mark {
            self.out.push('~');
            self.copied = at + 1;
            self.insert(at + 1, if closes { POINT } else { LETTER });
        } else {
            // It may begin wherever no space follows, and end behind every letter.
            self.out.push_str("~~");
            self.copied = at + 2;
            if opens {
                self.insert(at + 2, LETTER);
            }
        }
        if is_point(Some(at + 2)) {
            self.insert(at + 2, POINT);
        }
    }

    /// Whether a sign begins or ends something, of what it may do by itself.
    fn begins_or_ends(&mut self, at: usize, is_mark: bool, (opens, closes): (bool, bool)) -> (bool, bool) {
        if ends_block(&self.text[self.open.seen.min(at)..at]) {
            self.open = Open::default();
        }
        self.open.seen = at + 2;
        let open = if is_mark { &mut self.open.marks } else { &mut self.open.strikes };
        if *open > 0 && closes {
            *open -= 1;
            return (false, true);
        }
        *open += usize::from(opens);
        (opens, false)
    }
}

/// Whether a paragraph most likely ends in a text: at an empty line, or one that begins like another block.
fn ends_block(text: &str) -> bool {
    let mut lines = text.split('\n');
    lines.next();
    lines.any(|line| {
        let line = line.trim_start();
        line.is_empty()
            || line.starts_with(['-', '*', '+', '>', '#', '|', ':'])
            || line.starts_with(|c: char| c.is_ascii_digit())
    })
}
