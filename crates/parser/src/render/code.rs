//! Code blocks, and code with components in it, which are not components there.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::Renderer;
use crate::escape;

/// Whether the loop is in a code block.
#[derive(Default)]
pub(super) struct State {
    pub(super) inside: bool,
}

/// What the line after the opening fence says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Info<'a> {
    language: &'a str,
    numbered: bool,
    /// Lines to bring out, as `2-3 5`.
    lines: String,
    name: Option<&'a str>,
}

impl<'s> Renderer<'s> {
    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.code.inside = true;
        let CodeBlockKind::Fenced(info) = kind else {
            return self.html.push_str("<pre><code>");
        };
        let info = self.source.clean(info);
        let info = Info::read(&info);
        self.html.push_str("<pre><code");
        if !info.language.is_empty() {
            self.html.push_str(" class=\"language-");
            escape::attribute(&mut self.html, info.language);
            self.attribute("\" data-lang=\"", info.language);
        }
        if info.numbered {
            self.html.push_str(" data-linenos=\"true\"");
        }
        if !info.lines.is_empty() {
            self.attribute(" data-hl-lines=\"", &info.lines);
        }
        if let Some(name) = info.name {
            self.attribute(" data-name=\"", name);
        }
        self.html.push('>');
    }

    fn attribute(&mut self, open: &str, value: &str) {
        self.html.push_str(open);
        escape::attribute(&mut self.html, value);
        self.html.push('"');
    }

    /// A line of a code block.
    pub(super) fn code_text(&mut self, text: &str, range: &Range<usize>) {
        let source = self.source;
        let code = match self.unmasked(range) {
            Some(written) if text.len() == range.len() => source.clean(written),
            _ => self.cleaned(text, range),
        };
        escape::text(&mut self.html, &code);
        self.unseen.push_str(&code);
    }

    pub(super) fn end_code(&mut self) {
        self.code.inside = false;
        self.html.push_str("</code></pre>\n");
    }

    /// What was written where something is hidden, because it stands in code after all.
    fn unmasked(&mut self, range: &Range<usize>) -> Option<&'s str> {
        if self.source.masks.is_empty() {
            return None;
        }
        let written = self.source.written_range(range);
        let masks = self.source.masks_in(&written);
        if masks.is_empty() {
            return None;
        }
        self.components.in_code.extend(masks);
        let source = self.source;
        source.written.get(written)
    }

    /// The same for a code span, between whose back quotes line ends are spaces and one space at both ends is
    /// cut off (CommonMark 6.1).
    pub(super) fn unmasked_span(&mut self, range: &Range<usize>) -> Option<String> {
        let written = self.unmasked(range)?;
        let inner = written.trim_matches('`').replace("\r\n", " ").replace(['\n', '\r'], " ");
        let cut = inner
            .strip_prefix(' ')
            .and_then(|rest| rest.strip_suffix(' '))
            .filter(|rest| !rest.trim().is_empty());
        let inner = cut.map(str::to_owned).unwrap_or(inner);
        Some(match self.source.clean(&inner) {
            Cow::Borrowed(_) => inner,
            Cow::Owned(cleaned) => cleaned,
        })
    }
}

impl<'a> Info<'a> {
    /// Reads the forms in use: `rust,linenos,hl_lines=2-3` (Zola), `js {2,4-5}` (VitePress), `{r, echo = FALSE}`
    /// (knitr), `{.python}` (Pandoc), `js lib/a.js` (Hexo).
    fn read(info: &'a str) -> Info<'a> {
        let info = info.trim();
        let braced =
            info.strip_prefix('{').map(|rest| rest.strip_suffix('}').unwrap_or(rest).trim_start_matches('.'));
        let rest = braced.unwrap_or(info);
        let end = rest.find(|c: char| c == ',' || c == '{' || c.is_whitespace()).unwrap_or(rest.len());
        let mut read = Info { language: &rest[..end], ..Info::default() };
        read.options(&rest[end..]);
        // What is not ASCII is no option of any tool, and is never lost.
        let whole = rest[end..].trim_matches(|c: char| c.is_whitespace() || c == ',');
        let foreign = |text: &str| text.chars().filter(|c| !c.is_ascii()).count();
        if foreign(read.name.unwrap_or_default()) < foreign(whole) {
            read.name = Some(whole);
        }
        read
    }

    /// Reads what stands behind the language.
    fn options(&mut self, mut rest: &'a str) {
        if let (Some(open), Some(close)) = (rest.find('{'), rest.find('}'))
            && open < close
        {
            self.bring_out(&rest[open + 1..close]);
            rest = &rest[..open];
        }
        // `hl_lines=2-3 5` goes on after the space, so options end at commas where there are any.
        let comma = rest.contains(',');
        // Without a comma or an option the rest is a title, as in Hexo: ```` ```js lib/a.js ````.
        if !comma && !rest.contains('=') && rest.trim() != "linenos" && !rest.trim().is_empty() {
            self.name = Some(rest.trim());
            return;
        }
        for part in rest.split(|c: char| if comma { c == ',' } else { c.is_whitespace() }) {
            let part = part.trim();
            match part.split_once('=').map(|(key, value)| (key.trim(), value.trim().trim_matches('"'))) {
                None if part == "linenos" => self.numbered = true,
                Some(("linenos", value)) => self.numbered = value != "false",
                Some(("hl_lines", value)) => self.bring_out(value),
                Some(("name" | "title" | "filename", value)) if !value.is_empty() => self.name = Some(value),
                _ => {}
            }
        }
    }

    /// Takes up lines as `2-3 5`, `2,4-5` or `[2, 4]`; anything else is no line.
    fn bring_out(&mut self, lines: &str) {
        let is_lines = |part: &&str| {
            !part.is_empty()
                && part.split('-').all(|n| n.bytes().all(|b| b.is_ascii_digit()) && !n.is_empty())
        };
        for part in lines.split(|c: char| !(c.is_ascii_digit() || c == '-')).filter(is_lines) {
            if !self.lines.is_empty() {
                self.lines.push(' ');
            }
            self.lines.push_str(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn info_strings() {
        for (text, language, numbered, lines, name) in [
            ("rust", "rust", false, "", None),
            ("", "", false, "", None),
            ("rust,linenos,hl_lines=2-3 5,name=src/月.rs", "rust", true, "2-3 5", Some("src/月.rs")),
            ("js {2,4-5}", "js", false, "2 4-5", None),
            ("js{1}", "js", false, "1", None),
            ("{r, out.width = \"400px\"}", "r", false, "", None),
            ("{.python}", "python", false, "", None),
            ("C++", "C++", false, "", None),
            ("rust,ignore,does_not_compile", "rust", false, "", None),
            ("toml title=\"fika.toml\"", "toml", false, "", Some("fika.toml")),
            ("js lib/月.js", "js", false, "", Some("lib/月.js")),
            ("rust,例子", "rust", false, "", Some("例子")),
            ("js }{", "js", false, "", Some("}{")),
        ] {
            let want = Info { language, numbered, lines: lines.into(), name };
            assert_eq!(Info::read(text), want, "{text}");
        }
    }
}
