//! What the template engine complains of, as diagnostics with a place.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use fika_model::{Diagnostic, Severity};
use tera::{Error, ErrorKind, ReportError};

use crate::Theme;
use crate::load::Candidate;
use crate::{known, tera1};

/// Names of faulty templates and of the components that went with them: what misses one of these is not to blame itself.
#[derive(Default)]
pub(crate) struct Dropped {
    templates: BTreeSet<String>,
    components: BTreeSet<String>,
}

/// Reports why a set of templates was refused, and names the files to leave out: at least one, unless there is none.
pub(crate) fn on_load(
    error: &Error,
    candidates: &[Candidate],
    prefixes: &[String],
    dropped: &mut Dropped,
    out: &mut Vec<Diagnostic>,
) -> BTreeSet<Arc<str>> {
    let mut blamed = Vec::new();
    for (candidate, diagnostic) in accused(error, candidates, prefixes, dropped) {
        blamed.push(candidate);
        out.extend(diagnostic.filter(|diagnostic| !out.contains(diagnostic)));
    }
    if blamed.is_empty() {
        // Nobody is named: leave out one file and try again, so that the loop ends in any case.
        out.push(Diagnostic::error("template", "", tidy(&error.to_string())));
        blamed.extend(candidates.first());
    }
    for candidate in &blamed {
        let plain = prefixes.iter().find_map(|prefix| candidate.name.strip_prefix(prefix.as_str()));
        dropped.templates.extend([candidate.name.clone(), plain.unwrap_or(&candidate.name).to_owned()]);
        dropped.components.extend(candidate.scan.defines.keys().cloned());
    }
    blamed.into_iter().map(|candidate| candidate.origin.clone()).collect()
}

/// The templates an error accuses, each with what to say of it: nothing, where it only misses what was left out before.
fn accused<'a>(
    error: &Error,
    candidates: &'a [Candidate],
    prefixes: &[String],
    dropped: &Dropped,
) -> Vec<(&'a Candidate, Option<Diagnostic>)> {
    let find = |name: &str| candidates.iter().find(|candidate| candidate.name == name);
    let meant = |message: &str| known::near(message, candidates, prefixes);
    let one = |name: &str, say: &dyn Fn(&Candidate) -> Option<Diagnostic>| {
        find(name).map(|one| (one, say(one))).into_iter().collect()
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            one(report.filename(), &|one| {
                Some(at(one, tidy(report.message()), Some(report.span().range.clone()), None))
            })
        }
        ErrorKind::MissingParent { current, parent } => one(current, &|one| {
            let message = format!("there is no template `{parent}` to extend");
            let meant = meant(&message);
            (!dropped.templates.contains(parent)).then(|| at(one, message, reference(one, parent), meant))
        }),
        ErrorKind::CircularExtend { tpl, .. } => one(tpl, &|one| Some(circle(one, "extends"))),
        ErrorKind::CircularInclude { tpl, include_chain } => {
            one(include_chain.first().unwrap_or(tpl), &|one| Some(circle(one, "includes")))
        }
        _ => {
            let text = error.to_string();
            let mut found = Vec::new();
            for (name, message, place) in reports(&text) {
                let Some(candidate) = find(&name) else { continue };
                let follows = quoted(&message).is_some_and(|name| {
                    dropped.templates.contains(name) || dropped.components.contains(name)
                });
                let span = Some(offset(&candidate.source, place));
                let say = || at(candidate, tidy(&message), span, meant(&message));
                found.push((candidate, (!follows).then(say)));
            }
            let second = duplicate(&text).and_then(|name| find(&name));
            found.extend(second.map(|second| (second, Some(at(second, tidy(&text), None, None)))));
            found
        }
    }
}

/// `meant` is a name that may have been meant in the place of one that nobody knows.
fn at(candidate: &Candidate, message: String, span: Option<Range<usize>>, meant: Option<&str>) -> Diagnostic {
    let rest = "it is mended, the template of the same name in the layer below is used, if there is one";
    let advice = span.as_ref().and_then(|span| tera1::advice(&candidate.source, span, &message));
    let help = match (meant, advice) {
        (Some(name), _) => format!("did you mean `{name}`? Until {rest}"),
        (None, Some(advice)) => format!("{advice}; until {rest}"),
        (None, None) => format!("until {rest}"),
    };
    let diagnostic = Diagnostic::error("template", candidate.origin.clone(), message).help(help);
    match span {
        Some(span) => diagnostic.at(&candidate.source, span),
        None => diagnostic,
    }
}

fn circle(candidate: &Candidate, verb: &str) -> Diagnostic {
    let span = candidate.scan.references.first().map(|(_, span)| span.clone());
    at(candidate, format!("the template {verb} itself, directly or through others"), span, None)
        .help("to build on the theme's file of the same name, write `theme:` before it: `{% extends \"theme:base.html\" %}`")
}

fn reference(candidate: &Candidate, name: &str) -> Option<Range<usize>> {
    candidate.scan.references.iter().find(|(written, _)| written == name).map(|(_, span)| span.clone())
}

/// Line from 1, column from 0 and width, all in characters.
type Spot = (usize, usize, usize);

/// The reports in an error that names several: `error: M`, then `--> NAME:LINE:COLUMN`, then the line and its marks.
fn reports(text: &str) -> Vec<(String, String, Spot)> {
    let mut found = Vec::new();
    let mut message = None;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("error: ") {
            message = Some(rest.to_owned());
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let column = parts.next().and_then(|column| column.parse::<usize>().ok());
            let row = parts.next().and_then(|row| row.parse::<usize>().ok());
            let width = lines.clone().nth(2).map_or(1, |marks| marks.matches('^').count()).max(1);
            if let (Some(message), Some(column), Some(row), Some(name)) =
                (message.take(), column, row, parts.next())
            {
                found.push((name.to_owned(), message, (row, column.saturating_sub(1), width)));
            }
        }
    }
    found
}

/// The blocks of templates that no parent of theirs has: the template's name and the block's.
pub(crate) fn homeless_blocks(error: &Error) -> Vec<(String, String)> {
    let is_homeless = |message: &str| message.contains("is not defined in any parent template");
    let found = reports(&error.to_string()).into_iter().filter(|(_, message, _)| is_homeless(message));
    found.filter_map(|(name, message, _)| Some((name, quoted(&message)?.to_owned()))).collect()
}

fn offset(source: &str, (row, column, width): Spot) -> Range<usize> {
    let start: usize = source.split_inclusive('\n').take(row.saturating_sub(1)).map(str::len).sum();
    let line = &source[start..];
    let place =
        |characters: usize| start + line.char_indices().nth(characters).map_or(line.len(), |(at, _)| at);
    place(column)..place(column + width)
}

/// The second of the two templates that define one component: `Component X is defined in both A and B`.
fn duplicate(text: &str) -> Option<String> {
    let both = text.strip_prefix("Component `")?.split_once("defined in both `")?.1;
    Some(both.split('`').nth(2)?.to_owned())
}

fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// The engine's sentence in our form: no capital, no full stop, one line.
pub(crate) fn tidy(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    let mut chars = message.chars();
    let Some(first) = chars.next() else { return "the template is faulty".to_owned() };
    let rest = chars.as_str();
    let sentence = rest.starts_with(|c: char| c.is_lowercase() || c == ' ');
    if sentence { format!("{}{rest}", first.to_lowercase()) } else { message.to_owned() }
}

/// What the message of a template's fault says wherever it strikes: the engine adds the names that there are, and on each kind of page there
/// are others.
pub fn gist(message: &str) -> &str {
    message.split_once(". Available ").map_or(message, |(gist, _)| gist)
}

/// What becomes of a page whose template fails.
pub(crate) const PLAIN: &str = "the page has only its title and text until then";

/// What becomes of a component that fails.
pub(crate) const WRITTEN: &str = "the page shows the source of the component until then";

/// What becomes of headings whose link fails.
pub(crate) const UNLINKED: &str = "its headings have no links until then";

/// Whether an error only says that something is done with a thing that is missing, which was told already: one fault is enough, and has
/// to say what becomes of the page or component.
pub(crate) fn follows(error: &Error, told: &mut [Diagnostic], until: &str) -> bool {
    let message = report(error).map_or_else(String::new, |report| tidy(report.message()));
    let misses_a_value = ["`none`", "type none", "is not defined"].iter().any(|sign| message.contains(sign));
    let root = told.iter_mut().rev().find(|fault| fault.severity == Severity::Error);
    let Some(root) = root.filter(|_| misses_a_value) else { return false };
    root.help = root.help.take().map(|help| format!("{help}; {until}"));
    true
}

/// An error while rendering. `subject` is what was being rendered: the path of an essay, or an address; `until` says what is shown until
/// it is mended.
pub(crate) fn on_render(error: &Error, theme: &Theme, subject: &str, until: &str) -> Diagnostic {
    let text = error.to_string();
    let callers: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("note: called from "))
        .map(|at| caller(theme, at))
        .collect();
    let through =
        if callers.is_empty() { String::new() } else { format!(", called from {}", callers.join(", ")) };
    let help = format!("it happened while `{subject}` was rendered{through}; {until}");
    match report(error) {
        Some(report) => {
            let missing = missing(report.message());
            let help = missing.map_or_else(|| help.clone(), |advice| format!("{advice}; {help}"));
            located(theme, report.filename(), report.span().range.clone(), tidy(report.message()), help)
        }
        None => Diagnostic::error("template", "", tidy(&text)).help(help),
    }
}

/// Names of every page, or of many, that a component sees only if it asks for them.
const OF_PAGES: [&str; 8] =
    ["config", "current_path", "current_url", "lang", "lang_dir", "page", "section", "term"];

/// What to do about what is done with a thing that is not there. In Tera 1 much of that was nothing.
fn missing(message: &str) -> Option<String> {
    let name = quoted(message).unwrap_or_default();
    let has = |words: &str| message.contains(words);
    if has("ariable `") && has("is not defined") {
        // Every page has a `config`; the link at a heading has none, and is no component.
        let sees_page = message
            .split_once("Available variables:")
            .is_none_or(|(_, all)| all.contains("config") || all.contains("insert"));
        return Some(if !sees_page && OF_PAGES.contains(&name) {
            format!(
                "a component sees what it is given: for that of the page, write `@{name}` into its parentheses"
            )
        } else {
            format!(
                "where it may be missing, ask with `{{% if {name} %}}`, or write a question mark behind it: `{name}?.title`"
            )
        });
    }
    if has("mplicit argument") {
        return Some("not every page has it: give it as an argument without an `@`, and a value to the component where it is called".to_owned());
    }
    let is_missing = ["is not defined", "that is undefined", "type `undefined`", "got `undefined`"];
    is_missing.iter().any(|sign| has(sign)).then(|| {
        "where it may be missing, ask with `{% if … %}` or put `| default(value=…)` behind it; a question mark lets one ask further: `extra.a?.b`"
            .to_owned()
    })
}

/// A caller, `NAME:LINE:COLUMN`, with the path of its file for its name.
fn caller(theme: &Theme, place: &str) -> String {
    let name = place.rsplitn(3, ':').nth(2).unwrap_or_default();
    theme
        .templates
        .get(name)
        .map_or_else(|| place.to_owned(), |template| format!("{}{}", template.origin, &place[name.len()..]))
}

/// The place an error names, when it names one.
pub(crate) fn report(error: &Error) -> Option<&ReportError> {
    match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => Some(report),
        _ => None,
    }
}

fn located(theme: &Theme, name: &str, span: Range<usize>, message: String, help: String) -> Diagnostic {
    let help = match theme.stands_in_for(name) {
        Some(faulty) => format!(
            "{help}; the template is used in the place of `{faulty}`, which is faulty: mend that first"
        ),
        None => help,
    };
    match theme.templates.get(name) {
        Some(template) => Diagnostic::error("template", template.origin.clone(), message)
            .at(&template.source, span)
            .help(help),
        None => Diagnostic::error("template", name, message).help(help),
    }
}
