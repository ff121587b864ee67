//! Language in the core: tags, values that differ by language, interface strings, and dates, numbers, lists and order as
//! each language has them.
//!
//! This crate is the lowest of the workspace: it knows nothing of essays, sites or templates.

mod catalogue;
mod collation;
mod dates;
mod fnv;
mod lang;
mod lists;
mod localized;
mod numbers;
mod pinyin;
mod plurals;
mod script;

pub use catalogue::{Arg, CatalogueFault, CatalogueSource, Catalogues, Definition, Message};
pub use collation::Collation;
pub use dates::{DateName, DateStyle, Dates};
pub use lang::{Direction, Lang, LangError};
pub use lists::{ListStyle, Lists};
pub use localized::Localized;
pub use numbers::Numbers;
pub use script::{
    Converter, Converters, Html, Phrases, Rules, Scheme, Variant, kept, leaves_script_open, scheme,
};
