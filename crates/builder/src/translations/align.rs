//! Which blocks of one text belong to which of another, by their kinds and lengths: for two languages, whose words cannot be
//! compared, and for paragraphs that were written anew.
//!
//! Headings hold two texts together. Between them, and between the headings themselves, it is the dynamic programming of Gale and
//! Church (1993), with block kinds in the place of their statistics, within a band around the diagonal: linear in the texts.

use std::ops::Range;

use fika_model::{BlockKind, Shape};

/// Blocks that belong together: some of the one text, some of the other; either may be none.
pub type Pair = (Range<usize>, Range<usize>);

/// How far from the diagonal a partner is looked for, in blocks.
const BAND: usize = 48;
/// What it costs that a block has no partner.
const ALONE: f32 = 1.1;
/// What it costs that two blocks have one partner, besides the difference in length.
const JOINED: f32 = 0.7;
/// More than two blocks without a partner cost.
const NEVER: f32 = 1e6;

/// Aligns two texts. The pairs cover both, in order.
pub fn align(left: &[Shape], right: &[Shape]) -> Vec<Pair> {
    let mut pairs = Vec::with_capacity(left.len().max(right.len()));
    let (mut from, mut to) = (0, 0);
    for (at, other) in anchors(left, right).into_iter().chain([(left.len(), right.len())]) {
        between(left, right, (from..at, to..other), true, &mut pairs);
        if at < left.len() {
            pairs.push((at..at + 1, other..other + 1));
        }
        (from, to) = (at + 1, other + 1);
    }
    pairs
}

/// Blocks of which one was made into the other: one to one, or alone. For versions of one text.
pub(super) fn pair_up(left: &[Shape], right: &[Shape]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    between(left, right, (0..left.len(), 0..right.len()), false, &mut pairs);
    pairs
}

/// Headings that belong together.
fn anchors(left: &[Shape], right: &[Shape]) -> Vec<(usize, usize)> {
    let headings = |blocks: &[Shape]| -> (Vec<usize>, Vec<Shape>) {
        let found =
            blocks.iter().enumerate().filter(|(_, block)| matches!(block.kind, BlockKind::Heading(_)));
        found.map(|(at, block)| (at, *block)).unzip()
    };
    let ((left_at, left), (right_at, right)) = (headings(left), headings(right));
    let levels = |blocks: &[Shape]| blocks.iter().map(|block| block.kind).collect::<Vec<_>>();
    if levels(&left) == levels(&right) {
        return left_at.into_iter().zip(right_at).collect();
    }
    let mut pairs = Vec::new();
    between(&left, &right, (0..left.len(), 0..right.len()), false, &mut pairs);
    let both = |(left, right): &Pair| left.len() == 1 && right.len() == 1;
    pairs
        .iter()
        .filter(|pair| both(pair))
        .map(|(left, right)| (left_at[left.start], right_at[right.start]))
        .collect()
}

/// Aligns a part of each text.
fn between(left: &[Shape], right: &[Shape], (a, b): Pair, joins: bool, pairs: &mut Vec<Pair>) {
    if a.is_empty() || b.is_empty() {
        let end = a.end;
        pairs.extend(a.map(|at| (at..at + 1, b.start..b.start)));
        pairs.extend(b.map(|at| (end..end, at..at + 1)));
        return;
    }
    let table = Table::new(&left[a.clone()], &right[b.clone()], joins);
    let start = pairs.len();
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 || j > 0 {
        let (di, dj) = table.step(i, j);
        pairs.push((a.start + i - di..a.start + i, b.start + j - dj..b.start + j));
        (i, j) = (i - di, j - dj);
    }
    pairs[start..].reverse();
}

/// The least cost to come to each place of the band, and the last step there.
struct Table {
    width: usize,
    rows: usize,
    columns: usize,
    cells: Vec<(f32, (u8, u8))>,
}

impl Table {
    fn new(left: &[Shape], right: &[Shape], joins: bool) -> Table {
        let (rows, columns) = (left.len(), right.len());
        let width = (2 * BAND + 2 + columns / rows.max(1)).min(columns + 1);
        let mut table =
            Table { width, rows, columns, cells: vec![(NEVER * 1e6, (0, 0)); (rows + 1) * width] };
        for i in 0..=rows {
            let first = table.first(i);
            for j in first..(first + width).min(columns + 1) {
                let best = table.best(left, right, i, j, joins);
                table.cells[i * width + j - first] = best;
            }
        }
        table
    }

    /// The first column of a row's band.
    fn first(&self, row: usize) -> usize {
        let middle = row * self.columns / self.rows.max(1);
        middle.saturating_sub(self.width / 2).min((self.columns + 1).saturating_sub(self.width))
    }

    fn cost(&self, i: usize, j: usize) -> f32 {
        let first = self.first(i);
        if j < first || j >= first + self.width {
            NEVER * 1e6
        } else {
            self.cells[i * self.width + j - first].0
        }
    }

    fn best(&self, left: &[Shape], right: &[Shape], i: usize, j: usize, joins: bool) -> (f32, (u8, u8)) {
        if (i, j) == (0, 0) {
            return (0.0, (0, 0));
        }
        let steps: &[(usize, usize)] =
            if joins { &[(0, 1), (1, 0), (1, 1), (2, 1), (1, 2)] } else { &[(0, 1), (1, 0), (1, 1)] };
        let mut best = (NEVER * 1e6, (0, 0));
        for &(di, dj) in steps.iter().filter(|(di, dj)| *di <= i && *dj <= j) {
            let cost = self.cost(i - di, j - dj) + step(&left[i - di..i], &right[j - dj..j]);
            if cost < best.0 {
                best = (cost, (di as u8, dj as u8));
            }
        }
        best
    }

    /// The last step to a place. Outside the band, where nothing was reckoned, blocks stand alone.
    fn step(&self, i: usize, j: usize) -> (usize, usize) {
        let first = self.first(i);
        let known = (j >= first && j < first + self.width).then(|| self.cells[i * self.width + j - first].1);
        match known.filter(|step| *step != (0, 0)) {
            Some((di, dj)) => (di as usize, dj as usize),
            None if i > 0 => (1, 0),
            None => (0, 1),
        }
    }
}

/// What it costs that these blocks belong together.
fn step(left: &[Shape], right: &[Shape]) -> f32 {
    match (left, right) {
        ([_], []) | ([], [_]) => ALONE,
        ([one], [other]) if one.hash == other.hash => 0.0,
        ([one], [other]) if one.kind == other.kind => apart(one.size, other.size),
        ([one], [other]) => unlike(one.kind, other.kind) + apart(one.size, other.size),
        ([one], two @ [_, _]) | (two @ [_, _], [one]) => {
            let alike = two.iter().all(|block| block.kind == one.kind && block.kind == BlockKind::Paragraph);
            let size = two.iter().map(|block| block.size).sum();
            if alike { JOINED + apart(one.size, size) } else { NEVER }
        }
        _ => NEVER,
    }
}

/// How far apart two lengths are: the logarithm of their ratio, at most as much as two blocks alone.
fn apart(one: u32, other: u32) -> f32 {
    let ratio = (one as f32 + 4.0) / (other as f32 + 4.0);
    ratio.ln().abs().min(2.0 * ALONE - 0.2)
}

/// What it costs that kinds differ. A heading belongs to a heading; a quotation may have become a paragraph.
fn unlike(one: BlockKind, other: BlockKind) -> f32 {
    use BlockKind::{Heading, List, Note, Other, Paragraph, Picture, Quote};
    match (one, other) {
        (Heading(_), Heading(_)) => 0.8,
        (Paragraph, Quote | List) | (Quote | List, Paragraph) | (Other, Picture) | (Picture, Other) => 0.8,
        (Heading(_) | Note, _) | (_, Heading(_) | Note) => NEVER,
        _ => 2.0 * ALONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text such as `h2 p90 p40 c`: kinds and sizes. Hashes differ everywhere.
    fn text(words: &str, seed: u64) -> Vec<Shape> {
        let shape = |(at, word): (usize, &str)| {
            let heading = word.starts_with('h');
            let (kind, size) = if heading { (word, "4") } else { word.split_at(1) };
            let size = size.parse().unwrap_or(20);
            Shape { kind: BlockKind::of_mark(kind), size, hash: seed * 1_000_000 + at as u64 }
        };
        words.split_ascii_whitespace().enumerate().map(shape).collect()
    }

    /// The pairs of two texts, as `0-0 1-1,2`.
    fn aligned(left: &str, right: &str) -> String {
        let side =
            |range: &Range<usize>| range.clone().map(|at| at.to_string()).collect::<Vec<_>>().join(",");
        let pairs = align(&text(left, 1), &text(right, 2));
        pairs
            .iter()
            .map(|(left, right)| format!("{}-{}", side(left), side(right)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn alike_texts_go_side_by_side() {
        assert_eq!(aligned("p90 h2 p40 c9 p10", "p80 h2 p44 c9 p12"), "0-0 1-1 2-2 3-3 4-4");
        assert_eq!(aligned("", ""), "");
        assert_eq!(aligned("p9 p9", ""), "0- 1-");
        assert_eq!(aligned("", "p9 h2"), "-0 -1");
    }

    #[test]
    fn headings_hold_texts_together() {
        assert_eq!(aligned("p50 h2 p50 p60 h2 p9", "p50 h2 p50 h2 p9"), "0-0 1-1 2-2 3- 4-3 5-4");
        assert_eq!(aligned("p9 h2 p9 h3 p9 h2 p9", "p9 h2 p9 h2 p9"), "0-0 1-1 2-2 3- 4- 5-3 6-4");
    }

    #[test]
    fn one_paragraph_may_be_two() {
        assert_eq!(aligned("p100 p200 p100", "p100 p90 p105 p100"), "0-0 1-1,2 2-3");
        assert_eq!(aligned("p60 p60 q40", "p118 q44"), "0,1-0 2-1");
    }

    #[test]
    fn a_block_that_is_missing_leaves_a_gap() {
        assert_eq!(aligned("p100 c90 p30", "p100 p30"), "0-0 1- 2-1");
        assert_eq!(aligned("p100 p30", "p100 i9 p30"), "0-0 -1 1-2");
    }

    #[test]
    fn a_long_text_is_no_square() {
        let long = "p50 ".repeat(8_000);
        let pairs = align(&text(&long, 1), &text(&format!("{long} i9 {}", "p50 ".repeat(50)), 2));
        assert_eq!(pairs.iter().map(|(left, _)| left.len()).sum::<usize>(), 8_000);
        assert_eq!(pairs.iter().map(|(_, right)| right.len()).sum::<usize>(), 8_051);
    }
}
