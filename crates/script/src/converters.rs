//! The converters a site needs, each made when it is first asked for.

use std::sync::OnceLock;

use crate::{Converter, Scheme};

/// One converter for each scheme at most. Whoever converts in several places shares one of these.
#[derive(Debug, Default)]
pub struct Converters {
    each: [OnceLock<Converter>; Scheme::ALL.len()],
}

impl Converters {
    /// The converter of a scheme.
    pub fn get(&self, scheme: Scheme) -> &Converter {
        self.each[scheme as usize].get_or_init(|| Converter::new(scheme))
    }
}
