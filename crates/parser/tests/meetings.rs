//! Where two rules meet in one place, nothing that was written is lost.

mod site;

use site::{check_with, essay, fill, parser};

fn check(rows: &[(&str, &str)]) {
    check_with(&parser(|_| {}), "zh", rows);
}

fn alert(title: &str, body: &str) -> String {
    format!(
        "<aside class=\"alert alert-note\" data-kind=\"note\">\n<p class=\"alert-title\">{title}</p>\n{body}</aside>"
    )
}

/// The end of a file is as good as the end of a line.
#[test]
fn a_task_may_end_a_file() {
    for text in [
        "- 甲\n- [x]",
        "- [ ]",
        "- 甲\n\n- [X]",
        "> 1. [ ]",
        "- - [x]",
        "[x]: b.md\n\n- [x]",
        "**甲。**乙\n\n- [ ] [x]",
        "文[x]",
        "```\n{{ <a /> }}[x]",
        "<div>[x]",
        "{{ <a /> }} [ ]",
        "> [!NOTE] [x]",
        "甲[^1]\n\n[^1]: - [x]",
        "# [x]",
        "::: tip [x]",
    ] {
        let (given, ended) = (essay(text), essay(&format!("{text}\n")));
        let shown = |essay: &fika_model::Essay| fill(&essay.body).replace("\n</code>", "</code>");
        assert_eq!(shown(&given), shown(&ended), "{text}");
        let last = given.card.blocks.last().map_or(0, |block| block.span.end);
        assert!(last as usize <= text.len(), "{text}");
    }
    assert!(fill(&essay("- [x]").body).contains("<li><input"));
}

/// The Markdown library forgets the box where the paragraph behind it turns out to be the head of a table.
#[test]
fn a_task_may_begin_with_a_table() {
    let table = "<table><thead><tr><th>甲</th></tr></thead><tbody>\n<tr><td>乙</td></tr>\n</tbody></table>\n";
    let rows: Vec<(&str, String)> = vec![
        (
            "- [ ] |甲|\n  |-|\n  |乙|\n- [x] 丙",
            format!(
                "<ul>\n<li><input disabled=\"\" type=\"checkbox\"/>\n{table}</li>\n<li><input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n丙</li>\n</ul>"
            ),
        ),
        (
            "> 1. [X]\t|甲|\n>    |-|\n>    |乙|",
            format!(
                "<blockquote>\n<ol>\n<li><input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n{table}</li>\n</ol>\n</blockquote>"
            ),
        ),
        (
            "- [ ]\n  |甲|\n  |-|\n  |乙|",
            format!("<ul>\n<li><input disabled=\"\" type=\"checkbox\"/>\n{table}</li>\n</ul>"),
        ),
        ("- |甲|\n  |-|\n  |乙|", format!("<ul>\n<li>{table}</li>\n</ul>")),
        (
            "- [ ] 字\n\n  |甲|\n  |-|\n  |乙|",
            format!("<ul>\n<li>\n<p><input disabled=\"\" type=\"checkbox\"/>\n字</p>\n{table}</li>\n</ul>"),
        ),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(text, want)| (*text, want.as_str())).collect();
    check(&rows);
}

/// The Markdown library takes the title for the first line of what follows.
#[test]
fn a_title_of_an_alert_is_no_part_of_what_follows() {
    let rows: Vec<(&str, String)> = vec![
        ("> [!NOTE] 题\n> ===\n> 甲", alert("题", "<p>===</p>\n<p>甲</p>\n")),
        ("> [!NOTE] 题\n> ==", alert("题", "<p>==</p>\n")),
        ("> [!NOTE] 题\n> ---\n> 甲", alert("题", "<hr />\n<p>甲</p>\n")),
        ("> [!NOTE] 题\n> -\n> 甲", alert("题", "<p>-</p>\n<p>甲</p>\n")),
        ("> [!NOTE] 题\n> 甲\n> ===", alert("题", "<h1 id=\"甲\">甲</h1>\n")),
        (
            "> [!NOTE] 题|目\n> --|--\n> 甲|乙",
            alert("题|目", "<table><tbody>\n<tr><td>甲</td><td>乙</td></tr>\n</tbody></table>\n"),
        ),
        ("> [!NOTE] [题\n> 甲](a.md \"b\")乙", alert("[题", "<p>甲](a.md \"b\")乙</p>\n")),
        ("> [!NOTE] ![题\n> 甲](a.png)乙", alert("![题", "<p>甲](a.png)乙</p>\n")),
        ("> [!NOTE] [题\n> 甲][a]乙\n\n[a]: b.md", alert("[题", "<p>甲][a]乙</p>\n")),
        ("> [!NOTE] [题\n> 甲]乙\n\n[题 甲]: b.md", alert("[题", "<p>甲]乙</p>\n")),
        ("> [!NOTE] `题\n> 甲\n> 丙`乙", alert("`题", "<p>甲\n丙`乙</p>\n")),
        ("> [!NOTE] 题<i\n> title=\"甲\">乙</i>", alert("题&lt;i", "<p>title=\"甲\"&gt;乙</i></p>\n")),
        ("> [!NOTE] **题\n> 甲**乙", alert("**题", "<p>甲**乙</p>\n")),
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|(text, want)| (*text, want.as_str())).collect();
    check(&rows);
}

/// As in Obsidian, which writes the bar of a link in a table behind a backslash.
#[test]
fn a_wikilink_without_words_shows_its_name() {
    let table =
        |cell: &str| format!("<table><thead><tr><th>{cell}</th></tr></thead><tbody>\n</tbody></table>");
    check(&[
        ("[[月|]]", "<p><a href=\"wiki:月\">月</a></p>"),
        ("**[[月#锚| ]]**", "<p><strong><a href=\"wiki:月#锚\"> 月#锚</a></strong></p>"),
        ("[[{月|つき}|]]", "<p><a href=\"wiki:{月|つき}\">{月|つき}</a></p>"),
        ("[[月|![](a.png)]]", "<p><a href=\"wiki:月\"><img src=\"a.png\" alt=\"\" first></a></p>"),
        ("|[[月\\|圆]]|\n|-|", &table("<a href=\"wiki:月\">圆</a>")),
        (
            "甲\n[[月|é乙]]\n[[月|乙]]\n[[月|]]",
            "<p>甲\n<a href=\"wiki:月\">é乙</a><a href=\"wiki:月\">乙</a><a href=\"wiki:月\">月</a></p>",
        ),
        ("|![[月.png\\|圆]]|\n|-|", &table("<img src=\"月.png\" alt=\"圆\" first>")),
        ("|[[月\\|]]|\n|-|", &table("<a href=\"wiki:月\">月</a>")),
    ]);
}

/// A mark in a title is one, where there is a note of that name.
#[test]
fn titles_of_alerts_may_have_notes() {
    let mark = |number: usize, id: &str| {
        format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\" aria-label=\"脚注 {number}\">{number}</a></sup>"
        )
    };
    let (first, second, again) = (mark(1, "fnref-1"), mark(2, "fnref-2"), mark(1, "fnref-1-2"));
    let notes = "\n\n[^a]: 注甲\n\n> [^乙]: 注乙\n";
    let starts = [
        (
            "> [!NOTE] 题[^a] **粗[^乙]** `[^a]` [^无]\n> 文[^A]",
            alert(
                &format!("题{first} <strong>粗{second}</strong> <code>[^a]</code> [^无]"),
                &format!("<p>文{again}</p>\n"),
            ),
        ),
        ("::: note 题[^乙]\n文\n:::", alert(&format!("题{first}"), "<p>文</p>\n")),
        ("> [!NOTE] 题[^a\n> 文", alert("题[^a", "<p>文</p>\n")),
        ("> [!NOTE] 题[^c]\n> 文\n\n```\n[^c]: 码\n```", alert("题[^c]", "<p>文</p>\n")),
    ];
    for (text, want) in starts {
        let got = site::html(&parser(|_| {}), "zh", &format!("{text}{notes}"));
        assert!(got.starts_with(&want), "{text}\n  want {want}\n  got  {got}");
    }
}

/// What stands in a title is what stands in any line: links, definitions that are elsewhere, marks, formulas, raw HTML; no component.
#[test]
fn titles_of_alerts_and_containers_are_lines_like_any_other() {
    let all = parser(|config| (config.markdown.mark, config.markdown.math) = (true, true));
    let html = |text: &str| site::html(&all, "zh", text);
    let link = "<a href=\"b.md\">甲</a>";
    for (title, want) in [
        ("见[甲](b.md)和 https://x.y。", format!("见{link}和 <a href=\"https://x.y\">https://x.y</a>。")),
        ("[甲][到] [甲] [[乙|丙]]", format!("{link} {link} <a href=\"wiki:乙\">丙</a>")),
        ("==重点==~~删~~", "<mark>重点</mark><del>删</del>".into()),
        ("**“引”**和_斜_", "<strong>“引”</strong>和_斜_".into()),
        ("_斜_", "<em>斜</em>".into()),
        ("H<sub>2</sub>O<br>", "H<sub>2</sub>O<br>".into()),
        ("![图](a.png)", "<img src=\"a.png\" alt=\"图\" first>".into()),
        ("1. # - | a", "1. # - | a".into()),
        ("`::: a` &amp; \\*", "<code>::: a</code> &amp; *".into()),
        ("[丙](b.md", "[丙](b.md".into()),
        ("{{ <note /> }} <!-- more -->", "{{ &lt;note /&gt; }} &lt;!-- more --&gt;".into()),
        ("$x$", "<code class=\"math math-inline\">x</code>".into()),
    ] {
        let ends = "\n\n[到]: b.md\n[甲]: b.md\n";
        let got = html(&format!("> [!NOTE] {title}\n> 文{ends}"));
        assert_eq!(got.trim_end(), alert(&want, "<p>文</p>\n"), "{title}");
        let got = html(&format!("::: note {title}\n文\n:::{ends}"));
        assert_eq!(got.trim_end(), alert(&want, "<p>文</p>\n"), "{title}");
        let got = html(&format!("- > [!NOTE] {title}\n  > 文{ends}"));
        assert!(got.contains(&alert(&want, "<p>文</p>\n")), "{title} {got}");
    }
}

/// Where a link in a title stands is where it was written.
#[test]
fn links_in_titles_have_their_places() {
    let text = "**强。**前\n\n::: tip **强。**看[甲](b.md)[^无]\n文\n:::\n\n> [!TIP] 看[乙](c.md)\n\n甲[^有]\n\n[^有]: 注";
    let essay = site::essay(text);
    assert_eq!(essay.card.links, ["b.md".into(), "c.md".into()]);
    let places: Vec<&str> =
        essay.body.holes.iter().map(|hole| &text[hole.span.start as usize..hole.span.end as usize]).collect();
    assert_eq!(places, ["[甲](b.md)", "[乙](c.md)"]);
    let problems: Vec<_> =
        essay.diagnostics.iter().map(|problem| (&*problem.code, problem.message.as_str())).collect();
    assert_eq!(problems, [("footnote-missing", "there is no footnote `无`, so the brackets are text")]);
}
