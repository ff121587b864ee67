//! What nobody reads in raw HTML. Markdown in a block of it: whoever writes a line below `</p>` or `<br>` does not see that the block
//! goes on. And the addresses of pictures that a script of the page they were copied from would have put in their place.

use fika_html::Tag;

use super::{Renderer, State};

/// Elements in which signs are what they are.
const AS_WRITTEN: &[&str] = &["<pre", "<code", "<script", "<style", "<textarea", "<!--", "<svg", "<math"];

impl Renderer<'_> {
    /// Reports the first bold type, link or heading of Markdown in a part of a block of HTML.
    pub(super) fn unread_markdown(&mut self, state: &State, from: usize) {
        let html = &state.buffer[from..];
        if !["**", "](", "\n#"].iter().any(|sign| html.contains(sign)) {
            return;
        }
        let lower = html.to_ascii_lowercase();
        if AS_WRITTEN.iter().any(|begin| lower.contains(begin)) {
            return;
        }
        let mut at = from;
        for line in html.split_inclusive('\n') {
            if let Some((start, end)) = bold(line).or_else(|| link(line)).or_else(|| heading(line)) {
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

impl Renderer<'_> {
    /// Reports an `img` that has its address in `data-src` alone, as those of WeChat articles have.
    pub(super) fn lazy_picture(&mut self, tag: &Tag<'_>, read_at: &impl Fn(usize) -> usize) {
        let find = |name: &str| tag.attributes().find(|one| one.is(name));
        let Some(lazy) = find("data-src").filter(|_| find("src").is_none()) else { return };
        let place = read_at(lazy.value.start)..read_at(lazy.value.end);
        self.warn(
            "lazy-picture",
            &place,
            "the address of this picture is in `data-src`, where no browser looks, so it is not shown",
            "call it `src`, or save the picture and write `![what it shows](picture.png)`",
        );
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

/// `## words`
fn heading(line: &str) -> Option<(usize, usize)> {
    let signs = line.len() - line.trim_start_matches('#').len();
    let words = line[signs..].strip_prefix(' ')?;
    ((1..=6).contains(&signs) && !words.trim().is_empty()).then_some((0, line.trim_end().len()))
}
