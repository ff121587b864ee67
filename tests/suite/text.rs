//! What a page says in its own language: dates, numbers, plurals, lists, people, taglines, the direction of the line.

use fika_tests::{Fixture, broken_links, show_diagnostics, site};

use crate::{check, plain};

/// The default theme in ten languages: one essay, its original in Chinese, its translations with their translators.
#[test]
fn ten_languages() {
    let site = Fixture::folder("ten");
    let built = site.build();
    assert_eq!(show_diagnostics(&built.diagnostics), "");
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
    check(
        "ten",
        &site,
        &[
            "essays/moon/index.html",
            "ar/essays/moon/index.html",
            "de/essays/moon/index.html",
            "de/feed.xml",
            "ru/essays/index.html",
            "ko/tags/index.html",
            "404.html",
        ],
    );
}

/// Who wrote it and who translated it: by id or plainly, in the language of the page. The version that names a translator is never the original.
#[test]
fn authors_and_translators() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
languages:
  zh: {title: 小站, author: su}
  en: {title: A Site, author: su}
authors:
  su: {name: {zh: 苏轼, en: Su Shi}, sort_key: su shi, url: '@/su.md', bio: {zh: 眉山人。}}
  luo: {name: {en: 'Luo & Sons', zh: 罗某}}
taxonomies:
  authors: {}
//- content/su.md
# 苏轼其人
//- content/moon.en.md
---
title: The Moon
date: 2024-08-12
authors: [su, Anon <x>]
---
Round.
//- content/moon.md
---
title: 月亮
date: 2024-08-12
authors: [su, 佚名]
translators: [luo, 某某, luo]
---
圆。
//- content/tide.md
---
title: 潮
date: 2024-08-13
translator: Luo Yi
author: lou
---
涨。
",
    );
    check(
        "authors",
        &site,
        &["moon/index.html", "en/moon/index.html", "authors/index.html", "feed.xml", "tide/index.html"],
    );
}

/// A name whose page is a draft or nowhere is a name without a link, on the page and in what machines read of it.
#[test]
fn an_author_whose_page_is_not_there() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
languages: {zh: {title: 小站}}
authors: {su: {url: '@/su.md'}, li: {url: '@/li.md'}}
//- content/su.md
---
title: 苏轼其人
draft: true
---
//- content/moon.md
---
title: 月亮
date: 2024-08-12
authors: [su, li]
---
圆。
",
    );
    let built = site.build();
    let page = built.page("moon/index.html");
    assert!(page.contains("\"author\":[{\"@type\":\"Person\",\"name\":\"su\"}"), "{page}");
    assert!(page.contains("<span class=\"p-author h-card\">su</span>"), "{page}");
}

/// An essay's own line wins, then its section's, then the site's; a version without one has that of a translation which says it
/// for this language.
#[test]
fn taglines() {
    let site = plain(
        "
//- content/_index.en.md
---
tagline: The home page has its own
---
//- content/a/_index.md
---
title: 栏目
tagline: {zh: 栏目的话, en: What the section says}
generate_feeds: true
---
//- content/a/_index.en.md
---
title: Section
generate_feeds: true
---
//- content/a/moon.md
---
title: 月亮
date: 2024-08-12
tagline: {zh: 抬头就有, en: Look up}
---
//- content/a/moon.en.md
---
title: The Moon
date: 2024-08-12
---
//- content/a/rain.md
---
title: 雨
---
//- templates/page.html
<html lang=\"{{ lang }}\"><p>{{ page.tagline }}</p></html>
",
    );
    check(
        "taglines",
        &site,
        &[
            "a/moon/index.html",
            "en/a/moon/index.html",
            "a/rain/index.html",
            "en/feed.xml",
            "a/feed.xml",
            "feed.xml",
        ],
    );
}
