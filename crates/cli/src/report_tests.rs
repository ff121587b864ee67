use unicode_width::UnicodeWidthStr;

use super::*;

fn broken_link(text: &str, part: &str) -> Diagnostic {
    let at = text.find(part).expect("the part is in the text");
    Diagnostic::error("broken-link", "content/essays/月.md", "there is no page `b.md`")
        .at(text, at..at + part.len())
        .help("write the path from this file")
}

#[test]
fn a_problem_is_drawn_with_its_place() {
    let text = "一\n月亮[在这里](b.md)升起来。\n";
    let expected = "\
error[broken-link]: there is no page `b.md`
 --> content/essays/月.md:2:9
  |
2 | 月亮[在这里](b.md)升起来。
  |              ^^^^
  |
  = help: write the path from this file";
    assert_eq!(plain(&[broken_link(text, "b.md")]), expected);
}

/// The columns of a terminal that the mark covers, and those of the marked text: the same for every script.
#[test]
fn marks_stand_under_wide_text() {
    for (text, part) in [
        ("然而当期望遇到现实，问题很快就来了。", "期望"),
        ("mixed 中文 and English", "English"),
        ("「全角」，標點。ｆｕｌｌ　width", "width"),
        ("ひらがな、カタカナ", "カタカナ"),
        ("한국어 문장", "문장"),
        ("𠮷野家で", "野家"),
        ("e\u{301}te\u{301} 法", "法"),
        ("🌕 满月", "满月"),
        ("𠮷", "𠮷"),
    ] {
        let drawn = plain(&[broken_link(text, part)]);
        let lines: Vec<&str> = drawn.lines().collect();
        let mark = lines.iter().position(|line| line.contains('^')).expect("a mark");
        let before = lines[mark - 1].split(part).next().expect("text before the part");
        let columns = lines[mark].find('^').expect("a mark");
        assert_eq!(columns, before.width(), "\n{drawn}");
        assert_eq!(lines[mark].matches('^').count(), part.width(), "\n{drawn}");
    }
}

#[test]
fn the_column_of_a_huge_line_is_its_own() {
    let text = format!("{}错误{}", "长".repeat(100_000), "尾".repeat(5000));
    let drawn = plain(&[broken_link(&text, "错误")]);
    assert!(drawn.contains("月.md:1:100001"), "{drawn}");
    assert!(drawn.lines().all(|line| line.width() < 400), "{drawn}");
    assert!(drawn.contains("^^^^"), "{drawn}");
}

#[test]
fn a_problem_need_not_have_a_place() {
    let file = Diagnostic::warning("stale", "content/a.md", "the translation is older than the original");
    assert_eq!(
        plain(&[file]),
        "warning[stale]: the translation is older than the original\n--> content/a.md"
    );
    let nothing =
        Diagnostic::note("drafts", "", "2 drafts are not published").help("`--drafts` publishes them");
    assert_eq!(
        plain(&[nothing]),
        "note[drafts]: 2 drafts are not published\n |\n = help: `--drafts` publishes them"
    );
}

/// Whatever a file holds, and wherever a mark points, something is drawn.
#[test]
fn nothing_is_too_strange_to_draw() {
    for text in ["", "\t缩进", "\u{7}\u{1b}[31mred", "a\u{202e}b", "\u{feff}x", "e\u{301}\u{301}", "\r", "👨‍👩‍👧‍👦"]
    {
        for start in 0..=text.chars().count() as u32 + 2 {
            for end in 0..=start + 3 {
                let place = Place {
                    line: u32::MAX,
                    column: start + 1,
                    excerpt: text.to_owned(),
                    mark_start: start,
                    mark_end: end,
                };
                let diagnostic = Diagnostic { place: Some(place), ..Diagnostic::error("x", "a", "b") };
                let drawn = plain(&[diagnostic]);
                assert!(drawn.starts_with("error[x]: b") && !drawn.contains('\u{1b}'), "{drawn:?}");
            }
        }
    }
}

#[test]
fn json_is_one_object_a_line() {
    let lines = json(&[broken_link("一\n[二](b.md)", "b.md"), Diagnostic::warning("stale", "", "old")])
        .expect("JSON");
    let read: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(
        read,
        [
            serde_json::json!({
                "severity": "error", "code": "broken-link", "path": "content/essays/月.md", "line": 2, "column": 5,
                "excerpt": "[二](b.md)", "message": "there is no page `b.md`", "help": "write the path from this file"
            }),
            serde_json::json!({
                "severity": "warning", "code": "stale", "path": null, "line": null, "column": null,
                "excerpt": null, "message": "old", "help": null
            }),
        ]
    );
}

#[test]
fn tallies_are_words() {
    let tally = |errors, warnings| Tally { errors, warnings };
    assert_eq!(tally(0, 0).words(), None);
    assert_eq!(tally(1, 0).words().as_deref(), Some("1 error"));
    assert_eq!(tally(2, 1).words().as_deref(), Some("2 errors, 1 warning"));
    assert_eq!(tally(0, 3).ending(false), Ending::Good);
    assert_eq!(tally(0, 3).ending(true), Ending::Problems);
    assert_eq!(tally(1, 0).ending(false), Ending::Problems);
}
