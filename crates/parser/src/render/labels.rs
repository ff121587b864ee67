//! The few words that a body says by itself. They are part of the essay, so they are in its language.

use fika_model::Lang;

/// Simplified Chinese, traditional Chinese, English.
type Words = [&'static str; 3];

fn pick(lang: &Lang, words: Words) -> &'static str {
    let traditional = lang.script() == Some("Hant")
        || lang.script().is_none() && lang.as_str().split('-').any(|part| matches!(part, "TW" | "HK" | "MO"));
    match (lang.is_chinese(), traditional) {
        (true, false) => words[0],
        (true, true) => words[1],
        (false, _) => words[2],
    }
}

/// The name of the section of footnotes.
pub(super) fn footnotes(lang: &Lang) -> &'static str {
    pick(lang, ["脚注", "註腳", "Footnotes"])
}

/// What a reference to a footnote is called, before its number.
pub(super) fn footnote(lang: &Lang) -> &'static str {
    pick(lang, ["脚注 ", "註腳 ", "Footnote "])
}

/// What the way back from a footnote is called, before its number.
pub(super) fn back(lang: &Lang) -> &'static str {
    pick(lang, ["回到正文，脚注 ", "回到正文，註腳 ", "Back to the text, footnote "])
}
