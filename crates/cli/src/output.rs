//! The two streams, and how a run ends.

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Exit code 0.
    Good,
    /// Exit code 1: there were errors, or warnings under `--strict`.
    Problems,
}

impl Ending {
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Ending::Good => 0,
            Ending::Problems => 1,
        })
    }
}

/// What was typed cannot be meant: exit code 2.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Usage {}

/// Writes to standard output, with colours where they are wanted (`NO_COLOR`, a pipe, a terminal).
pub(crate) fn print(text: &[u8]) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text)?;
    out.flush()
}

/// Writes a line to standard output.
pub(crate) fn say(line: &str) -> io::Result<()> {
    print(format!("{line}\n").as_bytes())
}

/// Writes to standard error. When even that fails, there is nobody left to tell.
pub(crate) fn note(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{text}");
}

/// Says why nothing was done.
pub(crate) fn complain(error: &anyhow::Error) {
    let style = clap::builder::styling::AnsiColor::BrightRed.on_default().bold();
    note(&format!("{style}error{style:#}: {error:#}"));
}

/// Whether an error only means that nobody reads our output any more.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
