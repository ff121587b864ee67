use super::*;

fn lang(tag: &str) -> Lang {
    Lang::parse(tag).expect("a good tag")
}

fn source(tag: &str, origin: &str, text: &str) -> CatalogueSource {
    CatalogueSource { lang: lang(tag), origin: origin.into(), text: text.into(), converted: false }
}

/// Catalogues of one layer after another, each `(tag, text)`; the default language is `zh-Hans`.
fn layers(layers: &[&[(&str, &str)]]) -> (Catalogues, Vec<CatalogueFault>) {
    let layer = |(at, files): (usize, &&[(&str, &str)])| {
        files.iter().map(|(tag, text)| source(tag, &format!("{at}/{tag}.ftl"), text)).collect()
    };
    Catalogues::new(layers.iter().enumerate().map(layer).collect(), &[lang("zh-Hans")])
}

/// The same, without a fault.
fn sound(files: &[&[(&str, &str)]]) -> Catalogues {
    let (catalogues, faults) = layers(files);
    assert_eq!(faults, []);
    catalogues
}

fn text(catalogues: &Catalogues, tag: &str, key: &str) -> String {
    catalogues.message(&lang(tag), key, &[]).text
}

fn found(catalogues: &Catalogues, tag: &str, key: &str) -> Option<String> {
    catalogues.message(&lang(tag), key, &[]).found.map(|lang| lang.to_string())
}

#[test]
fn a_message_is_looked_for_from_special_to_general_then_where_the_reader_can_read() {
    let catalogues = sound(&[&[
        ("zh-Hant", "a = 繁\n"),
        ("zh", "a = 中\nb = 中\nf = f\n"),
        ("fr", "e = français\n"),
        ("en", "a = en\nb = en\nc = en\nd = en\n"),
        ("zh-Hans", "c = 简\n"),
    ]]);
    let table = [
        ("zh-Hant-HK", ["繁", "中", "简", "en", "e"], ["zh-Hant", "zh", "zh-Hans", "en", ""]),
        ("zh-TW", ["繁", "中", "简", "en", "e"], ["zh-Hant", "zh", "zh-Hans", "en", ""]),
        ("zh-Hans", ["中", "中", "简", "en", "e"], ["zh", "zh", "zh-Hans", "en", ""]),
        ("zh-CN", ["中", "中", "简", "en", "e"], ["zh", "zh", "zh-Hans", "en", ""]),
        ("en-GB", ["en", "en", "en", "en", "e"], ["en", "en", "en", "en", ""]),
        // Who reads Cantonese reads Chinese; who reads French or Arabic rather reads English.
        ("yue", ["中", "中", "简", "en", "e"], ["zh", "zh", "zh-Hans", "en", ""]),
        ("fr", ["en", "en", "en", "en", "français"], ["en", "en", "en", "en", "fr"]),
        ("ar", ["en", "en", "en", "en", "f"], ["en", "en", "en", "en", "zh"]),
    ];
    for (tag, texts, langs) in table {
        let last = if tag == "ar" { "f" } else { "e" };
        for (at, key) in ["a", "b", "c", "d", last].into_iter().enumerate() {
            assert_eq!(text(&catalogues, tag, key), texts[at], "{tag} {key}");
            assert_eq!(found(&catalogues, tag, key).unwrap_or_default(), langs[at], "{tag} {key}");
        }
    }
}

#[test]
fn the_first_layer_wins_key_by_key() {
    let catalogues = sound(&[
        &[("zh", "search = 搜一搜\n")],
        &[("zh", "search = 搜索\n    .placeholder = 找什么？\nmore = 继续读\n")],
        &[("zh", "more = 更多\nhome = 首页\n")],
    ]);
    let texts = ["search", "search.placeholder", "more", "home"].map(|key| text(&catalogues, "zh", key));
    assert_eq!(texts, ["搜一搜", "找什么？", "继续读", "首页"]);
    assert_eq!(catalogues.keys(&lang("zh-Hans")), ["home", "more", "search", "search.placeholder"]);
    assert_eq!(catalogues.keys(&lang("en")), [""; 0]);
}

#[test]
fn a_missing_message_is_its_key() {
    let catalogues = sound(&[&[("en", "a = A\n-term = T\n")]]);
    for key in ["nowhere", "a.title", "-term", "", "键"] {
        assert_eq!(
            catalogues.message(&lang("zh"), key, &[]),
            Message { text: key.to_owned(), found: None, faults: Vec::new() }
        );
    }
}

#[test]
fn plurals_and_arguments_follow_the_language() {
    let catalogues = sound(&[&[
        ("zh", "posts = { $n ->\n    [0] 还没有文章\n   *[other] 共 { $n } 篇\n  }\n"),
        ("en", "posts = { $n ->\n    [one] one essay\n   *[other] { $n } essays\n  }\nby = by { $name }\n"),
    ]]);
    let posts = |tag: &str, n: f64| catalogues.message(&lang(tag), "posts", &[("n", Arg::Num(n))]).text;
    assert_eq!([0.0, 1.0, 12.0].map(|n| posts("zh-Hans", n)), ["还没有文章", "共 1 篇", "共 12 篇"]);
    assert_eq!([0.0, 1.0, 12.0].map(|n| posts("en-GB", n)), ["0 essays", "one essay", "12 essays"]);
    let by = catalogues.message(&lang("en"), "by", &[("name", Arg::Str("曾国藩".into()))]);
    // Not a trace of U+2068 and U+2069, which Fluent puts around arguments unless told not to.
    assert_eq!((by.text.as_str(), by.faults), ("by 曾国藩", vec![]));
}

#[test]
fn numbers_in_messages_are_written_as_the_language_does() {
    let text = "n = { $n } { NUMBER($n, useGrouping: \"false\") } { NUMBER($n, maximumFractionDigits: 1) }\n";
    let catalogues = sound(&[&[("en", text), ("de", text), ("ar-EG", text)]]);
    let written = |tag| catalogues.message(&lang(tag), "n", &[("n", Arg::Num(1234.56))]).text;
    assert_eq!(written("en"), "1,234.56 1234.56 1,234.6");
    assert_eq!(written("de"), "1.234,56 1234,56 1.234,6");
    assert_eq!(written("ar-EG"), "١٬٢٣٤٫٥٦ ١٢٣٤٫٥٦ ١٬٢٣٤٫٦");
}

#[test]
fn definitions_are_those_that_are_used_with_their_places_and_arguments() {
    let catalogues = sound(&[
        &[("en", "by = { $name }\n")],
        &[
            ("en", "by = of { $who }\nposts = { $n ->\n   *[other] { by }\n  }\n    .title = T\n"),
            ("en-GB", "t = T\n"),
        ],
    ]);
    let seen: Vec<String> = catalogues
        .definitions()
        .iter()
        .map(|one| {
            let name = &one.text[one.span.clone()];
            format!(
                "{} {} {} {name}@{} ({})",
                one.key,
                one.lang,
                one.origin,
                one.span.start,
                one.arguments.join(" ")
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            "by en 0/en.ftl by@0 (name)",
            "posts en 1/en.ftl posts@17 (n name)",
            "posts.title en 1/en.ftl posts@17 ()",
            "t en-GB 1/en-GB.ftl t@0 ()",
        ]
    );
    assert!(catalogues.has(&lang("en-US")) && !catalogues.has(&lang("de")));
}

#[test]
fn languages_without_plural_rules_of_their_own_do_not_panic() {
    let text = "n = { $n ->\n    [one] one\n   *[other] many\n  }\n";
    for tag in ["tlh", "zh-u-co-pinyin", "en-x-tech", "qaa", "lzh"] {
        let catalogues = sound(&[&[(tag, text)]]);
        let message = catalogues.message(&lang(tag), "n", &[("n", Arg::Num(5.0))]);
        assert_eq!((message.text.as_str(), message.found), ("many", Some(lang(tag))), "{tag}");
    }
}

#[test]
fn a_language_of_the_site_writes_numbers_in_its_own_way_with_the_strings_of_its_parent() {
    let text = "n = { $n ->\n    [few] few { $n }\n    [many] many { $n }\n   *[other] other { $n }\n  }\n";
    let (catalogues, _) =
        Catalogues::new(vec![vec![source("ar", "ar.ftl", text)]], &[lang("ar-EG"), lang("fr")]);
    let written = |tag: &str, n: f64| catalogues.message(&lang(tag), "n", &[("n", Arg::Num(n))]).text;
    assert_eq!(
        [3.0, 103.0, 100.0, 1234.0].map(|n| written("ar-EG", n)),
        ["few ٣", "few ١٠٣", "other ١٠٠", "many ١٬٢٣٤"]
    );
    assert_eq!(written("ar-MA", 1234.5), "other 1,234.5");
    assert!(catalogues.has(&lang("ar-EG")) && !catalogues.has(&lang("fr")));
}

#[test]
fn an_argument_that_was_not_given_is_a_fault() {
    let catalogues = sound(&[&[("en", "read = { $min } of { $min } minutes\n")]]);
    let message = catalogues.message(&lang("en"), "read", &[("minutes", Arg::Num(3.0))]);
    assert_eq!(message.text, "{$min} of {$min} minutes");
    assert_eq!(message.faults, ["the message `read` of `en` needs the argument `min`, which was not given"]);
}

#[test]
fn terms_and_messages_are_put_in_from_every_layer_and_parent() {
    let catalogues = sound(&[
        &[("zh-Hant", "-brand = 飛咖\n")],
        &[("zh", "-brand = 飞咖\nmade = 由 { -brand } 生成，{ home }\nhome = 首页\n")],
    ]);
    assert_eq!(text(&catalogues, "zh", "made"), "由 飞咖 生成，首页");
    assert_eq!(text(&catalogues, "zh-Hant", "made"), "由 飛咖 生成，首页");
}

#[test]
fn a_wrong_line_costs_that_line_only() {
    let written = "\u{feff}good = 好\n中文键 = 坏\nalso = 也好\nopen = { $x\nend = 完\n";
    let (catalogues, faults) = layers(&[&[("zh", written)]]);
    assert_eq!(["good", "also", "end"].map(|key| text(&catalogues, "zh", key)), ["好", "也好", "完"]);
    let places: Vec<&str> =
        faults.iter().map(|fault| written[fault.span.start..].lines().next().unwrap_or_default()).collect();
    assert_eq!(places.len(), 2, "{faults:?}");
    assert_eq!(places[0], "中文键 = 坏");
    assert!(faults.iter().all(
        |fault| &*fault.origin == "0/zh.ftl" && fault.message.starts_with("this is not Fluent syntax: ")
    ));
}

#[test]
fn names_that_stand_for_nothing_are_reported_at_their_place() {
    let written =
        "a = { -brand } { b.title } { c } { DATETIME($x) } { NUMBER($x) }\nb = B\nc =\n    .title = C\n";
    // `zh-Hans` sees the same file as `zh`, and it is reported once; nor is it told again where the message is used.
    let (catalogues, faults) = layers(&[&[("zh", written), ("zh-Hans", "d = D\n")]]);
    assert_eq!(catalogues.message(&lang("zh"), "a", &[("x", Arg::Num(1.0))]).faults, [""; 0]);
    let seen: Vec<_> =
        faults.iter().map(|fault| (&written[fault.span.clone()], fault.message.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("brand", "there is no term `-brand`"),
            ("b", "there is no message `b.title`"),
            ("c", "there is no message `c`"),
            ("DATETIME", "there is no function `DATETIME`"),
        ]
    );
}

#[test]
fn a_name_defined_twice_is_reported_and_layers_are_not() {
    let (catalogues, faults) =
        layers(&[&[("en", "a = 1\nb = 2\na = 3\n-b = 4\n")], &[("en", "b = 5\n-a = 6\n")]]);
    let seen: Vec<_> =
        faults.iter().map(|fault| (&*fault.origin, fault.span.clone(), fault.message.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("0/en.ftl", 12..13, "`a` is defined twice in this file, and the first one is used"),
            (
                "0/en.ftl",
                19..20,
                "`b` is a message and a term in this file, and Fluent can use only the first one"
            ),
            (
                "1/en.ftl",
                7..8,
                "`a` is a message and a term among the catalogues, and Fluent can use only the first one"
            ),
        ]
    );
    assert_eq!(text(&catalogues, "en", "a"), "1");
}

#[test]
fn circles_and_bombs_end() {
    let mut bomb = String::from("l0 = ha\nloop = { loop }\nping = { pong }\npong = { ping }\n");
    for level in 1..30 {
        let below = format!("{{ l{} }}", level - 1);
        bomb.push_str(&format!("l{level} = {}\n", below.repeat(10)));
    }
    let catalogues = sound(&[&[("en", &bomb)]]);
    for key in ["loop", "ping", "l29"] {
        let message = catalogues.message(&lang("en"), key, &[]);
        assert!(!message.faults.is_empty() && message.text.len() < 10_000, "{key}: {}", message.text);
    }
    assert_eq!(text(&catalogues, "en", "l1"), "ha".repeat(10));
}

#[test]
fn braces_without_end_cost_their_entry_only() {
    let nested = |open: &str, close: &str| format!("{}$x{}", open.repeat(100_000), close.repeat(100_000));
    let bombs =
        [nested("{", "}"), nested("{", ""), format!("{{{}}}", nested("A(", ")")), nested("{\n", "\n}")];
    for bomb in bombs {
        let written = format!("a = 好\nbomb = {bomb}\n    .title = {bomb}\n# note\nb = {{ a }}（(((：\n");
        let (catalogues, faults) = layers(&[&[("zh", &written)]]);
        assert_eq!(["a", "b", "bomb"].map(|key| text(&catalogues, "zh", key)), ["好", "好（(((：", "bomb"]);
        let spans: Vec<_> =
            faults.iter().map(|fault| (&written[fault.span.clone()][..6], fault.span.end)).collect();
        assert_eq!(spans, [("bomb =", written.find("# note").unwrap_or_default())]);
    }
}

#[test]
fn a_fingerprint_changes_exactly_with_what_a_message_shows() {
    let base =
        "-brand = fika\nmade = by { -brand } and { who }\nwho = { name }\nname = you\nother = x\nplain = y\n";
    let print = |text: &str, key: &str| sound(&[&[("en", text)]]).fingerprint(&lang("en"), key);
    let changes = |from: &str, to: &str, key: &str| print(base, key) != print(&base.replace(from, to), key);
    for (from, to) in [("= by", "= von"), ("= fika", "= FIKA"), ("= you", "= me"), ("{ name }", "you")] {
        assert!(changes(from, to, "made"), "{from}");
    }
    assert!(!changes("other = x", "other = z", "made") && !changes("= fika", "= FIKA", "plain"));
    assert!(changes("plain = y", "plain = z", "plain") && changes("plain = y\n", "", "plain"));

    // The language it comes from counts, for that is what a warning says.
    let both = sound(&[&[("en", "a = A\n"), ("fr", "b = B\n")]]);
    assert_ne!(both.fingerprint(&lang("en"), "a"), both.fingerprint(&lang("en"), "b"));
    assert_eq!(both.fingerprint(&lang("en"), "a"), both.fingerprint(&lang("fr"), "a"));
}

#[test]
fn fingerprints_are_the_same_in_every_run() {
    let catalogues = sound(&[&[("en", "plain = Read more\nposts = { $n } essays\n")]]);
    let prints = ["plain", "posts", "missing"].map(|key| catalogues.fingerprint(&lang("en"), key));
    // An upgrade of the Fluent library may change the first two: that is a new fingerprint for a new reading, and safe.
    assert_eq!(prints, [16_172_424_183_907_456_487, 9_871_650_114_070_358_663, 133_574_420_433_642_309]);
}

#[test]
fn threads_share_them() {
    fn shared<T: Send + Sync>() {}
    shared::<Catalogues>();
}
