//! One grammar at work: code to a tree, the tree to what a query finds in it.

use std::ops::{ControlFlow, Range};
use std::sync::{Mutex, PoisonError};

use arborium::tree_sitter::{Language, ParseOptions, Parser, Tree};

use crate::Role;
use crate::languages::Known;
use crate::query::{Node, Query, Search};
use crate::tree;

/// What a query has found.
pub(crate) struct Found {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Nothing for what looks like text.
    pub(crate) role: Option<Role>,
    /// How deep its language lies in others, how many parts its name has, and which pattern of the query it was: the
    /// deeper decides, then the more exact, then the later.
    pub(crate) rank: (u8, u8, u32),
}

/// Code in other code: its language, and where it is.
pub(crate) type Inner = (String, Range<usize>);

/// A grammar that is ready for use.
pub(crate) struct Grammar {
    name: &'static str,
    language: Language,
    words: Query,
    /// What each name of the query for words stands for: the role, and how many parts the name has. Nothing for names
    /// that are not about how words look.
    shown: Vec<Option<(Option<Role>, u8)>>,
    /// Where code of other languages lies in this one's.
    inner: Query,
    /// What is at hand for the next piece of code.
    idle: Mutex<Vec<Tools>>,
}

/// What is good for one piece of code after the other: it is costly to make, and grows to what code needs.
struct Tools {
    parser: Parser,
    nodes: Vec<Node>,
}

/// Steps of parser or query that are always granted, and further ones for each byte. Code of its language takes one to
/// four for each; what takes more than this grows faster than the text.
const STEPS: (usize, usize) = (20_000, 16);

/// After how many steps the library asks whether to go on.
const STEPS_ASKED: usize = 100;

/// Grammars whose blocks nest keep the open ones in a kilobyte, which the library checks by giving up the process.
const DEEPEST_LINE: usize = 200;

/// Brackets in brackets; nobody writes that many.
const DEEPEST_BRACKETS: usize = 250;

impl Grammar {
    pub(crate) fn new(known: &Known) -> Grammar {
        let language = Language::new((known.grammar)());
        let words = Query::new(&language, (known.words)());
        let inner = Query::new(&language, known.inner);
        let shown = words.captures.iter().map(|name| shown(known.name, name)).collect();
        Grammar { name: known.name, language, words, shown, inner, idle: Mutex::default() }
    }

    /// Adds what is found in a piece of code that lies at `offset`, as deep in other languages; gives the parts that are of
    /// other languages. Nothing if it takes too long.
    pub(crate) fn find(
        &self,
        code: &str,
        (offset, depth): (usize, u8),
        found: &mut Vec<Found>,
    ) -> Option<Vec<Inner>> {
        if is_unclosed(code) || (matches!(self.name, "markdown" | "yaml") && is_too_deep(code)) {
            return None;
        }
        let mut tools = self.tools()?;
        // Tools that have been given up amid their work are not used again.
        let tree = parse(&mut tools.parser, code)?;
        tree::nodes(&tree, &[&self.words, &self.inner], &mut tools.nodes);
        let mut search = Search { nodes: &tools.nodes, code, left: budget(code) };
        let offset = u32::try_from(offset).ok()?;
        search.each(&self.words, |pattern, captured| {
            for (capture, at) in captured {
                if let Some((role, parts)) = self.shown[usize::from(*capture)] {
                    let node = &tools.nodes[*at as usize];
                    let rank = (depth, parts, pattern.number);
                    found.push(Found { start: node.start + offset, end: node.end + offset, role, rank });
                }
            }
        });
        let inner = self.inner(&mut search);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(tools);
        Some(inner)
    }

    fn tools(&self) -> Option<Tools> {
        if let Some(tools) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return Some(tools);
        }
        let mut parser = Parser::new();
        parser.set_language(&self.language).ok()?;
        Some(Tools { parser, nodes: Vec::new() })
    }

    /// The parts of a piece of code that are of other languages.
    fn inner<'a>(&'a self, search: &mut Search<'a>) -> Vec<Inner> {
        let mut found = Vec::new();
        if self.inner.is_empty() {
            return found;
        }
        let (nodes, code) = (search.nodes, search.code);
        let index = |name: &str| self.inner.captures.iter().position(|capture| *capture == name);
        let (content, named) = (index("injection.content"), index("injection.language"));
        search.left = budget(code);
        search.each(&self.inner, |pattern, captured| {
            let node = |index: Option<usize>| {
                let captured = captured.iter().find(|(capture, _)| Some(usize::from(*capture)) == index);
                captured.map(|(_, at)| &nodes[*at as usize])
            };
            let name = || node(named).map(|node| node.text(code));
            if let (Some(node), Some(language)) = (node(content), pattern.language.as_deref().or_else(name)) {
                found.push((language.to_owned(), node.start as usize..node.end as usize));
            }
        });
        found
    }
}

/// What a name of a query stands for.
fn shown(language: &str, name: &str) -> Option<(Option<Role>, u8)> {
    let is_shown = !name.starts_with('_') && name != "spell" && !name.starts_with("injection");
    let parts = u8::try_from(name.matches('.').count()).unwrap_or(u8::MAX);
    is_shown.then(|| (Role::of(language, name), parts))
}

fn parse(parser: &mut Parser, code: &str) -> Option<Tree> {
    let mut left = budget(code) / STEPS_ASKED;
    let mut going = |_: &_| {
        left = left.saturating_sub(1);
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut going);
    let mut read = |at: usize, _| code.as_bytes().get(at..).unwrap_or_default();
    parser.parse_with_options(&mut read, None, Some(options))
}

fn budget(code: &str) -> usize {
    STEPS.0 + STEPS.1 * code.len()
}

/// Whether brackets are open that deep that recovering from it would take time with the square of the depth.
fn is_unclosed(code: &str) -> bool {
    let mut open = 0usize;
    code.bytes().any(|byte| {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEEPEST_BRACKETS
    })
}

/// Whether a line opens more blocks than can be kept. Those of the lines before are open only as far as it is indented.
fn is_too_deep(code: &str) -> bool {
    let opens =
        |line: &str| line.bytes().take_while(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii()).count();
    code.lines().any(|line| opens(line) > DEEPEST_LINE)
}
