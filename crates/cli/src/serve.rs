//! `fika serve`: what the server asks of the command.

use std::path::Path;

use anyhow::Context as _;
use fika_builder::{LoadOptions, Memo};
use fika_model::{Config, Diagnostic};
use fika_plugin::Plugins;
use fika_serve::{Event, Host, Options};

use crate::args::Serve;
use crate::build::summary;
use crate::output::{self, Ending};
use crate::{report, site};

/// Serves the site until Ctrl-C.
pub(crate) fn serve(root: &Path, args: &Serve) -> anyhow::Result<Ending> {
    // Events of the file system name real paths.
    let root = root.canonicalize().with_context(|| format!("cannot read `{}`", root.display()))?;
    let load = LoadOptions { root, drafts: args.drafts, ..LoadOptions::default() };
    let options = Options { load, port: args.port, open: args.open };
    match fika_serve::serve(&options, Memo::empty(), &Terminal) {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Err(error).with_context(|| format!("port {} is taken; `--port 0` takes a free one", args.port))
        }
        ended => ended.context("cannot serve").map(|()| Ending::Good),
    }
}

struct Terminal;

impl Host for Terminal {
    fn plugins(&self, config: &Config) -> (Plugins, Vec<Diagnostic>) {
        site::plugins(config)
    }

    fn draw(&self, diagnostics: &[Diagnostic]) -> String {
        report::plain(diagnostics)
    }

    fn tell(&self, event: Event<'_>) {
        match event {
            Event::Ready { url } => say(&format!("{url} (Ctrl-C stops)")),
            Event::Built { built, took } => {
                draw(&built.diagnostics);
                say(&summary("Built", built, took));
            }
            Event::Kept { diagnostics } => {
                draw(diagnostics);
                say("The site stays as it was until this is mended");
            }
            Event::Trouble { message } => output::note(&format!("warning: {message}")),
        }
    }
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
