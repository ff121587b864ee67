//! Which line of the front matter it comes from that an essay is left out.

use fika_model::Diagnostic;

use crate::parse::Essays;

/// Gives problems of linking the place of the key that is behind them, if one is: a date may also come from the name of the file.
/// Files are read for it, of which there are few, and after linking, which is remembered without places.
pub(super) fn set(essays: &Essays<'_>, problems: &mut [Diagnostic]) {
    for problem in problems.iter_mut().filter(|problem| problem.place.is_none()) {
        let keys: &[&str] = match &*problem.code {
            "draft" => &["draft", "hidden", "published"],
            "scheduled" => &["date"],
            "same-address" if problem.path.ends_with(".md") => &["slug", "path", "permalink", "url"],
            _ => continue,
        };
        let Some(text) = essays.text(&problem.path) else { continue };
        if let Some(span) = fika_parser::key_span(&text, keys) {
            *problem = problem.clone().at(&text, span);
        }
    }
}
