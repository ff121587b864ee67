//! Spans that lie in one another, as queries find them, to spans that follow one another.

use std::cmp::Reverse;

use crate::grammar::Found;
use crate::{Role, Span};

/// The innermost span decides. Of two with the same range one that looks like text gives way; else see
/// [`Found::rank`].
pub(crate) fn flatten(found: &mut Vec<Found>, code: &str) -> Vec<Span> {
    found.retain(|one| one.start < one.end && code.get(one.start as usize..one.end as usize).is_some());
    found.sort_by_key(|one| (one.start, Reverse(one.end), one.role.is_some(), one.rank));

    let mut flat = Flat { spans: Vec::new(), at: 0 };
    let mut open: Vec<(usize, Option<Role>)> = Vec::new();
    for Found { start, end, role, .. } in found.drain(..) {
        let (start, end) = (start as usize, end as usize);
        flat.close(&mut open, start);
        flat.until(start, open.last().and_then(|(_, role)| *role));
        // One that reaches over the end of another is cut there.
        let end = open.last().map_or(end, |(outer, _)| end.min(*outer));
        open.push((end, role));
    }
    flat.close(&mut open, usize::MAX);
    flat.spans
}

/// Spans that follow one another, up to a place.
struct Flat {
    spans: Vec<Span>,
    at: usize,
}

impl Flat {
    /// Ends everything that ends up to a place.
    fn close(&mut self, open: &mut Vec<(usize, Option<Role>)>, place: usize) {
        while let Some((end, role)) = open.pop_if(|(end, _)| *end <= place) {
            self.until(end, role);
        }
    }

    /// Goes on to a place; everything up to there has a role.
    fn until(&mut self, end: usize, role: Option<Role>) {
        if end <= self.at {
            return;
        }
        let range = std::mem::replace(&mut self.at, end)..end;
        let Some(role) = role else { return };
        match self.spans.last_mut().filter(|last| last.range.end == range.start && last.role == role) {
            Some(last) => last.range.end = range.end,
            None => self.spans.push(Span { range, role }),
        }
    }
}
