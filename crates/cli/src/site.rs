//! What every command does with a site before it does its own.

use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::Context as _;
use fika_builder::{Loaded, Lock};
use fika_model::{Config, Diagnostic, Language};
use fika_plugin::Plugins;

use crate::args::Args;
use crate::output::{self, Ending, Usage};
use crate::report;

/// The site's folder.
pub(crate) fn root(args: &Args) -> anyhow::Result<&Path> {
    let root = args.root.as_path();
    if root.is_dir() {
        Ok(root)
    } else {
        Err(Usage(format!("there is no folder `{}`", root.display())).into())
    }
}

/// The right to write into a site. Whoever changes a file that was read before has it from the reading on.
pub(crate) fn lock(root: &Path) -> anyhow::Result<Lock> {
    let waiting = || output::note("another fika is at work on this site; waiting for it to finish");
    Lock::take(root, waiting).with_context(|| format!("cannot write into `{}`", root.display()))
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
