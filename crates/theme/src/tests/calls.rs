//! The functions and filters a template may call, what they record, and how they complain.

use fika_model::Severity;

use super::fixture::{Fixture, lang};
use crate::Query;

pub(super) const MOON: &str = "essays/moon/";

/// Templates for the page of an essay, and what they show.
pub(super) fn check(cases: &[(&str, &str)]) {
    for (template, expected) in cases {
        assert_eq!(Fixture::new().html(MOON, template), *expected, "{template}");
    }
}

#[test]
fn pages_and_sections_are_found_in_the_own_language() {
    check(&[
        ("{% set p = get_page(path='essays/tide.md') %}{{ p.title }}", "潮"),
        ("{% set p = get_page(path='@/essays/moon.md', lang='en') %}{{ p.title }}", "Moon"),
        ("{% set p = get_page(path='essays/moon.md') %}{{ p.lower }}|{{ p.higher.title }}", "|潮"),
        (
            "{% set s = get_section(path='essays/_index.md') %}{% for p in s.pages %}{{ p.title }} {% endfor %}",
            "潮 月 ",
        ),
        ("{% set s = get_section(path='essays/_index.md', metadata_only=true) %}{{ s.pages | length }}", "0"),
        (
            "{% set s = get_section(path='_index.md') %}{{ s.title }} {{ s.subsections | join(sep=',') }}",
            "站 essays/_index.md",
        ),
        ("{{ get_page(path='nothing.md', required=false) }}|", "|"),
        (
            "{% set p = get_page(path='essays/tide.md') %}{{ p.content | default(value='no text') }}",
            "no text",
        ),
    ]);
    let english = Fixture::new()
        .html("en/essays/moon/", "{% set s = get_section(path='essays/_index.md') %}{{ s.title }}");
    assert_eq!(english, "Essays");
}

#[test]
fn addresses_are_whole_and_right() {
    check(&[
        ("{{ get_url(path='@/essays/tide.md') }}", "https://o.example/repo/essays/tide/"),
        ("{{ get_url(path='@/essays/moon.md', lang='en') }}", "https://o.example/repo/en/essays/moon/"),
        (
            "{{ get_url(path='/') }} {{ get_url(path='/', lang='en') }}",
            "https://o.example/repo/ https://o.example/repo/en/",
        ),
        ("{{ get_url(path='essays/', lang='en') }}", "https://o.example/repo/en/essays/"),
        ("{{ get_url(path=page.path) }}", "https://o.example/repo/essays/moon/"),
        ("{{ get_url(path='style.css') }}", "https://o.example/repo/style.css"),
        ("{{ get_url(path='https://x.y/z') }}", "https://x.y/z"),
        ("{{ get_url(path='/essays/tide', trailing_slash=true) }}", "https://o.example/repo/essays/tide/"),
        (
            "{{ get_taxonomy_url(kind='tags', term='写作') }}",
            "https://o.example/repo/tags/%E5%86%99%E4%BD%9C/",
        ),
        ("{{ get_taxonomy_url(kind='tags', name='sea') }}", "https://o.example/repo/tags/sea/"),
        ("{{ get_taxonomy_url(kind='tags', term='no', required=false) }}|", "|"),
        ("{{ get_taxonomy_term(kind='tags', term='no', required=false) }}|", "|"),
    ]);
    let busted = Fixture::new().html(MOON, "{{ get_url(path='style.css', cachebust=true) }}");
    assert_eq!(busted.len(), "https://o.example/repo/style.css?h=0123456789abcdef".len());
}

#[test]
fn taxonomies_are_found() {
    check(&[
        (
            "{% set all = get_taxonomy(kind='tags') %}{% for t in all.items %}{{ t.name }}:{{ t.pages[0].title }}:{{ t.page_count }} {% endfor %}",
            "Sea:潮:1 写作:潮:1 ",
        ),
        ("{% set all = get_taxonomy(kind='tags', lang='en') %}{{ all.items | length }}", "0"),
        ("{% set t = get_taxonomy_term(kind='tags', term='SEA') %}{{ t.slug }}", "sea"),
        (
            "{% set t = get_taxonomy_term(kind='tags', term='Sea', include_pages=false) %}{{ t.pages | length }}",
            "0",
        ),
    ]);
}

#[test]
fn messages_follow_the_language() {
    check(&[
        ("{{ trans(key='read-more') }} {{ t(key='read-more', lang='en') }}", "继续读 Read on"),
        (
            "{{ t(key='essays', n=3) }} {{ t(key='essays', lang='en', n=1) }} {{ t(key='essays', lang='en', n=2) }}",
            "3 篇 one essay 2 essays",
        ),
    ]);
    // A component sees neither context nor language, and yet the function knows it.
    let fixture =
        Fixture::new().template("c.html", "{% component more() %}{{ t(key='read-more') }}{% endcomponent %}");
    assert_eq!(fixture.html("en/essays/moon/", "{{ <more /> }}"), "Read on");
}

#[test]
fn dates_are_written_by_language_or_pattern() {
    check(&[
        ("{{ page.date }}", "2026-03-01T00:00:00+08:00"),
        ("{{ page.date | date }}", "2026年3月1日"),
        ("{{ page.date | date(lang='en') }}", "March 1, 2026"),
        ("{{ page.date | date(format='%Y/%-m/%-d %H') }}", "2026/3/1 00"),
        ("{{ page.date | date(format='%Y-%m-%d', timezone='UTC') }}", "2026-02-28"),
        ("{{ '2026-05-06' | date(format='month_day') }}", "5月6日"),
        ("{{ 0 | date(format='%Y') }}", "1970"),
        ("{{ now() | date(format='%Y-%m-%d') }}", "2026-11-23"),
        ("{{ now(utc=true) }}", "2026-11-22T16:00:00+00:00"),
    ]);
}

/// Zola gives English names unless told otherwise; an essay in Chinese wants Chinese ones.
#[test]
fn names_in_a_pattern_are_of_the_language() {
    check(&[
        ("{{ page.date | date(format='%Y年%B') }}", "2026年三月"),
        ("{{ page.date | date(format='%A %a %b %h %p %P') }}", "星期日 周日 3月 3月 上午 上午"),
        ("{{ page.date | date(format='%B %Y', locale='en_US') }}", "March 2026"),
        ("{{ page.date | date(format='%^b %-d %P %p', lang='en') }}", "MAR 1 am AM"),
        (
            "{{ page.date | date(format='%a, %d %b %Y %T %z', locale='POSIX') }}",
            "Sun, 01 Mar 2026 00:00:00 +0800",
        ),
        ("{{ page.date | date(format='%x') }}", "2026/3/1"),
        ("{{ page.date | date(format='100%% %B%n%.3f', lang='en') }}", "100% March\n.000"),
    ]);
    let english = Fixture::new().html("en/essays/moon/", "{{ page.date | date(format='%A, %d %B') }}");
    assert_eq!(english, "Monday, 02 March");
}

#[test]
fn filters_of_zola_and_of_old_tera_work() {
    check(&[
        ("{{ 'C/C++ 与 Rust' | slugify }}", "c-c++-与-rust"),
        ("{{ '<b>a</b> &amp; b' | striptags }} {{ page.content | striptags }}", "a &amp;amp; b 正文"),
        ("{{ {'a': '</script>'} | json_encode | safe }}", "{\"a\":\"\\u003c/script>\"}"),
        ("{{ 'a b/月' | urlencode }} {{ 'a/b' | urlencode_strict }}", "a%20b/%E6%9C%88 a%2Fb"),
        (
            "{{ 1234567 | num_format }} {{ 12 | num_format }} {{ -1234.5 | num_format }}",
            "1,234,567 12 -1,234.5",
        ),
        (
            "{% set xs = [{'a': 1}, {'a': 2}, {'b': 3}] %}{{ xs | map(attribute='a') }} {{ xs | filter(attribute='a', value=2) | length }}",
            "[1, 2] 1",
        ),
        ("{{ [1] | concat(with=[2, 3]) | slice(start=1) }} {{ [1, 2, 3] | slice(end=-1) }}", "[2, 3] [1, 2]"),
        ("{{ '/a/' | trim_start_matches(pat='/') | trim_end_matches(pat='/') }}{{ 1 | as_str }}", "a1"),
        ("{{ page is object }}", "true"),
        ("{{ '第3章 第12章' | regex_replace(pattern='第([0-9]+)章', rep='$1.') }}", "3. 12."),
        ("{{ '第3章' is matching(pat='^第[0-9]') }} {{ 'x' is matching(pat='[0-9]') }}", "true false"),
        (
            "{{ '<b>月亮</b>之上' | safe | excerpt(length=3) }} {{ 'One, <b>.' | excerpt }}",
            "月亮之… One, &lt;b&gt;.",
        ),
        (
            "{{ 'Once upon, a time' | excerpt(length=11) }} {{ '月Moon' | excerpt(length=3) }}",
            "Once upon… 月Mo…",
        ),
        ("{{ 'One two……' | excerpt(length=8) }}", "One two…"),
        (
            "{{ 'zh' | og_locale }} {{ 'zh-Hant-HK' | og_locale }} {{ 'pt-BR' | og_locale }}",
            "zh_CN zh_HK pt_BR",
        ),
        (
            "{{ 'zh-Hans-u-co-stroke' | og_locale }} {{ 'ja' | og_locale }} {{ 'sr-Latn' | og_locale }}",
            "zh_CN ja_JP sr_RS",
        ),
        ("{{ 'es-419' | og_locale }} {{ 'ar' | og_locale }} {{ 'eo' | og_locale }}", "es_LA ar_AR eo"),
        (
            "{{ current_url | relative_url == current_path }} {{ 'https://a.b/' | relative_url }}",
            "true https://a.b/",
        ),
        ("{{ get_env(name='CI', default='no') }}{{ get_env(name='HOME', default='') }}", "no"),
    ]);
}

#[test]
fn the_environment_is_out_of_sight() {
    let built = Fixture::new().template("page.html", "{{ get_env(name='HOME') }}|").renderer();
    let rendered = built.render(MOON);
    let codes: Vec<&str> = rendered.diagnostics.iter().map(|fault| &*fault.code).collect();
    assert_eq!((rendered.html.as_str(), codes), ("|", vec!["environment"]));
}

#[test]
fn an_unknown_taxonomy_is_told_once() {
    let template = "{{ get_taxonomy_url(kind='nope', term='x') }}";
    let rendered = Fixture::new().template("page.html", template).renderer().render(MOON);
    let codes: Vec<&str> = rendered.diagnostics.iter().map(|fault| &*fault.code).collect();
    assert_eq!(codes, ["unknown-taxonomy"]);
}

#[test]
fn a_faulty_expression_is_named() {
    let built =
        Fixture::new().template("page.html", "{{ 'a' | regex_replace(pattern='(', rep='') }}").renderer();
    let fault = &built.render(MOON).diagnostics[0];
    assert!(fault.message.contains("`(` is not a regular expression"), "{}", fault.message);
}

#[test]
fn files_are_read_and_measured() {
    let site = || {
        Fixture::new()
            .file("data/a.yaml", "k: 值")
            .file("content/essays/p.png", "12x34")
            .file("notes.txt", "行")
    };
    for (template, expected) in [
        (
            "{% set a = load_data(path='data/a.yaml') %}{% set b = load_data(path='a.yaml') %}{{ a.k }} {{ b.k }}",
            "值 值",
        ),
        ("{{ load_data(path='notes.txt') }} {{ load_data(path='data/a.yaml', format='plain') }}", "行 k: 值"),
        ("{% set d = load_data(literal='{\"a\": [1]}', format='json') %}{{ d.a[0] }}", "1"),
        ("{% set d = load_data(literal='a: 一', format='yaml') %}{{ d.a }}", "一"),
        ("{{ load_data(path='none.yaml', required=false) }}|", "|"),
        (
            "{% set i = get_image_metadata(path='essays/p.png') %}{{ i.width }}x{{ i.height }} {{ i.mime }}",
            "12x34 image/png",
        ),
        ("{{ get_image_metadata(path='no.png', allow_missing=true) }}|", "|"),
        (
            "{{ get_hash(literal='abc', sha_type=256, base64=false) }}",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            "{{ get_hash(path='notes.txt', sha_type=256, base64=false) == get_hash(literal='行', sha_type=256, base64=false) }}",
            "true",
        ),
        ("{{ get_hash(literal='abc') }}", "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"),
    ] {
        assert_eq!(site().html(MOON, template), expected, "{template}");
    }
}

#[test]
fn questions_are_recorded_once_and_sorted() {
    let template = "{{ get_url(path='/') }}{{ t(key='read-more') }}{{ t(key='read-more') }}{{ get_page(path='essays/tide.md') | length }}{{ now() }}";
    let (zh, keys) = (lang("zh-Hans"), "read-more".into());
    let rendered = Fixture::new().show(MOON, template);
    assert_eq!(
        rendered.asked,
        [
            Query::Now { precise: false },
            Query::Page { path: "essays/tide.md".into(), lang: zh.clone() },
            Query::Url { path: "/".into(), lang: zh.clone(), cachebust: false },
            Query::Messages { lang: zh, keys },
        ]
    );
    assert!(Fixture::new().show(MOON, "{{ page.title }}").asked.is_empty());
}

#[test]
fn mistakes_have_a_place_and_the_page_is_still_made() {
    let template = "标题\n<a href=\"{{ get_url(path='@/essays/tied.md') }}\">{{ t(key='no-such') }}{{ t(key='only-en') }}</a>{{ get_url(path='x.css') }}";
    let rendered = Fixture::new().show(MOON, template);
    let said: Vec<_> = rendered
        .diagnostics
        .iter()
        .map(|fault| {
            let place = fault.place.as_ref().map(|place| (place.line, place.column));
            (fault.severity, &*fault.code, &*fault.path, place, fault.message.as_str())
        })
        .collect();
    let path = "themes/t/templates/page.html";
    assert_eq!(
        said,
        [
            (Severity::Error, "broken-link", path, Some((2, 13)), "`@/essays/tied.md` leads nowhere"),
            (
                Severity::Warning,
                "missing-string",
                path,
                Some((2, 53)),
                "there is no interface string `no-such` in `zh-Hans`"
            ),
            (
                Severity::Warning,
                "missing-string",
                path,
                Some((2, 75)),
                "the interface string `only-en` is missing in `zh-Hans`, that of `en` is shown"
            ),
            (Severity::Warning, "unknown-path", path, Some((2, 101)), "`x.css` leads nowhere"),
        ]
    );
    assert_eq!(rendered.diagnostics[0].help.as_deref(), Some("did you mean `@/essays/tide.md`?"));
    assert_eq!(
        rendered.html,
        "标题\n<a href=\"https://o.example/repo/essays/tied.md\">no-suchOnly here</a>https://o.example/repo/x.css"
    );
}

/// Whoever asks for the address of a version that is not there gets that of another, and is told; not so where the page merely has the
/// language of whoever reads it.
#[test]
fn versions_that_are_not_there() {
    let told = |template: &str| {
        let rendered = Fixture::new().show(MOON, template);
        let told = rendered.diagnostics.into_iter().map(|fault| (fault.severity, fault.code, fault.message));
        (rendered.html, told.collect::<Vec<_>>())
    };
    let (html, problems) = told("{{ get_url(path='@/essays/tide.md', lang='en') }}");
    assert_eq!(html, "https://o.example/repo/essays/tide/");
    let message = "`@/essays/tide.md` has no page in `en`; this is the address of the one in `zh-Hans`";
    assert_eq!(problems, [(Severity::Note, "other-language".into(), message.to_owned())]);
    for template in [
        "{{ get_url(path='@/essays/moon.md', lang='en') }}",
        "{{ get_url(path='style.css', lang='en') }}",
        "{{ get_url(path='@/essays/tide.md') }}",
    ] {
        assert_eq!(told(template).1, [], "{template}");
    }
}

/// A language that the site does not have is told, in whichever way it is named; a region finds its language.
#[test]
fn languages_that_the_site_does_not_have() {
    for template in [
        "{{ '2024-01-01' | date(lang='fr') }}",
        "{{ '2024-01-01' | date(format='%B', lang='fr') }}",
        "{{ 1 | num_format(locale='fr_FR') }}",
        "{{ get_url(path='/', lang='fr') }}",
    ] {
        let rendered = Fixture::new().show(MOON, template);
        let told: Vec<_> =
            rendered.diagnostics.iter().map(|fault| (&*fault.code, fault.help.as_deref())).collect();
        assert_eq!(told, [("unknown-language", Some("it has `zh-Hans`, `en`"))], "{template}");
    }
    let british = Fixture::new().show(MOON, "{{ '2024-01-01' | date(locale='en_GB') }}");
    assert_eq!((british.html.as_str(), british.diagnostics.len()), ("January 1, 2024", 0));
}

#[test]
fn wrong_arguments_are_errors_and_nothing_is_lost() {
    for (template, message) in [
        (
            "{{ get_url(pth='x') }}",
            "there is no argument `pth`; there are path, lang, cachebust, trailing_slash",
        ),
        (
            "{{ page.date | date(format='lang') }}",
            "there is no date format `lang`; there are long, medium, short, year_month, month_day and patterns such as %Y-%m-%d",
        ),
        ("{{ 'x' | date }}", "`x` is not a date"),
        (
            "{{ page.date | date(format='%B %') }}",
            "the date format `%B %` is wrong: strftime formatting failed: invalid format string, expected byte after `%`, but found end of format string",
        ),
        (
            "{{ load_data(literal='{', format='json') }}",
            "the JSON is wrong: EOF while parsing an object at line 1 column 1",
        ),
        ("{{ get_hash(literal='', sha_type=1) }}", "there is no sha_type 1; there are 256, 384 and 512"),
        ("{{ throw(message='stop here') }}", "stop here"),
    ] {
        let rendered = Fixture::new().show(MOON, template);
        let fault = &rendered.diagnostics[0];
        assert_eq!(
            (&*fault.code, &*fault.path, fault.message.as_str()),
            ("template", "themes/t/templates/page.html", message),
            "{template}"
        );
        assert_eq!(fault.place.as_ref().map(|place| place.line), Some(1));
        assert!(fault.help.as_ref().is_some_and(|help| help.contains("content/essays/moon.md")), "{fault:?}");
        assert!(rendered.html.contains("<h1>月</h1>\n<p>正文</p>"), "{}", rendered.html);
    }
}

#[test]
fn an_error_below_names_its_callers() {
    let fixture = Fixture::new().template("part.html", "\n{{ page.extra.a.b }}");
    let rendered = fixture.show(MOON, "{% include 'part.html' %}");
    let fault = &rendered.diagnostics[0];
    assert_eq!(&*fault.path, "themes/t/templates/part.html");
    assert_eq!(fault.place.as_ref().map(|place| place.line), Some(2));
    assert!(
        fault.help.as_ref().is_some_and(|help| help.contains("called from themes/t/templates/page.html:1:")),
        "{fault:?}"
    );
}

#[test]
fn numbers_lists_and_names_follow_the_language() {
    for (template, expected) in [
        ("{{ 1234567 | num_format }} {{ 2026 | num_format(grouping=false) }}", "1,234,567 2026"),
        ("{{ [\"甲\", \"乙\", \"丙\"] | list_format }}", "甲、乙和丙"),
        ("{{ [\"a\", \"b\", \"c\"] | list_format(lang='en', type='or') }}", "a, b, or c"),
        ("{{ [\"<i>\", '<b>x</b>' | safe] | list_format }}", "&lt;i&gt;和<b>x</b>"),
        ("{{ [\"<i>\", \"x\"] | list_format }}", "&lt;i&gt;和x"),
        ("{{ [\"茶\", \"阿\", \"Z\"] | collate | join(sep=' ') }}", "阿 茶 Z"),
        (
            "{{ [{\"a\": {\"n\": \"写\"} }, {\"a\": {\"n\": \"天\"} }, {}] | collate(attribute='a.n') | json_encode | safe }}",
            "[{},{\"a\":{\"n\":\"天\"}},{\"a\":{\"n\":\"写\"}}]",
        ),
        ("{{ [\"天\", \"写\"] | collate(lang='zh-Hant') | join(sep=' ') }}", "天 写"),
    ] {
        assert_eq!(Fixture::new().html(MOON, template), expected, "{template}");
    }
}
