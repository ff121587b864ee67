//! `fika new`: a file with its front matter, where a new essay belongs.

mod front_matter;
mod translate;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use fika_builder::{LoadOptions, Memo, RECORDS, is_unreadable};
use fika_model::{Config, DateTime, Diagnostic, Language};

use crate::args::New;
use crate::output::{self, Ending, Usage};
use crate::site;

/// Starts an essay and prints the path of its file.
pub(crate) fn new(root: &Path, args: &New) -> anyhow::Result<Ending> {
    let title = args.title.as_deref().unwrap_or_default().trim();
    if title.is_empty() && args.translate.is_none() {
        return Err(Usage("an essay needs a title".to_owned()).into());
    }
    let _lock = args.translate.as_ref().map(|_| site::lock(root)).transpose()?;
    let options = LoadOptions { root: root.to_owned(), ..LoadOptions::default() };
    let loaded = fika_builder::load(&options, &mut Memo::empty());
    if let Some(ending) = site::stopped(&loaded, false)? {
        return Ok(ending);
    }
    let unread: Vec<Diagnostic> = loaded
        .diagnostics
        .into_iter()
        .filter(|fault| is_unreadable(fault) && &*fault.path == RECORDS)
        .collect();
    if args.translate.is_some() && !unread.is_empty() {
        return site::refuse(&unread, false);
    }
    let input = loaded.input;
    let config = &input.config;
    let language = match &args.lang {
        Some(tag) => site::language(config, tag)?,
        None => config.default_language(),
    };
    if let Some(essay) = &args.translate {
        return translate::translate(root, &input, essay, language);
    }
    let stem = match file_stem(title) {
        stem if stem.is_empty() => input.now.to_iso_date(),
        stem => stem,
    };
    let folder = if input.config.content_dir.is_empty() {
        "essays".to_owned()
    } else {
        format!("{}/essays", input.config.content_dir)
    };
    let suffix = suffix(&input.config, language);
    let path = format!("{folder}/{stem}{suffix}.md");

    let bundle = format!("{folder}/{stem}/index{suffix}.md");
    if root.join(&bundle).exists() {
        bail!("there is `{bundle}` already");
    }
    fs::create_dir_all(root.join(&folder)).with_context(|| format!("cannot make the folder `{folder}`"))?;
    let mut file = match File::create_new(root.join(&path)) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => bail!("there is `{path}` already"),
        file => file.with_context(|| format!("cannot write `{path}`"))?,
    };
    file.write_all(front_matter(title, input.now).as_bytes())
        .with_context(|| format!("cannot write `{path}`"))?;
    output::say(&path)?;
    Ok(Ending::Good)
}

/// What stands before `.md` in a language other than the default: the shortest tag that means it.
fn suffix(config: &Config, language: &Language) -> String {
    if language.lang == config.default_language().lang {
        return String::new();
    }
    let means_it = |tag: &str| config.language_for(tag).is_some_and(|found| found.lang == language.lang);
    let short = language.lang.language();
    format!(".{}", if means_it(short) { short } else { language.lang.as_str() })
}

/// The name of a title's file: its slug, without what would be read as something else (`.en` as a language).
fn file_stem(title: &str) -> String {
    let slug: String =
        fika_model::slugify(title).chars().map(|c| if c == '.' { '-' } else { c }).take(60).collect();
    let stem = slug.trim_matches('-');
    // `index.md` and `_index.md` are something else than an essay, and Windows has no file that is called like a device.
    if matches!(stem, "index" | "_index") || is_device(stem) { format!("{stem}-1") } else { stem.to_owned() }
}

/// Whether Windows takes the name of a file for a device, whatever stands behind a dot.
fn is_device(stem: &str) -> bool {
    let mut number =
        stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")).unwrap_or_default().chars();
    let is_port = matches!((number.next(), number.next()), (Some('0'..='9' | '¹' | '²' | '³'), None));
    is_port || matches!(stem, "con" | "prn" | "aux" | "nul")
}

fn front_matter(title: &str, now: DateTime) -> String {
    format!("---\ntitle: {}\ndate: {}\ntags: []\n---\n\n", yaml(title), now.to_rfc3339())
}

/// A text as a YAML value: as it is where that means the same, else between quotes (JSON strings are YAML).
fn yaml(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || (!c.is_ascii() && !c.is_control() && !c.is_whitespace());
    let is_plain = text.starts_with(char::is_alphabetic)
        && text
            .chars()
            .all(|c| is_word(c) || matches!(c, ' ' | ',' | '.' | '?' | '!' | '(' | ')' | '-' | '\''));
    let means_something = matches!(
        text.to_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null" | "nan" | "inf"
    );
    if is_plain && !means_something { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_yaml() {
        for plain in ["月亮，又大又圆", "Why not? (A list, and more)", "It's late"] {
            assert_eq!(yaml(plain), plain);
        }
        assert_eq!(yaml("C: a language # not music"), r#""C: a language # not music""#);
        assert_eq!(yaml("No"), r#""No""#);
        assert_eq!(yaml("2026"), r#""2026""#);
        assert_eq!(yaml("\"quoted\""), r#""\"quoted\"""#);
        assert_eq!(yaml("「引用」"), "\"「引用」\"");
    }

    #[test]
    fn titles_are_file_names() {
        assert_eq!(file_stem("月亮：又大又圆？"), "月亮：又大又圆？");
        assert_eq!(file_stem("Rust 1.0 in a file.en"), "rust-1-0-in-a-file-en");
        assert_eq!(file_stem("a/b\\c:d*e?"), "a-b-c-d-e");
        assert_eq!(file_stem("Index"), "index-1");
        for (title, stem) in
            [("CON", "con-1"), ("Nul!", "nul-1"), ("aux", "aux-1"), ("COM1", "com1-1"), ("LPT9", "lpt9-1")]
        {
            assert_eq!(file_stem(title), stem);
        }
        for stem in ["con-artists", "console", "com", "com10", "lpt", "comma"] {
            assert_eq!(file_stem(stem), stem);
        }
        assert_eq!(file_stem("..."), "");
        assert_eq!(file_stem(&"长".repeat(300)).chars().count(), 60);
    }
}
