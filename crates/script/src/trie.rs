//! A trie over characters: the longest entry that a text begins with, in one walk.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Entries by their characters. An entry of a lower rank is preferred to a longer one of a higher rank.
///
/// Most of what is asked of it is far away in memory, so what is asked first is small: which characters and which pairs of characters
/// entries begin with.
pub(crate) struct Trie {
    /// The place in `nodes` of a single character of the Basic Multilingual Plane; 0 where there is none. The highest bit tells
    /// whether the character is an entry by itself.
    first: Vec<u32>,
    /// Which two characters entries begin with, each pair by one bit, which a few share.
    pairs: Vec<u64>,
    /// The nodes of single characters. That at 0 is the root, for characters beyond that plane.
    nodes: Vec<Node>,
    /// The node after a node and a character.
    edges: HashMap<Edge, Node, BuildHasherDefault<EdgeHasher>>,
    /// The number of the next node.
    next: u32,
    /// All values, one after another.
    values: String,
}

/// A node and a character that may follow it, in one number.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Edge(u64);

impl Edge {
    fn new(node: u32, c: char) -> Edge {
        Edge(u64::from(node) << 21 | u64::from(c))
    }
}

impl std::hash::Hash for Edge {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}

/// Multiplies by a large odd number (Fibonacci hashing): edges are small numbers, none of them chosen by an adversary.
#[derive(Default)]
struct EdgeHasher(u64);

impl Hasher for EdgeHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

#[derive(Clone, Copy)]
struct Node {
    /// By which edges lead from it.
    number: u32,
    /// Where its value begins in `values`.
    start: u32,
    length: u16,
    /// The rank of its value; [`NONE`] where it has none.
    rank: u8,
    /// The characters that may follow, each by its last six bits: most that do not follow are known here already.
    next: u64,
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c) & 63)
}

/// How many bits [`Trie::pairs`] has, as a power of two.
const PAIR_BITS: u32 = 20;

/// Which bit of [`Trie::pairs`] belongs to two characters.
#[inline]
fn pair(one: char, other: char) -> usize {
    let both = u64::from(one) << 21 | u64::from(other);
    (both.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PAIR_BITS)) as usize
}

/// Marks a character in [`Trie::first`] that is an entry.
const WHOLE: u32 = 1 << 31;

const NONE: u8 = u8::MAX;
const EMPTY: Node = Node { number: 0, start: 0, length: 0, rank: NONE, next: 0 };

/// Where a node is kept.
#[derive(Clone, Copy)]
enum Place {
    /// In [`Trie::nodes`].
    Single(usize),
    /// In [`Trie::edges`].
    After(Edge),
}

/// An entry that a text begins with: how many bytes of the text it is, and its value.
pub(crate) struct Match<'a> {
    pub(crate) length: usize,
    pub(crate) value: &'a str,
}

impl Trie {
    /// An empty one, with room for entries of so many bytes.
    pub(crate) fn with_room(bytes: usize) -> Trie {
        Trie {
            first: vec![0; 0x1_0000],
            pairs: vec![0; 1 << (PAIR_BITS - 6)],
            nodes: vec![EMPTY],
            edges: HashMap::with_capacity_and_hasher(bytes / 5, BuildHasherDefault::default()),
            next: 1,
            values: String::with_capacity(bytes),
        }
    }

    /// Adds an entry; one with the same key and rank that is there already stays.
    pub(crate) fn add(&mut self, key: &str, value: &str, rank: u8) {
        let mut place = Place::Single(0);
        for c in key.chars() {
            place = self.step_or_add(place, c);
        }
        let start = self.values.len() as u32;
        let Some(node) = self.node(place).filter(|node| !key.is_empty() && node.rank > rank) else { return };
        (node.start, node.length, node.rank) = (start, value.len() as u16, rank);
        self.values.push_str(value);
        let mut chars = key.chars();
        match (chars.next(), chars.next(), place) {
            (Some(one), Some(other), _) => {
                let at = pair(one, other);
                self.pairs[at / 64] |= 1 << (at % 64);
            }
            (Some(one), None, Place::Single(_)) => self.first[one as usize] |= WHOLE,
            _ => {}
        }
    }

    fn node(&mut self, place: Place) -> Option<&mut Node> {
        match place {
            Place::Single(at) => self.nodes.get_mut(at),
            Place::After(edge) => self.edges.get_mut(&edge),
        }
    }

    fn step_or_add(&mut self, from: Place, c: char) -> Place {
        let fresh = Node { number: self.next, ..EMPTY };
        if let (Place::Single(0), Some(slot)) = (from, self.first.get_mut(c as usize)) {
            if *slot == 0 {
                *slot = self.nodes.len() as u32;
                self.nodes.push(fresh);
                self.next += 1;
            }
            return Place::Single((*slot & !WHOLE) as usize);
        }
        let number = self.node(from).map_or(0, |node| {
            node.next |= bit(c);
            node.number
        });
        let edge = Edge::new(number, c);
        let number = self.edges.entry(edge).or_insert(fresh).number;
        self.next += u32::from(number == fresh.number);
        Place::After(edge)
    }

    /// How many bytes of ASCII `text` begins with that no entry begins with.
    #[inline]
    pub(crate) fn idle(&self, text: &str) -> usize {
        text.bytes().take_while(|&byte| byte < 0x80 && self.first[usize::from(byte)] == 0).count()
    }

    /// Whether an entry of more than one character begins with this one.
    pub(crate) fn goes_on(&self, c: char) -> bool {
        let at = self.first.get(c as usize).copied().unwrap_or_default() & !WHOLE;
        at != 0 && self.nodes[at as usize].next != 0
    }

    /// The best entry that `text` begins with.
    #[inline]
    pub(crate) fn longest<'a>(&'a self, text: &str) -> Option<Match<'a>> {
        let mut chars = text.chars();
        let c = chars.next()?;
        let mut node = match self.first.get(c as usize) {
            Some(0) => return None,
            Some(&at) => {
                let begins = |next: char| {
                    let at = pair(c, next);
                    self.pairs[at / 64] & 1 << (at % 64) != 0
                };
                if at & WHOLE == 0 && !chars.clone().next().is_some_and(begins) {
                    return None;
                }
                self.nodes[(at & !WHOLE) as usize]
            }
            None => *self.edges.get(&Edge::new(0, c))?,
        };
        let mut best: Option<(Node, usize)> = None;
        loop {
            if node.rank != NONE && best.is_none_or(|(best, _)| node.rank <= best.rank) {
                best = Some((node, text.len() - chars.as_str().len()));
            }
            let Some(c) = chars.next().filter(|&c| node.next & bit(c) != 0) else { break };
            let Some(next) = self.edges.get(&Edge::new(node.number, c)) else { break };
            node = *next;
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
