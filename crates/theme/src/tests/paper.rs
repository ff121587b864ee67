//! The built-in theme on a small site: every kind of page is made without a word of complaint, and is well-formed.

use std::sync::Arc;

use fika_i18n::{Arg, CatalogueSource, Catalogues};
use fika_model::{Body, Heading, Localized, MenuItem};

use super::fixture::{Fixture, lang};
use crate::{Addresses, Theme, builtin};

/// A site that shows most of what the theme can show.
fn rich() -> Fixture {
    let heading = |level, id: &str| Heading { level, id: id.into(), title: id.into(), span: (0..0).into() };
    let mut fixture = Fixture::new().edit("content/essays/moon.md", |card| {
        card.headings = vec![heading(2, "甲"), heading(3, "乙"), heading(2, "丙")];
        card.tagline = Localized::every("一句话 <b>".into());
        card.series = Some("夜".into());
        card.authors = vec!["苏轼".into()];
        card.updated = card.date;
        card.summary = Some(Arc::new(Body::plain("<p>摘要</p>")));
        card.summary_text = "摘要".into();
    });
    fixture.config.theme = "paper".into();
    fixture.config.menu = vec![MenuItem { url: "@/essays/_index.md".into(), name: Localized::default() }];
    fixture.announced = vec!["feed.xml", "en/feed.xml"];
    fixture.paginate_by = 1;
    fixture
}

/// Elements that are opened and not closed, or the other way round; void elements apart.
fn unbalanced(html: &str) -> Vec<String> {
    const VOID: [&str; 9] = ["meta", "link", "img", "br", "hr", "input", "source", "wbr", "circle"];
    let mut open: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    for piece in html.split('<').skip(1) {
        let closes = piece.starts_with('/');
        let name: String =
            piece.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let in_script = open.last().is_some_and(|name| name == "script") && !(closes && name == "script");
        if name.is_empty()
            || in_script
            || VOID.contains(&name.as_str())
            || piece.split('>').next().is_some_and(|tag| tag.ends_with('/'))
        {
            continue;
        }
        if !closes {
            open.push(name);
        } else if open.last() == Some(&name) {
            open.pop();
        } else {
            wrong.push(name);
        }
    }
    wrong.extend(open);
    wrong
}

#[test]
fn every_page_is_made_and_balanced() {
    let fixture = rich();
    let (theme, faults) =
        Theme::load(&fixture.config, vec![vec![], builtin("paper").expect("paper is built in")]);
    assert_eq!(faults, []);
    let built = fixture.renderer_with(theme);
    for page in &built.site.pages {
        let rendered = built.renderer.page(page, "<p>正文</p>");
        assert_eq!(rendered.diagnostics, [], "/{}", page.route);
        assert!(rendered.html.starts_with("<!doctype html>"), "/{}", page.route);
        assert_eq!(unbalanced(&rendered.html), Vec::<String>::new(), "/{}: {}", page.route, rendered.html);
    }
    let moon = built.render("essays/moon/").html;
    for expected in [
        "<html lang=\"zh-Hans\"",
        "一句话 &lt;b&gt;",
        "hreflang=\"x-default\"",
        "<p>正文</p>",
        "2026年3月1日",
    ] {
        assert!(moon.contains(expected), "{expected} is not in {moon}");
    }
}

#[test]
fn its_components_can_be_used_in_essays() {
    use fika_model::{Data, Hole, HoleKind};
    let fixture = rich().file("content/essays/p.png", "12x34");
    let (theme, _) = Theme::load(&fixture.config, vec![vec![], builtin("paper").expect("paper is built in")]);
    let built = fixture.renderer_with(theme);
    let args = Data::Map(vec![("src".into(), "p.png".into()), ("caption".into(), "图".into())]);
    let hole =
        HoleKind::Component { name: "figure".into(), args, kept: Vec::new(), end: None, within: false };
    let body = Body { holes: vec![Hole { at: 0, span: (0..0).into(), kind: hole }], ..Body::default() };
    let entry = built.site.index.source["content/essays/moon.md"];
    let rendered = built.renderer.fill(entry, &body, Addresses::Path, &|| None);
    assert_eq!(rendered.diagnostics, []);
    assert!(
        rendered.html.contains("width=\"12\"") && rendered.html.contains("<figcaption>图</figcaption>"),
        "{}",
        rendered.html
    );
}

#[test]
fn its_catalogues_have_the_same_strings_with_the_same_arguments() {
    let mut sources = Vec::new();
    for file in builtin("paper").expect("paper is built in") {
        let Some(tag) = file.path.strip_prefix("i18n/").and_then(|path| path.strip_suffix(".ftl")) else {
            continue;
        };
        let text = std::str::from_utf8(&file.bytes).expect("UTF-8").into();
        sources.push(CatalogueSource {
            lang: lang(tag),
            origin: file.origin.clone(),
            text,
            converted: false,
        });
    }
    let langs: Vec<_> = sources.iter().map(|source| source.lang.clone()).collect();
    let tags: Vec<&str> = langs.iter().map(|lang| lang.as_str()).collect();
    for tag in ["zh", "zh-Hant", "en", "ja", "ko", "de", "fr", "es", "ru", "ar"] {
        assert!(tags.contains(&tag), "{tag} is not among {tags:?}");
    }
    let (catalogues, faults) = Catalogues::new(vec![sources], &[lang("zh")]);
    assert_eq!(faults, []);
    let strings = |tag: &str| -> Vec<(String, String)> {
        let own = catalogues.definitions().into_iter().filter(|one| one.lang.as_str() == tag);
        own.map(|one| (one.key.to_owned(), one.arguments.join(" "))).collect()
    };
    for tag in tags {
        assert_eq!(strings(tag), strings("en"), "{tag}");
    }
}

#[test]
fn its_counts_take_the_forms_of_each_language() {
    let mut fixture = rich();
    fixture.config.languages[1].lang = lang("ar-EG");
    let (theme, _) = Theme::load(&fixture.config, vec![vec![], builtin("paper").expect("paper is built in")]);
    let counts = |tag: &str| {
        let count = |n: f64| theme.catalogues.message(&lang(tag), "essays-count", &[("n", Arg::Num(n))]).text;
        [0.0, 1.0, 2.0, 5.0, 11.0, 21.0, 100.0, 1234.0].map(count).join(" | ")
    };
    let table = [
        ("zh", "0 篇 | 1 篇 | 2 篇 | 5 篇 | 11 篇 | 21 篇 | 100 篇 | 1,234 篇"),
        (
            "en",
            "0 essays | 1 essay | 2 essays | 5 essays | 11 essays | 21 essays | 100 essays | 1,234 essays",
        ),
        (
            "fr",
            "0 texte | 1 texte | 2 textes | 5 textes | 11 textes | 21 textes | 100 textes | 1\u{202f}234 textes",
        ),
        (
            "ru",
            "0 текстов | 1 текст | 2 текста | 5 текстов | 11 текстов | 21 текст | 100 текстов | 1\u{a0}234 текста",
        ),
        (
            "ar-EG",
            "لا مقالات | مقالة واحدة | مقالتان | ٥ مقالات | ١١ مقالةً | ٢١ مقالةً | ١٠٠ مقالة | ١٬٢٣٤ مقالةً",
        ),
    ];
    for (tag, expected) in table {
        assert_eq!(counts(tag), expected, "{tag}");
    }
}
