//! What readers of a language get of an essay that is not written in it.

use fika_tests::{Fixture, broken_links, show_diagnostics};

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
fn a_list_leads_to_the_page_of_another_language() {
    let site = half("{to: zh, mode: link}");
    check("fallback-link", &site, &["en/index.html", "en/tags/天气/index.html", "en/essays/moon/index.html"]);
    assert_eq!(broken_links(&site.build(), "https://example.org/"), [""; 0]);
}

/// Which of the essays with one tag stand in the English home page, tag pages and feed: `home / tags / feed`.
fn listed(languages: &str, home: &str) -> String {
    let config = format!("base_url: https://example.org/\ntheme: plain\n{languages}");
    let mut site = plain("//- content/_index.en.md\n---\n").file("fika.yaml", config);
    site = site.file("content/_index.en.md", format!("---\ntitle: Home\n{home}---\n"));
    for (name, title) in [("a.zh", "甲"), ("a.en", "A"), ("b.zh", "乙"), ("b.ja", "イ"), ("c.ja", "ロ")] {
        let text = format!("---\ntitle: {title}\ndate: 2024-01-01\ntags: [t]\n---\n");
        site = site.file(&format!("content/{name}.md"), text);
    }
    let built = site.build();
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
    let in_page = |file: &str, before: &str| {
        let text = built.files.get(file).map(|_| built.page(file)).unwrap_or_default();
        ["A", "甲", "乙", "イ", "ロ"]
            .into_iter()
            .filter(|title| text.contains(&format!("{before}{title}</")))
            .collect::<String>()
    };
    let list = |file| in_page(file, "\">");
    format!(
        "{} / {} / {}",
        list("en/index.html"),
        list("en/tags/t/index.html"),
        in_page("en/feed.xml", "<title>")
    )
}

#[test]
fn lists_hold_what_their_policy_says_each_essay_once() {
    let link = "languages:\n  zh: {title: 站}\n  ja: {title: サイト}\n  en: {title: Site, fallback: {to: zh, mode: link}}\n";
    let render = "languages:\n  zh: {title: 站}\n  ja: {title: サイト}\n  en: {title: Site, fallback: zh}\n";
    let none = "languages:\n  zh: {title: 站}\n  ja: {title: サイト}\n  en: {title: Site}\n";
    let with = |languages: &str, listing: &str| format!("{languages}listing: {listing}\n");
    for (languages, home, expected) in [
        (none.to_owned(), "", "A / A / A"),
        (with(none, "all"), "", "A乙ロ / A乙ロ / A"),
        (with(none, "{feeds: all}"), "", "A / A / A乙ロ"),
        (link.to_owned(), "", "A乙 / A乙 / A"),
        (with(link, "own"), "", "A / A / A"),
        (with(link, "own"), "listing: all\n", "A乙ロ / A / A"),
        (with(link, "{lists: own, feeds: originals}"), "", "A / A乙 / A乙"),
        (render.to_owned(), "", "A乙 / A乙 / A"),
        (render.to_owned(), "listing: own\n", "A / A乙 / A"),
        (with(render, "{taxonomies: own, feeds: originals}"), "", "A乙 / A / A乙"),
        (with(render, "all"), "", "A乙ロ / A乙ロ / A"),
    ] {
        assert_eq!(listed(&languages, home), expected, "{languages}{home}");
    }
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

/// A list that is shown for want of one in the reader's language: each of its pages is that of the original, not all of them the
/// first, and one that the original does not have is none but itself.
#[test]
fn the_pages_of_a_list_that_is_shown_for_want_of_another() {
    let mut site = half("[zh]");
    for day in 1..=5 {
        let lang = if day == 5 { "en" } else { "zh" };
        let text = format!("---\ntitle: D{day}\ndate: 2024-02-0{day}\n---\n");
        site = site.file(&format!("content/essays/d{day}.{lang}.md"), text);
    }
    let config = String::from_utf8(site.files["fika.yaml"].clone()).expect("UTF-8");
    let site = site.file("fika.yaml", config.replace("theme: plain", "theme: paper"));
    let site = site.file("content/essays/_index.md", "---\ntitle: 长文\npaginate_by: 2\n---\n");
    let built = site.build();
    let base = "https://example.org/";
    let canonical = |page: &str| {
        let page = built.page(page);
        let (_, rest) = page.split_once("rel=\"canonical\" href=\"").expect("a canonical address");
        rest.split('"').next().expect("its end").to_owned()
    };
    // English has one essay more, and so a page more.
    for (index, original) in [(2, "essays/page/2/"), (3, "essays/page/3/"), (4, "en/essays/page/4/")] {
        assert_eq!(canonical(&format!("en/essays/page/{index}/index.html")), format!("{base}{original}"));
    }
    assert_eq!(canonical("en/essays/index.html"), format!("{base}essays/"));
    assert_eq!(broken_links(&built, base), [""; 0]);
    assert_eq!(fika_tests::language_faults(&built, base, &|feed, essay| feed == essay), [""; 0]);
}

/// Where the language switch leads to an essay in other words than the language's, it says in which; where it leads elsewhere, that
/// there is no translation.
#[test]
fn what_the_language_switch_says() {
    let site = half("[zh]").file(
        "fika.yaml",
        "base_url: https://example.org/\nlanguages: {zh: {title: 站, name: 中文}, en: {title: Site, fallback: [zh]}, ja: {title: サイト}}\n",
    );
    let built = site.build();
    let said = |page: &str| -> Vec<&str> {
        let page = built.page(page);
        let (_, rest) = page.split_once("class=\"langs\"").expect("a switch");
        let (switch, _) = rest.split_once("</nav>").expect("its end");
        switch.split("<small>").skip(1).filter_map(|rest| rest.split('<').next()).collect()
    };
    assert_eq!(said("essays/rain/index.html"), ["text in 中文", "未訳"]);
    assert_eq!(said("en/essays/rain/index.html"), ["未訳"]);
    assert_eq!(said("essays/moon/index.html"), ["未訳"]);
}

/// Where a language falls back to leads its readers in lists, and in links and menus likewise.
#[test]
fn links_and_menus_follow_the_fallback() {
    let site = plain(
        "
//- fika.yaml
base_url: https://example.org/
default_language_in_subdir: true
author: su
authors: {su: {name: Su, url: '@/nope.md'}, li: {name: Li, url: foo}}
languages:
  zh: {title: 站}
  en: {title: Site}
  de: {title: Seite, fallback: {languages: [en], mode: link}}
menu: [{path: /archive/}, '@/essays/_index.md', '@/only.md', '@/nowhere.md']
//- content/only.md
# 只有中文
//- content/essays/_index.md
# 文章
//- content/essays/_index.en.md
# Essays
//- content/essays/a.md
---
title: 甲
date: 2024-08-12
---
文
//- content/essays/a.en.md
---
title: A
date: 2024-08-12
---
Text.
//- content/essays/d.de.md
---
title: D
date: 2024-08-12
---
[a](a.md) [o](../only.md)
",
    )
    .file("templates/page.html", "{% for item in menu %}{{ item.path }} {{ item.name }} {{ item.name_lang }} {{ item.name_dir }}\n{% endfor %}{{ page.content }}");
    let built = site.build();
    assert_eq!(
        built.page("de/essays/d/index.html"),
        "/de/archive/ Archiv  \n/en/essays/ Essays en ltr\n/zh/only/ 只有中文 zh ltr\n\
         <p><a href=\"/en/essays/a/\" hreflang=\"en\">a</a> <a href=\"/zh/only/\" hreflang=\"zh\">o</a></p>\n"
    );
    let told: Vec<_> = built.diagnostics.iter().map(|one| &*one.message).collect();
    assert_eq!(
        told,
        [
            "`@/nope.md`, the page of the author `su`, leads nowhere",
            "`foo`, the page of the author `li`, leads nowhere",
            "`@/nowhere.md` in the menu leads nowhere",
        ]
    );
}

/// Words that mean one term are one page, in a language that the configuration does not name, too.
#[test]
fn a_mapped_tag_in_a_language_that_is_not_named() {
    let site = plain(
        "
//- fika.yaml
base_url: https://example.org/
languages:
  zh: {title: 站}
  en: {title: Site}
  ja: {title: サイト, fallback: {languages: [zh, en], mode: link}, listing: all}
taxonomies: {tags: {terms: [{zh: {name: 写作, slug: xiezuo}, en: writing}]}}
//- content/a.md
---
title: 甲
date: 2024-08-12
tags: [写作]
---
文
//- content/b.en.md
---
title: B
date: 2024-08-12
tags: [writing]
---
Text.
",
    );
    let built = site.build();
    let pages: Vec<&str> =
        built.files.keys().map(String::as_str).filter(|file| file.contains("tags/")).collect();
    assert_eq!(
        pages,
        [
            "en/tags/index.html",
            "en/tags/writing/index.html",
            "ja/tags/index.html",
            "ja/tags/xiezuo/index.html",
            "tags/index.html",
            "tags/xiezuo/index.html",
        ]
    );
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
}

/// The name of a term that only borrowed essays carry says in which language it is, wherever it stands.
#[test]
fn a_borrowed_term_says_its_language() {
    let built = half("[zh]").file("fika.yaml", "base_url: https://example.org/\nlanguages: {zh: {title: 站}, en: {title: Site, fallback: [zh]}}\ntaxonomies: {tags: {}}\n").build();
    for page in ["en/index", "en/tags/index", "en/tags/天气/index", "en/essays/rain/index"] {
        let page = built.page(&format!("{page}.html"));
        assert!(page.contains(" lang=\"zh\" dir=\"ltr\">天气</"), "{page}");
    }
    let own = built.page("tags/天气/index.html");
    assert!(own.contains("<h1>天气</h1>"), "{own}");
}

/// What has no name in a language is called as in the one that it falls back to, and says which that is; a home page that nobody wrote is
/// shown as that of the default language.
#[test]
fn names_of_the_language_that_is_fallen_back_to() {
    let site = plain(
        "
//- content/_index.md
---
title: 首页
template: home.html
paginate_by: 5
---
//- content/a.md
---
title: 甲
tags: [写作]
---
//- content/b.md
---
title: 乙
tags: [写作]
---
//- content/a.en.md
---
title: A
tags: [Writing]
---
//- templates/home.html
{% for item in menu %}{{ item.name }} {{ item.name_lang }}
{% endfor %}{{ paginator.paginate_by }}
//- templates/taxonomy_single.html
{{ term.name }} {{ term.name_lang }}
",
    )
    .file(
        "fika.yaml",
        "base_url: https://example.org/
languages: {zh: {title: 站}, en: {title: Site}, de: {title: Seite, fallback: [en, zh]}}
taxonomies: {tags: {terms: [{zh: 写作, en: Writing}]}}
menu:
  - {path: \"https://example.net/\", name: {zh: 照片, en: Photos}}
  - {path: \"https://example.net/\", name: {zh: 只有中文}}
  - {path: \"@/a.md\", name: {zh: 这个, en: This}}
",
    );
    let built = site.build();
    assert_eq!(built.page("de/index.html"), "Photos en\n只有中文 zh\nThis en\n5\n");
    assert_eq!(built.page("de/tags/writing/index.html"), "Writing en\n");
    assert_eq!(show_diagnostics(&built.diagnostics), "");
}

/// Each setting that leads nowhere is told once, with the languages where it leads on in others.
#[test]
fn settings_that_lead_nowhere_are_told_once() {
    let built = plain("//- content/a.md\n# 甲\n")
        .file(
            "fika.yaml",
            "base_url: https://example.org/\ntheme: plain\nlanguages: {zh: {title: 站}, en: {title: S}}\n\
             menu: [{path: \"@/gone.md\"}, {path: \"@/gone.md\", name: 又}]\n\
             authors: {某: {url: \"@/gone.md\"}, 谁: {url: \"@/gone.md\"}}\n",
        )
        .build();
    let mut told: Vec<_> = built.diagnostics.iter().map(|one| &*one.message).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "`@/gone.md` in the menu leads nowhere",
            "`@/gone.md`, the page of the author `某`, leads nowhere",
            "`@/gone.md`, the page of the author `谁`, leads nowhere",
        ]
    );
}
