//! Bodies with holes, filled.

use fika_model::{Body, Data, Diagnostic, Heading, Hole, HoleKind, Image, Severity, Span};

use super::fixture::{Built, Fixture};
use crate::{Addresses, Query, Rendered};

const MOON: &str = "content/essays/moon.md";

/// A body from HTML in which `@` stands for the holes, in order.
fn body(html: &str, kinds: Vec<HoleKind>) -> Body {
    let mut body = Body::default();
    let mut kinds = kinds.into_iter();
    for (at, piece) in html.split('@').enumerate() {
        if at > 0 {
            let span = Span { start: at as u32 * 10, end: at as u32 * 10 + 5 };
            body.holes.push(Hole {
                at: body.html.len() as u32,
                span,
                kind: kinds.next().expect("a hole for each mark"),
            });
        }
        body.html.push_str(piece);
    }
    body
}

fn link(dest: &str) -> HoleKind {
    HoleKind::Link { dest: dest.into() }
}

fn image(src: &str) -> Image {
    Image {
        src: src.into(),
        alt: "a \"b\"".into(),
        title: None,
        width: None,
        kept: Vec::new(),
        figure: false,
        first: false,
    }
}

fn component(name: &str, args: &[(&str, &str)], end: Option<u32>) -> HoleKind {
    let args = Data::Map(args.iter().map(|(key, value)| ((*key).into(), Data::from(*value))).collect());
    HoleKind::Component { name: name.into(), args, kept: Vec::new(), end, within: false }
}

fn site() -> Built {
    let heading = Heading { level: 2, id: "潮汐".into(), title: "潮汐".into(), span: (0..0).into() };
    Fixture::new()
        .edit("content/essays/tide.md", |card| card.headings.push(heading))
        .file("content/essays/p.png", "12x34")
        .file("content/essays/a b.pdf", "x")
        .template("c.html", "{% component box(kind='plain', @lang, @page) %}[{{ kind }} {{ lang }} {{ page.title }}|{{ body | default(value='') }}]{% endcomponent %}
            {% component bad() %}\n{{ kind.a.b }}{% endcomponent %}{% component need(x) %}{{ x }}{% endcomponent %}
            {% component asks() %}{{ t(key='read-more') }}{{ get_url(path='@/no.md') }}{% endcomponent %}")
        .renderer()
}

const TEXT: &str = "012345678\nLINK1----\nLINK2----\nLINK3----\nLINK4----\n";

fn fill(body: &Body) -> Rendered {
    site().fill(MOON, body, TEXT)
}

fn one_link(dest: &str) -> (String, Vec<Diagnostic>) {
    let rendered = fill(&body("<a href=\"@\">x</a>", vec![link(dest)]));
    (rendered.html, rendered.diagnostics)
}

#[test]
fn links_lead_to_the_twin() {
    for (dest, expected) in [
        ("tide.md", "/repo/essays/tide/"),
        ("moon.en.md", "/repo/essays/moon/"),
        ("@/essays/tide.md#潮汐", "/repo/essays/tide/#%E6%BD%AE%E6%B1%90"),
        ("https://x.y/?a=1&b=\"2\"", "https://x.y/?a=1&amp;b=&quot;2&quot;"),
        ("a b.pdf", "/repo/essays/a%20b.pdf"),
    ] {
        assert_eq!(one_link(dest), (format!("<a href=\"{expected}\">x</a>"), vec![]), "{dest}");
    }
    let wiki = fill(&body("<a href=\"@\">x</a>", vec![HoleKind::WikiLink { dest: "潮".into() }]));
    assert_eq!(wiki.html, "<a href=\"/repo/essays/tide/\">x</a>");
    assert_eq!(wiki.asked, [Query::Addresses]);
}

#[test]
fn a_link_into_another_language_says_so() {
    let built = Fixture::new().renderer();
    let english =
        built.fill("content/essays/moon.en.md", &body("<a href=\"@\">x</a>", vec![link("tide.md")]), "");
    assert_eq!(english.html, "<a href=\"/repo/essays/tide/\" hreflang=\"zh-Hans\">x</a>");
    let no_section = body("<a href=\"@\">x</a>", vec![link("tide.md#none")]);
    let english = built.fill("content/essays/moon.en.md", &no_section, "");
    assert_eq!(english.html, "<a href=\"/repo/essays/tide/#none\" hreflang=\"zh-Hans\">x</a>");
}

#[test]
fn broken_links_are_reported_and_kept() {
    for (dest, severity, code, help) in [
        ("tied.md", Severity::Error, "broken-link", "did you mean `tide.md`?"),
        ("@/essays/tied.md", Severity::Error, "broken-link", "did you mean `@/essays/tide.md`?"),
        ("../notes/tide.md", Severity::Error, "broken-link", "did you mean `tide.md`?"),
        ("tide.md#潮汐表", Severity::Error, "broken-anchor", "did you mean `潮汐`?"),
        ("", Severity::Warning, "empty-link", "give it one, or take the brackets away"),
        (
            "C:\\x.md",
            Severity::Warning,
            "local-path",
            "put the file beside the essay and link to it by its name",
        ),
    ] {
        let (html, faults) = one_link(dest);
        // What misses its section only still leads to the page.
        let shown = if dest.contains('#') { "/repo/essays/tide/#%E6%BD%AE%E6%B1%90%E8%A1%A8" } else { dest };
        assert_eq!(html, format!("<a href=\"{shown}\">x</a>"));
        assert_eq!(faults.len(), 1);
        assert_eq!(
            (faults[0].severity, &*faults[0].code, faults[0].help.as_deref()),
            (severity, code, Some(help))
        );
        assert_eq!(
            faults[0].place.as_ref().map(|place| (place.line, place.excerpt.as_str())),
            Some((2, "LINK1----"))
        );
    }
}

#[test]
fn pictures_have_size_and_caption() {
    let figure = Image { title: Some("题 <注>".into()), figure: true, first: true, ..image("p.png") };
    let titled = Image { title: Some("题".into()), ..image("https://x.y/z.png") };
    let rendered = fill(&body("@ @", vec![HoleKind::Image(figure), HoleKind::Image(titled)]));
    assert_eq!(
        rendered.html,
        "<figure><img src=\"/repo/essays/p.png\" alt=\"a &quot;b&quot;\" width=\"12\" height=\"34\" decoding=\"async\"><figcaption>题 &lt;注&gt;</figcaption></figure> \
         <img src=\"https://x.y/z.png\" alt=\"a &quot;b&quot;\" title=\"题\" loading=\"lazy\" decoding=\"async\">"
    );
    assert_eq!(rendered.asked, [Query::Addresses, Query::Image { path: "content/essays/p.png".into() }]);
    assert_eq!(rendered.diagnostics, []);
}

/// A width that is asked for keeps the proportions, where they are known.
#[test]
fn a_picture_as_wide_as_it_is_asked_for() {
    let wide = |src: &str| HoleKind::Image(Image { width: Some(6), ..image(src) });
    let rendered = fill(&body("@@", vec![wide("p.png"), wide("https://x.y/z.png")]));
    let sizes: Vec<_> =
        rendered.html.split("\" loading").filter_map(|tag| tag.split("width=\"").nth(1)).collect();
    assert_eq!(sizes, ["6\" height=\"17", "6"]);
}

#[test]
fn a_missing_picture_is_a_warning() {
    let rendered = fill(&body(
        "@<img src=\"@\">",
        vec![HoleKind::Image(image("q.png")), HoleKind::Asset { dest: "r.mp3".into() }],
    ));
    assert_eq!(
        rendered.html,
        "<img src=\"q.png\" alt=\"a &quot;b&quot;\" loading=\"lazy\" decoding=\"async\"><img src=\"r.mp3\">"
    );
    let codes: Vec<_> = rendered
        .diagnostics
        .iter()
        .map(|fault| (fault.severity, &*fault.code, fault.message.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            (Severity::Warning, "missing-picture", "the picture `q.png` is missing"),
            (Severity::Warning, "missing-file", "the file `r.mp3` is missing"),
        ]
    );
}

#[test]
fn components_hold_holes_and_components() {
    let html = "<p>@<i href=\"@\">x</i>@y</p>";
    let mut nested = body(
        html,
        vec![component("box", &[("kind", "a<b")], None), link("tide.md"), component("box", &[], None)],
    );
    let close = nested.html.find("</p>").expect("a closing tag") as u32;
    nested.holes[0].kind = component("box", &[("kind", "a<b")], Some(close));
    nested.holes[0].span.end = 90;
    let rendered = fill(&nested);
    assert_eq!(
        rendered.html,
        "<p>[a&lt;b zh-Hans 月|<i href=\"/repo/essays/tide/\">x</i>[plain zh-Hans 月|]y]</p>"
    );
    assert_eq!(rendered.diagnostics, []);
    let entry = Query::Entry { source: MOON.into(), lang: super::fixture::lang("zh-Hans") };
    assert_eq!(
        rendered.asked,
        [Query::Addresses, Query::Config, entry, Query::Component { name: "box".into() }]
    );
}

/// What a component does with a file that is missing fails too: there is one thing to mend, and the source is shown until then.
#[test]
fn a_missing_file_is_told_once() {
    let html = "{% component own() %}{% for x in load_data(path='no.json') %}{{ x }}{% endfor %}{% endcomponent own %}";
    let text = body("@", vec![component("own", &[], None)]);
    let rendered = Fixture::new().template("own.html", html).renderer().fill(MOON, &text, "");
    let codes: Vec<_> = rendered.diagnostics.iter().map(|fault| &*fault.code).collect();
    assert_eq!(codes, ["missing-file"]);
    let help = rendered.diagnostics[0].help.as_deref().unwrap_or_default();
    assert!(help.ends_with("the page shows the source of the component until then"), "{help}");
}

/// What a component asks for is whole, as in Zola; on the page it is by path, as pictures in Markdown are, so that a copy of the site
/// elsewhere works. A feed needs it whole, however the component wrote it.
#[test]
fn addresses_of_components_are_those_of_the_text_around_them() {
    let html = "{% component own(@page) %}<img src=\"{{ get_url(path='essays/p.png') }}\" alt=\"https://o.example/repo/x\" srcset='{{ get_url(path='essays/p.png') }} 2x, \
                {{ get_url(path='essays/p.png') }}'><a href=\"{{ page.path }}\" data-x=\"{{ page.permalink }}\">{{ get_url(path='/') }}</a>\
                <a href=\"//o.example/repo/\"><a href=\"https://x.y/repo/\">{% endcomponent %}";
    let built = Fixture::new().file("content/essays/p.png", "12x34").template("own.html", html).renderer();
    let text = body("@", vec![component("own", &[], None)]);
    let id = built.site.index.source[MOON];
    let filled = |addresses| built.renderer.fill(id, &text, addresses, &|| None).html;
    let expected = |base: &str| {
        format!(
            "<img src=\"{base}essays/p.png\" alt=\"https://o.example/repo/x\" srcset='{base}essays/p.png 2x, {base}essays/p.png'>\
             <a href=\"{base}essays/moon/\" data-x=\"https://o.example/repo/essays/moon/\">https://o.example/repo/</a>\
             <a href=\"//o.example/repo/\"><a href=\"https://x.y/repo/\">"
        )
    };
    assert_eq!(filled(Addresses::Path), expected("/repo/"));
    assert_eq!(filled(Addresses::Absolute), expected("https://o.example/repo/"));
}

#[test]
fn a_hole_at_the_end_of_a_component_belongs_where_it_was_written() {
    let inside = |start: u32| {
        let mut body = body("@@", vec![component("box", &[], Some(0)), link("tide.md")]);
        body.holes[0].span = Span { start: 0, end: 20 };
        body.holes[1].span = Span { start, end: start + 1 };
        fill(&body).html
    };
    assert_eq!(inside(10), "[plain zh-Hans 月|/repo/essays/tide/]");
    assert_eq!(inside(20), "[plain zh-Hans 月|]/repo/essays/tide/");
}

#[test]
fn a_component_that_fails_leaves_its_source_and_its_body() {
    let with = |name: &str, args: &[(&str, &str)]| {
        let mut body = body("<p>@text</p>", vec![component(name, args, None)]);
        body.holes[0].kind = component(name, args, Some(7));
        let rendered = fill(&body);
        assert_eq!(
            rendered.html,
            format!("<p><code>LINK1</code>text<code>{{% &lt;/{name}&gt; %}}</code></p>")
        );
        assert_eq!(rendered.diagnostics.len(), 1);
        rendered.diagnostics.into_iter().next().expect("a diagnostic")
    };
    let unknown = with("bxo", &[]);
    assert_eq!(
        (unknown.severity, &*unknown.code, unknown.help.as_deref()),
        (Severity::Warning, "unknown-component", Some("did you mean `box`?"))
    );
    let broken = with("bad", &[]);
    assert_eq!(
        (&*broken.code, &*broken.path, broken.place.map(|place| place.line)),
        ("template", "themes/t/templates/c.html", Some(3))
    );
    let refused = with("need", &[]);
    assert_eq!(
        (&*refused.code, &*refused.path, refused.place.map(|place| place.line)),
        ("component", MOON, Some(2))
    );
    let surplus = with("box", &[("nonsense", "1")]);
    assert!(surplus.message.starts_with("the component `box` refused: "), "{}", surplus.message);
}

#[test]
fn a_component_asks_and_complains_in_its_own_place() {
    let rendered = fill(&body("@", vec![component("asks", &[], None)]));
    assert!(rendered.asked.iter().any(|query| matches!(query, Query::Messages { .. })));
    assert!(rendered.asked.iter().any(|query| matches!(query, Query::Url { .. })));
    let fault = &rendered.diagnostics[0];
    assert_eq!(
        (&*fault.code, &*fault.path, fault.place.as_ref().map(|place| place.line)),
        ("broken-link", "themes/t/templates/c.html", Some(4))
    );
}

#[test]
fn feeds_have_whole_addresses() {
    let built = site();
    let body = body(
        "<a href=\"@\"></a><a href=\"@\"></a>@",
        vec![link("tide.md"), link("#top"), HoleKind::Image(image("p.png"))],
    );
    let rendered = built.renderer.fill(built.site.index.source[MOON], &body, Addresses::Absolute, &|| None);
    assert_eq!(
        rendered.html,
        "<a href=\"https://o.example/repo/essays/tide/\"></a><a href=\"https://o.example/repo/essays/moon/#top\"></a>\
         <img src=\"https://o.example/repo/essays/p.png\" alt=\"a &quot;b&quot;\" width=\"12\" height=\"34\">"
    );
}
