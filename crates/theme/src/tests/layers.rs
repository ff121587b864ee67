//! Loading: which layer wins, what happens to faulty files, what a template's fingerprint covers.

use fika_model::{Diagnostic, Severity};

use super::fixture::{Fixture, file, lang};
use crate::{Theme, ThemeFile, builtin};

/// A theme of layers, each a list of template names and sources.
fn load(layers: &[&[(&str, &str)]]) -> (Theme, Vec<Diagnostic>) {
    let roots = ["", "themes/t/", "paper:"];
    let layer = |(at, files): (usize, &&[(&str, &str)])| -> Vec<ThemeFile> {
        files.iter().map(|(name, source)| file(roots[at], &format!("templates/{name}"), source)).collect()
    };
    Theme::load(&Fixture::new().config, layers.iter().enumerate().map(layer).collect())
}

fn show(theme: &Theme, name: &str) -> String {
    let name = theme.resolve(name).expect("a template");
    theme.tera.render(name, &tera::Context::new()).expect("a sound template")
}

#[test]
fn the_first_layer_wins_file_by_file() {
    let (theme, faults) = load(&[
        &[("a.html", "site a {% include \"b.html\" %}")],
        &[("a.html", "theme a"), ("b.html", "theme b {% include 'c.html' %}")],
        &[("a.html", "paper a"), ("b.html", "paper b"), ("c.html", "paper c")],
    ]);
    assert_eq!(faults, []);
    assert_eq!(show(&theme, "a.html"), "site a theme b paper c");
    assert_eq!(theme.template_names(), ["a.html", "b.html", "c.html", "redirect.html"]);
    assert!(theme.has_template("c.html") && !theme.has_template("d.html"));
}

#[test]
fn a_child_reaches_the_layers_below() {
    let (theme, faults) = load(&[
        &[
            ("a.html", "{% extends 'theme:a.html' %}{% block x %}site+{{ super() }}{% endblock %}"),
            ("b.html", "{% include 'paper:a.html' %}"),
        ],
        &[("a.html", "{% extends \"paper:a.html\" %}{% block x %}theme+{{ super() }}{% endblock %}")],
        &[("a.html", "[{% block x %}paper{% endblock %}]")],
    ]);
    assert_eq!(faults, []);
    assert_eq!(show(&theme, "a.html"), "[site+theme+paper]");
    assert_eq!(show(&theme, "b.html"), "[paper]");
}

#[test]
fn a_folder_named_like_a_built_in_theme_can_extend_it() {
    let mut config = Fixture::new().config;
    config.theme = "paper".into();
    let folder = file(
        "themes/paper/",
        "templates/a.html",
        "{% extends 'paper:a.html' %}{% block x %}ours{% endblock %}",
    );
    let below = file("paper:", "templates/a.html", "<{% block x %}{% endblock %}>");
    let (theme, faults) = Theme::load(&config, vec![vec![], vec![folder], vec![below]]);
    assert_eq!(faults, []);
    assert_eq!(show(&theme, "a.html"), "<ours>");
}

#[test]
fn components_of_the_site_win() {
    let (theme, faults) = load(&[
        &[("mine.html", "{% component card(t) %}site {{ t }}{% endcomponent %}")],
        &[
            ("components/card.html", "{% component card(t) %}theme {{ t }}{% endcomponent %}"),
            ("a.html", "{{ <card t=\"x\" /> }}"),
        ],
    ]);
    assert_eq!(faults, []);
    assert_eq!(show(&theme, "a.html"), "site x");
}

#[test]
fn every_fault_is_reported_and_the_layer_below_stands_in() {
    let (theme, faults) = load(&[
        &[
            ("a.html", "第一行\n{% if x %}"),
            ("b.html", "{{ '月' }} {{ x | nothing }}\n{{ nobody() }}"),
            ("c.html", "{% extends 'c.html' %}"),
            ("d.html", "{% extends 'nowhere.html' %}"),
            ("e.html", "{% include 'b.html' %}{{ <gone /> }}"),
        ],
        &[("a.html", "a below"), ("b.html", "b below"), ("c.html", "c below")],
    ]);
    let said: Vec<_> = faults
        .iter()
        .map(|fault| {
            let place = fault.place.as_ref().map(|place| (place.line, place.column));
            (&*fault.path, place, fault.message.as_str())
        })
        .collect();
    for expected in [
        ("templates/b.html", Some((1, 18)), "unknown filter `nothing`"),
        ("templates/b.html", Some((2, 4)), "unknown function `nobody`"),
        ("templates/c.html", Some((1, 13)), "the template extends itself, directly or through others"),
        ("templates/d.html", Some((1, 13)), "there is no template `nowhere.html` to extend"),
        ("templates/e.html", Some((1, 26)), "unknown component `gone`"),
    ] {
        assert!(said.contains(&expected), "{expected:?} is not in {said:#?}");
    }
    assert!(said.iter().any(|(path, place, _)| *path == "templates/a.html" && place.is_some()), "{said:#?}");
    assert_eq!(faults.len(), 6, "{said:#?}");
    assert!(faults.iter().all(|fault| fault.severity == Severity::Error && fault.code == "template"));
    assert_eq!(
        ["a.html", "b.html", "c.html"].map(|name| show(&theme, name)),
        ["a below", "b below", "c below"]
    );
}

/// A name that nobody knows is mostly a name that is misspelt.
#[test]
fn near_names_are_suggested() {
    let (_, faults) = load(&[&[
        ("page.html", "{% extends 'bas.html' %}"),
        (
            "base.html",
            "{{ a | uper }}{{ get_urll() }}{% include 'partials/hed.html' %}{{ <peple who='' /> }}",
        ),
        ("partials/head.html", "{% if a is strng %}{% endif %}{{ a | nothing_like_it }}"),
        ("components/a.html", "{% component people(who: string) %}{{ who }}{% endcomponent people %}"),
    ]]);
    let meant = faults
        .iter()
        .filter_map(|fault| fault.help.as_deref()?.split("did you mean `").nth(1)?.split('`').next());
    let mut meant: Vec<&str> = meant.collect();
    meant.sort_unstable();
    assert_eq!(meant, ["base.html", "get_url", "partials/head.html", "people", "string", "upper"]);
    assert_eq!(faults.len(), 7);
}

/// A base of the site's own stands under templates that the site never asked for.
#[test]
fn a_base_without_the_blocks_of_a_template_below_leaves_it_its_own() {
    let paper: &[(&str, &str)] = &[
        ("base.html", "paper<{% block title %}t{% endblock %}|{% block content %}c{% endblock %}>"),
        (
            "404.html",
            "{% extends 'base.html' %}{% block title %}404{% endblock %}{% block content %}lost{% endblock %}",
        ),
        ("list.html", "{% extends 'base.html' %}{% block content %}list{% endblock %}"),
        ("page.html", "{% extends 'base.html' %}{% block content %}page{% endblock %}"),
        ("odd.html", "{% extends 'page.html' %}{% block title %}odd{% endblock %}"),
    ];
    let site: &[(&str, &str)] = &[
        ("base.html", "site<{% block main %}m{% endblock %}>"),
        ("page.html", "{% extends 'base.html' %}{% block main %}own{% endblock %}"),
    ];
    let (theme, faults) = load(&[site, &[], paper]);
    assert_eq!(show(&theme, "404.html"), "paper<404|lost>");
    assert_eq!(show(&theme, "list.html"), "paper<t|list>");
    assert_eq!(show(&theme, "page.html"), "site<own>");
    assert_eq!(show(&theme, "odd.html"), "paper<odd|page>");
    let said: Vec<_> =
        faults.iter().map(|fault| (&*fault.path, &*fault.code, fault.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (
                "templates/base.html",
                "missing-block",
                "the template has no blocks `content` and `title`; what needs more comes in the frame it was written for: \
                 `404.html` and `list.html`"
            ),
            (
                "templates/page.html",
                "missing-block",
                "the template has no block `title`; what needs more comes in the frame it was written for: `odd.html`"
            ),
        ]
    );
    // What changes the base below changes what stands on it.
    let print = |paper: &[(&str, &str)]| load(&[site, &[], paper]).0.template_fingerprint("404.html");
    let mut other = paper.to_vec();
    other[0].1 = "other<{% block title %}t{% endblock %}|{% block content %}c{% endblock %}>";
    assert_ne!(print(paper), print(&other));

    // One that has all of them is used, and what a template of the site itself fills in vain is its own fault.
    let room = "site<{% block title %}t{% endblock %}|{% block content %}c{% endblock %}>";
    let (theme, faults) = load(&[&[("base.html", room)], &[], paper]);
    assert_eq!((show(&theme, "404.html").as_str(), faults.len()), ("site<404|lost>", 0));
    let vain = ("mine.html", "{% extends 'base.html' %}{% block nothing %}{% endblock %}");
    let (_, faults) = load(&[&[("base.html", room), vain], &[], paper]);
    let said: Vec<_> = faults.iter().map(|fault| (&*fault.path, &*fault.code)).collect();
    assert_eq!(said, [("templates/mine.html", "template")]);
}

#[test]
fn what_only_misses_a_faulty_file_is_not_blamed() {
    let (theme, faults) = load(&[&[
        ("base.html", "{% block x %}"),
        ("page.html", "{% extends 'base.html' %}"),
        ("list.html", "{{ <card /> }}"),
        ("card.html", "{% component card() %}{{ x | nothing }}{% endcomponent %}"),
    ]]);
    let blamed: Vec<&str> = faults.iter().map(|fault| &*fault.path).collect();
    assert_eq!(blamed, ["templates/base.html", "templates/card.html"]);
    assert!(!theme.has_template("page.html"));
}

#[test]
fn two_components_of_one_name_are_a_fault() {
    let one = "{% component card() %}1{% endcomponent %}";
    let (theme, faults) = load(&[&[("a.html", one), ("b.html", one), ("c.html", "{{ <card /> }}")]]);
    assert_eq!(faults.len(), 1);
    assert_eq!(
        (&*faults[0].path, faults[0].message.as_str()),
        ("templates/b.html", "component `card` is defined in both `a.html` and `b.html`")
    );
    assert_eq!(show(&theme, "c.html"), "1");
}

#[test]
fn a_fingerprint_covers_all_that_a_template_reaches() {
    let base: &[(&str, &str)] = &[
        ("base.html", "{% block x %}{% endblock %}{% include 'foot.html' %}"),
        ("foot.html", "{{ <card /> }}"),
        ("card.html", "{% component card() %}{% include 'icon.html' %}{% endcomponent %}"),
        ("icon.html", "i"),
        ("other.html", "o"),
        ("page.html", "{% extends 'base.html' %}{% block x %}p{% endblock %}"),
    ];
    let print = |changed: &str| {
        let files: Vec<(&str, &str)> = base
            .iter()
            .map(|(name, source)| (*name, if *name == changed { "{# new #}" } else { source }))
            .collect();
        let mut files = files;
        if changed == "icon.html" {
            files[3].1 = "j";
        }
        let (theme, _) = load(&[&[], &files]);
        ["page.html", "other.html"].map(|name| theme.template_fingerprint(name))
    };
    let before = print("");
    assert_eq!(print("icon.html")[1], before[1]);
    assert_ne!(print("icon.html")[0], before[0]);
    assert_eq!(print("other.html")[0], before[0]);
    // A file of the site over one of the theme changes whatever reaches it.
    let (theme, _) = load(&[&[("icon.html", "i!")], base]);
    assert_ne!(theme.template_fingerprint("page.html"), before[0]);
    // The order of files does not matter.
    let mut turned = base.to_vec();
    turned.reverse();
    assert_eq!(load(&[&[], &turned]).0.template_fingerprint("page.html"), before[0]);
}

#[test]
fn catalogues_fall_through_and_wrong_ones_are_named() {
    let config = Fixture::new().config;
    let site = vec![file("", "i18n/zh.ftl", "a = 甲\n= 坏\n"), file("", "i18n/chinese!.ftl", "a = x")];
    let theme =
        vec![file("themes/t/", "i18n/zh.ftl", "a = 乙\nb = 丙\n"), file("themes/t/", "static/css/a.css", "")];
    let (theme, faults) = Theme::load(&config, vec![site, theme]);
    assert_eq!(theme.message(&lang("zh-Hans"), "a").as_deref(), Some("甲"));
    assert_eq!(theme.message(&lang("zh-Hans"), "b").as_deref(), Some("丙"));
    assert_eq!(theme.message(&lang("zh-Hans"), "c"), None);
    assert_eq!(theme.static_files().iter().map(|(route, _)| *route).collect::<Vec<_>>(), ["css/a.css"]);
    let codes: Vec<_> = faults.iter().map(|fault| (&*fault.path, &*fault.code)).collect();
    assert_eq!(codes, [("i18n/chinese!.ftl", "catalogue"), ("i18n/zh.ftl", "catalogue")]);
    assert_eq!(faults[1].place.as_ref().map(|place| place.line), Some(2));
}

#[test]
fn the_built_in_theme_is_sound() {
    let paper = builtin("paper").expect("paper is built in");
    assert!(paper.is_sorted_by(|a, b| a.path < b.path));
    let (theme, faults) = Theme::load(&Fixture::new().config, vec![vec![], paper]);
    assert_eq!(faults, []);
    for name in [
        "index.html",
        "section.html",
        "page.html",
        "taxonomy_list.html",
        "taxonomy_single.html",
        "404.html",
        "virtual.html",
    ] {
        assert!(theme.has_template(name), "{name}");
    }
    assert!(builtin("nothing").is_none());
}

/// A template of the layer below that fails in the place of a faulty one is not to blame: the message names the one that is.
#[test]
fn what_stands_in_for_a_faulty_template_is_not_to_blame() {
    let below = [("index.html", "{{ section.title }}{% block a %}{% endblock %}")];
    let child = ("404.html", "{% extends 'index.html' %}");
    let (theme, faults) = load(&[&[], &[("index.html", "{% import 'a.html' as a %}"), child], &below]);
    assert_eq!(faults.len(), 1);
    let fault = |theme: &Theme| {
        let name = theme.resolve("404.html").expect("a template");
        let error = theme.tera.render(name, &tera::Context::new()).expect_err("no section");
        crate::faults::on_render(&error, theme, "/404.html", "nothing").help.expect("help")
    };
    assert!(
        fault(&theme).contains("in the place of `themes/t/templates/index.html`, which is faulty"),
        "{}",
        fault(&theme)
    );
    let (sound, faults) = load(&[&[], &[child], &below]);
    assert_eq!(faults, []);
    assert!(!fault(&sound).contains("faulty"), "{}", fault(&sound));
    // The page and what is said of it are remembered together.
    assert_ne!(theme.template_fingerprint("404.html"), sound.template_fingerprint("404.html"));
}
