//! Sites with far too much of something: none costs more than it is long, and none breaks a build.

use fika_tests::show_diagnostics;

use crate::plain;

/// Each is filled within the other, which must not run out of stack.
#[test]
fn components_nested_deeper_than_anybody_nests() {
    let text = format!("\n//- content/a.md\n# 甲\n\n{}乙\n", "{% <film> %}\n\n".repeat(3000));
    let film = "//- templates/components/film.html\n{% component film() %}<i>{{ body }}</i>{% endcomponent film %}\n";
    let built = plain(&(text + film)).build();
    assert!(built.page("a/index.html").contains('乙'));
    assert!(show_diagnostics(&built.diagnostics).contains("is within 64 others"));
}

/// Each has its place, which is counted from the beginning of its line.
#[test]
fn of_very_many_broken_links_most_are_counted() {
    let text = format!("\n//- content/a.md\n# 甲\n\n{}\n", "[x](no.md) ".repeat(20_000));
    let built = plain(&text).build();
    let codes = |code: &str| built.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count();
    assert_eq!((codes("broken-link"), codes("more-problems")), (100, 1));
}
