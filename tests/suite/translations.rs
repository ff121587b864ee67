//! `translations.lock`: how every translation stands to its original, and what does and does not change that.

use fika_tests::{Fixture, Options, Room, show_diagnostics};

use crate::plain;

/// The whole of a page is what a template knows of a translation.
const TEMPLATE: &str = "{% set t = page.translation %}{% if t %}{{ t.state }}{% for field in t.fields %} {{ field }}{% endfor %} {{ t.changed }} {{ t.added }} {{ t.removed }}\
    {% if t.original %} {{ t.original.path }}{% endif %}{% else %}original{% endif %}";

const ZH: &str = "---
title: 月亮
date: 2024-08-12
---
第一段，**强调**之后
还有一行。

## 海

第二段，用 Rust 写。

```rust
fn main() {}
```

![月](moon.png)
";
const EN: &str = "---
title: The Moon
date: 2024-08-12
---
The first paragraph.

## The Sea

The second.

```rust
fn main() {}
```

![Moon](moon.png)
";

fn moon() -> Fixture {
    plain("//- content/essays/moon.png\n32x32")
        .file("content/essays/moon.md", ZH)
        .file("content/essays/moon.en.md", EN)
        .file("templates/page.html", TEMPLATE)
}

/// How every translation stands: `essays/moon en stale 1 changed`.
#[track_caller]
fn states(site: &Fixture) -> Vec<String> {
    let mut room = Room::new();
    room.set(site);
    let (survey, _) = room.survey(&Options::default());
    let line = |item: &fika_builder::Item| {
        let line = format!("{} {} {} {}", item.key, item.lang, item.status.name(), item.changes());
        line.trim_end().to_owned()
    };
    survey.items.iter().map(line).collect()
}

/// Compares all problems of a site with what is recorded under a name.
#[track_caller]
fn told(name: &str, site: &Fixture) {
    crate::check(name, site, &[]);
}

fn edit(site: &Fixture, from: &str, to: &str) -> Fixture {
    let text = String::from_utf8(site.files["content/essays/moon.md"].clone()).expect("UTF-8");
    assert!(text.contains(from), "{from:?}");
    site.clone().file("content/essays/moon.md", text.replacen(from, to, 1))
}

fn rename(mut site: Fixture, from: &str, to: &str) -> Fixture {
    let bytes = site.files.remove(from).expect("a file");
    site.file(to, bytes)
}

fn without(mut site: Fixture, path: &str) -> Fixture {
    assert!(site.files.remove(path).is_some());
    site
}

#[test]
fn a_translation_nobody_recorded_is_untracked_until_it_is_marked() {
    assert_eq!(states(&moon()), ["essays/moon en untracked"]);
    let built = moon().build();
    assert_eq!(show_diagnostics(&built.diagnostics), "", "a first build does not complain");
    assert_eq!(built.translations, [("untracked", 1)], "but it counts");

    let marked = moon().marked();
    assert_eq!(states(&marked), ["essays/moon en current"]);
    assert_eq!(marked.build().page("en/essays/moon/index.html"), "current 0 0 0 /essays/moon/");
    assert_eq!(marked.build().page("essays/moon/index.html"), "original");
}

#[test]
fn white_space_markup_and_dates_change_nothing() {
    let site = moon().marked();
    for (from, to) in [
        ("强调**之后\n还有", "强调**之后还有"),
        ("第一段，**强调**", "第一段，  *强调*"),
        ("用 Rust 写", "用Rust写"),
        ("第二段，用 Rust 写。", "[第二段](https://example.org/)，用 `Rust` 写。"),
        ("## 海\n", "海\n---\n"),
        ("```rust\nfn main() {}\n```", "~~~ rust\nfn main() {}\n~~~"),
        ("fn main() {}\n", "fn main() {}  \n"),
        ("2024-08-12", "2025-01-01\nupdated: 2025-02-02\ntags: [天]"),
        ("title: 月亮", "title:   '月 亮'\nweight: 3"),
        ("\n\n## 海", "\n\n<!-- 备忘 -->\n\n* * *\n\n## 海"),
    ] {
        assert_eq!(states(&edit(&site, from, to)), ["essays/moon en current"], "{from:?} to {to:?}");
    }
}

#[test]
fn what_changed_is_told_block_by_block() {
    let site = moon().marked();
    for (from, to, want) in [
        ("第二段", "这一段", "1 changed"),
        ("## 海", "## 大海", "1 changed"),
        ("fn main() {}", "fn main() { }", "1 changed"),
        ("moon.png", "essays/../moon.png", "1 changed"),
        ("\n## 海", "\n又一段。\n\n## 海", "1 new"),
        ("```rust\nfn main() {}\n```\n\n", "", "1 gone"),
        ("第一段，**强调**之后\n还有一行。\n\n## 海\n\n第二段", "## 海\n\n新的第二段", "1 changed, 1 gone"),
    ] {
        assert_eq!(
            states(&edit(&site, from, to)),
            [format!("essays/moon en stale {want}")],
            "{from:?} to {to:?}"
        );
    }
    let front =
        edit(&moon(), "date:", "tagline: {zh: 又大又圆, en: Large and round}\ndescription: 一篇\ndate:")
            .marked();
    for (from, to, want) in [
        ("title: 月亮", "title: 大月亮", "title"),
        ("title: 月亮\n", "", "title"),
        ("又大又圆", "又小又圆", "tagline"),
        ("Large", "Small", ""),
        ("description: 一篇\n", "", "description"),
        ("description: 一篇", "description: 一 篇", ""),
        ("date:", "summary: 照着海\ndate:", "summary"),
        ("月亮\ntagline: {zh: 又大又圆", "大月亮\ntagline: {zh: 又小又圆", "title, tagline"),
    ] {
        let want = if want.is_empty() { "current".to_owned() } else { format!("stale {want}") };
        assert_eq!(states(&edit(&front, from, to)), [format!("essays/moon en {want}")], "{from:?} to {to:?}");
    }
    let both = edit(&edit(&front, "月亮", "大月亮"), "第二段", "这一段");
    assert_eq!(states(&both), ["essays/moon en stale title; 1 changed"]);
    assert_eq!(both.build().page("en/essays/moon/index.html"), "stale title 1 0 0 /essays/moon/");
    told("translations-stale-title", &both);
    assert_eq!(states(&both.marked()), ["essays/moon en current"]);

    let stale = edit(&site, "第二段", "这一段");
    assert_eq!(stale.build().page("en/essays/moon/index.html"), "stale 1 0 0 /essays/moon/");
    told("translations-stale", &stale);
    assert_eq!(states(&edit(&stale, "这一段", "第二段")), ["essays/moon en current"], "taken back");
    assert_eq!(states(&stale.marked()), ["essays/moon en current"]);
}

#[test]
fn a_title_that_nobody_wrote_is_none() {
    // The title of a file without front matter is its first heading, and of one without that its name.
    let site = |text: &str| moon().file("content/essays/moon.md", text);
    let headed = site("# 月亮\n\n文。\n").marked();
    assert_eq!(states(&headed), ["essays/moon en current"]);
    let moved = headed.clone().file("content/essays/moon.md", "---\ntitle: 月亮\n---\n文。\n");
    assert_eq!(states(&moved), ["essays/moon en current"]);
    assert_eq!(
        states(&headed.file("content/essays/moon.md", "# 大月亮\n\n文。\n")),
        ["essays/moon en stale title"]
    );
    let unnamed = site("文。\n").marked();
    let renamed = rename(
        rename(unnamed, "content/essays/moon.md", "content/essays/luna.md"),
        "content/essays/moon.en.md",
        "content/essays/luna.en.md",
    );
    assert_eq!(states(&renamed), ["essays/luna en current"]);

    // A section is its title.
    let section = |title: &str| {
        let text = |title: &str| format!("---\ntitle: {title}\n---\n");
        plain("")
            .file("content/essays/_index.md", text(title))
            .file("content/essays/_index.en.md", text("Essays"))
    };
    let marked = section("文章").marked();
    assert_eq!(states(&marked), ["essays/_index en current"]);
    let renamed =
        marked.file("content/essays/_index.md", section("随笔").files["content/essays/_index.md"].clone());
    assert_eq!(states(&renamed), ["essays/_index en stale title"]);
}

#[test]
fn names_may_change() {
    let site = moon().marked();
    // Both: the record follows the text.
    let both = rename(
        rename(site.clone(), "content/essays/moon.md", "content/essays/luna.md"),
        "content/essays/moon.en.md",
        "content/essays/luna.en.md",
    );
    assert_eq!(states(&both), ["essays/luna en current"]);
    let edited = both.clone().file("content/essays/luna.md", ZH.replace("第二段", "这一段"));
    assert_eq!(
        states(&edited),
        ["essays/luna en stale 1 changed"],
        "a renamed original that was edited, too"
    );
    let rewritten = both.marked();
    let lock = String::from_utf8(rewritten.files["translations.lock"].clone()).expect("UTF-8");
    assert!(lock.contains("essays/luna en") && !lock.contains("essays/moon"), "{lock}");

    // The original alone: nothing ties the two any more, and both are said to be what they are.
    let original = rename(site, "content/essays/moon.md", "content/essays/luna.md");
    assert_eq!(states(&original), ["essays/moon en orphaned"]);
    assert_eq!(original.build().page("en/essays/moon/index.html"), "orphaned 0 0 0");
    told("translations-original-gone", &original);
    // With one key it is found again.
    let tied = original
        .file("content/essays/luna.md", ZH.replacen("title", "key: moon\ntitle", 1))
        .file("content/essays/moon.en.md", EN.replacen("title", "key: moon\ntitle", 1));
    assert_eq!(states(&tied), ["moon en current"]);

    // A translation under another name of the same key keeps its record.
    let key = moon()
        .file("content/essays/moon.md", ZH.replacen("title", "key: moon\ntitle", 1))
        .file("content/essays/moon.en.md", EN.replacen("title", "key: moon\ntitle", 1))
        .marked();
    let moved = rename(key, "content/essays/moon.en.md", "content/essays/the-moon.en.md");
    assert_eq!(states(&moved), ["moon en current"]);
}

/// What is recorded of `zh` is of `zh-Hans` too, where a site calls it so, or where nobody says how it is called.
#[test]
fn a_language_may_get_another_name() {
    let site = moon().marked();
    let config =
        |languages: &str| format!("base_url: https://example.org/\ntheme: plain\nlanguages: [{languages}]\n");
    for languages in ["zh-Hans, en", "zh, en-GB", "zh-CN, en", "zh-Hans, en-US"] {
        let renamed = site.clone().file("fika.yaml", config(languages));
        let states = states(&renamed);
        assert_eq!(states.len(), 1, "{languages}: {states:?}");
        assert!(states[0].ends_with(" current"), "{languages}: {states:?}");
    }
    assert!(states(&without(site.clone(), "fika.yaml"))[0].ends_with(" current"));
    // Another script is another text.
    let other = states(&site.file("fika.yaml", config("zh-Hant, en")));
    assert!(other[0].ends_with(" orphaned"), "{other:?}");
}

#[test]
fn a_translation_may_go_and_come_back() {
    let site = moon().marked();
    let gone = without(site.clone(), "content/essays/moon.en.md");
    assert_eq!(states(&gone), ["essays/moon en orphaned"]);
    told("translations-gone", &gone);
    let back = gone.file("content/essays/moon.en.md", EN);
    assert_eq!(states(&back), ["essays/moon en current"]);
    assert_eq!(states(&edit(&back, "第二段", "这一段")), ["essays/moon en stale 1 changed"]);
    let neither = without(without(site, "content/essays/moon.en.md"), "content/essays/moon.md");
    assert_eq!(states(&neither), ["essays/moon en orphaned"]);
}

#[test]
fn what_is_expected_and_not_there_is_missing() {
    let config = |lines: &str| {
        let text = String::from_utf8(moon().files["fika.yaml"].clone()).expect("UTF-8");
        without(moon().marked(), "content/essays/moon.en.md")
            .file("fika.yaml", format!("{text}{lines}"))
            .file("translations.lock", "")
            .file("content/notes/n.md", "# 记\n\n文。")
            .file("content/only.en.md", "# Only\n\nText.")
    };
    assert_eq!(states(&config("")), [""; 0], "nothing is expected by itself");
    let all = config("translations: {expect: [en]}\n");
    assert_eq!(states(&all), ["essays/moon en missing", "notes/n en missing"]);
    assert_eq!(show_diagnostics(&all.build().diagnostics), "", "a build counts them");
    assert_eq!(all.build().translations, [("missing", 2)]);
    assert_eq!(
        states(&config("translations: {expect: {essays: en, notes: []}}\n")),
        ["essays/moon en missing"]
    );
    assert_eq!(states(&config("translations: {expect: [zh]}\n")), ["only zh missing"]);
    let not_this =
        all.clone().file("content/essays/moon.md", ZH.replacen("title", "translate: false\ntitle", 1));
    assert_eq!(states(&not_this), ["notes/n en missing"]);
    let draft = all.file("content/essays/moon.en.md", EN.replacen("title", "draft: true\ntitle", 1));
    assert_eq!(
        states(&draft),
        ["essays/moon en missing", "notes/n en missing"],
        "a draft is not there for readers"
    );
    told("translations-configuration", &config("translations: {expect: [fr], paralel: true}\n"));
    told("translations-folders", &config("translations: {expect: {essay: en, notes: en, letters: en}}\n"));
}

#[test]
fn a_damaged_file_is_reported_and_lost_nowhere() {
    let site = moon().marked();
    let lock = String::from_utf8(site.files["translations.lock"].clone()).expect("UTF-8");
    let damaged = site.clone().file("translations.lock", format!("{lock}<<<<<<< ours\nnonsense\n"));
    assert_eq!(states(&damaged), ["essays/moon en current"]);
    told("translations-damaged", &damaged);
    let foreign = site.file("translations.lock", "{}");
    assert_eq!(states(&foreign), ["essays/moon en untracked"]);
    told("translations-foreign", &foreign);
}

#[test]
fn the_original_may_be_in_any_language() {
    // The second language of the site is the original, and says so by a record of the first.
    let site = moon();
    let mut room = Room::new();
    room.set(&site);
    let (survey, _) = room.survey(&Options::default());
    let english = survey.items[0].translation.clone().expect("the English card");
    let mut records = fika_model::Records::default();
    let zh = fika_model::Lang::parse("zh").expect("a tag");
    records.all.insert(("essays/moon".into(), zh), fika_builder::record_of(&english));
    let site = site.file("translations.lock", fika_parser::write_records(&records));
    assert_eq!(states(&site), ["essays/moon zh current"]);
    let stale = site.file("content/essays/moon.en.md", EN.replace("The second", "Another"));
    assert_eq!(states(&stale), ["essays/moon zh stale 1 changed"]);
}

/// Which of two texts is tied to the translations must not be left to the order of their names without a word.
#[test]
fn a_key_that_two_texts_have_is_reported() {
    let built = plain(
        "//- content/a.md\n---\ntitle: 甲\nkey: x\n---\n//- content/b.md\n---\ntitle: 乙\nkey: x\n---\n//- content/c.en.md\n---\ntitle: C\nkey: x\n---\n",
    )
    .build();
    assert_eq!(
        show_diagnostics(&built.diagnostics),
        "warning[shared-key] content/b.md:3:1 `content/a.md` has the key `x` too, in the same language
  key: x
  marked: key: x
  help: a `key` ties the versions of one text in several languages: give this another
"
    );
}
