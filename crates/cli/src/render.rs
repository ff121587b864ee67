//! `fika render`: one text to HTML, with the site's rules and without the site.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::Context as _;
use fika_model::{Config, Diagnostic};
use fika_parser::Parser;

use crate::args::Render;
use crate::output::{self, Ending};
use crate::plain;
use crate::report::{self, Tally};

/// Prints the HTML of a file's body, and what is wrong with it on standard error.
pub(crate) fn render(root: &Path, args: &Render) -> anyhow::Result<Ending> {
    let name = args.file.display();
    let mut bytes = Vec::new();
    if args.file.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = fs::read(&args.file).with_context(|| format!("cannot read `{name}`"))?;
    }
    if args.commonmark {
        output::print(commonmark(&bytes).as_bytes())?;
        return Ok(Tally::of(&[]).ending(false));
    }
    let (config, mut diagnostics) = config(root, &String::from_utf8_lossy(&bytes));
    let essay = Parser::new(&config).parse(&path(root, &args.file, &config), &bytes, &|_, _| None);
    output::print(plain::html(&essay.body, &String::from_utf8_lossy(&bytes)).as_bytes())?;
    diagnostics.extend(essay.diagnostics);
    if !diagnostics.is_empty() {
        output::note(&report::coloured(&diagnostics));
    }
    Ok(Tally::of(&diagnostics).ending(false))
}

/// CommonMark knows no front matter and no configuration: the whole file is text.
fn commonmark(bytes: &[u8]) -> String {
    let text = fika_parser::text("", bytes);
    let mut config = fika_parser::default_config("", "content", &[], &text);
    config.markdown.commonmark = true;
    Parser::new(&config).markdown(&config.default_language().lang, &text).html
}

/// The site's configuration; where there is none, that of a folder which holds nothing but this text. The folder is not
/// searched: it may be somebody's home.
fn config(root: &Path, text: &str) -> (Config, Vec<Diagnostic>) {
    const NAME: &str = "fika.yaml";
    match fs::read(root.join(NAME)) {
        Ok(bytes) => fika_parser::config(NAME, &String::from_utf8_lossy(&bytes)),
        Err(_) => (fika_parser::default_config("", "content", &[], text), Vec::new()),
    }
}

/// The path of a file as the site knows it; the language may depend on it.
fn path(root: &Path, file: &Path, config: &Config) -> String {
    let inside = || {
        Some(
            file.canonicalize()
                .ok()?
                .strip_prefix(root.canonicalize().ok()?)
                .ok()?
                .to_string_lossy()
                .replace('\\', "/"),
        )
    };
    inside().unwrap_or_else(|| {
        let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let name = if name == "-" { "standard-input.md".into() } else { name };
        if config.content_dir.is_empty() {
            name.into_owned()
        } else {
            format!("{}/{name}", config.content_dir)
        }
    })
}
