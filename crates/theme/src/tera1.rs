//! What templates of Zola up to 0.22 write otherwise: they are for Tera 1. The engine says what it does not understand, and where; here is
//! what to write in its place.

use std::ops::Range;

/// Tests, with the name that their argument has to be given by.
const TESTS: [(&str, &str); 5] = [
    ("starting_with", "starting_with(pat=…)"),
    ("ending_with", "ending_with(pat=…)"),
    ("containing", "containing(pat=…)"),
    ("matching", "matching(pat=…)"),
    ("divisibleby", "divisible_by(divisor=…)"),
];

/// What to write in the place of what the engine does not understand, if that is how Tera 1 writes it.
pub(crate) fn advice(source: &str, span: &Range<usize>, message: &str) -> Option<String> {
    if message.contains("is not defined in any parent") {
        let advice =
            "nothing would show this block: take it out, or put it into the template that is extended";
        return Some(advice.to_owned());
    }
    let (before, after) = (source.get(..span.start)?, source.get(span.start..)?);
    match word(after) {
        "import" => Some("a macro is a component in Tera 2, which every template knows: take this out".to_owned()),
        "macro" => Some(declaration(word(after["macro".len()..].trim_start()))),
        "ignore" => Some(
            "Tera 2 does not `ignore missing`: put an empty template of that name into the theme, which a site may replace"
                .to_owned(),
        ),
        _ => operator(before, after).or_else(|| argument(before)),
    }
}

fn operator(before: &str, after: &str) -> Option<String> {
    if let Some(called) = after.strip_prefix("::") {
        return Some(call(word(called)));
    }
    if after.starts_with('[') && before.trim_end().ends_with("include") {
        return Some(
            "Tera 2 includes one template: name the one that is there; a site replaces it by its own"
                .to_owned(),
        );
    }
    if after.starts_with('.') && before.ends_with(')') {
        return Some("give the answer a name first: `{% set found = … %}`, then `found.title`".to_owned());
    }
    if after.starts_with(|c: char| c.is_ascii_digit()) && before.ends_with('.') {
        return Some(format!("write `[{}]` without the dot", word(after)));
    }
    let text = after.strip_prefix(['"', '\''])?;
    let text = &text[..text.find(after.chars().next()?)?];
    text.contains('\\').then(|| "put a second backslash before each".to_owned())
}

/// A test whose argument has no name.
fn argument(before: &str) -> Option<String> {
    let name = before.trim_end().strip_suffix('(')?;
    let (_, named) = TESTS.iter().find(|(known, _)| name.ends_with(known))?;
    Some(format!("in Tera 2 arguments have names: `{named}`"))
}

fn declaration(name: &str) -> String {
    format!(
        "a macro is a component in Tera 2: `{{% component {name}(text, size=1) %}}` … `{{% endcomponent {name} %}}`, with what it is given in \
         the parentheses"
    )
}

fn call(name: &str) -> String {
    format!(
        "a macro is a component in Tera 2: `{{{{ <{name} page={{page}} text=\"words\" /> }}}}`, within an expression without the outer braces"
    )
}

/// The name that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}
