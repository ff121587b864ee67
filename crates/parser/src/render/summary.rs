//! Summaries: cut where the writer says, else made of the first sentences.

use std::ops::Range;

use fika_html::{Tag, ends_itself, is_void};
use fika_model::{Body, HoleKind, Words};
use pulldown_cmark::TagEnd;

use super::{Frame, Renderer, block};
use crate::sentence::Sentence;
use crate::source::{Hidden, Prepared};
use crate::{chars, escape, words};

/// A summary is about this many Han characters long, or this many words of another script.
const HAN: f32 = 140.0;
const LATIN: f32 = 60.0;

/// How many open elements of raw HTML an end tag is looked for in: there may be as many end tags as there are elements.
const DEEPEST: usize = 256;

/// An element of raw HTML that is open.
struct RawElement {
    name: String,
    /// Where it stands in the HTML.
    at: usize,
    /// How many elements of Markdown are around it.
    depth: usize,
}

/// What is gathered for the summary.
pub(super) struct State {
    /// Whether there is a `<!-- more -->` ahead.
    awaits_cut: bool,
    /// The elements of raw HTML that are open, while there is a cut ahead.
    raw: Vec<RawElement>,
    /// What a summary leaves out of the HTML: ids, which a list of summaries would repeat, and references to notes.
    left_out: Vec<Range<usize>>,
    /// Whether the place has been where the writer cuts.
    is_folded: bool,
    /// The text up to the cut, while there is one ahead.
    before: String,
    text: String,
    /// The text of the first block that is no paragraph, for a page that has none.
    other: String,
    /// The text of blocks of HTML, for a page that has nothing else.
    html: String,
    /// How full the summary is; 1 is full.
    weight: f32,
}

impl State {
    pub(super) fn new(source: &Prepared<'_>) -> State {
        let awaits_cut = source.masks.iter().any(|mask| mask.hidden == Hidden::More);
        State {
            awaits_cut,
            raw: Vec::new(),
            left_out: Vec::new(),
            is_folded: false,
            before: String::new(),
            text: String::new(),
            other: String::new(),
            html: String::new(),
            weight: 0.0,
        }
    }

    /// Notes a range of the HTML that a summary leaves out.
    pub(super) fn leave_out(&mut self, range: Range<usize>) {
        if self.awaits_cut {
            // The id of a heading is known when its notes have been written.
            let inner = self.left_out.iter().rev().take_while(|other| other.start >= range.end).count();
            self.left_out.insert(self.left_out.len() - inner, range);
        }
    }

    /// What is gathered of a part of a text, of which the whole is known to have a cut ahead or not.
    pub(super) fn expect_cut_as(&mut self, whole: &State) {
        self.awaits_cut = whole.awaits_cut;
    }

    /// The ranges of the HTML that a summary leaves out.
    pub(super) fn left_out(&self) -> impl Iterator<Item = &Range<usize>> {
        self.left_out.iter()
    }

    /// Moves the ranges that lie behind an edit.
    pub(super) fn edited(&mut self, start: usize, moved: impl Fn(usize) -> usize) {
        for range in self.left_out.iter_mut().rev().take_while(|range| range.end > start) {
            *range = moved(range.start)..moved(range.end);
        }
        for element in self.raw.iter_mut().rev().take_while(|element| element.at > start) {
            element.at = moved(element.at);
        }
    }

    /// Whether tags of raw HTML have to be told: a cut must close what they open.
    pub(super) fn awaits_cut(&self) -> bool {
        self.awaits_cut
    }

    /// A tag that closes an element of raw HTML.
    pub(super) fn close_raw(&mut self, name: &str) {
        let mut near = self.raw.iter().rev().take(DEEPEST);
        if let Some(above) = near.position(|element| element.name.eq_ignore_ascii_case(name)) {
            self.raw.truncate(self.raw.len() - 1 - above);
        }
    }

    /// Forgets the ranges of HTML that was moved elsewhere.
    pub(super) fn truncate(&mut self, len: usize) {
        while self.left_out.last().is_some_and(|range| range.end > len) {
            self.left_out.pop();
        }
        while self.raw.last().is_some_and(|element| element.at >= len) {
            self.raw.pop();
        }
    }
}

impl Renderer<'_> {
    /// Takes the text of a top-level block into account.
    pub(super) fn summary_block(&mut self, tag: TagEnd, words: Words) {
        let state = &mut self.summary;
        if self.out.summary_cut || tag == TagEnd::FootnoteDefinition {
            return;
        }
        let is_paragraph = tag == TagEnd::Paragraph;
        let is_other = state.other.is_empty() && !matches!(tag, TagEnd::Heading(_) | TagEnd::HtmlBlock);
        let is_shown = state.weight < 1.0 && (is_paragraph || is_other);
        if !(is_shown || state.awaits_cut) {
            return;
        }
        let text = words::fold(&self.text);
        if state.awaits_cut {
            append(&mut state.before, &text);
        }
        if !is_shown {
            return;
        }
        if is_paragraph {
            append(&mut state.text, &text);
            state.weight += words.han as f32 / HAN + words.latin as f32 / LATIN;
        } else {
            state.other = text.into_owned();
        }
    }

    /// Takes the text of a block of HTML into account.
    pub(super) fn summary_html(&mut self, text: &str) {
        /// More than any summary has, in bytes.
        const ENOUGH: usize = 4096;
        if self.summary.html.len() < ENOUGH && !self.out.summary_cut && self.notes_are_closed() {
            text.lines().for_each(|line| append(&mut self.summary.html, &words::fold(line)));
        }
    }

    /// `<!-- more -->`: everything up to here, with every open element closed, is the summary. With nothing before it, it cuts nothing off.
    pub(super) fn more(&mut self) {
        const MARK: &str = "<span id=\"continue-reading\"></span>";
        if self.summary.is_folded || !self.notes_are_closed() {
            return;
        }
        if !self.begins_text() {
            self.cut();
        }
        self.summary.is_folded = true;
        self.summary.awaits_cut = false;
        self.summary.raw = Vec::new();
        self.html.push_str(MARK);
        self.out.anchors.push("continue-reading".into());
    }

    /// Whether there is nothing yet, but for a heading at most, which may turn out to be the title.
    fn begins_text(&self) -> bool {
        let is_blank = |html: &str| html.trim().is_empty();
        match self.frames.first() {
            Some(frame) if matches!(frame.tag, TagEnd::Heading(_)) => is_blank(&self.html[..frame.html]),
            _ => self.holes.is_empty() && matches!(self.html.trim(), "" | "<p>"),
        }
    }

    /// Makes the summary of all there is.
    fn cut(&mut self) {
        let mut body = Body::default();
        let mut from = 0;
        let mut end = self.html.len();
        let inside = self.frames.last().is_some_and(|frame| {
            frame.tag == TagEnd::Paragraph
                && frame.holes == self.holes.len()
                && self.html[frame.html..].trim_end() == "<p>"
        });
        if inside {
            end -= self.html.len() - self.html.rfind("<p>").unwrap_or(end);
        }
        let mut holes = self.holes.iter().filter(|hole| hole.at as usize <= end).cloned().collect::<Vec<_>>();
        let cuts: Vec<Range<usize>> =
            std::mem::take(&mut self.summary.left_out).into_iter().filter(|cut| cut.end <= end).collect();
        for cut in &cuts {
            body.html.push_str(&self.html[from..cut.start]);
            from = cut.end;
        }
        body.html.push_str(self.html[from..end].trim_end_matches('\n'));
        let shrunk = Shrunk::new(&cuts);
        for hole in &mut holes {
            hole.at = shrunk.place(hole.at);
            if let Some(end) = hole.kind.end_mut() {
                *end = shrunk.place(*end).min(body.html.len() as u32);
            }
            hole.at = hole.at.min(body.html.len() as u32);
        }
        body.holes = holes;
        self.close_all(&mut body, self.frames.len() - usize::from(inside));
        if !body.html.ends_with('\n') {
            body.html.push('\n');
        }
        append(&mut self.summary.before, &words::fold(&self.text));
        self.out.summary = Some(body);
        self.out.summary_cut = true;
    }

    /// Ends everything that is open in a summary, the innermost first: `depth` elements of Markdown, those of raw HTML, and components.
    fn close_all(&self, body: &mut Body, depth: usize) {
        let is_alive = |element: &&RawElement| match element.depth {
            0 => true,
            depth => self.frames.get(depth - 1).is_some_and(|frame| frame.html <= element.at),
        };
        let raw = self.summary.raw.iter().filter(is_alive);
        let raw = raw.map(|element| (element.depth, element.at, Some(&*element.name), 0));
        let components = self.open_components().filter_map(|(depth, hole)| {
            let at = self.holes.get(hole)?.at as usize;
            (hole < body.holes.len()).then_some((depth, at, None, hole))
        });
        // A component begins before a tag at the same byte.
        let mut open: Vec<_> = raw.chain(components).collect();
        open.sort_by_key(|&(depth, at, name, _)| (depth, at, name.is_some()));
        for level in (0..=depth).rev() {
            while let Some((_, _, name, hole)) = open.pop_if(|(depth, ..)| *depth >= level) {
                match name {
                    Some(name) => body.html.extend(["</", name, ">"]),
                    None => {
                        if let Some(HoleKind::Component { end, .. }) =
                            body.holes.get_mut(hole).map(|hole| &mut hole.kind)
                        {
                            *end = Some(body.html.len() as u32);
                        }
                    }
                }
            }
            if let Some(frame) = level.checked_sub(1).and_then(|index| self.frames.get(index)) {
                body.html.push_str(self.closer(frame));
            }
        }
    }

    /// The closing tag of an element of Markdown.
    fn closer(&self, frame: &Frame) -> &'static str {
        let in_head = || self.frames.iter().any(|frame| frame.tag == TagEnd::TableHead);
        match (frame.closer, frame.tag) {
            _ if frame.muted => "",
            (Some(closer), _) => closer,
            (None, TagEnd::TableCell) if in_head() => "</th>",
            (None, TagEnd::TableCell) => "</td>",
            (None, tag) => block::closer(tag),
        }
    }

    /// Notes a tag of raw HTML that opens an element, at the end of the HTML so far. One that cannot have anything in it
    /// (HTML, 13.1.2) is none, and neither is one with a name that no element has: of `<a==甲` nobody knows the end.
    pub(super) fn open_raw(&mut self, tag: &Tag<'_>) {
        let raw = &mut self.summary.raw;
        // Only in SVG and MathML does a slash before the `>` mean anything.
        let is_foreign =
            || raw.iter().rev().take(DEEPEST).any(|element| matches!(&*element.name, "svg" | "math"));
        let is_name = tag.name.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_name || is_void(tag.name) || tag.is_self_closing && is_foreign() {
            return;
        }
        if ends_itself(tag.name) && raw.last().is_some_and(|last| last.name.eq_ignore_ascii_case(tag.name)) {
            raw.pop();
        }
        raw.push(RawElement { name: tag.name.to_owned(), at: self.html.len(), depth: self.frames.len() });
    }

    /// Makes the summary if the writer has not.
    pub(super) fn finish_summary(&mut self) {
        let state = &mut self.summary;
        let first = if self.out.summary_cut { &mut state.before } else { &mut state.text };
        let texts = [first, &mut state.other, &mut state.html];
        let text = texts.into_iter().find(|text| !text.is_empty()).map(std::mem::take).unwrap_or_default();
        if self.out.summary_cut {
            self.out.summary_text = text;
            return;
        }
        let text = first_sentences(&text);
        if !text.is_empty() {
            let mut html = String::from("<p>");
            escape::text(&mut html, &text);
            html.push_str("</p>\n");
            self.out.summary = Some(Body::plain(html));
        }
        self.out.summary_text = text;
    }
}

/// Where places of the HTML lie when ranges of it are left out. Asked in rising order or not, each answer is a search.
struct Shrunk {
    /// The end of each range, and the bytes left out up to it.
    cuts: Vec<(usize, usize)>,
}

impl Shrunk {
    fn new(cuts: &[Range<usize>]) -> Shrunk {
        let mut sum = 0;
        let cuts = cuts.iter().map(|cut| {
            sum += cut.len();
            (cut.end, sum)
        });
        Shrunk { cuts: cuts.collect() }
    }

    fn place(&self, at: u32) -> u32 {
        let before = self.cuts.partition_point(|&(end, _)| end <= at as usize);
        at - before.checked_sub(1).map_or(0, |last| self.cuts[last].1 as u32)
    }
}

/// Appends a paragraph: to Chinese text without a space.
fn append(text: &mut String, paragraph: &str) {
    let is_apart = |after| !text.is_empty() && !chars::joins_behind(text, after);
    if paragraph.chars().next().is_some_and(is_apart) {
        text.push(' ');
    }
    text.push_str(paragraph);
}

/// The first sentences of a text, up to the length of a summary. It ends where a sentence ends and every quotation
/// and parenthesis is closed; if there is no such place near, at a word, with an ellipsis.
pub(crate) fn first_sentences(text: &str) -> String {
    let mut weight = 0.0;
    let (mut sentence, mut word, mut full) = (0, 0, None);
    let mut state = Sentence::default();
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let han = chars::is_han_or_kana(c);
        let letter = !han && words::is_letter(c);
        weight += if han {
            1.0 / HAN
        } else if letter && !in_word {
            1.0 / LATIN
        } else {
            0.0
        };
        in_word = letter || in_word && matches!(c, '\'' | '’' | '-' | '.');
        if weight > 1.0 && full.is_none() {
            full = Some(sentence);
        }
        if full.is_some_and(|sentence| sentence > 0) || weight > 1.5 {
            break;
        }
        if state.ends(text, c, end) {
            sentence = end;
            if full.is_some() {
                break;
            }
        }
        if full.is_none() && !in_word && !matches!(c, '“' | '‘' | '「' | '『' | '（' | '(' | '《') {
            word = end;
        }
    }
    if full.is_none() {
        return text.to_owned();
    }
    if sentence > 0 {
        return text[..sentence].to_owned();
    }
    let cut = text[..word].trim_end_matches(|c: char| c.is_whitespace() || chars::is_punctuation(c));
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_its_own_summary() {
        for text in ["", "短文，没有句号", "One. Two."] {
            assert_eq!(first_sentences(text), text);
        }
    }

    #[test]
    fn a_summary_ends_with_a_sentence() {
        let long = "这是一个不长不短的句子，用来凑数。".repeat(20);
        let got = first_sentences(&long);
        assert!(got.ends_with("凑数。") && got.chars().count() < 170 && got.chars().count() > 100, "{got}");
        let words = "A sentence of six words here. ".repeat(30);
        assert_eq!(first_sentences(&words), "A sentence of six words here. ".repeat(10).trim_end());
    }

    #[test]
    fn an_abbreviation_does_not_end_it() {
        let text =
            format!("{}Mr. Darcy of the U.S. Senate came. {}", "word ".repeat(57), "More of it. ".repeat(9));
        let got = first_sentences(&text);
        assert!(got.ends_with("word Mr. Darcy of the U.S. Senate came."), "{got}");
    }

    #[test]
    fn a_quotation_stays_whole() {
        let text = format!("他说：“{}。”她没有回答。{}。", "月".repeat(60), "话。".repeat(100));
        let got = first_sentences(&text);
        assert!(got.starts_with("他说：“") && got.contains("”她没有回答。"), "{got}");
        let open = format!("开头一句。他说：“{}", "长。".repeat(200));
        assert_eq!(first_sentences(&open), "开头一句。");
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_a_word() {
        assert_eq!(first_sentences(&"月".repeat(1000)), format!("{}…", "月".repeat(140)));
        let words = first_sentences(&"word ".repeat(1000));
        assert!(words.ends_with("word…") && words.len() < 310, "{words}");
    }
}
