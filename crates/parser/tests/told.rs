//! What was most likely meant to be Markdown, or to be seen, and is neither: its writer is told.

mod site;

use site::problems;

/// What was most likely meant to be Markdown is text, and told.
#[test]
fn what_looks_like_markdown_and_is_none_is_told() {
    for (text, want) in [
        (
            "文\n\n##标题\n\n> ###二\n\n- 甲\n  ##项",
            &["tight-heading 3:1", "tight-heading 5:3", "tight-heading 8:3"][..],
        ),
        ("#标签 和 ##x\n\n\\##题\n\n`##题`\n\n####### 题\n\n文##题", &[]),
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
            "1. 甲\n2. 乙\n\n一、甲\n\n二、乙\n\n文\n1.5 米\n2.5 米\n\n-3\n-4\n\n一、甲\n五、乙\n\n2024\n2025",
            &[],
        ),
        ("1、甲  \n2、乙\n\n1、甲<br>\n2、乙", &[]),
        ("1、甲\\\n2、乙", &[]),
    ] {
        assert_eq!(problems(text), want, "{text}");
    }
}

#[test]
fn tags_of_other_generators_are_told() {
    let text = "> {% note info %}\n文 {% raw %}\n{% endnote %}\n\n```\n{% note %}\n```\n\n`{% a %}` {% b %}";
    assert_eq!(problems(text), ["component-syntax 1:3", "component-syntax 3:1"]);
}

#[test]
fn markdown_in_a_block_of_html_is_told() {
    for (text, want) in [
        ("文\n\n<br>\n**粗**后", &["markdown-in-html 4:1"][..]),
        ("<p>甲</p>\n看[乙](b.md)\n**丙**", &["markdown-in-html 2:2"]),
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
