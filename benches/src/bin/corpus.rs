//! `corpus --essays N --out DIR [--seed S] [--format fika|hugo|zola]` writes a corpus.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Parser;
use fika_benches::{Corpus, Format};

/// Writes a bilingual site of any size, always the same for a seed.
#[derive(Parser)]
struct Options {
    /// Essays in each of the two languages.
    #[arg(long, default_value_t = 1000)]
    essays: usize,
    /// The folder, which is made.
    #[arg(long)]
    out: PathBuf,
    /// Which of all corpora of this size.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// For which tool: fika, hugo or zola.
    #[arg(long, default_value = "fika")]
    format: String,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let format = Format::named(&options.format)
        .with_context(|| format!("`{}` is not fika, hugo or zola", options.format))?;
    let corpus = Corpus { essays: options.essays, seed: options.seed, format };
    corpus.write(&options.out).with_context(|| format!("cannot write {}", options.out.display()))
}
