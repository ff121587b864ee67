//! Formulas between dollars, left as they were written for a plugin to set, and dollars that are money.

use std::ops::Range;

use fika_model::{HoleKind, Verbatim, VerbatimKind};

use super::Renderer;
use crate::escape;

/// The code of what is no formula and was meant to be one.
const NO_FORMULA: &str = "no-formula";

/// What stands around a formula.
#[derive(Clone, Copy)]
enum Delimiter {
    /// `$…$` or `$$…$$`
    Dollars,
    /// `\(…\)` or `\[…\]`
    Brackets,
}

impl Renderer<'_> {
    /// A formula: `$…$`, `$`…`$` (GitHub) or `$$…$$`.
    pub(super) fn math(&mut self, math: &str, display: bool, range: &Range<usize>) {
        const CLOSE: &str = "</code>";
        let math = self.source.restored(math, range).into_owned();
        if !display && self.is_money(range) {
            return self.plain(&format!("${math}$"));
        }
        self.note_code(range);
        let quoted = math.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).filter(|_| !display);
        let math = quoted.unwrap_or(&math);
        if self.line_break.is_some() {
            self.settle_break(Some('x'));
        }
        let kind = VerbatimKind::Math { display };
        self.hole(range, HoleKind::Verbatim(Verbatim { end: 0, tags: (0, 0), kind, made: None }));
        let open =
            if display { "<code class=\"math math-display\">" } else { "<code class=\"math math-inline\">" };
        self.html.push_str(open);
        escape::text(&mut self.html, math);
        self.html.push_str(CLOSE);
        self.close_verbatim(self.holes.len() - 1, open.len(), CLOSE.len());
        self.text.push_str(math);
    }

    /// Reports dollars that begin a formula which is none: two without an end, or whose braces do not match. They are text.
    pub(super) fn unended_formula(&mut self, range: &Range<usize>) {
        let text = &self.source.text;
        if !self.settings.math || text[..range.start].ends_with(['$', '\\']) {
            return;
        }
        let near = &text[range.start..text.floor_char_boundary(range.start + LONGEST)];
        let near = near.split("\n\n").next().unwrap_or_default();
        let Some((open, close, _)) = delimiters(near, true) else { return };
        let inside = near[open.len()..].split_once(close).map(|(inside, _)| inside);
        let is_open = inside.is_some_and(|inside| is_formula(inside, open == "$") && !is_balanced(inside));
        if open == "$$" {
            // The next two are those that it was meant to end at.
            self.inline.in_formula = !self.inline.in_formula;
        }
        let (message, help) = match open {
            _ if is_open && (open == "$" || self.inline.in_formula) => (
                "the braces of this formula do not match, so it is shown as text",
                "give each `{` its `}`; one that is meant to be seen is `\\{`",
            ),
            "$$" if self.inline.in_formula => (
                "this formula does not end in its paragraph, so it is shown as text",
                "end it with `$$`, and leave no empty line in it; write dollars that are none of a formula as `\\$`",
            ),
            _ => return,
        };
        self.warn("formula", &(range.start..range.start + open.len()), message, help);
    }

    /// Reports the first of what can only be a formula and is none: dollars where formulas are off, or the brackets of LaTeX, which are
    /// brackets in Markdown. As text it loses its backslashes.
    pub(super) fn unread_formula(&mut self, range: &Range<usize>) {
        if !self.source.formulas {
            return;
        }
        let text = &self.source.text[range.clone()];
        let Some((place, delimiter)) = formula(text, !self.settings.math) else { return };
        if self.out.problems.iter().any(|problem| problem.code == NO_FORMULA) {
            return;
        }
        let (message, help) = match delimiter {
            Delimiter::Dollars => (
                "this looks like a formula, and formulas are off, so it is text",
                "write `math: true` into the front matter, or under `markdown:` in `fika.yaml`; or a backslash before its dollars",
            ),
            Delimiter::Brackets => (
                "a bracket behind a backslash is a bracket in Markdown, so this formula is text",
                "write `$…$` for `\\(…\\)` and `$$…$$` for `\\[…\\]`, with `math: true` in the front matter",
            ),
        };
        let place = range.start + place.start..range.start + place.end;
        self.warn(NO_FORMULA, &place, message, help);
    }

    /// Whether dollars are money after all: a digit follows (Pandoc has the same rule), or a letter or digit stands
    /// before (GitHub).
    fn is_money(&self, range: &Range<usize>) -> bool {
        let bytes = self.source.text.as_bytes();
        let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
        before.is_some_and(u8::is_ascii_alphanumeric) || bytes.get(range.end).is_some_and(u8::is_ascii_digit)
    }
}

/// The first part of a paragraph that can only be a formula. `dollars`: whether those count, too.
fn formula(text: &str, dollars: bool) -> Option<(Range<usize>, Delimiter)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'$', b'\\', b'`', bytes.get(at..)?) {
        let start = at + found;
        // Formulas are short; a dollar far away is another one, and so is a backtick.
        let near = &text[start..text.floor_char_boundary(start + LONGEST)];
        let ticks = near.len() - near.trim_start_matches('`').len();
        if ticks > 0 {
            let code = near[ticks..].find(&near[..ticks]).map_or(0, |end| end + ticks);
            at = start + ticks + code;
            continue;
        }
        let Some((open, close, delimiter)) = delimiters(near, dollars) else {
            // Whatever stands behind a backslash begins nothing.
            at = start + if near.starts_with('\\') { 2 } else { 1 };
            continue;
        };
        at = start + open.len();
        let inside = near[open.len()..].split_once(close).map(|(inside, _)| inside);
        if let Some(inside) = inside.filter(|inside| is_formula(inside, open == "$")) {
            return Some((start..at + inside.len() + close.len(), delimiter));
        }
    }
    None
}

/// What begins and ends the formula that a text begins with, if it does.
fn delimiters(text: &str, dollars: bool) -> Option<(&'static str, &'static str, Delimiter)> {
    let all = [
        ("$$", "$$", Delimiter::Dollars),
        ("$", "$", Delimiter::Dollars),
        ("\\(", "\\)", Delimiter::Brackets),
        ("\\[", "\\]", Delimiter::Brackets),
    ];
    let counts = |open: &str| dollars || !open.starts_with('$');
    all.into_iter().find(|(open, ..)| counts(open) && text.starts_with(open))
}

/// How long a formula may be that is told of, in bytes.
const LONGEST: usize = 1000;

/// Whether what stands between delimiters has the signs of a formula: a command, an index, a power.
fn is_formula(inside: &str, is_tight: bool) -> bool {
    let bytes = inside.as_bytes();
    let is_sign = |pair: &[u8]| match pair {
        [b'\\', next] => next.is_ascii_alphabetic(),
        [b'^' | b'_', next] => *next == b'{' || (pair[0] == b'^' && next.is_ascii_alphanumeric()),
        _ => false,
    };
    let is_close =
        !is_tight || !(inside.starts_with([' ', '\n', '{']) || inside.ends_with([' ', '\n', '\\']));
    is_close && !bytes.contains(&b'`') && bytes.windows(2).any(is_sign)
}

/// Whether every brace of a formula has its other one, as the library asks; those behind a backslash do not count.
fn is_balanced(inside: &str) -> bool {
    let (mut open, mut escaped) = (0_i32, false);
    for byte in inside.bytes() {
        match byte {
            b'{' if !escaped => open += 1,
            b'}' if !escaped => open -= 1,
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
        if open < 0 {
            return false;
        }
    }
    open == 0
}
