//! The names that a template may ask for, for one that is misspelt. The engine does not tell which filters, tests and functions it has.

use fika_model::nearest;

use crate::load::{Candidate, plain};

#[rustfmt::skip]
const FILTERS: &[&str] = &[
    "abs", "addslashes", "as_str", "base64_decode", "base64_encode", "capitalize", "collate", "concat", "date", "default",
    "escape", "escape_html", "escape_xml", "excerpt", "filesizeformat", "filter", "first", "float", "get", "group_by", "indent", "int",
    "join", "json_encode", "keys", "last", "length", "linebreaksbr", "list_format", "lower", "map", "markdown", "newlines_to_br", "nth",
    "num_format", "og_locale", "pairs", "phrases", "pluralize", "regex_replace", "relative_url", "replace", "reverse", "round", "safe",
    "slice", "slugify", "sort", "spaceless", "split", "str", "striptags", "title", "trim", "trim_end", "trim_end_matches",
    "trim_start", "trim_start_matches", "truncate", "unique", "upper", "urlencode", "urlencode_strict", "values", "wordcount",
];
#[rustfmt::skip]
const TESTS: &[&str] = &[
    "array", "bool", "containing", "defined", "divisible_by", "ending_with", "even", "float", "integer", "iterable", "map", "matching",
    "none", "number", "object", "odd", "starting_with", "string", "undefined",
];
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "get_env", "get_hash", "get_image_metadata", "get_page", "get_random", "get_section", "get_taxonomy", "get_taxonomy_term",
    "get_taxonomy_url", "get_url", "load_data", "now", "range", "resize_image", "t", "text_direction", "throw", "trans", "warn",
];

/// The name nearest to the one that the engine does not know, by what it says of it.
pub(crate) fn near<'a>(message: &str, candidates: &'a [Candidate], prefixes: &[String]) -> Option<&'a str> {
    let mut parts = message.split('`');
    let (what, name) = (parts.next()?, parts.next()?);
    let is = |kind: &str| what.to_ascii_lowercase().contains(kind);
    match () {
        () if is("unknown filter") => nearest(name, FILTERS.iter().copied()),
        () if is("unknown test") => nearest(name, TESTS.iter().copied()),
        () if is("unknown function") => nearest(name, FUNCTIONS.iter().copied()),
        () if is("unknown component") => {
            nearest(name, candidates.iter().flat_map(|one| one.scan.defines.keys()).map(String::as_str))
        }
        () if is("unknown template") || is("no template") => {
            nearest(name, candidates.iter().map(|one| plain(&one.name, prefixes)))
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is suggested is there.
    #[test]
    fn every_name_is_known() {
        let tera = crate::load::engine();
        let is_known = |template: String| {
            let error = tera.clone().add_raw_templates([("a", template)]).err();
            assert!(error.as_ref().is_none_or(|error| !error.to_string().contains("Unknown")), "{error:?}");
        };
        FILTERS.iter().for_each(|name| is_known(format!("{{{{ x | {name} }}}}")));
        TESTS.iter().for_each(|name| is_known(format!("{{% if x is {name} %}}{{% endif %}}")));
        FUNCTIONS.iter().for_each(|name| is_known(format!("{{{{ {name}() }}}}")));
    }
}
