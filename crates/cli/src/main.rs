//! The `fika` command: arguments in, diagnostics and progress out. The only crate that prints, and an edge of the
//! world: it may look at clock, disk and environment.
#![allow(clippy::disallowed_methods)]

mod args;
mod build;
mod deploy;
mod init;
mod new;
mod output;
mod plain;
mod progress;
mod render;
mod report;
mod serve;
mod site;
mod translations;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command, DeployCommand};
use output::{Ending, Usage};

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(ending) => ending.code(),
        // Whoever reads our output has had enough (`fika render | head`): that is nobody's fault.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            if error.is::<Usage>() { ExitCode::from(2) } else { Ending::Problems.code() }
        }
    }
}

fn run(args: &Args) -> anyhow::Result<Ending> {
    let root = || site::root(args);
    match &args.command {
        // The one command that makes a site, and looks for none.
        Command::Init { dir } => init::init(&args.root.as_deref().unwrap_or(Path::new("")).join(dir)),
        Command::New(new) => new::new(&root()?, new),
        Command::Build(build) => build::build(&root()?, build),
        Command::Serve(serve) => serve::serve(&root()?, serve),
        Command::Check(check) => build::check(&root()?, check),
        Command::Render(render) => render::render(&root()?, render),
        Command::Translations(translations) => translations::translations(&root()?, translations),
        Command::Deploy { command: DeployCommand::Init(init) } => deploy::init(&root()?, init),
        Command::Completions { shell } => args::completions(*shell),
    }
}
