//! The default theme's pages as a whole. Looks are for the browser test; this shows what a change of a template changes.

use fika_tests::site;

use crate::check;

#[test]
fn pages_of_the_default_theme() {
    let site = site(
        "
//- fika.yaml
base_url: https://example.org/
timezone: Asia/Shanghai
languages:
  zh: {title: 小站, tagline: 一句话, author: 某人}
  en: {title: A Site, tagline: In a word, author: Somebody}
taxonomies:
  tags: {}
//- content/essays/_index.md
---
title: 长文
---
//- content/essays/_index.en.md
---
title: Essays
---
//- content/essays/moon.md
---
title: 月亮
tagline: 抬头就有
date: 2024-08-12
tags: [天文]
---
今晚的月亮，**圆得很。**没有人抬头。[^1]

![月](moon.png)

[^1]: 有一个人。
//- content/essays/moon.en.md
---
title: The Moon
date: 2024-08-12
tags: [astronomy]
---
Round, *very* round.
//- content/essays/rain.md
---
title: 雨
date: 2024-08-13
---
只有中文。
//- content/essays/moon.png
320x200
",
    );
    check(
        "paper",
        &site,
        &[
            "index.html",
            "en/index.html",
            "essays/index.html",
            "essays/moon/index.html",
            "en/essays/moon/index.html",
            "tags/天文/index.html",
            "404.html",
        ],
    );
}
