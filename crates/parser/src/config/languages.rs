//! Which names are language tags, and what languages call themselves.

use fika_model::Lang;

/// Languages whose two letters mean nothing else where files are named.
const UNMISTAKABLE: &[&str] = &["ar", "de", "en", "es", "fr", "ja", "ko", "pt", "ru", "th", "uk", "zh"];

/// The other languages of ISO 639-1. Many of their codes are also endings of programs, tools or domains
/// (`socket.io.md`, `cs/`), so that they count only beside a twin in another language.
const OTHERS: &str = "aa ab ae af ak am an as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da dv dz ee el eo \
    et eu fa ff fi fj fo fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu jv ka kg ki kj kk kl km kn \
    kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa \
    pi pl ps qu rm rn ro rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg ti tk tl tn to tr ts tt tw ty ug ur uz \
    ve vi vo wa wo xh yi yo za zu yue lzh nan hak wuu cmn gan";

/// Whether the name of a folder, or the last part of a file's, can only be meant as a language: `en`, `zh-TW`, `zh_CN`, `pt-br`.
pub fn names_a_language(name: &str) -> bool {
    let mut parts = name.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let rest: Vec<&str> = parts.collect();
    if !rest.iter().all(|part| is_script(part) || is_region(part)) || rest.len() > 2 {
        return false;
    }
    UNMISTAKABLE.contains(&&*language) || (!rest.is_empty() && is_other(&language))
}

/// Whether a name may be meant as a language, if other things speak for it.
pub(crate) fn is_possible(name: &str) -> bool {
    names_a_language(name) || is_other(name)
}

fn is_other(name: &str) -> bool {
    OTHERS.split_ascii_whitespace().any(|code| code == name)
}

/// Four letters: `Hans` (ISO 15924).
fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Two letters or three digits: `CN`, `419` (ISO 3166-1, UN M.49).
fn is_region(part: &str) -> bool {
    let letters = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    letters || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The same with the region, for a language whose name is also that of another of the site: `繁體中文（台灣）`, `English (GB)`.
pub(crate) fn with_region(lang: &Lang, name: &str) -> String {
    let region =
        lang.as_str().split('-').skip(1).take_while(|part| part.len() > 1).find(|part| is_region(part));
    let chinese = matches!(lang.language(), "zh" | "cmn");
    let own = match region {
        Some("TW") if chinese => "台灣",
        Some("HK") if chinese => "香港",
        Some("MO") if chinese => "澳門",
        Some("CN") if chinese => "中国",
        Some("SG") if chinese => "新加坡",
        Some("MY") if chinese => "马来西亚",
        Some(region) => region,
        None => return name.to_owned(),
    };
    if chinese { format!("{name}（{own}）") } else { format!("{name} ({own})") }
}

/// What a language calls itself, as a language switch shows it. `alone` says that the site has no other
/// language with the same first subtag: one Chinese is 中文, two are 简体中文 and 繁體中文.
pub(crate) fn endonym(lang: &Lang, alone: bool) -> &str {
    let traditional = lang.script() == Some("Hant")
        || (lang.script().is_none()
            && ["-TW", "-HK", "-MO"].iter().any(|region| lang.as_str().contains(region)));
    match lang.language() {
        "zh" | "cmn" if alone => "中文",
        "zh" | "cmn" if traditional => "繁體中文",
        "zh" | "cmn" => "简体中文",
        "yue" => "粵語",
        "lzh" => "文言",
        "en" => "English",
        "ja" => "日本語",
        "ko" => "한국어",
        "de" => "Deutsch",
        "fr" => "Français",
        "es" => "Español",
        "pt" => "Português",
        "it" => "Italiano",
        "nl" => "Nederlands",
        "sv" => "Svenska",
        "da" => "Dansk",
        "nb" | "no" => "Norsk bokmål",
        "fi" => "Suomi",
        "pl" => "Polski",
        "cs" => "Čeština",
        "sk" => "Slovenčina",
        "hu" => "Magyar",
        "ro" => "Română",
        "el" => "Ελληνικά",
        "bg" => "Български",
        "sr" => "Српски",
        "ru" => "Русский",
        "uk" => "Українська",
        "be" => "Беларуская",
        "tr" => "Türkçe",
        "ar" => "العربية",
        "fa" => "فارسی",
        "he" => "עברית",
        "ur" => "اردو",
        "hi" => "हिन्दी",
        "bn" => "বাংলা",
        "ta" => "தமிழ்",
        "th" => "ไทย",
        "vi" => "Tiếng Việt",
        "id" => "Bahasa Indonesia",
        "ms" => "Bahasa Melayu",
        "ca" => "Català",
        "eu" => "Euskara",
        "eo" => "Esperanto",
        "la" => "Latina",
        "ug" => "ئۇيغۇرچە",
        "bo" => "བོད་སྐད",
        "mn" => "Монгол",
        _ => lang.as_str(),
    }
}
