//! Where the configuration says what was found wrong with it once the site was known.

use std::cmp::Reverse;

use fika_model::Span;

use crate::node::{self, Node, Value};

/// Where `fika.yaml` says one of some names under a top-level key, as key or as value: the deepest, of several as deep the one that is
/// named first. The key itself, if none of them is there.
///
/// ```
/// let text = "theme: ink\nplugins:\n  feed: {limmit: 3}\n";
/// let said = |key, names: &[&str]| {
///     let span = fika_parser::config_span(text, key, names)?;
///     Some(&text[span.start as usize..span.end as usize])
/// };
/// assert_eq!(said("plugins", &["feed", "limmit"]), Some("limmit"));
/// assert_eq!(said("plugins", &["limmit", "feed"]), Some("limmit"));
/// assert_eq!(said("theme", &[]), Some("theme"));
/// assert_eq!(said("menu", &["/"]), None);
/// ```
pub fn config_span(text: &str, key: &str, names: &[&str]) -> Option<Span> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let (tree, _) = node::yaml(&text[start..], start).ok()?;
    let entry = tree.entries().iter().rev().find(|entry| entry.key == key)?;
    let mut found = Vec::new();
    look(&entry.node, names, 1, &mut found);
    let deepest = found.iter().rev().max_by_key(|(depth, name, _)| (*depth, Reverse(*name)));
    Some(deepest.map_or(entry.key_span, |(.., span)| *span))
}

/// All places of the names below a node, with their depths and which name it is. A tree that was read is not deep.
fn look(node: &Node<'_>, names: &[&str], depth: usize, found: &mut Vec<(usize, usize, Span)>) {
    let place = |text: &str| names.iter().position(|name| *name == text);
    match &node.value {
        Value::Str(text) => found.extend(place(text).map(|name| (depth, name, node.span))),
        Value::Seq(items) => items.iter().for_each(|item| look(item, names, depth + 1, found)),
        Value::Map(entries) => {
            for entry in entries {
                found.extend(place(&entry.key).map(|name| (depth, name, entry.key_span)));
                look(&entry.node, names, depth + 1, found);
            }
        }
        _ => {}
    }
}
