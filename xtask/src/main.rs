//! `cargo xtask`: what developers and CI run. `cargo xtask test` is the test command of the README.

// A tool for developers is an edge: it runs programs, reads the environment and prints.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

mod browser;
mod report;
mod run;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::report::Report;
use crate::run::{cargo, root};

const HELP: &str = "\
cargo xtask test [--no-browser]   format, clippy, all tests and doc tests, our own translations, pages in a real browser
cargo xtask browser [SHOTS]       only the pages in a real browser; pictures of them go to the folder SHOTS
cargo xtask bless                 accept what the snapshot tests see now
cargo xtask tidy                  only the tests of the repository itself
cargo xtask site                  build this repository's own site into public/, warnings being errors";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["test"] => test(true),
        ["test", "--no-browser"] => test(false),
        ["browser"] => browser(None),
        ["browser", shots] => browser(Some(Path::new(shots))),
        ["bless"] => bless(),
        ["tidy"] => tidy(),
        ["site"] => site(),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(true)
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Everything that must hold before a change lands. Every step runs, whatever became of those before it.
fn test(with_browser: bool) -> Result<bool> {
    let mut report = Report::new();
    report.step("format", |_| cargo(&["fmt", "--all", "--check"]).status());
    report.step("clippy", |_| {
        cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).status()
    });
    report.step("tests", |counts| cargo(&["test", "--workspace", "--no-fail-fast"]).counting_tests(counts));
    // What this repository tells its users to do, it does: no translation of its own guide and essays is stale.
    report.step("translations", |_| {
        cargo(&["run", "--package", "fika-cli", "--", "translations", "--check"]).status()
    });
    if with_browser {
        report.step("browser", |counts| browser::smoke(None, counts));
    }
    Ok(report.close())
}

fn browser(shots: Option<&Path>) -> Result<bool> {
    let mut report = Report::new();
    report.step("browser", |counts| browser::smoke(shots, counts));
    Ok(report.close())
}

/// Runs all tests with snapshots being written rather than compared.
fn bless() -> Result<bool> {
    cargo(&["test", "--workspace", "--no-fail-fast"]).env("INSTA_UPDATE", "always").status()
}

fn tidy() -> Result<bool> {
    cargo(&["test", "--package", "fika-tests", "--test", "suite", "tidy"]).status()
}

fn site() -> Result<bool> {
    let root = root();
    let root = root.to_string_lossy();
    cargo(&["run", "--release", "--package", "fika-cli", "--", "--root", &root, "build", "--strict"]).status()
}
