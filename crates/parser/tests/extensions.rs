//! What fika reads beyond CommonMark and GFM: containers, ruby, marks, and the typography of Chinese pages.

mod site;

use site::{check_with, html, parser};

fn check(rows: &[(&str, &str)]) {
    check_in("zh", rows);
}

fn check_in(tag: &str, rows: &[(&str, &str)]) {
    check_with(&parser(|_| {}), tag, rows);
}

#[test]
fn containers() {
    let aside = |kind: &str, title: &str, body: &str| {
        format!(
            "<aside class=\"alert alert-{kind}\" data-kind=\"{kind}\">\n<p class=\"alert-title\">{title}</p>\n{body}</aside>"
        )
    };
    let rows: Vec<(&str, String)> = vec![
        ("::: tip\n甲\n:::\n乙", aside("tip", "⟨alert-tip⟩", "<p>甲</p>\n") + "\n<p>乙</p>"),
        (
            "前\n::: warning 请 *注意*\n- 甲\n- 乙\n:::",
            "<p>前</p>\n".to_owned()
                + &aside("warning", "请 <em>注意</em>", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n"),
        ),
        (
            ":::: info 外\n::: danger\n内\n:::\n::::",
            aside("info", "外", &(aside("danger", "⟨alert-danger⟩", "<p>内</p>\n") + "\n")),
        ),
        (
            "::: a\n::: b\n甲\n:::\n乙\n:::",
            "<div class=\"a\">\n<div class=\"b\">\n<p>甲</p>\n</div>\n<p>乙</p>\n</div>".into(),
        ),
        (
            "::: details 展开 {open}\n甲\n:::",
            "<details class=\"details\" open>\n<summary>展开</summary>\n<p>甲</p>\n</details>".into(),
        ),
        (
            "::: {.题记 #k lang=en}\nx\n:::",
            "<div class=\"题记\" id=\"k\" lang=\"en\">\n<p>x</p>\n</div>".into(),
        ),
        (
            "1. 甲\n\n   ::: tip\n   乙\n   :::\n\n2. 丙",
            format!(
                "<ol>\n<li>\n<p>甲</p>\n{}\n</li>\n<li>\n<p>丙</p>\n</li>\n</ol>",
                aside("tip", "⟨alert-tip⟩", "<p>乙</p>\n")
            ),
        ),
        (
            "> ::: tip\n> 甲\n\n乙",
            format!("<blockquote>\n{}\n</blockquote>\n<p>乙</p>", aside("tip", "⟨alert-tip⟩", "<p>甲</p>\n")),
        ),
        ("```\n::: tip\n:::\n```", "<pre><code>::: tip\n:::\n</code></pre>".into()),
        ("    ::: tip\n    :::", "<pre><code>::: tip\n:::</code></pre>".into()),
        ("甲\n    :::\n乙", "<p>甲\n:::\n乙</p>".into()),
        ("甲\n    ::: tip\n乙", "<p>甲\n::: tip\n乙</p>".into()),
        ("<div>\n::: tip\n</div>", "<div>\n::: tip\n</div>".into()),
        ("::: tip，然后\n\n甲 ::: tip", "<p>::: tip，然后</p>\n<p>甲 ::: tip</p>".into()),
        (":::", "<p>:::</p>".into()),
        (
            "{% <note> %}\n::: tip\n甲\n{% </note> %}\n:::\n{% </note> %}",
            format!("⟦note⟧\n{}\n⟦/note⟧", aside("tip", "⟨alert-tip⟩", "<p>甲</p>\n\n")),
        ),
        ("> [!TIP] 自己的 *标题*\n> 甲", aside("tip", "自己的 <em>标题</em>", "<p>甲</p>\n")),
        ("> [!tip]- 标题\n", aside("tip", "标题", "")),
        ("> [!todo] 标题", "<blockquote>\n<p>[!todo] 标题</p>\n</blockquote>".into()),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(text, want)| (*text, want.as_str())).collect();
    check(&rows);
}

#[test]
fn ruby() {
    let of = |base: &str, reading: &str| format!("{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp>");
    let rows: Vec<(&str, String)> = vec![
        ("读作{漢字|かんじ}。", format!("<p>读作<ruby>{}</ruby>。</p>", of("漢字", "かんじ"))),
        (
            "**{北京|Běi|jīng}**",
            format!("<p><strong><ruby>{}{}</ruby></strong></p>", of("北", "Běi"), of("京", "jīng")),
        ),
        ("## {月|つき}", format!("<h2 id=\"月\"><ruby>{}</ruby></h2>", of("月", "つき"))),
        (
            "|甲|\n|-|\n|{月|つき}|",
            format!(
                "<table><thead><tr><th>甲</th></tr></thead><tbody>\n<tr><td><ruby>{}</ruby></td></tr>\n</tbody></table>",
                of("月", "つき")
            ),
        ),
        ("第一行\n{月|つき}", format!("<p>第一行<ruby>{}</ruby></p>", of("月", "つき"))),
        ("![{月|つき}](a.png)", "<img src=\"a.png\" alt=\"月\" figure first>".into()),
        (
            "`{月|つき}` {任意} {a|b} \\{月|つき}",
            "<p><code>{月|つき}</code> {任意} {a|b} {月|つき}</p>".into(),
        ),
        ("<script>\nlet a = {月|1};\n</script>", "<script>\nlet a = {月|1};\n</script>".into()),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(text, want)| (*text, want.as_str())).collect();
    check(&rows);
}

#[test]
fn marks() {
    let mark = parser(|config| config.markdown.mark = true);
    for (text, want) in [
        ("==重点==和==“引”==后", "<p><mark>重点</mark>和<mark>“引”</mark>后</p>"),
        ("==甲 **乙** 丙==", "<p><mark>甲 <strong>乙</strong> 丙</mark></p>"),
        ("a == b，==没有合上", "<p>a == b，==没有合上</p>"),
        ("若a==b或c==d", "<p>若a==b或c==d</p>"),
        ("`a ==b==` ~~删~~ ==标==", "<p><code>a ==b==</code> <del>删</del> <mark>标</mark></p>"),
        ("==a ==b== c== d", "<p><mark>a <mark>b</mark> c</mark> d</p>"),
        (
            "==甲 ==乙== ~~丙 ~~丁~~ 戊~~==",
            "<p><mark>甲 <mark>乙</mark> <del>丙 <del>丁</del> 戊</del></mark></p>",
        ),
        ("==甲 ==乙== 丙", "<p>==甲 <mark>乙</mark> 丙</p>"),
        ("==甲==**==乙==**==丙==", "<p><mark>甲</mark><strong><mark>乙</mark></strong><mark>丙</mark></p>"),
        ("==甲**乙==丙**", "<p><mark>甲**乙</mark>丙**</p>"),
        ("~~甲==乙~~丙==", "<p><del>甲==乙</del>丙==</p>"),
        ("==甲~~乙==丙~~", "<p><mark>甲~~乙</mark>丙~~</p>"),
        ("==甲~~乙~~丙==丁", "<p><mark>甲<del>乙</del>丙</mark>丁</p>"),
        ("前~~甲==乙==丙~~", "<p>前<del>甲<mark>乙</mark>丙</del></p>"),
        ("==~~a~~== ~~==乙==~~", "<p><mark><del>a</del></mark> <del><mark>乙</mark></del></p>"),
        ("==a==~~b~~==丙==", "<p><mark>a</mark><del>b</del><mark>丙</mark></p>"),
        ("约~3个==甲==，~4 ==乙==~5", "<p>约~3个<mark>甲</mark>，~4 <mark>乙</mark>~5</p>"),
        (
            "==甲== 10\\~20，[乙](https://x.y/\\~me/)，\\~~丙~~",
            "<p><mark>甲</mark> 10~20，<a href=\"https://x.y/~me/\">乙</a>，~~丙~~</p>",
        ),
        (
            "字**==引==**字 ==**“引”**== **a==** b==",
            "<p>字<strong><mark>引</mark></strong>字 <mark><strong>“引”</strong></mark> <strong>a==</strong> b==</p>",
        ),
        (
            "|==甲==|\n|-|\n|~~==乙==~~|",
            "<table><thead><tr><th><mark>甲</mark></th></tr></thead><tbody>\n<tr><td><del><mark>乙</mark></del></td></tr>\n</tbody></table>",
        ),
        (
            "==https://a.b/~c== ==a https://a.b/c 乙==",
            "<p>==<a href=\"https://a.b/~c==\">https://a.b/~c==</a> <mark>a <a href=\"https://a.b/c\">https://a.b/c</a> 乙</mark></p>",
        ),
        (
            "```\n~a ==乙== ~~\n```\n`~a ==乙==`",
            "<pre><code>~a ==乙== ~~\n</code></pre>\n<p><code>~a ==乙==</code></p>",
        ),
        ("<div>\n**甲==乙== ~a\n</div>", "<div>\n**甲==乙== ~a\n</div>"),
        (
            "<section>\n<div id=x>**甲==乙== ~a\n</section>",
            "<section>\n<div id=x>**甲==乙== ~a\n</div>\n</section>",
        ),
        (
            "==[链](y)== ==a[链](y)b==",
            "<p><mark><a href=\"y\">链</a></mark> <mark>a<a href=\"y\">链</a>b</mark></p>",
        ),
        ("标题\n==\n", "<h1 id=\"标题\">标题</h1>"),
        (
            "[a](b==.md) https://a.b/?q=c== <i title=\"==x==\">y</i>",
            "<p><a href=\"b==.md\">a</a> <a href=\"https://a.b/?q=c==\">https://a.b/?q=c==</a> <i title=\"==x==\">y</i></p>",
        ),
        ("![==图==](a.png)", "<img src=\"a.png\" alt=\"图\" figure first>"),
    ] {
        assert_eq!(html(&mark, "zh", text).trim_end(), want, "{text}");
    }
    check(&[("==重点==", "<p>==重点==</p>")]);
}

#[test]
fn typography_of_chinese_pages() {
    check(&[
        (
            "卡尔·马克思，10～20，第 3 章，100 km",
            "<p>卡<span class=\"nb\">尔·</span>马克思，1<span class=\"nb\">0～</span>20，<span class=\"nb\">第 3 章</span>，<span class=\"nb\">100 km</span></p>",
        ),
        (
            "他说 It’s fine，[so what](https://a.b)。\n`It’s fine` https://a.b/It’s",
            "<p>他说 <span lang=\"en\">It’s fine</span>，<a href=\"https://a.b\"><span lang=\"en\">so what</span></a>。\n<code>It’s fine</code> <a href=\"https://a.b/It\">https://a.b/It</a>’s</p>",
        ),
        (
            "<i lang=\"fr\">Il faut</i> so it goes",
            "<p><i lang=\"fr\">Il faut</i> <span lang=\"en\">so it goes</span></p>",
        ),
        ("*慢，再慢“一点”。*", "<p><em>慢</em>，<em>再慢</em>“<em>一点</em>”。</p>"),
        ("*，*和*It’s 好*", "<p>，和<em><span lang=\"en\">It’s</span> 好</em></p>"),
        ("*![](a.png)，*", "<p><em><img src=\"a.png\" alt=\"\" first></em>，</p>"),
        ("## 卡尔·马克思", "<h2 id=\"卡尔马克思\">卡<span class=\"nb\">尔·</span>马克思</h2>"),
        ("# 卡尔·马克思", "<h1 id=\"卡尔马克思\">卡尔·马克思</h1>"),
        // An indent that was typed takes the place of the style's.
        (
            "　　他[走](b.md)了，![图](a.png)。",
            "<p class=\"indented\">　　他<a href=\"b.md\">走</a>了，<img src=\"a.png\" alt=\"图\" first>。</p>",
        ),
    ]);
    check_in("en", &[("It’s *fine, “so”*, 100 km", "<p>It’s <em>fine, “so”</em>, 100 km</p>")]);
    let none = parser(|config| config.markdown.typography = fika_model::Typography::NONE);
    assert_eq!(html(&none, "zh", "*慢，* 尔·马 so it"), "<p><em>慢，</em> 尔·马 so it</p>\n");
}

#[test]
fn several_pictures_are_a_gallery() {
    check(&[
        (
            "![甲](a.png)\n![](b.png \"题\") ![](c.png)",
            "<figure class=\"gallery\"><div><img src=\"a.png\" alt=\"甲\" figure first>\n<img src=\"b.png\" alt=\"\" title=\"题\" figure> <img src=\"c.png\" alt=\"\" figure></div></figure>",
        ),
        (
            "{% <gallery> %}\n![甲](a.png)\n![乙](b.png)\n{% </gallery> %}",
            "⟦gallery⟧\n<img src=\"a.png\" alt=\"甲\" figure first>\n<img src=\"b.png\" alt=\"乙\" figure>\n⟦/gallery⟧",
        ),
        (
            "![甲](a.png) 和 ![](b.png)",
            "<p><img src=\"a.png\" alt=\"甲\" first> 和 <img src=\"b.png\" alt=\"\"></p>",
        ),
        (
            "[![](a.png)](https://a.b) ![](b.png)",
            "<p><a href=\"https://a.b\"><img src=\"a.png\" alt=\"\" first></a> <img src=\"b.png\" alt=\"\"></p>",
        ),
    ]);
}

/// As Obsidian writes it, and CSDN.
#[test]
fn pictures_may_say_how_wide_they_are() {
    check(&[
        ("![甲](a.png =300x200)", "<img src=\"a.png\" alt=\"甲\" width=300 figure first>"),
        (
            "文![甲](https://a.b/c.d?e=f&g =600x \"题\")文",
            "<p>文<img src=\"https://a.b/c.d?e=f&g\" alt=\"甲\" title=\"题\" width=600 first>文</p>",
        ),
        ("![甲](图 1.png =x200)", "<img src=\"图 1.png\" alt=\"甲\" figure first>"),
        ("![甲](a.png =大)", "<p>![甲](a.png =大)</p>"),
        ("![夜里|300](图.png)", "<img src=\"图.png\" alt=\"夜里\" width=300 figure first>"),
        ("![a|b](图.png)", "<img src=\"图.png\" alt=\"a|b\" figure first>"),
        ("![300](图.png)", "<img src=\"图.png\" alt=\"300\" figure first>"),
        ("![[图.png|夜里|300]]", "<img src=\"图.png\" alt=\"夜里\" width=300 figure first>"),
        ("![[图.png|a|b *c*|30x20]]", "<img src=\"图.png\" alt=\"a|b c\" width=30 figure first>"),
        ("![[图.png|夜里 300]]", "<img src=\"图.png\" alt=\"夜里 300\" figure first>"),
        (
            "|![[图.png\\|夜\\|300]]|\n|-|",
            "<table><thead><tr><th><img src=\"图.png\" alt=\"夜\" width=300 first></th></tr></thead><tbody>\n</tbody></table>",
        ),
        ("![[图.png|300x20]]", "<img src=\"图.png\" alt=\"\" width=300 figure first>"),
        ("![[图.png|2026 年]]", "<img src=\"图.png\" alt=\"2026 年\" figure first>"),
    ]);
}

#[test]
fn nothing_is_hidden_from_formulas() {
    let math = parser(|config| (config.markdown.math, config.markdown.mark) = (true, true));
    let got = html(&math, "zh", "$a==b$ 和 $x {甲|乙}$ `==c==`");
    for text in ["a==b", "x {甲|乙}", "<code>==c==</code>"] {
        assert!(got.contains(text), "{got}");
    }
}

#[test]
fn what_stands_behind_a_tag_that_is_text_is_shown() {
    check(&[
        ("<Switch>\n::: warning 标题\n", "<p>&lt;Switch&gt;\n::: warning 标题</p>"),
        ("<Switch>\n{月|つき}", "<p>&lt;Switch&gt;\n{月|つき}</p>"),
    ]);
}

/// What looks like a component and stands where none can is the text that was written.
#[test]
fn a_component_where_none_can_be_is_text() {
    check(&[
        (
            r#"前\{{ <note title="重" /> }}后"#,
            "<p>前{{ &lt;<span lang=\"en\">note title</span>=\"重\" /&gt; }}后</p>",
        ),
        (r"\{{ <note /> }}", "<p>{{ &lt;note /&gt; }}</p>"),
        (r"**前\{% <note> %}**后", "<p><strong>前{% &lt;note&gt; %}</strong>后</p>"),
        (r"转义\<!-- more -->后", "<p>转义&lt;!-- more --&gt;后</p>"),
        (
            "![a {{ <x t=\"重\" /> }} z](a.png)",
            "<img src=\"a.png\" alt=\"a {{ <x t=\"重\" /> }} z\" figure first>",
        ),
        ("[k]: {{ <note /> }}\n\n[k]", "<p>[k]: {{ &lt;note /&gt; }}</p>\n<p>[k]</p>"),
        ("[[{{ <note /> }}]]", "<p><a href=\"wiki:{{ <note /> }}\">{{ &lt;note /&gt; }}</a></p>"),
        ("[a]({{ <note t=\"重\" /> }})", "<p><a href=\"{{ <note t=\"重\" /> }}\">a</a></p>"),
        ("## 题 {#{中|z}}", "<h2 id=\"题-中\">题 {#<ruby>中<rp>（</rp><rt>z</rt><rp>）</rp></ruby>}</h2>"),
    ]);
}

#[test]
fn an_alert_has_the_title_that_was_written() {
    check(&[
        (
            "> [!TIP] {北京|Běi|jīng}的事\n> x",
            "<aside class=\"alert alert-tip\" data-kind=\"tip\">\n<p class=\"alert-title\"><ruby>北<rp>（</rp><rt>Běi</rt><rp>）</rp>京<rp>（</rp><rt>jīng</rt><rp>）</rp></ruby>的事</p>\n<p>x</p>\n</aside>",
        ),
        (
            "> [!NOTE] 看 {{ <x t=\"甲\" /> }} ==m==\n> x",
            "<aside class=\"alert alert-note\" data-kind=\"note\">\n<p class=\"alert-title\">看 {{ &lt;<span lang=\"en\">x t</span>=\"甲\" /&gt; }} ==m==</p>\n<p>x</p>\n</aside>",
        ),
        (
            "> [!NOTE] 题\n> 术语\n> : 解释",
            "<aside class=\"alert alert-note\" data-kind=\"note\">\n<p class=\"alert-title\">题</p>\n<dl>\n<dt>术语</dt>\n<dd>解释</dd>\n</dl>\n</aside>",
        ),
    ]);
}

/// The first of two notes with one name is meant; no other note is taken for it. Ruby may stand at the beginning of a note.
#[test]
fn a_footnote_that_is_defined_twice() {
    let html = html(&parser(|_| {}), "zh", "甲[^a]乙[^b]\n\n[^a]: {注|z}甲\n[^a]: 又\n[^b]: 注乙");
    let notes = [
        "<li id=\"fn-1\">\n<p><ruby>注",
        "<li id=\"fn-2\">\n<p>注乙 <a href=\"#fnref-2\"",
        "<li id=\"fn-3\">\n<p>又</p>",
    ];
    assert!(notes.iter().all(|note| html.contains(note)), "{html}");
}
