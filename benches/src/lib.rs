//! Corpora to measure with, and what is measured against.
//!
//! A [`Corpus`] is a seeded, bilingual site of any size, the same on every machine. [`floor`] is the least work there is on it.
//! The binaries: `corpus` writes one, `floor` times the least work, `compare` runs other tools on the same essays, and `measure`
//! says whether fika keeps what it promises. `cargo bench` looks at single builds.

// A benchmark is an edge: it reads the clock, writes corpora to the disk and looks for programs on the PATH.
#![allow(clippy::disallowed_methods)]

mod child;
mod corpus;
mod essay;
mod floor;
mod plain;
mod rng;
mod words;
mod workshop;

pub use child::{Cost, as_child, beside, cost, median, median_cost, on_path};
pub use corpus::{Corpus, File, Format, Tongue, write};
pub use floor::floor;
pub use plain::picture;
pub use rng::Rng;
pub use workshop::{Edit, Workshop};
