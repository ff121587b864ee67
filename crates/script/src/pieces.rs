//! A text cut into phrases, and what lies between them converted.
//!
//! What lies between two phrases goes through the chain by itself, but hardly ever as a whole: where no entry of any step could
//! reach across a place, it is cut there too, and a character that is tied to none of its neighbours becomes what it becomes alone.

use std::borrow::Cow;

use crate::trie::Trie;
use crate::{Converter, Phrases};

/// A text on its way through a converter.
pub(crate) struct Pieces<'a> {
    pub(crate) converter: &'a Converter,
    pub(crate) own: &'a Phrases,
    pub(crate) text: &'a str,
    /// Bytes of the text, in order.
    pub(crate) marks: &'a [usize],
    /// The first mark that has not been reached.
    pub(crate) next: usize,
    pub(crate) out: &'a mut String,
    /// Called where a mark belongs, with its number.
    pub(crate) at: &'a mut dyn FnMut(&mut String, usize),
}

impl<'a> Pieces<'a> {
    pub(crate) fn all(mut self) {
        let mut at = 0;
        while at < self.text.len() {
            self.reach(at);
            let end = self.marks.get(self.next).map_or(self.text.len(), |&mark| mark.min(self.text.len()));
            let (sure, doubtful) = self.plain(at, end);
            at = sure;
            // All that was in doubt is looked up, and so never comes into doubt again.
            while at < end && at <= doubtful {
                at = self.special(at);
            }
        }
        self.reach(self.text.len());
    }

    /// Writes the characters from `start` that become what they become alone, up to `end` or to the first that may not. Gives how far
    /// that is sure, and how far it was looked.
    fn plain(&mut self, start: usize, end: usize) -> (usize, usize) {
        let Converter { characters, phrases, .. } = self.converter;
        let mut at = start;
        loop {
            at = self.wide(at, end);
            let mut chars = self.text[at..].chars();
            let Some(first) = chars.next() else { return (at, at) };
            let (second, third) = (chars.next().unwrap_or_default(), chars.next().unwrap_or_default());
            let begins = characters.begin(first, second, third) && phrases.begins_with(first, second);
            if at >= end || begins || self.own.may_begin(first) || self.is_special(at, first) {
                return (self.without_doubt(start, at, first), at);
            }
            self.out.push(characters.alone(first));
            at += first.len_utf8();
            if first.is_ascii() && self.own.is_empty() {
                let idle = characters.idle(&self.text[at..end]);
                self.out.push_str(&self.text[at..at + idle]);
                at += idle;
            }
        }
    }

    /// The same for characters of three bytes, among which are nearly all of Chinese. Leaves off early.
    fn wide(&mut self, mut at: usize, end: usize) -> usize {
        let (characters, own, out) = (&self.converter.characters, self.own, &mut *self.out);
        let mut one = |first: u16, second: u16, third: u16| {
            let plain = characters.plain(first, second, third).filter(|_| !own.may_begin(first));
            // Those that stay as they are, are written like the others: to tell them apart would cost more.
            plain.map(|plain| out.push(plain)).is_some()
        };
        // Two characters behind the end are looked at, and not written.
        let bytes = &self.text.as_bytes()[at..self.text.len().min(end + 6)];
        let mut wide = bytes.chunks_exact(3).map_while(three_bytes);
        let (Some(mut first), Some(mut second)) = (wide.next(), wide.next()) else { return at };
        for third in wide {
            if !one(first, second, third) {
                return at;
            }
            at += 3;
            (first, second) = (second, third);
        }
        // Behind the last two stands something else.
        let behind = self.text[at + 6..].chars().chain(['\0', '\0']).take(2);
        for third in behind.map_while(|c| u16::try_from(c).ok()) {
            if at >= end || !one(first, second, third) {
                break;
            }
            at += 3;
            (first, second) = (second, third);
        }
        at
    }

    /// Gives up what [`Pieces::plain`] wrote of `start..at` as far as the character at `at` may belong to a phrase that begins there,
    /// and gives where that is. Most phrases of two characters are not looked up at all: whether they are there only matters if
    /// something could begin with their second character.
    fn without_doubt(&mut self, start: usize, mut at: usize, mut behind: char) -> usize {
        let Converter { characters, phrases, .. } = self.converter;
        let mut written = self.out.len();
        for c in self.text[start..at].chars().rev() {
            if !characters.known(c).begins() || !phrases.begins_with(c, behind) {
                break;
            }
            at -= c.len_utf8();
            written -= characters.alone(c).len_utf8();
            behind = c;
        }
        self.out.truncate(written);
        at
    }

    /// Whether a character has to be looked up, and not only for the phrases of several characters that begin with it.
    fn is_special(&self, at: usize, c: char) -> bool {
        let known = self.converter.characters.known(c);
        known.is_whole() || known.asks() || self.is_tied(at + c.len_utf8())
    }

    /// Writes what begins with a character that may not stand alone; gives where it ends.
    fn special(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let Some(c) = rest.chars().next() else { return at };
        let phrase = if described(c, rest).is_some() { None } else { self.phrase(at, rest) };
        if let Some((length, value)) = phrase {
            self.phrase_out(at, at + length, value);
            return at + length;
        }
        let known = self.converter.characters.known(c);
        let end = at + c.len_utf8();
        if known.asks() || (known.depends() && self.is_tied(end)) {
            return self.chained(at);
        }
        self.out.push(self.converter.characters.alone(c));
        end
    }

    /// Whether the chain may look at what stands at `at` together with what stands before it.
    fn is_tied(&self, at: usize) -> bool {
        let next = self.text[at..].chars().next().map(|c| self.converter.characters.known(c));
        self.marks.get(self.next) != Some(&at) && next.is_some_and(|known| known.is_tied())
    }

    /// Sends through the chain what begins at `start` and may be tied together: up to the next phrase, mark, or character that is
    /// tied to none. Gives where it ends.
    fn chained(&mut self, start: usize) -> usize {
        let mut end = start;
        // A described ideograph is taken apart by a mark or the end of the text, so that it is known only as part of all that lies
        // between two phrases.
        let mut all = false;
        while let Some(c) = self.text[end..].chars().next() {
            let rest = &self.text[end..];
            all |= parts(c).is_some();
            if let Some(length) = described(c, rest) {
                end += length;
                continue;
            }
            let is_cut = end > start && ((!all && !self.is_tied(end)) || self.phrase(end, rest).is_some());
            if is_cut {
                break;
            }
            end += c.len_utf8();
        }
        self.between(start, end);
        end
    }

    /// The phrase that the rest of the text begins with, and what becomes of it. One that a mark would tear apart, for its
    /// two forms are not equally long, is no phrase.
    fn phrase(&self, at: usize, rest: &str) -> Option<(usize, &'a str)> {
        let own = self.own.longest(rest);
        let (length, value) = own.or_else(|| {
            let found = self.converter.phrases.longest(rest)?;
            Some((found.length, found.value))
        })?;
        let after = self.marks[self.next..].iter().find(|&&mark| mark > at);
        let torn = after.is_some_and(|&mark| mark < at + length);
        let fits = !torn || rest[..length].chars().count() == value.chars().count();
        fits.then_some((length, value))
    }

    /// Writes a phrase, stopping at the marks in it.
    fn phrase_out(&mut self, start: usize, end: usize, value: &str) {
        let (mut from, mut rest) = (start, value);
        while let Some(&mark) = self.marks.get(self.next).filter(|&&mark| mark < end) {
            let count = self.text[from..mark].chars().count();
            let cut = rest.char_indices().nth(count).map_or(rest.len(), |(at, _)| at);
            self.out.push_str(&rest[..cut]);
            (from, rest) = (mark, &rest[cut..]);
            self.reach(mark);
        }
        self.out.push_str(rest);
    }

    /// Writes what lies between two places by the chain, stopping at the marks in it.
    fn between(&mut self, start: usize, end: usize) {
        let mut from = start;
        while let Some(&mark) = self.marks.get(self.next).filter(|&&mark| mark < end) {
            self.chain(from, mark);
            from = mark;
            self.reach(mark);
        }
        self.chain(from, end);
    }

    /// Tells of every mark up to `to`.
    #[inline]
    fn reach(&mut self, to: usize) {
        while self.marks.get(self.next).is_some_and(|&mark| mark <= to) {
            (self.at)(self.out, self.next);
            self.next += 1;
        }
    }

    /// Writes a piece step by step.
    fn chain(&mut self, start: usize, end: usize) {
        let Some((last, before)) = self.converter.steps.split_last() else { return };
        let mut text = Cow::Borrowed(&self.text[start..end]);
        for step in before {
            let mut next = String::with_capacity(text.len());
            convert_piece(step, &text, &mut next);
            text = Cow::Owned(next);
        }
        convert_piece(last, &text, self.out);
    }
}

/// The character that three bytes of a text are, if the first begins one of three.
#[inline]
fn three_bytes(bytes: &[u8]) -> Option<u16> {
    let &[one, two, three] = bytes else { return None };
    let code = u16::from(one & 0x0F) << 12 | u16::from(two & 0x3F) << 6 | u16::from(three & 0x3F);
    (one & 0xF0 == 0xE0).then_some(code)
}

/// One step: the best entry at every place, else the character as it is.
pub(crate) fn convert_piece(step: &Trie, text: &str, out: &mut String) {
    let mut at = 0;
    // Where the characters began that stay as they are.
    let mut same = 0;
    loop {
        at += step.idle(&text[at..]);
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        if let Some(length) = described(c, rest) {
            at += length;
        } else if let Some(found) = step.longest(rest) {
            out.push_str(&text[same..at]);
            out.push_str(found.value);
            at += found.length;
            same = at;
        } else {
            at += c.len_utf8();
        }
    }
    out.push_str(&text[same..]);
}

/// How many parts a character announces that describes an ideograph by them (Unicode, 18.2).
#[inline]
pub(crate) fn parts(c: char) -> Option<usize> {
    match c {
        '\u{2FF2}' | '\u{2FF3}' => Some(3),
        '\u{2FFE}' | '\u{2FFF}' => Some(1),
        '\u{2FF0}'..='\u{2FFD}' | '\u{31EF}' => Some(2),
        _ => None,
    }
}

/// The most characters of a description. Unicode once allowed 16; a text of nothing but their first ones takes time with this.
const LONGEST: usize = 64;

/// The length of an ideograph that is described by its parts, such as ⿰氵发, with which a text begins, whose first character
/// is given. It is one character, and its parts are not words.
#[inline]
fn described(first: char, text: &str) -> Option<usize> {
    parts(first)?;
    let mut missing = 1_usize;
    for (at, c) in text.char_indices().take(LONGEST) {
        missing = missing - 1 + parts(c).unwrap_or(0);
        if missing == 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;

    use super::*;
    use crate::Scheme;
    use crate::tables::Table;

    /// A text as OpenCC converts it: cut into phrases, and all that lies between two of them sent through every step.
    fn by_the_book(converter: &Converter, text: &str) -> String {
        let mut out = String::new();
        let (mut start, mut at) = (0, 0);
        let chain = |piece: &str, out: &mut String| {
            let through = |text: String, step: &Trie| {
                let mut next = String::new();
                convert_piece(step, &text, &mut next);
                next
            };
            out.push_str(&converter.steps.iter().fold(piece.to_owned(), through));
        };
        while let Some(c) = text[at..].chars().next() {
            if let Some(length) = described(c, &text[at..]) {
                at += length;
            } else if let Some(found) = converter.phrases.longest(&text[at..]) {
                chain(&text[start..at], &mut out);
                out.push_str(found.value);
                at += found.length;
                start = at;
            } else {
                at += c.len_utf8();
            }
        }
        chain(&text[start..], &mut out);
        out
    }

    /// Where every two characters are a phrase, nothing is looked at again and again: this would take half a minute.
    #[test]
    fn phrases_that_overlap_without_end_take_linear_time() {
        let converter = Converter::new(Scheme::S2t);
        for c in ["发", "后", "万"] {
            let text = c.repeat(100_000) + "头发";
            assert_eq!(converter.text(&text, &Phrases::default()), by_the_book(&converter, &text));
        }
        assert!(
            converter
                .text(&("⿰".repeat(100_000) + &"、".repeat(100) + "头发"), &Phrases::default())
                .ends_with("頭髮")
        );
    }

    #[test]
    fn what_is_not_looked_up_would_have_changed_nothing() {
        for scheme in Scheme::ALL {
            let converter = Converter::new(scheme);
            // Beginnings and ends of entries, one behind the other: full of phrases that overlap, and of such as do not quite.
            let mut keys = vec!["⿰氵".to_owned(), "，a".to_owned(), "の".to_owned()];
            let chain = scheme.chain().iter().flat_map(|groups| groups.iter().copied().flatten());
            for table in scheme.cuts().iter().chain(chain).chain([&Table::STCharacters]) {
                table.each(&mut |key, _| keys.push(key.to_owned()));
            }
            let piece = (any::<proptest::sample::Index>(), 1..5_usize, any::<bool>());
            let checked = TestRunner::default().run(&proptest::collection::vec(piece, 0..12), |pieces| {
                let mut text = String::new();
                for (key, length, begins) in &pieces {
                    let key = key.get(&keys);
                    let skipped = if *begins { 0 } else { key.chars().count().saturating_sub(*length) };
                    text.extend(key.chars().skip(skipped).take(*length));
                }
                prop_assert_eq!(converter.text(&text, &Phrases::default()), by_the_book(&converter, &text));
                Ok(())
            });
            assert!(checked.is_ok(), "{scheme:?}: {checked:?}");
        }
    }
}
