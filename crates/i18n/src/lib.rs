//! Language in the core: tags, values that differ by language, interface strings, dates.
//!
//! This crate is the lowest of the workspace: it knows nothing of essays, sites or templates.

mod catalogue;
mod dates;
mod fnv;
mod lang;
mod localized;

pub use catalogue::{Arg, CatalogueFault, CatalogueSource, Catalogues, Message};
pub use dates::{DateStyle, Dates};
pub use lang::{Direction, Lang, LangError};
pub use localized::Localized;
