//! What plugins made of parts of essays (coloured code, set formulas), by the fingerprint of what it was made of. Parts are kept in a
//! file of their own, for a build that parses nothing needs none of them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use fika_model::Fingerprint;
use rapidhash::RapidHashMap;

use crate::store;

/// Parts by what they were made of.
type Known = RapidHashMap<Fingerprint, Arc<str>>;

/// The parts of all essays.
#[derive(Default)]
pub(crate) struct Parts {
    /// Where the builds before left theirs; nothing for those that are kept in memory only.
    file: Option<PathBuf>,
    /// The executable that made them.
    build_id: Fingerprint,
    /// What that file holds, once it was asked for.
    old: OnceLock<Known>,
    /// What was made since. Under `serve` those of texts that were edited stay until it ends: some KB for each edit.
    new: Mutex<Known>,
}

impl Parts {
    /// Those that the builds before left in this file, if the same executable made them. It is not read yet.
    pub(crate) fn of(file: PathBuf, build_id: Fingerprint) -> Parts {
        Parts { file: Some(file), build_id, ..Parts::default() }
    }

    /// The part made of something, made now if nobody knows it.
    pub(crate) fn part(&self, key: Fingerprint, make: impl FnOnce() -> String) -> Arc<str> {
        let new = || self.new.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = new().get(&key).or_else(|| self.old().get(&key)) {
            return known.clone();
        }
        // Not made under the lock: two threads may make the same part, and it is the same.
        new().entry(key).or_insert(make().into()).clone()
    }

    fn old(&self) -> &Known {
        self.old.get_or_init(|| {
            let file = self.file.as_deref();
            let kept = file.and_then(store::read::<Fingerprint, (Fingerprint, Arc<str>)>);
            kept.filter(|(build_id, _)| *build_id == self.build_id)
                .map(|(_, parts)| parts.into_iter().collect())
                .unwrap_or_default()
        })
    }

    /// Writes those that are in use into a file, for the builds to come, unless there is no new one.
    pub(crate) fn save(&self, file: &Path, used: impl Iterator<Item = Fingerprint>) -> io::Result<()> {
        let new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        if new.is_empty() {
            return Ok(());
        }
        let find = |key| Some((key, new.get(&key).or_else(|| self.old().get(&key))?));
        let kept: BTreeMap<Fingerprint, &Arc<str>> = used.filter_map(find).collect();
        store::write(file, &self.build_id, &kept.into_iter().collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_made_once_and_kept_while_in_use() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("parts");
        let save = |parts: &Parts, used: &[Fingerprint]| parts.save(&file, used.iter().copied()).unwrap();
        let [one, other, third] = ["1", "2", "3"].map(Fingerprint::of);
        let never = || unreachable!("it is known");
        let first = Parts::of(file.clone(), one);
        assert_eq!(&*first.part(one, || "甲".to_owned()), "甲");
        assert_eq!(&*first.part(one, never), "甲");
        first.part(other, || "乙".to_owned());
        save(&first, &[one]);

        let second = Parts::of(file.clone(), one);
        assert_eq!(&*second.part(one, never), "甲");
        assert_eq!(&*second.part(other, || "丙".to_owned()), "丙", "nobody used it");
        second.part(third, || "丁".to_owned());
        save(&second, &[one, third]);
        let third_build = Parts::of(file.clone(), one);
        assert_eq!([one, third].map(|key| third_build.part(key, never).to_string()), ["甲", "丁"]);

        let foreign = Parts::of(file.clone(), other);
        assert_eq!(&*foreign.part(one, || "戊".to_owned()), "戊", "another executable made it");
    }
}
