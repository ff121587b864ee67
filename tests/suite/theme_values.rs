//! What a theme says that it takes, and the data that its templates read.

use crate::diagnostics::told;
use crate::plain;

/// What a theme says that it takes in an essay is held to that; the rest of `extra:` is the writer's.
#[test]
fn values_of_a_theme_in_essays() {
    let site = plain(
        "
//- themes/plain/theme.yaml
params:
  paragraph: {values: [indent, block], page: true}
  justify: {type: bool, page: true}
  columns: {type: integer}
//- templates/page.html
{{ page.extra?.colours | default(value='') }}{{ page.title }}
//- content/a.md
---
title: 甲
extra:
  paragraph: blok
  justify: true
  columns: many
  colours: red
---
//- content/b.md
+++
title = \"乙\"
[extra]
justify = \"no\"
paragraf = \"block\"
mood = \"calm\"
+++
//- content/c.md
---
title: 丙
paragraph: a word of another tool
extra: {justified: true, justify: false, colums: 2}
---
",
    );
    told("theme-values", &site);
    let config = "base_url: https://example.org/\ntheme: plain\nextra:\n  colums: 2\n  own: 1\n";
    told(
        "theme-values-of-a-site",
        &site.file("fika.yaml", config).file("content/a.md", "# 甲").file("content/b.md", "# 乙"),
    );
}

/// What a theme says that it takes is compared with what it is given; of another theme's values nothing is said.
#[test]
fn values_that_the_theme_does_not_know() {
    let config = "base_url: https://example.org/\ntheme: ink\nextra: {size: smal, dark: 'yes', paragraph: other, own: 1}\n";
    let params = "params:\n  size: {type: string, values: [small, large], default: huge}\n  dark: {type: bool, dok: x}\n";
    let site = fika_tests::site("//- content/a.md\n# 甲\n").file("fika.yaml", config);
    told("theme-params", &site.file("themes/ink/theme.yaml", params));
}

/// A data file that is wrong is told once, in its place, and not in each template that reads it.
#[test]
fn data_files_that_are_wrong() {
    let site = plain(
        "
//- data/b.json
{bad
//- data/c.yaml
a: [1
//- templates/page.html
{% set b = load_data(path='data/b.json') %}{% set c = load_data(path='data/c.yaml', required=false) %}{{ page.title }}{{ b.x }}
//- content/a.md
# 甲
//- content/z.md
# 乙
",
    );
    told("data-files", &site);
}

/// What the theme says of a value that nobody gave is what its templates see, as with the `[extra]` of a theme of Zola's; a map is
/// completed, and a name that is misspelt is told all the same.
#[test]
fn defaults_of_a_theme() {
    let site = plain(
        "
//- themes/plain/theme.yaml
params:
  accent: {type: string, default: red}
  columns: {type: integer, default: 2}
  links: {type: map, default: {mail: a@example.org, feed: true}}
  broken: {type: bool, default: maybe}
//- templates/page.html
{{ config.extra.accent }} {{ config.extra.columns }} {{ config.extra.links.mail }} {{ config.extra.links.feed }} {{ config.extra.broken is defined }}
//- content/a.md
# 甲
",
    );
    let built = site.build();
    assert_eq!(built.page("a/index.html").trim(), "red 2 a@example.org true false");
    assert_eq!(built.codes(), ["wrong-value"]);
    let config = "base_url: https://example.org/\ntheme: plain\nextra: {accent: blue, colums: 3, links: {feed: false}}\n";
    let built = site.file("fika.yaml", config).build();
    assert_eq!(built.page("a/index.html").trim(), "blue 2 a@example.org false false");
    assert_eq!(built.codes(), ["unknown-key", "wrong-value"]);
}

/// How themes of Zola link to the feed of a language.
#[test]
fn feeds_by_the_names_of_zola() {
    let site = plain(
        "
//- templates/page.html
{% if config.generate_feeds %}{% for feed in config.feed_filenames %}{{ feed }} {{ get_url(path=feed, lang=lang) }}{% endfor %}{% endif %}
//- content/a.md
---
title: 甲
date: 2026-01-01
---
//- content/a.en.md
---
title: A
date: 2026-01-01
---
",
    );
    let built = site.build();
    assert_eq!(built.page("a/index.html").trim(), "feed.xml https://example.org/feed.xml");
    assert_eq!(built.page("en/a/index.html").trim(), "feed.xml https://example.org/en/feed.xml");
    let config =
        "theme: plain\nplugins: {feed: false}\nlanguages: {zh: {title: 小站}, en: {title: A Site}}\n";
    assert_eq!(site.file("fika.yaml", config).build().page("en/a/index.html").trim(), "");
}
