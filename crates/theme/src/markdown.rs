//! The filter `markdown`: Markdown of front matter, data and catalogues as HTML.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use std::borrow::Cow;

use tera::{Error, Kwargs, State, TeraResult, Value};

use crate::arguments::{given, only};
use crate::fill;
use crate::scope::{Fault, ask, current, report};
use crate::values::html;

/// `markdown(inline=false)`, as in Zola. With `inline`, one paragraph is given without its `<p>`.
///
/// It is read with the site's own rules, in the language of the page. Its paths start at the content folder, as `@/` does.
pub(crate) fn markdown(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["inline"])?;
    let scope = current()?;
    let body = scope.stage.resources.markdown(&scope.lang, text);
    let body = body.ok_or_else(|| Error::message("Markdown cannot be read here"))?;
    let filled = fill::loose(&scope.stage, &scope.lang, &body);
    filled.asked.into_iter().for_each(ask);
    for fault in filled.diagnostics {
        let code = match fault.code {
            Cow::Borrowed(code) => code,
            Cow::Owned(_) => "markdown",
        };
        let help = fault.help.unwrap_or_default();
        report(Fault { severity: fault.severity, code, message: fault.message, help })?;
    }
    let whole = filled.html.trim_end();
    let inline = given::<bool>(&kwargs, "inline")?.unwrap_or_default();
    Ok(html(if inline { inside(whole) } else { whole }))
}

/// What is inside of a lone paragraph; anything else as it is.
fn inside(whole: &str) -> &str {
    let inner = whole.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    inner.filter(|inner| !inner.contains("</p>")).unwrap_or(whole)
}
