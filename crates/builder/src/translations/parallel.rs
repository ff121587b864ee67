//! Two versions of an essay side by side: block by block, as their structure and `translations.lock` tell which belong together.

use fika_model::{Card, Record, Shape};
use fika_theme::{Pair, Pieces};

use super::{Step, align, compare, shapes};

/// Blocks that belong together, left and right, and what became of the original's since the translation.
type Row = (std::ops::Range<usize>, std::ops::Range<usize>, Option<&'static str>);

/// The rows of a page. `record` is of the one that is the translation, and `turned` says that it stands on the left.
pub(crate) fn rows(left: &Card, right: &Card, record: Option<&Record>, turned: bool) -> Vec<Row> {
    let (left, right) = (shapes(left), shapes(right));
    match record {
        None => align(&left, &right).into_iter().map(|(left, right)| (left, right, None)).collect(),
        Some(record) if turned => {
            let rows = since(&record.blocks, &right, &left);
            rows.into_iter().map(|(original, translation, state)| (translation, original, state)).collect()
        }
        Some(record) => since(&record.blocks, &left, &right),
    }
}

/// Aligns a translation with the original that it was made from, then puts in the place of each block what became of it.
fn since(then: &[Shape], now: &[Shape], translation: &[Shape]) -> Vec<Row> {
    let steps = compare(then, now);
    let mut steps = steps.iter().peekable();
    let mut rows: Vec<Row> = Vec::new();
    let mut at = 0;
    let added = |steps: &mut std::iter::Peekable<std::slice::Iter<'_, Step>>,
                 at: &mut usize,
                 place: usize,
                 rows: &mut Vec<Row>| {
        while let Some(Step::Added { new }) = steps.peek() {
            rows.push((*new..new + 1, place..place, Some("added")));
            *at = new + 1;
            steps.next();
        }
    };
    for (old, translated) in align(then, translation) {
        if !old.is_empty() {
            added(&mut steps, &mut at, translated.start, &mut rows);
        }
        let (first, mut state, mut left) = (at, None, old.len());
        while left > 0 {
            match steps.next() {
                Some(Step::Same { new, .. }) => (at, left) = (new + 1, left - 1),
                Some(Step::Changed { new, .. }) => (at, left, state) = (new + 1, left - 1, Some("changed")),
                Some(Step::Added { new }) => (at, state) = (new + 1, Some("changed")),
                Some(Step::Removed { .. }) => (left, state) = (left - 1, Some("changed")),
                None => break,
            }
        }
        if first == at && !old.is_empty() {
            state = Some("removed");
        }
        if first < at || !translated.is_empty() {
            rows.push((first..at, translated, state));
        }
    }
    added(&mut steps, &mut at, translation.len(), &mut rows);
    rows
}

/// The rows as HTML. Where a block cannot be cut off from the next, rows go together; what stands behind the last block, the notes,
/// is a row of its own.
pub(crate) fn pairs(rows: &[Row], left: &Pieces, right: &Pieces) -> Vec<Pair> {
    let end = |pieces: &Pieces, at: usize| match at.checked_sub(1) {
        None => Some(0),
        Some(before) => pieces.ends.get(before).copied().flatten(),
    };
    let mut pairs: Vec<Pair> = Vec::new();
    let (mut from, mut to, mut state) = (0, 0, None);
    let mut push = |left: &str, right: &str, state: Option<&'static str>| {
        if left.trim() == right.trim() && !left.trim().is_empty() {
            // Code that both have is shown once.
            pairs.push(Pair { left: left.to_owned(), right: String::new(), state: Some("same") });
        } else if !(left.trim().is_empty() && right.trim().is_empty()) {
            pairs.push(Pair { left: left.to_owned(), right: right.to_owned(), state });
        }
    };
    for (l, r, what) in rows {
        state = state.or(*what);
        let (Some(left_end), Some(right_end)) = (end(left, l.end), end(right, r.end)) else { continue };
        push(&left.rendered.html[from..left_end], &right.rendered.html[to..right_end], state);
        (from, to, state) = (left_end, right_end, None);
    }
    push(&left.rendered.html[from..], &right.rendered.html[to..], state);
    pairs
}

#[cfg(test)]
mod tests {
    use fika_model::BlockKind;

    use super::*;

    fn blocks(text: &str, language: u64) -> Vec<Shape> {
        let kind =
            |c: char| if c.is_ascii_uppercase() { BlockKind::Heading(2) } else { BlockKind::Paragraph };
        text.chars().map(|c| Shape { kind: kind(c), size: 50, hash: language * 1000 + c as u64 }).collect()
    }

    fn told(then: &str, now: &str, translation: &str) -> String {
        let rows = since(&blocks(then, 1), &blocks(now, 1), &blocks(translation, 2));
        let part = |text: &str, range: &std::ops::Range<usize>| text[range.clone()].to_owned();
        let row = |(l, r, state): &Row| {
            format!("{}-{}{}", part(now, l), part(translation, r), state.map_or("", |state| &state[..1]))
        };
        rows.iter().map(row).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_translation_stays_beside_what_it_was_made_from() {
        assert_eq!(told("aBc", "aBc", "xYz"), "a-x B-Y c-z");
        assert_eq!(told("aBc", "aBd", "xYz"), "a-x B-Y d-zc");
        assert_eq!(told("aBc", "naBc", "xYz"), "n-a a-x B-Y c-z");
        assert_eq!(told("aBc", "aBcn", "xYz"), "a-x B-Y c-z n-a");
        assert_eq!(told("abBc", "aBc", "xyYz"), "a-x -yr B-Y c-z");
    }
}
