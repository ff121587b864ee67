//! `compare` builds the same essays with fika, with the least work there is, and with `hugo` and `zola` where they are on the `PATH`.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // it removes caches and prints a table

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Parser;
use fika_benches::{Corpus, Cost, Format, as_child, beside, cost, median_cost, on_path};

/// Builds one corpus with several tools from nothing, and prints wall time, processor time and memory as multiples of the floor.
#[derive(Parser)]
struct Options {
    /// Essays in each of the two languages.
    #[arg(long, default_value_t = 2500)]
    essays: usize,
    /// How often each tool builds; the medians are shown.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// A program and how it is called: `{out}` stands for the output folder.
struct Tool {
    name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
    format: Format,
}

fn main() -> Result<ExitCode> {
    if let Some(code) = as_child() {
        return Ok(code);
    }
    let options = Options::parse();
    let tools = tools()?;
    let folder = tempfile::tempdir()?;
    for tool in &tools {
        let root = root(folder.path(), tool.format);
        if !root.is_dir() {
            Corpus { essays: options.essays, seed: 1, format: tool.format }.write(&root)?;
        }
    }
    let mut costs: HashMap<&str, Vec<Cost>> = HashMap::new();
    for round in 0..options.rounds {
        for tool in &tools {
            costs.entry(tool.name).or_default().push(run(tool, folder.path(), round)?);
        }
    }
    print(&tools, &costs, options.essays);
    Ok(ExitCode::SUCCESS)
}

/// The tools that are there.
fn tools() -> Result<Vec<Tool>> {
    let mut tools = vec![
        Tool { name: "floor", program: beside("floor")?, arguments: &[".", "{out}"], format: Format::Fika },
        Tool {
            name: "fika",
            program: beside("fika")?,
            arguments: &["build", "--out", "{out}"],
            format: Format::Fika,
        },
    ];
    if let Some(program) = on_path("hugo") {
        tools.push(Tool {
            name: "hugo",
            program,
            arguments: &["--quiet", "--destination", "{out}"],
            format: Format::Hugo,
        });
    }
    if let Some(program) = on_path("zola") {
        tools.push(Tool {
            name: "zola",
            program,
            arguments: &["build", "--output-dir", "{out}"],
            format: Format::Zola,
        });
    }
    Ok(tools)
}

fn root(folder: &Path, format: Format) -> PathBuf {
    folder.join(format!("{format:?}"))
}

/// One build from nothing: no output, no cache. Outputs are left alone until the end: ext4 is slow to make files for some seconds
/// after many were deleted.
fn run(tool: &Tool, folder: &Path, round: usize) -> Result<Cost> {
    let root = root(folder, tool.format);
    let out = folder.join(format!("{}-{round}", tool.name));
    for cache in [root.join(".fika"), root.join("resources")] {
        if cache.exists() {
            std::fs::remove_dir_all(cache)?;
        }
    }
    let arguments: Vec<&OsStr> = tool
        .arguments
        .iter()
        .map(|argument| if *argument == "{out}" { out.as_os_str() } else { OsStr::new(argument) })
        .collect();
    let cost = cost(tool.program.as_os_str(), &arguments, &root).with_context(|| tool.name)?;
    anyhow::ensure!(
        out.join("index.html").is_file() || tool.name == "floor",
        "{} made no home page",
        tool.name
    );
    Ok(cost)
}

fn print(tools: &[Tool], costs: &HashMap<&str, Vec<Cost>>, essays: usize) {
    println!("{essays} essays in each of two languages, from nothing\n");
    println!("| tool | wall s | x floor | cpu s | x floor | peak MB |\n|:--|--:|--:|--:|--:|--:|");
    let floor = median_cost(&costs["floor"]);
    for tool in tools {
        let cost = median_cost(&costs[tool.name]);
        println!(
            "| {} | {:.2} | {:.1} | {:.2} | {:.1} | {} |",
            tool.name,
            cost.wall.as_secs_f64(),
            cost.wall.as_secs_f64() / floor.wall.as_secs_f64(),
            cost.cpu.as_secs_f64(),
            cost.cpu.as_secs_f64() / floor.cpu.as_secs_f64().max(1e-9),
            cost.peak / 1_000_000,
        );
    }
    for absent in ["hugo", "zola"] {
        if !tools.iter().any(|tool| tool.name == absent) {
            println!("\n{absent} is not on the PATH");
        }
    }
}
