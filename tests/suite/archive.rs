//! The archive: the essays of a language by year, on a page that a plugin asks for.

use fika_tests::{Fixture, broken_links, language_faults, show_diagnostics, site};

use crate::check;

const CONFIG: &str = "
//- fika.yaml
base_url: https://example.org/
timezone: Asia/Shanghai
languages:
  zh-Hans: {title: 小站}
  zh-Hant: {derive: zh-Hans}
  en: {title: Site, fallback: [zh-Hans]}
menu: [/archive/]
";

fn essays() -> Fixture {
    let mut all = site(CONFIG);
    for (path, title, date) in [
        ("moon.md", "月亮", "2024-08-12"),
        ("moon.en.md", "The Moon", "2025-01-02"),
        ("notes/rain.md", "下雨天", "2024-12-31 23:30"),
        ("wind.en.md", "Wind", "2023-05-06"),
    ] {
        all = all.file(&format!("content/{path}"), format!("---\ntitle: {title}\ndate: {date}\n---\n文。\n"));
    }
    all.file("content/about.md", "---\ntitle: 关于\n---\n没有日期。\n")
}

/// The files of the archive, and the addresses of the essays that one of its pages lists.
fn listed(all: &Fixture, file: &str) -> (Vec<String>, Vec<String>) {
    let built = all.build();
    assert_eq!(show_diagnostics(&built.diagnostics), "");
    let base = "https://example.org/";
    assert_eq!(broken_links(&built, base), [""; 0]);
    assert_eq!(language_faults(&built, base, &|feed, essay| feed == essay), [""; 0]);
    let files = built.files.keys().filter(|file| file.contains("archive")).cloned().collect();
    let page = if built.files.contains_key(file) { built.page(file) } else { "" };
    let links = page.split("u-url\" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    (files, links.map(str::to_owned).collect())
}

#[test]
fn essays_by_year_in_every_language() {
    check(
        "archive",
        &essays(),
        &["archive/index.html", "zh-hant/archive/index.html", "en/archive/index.html"],
    );
    let (files, links) = listed(&essays(), "en/archive/index.html");
    assert_eq!(files, ["archive/index.html", "en/archive/index.html", "zh-hant/archive/index.html"]);
    assert_eq!(links, ["/en/moon/", "/en/notes/rain/", "/en/wind/"], "what lists in English hold");
}

#[test]
fn it_can_be_switched_off_moved_and_cut() {
    let with = |lines: &str| {
        site(&format!("{}plugins: {{archive: {lines}}}\n", CONFIG.replace("menu: [/archive/]\n", "")))
    };
    let with = |lines: &str| essays().with(with(lines));
    assert_eq!(listed(&with("false"), "").0, [""; 0]);
    let (files, links) = listed(&with("{path: archives, paginate_by: 1}"), "archives/page/2/index.html");
    assert_eq!(links, ["/moon/"]);
    assert_eq!(files.len(), 10, "{files:?}");
}

#[test]
fn a_page_of_the_site_at_its_address_wins() {
    let own = essays().file("content/archive.md", "---\ntitle: 我的归档\n---\n文。\n");
    let (files, links) = listed(&own, "archive/index.html");
    assert_eq!(files, ["archive/index.html", "en/archive/index.html", "zh-hant/archive/index.html"]);
    assert_eq!(links, ["https://example.org/archive/"], "its own page, and no list");
}

/// A frame of the site's own, made for its own pages, need not know of pages that it did not ask for.
#[test]
fn a_frame_of_the_sites_own_may_lack_what_the_archive_fills() {
    let base = "<html lang=\"{{ lang }}\"><title>{% block name %}{% endblock %}</title>{% block main %}{% endblock %}</html>";
    let page = "{% extends \"base.html\" %}{% block main %}{% endblock %}";
    let mut own = essays().file("templates/base.html", base);
    for name in ["index.html", "section.html", "page.html"] {
        own = own.file(&format!("templates/{name}"), page);
    }
    let built = own.build();
    assert_eq!(built.codes(), ["missing-block"], "{}", show_diagnostics(&built.diagnostics));
    for file in ["archive/index.html", "404.html"] {
        assert_eq!(built.page(file), essays().build().page(file));
    }
    assert!(built.page("moon/index.html").starts_with("<html lang=\"zh-Hans\"><title></title>"));
}
