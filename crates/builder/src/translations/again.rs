//! Surveying once more after an edit of running text: only the versions of the edited essays are compared.

use std::sync::Arc;

use fika_model::{Card, Config, Kind, Records};

use super::originals::Originals;
use super::{Item, Status, Survey, items};

impl Survey {
    /// Exchanges cards for others with the same outlines and gives the places of the items that may be others now. Nothing if all has
    /// to be surveyed anew.
    pub(crate) fn again(
        &mut self,
        config: &Config,
        records: &Records,
        edited: &[(Arc<Card>, Arc<Card>)],
        is_out: &dyn Fn(&Card) -> bool,
    ) -> Option<Vec<usize>> {
        let originals = Originals::none_lost(records);
        let mut places = Vec::new();
        for (old, new) in edited {
            // A section counts for as long as it says something.
            if self.has_lost || old.kind == Kind::Section {
                return None;
            }
            let group = self.groups.get_mut(&(old.kind, old.key.clone()))?;
            // Of two files in one language only the first is there.
            let Some(card) = group.iter_mut().find(|card| Arc::ptr_eq(card, old)) else { continue };
            *card = new.clone();
            for item in items(config, group, &originals, is_out) {
                let place = self.items.iter().position(|known| is_of(known, &item))?;
                self.items[place] = item;
                places.push(place);
            }
        }
        Some(places)
    }
}

/// Whether two items are about the same translation.
fn is_of(known: &Item, item: &Item) -> bool {
    let kind = |item: &Item| item.translation.as_ref().or(item.original.as_ref()).map(|card| card.kind);
    let is_there = |item: &Item| matches!(item.status, Status::There(_));
    known.key == item.key
        && known.lang == item.lang
        && known.status != Status::Gone
        && kind(known) == kind(item)
        && is_there(known) == is_there(item)
}
