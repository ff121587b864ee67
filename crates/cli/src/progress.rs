//! A sink around another one that shows how far a build is and measures its phases.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use fika_builder::{Payload, Phase, Sink, Summary};
use fika_model::{Diagnostic, Fingerprint};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A build shorter than this shows no bar: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(400);

/// Passes everything on to another sink.
pub(crate) struct Progress<'a> {
    sink: &'a dyn Sink,
    begun: Instant,
    bar: ProgressBar,
    phases: Mutex<Vec<(&'static str, Instant)>>,
}

impl<'a> Progress<'a> {
    /// Around `sink`; `begun` is when the run began, which is when loading did. The bar is on standard error,
    /// and only where that is a terminal.
    pub(crate) fn new(sink: &'a dyn Sink, begun: Instant) -> Progress<'a> {
        Progress {
            sink,
            begun,
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            phases: Mutex::new(vec![("load", begun)]),
        }
    }

    /// The phases so far with how long each took; the last one ends now.
    pub(crate) fn timings(&self) -> Vec<(&'static str, Duration)> {
        let phases = self.phases.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = phases.iter().skip(1).map(|(_, begun)| *begun).chain([Instant::now()]);
        phases.iter().zip(ends).map(|((name, begun), end)| (*name, end.duration_since(*begun))).collect()
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Sink for Progress<'_> {
    fn phase(&self, phase: Phase, total: usize) {
        let name = name(phase);
        self.phases.lock().unwrap_or_else(PoisonError::into_inner).push((name, Instant::now()));
        self.bar.set_message(name);
        self.bar.set_length(total as u64);
        self.bar.set_position(0);
        self.sink.phase(phase, total);
    }

    fn tick(&self) {
        if self.bar.is_hidden() && self.begun.elapsed() > PATIENCE && self.bar.position().is_multiple_of(64) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
                self.bar.set_style(style);
            }
        }
        self.bar.inc(1);
        self.sink.tick();
    }

    fn plan(&self, files: &dyn Fn() -> BTreeSet<String>) {
        self.sink.plan(files);
    }

    fn has(&self, file: &str, content: Fingerprint) -> bool {
        self.sink.has(file, content)
    }

    fn put(&self, file: &str, content: Fingerprint, payload: Payload) {
        self.sink.put(file, content, payload);
    }

    fn keep_stale(&self) {
        self.sink.keep_stale();
    }

    fn finish(&self, out: &mut Vec<Diagnostic>) -> Summary {
        self.sink.finish(out)
    }
}

fn name(phase: Phase) -> &'static str {
    match phase {
        Phase::Parse => "parse",
        Phase::Link => "link",
        Phase::Render => "render",
        Phase::Collect => "collect",
        Phase::Finish => "finish",
    }
}
