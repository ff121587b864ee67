//! Two versions of an essay side by side.

use fika_tests::{Fixture, broken_links, show_diagnostics};

use crate::plain;

const BASE: &str = "https://example.org/";

/// What a page of two texts shows: each row on a line, its sides between bars.
const TEMPLATE: &str = "<!doctype html><html lang=\"{{ lang }}\"><head><title>{{ page.title }}</title><meta name=\"robots\" content=\"noindex\"><link rel=\"canonical\" href=\"{{ canonical_url }}\"></head><body>
<h1>{{ page.title }} / {{ other.title }}</h1>
{% for pair in pairs %}{{ pair.state }}|{{ pair.left | safe }}|{{ pair.right | safe }}|
{% endfor %}</body></html>";

fn moon() -> Fixture {
    plain(
        "
//- content/essays/moon.md
---
title: 月亮
date: 2024-08-12
---
第一段[^1]，见[下](#海)。

{% <note kind=\"tip\"> %}

里面一。

里面二。

{% </note> %}

## 海

第二段。

---

```rust
fn main() {}
```

[^1]: 注。
//- content/essays/moon.en.md
---
title: The Moon
date: 2024-08-12
---
The first paragraph[^1]; see [below](#the-sea).

{% <note kind=\"tip\"> %}

Inside one.

Inside two.

{% </note> %}

## The Sea

The second.

---

```rust
fn main() {}
```

[^1]: Note.
//- content/essays/alone.md
---
title: 独
---
只有中文。
",
    )
    .file("templates/parallel.html", TEMPLATE)
}

fn on(site: Fixture) -> Fixture {
    let config = String::from_utf8(site.files["fika.yaml"].clone()).expect("UTF-8");
    site.file("fika.yaml", format!("{config}translations: {{parallel: true}}\n"))
}

#[test]
fn two_texts_stand_side_by_side() {
    let site = on(moon()).marked();
    let pages = [
        "essays/moon/parallel/en/index.html",
        "en/essays/moon/parallel/zh/index.html",
        "sitemap.xml",
        "feed.xml",
    ];
    crate::check("parallel", &site, &pages);
    let built = site.build();
    assert_eq!(broken_links(&built, BASE), [""; 0]);

    // An edit of the original shows where it was made, and leaves everything else in its place.
    let zh = String::from_utf8(site.files["content/essays/moon.md"].clone()).expect("UTF-8");
    let edited = site
        .file("content/essays/moon.md", zh.replace("第二段。", "新的一段，很长很长很长。\n\n改过的第二段。"));
    crate::check("parallel-stale", &edited, &["essays/moon/parallel/en/index.html"]);
}

/// A block that both have stands once, and what leads to it from the other text leads there.
#[test]
fn links_to_what_both_have() {
    let (zh, en) = ("## Rust\n\n见[上](#rust)。\n", "## Rust\n\nSee [above](#rust).\n");
    let site = plain(&format!("//- content/a.md\n# 甲\n\n{zh}//- content/a.en.md\n# A\n\n{en}"));
    let built = paper(on(site)).build();
    let page = built.page("a/parallel/en/index.html");
    assert_eq!(
        (page.matches("id=\"rust\"").count(), page.matches("href=\"#rust\"").count()),
        (1, 2),
        "{page}"
    );
}

#[test]
fn only_where_it_is_wanted() {
    let has = |site: &Fixture, page: &str| site.build().files.contains_key(page);
    let page = "essays/moon/parallel/en/index.html";
    assert!(!has(&moon(), page), "nobody asked");
    assert!(has(&on(moon()), page));
    let text = |path: &str| String::from_utf8(moon().files[path].clone()).expect("UTF-8");
    let said = |word: &str, path: &str| text(path).replacen("title", &format!("parallel: {word}\ntitle"), 1);
    let one = moon().file("content/essays/moon.en.md", said("true", "content/essays/moon.en.md"));
    assert!(has(&one, page) && has(&one, "en/essays/moon/parallel/zh/index.html"));
    let not = on(moon()).file("content/essays/moon.md", said("false", "content/essays/moon.md"));
    assert!(!has(&not, page));
    assert_eq!(show_diagnostics(&on(moon()).build().diagnostics), "");
}

/// The site in the default theme.
fn paper(site: Fixture) -> Fixture {
    let config = String::from_utf8(site.files["fika.yaml"].clone()).expect("UTF-8");
    let mut site = site.file("fika.yaml", config.replace("theme: plain", "theme: paper"));
    site.files.remove("templates/parallel.html");
    site
}

/// Where a page speaks of a line at the side, there is one.
#[test]
fn the_default_theme_marks_what_changed() {
    let site = paper(on(moon())).marked();
    let told = |site: &Fixture, page: &str| {
        let built = site.build();
        let page = built.page(page);
        (page.contains("class=\"notice plain\""), page.matches("data-state=\"changed\"").count())
    };
    let zh = String::from_utf8(site.files["content/essays/moon.md"].clone()).expect("UTF-8");
    let edited = |from: &str, to: &str| site.clone().file("content/essays/moon.md", zh.replacen(from, to, 1));
    let title = edited("title: ", "title: 又一个");
    let text = edited("第二段。", "改过的第二段。");
    let tagline = edited("title: ", "tagline: 新的一句\ntitle: ");
    for page in ["essays/moon/parallel/en/index.html", "en/essays/moon/parallel/zh/index.html"] {
        assert_eq!(told(&site, page), (false, 0));
        assert_eq!(told(&title, page), (true, 1));
        assert_eq!(told(&text, page), (true, 1));
        assert_eq!(told(&tagline, page), (false, 0), "it is not on the page");
    }
}

#[test]
fn the_default_theme_links_to_it_and_keeps_it_from_search_engines() {
    let built = paper(on(moon())).build();
    let page = built.page("essays/moon/parallel/en/index.html");
    assert!(
        page.contains("<meta name=\"robots\" content=\"noindex\">")
            && !page.contains("rel=\"alternate\" hreflang")
    );
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/essays/moon/\">"));
    assert!(built.page("essays/moon/index.html").contains("href=\"/essays/moon/parallel/en/\""));
    assert!(built.page("en/essays/moon/index.html").contains("href=\"/en/essays/moon/parallel/zh/\""));
    assert_eq!(broken_links(&built, BASE), [""; 0]);
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
}

/// What is converted from one script to the other stands beside other languages too, but never beside what it was made of.
#[test]
fn a_derived_text_beside_another_language() {
    let config = "
base_url: https://example.org/
theme: plain
languages:
  zh: {title: 站}
  zh-Hant: {derive: zh}
  en: {title: Site}
translations: {parallel: true}
";
    let site = moon().file("fika.yaml", config).marked();
    let zh = String::from_utf8(site.files["content/essays/moon.md"].clone()).expect("UTF-8");
    let mut site = site.file("content/essays/moon.md", zh.replace("第二段", "又一段"));
    let built = site.build();
    let pages: Vec<&String> = built.files.keys().filter(|file| file.contains("/parallel/")).collect();
    assert_eq!(
        pages,
        [
            "en/essays/moon/parallel/zh-hant/index.html",
            "en/essays/moon/parallel/zh/index.html",
            "essays/moon/parallel/en/index.html",
            "zh-hant/essays/moon/parallel/en/index.html",
        ]
    );
    let page = built.page("zh-hant/essays/moon/parallel/en/index.html");
    assert!(page.contains("裡面一。") && page.contains("Inside one."), "{page}");
    assert!(page.contains("changed|<p>又一段。</p>"), "the record of the original holds here too: {page}");
    let page = built.page("en/essays/moon/parallel/zh-hant/index.html");
    assert!(page.contains("裡面一。") && page.contains("changed|<p>The second.</p>"), "{page}");
    site.files.remove("templates/parallel.html");
    let built = site.file("fika.yaml", config.replace("plain", "paper")).build();
    let switch = built.page("zh-hant/essays/moon/parallel/en/index.html");
    let (_, switch) = switch.split_once("class=\"langs\"").expect("a switch");
    let (switch, _) = switch.split_once("</nav>").expect("its end");
    let hrefs: Vec<&str> =
        switch.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let ways = [
        "/essays/moon/parallel/en/",
        "/zh-hant/essays/moon/parallel/en/",
        "/en/essays/moon/parallel/zh-hant/",
    ];
    assert!(ways.iter().all(|way| hrefs.contains(way)) && !switch.contains("<small>"), "{switch}");
    assert_eq!(broken_links(&built, BASE), [""; 0]);
    assert_eq!(fika_tests::language_faults(&built, BASE, &|feed, essay| feed == essay), [""; 0]);
}

/// Headings have their links here too, each in the words of its side and to its own place; one that both have, once.
#[test]
fn headings_have_links() {
    let site = moon()
        .file("content/essays/moon.md", "---\ntitle: 月亮\n---\n## 海\n\n文。\n\n## Rust\n\n文。\n")
        .file("content/essays/moon.en.md", "---\ntitle: Moon\n---\n## Sea\n\nText.\n\n## Rust\n\nText.\n")
        .file("templates/anchor-link.html", "<a href=\"#{{ id | urlencode_strict }}\">{{ lang }}</a>")
        .file(
            "fika.yaml",
            "base_url: https://example.org/\ntheme: plain\nlanguages: {zh: {}, en: {}}\ntranslations: {parallel: true}\nmarkdown: {insert_anchor_links: right}\n",
        );
    let built = site.build();
    let page = built.page("essays/moon/parallel/en/index.html");
    for html in [
        "<h2 id=\"海\">海<a href=\"#%E6%B5%B7\">zh</a></h2>",
        "<h2 id=\"en:sea\">Sea<a href=\"#en:sea\">en</a></h2>",
        "<h2 id=\"rust\">Rust<a href=\"#rust\">zh</a></h2>",
    ] {
        assert!(page.contains(html), "{html}: {page}");
    }
    assert_eq!(page.matches(">Rust<").count(), 1, "{page}");
    assert!(broken_links(&built, BASE).is_empty());
}
