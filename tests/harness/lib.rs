//! What the tests stand on: a site in a string, built by the same functions as the command's, and looked at as a whole.
//!
//! ```
//! let output = fika_tests::site("
//! //- content/moon.md
//! ---
//! title: 月亮
//! ---
//! 今晚很圆。[没有](nowhere.md)
//! ").build();
//! assert!(output.page("moon/index.html").contains("<p>今晚很圆。"));
//! assert!(output.codes().contains(&"broken-link"));
//! ```

// Tests are an edge: they make folders, fill them and read them.
#![allow(clippy::disallowed_methods)]

mod fixture;
mod html;
mod links;
mod multilingual;
mod output;
mod show;
mod whole;

pub use fixture::{Fixture, site};
pub use html::{Tag, tags};
pub use links::broken_links;
pub use multilingual::language_faults;
pub use output::{Built, Options, Room};
pub use show::{show, show_diagnostics};
pub use whole::losses;
