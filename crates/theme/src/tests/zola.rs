//! What templates of Zola call: what works here as there, and what is told with something to do instead.

use fika_model::Severity;

use super::calls::{MOON, check};
use super::fixture::Fixture;

#[test]
fn encodings_of_zola() {
    check(&[
        ("{{ '月 a' | base64_encode }} {{ '5pyIIGE=' | base64_decode }}", "5pyIIGE= 月 a"),
        ("{{ 1536000 | filesizeformat }} {{ 1536000 | filesizeformat(binary=true) }}", "1.54 MB 1.46 MiB"),
        (
            "{% filter spaceless %} <p> <b>a</b>\n <i>b c</i> d </p> {% endfilter %}",
            "<p><b>a</b><i>b c</i> d </p>",
        ),
        ("{{ 'a\"b' | addslashes | safe }}", "a\\\"b"),
    ]);
}

/// What fika does not do is told with what to do instead, and the page is made.
#[test]
fn functions_of_zola_that_there_are_not() {
    let told = |template: &str| {
        let rendered = Fixture::new().show(MOON, template);
        let codes: Vec<_> =
            rendered.diagnostics.iter().map(|fault| (fault.severity, fault.code.to_string())).collect();
        (rendered.html, codes)
    };
    let resized = told(
        "{% set small = resize_image(path='style.css', width=2, height=2, op='fill') %}{{ small.url }} {{ small.width is none }}",
    );
    assert_eq!(
        resized,
        ("https://o.example/repo/style.css true".into(), vec![(Severity::Warning, "no-resizing".into())])
    );
    assert_eq!(
        told("{{ get_random(start=3, end=9) }}"),
        ("3".into(), vec![(Severity::Warning, "no-chance".into())])
    );
    let (html, codes) =
        told("{% set d = load_data(url='https://x.org/a.json') %}{% for x in d %}{{ x }}{% endfor %}");
    assert_eq!(codes, [(Severity::Error, "no-network".into())]);
    assert!(html.contains("<h1>月</h1>"), "{html}");
}

/// What is done with a file that is missing fails too, but there is one thing to mend.
#[test]
fn a_missing_file_is_told_once() {
    for after in ["{% for x in d %}{{ x }}{% endfor %}", "{{ d.a.b }}", "{{ d | length }}", "{{ d }}"] {
        let rendered =
            Fixture::new().show(MOON, &format!("{{% set d = load_data(path='no.json') %}}{after}"));
        let codes: Vec<_> = rendered.diagnostics.iter().map(|fault| &*fault.code).collect();
        assert_eq!(codes, ["missing-file"], "{after}");
        let is_plain = rendered.html.contains("<h1>");
        let help = rendered.diagnostics[0].help.as_deref().unwrap_or_default();
        assert_eq!(help.contains("only its title and text"), is_plain, "{after}: {help}");
    }
    let rendered = Fixture::new().show(MOON, "{{ load_data(path='no.json') }}{{ 1 / 0 }}{{ 'x' | date }}");
    assert_eq!(rendered.diagnostics.len(), 2);
}

/// Fields of sections and taxonomies that Zola has.
#[test]
fn fields_of_zola() {
    check(&[
        (
            "{% set s = get_section(path='essays/_index.md') %}{{ s.transparent }} {{ s.paginate_by }} {{ s.paginate_reversed }}",
            "false  false",
        ),
        (
            "{% set t = get_taxonomy(kind='tags') %}{{ t.feed }} {{ t.render }} {{ t.paginate_path }}",
            "false true page",
        ),
        (
            "{{ get_url(path='') }} {{ get_url(path='', lang='en') }}",
            "https://o.example/repo/ https://o.example/repo/en/",
        ),
    ]);
}

/// Templates for Zola ask for what only Zola makes, and go on where there is none.
#[test]
fn settings_of_zola() {
    check(&[
        ("{% if config.markdown.highlighting.style == 'class' %}giallo.css{% endif %}|", "|"),
        ("{% if config.markdown.highlight_theme == 'css' %}syntax.css{% endif %}|", "|"),
        (
            "{% if config.build_search_index and config.search.index_format == 'fuse_json' %}index{% endif %}|",
            "|",
        ),
        ("{{ config.markdown.smart_punctuation }} {{ config.markdown.insert_anchor_links }}", "false none"),
    ]);
}

/// How many essays a page of the list has, where the section says so.
#[test]
fn sections_that_are_cut_into_pages() {
    let site = Fixture::new().edit("content/essays/_index.md", |card| {
        let section = card.section.as_mut().expect("a section");
        (section.paginate_by, section.paginate_reversed) = (Some(5), true);
    });
    let html = site.html(
        MOON,
        "{% set s = get_section(path='essays/_index.md') %}{{ s.paginate_by }} {{ s.paginate_reversed }}",
    );
    assert_eq!(html, "5 true");
}

/// Templates of Zola up to 0.22 are for Tera 1: the message says what to write for what Tera 2 does not understand.
#[test]
fn templates_for_tera_1() {
    let told = |template: &str| {
        let (_, faults) = Fixture::new().template("base.html", "").template("page.html", template).theme();
        assert_eq!(faults.len(), 1, "{template}: {faults:?}");
        let help = faults[0].help.clone().unwrap_or_default();
        assert!(help.ends_with("the layer below is used, if there is one"), "{help}");
        help.split("; until it is mended").next().unwrap_or_default().to_owned()
    };
    let says = |template: &str, words: &str| {
        let help = told(template);
        assert!(help.contains(words), "{template}: {help}");
    };
    says("{% import \"a.html\" as m %}", "take this out");
    says(
        "{%- macro card(page) -%}{% endmacro %}",
        "`{% component card(text, size=1) %}` … `{% endcomponent card %}`",
    );
    says("{{ m::card(page=p) }}", "`{{ <card page={page} text=\"words\" /> }}`");
    says("{% set x = self::card(page=p) %}", "`{{ <card ");
    says("{% if 'x' is starting_with(\"x\") %}{% endif %}", "`starting_with(pat=…)`");
    says("{% if not 3 is divisibleby(3) %}{% endif %}", "`divisible_by(divisor=…)`");
    says("{% include [\"a.html\", \"b.html\"] %}", "includes one template");
    says("{% include \"page.html\" ignore missing %}", "`ignore missing`");
    says("{{ page.tags.0 }}", "`[0]` without the dot");
    says("{{ get_page(path=\"a\").title }}", "`{% set found = … %}`");
    says("{{ page.title | replace(from=\"\\.\", to=\"\") }}", "second backslash");
    says(
        "{% extends \"base.html\" %}{% block a %}{% endblock a %}",
        "take it out, or put it into the template",
    );
    assert!(told("{% wat %}").starts_with("until it is mended"));
    assert!(told("{{ 'a' | wat }}").starts_with("until it is mended"));
}

/// Groups stand in the order in which the list names them, in every run: the engine's own filter shuffles them. What has no such
/// attribute is in none, as with Tera 1.
#[test]
fn groups_keep_their_order() {
    let words = "[{'k': 'd', 'n': 1}, {'k': 'a', 'n': 2}, {'k': 'c', 'n': 3}, {'k': 'a', 'n': 4}, {'k': 'b', 'n': 5}, {'n': 6}]";
    let years = "[{'y': 2022}, {'y': 2024}, {'y': 2023}, {'y': 2021}, {'y': none}, {'y': 2022}]";
    let flags = "[{'a': {'b': [true]}}, {'a': {'b': [false]}}]";
    let each = |list: &str, by: &str| {
        format!(
            "{{% for key, all in {list} | group_by(attribute='{by}') %}}{{{{ key }}}}{{{{ all | length }}}} {{% endfor %}}"
        )
    };
    check(&[
        (&each(words, "k"), "d1 a2 c1 b1 "),
        (&each(years, "y"), "20222 20241 20231 20211 "),
        (&each(flags, "a.b.0"), "true1 false1 "),
        (&each("[]", "k"), ""),
        ("{% set by = [{'y': 2022, 'n': 7}] | group_by(attribute='y') %}{{ by[2022][0].n }}", "7"),
    ]);
}

/// What is done with a thing that is not there is told with what to write.
#[test]
fn advice_on_what_is_missing() {
    let help = |template: &str| {
        let rendered = Fixture::new().show(MOON, template);
        assert_eq!(rendered.diagnostics.len(), 1, "{template}: {:?}", rendered.diagnostics);
        rendered.diagnostics[0].help.clone().unwrap_or_default()
    };
    let card = |inner: &str, args: &str| {
        format!("{{% component card({args}) %}}{inner}{{% endcomponent card %}}{{{{ <card a=\"x\" /> }}}}")
    };
    let cases = [
        ("{% if section.title %}x{% endif %}".to_owned(), "`section?.title`"),
        ("{{ config.extra.a.b }}".to_owned(), "`extra.a?.b`"),
        ("{% for x in page.extra.a %}{% endfor %}".to_owned(), "`extra.a?.b`"),
        (card("{{ lang }}", "a"), "`@lang`"),
        (card("{{ wrong }}", "a"), "`wrong?.title`"),
        (card("{{ section.title }}", "a, @section"), "without an `@`"),
    ];
    for (template, words) in cases {
        let help = help(&template);
        assert!(help.contains(words), "{template}: {help}");
    }
    check(&[(
        &card("{{ a }} {{ lang }} {{ config.default_language }}", "a, @lang, @config"),
        "x zh-Hans zh-Hans",
    )]);
}

/// What is null was left out; what is not defined was left out too, and is told, for it may be a slip.
#[test]
fn arguments_that_are_nothing() {
    check(&[
        ("{{ get_url(path='/', lang=page.description) }}", "https://o.example/repo/"),
        ("{{ page.date | date(format=page.description) }}", "2026年3月1日"),
        (
            "{{ get_page(path='no.md', allow_missing=true) }}{{ get_section(path='no.md', allow_missing=true) }}|",
            "|",
        ),
        ("{{ text_direction() }} {{ text_direction(lang='ar') }}", "ltr rtl"),
    ]);
    let rendered = Fixture::new().show(MOON, "{{ get_url(path='/', lang=default_language) }}");
    assert_eq!(rendered.html, "https://o.example/repo/");
    let told: Vec<_> =
        rendered.diagnostics.iter().map(|fault| (fault.severity, fault.message.as_str())).collect();
    assert_eq!(told, [(Severity::Warning, "what is given as `lang` is not defined, and is left out")]);
}
