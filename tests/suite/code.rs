//! Code and formulas: from what is written to what a page, a list and a feed show.

use crate::{check, plain};

#[test]
fn formulas() {
    let site = plain(
        "
//- content/essays/_index.md
---
title: 长文
---
//- content/essays/root.md
---
title: 二的平方根
date: 2024-08-12
math: true
---
设 $x^2=2$，书价$5和$6，则

$$
x=\\sqrt{2}
$$

<!-- more -->

```math
x \\approx 1.414
```

错的：$\\frac{1}{\\nope}$。
//- content/essays/off.md
---
title: 不认公式
date: 2024-08-11
---
这里 $x^2$ 是文字。
",
    );
    check(
        "formulas",
        &site,
        &["essays/root/index.html", "essays/off/index.html", "essays/index.html", "feed.xml"],
    );
}

#[test]
fn code_blocks() {
    let site = plain(
        "
//- content/notes.md
---
title: 代码
date: 2024-08-12
---
```rust title=\"src/main.rs\" {2} linenos
fn main() {
    let a = \"<月>\";
}
```

```brainfuck
+<
```

<!-- more -->

- 列表里

  ```toml,linenostart=7
  a = 1
  ```
",
    );
    check("code", &site, &["notes/index.html", "feed.xml"]);
}
