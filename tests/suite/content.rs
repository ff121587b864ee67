//! From files to pages: what a file becomes, where it goes, what it is called.

use fika_tests::{Options, site};

use crate::{check, plain};

#[test]
fn a_bare_folder() {
    let folder = site(
        "
//- 2024-08-12-月亮.md
# 今晚的月亮

**圆得很。**没有人抬头。

//- 札记/雨.md
下了一天。[月亮](../2024-08-12-月亮.md)呢？
",
    );
    let built = folder.build();
    let pages: Vec<&str> =
        built.files.keys().map(String::as_str).filter(|file| file.ends_with(".html")).collect();
    assert_eq!(
        pages,
        ["404.html", "archive/index.html", "index.html", "月亮/index.html", "札记/雨/index.html"]
    );
    let page = built.page("月亮/index.html");
    assert!(page.contains("<strong>圆得很。</strong>没有人抬头。") && !page.contains("**"), "{page}");
    assert_eq!(page.matches("<h1").count(), 1, "the title is not printed twice");
    assert!(
        built.page("札记/雨/index.html").contains("href=\"/%E6%9C%88%E4%BA%AE/\""),
        "links to files are links to pages"
    );
    assert!(built.page("月亮/index.html").contains("<html lang=\"zh"), "the language is told from the text");
}

#[test]
fn an_essay() {
    let site = plain(
        "
//- content/essays/_index.md
---
title: 长文
---
//- content/essays/moon.md
---
title: 月亮
tagline: 抬头
description: 讲月亮的一篇。
date: 2024-08-12
tags: [天文, 写作]
---
第一段，**强调。**后文
接着一行。

<!-- more -->

## 圆

- 一
- 二

> 引文。

`代码` 与[自己](#圆)。[^注]

[^注]: 脚注。
",
    );
    check("an-essay", &site, &["essays/moon/index.html", "essays/index.html", "feed.xml"]);
}

#[test]
fn front_matter_as_other_tools_write_it() {
    let site = plain(
        "
//- content/a.md
+++
title = \"TOML\"
date = 2020-02-03T10:00:00+08:00
[taxonomies]
tags = [\"甲\"]
[extra]
mood = \"好\"
+++
正文。
//- content/b.md
---
title: 数字
date: 2013/7/13 20:46:25
tags: 甲
slug: bee
---
正文。
//- content/c.md
---
title: 路径
path: somewhere/else
aliases: [old/c.html, older/]
---
正文。
",
    );
    check(
        "front-matter",
        &site,
        &["a/index.html", "bee/index.html", "somewhere/else/index.html", "older/index.html", "old/c.html"],
    );
}

#[test]
fn a_bundle_takes_its_pictures_along() {
    let site = plain(
        "
//- content/trip/index.md
# 旅行
![山](山.png)

![也是山](./山.png \"一座山\")
//- content/trip/index.en.md
# A Trip
![A hill](山.png)
//- content/trip/山.png
64x48
//- content/trip/notes.txt
散记
",
    );
    check("a-bundle", &site, &["trip/index.html", "en/trip/index.html"]);
}

/// Names that the editor of WeChat gives to pictures: a hash, a width with a query, an ending that is not theirs.
#[test]
fn pictures_without_an_extension_have_their_size() {
    let site = plain(
        "
//- content/trip/index.md
# 旅行
![一](0aF3_x-9)

![二](pics/640)

![三](pics/641?wx_fmt=png&from=appmsg#imgIndex=1)

![四](<pics/642?wx_fmt=png>) ![五](pics/643%3Fwx_fmt=png)

![六](pics/png.jpg)
",
    );
    let names =
        ["0aF3_x-9", "pics/640", "pics/641", "pics/642?wx_fmt=png", "pics/643?wx_fmt=png", "pics/png.jpg"];
    let site = names.into_iter().zip(1..).fold(site, |site, (name, at)| {
        site.file(&format!("content/trip/{name}"), fika_benches::picture(10 * at, 10, 128))
    });
    check("pictures-without-extension", &site, &["trip/index.html"]);
}

/// A file that stands where a picture belongs, and is none or none that browsers show.
#[test]
fn files_that_are_no_pictures() {
    let site = plain(
        "
//- content/trip/index.md
---
title: 旅行
cover: notes.pdf
---
![讲稿](notes.pdf)与![海](<a film.MP4>)与![歌](song.mp3)

![图](drawing)

![照片](IMG_1.HEIC)![也是](photo) ![空](empty)

![好](good.svg)![好](fine.SVG)![好](good)

![坏](bad.png)![照片](renamed.jpg)
//- content/trip/notes.pdf
%PDF-1.7
//- content/trip/a film.MP4
film
//- content/trip/song.mp3
song
//- content/trip/drawing
<?xml version=\"1.0\"?>
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"></svg>
//- content/trip/IMG_1.HEIC
photo
//- content/trip/empty
//- content/trip/good.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"2\"></svg>
//- content/trip/fine.SVG
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"5\" height=\"4\"></svg>
",
    );
    let site = site
        .file("content/trip/photo", *b"MM\0*....")
        .file("content/trip/bad.png", *b"not a png")
        .file("content/trip/renamed.jpg", *b"....ftypheic")
        .file("content/trip/good", fika_benches::picture(10, 10, 128));
    check("not-a-picture", &site, &["trip/index.html"]);
}

#[test]
fn drafts_and_the_future_stay_home() {
    let site = plain(
        "
//- content/draft.md
---
title: 草稿
draft: true
---
//- content/future.md
---
title: 以后
date: 2030-01-01
---
//- content/now.md
---
title: 现在
date: 2025-01-01
---
",
    );
    let pages = |options: &Options| -> Vec<String> {
        let built = site.build_with(options);
        built
            .files
            .into_keys()
            .filter(|file| file.ends_with("/index.html") && !file.starts_with("en/"))
            .filter(|file| file != "archive/index.html")
            .collect()
    };
    assert_eq!(pages(&Options::default()), ["now/index.html"]);
    assert_eq!(
        pages(&Options { drafts: true, ..Options::default() }),
        ["draft/index.html", "now/index.html"]
    );
    let later = Options { as_of: "2030-06-01".to_owned(), ..Options::default() };
    assert_eq!(pages(&later), ["future/index.html", "now/index.html"]);
}

#[test]
fn every_kind_of_link() {
    let site = plain("
//- content/a/one.md
---
title: 一
---
[相对](two.md)，[上层](../top.md#标题)，[根](@/a/two.md)，[[二]]，[[two|另一个说法]]，[地址](/top/)，[外面](https://example.com/?a=1&b=2)，
[文件](/files/表.csv)，[邮件](mailto:a@example.com)，<https://example.net/>。
//- content/a/two.md
---
title: 二
---
[回去](one.md)
//- content/a/two.en.md
---
title: Two
---
[the same language](one.md), [its own](../top.md)
//- content/top.md
---
title: 顶
---
## 标题
//- content/top.en.md
---
title: Top
---
//- static/files/表.csv
1,2
");
    check("links", &site, &["a/one/index.html", "en/a/two/index.html"]);
}

#[test]
fn markdown_in_a_template() {
    let site = plain(
        "
//- content/a.md
---
title: 甲
extra:
  note: '**强调。**后文，[乙](@/b.md)，[下文](#下)'
  long: |
    一。

    二。
---
//- content/b.md
---
title: 乙
extra: {note: '[没有](@/c.md)'}
---
//- templates/page.html
{% if page.extra?.note %}{{ page.extra.note | markdown(inline=true) }}{% endif %}
{% if page.extra?.long %}{{ page.extra.long | markdown(inline=true) }}{% endif %}
",
    );
    check("markdown-filter", &site, &["a/index.html", "b/index.html"]);
}

/// A figure within a paragraph would end it in a browser and leave an empty one behind.
#[test]
fn a_component_that_no_paragraph_can_hold_stands_between_two() {
    let site = site(
        "
//- content/a.md
# 甲

前 {{ <box /> }} 中 {{ <box /> }}
{{ <word /> }}后

{{ <box /> }} {{ <box /> }}

一 {% <box> %}二 {{ <box /> }} 三 {% <box> %}叁{% </box> %}{% </box> %} 四

{{ <box /> }} **{{ <word /> }}** 尾 [^1]

- 项 {{ <box /> }}

[^1]: 注 {{ <box /> }}
//- templates/components/box.html
{% component box() %}<div>{{ body | default(value=\"盒\") }}</div>{% endcomponent box %}
//- templates/components/word.html
{% component word() %}<b>词</b>{% endcomponent word %}
//- templates/page.html
{{ page.content }}
",
    );
    check("component-in-paragraph", &site, &["a/index.html"]);
}

/// Neither can an inline element: it ends before the component and begins anew after it.
#[test]
fn a_component_stands_in_no_inline_element() {
    let site = site(
        "
//- content/a.md
# 甲

前 **粗 *斜 {{ <box /> }} 斜* 粗** 后

**{{ <box /> }}**

**粗 {{ <box /> }}** 后

前 **{{ <box /> }} 粗**

前 **粗 {% <box> %}二 *三 {{ <box /> }} 四*{% </box> %} {{ <box /> }}** 后 ~~删 {{ <box /> }}{{ <word /> }} 删~~

[链 {{ <box /> }} 接](b.md \"a > b\") <b class=\"c\" id=\"d\">粗 {{ <box /> }} 体</b>

- **项 {{ <box /> }} 目** 尾
- *{{ <box /> }}*

| **格 {{ <box /> }}** |
|--|
| *斜* {{ <box /> }} |
//- content/b.md
# 乙
//- templates/components/box.html
{% component box() %}<div>{{ body | default(value=\"盒\") }}</div>{% endcomponent box %}
//- templates/components/word.html
{% component word() %}<b>词<script>if (a<b) {}</script></b>{% endcomponent word %}
//- templates/page.html
{{ page.content }}
",
    );
    check("component-in-markup", &site, &["a/index.html"]);
}

/// Markdown in whatever letters its extension is written is a page; what editors leave behind is nothing, and no file of an essay is out
/// before the essay is.
#[test]
fn files_that_are_published_and_those_that_are_not() {
    let site = plain(
        "
//- content/A.MD
# 甲

[乙](b.Markdown)
//- content/b.Markdown
# 乙
//- content/c.mdx
# 丙
//- content/draft/index.md
---
title: 稿
draft: true
---
//- content/draft/p.txt
图
//- content/late/index.md
---
title: 后
date: 2099-01-01
---
//- content/late/deep/p.txt
图
//- content/half/index.md
---
title: 稿
draft: true
---
//- content/half/index.en.md
# Half
//- content/half/p.txt
图
//- content/_drafts/x.md
# 丁
//- content/_drafts/p.txt
图
//- content/A.MD~
旧
//- content/#b.md#
旧
//- content/b.md.swp
旧
//- content/Thumbs.db
旧
//- static/x.txt~
旧
",
    );
    check("published-files", &site, &["a/index.html"]);
}
