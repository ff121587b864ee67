//! What holds for every input: nothing panics, no Chinese character is lost, holes are in order, time is linear.

mod claims;
mod site;

use claims::{PIECES, is_hidden};
use fika_model::HoleKind;
use proptest::prelude::*;
use site::parser;

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// The same without what leads into addresses, comments and definitions of links, which are not shown: no loss.
fn shown_text() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = PIECES.iter().copied().filter(|piece| !is_hidden(piece)).collect();
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_holes_are_in_order(text in text()) {
        let parser = parser(|config| {
            config.markdown.math = text.len() % 2 == 0;
            config.markdown.mark = text.len() % 3 == 0;
        });
        prop_assert_eq!(claims::check(&parser, &text, false), Ok(()), "{:?}", text);
    }

    #[test]
    fn no_han_character_is_lost_and_elements_nest(text in shown_text()) {
        let plain = !text.contains('<');
        if plain {
            prop_assert_eq!(claims::check(&parser(|_| {}), &text, true), Ok(()), "{:?}", text);
        }
        let body = parser(|_| {}).markdown(&site::lang("zh"), &text);
        prop_assert_eq!(claims::lost(&text, &body), None, "{:?} {}", text, body.html);
    }

    #[test]
    fn typography_adds_elements_and_changes_no_text(text in shown_text()) {
        let stripped = |typography| {
            let essay = parser(|config| config.markdown.typography = typography).parse("content/a.md", text.as_bytes(), &|_, _| None);
            let html = essay.body.html.replace(" class=\"indented\"", "").replace("<span class=\"nb\">", "").replace("<span lang=\"en\">", "").replace("</span>", "");
            let card = essay.card;
            let kinds: Vec<HoleKind> = essay.body.holes.into_iter().map(|hole| hole.kind).filter(|kind| !matches!(kind, HoleKind::Component { .. } | HoleKind::Verbatim(_))).collect();
            (html.replace("<em>", "").replace("</em>", ""), kinds, card.summary_text, card.words, card.headings, card.blocks, card.title)
        };
        prop_assert_eq!(stripped(fika_model::Typography::ALL), stripped(fika_model::Typography::NONE));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        parser(|_| {}).parse("content/a.md", &bytes, &|_, _| None);
    }
}

#[test]
fn what_the_fuzzer_found() {
    for text in [
        "*{% <n> %}，*产理",
        "*{% <n> %}！*}}",
        "a ****It’s so{% <n> %}\n，***”",
        "# {% <n> %}题[^1]\n\n*{% <n> %}，*",
        "##   \n第 3 章[^ア]\n：$> {任意}\\\n---\n",
        "甲 {任意}\\\n===\n",
        "[[`\u{fe00}~|`]]",
        "[^1](http://$）图 1.png)",
        "#甲 {任意}\n===\n",
        "> 甲\n>  {任意}\n> ---\n",
        "> 甲\n(\n> {任意}\n> ===\n",
        "- 甲\n  \t{任意}\n  ===\n",
        "- [ ] \\\n  ===\n",
        "> {#b}\n> ---\n",
        "甲 <b>乙 {#b} \n丙\n甲 {.c}\n===\n",
        "[^1]: 甲\n      {任意}\n    ---\n\n乙[^1]",
        "> [!TIP] 甲\n> 乙 {任意}\n> ---\n",
        "# 题[^1]\n\n正文在此。\n\n<!-- more -->\n\n[^1]: 注",
        "| —\n| ---\n\u{8}\n| | 中1.\n",
    ] {
        assert_eq!(claims::check(&parser(|_| {}), text, !text.contains('<')), Ok(()), "{text:?}");
    }
}

#[test]
fn a_title_that_is_taken_out_takes_its_notes_from_the_summary() {
    let text = "正文在此".repeat(40);
    let essay = site::essay(&format!("# 题[^1]\n\n{text}\n\n<!-- more -->\n\n[^1]: 注"));
    assert_eq!(essay.card.summary.as_deref().map(|body| &*body.html), Some(&*format!("<p>{text}</p>\n")));
}

#[test]
fn a_heading_that_begins_with_the_title_of_an_alert_is_the_rest() {
    let html = |text: &str| site::essay(text).body.html;
    let title = "<aside class=\"alert alert-tip\" data-kind=\"tip\">\n<p class=\"alert-title\">甲</p>\n";
    assert_eq!(html("> [!TIP] 甲\n> 乙\n> ---\n"), format!("{title}<h2 id=\"乙\">乙</h2>\n</aside>\n"));
    assert_eq!(html("> [!TIP] 甲\n> ---\n"), format!("{title}<hr />\n</aside>\n"));
}

/// What is nested deeper than anybody nests is text, and all of it is there.
#[test]
fn deep_nesting_ends_and_loses_nothing() {
    for (mark, element) in [("> ", "<blockquote>"), (">", "<blockquote>"), ("- ", "<ul>"), ("1. ", "<ol>")] {
        let body = parser(|_| {}).markdown(&site::lang("zh"), &format!("{}文字\n尾\n", mark.repeat(1000)));
        let depth = body.html.matches(element).count();
        assert!((80..=256).contains(&depth), "{mark:?} {depth}");
        assert!(
            body.html.contains(&mark.trim_end().replace('>', "&gt;")) && body.html.contains("文字尾"),
            "{}",
            body.html
        );
        assert_eq!(claims::nesting(&body.html), Ok(()));
        assert!(!body.html.contains('\u{FDD0}'), "{}", body.html);
    }
}

/// Makes a text of about a length.
type Make = fn(usize) -> String;

#[test]
fn time_is_linear() {
    let make: &[(&str, Make)] = &[
        ("brackets", |n| "[".repeat(n)),
        ("quotations", |n| ">".repeat(8 * n)),
        ("stars", |n| "*".repeat(n)),
        ("stars and Han", |n| "**「".repeat(n)),
        ("stars, Han, letters", |n| "*字_。".repeat(n)),
        ("a long line", |n| "长".repeat(3 * n)),
        ("a first line of spaces", |n| format!("{}文", " ".repeat(n))),
        ("a table", |n| format!("|甲|乙|\n|-|-|\n{}", "|一|**「二」**三|\n".repeat(n))),
        ("soft breaks", |n| "行\n".repeat(n)),
        ("headings", |n| "## 题\n\n".repeat(n / 4)),
        ("comments of Obsidian", |n| "甲%%乙\n".repeat(n / 8)),
        ("signs of marks", |n| "==甲 ".repeat(n / 8)),
        ("full-width stars", |n| "＊＊甲`b`".repeat(n / 16)),
        ("full-width brackets", |n| "】(https://a.b) ".repeat(n / 16)),
        ("bullets", |n| "•甲\n●乙\n".repeat(n / 16)),
        ("signs of comments", |n| "%%a %%".repeat(n / 8)),
        ("names of paragraphs", |n| format!("{}{}", " ^abc".repeat(n / 8), " ".repeat(n / 2))),
        ("ids in titles", |n| format!("# {}", "<b id=x>字</b>{{ <x /> }}".repeat(n / 32))),
        ("titles with notes", |n| {
            (0..n / 16)
                .map(|i| format!("[^{i}]\n\n[^{i}]: 注\n\n"))
                .chain(vec!["# 题\n".into(); n / 8])
                .collect()
        }),
        ("headings before more", |n| format!("{}<!-- more -->", "## 题[^1]\n\n".repeat(n / 8))),
        ("braces of an info string", |n| format!("~~~ {}{}", "{a ".repeat(n / 2), "}".repeat(n / 2))),
        ("notes that are not there", |n| "[[^ア]".repeat(2 * n)),
        ("comments without an end", |n| "<!--".repeat(n)),
        ("links", |n| "[a](b.md)\n".repeat(n / 4)),
        ("addresses", |n| "https://a.b/c，".repeat(n / 4)),
        ("addresses in one", |n| "https://a.b/_".repeat(n / 4)),
        ("components", |n| "{% <n> %}字\n".repeat(n / 16)),
        ("components closed", |n| "{% <n> %}\n字\n{% </n> %}\n".repeat(n / 8)),
        ("half components", |n| "{{ <a b=\"\\".repeat(n / 4)),
        ("quotes in components", |n| "{{ <a b='{{ <a b=`{{ <a b=\"".repeat(n / 8)),
        ("unknown elements", |n| "<X>文\n".repeat(n / 8)),
        ("notes", |n| (0..n / 16).map(|i| format!("[^{i}]\n\n[^{i}]: 注\n\n")).collect()),
        ("comments", |n| "<!-- ".repeat(n / 4)),
        ("attributes", |n| format!("<div {}", "a=\"".repeat(n / 4))),
        ("tags without end", |n| format!("<div>\n{}", "<a href=".repeat(n))),
        ("tags that end nothing", |n| format!("{}a <!-- more --> b", "<b></i>".repeat(n / 4))),
        ("elements that another end passes by", |n| "<section></table>".repeat(n / 8)),
        ("elements without an end", |n| "- <div>\n\n  <nav id=a>\n\n".repeat(n / 16)),
        ("tags that close themselves", |n| format!("{}a <!-- more --> b", "<b><i/>".repeat(n / 4))),
        ("tags in one", |n| format!("<div>\n{}", "<a".repeat(n))),
        ("back quotes", |n| {
            (1..(2.0 * n as f64).sqrt() as usize).map(|i| "`".repeat(i)).collect::<Vec<_>>().join(" ")
        }),
        ("destinations", |n| "](a ".repeat(n / 2)),
        ("pictures", |n| "![](a b.png) ".repeat(n / 8)),
        ("English", |n| "字 a b “c ".repeat(n / 4)),
        ("quotes in English", |n| "a “a “".repeat(n / 4)),
        ("apostrophes", |n| "a ’ é 1 ".repeat(n / 4)),
        ("interpuncts", |n| "第 1 ·".repeat(n / 4)),
        ("emphasis split", |n| format!("*{}*", "字，".repeat(n / 2))),
        // The cases of cmark's `pathological_tests.py`, and kin.
        ("nested strong", |n| format!("{}a{}", "*a **a ".repeat(n / 8), "b** b*".repeat(n / 8))),
        ("closers without openers", |n| "a_ ".repeat(n / 2)),
        ("openers without closers", |n| "_a ".repeat(n / 2)),
        ("links without closers", |n| "[ a".repeat(n / 2)),
        ("closing brackets", |n| "a]".repeat(n / 2)),
        ("openers and closers that differ", |n| "*_* a".repeat(n / 4)),
        ("a link within a link", |n| format!("{}a{}", "[".repeat(n / 2), "](b)".repeat(n / 4))),
        ("pictures within brackets", |n| "![[]()".repeat(n / 4)),
        ("references", |n| (0..n / 16).map(|i| format!("[甲{i}]\n\n[甲{i}]: b.md\n\n")).collect()),
        ("one reference", |n| format!("[甲]: b.md\n\n{}", "[甲]".repeat(n / 8))),
        ("nested quotations", |n| format!("{}甲", "> ".repeat(n / 2))),
        ("nested lists", |n| {
            (0..(n as f64).sqrt() as usize).map(|i| format!("{}- 甲\n", "  ".repeat(i))).collect()
        }),
        ("deep list in one line", |n| "- ".repeat(n / 2) + "甲"),
        ("a deep list before lines", |n| "- ".repeat(n) + &"甲\n".repeat(n / 2)),
        ("a deep quotation before lines", |n| "> ".repeat(n) + &"甲\n".repeat(n / 2)),
        ("a deep quotation before quotations", |n| "> ".repeat(n) + &"> 甲\n".repeat(n / 2)),
        ("unclosed components in headings", |n| "# {% <n> %} 甲\n".repeat(n / 4)),
        ("components under a long info string", |n| {
            format!("{}{}", "~~~\\".repeat(n / 8), "\n{{ <x /> }}".repeat(n / 16))
        }),
        ("components before a long title", |n| {
            format!("[{}](b \"{}\")", "{{ <x /> }}".repeat(n / 16), "\\*".repeat(n / 4))
        }),
        ("components in emphasis", |n| "*{% <n> %}，*甲".repeat(n / 4)),
        ("`<` and no tag", |n| "<".repeat(n)),
        ("`<a` and no end", |n| "<a ".repeat(n / 2)),
        ("processing instructions", |n| "<?".repeat(n / 2)),
        ("declarations", |n| "a <!A ".repeat(n / 4)),
        ("CDATA", |n| "a <![CDATA[".repeat(n / 8)),
        ("entities", |n| "&amp;&#20013;&x".repeat(n / 16)),
        ("ampersands", |n| "&".repeat(n)),
        ("dollars", |n| "$a ".repeat(n / 2)),
        ("tildes", |n| "~~甲~".repeat(n / 4)),
        ("a wide table", |n| format!("{0}\n{1}\n{0}\n", "|甲".repeat(n / 8), "|-".repeat(n / 8))),
        ("wikilinks", |n| "[[".repeat(n / 2)),
        ("wikilinks closed", |n| "[[甲|".repeat(n / 8) + &"]]".repeat(n / 8)),
        ("notes in notes", |n| (0..n / 16).map(|i| format!("[^{i}]: 注[^{}]\n\n", i + 1)).collect()),
        ("hosts without end", |n| "http://".repeat(n / 4)),
        ("quotation marks behind an end", |n| "…".repeat(n) + &"\"".repeat(2 * n)),
        ("hosts after hosts", |n| "http://$www.a.b".repeat(n / 4)),
        ("mail", |n| "a@".repeat(n / 2)),
        ("mail in one", |n| "a.".repeat(n / 2) + "@" + &"a.".repeat(n / 2)),
        ("addresses and semicolons", |n| format!("www.a.b{}", "&a;".repeat(n / 4))),
        ("addresses and parentheses", |n| format!("www.a.b{}", ")".repeat(n))),
        ("English", |n| "it’s “so” a".repeat(n / 8)),
        ("numbers", |n| "第 1 章1,1".repeat(n / 8)),
        ("components in one", |n| "{{ <a ".repeat(n / 4)),
        ("ideographic spaces", |n| "\u{3000}".repeat(n)),
        ("control characters", |n| "甲\u{8}".repeat(n / 2)),
        ("setext", |n| "甲\n".repeat(n / 4) + "---"),
        ("front matter", |n| format!("---\n{}---\n", "甲: 乙\n".repeat(n / 8))),
        ("half front matter", |n| format!("---\n{}", "甲: [\n".repeat(n / 8))),
        ("containers", |n| "::: a\n字\n".repeat(n / 4)),
        ("containers closed", |n| "::: a\n字\n:::\n".repeat(n / 8)),
        ("colons", |n| ":::a".repeat(n)),
        ("ends of nothing", |n| ":::\n".repeat(n / 4)),
        ("ruby", |n| "{字|a}".repeat(n / 4)),
        ("half ruby", |n| "{字|".repeat(n)),
        ("titles of alerts", |n| "> [!NOTE] 题\n\n".repeat(n / 8)),
        ("titles of alerts with notes", |n| "> [!NOTE] 题[^1]\n\n".repeat(n / 8) + "[^1]: 注"),
        ("half notes in a title", |n| format!("> [!NOTE] {}\n\n[^1]: 注", "[^1".repeat(n / 2))),
        ("links that begin in a title", |n| {
            format!("> [!NOTE] {}a\n> b{}", "![".repeat(n / 4), "](b)".repeat(n / 4))
        }),
        ("references that begin in a title", |n| {
            format!("> [!NOTE] {}a\n> b{}\n\n[c]: d", "![".repeat(n / 4), "][c]".repeat(n / 4))
        }),
        ("arguments", |n| format!("{{{{ <a {}/> }}}}", "b ".repeat(n / 2))),
        ("marks and strikes", |n| "==甲~~乙".repeat(n / 8)),
        ("marks in strikes", |n| format!("{}甲{}", "==~~".repeat(n / 8), "~~==".repeat(n / 8))),
        ("marks without end", |n| "甲== ".repeat(n / 8)),
        ("one long word", |n| "b.md".repeat(n / 4) + "·"),
        ("more", |n| "<!-- more -->字".repeat(n / 8)),
        ("places", |n| "<a id=x/>".repeat(n / 8)),
        ("places without another", |n| format!("{}{}", "<a id=x/>\n\n".repeat(n / 16), "<b>".repeat(n / 8))),
        ("lists of attributes", |n| "字 {:.a} ".repeat(n / 8)),
        ("shortcodes", |n| "{{ a(b=\"c\") }} {% d %} {{ e( ".repeat(n / 32)),
        ("stars with spaces", |n| "**甲乙 ** ".repeat(n / 8)),
        ("stars that open nothing", |n| "** 甲".repeat(n / 4)),
        ("comments", |n| "%%".repeat(n / 2)),
        ("indented lines", |n| "\u{3000}甲\n".repeat(n / 8)),
        ("single quotation marks", |n| "‘甲。".repeat(n / 4)),
        ("dialogue", |n| "“甲”\n".repeat(n / 8)),
        ("shared marks", |n| format!("{}\n", "”“—".repeat(n / 16)).repeat(4)),
    ];
    let parser = parser(|config| (config.markdown.math, config.markdown.mark) = (true, true));
    let slow: Vec<&str> = make
        .iter()
        .filter(|(_, make)| claims::is_superlinear(&parser, 5_000, make))
        .map(|(name, _)| *name)
        .collect();
    assert!(slow.is_empty(), "{slow:#?}");
}
