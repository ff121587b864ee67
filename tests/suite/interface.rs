//! The words around the essays: in which language they are, where their links lead, and how they read without the style.

use fika_tests::{broken_links, show_diagnostics, site};

use crate::plain;

/// The text of some HTML, as one reads it who has no style: nothing stands between what no white space is between.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first part of a page that begins with some text and ends with another.
#[track_caller]
fn part<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let at = page.find(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    let end = page[at..].find(to).unwrap_or_else(|| panic!("no {to} after {from}"));
    &page[at..at + end + to.len()]
}

/// In reader mode, a text browser, a voice: the style puts dots between the parts of a line, and none of these knows it.
#[test]
fn lines_of_parts_read_without_the_style() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
languages:
  zh: {title: 小站}
  en: {title: A Site, author: Su Shi}
translations: {parallel: true}
plugins: {feed: {all: true}}
//- content/moon.md
---
title: 月亮
date: 2024-08-12
---
圆。
//- content/moon.en.md
---
title: The Moon
date: 2024-08-12
updated: 2024-08-14
translator: Ada Frost
tags: [sky, night]
---
Round.
//- content/rain.en.md
---
title: Rain
date: 2024-08-13
tags: [sky]
---
Wet.
",
    );
    let built = site.build();
    let page = built.page("en/moon/index.html");
    let line = |class: &str| text_of(part(page, &format!("<p class=\"{class}\""), "</p>"));
    assert_eq!(
        line("meta dots"),
        "Su Shi · Translated by Ada Frost · August 12, 2024 · revised August 14, 2024 · 1 minute · Also in 中文 · Side by side"
    );
    assert_eq!(line("tags dots plain"), "Tags sky · night");
    assert_eq!(line("dots"), "Feed · Set with fika");
    assert_eq!(text_of(part(page, "<nav class=\"steps", "</nav>")), "Next → Rain");
    assert_eq!(
        text_of(part(built.page("en/tags/index.html"), "<ul class=\"terms", "</ul>")),
        "night 1 sky 2"
    );
    assert_eq!(
        text_of(part(built.page("en/archive/index.html"), "<ol class=\"list", "</ol>")),
        "August 13 Rain August 12 The Moon"
    );
    let alone = built.page("en/rain/index.html");
    assert_eq!(text_of(part(alone, "<p class=\"meta dots\"", "</p>")), "Su Shi · August 13, 2024 · 1 minute");
}

/// A language without a catalogue has the words of another, and a voice, a hyphenation and a direction of its own.
#[test]
fn words_of_another_language_say_so() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
languages:
  he: {title: אתר, author: סו}
  en: {title: A Site}
taxonomies: [tags]
menu: [/tags/, /archive/]
//- content/moon.md
---
title: ירח
date: 2024-08-12
tags: [שמים]
translator: עדה <b>
---
עגול.

> [!NOTE]
> שים לב.
//- content/moon.en.md
---
title: The Moon
date: 2024-08-12
---
Round.
",
    );
    let built = site.build();
    assert_eq!(built.codes(), ["missing-catalogue"]);
    let page = built.page("moon/index.html");
    let english = |text: &str| format!("<span lang=\"en\" dir=\"ltr\">{text}</span>");
    for whole in [
        format!("<a class=\"skip\" href=\"#paper:main\">{}</a>", english("Skip to the text")),
        format!("<span>{}</span></p>", english("Set with <bdi>fika</bdi>")),
        format!("<span>{}</span> <i>", english("1 minute")),
        "<p class=\"alert-title\"><span lang=\"en\" dir=\"ltr\">Note</span></p>".to_owned(),
        english("Translated by <bdi><span class=\"p-translator h-card\">עדה &lt;b&gt;</span></bdi>"),
    ] {
        assert!(page.contains(&whole), "{whole} is not in\n{page}");
    }
    // What is not shown cannot be marked.
    assert!(page.contains("aria-label=\"Main\""), "{page}");
    let lost = built.page("404.html");
    assert!(lost.contains(&format!("<h2>{}</h2>", english("This page isn’t here"))), "{lost}");
    assert!(lost.contains("<title>This page isn’t here · אתר</title>"), "{lost}");
    // In a language that has them nothing is marked.
    assert!(!built.page("en/moon/index.html").contains("<span lang"), "{}", built.page("en/moon/index.html"));
    // Names of pages that fika makes are words of the interface too.
    let menu = part(page, "<nav aria-label=\"Main\"", "</nav>");
    assert!(menu.contains("lang=\"en\" dir=\"ltr\">Tags</a>"), "{menu}");
    assert!(menu.contains("lang=\"en\" dir=\"ltr\">Archive</a>"), "{menu}");
    assert!(built.page("tags/index.html").contains("<h1 lang=\"en\" dir=\"ltr\">Tags</h1>"));
    assert!(built.page("archive/index.html").contains("<h1 lang=\"en\" dir=\"ltr\">Archive</h1>"));
}

/// A template of the site's own that asks with `mark` has HTML, and without it text, as ever.
#[test]
fn templates_ask_for_marked_words() {
    let template = "{{ t(key=\"feed\") }}|{{ t(key=\"feed\", mark=true) }}|{{ t(key=\"own\", mark=true, who=config.description) }}|{{ t(key=\"own\", mark=true, who=config.description | safe) }}|\
        {{ t(key=\"essays-count\", n=2, mark=true) }}|{{ t(key=\"feed\", lang=\"en\", mark=true) }}\n";
    let site = plain("//- content/a.md\n# 甲\n")
        .file(
            "fika.yaml",
            "base_url: https://example.org/\ntheme: plain\nlanguages: {ar: {title: ا, description: <b>}, en: {title: S}}\n",
        )
        .file("i18n/en.ftl", "own = Of { $who } & more\n")
        .file("templates/page.html", template);
    let built = site.build();
    let words = built.page("a/index.html");
    let own = |name: &str| format!("<span lang=\"en\" dir=\"ltr\">Of <bdi>{name}</bdi> &amp; more</span>");
    let parts: Vec<&str> = words.trim().split('|').collect();
    assert_eq!(parts[0], parts[1], "{words}");
    assert_eq!(parts[2..4], [own("&lt;b&gt;"), own("<b>")]);
    assert!(!parts[4].contains('<') && parts[5] == "Feed", "{words}");
}

/// Like any page of the menu, a feed is that of whoever reads.
#[test]
fn the_feed_in_the_menu_is_that_of_the_reader() {
    let menus = |more: &str, file: &str| {
        let config = format!(
            "base_url: https://example.org/\ntheme: plain\n{more}languages: {{zh: {{title: 站}}, en: {{title: S}}, ja: {{title: サ}}}}\n\
             menu: [{{path: /feed.xml, name: F}}, {{path: /sitemap.xml, name: M}}]\n"
        );
        let template = "{% for item in menu %}{{ item.path }} {% endfor %}{{ get_url(path=\"feed.xml\") }}\n";
        let built = plain("//- content/a.md\n---\ntitle: 甲\ndate: 2024-08-12\n---\n甲\n")
            .file("content/a.en.md", "---\ntitle: A\ndate: 2024-08-12\n---\nA\n")
            .file("fika.yaml", config)
            .file("templates/index.html", template)
            .build();
        assert_eq!(show_diagnostics(&built.diagnostics), "");
        built.page(file).trim().to_owned()
    };
    assert_eq!(menus("", "index.html"), "/feed.xml /sitemap.xml https://example.org/feed.xml");
    assert_eq!(menus("", "en/index.html"), "/en/feed.xml /sitemap.xml https://example.org/en/feed.xml");
    // Japanese has no essay and so no feed.
    assert_eq!(menus("", "ja/index.html"), "/feed.xml /sitemap.xml https://example.org/feed.xml");
    let folders = "default_language_in_subdir: true\n";
    assert_eq!(menus(folders, "zh/index.html"), "/zh/feed.xml /sitemap.xml https://example.org/zh/feed.xml");
    assert_eq!(menus(folders, "ja/index.html"), "/zh/feed.xml /sitemap.xml https://example.org/zh/feed.xml");
}

/// Two catalogues of one language, and templates of one name, that a disk of macOS or Windows cannot tell apart either.
#[test]
fn files_of_one_name() {
    let built = plain("//- content/a.md\n# 甲\n")
        .file("i18n/en.ftl", "feed = One\n")
        .file("i18n/EN.ftl", "feed = Two\n")
        .file("templates/page.html", "{{ t(key=\"feed\", lang=\"en\") }}\n")
        .file("templates/Page.html", "no\n")
        .file("templates/Section.html", "no\n")
        .file("templates/Own.html", "{% include \"Part.html\" %}\n")
        .file("templates/Part.html", "no\n")
        .build();
    assert_eq!(built.page("a/index.html"), "One\n");
    assert_eq!(
        show_diagnostics(&built.diagnostics),
        "warning[catalogue] i18n/EN.ftl `i18n/en.ftl` is the catalogue of `en` too; of a message in both, that one’s counts
  help: put their messages into one file, `i18n/en.ftl`
warning[template-name] templates/Page.html the name differs from that of `page.html` in the case of its letters alone, so it does not take the place of that
  help: call it `page.html`, or give it a name of its own
warning[template-name] templates/Section.html the name differs from that of `section.html` in the case of its letters alone, so it does not take the place of that
  help: call it `section.html`, or give it a name of its own
"
    );
}

/// A title in another language has a direction of its own, wherever it stands in a line.
#[test]
fn titles_of_other_languages_have_their_direction() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
languages:
  ar: {title: ا, fallback: [en]}
  en: {title: A Site}
//- content/moon.md
---
title: قمر
date: 2024-08-12
---
//- content/rain.en.md
---
title: Rain (it falls)
date: 2024-08-13
---
See [the moon](moon.md).
//- content/wind.en.md
---
title: Wind?
date: 2024-08-11
---
",
    );
    let built = site.build();
    let page = built.page("moon/index.html");
    let steps = part(page, "<nav class=\"steps", "</nav>");
    assert!(steps.contains("<span lang=\"en\" dir=\"ltr\">Wind?</span>"), "{steps}");
    assert!(steps.contains("<span lang=\"en\" dir=\"ltr\">Rain (it falls)</span>"), "{steps}");
    let mentioned = part(page, "<section><h2", "</section>");
    assert!(mentioned.contains("lang=\"en\" dir=\"ltr\" hreflang=\"en\">Rain (it falls)</a>"), "{mentioned}");
}

/// What a feed calls a term is what its page is called.
#[test]
fn a_feed_calls_terms_as_their_pages_do() {
    let built =
        plain("//- content/a.ja.md\n---\ntitle: イ\ndate: 2024-08-12\ntags: [writing, Tea]\n---\n文\n")
            .file(
                "fika.yaml",
                "base_url: https://example.org/\ntheme: plain\n\
             languages: {zh: {title: 站}, en: {title: S}, ja: {title: サ, fallback: [zh]}}\n\
             taxonomies: {tags: {terms: [{en: writing, zh: {name: 写作, slug: xiezuo}}]}}\n",
            )
            .build();
    let feed = built.page("ja/feed.xml");
    let category = |term: &str, label: &str| {
        format!("<category term=\"{term}\" scheme=\"https://example.org/ja/tags/\" label=\"{label}\"/>")
    };
    assert!(feed.contains(&category("xiezuo", "写作")), "{feed}");
    assert!(feed.contains(&category("tea", "Tea")), "{feed}");
    assert!(built.page("ja/tags/xiezuo/index.html").contains("tags: 写作</h1>"));
}

/// A taxonomy is called as its terms are: by the words of the language that is fallen back to, where there are no others.
#[test]
fn a_taxonomy_is_called_as_where_the_language_falls_back_to() {
    let built = plain("//- content/a.md\n---\ntitle: 甲\nseries: 月\ntags: [天]\n---\n甲\n")
        .file(
            "fika.yaml",
            "base_url: https://example.org/\ntheme: plain\n\
             languages: {zh: {title: 站}, en: {title: S, fallback: [zh]}, fr: {title: S, listing: all}}\n\
             taxonomies: {series: {title: {zh: 系列}}, tags: {title: {zh: 话题}}}\nmenu: [/series/]\n",
        )
        .file(
            "templates/taxonomy_list.html",
            "{{ taxonomy.title }}|{{ taxonomy.title_lang }}|{{ menu[0].name }}|{{ menu[0].name_lang }}\n",
        )
        .build();
    assert_eq!(show_diagnostics(&built.diagnostics), "");
    assert_eq!(built.page("series/index.html"), "系列||系列|\n");
    assert_eq!(built.page("en/series/index.html"), "系列|zh|系列|zh\n");
    assert_eq!(built.page("en/tags/index.html"), "Tags||系列|zh\n");
    assert_eq!(built.page("fr/series/index.html"), "series||series|\n");
}

/// Readers of what is converted are readers of what it is converted from: an essay that these get in another language they get too.
#[test]
fn a_converted_language_falls_back_as_its_original_does() {
    let pages = |languages: &str| {
        let config = format!("base_url: https://example.org/\ntheme: plain\nlanguages:\n{languages}");
        let built = plain("//- content/a.zh.md\n# 头发\n")
            .file("content/b.en.md", "# Rain\n")
            .file("fika.yaml", config)
            .build();
        assert_eq!(show_diagnostics(&built.diagnostics), "");
        assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
        let listed = built.page("zh-hant/index.html").contains("Rain");
        (built.files.contains_key("zh-hant/b/index.html"), listed)
    };
    let with = |zh: &str, hant: &str| {
        pages(&format!(
            "  zh: {{title: 站{zh}}}\n  en: {{title: S}}\n  zh-Hant: {{derive: zh, title: 站{hant}}}\n"
        ))
    };
    assert_eq!(with("", ""), (false, false));
    assert_eq!(with(", fallback: [en]", ""), (true, true));
    assert_eq!(with(", fallback: {to: en, mode: link}", ""), (false, true));
    assert_eq!(with(", fallback: [en]", ", fallback: []"), (false, false));
    assert_eq!(with(", fallback: [en]", ", listing: own"), (true, false));
    assert_eq!(with("", ", fallback: [en]"), (true, true));
    // What zh borrows from it, it does not borrow from itself.
    assert_eq!(with(", fallback: [zh-Hant, en]", ""), (true, true));
}
