//! What the words of a piece of code are: keywords, strings, comments. The grammars are those of tree-sitter, which are
//! large and written in C; this crate keeps them in.
//!
//! ```
//! let highlighter = fika_highlight::Highlighter::new();
//! let spans = highlighter.spans("rust", "let moon = 1;").unwrap();
//! assert_eq!(spans[0].role, fika_highlight::Role::Keyword);
//! assert_eq!(spans[0].range, 0..3);
//! ```

mod flatten;
mod grammar;
mod languages;
mod query;
mod role;
mod tree;

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::grammar::{Found, Grammar};
use crate::languages::{LANGUAGES, index};

pub use role::Role;

/// Longer code stays plain.
pub const LONGEST: usize = 1 << 16;

/// How deep languages may lie in one another: a script in a page in a block of Markdown.
const DEEPEST: u8 = 3;

/// Part of a piece of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub role: Role,
}

/// Knows grammars, each from when it is first asked for: one that nobody needs costs nothing. Shared by all threads.
#[derive(Default)]
pub struct Highlighter {
    grammars: [OnceLock<Grammar>; LANGUAGES.len()],
    /// Room for what is found.
    idle: Mutex<Vec<Vec<Found>>>,
}

impl std::fmt::Debug for Highlighter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Highlighter").finish_non_exhaustive()
    }
}

impl Highlighter {
    /// One that knows no grammar yet.
    pub fn new() -> Highlighter {
        Highlighter::default()
    }

    /// Whether there is a grammar for a language, under any name in use: `rust`, `rs`, `C++`, `shell`.
    pub fn knows(language: &str) -> bool {
        index(language).is_some()
    }

    /// The spans of a piece of code, in order and apart from one another; what is between them is nothing special.
    /// Nothing if the language is not known, or the code is longer than [`LONGEST`], or so unlike its language that the
    /// grammar would take long to find its way: code and language alone decide that, never the clock.
    pub fn spans(&self, language: &str, code: &str) -> Option<Vec<Span>> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = idle().pop().unwrap_or_default();
        found.clear();
        let spans = self.find(language, code, 0, 0, &mut found).map(|()| flatten::flatten(&mut found, code));
        idle().push(found);
        spans
    }

    /// Adds what a grammar finds in code that lies at `offset`, and in the code of other languages within it.
    fn find(
        &self,
        language: &str,
        code: &str,
        offset: usize,
        depth: u8,
        found: &mut Vec<Found>,
    ) -> Option<()> {
        let index = index(language).filter(|_| code.len() <= LONGEST && depth <= DEEPEST)?;
        let grammar = self.grammars[index].get_or_init(|| Grammar::new(&LANGUAGES[index]));
        let inner = grammar.find(code, (offset, depth), found)?;
        for (language, range) in inner {
            if let Some(part) = code.get(range.clone()) {
                // What is not known there stays as the outer grammar has it.
                let _ = self.find(&language, part, offset + range.start, depth + 1, found);
            }
        }
        Some(())
    }
}
