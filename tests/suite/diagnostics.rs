//! Every problem has its place, and costs its page at most.

use fika_tests::{Fixture, show_diagnostics, site};

use crate::{check, plain};

#[track_caller]
pub(crate) fn problems(name: &str, text: &str) {
    told(name, &plain(text));
}

#[track_caller]
pub(crate) fn told(name: &str, site: &Fixture) {
    let built = site.build();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, show_diagnostics(&built.diagnostics));
    });
}

#[test]
fn links_that_lead_nowhere() {
    problems(
        "broken-links",
        "
//- content/a.md
---
title: 甲
---
[没有](nowhere.md)，[近似](夜里海.md)，[没有这一节](b.md#无)，[空]()，[[不存在]]，[本机](C:\\Users\\me\\a.md)。
//- content/夜里的海.md
---
title: 夜里
---
海
//- content/b.md
---
title: 乙
---
## 有
",
    );
}

/// What becomes of a file in a language that the site does not have. None takes the place of another.
#[test]
fn files_in_no_language_of_the_site() {
    let site = plain(
        "
//- content/_index.md
# 首页
//- content/_index.ko.md
# 홈
//- content/essays/_index.eo.md
# Eseoj
//- content/essays/a.md
# 甲
//- content/essays/a.ko.md
# 갑
",
    );
    told("files-in-no-language", &site);
    let built = site.build();
    assert!(built.page("index.html").contains("首页") && built.page("essays/a/index.html").contains("甲"));
    assert!(built.page("essays/a.ko/index.html").contains("갑"));
}

/// A title stands in links itself and shows none, but whoever wrote one meant it to lead somewhere.
#[test]
fn links_of_a_title() {
    problems(
        "title-links",
        "
//- content/a.md
# [甲](nowhere.md)、[[不存在]]、[乙](b.md#无) [![图](none.png)](b.md)
//- content/b.md
# [乙](a.md) [上](#有)

## 有
",
    );
}

/// Who comes from Hugo expects a page of every folder.
#[test]
fn folders_that_are_no_section() {
    problems(
        "folders",
        "
//- fika.yaml
base_url: https://example.org/
theme: plain
languages:
  zh: {title: 小站}
menu:
  - path: \"@/posts/_index.md\"
//- content/posts/2024/a.md
---
title: 甲
---
[所有](/posts/)，[今年](./)，[那年](../2023/)，[上面](../_index.md)，[那一组](../trip/)，[不列](/quiet/)。
//- content/posts/trip/index.md
# 旅行
//- content/quiet/_index.md
---
render: false
---
//- content/quiet/b.md
# 乙
//- templates/page.html
{{ get_url(path='@/posts/_index.md') }} {{ get_section(path='posts/_index.md') }} {{ page.content | safe }}
",
    );
}

#[test]
fn pictures_that_are_not_there() {
    problems(
        "missing-pictures",
        "
//- content/a.md
---
title: 甲
cover: cover.png
---
第一行，![一张图](图.png)

前文很长很长，很长很长。![另一张](/img/b.png \"题\")

导出的文章把名字写成编码：![三](./%E5%87%BA%E5%8F%A3.assets/640)
",
    );
}

#[test]
fn front_matter_with_slips() {
    problems(
        "front-matter-slips",
        "
//- content/a.md
---
titel: 甲
date: 昨天
template: esay.html
language: fr
---
//- content/b.md
---
title: 第三章: 从头
---
//- content/c.md
---
title: 没有结尾
//- content/d.fr.md
---
title: D
---
",
    );
}

#[test]
fn a_configuration_with_slips() {
    let config = "
base_url: example.org
theme: plian
laguages: {}
languages:
  zh: {title: 小站, tagine: 一句}
  not a tag: {}
paginate_by: many
";
    let built = plain("//- content/a.md\n# 甲\n").file("fika.yaml", config).build();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("configuration-slips", show_diagnostics(&built.diagnostics));
    });
    assert!(built.files.contains_key("a/index.html"), "the site is built all the same");
}

#[test]
fn templates_with_slips() {
    problems(
        "template-slips",
        "
//- content/a.md
---
title: 甲
---
//- content/b.md
---
title: 乙
template: other.html
---
//- templates/page.html
{% extends \"base.html\" %}
{% block content %}<h1>{{ page.titel }}</h1>{{ t(key=\"no-such-string\") }}{% endblock content %}
//- templates/other.html
{% if page.title %}<h1>unclosed
",
    );
}

/// Which names there are differs from one kind of page to the next, and what is wrong does not.
#[test]
fn one_slip_in_the_frame_is_told_once() {
    let base = "<!doctype html><title>{{ nope }}</title>{% block content %}{% endblock content %}";
    let site = plain("//- content/a.md\n---\ntitle: 甲\ndate: 2024-01-01\ntags: [书]\n---\n");
    let built = site.file("templates/base.html", base).build();
    let told: Vec<_> = built.diagnostics.iter().filter(|fault| fault.code == "template").collect();
    assert_eq!(told.len(), 1, "{}", show_diagnostics(&built.diagnostics));
}

#[test]
fn terms_spelt_in_two_ways() {
    problems(
        "term-spelling",
        "
//- content/a.md
---
title: 甲
tags: [rust, 写作]
---
//- content/b.md
---
title: 乙
tags: [rust]
---
//- content/c.md
---
title: 丙
tags: [Rust, 「」]
---
",
    );
}

/// What is wrong with a component is told in its own terms.
#[test]
fn components_that_lack_something() {
    problems(
        "lacking-components",
        "
//- content/a.md
---
title: 甲
---
{{ <film /> }} {{ <film src=\"no.mp4\" /> }} {{ <film title=\"x\" /> }} {{ <mine /> }} {{ <yours /> }}
//- templates/components/film.html
{% component film(src: string = \"\", title: string = \"\") %}<video src=\"{{ get_url(path=\"/film/\" ~ src) }}\"></video>{% endcomponent film %}
//- templates/components/mine.html
<b>mine</b>
",
    );
}

/// What wants no page of its own is no place to lead to.
#[test]
fn links_to_what_has_no_page() {
    let site = plain(
        "
//- content/notes/_index.md
---
title: 记
render: false
---
//- content/notes/a.md
---
title: 甲
tags: [海]
---
[节](_index.md) [[记]] [旁](b.md)
//- content/notes/b.md
# 乙
",
    )
    .file(
        "fika.yaml",
        "base_url: https://example.org/\nlanguages: {zh: {title: 站}}\ntaxonomies: {tags: {render: false}}\nmenu: [{path: \"@/notes/_index.md\"}]\n",
    );
    check("no-page", &site, &["notes/a/index.html"]);
}

/// What `paper` knows to be a slip is told, and shown as it is.
#[test]
fn components_of_the_default_theme_in_odd_ways() {
    told(
        "odd-components",
        &site(
            "
//- fika.yaml
base_url: https://example.org/
//- content/a.md
---
title: 甲
---
{{ <video youtube=\"https://www.youtube.com/watch?v=dQw4w9WgXcQ\" /> }}

{{ <video src=\"https://youtu.be/dQw4w9WgXcQ\" /> }}

{{ <video src=\"https://www.bilibili.com/video/BV1xx411c7mD\" /> }}

{{ <video bilibili=\"https://b23.tv/x\" /> }}

{{ <video youtube=\"dQw4w9WgXcQ\" /> }} {{ <video bilibili=\"BV1xx411c7mD\" /> }} {{ <video src=\"https://example.org/a.mp4\" /> }}

{% <note kind=\"tipp\"> %}
甲 {{ <note kind=\"info\" title=\"一\" title=\"二\" kind=\"tip\" /> }}
{% </note> %}

`{{ <note kind=\"info\" kind=\"tip\" /> }}`
",
        ),
    );
}

/// What editors leave beside essays is not published, and whoever wants it is told how to have it.
#[test]
fn files_that_are_left_out() {
    problems(
        "left-out-files",
        "
//- content/a.md
# 甲

[旧稿](a.md.bak) ![图](p.png.tmp) <video src=\"film.mp4.part\"></video>
//- content/a.md.bak
旧
//- content/p.png.tmp
新
//- content/film.mp4.part
半
",
    );
}

/// A name that only a draft has is one that is not published yet; a version that is missing is exchanged for one that is there.
#[test]
fn links_to_what_is_not_out_yet() {
    let site = plain(
        "
//- content/a.md
# 甲

[[稿]] [[drafted]] [[none]] [丙](c.en.md) [[还没写完]] [[Own-Key]] [另一版](稿.en.md)
//- content/e.md
# 戊

![图](drafted/p.png) [文件](drafted/x.txt)
//- content/drafted/p.png
3x4
//- content/drafted/x.txt
字
//- content/稿.md
---
title: 还没写完
draft: true
---
//- content/drafted/index.en.md
---
title: Drafted
key: own-key
draft: true
---
//- content/c.md
# 丙
//- content/c.en.md
---
title: C
draft: true
---
",
    );
    check("links-to-drafts", &site, &["a/index.html"]);
}

/// Nor do menus and authors lead to what is not out yet, and whoever wrote them is told why.
#[test]
fn settings_that_lead_to_drafts() {
    told(
        "settings-to-drafts",
        &plain("//- content/a.md\n# 甲\n//- content/b.zh.md\n---\ntitle: 乙\ndraft: true\n---\n").file(
            "fika.yaml",
            "base_url: https://example.org/\ntheme: plain\nlanguages: {zh: {title: 站}}\nmenu: [{path: \"@/b.md\"}, {path: \"@/c.md\"}]\n\
             authors: {某: {url: \"@/b.md\"}}\n",
        ),
    );
}

/// What fika makes by itself has a name, too, where it stands in the way.
#[test]
fn pages_that_nobody_wrote_in_each_others_way() {
    let site = plain("//- content/a.md\n---\ntitle: 甲\ntags: [海]\n---\n").file(
        "fika.yaml",
        "base_url: https://example.org/\nlanguages: {zh: {title: 站}, en: {title: S, path: tags}}\ntaxonomies: [tags]\n",
    );
    check("made-collisions", &site, &[]);
}
