//! Running programs.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use crate::report::Counts;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// A program with its arguments, run at the root of the workspace.
pub(crate) struct Program {
    command: Command,
    shown: String,
}

/// The cargo that runs us.
pub(crate) fn cargo(arguments: &[&str]) -> Program {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    program(&cargo, arguments).named("cargo", arguments)
}

/// Any program.
pub(crate) fn program(name: &str, arguments: &[&str]) -> Program {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    Program { command, shown: String::new() }.named(name, arguments)
}

impl Program {
    fn named(mut self, name: &str, arguments: &[&str]) -> Program {
        self.shown = format!("{name} {}", arguments.join(" "));
        self
    }

    /// The same, in another folder.
    pub(crate) fn within(mut self, folder: &Path) -> Program {
        self.command.current_dir(folder);
        self
    }

    /// The same, with a variable of the environment.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Program {
        self.command.env(name, value);
        self
    }

    /// Runs it with its output shown; whether it succeeded.
    pub(crate) fn status(mut self) -> Result<bool> {
        println!("$ {}", self.shown);
        let status = self.command.status().with_context(|| format!("cannot run `{}`", self.shown))?;
        Ok(status.success())
    }

    /// Runs it in silence; what it printed, if it succeeded.
    pub(crate) fn output(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs it with its output shown, and counts the tests in its lines.
    pub(crate) fn counting_tests(mut self, counts: &mut Counts) -> Result<bool> {
        println!("$ {}", self.shown);
        let cannot = || format!("cannot run `{}`", self.shown);
        let mut child = self.command.stdout(Stdio::piped()).spawn().with_context(cannot)?;
        let output = child.stdout.take().context("the program has no output")?;
        for line in BufReader::new(output).lines() {
            let line = line?;
            counts.read(&line);
            println!("{line}");
        }
        Ok(child.wait()?.success())
    }
}

/// Whether a program can be run.
pub(crate) fn is_there(name: &str) -> bool {
    program(name, &["--version"]).output().is_some()
}
