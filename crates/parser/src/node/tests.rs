//! The scanner by hand must read exactly what serde-saphyr reads, or nothing.

use proptest::prelude::*;

use super::*;

/// Both ways, where the quick one answers; the texts must be equal in values and places.
fn same(text: &str) -> Result<bool, String> {
    let Some(quick) = fast::yaml(text, 7) else { return Ok(false) };
    match saphyr::yaml(text, 7) {
        Ok(slow) if strip(&slow) == strip(&quick) => Ok(true),
        slow => Err(format!("{text:?}\n quick {quick:?}\n slow  {slow:?}")),
    }
}

/// Nothing has no place of its own: the two need not agree where it stands.
fn strip<'a>(node: &Node<'a>) -> Node<'a> {
    let mut node = node.clone();
    match &mut node.value {
        Value::Null => node.span = Span::default(),
        Value::Seq(items) => {
            *items = items.iter().map(strip).collect();
            node.span.end = 0;
        }
        Value::Map(entries) => {
            entries.iter_mut().for_each(|entry| entry.node = strip(&entry.node));
            node.span.end = 0;
        }
        _ => {}
    }
    node
}

#[test]
fn the_quick_way_reads_common_headers() {
    for text in [
        "",
        "\n\n",
        "title: 月亮\ndate: 2024-08-12\ntags: [写作, 'a b', \"c\", 3]\ndraft: true\nweight: -\n",
        "title: 月亮\r\ndate: 2024-08-12 19:00\r\ntags:\r\n- 写作\r\n- 读书\r\n\r\nupdated:\r\n",
        "tags:\n  - a\n  - \"b: c\"\nextra:\n  colour: blue\n  deep:\n    er: [1, 2]\nend: ~",
        "a: 007\nb: 1_000\nc: 12345678901234567890\nd: 1e5\ne: 2024\nf: 0\ng: True\nh: yes\ni: null\nj: Null\n",
        "url: https://example.org/?a=b#c\nquote: 他说“好”\nk: a: b",
        "empty: ''\nflow: []\nspaces:    x   \ntitle: it's \"fine\"",
        "a:\n- 1\n- 2\nb:\n  c: d\ne: f\n",
        "a:\n    b: c\n    d: e\nf: 2\n",
        "标题: 月亮\n_x: 1\na-b: 2",
    ] {
        same(text).unwrap();
    }
    // These at least must not need the slow way.
    for text in [
        "title: 月亮\ndate: 2024-08-12\ntags: [写作, b]\n",
        "extra:\n  a: 1\ntags:\n- x\nurl: https://a.b/c\n",
    ] {
        assert_eq!(same(text), Ok(true), "{text}");
    }
}

/// Pieces that headers are made of, sound and not.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec![
            "title", "date", "tags", "a", "extra", "月", "null", "n", "- ", "-", ": ", ":", "\n", "\n", "\n  ", "\n    ", "\r\n", " ", "  ", "'", "\"", "[", "]",
            ", ", ",", "{", "}", "#", " #", "\\", "~", "true", "False", "no", "1", "007", "1_0", "-3", "+5", ".5", "1e9", "1e999", "0x1F", "0o7", "0b1", ".inf", ".nan",
            "inf", "nan", "12:30", "2024-08-12", "99999999999999999999", "&a ", "*a", "!", "!!str ", "|", ">", "%", "@", "`", "?", "? ", "---", "...", "<<", "=",
            "\u{3000}", "\u{a0}", "\u{85}", "\u{2028}", "\u{feff}", "\t", "https://a.b/c", "“好”", "：", "it's",
        ]).prop_map(str::to_owned),
        1 => ".{0,3}",
    ]
}

/// Lines that look like front matter, with accidents.
fn header() -> impl Strategy<Value = String> {
    let scalar = prop::collection::vec(piece(), 0..4).prop_map(|pieces| pieces.concat()).boxed();
    let value = prop_oneof![
        scalar.clone(),
        scalar.clone().prop_map(|text| format!("\"{text}\"")),
        scalar.clone().prop_map(|text| format!("'{text}'")),
        prop::collection::vec(scalar.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
        prop::collection::vec(scalar, 0..4)
            .prop_map(|items| items.iter().map(|item| format!("\n- {item}")).collect()),
    ];
    prop::collection::vec(("[a-d]{1,2}", prop_oneof![Just(""), Just("  "), Just("    ")], value), 0..6)
        .prop_map(|lines| {
            lines.iter().map(|(key, indent, value)| format!("{indent}{key}: {value}\n")).collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_quick_way_equals_the_slow_way(text in prop_oneof![header(), prop::collection::vec(piece(), 0..16).prop_map(|pieces| pieces.concat())]) {
        same(&text).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn nothing_panics(text in "\\PC*|(.|\n){0,80}") {
        let _ = yaml(&text, 3);
        let _ = toml(&text, 3);
    }
}
