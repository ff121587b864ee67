//! What the functions of a template may look at while it runs.
//!
//! Inside a component the engine shows a function neither the context nor the page, so the scope is kept beside the
//! engine: one for each thread, set for the time of one rendering, and put back when it ends, even by a panic.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use fika_model::{Lang, Severity};
use tera::{Error, TeraResult};

use crate::Query;
use crate::stage::Stage;

/// Where a rendering takes place.
#[derive(Clone)]
pub(crate) struct Scope {
    pub(crate) stage: Arc<Stage>,
    /// The language of the page.
    pub(crate) lang: Lang,
    /// Whether a summary is being made; then other summaries are out of reach.
    pub(crate) in_summary: bool,
}

/// Something wrong that does not stop the rendering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) severity: Severity,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// What a rendering asked and what went wrong, each once.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) asked: BTreeSet<Query>,
    pub(crate) faults: Vec<Fault>,
    /// The fault that is to be an error, so that the engine tells its place.
    stop_at: Option<usize>,
}

thread_local! {
    static CURRENT: RefCell<Option<(Scope, Log)>> = const { RefCell::new(None) };
}

/// Puts the scope back that was there before.
struct Restore(Option<(Scope, Log)>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

impl Scope {
    /// Runs a rendering in this scope. With `stop_at`, the fault of that number (from 0) becomes an error.
    pub(crate) fn run<Out>(self, stop_at: Option<usize>, render: impl FnOnce() -> Out) -> (Out, Log) {
        let log = Log { stop_at, ..Log::default() };
        let restore = Restore(CURRENT.replace(Some((self, log))));
        let out = render();
        let log = CURRENT.take().map(|(_, log)| log).unwrap_or_default();
        drop(restore);
        (out, log)
    }
}

/// The scope of the rendering that runs on this thread.
pub(crate) fn current() -> TeraResult<Scope> {
    let scope = CURRENT.with_borrow(|current| current.as_ref().map(|(scope, _)| scope.clone()));
    scope.ok_or_else(|| Error::message("called outside of a page"))
}

/// Records a question.
pub(crate) fn ask(query: Query) {
    CURRENT.with_borrow_mut(|current| {
        if let Some((_, log)) = current {
            log.asked.insert(query);
        }
    });
}

/// Records a fault.
pub(crate) fn report(fault: Fault) -> TeraResult<()> {
    CURRENT.with_borrow_mut(|current| {
        let Some((_, log)) = current else { return Ok(()) };
        let number = log.faults.iter().position(|known| *known == fault);
        let stop = number.unwrap_or(log.faults.len()) == log.stop_at.unwrap_or(usize::MAX);
        let message = stop.then(|| fault.message.clone());
        if number.is_none() {
            log.faults.push(fault);
        }
        message.map_or(Ok(()), |message| Err(Error::message(message)))
    })
}
