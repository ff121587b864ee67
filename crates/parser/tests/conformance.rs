//! The examples of CommonMark 0.31 and of GFM, taken where they are published under a licence that lets tests read them: the
//! test suites inside the packages of the Markdown libraries that Cargo has fetched anyway. Nothing of them is copied here.
#![allow(clippy::disallowed_methods, reason = "a test that reads a package's files")]

mod site;

use std::path::PathBuf;
use std::process::Command;

use fika_model::Emphasis;
use site::{html, lang, parser};

/// What Cargo prints.
fn cargo(arguments: &[&str]) -> Vec<u8> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    output.expect("cargo runs").stdout
}

/// Where Cargo keeps the source of a package.
fn package(name: &str) -> PathBuf {
    // Of other platforms than this one nothing need have been fetched.
    let version = String::from_utf8(cargo(&["-vV"])).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let metadata = cargo(&["metadata", "--format-version=1", "--offline", "--filter-platform", host]);
    let metadata: serde_json::Value = serde_json::from_slice(&metadata).expect("JSON of cargo metadata");
    let packages = metadata["packages"].as_array().expect("packages");
    let manifest = packages.iter().find(|package| package["name"] == name).expect("the package");
    PathBuf::from(manifest["manifest_path"].as_str().expect("a path")).with_file_name("")
}

/// An example: its number, the Markdown, the HTML.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The examples of one of pulldown-cmark's suites: `let original = r##"…"##; let expected = r##"…"##;` each.
fn examples(suite: &str) -> Vec<Example> {
    let path = package("pulldown-cmark").join("tests/suite").join(suite);
    let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut examples = Vec::new();
    for part in source.split("let original = r##\"").skip(1) {
        let (markdown, rest) = part.split_once("\"##;").expect("the end of an input");
        let (_, rest) = rest.split_once("let expected = r##\"").expect("an output");
        let (html, _) = rest.split_once("\"##;").expect("the end of an output");
        examples.push(Example { number: examples.len() + 1, markdown: markdown.into(), html: html.into() });
    }
    examples
}

/// Tells every example whose HTML is another.
fn differences(
    examples: &[Example],
    render: impl Fn(&str) -> String,
    same: impl Fn(&str) -> String,
) -> Vec<String> {
    examples
        .iter()
        .map(|example| (example, render(&example.markdown)))
        .filter(|(example, got)| same(&example.html) != same(got))
        .map(|(Example { number, markdown, html }, got)| {
            format!("{number}\n{markdown}\n  want\n{html}\n  got\n{got}")
        })
        .collect()
}

#[test]
fn commonmark_to_the_letter() {
    let examples = examples("spec.rs");
    assert_eq!(examples.len(), 652, "CommonMark 0.31 has so many examples");
    let parser = parser(|config| config.markdown.commonmark = true);
    let render = |text: &str| parser.markdown(&lang("en"), text).html;
    // The library's suite shows quotes in text unescaped; the specification escapes them, and so does fika.
    let differences = differences(&examples, render, |html| html.replace("&quot;", "\""));
    assert!(differences.is_empty(), "{} differ: {}", differences.len(), differences.join("\n\n"));
}

#[test]
fn the_rules_of_emphasis_change_no_example_of_commonmark() {
    let (cjk, stock) = (parser(|_| {}), parser(|config| config.markdown.emphasis = Emphasis::Commonmark));
    for Example { number, markdown, .. } in examples("spec.rs") {
        assert_eq!(html(&cjk, "en", &markdown), html(&stock, "en", &markdown), "{number}");
    }
}

/// GFM as fika writes it, with every rule of fika's on: alignment is a style (`align` is obsolete), void elements end in `/>`, and a
/// box stands at the beginning of its line.
fn gfm(html: &str) -> String {
    let mut html =
        html.replace("<br />", "<br>").replace("<hr />", "<hr>").replace("/>", ">").replace("\n", "");
    for side in ["left", "center", "right"] {
        html = html.replace(&format!(" align=\"{side}\""), &format!(" style=\"text-align: {side}\""));
    }
    html.replace(
        "checked=\"\" disabled=\"\" type=\"checkbox\"",
        "disabled=\"\" type=\"checkbox\" checked=\"\"",
    )
    .replace("<tbody></tbody>", "")
    .replace("> ", ">")
}

#[test]
fn tables_tasks_and_strikethrough_of_gfm() {
    let parser = parser(|_| {});
    for (suite, count) in [("gfm_table.rs", 9), ("gfm_tasklist.rs", 2), ("gfm_strikethrough.rs", 3)] {
        let examples = examples(suite);
        assert_eq!(examples.len(), count, "{suite}");
        let mut differences = differences(&examples, |text| html(&parser, "en", text), gfm);
        // GFM takes a single `~` for strikethrough, too. fika does not: Chinese writes ranges with it.
        differences.retain(|difference| !difference.contains("~there~"));
        assert!(differences.is_empty(), "{suite}: {}", differences.join("\n\n"));
    }
}
