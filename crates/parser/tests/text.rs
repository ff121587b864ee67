//! What stands in an essay and looks like something else: it stays as written, or is what its writer meant, and is reported where
//! neither can be known.

mod site;

use site::{check_with, essay, fill, parser, problems};

fn check(rows: &[(&str, &str)]) {
    check_with(&parser(|config| config.markdown.mark = true), "zh", rows);
}

/// PHP Markdown Extra, Pandoc: white space stands behind the colon of a definition.
#[test]
fn a_definition_has_a_space_behind_its_colon() {
    let term = |term: &str, text: &str| format!("<dl>\n<dt>{term}</dt>\n<dd>{text}</dd>\n</dl>");
    let rows: Vec<(&str, String)> = vec![
        ("今天很开心。\n\n:) 就这样。", "<p>今天很开心。</p>\n<p>:) 就这样。</p>".into()),
        ("用法\n\n:wq 保存", "<p>用法</p>\n<p>:wq 保存</p>".into()),
        ("如下所示\n:8080 端口", "<p>如下所示\n:8080 端口</p>".into()),
        ("甲\n\n::before 是*伪元素*", "<p>甲</p>\n<p>::before 是<em>伪元素</em></p>".into()),
        ("甲\n\n:smile: :x:", "<p>甲</p>\n<p>:smile: :x:</p>".into()),
        ("甲\n\n::: tip，然后", "<p>甲</p>\n<p>::: tip，然后</p>".into()),
        ("> 甲\n> :乙", "<blockquote>\n<p>甲\n:乙</p>\n</blockquote>".into()),
        ("- 甲\n  :乙", "<ul>\n<li>甲\n:乙</li>\n</ul>".into()),
        ("甲\n:", "<p>甲\n:</p>".into()),
        ("甲\n: 乙", term("甲", "乙")),
        ("甲\n:\t乙", term("甲", "乙")),
        ("甲\n:   乙", term("甲", "乙")),
        ("```\n:a\n```", "<pre><code>:a\n</code></pre>".into()),
        ("{{ <a b=\"一\n:二\" /> }}", "⟦a b=Str(\"一\\n:二\")⟧⟦/a⟧".replace("⟦/a⟧", "")),
        (
            "甲 | 乙\n:-- | :-:\n:丙 | 丁",
            "<table><thead><tr><th style=\"text-align: left\">甲</th><th style=\"text-align: center\">乙</th></tr></thead><tbody>\n<tr><td style=\"text-align: left\">:丙</td><td style=\"text-align: center\">丁</td></tr>\n</tbody></table>".into(),
        ),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(text, want)| (*text, want.as_str())).collect();
    check(&rows);
}

#[test]
fn a_container_ends_behind_html() {
    let details =
        |body: &str| format!("<details class=\"details\">\n<summary>看图</summary>\n{body}</details>");
    let rows: Vec<(&str, String)> = vec![
        (
            "::: details 看图\n<img src=\"https://a.b/c.png\">\n:::\n\n## 后文",
            details("<img src=\"https://a.b/c.png\">\n") + "\n<h2 id=\"后文\">后文</h2>",
        ),
        ("::: details 看图\n<div>甲</div>\n:::\n乙\n", details("<div>甲</div>\n") + "\n乙"),
        (
            ":::: details 看图\n::: a\n<div>甲</div>\n:::\n::::\n\n乙",
            details("<div class=\"a\">\n<div>甲</div>\n</div>\n") + "\n<p>乙</p>",
        ),
        (
            "> ::: details 看图\n> <div>甲</div>\n> :::\n\n乙",
            format!("<blockquote>\n{}\n</blockquote>\n<p>乙</p>", details("<div>甲</div>\n")),
        ),
        ("<div>\n:::\n</div>", "<div>\n:::\n</div>".into()),
        ("::: details 看图\n<pre>\n:::\n</pre>\n\n:::\n乙", details("<pre>\n:::\n</pre>\n") + "\n<p>乙</p>"),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(text, want)| (*text, want.as_str())).collect();
    check(&rows);
}

/// The theme fills a component within a component, and so on.
#[test]
fn components_nest_only_so_deep() {
    let deep = |count: usize| {
        let text = "{% <n> %}\n".repeat(count) + "甲\n" + &"{% </n> %}\n".repeat(count);
        let essay = essay(&text);
        (fill(&essay.body).matches("⟦n⟧").count(), fill(&essay.body).contains('甲'), problems(&text))
    };
    assert_eq!(deep(64), (64, true, vec![]));
    assert_eq!(
        deep(66),
        (64, true, vec!["component-nesting 65:1".to_owned(), "component-nesting 66:1".to_owned()])
    );
    let many = deep(5000);
    assert_eq!((many.0, many.1, many.2.len()), (64, true, 101));
}

#[test]
fn marks_stand_behind_addresses() {
    check(&[
        (
            "见[文档](https://example.org/doc)，重点是==这里==。",
            "<p>见<a href=\"https://example.org/doc\">文档</a>，重点是<mark>这里</mark>。</p>",
        ),
        (
            "见https://example.org/doc，重点是==这里==。",
            "<p>见<a href=\"https://example.org/doc\">https://example.org/doc</a>，重点是<mark>这里</mark>。</p>",
        ),
        (
            "见<https://example.org/doc>重点是==这里==。",
            "<p>见<a href=\"https://example.org/doc\">https://example.org/doc</a>重点是<mark>这里</mark>。</p>",
        ),
        (
            "![图](https://a.b/c.png)重点是==这里==。",
            "<p><img src=\"https://a.b/c.png\" alt=\"图\" first>重点是<mark>这里</mark>。</p>",
        ),
        ("[a](https://b.c/?d==e)", "<p><a href=\"https://b.c/?d==e\">a</a></p>"),
        ("https://b.c/?d==e==", "<p><a href=\"https://b.c/?d==e==\">https://b.c/?d==e==</a></p>"),
        ("=\"x\" 和==\"x\"==", "<p>=\"x\" 和<mark>\"x\"</mark></p>"),
        ("==\"x\"==", "<p><mark>\"x\"</mark></p>"),
        ("==\"x\"== 和==《x》==", "<p><mark>\"x\"</mark> 和<mark>《x》</mark></p>"),
        ("==\"x\"==和==《x》==", "<p><mark>\"x\"</mark>和<mark>《x》</mark></p>"),
        (
            "<a href=\"https://a.b/?c==d\">==e==</a>",
            "<p><a href=\"https://a.b/?c==d\"><mark>e</mark></a></p>",
        ),
    ]);
}

/// Both forms of an alert know the same names.
#[test]
fn alerts_have_the_names_of_containers() {
    let aside = |kind: &str, title: &str, body: &str| {
        format!(
            "<aside class=\"alert alert-{kind}\" data-kind=\"{kind}\">\n<p class=\"alert-title\">{title}</p>\n{body}</aside>"
        )
    };
    let rows: Vec<(&str, String)> = vec![
        ("> [!info]\n> 甲", aside("info", "⟨alert-info⟩", "<p>甲</p>\n")),
        ("> [!DANGER]  \n> 甲", aside("danger", "⟨alert-danger⟩", "<p>甲</p>\n")),
        ("> [!danger] 标题\n> 甲", aside("danger", "标题", "<p>甲</p>\n")),
        ("> [!note]-\n> 甲", aside("note", "⟨alert-note⟩", "<p>甲</p>\n")),
        ("> [!quote] 引语\n> 内容", "<blockquote>\n<p>[!quote] 引语内容</p>\n</blockquote>".into()),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(text, want)| (*text, want.as_str())).collect();
    check(&rows);
    assert_eq!(problems("> [!quote] 引语\n> 内容"), ["unknown-alert 1:3"]);
    assert_eq!(problems("> [!todo]\n> 内容"), ["unknown-alert 1:3"]);
    assert_eq!(problems("> [!NOTE]内容"), ["unknown-alert 1:3"]);
    assert_eq!(problems("> [!甲]内容"), [""; 0]);
    check(&[("> [!tip]　题\n> 甲", &aside("tip", "题", "<p>甲</p>\n"))]);
    assert_eq!(problems("> [!a](b.md)\n\n> [!info]\n> 甲\n\n> [!图] 是字"), [""; 0]);
}

#[test]
fn ids_are_unique_and_a_given_one_comes_first() {
    check(&[
        (
            "## 一\n\n## 二 {#一}\n\n## 一",
            "<h2 id=\"一-1\">一</h2>\n<h2 id=\"一\">二</h2>\n<h2 id=\"一-2\">一</h2>",
        ),
        ("## a\n\n甲 {#a}\n---", "<h2 id=\"a-1\">a</h2>\n<h2 id=\"a\">甲</h2>"),
        ("## a {#b}\n\n## c {#b}", "<h2 id=\"b\">a</h2>\n<h2 id=\"b-1\">c</h2>"),
        ("## a\n\n```\n## b {#a}\n```", "<h2 id=\"a\">a</h2>\n<pre><code>## b {#a}\n</code></pre>"),
        ("## a\n\n正文 {#a}", "<h2 id=\"a\">a</h2>\n<p>正文 {#a}</p>"),
    ]);
    let noted = fill(&essay("## fn-1\n\n## fnref-1\n\n甲[^1]\n\n[^1]: 乙").body);
    for id in ["fn-1", "fnref-1"] {
        assert_eq!(noted.matches(&format!("id=\"{id}\"")).count(), 1, "{noted}");
    }
    check(&[("## fn-1", "<h2 id=\"fn-1\">fn-1</h2>")]);
}

#[test]
fn a_heading_without_text_is_called_by_its_picture() {
    let card = essay("## ![一张图](x.png)\n\n## ![](y.png)\n\n## ![甲](x.png) ![乙](y.png)").card;
    let headings: Vec<&str> = card.headings.iter().map(|heading| &*heading.title).collect();
    assert_eq!(headings, ["一张图", "", "甲 乙"]);
}

#[test]
fn notes_that_are_not_there_are_told() {
    assert_eq!(problems("文[^缺]。[^缺](a.html) `[^缺]` \\[^缺]"), ["footnote-missing 1:2"]);
    assert_eq!(problems("文[^甲]。\n\n[^甲]：注"), ["footnote-missing 1:2", "footnote-missing 3:1"]);
    assert_eq!(problems("文[^甲]，[^ ]。\n\n[^甲]: 注"), [""; 0]);
    check(&[("文[^缺]。", "<p>文[^缺]。</p>")]);
}

/// A title stands in lists and links: what leads elsewhere in it leads nowhere then.
#[test]
fn links_in_a_title_are_told() {
    assert_eq!(problems("# 月[甲](a.md)[乙](https://a.b)\n\n文[甲](a.md)"), ["title-link 1:4"]);
    assert_eq!(problems("# 月\n\n文\n\n## 星[甲](a.md)"), [""; 0]);
    assert_eq!(problems("---\ntitle: 月\n---\n\n[月](https://a.b)\n==\n"), ["title-link 5:1"]);
    assert_eq!(problems("# 月 <a href=\"https://a.b\">甲</a>"), ["title-link 1:5"]);
    assert_eq!(problems("# [[月]] {{ <a /> }}"), ["title-link 1:3"]);
    assert_eq!(problems("# 月 https://a.b <https://a.b>"), [""; 0]);
    assert_eq!(problems("# <a name=\"m\"></a>月<a id=\"n\"/>"), [""; 0]);
    assert_eq!(problems("文\n\n# 月[甲](a.md)\n\n# 星"), [""; 0]);
}

/// A title stands in many lists, and ids on one page: those of an H1 that becomes the title stay where it was.
#[test]
fn places_in_a_title_stay_in_the_text() {
    for (text, title_html, body) in [
        ("# <a id=\"x\"></a>题\n\n文", None, "<a id=\"x\"></a>\n<p>文</p>\n"),
        ("# <a name=x>题</a>\n\n文", None, "<a id=\"x\"></a>\n<p>文</p>\n"),
        (
            "# 题<span id='a'>*甲*</span> <a id=b name=b/>\n\n文",
            Some("题<span><em>甲</em></span>"),
            "<a id=\"a\"></a><a id=\"b\"></a>\n<p>文</p>\n",
        ),
        ("---\ntitle: 题\n---\n# <a id=\"x\"></a>题\n\n文", None, "<a id=\"x\"></a>\n<p>文</p>\n"),
        (
            "# <a id=\"x\"></a>题[^1] {{ <n /> }}\n\n文\n\n[^1]: 注",
            None,
            "<a id=\"x\"></a>\n⟦n⟧\n<p>文</p>\n",
        ),
    ] {
        let essay = essay(text);
        assert_eq!(essay.card.title_html.as_deref(), title_html, "{text}");
        assert!(fill(&essay.body).starts_with(body), "{text}: {}", fill(&essay.body));
        let is_known = |id: &str| essay.card.has_anchor(id);
        assert!(is_known("x") || is_known("a") && is_known("b"), "{text}");
        assert!(!is_known("fnref-1"), "{text}");
    }
    // What is no title keeps them.
    let text = "文\n\n# <a id=\"x\"></a>题\n\n# 二";
    assert_eq!(fill(&essay(text).body).matches("id=\"x\"").count(), 1);
    let cut = essay("# <a id=\"x\"></a>题\n\n文\n\n<!-- more -->\n\n乙").card.summary.expect("a summary");
    assert_eq!(cut.html, "<p>文</p>\n");
}

#[test]
fn formulas_that_do_not_end_are_told() {
    let told = |text: &str| problems(&format!("---\nmath: true\n---\n{text}"));
    assert_eq!(told("$$\na\n\nb\n$$\n\n后文"), ["formula 4:1"]);
    assert_eq!(told("甲 $$a + b"), ["formula 4:3"]);
    assert_eq!(told("$$a$$ 和 $b$ 和 \\$\\$ 和 `$$` 和 $5"), [""; 0]);
    assert_eq!(problems("$$\na"), [""; 0]);
    assert_eq!(
        told("设 $\\sqrt{x+1$ 与 $y$。\n\n$$\n\\frac{1\n$$\n\n后文 $a_{1$ 和 $b$。"),
        ["formula 4:3", "formula 6:1", "formula 10:4"]
    );
    assert_eq!(told("$\\{x_{1}\\}$ 和 $a}$ 和 $5{$"), [""; 0]);
}

#[test]
fn formulas_that_are_not_read_are_told_once() {
    let written = "圆的面积是 $S = \\pi r^2$。\n\n$$\\int_0^1 x$$";
    assert_eq!(problems(written), ["no-formula 1:7"]);
    assert_eq!(problems(&format!("---\nmath: true\n---\n{written}")), [""; 0]);
    for told in
        ["$$\na^{2}\n$$", "$g_{ij}$", "$x^2$", "甲 \\(x^2\\) 乙", "\\[\n\\frac{1}{2}\n\\]", "\\$ 和 $x^n$"]
    {
        assert_eq!(problems(told).len(), 1, "{told}");
    }
    assert_eq!(problems("---\nmath: true\n---\n\\(x^2\\)"), ["no-formula 4:1"]);
    for quiet in [
        "价格是$5和$6，涨了 $1^ 再 $2",
        "`$x^2$` 和 `$$` 和 $HOME 和 $PATH_{",
        "C:\\Users\\$name\\Desktop\\$x",
        "\\$x^2\\$",
        "\\[x\\] 和 \\(y\\)",
        "${a^{b}}$",
        "$$ 三个价位 $$",
        "```sh\necho $x^2$\n```",
        "$ x^2 $",
    ] {
        assert_eq!(problems(quiet), [""; 0], "{quiet}");
    }
}

#[test]
fn shortcodes_of_hugo_are_told() {
    assert_eq!(problems("{{% steps %}}\n文\n{{% /steps %}}"), ["component-syntax 1:1"]);
    assert_eq!(problems("`{{% steps %}}` {{%}} {{ % }}"), [""; 0]);
}

/// The title, date and tags of an essay, and its problems.
fn header(text: &str) -> (String, String, Vec<String>, Vec<String>) {
    let card = essay(text).card;
    let date = card.date.map_or_else(String::new, fika_model::DateTime::to_iso_date);
    let tags = card.taxonomies.iter().flat_map(|(_, terms, _)| terms.iter().map(ToString::to_string));
    (card.title.to_string(), date, tags.collect(), problems(text))
}

#[test]
fn slips_in_front_matter_are_read_and_told() {
    let of = |title: &str, date: &str, tags: &[&str], told: &[&str]| {
        let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        (title.to_owned(), date.to_owned(), owned(tags), owned(told))
    };
    for (text, want) in [
        (
            "---\ntitle:没有空格\ndate:2020-01-01\n---\n文",
            of("没有空格", "2020-01-01", &[], &["front-matter 2:1", "front-matter 3:1"]),
        ),
        ("---\ntitle：全角\n---\n文", of("全角", "", &[], &["front-matter 2:1"])),
        (
            "---\ntitle: 甲\ntags：[海, 河]\ndate: 2020-01-01\n---\n文",
            of("甲", "2020-01-01", &["海", "河"], &["front-matter 3:1"]),
        ),
        (
            "---\ntitle：第三章，从头\ntags:\n- 海\n---\n文",
            of("第三章，从头", "", &["海"], &["front-matter 2:1"]),
        ),
        (
            "---\n\ttitle: tab\n\ttags:\n\t- 海\n\tdate: 2020-01-01\n---\n文",
            of("tab", "2020-01-01", &["海"], &["front-matter 2:2", "front-matter 3:2", "front-matter 5:2"]),
        ),
        ("---\ntitle: 甲\ntags: [#a, #b]\n---\n文", of("甲", "", &["#a", "#b"], &["front-matter 3:8"])),
        (
            "---\ntitle: 甲\ntags: [\"海\"，\"河\"]\n---\n文",
            of("甲", "", &["海", "河"], &["front-matter 3:11"]),
        ),
        ("—-\ntitle: 甲\n——\n文", of("甲", "", &[], &["front-matter 1:1"])),
        ("---\ntitle: 周报 #7\n---\n文", of("周报", "", &[], &["yaml-comment 2:11"])),
        ("---\ntitle: 甲 # 一个注\ntags: [海] #x\n---\n文", of("甲", "", &["海"], &[])),
        ("---\ntitle: '周报 #7'\nslug: a#7\n---\n文", of("周报 #7", "", &[], &[])),
        // A rule and text.
        ("---\n说：是的\n---\n文", of("a", "", &[], &[])),
        ("---\ntitle：没有结尾\n\n文", of("a", "", &[], &[])),
    ] {
        assert_eq!(header(text), want, "{text}");
    }
    let advice = |text: &str| essay(text).diagnostics[0].help.clone().unwrap_or_default();
    assert_eq!(advice("---\ntitle:没有\n---\n"), "write `title: 没有`");
    assert_eq!(
        advice("---\ntags: [\"海\"， '河'、\"a，b\", it's]\n---\n"),
        "write half-width ones: tags: [\"海\", '河', \"a，b\", it's]"
    );
    assert_eq!(advice("---\ntags: [#a]\n---\n"), "put each item in quotes: tags: [\"#a\"]");
    assert_eq!(advice("---\ntitle: 周报 #7\n---\n"), "put the value in quotes: title: \"周报 #7\"");
}
