//! Which cards are one essay in several languages.

use std::sync::Arc;

use fika_model::{Card, Config, Kind};
use indexmap::IndexMap;

/// The versions of each essay and section by kind and key, as places among the cards: in the order of the site's languages, each
/// language once. Of two files in one language the first counts.
pub(crate) fn versions<'c>(
    config: &Config,
    cards: impl Iterator<Item = &'c Arc<Card>>,
) -> IndexMap<(Kind, Arc<str>), Vec<usize>> {
    let mut groups: IndexMap<_, Vec<_>> = IndexMap::with_capacity(cards.size_hint().0);
    for (at, card) in cards.enumerate() {
        let version = (config.rank(&card.lang), at);
        groups.entry((card.kind, card.key.clone())).or_default().push(version);
    }
    let in_order = |mut group: Vec<(Option<usize>, usize)>| {
        group.sort_unstable();
        group.dedup_by_key(|(rank, _)| *rank);
        group.into_iter().map(|(_, at)| at).collect()
    };
    groups.into_iter().map(|(key, group)| (key, in_order(group))).collect()
}
