//! The list of translations: for people, old words beside new ones, and as lines of JSON.

use std::path::Path;

use fika_builder::{Change as What, Input, Item, Step, Survey};
use fika_model::{Field, Place};
use fika_parser::Parser;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::history::{words, written};

/// The width of one of two columns, in cells of a terminal: a Han character takes two.
const COLUMN: usize = 46;

/// One block of an original, or one text of its front matter, that is not what it was.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Change {
    change: &'static str,
    /// The key in the front matter; none for a block.
    field: Option<&'static str>,
    /// The line of the original where it stands now.
    line: Option<u32>,
    /// What it said, where git knows.
    old: Option<String>,
    /// What it says.
    new: Option<String>,
}

/// What changed in the original of a translation.
fn changes(root: &Path, input: &Input, parser: &Parser, item: &Item) -> Vec<Change> {
    let Some(original) = &item.original else { return Vec::new() };
    let bytes = input.world.read(&original.source).unwrap_or_default();
    let text = fika_parser::text(&original.source, &bytes);
    let place = (item.recorded.clone().unwrap_or_else(|| item.key.clone()), item.lang.clone());
    let Some(record) = input.records.all.get(&place) else { return Vec::new() };
    let said = |field: Field| record.fields.iter().find(|(of, _)| *of == field).map(|(_, hash)| *hash);
    let hash = |old: usize| record.blocks.get(old).map(|block| block.hash);
    let lost = item.steps.iter().filter_map(|step| match step {
        Step::Changed { old, .. } | Step::Removed { old } => hash(*old),
        Step::Same { .. } | Step::Added { .. } => None,
    });
    let lost = item.fields.iter().filter_map(|(field, _)| said(*field)).chain(lost);
    let old_words = words(root, parser, original, &lost.collect::<Vec<u64>>());
    let field = |(field, what): &(Field, What)| {
        let new = original.text(*field).filter(|_| *what != What::Removed).map(str::to_owned);
        let old = said(*field).and_then(|hash| old_words.get(&hash).cloned());
        Change { change: word(*what), field: Some(field.name()), line: None, old, new }
    };
    let old = |old: usize| hash(old).and_then(|hash| old_words.get(&hash).cloned());
    let new = |new: usize| original.blocks.get(new).map(|block| written(&text, block));
    let line = |new: usize| original.blocks.get(new).map(|block| Place::of(&text, block.span).line);
    let change = |what: What, before: Option<usize>, now: Option<usize>| Change {
        change: word(what),
        field: None,
        line: now.and_then(line),
        old: before.and_then(old),
        new: now.and_then(new),
    };
    let block = |step: &Step| match *step {
        Step::Same { .. } => None,
        Step::Changed { old, new } => Some(change(What::Changed, Some(old), Some(new))),
        Step::Added { new } => Some(change(What::Added, None, Some(new))),
        Step::Removed { old } => Some(change(What::Removed, Some(old), None)),
    };
    item.fields.iter().map(field).chain(item.steps.iter().filter_map(block)).collect()
}

fn word(what: What) -> &'static str {
    match what {
        What::Changed => "changed",
        What::Added => "added",
        What::Removed => "removed",
    }
}

/// The list for people. What is current is only counted.
pub(super) fn text(root: &Path, input: &Input, survey: &Survey) -> String {
    let parser = Parser::new(&input.config);
    let open: Vec<&Item> = survey.items.iter().filter(|item| item.status.name() != "current").collect();
    let widest = open.iter().map(|item| item.lang.as_str().len()).max().unwrap_or(0);
    let mut out = String::new();
    for item in open {
        out.push_str(&format!("{:<9}  {:<widest$}  {}\n", item.status.name(), item.lang, about(item)));
        let changes = changes(root, input, &parser, item);
        for change in &changes {
            out.push_str(&beside(change));
        }
        if !changes.is_empty() {
            out.push('\n');
        }
    }
    let tally: Vec<String> = survey.tally().iter().map(|(name, count)| format!("{count} {name}")).collect();
    out.push_str(&match tally.is_empty() {
        true => "There are no translations here\n".to_owned(),
        false => format!("{}: {}\n", super::count(survey.items.len(), "translation"), tally.join(", ")),
    });
    out
}

/// The files of a translation: `content/a.en.md, from content/a.md (1 changed)`.
fn about(item: &Item) -> String {
    let (original, translation) = (item.original.as_ref(), item.translation.as_ref());
    let mut about = match (translation, original) {
        (Some(translation), Some(original)) => format!("{}, from {}", translation.source, original.source),
        (Some(card), None) => card.source.to_string(),
        (None, Some(card)) => format!("of {}", card.source),
        (None, None) => item.key.to_string(),
    };
    match item.changes() {
        changes if !changes.is_empty() => about.push_str(&format!(" ({changes})")),
        _ if item.status.name() == "missing" && translation.is_some() => about.push_str(" (a draft)"),
        _ => {}
    }
    about
}

/// Two columns: what it was, what it is.
fn beside(change: &Change) -> String {
    let unknown = || "(not in git)".to_owned();
    let (old, new) = match change.change {
        "added" => ("(new)".to_owned(), change.new.clone().unwrap_or_default()),
        "removed" => (change.old.clone().unwrap_or_else(unknown), "(gone)".to_owned()),
        _ => (change.old.clone().unwrap_or_else(unknown), change.new.clone().unwrap_or_default()),
    };
    let (skipped, old, new) = differing(&old, &new);
    let (old, new) = (wrap(&old), wrap(&new));
    let line = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    let mut out = match (change.field, change.line) {
        (Some(field), _) => format!("\n  {field}\n"),
        (None, Some(line)) => format!("\n  line {}\n", line + skipped as u32),
        (None, None) => "\n".to_owned(),
    };
    for at in 0..old.len().max(new.len()) {
        let left = line(&old, at);
        let gap = " ".repeat(COLUMN.saturating_sub(left.width()));
        out.push_str(format!("  {left}{gap} | {}", line(&new, at)).trim_end());
        out.push('\n');
    }
    out
}

/// Two texts from the first line in which they differ to the last, with a line before and behind, and how many lines of both stand before
/// that: of a long table with one new cell nobody wants to search for it.
fn differing(old: &str, new: &str) -> (usize, String, String) {
    const AROUND: usize = 1;
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let shorter = old.len().min(new.len());
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    // What is left out has to be more than the line that says so.
    let left_out = |same: usize| Some(same.saturating_sub(AROUND)).filter(|lines| *lines > 1).unwrap_or(0);
    let (front, back) = (left_out(before), left_out(behind.min(shorter - before)));
    let part = |lines: &[&str]| {
        let shown = &lines[front..lines.len() - back];
        let sign = |lines: usize| (lines > 0).then_some("…");
        sign(front).iter().chain(shown).chain(&sign(back)).copied().collect::<Vec<_>>().join("\n")
    };
    (front, part(&old), part(&new))
}

/// A text in lines that fit a column: broken at spaces, and anywhere in Chinese.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut rest = line.trim_end();
        while rest.width() > COLUMN {
            let mut width = 0;
            let (mut end, mut good) = (0, 0);
            for (at, c) in rest.char_indices() {
                width += c.width().unwrap_or(0);
                if width > COLUMN {
                    break;
                }
                end = at + c.len_utf8();
                if c == ' ' || c.width() == Some(2) {
                    good = end;
                }
            }
            let cut = if good > 0 { good } else { end.max(rest.chars().next().map_or(1, char::len_utf8)) };
            lines.push(rest[..cut].trim_end().to_owned());
            rest = rest[cut..].trim_start();
        }
        lines.push(rest.to_owned());
    }
    lines
}

/// A translation as a line of JSON. The keys are a promise to programs.
#[derive(Serialize)]
struct Line<'a> {
    key: &'a str,
    lang: &'a str,
    state: &'a str,
    translation: Option<&'a str>,
    original: Option<&'a str>,
    from: Option<&'a str>,
    changes: Vec<Change>,
}

/// Every translation, those that are current too.
pub(super) fn json(root: &Path, input: &Input, survey: &Survey) -> serde_json::Result<String> {
    let parser = Parser::new(&input.config);
    let mut lines = String::new();
    for item in &survey.items {
        let line = Line {
            key: &item.key,
            lang: item.lang.as_str(),
            state: item.status.name(),
            translation: item.translation.as_ref().map(|card| &*card.source),
            original: item.original.as_ref().map(|card| &*card.source),
            from: item.original.as_ref().map(|card| card.lang.as_str()),
            changes: changes(root, input, &parser, item),
        };
        lines.push_str(&serde_json::to_string(&line)?);
        lines.push('\n');
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_blocks_what_differs_is_shown() {
        let part = |old: &str, new: &str| {
            let of = |text: &str| text.replace(' ', "\n");
            let (skipped, old, new) = differing(&of(old), &of(new));
            (skipped, old.replace('\n', " "), new.replace('\n', " "))
        };
        let is = |skipped, old: &str, new: &str| (skipped, old.to_owned(), new.to_owned());
        assert_eq!(part("a b c", "a x c"), is(0, "a b c", "a x c"));
        assert_eq!(part("a b c d e f g h", "a b c x e f g h"), is(2, "… c d e …", "… c x e …"));
        assert_eq!(part("a b c d", "a b c d e"), is(3, "… d", "… d e"));
        assert_eq!(part("a a a a", "a a a a a a"), is(3, "… a", "… a a a"));
        assert_eq!(part("(new)", "a b c d"), is(0, "(new)", "a b c d"));
    }

    #[test]
    fn columns_stand_under_each_other_in_both_scripts() {
        let change = |old: &str, new: &str| Change {
            change: "changed",
            field: None,
            line: Some(7),
            old: Some(old.to_owned()),
            new: Some(new.to_owned()),
        };
        let long = "月亮又大又圆，照着海，也照着我们这些看海的人，谁也不说话。";
        let shown =
            beside(&change(long, "One line, and another word that goes on to the next line of its column."));
        let bars: Vec<usize> = shown
            .lines()
            .skip(2)
            .map(|line| line.split_once(" | ").map_or(0, |(left, _)| left.width()))
            .collect();
        assert_eq!(bars, [COLUMN + 2; 2], "{shown}");
        assert_eq!(wrap("short"), ["short"]);
        assert_eq!(wrap(&"x".repeat(100)).len(), 3);
    }
}
