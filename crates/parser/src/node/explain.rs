//! What is wrong with YAML or TOML, in words for a writer, and how to mend it.

use fika_model::Span;

use super::Fault;

/// The key at the start of a line such as `title: Moon`, `title    : Moon` or `"title": Moon`.
pub(crate) fn key_of(line: &str) -> Option<&str> {
    let colon = memchr::memchr_iter(b':', line.as_bytes().get(..line.len().min(200))?).find(|&at| {
        let after = line.as_bytes().get(at + 1);
        after.is_none_or(|byte| byte.is_ascii_whitespace())
    })?;
    let name = line[..colon].trim_end();
    let name = name.strip_prefix(['"', '\'']).and_then(|name| name.strip_suffix(['"', '\''])).unwrap_or(name);
    let good = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | '/');
    (!name.is_empty() && name.chars().all(good)).then_some(name)
}

/// Characters that begin something else than a text in YAML (YAML 1.2.2, 5.3).
const INDICATORS: &[char] = &['[', '{', '@', '`', '%', '*', '&', '!', '|', '>', ',', ']', '}', '?'];

/// The fault that is behind the one the library noticed, some lines before it or behind: a bracket that nobody closes, a tab.
/// `text` begins at byte `base` of its file.
pub(super) fn cause(text: &str, base: usize, fault: Fault) -> Fault {
    let found = if fault.message.contains("tab") { tab(text) } else { open_bracket(text, base, &fault) };
    match found {
        Some((start, end, message)) => {
            Fault { span: (base + start..base + end).into(), message: message.to_owned() }
        }
        None => fault,
    }
}

fn tab(text: &str) -> Option<(usize, usize, &'static str)> {
    let mut at = 0;
    let line = text.split_inclusive('\n').find(|line| {
        let found = line.trim_start_matches(' ').starts_with('\t');
        at += if found { 0 } else { line.len() };
        found
    })?;
    let at = at + line.find('\t')?;
    Some((at, at + 1, "a tab"))
}

/// The value of the key before that on the faulty line, if it begins with a bracket which is still open there.
fn open_bracket(text: &str, base: usize, fault: &Fault) -> Option<(usize, usize, &'static str)> {
    let at = (fault.span.start as usize).checked_sub(base)?;
    let before = &text[..text.get(..at)?.rfind('\n')? + 1];
    key_of(text[before.len()..].lines().next()?)?;
    let (mut start, mut last) = (0, None);
    for line in before.split_inclusive('\n') {
        // Only a key that nothing stands before is one of the map whose lines these are.
        last = key_of(line).map(|_| (start, line.trim_end())).or(last);
        start += line.len();
    }
    let (start, line) = last?;
    let value = line[line.find(':')? + 1..].trim_start();
    let (from, to) = (start + line.len() - value.len(), start + line.len());
    let (depth, _) = before[from..].chars().fold((0, None), |(depth, quote), c| match (quote, c) {
        (None, '"' | '\'') => (depth, Some(c)),
        (Some(open), _) if open == c => (depth, None),
        (None, '[' | '{') => (depth + 1, None),
        (None, ']' | '}') => (depth - 1, None),
        _ => (depth, quote),
    });
    (value.starts_with(['[', '{']) && depth > 0).then_some((from, to, "unclosed bracket"))
}

/// What is wrong in a YAML file at a place and what to do about it. `text` is the whole file.
pub(crate) fn explain_yaml(text: &str, fault: &Fault) -> (String, String) {
    let line = line_at(text, fault.span);
    let name = key_of(line);
    let value = name.and_then(|_| line.split_once(':')).map_or("", |(_, value)| value.trim());
    if fault.message.contains("tab") {
        return (
            "a tab stands where YAML wants spaces".to_owned(),
            "indent with spaces, the same for all keys of a map".to_owned(),
        );
    }
    let Some(name) = name.filter(|_| !value.is_empty()) else {
        return (
            fault.message.clone(),
            "write `key: value` on each line, lists as `[a, b]` or `- a` below the key".to_owned(),
        );
    };
    if let Some(mark) = value.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        return (fault.message.clone(), requote(name, value, mark, fault));
    }
    if fault.message.contains("unclosed") && value.starts_with(['[', '{']) && !value.contains('#') {
        return (
            fault.message.clone(),
            "close the bracket at the end of the value, or put the value in quotes".to_owned(),
        );
    }
    let list = value.strip_prefix('[').map(|list| list.strip_suffix(']').unwrap_or(list));
    if let Some(list) = list.filter(|list| is_parted_wide(list)) {
        let list = items(list).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(", ");
        return (
            "the items of this list have a full-width comma between them, which YAML does not know"
                .to_owned(),
            format!("write half-width ones: {name}: [{list}]"),
        );
    }
    if value.starts_with('[') && value.contains('#') {
        let items = value.trim_matches(['[', ']']).split(',').map(|item| quote(item.trim()));
        let items: Vec<String> = items.collect();
        return (
            "a `#` here begins a comment, which hides the bracket behind it".to_owned(),
            format!("put each item in quotes: {name}: [{}]", items.join(", ")),
        );
    }
    let help = format!("quote it: {name}: {}", quote(value));
    let message = match value.chars().next() {
        Some(first) if INDICATORS.contains(&first) => {
            format!("the value of `{name}` begins with `{first}`, which means something else in YAML")
        }
        _ if value.contains(": ") || value.ends_with(':') => {
            format!("the value of `{name}` holds a colon followed by a space")
        }
        _ => fault.message.clone(),
    };
    (message, help)
}

/// The same for TOML.
pub(crate) fn explain_toml(text: &str, fault: &Fault) -> (String, String) {
    let line = line_at(text, fault.span);
    let help = match line.split_once('=') {
        None if key_of(line).is_some() => {
            "this looks like YAML: put `---` instead of `+++` above and below, or write key = \"value\""
        }
        Some((key, _)) if !key.is_ascii() => "a key that is not in ASCII letters needs quotes: \"标题\" = …",
        _ if fault.message.contains("duplicate") => "delete one of them",
        _ if line.trim_start().starts_with('[') => {
            "write the name of a table as [taxonomies] on a line of its own"
        }
        _ => "write key = \"value\", texts in quotes",
    };
    (fault.message.clone(), help.to_owned())
}

/// The items of a list in brackets. Full-width commas part them too, but for those in quotes.
pub(crate) fn items(list: &str) -> impl Iterator<Item = &str> {
    let (mut quote, mut begins) = (None, true);
    let parts = list.split(move |c| {
        match quote {
            None if begins && matches!(c, '"' | '\'') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {}
        }
        let is_comma = quote.is_none() && matches!(c, ',' | '，' | '、');
        begins = is_comma || begins && c.is_whitespace();
        is_comma
    });
    parts.map(str::trim)
}

/// Whether a full-width comma stands behind an item in quotes.
fn is_parted_wide(list: &str) -> bool {
    let ends = items(list).map(|item| item.as_ptr().addr() - list.as_ptr().addr() + item.len());
    let is_wide =
        |at: usize| list[at..].trim_start().starts_with(['，', '、']) && list[..at].ends_with(['"', '\'']);
    ends.into_iter().any(is_wide)
}

fn requote(name: &str, value: &str, mark: char, fault: &Fault) -> String {
    if fault.message.contains("unclosed") {
        return format!("close the quotes: {name}: {value}{mark}");
    }
    if mark == '"' && fault.message.contains("escape") {
        return "in double quotes a backslash is written twice; or use single quotes".to_owned();
    }
    let inner =
        value.strip_prefix(mark).and_then(|inner| inner.strip_suffix(mark)).filter(|inner| !inner.is_empty());
    format!("quote all of it: {name}: {}", quote(inner.unwrap_or(value)))
}

fn quote(value: &str) -> String {
    if value.contains(['"', '\\']) {
        format!("'{}'", value.replace('\'', "''"))
    } else {
        format!("\"{value}\"")
    }
}

fn line_at(text: &str, span: Span) -> &str {
    let mut at = (span.start as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    text[start..].lines().next().unwrap_or_default()
}
