//! The default theme's pages as a whole. Looks are for the browser test; this shows what a change of a template changes.

use fika_tests::site;

use crate::check;

#[test]
fn pages_of_the_default_theme() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
timezone: Asia/Shanghai
languages:
  zh: {title: 小站, tagline: 一句话, author: 某人}
  en: {title: A Site, tagline: In a word, author: Somebody}
taxonomies:
  tags: {}
//- content/essays/_index.md
---
title: 长文
---
//- content/essays/_index.en.md
---
title: Essays
---
//- content/essays/moon.md
---
title: 月亮
tagline: 抬头就有
date: 2024-08-12
tags: [天文]
---
今晚的月亮，**圆得很。**没有人抬头。[^1]

![月](moon.png)

[^1]: 有一个人。
//- content/essays/moon.en.md
---
title: The Moon
date: 2024-08-12
tags: [astronomy]
---
Round, *very* round.
//- content/essays/rain.md
---
title: 雨
date: 2024-08-13
---
只有中文。
//- content/essays/moon.png
320x200
",
    );
    check(
        "paper",
        &site,
        &[
            "index.html",
            "en/index.html",
            "essays/index.html",
            "essays/moon/index.html",
            "en/essays/moon/index.html",
            "tags/天文/index.html",
            "404.html",
        ],
    );
}

#[test]
fn a_home_with_pages_of_its_own() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
languages:
  zh: {title: 小站}
//- content/_index.md
---
title: 首页
---
//- content/about.md
---
title: 关于
---
//- content/news.md
---
title: 近况
date: 2024-08-14
---
//- content/essays/_index.md
---
title: 长文
---
//- content/essays/moon.md
---
title: 月亮
date: 2024-08-12
---
//- content/essays/rain.md
---
title: 雨
date: 2024-08-15
---
//- content/notes/_index.md
---
title: 随手
transparent: true
---
//- content/notes/a.md
---
title: 一则
date: 2024-08-13
---
",
    );
    let built = site.build();
    let home = built.page("index.html");
    let main = &home[home.find("<main").expect("a main part")..home.find("</main>").expect("its end")];
    let links: Vec<&str> = main.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let latest = ["/essays/rain/", "/news/", "/notes/a/", "/essays/moon/"];
    let shelves = ["/archive/", "/essays/", "/notes/", "/about/"];
    assert_eq!(
        links,
        [&latest[..], &shelves].concat(),
        "the newest of all first, then the way to all, sections, and what has no date"
    );
}

/// Descriptions hold 160 characters: cut between words where there are spaces, anywhere in Chinese.
#[test]
fn a_long_description_ends_with_a_whole_word() {
    let long = |words: &str| words.repeat(40);
    let site = site(&format!(
        "\n//- fika.yaml\nlanguages: [zh, en]\n//- content/a.en.md\n# Moon\n\n{}\n//- content/b.md\n# 月\n\n看 {}\n",
        long("wonderful "),
        long("圆得很而已"),
    ));
    let built = site.build();
    let end = |file: &str| {
        let page = built.page(file);
        let about = page.split("<meta name=\"description\" content=\"").nth(1).expect("a description");
        let about = about.split('"').next().expect("its end");
        about[about.char_indices().rev().nth(11).map_or(0, |(at, _)| at)..].to_owned()
    };
    assert_eq!(end("en/a/index.html"), "l wonderful…");
    assert_eq!(end("b/index.html"), "而已圆得很而已圆得很而…");
}

/// A section without a page of its own is on no shelf: its address would lead nowhere.
#[test]
fn a_section_that_is_not_rendered() {
    let site = fika_tests::site(
        "
//- fika.yaml
base_url: https://example.org/
languages: {zh: {title: 站}}
//- content/posts/_index.md
---
title: 文章
render: false
---
//- content/posts/moon.md
---
title: 月亮
date: 2024-08-12
---
//- content/notes/_index.md
---
title: 札记
---
//- content/notes/old/_index.md
---
title: 旧札记
render: false
---
//- content/moved/_index.md
---
title: 搬走的
redirect_to: /notes/
---
",
    );
    let built = site.build();
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    assert_eq!(fika_tests::broken_links(&built, "https://example.org/"), [""; 0]);
    let home = built.page("index.html");
    assert!(home.contains("/posts/moon/") && home.contains("/notes/") && home.contains("/moved/"), "{home}");
}

/// A line is marked as the language it is in, and a page ends with a line in its own.
#[test]
fn taglines_in_the_language_of_whoever_reads() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
languages:
  zh: {title: 小站, tagline: 站标语}
  en: {title: A Site, tagline: Of the site, fallback: [zh]}
//- content/a/_index.md
---
title: 甲栏
tagline: {zh: 栏标语, en: Of the section}
---
//- content/a/own.md
---
title: 自己的
tagline: {zh: 题, en: Of the essay}
---
//- content/a/none.md
---
title: 没有的
---
//- content/a/zh.md
---
title: 只有中文的
tagline: 只有中文
---
",
    );
    let built = site.build();
    let sign = |page: &str| {
        let (_, rest) = built.page(page).split_once("<p class=\"sign\">").expect("a line at the end");
        rest.split("</p>").next().unwrap_or_default().to_owned()
    };
    for (page, line) in [
        ("a/own/", "题"),
        ("a/none/", "栏标语"),
        ("a/", "栏标语"),
        ("", "站标语"),
        ("en/a/own/", "Of the essay"),
        ("en/a/none/", "Of the section"),
        ("en/a/zh/", "Of the section"),
        ("en/a/", "Of the section"),
        ("en/", "Of the site"),
    ] {
        assert_eq!(sign(&format!("{page}index.html")), line, "/{page}");
    }
    for (page, line) in [
        ("en/a/own/", "<p class=\"dek p-summary\">Of the essay</p>"),
        ("en/a/zh/", "<p class=\"dek p-summary\" lang=\"zh\" dir=\"ltr\">只有中文</p>"),
        ("en/a/", "<p class=\"dek\">Of the section</p>"),
        ("en/a/", "<p class=\"p-summary\">Of the essay</p>"),
        ("en/a/", "<p class=\"p-summary\" lang=\"zh\" dir=\"ltr\">只有中文</p>"),
    ] {
        assert!(built.page(&format!("{page}index.html")).contains(line), "{line}");
    }
}

#[test]
fn a_list_shows_the_summary_that_the_writer_gave() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
languages: {zh: {title: 小站}}
//- content/key.md
---
title: 甲
summary: 写在头里的
---
正文一。
//- content/cut.md
---
title: 乙
---
到此为止。

<!-- more -->

后面的。
//- content/neither.md
---
title: 丙
---
自己开头的。
",
    );
    let built = site.build();
    let home = built.page("index.html");
    assert!(home.contains("<p class=\"p-summary\">写在头里的</p>"), "{home}");
    assert!(home.contains("<p class=\"p-summary\">到此为止。</p>") && !home.contains("自己开头的"), "{home}");
}
