//! Values under `extra:` that the theme cannot use, and names there that are nearly one of its own. Everything else is the writer's affair.

use std::sync::Arc;

use fika_model::{CONFIG, Data, Diagnostic, nearest};
use fika_parser::Param;

use crate::Input;
use crate::parse::Essays;

/// Shorter names are near too many others.
const SHORTEST: usize = 5;

/// Holds the configuration and the front matter of essays to what the theme says that it takes there. What stands beside `extra:` may be
/// meant for another tool, and is not looked at.
pub(crate) fn check(input: &Input, essays: &Essays<'_>, out: &mut Vec<Diagnostic>) {
    let all: Vec<&Param> = input.params.iter().collect();
    out.extend(all.iter().filter_map(|param| param.check(&input.config.extra)));
    for (name, near) in slips(input, &all, &input.config.extra) {
        out.push(slip(CONFIG.into(), name, near).about("extra", [name]));
    }
    let params: Vec<&Param> = all.into_iter().filter(|param| param.in_essays).collect();
    for parsed in essays.all.iter().filter(|_| !params.is_empty()) {
        let card = &parsed.card;
        let misfits = params.iter().filter_map(|param| Some((&*param.name, param.check_essay(&card.extra)?)));
        let misfits = misfits.map(|(name, (message, help))| {
            (name, Diagnostic::warning("wrong-value", card.source.clone(), message).help(help))
        });
        let slips = slips(input, &params, &card.extra);
        let slips = slips.map(|(name, near)| (name, slip(card.source.clone(), name, near)));
        let faults: Vec<(&str, Diagnostic)> = misfits.chain(slips).collect();
        let text = (!faults.is_empty()).then(|| essays.text(&card.source)).flatten().unwrap_or_default();
        let placed =
            |(name, fault): (&str, Diagnostic)| Some(fault.at(&text, fika_parser::extra_span(&text, name)?));
        out.extend(faults.into_iter().filter_map(placed));
    }
}

/// Names that no template reads and that are nearly one that the theme takes, which is not there.
fn slips<'a>(
    input: &'a Input,
    params: &'a [&'a Param],
    extra: &'a Data,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let entries = if let Data::Map(entries) = extra { &entries[..] } else { &[] };
    entries.iter().filter_map(move |(name, _)| {
        let is_own = || params.iter().any(|param| param.name == *name);
        if name.chars().count() < SHORTEST || is_own() {
            return None;
        }
        let near = nearest(name, params.iter().map(|param| &*param.name))?;
        let is_given = params.iter().any(|param| &*param.name == near && param.is_given(extra));
        (!is_given && !input.theme.mentions(name)).then_some((&**name, near))
    })
}

fn slip(path: Arc<str>, name: &str, near: &str) -> Diagnostic {
    Diagnostic::note("unknown-key", path, format!("nothing in the theme reads `extra.{name}`"))
        .help(format!("did you mean `{near}`?"))
}
