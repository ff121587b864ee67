//! `floor ROOT OUT` does the least work there is on a corpus and prints the milliseconds.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // it times itself and says so

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Parser;

/// Reads every source, makes HTML of Markdown, writes every output. Nothing else.
#[derive(Parser)]
struct Options {
    /// The folder of the corpus.
    root: PathBuf,
    /// The output folder.
    out: PathBuf,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let start = Instant::now();
    let files = fika_benches::floor(&options.root, &options.out)
        .with_context(|| options.root.display().to_string())?;
    println!("{files} files in {} ms", start.elapsed().as_millis());
    Ok(())
}
