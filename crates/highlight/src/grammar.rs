//! One grammar at work: code to a tree, the tree to what a query finds in it.

use std::ops::{ControlFlow, Range};

use arborium::tree_sitter::{
    Language, ParseOptions, Parser, Query, QueryCursor, QueryCursorOptions, StreamingIterator as _, Tree,
};

use crate::Role;
use crate::languages::Known;

/// What a query has found.
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    /// Nothing for what looks like text.
    pub(crate) role: Option<Role>,
    /// How deep its language lies in others, how many parts its name has, and which pattern of the query it was: the
    /// deeper decides, then the more exact, then the later.
    pub(crate) rank: (usize, usize, usize),
}

/// A grammar that is ready for use.
pub(crate) struct Grammar {
    name: &'static str,
    language: Language,
    words: Query,
    /// Where code of other languages lies in this one's.
    inner: Option<Query>,
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
    pub(crate) fn new(known: &Known) -> Option<Grammar> {
        let language = Language::new((known.grammar)());
        let words = Query::new(&language, (known.words)()).ok()?;
        let inner = Query::new(&language, known.inner).ok().filter(|_| !known.inner.is_empty());
        Some(Grammar { name: known.name, language, words, inner })
    }

    /// Adds what is found in a piece of code; gives the parts that are of other languages. Nothing if it takes too long.
    pub(crate) fn find(
        &self,
        code: &str,
        depth: usize,
        found: &mut Vec<Found>,
    ) -> Option<Vec<(String, Range<usize>)>> {
        if is_unclosed(code) || (matches!(self.name, "markdown" | "yaml") && is_too_deep(code)) {
            return None;
        }
        let tree = self.parse(code)?;
        let mut left = budget(code);
        let mut going = |_: &_| go_on(&mut left);
        let options = QueryCursorOptions::new().progress_callback(&mut going);
        let mut cursor = QueryCursor::new();
        let names = self.words.capture_names();
        let mut matches =
            cursor.matches_with_options(&self.words, tree.root_node(), code.as_bytes(), options);
        while let Some(one) = matches.next() {
            for capture in one.captures {
                let name = names[capture.index as usize];
                if !name.starts_with('_') && name != "spell" && !name.starts_with("injection") {
                    let role = Role::of(self.name, name);
                    let rank = (depth, name.matches('.').count(), one.pattern_index);
                    found.push(Found { range: capture.node.byte_range(), role, rank });
                }
            }
        }
        Some(self.inner.as_ref().map(|query| inner(query, &tree, code)).unwrap_or_default())
    }

    fn parse(&self, code: &str) -> Option<Tree> {
        let mut parser = Parser::new();
        parser.set_language(&self.language).ok()?;
        let mut left = budget(code);
        let mut going = |_: &_| go_on(&mut left);
        let options = ParseOptions::new().progress_callback(&mut going);
        let mut read = |at: usize, _| code.as_bytes().get(at..).unwrap_or_default();
        parser.parse_with_options(&mut read, None, Some(options))
    }
}

fn budget(code: &str) -> usize {
    (STEPS.0 + STEPS.1 * code.len()) / STEPS_ASKED
}

fn go_on(left: &mut usize) -> ControlFlow<()> {
    *left = left.saturating_sub(1);
    if *left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
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

/// The parts of a piece of code that are of other languages: each with its language.
fn inner(query: &Query, tree: &Tree, code: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let content = query.capture_index_for_name("injection.content");
    let named = query.capture_index_for_name("injection.language");
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(query, tree.root_node(), code.as_bytes());
    while let Some(one) = matches.next() {
        let set = query.property_settings(one.pattern_index).iter();
        let set = set
            .filter(|property| &*property.key == "injection.language")
            .find_map(|property| property.value.clone());
        let node = |index: Option<u32>| {
            one.captures.iter().find(|capture| Some(capture.index) == index).map(|capture| capture.node)
        };
        let name = node(named).and_then(|node| code.get(node.byte_range())).map(str::to_owned);
        if let (Some(node), Some(language)) = (node(content), set.map(String::from).or(name)) {
            found.push((language, node.byte_range()));
        }
    }
    found
}
