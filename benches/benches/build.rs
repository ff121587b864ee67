//! `cargo bench -p fika-benches`: builds from nothing, unchanged ones, and builds after one edit, by the size of the site.
//!
//! Sizes are essays in each of two languages: 100 and 1,000, and 10,000 too when `FIKA_BENCH_LARGE` is set.

// A benchmark is an edge: it reads the environment and writes corpora to the disk.
#![allow(clippy::disallowed_methods)]

use divan::{Bencher, counter::ItemsCount};
use fika_benches::{Edit, Workshop};
use tempfile::TempDir;

fn main() {
    divan::main();
}

fn sizes() -> Vec<usize> {
    let large = std::env::var_os("FIKA_BENCH_LARGE").is_some();
    if large { vec![100, 1000, 10_000] } else { vec![100, 1000] }
}

/// A corpus that was built once, or not yet.
fn workshop(essays: usize, in_memory: bool, built: bool) -> (TempDir, Workshop) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut workshop = Workshop::new(folder.path(), essays, in_memory).expect("a corpus");
    if built {
        // The second time, no file is so new that its time of change cannot be trusted.
        workshop.build().expect("a build");
        std::thread::sleep(std::time::Duration::from_millis(100));
        workshop.build().expect("a build");
    }
    (folder, workshop)
}

/// Times a build from nothing.
fn cold(bencher: Bencher<'_, '_>, essays: usize, in_memory: bool) {
    let (_folder, workshop) = workshop(essays, in_memory, false);
    let workshop = std::cell::RefCell::new(workshop);
    bencher
        .counter(ItemsCount::new(essays * 2))
        .with_inputs(|| workshop.borrow_mut().forget().expect("the output to go"))
        .bench_local_values(|()| workshop.borrow_mut().build().expect("a build"));
}

/// Times load and build after an edit.
fn after(bencher: Bencher<'_, '_>, essays: usize, in_memory: bool, edit: Edit) {
    let (_folder, workshop) = workshop(essays, in_memory, true);
    let workshop = std::cell::RefCell::new(workshop);
    bencher
        .with_inputs(|| workshop.borrow_mut().edit(edit).expect("an edit"))
        .bench_local_values(|()| workshop.borrow_mut().build().expect("a build"));
}

macro_rules! benches {
    ($place:ident, $in_memory:literal) => {
        mod $place {
            use super::*;

            #[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
            fn cold(bencher: Bencher<'_, '_>, essays: usize) {
                super::cold(bencher, essays, $in_memory);
            }
            #[divan::bench(args = sizes(), sample_count = 9, sample_size = 1)]
            fn unchanged(bencher: Bencher<'_, '_>, essays: usize) {
                after(bencher, essays, $in_memory, Edit::Nothing);
            }
            #[divan::bench(args = sizes(), sample_count = 9, sample_size = 1)]
            fn one_body(bencher: Bencher<'_, '_>, essays: usize) {
                after(bencher, essays, $in_memory, Edit::Body);
            }
            #[divan::bench(args = sizes(), sample_count = 9, sample_size = 1)]
            fn one_title(bencher: Bencher<'_, '_>, essays: usize) {
                after(bencher, essays, $in_memory, Edit::Title);
            }
            #[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
            fn one_message(bencher: Bencher<'_, '_>, essays: usize) {
                after(bencher, essays, $in_memory, Edit::Message);
            }
            #[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
            fn one_template(bencher: Bencher<'_, '_>, essays: usize) {
                after(bencher, essays, $in_memory, Edit::Template);
            }
        }
    };
}

benches!(memory, true);
benches!(disk, false);
