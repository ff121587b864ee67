//! The built-in plugins: code, formulas, taxonomies, the archive, feeds, the sitemap, robots.txt. They use the public trait and nothing else.
//!
//! All are on. `plugins:` in the configuration switches one off (`feed: false`) or gives it options (`feed: {limit: 50}`).

mod archive;
mod feed;
mod highlight;
mod lists;
mod math;
mod options;
mod robots;
mod sitemap;
mod taxonomies;
#[cfg(test)]
mod testing;
mod xml;

use std::sync::Arc;

use fika_model::{CONFIG, Config, Data, Diagnostic, nearest};
use fika_plugin::{Plugin, Plugins};

pub use archive::Archive;
pub use feed::Feed;
pub use highlight::Highlight;
pub use math::Math;
pub use robots::Robots;
pub use sitemap::Sitemap;
pub use taxonomies::Taxonomies;

use options::Options;

/// A built-in plugin: how it is called and how it is made.
struct Builtin {
    name: &'static str,
    options: &'static [&'static str],
    make: fn(&Config, &mut Options<'_>) -> Arc<dyn Plugin>,
}

/// The built-in plugins in the order in which they run.
const BUILTINS: [Builtin; 7] = [
    Builtin { name: highlight::NAME, options: &[], make: |_, _| highlight::plugin() },
    Builtin {
        name: math::NAME,
        options: &["macros"],
        make: |_, options| {
            let macros = options.map("macros");
            Arc::new(Math::new(macros, options.faults()))
        },
    },
    Builtin { name: taxonomies::NAME, options: &[], make: |_, _| Arc::new(Taxonomies) },
    Builtin {
        name: archive::NAME,
        options: &["path", "paginate_by"],
        make: |_, options| Arc::new(Archive::new(options.text("path"), options.count("paginate_by"))),
    },
    Builtin {
        name: feed::NAME,
        options: &["limit", "all"],
        make: |config, options| {
            let feed = Feed::new(options.count("limit"), is_on(config, taxonomies::NAME));
            Arc::new(feed.with_all(options.truth("all")))
        },
    },
    Builtin { name: sitemap::NAME, options: &[], make: |_, _| Arc::new(Sitemap::default()) },
    Builtin {
        name: robots::NAME,
        options: &[],
        make: |config, _| Arc::new(Robots::new(is_on(config, sitemap::NAME))),
    },
];

/// The built-in plugins that a configuration switches on, with their options, and what is wrong with those.
pub fn builtin(config: &Config) -> (Plugins, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    for (name, _) in &config.plugins {
        if !BUILTINS.iter().any(|builtin| builtin.name == &**name) {
            let message = format!("there is no plugin `{name}`");
            let fault = unknown("unknown-plugin", &message, name, BUILTINS.map(|builtin| builtin.name));
            faults.push(fault.about("plugins", [&**name]));
        }
    }
    let mut plugins = Vec::new();
    for builtin in BUILTINS.iter().filter(|builtin| is_on(config, builtin.name)) {
        let mut options = Options::new(builtin.name, setting(config, builtin.name), &mut faults);
        options.known(builtin.options);
        plugins.push((builtin.make)(config, &mut options));
    }
    (Plugins::new(plugins), faults)
}

/// What the configuration says of a plugin. The last word counts, should it be named twice.
fn setting<'a>(config: &'a Config, name: &str) -> Option<&'a Data> {
    config.plugins.iter().rev().find(|(known, _)| &**known == name).map(|(_, setting)| setting)
}

fn is_on(config: &Config, name: &str) -> bool {
    setting(config, name).and_then(Data::as_bool).unwrap_or(true)
}

/// A name that nothing is called, with the name that was probably meant.
fn unknown(
    code: &'static str,
    message: &str,
    name: &str,
    known: impl IntoIterator<Item = &'static str>,
) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "it takes no options".to_owned(),
        None => format!("there are `{}`", known.join("`, `")),
    };
    Diagnostic::warning(code, CONFIG, message).help(help)
}

#[cfg(test)]
mod tests {
    use fika_plugin::Hook;

    use super::*;
    use crate::testing;

    /// The plugins that run, and what is wrong, with a configuration's `plugins:`.
    fn with(plugins: Vec<(&str, Data)>) -> (Vec<String>, Vec<(String, Option<String>)>) {
        let mut config = testing::config();
        config.plugins = plugins.into_iter().map(|(name, setting)| (name.into(), setting)).collect();
        let (plugins, faults) = builtin(&config);
        let mut names: Vec<String> = [Hook::Body, Hook::Site, Hook::Files]
            .into_iter()
            .flat_map(|hook| plugins.with(hook).map(|plugin| plugin.name().to_owned()).collect::<Vec<_>>())
            .collect();
        names.sort();
        names.dedup();
        (names, faults.into_iter().map(|fault| (fault.message, fault.help)).collect())
    }

    fn map(entries: &[(&str, Data)]) -> Data {
        Data::Map(entries.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())
    }

    #[test]
    fn all_are_on_unless_switched_off() {
        assert_eq!(
            with(vec![]),
            (
                ["archive", "feed", "highlight", "math", "robots", "sitemap", "taxonomies"]
                    .map(str::to_owned)
                    .to_vec(),
                vec![]
            )
        );
        let (names, faults) = with(vec![
            ("feed", Data::Bool(false)),
            ("sitemap", Data::Bool(true)),
            ("robots", Data::Null),
            ("taxonomies", map(&[])),
        ]);
        assert_eq!(
            (names, faults),
            (
                ["archive", "highlight", "math", "robots", "sitemap", "taxonomies"]
                    .map(str::to_owned)
                    .to_vec(),
                vec![]
            )
        );
    }

    #[test]
    fn what_nobody_knows_is_reported_with_what_was_meant() {
        let (names, faults) = with(vec![
            ("feeds", Data::Bool(false)),
            ("search", Data::Bool(true)),
            ("feed", map(&[("limits", Data::Int(3)), ("limit", Data::from("all"))])),
            ("robots", map(&[("allow", Data::Bool(false))])),
            ("sitemap", Data::Int(3)),
        ]);
        let fault = |message: &str, help: &str| (message.to_owned(), Some(help.to_owned()));
        assert_eq!(names.len(), 7);
        assert_eq!(
            faults,
            [
                fault("there is no plugin `feeds`", "did you mean `feed`?"),
                fault(
                    "there is no plugin `search`",
                    "there are `highlight`, `math`, `taxonomies`, `archive`, `feed`, `sitemap`, `robots`"
                ),
                fault("the plugin `feed` has no option `limits`", "did you mean `limit`?"),
                fault(
                    "the option `limit` of the plugin `feed` is not a whole number",
                    "write a number of 0 or more; 0 means no limit"
                ),
                fault(
                    "the setting of the plugin `sitemap` is neither `true` or `false` nor a map of options",
                    "remove it, or write `sitemap: false` to switch the plugin off"
                ),
                fault("the plugin `robots` has no option `allow`", "it takes no options"),
            ]
        );
    }
}
