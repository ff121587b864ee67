//! A trie over characters: the longest entry that a text begins with, in one walk.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Entries by their characters. An entry of a lower rank is preferred to a longer one of a higher rank.
pub(crate) struct Trie {
    /// The node of a single character of the Basic Multilingual Plane; 0 where there is none. The highest bit tells whether the
    /// character is an entry by itself.
    first: Vec<u32>,
    /// Which two characters entries begin with, each pair by one bit, which a few share. It is small enough to stay in the cache of a
    /// processor, and most of what a text has is known here not to be an entry.
    pairs: Vec<u64>,
    /// The node after a node and a character. Node 0 is the root, for characters beyond that plane.
    edges: HashMap<Edge, u32, BuildHasherDefault<EdgeHasher>>,
    nodes: Vec<Node>,
    /// All values, one after another.
    values: String,
}

/// A node and a character that may follow it, in one number.
#[derive(PartialEq, Eq)]
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
const EMPTY: Node = Node { start: 0, length: 0, rank: NONE, next: 0 };

/// An entry that a text begins with: how many bytes of the text it is, and its value.
pub(crate) struct Match<'a> {
    pub(crate) length: usize,
    pub(crate) value: &'a str,
}

impl Trie {
    /// An empty one, with room for entries of so many bytes.
    pub(crate) fn with_room(bytes: usize) -> Trie {
        let mut nodes = Vec::with_capacity(bytes / 4);
        nodes.push(EMPTY);
        let edges = HashMap::with_capacity_and_hasher(bytes / 5, BuildHasherDefault::default());
        let pairs = vec![0; 1 << (PAIR_BITS - 6)];
        Trie { first: vec![0; 0x1_0000], pairs, nodes, edges, values: String::with_capacity(bytes) }
    }

    /// Adds an entry; one with the same key and rank that is there already stays.
    pub(crate) fn add(&mut self, key: &str, value: &str, rank: u8) {
        let mut at = 0;
        for c in key.chars() {
            self.nodes[at as usize].next |= bit(c);
            at = self.step_or_add(at, c);
        }
        if at == 0 || self.nodes[at as usize].rank <= rank {
            return;
        }
        let start = self.values.len() as u32;
        self.values.push_str(value);
        let node = &mut self.nodes[at as usize];
        (node.start, node.length, node.rank) = (start, value.len() as u16, rank);
        let mut chars = key.chars();
        match (chars.next(), chars.next()) {
            (Some(one), Some(other)) => {
                let at = pair(one, other);
                self.pairs[at / 64] |= 1 << (at % 64);
            }
            (Some(one), None) => {
                if let Some(slot) = self.first.get_mut(one as usize) {
                    *slot |= WHOLE;
                }
            }
            _ => {}
        }
    }

    fn step_or_add(&mut self, from: u32, c: char) -> u32 {
        let next = self.nodes.len() as u32;
        let slot = match (from, self.first.get_mut(c as usize)) {
            (0, Some(slot)) => slot,
            _ => self.edges.entry(Edge::new(from, c)).or_insert(0),
        };
        if *slot == 0 {
            *slot = next;
            self.nodes.push(EMPTY);
            return next;
        }
        *slot & !WHOLE
    }

    /// How many bytes of ASCII `text` begins with that no entry begins with.
    #[inline]
    pub(crate) fn idle(&self, text: &str) -> usize {
        text.bytes().take_while(|&byte| byte < 0x80 && self.first[usize::from(byte)] == 0).count()
    }

    /// Whether an entry of more than one character begins with this one.
    pub(crate) fn goes_on(&self, c: char) -> bool {
        let node = self.first.get(c as usize).copied().unwrap_or_default() & !WHOLE;
        self.nodes[node as usize].next != 0 && node != 0
    }

    /// The best entry that `text` begins with.
    #[inline]
    pub(crate) fn longest<'a>(&'a self, text: &str) -> Option<Match<'a>> {
        let mut chars = text.chars();
        let c = chars.next()?;
        let mut at = match self.first.get(c as usize) {
            Some(0) => return None,
            Some(&node) => {
                let begins = |next: char| {
                    let at = pair(c, next);
                    self.pairs[at / 64] & 1 << (at % 64) != 0
                };
                if node & WHOLE == 0 && !chars.clone().next().is_some_and(begins) {
                    return None;
                }
                node & !WHOLE
            }
            None => self.edges.get(&Edge::new(0, c)).copied().unwrap_or(0),
        };
        let mut best: Option<(Node, usize)> = None;
        while at != 0 {
            let node = self.nodes[at as usize];
            if node.rank != NONE && best.is_none_or(|(best, _)| node.rank <= best.rank) {
                best = Some((node, text.len() - chars.as_str().len()));
            }
            let Some(c) = chars.next().filter(|&c| node.next & bit(c) != 0) else { break };
            at = self.edges.get(&Edge::new(at, c)).copied().unwrap_or(0);
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
