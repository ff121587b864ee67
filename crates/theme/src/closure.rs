//! What a template is made of: the templates it extends and includes and the components it calls, found by reading its
//! source, since the engine does not tell. In Tera 2 the names in `extends` and `include` are always plain strings.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fika_model::{Fingerprint, Fingerprinter};
use memchr::memmem;

/// What one template's source says about others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Scan {
    /// Names in `extends` and `include`, with their places in the source.
    pub(crate) references: Vec<(String, Range<usize>)>,
    /// Components it defines, with the first parameter of each; nothing where it has none.
    pub(crate) defines: BTreeMap<String, String>,
    /// Components it calls. May hold a name too many (`a <b`), never one too few.
    pub(crate) calls: BTreeSet<String>,
    /// What stands between `{{` and `}}`, `{%` and `%}`.
    pub(crate) tags: Vec<Range<usize>>,
}

/// Reads a template's source.
pub(crate) fn scan(source: &str) -> Scan {
    let mut found = Scan::default();
    let mut at = 0;
    while let Some(open) = source[at..].find('{').map(|open| at + open) {
        at = match source.as_bytes().get(open + 1) {
            Some(b'#') => after(source, open + 2, "#}"),
            Some(b'{') => scan_tag(source, open + 2, b'}', &mut found),
            Some(b'%') => scan_tag(source, open + 2, b'%', &mut found),
            _ => open + 1,
        };
    }
    found
}

fn after(source: &str, from: usize, mark: &str) -> usize {
    source[from..].find(mark).map_or(source.len(), |at| from + at + mark.len())
}

/// Reads one `{{ … }}` or `{% … %}` from behind its opening and gives the byte behind it.
fn scan_tag(source: &str, start: usize, close: u8, found: &mut Scan) -> usize {
    let bytes = source.as_bytes();
    let inside = source[start..].trim_start_matches('-').trim_start();
    let keyword = word(inside);
    match keyword {
        "raw" => return after_raw(source, start),
        "component" => {
            let definition = &inside[keyword.len()..];
            let parameters = definition.split_once('(').map_or("", |(_, parameters)| parameters.trim_start());
            found.defines.insert(component_name(definition), word(parameters).to_owned());
        }
        _ => {}
    }
    let mut at = start;
    let mut maps = 0u32;
    while at < bytes.len() {
        match bytes[at] {
            b'}' if maps > 0 => maps -= 1,
            byte if byte == close && bytes.get(at + 1) == Some(&b'}') => {
                found.tags.push(start..at);
                return at + 2;
            }
            b'{' => maps += 1,
            quote @ (b'"' | b'\'' | b'`') => {
                let end = string_end(bytes, at + 1, quote);
                if matches!(keyword, "extends" | "include") {
                    found.references.push((source[at + 1..end].to_owned(), at + 1..end));
                }
                at = end;
            }
            b'<' => {
                let name = component_name(&source[at + 1..]);
                if !name.is_empty() {
                    found.calls.insert(name);
                }
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The byte behind `{% endraw %}`.
fn after_raw(source: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        at = after(source, at, "{%");
        let tag = source[at..].trim_start_matches('-').trim_start();
        if at >= source.len() || word(tag) == "endraw" {
            return after(source, at.min(source.len()), "%}");
        }
    }
}

/// The closing quote of a string, or the end.
pub(crate) fn string_end(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// A component's name: identifiers with dots between them (`ui.button`), which may have spaces around them.
fn component_name(text: &str) -> String {
    let mut rest = text.trim_start();
    let mut name = word(rest).to_owned();
    loop {
        rest = rest[word(rest).len()..].trim_start();
        let Some(next) = rest.strip_prefix('.').map(str::trim_start).filter(|next| !word(next).is_empty())
        else {
            return name;
        };
        name.push('.');
        name.push_str(word(next));
        rest = next;
    }
}

/// The sources of a set of templates as a graph, by the names under which the engine knows them.
pub(crate) struct Graph<'a> {
    /// Name to source and what it says.
    pub(crate) templates: BTreeMap<&'a str, (&'a str, Scan)>,
    /// Which template defines a component.
    pub(crate) components: BTreeMap<&'a str, &'a str>,
}

impl Graph<'_> {
    /// The names of a template and of everything it may show: all sources that can be reached. `resolve` gives the name of a
    /// template that a reference means.
    pub(crate) fn reached<'r>(
        &self,
        start: &str,
        resolve: &dyn Fn(&str) -> Option<&'r str>,
    ) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut open = vec![start.to_owned()];
        while let Some(name) = open.pop() {
            let Some((_, scan)) = self.templates.get(name.as_str()) else { continue };
            if !reached.insert(name) {
                continue;
            }
            open.extend(scan.references.iter().filter_map(|(name, _)| resolve(name)).map(str::to_owned));
            open.extend(
                scan.calls
                    .iter()
                    .filter_map(|name| self.components.get(name.as_str()))
                    .map(|&name| name.to_owned()),
            );
        }
        reached
    }

    /// The fingerprint of a set of sources.
    pub(crate) fn fingerprint(&self, reached: &BTreeSet<String>) -> Fingerprint {
        let mut parts = Fingerprinter::new();
        for name in reached {
            parts.add(name).add(self.templates[name.as_str()].0);
        }
        parts.finish()
    }

    /// Whether one of a set of sources may write an id: has an attribute of that name.
    pub(crate) fn makes_ids(&self, reached: &BTreeSet<String>) -> bool {
        reached.iter().any(|name| id_attributes(self.templates[name.as_str()].0).next().is_some())
    }

    /// The ids that a set of sources writes as they stand there, made of no value: `id="comments"`.
    pub(crate) fn written_ids(&self, reached: &BTreeSet<String>) -> BTreeSet<String> {
        let sources = reached.iter().map(|name| self.templates[name.as_str()].0);
        let value = |written: &str| {
            let quote = written.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let id = written[1..].split_once(quote)?.0;
            (!id.is_empty() && !id.contains(['{', '<'])).then(|| id.to_owned())
        };
        sources.flat_map(|source| id_attributes(source).filter_map(value)).collect()
    }
}

/// What stands behind `id=` where that is an attribute.
fn id_attributes(source: &str) -> impl Iterator<Item = &str> {
    let is_attribute = |at: &usize| source[..*at].ends_with(|c: char| c.is_whitespace() || c == '"');
    memmem::find_iter(source.as_bytes(), "id=").filter(is_attribute).map(|at| &source[at + 3..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let scan = scan(source);
        let references = scan.references.into_iter().map(|(name, _)| name).collect();
        (references, scan.defines.into_keys().collect(), scan.calls.into_iter().collect())
    }

    #[test]
    fn references_are_found_and_nothing_else() {
        let source = r#"{%- extends "base.html" -%}{# {% include "no.html" %} #}{% block x %}{% include 'a.html' %}
            {% raw %}{% include "no.html" %}{{ <no /> }}{% endraw %}{{ "{% include \"no.html\" %}" }}
            {{ <card title={page.title} /> if {"a": {"b": 1}} else < ui . tag /> }}{% <ui.box a="<x>"> %}y{% </ui.box> %}{% if a <b %}{% endif %}{% endblock %}"#;
        let (references, defines, calls) = names(source);
        assert_eq!(references, ["base.html", "a.html"]);
        assert!(defines.is_empty());
        assert_eq!(calls, ["b", "card", "ui.box", "ui.tag"]);
    }

    #[test]
    fn definitions_are_found() {
        let (_, defines, _) = names(
            "{% component ui.box(a, b = \"c\") %}x{% endcomponent ui.box %}{%component y()%}{%endcomponent%}",
        );
        assert_eq!(defines, ["ui.box", "y"]);
    }

    #[test]
    fn ids_are_found_as_they_are_written() {
        let source = r#"<a id="x" class="y" data-id="no"><p
            id='z'>{{ f(id="arg") }}<i id="{{ made }}"><b id="a{{ made }}"><u id=bare><s id="""#;
        let graph =
            Graph { templates: [("t", (source, Scan::default()))].into(), components: BTreeMap::new() };
        let reached = ["t".to_owned()].into();
        assert!(graph.makes_ids(&reached));
        assert_eq!(Vec::from_iter(graph.written_ids(&reached)), ["x", "z"]);
    }

    #[test]
    fn unfinished_sources_end() {
        for source in ["{{", "{% include \"", "{% raw %}", "{# x", "{", "{% include 'a\\", "{%"] {
            scan(source);
        }
    }
}
