//! What a converter knows of a character before it asks any dictionary: most characters of a text need no more.

use rapidhash::RapidHashMap;

use crate::filter::Filter;
use crate::pieces::parts;
use crate::trie::Trie;

/// What becomes of each character alone, and what speaks against leaving it alone.
pub(crate) struct Characters {
    /// What is known of each of the Basic Multilingual Plane: one small number, for a text jumps about in this table.
    known: Box<[Known; PLANE]>,
    /// What each becomes: the bits in which that differs from it, so that no branch is needed to tell whether it does.
    changes: Box<[u16; PLANE]>,
    /// What is known of characters that are, or become, some beyond that plane, and what they become.
    beyond: RapidHashMap<char, (Known, char)>,
    /// Which two or three characters have to be looked up among the phrases that cut a text, for a phrase begins with them that does
    /// more to its own characters than to be two that stand alone.
    beginnings: Filter,
}

/// What is known of a character.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known(u8);

/// Phrases of several characters that cut a text begin with it.
const BEGINS: u8 = 1 << 1;
/// It is such a phrase by itself.
const WHOLE: u8 = 1 << 2;
/// An entry of several characters of some step begins with it.
const DEPENDS: u8 = 1 << 3;
/// It stands within an entry of some step, behind the first character.
const FOLLOWS: u8 = 1 << 4;
/// It announces the parts of an ideograph.
const DESCRIBES: u8 = 1 << 5;
/// It becomes several characters.
const SEVERAL: u8 = 1 << 6;

/// It is beyond the Basic Multilingual Plane, or what it becomes is.
const BEYOND: u8 = 1 << 7;

/// How many characters a plane has.
const PLANE: usize = 1 << 16;

impl Characters {
    /// Of a chain of steps, each with the characters that stand in its entries behind the first one. `there` are all characters
    /// that entries have.
    pub(crate) fn new(
        steps: &[Trie],
        behind: &[Vec<char>],
        there: impl IntoIterator<Item = char>,
    ) -> Characters {
        let mut characters = Characters {
            known: Box::new([Known(0); PLANE]),
            changes: Box::new([0; PLANE]),
            beyond: RapidHashMap::default(),
            beginnings: Filter::default(),
        };
        for c in there {
            let (flags, alone) = alone(steps, behind, c);
            characters.note(c, flags);
            match (u16::try_from(c), u16::try_from(alone)) {
                (Ok(c), Ok(alone)) => characters.changes[usize::from(c)] = c ^ alone,
                _ => {
                    characters.note(c, BEYOND);
                    characters.beyond.entry(c).or_default().1 = alone;
                }
            }
        }
        for c in ('\u{2FF0}'..='\u{2FFF}').chain(['\u{31EF}']).filter(|&c| parts(c).is_some()) {
            characters.note(c, DESCRIBES);
        }
        characters
    }

    fn note(&mut self, c: char, flags: u8) {
        match self.known.get_mut(c as usize) {
            Some(known) => known.0 |= flags,
            None => self.beyond.entry(c).or_insert((Known(BEYOND), c)).0.0 |= flags,
        }
    }

    /// Adds a phrase that cuts a text, and what becomes of it.
    pub(crate) fn add_phrase(&mut self, phrase: &str, value: &str) {
        let mut chars = phrase.chars();
        let Some(first) = chars.next() else { return };
        let Some(second) = chars.next() else { return self.note(first, WHOLE) };
        self.note(first, BEGINS);
        match chars.next() {
            Some(third) => self.beginnings.add_three(first, second, third),
            None if self.stand_alone([first, second], value) => {}
            None => self.beginnings.add(first, second),
        }
    }

    /// Whether two characters become a value whether they are a phrase or not, whatever stands around them.
    fn stand_alone(&self, both: [char; 2], value: &str) -> bool {
        both.iter().all(|&c| !self.known(c).is_tied())
            && both.iter().map(|&c| self.alone(c)).eq(value.chars())
    }

    pub(crate) fn known(&self, c: char) -> Known {
        match self.known.get(c as usize) {
            Some(&known) => known,
            None => self.beyond.get(&c).map_or(Known(BEYOND), |beyond| beyond.0),
        }
    }

    /// What a character becomes alone.
    pub(crate) fn alone(&self, c: char) -> char {
        match u16::try_from(c) {
            Ok(code) if !self.known[usize::from(code)].is_beyond() => self.alone_in_plane(code),
            _ => self.beyond.get(&c).map_or(c, |beyond| beyond.1),
        }
    }

    #[inline]
    fn alone_in_plane(&self, code: u16) -> char {
        char::from_u32((code ^ self.changes[usize::from(code)]).into()).unwrap_or_default()
    }

    /// Whether a phrase that begins with two or three characters must be looked for.
    pub(crate) fn begin(&self, one: char, other: char, next: char) -> bool {
        self.known(one).begins() && self.beginnings.may_have_some(one, other, next)
    }

    /// What the first of three characters of the Basic Multilingual Plane becomes, if no more than these has to be looked at for that.
    #[inline]
    pub(crate) fn plain(&self, first: u16, second: u16, third: u16) -> Option<char> {
        let known = self.known[usize::from(first)];
        let begins = known.begins() & self.beginnings.may_have_some(first, second, third);
        (!(begins | known.is_special())).then(|| self.alone_in_plane(first))
    }

    /// How many bytes a text begins with that are ASCII, and of which nothing is known.
    pub(crate) fn idle(&self, text: &str) -> usize {
        text.bytes().take_while(|&byte| byte < 0x80 && self.known[usize::from(byte)] == Known(0)).count()
    }
}

impl Known {
    /// Whether phrases of several characters that cut a text begin with it.
    #[inline]
    pub(crate) fn begins(self) -> bool {
        self.0 & BEGINS != 0
    }

    /// Whether there can be more to it than what it becomes alone and the phrases of several characters that it begins.
    #[inline]
    pub(crate) fn is_special(self) -> bool {
        self.0 & (WHOLE | DESCRIBES | SEVERAL | DEPENDS | BEYOND) != 0
    }

    fn is_beyond(self) -> bool {
        self.0 & BEYOND != 0
    }

    /// Whether it is a phrase by itself.
    pub(crate) fn is_whole(self) -> bool {
        self.0 & WHOLE != 0
    }

    /// Whether the chain has to be asked what becomes of it, whatever stands around it.
    pub(crate) fn asks(self) -> bool {
        self.0 & (DESCRIBES | SEVERAL) != 0
    }

    /// Whether what becomes of it may depend on what follows.
    pub(crate) fn depends(self) -> bool {
        self.0 & DEPENDS != 0
    }

    /// Whether the chain can take it together with the character before it or behind it.
    #[inline]
    pub(crate) fn is_tied(self) -> bool {
        self.0 & (DEPENDS | DESCRIBES | SEVERAL | FOLLOWS) != 0
    }
}

/// What the steps could do with a character, and what they make of it where it stands alone.
fn alone(steps: &[Trie], behind: &[Vec<char>], c: char) -> (u8, char) {
    let (mut made, mut flags) = (c, 0);
    for (step, behind) in steps.iter().zip(behind) {
        if behind.binary_search(&made).is_ok() {
            flags |= FOLLOWS;
        }
        if step.goes_on(made) {
            flags |= DEPENDS;
        }
        let mut buffer = [0; 4];
        let Some(found) = step.longest(made.encode_utf8(&mut buffer)) else { continue };
        let mut chars = found.value.chars();
        let (Some(only), None) = (chars.next(), chars.next()) else { return (flags | SEVERAL, c) };
        made = only;
    }
    (flags, made)
}
