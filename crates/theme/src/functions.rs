//! The functions of Zola that a template may call. Each records what it asked; see [`Query`].

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use fika_i18n::Arg;
use fika_model::{Lang, Language, Missing, Severity};
use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::arguments::{given, is_required, only};
use crate::scope::{Fault, Scope, ask, ask_string, current, report, string};
use crate::strings::Held;
use crate::values::{direction, html, record, text};
use crate::{Query, data, hash, strings, time};

/// Registers all of them.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_function("get_page", get_page);
    tera.register_function("get_section", get_section);
    tera.register_function("get_taxonomy", get_taxonomy);
    tera.register_function("get_taxonomy_term", get_taxonomy_term);
    tera.register_function("get_taxonomy_url", get_taxonomy_url);
    tera.register_function("get_url", get_url);
    tera.register_function("trans", trans);
    tera.register_function("t", trans);
    tera.register_function("text_direction", text_direction);
    tera.register_function("load_data", data::load_data);
    tera.register_function("get_image_metadata", data::get_image_metadata);
    tera.register_function("get_hash", hash::get_hash);
    tera.register_function("now", time::now);
    tera.register_function("get_env", get_env);
    tera.register_function("warn", warn);
}

/// The language asked for, or that of the page.
pub(crate) fn lang(kwargs: &Kwargs, scope: &Scope) -> TeraResult<Lang> {
    match given::<&str>(kwargs, "lang")? {
        None => Ok(scope.lang.clone()),
        Some(tag) => named(tag, scope),
    }
}

/// The language of the site that a tag names, or the nearest above it. One that the site does not have is reported; it may still have a
/// catalogue.
pub(crate) fn named(tag: &str, scope: &Scope) -> TeraResult<Lang> {
    let config = &scope.stage.site.config;
    if tag == scope.lang.as_str() {
        return Ok(scope.lang.clone());
    }
    if let Some(language) = config.language_for(tag) {
        return Ok(language.lang.clone());
    }
    let lang = Lang::parse(tag).map_err(|error| Error::message(error.to_string()))?;
    // `zh_TW` is rather `zh-Hant` than `zh`.
    let near = || lang.chain().filter_map(|tag| config.language_for(tag));
    let is_alike = |one: &&Language| one.lang.writing() == lang.writing();
    let mut kin = config.languages.iter().filter(|one| one.lang.language() == lang.language());
    let found = near().find(is_alike).or_else(|| kin.find(is_alike)).or_else(|| near().next());
    if let Some(language) = found {
        return Ok(language.lang.clone());
    }
    let all: Vec<&str> = config.languages.iter().map(|language| language.lang.as_str()).collect();
    let message = format!("the site has no language `{tag}`");
    let help = format!("it has `{}`", all.join("`, `"));
    report(Fault { severity: Severity::Warning, code: "unknown-language", message, help })?;
    Ok(lang)
}

/// `text_direction(lang)`: `ltr` or `rtl`, for `dir`; for the page's own language there is `lang_dir`, too.
fn text_direction(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["lang"])?;
    let scope = current()?;
    let lang = match given::<&str>(&kwargs, "lang")? {
        Some(tag) => Lang::parse(tag).map_err(|error| Error::message(error.to_string()))?,
        None => scope.lang,
    };
    Ok(text(direction(&lang)))
}

/// `get_env(name, default)`: the environment is not looked at, so every name is one that is not set. See
/// `docs/decisions/0011-templates-see-no-environment.md`.
fn get_env(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["name", "default"])?;
    let name = kwargs.must_get::<&str>("name")?;
    if let Some(default) = kwargs.get::<&Value>("default")? {
        return Ok(default.clone());
    }
    report(missing(
        Severity::Warning,
        "environment",
        format!("templates do not see the environment, so `{name}` is not set"),
        None,
        "write the value under `extra:` in `fika.yaml`, or give a `default`",
    ))?;
    Ok(Value::none())
}

/// The code of what [`warn`] tells.
pub(crate) const SLIP: &str = "component-argument";

/// `warn(message, help)`: tells whoever wrote the essay of a slip in what was given to the component, and shows nothing.
fn warn(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["message", "help"])?;
    let words = |name: &str| kwargs.must_get::<&str>(name).map(str::to_owned);
    report(Fault {
        severity: Severity::Warning,
        code: SLIP,
        message: words("message")?,
        help: words("help")?,
    })?;
    Ok(Value::from(""))
}

fn missing(
    severity: Severity,
    code: &'static str,
    message: String,
    nearest: Option<&str>,
    else_help: &str,
) -> Fault {
    let help = nearest.map_or_else(|| else_help.to_owned(), |name| format!("did you mean `{name}`?"));
    Fault { severity, code, message, help }
}

fn get_page(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path", "lang", "required", "allow_missing"])?;
    entry(&kwargs, false)
}

fn get_section(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path", "lang", "metadata_only", "required", "allow_missing"])?;
    let metadata_only = given::<bool>(&kwargs, "metadata_only")?.unwrap_or_default();
    entry(&kwargs, metadata_only)
}

fn entry(kwargs: &Kwargs, metadata_only: bool) -> TeraResult<Value> {
    let scope = current()?;
    let path = kwargs.must_get::<&str>("path")?.to_owned();
    let lang = lang(kwargs, &scope)?;
    let found = scope.stage.find_entry(&path, &lang);
    let query = if metadata_only {
        Query::Metadata { path: path.clone(), lang }
    } else {
        Query::Page { path: path.clone(), lang }
    };
    ask(query);
    match found {
        Ok(id) if scope.in_summary => Ok(scope.stage.whole_bare(id)),
        Ok(id) if metadata_only => Ok(record(scope.stage.metadata(id))),
        Ok(id) => Ok(scope.stage.whole(id)),
        Err(why) => {
            if is_required(kwargs)? {
                let message = format!("there is no page or section `{path}`");
                let help = advice(&why, "paths start at the content folder: `essays/moon.md`");
                report(Fault { severity: Severity::Error, code: "unknown-page", message, help })?;
            }
            Ok(Value::none())
        }
    }
}

/// What to do about a path that leads nowhere.
pub(crate) fn advice(why: &Missing, else_help: &str) -> String {
    match why {
        Missing::Target { nearest: Some(name) } | Missing::Anchor { nearest: Some(name), .. } => {
            format!("did you mean `{name}`?")
        }
        Missing::Section { folder } => no_section(folder),
        Missing::Pageless { source } => pageless(source),
        Missing::Unpublished { source } => unpublished(source),
        _ => else_help.to_owned(),
    }
}

/// What to do about a section that wants no page.
pub(crate) fn pageless(source: &str) -> String {
    format!("`{source}` says `render: false`: take that out, or lead to an essay of the section")
}

/// What to do about an essay that is there and not published.
fn unpublished(source: &str) -> String {
    format!(
        "`{source}` is a draft, waits for its date, or has no address of its own: nothing leads there until it is published"
    )
}

/// What to do about a folder that has no page.
pub(crate) fn no_section(folder: &str) -> String {
    format!("`{folder}` has no `_index.md`: write one, and the folder has a page that lists what is in it")
}

fn get_taxonomy(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["kind", "lang", "required"])?;
    let scope = current()?;
    let kind = kwargs.must_get::<&str>("kind")?.to_owned();
    let lang = lang(&kwargs, &scope)?;
    let found = scope.stage.site.find_taxonomy(&kind, &lang);
    ask(Query::Taxonomy { kind: kind.clone(), lang: lang.clone() });
    let Some(id) = found else {
        unknown_taxonomy(&kwargs, &scope, &kind)?;
        return Ok(record([
            ("kind", text(&kind)),
            ("name", text(&kind)),
            ("lang", text(lang.as_str())),
            ("items", Value::from(Vec::<Value>::new())),
        ]));
    };
    let mut taxonomy = scope.stage.taxonomy(id).into_map().unwrap_or_default();
    taxonomy.insert(
        Key::Str("items"),
        if scope.in_summary { Value::none() } else { scope.stage.terms_of_taxonomy(id) },
    );
    Ok(Value::from(taxonomy))
}

/// A taxonomy that is configured but has no term in some language is merely empty.
fn unknown_taxonomy(kwargs: &Kwargs, scope: &Scope, kind: &str) -> TeraResult<()> {
    if !is_required(kwargs)? || is_taxonomy(scope, kind) {
        return Ok(());
    }
    let names = scope.stage.site.config.taxonomies.iter().map(|taxonomy| &*taxonomy.name);
    let message = format!("there is no taxonomy `{kind}`");
    let near = fika_model::nearest(kind, names);
    report(missing(
        Severity::Warning,
        "unknown-taxonomy",
        message,
        near,
        "name it under `taxonomies:` in the configuration",
    ))
}

fn is_taxonomy(scope: &Scope, kind: &str) -> bool {
    scope.stage.site.config.taxonomies.iter().any(|taxonomy| &*taxonomy.name == kind)
}

fn get_taxonomy_term(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["kind", "term", "lang", "include_pages", "required"])?;
    let scope = current()?;
    let (kind, term) =
        (kwargs.must_get::<&str>("kind")?.to_owned(), kwargs.must_get::<&str>("term")?.to_owned());
    let lang = lang(&kwargs, &scope)?;
    let with_pages = given::<bool>(&kwargs, "include_pages")?.unwrap_or(true) && !scope.in_summary;
    let found = scope.stage.find_term(&kind, &term, &lang);
    ask(Query::Term { kind: kind.clone(), term: term.clone(), lang });
    match found {
        Some((taxonomy, at)) => {
            let entries = &scope.stage.site.taxonomy(taxonomy).terms[at as usize].entries;
            let pages = scope.stage.items(if with_pages { entries } else { &[] });
            Ok(scope.stage.term(taxonomy, at, pages))
        }
        None => {
            unknown_term(&kwargs, &scope, &kind, &term)?;
            Ok(Value::none())
        }
    }
}

fn get_taxonomy_url(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["kind", "term", "name", "lang", "required"])?;
    let scope = current()?;
    let kind = kwargs.must_get::<&str>("kind")?.to_owned();
    // Zola called it `name` before 0.23.
    let term = given::<String>(&kwargs, "term")?.or(given::<String>(&kwargs, "name")?);
    let term = term.ok_or_else(|| Error::message("the argument `term` is missing"))?;
    let lang = lang(&kwargs, &scope)?;
    let found = scope.stage.term_url(&kind, &term, &lang);
    ask(Query::TermUrl { kind: kind.clone(), term: term.clone(), lang: lang.clone() });
    match found {
        Some(url) => Ok(Value::from(url)),
        None if !is_required(&kwargs)? => Ok(Value::none()),
        None => {
            unknown_term(&kwargs, &scope, &kind, &term)?;
            Ok(text(&scope.stage.frame(&lang).home_url))
        }
    }
}

fn unknown_term(kwargs: &Kwargs, scope: &Scope, kind: &str, term: &str) -> TeraResult<()> {
    if !is_required(kwargs)? {
        return Ok(());
    }
    if !is_taxonomy(scope, kind) {
        return unknown_taxonomy(kwargs, scope, kind);
    }
    let message = format!("no essay has the term `{term}` of `{kind}`");
    report(missing(Severity::Warning, "unknown-term", message, None, "`required=false` makes it a question"))
}

fn get_url(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path", "lang", "cachebust", "trailing_slash"])?;
    let scope = current()?;
    let path = kwargs.must_get::<&str>("path")?.to_owned();
    let lang = lang(&kwargs, &scope)?;
    let cachebust = given::<bool>(&kwargs, "cachebust")?.unwrap_or_default();
    let found = scope.stage.url(&path, &lang, cachebust);
    ask(Query::Url { path: path.clone(), lang: lang.clone(), cachebust });
    let mut url = match found {
        Ok(url) => {
            if let Some(other) =
                url.lang.filter(|_| kwargs.get::<&str>("lang").is_ok_and(|lang| lang.is_some()))
            {
                other_language(&scope, &path, &lang, &other)?;
            }
            url.address
        }
        Err(missing_url) => {
            let message = format!("`{path}` leads nowhere");
            let (severity, code, help) = match path.starts_with("@/") {
                true => (Severity::Error, "broken-link", "a path after `@/` starts at the content folder"),
                false => (Severity::Warning, "unknown-path", "put the file into `static/`, or mend the path"),
            };
            report(Fault { severity, code, message, help: advice(&missing_url.why, help) })?;
            missing_url.url
        }
    };
    if given::<bool>(&kwargs, "trailing_slash")?.unwrap_or_default()
        && !url.contains(['?', '#'])
        && !url.ends_with('/')
    {
        url.push('/');
    }
    Ok(Value::from(url))
}

/// Zola has no address for a version that is not there. Here it is that of another, which is right where the configuration says so, and
/// worth knowing where it does not.
fn other_language(scope: &Scope, path: &str, lang: &Lang, other: &Lang) -> TeraResult<()> {
    // A language that the site does not have is told already.
    let Some(language) = scope.stage.site.config.language(lang) else { return Ok(()) };
    if language.fallback.served().contains(other) {
        return Ok(());
    }
    report(Fault {
        severity: Severity::Note,
        code: "other-language",
        message: format!("`{path}` has no page in `{lang}`; this is the address of the one in `{other}`"),
        help:
            "`{% set other = get_page(path=…, lang=…) %}{{ other.lang }}` tells which language there is; without `lang`, nothing is said"
                .to_owned(),
    })
}

/// `trans(key="read-more", count=3)`: an interface string. Every other argument is one of the message. With `mark=true` it is HTML in
/// which words of another language say so, and arguments that are HTML stay so; for what stands between tags.
fn trans(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    if let Some(text) = simple(&kwargs) {
        return Ok(text);
    }
    let key = kwargs.must_get::<&str>("key")?;
    let scope = current()?;
    let lang = lang(&kwargs, &scope)?;
    let mark = kwargs.get::<bool>("mark")?.unwrap_or_default();
    let (mut args, mut held) = (Vec::new(), Held::default());
    for (name, value) in kwargs.iter() {
        let Some(name) = name.as_str().filter(|name| !matches!(*name, "key" | "lang" | "mark")) else {
            continue;
        };
        let arg = match value.as_f64() {
            Some(number) => Arg::Num(number),
            None if mark => Arg::Str(held.hold(value)),
            None => Arg::Str(value.to_string()),
        };
        args.push((name, arg));
    }
    let catalogues = &scope.stage.theme.catalogues;
    let message = catalogues.message(&lang, key, &args);
    ask_string(&lang, key);
    let other = strings::borrowed(&lang, message.found.as_ref());
    if message.found.is_none() || other.is_some() {
        // What is told depends on whether the language is converted from another.
        ask(Query::Config);
    }
    if strings::lacks(&scope.stage, &lang, message.found.as_ref()) {
        report(missing_string(&lang, key, message.found.as_ref()))?;
    }
    for wrong in message.faults {
        report(Fault {
            severity: Severity::Warning,
            code: "interface-string",
            message: wrong,
            help: "give every argument that the message names; none may put in itself".to_owned(),
        })?;
    }
    if !mark {
        return Ok(Value::from(message.text));
    }
    Ok(html(&held.html(&message.text, other)))
}

/// An interface string that takes no argument, or one that is a number. The arguments are gone through once: each is dear to look up.
fn simple(kwargs: &Kwargs) -> Option<Value> {
    let (mut key, mut lang, mut argument) = (None, None, None);
    for (name, value) in kwargs.iter() {
        match name.as_str()? {
            "key" => key = value.as_str(),
            "lang" => lang = Some(value.as_str()?),
            // What the language says itself is not marked.
            "mark" => {}
            name => argument = Some((name, value.as_f64()?)).filter(|_| argument.is_none()),
        }
    }
    string(key?, lang, argument)
}

/// A string that a language lacks; `found` is the language whose string is shown in its place.
pub(crate) fn missing_string(lang: &Lang, key: &str, found: Option<&Lang>) -> Fault {
    let message = match found {
        None => format!("there is no interface string `{key}` in `{lang}`"),
        Some(found) => {
            format!("the interface string `{key}` is missing in `{lang}`, that of `{found}` is shown")
        }
    };
    Fault {
        severity: Severity::Warning,
        code: "missing-string",
        message,
        help: format!("write `{key} = …` into `i18n/{lang}.ftl`"),
    }
}
