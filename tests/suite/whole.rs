//! All that was written is on the pages, in real pages of the default theme: `fika_tests::losses` looks. The same for any folder:
//! `cargo run -p fika-tests --example whole -- FOLDER…`

use fika_tests::{Fixture, Options, losses};

#[track_caller]
fn check(what: &str, site: &Fixture) {
    let losses = losses(site, &signed(site));
    assert!(losses.is_empty(), "{what}:\n{}", losses.join("\n"));
}

fn signed(site: &Fixture) -> fika_tests::Built {
    site.build_with(&Options { signed: true, ..Options::default() })
}

#[test]
fn nothing_is_lost_of_our_own_site() {
    check("our own site", &crate::links::repository());
}

#[test]
fn nothing_is_lost_of_oddities() {
    for (name, site) in crate::quirks::sites() {
        check(&name, &site);
    }
}

#[test]
fn what_is_lost_is_told() {
    let essay = "//- content/a.md\n---\ntitle: 题\n---\n这一句话还在页面上，**那一句话却不见了。**\n";
    let template = "{{ page.content | safe | split(pat='，') | first }}";
    let site = crate::plain(essay).file("templates/page.html", template);
    let mut built = signed(&site);
    assert_eq!(losses(&site, &built), ["content/a.md: the page lacks 那一句话却不见了"]);
    built.files.clear();
    assert_eq!(losses(&site, &built), ["content/a.md: no page, and no problem says why"]);
}

#[test]
fn a_problem_without_a_place_is_told() {
    let site = crate::plain("//- content/a.md\n[无](b.md)\n");
    let mut built = signed(&site);
    assert_eq!(losses(&site, &built), [""; 0]);
    built.diagnostics[0].place = None;
    assert_eq!(losses(&site, &built).len(), 1);
    built.diagnostics[0].path = "content/b.md".into();
    assert_eq!(losses(&site, &built).len(), 1);
}
