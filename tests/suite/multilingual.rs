//! A site in twelve languages of which none has everything: pages of every kind, every fallback, every policy and every root.

use fika_benches::Rng;
use fika_tests::{Fixture, Options, broken_links, language_faults};

const LANGUAGES: [&str; 12] =
    ["en", "zh-Hans", "zh-Hant", "ja", "ko", "de", "fr", "es", "ru", "ar", "pt-BR", "it"];

/// What languages say of their fallback and their lists. Each is tried for some language.
const MANNERS: [&str; 6] = [
    "fallback: [ko, en]",
    "fallback: {to: en, mode: link}",
    "fallback: {languages: [en, ja], mode: hide}",
    "fallback: [en], listing: all",
    "listing: {lists: own, taxonomies: all, feeds: own}",
    "fallback: {to: [ja, en], mode: link}, listing: {lists: all, taxonomies: originals}",
];

fn config(rng: &mut Rng, root: &str) -> String {
    let mut text = format!("base_url: https://example.org/\npaginate_by: 3\n{root}languages:\n");
    for lang in LANGUAGES {
        let manner = match lang {
            "en" => "title: Site",
            "zh-Hant" => "derive: zh-Hans, fallback: [ja, en]",
            _ => rng.pick(&MANNERS),
        };
        text.push_str(&format!("  {lang}: {{name: '{lang}!', {manner}}}\n"));
    }
    text + "taxonomies:
  tags:
    feed: true
    terms: [{en: tea, zh-Hans: 茶, ja: {name: 茶, slug: cha}}, {de: Tee, fr: thé, en: infusion}]
menu: ['@/essays/_index.md', '@/essays/e1.md', '/tags/']
"
}

/// Thirty essays, sections and home pages, each in some of the languages.
fn site(seed: u64, root: &str) -> Fixture {
    let mut rng = Rng::new(seed, 12);
    let mut site = Fixture::default().file("fika.yaml", config(&mut rng, root));
    for lang in LANGUAGES {
        for (dir, extra) in [
            ("", ""),
            ("essays/", "generate_feeds: true\n"),
            ("essays/deep/", "listing: all\n"),
            ("notes/", ""),
        ] {
            if rng.chance(40) {
                let text = format!(
                    "---\ntitle: {dir} {lang}\n{extra}---\nSee [one](@/essays/_index.md) and [two](@/essays/e2.md).\n"
                );
                site = site.file(&format!("content/{dir}_index.{lang}.md"), text);
            }
        }
    }
    for at in 0..30 {
        let dir = rng.pick(&["essays/", "essays/", "essays/deep/", "notes/", ""]);
        let dir = if at < 4 { "essays/" } else { dir };
        let bundle = at % 7 == 3;
        for lang in LANGUAGES {
            if !(rng.chance(30) || (at < 4 && lang == "en")) {
                continue;
            }
            let name = if bundle { format!("e{at}/index.{lang}") } else { format!("e{at}.{lang}") };
            let tags = rng.pick(&["tea", "茶", "Tee", "thé, other", "", "infusion"]);
            let mut text = format!("---\ntitle: E{at} {lang}\ndate: 2024-01-{:02}\ntags: [{tags}]\n", at + 1);
            if rng.chance(10) {
                text.push_str(&format!("slug: own-{at}\n"));
            }
            text.push_str("---\n");
            for _ in 0..2 {
                text.push_str(&format!("[l](@/essays/e{}.md) [[e{}]] ", rng.below(4), rng.below(30)));
            }
            text.push_str("\n\n## A heading\n\n{{ <figure src=\"/p.png\" /> }}\n");
            site = site.file(&format!("content/{dir}{name}.md"), text);
        }
    }
    site.with(fika_tests::site("//- static/p.png\n4x4"))
}

#[test]
fn twelve_languages_with_holes() {
    let roots = [
        "",
        "default_language_in_subdir: true\n",
        "default_language_in_subdir: true\nroot: gateway\n",
        "default_language_in_subdir: true\nroot: copy\n",
    ];
    for (seed, root) in (1..).zip(roots) {
        let base = ["https://example.org/", "https://owner.github.io/REPO/"][seed % 2];
        let options = Options { base_url: Some(base.to_owned()), ..Options::default() };
        let built = site(seed as u64, root).build_with(&options);
        let errors: Vec<_> = built
            .diagnostics
            .iter()
            .filter(|fault| {
                !matches!(
                    &*fault.code,
                    "missing-string" | "missing-catalogue" | "wrong-value" | "term-spelling" | "broken-link"
                )
            })
            .cloned()
            .collect();
        assert_eq!(fika_tests::show_diagnostics(&errors), "");
        let faults = [
            broken_links(&built, base).into_iter().filter(|fault| !fault.contains("<a href> e")).collect(),
            language_faults(&built, base, &|feed, essay| feed == essay),
        ]
        .concat();
        assert!(
            faults.is_empty(),
            "{root}under {base}: {} faults\n{}",
            faults.len(),
            faults[..faults.len().min(12)].join("\n")
        );
        assert!(built.files.len() > 300, "{} files", built.files.len());
    }
}

/// A feed may hold what its policy allows, and no more.
#[test]
fn feeds_that_tell_of_other_languages() {
    let site = site(5, "listing: {feeds: all}\n");
    let base = "https://example.org/";
    let built = site.build();
    assert_eq!(language_faults(&built, base, &|_, _| true), [""; 0]);
    assert!(!language_faults(&built, base, &|feed, essay| feed == essay).is_empty());
}

/// The feed of all languages has each essay once, as it was written: a translation stands for an original that has no date, and
/// what is derived or shown for want of a translation for nothing.
#[test]
fn a_feed_of_all_languages() {
    let config = "
//- fika.yaml
base_url: https://example.org/
languages:
  en: {title: Site}
  zh-Hans: {title: 小站}
  zh-Hant: {derive: zh-Hans}
  ja: {title: サイト, fallback: [en]}
plugins: {feed: {all: true}}
";
    let essay = |title: &str, more: &str| format!("---\ntitle: {title}\n{more}---\nText.\n");
    let site = fika_tests::site(config)
        .file("content/moon.en.md", essay("Moon", "date: 2024-01-02\ntranslator: T\n"))
        .file("content/moon.zh-Hans.md", essay("月", "date: 2024-01-01\n"))
        .file("content/rain.en.md", essay("Rain", "date: 2024-01-03\n"))
        .file("content/wind.en.md", essay("Wind", ""))
        .file("content/wind.zh-Hans.md", essay("风", "date: 2024-01-04\n"));
    let built = site.build();
    assert_eq!(fika_tests::show_diagnostics(&built.diagnostics), "");
    let titles = built.page("all.xml").split("<title>").skip(1).filter_map(|rest| rest.split('<').next());
    assert_eq!(titles.collect::<Vec<_>>(), ["Site / 小站 / サイト", "风", "Rain", "月"]);
    assert_eq!(language_faults(&built, "https://example.org/", &|_, _| true), [""; 0]);
    assert_eq!(broken_links(&built, "https://example.org/"), [""; 0]);
}
