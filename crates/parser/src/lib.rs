//! One file in, one essay out. Pure; cannot fail; keeps spans.

use fika_model::{Config, Data, Diagnostic, Essay, Lang};

/// Reads files of a site with one configuration. Made once for a build, shared by all threads.
pub struct Parser {}

/// A plugin's `markdown` hook: language and text in, new text out, or `None` to leave it.
pub type Before<'a> = &'a (dyn Fn(&Lang, &str) -> Option<String> + Sync);

impl Parser {
    /// A parser for a configuration.
    pub fn new(_config: &Config) -> Parser {
        unimplemented!()
    }
    /// Reads one Markdown file. `path` is its path from the site's root.
    pub fn parse(&self, _path: &str, _bytes: &[u8], _before: Before<'_>) -> Essay {
        unimplemented!()
    }
}

/// Reads `fika.yaml`. Every fault is reported; what is faulty takes its default.
pub fn config(_path: &str, _text: &str) -> (Config, Vec<Diagnostic>) {
    unimplemented!()
}

/// The configuration of a folder that has none. `name` is the folder's name, `paths` its Markdown files,
/// `sample` some of their text, from which the default language is told.
pub fn default_config(_name: &str, _content_dir: &str, _paths: &[&str], _sample: &str) -> Config {
    unimplemented!()
}

/// Reads a data file: `format` is `yaml`, `toml`, `json` or `csv`.
pub fn data(_path: &str, _text: &str, _format: &str) -> Result<Data, Diagnostic> {
    unimplemented!()
}
