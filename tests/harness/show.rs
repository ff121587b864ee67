//! A build as text, to be recorded and compared as a whole.

use std::fmt::Write as _;

use fika_model::{Diagnostic, Severity};

use crate::Built;

/// Every file's name, whole pages, and every problem.
pub fn show(built: &Built, pages: &[&str]) -> String {
    let mut text = String::new();
    for file in built.files.keys() {
        let _ = writeln!(text, "{file}");
    }
    for page in pages {
        let _ = write!(text, "\n──── {page} ────\n{}", built.page(page));
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    if !built.diagnostics.is_empty() {
        let _ = write!(text, "\n──── problems ────\n{}", show_diagnostics(&built.diagnostics));
    }
    text
}

/// Problems as plain text, one below the other.
pub fn show_diagnostics(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for Diagnostic { severity, code, path, place, subject: _, message, help } in diagnostics {
        let severity = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let _ = write!(text, "{severity}[{code}] {path}");
        if let Some(place) = place {
            let _ = write!(text, ":{}:{}", place.line, place.column);
        }
        let _ = writeln!(text, " {message}");
        if let Some(place) = place {
            let marked = place
                .excerpt
                .chars()
                .skip(place.mark_start as usize)
                .take((place.mark_end - place.mark_start) as usize);
            let _ = writeln!(text, "  {}\n  marked: {}", place.excerpt, marked.collect::<String>());
        }
        if let Some(help) = help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    text
}
