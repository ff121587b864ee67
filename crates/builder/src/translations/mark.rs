//! What `fika translations mark` and `prune` make of the records.

use fika_model::{Records, TranslationState};

use super::{Item, Status, Survey, record_of};

/// The records, with the chosen translations recorded as made from their originals as these are now. What was recorded under
/// a name that an essay no longer has is recorded under its new one.
pub fn mark(records: &Records, survey: &Survey, chosen: &dyn Fn(&Item) -> bool) -> Records {
    let mut records = records.clone();
    for item in &survey.items {
        let place = (item.key.clone(), item.lang.clone());
        if let Some(moved) = item.recorded.as_ref().filter(|recorded| **recorded != item.key)
            && let Some(record) = records.all.remove(&(moved.clone(), item.lang.clone()))
        {
            records.all.insert(place.clone(), record);
        }
        if let (Some(original), Some(_)) = (&item.original, &item.translation)
            && chosen(item)
        {
            records.all.insert(place, record_of(original));
        }
    }
    records
}

/// The records without those that point to nothing.
pub fn prune(records: &Records, survey: &Survey) -> Records {
    let mut records = records.clone();
    let orphans = survey
        .items
        .iter()
        .filter(|item| matches!(item.status, Status::Gone | Status::There(TranslationState::Orphaned)));
    for item in orphans {
        records.all.remove(&(item.key.clone(), item.lang.clone()));
    }
    records
}
