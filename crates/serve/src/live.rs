//! What the builder's thread and the server's share: the output, where it lives, and news of it.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use fika_builder::MemorySink;
use tokio::sync::{broadcast, watch};

use crate::address;

/// The served site.
pub(crate) struct Live {
    /// The output. A build writes into it while it is read, file by file.
    pub(crate) sink: MemorySink,
    state: RwLock<State>,
    news: broadcast::Sender<Arc<News>>,
    generation: watch::Sender<u64>,
    /// What generations count from: it differs from one start of the server to the next.
    first: u64,
}

#[derive(Clone, Default)]
struct State {
    base: Arc<str>,
    problems: Arc<str>,
}

/// Something that pages in browsers should know.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// Stylesheets changed, and pages only in how they name them.
    Styles,
    /// These files changed, sorted.
    Files(Vec<String>),
    /// The whole site moved.
    Everything,
    /// The errors of the last build as text; empty when there are none.
    Problems(Arc<str>),
}

impl Live {
    /// A site that has not been built yet.
    pub(crate) fn new(first: u64) -> Live {
        let state = State { base: "/".into(), problems: "".into() };
        Live {
            sink: MemorySink::default(),
            state: RwLock::new(state),
            news: broadcast::channel(64).0,
            generation: watch::Sender::new(first),
            first,
        }
    }

    /// The path that the site lives under, with a slash at both ends.
    pub(crate) fn base(&self) -> Arc<str> {
        self.state().base.clone()
    }

    /// The errors of the last build as text; empty when there are none.
    pub(crate) fn problems(&self) -> Arc<str> {
        self.state().problems.clone()
    }

    /// A number that every build raises.
    pub(crate) fn generation(&self) -> u64 {
        *self.generation.borrow()
    }

    /// Waits until there has been a build.
    pub(crate) async fn built(&self) {
        // It fails only when the sender is gone, and the sender is ours.
        let _ = self.generation.subscribe().wait_for(|&generation| generation > self.first).await;
    }

    /// All news from now on.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Arc<News>> {
        self.news.subscribe()
    }

    /// Tells everybody what a build changed. Files are sorted. `styles`: only stylesheets were edited.
    pub(crate) fn publish(&self, base: &str, problems: &str, changed: Vec<String>, styles: bool) {
        let before = self.state().clone();
        *self.state.write().unwrap_or_else(PoisonError::into_inner) =
            State { base: base.into(), problems: problems.into() };
        self.generation.send_modify(|generation| *generation += 1);
        if *before.problems != *problems {
            self.tell(News::Problems(problems.into()));
        }
        if *before.base != *base {
            self.tell(News::Everything);
        } else if !changed.is_empty() {
            self.tell(if styles && address::only_styles(&changed) {
                News::Styles
            } else {
                News::Files(changed)
            });
        }
    }

    fn tell(&self, news: News) {
        // It fails only when nobody listens.
        let _ = self.news.send(Arc::new(news));
    }

    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_says_what_changed() {
        let live = Live::new(7);
        let mut news = live.subscribe();
        let mut next = || news.try_recv().ok().map(|news| Arc::into_inner(news).expect("told once"));
        live.publish("/repo/", "", vec!["a.html".to_owned()], false);
        assert_eq!(next(), Some(News::Everything));
        live.publish("/repo/", "error: x", vec![], false);
        assert_eq!(next(), Some(News::Problems("error: x".into())));
        live.publish("/repo/", "", vec!["a.css".to_owned(), "a.html".to_owned()], true);
        assert_eq!(next(), Some(News::Problems("".into())));
        assert_eq!(next(), Some(News::Styles));
        live.publish("/repo/", "", vec!["a.css".to_owned(), "a.html".to_owned()], false);
        assert_eq!(next(), Some(News::Files(vec!["a.css".to_owned(), "a.html".to_owned()])));
        live.publish("/repo/", "", vec![], false);
        assert_eq!(next(), None);
        assert_eq!(live.generation(), 12);
    }
}
