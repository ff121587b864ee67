//! Templates that a base of a layer above has no room for.
//!
//! A site's own `base.html` stands under every page of the theme, also under those that the site never asked for. Where it lacks a
//! block that such a template fills, the engine refuses the template. It then stands on the base of its own layer, for which it was
//! written: the page is whole, and what its frame lacks is told once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fika_model::Diagnostic;
use tera::Error;

use crate::closure::scan;
use crate::faults;
use crate::load::{Candidate, covers, layer, plain, resolve};

/// What each base lacks, by its origin: registered names of templates, and blocks that these fill.
#[derive(Default)]
pub(crate) struct Lacking(BTreeMap<Arc<str>, BTreeSet<(String, String)>>);

impl Lacking {
    /// Puts those of the templates that an error accuses of filling blocks which their base lacks onto the base of their own layer.
    /// False if there was none.
    pub(crate) fn rebase(
        &mut self,
        error: &Error,
        candidates: &mut [Candidate],
        prefixes: &[String],
    ) -> bool {
        let mut any = false;
        for (name, block) in faults::homeless_blocks(error) {
            let Some(at) = candidates.iter().position(|one| one.name == name) else { continue };
            if let Some((base, own)) = base_of(&candidates[at], candidates, prefixes) {
                self.0.entry(base).or_default().insert((name, block));
                extend(&mut candidates[at], &own);
                any = true;
            } else if let Some(lack) =
                self.0.values_mut().find(|lack| lack.iter().any(|(one, _)| *one == name))
            {
                // Another block of a template that has been moved just now.
                lack.insert((name, block));
            }
        }
        any
    }

    /// What is to be said, once it is known which templates are there: of one in whose place another stands, nothing.
    pub(crate) fn told(self, sound: &[Candidate], prefixes: &[String]) -> Vec<Diagnostic> {
        let told = |(base, mut lack): (Arc<str>, BTreeSet<(String, String)>)| {
            lack.retain(|(name, _)| !covers(sound, name, prefixes));
            let templates: BTreeSet<&str> = lack.iter().map(|(name, _)| plain(name, prefixes)).collect();
            let blocks: BTreeSet<&str> = lack.iter().map(|(_, block)| block.as_str()).collect();
            let noun = if blocks.len() == 1 { "block" } else { "blocks" };
            let message = format!(
                "the template has no {noun} {}; what needs more comes in the frame it was written for: {}",
                listed(blocks.iter().copied()),
                listed(templates.into_iter())
            );
            let tags = blocks.iter().map(|name| format!("`{{% block {name} %}}{{% endblock {name} %}}`"));
            let help =
                format!("add {}, or write templates of these names", tags.collect::<Vec<_>>().join(" and "));
            (!lack.is_empty()).then(|| Diagnostic::warning("missing-block", base, message).help(help))
        };
        self.0.into_iter().filter_map(told).collect()
    }
}

/// The base that stands under a template, by its origin, and the registered name of that of its own layer, if the former is of a layer
/// above and the template did not ask for it by its whole name.
fn base_of(one: &Candidate, all: &[Candidate], prefixes: &[String]) -> Option<(Arc<str>, String)> {
    // `extends` comes before anything else.
    let (parent, _) = one.scan.references.first()?;
    let find = |name: &str| all.iter().find(|other| other.name == name);
    let base = find(resolve(parent, prefixes, |name| find(name).map(|found| found.name.as_str()))?)?;
    let level = layer(&one.name, prefixes);
    if plain(parent, prefixes) != parent || layer(&base.name, prefixes) >= level {
        return None;
    }
    // What is known as `theme:x.html` is of no layer; the first that has a base of its own will do.
    let below = prefixes.iter().skip(level - 1).chain(prefixes);
    let own = below.map(|prefix| format!("{prefix}{parent}")).find(|name| find(name).is_some())?;
    (own != base.name).then(|| (base.origin.clone(), own))
}

/// Makes a template extend another.
fn extend(one: &mut Candidate, base: &str) {
    if let Some((_, place)) = one.scan.references.first() {
        let mut source = one.source.to_string();
        source.replace_range(place.clone(), base);
        one.scan = scan(&source);
        one.source = source.into();
    }
}

/// Names in a sentence.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
