//! Tables that are none, and rows that are odd.

use std::ops::Range;

use super::Renderer;
use crate::emphasis::{LETTER, POINT};

/// What an input method writes for `|`.
const BAR: char = '｜';

impl Renderer<'_> {
    /// A paragraph with a line in it that would have made a table of it, if it fitted the line above.
    pub(super) fn broken_table(&mut self, range: &Range<usize>) {
        let text = &self.source.text[range.clone()];
        if memchr::memchr(b'|', text.as_bytes()).is_none() && !text.starts_with(BAR) {
            return;
        }
        let (mut at, mut head) = (range.start, None);
        for line in text.split_inclusive('\n') {
            let row = line.trim_matches([' ', '\t', '>', '\n']);
            let start = at + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            at += line.len();
            if let Some(head) = head.filter(|_| is_delimiter(row)) {
                let (columns, delimiters) = (cells(head), cells(row));
                let message = match row.is_ascii() {
                    false => {
                        "the line below the head of this table has full-width signs in it, so it is no table"
                            .to_owned()
                    }
                    true if columns == delimiters => return,
                    true => format!(
                        "the head of this table has {columns} cells and the line below it {delimiters}, so it is no table"
                    ),
                };
                let help = "write `|---|---|`, a part for each cell, and `\\|` for a line within a cell";
                return self.warn("broken-syntax", &(start..start + row.len()), message, help);
            }
            head = Some(row).filter(|row| row.contains(['|', BAR]));
        }
    }

    /// Reports what is odd about a row.
    pub(super) fn odd_row(&mut self, row: &Range<usize>) {
        self.surplus_cells(row);
        let line = &self.source.text[row.clone()];
        let is_text = || !line.trim().is_empty() && !line.starts_with('{') && !line.contains('|');
        if self.table.column > 1 && is_text() {
            self.warn(
                "table-cells",
                row,
                "this line stands right below a table, so it is a row of it",
                "put an empty line above it",
            );
        }
    }

    /// Cells that the head of the table has no column for are not shown (GFM 4.10), which nobody wants who wrote them.
    fn surplus_cells(&mut self, row: &Range<usize>) {
        let rest = self.table.end..row.end;
        let surplus = self
            .source
            .text
            .get(rest.clone())
            .is_some_and(|rest| rest.contains(|c: char| c != '|' && !c.is_whitespace()));
        if surplus {
            self.warn(
                "table-cells",
                &rest,
                "this row has more cells than the table has columns, and the last are not shown",
                "give the first row as many cells, or write `\\|` for a line within a cell",
            );
        }
    }
}

/// Whether a line parts the head of a table from its rows, or would if its signs were half-width.
fn is_delimiter(line: &str) -> bool {
    let is_sign =
        |c: char| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '：' | '—' | '－' | BAR | LETTER | POINT);
    line.contains(['|', BAR]) && line.contains(['-', '—', '－']) && line.chars().all(is_sign)
}

/// How many cells a row has.
fn cells(row: &str) -> usize {
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').unwrap_or(row);
    let bars = row.match_indices('|').filter(|&(at, _)| !row[..at].ends_with('\\'));
    bars.count() + 1
}
