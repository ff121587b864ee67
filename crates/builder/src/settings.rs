//! What a site says of itself: `fika.yaml`, and where it says nothing, what its files say.
#![allow(clippy::disallowed_methods)] // load's half that reads

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use fika_model::{BaseUrl, CONFIG, Config, Diagnostic, Lang, Place, Subject};
use fika_parser::Guess;

use crate::disk;
use crate::listing::is_markdown;
use crate::record::{leave_out_made, was_written};
use crate::walk::{Walk, is_hidden};
use crate::{LoadOptions, RECORDS};

/// The folders of a site that hold something else than its essays.
pub const FOLDERS: &[&str] = &["templates", "static", "i18n", "data", "themes", "plugins"];

/// What holds no essays even where the site's folder itself is the content folder: what else belongs to the site, and what is made of
/// it or lies beside it.
pub(crate) fn is_ours(path: &str) -> bool {
    FOLDERS.contains(&path) || matches!(path, CONFIG | RECORDS | "public" | "node_modules" | "target")
}

/// The configuration of a site.
///
/// # Errors
/// When it is there and cannot be read as a whole; a site must not be built as if it said nothing.
pub(crate) fn read(options: &LoadOptions, out: &mut Vec<Diagnostic>) -> Result<Config, Diagnostic> {
    let bytes = disk::read(&options.root.join(CONFIG));
    let config = match bytes.map_err(|error| disk::unreadable(CONFIG, &error))? {
        Some(bytes) => {
            let languages = |content_dir: &str, main: Option<&Lang>| languages(options, content_dir, main);
            let guess = Guess { content_dir: content_dir(options), languages: &languages };
            let (config, faults) = fika_parser::site_config(CONFIG, &bytes, &guess)?;
            out.extend(faults);
            named(config, &options.root)
        }
        None => guessed(options),
    };
    Ok(based(config, options, out))
}

/// The configuration of a folder that has none.
pub(crate) fn guessed(options: &LoadOptions) -> Config {
    let content_dir = content_dir(options);
    let name = folder_name(&options.root);
    said(options, content_dir, |paths, sample| fika_parser::default_config(&name, content_dir, paths, sample))
}

/// The content folder of a site that does not name it: all of it, where there is no `content`.
fn content_dir(options: &LoadOptions) -> &'static str {
    if options.root.join("content").is_dir() { "content" } else { "" }
}

/// The languages of a site that does not name them.
fn languages(options: &LoadOptions, content_dir: &str, main: Option<&Lang>) -> Vec<Lang> {
    let guess = |paths: &[&str], sample: &str| fika_parser::guess_languages(main, content_dir, paths, sample);
    said(options, content_dir, guess)
}

/// Asks something of the Markdown files of a site: of their paths, and of some of their text.
fn said<T>(options: &LoadOptions, content_dir: &str, ask: impl FnOnce(&[&str], &str) -> T) -> T {
    let root = &options.root;
    let out = options.out.as_deref().and_then(|out| disk::below(root, out));
    let is_output = |path: &str| out.as_deref() == Some(path);
    let skip = |path: &str| is_hidden(path) || (content_dir.is_empty() && (is_ours(path) || is_output(path)));
    let walk = Walk { now: SystemTime::now(), skip: &skip };
    let mut found = walk.folder(&root.join(content_dir), content_dir);
    if content_dir.is_empty() {
        leave_out_made(root, &mut found);
    }
    let mut found = found.files;
    found.retain(|file| is_markdown(&file.path));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    let paths: Vec<&str> = found.iter().map(|file| &*file.path).collect();
    // A few files from all over the folder are enough to tell its language.
    let plain = fika_parser::in_default_language(content_dir, &paths);
    let step = (plain.len() / 12).max(1);
    let sample: String = plain
        .iter()
        .step_by(step)
        .filter_map(|at| fs::read(&found[*at].real).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned())
        .collect();
    ask(&paths, &sample)
}

/// The same at the address that was asked for.
fn based(mut config: Config, options: &LoadOptions, out: &mut Vec<Diagnostic>) -> Config {
    let Some(url) = &options.base_url else { return config };
    match BaseUrl::parse(url) {
        Some(base) => {
            config.base_url = base;
            config.sealed()
        }
        None => {
            let fault = Diagnostic::error("base-url", "", format!("`{url}` is not an address"));
            out.push(fault.help("write it like `https://owner.github.io/repo/`"));
            config
        }
    }
}

/// The same with a title in every language: a site that has none is called by its title in another, or else like its folder.
fn named(mut config: Config, root: &Path) -> Config {
    let given = config.languages.iter().map(|language| &language.title).find(|title| !title.is_empty());
    let title = given.cloned().unwrap_or_else(|| folder_name(root).into());
    for language in config.languages.iter_mut().filter(|language| language.title.is_empty()) {
        language.title = title.clone();
    }
    config.sealed()
}

fn folder_name(root: &Path) -> String {
    let whole = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Gives faults of the configuration the place of the setting that they are about, as far as they have none. Whoever found them knew
/// the settings, and not where these are written.
pub fn place_faults(root: &Path, faults: &mut [Diagnostic]) {
    let is_open = |fault: &&mut Diagnostic| fault.place.is_none() && &*fault.path == CONFIG;
    let mut open = faults.iter_mut().filter(is_open).peekable();
    let text = open.peek().and_then(|_| String::from_utf8(disk::read(&root.join(CONFIG)).ok()??).ok());
    for fault in open {
        if let (Some(Subject::Setting { key, names }), Some(text)) = (fault.subject.take(), &text) {
            let names: Vec<&str> = names.iter().map(|name| &**name).collect();
            fault.place = fika_parser::config_span(text, &key, &names).map(|span| Place::of(text, span));
        }
    }
}

/// Whether a folder to which fika never wrote is one of essays, as any may be where the site's folder itself is the content folder.
fn holds_essays(options: &LoadOptions, output: &Path, config: &Config) -> bool {
    let below = disk::below(&options.root, output).filter(|path| !is_ours(path) && !is_hidden(path));
    let Some(path) = below.filter(|_| config.content_dir.is_empty() && !was_written(&options.root, output))
    else {
        return false;
    };
    let walk = Walk { now: SystemTime::now(), skip: &is_hidden };
    walk.folder(output, &path).files.iter().any(|file| is_markdown(&file.path))
}

/// What is wrong with an output folder among the sources: files would be strewn over them, and be sources of the next build.
pub(crate) fn misplaced(options: &LoadOptions, output: &Path, config: &Config) -> Option<Diagnostic> {
    let (root, out) = (disk::place(&options.root), disk::place(output));
    let content = Some(&*config.content_dir).filter(|folder| !folder.is_empty());
    let sources = FOLDERS.iter().copied().chain([".git", ".fika"]).chain(content);
    let met = sources.map(|folder| (folder, disk::place(&options.root.join(folder))));
    let met = met.filter(|(_, place)| place.starts_with(&out) || out.starts_with(place));
    let holds = match met.map(|(folder, _)| folder).next_back() {
        _ if root.starts_with(&out) => "it holds the site itself".to_owned(),
        Some(folder) => format!("the site has `{folder}` there"),
        None if holds_essays(options, output, config) => "there are essays in it".to_owned(),
        None => return None,
    };
    let message = format!("`{}` cannot be the output folder: {holds}", disk::shown(output));
    let path = if options.out.is_some() { "" } else { CONFIG };
    Some(Diagnostic::error("output-folder", path, message).help("name a folder of its own, such as `public`"))
}
