//! `fika render`: one text to HTML, with the site's rules and without the site.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use fika_model::{CONFIG, Config, Diagnostic, Essay, Lang};
use fika_parser::{Guess, Parser};
use fika_plugin::{BodyContext, Hook, NoMemory};

use crate::args::Render;
use crate::output::{self, Ending};
use crate::plain;
use crate::report::{self, Tally};
use crate::site;

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
    let (config, mut diagnostics) = match config(root, &String::from_utf8_lossy(&bytes)) {
        Ok(read) => read,
        Err(fault) => return site::refuse(&[fault], false),
    };
    let (path, shown) = path(root, &args.file, &config);
    let essay = Parser::new(&config).parse(&path, &bytes, &|_, _| None);
    let essay = set(&config, &path, &bytes, essay);
    let word = fika_builder::interface(&config, &essay.card.lang);
    output::print(plain::html(&essay.body, &String::from_utf8_lossy(&bytes), &word).as_bytes())?;
    diagnostics.extend(essay.diagnostics.into_iter().map(|diagnostic| match *diagnostic.path == *path {
        true => Diagnostic { path: shown.clone(), ..diagnostic },
        false => diagnostic,
    }));
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

/// Code and formulas as plugins set them. What is wrong with the options of plugins is for `fika check` to tell.
fn set(config: &Config, path: &str, bytes: &[u8], essay: Essay) -> Essay {
    let (plugins, _) = site::plugins(config);
    let text = || fika_parser::text(path, bytes).into_owned();
    let cx = BodyContext { config, text: &text, memory: &NoMemory };
    plugins.with(Hook::Body).fold(essay, |essay, plugin| plugin.body(&cx, essay))
}

/// The site's configuration; where there is none, that of a folder which holds nothing but this text. The folder is not
/// searched: it may be somebody's home.
fn config(root: &Path, text: &str) -> Result<(Config, Vec<Diagnostic>), Diagnostic> {
    let languages =
        |content_dir: &str, main: Option<&Lang>| fika_parser::guess_languages(main, content_dir, &[], text);
    let guess = Guess { content_dir: "content", languages: &languages };
    match fs::read(root.join(CONFIG)) {
        Ok(bytes) => fika_parser::site_config(CONFIG, &bytes, &guess),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Ok((fika_parser::default_config("", "content", &[], text), Vec::new()))
        }
        Err(error) => Err(fika_builder::unreadable(CONFIG, &error)),
    }
}

/// The path of a file as the site knows it, on which its language may depend, and what it is called where something is wrong with it:
/// what is not in the site is called as its writer calls it.
fn path(root: &Path, file: &Path, config: &Config) -> (String, Arc<str>) {
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
    let is_input = file.as_os_str() == "-";
    if let Some(path) = Some(()).filter(|()| !is_input).and_then(|()| inside()) {
        let shown = path.as_str().into();
        return (path, shown);
    }
    let shown = if is_input { "<stdin>".into() } else { file.to_string_lossy().into() };
    let name =
        if is_input { "text.md".into() } else { file.file_name().unwrap_or_default().to_string_lossy() };
    let path =
        if config.content_dir.is_empty() { name.into() } else { format!("{}/{name}", config.content_dir) };
    (path, shown)
}
