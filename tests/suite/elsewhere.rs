//! Sites and themes that somebody brings from another generator.

use crate::diagnostics::told;

/// What looks as if it said something of the site and is not read.
#[test]
fn files_of_other_generators() {
    let site = fika_tests::site("//- config.toml\ntitle = \"x\"\n//- content/a.md\n# A\n");
    told("foreign-config", &site);
    let site = fika_tests::site(
        "//- fika.yaml
base_url: https://example.org/
theme: ink
languages: {en: {title: A Site}}
//- config.toml
title = \"x\"
//- content/a.md
# A
//- themes/ink/theme.toml
[extra]
a = 1
//- themes/ink/sass/a.scss
a {}
//- themes/ink/templates/page.html
{% import \"macros.html\" as macros %}
//- themes/ink/templates/404.html
<p>{{ page.title }}{{ config.extra.a }}</p>
//- themes/ink/templates/taxonomy_list.html
<p>{{ config.extra.a }}</p>
",
    );
    told("foreign-theme", &site);
    told(
        "foreign-theme-made-ours",
        &site
            .file("themes/ink/theme.yaml", "params: {a: {default: 1}}\n")
            .file("content/a.md", "---\ntags: [x]\n---\n# A"),
    );
}
