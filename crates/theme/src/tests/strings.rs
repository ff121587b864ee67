//! What a check of the interface strings finds.

use std::sync::Arc;

use fika_i18n::scheme;
use fika_model::{Config, Derive, Language, PhraseList};

use super::fixture::{Fixture, lang};
use crate::{Theme, ThemeFile};

fn file(path: &str, text: &str) -> ThemeFile {
    ThemeFile { path: path.into(), origin: path.into(), bytes: Arc::from(text.as_bytes()) }
}

/// The problems of a site with these files of its own, one line for each: code, place, message.
fn problems(files: &[(&str, &str)]) -> Vec<String> {
    let mut config = Fixture::new().config;
    let mut french = config.languages[1].clone();
    french.lang = lang("fr");
    config.languages.push(french);
    problems_of(&config, files)
}

fn problems_of(config: &Config, files: &[(&str, &str)]) -> Vec<String> {
    let own = files.iter().map(|(path, text)| file(path, text)).collect();
    let (theme, faults) = Theme::load(config, vec![own, crate::builtin("paper").expect("paper is built in")]);
    let all = faults.into_iter().chain(theme.check_strings(config));
    all.map(|fault| {
        let place = fault.place.as_ref().map(|place| format!(":{}:{}", place.line, place.column));
        format!("{} {}{}: {}", fault.code, fault.path, place.unwrap_or_default(), fault.message)
    })
    .collect()
}

#[test]
fn the_default_theme_lacks_nothing() {
    assert_eq!(problems(&[]), [""; 0]);
}

/// A copy of it in the folder `themes/paper` takes its place.
#[test]
fn a_copy_of_the_default_theme_lacks_nothing_either() {
    let copied = |mut file: ThemeFile| {
        file.origin = format!("themes/paper/{}", file.path).into();
        file
    };
    let files = crate::builtin("paper").expect("paper is built in").into_iter().map(copied).collect();
    let config = Fixture::new().config;
    let (theme, faults) = Theme::load(&config, vec![Vec::new(), files]);
    assert_eq!(faults.into_iter().chain(theme.check_strings(&config)).collect::<Vec<_>>(), []);
}

#[test]
fn what_is_missing_unused_or_different_is_named_with_its_place() {
    let template = "{{ t(key='hello', name='x') }}\n{{ t(key=\"nowhere\") }}{{ t(key='skip') }}{{ t(key='mood-' ~ mood) }}";
    let found = problems(&[
        ("templates/page.html", template),
        (
            "i18n/zh.ftl",
            "hello = 你好，{ $name }\nmood-good = 高兴\nold = 旧\n-brand = 飞\npart = { -brand }\nwhole = { part }\n",
        ),
        (
            "i18n/en.ftl",
            "# greeting\nhello = Hello { $who }\nmood-good = Glad\nold = Old\npage-of = Page { $current }\n",
        ),
    ]);
    assert_eq!(
        found,
        [
            "string-arguments i18n/en.ftl:2:1: the interface string `hello` takes `$who` in `en`, and `$name` in `zh`",
            "missing-string i18n/en.ftl:3:1: the interface string `mood-good` is missing in `fr`, that of `en` is shown",
            "unused-string i18n/en.ftl:4:1: no template asks for the interface string `old`",
            "string-arguments i18n/en.ftl:5:1: the interface string `page-of` takes `$current` in `en`, and `$current`, `$total` in `zh`",
            "unused-string i18n/zh.ftl:3:1: no template asks for the interface string `old`",
            "missing-string i18n/zh.ftl:5:1: the interface string `part` is missing in `en`, that of `zh` is shown",
            "missing-string i18n/zh.ftl:5:1: the interface string `part` is missing in `fr`, that of `zh` is shown",
            "unused-string i18n/zh.ftl:6:1: no template asks for the interface string `whole`",
            "missing-string templates/page.html:1:4: the interface string `hello` is missing in `fr`, that of `en` is shown",
            "missing-string templates/page.html:2:4: there is no interface string `nowhere` in `en`",
            "missing-string templates/page.html:2:4: there is no interface string `nowhere` in `fr`",
            "missing-string templates/page.html:2:4: there is no interface string `nowhere` in `zh-Hans`",
        ]
    );
}

/// Of the default language the site's own string is the model, and differs from that of every language that is built in.
#[test]
fn a_string_that_differs_from_all_others_is_told_once() {
    assert_eq!(
        problems(&[("i18n/zh.ftl", "essays-count = 共 { $m } 篇\n")]),
        [
            "string-arguments i18n/zh.ftl:1:1: the interface string `essays-count` takes `$m` in `zh`, and `$n` in `en`"
        ]
    );
}

/// What is wrong with a string is told once, and not again of the language into which it is converted.
#[test]
fn a_string_that_is_converted_is_checked_where_it_is_written() {
    let mut config = Fixture::new().config;
    let (from, to) = (lang("zh-Hans"), lang("zh-Hant"));
    let scheme = scheme(&from, &to, None).expect("one is made of the other");
    config.languages.truncate(1);
    let derive = Some(Derive { from, scheme, phrases: PhraseList::default() });
    config.languages.push(Language { derive, ..Language::new(to) });
    let template = "{{ t(key='hello') }}{{ t(key='gone') }}";
    let catalogue = "hello = 你好\nold = 旧发\n";
    let found = problems_of(&config, &[("i18n/zh.ftl", catalogue), ("templates/page.html", template)]);
    assert_eq!(
        found,
        [
            "unused-string i18n/zh.ftl:2:1: no template asks for the interface string `old`",
            "missing-string templates/page.html:1:24: there is no interface string `gone` in `zh-Hans`",
        ]
    );
}

#[test]
fn a_language_without_any_string_is_named_once() {
    let mut config = Fixture::new().config;
    config.languages[1].lang = lang("nds");
    let own = vec![file("templates/page.html", "{{ t(key='skip') }}")];
    let (theme, faults) =
        Theme::load(&config, vec![own, crate::builtin("paper").expect("paper is built in")]);
    let said: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(said, ["there are no interface strings in `nds`; those of `en` are shown"]);
    assert_eq!(theme.check_strings(&config), []);
}

/// A name that is nearly that of a language of the site is a slip; one of another language is there for later.
#[test]
fn a_catalogue_that_no_language_reads_is_named() {
    let strings = "skip = 跳\n";
    assert_eq!(
        problems(&[("i18n/zh-CN.ftl", strings), ("i18n/zh-Hant.ftl", strings), ("i18n/de.ftl", strings)]),
        ["catalogue i18n/zh-CN.ftl: no language of the site reads the messages of `zh-CN`"]
    );
    assert_eq!(problems(&[("i18n/zh.ftl", strings), ("i18n/zh-Hans.ftl", strings)]), [""; 0]);
}

#[test]
fn a_key_that_is_made_while_the_page_is_leaves_nothing_unused() {
    let strings = [("i18n/zh.ftl", "a = 甲\n"), ("i18n/en.ftl", "a = A\n"), ("i18n/fr.ftl", "a = A\n")];
    let with = |template| problems(&[&[("templates/page.html", template)], &strings[..]].concat());
    assert_eq!(with("{{ t(key=page.extra.word) }}"), [""; 0]);
    assert_eq!(with("{{ t(key='b' if page.draft else 'a') }}"), [""; 0]);
    assert_eq!(with("").len(), 3);
}
