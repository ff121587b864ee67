//! Formulas: LaTeX to MathML Core, which browsers set by themselves, without a script and without a font to load.
//!
//! The formulas of an essay are set together, so that equations are numbered through and may refer to one another.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use fika_model::Data;
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
        fingerprint.add("math 1, math-core 0.7.0");
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
    fn set_all(&self, formulas: &[Formula]) -> Vec<Result<Arc<str>, Fault>> {
        let fits = |one: &&Formula| depth(&one.text) <= DEEPEST;
        let snippets: Vec<_> =
            formulas.iter().filter(fits).map(|one| (&*one.text, one.shape.display())).collect();
        let mut made = self.setter.convert_all(&snippets).into_iter();
        let mut set = |one: &Formula| match fits(&one).then(|| made.next()).flatten() {
            Some(Ok(made)) => Ok(one.shape.html(&made)),
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

/// Why a formula cannot be set.
struct Fault {
    /// Where in its text.
    range: Range<usize>,
    /// The end of a sentence.
    reason: String,
    /// Whether a command is not known.
    unknown: bool,
}

impl Fault {
    fn of(why: &LatexError) -> Fault {
        Fault { range: why.0.clone(), reason: reason(why), unknown: why.label() == "unknown command" }
    }

    fn too_deep(text: &str) -> Fault {
        let reason = format!("it is nested more than {DEEPEST} levels deep");
        Fault { range: 0..text.len(), reason, unknown: false }
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
        let mut faults = Vec::new();
        for (formula, result) in formulas.into_iter().zip(results) {
            match result {
                Ok(html) => {
                    made.insert((formula.span.start, formula.text), html);
                }
                Err(why) => faults.push((formula, why)),
            }
        }
        if !faults.is_empty() {
            let text = (cx.text)();
            let path = &essay.card.source;
            essay.diagnostics.extend(faults.iter().map(|(formula, why)| report(path, &text, formula, why)));
        }
        essay.with_verbatims(|placed| {
            let formula = Formula::of(placed)?;
            let key = (formula.span.start, formula.text.clone());
            made.get(&key).cloned().or_else(|| self.set_all(&[formula]).pop()?.ok())
        })
    }
}

fn report(path: &Arc<str>, text: &str, formula: &Formula, fault: &Fault) -> Diagnostic {
    let mend = if fault.unknown {
        "mend it, or define the command under `plugins: {math: {macros: …}}`"
    } else {
        "mend it, or write `\\$` where a dollar is no formula"
    };
    let message = format!("the formula cannot be set: {}", fault.reason);
    Diagnostic::warning("formula", path.clone(), message)
        .at(text, place(text, formula, &fault.range))
        .help(format!("{mend}; its source is shown until then"))
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
