//! Signs that an input method writes full-width where Markdown has half-width ones. What they make is text, or something else than
//! was meant, and told.

use std::ops::Range;

use fika_model::is_picture;

use super::Renderer;
use crate::chars::is_cjk;

impl Renderer<'_> {
    /// A link to a picture behind `！`, which would be the picture behind `!`.
    pub(super) fn wide_picture(&mut self, dest: &str, range: &Range<usize>) {
        const SIGN: char = '！';
        let leads_to_picture = || {
            let path = dest.split(['?', '#']).next().unwrap_or(dest);
            is_picture(path) || dest.contains("?wx_fmt=")
        };
        if self.source.text[..range.start].ends_with(SIGN) && leads_to_picture() {
            self.warn(
                "broken-syntax",
                &(range.start - SIGN.len_utf8()..range.end),
                "the `！` is full-width, so this is a link to a picture and not the picture",
                "write a half-width one: `![words](address)`",
            );
        }
    }

    /// A bare address behind `】(`, which would be a link behind `](`.
    pub(super) fn wide_brackets(&mut self, address: &Range<usize>) {
        /// Longer words are none of a link, in bytes.
        const LONGEST: usize = 256;
        let text: &str = &self.source.text;
        let Some(before) = text[..address.start].strip_suffix('(') else { return };
        let pairs = [('【', '】'), ('［', '］')];
        let Some((open, _)) = pairs.into_iter().find(|(_, close)| before.ends_with(*close)) else { return };
        let near = before.ceil_char_boundary(before.len().saturating_sub(LONGEST));
        let Some(start) = before[near..].rfind([open, '\n']).map(|at| near + at) else { return };
        if before[start..].starts_with(open) && text[address.end..].starts_with([')', '）', ' ']) {
            self.warn(
                "broken-syntax",
                &(start..address.end + 1),
                "the brackets are full-width, so this is no link",
                "write half-width ones: `[words](address)`",
            );
        }
    }

    /// Text between full-width stars. The first is told.
    #[cold]
    pub(super) fn wide_stars(&mut self, text: &str, range: &Range<usize>) {
        const SIGN: &str = "＊＊";
        let Some((before, rest)) = text.split_once(SIGN).filter(|_| text.len() == range.len()) else {
            return;
        };
        let Some((inside, _)) = rest.split_once(SIGN) else { return };
        if inside.contains('＊') || !inside.contains(char::is_alphabetic) {
            return;
        }
        self.quiet.stars = false;
        let start = range.start + before.len();
        self.warn(
            "broken-syntax",
            &(start..start + inside.len() + 2 * SIGN.len()),
            "the stars are full-width, so this is not bold",
            "write half-width ones: `**words**`",
        );
    }

    /// A block of code that is a paragraph of Chinese but for its indent.
    pub(super) fn indented_prose(&mut self, range: &Range<usize>) {
        /// Lines of poems are shorter, in characters.
        const LONG: usize = 20;
        let text = &self.source.text[range.clone()];
        let is_said =
            |line: &str| line.contains(['，', '。']) && line.chars().filter(|&c| is_cjk(c)).count() >= LONG;
        let is_code = |c: char| "{}=;<>|$#`\\".contains(c) || matches!(c, '\u{2500}'..='\u{25FF}');
        let Some(line) = text.lines().find(|line| is_said(line)).filter(|_| !text.contains(is_code)) else {
            return;
        };
        let start = range.start + (line.as_ptr().addr() - text.as_ptr().addr());
        let from = start + line.len() - line.trim_start().len();
        let first = self.source.text[from..].chars().next().map_or(0, char::len_utf8);
        self.indented.get_or_insert((0, from..from + first)).0 += 1;
    }

    /// Reports the first of such blocks: who indents one paragraph indents many.
    pub(super) fn report_indented(&mut self) {
        let Some((count, first)) = self.indented.take() else { return };
        let message = match count {
            1 => "this is indented by a tab or four spaces, so it is code".to_owned(),
            _ => format!(
                "{count} paragraphs are indented by a tab or four spaces, so they are code; this is the first"
            ),
        };
        self.warn(
            "indented-paragraph",
            &first,
            message,
            "begin the line without them; paragraphs are indented by the theme, or by `　　`",
        );
    }
}
