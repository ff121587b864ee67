//! The front matter of a translation, out of that of its original: what is words is left empty above what stands there, what holds for
//! both is copied.

use fika_parser::FrontMatter;

/// Keys whose values are words of the language, and are to be translated.
const WORDS: &[&str] =
    &["title", "description", "summary", "tagline", "series", "tags", "categories", "taxonomies"];
/// Keys that do not hold for a translation.
const LEFT_OUT: &[&str] = &[
    "lang",
    "language",
    "draft",
    "aliases",
    "key",
    "translationKey",
    "translator",
    "translators",
    "sort_key",
];

/// What is said of the translation besides.
pub(super) struct Said<'a> {
    /// The title of the original, should its front matter have none.
    pub title: &'a str,
    /// What ties it to its original, if the names of the files do not.
    pub key: Option<&'a str>,
    /// Its language, if the name of the file does not say it.
    pub lang: Option<&'a str>,
}

/// The front matter with its fences, and an empty line behind it.
pub(super) fn front_matter(written: Option<FrontMatter<'_>>, said: &Said<'_>) -> String {
    let (text, is_toml) = written.map_or(("", false), |found| (found.text, found.is_toml));
    let (fence, mark, empty) = if is_toml { ("+++", " =", " \"\"") } else { ("---", ":", "") };
    let items = items(text, is_toml);
    // Behind the head of a table every key is one of the table's.
    let tables = items.iter().position(|item| item.table.is_some()).unwrap_or(items.len());
    let mut out = format!("{fence}\n");
    items[..tables].iter().for_each(|item| item.translate(mark, empty, &mut out));
    if !items[..tables].iter().any(|item| item.name == "title") {
        out.push_str(&format!("title{mark}{empty}\n# {}\n", said.title));
    }
    let quoted = |value: &str| serde_json::Value::from(value).to_string();
    out.extend(said.key.map(|key| format!("key{mark} {}\n", quoted(key))));
    out.extend(said.lang.map(|lang| format!("lang{mark} {}\n", quoted(lang))));
    out.push_str(&format!("draft{mark} true\n"));
    items[tables..].iter().for_each(|item| item.translate(mark, empty, &mut out));
    out.push_str(&format!("{fence}\n\n"));
    out
}

/// A key with all lines of its value, the head of a table, or what stands before any of these.
struct Item<'a> {
    /// Empty where there is none.
    name: &'a str,
    /// The table of TOML that it heads or belongs to.
    table: Option<&'a str>,
    lines: Vec<&'a str>,
}

impl Item<'_> {
    fn translate(&self, mark: &str, empty: &str, out: &mut String) {
        let (name, of_terms) = (self.name, self.table == Some("taxonomies") && !self.name.is_empty());
        if self.table.is_none() && LEFT_OUT.contains(&name) {
            return;
        }
        // A map in braces has its keys in one line: all of it is for the translator to read.
        let is_map = name.is_empty() && self.lines.first().is_some_and(|line| line.starts_with('{'));
        let is_words = of_terms || (self.table.is_none() && WORDS.contains(&name));
        if is_words {
            let value = match name {
                "taxonomies" => " {}",
                _ if of_terms || matches!(name, "tags" | "categories") => " []",
                _ => empty,
            };
            out.push_str(&format!("{name}{mark}{value}\n"));
        }
        for line in &self.lines {
            let is_quoted = (is_words || is_map) && !line.is_empty();
            out.push_str(&format!("{}{line}\n", if is_quoted { "# " } else { "" }));
        }
    }
}

/// Front matter by its keys. A line that is indented or begins like the rest of a list goes on with the value before it, and so does every
/// line before the end of what a value has opened.
fn items(text: &str, is_toml: bool) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let (mut open, mut table) = (None, None);
    for line in text.lines() {
        let goes_on = line.is_empty() || line.starts_with([' ', '\t', '-', ']', '}', '#']);
        if let Some(item) = items.last_mut().filter(|_| open.is_some() || goes_on) {
            item.lines.push(line);
            open = open.and_then(|open| still_open(open, line));
            continue;
        }
        let is_head = is_toml && line.starts_with('[');
        if is_head {
            table = Some(line.trim_matches(['[', ']', ' ']));
        }
        let (name, value) = match line.find(if is_toml { '=' } else { ':' }) {
            Some(at) if !is_head && !goes_on && !line.starts_with('{') => {
                (line[..at].trim(), &line[at + 1..])
            }
            _ => ("", if is_head { "" } else { line }),
        };
        open = opened(value.trim());
        items.push(Item { name: name.trim_matches(['"', '\'']), table, lines: vec![line] });
    }
    items
}

/// What ends a value that goes on over several lines.
#[derive(Clone, Copy)]
enum Open {
    /// Three quotation marks.
    Quotes(&'static str),
    /// So many brackets.
    Brackets(usize),
}

fn opened(value: &str) -> Option<Open> {
    let quotes = ["\"\"\"", "'''"].into_iter().find(|quotes| value.starts_with(quotes));
    match quotes {
        Some(quotes) => still_open(Open::Quotes(quotes), &value[quotes.len()..]),
        None if value.starts_with(['[', '{']) => still_open(Open::Brackets(0), value),
        None => None,
    }
}

/// What is still open behind a line.
fn still_open(open: Open, line: &str) -> Option<Open> {
    let mut depth = match open {
        Open::Quotes(quotes) => return (!line.contains(quotes)).then_some(open),
        Open::Brackets(depth) => depth,
    };
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, '#') => break,
            _ => {}
        }
    }
    (depth > 0).then_some(Open::Brackets(depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_again() {
        let said = Said { title: "文", key: None, lang: None };
        let of = |text: &str| front_matter(fika_parser::front_matter(text), &said);
        assert_eq!(of("文\n"), "---\ntitle:\n# 文\ndraft: true\n---\n\n");
        assert_eq!(
            of(
                "+++\ntitle = \"雨\"\ndate = 2024-01-01\n[taxonomies]\ntags = [\"雨\"]\n[extra]\ntitle = 1\ndraft = 2\n+++\n"
            ),
            "+++\ntitle = \"\"\n# title = \"雨\"\ndate = 2024-01-01\ndraft = true\n[taxonomies]\ntags = []\n# tags = [\"雨\"]\n[extra]\ntitle = 1\ndraft = 2\n+++\n\n"
        );
        assert_eq!(
            of("+++\n\"title\" = \"\"\"\n雨\n\"\"\"\nweight = 1\n+++\n"),
            "+++\ntitle = \"\"\n# \"title\" = \"\"\"\n# 雨\n# \"\"\"\nweight = 1\ndraft = true\n+++\n\n"
        );
        assert_eq!(
            of("---\naliases: [\n/x/,\n/y/\n]\n\"title\": 雨\ntags:\n- 雨\n\nweight: 1\n---\n"),
            "---\ntitle:\n# \"title\": 雨\ntags: []\n# tags:\n# - 雨\n\nweight: 1\ndraft: true\n---\n\n"
        );
        assert_eq!(
            of("---\n{title: 流, tags: [a]}\n---\n"),
            "---\n# {title: 流, tags: [a]}\ntitle:\n# 文\ndraft: true\n---\n\n"
        );
    }
}
