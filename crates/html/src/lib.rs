//! HTML as it is written: its tags and their attributes, what kinds of elements there are, and text made safe for it.
//!
//! Bodies are text with HTML in it, and whoever changes one leaves every byte alone that it has nothing to do with. So nothing here makes
//! a tree: a tag tells where it stands, and its attributes tell where their values do.
//!
//! ```
//! let html = "<p>A <img src=\"moon.svg\" alt='>'> rises.";
//! let picture = fika_html::tags(html, 0).find(|tag| tag.is(&["img"])).unwrap();
//! let source = picture.attributes().find(|attribute| attribute.is("src")).unwrap();
//! assert_eq!(&html[source.value], "moon.svg");
//! ```
//!
//! This crate knows nothing of essays. All of it is linear in the length of what it is given, whatever that is.

mod element;
mod escape;
mod tag;

pub use element::{ends_itself, is_one_of, is_raw, is_void};
pub use escape::{escape, escape_attribute, escape_text, unescape};
pub use tag::{Attribute, Attributes, Markup, Markups, Tag, markup, tag_name, tags};
