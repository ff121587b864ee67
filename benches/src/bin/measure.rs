//! `measure` says in one run whether fika keeps what it promises on a large bilingual corpus:
//! cold within three times the floor and under 300 MB, unchanged within half of it, one edit under `serve` within 50 ms, and a second
//! language for no more than the first.
//!
//! Runs are interleaved, so that a busy machine is busy for all of them, and medians are shown.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // it reads the clock and prints a table

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use clap::Parser;
use fika_benches::{Corpus, Cost, Edit, Workshop, as_child, beside, cost, median, median_cost, write};

/// Measures fika against the floor and says whether it keeps its promises. Exits with 1 when one is broken.
#[derive(Parser)]
struct Options {
    /// Essays in each of the two languages.
    #[arg(long, default_value_t = 2500)]
    essays: usize,
    /// How often everything is run.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

/// One line of the report: what was measured, and the most it may be.
struct Promise {
    what: &'static str,
    value: f64,
    limit: f64,
    unit: &'static str,
}

fn main() -> Result<ExitCode> {
    if let Some(code) = as_child() {
        return Ok(code);
    }
    let options = Options::parse();
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("site");
    let corpus = Corpus::new(options.essays, 1);
    corpus.write(&root)?;
    let one = folder.path().join("one-language");
    write(corpus.in_one_language(), &one)?;

    let (mut floors, mut colds, mut warms, mut ones) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..options.rounds {
        // Each round has folders of its own, and nothing is deleted before the end: ext4 looks for inodes that were not freed
        // within the last seconds, and would slow down whoever comes after a deletion.
        floors.push(floor(&root, &folder.path().join(format!("floor-{round}")))?);
        let out = folder.path().join(format!("fika-{round}"));
        colds.push(fika(&root, &out, true)?);
        warms.push(fika(&root, &out, false)?);
        ones.push(fika(&one, &folder.path().join(format!("one-{round}")), true)?);
    }
    let script = script(folder.path(), options.essays, options.rounds)?;
    let edits = edits(&folder.path().join("edited"), options.essays, options.rounds.max(9))?;

    let (floor, cold, warm) = (median_cost(&floors), median_cost(&colds), median_cost(&warms));
    let one = median_cost(&ones);
    println!("{} essays in each of two languages, medians of {} rounds\n", options.essays, options.rounds);
    println!("| | wall ms | cpu ms | peak MB |\n|:--|--:|--:|--:|");
    for (name, cost) in [("floor", floor), ("cold", cold), ("cold, one language", one), ("unchanged", warm)] {
        println!(
            "| {name} | {} | {} | {} |",
            cost.wall.as_millis(),
            cost.cpu.as_millis(),
            cost.peak / 1_000_000
        );
    }
    for (edit, times) in &edits {
        println!("| {edit:?}, memo kept | {} | | |", median(times.iter().copied()).as_millis());
    }
    let body = edits
        .iter()
        .find(|(edit, _)| *edit == Edit::Body)
        .map(|(_, times)| median(times.iter().copied()))
        .unwrap_or_default();
    Ok(report(&[
        Promise { what: "cold build", value: ratio(cold.wall, floor.wall), limit: 3.0, unit: "x floor" },
        Promise {
            what: "cold build in two languages, by processor time",
            value: ratio(cold.cpu, one.cpu),
            limit: 2.05,
            unit: "x one",
        },
        Promise { what: "memory of a cold build", value: cold.peak as f64 / 1e6, limit: 300.0, unit: "MB" },
        Promise {
            what: "processor time with a derived script",
            value: script,
            limit: 1.6,
            unit: "x without",
        },
        Promise { what: "unchanged site", value: ratio(warm.wall, floor.wall), limit: 0.5, unit: "x floor" },
        Promise {
            what: "one body edited under serve",
            value: body.as_secs_f64() * 1e3,
            limit: 50.0,
            unit: "ms",
        },
    ]))
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(1e-9)
}

fn floor(root: &Path, out: &Path) -> Result<Cost> {
    cost(beside("floor")?.as_os_str(), &[OsStr::new("."), out.as_os_str()], root).context("floor")
}

/// How many times as much processor time a build of Chinese essays takes when each is made into the other script too.
fn script(folder: &Path, essays: usize, rounds: usize) -> Result<f64> {
    let roots = [false, true].map(|derived| (derived, folder.join(format!("script-{derived}"))));
    let corpus = Corpus::new(essays, 1);
    for (derived, root) in &roots {
        write(corpus.chinese(*derived), root)?;
    }
    let mut costs = [Vec::new(), Vec::new()];
    for round in 0..rounds {
        for ((derived, root), costs) in roots.iter().zip(&mut costs) {
            costs.push(fika(root, &folder.join(format!("script-{derived}-{round}")), true)?);
        }
    }
    let [without, with] = costs.map(|costs| median_cost(&costs).cpu);
    Ok(ratio(with, without))
}

/// One run of the command, from nothing or after another one.
fn fika(root: &Path, out: &Path, cold: bool) -> Result<Cost> {
    let memo = root.join(".fika");
    if cold && memo.exists() {
        std::fs::remove_dir_all(&memo).with_context(|| memo.display().to_string())?;
    }
    cost(beside("fika")?.as_os_str(), &[OsStr::new("build"), OsStr::new("--out"), out.as_os_str()], root)
        .context("fika")
}

/// Times of load and build after each kind of edit, with the memo and the output kept in memory as `serve` does.
fn edits(folder: &Path, essays: usize, rounds: usize) -> Result<Vec<(Edit, Vec<Duration>)>> {
    let mut workshop = Workshop::new(folder, essays, true)?;
    workshop.build()?;
    workshop.build()?;
    let mut times: Vec<(Edit, Vec<Duration>)> = Edit::ALL.map(|edit| (edit, Vec::new())).into();
    for _ in 0..rounds {
        for (edit, times) in &mut times {
            workshop.edit(*edit)?;
            let start = Instant::now();
            let built = workshop.build()?;
            times.push(start.elapsed());
            anyhow::ensure!(
                *edit != Edit::Body || built.parsed == 1,
                "{} files were parsed after one edit",
                built.parsed
            );
            let many = matches!(edit, Edit::Template | Edit::Message);
            anyhow::ensure!(
                !many || built.rendered > essays / 2,
                "{edit:?} rendered only {} pages",
                built.rendered
            );
        }
    }
    Ok(times)
}

fn report(promises: &[Promise]) -> ExitCode {
    println!();
    let mut kept = true;
    for Promise { what, value, limit, unit } in promises {
        let good = value <= limit;
        kept &= good;
        println!(
            "{} {what}: {value:.2} {unit}, at most {limit} {unit}",
            if good { "kept  " } else { "BROKEN" }
        );
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
