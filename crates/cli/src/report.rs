//! Diagnostics as text: drawn for writers, as lines of JSON for programs.

use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Renderer, Snippet};
use fika_model::{Diagnostic, Place, Severity};
use serde::Serialize;

use crate::output::Ending;

/// How many of each severity there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

impl Tally {
    pub(crate) fn of(diagnostics: &[Diagnostic]) -> Tally {
        let count =
            |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        Tally { errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }

    /// `2 errors, 1 warning`; nothing when there is nothing to tell.
    pub(crate) fn words(self) -> Option<String> {
        let some = |count: usize, noun: &str| {
            (count > 0).then(|| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }))
        };
        let parts: Vec<String> =
            [some(self.errors, "error"), some(self.warnings, "warning")].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// How a run with these problems ends.
    pub(crate) fn ending(self, strict: bool) -> Ending {
        if self.errors > 0 || (strict && self.warnings > 0) { Ending::Problems } else { Ending::Good }
    }
}

/// The diagnostics as a writer reads them, with colours: whoever prints them takes the colours out where none are wanted.
pub(crate) fn coloured(diagnostics: &[Diagnostic]) -> String {
    draw(diagnostics, &Renderer::styled())
}

/// The same without colours.
pub(crate) fn plain(diagnostics: &[Diagnostic]) -> String {
    draw(diagnostics, &Renderer::plain())
}

/// The frame is drawn in ASCII: a Chinese terminal may give box-drawing characters two columns (UAX 11, "ambiguous"),
/// and marks would not stand under their text.
fn draw(diagnostics: &[Diagnostic], renderer: &Renderer) -> String {
    diagnostics.iter().map(|diagnostic| draw_one(diagnostic, renderer)).collect::<Vec<_>>().join("\n\n")
}

fn draw_one(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.clone().primary_title(&*diagnostic.message).id(&*diagnostic.code);
    let help = diagnostic.help.iter().map(|help| Level::HELP.message(&**help));
    let group = match &diagnostic.place {
        Some(place) => title.element(excerpt(&diagnostic.path, place)),
        None if diagnostic.path.is_empty() => title.elements(Vec::<Origin<'_>>::new()),
        None => title.element(Origin::path(&*diagnostic.path)),
    };
    renderer.render(&[group.elements(help)])
}

/// The line with its mark. Where the excerpt is a window of a long line, blanks stand for what is left of it: the renderer
/// counts them for the column, then cuts them away.
fn excerpt<'a>(path: &'a str, place: &'a Place) -> Snippet<'a, Annotation<'a>> {
    let byte = |character: u32| {
        place.excerpt.char_indices().nth(character as usize).map_or(place.excerpt.len(), |(at, _)| at)
    };
    let left = place.column.saturating_sub(place.mark_start + 1) as usize;
    let mark = left + byte(place.mark_start)..left + byte(place.mark_end.max(place.mark_start));
    Snippet::source(" ".repeat(left) + &place.excerpt)
        .line_start(place.line as usize)
        .path(path)
        .annotation(AnnotationKind::Primary.span(mark))
}

/// A diagnostic as a line of JSON. The keys are a promise to programs.
#[derive(Serialize)]
struct Line<'a> {
    severity: Severity,
    code: &'a str,
    path: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    excerpt: Option<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
}

/// The diagnostics as lines of JSON.
pub(crate) fn json(diagnostics: &[Diagnostic]) -> serde_json::Result<String> {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        let place = diagnostic.place.as_ref();
        let line = Line {
            severity: diagnostic.severity,
            code: &diagnostic.code,
            path: Some(&*diagnostic.path).filter(|path| !path.is_empty()),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            excerpt: place.map(|place| &*place.excerpt),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
        };
        lines.push_str(&serde_json::to_string(&line)?);
        lines.push('\n');
    }
    Ok(lines)
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
