//! Files that a build leaves for the next one. A file is made of pieces, which all threads encode and decode at once, behind a checksum
//! and a table of their lengths: one that is damaged or of another format is none. Only some pieces are in memory at a time, for a file
//! holds all cards of a site, and memory that was never touched before is dear.
#![allow(clippy::disallowed_methods)] // the files are read and written here

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;

use fika_model::{Fingerprint, Fingerprinter};
use rayon::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// How pieces, lengths and checksum lie in a file: it changes when that does, and not with what is kept, for the record of what fika
/// wrote must outlive the program that wrote it. What changes its shape with the program says itself of which program it is.
const FORMAT: &str = "fika 6";

/// How many values of a list a piece holds: enough that the pieces are few, and so few that every thread has some.
const PIECE: usize = 64;

/// How many pieces are in memory at a time.
const PIECES: usize = 16;

/// The bytes of a checksum, and of a length.
const SUM: usize = 16;
const LENGTH: usize = 8;

/// Writes a file with a value as its first piece and a list behind it, as a whole or not at all: first beside it, on the same file
/// system, with another ending.
pub(crate) fn write<T: Serialize + Sync>(file: &Path, first: &impl Serialize, list: &[T]) -> io::Result<()> {
    let unfinished = file.with_extension("unfinished");
    let mut open = File::create(&unfinished)?;
    let count = 1 + list.len().div_ceil(PIECE);
    let (mut sums, mut lengths) = (Vec::with_capacity(count), Vec::with_capacity(count));
    // What stands at the head is known when all is written.
    open.write_all(&vec![0; SUM + LENGTH * (1 + count)])?;
    let mut put = |pieces: &[(Fingerprint, Vec<u8>)]| {
        pieces.iter().try_for_each(|(sum, piece)| {
            sums.push(*sum);
            lengths.push(piece.len());
            open.write_all(piece)
        })
    };
    put(&[summed(encode(first))])?;
    for values in list.chunks(PIECE * PIECES) {
        let pieces = values.par_chunks(PIECE).map(|values| summed(encode(&values)));
        put(&pieces.collect::<Vec<_>>())?;
    }
    let mut head = checksum(sums).as_ref().to_vec();
    for length in [count].into_iter().chain(lengths) {
        head.extend((length as u64).to_le_bytes());
    }
    open.rewind()?;
    open.write_all(&head)?;
    drop(open);
    fs::rename(&unfinished, file)
}

/// Writes a value that stands alone in its file.
pub(crate) fn write_value(file: &Path, value: &impl Serialize) -> io::Result<()> {
    write::<()>(file, value, &[])
}

/// A value and the list behind it, from such a file; nothing if the file is missing, damaged or of another format.
pub(crate) fn read<One, T>(file: &Path) -> Option<(One, Vec<T>)>
where
    One: DeserializeOwned + Send,
    T: DeserializeOwned + Send,
{
    let mut open = File::open(file).ok()?;
    let (sum, lengths) = head(&mut open)?;
    let (first, rest) = lengths.split_first()?;
    let mut piece = vec![0; *first];
    open.read_exact(&mut piece).ok()?;
    let (first, list) = rayon::join(|| decode::<One>(&piece), || read_list::<T>(&mut open, rest));
    let ((first_sum, first), (sums, list)) = (first, list?);
    let is_whole = checksum([first_sum].into_iter().chain(sums)).as_ref() == sum;
    Some((first?, list)).filter(|_| is_whole)
}

/// A value that stands alone in its file.
pub(crate) fn read_value<T: DeserializeOwned + Send>(file: &Path) -> Option<T> {
    read::<T, ()>(file).map(|(value, _)| value)
}

/// The checksum and the lengths of the pieces that a file begins with, if it is as long as they say.
fn head(open: &mut File) -> Option<([u8; SUM], Vec<usize>)> {
    let size = usize::try_from(open.metadata().ok()?.len()).ok()?;
    let (mut sum, mut count) = ([0; SUM], [0; LENGTH]);
    open.read_exact(&mut sum).ok()?;
    open.read_exact(&mut count).ok()?;
    let length = |bytes: [u8; LENGTH]| usize::try_from(u64::from_le_bytes(bytes)).ok();
    // A damaged count must not ask for more memory than there are bytes.
    let table = length(count)?.checked_mul(LENGTH).filter(|table| *table <= size)?;
    let mut table = vec![0; table];
    open.read_exact(&mut table).ok()?;
    let entries = table.chunks_exact(LENGTH).map(|entry| length(entry.try_into().ok()?));
    let lengths: Vec<usize> = entries.collect::<Option<_>>()?;
    let pieces =
        lengths.iter().try_fold(SUM + LENGTH + table.len(), |sum, length| sum.checked_add(*length))?;
    (pieces == size).then_some((sum, lengths))
}

/// The values of pieces of these lengths, and what the pieces add to the checksum. Nothing if one cannot be read.
fn read_list<T: DeserializeOwned + Send>(
    open: &mut File,
    lengths: &[usize],
) -> Option<(Vec<Fingerprint>, Vec<T>)> {
    let (mut sums, mut values, mut buffer) = (Vec::with_capacity(lengths.len()), Vec::new(), Vec::new());
    for lengths in lengths.chunks(PIECES) {
        buffer.resize(lengths.iter().sum(), 0);
        open.read_exact(&mut buffer).ok()?;
        let mut rest = buffer.as_slice();
        let pieces = lengths.iter().map(|&length| rest.split_off(..length));
        let pieces: Vec<&[u8]> = pieces.collect::<Option<_>>()?;
        let decoded: Vec<(Fingerprint, Option<Vec<T>>)> =
            pieces.par_iter().map(|piece| decode(piece)).collect();
        for (sum, part) in decoded {
            sums.push(sum);
            values.append(&mut part?);
        }
    }
    Some((sums, values))
}

fn checksum(pieces: impl IntoIterator<Item = Fingerprint>) -> Fingerprint {
    Fingerprinter::new().add(FORMAT).add_all(pieces).finish()
}

/// A piece with what it adds to the checksum.
fn summed(piece: Vec<u8>) -> (Fingerprint, Vec<u8>) {
    (Fingerprint::of(&piece), piece)
}

/// What a piece holds, if it can be read, and what it adds to the checksum.
fn decode<T: DeserializeOwned>(piece: &[u8]) -> (Fingerprint, Option<T>) {
    (Fingerprint::of(piece), postcard::from_bytes(piece).ok())
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
        write(&file, &("头", 7_u32), &list).unwrap();
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
        write::<u8>(&file, &1_u8, &[]).unwrap();
        assert_eq!(read::<u8, u8>(&file), Some((1, Vec::new())));
    }

    #[test]
    fn a_list_may_be_longer_than_what_is_in_memory_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        let list: Vec<u32> = (0..3 * (PIECE * PIECES) as u32 + 1).collect();
        write(&file, &(), &list).unwrap();
        assert_eq!(read::<(), u32>(&file), Some(((), list)));
    }
}
