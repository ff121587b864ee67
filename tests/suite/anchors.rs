//! Links to headings (`insert_anchor_links`): where they stand, and where they never do.

use fika_tests::show_diagnostics;

use crate::{check, plain};

const SITE: &str = "
//- content/essays/_index.md
---
title: 长文
insert_anchor_links: left
---
## 栏目的话
//- content/essays/a.md
---
title: 甲
date: 2024-08-12
---
## 一 & *二*

### [乙](deep/b.md)

<!-- more -->

## 一 & 二 {.last}
//- content/essays/deep/b.md
# 乙

## 深处
//- content/notes/_index.md
---
title: 札记
insert_anchor_links: none
---
//- content/notes/c.md
# 丙

## 没有
//- content/d.md
# 丁

## 标题

### 有[链接](notes/c.md)的
//- content/d.en.md
# D

## Heading
//- templates/anchor-link.html
<a class=\"z\" href=\"#{{ id }}\" data-insert=\"{{ insert }}\" data-level=\"{{ level + 1 }}\" title=\"{{ t(key='contents') }}\">#{{ lang }}</a>
//- i18n/zh.ftl
contents = 目录
//- i18n/en.ftl
contents = Contents
";

/// As Zola has them: the nearest section decides for its text and its pages, else the configuration. Feeds have none.
#[test]
fn links_to_headings() {
    let config = "base_url: https://example.org/\ntheme: plain\nlanguages:\n  zh: {title: 小站}\n  en: {title: Site}\n\
                  markdown: {insert_anchor_links: heading}\n";
    let pages = [
        "essays/index.html",
        "essays/a/index.html",
        "essays/deep/b/index.html",
        "notes/c/index.html",
        "d/index.html",
        "en/d/index.html",
        "feed.xml",
    ];
    check("anchor-links", &plain(SITE).file("fika.yaml", config), &pages);
}

/// A template that fails costs the links, and is told once.
#[test]
fn a_link_that_cannot_be_made() {
    let site = plain(SITE).file("templates/anchor-link.html", "<a>{{ id.a.b }}</a>");
    let built = site.build();
    assert!(built.page("essays/a/index.html").contains("<h2 id=\"一--二\">一 &amp; <em>二</em></h2>"));
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("anchor-link-faults", show_diagnostics(&built.diagnostics));
    });
}

/// Those of `paper` have a name in the language of the page, and nothing that would be part of the heading's text.
#[test]
fn links_of_paper() {
    let mut site = plain(SITE).file(
        "fika.yaml",
        "base_url: https://example.org/\nlanguages: {zh: {}, en: {}}\nmarkdown: {insert_anchor_links: right}\n",
    );
    site.files.retain(|path, _| !path.starts_with("templates/") && !path.starts_with("i18n/"));
    let built = site.build();
    let link = "<h2 id=\"heading\">Heading<a class=\"anchor\" data-insert=\"right\" href=\"#heading\" aria-label=\"Link to this heading\"></a></h2>";
    assert!(built.page("en/d/index.html").contains(link));
    assert!(built.page("d/index.html").contains("aria-label=\"本节的链接\""));
}

/// An id that stands in the template of a page may be linked to, from there and from elsewhere; one that does not is missing.
#[test]
fn ids_that_the_theme_writes() {
    let built = plain(
        "
//- content/a.md
[评论](#comments) [那里的](b.md#comments) [首页的](_index.md#comments) [没有](#commentz) [[乙#comments]]
//- content/a.en.md
[Comments](#comments)
//- content/b.md
---
title: 乙
---
[不在](a.md#none)
//- content/_index.md
# 首页
//- templates/page.html
{% extends \"theme:page.html\" %}
{% block content %}{{ super() }}{% include \"talk.html\" %}<a href=\"{{ get_url(path='@/b.md#comments') }}\"></a>{% endblock %}
//- templates/talk.html
<section class=\"talk\" id=\"comments\"></section>
",
    )
    .file("fika.yaml", "base_url: https://example.org/\ntheme: plain\nlanguages: [zh, en]\ntranslations: {parallel: true}\n")
    .build();
    let page = built.page("a/index.html");
    for link in ["href=\"#comments\"", "href=\"/b/#comments\"", "href=\"https://example.org/b/#comments\""] {
        assert!(page.contains(link), "{link}: {page}");
    }
    // Texts side by side stand on a page of another template.
    let both = built.page("a/parallel/en/index.html");
    assert!(both.contains("href=\"/a/#comments\"") && both.contains("href=\"/en/a/#comments\""), "{both}");
    let told: Vec<_> =
        built.diagnostics.iter().map(|fault| format!("{} {}", fault.code, fault.message)).collect();
    assert_eq!(
        told,
        [
            "broken-anchor `content/_index.md` has no heading `#comments`",
            "broken-anchor `content/a.md` has no heading `#commentz`",
            "broken-anchor `content/a.md` has no heading `#none`",
        ]
    );
}
