//! Every address of whole sites leads somewhere, at a root and under a folder; feeds and sitemaps are well-formed.

use std::collections::BTreeMap;
use std::path::Path;

use fika_benches::Corpus;
use fika_tests::{Built, Fixture, Options, broken_links, language_faults, show_diagnostics};
use quick_xml::events::Event;

use crate::plain;

const BASES: [&str; 3] =
    ["https://example.org/", "https://owner.github.io/REPO/", "https://example.org/two/deep/"];

/// Late enough for everything to be published.
fn options(base: &str) -> Options {
    Options { base_url: Some(base.to_owned()), as_of: "2100-01-01".to_owned(), ..Options::default() }
}

fn check(name: &str, site: &Fixture) {
    for base in BASES {
        let built = site.build_with(&options(base));
        let faults = broken_links(&built, base);
        assert!(faults.is_empty(), "{name} under {base}:\n{}", faults.join("\n"));
        let faults = language_faults(&built, base, &|feed, essay| feed == essay);
        assert!(faults.is_empty(), "{name} under {base}:\n{}", faults.join("\n"));
        for (file, _) in built.files.iter().filter(|(file, _)| file.ends_with(".xml")) {
            well_formed(file, &built);
        }
        assert!(
            built.files.contains_key("404.html") && built.files.contains_key(".nojekyll"),
            "{name} is ready for GitHub Pages"
        );
    }
}

fn well_formed(file: &str, built: &Built) {
    let mut reader = quick_xml::Reader::from_str(built.page(file));
    reader.config_mut().check_end_names = true;
    let mut elements = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(_) | Event::Empty(_)) => elements += 1,
            Ok(_) => {}
            Err(error) => panic!("{file} at {}: {error}", reader.error_position()),
        }
    }
    assert!(elements > 0, "{file} is empty");
}

#[test]
fn the_corpus() {
    let files: BTreeMap<String, Vec<u8>> = Corpus::new(40, 4).files().collect();
    check("the corpus", &Fixture { files });
}

/// This repository's own site.
pub(crate) fn repository() -> Fixture {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the root of the workspace");
    let mut site = Fixture::default();
    for folder in ["content", "static", "data", "templates", "i18n"] {
        site.read(&root.join(folder), &format!("{folder}/"));
    }
    site.file("fika.yaml", std::fs::read(root.join("fika.yaml")).expect("fika.yaml"))
}

#[test]
fn this_repositorys_own_site() {
    let site = repository();
    let built = site.build_with(&options(BASES[0]));
    assert_eq!(show_diagnostics(&built.diagnostics), "");
    check("our own site", &site);
}

/// The addresses of the links in the text of a page.
fn hrefs(built: &Built, page: &str) -> Vec<String> {
    let html = built.page(page);
    let html = html.split_once("content:").map_or(html, |(_, content)| content);
    let found = html.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    found.map(|(address, _)| address.to_owned()).collect()
}

const CONTENT: &str = "content:{{ page.content | safe }}";

#[test]
fn queries_and_bare_hashes_are_kept() {
    let site = crate::plain(
        "
//- content/a.md
# 甲

[顶](#) <a href=\"#\">顶</a> [q](?q=1) [q](?q=1#节) [b](b.md?q=1&r=2) [b](b.md?q=1#节) [b](b.md)

## 节
//- content/b.md
# 乙

## 节
",
    );
    let built = site.file("templates/page.html", CONTENT).build();
    assert_eq!(show_diagnostics(&built.diagnostics), "");
    let want = ["#", "#", "?q=1", "?q=1#节", "/b/?q=1&amp;r=2", "/b/?q=1#节", "/b/"];
    assert_eq!(hrefs(&built, "a/index.html"), want.map(|address| address.replace('节', "%E8%8A%82")));
}

/// The heading that became the title has no anchor any more: whoever links to it means the top of the page.
#[test]
fn the_title_is_the_top_of_the_page() {
    let site = crate::plain(
        "
//- content/a.md
# 链接 一

[甲](#链接-一) [[#链接 一]] [乙](b.md#own) [[b#乙]] [二](b.md#二)
//- content/b.md
# 乙 {#own}

## 二
",
    );
    let built = site.file("templates/page.html", CONTENT).build();
    assert_eq!(show_diagnostics(&built.diagnostics), "");
    assert_eq!(hrefs(&built, "a/index.html"), ["#", "#", "/b/", "/b/", "/b/#%E4%BA%8C"]);
}

/// A translation with the headings of its original has the original's ids too.
#[test]
fn anchors_of_the_original_are_anchors_of_the_translation() {
    let site = crate::plain(
        "
//- content/a.md
# 甲

## 一

## 二
//- content/a.en.md
# A

[x](#二) [x](a.md#二) [x](#two) [x](#三)

## One

## Two
",
    );
    let built = site.file("templates/page.html", CONTENT).build();
    assert_eq!(built.codes(), ["broken-anchor"]);
    let two = "#%E4%BA%8C";
    assert_eq!(
        hrefs(&built, "en/a/index.html"),
        [two, &format!("/en/a/{two}"), "#two", "#%E4%B8%89"].map(str::to_owned)
    );
}

/// A page with a component has the ids of its text and no other, unless the component's template writes some.
#[test]
fn anchors_beside_components() {
    let site = crate::plain(
        "
//- content/a.md
# 甲

{% <note> %}
## 里面
{% </note> %}

[里](#里面) [坏](#没有)
//- content/b.md
# 乙

[坏](a.md#没有) [坏](My%20Post%231%3F.md#😀-emoji) [好](c.md#made) [好](@/c.md?q#made)
//- content/c.md
# 丙

{{ <maker /> }} [好](#made)
//- content/My Post#1?.md
# 丁
//- templates/components/own.html
{% component note() %}<aside data-x>{{ body }}</aside>{% endcomponent note %}
//- templates/components/inner.html
{% component inner() %}<b id=\"made\"></b>{% endcomponent inner %}
//- templates/components/maker.html
{% component maker() %}{{ <inner /> }}{% endcomponent maker %}
",
    );
    let built = site.file("templates/page.html", CONTENT).build();
    let broken: Vec<_> = built.diagnostics.iter().map(|found| &*found.message).collect();
    assert_eq!(
        broken,
        [
            "`content/a.md` has no heading `#没有`",
            "`content/a.md` has no heading `#没有`",
            "`content/My Post#1?.md` has no heading `#😀-emoji`",
        ]
    );
    assert_eq!(hrefs(&built, "b/index.html")[2..], ["/c/#made", "/c/?q#made"]);
}

/// Two names that are told apart by a sign are two terms, with addresses that do not depend on which is met first.
#[test]
fn terms_are_told_apart_by_their_signs() {
    let config = "
base_url: https://example.org/
theme: plain
languages:
  zh: {title: 小站}
taxonomies:
  tags: {terms: [zh: {name: 'F#', slug: fsharp}]}
  Re Views: {}
";
    let site = crate::plain(
        "
//- content/a.md
---
tags: [C, F, C++]
Re Views: [甲]
---
//- content/b.md
---
tags: ['C#', 'F#']
---
",
    );
    let built = site.file("fika.yaml", config).build();
    assert_eq!(show_diagnostics(&built.diagnostics), "");
    let shows = |page: &str, title: &str, essay: &str| {
        let html = built.page(page);
        let links = html.matches("<li>").count();
        assert!(
            links == 1 && html.contains(title) && html.contains(&format!("href=\"/{essay}/\"")),
            "{html}"
        );
    };
    for (slug, name, essay) in
        [("c", "C", "a"), ("c++", "C++", "a"), ("c-sharp", "C#", "b"), ("f", "F", "a"), ("fsharp", "F#", "b")]
    {
        shows(&format!("tags/{slug}/index.html"), &format!("<h1>tags: {name}</h1>"), essay);
    }
    shows("re-views/甲/index.html", "甲</h1>", "a");
}

/// Who writes the folder of `base_url` into a link has it twice, and is told the address without it.
#[test]
fn the_folder_of_the_site_is_not_written() {
    let built = plain("//- content/a.md\n# 甲\n\n[甲](/REPO/a/#b) [无](/REPO/no/)\n\n## b\n")
        .build_with(&options(BASES[1]));
    let told: Vec<_> = built.diagnostics.iter().map(|one| (&*one.message, one.help.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("the link `/REPO/a/#b` leads nowhere", Some("did you mean `/a/`?")),
            ("the link `/REPO/no/` leads nowhere", Some("mend the path, or take the link away")),
        ]
    );
}

/// Who means a picture is not led to the essay of the same name.
#[test]
fn the_name_of_a_picture_is_near_pictures_alone() {
    let built = plain("//- content/a.md\n# 甲\n\n![流](flow.png) ![图](chart.png)\n//- content/flow.md\n# 流\n//- content/b/chart.png\n4x3\n").build();
    let told: Vec<_> = built.diagnostics.iter().filter_map(|one| one.help.as_deref()).collect();
    assert_eq!(told, ["put it beside the essay, or mend the path", "did you mean `b/chart.png`?"]);
}

/// A heading may have no text: nobody means it who names a page.
#[test]
fn wikilinks_to_pages_lead_to_their_beginning() {
    let built = crate::plain(
        "
//- content/a.md
# 甲

## ![图](x.png)

##
//- content/a/x.png
4x3
//- content/b.md
# 乙

[[甲]] [[a#]] [[甲#图]]
",
    )
    .build();
    let page = built.page("b/index.html");
    let addresses: Vec<&str> =
        page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(addresses.last_chunk(), Some(&["/a/", "/a/", "/a/#section"]), "{page}");
}

/// A section that only leads elsewhere says where as a link does, or as Zola has it, from the root of the site.
#[test]
fn where_sections_lead() {
    let site = plain(
        "
//- content/file/_index.md
---
redirect_to: \"@/about.md\"
---
//- content/file/_index.en.md
---
redirect_to: \"@/about.md#two\"
---
//- content/beside/_index.md
---
redirect_to: a.md
---
//- content/beside/a.md
//- content/root/_index.md
---
redirect_to: about
---
//- content/path/_index.md
---
redirect_to: /beside/a/?q=1#第一
---
//- content/other/_index.md
---
redirect_to: https://example.com/x?y#z
---
//- content/gone/_index.md
---
title: 无处
redirect_to: /nowhere/
---
//- content/near/_index.md
---
redirect_to: \"@/abuot.md\"
---
//- content/itself/_index.md
---
redirect_to: itself
---
//- content/round/_index.md
---
redirect_to: /trip/
---
//- content/trip/_index.md
---
redirect_to: \"@/round/_index.md\"
---
//- content/about.md
//- content/about.en.md
",
    );
    let built = site
        .file("fika.yaml", "base_url: https://example.org/r/\ntheme: plain\nlanguages: [zh, en]\n")
        .build();
    let to = |file: &str| {
        built.page(file).split("url=").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    for (file, expected) in [
        ("file/index.html", "https://example.org/r/about/"),
        ("en/file/index.html", "https://example.org/r/en/about/#two"),
        ("beside/index.html", "https://example.org/r/beside/a/"),
        ("root/index.html", "https://example.org/r/about/"),
        ("path/index.html", "https://example.org/r/beside/a/?q=1#%E7%AC%AC%E4%B8%80"),
        ("other/index.html", "https://example.com/x?y#z"),
    ] {
        assert_eq!(to(file).as_deref(), Some(expected), "{file}");
    }
    let told: Vec<String> = built
        .diagnostics
        .iter()
        .filter(|fault| fault.code != "no-host")
        .map(|fault| {
            let line = fault.place.as_ref().map_or(0, |place| place.line);
            format!("{}:{line} {}", fault.path, fault.message)
        })
        .collect();
    assert_eq!(
        told,
        [
            "content/gone/_index.md:3 `redirect_to: /nowhere/` leads nowhere",
            "content/itself/_index.md:2 `redirect_to: itself` leads back to this section",
            "content/near/_index.md:2 `redirect_to: @/abuot.md` leads nowhere",
            "content/round/_index.md:2 `redirect_to: /trip/` leads back to this section",
            "content/trip/_index.md:2 `redirect_to: @/round/_index.md` leads back to this section",
        ]
    );
}
