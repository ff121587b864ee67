//! One address, one page: who keeps it, and what is told of the others.

use fika_tests::{show_diagnostics, site};

use crate::diagnostics::problems;
use crate::plain;

#[test]
fn two_files_for_one_address() {
    problems(
        "collisions",
        "
//- content/a.md
---
title: 甲
---
//- content/b.md
---
title: 乙
slug: a
---
//- static/a/index.html
<p>静</p>
",
    );
}

/// An essay that has no page is in no list and no feed, where it would lead to the other one. It is told once, in however many languages
/// its words are shown; its own translation stays.
#[test]
fn an_essay_without_an_address_is_left_out() {
    let built = site(
        "
//- fika.yaml
base_url: https://example.org/
languages: {zh: {}, zh-Hant: {derive: zh}, ja: {fallback: [zh]}, en: {}}
taxonomies: [tags]
//- content/essays/_index.md
---
title: 文章
generate_feeds: true
---
//- content/essays/a.md
---
title: 甲
slug: m
date: 2024-01-01
tags: [书]
---
//- content/essays/b.md
---
title: 乙
slug: m
date: 2024-02-01
tags: [书]
aliases: [/old/]
---
//- content/essays/b.en.md
---
title: B
date: 2024-02-01
---
",
    )
    .build();
    assert_eq!(built.codes(), ["same-address"]);
    for (file, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains('乙'), "{file}: {text}");
    }
    assert!(!built.files.contains_key("old/index.html"), "it would lead to the other one");
    assert!(built.files.contains_key("en/essays/b/index.html"));
}

/// Hugo and Hexo have a file where the list of a taxonomy is, which shows its words above the list. Here the list is shown.
#[test]
fn a_file_where_a_list_is() {
    problems(
        "behind-list",
        "
//- content/tags/_index.md
---
title: 标签
---
说明。
//- content/tags/rain/index.md
---
title: 雨
---
雨的说明。
//- content/a.md
---
title: 甲
tags: [rain]
---
见[标签](tags/_index.md)与[雨](tags/rain/index.md)。
",
    );
}

/// An alias is never told as if it were the page's own address, and costs the page nothing.
#[test]
fn aliases_that_are_taken() {
    problems(
        "taken-aliases",
        "
//- content/a.md
---
slug: a
---
//- content/b.md
---
title: 乙
aliases: [/old/, /a/]
---
//- content/c.md
---
aliases:
  - /old/
  - https://x.org/a
---
",
    );
}

/// `index.html` is the folder's own address, and no alias takes the place of a page or of a file.
#[test]
fn aliases_that_name_files() {
    problems(
        "aliases-of-files",
        "
//- content/a.md
---
title: 甲
aliases: [/b/index.html, index.html, /a/index.html, /2013/07/index.html, /paper.css, /robots.txt, /x.txt]
---
//- content/b.md
# 乙
//- static/x.txt
字
",
    );
}

/// A page is a folder of the output, and no file beside it can have its name.
#[test]
fn pages_where_files_are() {
    problems(
        "pages-and-files",
        "
//- content/robots.txt.md
# 甲
//- content/b.md
---
path: code.css
---
# 乙
//- content/file.md
# 丙
//- static/file
字
",
    );
}

/// On macOS and Windows they are one file, and a redirect would stand in the place of the page.
#[test]
fn addresses_in_capitals() {
    let text = "
//- content/moon.md
---
title: 月
aliases: [/Moon/, /MOON/x/, /Luna/, /luna/]
---
//- content/moon/x.md
# 某
//- content/sun.md
---
title: 日
aliases: [/LUNA/]
---
//- content/rain.md
---
title: 雨
path: Rain
---
//- content/b.md
---
title: 雨
path: rain
---
";
    problems("addresses-in-capitals", text);
    let files = plain(text).build().files;
    let there =
        ["moon/index.html", "luna/index.html", "Luna/index.html", "Rain/index.html", "rain/index.html"];
    assert_eq!(there.map(|file| files.contains_key(file)), [true; 5]);
    let left_out = ["Moon/index.html", "MOON/x/index.html", "LUNA/index.html"];
    assert_eq!(left_out.map(|file| files.contains_key(file)), [false; 3]);
}

/// A content folder that is not there is told where it was written.
#[test]
fn a_content_folder_that_is_not_there() {
    let site = plain("//- content/a.md\n# 甲\n")
        .file("fika.yaml", "base_url: https://example.org/\ncontent_dir: contnet\n");
    let told = show_diagnostics(&site.build().diagnostics);
    assert!(
        told.starts_with("error[no-content] fika.yaml:2:14 there is no Markdown file in `contnet`"),
        "{told}"
    );
}
