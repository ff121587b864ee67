//! The themes that are built into the binary.

use std::sync::Arc;

use rust_embed::RustEmbed;

use crate::ThemeFile;

/// The default theme. Only what a build reads is embedded; its notes and pictures are not.
#[derive(RustEmbed)]
#[folder = "../../themes/paper"]
#[include = "templates/*"]
#[include = "i18n/*"]
#[include = "static/*"]
#[include = "theme.yaml"]
#[exclude = "*.md"]
struct Paper;

/// The files of a theme that is built into the binary, such as `paper`, sorted by path.
pub fn builtin(name: &str) -> Option<Vec<ThemeFile>> {
    match name {
        "paper" => Some(files::<Paper>(name)),
        _ => None,
    }
}

fn files<Embedded: RustEmbed>(name: &str) -> Vec<ThemeFile> {
    let mut paths: Vec<_> = Embedded::iter().collect();
    paths.sort_unstable();
    let file = |path: std::borrow::Cow<'static, str>| {
        let bytes: Arc<[u8]> = Embedded::get(&path)?.data.as_ref().into();
        Some(ThemeFile { origin: format!("{name}:{path}").into(), path: path.as_ref().into(), bytes })
    };
    paths.into_iter().filter_map(file).collect()
}
