//! Patterns tried on the nodes of a tree.

use super::{Child, Node, Pattern, Query, Step};

/// A node that has a name: the name's number, and the node's.
pub(crate) type Captured = (u16, u32);

/// A search of a tree.
pub(crate) struct Search<'a> {
    /// The nodes of the tree as they begin.
    pub(crate) nodes: &'a [Node],
    pub(crate) code: &'a str,
    /// How many more nodes in others may be looked at. A pattern with two of them takes time with the square of the nodes.
    pub(crate) left: usize,
}

/// A pattern that is tried.
struct Attempt<'a, 's, F> {
    search: &'s mut Search<'a>,
    pattern: &'a Pattern,
    captured: &'s mut Vec<Captured>,
    give: F,
}

/// What is still to be found of it.
struct Pending<'a> {
    children: &'a [Child],
    /// From which node on, and up to which.
    at: u32,
    end: u32,
    /// What comes after that, further out.
    after: Option<&'a Pending<'a>>,
}

impl<'a> Search<'a> {
    /// Gives every way in which a pattern fits, with the nodes that have names in it.
    pub(crate) fn each(&mut self, query: &'a Query, mut give: impl FnMut(&'a Pattern, &[Captured])) {
        let mut captured = Vec::new();
        for (at, node) in (0..).zip(self.nodes) {
            for root in query.roots.get(usize::from(node.kind)).into_iter().flatten() {
                let pattern = &query.patterns[root.pattern as usize];
                let step = &pattern.any[root.step as usize];
                if !step.fits(node) {
                    continue;
                }
                if step.children.is_empty() && pattern.tests.is_empty() {
                    // Most of them.
                    captured.extend(step.captures.iter().map(|capture| (*capture, at)));
                    give(pattern, &captured);
                    captured.clear();
                } else {
                    let (search, captured, give) = (&mut *self, &mut captured, &mut give);
                    Attempt { search, pattern, captured, give }.take(step, at, node.next, None);
                }
            }
        }
    }
}

impl<'a, F: FnMut(&'a Pattern, &[Captured])> Attempt<'a, '_, F> {
    /// Goes on from a node that is the one of a step.
    fn take(&mut self, step: &Step, at: u32, next: u32, after: Option<&Pending<'_>>) {
        let before = self.captured.len();
        self.captured.extend(step.captures.iter().map(|capture| (*capture, at)));
        self.find(Some(&Pending { children: &step.children, at: at + 1, end: next, after }));
        self.captured.truncate(before);
    }

    /// Tries every node for what is to come next.
    fn find(&mut self, pending: Option<&Pending<'_>>) {
        let Some(&Pending { children, mut at, end, after }) = pending else { return self.done() };
        let Some((child, children)) = children.split_first() else { return self.find(after) };
        while at < end && self.search.left > 0 {
            self.search.left -= 1;
            let node = &self.search.nodes[at as usize];
            let rest = Pending { children, at: node.next, end, after };
            for step in child.any.iter().filter(|step| step.fits(node)) {
                self.take(step, at, node.next, Some(&rest));
            }
            if child.first && node.named {
                break;
            }
            at = node.next;
        }
    }

    /// Gives what has been found if its texts are right.
    fn done(&mut self) {
        let Search { nodes, code, .. } = *self.search;
        let passes = self.pattern.tests.iter().all(|(asked, test)| {
            let mut asked = self.captured.iter().filter(|(capture, _)| capture == asked);
            asked.all(|(_, at)| test.passes(nodes[*at as usize].text(code)))
        });
        if passes {
            (self.give)(self.pattern, self.captured);
        }
    }
}
