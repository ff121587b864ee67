//! The CJK-friendly emphasis rules, compared with another implementation of them (comrak).

mod site;

use proptest::prelude::*;
use site::{html, parser};

fn theirs(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(text, &options).replace("&quot;", "\"")
}

/// The emphasis rules alone, without those of typography.
fn emphasis() -> fika_parser::Parser {
    parser(|config| config.markdown.typography = fika_model::Typography::NONE)
}

#[test]
fn sentences_agree() {
    let parser = emphasis();
    for text in [
        "他说**“可以。”**然后走了。",
        "**注意：**先备份，*再*升级。",
        "价格是**￥100。**不含税",
        "这**（其实）**不难，*「真的」*不难。",
        "***全部。***与**部分，**与*一点；*",
        "한국어**(괄호)**와 **“따옴표”**를",
        "日本語**「かぎ括弧」**です。*強調。*だ",
        "**𠮷野家。**的𠮟**「る」**",
        "**︎「x」**和葛󠄀**（y）**",
        "**😀**字**😀。**字",
        "中**a.**文 a**。**b 中*。*",
        "**“**引号**”**与**——**破折号**……**省略",
        "“**a。**”“**b**。”",
        "**[链接。](https://a.b)**后**`码`**后**<b>。</b>**后",
        "\\**字。**字 \\*\\*。\\*\\*字 **字\\***。",
        "*字。**字。*字。**字",
        "**字_「中」_字**字*_。_*字",
    ] {
        assert_eq!(html(&parser, "zh", text), theirs(text), "{text}");
    }
}

/// Each kind of case that the rules' own test files have, in words of ours: `cargo run -p fika-parser --example oracle -- FOLDER` compares
/// with those files and with any folder of essays.
#[test]
fn every_kind_of_case_agrees() {
    let parser = emphasis();
    for text in [
        // Korean: a letter with or without a syllable of its own.
        "**문서[링크](https://a.b/)**도 보라. **`cargo`**를, **저녁(night)**에 ᅥ**(b)** **(b)**ᄑ",
        // Punctuation and symbols beyond the first plane, without a CJK neighbour.
        "b**b»**b b**«b**b b**b∂**b b**∂b**b b**b𝛁**b b**𝛁b**b b**𐬹b**b b**b𐬹**b",
        // Symbols of East Asia that look like emoji.
        "b**〰**b b**〽**b b**🈁**b b**🈚**b b**㊗**b b**㊙**b b**㊐**b",
        // Every mark that Chinese sets, on both sides of the run, before and behind a letter of either script.
        "**甲，**乙 **甲。**b **甲、**乙 **甲；**b **甲：**乙 **甲？**b **甲！**乙",
        "**甲“**乙 **甲”**乙 **甲‘**乙 **甲’**乙 甲**“乙**甲 甲**”乙**甲",
        "**甲（**乙 甲**（乙** **甲）**乙 甲**【乙** **甲】**乙 **甲《**乙 **甲》**b",
        "**甲—**乙 **甲——**乙 **甲…**乙 **甲……**乙 **甲～**乙 **甲·**乙 b**—甲**",
        "税前**¥3,200**元 第**②**页 **G#**和**Q++**与**「.io」** 编号**７号** **⻢**先生 ・**㋑**：乙",
        "**𡃁「**甲 **甲𡃁。**b b**「𡃁**b",
        // Variation selectors: of a glyph, of a quotation mark's width, of an ideograph.
        "“︁b”︁**b** **“︁甲”︁**b b**“︀b**b 甲。︁**b** 甲。︀**b** 辻󠄀**（b）**b 辻󠄁**（b**b",
        // `_` is CommonMark's, behind such a selector too.
        "__甲__：乙 甲：__乙__ 甲。︁_b_ 甲。︁__b__ b / 甲。︀_b_ “︁b”︁__b__ 甲_乙_甲 _甲_：乙",
        // `~~` follows the same rules.
        "~~甲。~~b 甲~~（b）b~~甲 b~~b（）~~甲 甲~~（）b~~b b~~「b~~ 「~~b」~~b ~~b~~：~~b~~",
        "𡃁~~（）b~~b b~~b（）~~𡃁 辻󠄀~~（）b~~b 辻︀~~（）b~~b ~~甲。︀~~b. ~~“︁b”︁~~b",
        "甲 ~~~甲~~~ ~~甲**「乙」**~~丙 **~~甲。~~乙**丙 甲~~**~~~~**~~乙",
        // Text without a CJK neighbour.
        "**b.**b b**(b)**b b**b** __b__b ~~b~~b ~~*__`b`__*~~ [^~~b~~1] (~~()~~)",
    ] {
        assert_eq!(html(&parser, "zh", text), theirs(text), "{text}");
    }
}

/// Where the two differ on purpose; decision 14 has the reasons.
#[test]
fn exceptions_are_these() {
    let parser = emphasis();
    for (text, ours, other) in [
        // A single `~` writes ranges.
        ("3~5元，约7~9元", "3~5元，约7~9元", "3<del>5元，约7</del>9元"),
        // Strikethrough is what stands between two `~~`, says GFM, and says nothing of what stands beside them.
        ("b~~(c)d~~b", "b<del>(c)d</del>b", "b~~(c)d~~b"),
        // Beside a run of stars comrak, as GitHub's own parser, looks past `~`; the rules do not.
        ("文字**~~ ~~**文", "文字<strong>~~ ~~</strong>文", "文字**~~ ~~**文"),
        // A bare address keeps its underscores.
        (
            "https://_b_.c.d/_e_ f",
            "<a href=\"https://_b_.c.d/_e\">https://_b_.c.d/_e</a>_ f",
            "https://<em>b</em>.c.d/<em>e</em> f",
        ),
        // Two brackets are a link by name.
        ("[[*b* c]]\n\n[*b* c]: /d", "<a href=\"wiki:*b* c\">*b* c</a>", "[<a href=\"/d\"><em>b</em> c</a>]"),
    ] {
        assert_eq!(html(&parser, "zh", text).trim_end(), format!("<p>{ours}</p>"), "{text}");
        assert_eq!(theirs(text).trim_end(), format!("<p>{other}</p>"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn runs_of_stars_agree(pieces in prop::collection::vec(prop::sample::select(&["*", "**", "***", "字", "。", "「", "」", "“", "a", ".", " ", "한", "_", "😀"][..]), 1..16)) {
        // A letter keeps the line a paragraph.
        let text = format!("文{}文", pieces.concat());
        let parser = emphasis();
        prop_assert_eq!(html(&parser, "zh", &text), theirs(&text), "{}", text);
    }

    // Without a Latin letter before a run, or stars beside one; see the exceptions.
    #[test]
    fn runs_of_tildes_agree(pieces in prop::collection::vec(prop::sample::select(&["~~", "~~", "**文", "字", "。", "「", "」", ".", " ", "한"][..]), 1..16)) {
        let text = format!("文{}文", pieces.concat());
        prop_assume!(!text.contains("~**"));
        let parser = emphasis();
        prop_assert_eq!(html(&parser, "zh", &text), theirs(&text), "{}", text);
    }
}
