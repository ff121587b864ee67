//! Text from one script to the other, in OpenCC's order: look-alikes made ordinary, cut into phrases, each piece through the
//! chain by itself.

use std::borrow::Cow;

use crate::tables::Table;
use crate::trie::Trie;
use crate::{Phrases, Scheme};

/// Converts text. Making one takes some milliseconds; it is meant to be shared by all who convert in the same way.
pub struct Converter {
    scheme: Scheme,
    /// Compatibility ideographs (U+F900 and after), which are converted as what they stand for.
    compatibility: Trie,
    /// The phrases by which text is cut, with what the whole chain makes of them.
    phrases: Trie,
    /// The steps of the chain, for what lies between phrases.
    steps: Vec<Trie>,
    /// What the whole chain makes of each character of the Basic Multilingual Plane that stands between phrases, or
    /// [`ASK`] where that depends on what follows.
    characters: Vec<char>,
}

/// No character, for a private one of the last plane is in no dictionary: the steps must be asked.
const ASK: char = '\u{10FFFF}';

impl std::fmt::Debug for Converter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Converter").field(&self.scheme.name()).finish()
    }
}

impl Converter {
    /// A converter of a scheme, from the packed dictionaries.
    pub fn new(scheme: Scheme) -> Converter {
        Converter::with(scheme, |_| true)
    }

    /// A converter for texts that have no other characters than this one. For a few lines it is made many times as fast.
    pub fn covering(scheme: Scheme, text: &str) -> Converter {
        let mut there: Vec<char> = text.chars().collect();
        there.sort_unstable();
        there.dedup();
        // Ideographs that stand for others could stand for any.
        let all = may_be_compatible(text);
        let begins = |c: char| all || there.binary_search(&c).is_ok();
        Converter::with(scheme, |phrase| phrase.chars().all(begins))
    }

    /// A converter that knows the phrases for which `wanted` is true.
    fn with(scheme: Scheme, wanted: impl Fn(&str) -> bool) -> Converter {
        let mut compatibility = Trie::with_room(Table::Compatibility.size());
        Table::Compatibility.each(&mut |key, value| compatibility.add(key, value, 0));
        let cuts = scheme.cuts();
        // No phrase that cuts can begin within a piece between two cuts: there its tables need not be asked again.
        // What an earlier step has made is another text, in which it can.
        let step = |(at, groups): (usize, &&[&[Table]])| {
            let mut step = Trie::with_room(0);
            for (rank, group) in groups.iter().enumerate() {
                for table in group.iter().filter(|table| at > 0 || !cuts.contains(table)) {
                    table.each(&mut |key, value| step.add(key, value, rank as u8));
                }
            }
            step
        };
        let steps: Vec<Trie> = scheme.chain().iter().enumerate().map(step).collect();
        let mut phrases = Trie::with_room(0);
        let first_step_cuts = scheme.chain().first().and_then(|groups| groups.first());
        let (mut one, mut other) = (String::new(), String::new());
        for table in cuts {
            table.each(&mut |key, value| {
                if !wanted(key) {
                    return;
                }
                // A phrase that cuts is the very first that the first step would find in itself.
                let (from, rest) = match first_step_cuts {
                    Some(group) if group.contains(table) => (value, &steps[1..]),
                    _ => (key, &steps[..]),
                };
                one.clear();
                one.push_str(from);
                for step in rest {
                    other.clear();
                    convert_piece(step, &one, &mut other);
                    std::mem::swap(&mut one, &mut other);
                }
                phrases.add(key, &one, 0);
            });
        }
        Converter { scheme, compatibility, phrases, characters: characters(&steps), steps }
    }

    /// The scheme it converts by.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The text in the other script. `own` phrases come first.
    pub fn text(&self, text: &str, own: &Phrases) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        self.convert(text, &[], own, &mut out, &mut |_, _| {});
        out
    }

    /// A person's name in the other script. Into Traditional Chinese a surname is kept that is also the simplified form of
    /// another word: 范 is no 範, 于 no 於, and 钟 is 鍾.
    pub fn name(&self, name: &str, own: &Phrases) -> String {
        let mut chars = name.chars();
        let first = chars.next();
        let surname = SURNAMES.iter().find(|(simplified, _)| Some(*simplified) == first);
        let is_name = (2..=4).contains(&name.chars().count()) && name.chars().all(is_han);
        match surname.filter(|_| is_name && self.scheme.is_to_traditional() && own.longest(name).is_none()) {
            Some((_, traditional)) => format!("{traditional}{}", self.text(chars.as_str(), own)),
            None => self.text(name, own),
        }
    }

    /// Appends the text in the other script to `out`. `marks` are bytes of `text`, in order; when `out` has come to where
    /// one belongs, `at` is called with it and the number of the mark. A mark inside a phrase stays between the same
    /// characters where both scripts have equally many, else the phrase is given up there.
    pub(crate) fn convert(
        &self,
        text: &str,
        marks: &[usize],
        own: &Phrases,
        out: &mut String,
        at: &mut dyn FnMut(&mut String, usize),
    ) {
        if !may_be_compatible(text) {
            return Pieces { converter: self, own, text, marks, next: 0, out, at }.all();
        }
        let mut ordinary = String::with_capacity(text.len());
        let mut moved = Vec::with_capacity(marks.len());
        let mut from = 0;
        for &mark in marks {
            convert_piece(&self.compatibility, &text[from..mark], &mut ordinary);
            moved.push(ordinary.len());
            from = mark;
        }
        convert_piece(&self.compatibility, &text[from..], &mut ordinary);
        Pieces { converter: self, own, text: &ordinary, marks: &moved, next: 0, out, at }.all();
    }
}

/// Surnames that mean something else as words, and what they are in Traditional Chinese.
const SURNAMES: &[(char, char)] = &[
    ('丑', '丑'),
    ('于', '于'),
    ('云', '云'),
    ('余', '余'),
    ('党', '党'),
    ('卜', '卜'),
    ('占', '占'),
    ('后', '后'),
    ('曲', '曲'),
    ('朴', '朴'),
    ('松', '松'),
    ('涂', '涂'),
    ('种', '种'),
    ('范', '范'),
    ('谷', '谷'),
    ('郁', '郁'),
    ('钟', '鍾'),
];

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// What the steps make of each character alone, where nothing that follows can change it.
fn characters(steps: &[Trie]) -> Vec<char> {
    let one = |c: char| {
        let mut c = c;
        for step in steps {
            if step.goes_on(c) || parts(c).is_some() {
                return ASK;
            }
            let mut buffer = [0; 4];
            let text = c.encode_utf8(&mut buffer);
            let Some(found) = step.longest(text) else { continue };
            let mut made = found.value.chars();
            let (Some(only), None) = (made.next(), made.next()) else { return ASK };
            c = only;
        }
        c
    };
    (0..=0xFFFF).map(|code| char::from_u32(code).map_or(ASK, one)).collect()
}

/// Whether a text can hold ideographs that stand for others, U+F900 to U+FAFF and U+2F800 to U+2FA1F, by their first bytes.
fn may_be_compatible(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| matches!(pair, [0xEF, 0xA4..=0xAB] | [0xF0, 0xAF]))
}

/// A text being cut into phrases and what lies between them.
struct Pieces<'a> {
    converter: &'a Converter,
    own: &'a Phrases,
    text: &'a str,
    marks: &'a [usize],
    /// The first mark that has not been reached.
    next: usize,
    out: &'a mut String,
    at: &'a mut dyn FnMut(&mut String, usize),
}

impl<'a> Pieces<'a> {
    fn all(mut self) {
        let text = self.text;
        // Where the piece between phrases began that is being passed.
        let mut start = 0;
        let mut at = 0;
        loop {
            // Most of what is not Chinese is passed in one go.
            if self.own.is_empty() {
                at += self.converter.phrases.idle(&text[at..]);
            }
            let rest = &text[at..];
            let Some(c) = rest.chars().next() else { break };
            if let Some(length) = described(c, rest) {
                at += length;
                continue;
            }
            match self.phrase(at, rest) {
                Some((length, value)) => {
                    self.between(start, at);
                    self.phrase_out(at, at + length, value);
                    at += length;
                    start = at;
                }
                None => at += c.len_utf8(),
            }
        }
        self.between(start, at);
        self.reach(text.len());
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
        self.reach(start);
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

    /// Writes what lies between two phrases, stopping at the marks in it.
    fn between(&mut self, start: usize, end: usize) {
        self.reach(start);
        let mut from = start;
        while let Some(&mark) = self.marks.get(self.next).filter(|&&mark| mark < end) {
            self.chain(from, mark);
            from = mark;
            self.reach(mark);
        }
        self.chain(from, end);
    }

    /// Tells of every mark up to `to`.
    fn reach(&mut self, to: usize) {
        while self.marks.get(self.next).is_some_and(|&mark| mark <= to) {
            (self.at)(self.out, self.next);
            self.next += 1;
        }
    }

    /// Writes a piece without phrases: character by character where that is all there is to it, else step by step.
    fn chain(&mut self, start: usize, end: usize) {
        let piece = &self.text[start..end];
        let known = |c: char| self.converter.characters.get(c as usize).copied().unwrap_or(ASK);
        let before = self.out.len();
        for c in piece.chars() {
            match known(c) {
                ASK => {
                    self.out.truncate(before);
                    return self.steps(piece);
                }
                c => self.out.push(c),
            }
        }
    }

    fn steps(&mut self, piece: &str) {
        let Some((last, before)) = self.converter.steps.split_last() else { return };
        let mut text = Cow::Borrowed(piece);
        for step in before {
            let mut next = String::with_capacity(text.len());
            convert_piece(step, &text, &mut next);
            text = Cow::Owned(next);
        }
        convert_piece(last, &text, self.out);
    }
}

/// One step: the best entry at every place, else the character as it is.
fn convert_piece(step: &Trie, text: &str, out: &mut String) {
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
fn parts(c: char) -> Option<usize> {
    match c {
        '\u{2FF2}' | '\u{2FF3}' => Some(3),
        '\u{2FFE}' | '\u{2FFF}' => Some(1),
        '\u{2FF0}'..='\u{2FFD}' | '\u{31EF}' => Some(2),
        _ => None,
    }
}

/// The length of an ideograph that is described by its parts, such as ⿰氵发, with which a text begins, whose first character
/// is given. It is one character, and its parts are not words.
#[inline]
fn described(first: char, text: &str) -> Option<usize> {
    parts(first)?;
    let mut missing = 1_usize;
    for (at, c) in text.char_indices() {
        missing = missing - 1 + parts(c).unwrap_or(0);
        if missing == 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}
