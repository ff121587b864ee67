//! What writers get wrong in front matter, and what is made of it.

use super::*;

#[test]
fn a_key_behind_a_tab_belongs_to_no_value_that_is_whole() {
    for (yaml, told) in [
        ("title: 月\n\ttags: [a]", vec!["front-matter 3:2"]),
        ("title：月\n\ttags: [a]\ndate: 2024-01-01", vec!["front-matter 2:1", "front-matter 3:2"]),
        (
            "title: \"月\"\nweight: 3\n\ttags: [a]\n\tdate: 2024-01-01",
            vec!["front-matter 4:2", "front-matter 5:2"],
        ),
    ] {
        let found = read(&format!("---\n{yaml}\n---\n正文"));
        let places: Vec<String> = problems(&found)
            .iter()
            .map(|found| found.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(places, told, "{yaml}");
        assert_eq!((found.title.as_deref(), terms(&found).as_str()), (Some("月"), "tags=a"), "{yaml}");
    }
    let found = read("---\ntitle：月\nextra:\n\ttags: [a]\n---\n正文");
    assert_eq!(terms(&found), "", "what is indented below an empty key is its own");
}

#[test]
fn what_is_no_tag_of_a_language_is_not_to_be_added() {
    for (lang, help) in [
        ("fr", "add `fr` to `languages` in fika.yaml"),
        ("english", "choose one of zh-Hans, en"),
        ("zh-Hanss", "did you mean `zh-Hans`?"),
    ] {
        let found = read(&format!("---\nlang: {lang}\n---\n"));
        assert_eq!(found.diagnostics[0].help.as_deref(), Some(help), "{lang}");
    }
}

#[test]
fn full_width_commas_part_terms() {
    for yaml in ["tags: a，b", "tags: [a，b]", "tags: 【a，b】", "tags:\n- a，b", "tags: [a, b，]"] {
        assert_eq!(terms(&clean(yaml)), "tags=a|b", "{yaml}");
    }
}

#[test]
fn keys_of_sections_are_told_as_such() {
    let found = read("---\nsort_by: date\n---\n");
    assert_eq!(
        problems(&found),
        ["unknown-key 2:1 `sort_by` is a key of sections, and means nothing in an essay"]
    );
}

/// The library notices some faults only lines later, or lines before.
#[test]
fn the_line_that_is_to_be_mended_is_named() {
    for (yaml, want) in [
        (
            "title: 列\ntags: [甲, 乙\ndate: 2026-01-01",
            "3:7 the front matter cannot be read: unclosed bracket",
        ),
        ("tags: [\n  甲,\n  \"a[b\"\ntitle: 列", "2:7 the front matter cannot be read: unclosed bracket"),
        (
            "title: 制表\n\ttabs: x",
            "3:1 the front matter cannot be read: a tab stands where YAML wants spaces",
        ),
    ] {
        let found = read(&format!("---\n{yaml}\n---\n正文"));
        assert_eq!(problems(&found), [format!("front-matter {want}")]);
    }
}
