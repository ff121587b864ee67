//! What the words of many languages are, and that nothing written does any harm.

use fika_highlight::{Highlighter, Role, Span};
use proptest::prelude::*;

/// The names of all languages, each under one of its less usual ones where it has any.
const LANGUAGES: [&str; 18] = [
    "sh", "h", "C++", "css", "patch", "golang", "XML", "java", "jsx", "jsonc", "md", "py", "rb", "rs",
    "toml", "tsx", "ts", "yml",
];

/// The spans of a code, as `text:role`.
fn shown(highlighter: &Highlighter, language: &str, code: &str) -> Vec<String> {
    let spans =
        highlighter.spans(language, code).unwrap_or_else(|| panic!("there is no grammar for {language}"));
    spans
        .iter()
        .map(|Span { range, role }| {
            format!("{}:{}", &code[range.clone()], role.class().trim_start_matches("hl-"))
        })
        .collect()
}

#[test]
fn every_language_has_words() {
    let highlighter = Highlighter::new();
    for (language, code, want) in [
        ("sh", "echo \"$HOME\" # 家", "# 家:comment"),
        ("h", "#include <a.h>\nint a = 1;", "1:constant"),
        ("C++", "class A { int b; };", "class:keyword"),
        ("css", "a { color: red }", "color:property"),
        ("golang", "func main() {}", "func:keyword"),
        ("XML", "<b c=\"d\">e</b>", "b:tag"),
        ("java", "class A { int b = 1; }", "class:keyword"),
        ("jsx", "const a = \"月\";", "\"月\":string"),
        ("jsonc", "{\"a\": 1}", "\"a\":property"),
        ("md", "# 题\n", "题:title"),
        ("py", "def f(): # 注\n  pass", "def:keyword"),
        ("rb", "def f\nend", "def:keyword"),
        ("rs", "fn main() { let a = \"b\"; }", "fn:keyword"),
        ("toml", "a = 1", "a:property"),
        ("tsx", "let a: string = 'x';", "'x':string"),
        ("ts", "let a: string = 'x';", "let:keyword"),
        ("yml", "a: 1", "a:property"),
    ] {
        let spans = shown(&highlighter, language, code);
        assert!(spans.iter().any(|span| span == want), "{language}: {want} is not among {spans:?}");
    }
    let diff = shown(&highlighter, "patch", "@@ -1 +1 @@\n-a\n+b\n");
    assert!(diff.contains(&"-a:removed".to_owned()) && diff.contains(&"+b:added".to_owned()), "{diff:?}");
}

#[test]
fn languages_within_languages() {
    let html =
        shown(&Highlighter::new(), "html", "<style>a { color: red }</style><script>let a = 1;</script>");
    assert!(
        html.contains(&"color:property".to_owned()) && html.contains(&"let:keyword".to_owned()),
        "{html:?}"
    );
}

#[test]
fn what_is_not_known_stays_plain() {
    let highlighter = Highlighter::new();
    for language in ["", "brainfuck", "text", "rust2", &"x".repeat(10_000)] {
        assert_eq!(highlighter.spans(language, "fn main() {}"), None);
    }
    assert_eq!(highlighter.spans("rust", &"x".repeat(fika_highlight::LONGEST + 1)), None);
}

/// All threads at once, each grammar new to all of them, come to the same.
#[test]
fn threads_agree() {
    let highlighter = Highlighter::new();
    let code = "fn a() -> u32 { 1 } // <b>\n#[test] struct B;";
    let alone = Highlighter::new().spans("rust", code);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| highlighter.spans("rust", code))).collect();
        assert!(threads.into_iter().all(|thread| thread.join().ok() == Some(alone.clone())));
    });
}

/// Brackets and quotes without end are what a grammar finds hardest.
#[allow(clippy::disallowed_methods)] // it measures
#[test]
fn no_text_takes_long() {
    let highlighter = Highlighter::new();
    for language in LANGUAGES {
        for part in ["(", "{[", "\"", "<a ", "/*", "`${", "**a", "- ", "> ", "?- ", "%q(", "[a](", "月"] {
            let code = part.repeat(3_000 / part.len());
            let begun = std::time::Instant::now();
            let _ = highlighter.spans(language, &code);
            let took = begun.elapsed();
            assert!(took.as_secs() < 20, "{language} takes {took:?} for 3 KB of `{part}`");
        }
    }
}

fn code() -> impl Strategy<Value = String> {
    const PIECES: [&str; 28] = [
        "fn ",
        "class ",
        "\"",
        "'",
        "`",
        "(",
        ")",
        "{",
        "}",
        "<",
        ">",
        "/*",
        "*/",
        "//",
        "#",
        "\n",
        "  ",
        "月亮",
        "a",
        "1",
        " = ",
        ";",
        "\\",
        "${",
        "def f():\n",
        "<script>",
        "```js\n",
        "\u{1F319}",
    ];
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_in_order_and_apart(code in code()) {
        let highlighter = Highlighter::new();
        for language in ["rs", "jsx", "html", "md", "py", "yml"] {
            let mut last = 0;
            for Span { range, role } in highlighter.spans(language, &code).expect("it is known") {
                prop_assert!(last <= range.start && range.start < range.end && code.get(range.clone()).is_some());
                prop_assert!(Role::ALL.contains(&role));
                last = range.end;
            }
        }
    }
}
