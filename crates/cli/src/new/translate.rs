//! `fika new --translate`: a file with the structure of an original, block by block, to fill in.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use fika_builder::{Input, record_of};
use fika_model::{Block, BlockKind, Card, Config, Language};
use fika_parser::Parser;

use super::front_matter::{Said, front_matter};
use super::suffix;
use crate::output::{self, Ending, Usage};
use crate::{site, translations};

/// Starts the translation of an essay and prints the path of its file. Records what it is made from: the text that stands
/// in the file, whatever becomes of the original while somebody translates.
pub(super) fn translate(root: &Path, input: &Input, essay: &str, to: &Language) -> anyhow::Result<Ending> {
    let config = &input.config;
    let source = fika_model::normalize(&site::essay(root, essay)).replace('\\', "/");
    let is_below = !root.join(&source).is_file() && !config.content_dir.is_empty();
    let source = if is_below { format!("{}/{source}", config.content_dir) } else { source };
    let Ok(bytes) = fs::read(root.join(&source)) else {
        return Err(Usage(format!("there is no file `{essay}`")).into());
    };
    let parser = Parser::new(config);
    let nothing = |_: &fika_model::Lang, _: &str| None;
    let original = parser.parse(&source, &bytes, &nothing).card;
    if original.lang == to.lang {
        return Err(Usage(format!("`{source}` is in {} itself", to.lang)).into());
    }
    let text = fika_parser::text(&source, &bytes);
    let path = path(config, &original, to);
    let derived = parser.parse(&path, b"", &nothing).card;
    let key = (derived.key != original.key).then_some(&*original.key);
    let lang = (derived.lang != to.lang).then_some(to.lang.as_str());

    if let Some(folder) = Path::new(&path).parent() {
        fs::create_dir_all(root.join(folder)).with_context(|| format!("cannot write `{path}`"))?;
    }
    let mut file = match File::create_new(root.join(&path)) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => bail!("there is `{path}` already"),
        file => file.with_context(|| format!("cannot write `{path}`"))?,
    };
    file.write_all(scaffold(&text, &original, key, lang).as_bytes())
        .with_context(|| format!("cannot write `{path}`"))?;
    output::say(&path)?;
    let mut records = input.records.as_ref().clone();
    records.all.insert((original.key.clone(), to.lang.clone()), record_of(&original));
    translations::write(root, &records)?;
    Ok(Ending::Good)
}

/// Where the translation belongs: beside its original with another suffix, or in its language's folder.
fn path(config: &Config, original: &Card, to: &Language) -> String {
    let (folder, name) = original.source.rsplit_once('/').unwrap_or(("", &original.source));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "md"));
    let is_own = |tag: &str| config.language_for(tag).is_some_and(|found| found.lang == original.lang);
    let below = folder.strip_prefix(&*config.content_dir).unwrap_or(folder).trim_start_matches('/');
    let first = below.split('/').next().unwrap_or_default();
    if is_own(first) && !original.dir.starts_with(first) {
        let tag = suffix(config, to);
        let tag = if tag.is_empty() { to.lang.language() } else { tag.trim_start_matches('.') };
        let rest = &below[first.len()..];
        return format!("{}/{tag}{rest}/{name}", config.content_dir).trim_start_matches('/').to_owned();
    }
    let stem = stem.rsplit_once('.').filter(|(_, tag)| is_own(tag)).map_or(stem, |(stem, _)| stem);
    format!("{folder}/{stem}{}.{extension}", suffix(config, to)).trim_start_matches('/').to_owned()
}

/// The file: the front matter, what to translate in it above its place, then the blocks.
fn scaffold(text: &str, original: &Card, key: Option<&str>, lang: Option<&str>) -> String {
    let written = fika_parser::front_matter(text);
    let start = written.map_or(0, |found| found.body);
    let mut out = front_matter(written, &Said { title: &original.title, key, lang });
    let mut at = start;
    for block in &original.blocks {
        let (from, to) = (line_start(text, block.span.start as usize), block.span.end as usize);
        if from < at || to > text.len() {
            continue;
        }
        between(&text[at..from], &mut out);
        one(block, text[from..to].trim_matches(['\n', '\r']), &mut out);
        at = to;
    }
    between(&text[at..], &mut out);
    out
}

/// The start of the line, if nothing but its indent stands before a block: without that, code would be none.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].trim_end_matches([' ', '\t']).len()
}

/// What stands between blocks and is none: rules, comments, the tags of components. Copied; a title is quoted.
fn between(text: &str, out: &mut String) {
    for part in text.trim().split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
        if part.starts_with("# ") {
            quote(part, out);
            out.push_str("# \n\n");
        } else {
            out.push_str(part);
            out.push_str("\n\n");
        }
    }
}

/// One block: quoted above its empty place, or copied where there is nothing to translate.
fn one(block: &Block, text: &str, out: &mut String) {
    let place = match block.kind {
        BlockKind::Code | BlockKind::Picture | BlockKind::Other => {
            out.push_str(text);
            return out.push_str("\n\n");
        }
        BlockKind::Heading(level) => format!("{} ", "#".repeat(level.into())),
        BlockKind::Note => text.split_once("]:").map_or(String::new(), |(label, _)| format!("{label}]: ")),
        _ => String::new(),
    };
    quote(text, out);
    out.push_str(&place);
    out.push_str("\n\n");
}

/// The original in a comment that stays in the file: the parser leaves it out of the page. Nothing in it may end it, or begin a
/// component.
fn quote(text: &str, out: &mut String) {
    let text = text.replace("-->", "-- >").replace("{{", "{ {").replace("{%", "{ %");
    out.push_str(&format!("<!-- original\n{text}\n-->\n"));
}
