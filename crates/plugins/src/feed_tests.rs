use super::*;
use crate::testing::{self, Draftsman};

/// Routes announced and files written; they have to be the same.
fn feeds(feed: Feed, essays: &Draftsman) -> Vec<(String, String)> {
    let entries = essays.entries();
    let additions = feed.site(&Draft { config: &essays.config, entries: &entries });
    let announced: Vec<String> = additions.routes.iter().map(|route| route.to_string()).collect();
    let files = testing::files(&feed, &essays.site());
    let written: Vec<String> = files.iter().map(|(route, _)| route.clone()).collect();
    assert_eq!(announced, written);
    files
}

fn names(files: &[(String, String)]) -> Vec<&str> {
    files.iter().map(|(route, _)| route.as_str()).collect()
}

/// The texts of all elements of a name.
fn texts(xml: &str, name: &str) -> Vec<String> {
    testing::read_xml(xml).into_iter().filter(|(element, _)| element == name).map(|(_, text)| text).collect()
}

#[test]
fn a_whole_feed() {
    let mut essays = Draftsman::new(testing::config());
    let moon = essays
        .add("essays/moon.md")
        .date("2026-03-01 08:30")
        .title("月亮 < 六便士")
        .tags(&["写作", "AI & 我"]);
    moon.0.title_html = Some("月亮 &lt; <em>六便士</em>".into());
    moon.0.summary_text = "抬头看".into();
    moon.0.authors = vec!["甲".into(), "乙\u{1}".into()];
    essays.add("essays/tea.md").date("2025-12-31").updated("2026-04-02").title("茶");
    essays.add("essays/undated.md").title("无日");
    essays.add("essays/moon.en.md").date("2026-03-02");
    let files = feeds(Feed::new(None, true), &essays);
    assert_eq!(names(&files), ["feed.xml", "en/feed.xml"]);
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
  <id>https://o.github.io/repo/feed.xml</id>
  <title>月下</title>
  <subtitle>慢慢写</subtitle>
  <link rel="self" type="application/atom+xml" href="https://o.github.io/repo/feed.xml"/>
  <link rel="alternate" type="text/html" hreflang="zh-Hans" href="https://o.github.io/repo/"/>
  <generator version="{version}">fika</generator>
  <updated>2026-04-02T00:00:00+08:00</updated>
  <author>
    <name>林望</name>
  </author>
  <entry xml:lang="zh-Hans">
    <id>https://o.github.io/repo/essays/moon/</id>
    <title type="html">月亮 &amp;lt; &lt;em&gt;六便士&lt;/em&gt;</title>
    <link rel="alternate" type="text/html" hreflang="zh-Hans" href="https://o.github.io/repo/essays/moon/"/>
    <published>2026-03-01T08:30:00+08:00</published>
    <updated>2026-03-01T08:30:00+08:00</updated>
    <author>
      <name>甲</name>
    </author>
    <author>
      <name>乙</name>
    </author>
    <category term="写作" scheme="https://o.github.io/repo/tags/" label="写作"/>
    <category term="ai-我" scheme="https://o.github.io/repo/tags/" label="AI &amp; 我"/>
    <summary type="html">&lt;p&gt;抬头看&lt;/p&gt;</summary>
    <content type="html">&lt;p&gt;content/essays/moon.md &amp;amp; &lt;a href="https://o.github.io/repo/"&gt;家&lt;/a&gt;&lt;/p&gt;
</content>
  </entry>
  <entry xml:lang="zh-Hans">
    <id>https://o.github.io/repo/essays/tea/</id>
    <title>茶</title>
    <link rel="alternate" type="text/html" hreflang="zh-Hans" href="https://o.github.io/repo/essays/tea/"/>
    <published>2025-12-31T00:00:00+08:00</published>
    <updated>2026-04-02T00:00:00+08:00</updated>
    <content type="html">&lt;p&gt;content/essays/tea.md &amp;amp; &lt;a href="https://o.github.io/repo/"&gt;家&lt;/a&gt;&lt;/p&gt;
</content>
  </entry>
</feed>
"#
    );
    assert_eq!(files[0].1, expected);
    // The site's title stands in for an author that nobody named, and an empty tagline is no subtitle.
    assert_eq!(texts(&files[1].1, "name"), ["Moon & Tea"]);
    assert_eq!(texts(&files[1].1, "subtitle"), [""; 0]);
}

#[test]
fn the_newest_essays_fit() {
    let mut essays = Draftsman::new(testing::config());
    for at in 0..25 {
        essays.add(&format!("e{at:02}.md")).date(&format!("2026-01-{:02}", at % 25 + 1));
    }
    let titles = |limit| texts(&feeds(Feed::new(limit, true), &essays)[0].1, "title").split_off(1);
    assert_eq!((titles(None).len(), titles(Some(0)).len()), (20, 25));
    assert_eq!(titles(Some(3)), ["e24", "e23", "e22"]);
}

#[test]
fn a_language_without_a_dated_essay_has_no_feed() {
    let mut essays = Draftsman::new(testing::config());
    essays.add("a.md");
    essays.add("_index.md").date("2026-01-01");
    assert_eq!(feeds(Feed::new(None, true), &essays), []);
    essays.add("b.en.md").updated("2026-01-01");
    assert_eq!(names(&feeds(Feed::new(None, true), &essays)), ["en/feed.xml"]);
}

#[test]
fn terms_and_sections_have_feeds_where_they_are_wanted() {
    let mut config = testing::config();
    config.taxonomies[0].feed = true;
    let mut essays = Draftsman::new(config);
    essays.add("essays/a.md").date("2026-01-01").tags(&["写作", "茶"]);
    essays.add("essays/b.md").date("2026-01-02").tags(&["写作"]);
    essays.add("essays/c.md").tags(&["无日"]);
    essays.add("notes/n.md").date("2026-01-03");
    for (path, wanted) in [("essays/_index.md", true), ("notes/_index.md", false), ("_index.md", true)] {
        let section = essays.add(path).title("栏目").0;
        section.section.as_mut().unwrap().generate_feeds = wanted;
    }
    let files = feeds(Feed::new(None, true), &essays);
    // The home page's feed is that of the language.
    assert_eq!(names(&files), ["feed.xml", "essays/feed.xml", "tags/茶/feed.xml", "tags/写作/feed.xml"]);
    let ids: Vec<Vec<String>> = files.iter().map(|(_, xml)| texts(xml, "title")).collect();
    assert_eq!(ids[0], ["月下", "n", "b", "a"]);
    assert_eq!(ids[1], ["栏目 · 月下", "b", "a"]);
    assert_eq!(ids[2], ["茶 · 月下", "a"]);
    assert_eq!(ids[3], ["写作 · 月下", "b", "a"]);
    assert_eq!(texts(&files[3].1, "id")[0], "https://o.github.io/repo/tags/%E5%86%99%E4%BD%9C/feed.xml");
    let alone = Feed::new(None, false);
    let entries = essays.entries();
    let routes = alone.site(&Draft { config: &essays.config, entries: &entries }).routes;
    assert_eq!(routes.len(), 2, "{routes:?}");
}

#[test]
fn without_a_host_there_is_no_feed_but_a_note() {
    let mut config = testing::config();
    config.base_url = BaseUrl::parse("/repo/").unwrap();
    let mut essays = Draftsman::new(config);
    essays.add("a.md").date("2026-01-01");
    assert_eq!(feeds(Feed::new(None, true), &essays), []);
    let entries = essays.entries();
    let additions = Feed::new(None, true).site(&Draft { config: &essays.config, entries: &entries });
    let codes: Vec<_> = additions.diagnostics.iter().map(|note| (note.severity, &*note.code)).collect();
    assert_eq!(codes, [(fika_model::Severity::Note, "no-host")]);
}

#[test]
fn one_feed_tells_of_all_languages_each_essay_once() {
    let mut essays = Draftsman::new(testing::config());
    essays.add("a.md").date("2026-01-01").title("甲");
    essays.add("b.en.md").date("2026-01-02").title("B");
    essays.add("c.md").title("无日");
    let files = feeds(Feed::new(None, true).with_all(true), &essays);
    assert_eq!(names(&files), ["feed.xml", "en/feed.xml", "all.xml"]);
    let all = &files[2].1;
    assert_eq!(texts(all, "title"), ["月下 / Moon & Tea", "B", "甲"]);
    assert_eq!(all.matches("<entry xml:lang=\"en\">").count(), 1);
    assert_eq!(texts(&feeds(Feed::new(Some(1), true).with_all(true), &essays)[2].1, "title")[1..], ["B"]);
}

#[test]
fn options_are_part_of_the_fingerprint() {
    let feed = Feed::new(None, true);
    let all = [feed, Feed::new(Some(3), true), Feed::new(None, false), feed.with_all(true)]
        .map(|feed| feed.fingerprint());
    assert!(all[1..].iter().all(|other| all[0] != *other));
    assert_eq!(all[0], Feed::new(Some(LIMIT), true).fingerprint());
}
