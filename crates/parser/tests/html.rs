//! Raw HTML in an essay: what is meant stays, what would break the page around it is text or ends with what it stands in, and is reported.

mod site;

use site::{check_with, essay, parser, problems};

fn check(rows: &[(&str, &str)]) {
    check_with(&parser(|config| config.markdown.mark = true), "zh", rows);
}

/// What a browser would take the rest of the page for, or end the page's own elements with.
#[test]
fn html_that_swallows_the_page_is_text() {
    check(&[
        ("说到 <title> 标签。", "<p>说到 &lt;title&gt; 标签。</p>"),
        ("说到 <TextArea> 和 <select> 标签。", "<p>说到 &lt;TextArea&gt; 和 &lt;select&gt; 标签。</p>"),
        ("说到 <script> 和 `</script>`。", "<p>说到 &lt;script&gt; 和 <code>&lt;/script&gt;</code>。</p>"),
        ("选 <select><option>甲</option></select> 吧", "<p>选 <select><option>甲</option></select> 吧</p>"),
        ("<plaintext>\n甲", "&lt;plaintext>\n甲"),
        ("<xmp>\n甲\n\n乙", "&lt;xmp>\n甲\n<p>乙</p>"),
        ("<select>\n\n甲\n\n</select>", "<select>\n<p>甲</p>\n</select>"),
        ("甲\n\n<!-- 没完\n\n乙", "<p>甲</p>\n&lt;!-- 没完\n\n乙"),
        ("<script>\nlet a;\n\n乙", "&lt;script>\nlet a;\n\n乙"),
        ("<style>\nb {}\n</style>\n乙", "<style>\nb {}\n</style>\n<p>乙</p>"),
        ("甲</div>乙</ARTICLE>丙", "<p>甲&lt;/div>乙&lt;/ARTICLE>丙</p>"),
        ("甲\n\n</main>\n\n乙", "<p>甲</p>\n&lt;/main>\n<p>乙</p>"),
        ("<div>\n\n甲\n\n</div>\n\n</div>", "<div>\n<p>甲</p>\n</div>\n&lt;/div>"),
        ("<!-->\n甲", "<!-->\n<p>甲</p>"),
    ]);
    assert_eq!(problems("说到 <title> 和\n<iframe>。"), ["unclosed-element 1:4", "unclosed-element 2:1"]);
    assert_eq!(problems("甲\n\n<!-- 没完\n\n乙"), ["unclosed-element 3:1"]);
    assert_eq!(
        problems("<video src=\"https://a.b/c.mp4\">\n\n乙\n\n<details>\n<summary>丙</summary>\n\n丁"),
        ["unclosed-element 1:1", "unclosed-element 5:1"]
    );
    assert_eq!(
        problems("<details>\n<summary>丙</summary>\n\n丁\n\n</details>\n\n- <details>戊</details>"),
        [""; 0]
    );
    assert_eq!(problems("<div>\n<style>\nb\n\n乙\n\n</div>"), ["unclosed-element 2:1"]);
    assert_eq!(problems("甲</div>乙\n\n</main>"), ["stray-end-tag 1:2", "stray-end-tag 3:1"]);
    assert_eq!(
        problems("<div class=a>甲</div><section>\n\n乙\n\n</section> <svg><title>甲</title></svg>"),
        [""; 0]
    );
}

/// What a browser would go on with in all that follows, the foot of the page too. It may begin in one block and end in another.
#[test]
fn html_that_spreads_over_the_page_is_text() {
    check(&[
        ("说到 <b> 标签。\n\n乙", "<p>说到 &lt;b&gt; 标签。</p>\n<p>乙</p>"),
        ("甲<font>乙\n\n丙", "<p>甲&lt;font&gt;乙</p>\n<p>丙</p>"),
        ("<font color=red>\n\n甲\n\n乙</font>", "<font color=red>\n<p>甲</p>\n<p>乙</font></p>"),
        ("<div><b>甲</div>\n\n乙</body>", "<div>&lt;b>甲</div>\n<p>乙&lt;/body></p>"),
        ("<b>甲</b>和<a name=x>乙", "<p><b>甲</b>和<a name=x>乙</a></p>"),
    ]);
    assert_eq!(problems("<i>甲</i>\n\n<i>乙</in>"), ["unclosed-element 3:1", "unknown-element 3:5"]);
}

/// An element that keeps what follows to itself ends, at the latest, where what it stands in does: the page around the essay stays whole.
#[test]
fn elements_without_an_end_end_with_what_they_stand_in() {
    check(&[
        ("<div align=center>\n\n甲\n\n乙", "<div align=center>\n<p>甲</p>\n<p>乙</p>\n</div>"),
        (
            "<section><div class=a>\n甲\n</section>\n\n乙",
            "<section><div class=a>\n甲\n</div>\n</section>\n<p>乙</p>",
        ),
        ("<section>\n\n<div>\n\n甲", "<section>\n<div>\n<p>甲</p>\n</div>\n</section>"),
        ("- <div>甲\n- 乙</div>", "<ul>\n<li><div>甲\n</div>\n</li>\n<li>乙&lt;/div></li>\n</ul>"),
        (
            "> <div class=a>\n>\n> 甲\n\n乙",
            "<blockquote>\n<div class=a>\n<p>甲</p>\n</div>\n</blockquote>\n<p>乙</p>",
        ),
        (
            "::: note\n<div class=a>\n:::\n\n乙",
            "<aside class=\"alert alert-note\" data-kind=\"note\">\n<p class=\"alert-title\">⟨alert-note⟩</p>\n<div class=a>\n</div>\n</aside>\n<p>乙</p>",
        ),
        (
            "{% <note> %}\n<div class=a>\n{% </note> %}\n\n乙</div>",
            "⟦note⟧\n<div class=a>\n</div>\n⟦/note⟧\n<p>乙&lt;/div></p>",
        ),
        ("甲<div id=x>乙\n\n丙</div>", "<p>甲<div id=x>乙</p>\n<p>丙</div></p>"),
        ("<table><tr><td>甲\n\n乙", "<table><tr><td>甲\n<p>乙</p>\n</table>"),
        ("<section>\n<table><tr><td>甲</section>乙", "<section>\n<table><tr><td>甲</table></section>乙"),
        ("甲</table>\n\n<body>\n\n乙", "<p>甲</table></p>\n<body>\n<p>乙</p>"),
    ]);
    assert_eq!(problems("<div>\n\n甲\n\n- <nav id=a>乙\n"), ["unclosed-element 5:3", "unclosed-element 1:1"]);
    assert_eq!(
        problems(
            "<div>\n\n<div align=center>\n甲\n</div>\n\n</div>\n\n<table>\n<tr><td>乙</td></tr>\n</table>"
        ),
        [""; 0]
    );
}

/// What is said about HTML is there to be read.
#[test]
fn words_about_html_are_text() {
    check(&[
        ("包在 <span> 标记里，或者 <DIV>。", "<p>包在 &lt;span&gt; 标记里，或者 &lt;DIV&gt;。</p>"),
        ("写在 <head> 和 </head> 之间", "<p>写在 &lt;head&gt; 和 &lt;/head> 之间</p>"),
        ("改 <h2> 和 `</h2>`", "<p>改 &lt;h2&gt; 和 <code>&lt;/h2&gt;</code></p>"),
        ("甲<p>乙<br>丙<li>丁", "<p>甲<p>乙<br>丙<li>丁</p>"),
        ("<span id=\"x\">甲", "<p><span id=\"x\">甲</p>"),
        ("<sup>甲</sup>和<span>乙\n\n丙</span>", "<p><sup>甲</sup>和<span>乙</p>\n<p>丙</span></p>"),
    ]);
    assert_eq!(problems("包在 <span> 里\n和 <body> 里"), ["unclosed-element 1:4", "page-element 2:3"]);
    assert_eq!(problems("<h1>题</h1>\n\n甲 <kbd>乙</kbd> <img> <p> 丙"), [""; 0]);
}

/// Punctuation is left out of emphasis where that tears no element of raw HTML apart.
#[test]
fn emphasis_with_raw_html_nests() {
    check(&[
        ("*甲<u>乙。丙</u>丁。戊*", "<p><em>甲<u>乙。丙</u>丁</em>。<em>戊</em></p>"),
        ("<u>甲*乙。丙*丁</u>", "<p><u>甲<em>乙</em>。<em>丙</em>丁</u></p>"),
        ("*甲<br>乙。丙*", "<p><em>甲<br>乙</em>。<em>丙</em></p>"),
        ("*<u>。</u>*", "<p><em><u>。</u></em></p>"),
        ("*（**重点**）*", "<p>（<em><strong>重点</strong></em>）</p>"),
        ("*甲<!-- 注 -->。乙*", "<p><em>甲<!-- 注 --></em>。<em>乙</em></p>"),
    ]);
}

/// A browser would go on with it behind the essay, and no bare address behind it would become a link.
#[test]
fn an_anchor_without_an_end_ends_with_its_block() {
    check(&[
        (
            "<a name=\"x\"/>文 https://a.b\n\nhttps://c.d",
            "<p><a name=\"x\"/></a>文 <a href=\"https://a.b\">https://a.b</a></p>\n<p><a href=\"https://c.d\">https://c.d</a></p>",
        ),
        ("- <a id=k>甲\n- 乙", "<ul>\n<li><a id=k>甲</a></li>\n<li>乙</li>\n</ul>"),
        ("<div><a id=k>甲</div>\n\n`</a>`", "<div><a id=k>甲</div>\n</a>\n<p><code>&lt;/a&gt;</code></p>"),
        ("## <a id=\"k\">题\n文", "<h2 id=\"题\"><a id=\"k\">题</a></h2>\n<p>文</p>"),
        (
            "> [!TIP] <a id=k>题\n> 文",
            "<aside class=\"alert alert-tip\" data-kind=\"tip\">\n<p class=\"alert-title\"><a id=k>题</a></p>\n<p>文</p>\n</aside>",
        ),
        // What is a place ends at once, unless an end stands there for it.
        (
            "<a name=\"y\"/>[丁](c.md)\n\n<a id=\"z\"/>戊</a>",
            "<p><a name=\"y\"/></a><a href=\"c.md\">丁</a></p>\n<p><a id=\"z\"/>戊</a></p>",
        ),
        (
            "<div>\n<a name=\"x\"/>甲<a name=\"y\" />\n</div>",
            "<div>\n<a name=\"x\"/></a>甲<a name=\"y\" /></a>\n</div>",
        ),
        ("甲<a href=\"https://a.b\">乙\n\n丙</a>", "<p>甲<a href=\"https://a.b\">乙</p>\n<p>丙</a></p>"),
    ]);
    assert_eq!(problems("<a href=\"b.md\">丙\n\n<a name=\"x\">丁"), ["unclosed-element 1:1"]);
}

/// Essays from elsewhere are often HTML.
#[test]
fn text_in_html_counts() {
    let counted = |text: &str| {
        let card = essay(text).card;
        (card.words.han, card.words.latin, card.summary_text.to_string())
    };
    assert_eq!(counted("<p>\n一二三。\n四五\n</p>"), (5, 0, "一二三。四五".into()));
    assert_eq!(
        counted("<div class=\"甲\"><!-- 乙 --><b>a</b>b &amp; c<p>丙</p></div>\n<style>丁 {}</style>"),
        (1, 2, "ab & c 丙".into())
    );
    assert_eq!(counted("<p>头</p>\n\n正文。"), (3, 0, "正文。".into()));
    assert_eq!(counted("<div><ruby>漢<rt>かん</rt></ruby></div>").0, 1);
    assert_eq!(counted(&format!("<p>{}</p>", "字".repeat(2000))).0, 2000);
    assert_eq!(counted("<div>{{ <n a=\"甲\" /> }}乙{漢|a}</div>").0, 2);
}
