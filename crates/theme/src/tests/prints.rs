//! Fingerprints change when what they stand for changes, and only then.

use std::sync::Arc;

use fika_model::{Body, Card, Data, Fingerprint, Hole, HoleKind, Localized, MenuItem};

use super::fixture::{Built, Fixture, card, date, lang};
use crate::Query;

/// Everything a page's template can see, as text: any difference in it must move the fingerprint.
const ALL: &str = "{{ config }}{{ lang }}{{ lang_dir }}{{ current_url }}{{ current_path }}{{ home }}{{ menu }}{{ languages }}{{ alternates }}\
    {{ feeds }}{{ page | default(value='') }}{{ section | default(value='') }}{{ paginator | default(value='') }}\
    {{ taxonomy | default(value='') }}{{ terms | default(value='') }}{{ term | default(value='') }}";

fn view(built: &Built, route: &str) -> Fingerprint {
    let id = built.site.index.route.get(&fika_model::Route::new(route)).expect("a page");
    built.renderer.view_fingerprint(*id)
}

/// A page's view, written out and as a fingerprint.
fn both(fixture: Fixture, route: &str) -> (String, Fingerprint) {
    let names =
        ["index.html", "section.html", "page.html", "taxonomy_list.html", "taxonomy_single.html", "404.html"];
    let built = names.into_iter().fold(fixture, |fixture, name| fixture.template(name, ALL)).renderer();
    let rendered = built.render(route);
    assert!(rendered.html.contains("default_language"), "{}", rendered.html);
    (rendered.html, view(&built, route))
}

type Change = (&'static str, fn(&mut Fixture));

fn edit(fixture: &mut Fixture, source: &str, change: fn(&mut Card)) {
    change(fixture.cards.iter_mut().find(|card| &*card.source == source).expect("a card"));
}

fn linked_summary() -> Arc<Body> {
    let hole = Hole { at: 0, span: (0..0).into(), kind: HoleKind::Link { dest: "tide.md".into() } };
    Arc::new(Body { html: " 摘要".into(), holes: vec![hole], ..Body::default() })
}

/// Changes of one thing each.
const CHANGES: &[Change] = &[
    ("own title", |fixture| edit(fixture, "content/essays/moon.md", |card| card.title = "新".into())),
    ("own tagline", |fixture| {
        edit(fixture, "content/essays/moon.md", |card| card.tagline = Localized::every("句".into()));
    }),
    ("own extra", |fixture| {
        edit(fixture, "content/essays/moon.md", |card| {
            card.extra = Data::Map(vec![("a".into(), Data::Int(1))]);
        });
    }),
    ("own date", |fixture| edit(fixture, "content/essays/moon.md", |card| card.date = date(2025, 1, 1))),
    ("own summary", |fixture| {
        edit(fixture, "content/essays/moon.md", |card| card.summary = Some(linked_summary()));
    }),
    ("own tags", |fixture| {
        edit(fixture, "content/essays/moon.md", |card| {
            card.taxonomies = vec![("tags".into(), vec!["海".into()], (0..0).into())];
        });
    }),
    ("a neighbour's title", |fixture| {
        edit(fixture, "content/essays/tide.md", |card| card.title = "汐".into());
    }),
    ("a neighbour's tags", |fixture| edit(fixture, "content/essays/tide.md", |card| card.taxonomies.clear())),
    ("a twin's title", |fixture| {
        edit(fixture, "content/essays/moon.en.md", |card| card.title = "Luna".into());
    }),
    ("a twin gone", |fixture| fixture.cards.retain(|card| &*card.source != "content/essays/moon.en.md")),
    ("a new essay", |fixture| {
        fixture.cards.push(card("content/essays/new.md", "新", |card| card.date = date(2026, 4, 1)));
    }),
    ("a section's title", |fixture| {
        edit(fixture, "content/essays/_index.md", |card| card.title = "随笔".into());
    }),
    ("how a section is cut into pages", |fixture| {
        edit(fixture, "content/essays/_index.md", |card| {
            card.section.as_mut().expect("a section").paginate_reversed = true;
        });
    }),
    ("a home's title", |fixture| edit(fixture, "content/_index.en.md", |card| card.title = "Start".into())),
    ("the menu", |fixture| {
        fixture.config.menu = vec![MenuItem { url: "@/essays/_index.md".into(), name: Localized::default() }];
    }),
    ("a feed", |fixture| fixture.announced = vec!["feed.xml"]),
    ("a tag's feed", |fixture| fixture.announced = vec!["tags/sea/feed.xml"]),
    ("pagination", |fixture| fixture.paginate_by = 1),
    ("another language's essay", |fixture| {
        fixture.cards.push(card("content/essays/new.en.md", "New", |_| {}));
    }),
];

#[test]
fn whatever_shows_a_change_has_another_fingerprint() {
    let routes =
        ["", "essays/", "essays/moon/", "essays/tide/", "en/essays/moon/", "tags/", "tags/sea/", "404.html"];
    let mut moved = 0;
    for route in routes {
        let before = both(Fixture::new(), route);
        for (name, change) in CHANGES {
            let mut fixture = Fixture::new();
            change(&mut fixture);
            if !fixture.renderer().site.pages.iter().any(|page| page.route.as_str() == route) {
                continue;
            }
            let after = both(fixture, route);
            if before.0 != after.0 {
                moved += 1;
                assert_ne!(before.1, after.1, "{name} shows on /{route}");
            }
        }
    }
    assert!(moved > 30, "the changes show: {moved}");
}

#[test]
fn what_does_not_show_leaves_the_fingerprint() {
    let before = Fixture::new().renderer();
    let after = Fixture::new().edit("content/essays/moon.en.md", |card| card.weight = 7).renderer();
    for route in ["essays/", "essays/tide/", "tags/", "404.html", ""] {
        assert_eq!(view(&before, route), view(&after, route), "/{route}");
    }
    assert_ne!(view(&before, "en/essays/"), view(&after, "en/essays/"));
}

#[test]
fn a_linked_summary_moves_with_its_target() {
    let with = |path: &'static str| {
        let fixture =
            Fixture::new().edit("content/essays/moon.md", |card| card.summary = Some(linked_summary()));
        let mut fixture = fixture;
        fixture.cards.retain(|card| &*card.source != "content/essays/tide.md");
        fixture.cards.push(card(path, "远", |_| {}));
        fixture.renderer()
    };
    // The page is a neighbour of neither; only the link in its summary can tell the two sites apart.
    assert_ne!(
        view(&with("content/tide.md"), "essays/moon/"),
        view(&with("content/essays/tide.md"), "essays/moon/")
    );
}

#[test]
fn answers_change_with_what_was_asked_for() {
    let zh = || lang("zh-Hans");
    let page = |path: &str| Query::Page { path: path.into(), lang: zh() };
    let metadata = Query::Metadata { path: "essays/_index.md".into(), lang: zh() };
    let section = page("essays/_index.md");
    let url = |path: &str| Query::Url { path: path.into(), lang: zh(), cachebust: true };
    let file = |path: &str| Query::File { path: path.into() };
    let image = |path: &str| Query::Image { path: path.into() };
    let terms = Query::Taxonomy { kind: "tags".into(), lang: zh() };
    let term = Query::TermUrl { kind: "tags".into(), term: "海".into(), lang: zh() };
    let entry = Query::Entry { source: "content/essays/moon.md".into(), lang: zh() };
    let cases: Vec<(Change, Vec<Query>, Vec<Query>)> = vec![
        (
            CHANGES[0],
            vec![page("essays/moon.md"), section.clone(), entry.clone()],
            vec![metadata.clone(), url("@/essays/moon.md"), terms.clone(), Query::Addresses],
        ),
        (
            CHANGES[6],
            vec![page("essays/moon.md"), terms.clone(), entry],
            vec![metadata.clone(), term.clone()],
        ),
        (CHANGES[5], vec![terms, term], vec![metadata.clone(), Query::Config]),
        (CHANGES[11], vec![metadata, section], vec![page("essays/moon.md")]),
        (
            ("a file", |fixture| drop(fixture.files.insert("static/a.js".into(), b"2x2".to_vec()))),
            vec![
                file("a.js"),
                image("a.js"),
                url("a.js"),
                Query::Data { path: "static/a.js".into() },
                Query::Addresses,
            ],
            vec![url("style.css"), page("essays/moon.md")],
        ),
        (("time", |_| {}), vec![], vec![Query::Now { precise: false }, Query::Now { precise: true }]),
    ];
    let before = Fixture::new().renderer();
    for ((name, change), moved, kept) in cases {
        let mut fixture = Fixture::new();
        change(&mut fixture);
        let after = fixture.renderer();
        for query in moved {
            assert_ne!(before.renderer.answer(&query), after.renderer.answer(&query), "{name}: {query:?}");
        }
        for query in kept {
            assert_eq!(before.renderer.answer(&query), after.renderer.answer(&query), "{name}: {query:?}");
        }
    }
}

#[test]
fn answers_about_strings_and_components_follow_the_theme() {
    let message = |key: &str| Query::Message { lang: lang("en"), key: key.into() };
    let messages = |keys: &str| Query::Messages { lang: lang("en"), keys: keys.into() };
    let component = Query::Component { name: "box".into() };
    let with = |source: &str| Fixture::new().template("c.html", source).renderer();
    let (one, two) =
        (with("{% component box() %}1{% endcomponent %}"), with("{% component box() %}2{% endcomponent %}"));
    assert_ne!(one.renderer.answer(&component), two.renderer.answer(&component));
    assert_ne!(one.renderer.answer(&component), Fixture::new().renderer().renderer.answer(&component));
    assert_eq!(one.renderer.answer(&message("read-more")), two.renderer.answer(&message("read-more")));
    assert_ne!(one.renderer.answer(&message("read-more")), one.renderer.answer(&message("none")));
    assert_eq!(one.renderer.answer(&messages("read-more")), two.renderer.answer(&messages("read-more")));
    assert_ne!(
        one.renderer.answer(&messages("read-more")),
        one.renderer.answer(&messages("only-en\nread-more"))
    );
}

#[test]
fn queries_survive_the_memo() {
    let query = Query::Url { path: "月".into(), lang: lang("zh-Hans"), cachebust: true };
    let text = serde_json::to_string(&query).expect("JSON");
    assert_eq!(serde_json::from_str::<Query>(&text).expect("a query"), query);
}
