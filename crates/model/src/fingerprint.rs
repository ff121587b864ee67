//! Content hashes: what the memo compares instead of contents.

use std::fmt;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A 128-bit XXH3 hash. Equal fingerprints mean equal contents: among a billion files by chance two would agree
/// once in 10^20 times. It guards against accidents, not against attacks, of which a writer's own folder has none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of some bytes.
    pub fn of(bytes: impl AsRef<[u8]>) -> Fingerprint {
        cut(xxh3_128(bytes.as_ref()))
    }

    /// The fingerprint of all that a reader gives, the same as [`Fingerprint::of`] those bytes.
    pub fn of_reader(reader: &mut impl std::io::Read) -> std::io::Result<Fingerprint> {
        let mut hasher = Xxh3::new();
        let mut piece = vec![0; 64 << 10];
        loop {
            match reader.read(&mut piece)? {
                0 => return Ok(cut(hasher.digest128())),
                len => hasher.update(&piece[..len]),
            }
        }
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
pub struct Fingerprinter(Vec<u8>);

impl Fingerprinter {
    /// An empty fingerprinter.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part.
    pub fn add(&mut self, part: impl AsRef<[u8]>) -> &mut Self {
        let part = part.as_ref();
        self.0.extend_from_slice(&(part.len() as u64).to_le_bytes());
        self.0.extend_from_slice(part);
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
        self.0.extend_from_slice(&number.to_le_bytes());
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
        cut(xxh3_128(&self.0))
    }
}

fn cut(hash: u128) -> Fingerprint {
    Fingerprint(hash.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gives_what_its_bytes_give() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|number| (number % 251) as u8).collect();
        assert_eq!(Fingerprint::of_reader(&mut bytes.as_slice()).unwrap(), Fingerprint::of(&bytes));
        assert_eq!(Fingerprint::of_reader(&mut [].as_slice()).unwrap(), Fingerprint::of([]));
    }

    #[test]
    fn parts_are_framed() {
        let of = |parts: &[&str]| Fingerprinter::new().add_all(parts).finish();
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a", ""]), of(&["a"]));
        assert_ne!(
            Fingerprinter::new().add_opt(None::<&str>).finish(),
            Fingerprinter::new().add_opt(Some("")).finish()
        );
    }
}
