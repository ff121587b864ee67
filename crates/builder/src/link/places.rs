//! Which line of the front matter it comes from that an essay is left out.

use std::collections::HashMap;
use std::sync::Arc;

use fika_model::{Diagnostic, Fingerprint, Place};

use crate::parse::Essays;

/// Where the key behind a problem stands, if anywhere, by file and code, for as long as the file is the same. A site may have hundreds of
/// drafts, and they are told of after every edit.
#[derive(Default)]
pub(super) struct Found(HashMap<(Arc<str>, &'static str), Known>);

struct Known {
    /// The fingerprint of the file.
    source: Fingerprint,
    place: Option<Place>,
}

/// The keys that may be behind a problem, by its code.
const KEYS: [(&str, &[&str]); 6] = [
    ("broken-link", &["redirect_to"]),
    ("draft", &["draft", "hidden", "published"]),
    ("scheduled", &["date"]),
    ("shared-key", &["key", "translationkey"]),
    ("taken-alias", &["aliases", "alias", "redirect_from"]),
    ("same-address", &["slug", "path", "permalink", "url"]),
];

impl Found {
    /// Gives problems of linking the place of the key that is behind them, if one is: a date may also come from the name of the file.
    /// It is done after linking, which is remembered without places: what moves a key need not change the site. What was found
    /// before is not looked for again; what is no problem any more is forgotten.
    pub(super) fn set(self, essays: &Essays<'_>, problems: &mut [Diagnostic]) -> Found {
        let mut found = Found::default();
        for problem in problems.iter_mut().filter(|problem| problem.place.is_none()) {
            let known = KEYS.iter().find(|(code, _)| problem.code == *code);
            let (Some((code, keys)), Some(parsed)) = (known, essays.get(&problem.path)) else { continue };
            let name = (problem.path.clone(), *code);
            let before = self.0.get(&name).filter(|known| known.source == parsed.source);
            let find = || place_of(essays, &problem.path, keys);
            let place = before.map_or_else(find, |known| known.place.clone());
            problem.place.clone_from(&place);
            if let ("draft", Some(place)) = (*code, &place) {
                *problem = problem.clone().help(undraft(&parsed.card.base, Some(place)));
            }
            found.0.insert(name, Known { source: parsed.source, place });
        }
        found
    }
}

/// How a draft in the folder `base` becomes none: by what makes it one, a folder or a key.
pub(super) fn undraft(base: &str, place: Option<&Place>) -> String {
    let said = place.map_or("draft: true", |place| place.excerpt.trim());
    let how = match base.split('/').any(|folder| folder == fika_parser::DRAFTS) {
        true => format!("moving it out of `{}`", fika_parser::DRAFTS),
        false => format!("removing `{said}`"),
    };
    format!("publish it by {how}, or build with `--drafts`")
}

/// Where a file says one of some keys.
fn place_of(essays: &Essays<'_>, path: &str, keys: &[&str]) -> Option<Place> {
    let text = essays.text(path)?;
    fika_parser::key_span(&text, keys).map(|span| Place::of(&text, span))
}
