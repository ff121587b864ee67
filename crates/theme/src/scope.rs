//! What the functions of a template may look at while it runs.
//!
//! Inside a component the engine shows a function neither the context nor the page, so the scope is kept beside the
//! engine: one for each thread, set for the time of one rendering, and put back when it ends, even by a panic.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use fika_model::{Diagnostic, Lang, Severity};
use tera::{Error, TeraResult, Value};

use crate::Query;
use crate::messages::Asked;
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
    /// Interface strings that were asked for.
    pub(crate) strings: Asked,
    pub(crate) faults: Vec<Fault>,
    /// What went wrong in a place of its own, such as a file that is read.
    pub(crate) told: Vec<Diagnostic>,
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

/// An interface string in a language of the site, or in that of the page, which takes no argument or a number. Everything but a look
/// into a table is left out here, for a page has dozens of them.
pub(crate) fn string(key: &str, tag: Option<&str>, argument: Option<(&str, f64)>) -> Option<Value> {
    CURRENT.with_borrow_mut(|current| {
        let (Scope { stage, lang, .. }, log) = current.as_mut()?;
        let own = tag.is_none_or(|tag| tag == lang.as_str());
        let other = || stage.site.config.languages.iter().find(|one| tag == Some(one.lang.as_str()));
        let lang = if own { lang } else { &other()?.lang };
        stage.own_message(lang, key, argument, &mut log.strings)?
    })
}

/// Records that an interface string was asked for which takes arguments, or which its language may lack.
pub(crate) fn ask_string(lang: &Lang, key: &str) {
    CURRENT.with_borrow_mut(|current| {
        if let Some((scope, log)) = current
            && scope.stage.own_message(lang, key, None, &mut log.strings).is_none()
        {
            log.asked.insert(Query::Message { lang: lang.clone(), key: key.to_owned() });
        }
    });
}

/// Records a question.
pub(crate) fn ask(query: Query) {
    CURRENT.with_borrow_mut(|current| {
        if let Some((_, log)) = current {
            log.asked.insert(query);
        }
    });
}

/// Records a fault that has its own place.
pub(crate) fn tell(fault: Diagnostic) {
    CURRENT.with_borrow_mut(|current| {
        if let Some((_, log)) = current
            && !log.told.contains(&fault)
        {
            log.told.push(fault);
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
