//! What readers of a language get of an essay that is not written in it.

use fika_tests::{Fixture, broken_links};

use crate::{check, plain};

/// An essay in both languages, and one with tags in Chinese only, in a section that is in Chinese only.
fn half(fallback: &str) -> Fixture {
    let config = format!(
        "
base_url: https://example.org/
timezone: Asia/Shanghai
theme: plain
languages:
  zh: {{title: 小站}}
  en: {{title: A Site, fallback: {fallback}}}
"
    );
    plain(
        "
//- content/essays/_index.md
---
title: 长文
---
按日排列。
//- content/essays/moon.md
---
title: 月亮
date: 2024-08-12
---
圆。
//- content/essays/moon.en.md
---
title: The Moon
date: 2024-08-12
---
Round, unlike [the rain](rain.md).
//- content/essays/rain.md
---
title: 雨
date: 2024-08-13
tags: [天气]
aliases: [old-rain/]
---
只有中文。看[月亮](moon.md)。

## 小标题
",
    )
    .file("fika.yaml", config)
}

#[test]
fn a_text_in_the_interface_of_another_language() {
    let site = half("[zh]");
    check(
        "fallback-render",
        &site,
        &[
            "en/essays/rain/index.html",
            "en/essays/moon/index.html",
            "essays/rain/index.html",
            "en/essays/index.html",
            "sitemap.xml",
            "en/feed.xml",
        ],
    );
    assert_eq!(broken_links(&site.build(), "https://example.org/"), [""; 0]);
}

#[test]
fn nothing_is_shown_that_is_not_asked_for() {
    let built = half("{languages: [zh], mode: hide}").build();
    assert!(!built.files.contains_key("en/essays/rain/index.html"), "{:?}", built.files.keys());
    assert!(!built.page("en/index.html").contains("雨"));
}

#[test]
fn the_first_language_that_has_the_essay_lends_its_words() {
    let site = plain(
        "
//- content/a.md
# 甲
//- content/a.en.md
# A
//- content/b.md
# 乙
",
    )
    .file(
        "fika.yaml",
        "
base_url: https://example.org/
theme: plain
languages:
  zh: {title: 小站}
  en: {title: A Site, fallback: zh}
  ja: {title: サイト, fallback: [en, zh]}
",
    );
    let built = site.build();
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
    assert!(built.page("ja/a/index.html").contains("<h1>A</h1>"));
    // English has no words of its own to lend here.
    assert!(built.page("ja/b/index.html").contains("<h1>乙</h1>"));
    assert!(built.page("en/b/index.html").contains("<h1>乙</h1>"));
}

#[test]
fn a_language_can_only_fall_back_to_others_of_the_site() {
    let site = plain("//- content/a.md\n# 甲\n").file(
        "fika.yaml",
        "base_url: https://example.org/
theme: plain
languages:
  zh: {title: 小站}
  en: {title: A Site, fallback: [fr, en, zh]}
  ja: {title: サイト, fallback: {languages: 3, mode: shown, way: x}}
",
    );
    check("fallback-config", &site, &[]);
}
