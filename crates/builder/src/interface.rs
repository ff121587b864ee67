//! Words of the interface for text that is rendered without a site.

use std::sync::LazyLock;

use fika_model::{Config, Lang};
use fika_theme::Theme;

/// Gives the text of a message of the interface in a language, from the built-in theme. That is loaded when the first is
/// asked for.
pub fn interface(config: &Config, lang: &Lang) -> impl Fn(&str) -> String {
    let theme = LazyLock::new(|| Theme::load(config, fika_theme::builtin("paper").into_iter().collect()).0);
    move |key| theme.message(lang, key).unwrap_or_default()
}
