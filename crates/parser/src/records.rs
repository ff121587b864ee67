//! `translations.lock`: from which texts of its original each translation was made.
//!
//! ```text
//! # fika translations 1
//! essays/moon en < zh-Hans title:5b1d215a13af7ab6 h2:5:87a31744119c06bc p:120:eba70d9f4cfd2fb6
//! ```
//!
//! A line for each translation, sorted: its key (white space and `%` percent-encoded) and language, the language of the original,
//! what the original's front matter said to readers (name, hash), and its blocks in order: kind, length in characters, hash (see
//! `block_hash`). Two branches that mark different
//! translations merge without a conflict, and whoever has one may keep both sides' lines.

use std::sync::Arc;

use fika_model::{BlockKind, Diagnostic, Field, Lang, Record, Records, Shape};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The first line. The number changes with the meaning of any other.
const HEAD: &str = "# fika translations 1";
/// The first words of any version.
const OURS: &str = "# fika translations ";
/// What a key may not hold raw.
const KEY: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'#');

/// Reads the file. What cannot be read is reported, and kept for whoever writes it again.
pub fn records(path: &str, text: &str) -> (Records, Vec<Diagnostic>) {
    let mut reader = Reader { path, text, records: Records::default(), out: Vec::new() };
    let body = text.trim_start_matches('\u{feff}');
    let first = body.lines().next().unwrap_or_default().trim_end();
    if body.trim().is_empty() {
        return (reader.records, reader.out);
    }
    if first != HEAD {
        reader.records.foreign = true;
        let (message, help) = if first.starts_with(OURS) {
            (
                "this file was written by another version of fika",
                "use that version; until then no translation counts as recorded",
            )
        } else {
            (
                "this is not a list of translations that fika wrote",
                "its first line should be `# fika translations 1`; move the file away, or take it back from git",
            )
        };
        reader.fault(0..first.len().max(1), message, help);
        return (reader.records, reader.out);
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        reader.line(at, line.trim_end());
        at += line.len();
    }
    (reader.records, reader.out)
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    records: Records,
    out: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn fault(&mut self, span: std::ops::Range<usize>, message: &str, help: &str) {
        self.out.push(
            Diagnostic::warning("translations-lock", self.path, message).at(self.text, span).help(help),
        );
    }

    fn line(&mut self, at: usize, line: &str) {
        if line.trim_start_matches('\u{feff}').is_empty()
            || line.starts_with('#')
            || line.starts_with('\u{feff}')
        {
            return;
        }
        if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
            let help = "keep the lines of both sides, delete this one, then run `fika translations`";
            return self.fault(at..at + line.len(), "git left the mark of a conflict here", help);
        }
        let Some((key, lang, record)) = read(line) else {
            self.records.unread.push(line.into());
            let help =
                "take the line back from git, or delete it and run `fika translations mark` for that essay";
            return self.fault(at..at + line.len(), "this line cannot be read", help);
        };
        if self.records.all.insert((key, lang), record).is_some() {
            let message = "this translation is recorded twice; the last one counts";
            let help = "delete one of the lines, or run `fika translations mark` for that essay";
            let fault = Diagnostic::warning("translations-lock", self.path, message);
            self.out.push(fault.at(self.text, at..at + line.len()).help(help));
        }
    }
}

fn read(line: &str) -> Option<(Arc<str>, Lang, Record)> {
    let mut words = line.split_ascii_whitespace();
    let key = percent_decode_str(words.next()?).decode_utf8().ok()?;
    let lang = Lang::parse(words.next()?).ok()?;
    let from = (words.next()? == "<").then(|| words.next()).flatten()?;
    let from = Lang::parse(from).ok()?;
    let mut record = Record { from, fields: Vec::new(), blocks: Vec::new() };
    for word in words {
        match word.split_once(':')? {
            (name, rest) if rest.contains(':') => record.blocks.push(shape(name, rest)?),
            (name, rest) => record.fields.push((Field::of_name(name)?, hash(rest)?)),
        }
    }
    Some((key.into(), lang, record))
}

fn hash(digits: &str) -> Option<u64> {
    u64::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 16)
}

fn shape(kind: &str, rest: &str) -> Option<Shape> {
    let (size, digits) = rest.split_once(':')?;
    Some(Shape { kind: BlockKind::of_mark(kind), size: size.parse().ok()?, hash: hash(digits)? })
}

/// The file that holds some records.
pub fn write_records(records: &Records) -> String {
    let mut text = format!(
        "{HEAD}\n# Which original each translation was made from. `fika translations mark` writes this file; keep it in git.\n"
    );
    let mut lines: Vec<String> = records.unread.iter().map(|line| line.to_string()).collect();
    for ((key, lang), record) in &records.all {
        let mut line = format!("{} {lang} < {}", utf8_percent_encode(key, KEY), record.from);
        for (field, hash) in &record.fields {
            line.push_str(&format!(" {}:{hash:016x}", field.name()));
        }
        for Shape { kind, size, hash } in &record.blocks {
            line.push_str(&format!(" {}:{size}:{hash:016x}", kind.mark()));
        }
        lines.push(line);
    }
    lines.sort();
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Records {
        let lang = |tag: &str| Lang::parse(tag).expect("a tag");
        let shape = |kind, size, hash| Shape { kind, size, hash };
        let record = |from: &str, blocks: Vec<Shape>| Record { from: lang(from), fields: Vec::new(), blocks };
        let mut records = Records::default();
        let blocks = vec![shape(BlockKind::Heading(2), 5, 7), shape(BlockKind::Paragraph, 120, u64::MAX)];
        records.all.insert(("essays/月 亮%".into(), lang("en")), record("zh-Hans", blocks));
        let fields = vec![(Field::Title, 9), (Field::Summary, 1)];
        records.all.insert(("_index".into(), lang("ja")), Record { fields, ..record("en", Vec::new()) });
        records
    }

    #[test]
    fn what_is_written_is_read() {
        let text = write_records(&some());
        assert_eq!(records("translations.lock", &text), (some(), Vec::new()), "{text}");
        assert_eq!(records("translations.lock", &text.replace('\n', "\r\n")).0, some());
        assert_eq!(records("translations.lock", ""), (Records::default(), Vec::new()));
    }

    #[test]
    fn nothing_damaged_is_lost() {
        let text = write_records(&some()).replace("h2:5:", "h2:5");
        let damaged = format!(
            "{text}<<<<<<< HEAD\na en < zh p:1:0000000000000001\n=======\na en < zh\n>>>>>>> other\n"
        );
        let (found, faults) = records("translations.lock", &damaged);
        let told: Vec<_> = faults
            .iter()
            .map(|fault| (fault.place.as_ref().map_or(0, |place| place.line), &*fault.message))
            .collect();
        assert_eq!(
            told,
            [
                (4, "this line cannot be read"),
                (5, "git left the mark of a conflict here"),
                (7, "git left the mark of a conflict here"),
                (8, "this translation is recorded twice; the last one counts"),
                (9, "git left the mark of a conflict here"),
            ]
        );
        assert_eq!((found.all.len(), found.unread.len()), (2, 1));
        assert!(write_records(&found).contains("h2:50000000000000007"), "an unread line is kept");
    }

    #[test]
    fn another_file_is_left_alone() {
        for text in ["{\"a\": 1}", "# fika translations 9\na en < zh\n", "\0\0"] {
            let (found, faults) = records("translations.lock", text);
            assert!(found.foreign && found.all.is_empty() && faults.len() == 1, "{text:?}");
        }
    }
}
