//! From layers of files to a theme: which file wins, which templates are sound, what each of them is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fika_i18n::{Catalogues, Collation, Dates, Lists, Numbers};
use fika_model::{Config, Diagnostic, Fingerprint, Fingerprinter, Lang};
use tera::Tera;

use crate::bases::Lacking;
use crate::closure::{Graph, Scan, scan};
use crate::{ThemeFile, catalogues, derived, encodings, faults, filters, functions, locale, refused, shims};

/// The prefix that means "the theme's own file", whatever the theme is called.
const THEME: &str = "theme:";
/// The last resort for pages that only lead elsewhere, when no layer has a `redirect.html`.
const REDIRECT: (&str, &str) = ("fika:redirect.html", include_str!("redirect.html"));

/// A template as the engine knows it.
pub(crate) struct Template {
    /// The file's name in diagnostics.
    pub(crate) origin: Arc<str>,
    /// The whole source.
    pub(crate) source: Arc<str>,
    /// The fingerprint of it and of all that it reaches.
    pub(crate) fingerprint: Fingerprint,
    /// The ids that all of this writes without being told by a value, to which an essay may link.
    pub(crate) ids: BTreeSet<String>,
}

/// A component that essays and templates may call.
pub(crate) struct Component {
    /// The fingerprint of the template that defines it.
    pub(crate) fingerprint: Fingerprint,
    /// Its first parameter; nothing if it has none.
    pub(crate) first: String,
    /// Whether it may write ids, to which an essay may link.
    pub(crate) makes_ids: bool,
}

/// Templates, catalogues and assets, loaded and checked. Immutable.
pub struct Theme {
    pub(crate) tera: Tera,
    /// By registered name: plain for the site's own, with the layer's prefix for those below.
    pub(crate) templates: BTreeMap<String, Template>,
    pub(crate) components: BTreeMap<String, Component>,
    pub(crate) catalogues: Catalogues,
    pub(crate) dates: Dates,
    pub(crate) numbers: Numbers,
    pub(crate) lists: Lists,
    /// How each language of the site sorts.
    orders: Vec<(Lang, Collation)>,
    /// Every plain name with the registered name that it means.
    names: BTreeMap<String, String>,
    /// Plain names of which there is no sound template, though there is a file.
    faulty: BTreeSet<String>,
    /// By registered name, templates that are used for want of a sound one in a layer above, with the origin of that.
    stand_ins: BTreeMap<String, Arc<str>>,
    statics: BTreeMap<Arc<str>, ThemeFile>,
}

impl Theme {
    /// Loads layers, the first wins file by file: the site's own (which may be empty), the theme's, the built-in default.
    ///
    /// A template is known by its path under `templates/`. One that extends or includes `theme:base.html` means the file
    /// of the first layer below the site's, and `paper:base.html` that of the layer named `paper`. Instead of a faulty
    /// template the one of the layer below is used; every fault is reported.
    #[allow(clippy::needless_pass_by_value)] // whoever reads a theme has no more use for its files
    pub fn load(config: &Config, layers: Vec<Vec<ThemeFile>>) -> (Theme, Vec<Diagnostic>) {
        let mut out = Vec::new();
        let prefixes = prefixes(config, &layers);
        let mut candidates = candidates(&layers, &prefixes, &mut out);
        let all: Vec<(String, Arc<str>)> =
            candidates.iter().map(|one| (one.name.clone(), one.origin.clone())).collect();
        let mut faulty: BTreeSet<String> =
            all.iter().map(|(name, _)| plain(name, &prefixes).to_owned()).collect();
        let tera = check(&prefixes, &mut candidates, &mut out);
        let stand_ins = stand_ins(all, &candidates, &prefixes);
        let (templates, components) = fingerprints(&candidates, &prefixes, &stand_ins);
        let langs: Vec<Lang> = config.languages.iter().map(|language| language.lang.clone()).collect();
        let mut sources = catalogues::sources(&layers, &mut out);
        out.extend(sources.first().iter().flat_map(|own| catalogues::unread(&langs, own)));
        derived::convert(config, &mut sources);
        let (catalogues, mistakes) = Catalogues::new(sources, &langs);
        out.extend(mistakes.into_iter().map(|fault| {
            Diagnostic::warning("catalogue", fault.origin, fault.message).at(&fault.text, fault.span)
        }));
        out.extend(catalogues::mute(&langs, &catalogues, candidates.iter().map(|one| &*one.source)));
        let known = |name: &str| templates.get_key_value(name).map(|(name, _)| name.as_str());
        let meant = |name: &str| resolve(name, &prefixes, known).map(str::to_owned);
        let names: BTreeMap<String, String> = templates
            .keys()
            .map(|name| plain(name, &prefixes))
            .filter_map(|name| Some((name.to_owned(), meant(name)?)))
            .collect();
        faulty.retain(|name| !names.contains_key(name));
        let statics = statics(&layers);
        let theme = Theme {
            tera,
            templates,
            components,
            catalogues,
            dates: Dates::new(&langs),
            numbers: Numbers::new(&langs),
            lists: Lists::new(&langs),
            orders: langs.iter().map(|lang| (lang.clone(), Collation::new(lang))).collect(),
            names,
            faulty,
            stand_ins,
            statics,
        };
        (theme, out)
    }

    /// Whether any template has a word in it.
    pub fn mentions(&self, word: &str) -> bool {
        self.templates.values().any(|template| template.source.contains(word))
    }

    /// Uses the order of a language, which the theme keeps for those of the site.
    pub(crate) fn in_order<Out>(&self, lang: &Lang, sort: impl FnOnce(&Collation) -> Out) -> Out {
        match self.orders.iter().find(|(known, _)| known == lang) {
            Some((_, order)) => sort(order),
            None => sort(&Collation::new(lang)),
        }
    }

    /// Whether there is such a template.
    pub fn has_template(&self, name: &str) -> bool {
        self.resolve(name).is_some()
    }

    /// Whether a template cannot be used because every file of its name is faulty, which loading has reported.
    pub fn is_faulty(&self, name: &str) -> bool {
        self.faulty.contains(name)
    }

    /// The faulty file in whose place a template is used, if it is.
    pub(crate) fn stands_in_for(&self, name: &str) -> Option<&str> {
        self.stand_ins.get(name).map(|origin| &**origin)
    }

    /// The fingerprint of a template and of everything it extends, includes and calls.
    /// That of a template which is not there is equal to that of any other such.
    pub fn template_fingerprint(&self, name: &str) -> Fingerprint {
        self.resolve(name)
            .and_then(|name| self.templates.get(name))
            .map(|template| template.fingerprint)
            .unwrap_or_default()
    }

    /// The names of all templates, sorted, for suggestions.
    pub fn template_names(&self) -> Vec<&str> {
        self.names.keys().map(String::as_str).collect()
    }

    /// The theme's static files: route and file, sorted, the site's own `static/` not among them.
    pub fn static_files(&self) -> Vec<(&str, &ThemeFile)> {
        self.statics.iter().map(|(route, file)| (&**route, file)).collect()
    }

    /// A static file of the theme by its route.
    pub(crate) fn static_file(&self, route: &str) -> Option<&ThemeFile> {
        self.statics.get(route)
    }

    /// An interface string without arguments.
    pub fn message(&self, lang: &Lang, key: &str) -> Option<String> {
        let message = self.catalogues.message(lang, key, &[]);
        message.found.map(|_| message.text)
    }

    /// The registered name of a template.
    pub(crate) fn resolve(&self, name: &str) -> Option<&str> {
        let registered = || self.templates.get_key_value(name).map(|(name, _)| name);
        self.names.get(name).or_else(registered).map(String::as_str)
    }
}

/// One template before it is checked.
#[derive(Clone)]
pub(crate) struct Candidate {
    /// The registered name.
    pub(crate) name: String,
    pub(crate) origin: Arc<str>,
    pub(crate) source: Arc<str>,
    pub(crate) scan: Scan,
}

/// The prefixes of the layers below the first, in order; `theme:` and the last resort come after them.
fn prefixes(config: &Config, layers: &[Vec<ThemeFile>]) -> Vec<String> {
    let mut prefixes: Vec<String> = Vec::new();
    let built_in = |layer: &[ThemeFile]| {
        let file = layer.first()?;
        file.origin.strip_suffix(&*file.path)?.strip_suffix(':').map(str::to_owned)
    };
    let taken: Vec<String> = layers.iter().filter_map(|layer| built_in(layer)).collect();
    for (at, layer) in layers.iter().enumerate().skip(1) {
        let name = built_in(layer).unwrap_or_else(|| config.theme.to_string());
        // A folder `themes/paper` over the built-in `paper` leaves the name to the latter, so that it can be extended.
        let clash =
            (built_in(layer).is_none() && taken.contains(&name)) || prefixes.contains(&format!("{name}:"));
        prefixes.push(if clash || name.is_empty() { format!("layer{at}:") } else { format!("{name}:") });
    }
    prefixes.push(THEME.to_owned());
    prefixes.push("fika:".to_owned());
    prefixes
}

/// A name without the prefix of its layer.
pub(crate) fn plain<'a>(name: &'a str, prefixes: &[String]) -> &'a str {
    prefixes.iter().find_map(|prefix| name.strip_prefix(prefix.as_str())).unwrap_or(name)
}

/// Of which layer a registered name is: 0 is the site's.
pub(crate) fn layer(name: &str, prefixes: &[String]) -> usize {
    prefixes.iter().position(|prefix| name.starts_with(prefix.as_str())).map_or(0, |at| at + 1)
}

/// The registered name that a name means: itself, else behind the first prefix that has it.
pub(crate) fn resolve<'a>(
    name: &str,
    prefixes: &[String],
    known: impl Fn(&str) -> Option<&'a str>,
) -> Option<&'a str> {
    known(name).or_else(|| prefixes.iter().find_map(|prefix| known(&format!("{prefix}{name}"))))
}

/// All templates under their registered names, aliases under `theme:` included where something refers to them.
fn candidates(layers: &[Vec<ThemeFile>], prefixes: &[String], out: &mut Vec<Diagnostic>) -> Vec<Candidate> {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    for (at, layer) in layers.iter().enumerate() {
        let prefix = at.checked_sub(1).map(|below| prefixes[below].as_str()).unwrap_or_default();
        for file in layer {
            let Some(path) = file.path.strip_prefix("templates/") else { continue };
            let name = format!("{prefix}{path}");
            match std::str::from_utf8(&file.bytes) {
                Ok(text) => {
                    let source: Arc<str> = text.trim_start_matches('\u{feff}').into();
                    let scan = scan(&source);
                    found.entry(name.clone()).or_insert(Candidate {
                        name,
                        origin: file.origin.clone(),
                        source,
                        scan,
                    });
                }
                Err(_) if path.ends_with(".html") || path.ends_with(".xml") => out.push(
                    Diagnostic::error("template", file.origin.clone(), "the template is not UTF-8")
                        .help("save it as UTF-8"),
                ),
                Err(_) => {}
            }
        }
    }
    in_another_case(&found, prefixes, out);
    for name in aliases(&found) {
        let below = prefixes
            .iter()
            .find_map(|prefix| found.get(&format!("{prefix}{}", &name[THEME.len()..])))
            .cloned();
        if let Some(below) = below {
            found.insert(name.clone(), Candidate { name, ..below });
        }
    }
    let (name, source) = (REDIRECT.0.to_owned(), Arc::from(REDIRECT.1));
    found.insert(name.clone(), Candidate { name, origin: REDIRECT.0.into(), scan: scan(REDIRECT.1), source });
    found.into_values().collect()
}

/// Templates of the site or of its theme that are called as another is but for the case of letters, and that no template asks for: they
/// do not take its place, though on macOS and Windows they may be one file with it.
fn in_another_case(found: &BTreeMap<String, Candidate>, prefixes: &[String], out: &mut Vec<Diagnostic>) {
    let asked: BTreeSet<&str> =
        found.values().flat_map(|one| &one.scan.references).map(|(name, _)| name.as_str()).collect();
    let mut names: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for name in found.keys().map(|name| plain(name, prefixes)) {
        names.entry(name.to_lowercase()).or_default().insert(name);
    }
    for one in found.values() {
        let name = plain(&one.name, prefixes);
        let lower = name.to_lowercase();
        let other = names[&lower].get(&*lower).filter(|_| lower != name && !asked.contains(name));
        let Some(other) = other else { continue };
        let message = format!(
            "the name differs from that of `{other}` in the case of its letters alone, so it does not take the place of that"
        );
        let help = format!("call it `{other}`, or give it a name of its own");
        out.push(Diagnostic::warning("template-name", one.origin.clone(), message).help(help));
    }
}

fn aliases(found: &BTreeMap<String, Candidate>) -> BTreeSet<String> {
    let references = found.values().flat_map(|candidate| &candidate.scan.references);
    references
        .map(|(name, _)| name.clone())
        .filter(|name| name.starts_with(THEME) && !found.contains_key(name))
        .collect()
}

/// The engine with all that templates may call, and no template.
pub(crate) fn engine() -> Tera {
    let mut tera = Tera::new();
    functions::register(&mut tera);
    filters::register(&mut tera);
    locale::register(&mut tera);
    shims::register(&mut tera);
    encodings::register(&mut tera);
    refused::register(&mut tera);
    tera
}

/// Gives the engine all templates at once, leaving out faulty ones until it accepts the rest.
fn check(prefixes: &[String], candidates: &mut Vec<Candidate>, out: &mut Vec<Diagnostic>) -> Tera {
    let mut base = engine();
    // Fails only when there are templates already.
    let _ = base.set_fallback_prefixes(prefixes.to_vec());
    let mut dropped = faults::Dropped::default();
    let mut lacking = Lacking::default();
    let mut faulty: Vec<Candidate> = Vec::new();
    loop {
        let mut tera = base.clone();
        match tera.add_raw_templates(candidates.iter().map(|candidate| (&candidate.name, &candidate.source)))
        {
            Ok(()) => {
                faulty.retain(|one| covers(candidates, &one.name, prefixes));
                out.retain(|fault| !faulty.iter().any(|covered| covered.origin == fault.path));
                out.extend(lacking.told(candidates, prefixes));
                return tera;
            }
            Err(error) if lacking.rebase(&error, candidates, prefixes) => {}
            Err(error) => {
                let blamed = faults::on_load(&error, candidates, prefixes, &mut dropped, out);
                faulty.extend(candidates.extract_if(.., |candidate| blamed.contains(&candidate.origin)));
            }
        }
    }
}

/// Whether one of some sound templates stands in the place of a template, being of a layer above: then nobody misses that. So it
/// is when a theme has a `base.html` of its own, without the blocks that templates below fill, and replaces those templates too.
pub(crate) fn covers(sound: &[Candidate], name: &str, prefixes: &[String]) -> bool {
    let same = |one: &Candidate| plain(&one.name, prefixes) == plain(name, prefixes);
    sound.iter().any(|one| same(one) && layer(&one.name, prefixes) < layer(name, prefixes))
}

type Fingerprinted = (BTreeMap<String, Template>, BTreeMap<String, Component>);

/// See [`Theme::stand_ins`]. Of all that there were, the candidates are left.
fn stand_ins(
    all: Vec<(String, Arc<str>)>,
    candidates: &[Candidate],
    prefixes: &[String],
) -> BTreeMap<String, Arc<str>> {
    let known = |name: &str| candidates.iter().find(|one| one.name == name).map(|one| one.name.as_str());
    let found = all.into_iter().filter_map(|(name, origin)| {
        let used = resolve(plain(&name, prefixes), prefixes, known)?;
        let is_dropped = known(&name).is_none() && layer(&name, prefixes) < layer(used, prefixes);
        is_dropped.then(|| (used.to_owned(), origin))
    });
    found.collect()
}

/// All templates and components with their fingerprints. What a template stands in for is part of its own: that is told with the page.
fn fingerprints(
    candidates: &[Candidate],
    prefixes: &[String],
    stand_ins: &BTreeMap<String, Arc<str>>,
) -> Fingerprinted {
    let templates =
        candidates.iter().map(|one| (one.name.as_str(), (&*one.source, one.scan.clone()))).collect();
    let mut components: BTreeMap<&str, &str> = BTreeMap::new();
    for candidate in candidates {
        for component in candidate.scan.defines.keys() {
            let holder = components.entry(component).or_insert(&candidate.name);
            if layer(&candidate.name, prefixes) < layer(holder, prefixes) {
                *holder = &candidate.name;
            }
        }
    }
    let graph = Graph { templates, components };
    let known = |name: &str| graph.templates.get_key_value(name).map(|(name, _)| *name);
    let reached = |name: &str| graph.reached(name, &|name| resolve(name, prefixes, known));
    let sets: BTreeMap<&str, BTreeSet<String>> =
        candidates.iter().map(|one| (one.name.as_str(), reached(&one.name))).collect();
    let print = |reached: &BTreeSet<String>| {
        let mut parts = Fingerprinter::new();
        parts.add(graph.fingerprint(reached));
        parts.add_all(reached.iter().filter_map(|name| stand_ins.get(name)).map(|origin| origin.as_bytes()));
        parts.finish()
    };
    let prints: BTreeMap<&str, Fingerprint> =
        sets.iter().map(|(name, reached)| (*name, print(reached))).collect();
    let component = |(name, holder): (&&str, &&str)| {
        let first = graph.templates[holder].1.defines[*name].clone();
        let makes_ids = graph.makes_ids(&sets[holder]);
        ((*name).to_owned(), Component { fingerprint: prints[holder], first, makes_ids })
    };
    let components = graph.components.iter().map(component).collect();
    let template = |one: &Candidate| {
        let name = one.name.as_str();
        let (fingerprint, ids) = (prints[name], graph.written_ids(&sets[name]));
        (
            name.to_owned(),
            Template { origin: one.origin.clone(), source: one.source.clone(), fingerprint, ids },
        )
    };
    (candidates.iter().map(template).collect(), components)
}

fn statics(layers: &[Vec<ThemeFile>]) -> BTreeMap<Arc<str>, ThemeFile> {
    let mut statics = BTreeMap::new();
    for file in layers.iter().skip(1).flatten() {
        if let Some(route) = file.path.strip_prefix("static/") {
            statics.entry(Arc::from(route)).or_insert_with(|| file.clone());
        }
    }
    statics
}
