//! The few words that a body says by itself. They are part of the essay, so they are in its language.

use fika_model::Lang;

/// What one language says.
pub(super) struct Words {
    /// The name of the section of footnotes.
    pub(super) footnotes: &'static str,
    /// What a reference to a footnote is called, before its number.
    pub(super) footnote: &'static str,
    /// What the way back from a footnote is called, before its number.
    pub(super) back: &'static str,
}

const ENGLISH: Words =
    Words { footnotes: "Footnotes", footnote: "Footnote ", back: "Back to the text, footnote " };

const SIMPLIFIED: Words = Words { footnotes: "脚注", footnote: "脚注 ", back: "回到正文，脚注 " };

const TRADITIONAL: Words = Words { footnotes: "註腳", footnote: "註腳 ", back: "回到正文，註腳 " };

const JAPANESE: Words = Words { footnotes: "脚注", footnote: "脚注", back: "本文へ戻る、脚注" };

const KOREAN: Words =
    Words { footnotes: "각주", footnote: "각주 ", back: "본문으로 돌아가기, 각주 " };

const GERMAN: Words =
    Words { footnotes: "Fußnoten", footnote: "Fußnote ", back: "Zurück zum Text, Fußnote " };

const FRENCH: Words = Words { footnotes: "Notes", footnote: "Note ", back: "Retour au texte, note " };

const SPANISH: Words = Words { footnotes: "Notas", footnote: "Nota ", back: "Volver al texto, nota " };

const RUSSIAN: Words = Words {
    footnotes: "Сноски", footnote: "Сноска ", back: "Назад к тексту, сноска "
};

const ARABIC: Words = Words {
    footnotes: "الحواشي", footnote: "حاشية ", back: "عودة إلى النص، حاشية "
};

/// The words of a language; English for one that has none here.
pub(super) fn words(lang: &Lang) -> &'static Words {
    match (lang.language(), lang.writing()) {
        _ if lang.is_chinese() && lang.writing() == "Hant" => &TRADITIONAL,
        _ if lang.is_chinese() => &SIMPLIFIED,
        ("ja", _) => &JAPANESE,
        ("ko", _) => &KOREAN,
        ("de", _) => &GERMAN,
        ("fr", _) => &FRENCH,
        ("es", _) => &SPANISH,
        ("ru", _) => &RUSSIAN,
        ("ar", "Arab") => &ARABIC,
        _ => &ENGLISH,
    }
}
