//! What templates may read besides the site: data files, and the sizes and fingerprints of published files.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use fika_model::{Body, Config, Data, Diagnostic, Fingerprint, Lang, Source};
use fika_parser::Parser;
use fika_theme::{Media, Resources};

use crate::world::World;
use crate::{Input, load, media, svg};

/// The files of one build. Each is looked at once.
pub(crate) struct SiteResources {
    world: Arc<dyn World>,
    config: Arc<Config>,
    /// Reads Markdown that is not an essay; made when it is first asked for.
    parser: OnceLock<Parser>,
    /// Sorted by path.
    sources: Arc<[Source]>,
    fingerprints: Known<Option<Fingerprint>>,
    sizes: Known<Option<(u32, u32)>>,
    /// Of files whose names do not say it, or say something else.
    kinds: Known<Media>,
}

impl SiteResources {
    pub(crate) fn new(input: &Input) -> SiteResources {
        SiteResources {
            world: input.world.clone(),
            config: input.config.clone(),
            parser: OnceLock::new(),
            sources: input.sources.clone(),
            fingerprints: RwLock::default(),
            sizes: RwLock::default(),
            kinds: RwLock::default(),
        }
    }

    /// What the first bytes of a file say that it is.
    fn sniffed(&self, path: &str) -> Media {
        let Some(source) = self.source(path) else { return Media::Other };
        let read = || self.world.head(path, media::HEAD).map_or(Media::Other, |head| media::sniffed(&head));
        once(&self.kinds, &source.path, read)
    }

    fn source(&self, path: &str) -> Option<&Source> {
        let at = self.sources.binary_search_by(|source| (*source.path).cmp(path)).ok()?;
        Some(&self.sources[at])
    }

    /// Takes note of the fingerprint of a file that was read for another reason.
    pub(crate) fn learn(&self, path: &Arc<str>, content: Fingerprint) {
        once(&self.fingerprints, path, || Some(content));
    }

    /// The fingerprint of a file of the site, from its stamp or from its bytes.
    pub(crate) fn fingerprint_of(&self, source: &Source) -> Option<Fingerprint> {
        if source.known.is_some() {
            return source.known;
        }
        once(&self.fingerprints, &source.path, || match self.world.disk_path(&source.path) {
            Some(path) => load::fingerprint_file(&path),
            None => self.world.read(&source.path).ok().map(Fingerprint::of),
        })
    }
}

impl Resources for SiteResources {
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
        if self.source(path).is_none() {
            return Err(io::ErrorKind::NotFound.into());
        }
        self.world.read(path).map(Arc::from)
    }

    fn literal(&self, text: &str, format: &str) -> Result<Data, Diagnostic> {
        fika_parser::data("", text, format)
    }

    fn fingerprint(&self, path: &str) -> Option<Fingerprint> {
        self.fingerprint_of(self.source(path)?)
    }

    fn image_size(&self, path: &str) -> Option<(u32, u32)> {
        let source = self.source(path)?;
        once(&self.sizes, &source.path, || {
            let is_unnamed_svg = || media::named(path).is_none() && self.sniffed(path) == Media::UnnamedSvg;
            if media::is_svg(path) || is_unnamed_svg() {
                return svg::size(&String::from_utf8_lossy(&self.world.read(path).ok()?));
            }
            let size = match self.world.disk_path(path) {
                Some(file) => imagesize::size(file),
                None => imagesize::blob_size(&self.world.read(path).ok()?),
            };
            size.ok().map(|size| (size.width as u32, size.height as u32))
        })
    }

    fn media(&self, path: &str) -> Media {
        match media::named(path) {
            // What has no size is no picture of that kind, whatever its name says.
            Some(Media::Picture) if media::has_size(path) && self.image_size(path).is_none() => {
                match self.sniffed(path) {
                    Media::Picture | Media::Other => Media::Broken,
                    other => other,
                }
            }
            Some(media) => media,
            None => self.sniffed(path),
        }
    }

    fn markdown(&self, lang: &Lang, text: &str) -> Option<Body> {
        Some(self.parser.get_or_init(|| Parser::new(&self.config)).markdown(lang, text))
    }

    fn data(&self, path: &str, format: Option<&str>) -> Result<Data, Diagnostic> {
        let missing = |error: io::Error| {
            Diagnostic::error("load-data", path, format!("cannot read this file: {error}"))
        };
        let bytes = self.read(path).map_err(missing)?;
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        fika_parser::data(path, &String::from_utf8_lossy(&bytes), format.unwrap_or(extension))
    }
}

/// What was found out, by path.
type Known<T> = RwLock<HashMap<Arc<str>, T>>;

/// Looks a value up, or finds it out and keeps it.
fn once<T: Clone>(kept: &Known<T>, key: &Arc<str>, find: impl FnOnce() -> T) -> T {
    if let Some(known) = kept.read().unwrap_or_else(PoisonError::into_inner).get(key) {
        return known.clone();
    }
    let found = find();
    kept.write().unwrap_or_else(PoisonError::into_inner).entry(key.clone()).or_insert(found).clone()
}
