//! Simplified and Traditional Chinese: text and HTML converted by the tables of OpenCC.
//!
//! ```text
//! opencc/*.txt --build.rs--> packed --Tables--> tries --Converter::new--> Converter --text, html--> the other script
//! ```
//!
//! One character of Simplified Chinese stands for several Traditional ones (发 is 發 or 髮), so that text is converted by
//! phrases: the longest that is known is taken first, and only what belongs to none is converted character by character.
//! The result is OpenCC's to the letter, with its dictionaries of version 1.4.1; `tests/opencc.rs` holds them together.
//!
//! This crate knows nothing of languages or essays. Which scheme two language tags ask for is told by `fika-i18n`.

mod characters;
mod converters;
mod filter;
mod html;
mod kept;
mod phrases;
mod pieces;
mod scheme;
mod tables;
mod text;
mod trie;

pub use converters::Converters;
pub use html::{Html, Rules};
pub use kept::kept;
pub use phrases::Phrases;
pub use scheme::Scheme;
pub use text::Converter;
