//! What ran, how long it took and what came of it.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Tests that were run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Counts {
    /// Adds what a line says, if it is the closing line of a test binary (`test result: ok. 3 passed; 0 failed; …`)
    /// or of the browser's checks (`3 passed, 0 failed`).
    pub(crate) fn read(&mut self, line: &str) {
        let line = line.trim();
        let is_cargo = line.starts_with("test result: ");
        let is_browser = line.ends_with(" failed") && line.contains(" passed, ");
        if !is_cargo && !is_browser {
            return;
        }
        let words: Vec<&str> = line.split([' ', ';', ',']).filter(|word| !word.is_empty()).collect();
        for pair in words.windows(2) {
            match (pair[0].parse::<usize>(), pair[1]) {
                (Ok(number), "passed") => self.passed += number,
                (Ok(number), "failed") => self.failed += number,
                _ => {}
            }
        }
    }
}

struct Step {
    name: &'static str,
    time: Duration,
    counts: Counts,
    good: bool,
}

/// The steps of a run.
pub(crate) struct Report {
    steps: Vec<Step>,
}

impl Report {
    pub(crate) fn new() -> Report {
        Report { steps: Vec::new() }
    }

    /// Runs a step. One that counts no tests of its own counts as one test.
    pub(crate) fn step(&mut self, name: &'static str, run: impl FnOnce(&mut Counts) -> Result<bool>) {
        println!("\n── {name} ──");
        let start = Instant::now();
        let mut counts = Counts::default();
        let good = run(&mut counts).unwrap_or_else(|error| {
            eprintln!("{name}: {error:#}");
            false
        });
        if counts.passed + counts.failed == 0 {
            counts.passed = usize::from(good);
        }
        // A step may fail without any test of it failing: it did not compile, say.
        if !good && counts.failed == 0 {
            counts.failed = 1;
        }
        self.steps.push(Step { name, time: start.elapsed(), counts, good });
    }

    /// Prints the summary; whether everything is good.
    pub(crate) fn close(self) -> bool {
        println!();
        for Step { name, time, counts, good } in &self.steps {
            let mark = if *good { "ok    " } else { "FAILED" };
            println!(
                "{mark} {name:<8} {:>6.1} s  {} passed, {} failed",
                time.as_secs_f64(),
                counts.passed,
                counts.failed
            );
        }
        let passed: usize = self.steps.iter().map(|step| step.counts.passed).sum();
        let failed: usize = self.steps.iter().map(|step| step.counts.failed).sum();
        println!("\n{passed} passed, {failed} failed");
        self.steps.iter().all(|step| step.good)
    }
}
