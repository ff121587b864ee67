//! Disk to [`Input`]: which files there are, the configuration, the theme. Bytes of essays are not read here.
#![allow(clippy::disallowed_methods)] // the disk and the clock are read here

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use fika_model::{CONFIG, Config, DateTime, Diagnostic, Fingerprint, Fingerprinter, Records, nearest};
use fika_parser::Param;
use fika_theme::{Theme, ThemeFile};
use jiff::{Timestamp, civil, tz::TimeZone};

use crate::listing::{list, recognise};
use crate::memo::Kept;
use crate::walk::Walk;
use crate::{DiskWorld, Input, Memo, RECORDS, disk, elsewhere, settings, walk};

/// What a theme says of itself.
pub(crate) const THEME_FILE: &str = "theme.yaml";

/// What the command was asked for.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// The site's folder.
    pub root: PathBuf,
    /// The output folder, if it is not the configured one.
    pub out: Option<PathBuf>,
    /// Overrides `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts are published.
    pub drafts: bool,
    /// The moment to build for, as a date, a local time or RFC 3339; now, if none is given.
    pub as_of: Option<String>,
}

/// What `load` found.
pub struct Loaded {
    /// What `build` takes.
    pub input: Input,
    /// The output folder.
    pub out: PathBuf,
    /// What is wrong with configuration, theme and folders.
    pub diagnostics: Vec<Diagnostic>,
    /// Why nothing may be written: the configuration cannot be read as a whole (the input is then that of a folder without one), or
    /// the output folder is none.
    pub stop: Option<Diagnostic>,
}

/// Reads a site's configuration and theme and lists its files.
pub fn load(options: &LoadOptions, memo: &mut Memo) -> Loaded {
    let mut out = Vec::new();
    let (config, unreadable) = match settings::read(options, &mut out) {
        Ok(config) => (config, None),
        Err(fault) => (settings::guessed(options), Some(fault)),
    };
    let output = options.out.clone().unwrap_or_else(|| options.root.join(&*config.output_dir));
    out.extend(elsewhere::config(&options.root));
    let stop = unreadable.or_else(|| settings::misplaced(options, &output, &config));
    let (sources, real) = list(&options.root, &output, &config, memo, &mut out);
    let (theme, theme_fingerprint, params) = read_theme(&options.root, &config, memo, &mut out);
    let config = completed(config, &params);
    let now = moment(options, &config, &mut out);
    let records = read_records(&options.root, &config, memo, &mut out);
    let world = Arc::new(DiskWorld::new(&options.root, real));
    Loaded {
        input: Input {
            config: Arc::new(config),
            sources,
            world,
            theme,
            params,
            theme_fingerprint,
            records,
            now,
            drafts: options.drafts,
            is_whole: !out.iter().any(disk::is_unreadable),
        },
        out: output,
        diagnostics: out,
        stop,
    }
}

/// Reads the memo of a site and loads the site, both at once. `build_id`: see [`Memo::open`].
pub fn open(options: &LoadOptions, build_id: &str) -> (Memo, Loaded) {
    let mut memo = Memo::empty();
    let read = || Kept::read(&options.root, build_id);
    let (kept, mut loaded) = rayon::join(read, || load(options, &mut memo));
    let memo = memo.with(kept, &options.root);
    // Its own listing is for the next build of the same process, which looks anew at what it does not know.
    recognise(&mut loaded.input.sources, &memo);
    (memo, loaded)
}

/// What is recorded of translations. No file is no record; one that cannot be read is reported.
fn read_records(root: &Path, config: &Config, memo: &mut Memo, out: &mut Vec<Diagnostic>) -> Arc<Records> {
    let bytes = disk::read(&root.join(RECORDS)).unwrap_or_else(|error| {
        out.push(disk::unreadable(RECORDS, &error));
        None
    });
    let bytes = bytes.unwrap_or_default();
    let read = || fika_parser::records(RECORDS, &String::from_utf8_lossy(&bytes));
    let (records, faults) = memo.records(Fingerprint::of(&bytes), read);
    out.extend(faults);
    records.renamed(config).map_or(records, Arc::new)
}

/// The layers of the theme: the site's own files, the chosen theme's, those built in.
fn read_theme(
    root: &Path,
    config: &Config,
    memo: &mut Memo,
    out: &mut Vec<Diagnostic>,
) -> (Arc<Theme>, Fingerprint, Arc<[Param]>) {
    let site = read_layer(root, "", out);
    let folder = format!("themes/{}", config.theme);
    let mut layers = vec![site];
    let mut known = root.join(&folder).is_dir();
    if known {
        layers.push(read_layer(root, &folder, out));
        out.extend(elsewhere::theme(root, &folder));
    }
    if let Some(files) = fika_theme::builtin(&config.theme) {
        known = true;
        layers.push(files);
    } else {
        layers.extend(fika_theme::builtin("paper"));
    }
    if !known {
        out.push(unknown_theme(root, config));
    }
    let params = params(&layers, config, out);
    let mut parts = Fingerprinter::new();
    parts.add(config.fingerprint);
    for layer in &layers {
        parts.add_all(layer.iter().flat_map(|file| [file.origin.as_bytes(), &file.bytes]));
    }
    let fingerprint = parts.finish();
    let (theme, faults) = memo.theme(fingerprint, || Theme::load(config, layers));
    out.extend(faults);
    (theme, fingerprint, params)
}

fn read_layer(root: &Path, folder: &str, out: &mut Vec<Diagnostic>) -> Vec<ThemeFile> {
    let is_theme = !folder.is_empty();
    let kinds: &[&str] = if is_theme { &["templates", "i18n", "static"] } else { &["templates", "i18n"] };
    let mut files = Vec::new();
    for kind in kinds {
        let prefix = if is_theme { format!("{folder}/{kind}") } else { (*kind).to_owned() };
        let walk = Walk { now: SystemTime::now(), skip: &walk::is_hidden };
        let mut found = walk.folder(&root.join(&prefix), &prefix);
        out.append(&mut found.faults);
        found.files.sort_by(|a, b| a.path.cmp(&b.path));
        for file in found.files {
            let bytes = match fs::read(&file.real) {
                Ok(bytes) => bytes,
                Err(error) => {
                    out.push(disk::unreadable(file.path, &error));
                    continue;
                }
            };
            let path = file.path.strip_prefix(folder).unwrap_or(&file.path).trim_start_matches('/').into();
            files.push(ThemeFile { path, origin: file.path.clone(), bytes: bytes.into() });
        }
    }
    if is_theme {
        let origin = format!("{folder}/{THEME_FILE}");
        match disk::read(&root.join(&origin)) {
            Ok(bytes) => files.extend(bytes.map(|bytes| ThemeFile {
                path: THEME_FILE.into(),
                origin: origin.into(),
                bytes: bytes.into(),
            })),
            Err(error) => out.push(disk::unreadable(origin, &error)),
        }
    }
    files
}

/// The values under `extra:` that the chosen theme says it takes, each once. What the theme below it takes is its own affair: templates
/// that are replaced may give the same name another meaning.
fn params(layers: &[Vec<ThemeFile>], config: &Config, out: &mut Vec<Diagnostic>) -> Arc<[Param]> {
    let own = if fika_theme::builtin(&config.theme).is_some() { 2 } else { 1 };
    let mut seen: Vec<Param> = Vec::new();
    for file in layers.iter().skip(1).take(own).flatten().filter(|file| &*file.path == THEME_FILE) {
        let (params, faults) = fika_parser::theme_params(&file.origin, &String::from_utf8_lossy(&file.bytes));
        out.extend(faults);
        for param in params {
            if seen.iter().all(|known| known.name != param.name) {
                seen.push(param);
            }
        }
    }
    seen.into()
}

/// A configuration with what its theme says of the values that nobody gave.
fn completed(mut config: Config, params: &[Param]) -> Config {
    params.iter().for_each(|param| param.complete(&mut config.extra));
    config.sealed()
}

fn unknown_theme(root: &Path, config: &Config) -> Diagnostic {
    let mut names: Vec<String> = fs::read_dir(root.join("themes"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.push("paper".to_owned());
    names.sort();
    let near = nearest(&config.theme, names.iter().map(String::as_str));
    let help = match near {
        Some(name) => format!("did you mean `{name}`? The site is built with `paper` for now"),
        None => "put it into `themes/`, or choose `paper`; the site is built with `paper` for now".to_owned(),
    };
    let message = format!("there is no theme `{}`", config.theme);
    Diagnostic::error("unknown-theme", CONFIG, message).help(help).about("theme", [&*config.theme])
}

/// The moment to build for, in the site's time zone.
fn moment(options: &LoadOptions, config: &Config, out: &mut Vec<Diagnostic>) -> DateTime {
    let zone = TimeZone::get(&config.timezone).unwrap_or(TimeZone::UTC);
    let now = || DateTime::from_zoned(&Timestamp::now().to_zoned(zone.clone()));
    let Some(text) = &options.as_of else { return now() };
    if let Ok(moment) = text.parse::<Timestamp>() {
        return DateTime::from_zoned(&moment.to_zoned(zone));
    }
    let local = text
        .parse::<civil::DateTime>()
        .ok()
        .and_then(|at| DateTime::from_civil(at.date(), Some(at.time()), &zone));
    local.unwrap_or_else(|| {
        let help = "write it like `2026-10-01` or `2026-10-01T08:00:00+08:00`";
        out.push(Diagnostic::error("as-of", "", format!("`{text}` is not a moment")).help(help));
        now()
    })
}

/// The fingerprint of a file's bytes; large files are read piece by piece.
pub(crate) fn fingerprint_file(path: &Path) -> Option<Fingerprint> {
    let mut reader = fs::File::open(path).ok()?;
    Fingerprint::of_reader(&mut reader).ok()
}
