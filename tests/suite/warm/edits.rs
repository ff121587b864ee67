//! Small sites of every kind of file, and edits to them, drawn at random.

use std::fmt::Write as _;

use fika_benches::{Rng, picture};
use fika_tests::{Fixture, Options};

/// A site and how it is built.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) site: Fixture,
    pub(crate) options: Options,
}

/// One thing that happens between two builds.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// A file is new or has another content.
    Write(String, Text),
    /// Something is added to the end of a file, if it is there.
    Append(String, Text),
    /// A file is deleted, if it is there.
    Delete(String),
    /// A file gets another name, if it is there.
    Rename(String, String),
    /// Every translation is recorded as up to date.
    Mark,
    /// The site is built for another moment.
    AsOf(&'static str),
    /// Drafts are published, or no longer.
    Drafts,
    /// The site is built for another address.
    BaseUrl(Option<&'static str>),
    /// The memo goes to the disk and comes back.
    Restart,
    /// Nothing happens for a while.
    Wait,
}

/// A content, shown as text where it is.
#[derive(Clone)]
pub(crate) struct Text(Vec<u8>);

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match std::str::from_utf8(&self.0) {
            Ok(text) => write!(f, "r#\"\n{text}\"#"),
            Err(_) => write!(f, "{} bytes", self.0.len()),
        }
    }
}

/// Where essays lie. Few, so that edits meet.
const ESSAYS: &[&str] = &[
    "content/essays/a.md",
    "content/essays/a.en.md",
    "content/essays/b.md",
    "content/essays/b.en.md",
    "content/essays/c.md",
    "content/essays/trip/index.md",
    "content/essays/trip/index.en.md",
    "content/notes/d.md",
    "content/notes/e.en.md",
    "content/notes/deep/f.md",
    "content/g.md",
    "content/en/essays/h.md",
];
const SECTIONS: &[&str] = &[
    "content/_index.md",
    "content/_index.en.md",
    "content/essays/_index.md",
    "content/essays/_index.en.md",
    "content/notes/_index.md",
];
const PICTURES: &[&str] = &["content/essays/p.png", "content/essays/trip/p.png", "static/p.png"];
const TEMPLATES: &[&str] = &[
    "templates/page.html",
    "templates/section.html",
    "templates/bit.html",
    "templates/custom.html",
    "templates/anchor-link.html",
    "templates/taxonomy_single.html",
    "templates/components/own.html",
];
const OTHERS: &[&str] = &[
    "data/x.yaml",
    "data/y.json",
    "static/note.txt",
    "static/essays/b/index.html",
    "content/essays/trip/notes.txt",
    "translations.lock",
    "i18n/zh.ftl",
    "i18n/en.ftl",
    "themes/small/templates/page.html",
    "themes/small/theme.yaml",
];
const CONFIG: &str = "fika.yaml";

/// A site to begin with: most files are there.
pub(crate) fn site(rng: &mut Rng) -> State {
    let mut site = Fixture::default();
    let all = [ESSAYS, SECTIONS, PICTURES, OTHERS].concat();
    for path in all {
        if rng.chance(70) {
            site.files.insert(path.to_owned(), content(rng, path));
        }
    }
    if rng.chance(60) {
        let path = rng.pick(TEMPLATES);
        site.files.insert(path.to_owned(), content(rng, path));
    }
    site.files.insert(CONFIG.to_owned(), content(rng, CONFIG));
    State { site, options: Options::default() }
}

/// An edit of any kind.
pub(crate) fn edit(rng: &mut Rng) -> Edit {
    let any = [ESSAYS, ESSAYS, ESSAYS, SECTIONS, PICTURES, TEMPLATES, TEMPLATES, OTHERS].concat();
    match rng.below(100) {
        0..=39 => {
            let path = rng.pick(&any);
            Edit::Write(path.to_owned(), Text(content(rng, path)))
        }
        // Most of what a writer does: the text grows, and the rest stays.
        40..=54 => {
            let path = rng.pick(&[ESSAYS, SECTIONS].concat()).to_owned();
            Edit::Append(path, Text(format!("\n\n{}", body(rng)).into_bytes()))
        }
        55..=64 => Edit::Delete(rng.pick(&any).to_owned()),
        65..=74 => Edit::Rename(rng.pick(ESSAYS).to_owned(), rng.pick(ESSAYS).to_owned()),
        75..=78 => Edit::Mark,
        79..=81 => Edit::Write(CONFIG.to_owned(), Text(content(rng, CONFIG))),
        82..=83 => Edit::Drafts,
        84..=86 => Edit::AsOf(rng.pick(&["2026-01-01", "2027-01-01", "2024-06-01T12:00:00"])),
        87..=88 => Edit::BaseUrl(rng.pick(&[None, Some("https://o.github.io/REPO/"), Some("/")])),
        89..=94 => Edit::Restart,
        _ => Edit::Wait,
    }
}

/// Does what an edit says to a site.
pub(crate) fn apply(state: &mut State, edit: &Edit) {
    let files = &mut state.site.files;
    match edit {
        Edit::Write(path, text) => drop(files.insert(path.clone(), text.0.clone())),
        Edit::Append(path, text) => {
            if let Some(file) = files.get_mut(path) {
                file.extend(&text.0);
            }
        }
        Edit::Delete(path) => drop(files.remove(path)),
        Edit::Rename(from, to) => {
            if let Some(text) = files.remove(from) {
                files.insert(to.clone(), text);
            }
        }
        Edit::Mark => state.site = std::mem::take(&mut state.site).marked(),
        Edit::AsOf(moment) => state.options.as_of = (*moment).to_owned(),
        Edit::Drafts => state.options.drafts = !state.options.drafts,
        Edit::BaseUrl(url) => state.options.base_url = url.map(str::to_owned),
        Edit::Restart | Edit::Wait => {}
    }
}

/// A content that fits a path.
fn content(rng: &mut Rng, path: &str) -> Vec<u8> {
    let text = match path {
        CONFIG => config(rng),
        _ if path.ends_with(".png") => return picture(rng.between(1, 9) as u16, 4, 9),
        _ if path.ends_with("_index.md") || path.ends_with("_index.en.md") => section(rng),
        _ if path.ends_with(".md") => essay(rng),
        _ if path.ends_with(".lock") => lock(rng),
        _ if path.ends_with(".ftl") => messages(rng),
        _ if path.starts_with("data/") => data(rng, path),
        _ if path.ends_with("theme.yaml") => format!("params: {{color: {{default: {}}}}}", rng.below(3)),
        _ if path.ends_with("link.html") => {
            rng.pick(&["<a href=\"#{{ id }}\">", "{{ t(key=\"skip\") }}"]).to_string()
        }
        _ if path.contains("templates/") => template(rng, path),
        _ => format!("text {}\n", rng.below(3)),
    };
    text.into_bytes()
}

fn config(rng: &mut Rng) -> String {
    let languages = rng.pick(&[
        "languages:\n  zh: {title: 站, tagline: 一}\n  en: {title: Site}\n",
        "languages:\n  zh: {title: 站二}\n  en: {title: Site, tagline: one}\n",
        "languages:\n  en: {title: Site}\n  zh: {title: 站}\n",
        "languages:\n  zh: {title: 站}\n",
        "languages:\n  zh-Hans: {title: 站}\n  zh-Hant: {derive: zh}\n  en: {title: Site}\n",
        "languages:\n  zh: {title: 站}\n  zh-HK: {derive: {from: zh, phrases: {里: 裡}}, fallback: en}\n  en: {title: Site, fallback: [zh-HK]}\n",
        "languages:\n  zh: {title: 站}\n  en: {title: Site, fallback: {to: [ja, zh], mode: link}}\n  ja: {fallback: {to: zh, mode: hide}, listing: all}\n",
        "languages:\n  zh: {title: 站, fallback: en}\n  en: {title: Site, fallback: [zh]}\n",
        "languages:\n  zh: {title: 站}\n  en: {title: Site, fallback: {languages: [zh], mode: hide}}\n  ja: {fallback: [en, zh]}\n",
        "languages:\n  zh: {title: 站, tagline: 一}\n  en: {title: Site}\n  ja: {title: サイト}\n",
    ]);
    let mut text = format!(
        "base_url: https://example.org/\ntimezone: {}\n{languages}",
        rng.pick(&["Asia/Shanghai", "UTC"])
    );
    let lines = [
        "taxonomies:\n  tags: {}\n",
        "taxonomies:\n  tags: {terms: [{zh: 甲, en: x}, {zh: {name: 乙, slug: b}}]}\n",
        "listing: all\n",
        "listing: {lists: own, feeds: originals}\n",
        "taxonomies:\n  tags: {sort_keys: {甲: yi}}\n",
        "paginate_by: 2\n",
        "authors: {a: {name: {zh: 甲人, en: A}, bio: 在, url: \"@/essays/b.md\"}}\n",
        "authors: {b: B}\nauthor: b\n",
        "translations: {expect: [en]}\n",
        "translations: {parallel: true}\n",
        "default_language_in_subdir: true\n",
        "default_language_in_subdir: true\nroot: copy\n",
        "default_language_in_subdir: true\nroot: gateway\n",
        "markdown: {soft_breaks: keep}\n",
        "markdown: {insert_anchor_links: right}\n",
        "markdown: {math: true, smart_punctuation: true}\n",
        "theme: small\n",
        "extra: {color: red}\n",
        "plugins: {feed: false}\n",
        "plugins: {feed: {all: true}, archive: {paginate_by: 2}}\n",
        "plugins: {archive: false}\n",
        "plugins: {sitemap: false}\n",
        "markdown: {math: true}\n",
        "markdown: {math: true}\nplugins: {math: {macros: {R: x}}}\n",
        "plugins: {math: false}\n",
        "ignored_content: ['notes/**']\n",
        "no_such_key: 1\n",
    ];
    let mut seen: Vec<&str> = Vec::new();
    for line in lines {
        let key = line.split(':').next().unwrap_or_default();
        if rng.chance(if key == "taxonomies" { 80 } else { 12 }) && !seen.contains(&key) {
            seen.push(key);
            text.push_str(line);
        }
    }
    if rng.chance(3) {
        text.push_str("broken: [\n");
    }
    text
}

fn section(rng: &mut Rng) -> String {
    let mut text = format!("---\ntitle: {}\n", rng.pick(&["节", "Section", "另一节"]));
    for line in [
        "paginate_by: 1",
        "sort_by: weight",
        "sort_by: title",
        "transparent: true",
        "render: false",
        "generate_feeds: true",
        "listing: all",
        "listing: own",
        "template: custom.html",
        "insert_anchor_links: left",
    ] {
        if rng.chance(10) && !text.contains(line.split(':').next().unwrap_or_default()) {
            let _ = writeln!(text, "{line}");
        }
    }
    text.push_str("---\n");
    text.push_str(&body(rng));
    text
}

fn essay(rng: &mut Rng) -> String {
    if rng.chance(8) {
        return format!("# {}\n\n{}", rng.pick(&["无头", "Headless"]), body(rng));
    }
    let mut text = format!("---\ntitle: {}\n", rng.pick(&["甲", "乙", "丙", "\"A: *b*\"", "B", "C"]));
    if rng.chance(80) {
        let date =
            rng.pick(&["2020-01-01", "2021-05-05", "2024-03-04", "2024-12-31 23:30", "2026-06-01", "昨天"]);
        let _ = writeln!(text, "date: {date}");
    }
    if rng.chance(60) {
        let _ =
            writeln!(text, "tags: [{}]", rng.pick(&["甲", "甲, 乙", "X, x", "乙, C/C++", "软件, 甲", ""]));
    }
    let lines = [
        "draft: true",
        "slug: other",
        "path: some/where",
        "aliases: [old/]",
        "aliases: [essays/a/]",
        "weight: 3",
        "description: 一句话",
        "tagline: 题下",
        "tagline: {zh: 题下, en: below}",
        "sort_key: yi",
        "summary: 给出的**摘要**",
        "template: custom.html",
        "template: none.html",
        "key: same",
        "series: 连载",
        "cover: p.png",
        "updated: 2025-01-01",
        "authors: [某]",
        "authors: [a, 某]",
        "translator: a",
        "extra: {color: blue}",
        "derive: false",
        "derive: {title: 題, phrases: {一段: 壹段}}",
        "titel: slip",
        "lang: en",
        "translate: false",
        "parallel: true",
    ];
    for line in lines {
        let key = format!("\n{}:", line.split(':').next().unwrap_or_default());
        if rng.chance(7) && !text.contains(&key) {
            let _ = writeln!(text, "{line}");
        }
    }
    text.push_str("---\n");
    text.push_str(&body(rng));
    text
}

fn body(rng: &mut Rng) -> String {
    let parts = [
        "一段话，**强调。**后文\n接着。\n\n",
        "Another paragraph.\n\n",
        "-{头发}-里面，**发**展`发`。\n\n",
        "<!-- more -->\n\n",
        "## 标题\n\n",
        "## Heading {#own}\n\n",
        "## 别题\n\n",
        "[相对](a.md)与[上层](../g.md)。\n\n",
        "[锚](b.md#标题)，[另一锚](b.md#own)，[模板的](b.md#made)，[这里的](#made)。\n\n",
        "[根](@/essays/a.md)，[节](@/essays/_index.md)。\n\n",
        "[[B]]和[[甲]]。\n\n",
        "[没有](none.md)\n\n",
        "[地址](/essays/b/)，[旧](/old/)，[标签](/tags/甲/)，[文件](/note.txt)。\n\n",
        "![图](p.png)\n\n",
        "![根图](/p.png \"题\")\n\n",
        "脚注[^1]。\n\n[^1]: 在此。\n\n",
        "| a | b |\n|--|--|\n| 1 | 2 |\n\n",
        "```rust\nfn main() {}\n```\n\n",
        "```rust,linenos,hl_lines=1\nfn main() {}\n```\n\n",
        "```js a.js\nlet a = \"月\";\n```\n\n",
        "\"引\"--$x$\n\n",
        "$$\\begin{equation}\\label{e} y \\end{equation}$$ $\\eqref{e}$\n\n",
        "$\\R$ 与 $\\nope$\n\n",
        "<a href=\"a.md\">生</a><img src=\"p.png\" alt>\n\n",
        "{{ <figure src=\"p.png\" /> }}\n\n",
        "{{ <own /> }} {{ <owns /> }}\n\n",
    ];
    let mut text = String::new();
    for _ in 0..rng.between(0, 5) {
        text.push_str(rng.pick(&parts));
    }
    text
}

fn messages(rng: &mut Rng) -> String {
    let parts = [
        "skip = 跳\n",
        "skip = Skip it\n",
        "contents = 目\n",
        "own = 自己的\n",
        "own = { $n }\n",
        "broken\n",
        "page-of = { $current }/{ $total }\n",
    ];
    (0..rng.between(0, 3)).map(|_| rng.pick(&parts)).collect()
}

/// Records of translations: of other originals than there are, or no records at all.
fn lock(rng: &mut Rng) -> String {
    let parts = [
        "essays/a en < zh p:9:0123456789abcdef\n",
        "essays/b en < zh\n",
        "g zh < en\n",
        "  p:9:0123456789abcdef\n",
        "<<<<<<< ours\n",
    ];
    let head = rng.pick(&["# fika translations 1\n", "# fika translations 2\n", "{}\n"]);
    head.to_string() + &(0..rng.between(0, 3)).map(|_| rng.pick(&parts)).collect::<String>()
}

fn data(rng: &mut Rng, path: &str) -> String {
    let word = rng.pick(&["one", "two", "三"]);
    if path.ends_with(".json") {
        format!("{{\"word\": \"{word}\"}}")
    } else {
        format!("word: {word}\n{}", if rng.chance(5) { "- [" } else { "" })
    }
}

/// A template that asks something of the rest of the site.
fn template(rng: &mut Rng, path: &str) -> String {
    let asks = [
        "{% include \"bit.html\" %}",
        "{% set s = get_section(path=\"essays/_index.md\", required=false) %}{% if s %}{{ s.title }}{% for p in s.pages %} {{ p.title }} {{ p.summary }}{% endfor %}{% endif %}",
        "{% set p = get_page(path=\"essays/a.md\", required=false) %}{% if p %}{{ p.title }} {{ p.word_count }}{% endif %}",
        "{% set x = load_data(path=\"data/x.yaml\", required=false) %}{% if x %}{{ x.word }}{% endif %}",
        "{% set y = load_data(path=\"data/y.json\", required=false) %}{% if y %}{{ y.word }}{% endif %}",
        "{% for t in get_taxonomy(kind=\"tags\", required=false).items %}{{ t.name }} {{ t.page_count }} {% endfor %}",
        "{{ t(key=\"skip\") }}{{ t(key=\"own\") }}",
        "<i id=\"made\">{{ get_url(path=\"@/essays/b.md#made\") }}</i>",
        "{% for language in languages %}{{ language.words }}{% endfor %}{% if virtual_pages?.archive %}{{ virtual_pages.archive.title }} {{ virtual_pages.archive.path }}{% endif %}",
        "{% set e = get_page(path=\"essays/a.en.md\", required=false) %}{% if e?.translation %}{{ e.translation.state }}{% for field in e.translation.fields %} {{ field }}{% endfor %} {{ e.translation.changed }} {{ e.translation.original?.title }}{% endif %}",
        "{{ get_url(path=\"note.txt\") }}{{ get_url(path=\"@/essays/c.md\", lang=\"en\") }}",
        "{{ now() | date(format=\"%B %A\") }}",
        "{% set m = get_image_metadata(path=\"static/p.png\", allow_missing=true) %}{% if m %}{{ m.width }}{{ resize_image(path=\"static/p.png\", width=1) }}{% endif %}",
        "{{ get_taxonomy_url(kind=\"tags\", term=\"甲\", required=false) }}",
        "{% set t = get_taxonomy_term(kind=\"tags\", term=\"乙\", required=false) %}{% if t %}{{ t.page_count }}{% endif %}",
        "{{ get_hash(path=\"static/note.txt\") }}{{ config.extra.color | default(value='') }}{{ config.feed_filenames | join }}",
        "{% for l in languages %}{{ l.path }} {{ l.exact }} {{ l.is_fallback }}{% endfor %}",
        "{{ canonical_url }}{% if page?.is_fallback %}{{ page.original.title }}{{ page.lang_dir }}{% endif %}{% if page?.is_derived %}{{ page.derived_from }}{{ page.original.title }}{% endif %}",
        "{% set o = get_page(path=\"essays/aa.md\") %}",
        "{% set o = get_section(path=\"notes/deep/_index.md\") %}",
        "{{ broken",
        "{{ no_such_thing }}",
    ];
    let mut text = String::new();
    if path.ends_with("bit.html") {
        text.push_str(rng.pick(&["<i>bit</i>", "<b>bit</b>", "{{ lang }}", "{{ t(key=\"skip\") }}"]));
        return text;
    }
    if path.contains("components/") {
        let name = rng.pick(&["own", "ow", "owned"]);
        return format!("{{% component {name}() %}}<i>{name}</i>{{% endcomponent %}}\n");
    }
    let extends = rng.chance(60);
    text.push_str(if extends {
        "{% extends \"base.html\" %}{% block content %}"
    } else {
        "<!doctype html><html lang=\"{{ lang }}\"><body>"
    });
    let own = match path {
        "templates/section.html" => {
            "<h1>{{ section.title }}</h1>{% if paginator %}{% for p in paginator.pages %}{{ p.title }}{% endfor %}{% else %}{% for p in section.pages %}{{ p.title }}{{ p.summary }}{% endfor %}{% endif %}"
        }
        "templates/taxonomy_single.html" => "<h1>{{ term.name }}</h1>",
        "templates/custom.html" => "<h1>custom</h1>",
        _ => {
            "<h1>{{ page.title }}</h1>{% if page.lower %}{{ page.lower.title }}{% endif %}{{ page.content }}"
        }
    };
    text.push_str(own);
    for _ in 0..rng.between(0, 2) {
        text.push_str(rng.pick(&asks));
    }
    text.push_str(if extends { "{% endblock content %}" } else { "</body></html>" });
    text
}
