//! Markdown in a block of HTML, where it is not read: whoever writes a line below `</p>` or `<br>` does not see that the block goes on.

use super::{Renderer, State};

/// Elements in which signs are what they are.
const AS_WRITTEN: &[&str] = &["<pre", "<code", "<script", "<style", "<textarea", "<!--", "<svg", "<math"];

impl Renderer<'_> {
    /// Reports the first bold type or link of Markdown in a part of a block of HTML.
    pub(super) fn unread_markdown(&mut self, state: &State, from: usize) {
        let html = &state.buffer[from..];
        if !html.contains("**") && !html.contains("](") {
            return;
        }
        let lower = html.to_ascii_lowercase();
        if AS_WRITTEN.iter().any(|begin| lower.contains(begin)) {
            return;
        }
        let mut at = from;
        for line in html.split_inclusive('\n') {
            if let Some((start, end)) = bold(line).or_else(|| link(line)) {
                let place = state.read_at(at + start)..state.read_at(at + end);
                return self.warn(
                    "markdown-in-html",
                    &place,
                    "in a block of HTML, which goes on to the next empty line, Markdown is not read",
                    "put an empty line between the HTML and the text",
                );
            }
            at += line.len();
        }
    }
}

/// `**words**`
fn bold(line: &str) -> Option<(usize, usize)> {
    let start = line.find("**")?;
    let inside = &line[start + 2..];
    let end = inside.find("**").filter(|&end| end > 0 && !inside.starts_with(char::is_whitespace))?;
    Some((start, start + end + 4))
}

/// `[words](address)`
fn link(line: &str) -> Option<(usize, usize)> {
    let middle = line.find("](")?;
    let start = line[..middle].rfind('[')?;
    let end = middle + line[middle..].find(')')?;
    Some((start, end + 1))
}
