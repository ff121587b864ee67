//! Front matter as real files have it.

use fika_model::{AnchorLinks, SortBy};
use proptest::prelude::*;

use super::*;

const SITE: &str = "\
timezone: Asia/Shanghai
languages: {zh-Hans: {title: 站}, en: {title: Site}}
taxonomies: [tags, categories, people]
";

fn read_as(kind: Kind, site: &str, text: &str) -> Header {
    let (config, diagnostics) = crate::config("fika.yaml", site);
    assert_eq!(diagnostics, []);
    let zone = TimeZone::get(&config.timezone).expect("a known zone");
    header(&config, &zone, "content/a.md", text, kind)
}

fn read(text: &str) -> Header {
    read_as(Kind::Page, SITE, text)
}

/// The header of some YAML, which must have nothing to complain of.
fn clean(yaml: &str) -> Header {
    let found = read(&format!("---\n{yaml}\n---\n"));
    assert_eq!(found.diagnostics, [], "{yaml}");
    found
}

/// Problems as `code line:column message`.
fn problems(header: &Header) -> Vec<String> {
    let place = |diagnostic: &Diagnostic| {
        diagnostic
            .place
            .as_ref()
            .map_or_else(String::new, |place| format!("{}:{} ", place.line, place.column))
    };
    header
        .diagnostics
        .iter()
        .map(|found| format!("{} {}{}", found.code, place(found), found.message))
        .collect()
}

fn terms(header: &Header) -> String {
    let list = |(name, terms, _): &(Arc<str>, Vec<Arc<str>>, Span)| format!("{name}={}", terms.join("|"));
    header.taxonomies.iter().map(list).collect::<Vec<_>>().join(" ")
}

#[test]
fn all_keys_of_a_page() {
    let found = clean(
        "title: 月亮\ndate: 2024-08-12 19:00\nupdated: 2024-08-13\ndescription: d\nsummary: s\ntagline: t\nslug: moon\npath: /old/moon/\n\
         aliases: [/a/, b]\nauthors: [苏轼, Jane]\ndraft: true\nweight: -3\ntemplate: long.html\ntags: [写作]\ntaxonomies:\n  people: [x]\n\
         series: 排版小札\nkey: the-moon\nlang: en\ncover: a.jpg\nmath: true\ntoc: false\nextra:\n  colour: blue\nlayout: post",
    );
    assert_eq!(found.title.as_deref(), Some("月亮"));
    assert_eq!(found.date.map(|date| date.to_rfc3339()).as_deref(), Some("2024-08-12T19:00:00+08:00"));
    assert_eq!(
        found.updated.map(|date| (date.to_iso_date(), date.has_time())),
        Some(("2024-08-13".to_owned(), false))
    );
    assert_eq!((found.description.as_deref(), found.summary.as_deref()), (Some("d"), Some("s")));
    assert_eq!(found.tagline, Localized::every(Arc::from("t")));
    assert_eq!((found.slug.as_deref(), found.path.as_deref()), (Some("moon"), Some("/old/moon/")));
    assert_eq!(found.aliases, [Arc::from("/a/"), Arc::from("b")]);
    assert_eq!(found.authors, [Arc::from("苏轼"), Arc::from("Jane")]);
    assert_eq!((found.draft, found.weight), (true, Some(-3)));
    assert_eq!(found.template.as_ref().map(|found| &*found.0), Some("long.html"));
    assert_eq!(terms(&found), "tags=写作 people=x");
    assert_eq!((found.series.as_deref(), found.key.as_deref()), (Some("排版小札"), Some("the-moon")));
    assert_eq!(found.lang.as_ref().map(Lang::as_str), Some("en"));
    assert_eq!(found.cover.as_ref().map(|found| &*found.0), Some("a.jpg"));
    assert_eq!(found.math, Some(true));
    assert_eq!(found.section, None);
    let extra = [
        ("math", Data::Bool(true)),
        ("toc", Data::Bool(false)),
        ("colour", Data::from("blue")),
        ("layout", Data::from("post")),
    ];
    assert_eq!(found.extra, Data::Map(extra.map(|(key, value)| (Arc::from(key), value)).to_vec()));
}

#[test]
fn places_are_those_of_the_file() {
    let text = "\n---\r\ntitle: 月\r\ntemplate: 'a.html'\r\ntags: [一, 二]\r\n---\r\n正文";
    let found = read(text);
    let at = |span: Span| &text[span.start as usize..span.end as usize];
    assert_eq!(found.template.as_ref().map(|found| at(found.1)), Some("'a.html'"));
    assert_eq!(at(found.taxonomies[0].2), "[一, 二");
    assert_eq!(&text[found.body_start..], "正文");
}

#[test]
fn toml_is_read_too() {
    let text = "+++\ntitle = \"月\"\ndate = 2024-08-12T19:00:00Z\nweight = 2\ndraft = false\n[taxonomies]\ntags = [\"a\", \"b\"]\n[extra]\nx = 1\na = 2\n+++\nbody";
    let found = read(text);
    assert_eq!(found.diagnostics, []);
    assert_eq!(found.date.map(|date| date.to_rfc3339()).as_deref(), Some("2024-08-12T19:00:00+00:00"));
    assert_eq!((found.title.as_deref(), terms(&found).as_str()), (Some("月"), "tags=a|b"));
    assert_eq!(found.extra, Data::Map(vec![("x".into(), Data::Int(1)), ("a".into(), Data::Int(2))]));
    assert_eq!(&text[found.body_start..], "body");
    let local = read("+++\ndate = 2024-08-12\n+++\n");
    assert_eq!(local.date.map(|date| date.to_rfc3339()).as_deref(), Some("2024-08-12T00:00:00+08:00"));
}

#[test]
fn hexo_without_a_first_fence() {
    let text = "title    : 岁月如梭, 我的2012\ndate: 2013/7/13 20:46:25\ncategories:\n- 生活\n- [工具, 编辑器]\n---\n正文";
    let found = read(text);
    assert_eq!(found.diagnostics, []);
    assert_eq!(found.title.as_deref(), Some("岁月如梭, 我的2012"));
    assert_eq!(terms(&found), "categories=生活|工具|编辑器");
    assert_eq!(&text[found.body_start..], "正文");
}

#[test]
fn values_in_many_forms() {
    for (yaml, expected) in [
        ("title: 404", "404"),
        ("title: 3.5", "3.5"),
        ("title: true", "true"),
        ("title: '[译]Threading model'", "[译]Threading model"),
        ("title: \"慢下来的三个理由**\"", "慢下来的三个理由**"),
        ("Title: Moon", "Moon"),
        ("title: |\n  两\n  行\n", "两\n行"),
        ("title:", ""),
        ("title: '  '", ""),
    ] {
        assert_eq!(clean(yaml).title.as_deref().unwrap_or_default(), expected, "{yaml}");
    }
    for (yaml, expected) in [
        ("draft: yes", true),
        ("draft: 'true'", true),
        ("draft: no", false),
        ("draft: ", false),
        ("published: false", true),
        ("published: true", false),
        ("published: 2012-01-01", false),
        ("hidden: true", true),
    ] {
        assert_eq!(clean(yaml).draft, expected, "{yaml}");
    }
    for (yaml, expected) in [
        ("author: 陈堰平", "陈堰平"),
        ("authors: [a, b, a]", "a|b"),
        ("author: {name: a, url: b}", "a"),
        ("author:\n- name: 编辑部\n- b", "编辑部|b"),
        ("author: ", ""),
        ("taxonomies: {authors: [a]}", "a"),
    ] {
        assert_eq!(clean(yaml).authors.join("|"), expected, "{yaml}");
    }
    for (yaml, expected) in [
        ("tags: 写作", "tags=写作"),
        ("tags: a, b，c、d", "tags=a|b|c|d"),
        ("tags: [2021, 读书, 1.5, true]", "tags=2021|读书|1.5|true"),
        ("tags: [1999, 2000]", "tags=1999|2000"),
        ("tags:", ""),
        ("tags: []", ""),
        ("tags: ['', a, null]", "tags=a"),
        ("tag: a", "tags=a"),
        ("tags: [C/C++, COS访谈, cos访谈, C/C++]", "tags=C/C++|COS访谈|cos访谈"),
        ("category: SQLite", "categories=SQLite"),
        ("categories: [[a, b], c]", "categories=a|b|c"),
        ("categories: 工具/编辑器", "categories=工具/编辑器"),
        ("people: [x]", "people=x"),
        ("taxonomies: {tags: [a], categories: b}\ntags: [a, c]", "tags=a|c categories=b"),
        ("keywords: k1, k2", ""),
    ] {
        assert_eq!(terms(&clean(yaml)), expected, "{yaml}");
    }
    for (yaml, expected) in [
        ("path: a/b", "a/b"),
        ("permalink: /about/", "/about/"),
        ("url: /x", "/x"),
        ("permalink: /:year/:title/", ""),
        ("url: https://example.org/x", ""),
        ("path: a\nurl:", "a"),
    ] {
        assert_eq!(clean(yaml).path.as_deref().unwrap_or_default(), expected, "{yaml}");
    }
    assert_eq!(
        clean("lastmod: 2024-08-12").updated.map(|date| date.to_iso_date()).as_deref(),
        Some("2024-08-12")
    );
    assert_eq!(clean("date: 20240812").date.map(|date| date.to_iso_date()).as_deref(), Some("2024-08-12"));
    assert_eq!(clean("date: ").date, None);
    assert_eq!(clean("weight: '10'").weight, Some(10));
    assert_eq!(clean("cover: {image: b.png, alt: x}").cover.map(|found| found.0).as_deref(), Some("b.png"));
    assert_eq!(clean("cover: false").cover, None);
    assert_eq!(clean("translationKey: k").key.as_deref(), Some("k"));
    assert_eq!(clean("lang: zh").lang.as_ref().map(Lang::as_str), Some("zh-Hans"));
    assert_eq!(clean("series: [a, b]").series.as_deref(), Some("a"));
}

#[test]
fn texts_by_language() {
    let found = clean("tagline: {zh: 月, en: Moon}");
    let tag = |tag: &str| Lang::parse(tag).expect("a good tag");
    assert_eq!(found.tagline.get(&tag("en")).map(|text| &**text), Some("Moon"));
    assert_eq!(found.tagline.get(&tag("zh-Hans")).map(|text| &**text), Some("月"));
}

#[test]
fn a_section_has_keys_of_its_own() {
    let yaml = "---\ntitle: 文章\nsort_by: weight\npaginate_by: 5\npaginate_path: p\npaginate_reversed: true\npage_template: a.html\n\
        insert_anchor_links: Left\nrender: no\ntransparent: true\nredirect_to: /x\ngenerate_feeds: true\nin_search_index: false\n---\n";
    let found = read_as(Kind::Section, SITE, yaml);
    assert_eq!(found.diagnostics, []);
    let section = found.section.expect("a section");
    assert_eq!(
        (section.sort_by, section.paginate_by, section.paginate_path.as_deref()),
        (SortBy::Weight, Some(5), Some("p"))
    );
    assert_eq!(
        (section.paginate_reversed, section.render, section.transparent, section.generate_feeds),
        (true, false, true, true)
    );
    assert_eq!(section.page_template.map(|found| found.0).as_deref(), Some("a.html"));
    assert_eq!(section.redirect_to.as_deref(), Some("/x"));
    assert_eq!(section.insert_anchor_links, Some(AnchorLinks::Left));
    assert!(read_as(Kind::Section, SITE, "没有标题").section.is_some_and(|section| section.render));
    let wrong = read_as(
        Kind::Section,
        SITE,
        "---\nsort_by: dat\npaginate_by: -1\nrendr: false\ninsert_anchor_links: top\n---\n",
    );
    assert_eq!(
        problems(&wrong),
        [
            "wrong-value 2:10 `sort_by` cannot be `dat`",
            "wrong-value 3:14 `paginate_by` cannot be -1",
            "unknown-key 4:1 `rendr` means nothing here",
            "wrong-value 5:22 `insert_anchor_links` cannot be `top`"
        ]
    );
}

#[test]
fn a_wrong_value_costs_its_key_only() {
    for (yaml, expected) in [
        ("title: [a, b]", "wrong-value 2:8 `title` should be text, and is a list"),
        ("date: next week", "date 2:7 `date` is not a date that can be read"),
        ("date: 2024-02-30", "date 2:7 `date` is not a date that can be read"),
        ("date: [2024]", "date 2:7 `date` is not a date that can be read"),
        ("draft: perhaps", "wrong-value 2:8 `draft` should be true or false, and is text"),
        ("weight: heavy", "wrong-value 2:9 `weight` should be a whole number, and is text"),
        ("tags: {a: b}", "wrong-value 2:7 `tags` should be a list of texts, and is a map"),
        ("author: {nom: b}", "wrong-value 2:9 `author` should be a name or a list of names, and is a map"),
        ("taxonomies: [a]", "wrong-value 2:13 `taxonomies` should be a map of lists, and is a list"),
        ("taxonomies: {tasg: [a]}", "unknown-taxonomy 2:14 this site has no taxonomy `tasg`"),
        ("extra: x", "wrong-value 2:8 `extra` should be a map, and is text"),
        ("lang: fr", "unknown-language 2:7 this site has no language `fr`"),
        ("tagline: {fr: x}", "unknown-language 2:11 this site has no language `fr`"),
        ("titel: x", "unknown-key 2:1 `titel` means nothing here"),
        ("descripton: x", "unknown-key 2:1 `descripton` means nothing here"),
        ("weight: 1\nweight: 2", "duplicate-key 3:1 `weight` is given twice; the last one counts"),
    ] {
        let found = read(&format!("---\n{yaml}\nsummary: still here\n---\n"));
        assert_eq!(problems(&found), [expected], "{yaml}");
        assert_eq!(found.summary.as_deref(), Some("still here"), "{yaml}");
    }
    // Keys of other tools are nobody's mistake.
    let yaml = "type: post\nname: x\nimage: a.png\nmenu: main\nkeywords: a, b\ncomments: true\nid: 3\ndata: 4\nsubtitle: s";
    assert_eq!(clean(yaml).extra.get("image").and_then(Data::as_str), Some("a.png"));
}

#[test]
fn a_header_that_cannot_be_parsed_keeps_what_it_can() {
    let text =
        "---\ntitle: 第三章: 从头开始\ndate: 2024-08-12\ntags:\n  - a\n  - b\nextra:\n  x: 1\n---\n正文";
    let found = read(text);
    assert_eq!(
        problems(&found),
        [
            "front-matter 2:11 the front matter cannot be read: the value of `title` holds a colon followed by a space"
        ]
    );
    assert_eq!(found.diagnostics[0].help.as_deref(), Some("quote it: title: \"第三章: 从头开始\""));
    assert_eq!(found.diagnostics[0].severity, Severity::Error);
    assert_eq!((found.title.as_deref(), terms(&found).as_str()), (Some("第三章: 从头开始"), "tags=a|b"));
    assert_eq!(found.date.map(|date| date.to_iso_date()).as_deref(), Some("2024-08-12"));
    assert_eq!(&text[found.body_start..], "正文");

    for (yaml, title) in [
        ("title: [译]Threading model", "[译]Threading model"),
        ("title: \"未闭合", "\"未闭合"),
        ("title: \"a\" b", "\"a\" b"),
        ("title: @all", "@all"),
        ("title: x\n\ttabs: y", "x"),
        ("title: *x", "*x"),
    ] {
        let found = read(&format!("---\n{yaml}\nweight: 3\n---\n正文"));
        assert_eq!(found.diagnostics.len(), 1, "{yaml}: {:?}", problems(&found));
        assert_eq!(found.diagnostics[0].code, "front-matter", "{yaml}");
        assert!(found.diagnostics[0].place.as_ref().is_some_and(|place| place.line >= 2), "{yaml}");
        assert!(found.diagnostics[0].help.as_ref().is_some_and(|help| !help.is_empty()), "{yaml}");
        assert_eq!(found.weight, Some(3), "{yaml}");
        if !yaml.contains('\t') {
            assert_eq!(found.title.as_deref(), Some(title), "{yaml}");
        }
    }
    let toml = read("+++\ntitle = \"x\"\n标题 = 1\nweight = 3\n+++\n");
    assert_eq!((toml.title.as_deref(), toml.weight), (Some("x"), Some(3)));
    assert_eq!(toml.diagnostics.iter().map(|found| &*found.code).collect::<Vec<_>>(), ["front-matter"]);
}

#[test]
fn a_header_that_never_ends() {
    let text = "---\ntitle: 月\ntags: [a]\n\n正文在这里。\n";
    let found = read(text);
    assert_eq!(problems(&found), ["front-matter 1:1 the front matter has no closing `---`"]);
    assert_eq!((found.title.as_deref(), &text[found.body_start..]), (Some("月"), "\n正文在这里。\n"));
}

#[test]
fn prose_between_rules_is_not_a_header() {
    for text in [
        "---\n注意: 这是正文\n\n第一段有很多话。\n\n第二段也有很多话。\n\n---\n末尾",
        "---\n\n正文\n\n---\n",
        "# 没有头\n\n---\n",
        "",
        "just: text",
    ] {
        let found = read(text);
        assert_eq!((found.body_start, problems(&found)), (0, vec![]), "{text}");
    }
}

#[test]
fn a_site_without_a_word_on_taxonomies_has_tags() {
    let found = read_as(Kind::Page, "", "---\ntags: [a]\ncategories: [b]\nkeywords: c\n---\n");
    assert_eq!((found.diagnostics.len(), terms(&found).as_str()), (0, "tags=a"));
    assert!(found.extra.get("categories").is_some() && found.extra.get("keywords").is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in "(---|\\+\\+\\+)?\n?((title|date|tags|taxonomies|cover|lang|extra|a)( ?[:=] ?)?[^\u{0}]{0,12}\n){0,5}(---|\\+\\+\\+)?\n?.{0,9}") {
        for kind in [Kind::Page, Kind::Section] {
            let found = read_as(kind, SITE, &text);
            prop_assert!(text.is_char_boundary(found.body_start));
        }
    }
}

/// `\b` between double quotes is a character that no page may hold (U+0008), and most often a path of Windows.
#[test]
fn escapes_say_no_control_characters() {
    let found = read("---\ntitle: \"a\\bb\"\nextra: {\"x\\a\": [\"C:\\x07c\\t\\0\"]}\n---\n");
    assert_eq!(found.title.as_deref(), Some("ab"));
    let list = Data::Array(vec![Data::from("C:c\t")]);
    assert_eq!(found.extra, Data::Map(vec![("x".into(), list)]));
    assert_eq!(
        problems(&found),
        ["control-character 2:8 an escape here stands for an invisible control character"]
    );
    let found = read("+++\ntitle = \"a\\u0008b\"\n[extra]\nx = {y = \"\\u001f\"}\n+++\n");
    assert_eq!(found.title.as_deref(), Some("ab"));
    assert!(format!("{:?}", found.extra).contains("(\"y\", Str(\"\"))"), "{:?}", found.extra);
    assert_eq!(found.diagnostics.len(), 1);
}

/// Of another site's address no page can be made: it would be a folder `https:`.
#[test]
fn an_alias_is_a_path() {
    let found = read("---\naliases:\n  - /a/\n  - https://x.org/a\n---\n");
    assert_eq!(found.aliases, [Arc::from("/a/")]);
    assert_eq!(
        problems(&found),
        ["wrong-value 4:5 the alias `https://x.org/a` is an address of another site"]
    );
    let found = read("---\naliases: [/?p=12, /a/]\n---\n");
    assert_eq!(found.aliases, [Arc::from("/a/")]);
    assert_eq!(problems(&found), ["wrong-value 2:11 the alias `/?p=12` is no path alone"]);
    let found = read("---\nalias: //x.org/a\n---\n");
    assert!(found.aliases.is_empty() && problems(&found).len() == 1);
}

mod slips;
