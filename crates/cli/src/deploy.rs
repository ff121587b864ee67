//! `fika deploy init`: what a host needs, written into the site.

use std::path::Path;

use fika_deploy::{Change, Outcome};

use crate::args::{DeployHost, DeployInit};
use crate::output::{self, Ending};
use crate::report;

/// Writes the files of a host and says what is left to do by hand.
pub(crate) fn init(root: &Path, args: &DeployInit) -> anyhow::Result<Ending> {
    let outcome = match args.host {
        DeployHost::Github => fika_deploy::init_github(root),
    };
    match outcome {
        Ok(outcome) => output::say(&words(&outcome)).map(|()| Ending::Good).map_err(Into::into),
        Err(problem) => {
            output::note(&report::coloured(&[problem]));
            Ok(Ending::Problems)
        }
    }
}

fn words(outcome: &Outcome) -> String {
    let file = outcome.file;
    let done = match outcome.change {
        Change::Written => format!("`{file}` is new."),
        Change::Renewed => format!("`{file}` has been brought up to date."),
        Change::Unchanged => format!("`{file}` is as it should be."),
        Change::Kept => format!(
            "The workflow has been edited, so it was left alone; what fika would write is in `{file}`."
        ),
    };
    let steps: Vec<String> =
        outcome.steps.iter().enumerate().map(|(n, step)| format!("\n  {}. {step}.", n + 1)).collect();
    if steps.is_empty() { done } else { format!("{done} What is left for you to do:\n{}", steps.concat()) }
}
