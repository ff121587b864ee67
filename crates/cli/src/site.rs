//! What every command does with a site before it does its own.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Context as _;
use fika_builder::{Loaded, Lock};
use fika_model::{CONFIG, Config, Diagnostic, Language};
use fika_plugin::Plugins;

use crate::args::Args;
use crate::output::{self, Ending, Usage};
use crate::report;

/// The site's folder: the one that was named. Else the nearest that has a configuration, from the current one upwards, so that a command
/// given in `content/essays` is about the site and does not take that folder for another; and where there is none, the current one.
pub(crate) fn root(args: &Args) -> anyhow::Result<PathBuf> {
    match &args.root {
        Some(root) if root.is_dir() => Ok(root.clone()),
        Some(root) => Err(Usage(format!("there is no folder `{}`", root.display())).into()),
        None => {
            let here = std::env::current_dir().context("there is no current folder")?;
            let up = here.ancestors().position(|folder| folder.join(CONFIG).is_file()).unwrap_or(0);
            Ok(if up == 0 { PathBuf::from(".") } else { std::iter::repeat_n("..", up).collect() })
        }
    }
}

/// The path of an essay from the site's root: as it was written, else as it is from the current folder, where shells complete it.
pub(crate) fn essay(root: &Path, written: &str) -> String {
    let from_here = || {
        let below = Path::new(written).canonicalize().ok()?;
        let below = below.strip_prefix(root.canonicalize().ok()?).ok()?.to_string_lossy().replace('\\', "/");
        (!below.is_empty()).then_some(below)
    };
    let written = written.trim_start_matches("./");
    if root.join(written).is_file() { written.to_owned() } else { from_here().unwrap_or(written.to_owned()) }
}

/// The right to write into a site. Whoever changes a file that was read before has it from the reading on.
pub(crate) fn lock(root: &Path) -> anyhow::Result<Lock> {
    let waiting = || output::note("another fika is at work on this site; waiting for it to finish");
    let memory = root.join(".fika");
    Lock::take(root, waiting).with_context(|| {
        format!("cannot write into `{}`, where fika keeps what it remembers", memory.display())
    })
}

/// The plugins of a site. The builder does not know any: it is handed this list.
pub(crate) fn plugins(config: &Config) -> (Plugins, Vec<Diagnostic>) {
    fika_plugins::builtin(config)
}

/// The language that was asked for, in any of the spellings that file names may have.
pub(crate) fn language<'a>(config: &'a Config, tag: &str) -> Result<&'a Language, Usage> {
    config.language_for(tag).ok_or_else(|| {
        let known: Vec<&str> = config.languages.iter().map(|language| language.lang.as_str()).collect();
        Usage(format!("`{tag}` is not a language of this site, which has {}", known.join(", ")))
    })
}

/// Tells why nothing can be done with a site, if that is so: whoever went on would take it for another one.
pub(crate) fn stopped(loaded: &Loaded, json: bool) -> anyhow::Result<Option<Ending>> {
    loaded.stop.as_ref().map(|stop| refuse(std::slice::from_ref(stop), json)).transpose()
}

/// Tells nothing but these problems.
pub(crate) fn refuse(problems: &[Diagnostic], json: bool) -> anyhow::Result<Ending> {
    if json {
        output::print(report::json(problems)?.as_bytes())?;
    } else {
        output::note(&report::coloured(problems));
    }
    Ok(Ending::Problems)
}

/// Names this executable. What another one remembers of a site is not trusted, even one of the same version.
pub(crate) fn build_id() -> String {
    let about = std::env::current_exe().and_then(|exe| exe.metadata());
    let (size, modified) = about.map_or((0, None), |about| (about.len(), about.modified().ok()));
    let modified = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("fika {} {size} {}", env!("CARGO_PKG_VERSION"), modified.as_nanos())
}

/// Sets how many threads work.
pub(crate) fn jobs(jobs: Option<u16>) -> anyhow::Result<()> {
    let Some(jobs) = jobs else { return Ok(()) };
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(jobs))
        .build_global()
        .context("the threads cannot be started")
}
