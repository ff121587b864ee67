//! What was most likely meant to be Markdown, or to be seen, and is neither: its writer is told.

mod site;

use site::{essay, problems};

/// What was most likely meant to be Markdown is text, and told.
#[test]
fn what_looks_like_markdown_and_is_none_is_told() {
    for (text, want) in [
        (
            "文\n\n##标题\n\n> ###二\n\n- 甲\n  ##项",
            &["tight-heading 3:1", "tight-heading 5:3", "tight-heading 8:3"][..],
        ),
        ("#标签 和 ##x\n\n\\##题\n\n`##题`\n\n####### 题\n\n文##题", &[]),
        (
            "##　题\n\n#　题\n\n#\u{a0}题\n\n#　",
            &["tight-heading 1:1", "tight-heading 3:1", "tight-heading 5:1"],
        ),
        ("文[甲](https://a.b/x y)文", &["broken-syntax 1:2"]),
        ("[甲](https://a.b \"题 \"引\" 题\")", &["broken-syntax 1:1"]),
        ("[甲 [乙](https://c.d)](https://a.b)", &["broken-syntax 1:1"]),
        ("![甲[^1]](a.png)\n\n[^1]: 注", &["broken-syntax 1:2"]),
        ("[见](#第一 章) [见](a.md 第二)", &["broken-syntax 1:1", "broken-syntax 1:12"]),
        ("[甲]（https://a.b）", &["broken-syntax 1:1"]),
        ("[甲]（见上） a[0](甲 乙) \\[甲\\](https://a.b/x y) `[甲](https://a.b/x y)` [甲](https://a.b)", &[]),
        ("> [!NOTE] 看[甲\n> 乙](b.md)", &["broken-syntax 1:12"]),
        ("文\n[甲]: https://a.b", &["broken-syntax 2:1"]),
        ("甲^[行内脚注。]乙^[a note] ^[a-z] ^[一二]", &["broken-syntax 1:2", "broken-syntax 1:11"]),
        ("[甲]: https://a.b\n\n[甲]。\n\n[乙]: 他说", &[]),
        ("| 甲 | 乙 | 丙 |\n|---|---|\n| 1 | 2 |", &["broken-syntax 2:1"]),
        ("> | 甲 | 乙 |\n> | —— | —— |", &["broken-syntax 2:3"]),
        ("| 甲 |\n| —— 乙\n\na|b\n-\n\n| 甲 | 乙 |\n|---|---|\n| $a | 2 |", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn lines_that_look_like_a_list_are_told() {
    for (text, want) in [
        ("文\n1.甲\n2.乙", &["tight-list 2:1"][..]),
        ("> （一）甲\n> （二）乙\n> （三）丙", &["tight-list 1:3"]),
        ("一、甲\n二、乙\n\n①甲\n②乙\n\n-甲\n-乙", &["tight-list 1:1", "tight-list 4:1", "tight-list 7:1"]),
        ("文\n2. 甲\n3. 乙", &["tight-list 2:1"]),
        (
            "-　甲\n-　乙\n\n*\u{a0}甲\n*\u{a0}乙\n\n1.　甲\n2.　乙",
            &["tight-list 1:1", "tight-list 4:1", "tight-list 7:1"],
        ),
        ("*甲*\n*乙*\n\n+1\n+2\n\n-　甲", &[]),
        (
            "1. 甲\n2. 乙\n\n一、甲\n\n二、乙\n\n文\n1.5 米\n2.5 米\n\n-3\n-4\n\n一、甲\n五、乙\n\n2024\n2025",
            &[],
        ),
        ("1、甲  \n2、乙\n\n1、甲<br>\n2、乙", &[]),
        ("1、甲\\\n2、乙", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

/// Tags of other generators are told once for each file, with their names and what takes their place.
#[test]
fn tags_of_other_generators_are_told() {
    for (text, want) in [
        (
            "> {% note info %}\n文 {% raw %}\n{% endnote %}\n\n```\n{% note %}\n```\n\n`{% a %}` {% b %}",
            "1:3 `note` is a tag",
        ),
        (
            "{% card(type=\"info\") %}\n文\n{% end %}\n\n{% card(type=\"a\") %}\n文\n{% end %}\n{{ youtube(id=\"x\") }}",
            "1:1 3 tags of another generator are text (`card` 2 times, `youtube`); this is the first",
        ),
        ("看{{ youtube(\n  id=\"x\",\n) }}吧", "1:2 `youtube` is a tag"),
        ("{{ toc() }}", "1:1 `toc` is a tag"),
        (
            "{{% steps %}}\n文\n{{% /steps %}}\n\n{{< tabs items=\"甲\" >}}",
            "1:1 2 tags of another generator are text (`steps`, `tabs`); this is the first",
        ),
        ("见{% post_link a '甲' %}。", "1:2 `post_link` is a tag"),
        (
            "{{#title 题}}\n{{#include a.md}}\n\n{{#if x}} {{#each y}} \\{{#include b.md}} {{#include}}\n\n```\n{{#include c.rs}}\n```",
            "1:1 2 tags of another generator are text (`#title`, `#include`); this is the first",
        ),
        ("用 {{ reverse(msg) }}、{{ now() }}、{{ a(b == c) }} 与 `{{ a(b=1) }}`\n\n```\n{% note %}\n```", ""),
    ] {
        let told = essay(text).diagnostics;
        let shown = |d: &fika_model::Diagnostic| {
            let place = d.place.as_ref().expect("a place");
            assert_eq!(&*d.code, "component-syntax");
            format!("{}:{} {}", place.line, place.column, d.message)
        };
        let told = told.iter().map(shown).collect::<Vec<_>>();
        assert!(
            told.len() <= 1 && told.concat().starts_with(want) && told.is_empty() == want.is_empty(),
            "{text}: {told:?}"
        );
    }
    let help = |text: &str| essay(text).diagnostics[0].help.clone().unwrap_or_default();
    assert!(help("{% card(type=\"info\") %}").contains("`{% <card> %}` with `{% </card> %}`"));
    assert!(
        help("{% raw %}\n{% post_link a %}")
            .starts_with("delete `{% raw %}` and `{% endraw %}`, braces are text here; write a link")
    );
}

#[test]
fn spaces_that_keep_words_from_being_bold_are_told() {
    for (text, want) in [
        ("**1、 小标题 **\n\n文**小标题：  **正文", &["broken-syntax 1:1", "broken-syntax 3:2"][..]),
        ("** 空格**后，**好。**后", &["broken-syntax 1:1"]),
        ("- **Principal Engineer ** is bold", &["broken-syntax 1:3"]),
        ("**甲乙 ** 和 **丙丁 **", &["broken-syntax 1:1", "broken-syntax 1:11"]),
        ("2 ** 3 ** 4 和 a ** b**c 和 **kwargs 与 **args，**/*.js 与 **/a", &[]),
        ("`**甲 **` \\**甲 ** **粗 *斜* ** f**k 与 s**t **** 甲**", &[]),
        ("**甲\n乙 **", &[]),
        ("**第一段。\n\n第二段。**\n\n后", &["broken-syntax 1:1"]),
        ("**注\n\n**好**\n\n**甲\n\n乙\n\n丙**\n\n`**甲`\n\n乙**", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn code_without_an_end_is_told() {
    for (text, want) in [
        ("```js\nx\n\n甲", &["unclosed-code 1:1"][..]),
        ("文\n\n\u{200b}```\nx\n```\n\n后文", &["unclosed-code 5:1"]),
        ("- ```\n  x\n```\n\n甲", &["unclosed-code 1:3", "unclosed-code 3:1"]),
        ("~~~\n```\n", &["unclosed-code 1:1"]),
        ("````\n甲\n```\n", &["unclosed-code 1:1"]),
        ("```", &["unclosed-code 1:1"]),
        (
            "> ```\n> x\n> ```\n\n- ~~~\n  x\n  ~~~\n\n1. ````\n   ```\n   ````  \n\n```\n```\n\n```\nx\n ```",
            &[],
        ),
        (
            "```\n{{ <x /> }}\n```\n\n    甲\n\n::: tip\n```\nx\n```\n:::\n\n甲[^1]\n\n[^1]: 注\n\n    ```\n    x\n    ```",
            &[],
        ),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn lines_indented_like_paragraphs_are_told() {
    for (text, want) in [
        ("　　甲。\n　　乙。\n　　丙。", &["tight-paragraph 2:1"][..]),
        ("> 甲\n> 　　乙", &["tight-paragraph 2:3"]),
        ("甲。\n    乙。\n    丙。", &["tight-paragraph 2:1"]),
        ("甲**乙。**\n\t丙。", &["tight-paragraph 2:1"]),
        ("- 甲。\n      乙。\n\n甲，\n    乙。\n\n甲。\n  乙。\n\n甲。  \n    乙", &[]),
        ("　　甲。\n\n　　乙。\n\n甲  \n　　乙\\\n　　丙", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn what_kramdown_and_mkdocs_read_is_told() {
    for (text, want) in [
        ("文\n{: .a}\n\n![甲](a.png){: width=\"300\"}", &["broken-syntax 2:1", "no-description"][..1]),
        ("## 题 {: #id }\n\n文", &["broken-syntax 1:6"]),
        ("* 目录\n{:toc}", &["broken-syntax 2:1"]),
        (
            "[TOC]\n\n> [toc]\n\n[[_TOC_]]\n\n${toc}",
            &["broken-syntax 1:1", "broken-syntax 3:3", "broken-syntax 7:1"],
        ),
        ("@[TOC]", &["broken-syntax 1:2"]),
        ("[toc]: https://a.b\n\n[TOC]\n\n见 [toc1] 和 `[TOC]`\n\n看[TOC]", &[]),
        ("!!! note \"标题\"\n    文", &["broken-syntax 1:1"]),
        ("> !!! warning\n>     文\n\n???+ tip \"甲\"\n    文", &["broken-syntax 1:3", "broken-syntax 4:1"]),
        ("!!! 真的吗\n\n???\n\n??? note that this is text\n\n!!!note\n\n!! note\n\n```\n!!! note\n```", &[]),
        ("`{: .a}` 与 {: .a} 与 \"{:.4f}\"\n\n    {:toc}", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

/// Of each kind the first is told, with how many there are.
#[test]
fn what_obsidian_reads_is_told() {
    for (text, want) in [
        ("%%注释%%\n\n> %%\n> 多行\n> %%", &["broken-syntax 1:1"][..]),
        ("> %%\n>\n> 多行\n> %%", &["broken-syntax 1:3"]),
        ("文%%注%%文，%%note%%。\n\n%% 一行 %%", &["broken-syntax 1:2"]),
        ("- 项%%注%%\n\n|甲|\n|-|\n|乙%%注%%|", &["broken-syntax 1:4"]),
        ("%% 甲\n\n%%%%\n\n100%% 与 50%%", &[]),
        ("用 %%time 和 %%timeit，写 %% 表示百分号，%% 就是 %；\"%d%%\" 与 \"%s%%\"。/%%甲%%", &[]),
        ("%% 一节\nx = 1;\n%% 二节\ny = 2;", &[]),
        ("`甲%%注%%乙`\n\n```\n%%\n注\n%%\n```\n\n<!-- %%注%% -->\n\n甲<!-- %%注%% -->", &[]),
        ("段落。 ^37066d\n\n> 引文\n> ^quote-1\n\n- 项 ^abc", &["broken-syntax 1:5"]),
        ("- 项 ^abc\n- 项", &["broken-syntax 1:5"]),
        ("## 题 ^abc", &["broken-syntax 1:6"]),
        ("甲^abc\n\n甲 ^abc 乙\n\n2 ^10\n\nx ^n\n\n\\ ^_^ ^o^\n\n`甲 ^abc`\n\n甲 \\^abc", &[]),
        ("```\nx ^abc\n```\n\n    x ^abc\n\n<!-- x ^abc\n-->", &[]),
        ("---\nmath: true\n---\n$$\nx ^abc\n$$", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
    let told = |text: &str| essay(text).diagnostics[0].message.clone();
    assert_eq!(
        told("文%%注%%文，%%note%%。"),
        "2 comments as Obsidian has them are text, which readers will see; this is the first"
    );
    assert_eq!(told("甲 ^abc"), "`^abc` is the name of a paragraph in Obsidian, and text here");
}

#[test]
fn notes_in_full_width_brackets_are_told() {
    for (text, want) in [
        ("文［^1］。\n\n［^1］: 注", &["footnote-missing 1:2"][..]),
        ("文［^注]。", &["footnote-missing 1:2"]),
        ("文[^1］。", &["footnote-missing 1:2"]),
        ("`［^1］` ［^］ ［^ 1］ ［1］ x^［2］", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn full_width_signs_are_told() {
    for (text, want) in [
        ("文＊＊粗体＊＊文，＊＊又一处＊＊。", &["broken-syntax 1:2"][..]),
        ("`＊＊粗体＊＊` ＊＊＊＊ ＊ 注 ＊＊ 甲", &[]),
        ("看！[图](a.png)，！[图](https://a.b/640?wx_fmt=png)", &["broken-syntax 1:2", "broken-syntax 1:14"]),
        ("好！[甲](b.md) `！[图](a.png)`", &[]),
        ("见【链接】(https://a.b)，［甲］(https://a.b)。", &["broken-syntax 1:2", "broken-syntax 1:20"]),
        ("【来源】https://a.b 【官网】（https://a.b） (https://a.b)", &[]),
        ("[甲](https://a.b）后文（乙）(丙)", &["broken-syntax 1:1"]),
        ("[甲]（https://a.b)后文", &["broken-syntax 1:1"]),
        ("[2]：https://a.b\n\n[3]：他说", &["broken-syntax 1:1"]),
        ("•甲\n•乙\n\n· 甲\n· 乙\n\n１．甲\n２．乙", &["tight-list 1:1", "tight-list 4:1", "tight-list 7:1"]),
        ("[1] 甲\n[2] 乙\n\n【1】甲\n【2】乙\n\n[1] 甲\n[3] 乙", &["tight-list 1:1", "tight-list 4:1"]),
        ("｜甲｜乙｜\n｜－｜－｜\n｜1｜2｜\n\n｜甲｜\n乙", &["broken-syntax 2:1"]),
        ("[图片上传失败...(image-abc)]", &["broken-syntax 1:1"]),
        ("•甲  \n•乙\n\n·甲\n\n·乙\n\n●甲\n■乙", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn paragraphs_that_an_indent_makes_code_are_told() {
    let said = "这一段前面有一个制表符，所以它不是段落，而是一段代码。";
    let many = format!("甲\n\n\t{said}\n\n\t{said}\n\n乙\n\n\t{said}");
    assert_eq!(problems(&many), ["indented-paragraph 3:2"]);
    assert!(essay(&many).diagnostics[0].message.starts_with("2 paragraphs are indented"));
    assert_eq!(problems(&format!("    {said}")), ["indented-paragraph 1:5"]);
    assert_eq!(problems(&format!("- 项\n\n      {said}")), ["indented-paragraph 3:7"]);
    for quiet in [
        "    床前明月光，疑是地上霜。\n    举头望明月，低头思故乡。".to_owned(),
        format!("    // {said}\n    let x = 1;"),
        format!("```\n{said}\n```"),
        format!("    ├── 甲，{said}"),
        format!("　　{said}\n\n  {said}"),
    ] {
        assert_eq!(problems(&quiet), [""; 0], "{quiet}");
    }
}

#[test]
fn lines_below_a_table_are_told() {
    let table = "|甲|乙|\n|-|-|\n|1|2|\n";
    assert_eq!(problems(&format!("{table}后文")), ["table-cells 4:1"]);
    assert_eq!(problems(&format!("{table}\n后文\n\n|甲|\n|-|\n后文")), [""; 0]);
    assert_eq!(
        problems(&format!("{table}{{.full-width}}\n\n{table}{{.a}}\n\n{table}\u{a0}\n")),
        ["broken-syntax 4:1"]
    );
    assert_eq!(problems(&format!("{table}|3\n\n甲|乙\n-|-\n3|")), [""; 0]);
}

#[test]
fn links_that_nobody_sees_are_told() {
    assert_eq!(
        problems("[](https://a.b) [ ](b.md)甲[**\u{200b}**](b.md)"),
        ["empty-link 1:1", "empty-link 1:17"]
    );
    let seen = "[![](a.png)](b.md) [<img src='a.png' alt=''>](b.md) [[b]] [[b|]] [`甲`](b.md) [x](b.md) <https://a.b>";
    assert_eq!(problems(seen), ["no-description 1:2"]);
    assert_eq!(problems("[{{ <n /> }}](b.md) [](javascript:x)"), ["script-link 1:21"]);
}

#[test]
fn marks_where_they_are_off_are_told() {
    for (text, want) in [
        ("文==重点==文，==又一处==。", &["broken-syntax 1:2"][..]),
        ("a == 甲 == b，x==甲==y，甲===乙===丙，==a== `==甲==`\n\n题\n==", &[]),
        ("```\n==甲==\n```\n\n==甲\n乙==", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn markdown_in_a_block_of_html_is_told() {
    for (text, want) in [
        ("文\n\n<br>\n**粗**后", &["markdown-in-html 4:1"][..]),
        ("<p>甲</p>\n看[乙](b.md)\n**丙**", &["markdown-in-html 2:2"]),
        ("<p>甲</p>\n## 题\n文", &["markdown-in-html 2:1"]),
        ("<div>\n#甲 #乙\n# \n</div>\n\n<div>\n\n## 题\n\n</div>", &[]),
        ("<div>\n\n**粗**[乙](b.md)\n\n</div>", &[]),
        ("<p>2 ** 3 a[0] **</p>\n\n<pre>\n**甲**\n</pre>\n\n<script>\na(**b**)\n</script>", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn pictures_that_a_script_would_have_shown_are_told() {
    assert_eq!(problems("文<img class=\"x\" data-src=\"https://a.b/640\">"), ["lazy-picture 1:27"]);
    assert_eq!(problems("<p><img data-src='https://a.b/640'></p>"), ["lazy-picture 1:19"]);
    assert_eq!(problems("<img data-src=\"https://a.b/640\" src=\"https://a.b/640\">"), [""; 0]);
}
