//! The CJK-friendly emphasis rules, compared with another implementation of them (comrak).

mod site;

use proptest::prelude::*;
use site::{html, parser};

fn theirs(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn runs_of_stars_agree(pieces in prop::collection::vec(prop::sample::select(&["*", "**", "***", "字", "。", "「", "」", "“", "a", ".", " ", "한", "_", "😀"][..]), 1..16)) {
        // A letter keeps the line a paragraph.
        let text = format!("文{}文", pieces.concat());
        let parser = emphasis();
        prop_assert_eq!(html(&parser, "zh", &text), theirs(&text), "{}", text);
    }
}
