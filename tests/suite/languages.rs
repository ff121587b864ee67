//! Two languages and more: what belongs together, where the switch leads, what is said in which language.

use fika_model::Severity;
use fika_tests::{Options, broken_links, site};

use crate::{check, plain};

#[test]
fn two_languages() {
    let site = plain(
        "
//- content/_index.md
---
title: 首页
---
//- content/_index.en.md
---
title: Home
---
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
date: 2024-08-12
tags: [天文]
---
圆。
//- content/essays/moon.en.md
---
title: The Moon
date: 2024-08-12
tags: [astronomy]
---
Round. [The rain](rain.md) has no English.
//- content/essays/rain.md
---
title: 雨
date: 2024-08-13
---
只有中文。
",
    );
    check(
        "two-languages",
        &site,
        &[
            "essays/moon/index.html",
            "en/essays/moon/index.html",
            "essays/rain/index.html",
            "en/index.html",
            "sitemap.xml",
        ],
    );
}

#[test]
fn a_key_ties_files_of_other_names() {
    let site = plain(
        "
//- content/月亮.md
---
title: 月亮
key: moon
---
//- content/the-moon.en.md
---
title: The Moon
key: moon
---
",
    );
    check("key", &site, &["月亮/index.html", "en/the-moon/index.html"]);
}

#[test]
fn folders_for_languages() {
    let site = plain(
        "
//- content/en/posts/hello.md
---
title: Hello
---
//- content/zh/posts/hello.md
---
title: 你好
---
",
    );
    check("language-folders", &site, &["posts/hello/index.html", "en/posts/hello/index.html"]);
}

#[test]
fn the_default_language_in_a_folder_of_its_own() {
    let site = plain(
        "
//- content/moon.md
# 月亮
//- content/moon.en.md
# The Moon
",
    )
    .file(
        "fika.yaml",
        "
base_url: https://example.org/
theme: plain
default_language_in_subdir: true
languages:
  zh: {title: 小站}
  en: {title: A Site}
",
    );
    let built = site.build();
    for file in ["zh/moon/index.html", "en/moon/index.html", "zh/index.html", "en/index.html", "404.html"] {
        assert!(built.files.contains_key(file), "{file} in {:?}", built.files.keys());
    }
    assert!(built.files.contains_key("index.html"), "the root leads somewhere");
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
}

#[test]
fn a_site_without_a_title_is_called_like_its_folder() {
    for (languages, zh, en) in [
        ("[zh, en]", "site", "site"),
        ("{zh: {title: 小站}, en: {}}", "小站", "小站"),
        ("{zh: {}, en: {title: A Site}}", "A Site", "A Site"),
    ] {
        let config = format!("theme: plain\nlanguages: {languages}\n");
        let built = plain("//- content/a.md\n# 甲\n").file("fika.yaml", config).build();
        for (file, title) in [("index.html", zh), ("en/index.html", en)] {
            assert!(
                built.page(file).contains(&format!("<title>{title}</title>")),
                "{languages}: {}",
                built.page(file)
            );
        }
    }
}

#[test]
fn a_translation_has_the_anchors_of_its_original() {
    let site = plain(
        "
//- content/a.md
# 甲

## 开头

## 又 \"引\"

### 尾 {#end}
//- content/a.en.md
# A

## Beginning

## Again <em>and</em> again {#again}

### End {#end}
//- content/b.md
## 一
//- content/b.en.md
### One
//- content/c.en.md
[beginning](a.md#开头), [one](b.md#一), [in words](a.md#again)
",
    );
    let built = site.build();
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    let lines = |file: &str, part: &str| -> Vec<String> {
        built.page(file).lines().filter(|line| line.contains(part)).map(str::to_owned).collect()
    };
    assert_eq!(
        lines("en/a/index.html", "</h").into_iter().filter(|line| line.starts_with("<h")).collect::<Vec<_>>(),
        [
            "<h1>A</h1>",
            "<h2 id=\"beginning\"><span id=\"开头\"></span>Beginning</h2>",
            "<h2 id=\"again\"><span id=\"又-引\"></span>Again <em>and</em> again</h2>",
            "<h3 id=\"end\">End</h3>",
        ]
    );
    assert!(
        !built.page("a/index.html").contains("<span id")
            && !built.page("en/b/index.html").contains("<span id")
    );
    // A link written for the original keeps its place in the translation, where that has it.
    let links = lines("en/c/index.html", "beginning</a>").concat();
    for link in ["/en/a/#%E5%BC%80%E5%A4%B4\">beginning", "/en/b/\">one", "/en/a/#again\">in words"] {
        assert!(links.contains(link), "{link} in {links}");
    }
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
}

/// A site whose languages all live in folders, with this at its root.
fn in_folders(root: &str) -> fika_tests::Fixture {
    let config = format!(
        "
base_url: https://o.github.io/REPO/
theme: plain
default_language_in_subdir: true
{root}
languages:
  zh: {{title: 小站, tagline: 一句}}
  en: {{title: A Site}}
"
    );
    plain("//- content/moon.md\n# 月亮\n//- content/moon.en.md\n# The Moon\n").file("fika.yaml", config)
}

#[test]
fn a_root_that_lets_the_reader_choose() {
    let site = in_folders("root: gateway");
    check("root-gateway", &site, &["index.html", "404.html", "sitemap.xml"]);
    assert_eq!(broken_links(&site.build(), "https://o.github.io/REPO/"), [""; 0]);
}

#[test]
fn a_root_that_is_a_copy_or_leads_on() {
    let built = in_folders("root: copy").build();
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    assert_eq!(broken_links(&built, "https://o.github.io/REPO/"), [""; 0]);
    let (copy, home) = (built.page("index.html"), built.page("zh/index.html"));
    let canonical = "<link rel=\"canonical\" href=\"https://o.github.io/REPO/zh/\">";
    assert!(copy.contains(canonical) && home.contains(canonical));
    assert!(!copy.contains("rel=\"alternate\" hreflang=\"x-default\"") && copy.contains("月亮"));
    assert!(!built.page("sitemap.xml").contains("<loc>https://o.github.io/REPO/</loc>"));

    let redirect = in_folders("root: redirect").build();
    assert_eq!(redirect.files, in_folders("").build().files);
    assert!(redirect.page("index.html").contains("url=https://o.github.io/REPO/zh/"));
}

#[test]
fn names_in_any_form_of_unicode_make_one_address() {
    let site = plain(
        "//- content/cafe\u{301}.md\n# 咖啡\n//- content/Caf\u{e9}.en.md\n# Café\n//- content/x.md\n[c](cafe\u{301}.md)[d](caf\u{e9}.md)\n",
    );
    let built = site.build();
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    assert!(built.files.contains_key("caf\u{e9}/index.html"), "{:?}", built.files.keys());
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
    let twice = plain("//- content/cafe\u{301}.md\n# A\n//- content/CAF\u{c9}.md\n# B\n").build();
    assert_eq!(twice.codes(), ["same-address"]);
}

#[test]
fn a_site_under_a_folder() {
    let site = plain(
        "
//- content/essays/moon.md
---
title: 月亮
tags: [天文]
aliases: [旧址/]
---
![月](moon.png)[首页](/)
//- content/essays/moon.png
32x32
//- content/essays/moon.en.md
---
title: The Moon
---
![Moon](moon.png)
",
    );
    let options =
        Options { base_url: Some("https://owner.github.io/REPO/".to_owned()), ..Options::default() };
    let built = site.build_with(&options);
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    assert_eq!(broken_links(&built, "https://owner.github.io/REPO/"), [""; 0]);
    assert!(built.page("essays/moon/index.html").contains("src=\"/REPO/essays/moon.png\""));
    assert!(built.page("sitemap.xml").contains("<loc>https://owner.github.io/REPO/essays/moon/</loc>"));
}

/// A section that is written in the other language alone is nearer than the home page, from an essay and from a section below it.
#[test]
fn the_switch_leads_to_a_section_that_one_language_lacks() {
    let site = plain(
        "
//- content/essays/_index.md
# 长文
//- content/essays/rain.en.md
# Rain
//- content/essays/deep/_index.en.md
# Deep
//- content/essays/deep/down/hail.en.md
# Hail
",
    );
    let pages = ["en/essays/rain", "en/essays/deep", "en/essays/deep/down/hail"];
    check(
        "a-section-that-is-lacking",
        &site,
        &pages.map(|page| format!("{page}/index.html")).each_ref().map(|page| &**page),
    );
}

/// So many that a few files from all over the folder could all be translations: what names its language says nothing of the others'.
#[test]
fn the_language_of_a_bare_folder_is_that_of_its_plain_files() {
    let pair = |n: u32| {
        format!(
            "//- a{n}.md\n# 第{n}篇\n\n中文。\n//- a{n}.en.md\n# Essay {n}\n\nEnglish, and plenty of it.\n"
        )
    };
    let built = site(&(10..22).map(pair).collect::<String>()).build();
    let errors: Vec<_> = built.diagnostics.iter().filter(|fault| fault.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(built.page("a10/index.html").contains("<html lang=\"zh-Hans\">"));
    assert!(built.page("en/a10/index.html").contains("<html lang=\"en\">"));
}

/// A folder may be called like a language; where it has a text of the same name as another, it is meant as one.
#[test]
fn folders_of_languages_that_the_site_does_not_have() {
    let told = |text: &str| {
        let built = plain(text).build();
        let told = built.diagnostics.iter().map(|fault| format!("{} {}", fault.code, fault.path));
        told.collect::<Vec<_>>()
    };
    let ko = "\n//- content/essays/a.md\n# 甲\n//- content/ko/essays/a.md\n# 갑\n//- content/ko/essays/b.md\n# 을\n//- content/_index.md\n# 首页\n//- content/ko/_index.md\n# 홈\n";
    assert_eq!(told(ko), ["unknown-language content/ko"]);
    assert_eq!(
        told("\n//- content/a.md\n# 甲\n//- content/uk/b.md\n# London\n//- content/en/a.md\n# A\n"),
        [""; 0]
    );
}

/// Zola's names of languages have a region, which says the script: `zh_TW` is the traditional one of a site's two.
#[test]
fn a_region_finds_the_script() {
    let site = plain(
        "
//- fika.yaml
base_url: https://example.org/
theme: plain
languages: {zh: {}, zh-Hant: {derive: zh}, en: {}}
//- content/a.md
# 甲
//- templates/page.html
{% for locale in [\"zh_CN\", \"zh_TW\", \"zh-Hant-HK\", \"zh_SG\", \"en_GB\"] %}{{ \"2026-03-01\" | date(format=\"%a\", locale=locale) }} {% endfor %}{{ \"2026-03-01\" | date(format=\"%a\") }}
",
    );
    let built = site.build();
    assert_eq!(built.page("a/index.html").trim(), "周日 週日 週日 周日 Sun 周日");
    assert_eq!(built.page("zh-hant/a/index.html").trim(), "周日 週日 週日 周日 Sun 週日");
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
}
