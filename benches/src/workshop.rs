//! A corpus on a disk that is built again and again after small edits, as `fika serve` does.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fika_builder::{Built, DiskSink, LoadOptions, Lock, Memo, MemorySink, Sink, build, load};

use crate::{Corpus, Tongue};

/// What a writer changes between two builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Nothing.
    Nothing,
    /// The text of one essay.
    Body,
    /// The title of one essay, which lists, neighbours and feeds show.
    Title,
    /// The template of all essays.
    Template,
    /// One string of the Chinese interface.
    Message,
}

impl Edit {
    /// All of them, from the smallest.
    pub const ALL: [Edit; 5] = [Edit::Nothing, Edit::Body, Edit::Title, Edit::Message, Edit::Template];
}

/// A corpus, the memo that is kept from build to build, and where its output goes.
pub struct Workshop {
    folder: PathBuf,
    options: LoadOptions,
    corpus: Corpus,
    memo: Memo,
    memory: Option<MemorySink>,
    edits: usize,
}

impl Workshop {
    /// A new corpus in a folder; its output goes to memory, or else to `public/` beside the content.
    pub fn new(folder: &Path, essays: usize, in_memory: bool) -> io::Result<Workshop> {
        let corpus = Corpus::new(essays, 1);
        corpus.write(folder)?;
        let as_of = Some("2026-01-01".to_owned());
        let options = LoadOptions {
            root: folder.to_owned(),
            out: Some(folder.join("public")),
            as_of,
            ..LoadOptions::default()
        };
        Ok(Workshop {
            folder: folder.to_owned(),
            options,
            corpus,
            memo: Memo::empty(),
            memory: in_memory.then(MemorySink::default),
            edits: 0,
        })
    }

    /// Forgets everything that earlier builds made.
    pub fn forget(&mut self) -> io::Result<()> {
        self.memo = Memo::empty();
        if self.memory.is_some() {
            self.memory = Some(MemorySink::default());
            return Ok(());
        }
        for folder in ["public", ".fika"] {
            match std::fs::remove_dir_all(self.folder.join(folder)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Loads and builds.
    pub fn build(&mut self) -> io::Result<Built> {
        let loaded = load(&self.options, &mut self.memo);
        let (plugins, _) = fika_plugins::builtin(&loaded.input.config);
        let disk;
        let sink: &dyn Sink = match &self.memory {
            Some(memory) => memory,
            None => {
                let lock = Lock::take(&self.folder, || ())?;
                disk = (DiskSink::open(&lock, &self.folder, &loaded.out)?, lock);
                &disk.0
            }
        };
        Ok(build(&loaded.input, &plugins, &mut self.memo, sink))
    }

    /// Changes a file, each time in another way.
    pub fn edit(&mut self, edit: Edit) -> io::Result<()> {
        self.edits += 1;
        let number = self.edits;
        let essay = self.folder.join(self.corpus.path(number % self.corpus.essays, Tongue::Zh));
        match edit {
            Edit::Nothing => Ok(()),
            Edit::Body => {
                let text = std::fs::read_to_string(&essay)?;
                std::fs::write(&essay, format!("{text}第{number}次改动。\n"))
            }
            Edit::Title => {
                let text = std::fs::read_to_string(&essay)?;
                let rest = text
                    .split_once("title: ")
                    .and_then(|(_, rest)| rest.split_once('\n'))
                    .map_or("", |(_, rest)| rest);
                std::fs::write(&essay, format!("---\ntitle: \"第{number}个题目\"\n{rest}"))
            }
            Edit::Template => self.override_theme("templates/page.html", |text| {
                text.replacen("<article", &format!("<article data-edit=\"{number}\""), 1)
            }),
            Edit::Message => self.override_theme("i18n/zh.ftl", |text| {
                let message =
                    text.lines().find(|line| line.contains(" = ") && !line.contains('{')).unwrap_or_default();
                format!("{message}{number}\n")
            }),
        }
    }

    /// Puts a changed copy of a file of the built-in theme into the site.
    fn override_theme(&self, name: &str, change: impl FnOnce(&str) -> String) -> io::Result<()> {
        let files = fika_theme::builtin("paper").unwrap_or_default();
        let file = files.iter().find(|file| &*file.path == name);
        let bytes: Arc<[u8]> = file
            .map(|file| file.bytes.clone())
            .ok_or_else(|| io::Error::other(format!("paper has no {name}")))?;
        let path = self.folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
        std::fs::write(path, change(&String::from_utf8_lossy(&bytes)))
    }
}
