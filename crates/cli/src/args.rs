//! What may be typed. Everything that can be told to be wrong without looking at a site is refused here, with exit code 2.

use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use fika_model::BaseUrl;
use jiff::{Timestamp, civil};

use crate::output::{self, Ending};

/// Turns a folder of essays, in more than one language, into a fast, beautiful static site.
#[derive(Debug, Parser)]
#[command(
    name = "fika",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Args {
    /// The site's folder; without it the current one, or the nearest above that has a fika.yaml
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a site in Chinese and English
    Init {
        /// The new folder
        dir: PathBuf,
    },
    /// Start an essay
    New(New),
    /// Build the site
    Build(Build),
    /// Build the site, show it in the browser, and keep it up to date while you write
    Serve(Serve),
    /// Report every problem without writing anything
    Check(Check),
    /// Turn Markdown into HTML on standard output
    Render(Render),
    /// List translations that are missing or stale, with what changed in their originals
    Translations(Translations),
    /// Put the site on the web
    Deploy {
        #[command(subcommand)]
        command: DeployCommand,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct New {
    /// The title of the essay
    #[arg(required_unless_present = "translate", conflicts_with = "translate")]
    pub(crate) title: Option<String>,
    /// Start the translation of this file instead: its blocks quoted, each above an empty place
    #[arg(long, value_name = "ESSAY", requires = "lang")]
    pub(crate) translate: Option<String>,
    /// Its language, such as `en`; the site's default unless given
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Build {
    /// Where the site will live, instead of what fika.yaml says
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(crate) base_url: Option<String>,
    /// The output folder, instead of what fika.yaml says
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) what: What,
    #[command(flatten)]
    pub(crate) how: How,
    /// Show how long each phase took
    #[arg(long)]
    pub(crate) profile: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) what: What,
    #[command(flatten)]
    pub(crate) how: How,
}

/// What is published.
#[derive(Debug, clap::Args)]
pub(crate) struct What {
    /// Publish drafts too
    #[arg(long)]
    pub(crate) drafts: bool,
    /// Build for this moment: what is dated later is not published. `2026-10-01` or `2026-10-01T08:00:00+08:00`
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub(crate) as_of: Option<String>,
}

/// How a build goes and how it reports.
#[derive(Debug, clap::Args)]
pub(crate) struct How {
    /// End with exit code 1 on warnings too
    #[arg(long)]
    pub(crate) strict: bool,
    /// How many threads work; one for each core unless given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
    /// Print problems as lines of JSON on standard output
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// The port on this machine; 0 takes a free one
    #[arg(long, default_value_t = 1111)]
    pub(crate) port: u16,
    /// Open the site in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Show drafts too
    #[arg(long)]
    pub(crate) drafts: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Render {
    /// The Markdown file; `-`, or nothing, reads standard input
    #[arg(default_value = "-", hide_default_value = true)]
    pub(crate) file: PathBuf,
    /// Plain CommonMark, without fika's rules for Chinese and its extensions
    #[arg(long)]
    pub(crate) commonmark: bool,
}

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Translations {
    /// Only those into this language
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
    /// Print lines of JSON, those that are current too
    #[arg(long)]
    pub(crate) json: bool,
    /// End with exit code 1 if any is missing, stale or orphaned
    #[arg(long)]
    pub(crate) check: bool,
    #[command(subcommand)]
    pub(crate) command: Option<TranslationsCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TranslationsCommand {
    /// Record that a translation is up to date with its original
    Mark(Mark),
    /// Forget what is recorded of translations that are gone
    Prune,
}

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["essays", "all"]))]
pub(crate) struct Mark {
    /// The files of translations; that of an original, or their key, means all translations of it
    #[arg(value_name = "ESSAY", conflicts_with = "all")]
    pub(crate) essays: Vec<String>,
    /// Every translation of the site
    #[arg(long)]
    pub(crate) all: bool,
    /// Only those into this language
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
    /// The language that ESSAY was translated from, where that is not the first of the site
    #[arg(long, value_name = "TAG", requires = "essays", conflicts_with = "lang")]
    pub(crate) from: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DeployCommand {
    /// Write what a host needs to build and publish the site
    Init(DeployInit),
}

#[derive(Debug, clap::Args)]
pub(crate) struct DeployInit {
    /// The host
    pub(crate) host: DeployHost,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DeployHost {
    /// GitHub Pages, built by GitHub Actions
    Github,
}

fn base_url(text: &str) -> Result<String, String> {
    BaseUrl::parse(text)
        .map(|_| text.to_owned())
        .ok_or_else(|| "write it like `https://owner.github.io/repo/`".to_owned())
}

fn moment(text: &str) -> Result<String, String> {
    let is_moment = text.parse::<Timestamp>().is_ok() || text.parse::<civil::DateTime>().is_ok();
    is_moment
        .then(|| text.to_owned())
        .ok_or_else(|| "write it like `2026-10-01` or `2026-10-01T08:00:00+08:00`".to_owned())
}

/// Prints the completions of a shell.
pub(crate) fn completions(shell: Shell) -> anyhow::Result<Ending> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "fika", &mut text);
    output::print(&text)?;
    Ok(Ending::Good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_agree_with_each_other() {
        Args::command().debug_assert();
    }

    #[test]
    fn dates_are_read_before_anything_is_built() {
        for good in ["2026-10-01", "2026-10-01T08:00", "2026-10-01T08:00:00+08:00", "2026-10-01T00:00:00Z"] {
            assert_eq!(moment(good).as_deref(), Ok(good));
        }
        assert!(moment("tomorrow").is_err() && moment("2026-13-01").is_err());
    }
}
