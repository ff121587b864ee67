//! A grammar's query: patterns for nodes of a tree, with names for the nodes that they find.
//!
//! The library for grammars has queries too. To make one it works out, for every pattern, what the grammar's tables can
//! come to, which takes up to a twentieth of a second for each language; and to run one it keeps the state of all patterns
//! that are under way. What grammars write about words is simpler than that: nearly every pattern is one node or one in
//! another. So patterns are read here as they stand, and tried where their outermost node is. A test compares what they
//! find with what the library finds.

mod forms;
mod read;
mod run;
mod test;

use arborium::tree_sitter::Language;

pub(crate) use self::run::Search;
use self::test::Test;

/// Patterns for trees of one language.
pub(crate) struct Query {
    /// The names of what is captured.
    pub(crate) captures: Vec<&'static str>,
    patterns: Vec<Pattern>,
    /// For each kind of node the patterns that begin with it, in the order in which they stand.
    roots: Vec<Vec<Root>>,
    /// Of which kinds of node somebody asks the field.
    fields: Vec<bool>,
}

/// One of the patterns.
pub(crate) struct Pattern {
    /// Which it is, counted from the first.
    pub(crate) number: u32,
    /// The language of the code that it finds, where it says so itself.
    pub(crate) language: Option<Box<str>>,
    any: Vec<Step>,
    tests: Vec<(u16, Test)>,
}

/// Where a pattern may begin: which it is, and which of its alternatives.
#[derive(Clone, Copy)]
struct Root {
    pattern: u32,
    step: u32,
}

/// A node of a pattern.
#[derive(Debug, Clone)]
struct Step {
    kind: Kind,
    /// The field that it has to be in; 0 where that is all the same.
    field: u16,
    captures: Vec<u16>,
    /// What has to be within it, in this order.
    children: Vec<Child>,
}

/// What a node may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Any,
    Named,
    Of(u16),
}

/// A place for one of several nodes within another.
#[derive(Debug, Clone)]
struct Child {
    /// Whether no named node may come before it.
    first: bool,
    any: Vec<Step>,
}

/// What patterns ask of a node of a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) kind: u16,
    pub(crate) field: u16,
    pub(crate) named: bool,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The number of the next node that is not within it, where nodes are numbered as they begin.
    pub(crate) next: u32,
}

impl Node {
    /// Its text.
    pub(crate) fn text<'a>(&self, code: &'a str) -> &'a str {
        code.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// What the library calls nodes that it could make nothing of.
const ERROR: u16 = u16::MAX;

impl Query {
    /// The patterns of a text. What cannot be read is left out: a word without colour is better than none with.
    pub(crate) fn new(language: &Language, text: &'static str) -> Query {
        let (captures, patterns) = read::patterns(language, text);
        let kinds = language.node_kind_count();
        let mut query =
            Query { captures, patterns, roots: vec![Vec::new(); kinds], fields: vec![false; kinds] };
        for (at, pattern) in (0..).zip(&query.patterns) {
            for (number, step) in (0..).zip(&pattern.any) {
                let root = Root { pattern: at, step: number };
                for roots in of_kind(&mut query.roots, step.kind) {
                    roots.push(root);
                }
                step.mark_fields(&mut query.fields);
            }
        }
        query
    }

    /// Whether there is nothing to find.
    pub(crate) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Whether a pattern asks in which field nodes of a kind are.
    pub(crate) fn asks_field(&self, kind: u16) -> bool {
        self.fields.get(usize::from(kind)).is_some_and(|asks| *asks)
    }
}

impl Step {
    fn mark_fields(&self, fields: &mut [bool]) {
        if self.field != 0 {
            of_kind(fields, self.kind).fill(true);
        }
        for step in self.children.iter().flat_map(|child| &child.any) {
            step.mark_fields(fields);
        }
    }

    fn fits(&self, node: &Node) -> bool {
        let fits = match self.kind {
            Kind::Any => node.kind != ERROR,
            Kind::Named => node.kind != ERROR && node.named,
            Kind::Of(kind) => node.kind == kind,
        };
        fits && (self.field == 0 || self.field == node.field)
    }
}

/// What a table has for the nodes that a step may be.
fn of_kind<T>(table: &mut [T], kind: Kind) -> &mut [T] {
    match kind {
        Kind::Any | Kind::Named => table,
        Kind::Of(kind) => table.get_mut(usize::from(kind)..=usize::from(kind)).unwrap_or_default(),
    }
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
