//! `cargo bench -p fika-benches --bench strings`: what thirty interface strings on each page cost, beside the same pages with the
//! words written into the template. Promised: at most 5 percent of a build.
//!
//! Both sites have the default theme and 10,000 essays (5,000 in each of two languages); one template adds thirty calls of `t()`,
//! of which three take a number and choose a plural, the other the words they give. They are built in turn, from nothing and
//! into memory, and the processor time of all threads is compared, round by round, so that a busy machine slows both alike. `FIKA_BENCH_ESSAYS`
//! sets another size.

// A benchmark is an edge: it reads the environment, writes corpora to the disk, and it prints.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use fika_benches::{Workshop, median};
use tempfile::TempDir;

/// What thirty strings may cost, of a build.
const PROMISE: f64 = 0.05;
/// Essays in each language.
const ESSAYS: usize = 5000;
const ROUNDS: usize = 7;

fn main() -> ExitCode {
    let essays =
        std::env::var("FIKA_BENCH_ESSAYS").ok().and_then(|value| value.parse().ok()).unwrap_or(ESSAYS);
    let (_called_folder, mut called) = site(essays, &called());
    let (_written_folder, mut written) = site(essays, &written());
    let mut extra = Vec::new();
    for round in 0..ROUNDS {
        let (with, without) = (cpu(&mut called), cpu(&mut written));
        let part = with.as_secs_f64() / without.as_secs_f64() - 1.0;
        println!(
            "round {round}: {:.3} s with strings, {:.3} s without, {:+.1} %",
            with.as_secs_f64(),
            without.as_secs_f64(),
            part * 100.0
        );
        // The first warms the caches of the disk.
        if round > 0 {
            extra.push(Duration::from_secs_f64((1.0 + part).max(0.0)));
        }
    }
    let part = median(extra).as_secs_f64() - 1.0;
    println!(
        "thirty strings on each of {} pages: {:+.1} % of a build, at most {:.0} % promised",
        essays * 2,
        part * 100.0,
        PROMISE * 100.0
    );
    if part <= PROMISE { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A corpus whose essays have a slot with this in it.
fn site(essays: usize, slot: &str) -> (TempDir, Workshop) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workshop = Workshop::new(folder.path(), essays, true).expect("a corpus");
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    put("templates/slots/after_prose.html", slot);
    let mut messages = String::new();
    for at in 0..27 {
        let _ = writeln!(messages, "word-{at} = Word {at}");
    }
    messages.push_str("many = { $n ->\n    [one] one\n   *[other] { $n } of them\n  }\n");
    put("i18n/en.ftl", &messages);
    put("i18n/zh.ftl", &messages);
    (folder, workshop)
}

fn called() -> String {
    let words: String = (0..27).fold(String::new(), |mut text, at| {
        let _ = write!(text, "{{{{ t(key=\"word-{at}\") }}}} ");
        text
    });
    words + &"{{ t(key=\"many\", n=page.word_count) }} ".repeat(3)
}

fn written() -> String {
    let words: String = (0..27).fold(String::new(), |mut text, at| {
        let _ = write!(text, "Word {at} ");
        text
    });
    words + &"{{ page.word_count }} of them ".repeat(3)
}

/// The processor time of all threads for a build from nothing; where the system does not tell, what the clock says.
fn cpu(workshop: &mut Workshop) -> Duration {
    workshop.forget().expect("the output to go");
    let (before, start) = (spent(), Instant::now());
    let built = workshop.build().expect("a build");
    assert!(built.rendered > 0);
    spent().zip(before).map_or_else(|| start.elapsed(), |(after, before)| after - before)
}

#[cfg(unix)]
fn spent() -> Option<Duration> {
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_SELF).ok()?;
    let time = usage.user_time();
    Some(Duration::new(time.tv_sec() as u64, time.tv_usec() as u32 * 1000))
}

#[cfg(not(unix))]
fn spent() -> Option<Duration> {
    None
}
