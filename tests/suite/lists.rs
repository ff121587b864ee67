//! Sections, tags, pages of pages, and the order of things.

use crate::{check, plain};

#[test]
fn pagination() {
    let mut site = plain(
        "
//- content/notes/_index.md
---
title: 札记
paginate_by: 2
---
总起一句。
",
    );
    for day in 1..=5 {
        let text = format!("---\ntitle: 第{day}天\ndate: 2024-01-0{day}\ntags: [日记]\n---\n第{day}篇。\n");
        site = site.file(&format!("content/notes/{day}.md"), text);
    }
    check(
        "pagination",
        &site,
        &[
            "notes/index.html",
            "notes/page/2/index.html",
            "notes/page/3/index.html",
            "notes/page/1/index.html",
            "notes/3/index.html",
        ],
    );
}

#[test]
fn tags() {
    let site = plain(
        "
//- content/a.md
---
title: 甲
date: 2024-01-01
tags: [写作, C/C++, Git]
---
//- content/b.md
---
title: 乙
date: 2024-01-02
tags: [写作, git]
---
//- content/b.en.md
---
title: B
date: 2024-01-02
tags: [writing]
---
",
    );
    check(
        "tags",
        &site,
        &[
            "tags/index.html",
            "tags/写作/index.html",
            "tags/git/index.html",
            "en/tags/index.html",
            "a/index.html",
        ],
    );
}

#[test]
fn terms_that_are_called_differently_in_each_language() {
    let site = plain(
        "
//- content/a.md
---
title: 甲
tags: [写作, 天文]
---
//- content/b.md
---
title: 乙
tags: [写作, 茶]
---
//- content/b.en.md
---
title: B
tags: [Writing, 天文, tea]
---
",
    )
    .file(
        "fika.yaml",
        "base_url: https://example.org/
theme: plain
languages:
  zh-Hans: {title: 小站}
  en: {title: A Site, path: e}
taxonomies:
  tags:
    terms:
      - {zh: 写作, en: writing}
      - zh: {name: 天文, slug: tianwen}
        en: astronomy
      - {en: writing, fr: écriture}
      - astronomy
",
    );
    check(
        "terms",
        &site,
        &[
            "tags/写作/index.html",
            "e/tags/index.html",
            "e/tags/astronomy/index.html",
            "tags/茶/index.html",
            "e/b/index.html",
        ],
    );
    assert_eq!(fika_tests::broken_links(&site.build(), "https://example.org/"), [""; 0]);
}

#[test]
fn sections_order_their_pages() {
    let site = plain(
        "
//- content/by-weight/_index.md
---
title: 按重
sort_by: weight
---
//- content/by-weight/x.md
---
title: 重
weight: 2
---
//- content/by-weight/y.md
---
title: 轻
weight: 1
---
//- content/by-date/_index.md
---
title: 按日
---
//- content/by-date/old.md
---
title: 旧
date: 2001-01-01
---
//- content/by-date/none.md
---
title: 无日
---
//- content/by-date/new.md
---
title: 新
date: 2021-01-01
---
//- content/by-date/deep/_index.md
---
title: 深处
transparent: true
---
//- content/by-date/deep/mid.md
---
title: 中
date: 2011-01-01
---
",
    );
    check(
        "order",
        &site,
        &["by-weight/index.html", "by-weight/x/index.html", "by-date/index.html", "by-date/old/index.html"],
    );
}

/// Order by sound in simplified Chinese, by strokes in traditional, by the alphabet in English; a name read otherwise says how.
#[test]
fn names_are_sorted_as_their_language_does() {
    let mut site = plain("").file(
        "fika.yaml",
        "base_url: https://example.org/
theme: plain
languages: [zh-Hans, zh-Hant, en]
taxonomies:
  people: {sort_keys: {曾国藩: zeng guo fan}}
",
    );
    let essays = [
        ("zh-Hans", ["张三", "茶", "曾国藩", "阿城", "苏轼", "Zola"]),
        ("zh-Hant", ["張三", "茶", "一", "阿城", "蘇軾", "Zola"]),
        ("en", ["Zola", "Éclair", "apple", "banana", "Öl", "ape"]),
    ];
    for (lang, titles) in essays {
        site = site.file(&format!("content/all/_index.{lang}.md"), "---\ntitle: A\nsort_by: title\n---\n");
        for (at, title) in titles.into_iter().enumerate() {
            let key = if title == "曾国藩" { "sort_key: zeng guo fan\n" } else { "" };
            let text = format!("---\ntitle: {title}\n{key}people: [{title}]\n---\n");
            site = site.file(&format!("content/all/{at}.{lang}.md"), text);
        }
    }
    let built = site.build();
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    let shown = |page: &str, names: [&str; 6]| {
        let html = built.page(page);
        let list = html.split("</h1>").nth(1).unwrap_or(html);
        let mut places: Vec<_> = names.into_iter().map(|name| (list.find(name).expect(name), name)).collect();
        places.sort_unstable();
        places.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(" ")
    };
    for (folder, titles, expected) in [
        ("", essays[0].1, "阿城 茶 苏轼 曾国藩 张三 Zola"),
        ("zh-hant/", essays[1].1, "一 阿城 茶 張三 蘇軾 Zola"),
        ("en/", essays[2].1, "ape apple banana Éclair Öl Zola"),
    ] {
        assert_eq!(shown(&format!("{folder}all/index.html"), titles), expected);
        assert_eq!(shown(&format!("{folder}people/index.html"), titles), expected);
    }
}

/// Templates of other themes know `section.pages` and `term.pages`, and not always a `paginator`.
#[test]
fn a_template_that_knows_no_paginator_shows_the_essays_of_its_page() {
    let mut site = plain(
        "
//- templates/section.html
{% for one in section.pages %}{{ one.title }}{% endfor %} of {{ paginator?.total_pages | default(value=1) }}
//- templates/taxonomy_single.html
{% for one in term.pages %}{{ one.title }}{% endfor %} of {{ term.page_count }}
//- content/notes/_index.md
---
title: 札记
paginate_by: 2
---
",
    );
    for day in 1..=3 {
        let text = format!("---\ntitle: 第{day}天\ndate: 2024-01-0{day}\ntags: [日记]\n---\n");
        site = site.file(&format!("content/notes/{day}.md"), text);
    }
    let built = site.build();
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    assert_eq!(built.page("notes/index.html").trim(), "第3天第2天 of 3");
    assert_eq!(built.page("notes/page/2/index.html").trim(), "第1天 of 3");
    assert_eq!(built.page("tags/日记/index.html").trim(), "第3天第2天第1天 of 3");
}
