use fika_model::{BaseUrl, Pager};

use super::*;
use crate::testing::{self, Draftsman};

fn essays() -> Draftsman {
    let mut essays = Draftsman::new(testing::config());
    essays.add("_index.md");
    essays.add("_index.en.md");
    essays.add("essays/moon.md").date("2026-03-01 08:30").tags(&["写 作"]);
    essays.add("essays/moon.en.md").date("2026-03-01").updated("2026-05-01");
    essays.add("essays/_index.md");
    essays.add("essays/only.en.md");
    essays
}

#[test]
fn a_whole_sitemap() {
    let files = testing::files(&Sitemap::default(), &essays().site());
    assert_eq!(files.len(), 1);
    let expected = r#"<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
  <url>
    <loc>https://o.github.io/repo/en/</loc>
    <xhtml:link rel="alternate" hreflang="zh-Hans" href="https://o.github.io/repo/"/>
    <xhtml:link rel="alternate" hreflang="en" href="https://o.github.io/repo/en/"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://o.github.io/repo/"/>
  </url>
  <url>
    <loc>https://o.github.io/repo/</loc>
    <xhtml:link rel="alternate" hreflang="zh-Hans" href="https://o.github.io/repo/"/>
    <xhtml:link rel="alternate" hreflang="en" href="https://o.github.io/repo/en/"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://o.github.io/repo/"/>
  </url>
  <url>
    <loc>https://o.github.io/repo/essays/</loc>
    <lastmod>2026-03-01T08:30:00+08:00</lastmod>
  </url>
  <url>
    <loc>https://o.github.io/repo/en/essays/moon/</loc>
    <lastmod>2026-05-01</lastmod>
    <xhtml:link rel="alternate" hreflang="zh-Hans" href="https://o.github.io/repo/essays/moon/"/>
    <xhtml:link rel="alternate" hreflang="en" href="https://o.github.io/repo/en/essays/moon/"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://o.github.io/repo/essays/moon/"/>
  </url>
  <url>
    <loc>https://o.github.io/repo/essays/moon/</loc>
    <lastmod>2026-03-01T08:30:00+08:00</lastmod>
    <xhtml:link rel="alternate" hreflang="zh-Hans" href="https://o.github.io/repo/essays/moon/"/>
    <xhtml:link rel="alternate" hreflang="en" href="https://o.github.io/repo/en/essays/moon/"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://o.github.io/repo/essays/moon/"/>
  </url>
  <url>
    <loc>https://o.github.io/repo/en/essays/only/</loc>
  </url>
  <url>
    <loc>https://o.github.io/repo/tags/</loc>
    <lastmod>2026-03-01T08:30:00+08:00</lastmod>
  </url>
  <url>
    <loc>https://o.github.io/repo/tags/%E5%86%99-%E4%BD%9C/</loc>
    <lastmod>2026-03-01T08:30:00+08:00</lastmod>
  </url>
</urlset>
"#;
    assert_eq!(files[0], ("sitemap.xml".to_owned(), expected.to_owned()));
}

#[test]
fn x_default_is_the_default_language_or_the_first_there_is() {
    let mut essays = essays();
    let french = fika_model::Language {
        lang: "fr".to_owned().try_into().unwrap(),
        path: "fr".into(),
        ..essays.config.languages[1].clone()
    };
    essays.config.languages.push(french);
    let mut site = essays.site();
    // A page in English and French only.
    for page in &mut site.pages {
        page.languages[0].fit = fika_model::Fit::Near;
        page.languages[2].fit = fika_model::Fit::Same;
    }
    let (_, text) = &testing::files(&Sitemap::default(), &site)[0];
    let default = text.lines().find(|line| line.contains("x-default")).unwrap_or_default();
    assert!(default.contains("/en/"), "{default}");
}

#[test]
fn a_large_site_is_cut_into_files_that_hold_every_page_once() {
    let files = testing::files(&Sitemap { most: 3 }, &essays().site());
    let names: Vec<&str> = files.iter().map(|(route, _)| route.as_str()).collect();
    assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
    let locs = |text: &str| {
        testing::read_xml(text)
            .into_iter()
            .filter(|(name, _)| name == "loc")
            .map(|(_, loc)| loc)
            .collect::<Vec<_>>()
    };
    let parts: Vec<String> = files[..3].iter().flat_map(|(_, text)| locs(text)).collect();
    let whole = testing::files(&Sitemap::default(), &essays().site());
    assert_eq!(parts, locs(&whole[0].1));
    assert_eq!(
        locs(&files[3].1),
        [1, 2, 3].map(|part| format!("https://o.github.io/repo/sitemap-{part}.xml"))
    );
}

#[test]
fn further_pages_of_a_list_are_there_without_a_date() {
    let mut site = essays().site();
    let at = site.pages.iter().position(|page| page.route.as_str() == "essays/").unwrap();
    let mut second = site.pages[at].clone();
    let PageKind::Section { pager, .. } = &mut second.kind else { panic!("a section") };
    *pager = Some(Pager {
        index: 2,
        count: 2,
        paginate_by: 1,
        start: 1,
        end: 2,
        base: Route::new("essays/"),
        segment: "page".into(),
    });
    second.permalink = "https://o.github.io/repo/essays/page/2/".into();
    site.pages.push(second);
    let (_, text) = &testing::files(&Sitemap::default(), &site)[0];
    assert!(
        text.ends_with(
            "  <url>\n    <loc>https://o.github.io/repo/essays/page/2/</loc>\n  </url>\n</urlset>\n"
        ),
        "{text}"
    );
}

#[test]
fn without_a_host_there_is_none() {
    let mut essays = essays();
    essays.config.base_url = BaseUrl::parse("/").unwrap();
    assert_eq!(testing::files(&Sitemap::default(), &essays.site()), []);
}
