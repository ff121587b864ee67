//! Content hashes: what the memo compares instead of contents.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The first 128 bits of a BLAKE3 hash. Equal fingerprints mean equal contents.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of some bytes.
    pub fn of(bytes: impl AsRef<[u8]>) -> Fingerprint {
        cut(blake3::hash(bytes.as_ref()))
    }

    /// The fingerprint of all that a reader gives, the same as [`Fingerprint::of`] those bytes.
    pub fn of_reader(reader: &mut impl std::io::Read) -> std::io::Result<Fingerprint> {
        let mut hasher = blake3::Hasher::new();
        std::io::copy(reader, &mut hasher)?;
        Ok(cut(hasher.finalize()))
    }

    /// The fingerprint as 32 hexadecimal digits, for file names and `?h=`.
    pub fn to_hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl AsRef<[u8]> for Fingerprint {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

/// Makes one fingerprint of many parts. Every part is framed by its length, so `ab`+`c` differs from `a`+`bc`.
#[derive(Default)]
pub struct Fingerprinter(blake3::Hasher);

impl Fingerprinter {
    /// An empty fingerprinter.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part.
    pub fn add(&mut self, part: impl AsRef<[u8]>) -> &mut Self {
        let part = part.as_ref();
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    /// Adds parts, and how many there are.
    pub fn add_all<T: AsRef<[u8]>>(&mut self, parts: impl IntoIterator<Item = T>) -> &mut Self {
        let mut count = 0;
        for part in parts {
            self.add(part);
            count += 1;
        }
        self.add_u64(count)
    }

    /// Adds a number.
    pub fn add_u64(&mut self, number: u64) -> &mut Self {
        self.0.update(&number.to_le_bytes());
        self
    }

    /// Adds a part that may be missing; a missing one differs from an empty one.
    pub fn add_opt(&mut self, part: Option<impl AsRef<[u8]>>) -> &mut Self {
        match part {
            Some(part) => self.add_u64(1).add(part),
            None => self.add_u64(0),
        }
    }

    /// The fingerprint of all parts so far.
    pub fn finish(&self) -> Fingerprint {
        cut(self.0.finalize())
    }
}

fn cut(hash: blake3::Hash) -> Fingerprint {
    let mut short = [0; 16];
    short.copy_from_slice(&hash.as_bytes()[..16]);
    Fingerprint(short)
}
