//! `fika.yaml`, the configuration of a folder without one, and data files.

use fika_model::{Config, Data, Diagnostic, Emphasis, Severity, SoftBreaks};
use fika_parser::{config, data, default_config};
use proptest::prelude::*;

fn clean(text: &str) -> Config {
    let (config, diagnostics) = config("fika.yaml", text);
    assert_eq!(diagnostics, [], "{text}");
    config
}

/// Problems as `severity code line:column message; help`.
fn problems(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|found| {
            let severity = if found.severity == Severity::Error { "error" } else { "warning" };
            let place = found
                .place
                .as_ref()
                .map_or_else(String::new, |place| format!("{}:{}", place.line, place.column));
            format!(
                "{severity} {} {place} {}; {}",
                found.code,
                found.message,
                found.help.as_deref().unwrap_or("-")
            )
        })
        .collect()
}

/// Languages as `tag name /path title tagline`.
fn languages(config: &Config) -> Vec<String> {
    config
        .languages
        .iter()
        .map(|language| {
            format!(
                "{} {} /{} {} {}",
                language.lang, language.name, language.path, language.title, language.tagline
            )
            .trim_end()
            .to_owned()
        })
        .collect()
}

#[test]
fn typography_is_switched_whole_or_in_parts() {
    use fika_model::Typography;
    for (text, want, faults) in [
        ("", Typography::ALL, 0),
        ("markdown: {typography: false}", Typography::NONE, 0),
        ("markdown: {typography: {latin: false}}", Typography { latin: false, ..Typography::ALL }, 0),
        ("markdown: {typography: {latine: false}}", Typography::ALL, 1),
        ("markdown: {typography: 月}", Typography::ALL, 1),
    ] {
        let (config, diagnostics) = fika_parser::config("fika.yaml", text);
        assert_eq!(
            (config.markdown.typography, diagnostics.len()),
            (want, faults),
            "{text}: {diagnostics:?}"
        );
    }
}

#[test]
fn nothing_said_is_every_default() {
    for text in ["", "\n# nothing yet\n", "extra:\n"] {
        let config = clean(text);
        assert_eq!((config.edition, config.base_url.path(), config.base_url.origin()), (2026, "/", ""));
        assert_eq!(
            (&*config.timezone, &*config.theme, &*config.content_dir, &*config.output_dir),
            ("UTC", "paper", "content", "public")
        );
        assert_eq!(config.paginate_by, 10);
        assert_eq!(languages(&config), ["en English /"]);
        assert_eq!(config.taxonomies.len(), 1);
        assert!(
            &*config.taxonomies[0].name == "tags"
                && config.taxonomies[0].render
                && !config.taxonomies[0].feed
        );
    }
}

#[test]
fn the_site_of_this_project() {
    let config = clean(include_str!("../../../fika.yaml"));
    assert_eq!(
        config.languages.iter().map(|language| language.lang.as_str()).collect::<Vec<_>>(),
        ["zh-Hans", "zh-Hant", "en"]
    );
    assert!(!config.menu.is_empty());
}

#[test]
fn every_key() {
    let config = clean(
        "edition: 2026\nbase_url: https://example.org/repo\ntimezone: Asia/Shanghai\ntheme: ink\ncontent_dir: ./docs/\noutput_dir: out\n\
         paginate_by: 0\ndefault_language_in_subdir: true\n\
         languages:\n  zh-Hans: {title: 站, tagline: 一句话, description: 说明, author: 某人}\n  en: {title: Site, name: Eng, path: /english/}\n\
         taxonomies:\n  tags: {}\n  series: {render: false, paginate_by: 5, feed: true}\n\
         markdown: {emphasis: commonmark, soft_breaks: keep, smart_punctuation: true, math: true, mark: true, external_links_target_blank: true}\n\
         menu:\n  - path: '@/a.md'\n  - {url: https://x.y/, name: {zh: 外, en: Out}}\n  - /b/\n\
         plugins: {feed: false, sitemap: true, search: {limit: 3}, robots: }\nignored_content: ['*.tmp']\nextra: {b: 1, a: [x]}\n",
    );
    assert_eq!((config.base_url.origin(), config.base_url.path()), ("https://example.org", "/repo/"));
    assert_eq!(
        (&*config.timezone, &*config.theme, &*config.content_dir, &*config.output_dir),
        ("Asia/Shanghai", "ink", "docs", "out")
    );
    assert_eq!((config.paginate_by, config.default_language_in_subdir), (0, true));
    assert_eq!(languages(&config), ["zh-Hans 中文 /zh-hans 站 一句话", "en Eng /english Site"]);
    assert_eq!(
        (&*config.languages[0].description, config.languages[0].author.as_deref()),
        ("说明", Some("某人"))
    );
    let series = &config.taxonomies[1];
    assert_eq!(
        (&*series.name, series.render, series.paginate_by, series.feed),
        ("series", false, Some(5), true)
    );
    assert_eq!(
        (config.markdown.emphasis, config.markdown.soft_breaks),
        (Emphasis::Commonmark, SoftBreaks::Keep)
    );
    assert!(
        config.markdown.smart_punctuation
            && config.markdown.math
            && config.markdown.mark
            && config.markdown.external_links_target_blank
    );
    assert_eq!(
        config.menu.iter().map(|item| &*item.url).collect::<Vec<_>>(),
        ["@/a.md", "https://x.y/", "/b/"]
    );
    assert_eq!(config.menu[1].name.get(&config.languages[1].lang).map(|name| &**name), Some("Out"));
    let plugins: Vec<(&str, &Data)> =
        config.plugins.iter().map(|(name, options)| (&**name, options)).collect();
    let search = Data::Map(vec![("limit".into(), Data::Int(3))]);
    assert_eq!(
        plugins,
        [
            ("feed", &Data::Bool(false)),
            ("sitemap", &Data::Bool(true)),
            ("search", &search),
            ("robots", &Data::Bool(true))
        ]
    );
    assert_eq!(config.ignored_content.iter().map(|glob| &**glob).collect::<Vec<_>>(), ["*.tmp"]);
    assert_eq!(
        config.extra,
        Data::Map(vec![("b".into(), Data::Int(1)), ("a".into(), Data::Array(vec!["x".into()]))])
    );
}

#[test]
fn languages_in_every_form() {
    for (text, expected) in [
        ("languages: [zh, en]", &["zh 中文 /", "en English /en"][..]),
        ("languages: zh", &["zh 中文 /"]),
        (
            "languages: {zh-Hans: , zh-Hant: , ja: }",
            &["zh-Hans 简体中文 /", "zh-Hant 繁體中文 /zh-hant", "ja 日本語 /ja"],
        ),
        ("languages: [zh-CN, zh-TW]", &["zh-CN 简体中文 /", "zh-TW 繁體中文 /zh-tw"]),
        (
            "languages: [zh-Hant-TW, zh-HK, en-US, en-GB, pt-BR, pt-PT]",
            &[
                "zh-Hant-TW 繁體中文（台灣） /",
                "zh-HK 繁體中文（香港） /zh-hk",
                "en-US English (US) /en-us",
                "en-GB English (GB) /en-gb",
                "pt-BR Português (BR) /pt-br",
                "pt-PT Português (PT) /pt-pt",
            ],
        ),
        (
            "default_language: en\nlanguages: [zh, fr, en]",
            &["en English /", "zh 中文 /zh", "fr Français /fr"],
        ),
        (
            "default_language: en\nlanguages: {fr: {title: T}}\ntitle: S",
            &["en English / S", "fr Français /fr T"],
        ),
        (
            "title: {zh: 站, en: Site}\ntagline: same\nlanguages: [zh-Hans, en]",
            &["zh-Hans 中文 / 站 same", "en English /en Site same"],
        ),
        ("title: Solo", &["en English / Solo"]),
        ("languages: [tlh]", &["tlh tlh /"]),
    ] {
        assert_eq!(languages(&clean(text)), expected, "{text}");
    }
}

#[test]
fn taxonomies_in_every_form() {
    for (text, expected) in [
        ("taxonomies: [tags, series]", &["tags", "series"][..]),
        ("taxonomies: tags", &[][..]),
        ("taxonomies: [{name: tags, feed: true}, {name: people}]", &["tags", "people"]),
        ("taxonomies: {tags: , people: true, old: false}", &["tags", "people"]),
        ("taxonomies: [tags, tags]", &["tags"]),
        ("taxonomies: []", &[]),
        ("taxonomies:", &[]),
    ] {
        let (config, _) = config("fika.yaml", text);
        assert_eq!(
            config.taxonomies.iter().map(|taxonomy| &*taxonomy.name).collect::<Vec<_>>(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn every_fault_is_told_with_its_place() {
    for (text, expected) in [
        (
            "tite: x",
            "error unknown-key 1:1 `tite` is not a key of the configuration; did you mean `title`? Own keys belong under `extra:`",
        ),
        (
            "markdown:\n  mth: true",
            "error unknown-key 2:3 `mth` is not a key of the configuration; did you mean `math`? Own keys belong under `extra:`",
        ),
        (
            "languages:\n  en:\n    titel: x",
            "error unknown-key 3:5 `titel` is not a key of the configuration; did you mean `title`? Own keys belong under `extra:`",
        ),
        (
            "root: gateway",
            "warning idle-key 1:1 `root` has no effect: the default language is at the root of the site itself; add \
             `default_language_in_subdir: true`, or delete it",
        ),
        ("compile_sass: true", "warning idle-key 1:1 `compile_sass` has no effect in fika; delete it"),
        (
            "markdown: {highlight_code: true}",
            "warning idle-key 1:12 `highlight_code` has no effect in fika; delete it",
        ),
        ("languages: [zh_CN]", "error wrong-value 1:13 `zh_CN` is not a language tag; did you mean `zh-CN`?"),
        (
            "languages: {chinese: {title: x}}",
            "error wrong-value 1:13 `chinese` is not a language tag; did you mean `zh`?",
        ),
        (
            "base_url: example.org",
            "error wrong-value 1:11 `example.org` is not the address of a site; did you mean https://example.org/?",
        ),
        (
            "timezone: Asia/Beijing",
            "error wrong-value 1:11 `Asia/Beijing` is not a time zone; did you mean `Asia/Shanghai`?",
        ),
        (
            "timezone: Asia/Shangai",
            "error wrong-value 1:11 `Asia/Shangai` is not a time zone; did you mean `Asia/Shanghai`?",
        ),
        (
            "edition: next",
            "error wrong-value 1:10 `edition` should be a year, and is text; write it like `edition: 2026`",
        ),
        (
            "edition: 2027",
            "error wrong-value 1:10 this fika knows the edition 2026, not 2027; write edition: 2026, or use a newer fika",
        ),
        (
            "paginate_by: many",
            "error wrong-value 1:14 `paginate_by` should be a whole number, and is text; write it like `paginate_by: 10`",
        ),
        (
            "output_dir: ../out",
            "error wrong-value 1:13 `output_dir` should be a folder below the site's; write it without a leading slash and without `..`",
        ),
        (
            "output_dir: .",
            "error wrong-value 1:13 `output_dir` should name a folder below the site's; output_dir: public",
        ),
        (
            "markdown: {emphasis: loud}",
            "error wrong-value 1:22 `emphasis` cannot be `loud`; choose one of cjk, commonmark",
        ),
        (
            "menu: [{name: x}]",
            "error wrong-value 1:8 a link of the menu needs a `path`; menu: [{path: \"@/about.md\"}]",
        ),
        (
            "extra: 3",
            "error wrong-value 1:8 `extra` should be a map, and is a number; write it like `extra: {colour: blue}`",
        ),
        (
            "theme: a\ntheme: b",
            "error duplicate-key 2:1 `theme` is given twice; the last one counts; delete one of them",
        ),
        (
            "languages: [en, en]",
            "error duplicate-key 1:17 the language `en` is given twice; delete one of them",
        ),
        (
            "languages: {en: , fr: {path: de}, de: }",
            "error wrong-value  the language `de` has the path of another, `de`; give each language a `path` of its own",
        ),
        (
            "- a\n- b",
            "error config 1:1 the configuration should be a map, and is a list; write `key: value` on each line",
        ),
    ] {
        let (config, found) = config("fika.yaml", text);
        assert_eq!(problems(&found), [expected], "{text}");
        assert!(!config.languages.is_empty() && !config.output_dir.is_empty(), "{text}");
    }
    let (broken, found) = config("fika.yaml", "title: a\ntagline: a: b\n");
    assert_eq!(
        (found.len(), &*found[0].code, found[0].place.as_ref().map(|place| place.line)),
        (1, "config", Some(2))
    );
    assert_eq!(languages(&broken), ["en English /"]);
}

#[test]
fn the_fingerprint_is_of_everything() {
    let one = clean("title: a");
    assert_eq!(one.fingerprint, clean("title: 'a' # a comment").fingerprint);
    for text in [
        "title: b",
        "title: a\nextra: {x: 1}",
        "title: a\nmarkdown: {math: true}",
        "title: a\nplugins: {feed: false}",
    ] {
        assert_ne!(one.fingerprint, clean(text).fingerprint, "{text}");
    }
}

#[test]
fn a_folder_without_configuration() {
    const ZH: &str = "这是一篇关于月亮的文章，里面有一点 English。";
    const EN: &str = "An essay on the moon.";
    const MIXED: &str = "An essay on the moon, in which there is more English than Chinese. 月亮。";
    for (paths, sample, expected) in [
        (&["a.md", "b.md"][..], EN, &["en English / notes"][..]),
        (&["a.md"], ZH, &["zh-Hans 中文 / notes"]),
        (&["a.md"], "這是一篇關於月亮的文章，寫給我們。", &["zh-Hant 中文 / notes"]),
        (&["a.md"], "これは月についてのエッセイです。", &["ja 日本語 / notes"]),
        (&["a.md"], "달에 관한 글입니다.", &["ko 한국어 / notes"]),
        (&["a.md"], "", &["en English / notes"]),
        (&["a.md", "a.en.md"], ZH, &["zh-Hans 中文 / notes", "en English /en notes"]),
        (&["a.md", "a.zh.md"], EN, &["en English / notes", "zh 中文 /zh notes"]),
        (&["安装笔记.zh.md"], ZH, &["zh 中文 / notes"]),
        (&["月.md", "月.zh-Hant.md"], ZH, &["zh-Hans 简体中文 / notes", "zh-Hant 繁體中文 /zh-hant notes"]),
        (
            &["a.zh-cn.md", "a.zh-TW.md"],
            ZH,
            &[
                "zh-Hans 简体中文 / notes",
                "zh-CN 简体中文（中国） /zh-cn notes",
                "zh-TW 繁體中文 /zh-tw notes",
            ],
        ),
        (
            &["zh/a.md", "en/a.md", "fr/b.md"],
            EN,
            &["en English / notes", "fr Français /fr notes", "zh 中文 /zh notes"],
        ),
        (
            &["socket.io.md", "app.min.md", "v1.v2.md", "cs/algorithms.md", "12.聊聊.md"],
            EN,
            &["en English / notes"],
        ),
        (&["a.md", "a.it.md", "cs/b.md", "it/c.md"], EN, &["en English / notes", "it Italiano /it notes"]),
        // What stands beside a plain file in English is not what the plain file is in, whatever else is written in English.
        (&["a.md", "b.md", "b.en.md"], MIXED, &["zh-Hans 中文 / notes", "en English /en notes"]),
        (&["a.md", "b.md", "en/b.md"], MIXED, &["zh-Hans 中文 / notes", "en English /en notes"]),
        (&["a.md", "a.en.md"], EN, &["en English / notes"]),
    ] {
        assert_eq!(languages(&default_config("notes", "", paths, sample)), expected, "{paths:?} {sample}");
    }
    let config = default_config("notes", "content", &["content/en/a.md", "content/a.md"], ZH);
    assert_eq!((&*config.content_dir, config.languages.len()), ("content", 2));
}

#[test]
fn data_files() {
    let map = |entries: &[(&str, Data)]| {
        Data::Map(entries.iter().map(|(key, value)| ((*key).into(), value.clone())).collect())
    };
    let expected = map(&[("b", Data::Int(1)), ("a", Data::Array(vec![Data::Bool(true), "x".into()]))]);
    for (text, format) in [
        ("b: 1\na: [true, x]", "yaml"),
        ("b: 1 # one\na:\n  - true\n  - x", "yml"),
        ("b = 1\na = [true, \"x\"]", "toml"),
        ("\u{feff}{\"b\": 1, \"a\": [true, \"x\"]}", "json"),
    ] {
        assert_eq!(data("data/a", text, format), Ok(expected.clone()), "{format}");
    }
    let row = |cells: &[&str]| Data::Array(cells.iter().map(|cell| Data::from(*cell)).collect());
    let csv =
        map(&[("headers", row(&["名", "年"])), ("records", Data::Array(vec![row(&["苏, 轼", "1037"])]))]);
    assert_eq!(data("data/a", "名,年\n\"苏, 轼\",1037\n", "csv"), Ok(csv));
    for (text, format, place) in [
        ("a: b: c", "yaml", Some((1, 5))),
        ("a = ", "toml", Some((1, 5))),
        ("{\n  \"a\": }", "json", Some((2, 8))),
        ("a,b\n1\n", "csv", Some((2, 1))),
        ("", "xml", None),
    ] {
        let fault = data("data/a", text, format).expect_err(text);
        assert_eq!(
            (&*fault.code, fault.place.as_ref().map(|place| (place.line, place.column))),
            ("data", place),
            "{format}: {}",
            fault.message
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in "((title|languages|menu|taxonomies|markdown|base_url|timezone|plugins|output_dir)?:? ?.{0,12}\n?){0,6}", format in "yaml|toml|json|csv") {
        let (config, _) = config("fika.yaml", &text);
        prop_assert!(!config.languages.is_empty());
        let _ = data("data/a", &text, &format);
        let _ = default_config("x", "content", &[&text], &text);
    }
}
