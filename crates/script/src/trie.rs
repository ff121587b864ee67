//! A trie over characters: the longest entry that a text begins with, in one walk.

use crate::filter::{Filter, hash};

/// Entries by their characters. An entry of a lower rank is preferred to a longer one of a higher rank.
///
/// Most of what is asked of it is far away in memory, so what is asked first is small: which characters and which pairs of characters
/// entries begin with. What is asked then lies in one table, a step in one place.
pub(crate) struct Trie {
    /// What each character of the Basic Multilingual Plane begins: [`WHOLE`], [`LONGER`].
    firsts: Vec<u8>,
    /// Which two characters entries begin with.
    pairs: Filter,
    /// The nodes by their edges, in a hash table with open addressing. Its length is a power of two.
    nodes: Vec<Node>,
    /// How many there are.
    count: u32,
    /// All values, one after another.
    values: String,
}

/// A node with the edge that leads to it: the number of the node before, and a character.
#[derive(Clone, Copy)]
struct Node {
    /// 0 where there is no node.
    edge: u64,
    /// The characters that may follow, each by its last six bits: most that do not follow are known here already.
    next: u64,
    /// By which edges lead from it.
    number: u32,
    /// Where its value begins in `values`.
    start: u32,
    length: u16,
    /// The rank of its value; [`NONE`] where it has none.
    rank: u8,
}

const NONE: u8 = u8::MAX;
const EMPTY: Node = Node { edge: 0, next: 0, number: 0, start: 0, length: 0, rank: NONE };

/// The number of the root. The node of a single character has the character's number, so that a walk can begin with the second one;
/// the others follow.
const ROOT: u32 = 1 << 21;

/// The character is an entry.
const WHOLE: u8 = 1;
/// Longer entries begin with the character.
const LONGER: u8 = 2;

fn edge(node: u32, c: char) -> u64 {
    u64::from(node) << 21 | u64::from(c)
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c) & 63)
}

/// An entry that a text begins with: how many bytes of the text it is, and its value.
pub(crate) struct Match<'a> {
    pub(crate) length: usize,
    pub(crate) value: &'a str,
}

impl Trie {
    /// An empty one, with room for packed tables of so many bytes.
    pub(crate) fn with_room(bytes: usize) -> Trie {
        Trie {
            firsts: vec![0; 0x1_0000],
            pairs: Filter::default(),
            nodes: vec![EMPTY; (bytes / 4).next_power_of_two().max(16)],
            count: 0,
            values: String::with_capacity(bytes),
        }
    }

    /// Adds an entry; one with the same key and rank that is there already stays.
    pub(crate) fn add(&mut self, key: &str, value: &str, rank: u8) {
        let mut chars = key.chars();
        let Some(first) = chars.next() else { return };
        let mut at = self.step_or_add(ROOT, first);
        if let Some(second) = chars.clone().next() {
            self.pairs.add(first, second);
        }
        let begins = if chars.as_str().is_empty() { WHOLE } else { LONGER };
        if let Some(known) = self.firsts.get_mut(first as usize) {
            *known |= begins;
        }
        for c in chars {
            self.nodes[at].next |= bit(c);
            at = self.step_or_add(self.nodes[at].number, c);
        }
        let node = &mut self.nodes[at];
        if node.rank > rank {
            (node.start, node.length, node.rank) = (self.values.len() as u32, value.len() as u16, rank);
            self.values.push_str(value);
        }
    }

    /// Where the node behind an edge is, or would be.
    #[inline]
    fn place(&self, edge: u64) -> usize {
        let mut at = hash(edge, self.nodes.len().trailing_zeros());
        while self.nodes[at].edge != edge && self.nodes[at].edge != 0 {
            at = (at + 1) & (self.nodes.len() - 1);
        }
        at
    }

    fn step_or_add(&mut self, from: u32, c: char) -> usize {
        let edge = edge(from, c);
        let at = self.place(edge);
        if self.nodes[at].edge != 0 {
            return at;
        }
        self.count += 1;
        let number = if from == ROOT { c.into() } else { ROOT + self.count };
        self.nodes[at] = Node { edge, number, ..EMPTY };
        if self.count as usize * 4 < self.nodes.len() * 3 {
            return at;
        }
        let twice = vec![EMPTY; self.nodes.len() * 2];
        for node in std::mem::replace(&mut self.nodes, twice) {
            if node.edge != 0 {
                let at = self.place(node.edge);
                self.nodes[at] = node;
            }
        }
        self.place(edge)
    }

    /// How many bytes of ASCII `text` begins with that no entry begins with.
    #[inline]
    pub(crate) fn idle(&self, text: &str) -> usize {
        text.bytes().take_while(|&byte| byte < 0x80 && self.firsts[usize::from(byte)] == 0).count()
    }

    /// Whether an entry may begin with these two characters: one in thirty pairs is not told from those that do.
    #[inline]
    pub(crate) fn begins_with(&self, one: char, other: char) -> bool {
        self.pairs.may_have(one, other)
    }

    /// Whether an entry of more than one character begins with this one.
    pub(crate) fn goes_on(&self, c: char) -> bool {
        self.firsts
            .get(c as usize)
            .map_or_else(|| self.nodes[self.place(edge(ROOT, c))].next != 0, |first| first & LONGER != 0)
    }

    /// The best entry that `text` begins with.
    #[inline]
    pub(crate) fn longest<'a>(&'a self, text: &str) -> Option<Match<'a>> {
        let mut chars = text.chars();
        let c = chars.next()?;
        // Of a character beyond the first plane nothing is known.
        let begins = self.firsts.get(c as usize).copied().unwrap_or(WHOLE | LONGER);
        let mut best: Option<(&Node, usize)> = None;
        if begins & WHOLE != 0 {
            let node = &self.nodes[self.place(edge(ROOT, c))];
            best = (node.rank != NONE).then_some((node, c.len_utf8()));
        }
        let mut from = u32::from(c);
        let mut next = chars.next().filter(|&next| begins & LONGER != 0 && self.begins_with(c, next));
        while let Some(c) = next {
            let node = &self.nodes[self.place(edge(from, c))];
            if node.rank != NONE && best.is_none_or(|(best, _)| node.rank <= best.rank) {
                best = Some((node, text.len() - chars.as_str().len()));
            }
            from = node.number;
            next = chars.next().filter(|&c| node.next & bit(c) != 0);
        }
        let (node, length) = best?;
        let start = node.start as usize;
        Some(Match { length, value: &self.values[start..start + usize::from(node.length)] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_comes_before_length() {
        let mut trie = Trie::with_room(0);
        trie.add("ab", "1", 1);
        trie.add("a", "0", 0);
        trie.add("xyz", "3", 0);
        trie.add("x", "1", 0);
        trie.add("𠮷", "吉", 0);
        let found = |text: &str| trie.longest(text).map(|found| (found.length, found.value.to_owned()));
        assert_eq!(found("abc"), Some((1, "0".to_owned())));
        assert_eq!(found("xyz!"), Some((3, "3".to_owned())));
        assert_eq!(found("xy"), Some((1, "1".to_owned())));
        assert_eq!(found("𠮷野"), Some((4, "吉".to_owned())));
        assert_eq!(found("b"), None);
        assert_eq!(found(""), None);
    }

    #[test]
    fn the_first_of_equal_entries_stays() {
        let mut trie = Trie::with_room(0);
        trie.add("a", "first", 0);
        trie.add("a", "second", 0);
        assert_eq!(trie.longest("a").map(|found| found.value), Some("first"));
    }
}
