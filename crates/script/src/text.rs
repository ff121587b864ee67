//! Text from one script to the other, in OpenCC's order: look-alikes made ordinary, cut into phrases, each piece through the
//! chain by itself.

use crate::characters::Characters;
use crate::pieces::{Pieces, convert_piece};
use crate::tables::Table;
use crate::trie::Trie;
use crate::{Phrases, Scheme};

/// Converts text. Making one takes some milliseconds; it is meant to be shared by all who convert in the same way.
pub struct Converter {
    scheme: Scheme,
    /// Compatibility ideographs (U+F900 and after), which are converted as what they stand for.
    compatibility: Trie,
    /// The phrases by which text is cut, with what the whole chain makes of them.
    pub(crate) phrases: Trie,
    /// The steps of the chain, for what lies between phrases.
    pub(crate) steps: Vec<Trie>,
    /// What is known of each character by itself.
    pub(crate) characters: Characters,
}

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
        Converter::with(scheme, |c| all || there.binary_search(&c).is_ok())
    }

    /// A converter that knows the phrases whose characters are all wanted.
    fn with(scheme: Scheme, wanted: impl Fn(char) -> bool) -> Converter {
        let mut compatibility = Trie::with_room(Table::Compatibility.size());
        Table::Compatibility.each(&mut |key, value| compatibility.add(key, value, 0));
        let cuts = scheme.cuts();
        // No phrase that cuts can begin within a piece between two cuts: there its tables need not be asked again.
        // What an earlier step has made is another text, in which it can.
        let (mut there, mut behind) = (Vec::new(), Vec::new());
        let step = |(at, groups): (usize, &&[&[Table]])| {
            let mut step = Trie::with_room(0);
            let mut follow = Vec::new();
            for (rank, group) in groups.iter().enumerate() {
                for table in group.iter().filter(|table| at > 0 || !cuts.contains(table)) {
                    table.each(&mut |key, value| {
                        step.add(key, value, rank as u8);
                        there.extend(key.chars());
                        follow.extend(key.chars().skip(1));
                    });
                }
            }
            follow.sort_unstable();
            behind.push(follow);
            step
        };
        let steps: Vec<Trie> = scheme.chain().iter().enumerate().map(step).collect();
        let mut characters = Characters::new(&steps, &behind, there);
        let mut phrases = Trie::with_room(0);
        let first_step_cuts = scheme.chain().first().and_then(|groups| groups.first());
        let (mut one, mut other) = (String::new(), String::new());
        for table in cuts {
            table.each_of(&wanted, &mut |key, value| {
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
                characters.add_phrase(key, &one);
            });
        }
        Converter { scheme, compatibility, phrases, characters, steps }
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

/// Whether a text can hold ideographs that stand for others, U+F900 to U+FAFF and U+2F800 to U+2FA1F, by their first bytes.
fn may_be_compatible(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Not stopping within a block makes it several times as fast: sixteen bytes are looked at together.
    let in_block = |(ones, others): (&[u8], &[u8])| {
        ones.iter().zip(others).fold(false, |found, (&one, &other)| {
            found | ((one == 0xEF) & (other.wrapping_sub(0xA4) < 8) | ((one == 0xF0) & (other == 0xAF)))
        })
    };
    let after = bytes.get(1..).unwrap_or_default();
    bytes.chunks(1024).zip(after.chunks(1024)).any(in_block)
}
