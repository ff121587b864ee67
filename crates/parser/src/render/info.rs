//! Info strings, the line behind the opening fence of a code block, in all the shapes that are in use.
//!
//! CommonMark 4.5 says no more than that its first word is the language. What follows is read as the tools do from which
//! writers come: Zola, Hugo, Hexo, VitePress, Docusaurus, rustdoc, Pandoc, knitr. What none of them knows is left alone.

use std::borrow::Cow;

/// What an info string says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Info<'a> {
    pub(super) language: &'a str,
    /// The number of the first line, where lines are numbered.
    pub(super) first_line: Option<u32>,
    /// Lines to bring out, from 1: first and last.
    pub(super) marked: Vec<(u32, u32)>,
    /// The name of the file, or another title.
    pub(super) name: Option<Cow<'a, str>>,
}

impl<'a> Info<'a> {
    /// Reads a whole info string.
    pub(super) fn read(text: &'a str) -> Info<'a> {
        let text = text.trim();
        let end =
            text.find(|c: char| matches!(c, ',' | '{' | ':') || c.is_whitespace()).unwrap_or(text.len());
        let (language, rest) = text.split_at(end);
        let mut reader = Reader { language, ..Reader::default() };
        match rest.strip_prefix(':').filter(|_| !language.is_empty()) {
            // `ts:line-numbers {1}` (VitePress), `js:a.js` (Qiita).
            Some(rest) => {
                let end = rest.find([' ', ',', '{']).unwrap_or(rest.len());
                reader.item(&rest[..end], true);
                reader.items(&rest[end..]);
            }
            None => reader.items(rest),
        }
        let mut info = reader.info();
        // What is not ASCII is no option of any tool, and is never lost.
        let shown = foreign(info.language) + foreign(info.name.as_deref().unwrap_or_default());
        if shown < foreign(text) {
            info.name = Some(rest.trim_matches([' ', ',', ':']).into());
        }
        info
    }

    /// Whether it says nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        self.language.is_empty() && self.first_line.is_none() && self.marked.is_empty()
    }

    /// Whether the block is a formula, as on GitHub and GitLab.
    pub(super) fn is_math(&self) -> bool {
        self.language == "math"
    }
}

/// Gathers what the items of an info string say.
#[derive(Default)]
struct Reader<'a> {
    /// The first word, else what stands in braces: `{.python}`, `{r}`.
    language: &'a str,
    numbered: Option<bool>,
    first_line: Option<u32>,
    marked: Vec<(u32, u32)>,
    name: Option<Cow<'a, str>>,
    /// What may be a title, if nothing is named one.
    words: Vec<&'a str>,
    /// Whether what is read stands in braces: nobody writes braces in braces, and who does may write very many.
    in_braces: bool,
    /// The option before, whose list of lines may go on behind a space: `hl_lines=2-3 5`.
    listing: Option<&'a str>,
}

impl<'a> Reader<'a> {
    fn info(self) -> Info<'a> {
        let numbered = self.numbered.unwrap_or(self.first_line.is_some());
        Info {
            language: self.language,
            first_line: numbered.then(|| self.first_line.unwrap_or(1)),
            name: self.name.or_else(|| title(&self.words)),
            marked: self.marked,
        }
    }

    /// Items between spaces and commas. Quotation marks and brackets keep what is in them together.
    fn items(&mut self, text: &'a str) {
        let mut from = 0;
        let (mut depth, mut quote, mut spaced) = (0u32, None, true);
        for (at, c) in text.char_indices() {
            match (quote, c) {
                (Some(open), _) if c == open => quote = None,
                (Some(_), _) => {}
                (None, '"') => quote = Some(c),
                (None, '{') if depth == 0 && !text[from..at].ends_with('=') => {
                    self.item(&text[from..at], spaced);
                    from = at;
                    depth = 1;
                }
                (None, '{' | '[') => depth += 1,
                (None, '}' | ']') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && c == '}' {
                        self.item(&text[from..at + 1], spaced);
                        from = at + 1;
                    }
                }
                (None, _) if depth == 0 && (c == ',' || c.is_whitespace()) => {
                    self.item(&text[from..at], spaced);
                    (from, spaced) = (at + c.len_utf8(), c != ',' && (spaced || from < at));
                }
                _ => {}
            }
        }
        self.item(&text[from..], spaced);
    }

    /// One item. A bare word may be a title where no comma stands before it.
    fn item(&mut self, item: &'a str, spaced: bool) {
        if item.is_empty() {
            return;
        }
        if let Some(inner) = item.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            if !std::mem::replace(&mut self.in_braces, true) {
                self.braces(inner);
                self.in_braces = false;
            }
            return;
        }
        // What VitePress writes on the tab of a group: `js [a.js]`.
        let tab = item.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        if let Some(name) = tab.filter(|name| spaced && !name.is_empty() && lines(name).is_none()) {
            self.name = Some(name.into());
            return;
        }
        // `mark:1,4-6` is Hexo's way; an address is no option.
        let option = item
            .split_once('=')
            .or_else(|| item.split_once(':').filter(|(_, value)| !value.starts_with("//")));
        let key = option.map_or(item, |(key, _)| key).trim_matches('.');
        if let Some((_, value)) = option
            && !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        {
            self.listing = Some(key);
            return self.option(key, value.trim_matches('"'));
        }
        if self.listing.is_some() && lines(item).is_some() {
            let key = self.listing.unwrap_or_default();
            return self.option(key, item);
        }
        match key.to_ascii_lowercase().as_str() {
            "linenos" | "showlinenumbers" | "numberlines" | "number-lines" | "line-numbers" => {
                self.numbered = Some(true);
            }
            "no-line-numbers" => self.numbered = Some(false),
            _ if spaced => self.words.push(item),
            _ => {}
        }
    }

    fn option(&mut self, key: &'a str, value: &'a str) {
        match key.to_ascii_lowercase().as_str() {
            "linenos" | "line_number" | "numberlines" => self.numbered = Some(value != "false"),
            "linenostart" | "first_line" | "startfrom" | "startline" | "line-numbers" => {
                self.first_line = value.parse().ok();
            }
            "hl_lines" | "mark" | "highlight" => self.marked.extend(lines(value).unwrap_or_default()),
            "name" | "title" | "filename" | "file" if !value.is_empty() => self.name = Some(value.into()),
            _ => {}
        }
    }

    /// `{1,3-4}` brings lines out; `{linenos=table}`, `{.python}` and `{r, echo=FALSE}` hold options.
    fn braces(&mut self, inner: &'a str) {
        if let Some(lines) = lines(inner) {
            return self.marked.extend(lines);
        }
        let inner = inner.trim();
        let end = inner.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(inner.len());
        let first = &inner[..end];
        if first.contains('=') || !self.language.is_empty() {
            return self.items(inner);
        }
        self.language = first.trim_start_matches('.');
        self.listing = None;
        self.items(&inner[end..]);
    }
}

/// Lines as `2-3 5`, `{2,4-5}` or `[2,"4-5"]`; nothing if it is anything else.
fn lines(text: &str) -> Option<Vec<(u32, u32)>> {
    let mut found = Vec::new();
    for part in text.split([' ', ',', '[', ']', '{', '}', '"', '\'']).filter(|part| !part.is_empty()) {
        let (first, last) = part.split_once('-').or(part.split_once("..")).unwrap_or((part, part));
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        found.push((first, last));
    }
    (!found.is_empty()).then_some(found)
}

fn foreign(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii()).count()
}

/// Words behind the language are a title if they look like one, as `lib/a.js`, `Makefile` or `示例` do: `rust ignore` and
/// `jsx live` have none.
fn title<'a>(words: &[&'a str]) -> Option<Cow<'a, str>> {
    let is_name = |word: &&str| {
        word.contains(['.', '/', '\\']) && word.len() > 1
            || !word.is_ascii()
            || word.starts_with(|c: char| c.is_ascii_uppercase())
    };
    match words {
        [] => None,
        [word] => is_name(word).then_some(Cow::Borrowed(*word)),
        words => words.iter().any(is_name).then(|| words.join(" ").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, language: &str, first_line: Option<u32>, marked: &[(u32, u32)], name: Option<&str>) {
        let want = Info { language, first_line, marked: marked.to_vec(), name: name.map(Cow::from) };
        assert_eq!(Info::read(text), want, "{text}");
    }

    #[test]
    fn languages() {
        for text in ["rust", "C++", "Objective-C", "c#", "", "shell-session"] {
            check(text, text, None, &[], None);
        }
        check("js [a b.js]", "js", None, &[], Some("a b.js"));
        check("js{1..2} [a.js]", "js", None, &[(1, 2)], Some("a.js"));
        check("rust,ignore,does_not_compile", "rust", None, &[], None);
        check("rust ignore", "rust", None, &[], None);
        check("jsx live", "jsx", None, &[], None);
        check("{r, out.width = \"400px\"}", "r", None, &[], None);
        check("{r setup, echo=FALSE}", "r", None, &[], None);
        check("{.python}", "python", None, &[], None);
        check("{.python .numberLines startFrom=\"100\"}", "python", Some(100), &[], None);
        check("js }{", "js", None, &[], None);
    }

    #[test]
    fn zola() {
        check(
            "rust,linenos,hl_lines=2-3 5,name=src/月.rs",
            "rust",
            Some(1),
            &[(2, 3), (5, 5)],
            Some("src/月.rs"),
        );
        check(
            "rust, linenos, linenostart=20, hl_lines=3 8-9, hide_lines=2 7, name=mod.rs",
            "rust",
            Some(20),
            &[(3, 3), (8, 9)],
            Some("mod.rs"),
        );
        check("toml,hl_lines=5-6", "toml", None, &[(5, 6)], None);
        check("rust,例子", "rust", None, &[], Some("例子"));
    }

    #[test]
    fn hugo() {
        check("go {hl_lines=[1,\"3-5\"] linenos=table}", "go", Some(1), &[(1, 1), (3, 5)], None);
        check(
            "go {linenos=inline,hl_lines=[8,\"15-17\"],linenostart=199}",
            "go",
            Some(199),
            &[(8, 8), (15, 17)],
            None,
        );
        check("go {lineNos=false, title=\"a.go\"}", "go", None, &[], Some("a.go"));
    }

    #[test]
    fn hexo() {
        check("js lib/月.js", "js", None, &[], Some("lib/月.js"));
        check("js lib/foo.js", "js", None, &[], Some("lib/foo.js"));
        check(
            "js Hello world line_number:true first_line:5 mark:1,4-6",
            "js",
            Some(5),
            &[(1, 1), (4, 6)],
            Some("Hello world"),
        );
    }

    #[test]
    fn javascript_tools() {
        check("js {2,4-5}", "js", None, &[(2, 2), (4, 5)], None);
        check("js{1}", "js", None, &[(1, 1)], None);
        check("{1,3-4}", "", None, &[(1, 1), (3, 4)], None);
        check("ts:line-numbers=2 {1}", "ts", Some(2), &[(1, 1)], None);
        check("ts:line-numbers {1}", "ts", Some(1), &[(1, 1)], None);
        check("js:src/a.js", "js", None, &[], Some("src/a.js"));
        check("toml title=\"fika.toml\"", "toml", None, &[], Some("fika.toml"));
        check(
            "jsx title=\"/src/My App.js\" {1,4-6} showLineNumbers",
            "jsx",
            Some(1),
            &[(1, 1), (4, 6)],
            Some("/src/My App.js"),
        );
        check("rust title=\"a.rs\"", "rust", None, &[], Some("a.rs"));
    }
}
