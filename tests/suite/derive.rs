//! Essays in one Chinese script, made of those in the other.

use fika_tests::{Fixture, broken_links, show_diagnostics};

use crate::{check, plain};

const CONFIG: &str = "
base_url: https://example.org/
timezone: Asia/Shanghai
theme: plain
languages:
  zh-Hans: {title: 头发集, tagline: 里里外外, author: 范小发}
  zh-Hant:
    derive: {from: zh-Hans, phrases: {发面: 發麵}}
  en: {title: Hair}
menu:
  - {path: \"@/essays/_index.md\", name: {zh-Hans: 文章后面, en: Essays}}
";

/// An essay with everything that must and must not be converted.
const HAIR: &str = r#"
//- content/_index.md
# 里面
//- content/essays/_index.md
---
title: 后记与发面
---
//- content/essays/头发.md
---
title: 头发与-{头发}-
description: 说头发
date: 2024-08-12
tags: [软件, 头发]
series: 干活
derive:
  phrases: {干了: 乾了}
---
头发干了，**发**面，发<em>展</em>。写作-{头**发**}-，不写“-{头发”。

## 里面 {#li}

看[里面](#li)、[面条](面条.md "面条")、`头发`与 <i lang="ja">国体</i>，<span lang="zh">国体</span>。

![头发](头发.svg "发面")

```text
头发
```
//- content/essays/头发.svg
<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><title>头发</title></svg>
//- content/essays/面条.md
---
title: 面条
date: 2024-08-11
tags: [软件]
tagline: {zh-Hans: 面, zh-Hant: 自己的麵}
derive: {title: 自己的題目}
---
面条。看[头发](头发.md#li)。
//- content/essays/面条.en.md
---
title: Noodles
date: 2024-08-11
tags: [software]
---
Noodles, -{not}- kept.
//- content/essays/written.md
---
title: 写好的
date: 2024-08-10
---
简体。
//- content/essays/written.zh-Hant.md
---
title: 寫好的
date: 2024-08-10
---
手寫的繁體，头发不轉。
//- content/essays/off.md
---
title: 不转
date: 2024-08-09
derive: false
---
只有简体。
//- i18n/zh-Hans.ftl
own = 站里的话
"#;

fn hair() -> Fixture {
    plain(HAIR).file("fika.yaml", CONFIG)
}

#[test]
fn an_essay_in_the_other_script() {
    let pages = [
        "zh-hant/essays/头发/index.html",
        "essays/头发/index.html",
        "zh-hant/essays/面条/index.html",
        "zh-hant/essays/written/index.html",
        "zh-hant/essays/index.html",
        "zh-hant/tags/軟件/index.html",
        "en/essays/面条/index.html",
        "sitemap.xml",
        "zh-hant/feed.xml",
    ];
    check("derive-traditional", &hair(), &pages);
    let built = hair().build();
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
    assert!(!built.files.contains_key("zh-hant/essays/off/index.html"), "an essay may stay out");
}

#[test]
fn where_nothing_is_converted_the_marks_are_text() {
    let site = plain("//- content/a.md\n# 甲\n写作-{头发}-。\n").file(
        "fika.yaml",
        "base_url: https://example.org/\ntheme: plain\nlanguages: {zh-Hans: {title: 站}, zh-Hant: {title: 站}}\n",
    );
    let built = site.build();
    assert!(built.page("a/index.html").contains("写作-{头发}-。"), "{}", built.page("a/index.html"));
    assert!(!built.files.contains_key("zh-hant/a/index.html"));
}

#[test]
fn wording_follows_the_region_and_the_way_back() {
    let site = |languages: &str, text: &str| {
        let config = format!("base_url: https://example.org/\ntheme: plain\nlanguages:\n{languages}\n");
        let built = plain(&format!("//- content/a.md\n# 甲\n{text}\n")).file("fika.yaml", config).build();
        assert_eq!(show_diagnostics(&built.diagnostics), "");
        built
    };
    let built = site(
        "  zh-Hans: {title: 站}\n  zh-Hant-TW: {derive: zh}\n  zh-HK: {derive: zh}",
        "鼠标里的软件为什么",
    );
    assert!(built.page("zh-hant-tw/a/index.html").contains("滑鼠裡的軟體為什麼"));
    assert!(built.page("zh-hk/a/index.html").contains("鼠標裏的軟件為什麼"));
    let built = site("  zh-Hant-TW: {title: 站}\n  zh-Hans: {derive: zh-Hant-TW}", "滑鼠裡的軟體");
    assert!(built.page("zh-hans/a/index.html").contains("鼠标里的软件"));
    let built = site("  zh: {title: 站}\n  zh-Hant: {derive: {from: zh, variant: opencc}}", "里面为什么");
    assert!(built.page("zh-hant/a/index.html").contains("裏面爲什麼"));
}

#[test]
fn what_stands_behind_words_that_grow_stays_whole() {
    let text = "程序员\n\n```rust\nlet 代码 = 1; // 程序员\n```\n\n程序员 $x^2$ 与![鼠标](none.png)后。\n";
    let config = "base_url: https://example.org/\ntheme: plain\nmarkdown: {math: true}\nlanguages:\n  zh: {title: 站}\n  zh-TW: {derive: zh}\n";
    let built = plain(&format!("//- content/a.md\n# 甲\n{text}")).file("fika.yaml", config).build();
    let (zh, tw) = (built.page("a/index.html"), built.page("zh-tw/a/index.html"));
    let code = |page: &str| page[page.find("<pre").unwrap()..page.find("</pre>").unwrap()].to_owned();
    assert_eq!(code(zh), code(tw));
    let (_, zh) = zh.split_once("</pre>").unwrap();
    let (_, tw) = tw.split_once("</pre>").unwrap();
    assert_eq!(
        zh.replace("程序员", "程式設計師").replace("鼠标", "滑鼠").replace('后', "後").replace('与', "與"),
        tw
    );
}

#[test]
fn a_language_can_only_be_made_of_one_that_is_written() {
    let site = plain("//- content/a.md\n---\ntitle: 甲\nderive: perhaps\n---\n").file(
        "fika.yaml",
        "base_url: https://example.org/
theme: plain
languages:
  zh-Hans: {title: 站}
  zh-Hant: {derive: {from: zh-Hans, variant: macau, phrases: [x], way: x}}
  zh-Hant-TW: {derive: zh-Hant}
  zh-HK: {derive: fr}
  en: {title: Site, derive: zh-Hans}
  ja: {title: サイト, derive: {variant: tw}}
",
    );
    check("derive-config", &site, &[]);
}

#[test]
fn what_an_interface_says_in_one_script_it_says_in_the_other() {
    let site = plain("//- content/a.md\n# 甲\n//- i18n/zh-Hans.ftl\nown = 站里的话\n//- templates/page.html\n{{ t(key=\"own\") }}{{ t(key=\"earlier\") }}")
        .file("fika.yaml", CONFIG);
    let built = site.build();
    assert_eq!(built.page("zh-hant/a/index.html").lines().next(), Some("站裡的話前一篇"));
    assert_eq!(built.page("a/index.html").lines().next(), Some("站里的话前一篇"));
}

/// What the front matter marks is not converted, and its marks are nowhere to be seen.
#[test]
fn the_front_matter_keeps_what_it_marks() {
    let head = "title: 甲\ndescription: 用-{头发}-，不用头发\ntagline: -{后}-与后面\n";
    let site = plain(&format!("//- content/a.md\n---\n{head}---\n文\n")).file("fika.yaml", CONFIG);
    let built = site.build();
    let (own, made) = (built.page("a/index.html"), built.page("zh-hant/a/index.html"));
    for (text, expected) in [("用头发，不用头发", "用头发，不用頭髮"), ("后与后面", "后與後面")]
    {
        assert!(own.contains(text) && made.contains(expected), "{expected}\n{own}\n{made}");
    }
    assert!(!own.contains("-{") && !made.contains("-{"), "{own}\n{made}");
}

/// What stands in a picture's description, its title or its caption can only be text; what is marked there is kept too.
#[test]
fn a_picture_keeps_what_its_texts_mark() {
    let text = "![甲-{发}-与发](a.png \"题-{后}-与后\")\n\n文![-{发}-](a.png \"-{后}-\")与[后](a.png \"-{里}-\")。\n";
    let site =
        plain(&format!("//- content/a.md\n# 甲\n{text}//- content/a.png\n2x2\n")).file("fika.yaml", CONFIG);
    let built = site.build();
    let (own, made) = (built.page("a/index.html"), built.page("zh-hant/a/index.html"));
    for (written, expected) in [
        ("alt=\"甲发与发\"", "alt=\"甲发與發\""),
        ("<figcaption>题后与后</figcaption>", "<figcaption>題后與後</figcaption>"),
        ("alt=\"发\"", "alt=\"发\""),
        ("title=\"后\"", "title=\"后\""),
    ] {
        assert!(own.contains(written) && made.contains(expected), "{expected}\n{own}\n{made}");
    }
    assert!(!own.contains("-{") && !made.contains("-{"), "{own}\n{made}");
}

/// So are the arguments of a component, and what the front matter says to templates.
#[test]
fn data_keeps_what_its_texts_mark() {
    let text =
        "---\ntitle: 甲\nextra:\n  words: [\"发-{发}-\", 后]\n---\n{{ <note_it say=\"题-{后}-与后\" /> }}\n";
    let component = "{% component note_it(say: string) %}{{ say }}{% endcomponent %}";
    let site = plain(&format!(
        "//- content/a.md\n{text}//- templates/page.html\n{{{{ page.content | safe }}}}{{{{ page.extra.words | join(sep=\"/\") }}}}
//- templates/components/it.html\n{component}\n"
    ));
    let config =
        "base_url: https://example.org/\ntheme: plain\nlanguages: {zh: {title: 站}, zh-Hant: {derive: zh}}\n";
    let built = site.file("fika.yaml", config).build();
    assert_eq!(show_diagnostics(&built.diagnostics), "");
    let shown = |file: &str| built.page(file).split_whitespace().collect::<String>();
    assert_eq!(shown("a/index.html"), "题后与后发发/后");
    assert_eq!(shown("zh-hant/a/index.html"), "題后與後發发/後");
}

/// A summary that nobody wrote, and a table of contents, keep what the text keeps: code, other languages, what is marked.
#[test]
fn a_summary_keeps_what_the_text_keeps() {
    let text = "## 用 `头发` 里\n\n写作-{头发}-[^1]，用 `头发`，不用头发。<i lang=\"ja\">国体</i>，{头发|fà}。\n\n后面\n一段。\n\n[^1]: 注。\n";
    let page = "{{ page.summary_text }}|{{ page.summary | safe }}|{{ page.toc[0].title }}|{{ page.authors[0] }}|{{ page.credits.authors[0].bio }}";
    let config = "base_url: https://example.org/
theme: plain
languages: {zh: {title: 站, author: li}, zh-Hant: {derive: zh}, en: {title: Site}}
authors:
  li: {name: {zh: 范小发, en: Fan}, bio: 写头发。}
";
    let site =
        plain(&format!("//- content/a.md\n---\ntitle: 甲\n---\n{text}//- templates/page.html\n{page}\n"));
    let built = site.clone().file("fika.yaml", config).build();
    assert_eq!(show_diagnostics(&built.diagnostics), "");
    let shown = |built: &fika_tests::Built, page: &str| built.page(page).trim_end().to_owned();
    assert_eq!(
        shown(&built, "zh-hant/a/index.html"),
        "寫作头发，用 头发，不用頭髮。国体，頭髮。後面一段。|<p>寫作<span translate=\"no\">头发</span>，用 \
         <span translate=\"no\">头发</span>，不用頭髮。<span translate=\"no\">国体</span>，頭髮。後面一段。</p>\n|用 头发 裡|\
         范小發|寫頭髮。"
    );
    assert_eq!(
        shown(&built, "a/index.html"),
        "写作头发，用 头发，不用头发。国体，头发。后面一段。|<p>写作头发，用 头发，不用头发。国体，头发。后面一段。</p>\n|\
         用 头发 里|范小发|写头发。"
    );
    // What a language says of somebody itself is not converted.
    let own = config.replace("zh: 范小发,", "zh: 范小发, zh-Hant: 自己的名字,");
    assert!(
        shown(&site.file("fika.yaml", own).build(), "zh-hant/a/index.html").contains("|自己的名字|寫頭髮。")
    );
}

/// A string that is missing is told of the language in which it has to be written, and not again of the one that is converted from it.
#[test]
fn a_missing_string_is_told_where_it_is_written() {
    let site = plain("//- content/a.md\n# 甲\n//- templates/page.html\n{{ t(key='nowhere') }}\n");
    let config =
        "base_url: https://example.org/\ntheme: plain\nlanguages: {zh: {title: 站}, zh-Hant: {derive: zh}}\n";
    let built = site.file("fika.yaml", config).build();
    let told: Vec<&str> = built.diagnostics.iter().map(|problem| &*problem.message).collect();
    assert_eq!(told, ["there is no interface string `nowhere` in `zh`"]);
}

/// The marks are read in raw HTML as in Markdown: neither version shows them, and what is in them stays.
#[test]
fn marks_in_raw_html() {
    let text = "<p align=\"center\" title=\"-{软件}-\">-{软件}-与软件，<b>-{发</b>}-</p>\n<pre>-{软件}-</pre>\n<script>x-{软件}-y</script>\n\n<b title='-{x}-发'>-{发}-</b>\n";
    let site = plain(&format!("//- content/a.md\n# 甲\n\n{text}"))
        .file("fika.yaml", CONFIG)
        .file("templates/page.html", "{{ page.content | safe }}");
    let built = site.build();
    let want = "<p align=\"center\" title=\"软件\"><span translate=\"no\">软件</span>与软件，<b>-{发</b>}-</p>\n\
                <pre>-{软件}-</pre>\n<script>x-{软件}-y</script>\n\
                <p><b title='x发'><span translate=\"no\">发</span></b></p>\n";
    assert_eq!(built.page("a/index.html"), want);
    let derived = want
        .replace("与软件", "與軟件")
        .replace("-{发<", "-{發<")
        .replace("title=\"软件", "title=\"軟件")
        .replace("x发", "x發");
    assert_eq!(built.page("zh-hant/a/index.html"), derived);
}

/// An address that stands as its own words is an address; a mark behind a backslash is the text that was written; tags keep what they mark.
#[test]
fn addresses_escaped_marks_and_tags() {
    let essay = "//- content/a.md
---
title: 发 \\-{ 与 -{发}-
description: 发 \\-{ 与 -{发}-
tags: [\"-{发}-型\", 头发]
---
见 <https://ex.org/头发>，<头@ex.org>；\\-{头发}-，-{头发\\}-，头发}-，\\\\-{头发}-。

[https://ex.org/头发](https://ex.org/头发)，[ex.org/头发/](https://ex.org/%E5%A4%B4%E5%8F%91)，[头@发.org](mailto:头@发.org)，[头发.md](头发.md)，[头发](https://头发)。

![\\-{头发}- 与 -{头发}-](https://ex.org/a.png)

头发 -{未闭

- 头发 -{未闭
- 头发 -{头发}-
//- content/头发.md
# 头发
";
    let site = plain(essay).file("fika.yaml", CONFIG);
    let pages = ["a/index.html", "zh-hant/a/index.html", "zh-hant/tags/发型/index.html"];
    check("derive-addresses-marks-tags", &site, &pages);
}

/// What the configuration calls a taxonomy and its terms is converted like all words of it; a slug that it gives is the term's in every script.
#[test]
fn taxonomies_of_the_configuration() {
    let site = plain(
        "//- content/a.md
---
title: 甲
tags: [后记, 头发]
series: 干活
---
",
    )
    .file(
        "fika.yaml",
        "base_url: https://example.org/
languages: {zh-Hans: {title: 站}, zh-Hant: {derive: zh-Hans}}
taxonomies:
  tags: {terms: [{zh-Hans: {name: 后记, slug: after}}, {zh-Hans: 头发}]}
  series: {name: 连载}
",
    );
    check(
        "derive-taxonomies",
        &site,
        &["zh-hant/series/index.html", "zh-hant/tags/after/index.html", "zh-hant/a/index.html"],
    );
}

/// A language that falls back to one which is converted shows the converted text, with all that is said of it.
#[test]
fn a_fallback_to_what_is_converted() {
    let site = plain("//- content/a.md\n# 头发\n\n头发里面。\n\n## 里面\n").file(
        "fika.yaml",
        "base_url: https://example.org/\nlanguages: {zh: {title: 站}, zh-Hant: {derive: zh}, en: {title: E, fallback: [zh-Hant]}}\n",
    );
    check("derive-fallback", &site, &["en/a/index.html"]);
}

/// What the configuration calls a term in a script that is converted into counts there, and ties the languages that show converted words.
#[test]
fn a_term_that_a_derived_script_calls_otherwise() {
    let site = plain("//- content/a.md\n---\ntitle: 甲\ntags: [写作]\npath: /p/index.html\n---\n文\n").file(
        "fika.yaml",
        "base_url: https://example.org/
languages: {zh-Hans: {title: 站}, zh-Hant: {derive: zh-Hans}, en: {title: S, fallback: [zh-Hant]}}
taxonomies: {tags: {title: {zh-Hans: 话题, en: Topics}, terms: [{zh-Hans: 写作, en: Writing, zh-Hant: {name: 書寫, slug: sx}}]}}
menu: [{path: /tags/}]
",
    )
    .file("templates/page.html", "{% for item in menu %}{{ item.name }}{% endfor %}{% for term in page.terms %} {{ term.name }} {{ term.path }}{% endfor %}\n");
    let built = site.build();
    let shown = ["p", "zh-hant/p", "en/p"].map(|page| built.page(&format!("{page}/index.html")).to_owned());
    assert_eq!(
        shown.concat(),
        "话题 写作 /tags/%E5%86%99%E4%BD%9C/\n話題 書寫 /zh-hant/tags/sx/\nTopics Writing /en/tags/writing/\n"
    );
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
}
