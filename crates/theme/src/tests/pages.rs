//! Whole pages: what each kind of page sees.

use std::sync::Arc;

use fika_model::{Body, Data, Heading, Hole, HoleKind, Localized, MenuItem};

use super::fixture::{Fixture, lang};

#[test]
fn an_essay_sees_itself_and_its_neighbours() {
    let heading = |level, id: &str| Heading { level, id: id.into(), title: id.into(), span: (0..0).into() };
    let fixture = || {
        Fixture::new().edit("content/essays/moon.md", |card| {
            card.headings = vec![heading(2, "甲"), heading(3, "乙"), heading(2, "丙")];
            card.extra = Data::Map(vec![("k".into(), Data::Array(vec![Data::Int(1), Data::Bool(true)]))]);
            card.authors = vec!["苏轼".into()];
            card.title_html = Some("<em>月</em>".into());
        })
    };
    for (template, expected) in [
        ("{{ page.title }}{{ page.title_html }}{{ page.content }}", "月<em>月</em><p>正文</p>"),
        (
            "{{ page.path }} {{ page.permalink }} {{ page.slug }}",
            "/repo/essays/moon/ https://o.example/repo/essays/moon/ moon",
        ),
        (
            "{{ page.year }}-{{ page.month }}-{{ page.day }} {{ page.lang }} {{ lang }} {{ lang_dir }}",
            "2026-3-1 zh-Hans zh-Hans ltr",
        ),
        ("{{ page.word_count }} {{ page.reading_time }} {{ page.authors | join(sep='、') }}", "700 2 苏轼"),
        ("{{ page.extra.k }} {{ page.extra?.none?.deep | default(value='-') }}", "[1, true] -"),
        (
            "{% for h in page.toc %}{{ h.id }}({% for c in h.children %}{{ c.permalink }}{% endfor %}){% endfor %}",
            "甲(https://o.example/repo/essays/moon/#%E4%B9%99)丙()",
        ),
        (
            "{{ page.higher.title }} {{ page.lower }} {{ page.ancestors | join(sep=' ') }}",
            "潮  _index.md essays/_index.md",
        ),
        (
            "{% for t in page.translations %}{{ t.lang }} {{ t.name }} {{ t.title }} {{ t.path }}{% endfor %}",
            "en English Moon /repo/en/essays/moon/",
        ),
        (
            "{{ current_path }} {{ current_url }} {{ home.path }}",
            "/repo/essays/moon/ https://o.example/repo/essays/moon/ /repo/",
        ),
        ("{{ page.description }}|{{ page.updated }}|{% if page.draft %}d{% endif %}", "||"),
        ("{{ page.relative_path }} {{ page.components | join(sep='>') }}", "essays/moon.md essays&gt;moon"),
    ] {
        assert_eq!(fixture().html("essays/moon/", template), expected, "{template}");
    }
}

#[test]
fn the_configuration_speaks_the_language_of_the_page() {
    let template = "{{ config.title }} {{ config.tagline }} {{ config.base_url }} {{ config.default_language }} {% for k, l in config.languages %}{{ k }}={{ l.name }};{% endfor %}{{ config.taxonomies[0].name }}{{ config.extra }}";
    let rest = "https://o.example/repo zh-Hans zh-Hans=中文;en=English;tags{}";
    assert_eq!(Fixture::new().html("essays/moon/", template), format!("站 站! {rest}"));
    assert_eq!(Fixture::new().html("en/essays/moon/", template), format!("Site Site! {rest}"));
}

#[test]
fn the_switch_never_leads_nowhere_and_alternates_are_exact() {
    let switch = "{% for l in languages %}{{ l.lang }} {{ l.path }} {{ l.exact }} {{ l.current }} {{ l.title }};{% endfor %}";
    assert_eq!(
        Fixture::new().html("essays/moon/", switch),
        "zh-Hans /repo/essays/moon/ true true 月;en /repo/en/essays/moon/ true false Moon;"
    );
    assert_eq!(
        Fixture::new().html("essays/tide/", switch),
        "zh-Hans /repo/essays/tide/ true true 潮;en /repo/en/ false false Site;"
    );
    let hreflang = "{% for a in alternates %}{{ a.hreflang }} {{ a.permalink }};{% endfor %}";
    let expected = "zh-Hans https://o.example/repo/essays/moon/;en https://o.example/repo/en/essays/moon/;x-default https://o.example/repo/essays/moon/;";
    assert_eq!(Fixture::new().html("essays/moon/", hreflang), expected);
    assert_eq!(Fixture::new().html("en/essays/moon/", hreflang), expected, "the sets are reciprocal");
    assert_eq!(Fixture::new().html("essays/tide/", hreflang), "");
}

#[test]
fn a_section_is_whole_or_cut_into_pages() {
    let template =
        "{{ section.title }}{{ section.content }}{% for p in section.pages %}{{ p.title }}{% endfor %}";
    assert_eq!(Fixture::new().html("essays/", template), "文章<p>正文</p>潮月");
    let mut fixture = Fixture::new();
    fixture.paginate_by = 1;
    let template = "{{ section.pages | length }} {{ paginator.current_index }}/{{ paginator.number_pagers }} {{ paginator.total_pages }} {{ paginator.previous }} {{ paginator.next }} {{ paginator.first }} {{ paginator.last }} {{ paginator.base_url }} {{ paginator.pages[0].title }}";
    let to = "https://o.example/repo/essays/";
    assert_eq!(
        fixture.html("essays/page/2/", template),
        format!("1 2/2 2 {to}  {to} {to}page/2/ {to}page/ 月")
    );
}

#[test]
fn terms_and_their_lists_show_their_essays() {
    let list = "{{ taxonomy.name }} {% for t in terms %}{{ t.name }} {{ t.path }} {{ t.page_count }} {{ t.pages[0].title }};{% endfor %}";
    assert_eq!(
        Fixture::new().html("tags/", list),
        "tags Sea /repo/tags/sea/ 1 潮;写作 /repo/tags/%E5%86%99%E4%BD%9C/ 1 潮;"
    );
    let single = "{{ taxonomy.path }} {{ term.name }} {% for p in term.pages %}{{ p.title }}{% endfor %}";
    assert_eq!(Fixture::new().html("tags/sea/", single), "/repo/tags/ Sea 潮");
    // An essay names its terms in its own order.
    let own = "{% for t in page.terms %}{{ t.name }} {{ t.path }};{% endfor %}{{ page.taxonomies.tags | join(sep=' ') }}";
    assert_eq!(
        Fixture::new().html("essays/tide/", own),
        "写作 /repo/tags/%E5%86%99%E4%BD%9C/;Sea /repo/tags/sea/;写作 Sea"
    );
}

#[test]
fn the_menu_is_resolved_by_language() {
    let item = |url: &str, name: &[(&str, &str)]| MenuItem {
        url: url.into(),
        name: Localized::each(name.iter().map(|(tag, name)| (lang(tag), Arc::from(*name)))),
    };
    let mut fixture = Fixture::new();
    fixture.config.menu = vec![
        item("@/essays/_index.md", &[]),
        item("https://x.y/", &[("en", "Out"), ("zh", "外")]),
        item("@/gone.md", &[]),
    ];
    let source = "{% for m in menu %}{{ m.name }} {{ m.path }} {{ m.current }} {{ m.active }};{% endfor %}";
    let built = fixture.template("page.html", source).template("index.html", source).renderer();
    assert_eq!(
        built.render("essays/moon/").html,
        "文章 /repo/essays/ false true;外 https://x.y/ false false;"
    );
    assert_eq!(
        built.render("en/essays/moon/").html,
        "Essays /repo/en/essays/ false true;Out https://x.y/ false false;"
    );
    assert_eq!(built.render("essays/moon/").diagnostics, []);
    let home = built.render("");
    assert_eq!(home.diagnostics.iter().map(|fault| &*fault.code).collect::<Vec<_>>(), ["broken-link"]);
}

#[test]
fn feeds_are_those_of_the_list_and_of_the_language() {
    let template = "{% for f in feeds %}{{ f.path }} {{ f.type }};{% endfor %}";
    let fixture = || {
        let mut fixture = Fixture::new();
        fixture.announced = vec!["feed.xml", "en/feed.xml", "tags/sea/feed.xml", "sitemap.xml"];
        fixture
    };
    let (own, term) =
        ("/repo/feed.xml application/atom+xml;", "/repo/tags/sea/feed.xml application/atom+xml;");
    assert_eq!(fixture().html("essays/moon/", template), own);
    assert_eq!(fixture().html("en/essays/moon/", template), "/repo/en/feed.xml application/atom+xml;");
    assert_eq!(fixture().html("tags/sea/", template), format!("{term}{own}"));
}

#[test]
fn summaries_are_filled_and_right_on_every_page() {
    let summary = Body {
        html: "<a href=\"\">潮</a><a href=\"\">注</a>".into(),
        holes: vec![
            Hole { at: 9, span: (0..0).into(), kind: HoleKind::Link { dest: "tide.md".into() } },
            Hole { at: 27, span: (0..0).into(), kind: HoleKind::Link { dest: "#top".into() } },
        ],
        ..Body::default()
    };
    let fixture =
        Fixture::new().edit("content/essays/moon.md", |card| card.summary = Some(Arc::new(summary)));
    let html = fixture.html("essays/", "{{ section.pages[1].summary }}");
    assert_eq!(html, "<a href=\"/repo/essays/tide/\">潮</a><a href=\"/repo/essays/moon/#top\">注</a>");
}

#[test]
fn a_summary_whose_component_asks_for_its_own_page_ends() {
    let hole = HoleKind::Component {
        name: "self".into(),
        args: Data::Map(vec![]),
        kept: vec![],
        end: None,
        within: false,
    };
    let summary = Body { holes: vec![Hole { at: 0, span: (0..0).into(), kind: hole }], ..Body::default() };
    let source = "{% component self() %}{% set s = get_section(path='essays/_index.md') %}{{ s.pages[1].title }}{{ s.pages[1].summary }}{% endcomponent %}";
    let fixture = Fixture::new()
        .template("c.html", source)
        .edit("content/essays/moon.md", |card| card.summary = Some(Arc::new(summary)));
    assert_eq!(fixture.html("essays/moon/", "<{{ page.summary }}>"), "<月>");
}

#[test]
fn covers_have_an_address_and_a_size() {
    let fixture = Fixture::new().file("content/essays/p.png", "3x4").edit("content/essays/moon.md", |card| {
        card.cover = Some(("p.png".into(), (0..0).into()));
    });
    let html = fixture
        .html("essays/moon/", "{{ page.cover.path }} {{ page.cover.permalink }} {{ page.cover.width }}");
    assert_eq!(html, "/repo/essays/p.png https://o.example/repo/essays/p.png 3");
}

#[test]
fn redirects_need_no_template_and_missing_templates_lose_nothing() {
    let built = Fixture::new().renderer();
    let html = built.render("old/").html;
    assert!(html.contains("<link rel=\"canonical\" href=\"https://o.example/new/\">"), "{html}");
    assert!(html.contains("content=\"0; url=https://o.example/new/\""), "{html}");

    let mut page = built.page("essays/moon/").clone();
    page.templates = vec!["none.html".into(), "page.html".into()];
    assert_eq!(built.renderer.template(&page), Some("t:page.html"));
    page.templates.pop();
    let rendered = built.renderer.page(&page, "<p>正文</p>");
    assert!(rendered.html.contains("<h1>月</h1>\n<p>正文</p>"));
    assert_eq!(rendered.diagnostics[0].message, "the theme has no template `none.html`");
}
