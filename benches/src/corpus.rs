//! A corpus: every file of a site in two languages, told by a number of essays and a seed alone.

use std::io;
use std::path::Path;

use crate::essay::{Pen, Place};
use crate::plain;
use crate::rng::Rng;
use crate::words::{EN, Words, ZH};

/// The tool a corpus is written for. The essays are the same; links, configuration and theme are as that tool has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// fika, with its default theme.
    #[default]
    Fika,
    /// Hugo, with a plain theme of the same pages.
    Hugo,
    /// Zola, with a plain theme of the same pages.
    Zola,
}

impl Format {
    /// The format of a name.
    pub fn named(name: &str) -> Option<Format> {
        match name {
            "fika" => Some(Format::Fika),
            "hugo" => Some(Format::Hugo),
            "zola" => Some(Format::Zola),
            _ => None,
        }
    }
}

/// A language of the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// Chinese, the default language.
    Zh,
    /// English.
    En,
}

impl Tongue {
    /// What stands before `.md` in file names.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Tongue::Zh => "",
            Tongue::En => ".en",
        }
    }

    pub(crate) fn words(self) -> &'static Words {
        match self {
            Tongue::Zh => &ZH,
            Tongue::En => &EN,
        }
    }
}

/// A file: its path from the site's root, and its bytes.
pub type File = (String, Vec<u8>);

/// What a corpus is made from. Equal values give equal files, on every machine and on every day.
#[derive(Debug, Clone, Copy)]
pub struct Corpus {
    /// Essays in each of the two languages.
    pub essays: usize,
    /// Which of all corpora of this size.
    pub seed: u64,
    /// For which tool.
    pub format: Format,
}

impl Corpus {
    /// A corpus for fika.
    pub fn new(essays: usize, seed: u64) -> Corpus {
        Corpus { essays, seed, format: Format::Fika }
    }

    /// Where an essay lies.
    fn place(&self, number: usize) -> Place {
        let section = ZH.sections[number % ZH.sections.len()].0;
        Place { number, section, bundle: number % 20 == 7 }
    }

    /// The path of an essay from the site's root.
    pub fn path(&self, number: usize, tongue: Tongue) -> String {
        format!("content/{}", self.place(number).path(tongue))
    }

    /// The text of an essay.
    pub fn essay(&self, number: usize, tongue: Tongue) -> String {
        let stream = (number as u64) * 4;
        let pen = Pen {
            place: self.place(number),
            tongue,
            format: self.format,
            words: tongue.words(),
            rng: Rng::new(self.seed, stream + 1 + tongue as u64),
            shape: Rng::new(self.seed, stream),
            places: &|number| self.place(number),
            essays: self.essays,
        };
        pen.write()
    }

    /// Every file, one after another.
    pub fn files(&self) -> impl Iterator<Item = File> + '_ {
        let essays = (0..self.essays).flat_map(move |number| {
            let picture = self.place(number).bundle.then(|| {
                let path = self.path(number, Tongue::Zh).replace("index.md", "here.png");
                (path, plain::picture(16, 16, number as u8))
            });
            let texts = [Tongue::Zh, Tongue::En]
                .map(|tongue| (self.path(number, tongue), self.essay(number, tongue).into_bytes()));
            texts.into_iter().chain(picture)
        });
        self.frame().into_iter().chain(essays)
    }

    /// The same site in Chinese alone: what the second language costs is what it adds to this.
    pub fn in_one_language(&self) -> impl Iterator<Item = File> + '_ {
        let own = self.files().filter(|(path, _)| !path.ends_with(".en.md"));
        own.map(|(path, bytes)| match path.as_str() {
            "fika.yaml" => {
                let text = String::from_utf8_lossy(&bytes);
                let (before, rest) = text.split_once("  en:\n").unwrap_or((&text, ""));
                let after = rest.find("\ntaxonomies").map_or("", |at| &rest[at + 1..]);
                (path, [before, after].concat().into_bytes())
            }
            _ => (path, bytes),
        })
    }

    /// Configuration, sections, theme and shared pictures.
    fn frame(&self) -> Vec<File> {
        let mut files = plain::files(self.format);
        for tongue in [Tongue::Zh, Tongue::En] {
            let home = if tongue == Tongue::Zh { "渡口" } else { "The Landing" };
            files.push((self.section_path("", tongue), plain::section(self.format, home)));
            for (folder, title) in tongue.words().sections {
                files.push((self.section_path(folder, tongue), plain::section(self.format, title)));
            }
        }
        files
    }

    fn section_path(&self, folder: &str, tongue: Tongue) -> String {
        let slash = if folder.is_empty() { "" } else { "/" };
        format!("content/{folder}{slash}_index{}.md", tongue.suffix())
    }

    /// Every file of the same corpus in Chinese alone, and with a page of each essay in the other script, if that is wanted.
    pub fn chinese(&self, derived: bool) -> impl Iterator<Item = File> + '_ {
        let chinese = self.files().filter(|(path, _)| !path.ends_with(".en.md"));
        chinese.map(move |(path, bytes)| match path.as_str() {
            "fika.yaml" => (path, plain::chinese(derived).into_bytes()),
            _ => (path, bytes),
        })
    }

    /// Writes the corpus into a folder, which is made.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        write(self.files(), folder)
    }
}

/// Writes files into a folder, which is made.
pub fn write(files: impl Iterator<Item = File>, folder: &Path) -> io::Result<()> {
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_seed_is_a_corpus() {
        let one: Vec<File> = Corpus::new(40, 1).files().collect();
        assert_eq!(one, Corpus::new(40, 1).files().collect::<Vec<_>>());
        assert_ne!(one, Corpus::new(40, 2).files().collect::<Vec<_>>());
        let paths: HashSet<&str> = one.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths.len(), one.len(), "no path twice");
    }

    #[test]
    fn the_first_language_alone_is_half_the_essays() {
        let corpus = Corpus::new(20, 1);
        let essays = |files: &[File]| files.iter().filter(|(path, _)| path.ends_with(".md")).count();
        let (both, one): (Vec<File>, Vec<File>) =
            (corpus.files().collect(), corpus.in_one_language().collect());
        assert_eq!(essays(&both), 2 * essays(&one));
        let config =
            one.iter().find(|(path, _)| path == "fika.yaml").map(|(_, bytes)| String::from_utf8_lossy(bytes));
        assert!(config.is_some_and(|text| text.contains("  zh:") && !text.contains("  en:")));
    }

    #[test]
    fn essays_have_the_size_and_the_parts_of_real_ones() {
        let corpus = Corpus::new(60, 3);
        let mut all = String::new();
        for number in 0..60 {
            for tongue in [Tongue::Zh, Tongue::En] {
                let text = corpus.essay(number, tongue);
                assert!((3_000..16_000).contains(&text.len()), "{number} {tongue:?}: {} bytes", text.len());
                all.push_str(&text);
            }
        }
        for part in [
            "\n> ",
            "\n```rust",
            "\n1. ",
            "\n- **",
            "[^n1]:",
            "](@/",
            "](/img/",
            "](here.png)",
            "。**",
            "<!-- more -->",
            "|--:|",
        ] {
            assert!(all.contains(part), "{part}");
        }
    }

    #[test]
    fn links_lead_to_essays() {
        let corpus = Corpus { format: Format::Zola, ..Corpus::new(50, 9) };
        let paths: HashSet<String> = corpus.files().map(|(path, _)| path).collect();
        let mut links = 0;
        for number in 0..50 {
            let text = corpus.essay(number, Tongue::En);
            for link in text.split("](@/").skip(1) {
                let path = format!("content/{}", link.split(')').next().unwrap_or_default());
                assert!(paths.contains(&path), "{path}");
                links += 1;
            }
        }
        assert!(links > 20);
    }
}
