//! Files that a build leaves for the next one. A file is made of pieces, which all threads encode and decode at once, behind a table
//! of their lengths and a checksum: one that is damaged or of another format is none.
#![allow(clippy::disallowed_methods)] // the files are read and written here

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use fika_model::{Fingerprint, Fingerprinter};
use rayon::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// How pieces, lengths and checksum lie in a file: it changes when that does, and not with what is kept, for the record of what fika
/// wrote must outlive the program that wrote it. What changes its shape with the program says itself of which program it is.
const FORMAT: &str = "fika 6";

/// How many values of a list a piece holds: enough that the pieces are few, and so few that every thread has some.
const PIECE: usize = 64;

/// The bytes of a checksum, and of a length.
const SUM: usize = 16;
const LENGTH: usize = 8;

/// Values on their way into a file.
pub(crate) struct Stored(Vec<Vec<u8>>);

impl Stored {
    /// A value, as the first piece.
    pub(crate) fn of(value: &impl Serialize) -> Stored {
        Stored(vec![encode(value)])
    }

    /// A list behind it, many values to a piece.
    pub(crate) fn with<T: Serialize + Sync>(mut self, values: &[T]) -> Stored {
        self.0.par_extend(values.par_chunks(PIECE).map(|values| encode(&values)));
        self
    }

    /// Writes the file, as a whole or not at all: first beside it, on the same file system, with another ending.
    pub(crate) fn write(&self, file: &Path) -> io::Result<()> {
        let unfinished = file.with_extension("unfinished");
        let mut head = checksum(self.0.par_iter().map(Vec::as_slice)).as_ref().to_vec();
        for length in [self.0.len()].into_iter().chain(self.0.iter().map(Vec::len)) {
            head.extend((length as u64).to_le_bytes());
        }
        let mut open = File::create(&unfinished)?;
        open.write_all(&head)?;
        for piece in &self.0 {
            open.write_all(piece)?;
        }
        drop(open);
        fs::rename(&unfinished, file)
    }
}

/// A value and the list behind it, from such a file; nothing if the file is missing, damaged or of another format.
pub(crate) fn read<One, T>(file: &Path) -> Option<(One, Vec<T>)>
where
    One: DeserializeOwned + Send,
    T: DeserializeOwned + Send,
{
    let bytes = fs::read(file).ok()?;
    let pieces = pieces(&bytes)?;
    let (first, rest) = pieces.split_first()?;
    let decode = |piece: &&[u8]| postcard::from_bytes::<Vec<T>>(piece).ok();
    let (first, rest) = rayon::join(
        || postcard::from_bytes(first).ok(),
        || rest.par_iter().map(decode).collect::<Option<Vec<Vec<T>>>>(),
    );
    Some((first?, rest?.into_iter().flatten().collect()))
}

/// A value that stands alone in its file.
pub(crate) fn read_value<T: DeserializeOwned + Send>(file: &Path) -> Option<T> {
    read::<T, ()>(file).map(|(value, _)| value)
}

/// The pieces of a file, if it is whole.
fn pieces(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let (sum, rest) = bytes.split_at_checked(SUM)?;
    let (count, rest) = length(rest)?;
    let (table, mut rest) = rest.split_at_checked(count.checked_mul(LENGTH)?)?;
    let mut pieces = Vec::with_capacity(count);
    for entry in table.chunks(LENGTH) {
        let (piece, behind) = rest.split_at_checked(length(entry)?.0)?;
        pieces.push(piece);
        rest = behind;
    }
    let is_whole = rest.is_empty() && checksum(pieces.par_iter().copied()).as_ref() == sum;
    is_whole.then_some(pieces)
}

/// The length that some bytes begin with, and what stands behind it.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
    Some((usize::try_from(u64::from_le_bytes(*length)).ok()?, rest))
}

fn checksum<'a>(pieces: impl IndexedParallelIterator<Item = &'a [u8]>) -> Fingerprint {
    let sums: Vec<Fingerprint> = pieces.map(Fingerprint::of).collect();
    Fingerprinter::new().add(FORMAT).add_all(sums).finish()
}

/// A value as bytes. All that is kept can be written so: a value that could not would be no value when it is read.
fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        let list: Vec<String> = (0..3 * PIECE).map(|number| format!("字 {number}")).collect();
        Stored::of(&("头", 7_u32)).with(&list).write(&file).unwrap();
        let read = || read::<(String, u32), String>(&file);
        assert_eq!(read(), Some((("头".to_owned(), 7), list)));
        assert_eq!(read_value(&file), Some(("头".to_owned(), 7_u32)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");

        let whole = fs::read(&file).unwrap();
        for at in (0..whole.len()).step_by(7) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            fs::write(&file, &damaged).unwrap();
            assert_eq!(read(), None, "byte {at} was damaged");
            fs::write(&file, &whole[..at]).unwrap();
            assert_eq!(read(), None, "it ends at byte {at}");
        }
        fs::remove_file(&file).unwrap();
        assert_eq!(read(), None);
    }

    #[test]
    fn an_empty_list_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        Stored::of(&1_u8).with::<u8>(&[]).write(&file).unwrap();
        assert_eq!(read::<u8, u8>(&file), Some((1, Vec::new())));
    }
}
