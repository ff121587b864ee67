//! `fika serve`: what the server asks of the command.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use fika_builder::{Built, LoadOptions, Memo};
use fika_model::{Config, Diagnostic};
use fika_plugin::Plugins;
use fika_serve::{Event, Host, Options};

use crate::args::Serve;
use crate::build::summary;
use crate::output::{self, Ending};
use crate::report::{self, Tally};
use crate::site;

/// Serves the site until Ctrl-C.
pub(crate) fn serve(root: &Path, args: &Serve) -> anyhow::Result<Ending> {
    // Events of the file system name real paths.
    let root = root.canonicalize().with_context(|| format!("cannot read `{}`", root.display()))?;
    let load = LoadOptions { root, drafts: args.drafts, ..LoadOptions::default() };
    let options = Options { load, port: args.port, open: args.open };
    match fika_serve::serve(&options, Memo::empty(), &mut Terminal::default()) {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Err(error).with_context(|| format!("port {} is taken; `--port 0` takes a free one", args.port))
        }
        ended => ended.context("cannot serve").map(|()| Ending::Good),
    }
}

/// What the writer sees.
#[derive(Default)]
struct Terminal {
    /// The problems that have been shown and are still there; none before the first build.
    shown: Option<Vec<Diagnostic>>,
    /// What is wrong with the configuration that the site waits for, as it was last shown.
    kept: Vec<Diagnostic>,
}

impl Host for Terminal {
    fn plugins(&self, config: &Config) -> (Plugins, Vec<Diagnostic>) {
        site::plugins(config)
    }

    fn draw(&self, diagnostics: &[Diagnostic]) -> String {
        report::plain(diagnostics)
    }

    fn tell(&mut self, event: Event<'_>) {
        match event {
            Event::Ready { url } => say(&format!("{url} (Ctrl-C stops)")),
            Event::Built { built, took } => {
                self.kept.clear();
                self.built(built, took);
            }
            // Whatever else changes in the folder, even a file that this is written into: it has been told.
            Event::Kept { diagnostics } if self.kept == diagnostics => {}
            Event::Kept { diagnostics } => {
                draw(diagnostics);
                say("The site stays as it was until this is mended");
                self.kept = diagnostics.to_vec();
            }
            Event::Trouble { message } => output::note(&format!("warning: {message}")),
        }
    }
}

impl Terminal {
    /// The first build is shown whole, a later one as far as it differs: an old problem is not told again with every letter.
    fn built(&mut self, built: &Built, took: Duration) {
        let before = self.shown.replace(built.diagnostics.clone());
        draw(&news(before.as_deref().unwrap_or_default(), &built.diagnostics));
        if before.is_none() {
            say(&summary("Built", built, took));
        } else if built.output.written + built.output.removed > 0
            || before.as_deref() != Some(&built.diagnostics)
        {
            say(&again(built, took));
        }
    }
}

/// The problems that were not there before. Both lists are sorted as reports are.
fn news(before: &[Diagnostic], now: &[Diagnostic]) -> Vec<Diagnostic> {
    let is_old = |problem: &&Diagnostic| {
        before.binary_search_by(|old| old.sort_key().cmp(&problem.sort_key())).is_ok()
    };
    now.iter().filter(|problem| !is_old(problem)).cloned().collect()
}

/// `Rebuilt 2 of 124 pages in 0.012 s, 1 error`
fn again(built: &Built, took: Duration) -> String {
    let pages: usize = built.pages.iter().map(|(_, count)| count).sum();
    let problems =
        Tally::of(&built.diagnostics).words().map(|words| format!(", {words}")).unwrap_or_default();
    format!("Rebuilt {} of {pages} pages in {:.3} s{problems}", built.rendered, took.as_secs_f64())
}

fn draw(diagnostics: &[Diagnostic]) {
    if !diagnostics.is_empty() {
        output::note(&format!("{}\n", report::coloured(diagnostics)));
    }
}

/// A closed standard output is no reason to stop serving.
fn say(line: &str) {
    let _ = output::say(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_new_problems_are_told() {
        let problem = |path: &str, text: &str, part: &str| {
            let at = text.find(part).expect("the part is in the text");
            Diagnostic::warning("x", path, "y").at(text, at..at + 1)
        };
        let old = [problem("a.md", "一 b", "b"), problem("c.md", "b", "b")];
        let now = [problem("a.md", "一二 b", "b"), problem("b.md", "b", "b"), problem("c.md", "b", "b")];
        assert_eq!(news(&old, &now), now[..2], "what has moved is told again");
        assert_eq!(news(&[], &now), now);
        assert_eq!(news(&now, &old[1..]), []);
    }
}
