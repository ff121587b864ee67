//! What is written and what becomes of it: the language of essays, one rule a table.
//!
//! Holes are shown filled: an address as written, a picture as `<img>`, a component as `⟦name⟧…⟦/name⟧`.

mod site;

use site::{check_with, fill, html, lang, parser};

/// Checks rows of Markdown and HTML in Chinese; a last line end may be left out.
fn check(rows: &[(&str, &str)]) {
    check_in("zh", rows);
}

fn check_in(tag: &str, rows: &[(&str, &str)]) {
    check_with(&parser(|_| {}), tag, rows);
}

#[test]
fn emphasis_beside_chinese() {
    check(&[
        ("**强调。**后文", "<p><strong>强调。</strong>后文</p>"),
        ("***真的以为。***后文", "<p><em><strong>真的以为。</strong></em>后文</p>"),
        ("**“**大模型！**”**", "<p><strong>“</strong>大模型！<strong>”</strong></p>"),
        ("***技术领先性。\\***", "<p>*<strong>技术领先性。*</strong></p>"),
        ("**「产品经理」**的", "<p><strong>「产品经理」</strong>的</p>"),
        ("这是**“强调”**的", "<p>这是<strong>“强调”</strong>的</p>"),
        ("1. **（二）**说明", "<ol>\n<li><strong>（二）</strong>说明</li>\n</ol>"),
        ("*强调。*后", "<p><em>强调</em>。后</p>"),
        ("~~删除。~~后", "<p><del>删除。</del>后</p>"),
        ("__强调。__后", "<p>__强调。__后</p>"),
        ("字**_中_**字", "<p>字<strong><em>中</em></strong>字</p>"),
        ("他**，**她", "<p>他<strong>，</strong>她</p>"),
        (
            "`code`**粗。**后 [链。](https://a.b)**「x」**后",
            "<p><code>code</code><strong>粗。</strong>后 <a href=\"https://a.b\">链。</a><strong>「x」</strong>后</p>",
        ),
        (
            "[**强。**后](https://a.b/字**。**)",
            "<p><a href=\"https://a.b/%E5%AD%97**%E3%80%82**\"><strong>强。</strong>后</a></p>",
        ),
        ("```\n**强。**后\n```", "<pre><code>**强。**后\n</code></pre>"),
        ("`**强。**后`", "<p><code>**强。**后</code></p>"),
        (
            "|甲|**「乙」**丙|\n|-|-|\n|**丁。**戊|己|",
            "<table><thead><tr><th>甲</th><th><strong>「乙」</strong>丙</th></tr></thead><tbody>\n<tr><td><strong>丁。</strong>戊</td><td>己</td></tr>\n</tbody></table>",
        ),
    ]);
}

#[test]
fn emphasis_elsewhere_is_that_of_commonmark() {
    let stock = |text: &str| {
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::ENABLE_STRIKETHROUGH),
        );
        html
    };
    let parser = parser(|_| {});
    for text in [
        "**bold.**tail",
        "a**(b)**c",
        "*a*b",
        "snake_case_word",
        "2*3*4",
        "_a_ __b__ ***c***",
        "***a** b*",
        "> *a\n> b*\n\n- x\n- y\n\n1. z\n\n***\n\n    code\n",
        "a  \nb\\\nc",
        "&amp; &copy; <b>x</b> <!-- c -->",
        "![a *b*](https://x.y/a.png)".trim_start_matches('!'),
        "<div>\nx\n</div>\n\ny",
        "2. a\n\n   b\n3. c",
    ] {
        assert_eq!(html(&parser, "en", text), stock(text));
    }
}

#[test]
fn tildes() {
    check(&[
        ("3元~5元，约10元~20元", "<p>3元~5元，约10元~20元</p>"),
        ("a ~b~ c ~~d~~", "<p>a ~b~ c <del>d</del></p>"),
        ("~~甲~乙~~", "<p><del>甲~乙</del></p>"),
    ]);
}

#[test]
fn line_breaks() {
    check(&[
        ("第一行\n第二行", "<p>第一行第二行</p>"),
        ("第一行，\n**第二**行", "<p>第一行，<strong>第二</strong>行</p>"),
        ("**第一行**\n第二行", "<p><strong>第一行</strong>第二行</p>"),
        ("见[此\n处](https://a.b)\n后", "<p>见<a href=\"https://a.b\">此处</a>后</p>"),
        ("他说\n“好”\n然后", "<p>他说“好”然后</p>"),
        (
            "“好。”\n“**走……**”\n——“走。”\nHe: “a”\n“b”",
            "<p>“好。”“<strong>走……</strong>”——“走。”\nHe: “a”\n“b”</p>",
        ),
        ("用 `代码`\n后", "<p>用 <code>代码</code>后</p>"),
        ("中文\nEnglish\n中文", "<p>中文\nEnglish\n中文</p>"),
        ("one\ntwo\n**three**", "<p>one\ntwo\n<strong>three</strong></p>"),
        ("한국\n어", "<p>한국\n어</p>"),
        ("ひら\nカナ\r\n漢", "<p>ひらカナ漢</p>"),
        ("> 引用\n> 续行\n懒行", "<blockquote>\n<p>引用续行懒行</p>\n</blockquote>"),
        ("硬  \n换行", "<p>硬<br />\n换行</p>"),
        (
            "注[^1]\n后\n\n[^1]: 一\n  二",
            "<p>注<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\" aria-label=\"脚注 1\">1</a></sup>后</p>\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"脚注\">\n<ol>\n<li id=\"fn-1\">\n<p>一二 <a href=\"#fnref-1\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"回到正文，脚注 1\">↩\u{FE0E}</a></p>\n</li>\n</ol>\n</section>",
        ),
    ]);
    let keep = parser(|config| config.markdown.soft_breaks = fika_model::SoftBreaks::Keep);
    assert_eq!(html(&keep, "zh", "第一行\n第二行"), "<p>第一行\n第二行</p>\n");
}

#[test]
fn bare_addresses() {
    let a = |address: &str| format!("<a href=\"{address}\">{address}</a>");
    let rows: Vec<(&str, String)> = vec![
        ("见https://a.b/c，不过", format!("<p>见{}，不过</p>", a("https://a.b/c"))),
        (
            "www.a.b/?u=http://$c",
            "<p><a href=\"http://www.a.b/?u=http://$c\">www.a.b/?u=http://$c</a></p>".to_owned(),
        ),
        ("www.a.b/@c", "<p><a href=\"http://www.a.b/@c\">www.a.b/@c</a></p>".to_owned()),
        ("https://a.b/plug.vim，那", format!("<p>{}，那</p>", a("https://a.b/plug.vim"))),
        ("https://a.b/foo这个", format!("<p>{}这个</p>", a("https://a.b/foo"))),
        ("（https://a.b/c）", format!("<p>（{}）</p>", a("https://a.b/c"))),
        (
            "(https://a.b/c_(d)). https://a.b/.",
            format!("<p>({}). {}.</p>", a("https://a.b/c_(d)"), a("https://a.b/")),
        ),
        ("https://a.b/a_b_c*d*e", format!("<p>{}</p>", a("https://a.b/a_b_c*d*e"))),
        ("**https://a.b/c**", format!("<p><strong>{}</strong></p>", a("https://a.b/c"))),
        ("**见 https://a.b/c。**后", format!("<p><strong>见 {}。</strong>后</p>", a("https://a.b/c"))),
        ("https://a.b/_c d_ e", format!("<p>{} d_ e</p>", a("https://a.b/_c"))),
        (
            "https://a.b?x=1&y=2&amp;z",
            "<p><a href=\"https://a.b?x=1&amp;y=2&amp;z\">https://a.b?x=1&amp;y=2&amp;z</a></p>".into(),
        ),
        (
            "www.a.b 和 ftp://x.y/z",
            format!("<p><a href=\"http://www.a.b\">www.a.b</a> 和 {}</p>", a("ftp://x.y/z")),
        ),
        (
            "信寄a_b+c@d-e.fg，谢谢",
            "<p>信寄<a href=\"mailto:a_b+c@d-e.fg\">a_b+c@d-e.fg</a>，谢谢</p>".into(),
        ),
        (
            "信x@y，信x@y.z-，@me，a@b@c.d，`x@y.z`",
            "<p>信x@y，信x@y.z-，@me，a@<a href=\"mailto:b@c.d\">b@c.d</a>，<code>x@y.z</code></p>".into(),
        ),
        ("https://u:p@a.b/c", format!("<p>{}</p>", a("https://u:p@a.b/c"))),
        (
            "[https://a.b](https://c.d) `https://e.f` <https://g.h>",
            format!(
                "<p><a href=\"https://c.d\">https://a.b</a> <code>https://e.f</code> {}</p>",
                a("https://g.h")
            ),
        ),
        ("<a href=\"https://a.b\">https://a.b</a>", "<p><a href=\"https://a.b\">https://a.b</a></p>".into()),
        ("ahttps://a.b，http:// https://", "<p>ahttps://a.b，http:// https://</p>".into()),
        (
            "|https://a.b|\n|-|\n|https://c.d|",
            format!(
                "<table><thead><tr><th>{}</th></tr></thead><tbody>\n<tr><td>{}</td></tr>\n</tbody></table>",
                a("https://a.b"),
                a("https://c.d")
            ),
        ),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(text, want)| (*text, want.as_str())).collect();
    let plain = parser(|config| config.markdown.typography = fika_model::Typography::NONE);
    check_with(&plain, "zh", &rows);
}

#[test]
fn links_and_pictures() {
    check(&[
        ("[甲](../b.md#h \"题\")", "<p><a href=\"../b.md#h\" title=\"题\">甲</a></p>"),
        ("[[产品]] [[a#锚|显示]]", "<p><a href=\"wiki:产品\">产品</a> <a href=\"wiki:a#锚\">显示</a></p>"),
        ("[待译]()", "<p><a>待译</a></p>"),
        ("[*号*](javascript:void(0); \"题\")后", "<p><em>号</em>后</p>"),
        (
            "[一](JavaScript:;)[二](<java&#10;script:a>)[三](vbscript:a)[四][d]\n\n[d]: data:text/html,a",
            "<p>一二三四</p>",
        ),
        (
            "<javascript:a> **[甲](javascript:a)[乙](b.md)**",
            "<p>javascript:a <strong>甲<a href=\"b.md\">乙</a></strong></p>",
        ),
        (
            "[图](data:image/png;base64,AA) [甲](javascript.md)",
            "<p><a href=\"data:image/png;base64,AA\">图</a> <a href=\"javascript.md\">甲</a></p>",
        ),
        ("![图 *一*](a.jpg \"说明\")", "<img src=\"a.jpg\" alt=\"图 一\" title=\"说明\" figure first>"),
        (
            "文 ![图](a.jpg) ![](b.jpg)",
            "<p>文 <img src=\"a.jpg\" alt=\"图\" first> <img src=\"b.jpg\" alt=\"\"></p>",
        ),
        (
            "![](图 1.png)\n\n[文](a (7).md \"题\") `![](图 1.png)`",
            "<img src=\"图 1.png\" alt=\"\" figure first>\n<p><a href=\"a (7).md\" title=\"题\">文</a> <code>![](图 1.png)</code></p>",
        ),
        ("[![图](a b.png)](c d.md)", "<p><a href=\"c d.md\"><img src=\"a b.png\" alt=\"图\" first></a></p>"),
        ("![[图.png]]", "<img src=\"图.png\" alt=\"\" figure first>"),
        ("[甲][r]\n\n[r]: C:\\a.png", "<p><a href=\"C:\\a.png\">甲</a></p>"),
        ("[这里]（https://a.b）", "<p>[这里]（<a href=\"https://a.b\">https://a.b</a>）</p>"),
        ("<a@b.c>", "<p><a href=\"mailto:a@b.c\">a@b.c</a></p>"),
    ]);
    let blank = parser(|config| config.markdown.external_links_target_blank = true);
    assert_eq!(
        html(&blank, "en", "[x](https://a.b)"),
        "<p><a href=\"https://a.b\" target=\"_blank\" rel=\"noopener\">x</a></p>\n"
    );
}

#[test]
fn raw_html() {
    check(&[
        ("<img src='a.png' alt=x>", "<img src=\"a.png\" alt=x>"),
        ("文 <a id=k href=b.md>x</a>", "<p>文 <a id=k href=\"b.md\">x</a></p>"),
        ("<div>\n<img\n src=\"a&amp;b.png\">\n</div>", "<div>\n<img\n src=\"a&b.png\">\n</div>"),
        ("<img src=\"https://a.b/c.png\">", "<img src=\"https://a.b/c.png\">"),
        ("### <Router> 改名", "<h3 id=\"router-改名\">&lt;Router&gt; 改名</h3>"),
        ("Vec<String> 和 <my-tag>x</my-tag>", "<p>Vec&lt;String&gt; 和 <my-tag>x</my-tag></p>"),
        ("<Outlet>\n文", "<p>&lt;Outlet&gt;\n文</p>"),
        ("<!-- 注 -->\n\n文 <!-- c --> 文", "<!-- 注 -->\n<p>文 <!-- c --> 文</p>"),
        ("<script>\nlet a = '<img src=x>';\n</script>", "<script>\nlet a = '<img src=x>';\n</script>"),
        ("`Vec<T>` &lt;T&gt;", "<p><code>Vec&lt;T&gt;</code> &lt;T&gt;</p>"),
    ]);
}

#[test]
fn components() {
    check(&[
        (
            "{{ <figure src=\"月*.jpg*\" n={3} big /> }}",
            "⟦figure src=Str(\"月*.jpg*\") n=Int(3) big=Bool(true)⟧",
        ),
        ("文 {{ <x /> }} 文", "<p>文 ⟦x⟧ 文</p>"),
        ("{{ <x /> }} 文", "<p>⟦x⟧ 文</p>"),
        (
            "{% <note> %}\n甲 *乙*\n- 丙\n{% </note> %}\n丁",
            "⟦note⟧\n<p>甲 <em>乙</em></p>\n<ul>\n<li>丙</li>\n</ul>\n⟦/note⟧\n<p>丁</p>",
        ),
        ("{% <note> %}短{% </note> %}", "⟦note⟧短⟦/note⟧"),
        ("甲{% <a> %}乙{% <b> %}丙{% </b> %}{% </a> %}", "<p>甲⟦a⟧乙⟦b⟧丙⟦/b⟧⟦/a⟧</p>"),
        (
            "> {% <note> %}\n> 文\n> {% </note> %}\n",
            "<blockquote>\n⟦note⟧\n<p>文</p>\n⟦/note⟧\n</blockquote>",
        ),
        ("- 项\n\n  {{ <x /> }}\n", "<ul>\n<li>\n<p>项</p>\n⟦x⟧\n</li>\n</ul>"),
        ("<div>\n{{ <x /> }}\n</div>", "<div>\n⟦x⟧\n</div>"),
        (
            "`{{ <x /> }}` {{ msg }} {% raw %} {{< figure >}}",
            "<p><code>{{ &lt;x /&gt; }}</code> {{ msg }} {% raw %} {{&lt; figure &gt;}}</p>",
        ),
        (
            "```\n{{ <x /> }}\n<!-- more -->\n```",
            "<pre><code>{{ &lt;x /&gt; }}\n&lt;!-- more --&gt;\n</code></pre>",
        ),
        ("    {{ <x /> }}\n", "<pre><code>{{ &lt;x /&gt; }}\n</code></pre>"),
        (
            "`` a\n{{ <x b=\"`\" /> }} ``",
            "<p><code>a {{ &lt;x b=&quot;`&quot; /&gt; }}</code></p>".replace("&quot;", "\"").as_str(),
        ),
    ]);
}

#[test]
fn blocks_of_gfm_and_beyond() {
    check(&[
        (
            "- [x] 完\n- [ ] 未",
            "<ul>\n<li><input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n完</li>\n<li><input disabled=\"\" type=\"checkbox\"/>\n未</li>\n</ul>",
        ),
        (
            "|甲|乙|\n|:-|-:|\n|一|二|",
            "<table><thead><tr><th style=\"text-align: left\">甲</th><th style=\"text-align: right\">乙</th></tr></thead><tbody>\n<tr><td style=\"text-align: left\">一</td><td style=\"text-align: right\">二</td></tr>\n</tbody></table>",
        ),
        ("术语\n: 定义", "<dl>\n<dt>术语</dt>\n<dd>定义</dd>\n</dl>"),
        (
            "> [!WARNING]\n> 小心",
            "<aside class=\"alert alert-warning\" data-kind=\"warning\">\n<p class=\"alert-title\">⟨alert-warning⟩</p>\n<p>小心</p>\n</aside>",
        ),
        ("1、甲\n2、乙", "<p>1、甲\n2、乙</p>"),
        (
            "```js lib/月.js\n<b>\n```",
            "<figure class=\"listing\">\n<figcaption>lib/月.js</figcaption>\n<pre><code class=\"language-js\" data-lang=\"js\">&lt;b&gt;\n</code></pre>\n</figure>",
        ),
        (
            "```rust,linenos,hl_lines=2-3\nlet a = \"<b>\";\n```",
            "<pre><code class=\"language-rust\" data-lang=\"rust\">let a = \"&lt;b&gt;\";\n</code></pre>",
        ),
        ("$a_1$ 和 $5", "<p>$a_1$ 和 $5</p>"),
    ]);
    check_in(
        "en",
        &[(
            "> [!note]\n> x",
            "<aside class=\"alert alert-note\" data-kind=\"note\">\n<p class=\"alert-title\">⟨alert-note⟩</p>\n<p>x</p>\n</aside>",
        )],
    );
}

#[test]
fn headings() {
    check(&[
        (
            "## 安装 与 Use\n\n## 安装 与 Use",
            "<h2 id=\"安装-与-use\">安装 与 Use</h2>\n<h2 id=\"安装-与-use-1\">安装 与 Use</h2>",
        ),
        ("## 甲 {#b .c}", "<h2 id=\"b\" class=\"c\">甲</h2>"),
        ("## 甲 {任意}", "<h2 id=\"甲-任意\">甲 {任意}</h2>"),
        ("## 甲{#乙 丙}", "<h2 id=\"甲乙-丙\">甲{#乙 丙}</h2>"),
        ("## **强。**后 `x`", "<h2 id=\"强后-x\"><strong>强。</strong>后 <code>x</code></h2>"),
        ("？！\n---", "<h2 id=\"section\">？！</h2>"),
        ("##标题", "<p>##标题</p>"),
    ]);
}

#[test]
fn math_is_left_to_a_plugin_and_prices_are_text() {
    let math = parser(|config| config.markdown.math = true);
    for (text, want) in [
        ("$a_1*b*c$", "<p><code class=\"math math-inline\">a_1*b*c</code></p>\n"),
        ("$$\nx<y\n$$", "<p><code class=\"math math-display\">\nx&lt;y\n</code></p>\n"),
        ("$`a`$", "<p><code class=\"math math-inline\">a</code></p>\n"),
        (
            "```math\na<b\n```",
            "<pre><code class=\"language-math math math-display\" data-lang=\"math\">a&lt;b\n</code></pre>\n",
        ),
        ("价格$5和$6", "<p>价格$5和$6</p>\n"),
        ("US$100 到 $200，或NT$3和$4。", "<p>US$100 到 $200，或NT$3和$4。</p>\n"),
        ("花了$5，找回$的零头", "<p>花了$5，找回$的零头</p>\n"),
        (
            "**定价 $5，**公式 $x$，`$5，$`",
            "<p><strong>定价 $5，</strong>公式 <code class=\"math math-inline\">x</code>，<code>$5，$</code></p>\n",
        ),
    ] {
        assert_eq!(html(&math, "zh", text), want);
    }
}

/// What a plugin is given: the tags around each block, its text as written, and what it is.
#[test]
fn blocks_are_where_they_are_said_to_be() {
    let math = parser(|config| config.markdown.math = true);
    let text = "> 甲\n乙 $a<b$[^n]\n\n## 题 $x$\n\n```rust,linenos\na && \"b\"\n```\n\n    plain\n\n[^n]: 注 $$y>z$$\n";
    let body = math.markdown(&lang("zh"), text);
    let blocks: Vec<_> =
        body.verbatims().map(|placed| (placed.open, placed.text().into_owned(), placed.close)).collect();
    let inline = "<code class=\"math math-inline\">";
    assert_eq!(
        blocks,
        [
            (inline, "a<b".into(), "</code>"),
            (inline, "x".into(), "</code>"),
            (
                "<pre><code class=\"language-rust\" data-lang=\"rust\">",
                "a && \"b\"\n".into(),
                "</code></pre>"
            ),
            ("<code class=\"math math-display\">", "y>z".into(), "</code>"),
        ]
    );
    let made = body.with_verbatims(|placed| Some(format!("⟦{}⟧", placed.inner).into()));
    assert!(
        made.verbatims().all(|placed| placed.verbatim.made == Some(format!("⟦{}⟧", placed.inner).into()))
    );
}

#[test]
fn smart_punctuation_is_for_western_text() {
    let smart = parser(|config| config.markdown.smart_punctuation = true);
    assert_eq!(html(&smart, "en", "\"a\" -- it's..."), "<p>“a” – it’s…</p>\n");
    for (text, want) in [
        ("He wrote \"中文\" and '中' it's 中's", "He wrote “中文” and ‘中’ it’s 中’s"),
        ("他说\"你好\"吧，中\"x\"中 \"a\"中", "他说“你好”吧，中“x”中 “a”中"),
        ("中'文'中", "中'文'中"),
        ("He is 5'10\" tall, \"a\" b", "He is 5’10” tall, “a” b"),
        ("他说\"你好\"，(see\"hello\"), x\"a\". y", "他说“你好”，(see“hello”), x“a”. y"),
    ] {
        assert_eq!(html(&smart, "en", text), format!("<p>{want}</p>\n"));
    }
    assert_eq!(html(&smart, "zh", "说\"你好\"，it's"), "<p>说\"你好\"，it's</p>\n");
}

#[test]
fn commonmark_alone() {
    let plain = parser(|config| config.markdown.commonmark = true);
    assert_eq!(
        html(&plain, "zh", "## 甲\n\n**强。**后\n乙 [x](y.md)"),
        "<h2>甲</h2>\n<p>**强。**后\n乙 <a href=\"y.md\">x</a></p>\n"
    );
}

#[test]
fn no_control_character_reaches_the_html() {
    let parser = parser(|_| {});
    let got = fill(&parser.markdown(
        &lang("zh"),
        "60%\u{8}其余&#8;`a\u{1}b` <b title=\"\u{2}\"> [x](\u{3}y) ![\u{4}](z)\n\n```\n\u{5}\n```",
    ));
    assert!(!got.chars().any(|c| c.is_control() && c != '\n'), "{got:?}");
}

/// What begins like a component and cannot be read is text, also where its name is that of an element.
#[test]
fn a_broken_component_is_text() {
    let parser = parser(|_| {});
    for (text, want) in [
        ("{{ <figure src=\"a.png\" alt=图 /> }}", "<p>{{ &lt;figure src=\"a.png\" alt=图 /&gt; }}</p>\n"),
        ("前 {{ <video src=x /> }} <b>后</b>", "<p>前 {{ &lt;video src=x /&gt; }} <b>后</b></p>\n"),
        ("{% <div x=y> %}", "<p>{% &lt;div x=y&gt; %}</p>\n"),
        (
            "<div>\n{{ <figure src=x alt=图 /> }}<b>甲</b>\n</div>",
            "<div>\n{{ &lt;figure src=x alt=图 /> }}<b>甲</b>\n</div>",
        ),
    ] {
        assert_eq!(html(&parser, "en", text), want, "{text}");
    }
}

#[test]
fn pictures_of_a_srcset_are_holes() {
    let parser = parser(|_| {});
    let body = parser.markdown(
        &lang("zh"),
        "<img src=p.svg srcset='p.svg 2x, https://x.y/a?b&amp;c 3x,q.svg'> <video poster=r.png></video>\n\n\
         <picture>\n<source srcset=s.webp><img src=\"t.png\"></picture>",
    );
    assert_eq!(
        fill(&body),
        "<p><img src=\"p.svg\" srcset=\"p.svg 2x, https://x.y/a?b&amp;c 3x,q.svg\"> <video poster=\"r.png\"></video></p>\n\
         <picture>\n<source srcset=\"s.webp\"><img src=\"t.png\"></picture>"
    );
    assert_eq!(body.holes.len(), 6);
}
