//! What a program costs: wall time, processor time of all its threads, and the most memory it held.
//!
//! The system tells a process these only of all its children together. So each program is started by a small process of its own,
//! which is this same binary called with [`CHILD`]; it waits, asks, and prints three numbers.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// The first argument by which a binary knows that it is such a small process.
const CHILD: &str = "--measured-child";

/// What a run cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// From start to end.
    pub wall: Duration,
    /// Of all threads, in user and system code; zero where the system does not tell.
    pub cpu: Duration,
    /// The most resident memory in bytes; zero where the system does not tell.
    pub peak: u64,
}

/// Runs a program to its end. Its output is shown only when it fails.
pub fn cost(program: &OsStr, arguments: &[&OsStr], folder: &Path) -> io::Result<Cost> {
    let output = Command::new(std::env::current_exe()?)
        .arg(CHILD)
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u64> =
        text.lines().last().unwrap_or_default().split(' ').filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [wall, cpu, peak] if output.status.success() => {
            Ok(Cost { wall: Duration::from_micros(wall), cpu: Duration::from_micros(cpu), peak })
        }
        _ => Err(io::Error::other(format!(
            "{} failed:\n{text}{}",
            program.to_string_lossy(),
            String::from_utf8_lossy(&output.stderr)
        ))),
    }
}

/// To be called first in `main`: if this process is a small one, does its work and gives its exit code.
pub fn as_child() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != CHILD {
        return None;
    }
    let program = arguments.next()?;
    Some(wait_for(&program, arguments.collect()))
}

#[expect(clippy::print_stdout, reason = "the numbers go to the parent this way")]
#[expect(clippy::print_stderr, reason = "and so does a failure")]
fn wait_for(program: &OsStr, arguments: Vec<OsString>) -> ExitCode {
    let start = Instant::now();
    match Command::new(program).args(arguments).stdout(Stdio::null()).status() {
        Ok(status) if status.success() => {
            let wall = start.elapsed();
            let (cpu, peak) = usage();
            println!("{} {} {peak}", wall.as_micros(), cpu.as_micros());
            ExitCode::SUCCESS
        }
        Ok(status) => {
            eprintln!("{status}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Processor time and peak memory of the children that have ended (getrusage(2): `ru_maxrss` is in kilobytes, on macOS in bytes).
#[cfg(unix)]
fn usage() -> (Duration, u64) {
    use nix::sys::resource::{UsageWho, getrusage};
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return (Duration::ZERO, 0) };
    let micros = |time: nix::sys::time::TimeVal| {
        Duration::from_secs_f64(time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6)
    };
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    (micros(usage.user_time()) + micros(usage.system_time()), usage.max_rss() as u64 * unit)
}

#[cfg(not(unix))]
fn usage() -> (Duration, u64) {
    (Duration::ZERO, 0)
}

/// A program on the `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// A binary of this workspace that was built beside this one.
pub fn beside(name: &str) -> io::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    match path.is_file() {
        true => Ok(path),
        false => Err(io::Error::other(format!(
            "{} is not built: run `cargo build --release -p fika-cli -p fika-benches`",
            path.display()
        ))),
    }
}

/// The middle of some numbers; of an even count, the lower middle. Zero of none.
pub fn median<T: Ord + Copy + Default>(values: impl IntoIterator<Item = T>) -> T {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

/// The medians of wall time, processor time and memory, each for itself.
pub fn median_cost(costs: &[Cost]) -> Cost {
    Cost {
        wall: median(costs.iter().map(|cost| cost.wall)),
        cpu: median(costs.iter().map(|cost| cost.cpu)),
        peak: median(costs.iter().map(|cost| cost.peak)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median([3, 1, 2]), 2);
        assert_eq!(median([4, 1, 2, 3]), 2);
        assert_eq!(median::<u64>([]), 0);
    }
}
