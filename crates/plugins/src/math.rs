//! Formulas: LaTeX to MathML Core, which browsers set by themselves, without a script and without a font to load.
//!
//! The formulas of an essay are set together, so that equations are numbered through and may refer to one another.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use fika_model::{Data, decode_path};
use fika_plugin::{
    Body, BodyContext, Diagnostic, Essay, Fingerprint, Fingerprinter, Hook, Placed, Plugin, Span,
    VerbatimKind,
};
use math_core::{ConvertResult, LatexError, LatexToMathML, MathCoreConfig, MathDisplay};

use crate::options;

/// The name in the configuration.
pub(crate) const NAME: &str = "math";

/// Sets formulas.
#[derive(Debug)]
pub struct Math {
    setter: LatexToMathML,
    fingerprint: Fingerprint,
}

impl Math {
    /// With macros by name, which may begin with a backslash: `\RR` is `\mathbb{R}`. Those that cannot be read are left out
    /// and reported.
    pub fn new(macros: &[(Arc<str>, Data)], faults: &mut Vec<Diagnostic>) -> Math {
        let mut fingerprint = Fingerprinter::new();
        fingerprint.add("math 2, math-core 0.7.0");
        let mut good = Vec::new();
        for (name, given) in macros {
            let bare = name.strip_prefix('\\').unwrap_or(name).to_owned();
            match given.as_str().map(|text| (bare, text.to_owned())) {
                Some(one) => match setter(vec![one.clone()]) {
                    Ok(_) => good.push(one),
                    Err(why) => faults.push(bad_macro(name, &why)),
                },
                None => faults.push(bad_macro(name, "it is not text")),
            }
        }
        for (name, text) in &good {
            fingerprint.add(&**name).add(&**text);
        }
        Math { setter: setter(good).unwrap_or_default(), fingerprint: fingerprint.finish() }
    }

    /// What the formulas of a text become.
    fn set_all(&self, formulas: &[Formula]) -> Vec<Result<Made, Fault>> {
        let fits = |one: &&Formula| depth(&one.text) <= DEEPEST;
        let snippets: Vec<_> =
            formulas.iter().filter(fits).map(|one| (&*one.text, one.shape.display())).collect();
        let mut made = self.setter.convert_all(&snippets).into_iter();
        let mut set = |one: &Formula| match fits(&one).then(|| made.next()).flatten() {
            Some(Ok(made)) => {
                Ok(Made { html: one.shape.html(&made), lost: lost_references(&one.text, &made) })
            }
            Some(Err(why)) => Err(Fault::of(&why)),
            None => Err(Fault::too_deep(&one.text)),
        };
        formulas.iter().map(&mut set).collect()
    }
}

fn setter(macros: Vec<(String, String)>) -> Result<LatexToMathML, String> {
    let config = MathCoreConfig { macros, ..MathCoreConfig::default() };
    LatexToMathML::new(config).map_err(|(why, ..)| reason(&why))
}

fn bad_macro(name: &str, why: &str) -> Diagnostic {
    let message = format!("the macro `{name}` of the plugin `{NAME}` cannot be read: {why}");
    let help = "write it as in LaTeX, such as `RR: '\\mathbb{R}'` or `norm: '\\lVert #1 \\rVert'`";
    options::wrong(NAME, &[name, "macros"], &message, help)
}

/// The reason, as the end of a sentence.
fn reason(why: &LatexError) -> String {
    let message = why.error_message();
    let message = message.trim_end_matches('.').replace('"', "`");
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

/// How deep a formula may be nested: the library calls itself for each level, and a stack has an end.
const DEEPEST: usize = 100;

/// At least how deep a formula is nested, in braces, brackets, environments and commands that are arguments of commands.
fn depth(text: &str) -> usize {
    let (mut groups, mut commands, mut deepest) = (0usize, 0, 0);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '{' => groups += 1,
            '}' => groups = groups.saturating_sub(1),
            '\\' => {
                let name = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                match &rest[..name] {
                    "left" | "begin" => groups += 1,
                    "right" | "end" => groups = groups.saturating_sub(1),
                    _ => commands += 1,
                }
                rest = &rest[name..];
            }
            '^' | '_' | ' ' | '\n' => {}
            _ => commands = 0,
        }
        deepest = deepest.max(groups + commands);
    }
    deepest
}

/// A formula that is set.
struct Made {
    html: Arc<str>,
    /// Its references to equations that are not there.
    lost: Vec<Fault>,
}

/// So many lost references of one formula are told.
const MOST_LOST: usize = 10;

/// The references of a formula that lead to no equation. The library says that there are some, and writes `(??)` for each.
fn lost_references(text: &str, made: &ConvertResult) -> Vec<Fault> {
    if !made.warnings.has_undefined_references() {
        return Vec::new();
    }
    let written: Vec<usize> = text.match_indices("\\eqref").map(|(at, _)| at).collect();
    let shown: Vec<&str> = made.mathml.split("<mtext><a href=\"#").skip(1).collect();
    // One that a macro writes has no place of its own.
    let place = |index: usize| match shown.len() == written.len() {
        true => reference(text, written[index]),
        false => 0..text.len(),
    };
    let lost = |(index, shown): (usize, &&str)| {
        let (label, rest) = shown.split_once('"')?;
        rest.starts_with(">(??)</a>").then(|| Fault::lost(place(index), decode_path(label).trim()))
    };
    shown.iter().enumerate().filter_map(lost).take(MOST_LOST).collect()
}

/// The range of the reference that begins at a place.
fn reference(text: &str, at: usize) -> Range<usize> {
    let command = "\\eqref".len();
    let rest = &text[at + command..];
    let braced = rest.trim_start().starts_with('{').then(|| rest.find('}')).flatten();
    at..at + command + braced.map_or(0, |end| end + 1)
}

/// What is wrong with a formula.
struct Fault {
    /// Where in its text.
    range: Range<usize>,
    message: String,
    help: String,
}

impl Fault {
    fn of(why: &LatexError) -> Fault {
        let mend = match why.label() {
            "unknown command" => "mend it, or define the command under `plugins: {math: {macros: …}}`",
            _ => "mend it, or write `\\$` where a dollar is no formula",
        };
        Fault::unset(why.0.clone(), &reason(why), mend)
    }

    fn too_deep(text: &str) -> Fault {
        let reason = format!("it is nested more than {DEEPEST} levels deep");
        Fault::unset(0..text.len(), &reason, "mend it, or write `\\$` where a dollar is no formula")
    }

    /// It cannot be set; `reason` is the end of a sentence.
    fn unset(range: Range<usize>, reason: &str, mend: &str) -> Fault {
        let message = format!("the formula cannot be set: {reason}");
        Fault { range, message, help: format!("{mend}; its source is shown until then") }
    }

    /// It refers to no equation.
    fn lost(range: Range<usize>, label: &str) -> Fault {
        let message = format!("there is no equation `{label}` for this formula to refer to");
        let help = format!(
            "write `\\label{{{label}}}` in a numbered equation of this text, or mend the name; `(??)` is shown until then"
        );
        Fault { range, message, help }
    }
}

/// How a formula stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    InLine,
    /// On a line of its own within a paragraph, or as a paragraph.
    OnLine,
    /// A block.
    Fenced,
}

impl Shape {
    fn of(placed: &Placed<'_>) -> Option<Shape> {
        match placed.verbatim.kind {
            VerbatimKind::Math { display: false } => Some(Shape::InLine),
            VerbatimKind::Math { display: true } if placed.open.starts_with("<pre") => Some(Shape::Fenced),
            VerbatimKind::Math { display: true } => Some(Shape::OnLine),
            VerbatimKind::Code(_) => None,
        }
    }

    fn display(self) -> MathDisplay {
        if self == Shape::InLine { MathDisplay::Inline } else { MathDisplay::Block }
    }

    /// A long formula scrolls in an element of its own.
    fn html(self, made: &ConvertResult) -> Arc<str> {
        let mathml = &made.mathml;
        match self {
            Shape::InLine => mathml.as_str().into(),
            Shape::OnLine => format!("<span class=\"math math-display\">{mathml}</span>").into(),
            Shape::Fenced => format!("<div class=\"math math-display\">{mathml}</div>").into(),
        }
    }
}

/// A formula of an essay.
struct Formula {
    text: String,
    shape: Shape,
    span: Span,
}

impl Formula {
    fn of(placed: &Placed<'_>) -> Option<Formula> {
        let shape = Shape::of(placed)?;
        Some(Formula { text: placed.text().into_owned(), shape, span: placed.hole.span })
    }
}

impl Plugin for Math {
    fn name(&self) -> &str {
        NAME
    }

    fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Body]
    }

    fn body(&self, cx: &BodyContext<'_>, mut essay: Essay) -> Essay {
        let formulas: Vec<Formula> =
            essay.body.verbatims().filter_map(|placed| Formula::of(&placed)).collect();
        let has_any = |body: &Body| body.verbatims().any(|placed| Shape::of(&placed).is_some());
        if formulas.is_empty() && !essay.card.summary.as_deref().is_some_and(has_any) {
            return essay;
        }
        let results = self.set_all(&formulas);
        // A summary that was cut shows the same formulas, and the same numbers.
        let mut made = BTreeMap::new();
        let path = essay.card.source.clone();
        let source = LazyCell::new(|| (cx.text)());
        for (formula, result) in formulas.into_iter().zip(results) {
            let (html, faults) = match result {
                Ok(Made { html, lost }) => (Some(html), lost),
                Err(why) => (None, vec![why]),
            };
            essay.diagnostics.extend(faults.iter().map(|fault| report(&path, &source, &formula, fault)));
            made.extend(html.map(|html| ((formula.span.start, formula.text), html)));
        }
        essay.with_verbatims(|placed| {
            let formula = Formula::of(placed)?;
            let key = (formula.span.start, formula.text.clone());
            made.get(&key).cloned().or_else(|| Some(self.set_all(&[formula]).pop()?.ok()?.html))
        })
    }
}

fn report(path: &Arc<str>, text: &str, formula: &Formula, fault: &Fault) -> Diagnostic {
    Diagnostic::warning("formula", path.clone(), &*fault.message)
        .at(text, place(text, formula, &fault.range))
        .help(&*fault.help)
}

/// The place of a fault within a formula, if the formula stands in the file as it was read; else the whole formula.
fn place(text: &str, formula: &Formula, fault: &Range<usize>) -> Span {
    let (start, end) = (formula.span.start as usize, formula.span.end as usize);
    let written = text.get(start..end).unwrap_or_default();
    match written.find(&formula.text) {
        Some(at) => {
            // At its end there is nothing to point at but what closes it.
            let last = start + at + formula.text.trim_end().len();
            let from = (start + at + fault.start).min(last);
            (from..(start + at + fault.end).clamp(from, last.max(from + 1))).into()
        }
        None => formula.span,
    }
}

#[cfg(test)]
#[path = "math_tests.rs"]
mod tests;
