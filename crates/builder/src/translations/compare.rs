//! What became of the blocks of an original since a translation was made from it.

use std::collections::HashMap;

use fika_model::{Field, Shape};

use super::align::pair_up;

/// What became of one block. `old` counts the recorded blocks, `new` those of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is as it was.
    Same {
        /// Its place then.
        old: usize,
        /// Its place now.
        new: usize,
    },
    /// It was written anew.
    Changed {
        /// Its place then.
        old: usize,
        /// Its place now.
        new: usize,
    },
    /// It is gone.
    Removed {
        /// Its place then.
        old: usize,
    },
    /// It is new.
    Added {
        /// Its place now.
        new: usize,
    },
}

/// What became of a text of the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It says something else.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// Compares what two versions of a front matter say to readers.
pub(super) fn compare_fields(old: &[(Field, u64)], new: &[(Field, u64)]) -> Vec<(Field, Change)> {
    let of =
        |all: &[(Field, u64)], field: Field| all.iter().find(|(of, _)| *of == field).map(|(_, hash)| *hash);
    let change = |field: Field| match (of(old, field), of(new, field)) {
        (Some(old), Some(new)) => (old != new).then_some((field, Change::Changed)),
        (None, Some(_)) => Some((field, Change::Added)),
        (Some(_), None) => Some((field, Change::Removed)),
        (None, None) => None,
    };
    Field::ALL.into_iter().filter_map(change).collect()
}

/// Compares two versions of a text. The steps cover both in order. The time it takes is linear (but for a sort).
pub fn compare(old: &[Shape], new: &[Shape]) -> Vec<Step> {
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    let (mut from, mut to) = (0, 0);
    for (at, other) in common(old, new).into_iter().chain([(old.len(), new.len())]) {
        for (left, right) in pair_up(&old[from..at], &new[to..other]) {
            steps.push(match (left.is_empty(), right.is_empty()) {
                (false, false) => Step::Changed { old: from + left.start, new: to + right.start },
                (false, true) => Step::Removed { old: from + left.start },
                _ => Step::Added { new: to + right.start },
            });
        }
        if at < old.len() {
            steps.push(Step::Same { old: at, new: other });
        }
        (from, to) = (at + 1, other + 1);
    }
    steps
}

/// Blocks that stayed, in the order of both: those at the ends, and between them as patience sorting finds them.
fn common(old: &[Shape], new: &[Shape]) -> Vec<(usize, usize)> {
    let mut found = Vec::with_capacity(old.len().min(new.len()));
    between(old, new, 0, 0, &mut found);
    found
}

fn between(old: &[Shape], new: &[Shape], old_at: usize, new_at: usize, found: &mut Vec<(usize, usize)>) {
    let same = |pair: &(&Shape, &Shape)| pair.0.hash == pair.1.hash;
    let head = old.iter().zip(new).take_while(same).count();
    found.extend((0..head).map(|at| (old_at + at, new_at + at)));
    let (old, new) = (&old[head..], &new[head..]);
    let (old_at, new_at) = (old_at + head, new_at + head);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let (old, old_tail) = old.split_at(old.len() - tail);
    let (new, new_tail) = new.split_at(new.len() - tail);

    let anchors = unique(old, new);
    if !anchors.is_empty() {
        let (mut from, mut to) = (0, 0);
        for (at, other) in anchors.into_iter().chain([(old.len(), new.len())]) {
            // What stands between two anchors holds none that both have once, so this goes no deeper than its repetitions.
            between(&old[from..at], &new[to..other], old_at + from, new_at + to, found);
            found.extend((at < old.len()).then_some((old_at + at, new_at + other)));
            (from, to) = (at + 1, other + 1);
        }
    }
    let tails = old_tail.len().min(new_tail.len());
    found.extend((0..tails).map(|at| (old_at + old.len() + at, new_at + new.len() + at)));
}

/// Blocks that both have exactly once, the longest row of them that is in order in both.
fn unique(old: &[Shape], new: &[Shape]) -> Vec<(usize, usize)> {
    let once = |blocks: &[Shape]| {
        let mut places: HashMap<u64, Option<usize>> = HashMap::with_capacity(blocks.len());
        for (at, block) in blocks.iter().enumerate() {
            places.entry(block.hash).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (in_old, in_new) = (once(old), once(new));
    let place = |places: &HashMap<u64, Option<usize>>, hash| places.get(&hash).copied().flatten();
    let pairs: Vec<(usize, usize)> = old
        .iter()
        .filter_map(|block| Some((place(&in_old, block.hash)?, place(&in_new, block.hash)?)))
        .collect();
    longest_rising(&pairs)
}

/// The longest row of pairs whose second numbers rise; the first ones rise already.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length of a row, the pair that ends it lowest; and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        row.push(pairs[at]);
        next = before[at];
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use fika_model::BlockKind;

    use super::*;

    /// Blocks by letters: capitals are headings, digits are code.
    fn blocks(text: &str) -> Vec<Shape> {
        let kind = |c: char| match c {
            'A'..='Z' => BlockKind::Heading(2),
            '0'..='9' => BlockKind::Code,
            _ => BlockKind::Paragraph,
        };
        text.chars().map(|c| Shape { kind: kind(c), size: 50, hash: c as u64 }).collect()
    }

    /// `=` stayed, `~` changed, `-` gone, `+` new.
    fn steps(old: &str, new: &str) -> String {
        let mark = |step: &Step| match step {
            Step::Same { .. } => '=',
            Step::Changed { .. } => '~',
            Step::Removed { .. } => '-',
            Step::Added { .. } => '+',
        };
        compare(&blocks(old), &blocks(new)).iter().map(mark).collect()
    }

    #[test]
    fn what_became_of_each_block() {
        for (old, new, want) in [
            ("abc", "abc", "==="),
            ("abc", "axc", "=~="),
            ("abc", "abxc", "==+="),
            ("abc", "ac", "=-="),
            ("", "ab", "++"),
            ("ab", "", "--"),
            ("abcd", "dabc", "+===-"),
            ("aaa", "aa", "==-"),
            ("a1b", "axb", "=-+="),
            ("Aab", "Bab", "~=="),
            ("abcdef", "axcyef", "=~=~=="),
            ("ababab", "abxbab", "==~==="),
        ] {
            assert_eq!(steps(old, new), want, "{old} to {new}");
        }
    }

    #[test]
    fn a_long_text_is_no_square() {
        let text = |skip: u64| -> Vec<Shape> {
            let all = (0..60_000).filter(|n| n % 997 != skip);
            all.map(|n| Shape { kind: BlockKind::Paragraph, size: 9, hash: n }).collect()
        };
        let steps = compare(&text(3), &text(5));
        assert_eq!(steps.iter().filter(|step| matches!(step, Step::Same { .. })).count(), 60_000 - 61 - 61);
        let same = vec![Shape { kind: BlockKind::Paragraph, size: 9, hash: 1 }; 50_000];
        assert_eq!(compare(&same, &same[..40_000]).len(), 50_000);
    }
}
