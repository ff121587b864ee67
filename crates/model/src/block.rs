//! The blocks of an essay: what translations are compared by, and what stands side by side when two are read together.

use serde::{Deserialize, Serialize};

use crate::Span;

/// A block that stands in no other: a paragraph, a heading, a list as a whole. One without text, code or picture is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// A hash of what it says, the same however it is laid out and marked up.
    pub hash: u64,
    /// How long it is, in Han characters: a word of another script counts one and a half.
    pub size: u32,
    /// Where it stands in the source.
    pub span: Span,
}

/// What a block is. Two that belong together are of one kind in nearly every translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BlockKind {
    /// A paragraph of text.
    Paragraph,
    /// A heading, from 1 to 6.
    Heading(u8),
    /// A quotation or an alert.
    Quote,
    /// A list, with all its items.
    List,
    /// Terms and what they mean.
    Definitions,
    /// A table.
    Table,
    /// Code.
    Code,
    /// A picture alone.
    Picture,
    /// The text of a footnote.
    Note,
    /// Raw HTML, a component, or anything else.
    Other,
}

impl BlockKind {
    /// One letter, or a letter and a digit: as `translations.lock` writes it.
    pub fn mark(self) -> String {
        match self {
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Quote => "q".to_owned(),
            BlockKind::List => "l".to_owned(),
            BlockKind::Definitions => "d".to_owned(),
            BlockKind::Table => "t".to_owned(),
            BlockKind::Code => "c".to_owned(),
            BlockKind::Picture => "i".to_owned(),
            BlockKind::Note => "n".to_owned(),
            BlockKind::Other => "x".to_owned(),
        }
    }

    /// The kind of a mark. One that a later version made is read as [`BlockKind::Other`].
    pub fn of_mark(mark: &str) -> BlockKind {
        match mark {
            "p" => BlockKind::Paragraph,
            "q" => BlockKind::Quote,
            "l" => BlockKind::List,
            "d" => BlockKind::Definitions,
            "t" => BlockKind::Table,
            "c" => BlockKind::Code,
            "i" => BlockKind::Picture,
            "n" => BlockKind::Note,
            _ => match mark.as_bytes() {
                [b'h', level @ b'1'..=b'6'] => BlockKind::Heading(level - b'0'),
                _ => BlockKind::Other,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_they_are_written() {
        use BlockKind::*;
        for kind in
            [Paragraph, Heading(1), Heading(6), Quote, List, Definitions, Table, Code, Picture, Note, Other]
        {
            assert_eq!(BlockKind::of_mark(&kind.mark()), kind);
        }
        assert_eq!(BlockKind::of_mark("h7"), Other);
        assert_eq!(BlockKind::of_mark(""), Other);
    }
}
