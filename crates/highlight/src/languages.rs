//! The languages there are grammars for, and the names that people give them.

use arborium::{
    lang_bash, lang_c, lang_cpp, lang_css, lang_diff, lang_go, lang_html, lang_java, lang_javascript,
    lang_json, lang_markdown, lang_python, lang_ruby, lang_rust, lang_toml, lang_tsx, lang_typescript,
    lang_yaml, tree_sitter::LanguageFn,
};

/// A language that is known.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) grammar: fn() -> LanguageFn,
    /// The query for its words.
    pub(crate) words: fn() -> &'static str,
    /// The query for code of other languages in it.
    pub(crate) inner: &'static str,
}

macro_rules! known {
    ($name:literal, $of:ident) => {
        Known {
            name: $name,
            grammar: || $of::language(),
            words: || &$of::HIGHLIGHTS_QUERY,
            inner: $of::INJECTIONS_QUERY,
        }
    };
}

pub(crate) const LANGUAGES: [Known; 18] = [
    known!("bash", lang_bash),
    known!("c", lang_c),
    known!("cpp", lang_cpp),
    known!("css", lang_css),
    known!("diff", lang_diff),
    known!("go", lang_go),
    known!("html", lang_html),
    known!("java", lang_java),
    known!("javascript", lang_javascript),
    known!("json", lang_json),
    known!("markdown", lang_markdown),
    known!("python", lang_python),
    known!("ruby", lang_ruby),
    known!("rust", lang_rust),
    known!("toml", lang_toml),
    known!("tsx", lang_tsx),
    known!("typescript", lang_typescript),
    known!("yaml", lang_yaml),
];

/// Which of the languages a name means.
pub(crate) fn index(language: &str) -> Option<usize> {
    let name = canonical(language)?;
    LANGUAGES.iter().position(|known| known.name == name)
}

/// The grammar's name for a language; nothing where there is no grammar.
fn canonical(language: &str) -> Option<&'static str> {
    /// The longest name below.
    const LONGEST: usize = 16;
    if language.len() > LONGEST {
        return None;
    }
    Some(match language.to_ascii_lowercase().as_str() {
        "bash" | "sh" | "shell" | "zsh" | "ksh" | "shellscript" => "bash",
        "c" | "h" => "c",
        "c++" | "cpp" | "cxx" | "cc" | "hpp" | "arduino" => "cpp",
        "css" => "css",
        "diff" | "patch" => "diff",
        "go" | "golang" => "go",
        "html" | "htm" | "xhtml" | "xml" | "svg" => "html",
        "java" => "java",
        "javascript" | "js" | "jsx" | "mjs" | "cjs" | "node" => "javascript",
        "json" | "jsonc" | "json5" | "webmanifest" => "json",
        "markdown" | "md" => "markdown",
        "python" | "py" | "python3" | "py3" => "python",
        "ruby" | "rb" => "ruby",
        "rust" | "rs" => "rust",
        "toml" => "toml",
        "tsx" => "tsx",
        "typescript" | "ts" | "mts" | "cts" => "typescript",
        "yaml" | "yml" => "yaml",
        _ => return None,
    })
}
