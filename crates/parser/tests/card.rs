//! What a card knows of an essay: title, summary, words, headings, links, blocks.

mod site;

use fika_model::{Essay, Severity};
use site::{essay, fill, parser};

fn summary(essay: &Essay) -> String {
    essay.card.summary.as_deref().map(fill).unwrap_or_default()
}

#[test]
fn the_first_heading_is_the_title_and_printed_once() {
    for (text, title, title_html, body) in [
        // A `>` in quotation marks does not end a tag.
        (
            "# **甲**与<a title=\"x > y\" href=\"https://x.org\">乙</a>\n\n丙",
            "甲与乙",
            Some("<strong>甲</strong>与乙"),
            "<p>丙</p>\n",
        ),
        ("# 月\n\n文", "月", None, "<p>文</p>\n"),
        ("#  *月* `x`   \n文", "月 x", Some("<em>月</em> <code>x</code>"), "<p>文</p>\n"),
        ("# [程序员](https://a.b)\n\n文", "程序员", None, "<p>文</p>\n"),
        ("![图](a.png)\n\n# 月\n", "月", None, "<img src=\"a.png\" alt=\"图\" figure first>\n"),
        ("文\n\n# 月\n", "月", None, "<p>文</p>\n"),
        ("文\n\n# 月\n\n# 日", "月", None, "<p>文</p>\n<h1 id=\"月\">月</h1>\n<h1 id=\"日\">日</h1>\n"),
        ("## 甲\n\n# 月\n", "月", None, "<h2 id=\"甲\">甲</h2>\n<h1 id=\"月\">月</h1>\n"),
        ("# ![标](l.png) 月\n\n文", "月", None, "<img src=\"l.png\" alt=\"标\" figure first>\n<p>文</p>\n"),
        (
            "# {{ <a /> }}月{% <b> %}[甲](x.md){% </b> %} ![标](l.png)\n文",
            "月甲",
            None,
            "<p>⟦a⟧⟦b⟧<a href=\"x.md\">甲</a>⟦/b⟧<img src=\"l.png\" alt=\"标\" first></p>\n<p>文</p>\n",
        ),
        ("# `码`与[链](a.md)**粗**\n", "码与链粗", Some("<code>码</code>与链<strong>粗</strong>"), ""),
        ("# *月*[^1]\n", "月[^1]", Some("<em>月</em>[^1]"), ""),
        ("---\ntitle: 星\n---\n# 月\n", "星", None, "<h1 id=\"月\">月</h1>\n"),
        ("---\ntitle: 月  亮\n---\n# 月 亮\n# 二\n", "月  亮", None, "<h1 id=\"二\">二</h1>\n"),
        ("---\ntitle: 用 `x`\n---\n# 用 x\n", "用 x", Some("用 <code>x</code>"), ""),
        ("文", "a", None, "<p>文</p>\n"),
        ("", "a", None, ""),
    ] {
        let essay = essay(text);
        assert_eq!(&*essay.card.title, title, "{text}");
        assert_eq!(essay.card.title_html.as_deref(), title_html, "{text}");
        assert_eq!(fill(&essay.body), body, "{text}");
    }
}

#[test]
fn summaries() {
    for (text, want, plain, given) in [
        ("甲。\n\n乙。", "<p>甲。乙。</p>\n", "甲。乙。", false),
        ("# 题\n\n> 引\n\n**甲**[^1]。\n\n[^1]: 注", "<p>甲。</p>\n", "甲。", false),
        ("- 只有\n- 列表", "<p>只有 列表</p>\n", "只有 列表", false),
        ("甲**乙<!--more-->丙**丁", "<p>甲<strong>乙</strong></p>\n", "甲乙", true),
        (
            "甲[^1]\n\n## 二 {#x .c}\n\n- 乙\n\n  <!-- more -->\n\n丙\n\n[^1]: 注",
            "<p>甲</p>\n<h2 class=\"c\">二</h2>\n<ul>\n<li>\n<p>乙</p></li>\n</ul>\n",
            "甲二乙",
            true,
        ),
        ("甲\n\n<!--more-->**乙**", "<p>甲</p>\n", "甲", true),
        (
            "[甲](b.md) ![](c.png)\n\n<!-- more-->\n",
            "<p><a href=\"b.md\">甲</a> <img src=\"c.png\" alt=\"\" first></p>\n",
            "甲",
            true,
        ),
        (
            "---\nsummary: 给的 **摘要。**好\n---\n甲",
            "<p>给的 <strong>摘要。</strong>好</p>\n",
            "给的 摘要。好",
            true,
        ),
        (
            "---\nsummary: '看<a href=\"b.md\">**甲。**</a>乙 <Router>'\n---\n文",
            "<p>看<a href=\"b.md\"><strong>甲。</strong></a>乙 &lt;Router&gt;</p>\n",
            "看甲。乙 <Router>",
            true,
        ),
        ("{% <note> %}\n甲\n\n<!-- more -->\n\n乙\n{% </note> %}", "⟦note⟧\n<p>甲</p>⟦/note⟧\n", "甲", true),
        (
            "::: tip 题\n甲\n\n<!-- more -->\n\n乙\n:::",
            "<aside class=\"alert alert-tip\" data-kind=\"tip\">\n<p class=\"alert-title\">题</p>\n<p>甲</p></aside>\n",
            "题 甲",
            true,
        ),
        ("{月|つき}の{光|ひかり}。", "<p>月の光。</p>\n", "月の光。", false),
        (
            "“甲。”\n\n“乙。”\n“丙。”\n\n“A.”\n\n“B.”",
            "<p>“甲。”“乙。”“丙。”“A.” “B.”</p>\n",
            "“甲。”“乙。”“丙。”“A.” “B.”",
            false,
        ),
        ("甲<!-- More -->乙", "<p>甲</p>\n", "甲", true),
        // What cuts nothing off cuts nothing.
        ("# 题\n\n<!--more-->\n\n甲。", "<p>甲。</p>\n", "甲。", false),
        ("# 题<!--more-->\n\n甲。", "<p>甲。</p>\n", "甲。", false),
        ("<!--more-->甲。\n\n<!--more-->乙", "<p>甲。乙</p>\n", "甲。乙", false),
        ("![](a.png)<!--more-->甲。", "<p><img src=\"a.png\" alt=\"\" first></p>\n", "", true),
        ("```\n<!--more-->\n```\n\n## 题\n\n甲。\n\n- 乙", "<p>甲。</p>\n", "甲。", false),
        ("", "", "", false),
    ] {
        let essay = essay(text);
        assert_eq!(summary(&essay), want, "{text}");
        assert_eq!(&*essay.card.summary_text, plain, "{text}");
        assert_eq!(essay.card.summary_given, given, "{text}");
    }
    let body = fill(&essay("甲\n\n<!--more-->**乙**").body);
    assert_eq!(body, "<p>甲</p>\n<p><span id=\"continue-reading\"></span><strong>乙</strong></p>\n");
}

/// Whatever is open where the writer cuts is closed, in the order in which it was opened.
#[test]
fn a_summary_is_well_formed() {
    for (text, want) in [
        ("{% <note> %}\n里\n<!-- more -->面\n{% </note> %}", "⟦note⟧\n<p>里</p>\n⟦/note⟧"),
        (
            "- 甲\n\n  {% <a> %}\n  {% <b> %}\n  > *乙<!-- more -->丙*\n\n  {% </b> %}\n  {% </a> %}",
            "<ul>\n<li>\n<p>甲</p>\n⟦a⟧\n⟦b⟧\n<blockquote>\n<p><em>乙</em></p>\n</blockquote>\n⟦/b⟧⟦/a⟧</li>\n</ul>\n",
        ),
        ("<div>\n<!-- more -->\nabc</div>", "<div></div>\n"),
        (
            "<details><summary>甲</summary>里面<!-- more -->外</details>",
            "<details><summary>甲</summary>里面</details>\n",
        ),
        (
            "<div class=\"x\">\n\n**甲<br><!-- more -->乙**\n\n</div>",
            "<div class=\"x\">\n<p><strong>甲<br></strong></p>\n</div>\n",
        ),
        (
            "甲 <b>乙 <i>丙</i> *丁<u>戊<!-- more -->* </u></b>",
            "<p>甲 <b>乙 <i>丙</i> <em>丁<u>戊</u></em></b></p>\n",
        ),
        (
            "{% <a> %}\n<div>\n\n甲\n\n<!-- more -->\n\n</div>\n{% </a> %}",
            "⟦a⟧\n<div>\n<p>甲</p></div>⟦/a⟧\n",
        ),
        (
            "<ul><li>甲<li>乙</ul>\n\n<p>丙<svg><path/>\n<!-- more -->",
            "<ul><li>甲<li>乙</ul>\n<p>丙<svg><path/></svg></p>\n",
        ),
        ("- <div>\n- 乙\n\n<!-- more -->", "<ul>\n<li><div>\n</div>\n</li>\n<li>乙</li>\n</ul>\n"),
        (
            "| 甲 | 乙 |\n|--|--|\n| 丙<!-- more --> | 丁 |",
            "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody>\n<tr><td>丙</td></tr></tbody>\n</table>\n",
        ),
        ("<div>\n<a==！[ b\n> <!-- more -->后", "<div>\n<a==！[ b\n> </div>\n"),
        ("![图](c.png)<!-- more -->后", "<p><img src=\"c.png\" alt=\"图\" first></p>\n"),
    ] {
        assert_eq!(summary(&essay(text)), want, "{text}");
    }
}

#[test]
fn words_links_headings_anchors() {
    let essay = essay(
        "# 题目不算\n\n你好 world，[甲](b.md#h)[乙](#二)[丙](https://a.b)[[丁]]\n\n## 二\n\n```\ncode is not counted\n```\n\n<p id=\"k\">\n\n注[^n]\n\n[^n]: 戊",
    );
    let card = &essay.card;
    assert_eq!((card.words.han, card.words.latin), (9, 1));
    assert_eq!(card.links.iter().map(|link| &**link).collect::<Vec<_>>(), ["b.md#h", "丁"]);
    assert_eq!(
        card.headings.iter().map(|h| (h.level, &*h.id, &*h.title)).collect::<Vec<_>>(),
        [(2, "二", "二")]
    );
    assert_eq!(card.anchors.iter().map(|anchor| &**anchor).collect::<Vec<_>>(), ["fn-1", "fnref-1", "k"]);
    assert!(card.has_anchor("二") && card.components.is_empty());
    assert_eq!(card.reading_time(), 1);
}

#[test]
fn blocks_are_told_by_their_text() {
    let blocks =
        |text: &str| essay(text).card.blocks.iter().map(|block| (block.kind, block.hash)).collect::<Vec<_>>();
    let base = blocks("甲**乙**\n\n- 一\n- two words\n\n```\nx\n```\n");
    assert_eq!(base.len(), 3);
    assert_eq!(base, blocks("甲*乙*\n\n\n* 一\n* two\n  words\n\n~~~\nx\n~~~\n"));
    let changed = blocks("甲**乙**\n\n- 一\n- two words\n\n```\ny\n```\n");
    assert_eq!((base[..2] == changed[..2], base[2] == changed[2]), (true, false));
    assert_ne!(blocks("![](a.png)"), blocks("![](b.png)"));
    assert_eq!(blocks("甲 <!-- c -->\n\n---\n\n<!-- d -->"), blocks("甲"));
}

#[test]
fn blocks_have_places_in_the_file_and_in_the_body() {
    let text = "---\ntitle: 月\n---\n## 一\n\n文[^1]。\n\n[^1]: 注\n\n---\n\n![图](a.png)\n\n- 甲\n- 乙\n";
    let essay = essay(text);
    let source = |span: fika_model::Span| text[span.start as usize..span.end as usize].trim_end();
    let blocks = &essay.card.blocks;
    let found: Vec<_> = blocks.iter().map(|block| (block.kind.mark(), source(block.span))).collect();
    let want =
        [("h2", "## 一"), ("p", "文[^1]。"), ("n", "[^1]: 注"), ("i", "![图](a.png)"), ("l", "- 甲\n- 乙")];
    assert_eq!(found.iter().map(|(mark, text)| (&**mark, *text)).collect::<Vec<_>>(), want);
    let mut start = 0;
    let html: Vec<&str> = essay
        .body
        .blocks
        .iter()
        .map(|&end| &essay.body.html[std::mem::replace(&mut start, end as usize)..end as usize])
        .collect();
    assert!(html[1].starts_with("<p>文") && html[1].ends_with("</p>\n"), "{html:?}");
    assert_eq!((html[2], html[3]), ("", "<hr />\n\n"), "{html:?}");
    assert!(
        html[4].starts_with("<ul>") && essay.body.html[start..].starts_with("<section class=\"footnotes\"")
    );
}

#[test]
fn places_are_those_of_the_file() {
    let text = "---\ntitle: 月\n---\n**强。**后 [甲](b.md) 和\n\n![](图 1.png)\n";
    let essay = essay(text);
    let spans: Vec<&str> =
        essay.body.holes.iter().map(|hole| &text[hole.span.start as usize..hole.span.end as usize]).collect();
    assert_eq!(spans, ["[甲](b.md)", "![](图 1.png)"]);
}

#[test]
fn what_has_no_title_is_called_like_its_file_or_folder() {
    let parser = parser(|_| {});
    for (path, title) in [
        ("content/月亮.md", "月亮"),
        ("content/旅行/index.en.md", "旅行"),
        ("content/随笔/旧作/_index.md", "旧作"),
        ("content/_index.md", ""),
    ] {
        assert_eq!(&*parser.parse(path, b"", &|_, _| None).card.title, title, "{path}");
    }
}

#[test]
fn problems_have_places() {
    for (text, code, line, column) in [
        ("文\n\n[待译]()", "empty-link", 3, 1),
        ("文\n[号](javascript:void(0);)", "script-link", 2, 1),
        ("文 <Switch> 文", "unknown-element", 1, 3),
        ("**强。**后\n{% <note> %}\n文", "component-nesting", 2, 1),
        ("文 {% </note> %}", "component-nesting", 1, 3),
        ("文\n{{ <x y=z /> }}", "component-syntax", 2, 1),
        ("文\n\n[^1]: 注", "footnote-unused", 3, 1),
        ("文[^1]\n\n[^1]: 注\n[^1]: 又", "footnote-twice", 4, 1),
        ("文\n\n- 甲\n  ::: tip\n  乙\n\n丙", "container-nesting", 4, 3),
        ("文\n:::\n", "container-nesting", 2, 1),
        ("文 {漢字|かん|じ} {漢字|かん|じ|x}", "ruby-readings", 1, 13),
        ("文 ![图](a.png)\n![](b.png)\n\n![ ](c.png)", "no-description", 2, 1),
    ] {
        let essay = essay(text);
        let found = essay.diagnostics.iter().find(|diagnostic| diagnostic.code == code);
        let place =
            found.and_then(|diagnostic| diagnostic.place.as_ref()).map(|place| (place.line, place.column));
        assert_eq!(place, Some((line, column)), "{text}: {:?}", essay.diagnostics);
    }
    assert!(essay("`{{ <x y=z /> }}` `<Switch>`\n\n    {{ <x y=z /> }}").diagnostics.is_empty());
    let many = essay(&"<X>文\n\n".repeat(500)).diagnostics;
    assert_eq!(many.len(), 101);
    assert!(many.iter().all(|diagnostic| diagnostic.severity == Severity::Warning));
}

#[test]
fn a_plugin_may_change_the_text() {
    let essay = parser(|_| {})
        .parse("content/a.en.md", b"# T\n\nabc", &|lang, text| Some(text.replace("abc", lang.as_str())));
    assert_eq!(essay.body.html, "<p>en</p>\n");
}
