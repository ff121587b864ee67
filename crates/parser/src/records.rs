//! `translations.lock`: from which texts of its original each translation was made.
//!
//! ```text
//! # fika translations 2
//!
//! essays/moon en < zh-Hans
//!   title:5b1d215a13af7ab6
//!   h2:5:87a31744119c06bc
//!   p:120:eba70d9f4cfd2fb6
//! ```
//!
//! A paragraph for each translation, sorted: its key (white space and `%` percent-encoded) and language, and the language of the
//! original; below it, what the original's front matter said to readers (name, hash), and its blocks in order: kind, length in
//! characters, hash (see `block_hash`). Version 1 had all of this on one line, and is read.
//!
//! Git merges by lines, and finds a conflict where the lines that two branches changed have none between them that both kept. The
//! empty line and the first line of a translation are such lines: two branches may mark different translations, or follow
//! changes of different blocks of one. Where both add translations at one place, whoever has the conflict may keep both sides' lines.

use std::sync::Arc;

use fika_model::{BlockKind, Diagnostic, Field, Lang, Record, Records, Shape};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The first line. The number changes with the meaning of any other.
const HEAD: &str = "# fika translations 2";
/// That of the version before, which is read too.
const BEFORE: &str = "# fika translations 1";
/// The first words of any version.
const OURS: &str = "# fika translations ";
/// What a key may not hold raw.
const KEY: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'#');

/// Reads the file. What cannot be read is reported, and kept for whoever writes it again.
pub fn records(path: &str, text: &str) -> (Records, Vec<Diagnostic>) {
    let mut reader = Reader { path, text, records: Records::default(), open: None, out: Vec::new() };
    let body = text.trim_start_matches('\u{feff}');
    let first = body.lines().next().unwrap_or_default().trim_end();
    if body.trim().is_empty() {
        return (reader.records, reader.out);
    }
    if ![HEAD, BEFORE].contains(&first) {
        reader.records.foreign = true;
        let (message, help) = if first.starts_with(OURS) {
            (
                "this file was written by another version of fika",
                "use that version; until then no translation counts as recorded",
            )
        } else {
            (
                "this is not a list of translations that fika wrote",
                "its first line should be `# fika translations 2`; move the file away, or take it back from git",
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
    reader.close();
    (reader.records, reader.out)
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    records: Records,
    /// The translation whose lines are being read.
    open: Option<Open>,
    out: Vec<Diagnostic>,
}

/// A translation of which not all lines have been read.
struct Open {
    /// None once a line could not be read.
    found: Option<(Arc<str>, Lang, Record)>,
    /// All its lines as one, for whoever writes the file again.
    text: String,
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
        let goes_on = line.starts_with([' ', '\t']) && self.open.is_some();
        if !goes_on {
            self.close();
            self.open = Some(Open { found: head(line), text: String::new() });
            self.once(at, line);
        }
        let Some(open) = &mut self.open else { return };
        let words = line.split_ascii_whitespace().skip(if goes_on { 0 } else { WORDS_OF_HEAD });
        let is_read = match &mut open.found {
            Some((.., record)) => words.map(|word| part(word, record)).all(|read| read.is_some()),
            // What is wrong has been told of the line before, if this is not the first.
            None => goes_on,
        };
        open.text.push_str(if goes_on { " " } else { "" });
        open.text.push_str(line.trim());
        if !is_read {
            open.found = None;
            let help = "take the line back from git, or delete all lines of this translation and run `fika translations mark` for \
                        that essay";
            self.fault(at..at + line.len(), "this line cannot be read", help);
        }
    }

    /// Tells of a translation that has been read before.
    fn once(&mut self, at: usize, line: &str) {
        let found = self.open.as_ref().and_then(|open| open.found.as_ref());
        let Some((key, lang, _)) = found else { return };
        if self.records.all.contains_key(&(key.clone(), lang.clone())) {
            let message = "this translation is recorded twice; the last one counts";
            let help = "delete one of the two, or run `fika translations mark` for that essay";
            self.fault(at..at + line.len(), message, help);
        }
    }

    /// Takes note of a translation whose lines have all been read.
    fn close(&mut self) {
        match self.open.take() {
            Some(Open { found: Some((key, lang, record)), .. }) => {
                self.records.all.insert((key, lang), record);
            }
            Some(Open { found: None, text }) => self.records.unread.push(text.into()),
            None => {}
        }
    }
}

/// How many words the first line of a translation has.
const WORDS_OF_HEAD: usize = 4;

/// What the first line of a translation says, which is all that makes it one: `essays/moon en < zh-Hans`.
fn head(line: &str) -> Option<(Arc<str>, Lang, Record)> {
    let mut words = line.split_ascii_whitespace();
    let key = percent_decode_str(words.next()?).decode_utf8().ok()?;
    let lang = Lang::parse(words.next()?).ok()?;
    let from = (words.next()? == "<").then(|| words.next()).flatten()?;
    let record = Record { from: Lang::parse(from).ok()?, fields: Vec::new(), blocks: Vec::new() };
    Some((key.into(), lang, record))
}

/// Adds a text of the front matter or a block to a record.
fn part(word: &str, record: &mut Record) -> Option<()> {
    match word.split_once(':')? {
        (kind, rest) if rest.contains(':') => record.blocks.push(shape(kind, rest)?),
        (name, rest) => record.fields.push((Field::of_name(name)?, hash(rest)?)),
    }
    Some(())
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
    let mut all: Vec<String> = records.unread.iter().map(|line| format!("{line}\n")).collect();
    for ((key, lang), record) in &records.all {
        let mut one = format!("{} {lang} < {}\n", utf8_percent_encode(key, KEY), record.from);
        for (field, hash) in &record.fields {
            one.push_str(&format!("  {}:{hash:016x}\n", field.name()));
        }
        for Shape { kind, size, hash } in &record.blocks {
            one.push_str(&format!("  {}:{size}:{hash:016x}\n", kind.mark()));
        }
        all.push(one);
    }
    all.sort();
    for one in all {
        text.push('\n');
        text.push_str(&one);
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
    fn what_the_version_before_wrote_is_read() {
        let text = "# fika translations 1\n_index ja < en title:0000000000000009 summary:0000000000000001\n\
                    essays/月%20亮%25 en < zh-Hans h2:5:0000000000000007 p:120:ffffffffffffffff\n";
        assert_eq!(records("translations.lock", text), (some(), Vec::new()));
    }

    #[test]
    fn nothing_damaged_is_lost() {
        let text = write_records(&some()).replace("h2:5:", "h2:5");
        assert_eq!(text.lines().nth(8), Some("  h2:50000000000000007"), "{text}");
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
                (9, "this line cannot be read"),
                (11, "git left the mark of a conflict here"),
                (13, "git left the mark of a conflict here"),
                (14, "this translation is recorded twice; the last one counts"),
                (15, "git left the mark of a conflict here"),
            ]
        );
        assert_eq!((found.all.len(), found.unread.len()), (2, 1));
        let again = write_records(&found);
        let kept = "%25 en < zh-Hans h2:50000000000000007 p:120:ffffffffffffffff\n";
        assert!(again.contains(kept), "what could not be read is kept: {again}");
    }

    #[test]
    fn another_file_is_left_alone() {
        for text in ["{\"a\": 1}", "# fika translations 9\na en < zh\n", "\0\0"] {
            let (found, faults) = records("translations.lock", text);
            assert!(found.foreign && found.all.is_empty() && faults.len() == 1, "{text:?}");
        }
    }
}
