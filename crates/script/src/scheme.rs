//! The ways of converting, each a chain of dictionaries, as OpenCC's configurations of the same names spell it out.

use serde::{Deserialize, Serialize};

use crate::tables::Table;

/// A way of converting text. The names are those of OpenCC's configurations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scheme {
    /// Simplified to Traditional, as OpenCC writes it.
    S2t,
    /// Simplified to the characters of Taiwan.
    S2tw,
    /// Simplified to the characters and words of Taiwan (软件 is 軟體).
    S2twp,
    /// Simplified to the characters of Hong Kong.
    S2hk,
    /// Traditional to Simplified.
    T2s,
    /// The characters of Taiwan to Simplified.
    Tw2s,
    /// The characters and words of Taiwan to Simplified.
    Tw2sp,
    /// The characters of Hong Kong to Simplified.
    Hk2s,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Scheme; 8] = [
        Scheme::S2t,
        Scheme::S2tw,
        Scheme::S2twp,
        Scheme::S2hk,
        Scheme::T2s,
        Scheme::Tw2s,
        Scheme::Tw2sp,
        Scheme::Hk2s,
    ];

    /// OpenCC's name of it: `s2twp`.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::S2t => "s2t",
            Scheme::S2tw => "s2tw",
            Scheme::S2twp => "s2twp",
            Scheme::S2hk => "s2hk",
            Scheme::T2s => "t2s",
            Scheme::Tw2s => "tw2s",
            Scheme::Tw2sp => "tw2sp",
            Scheme::Hk2s => "hk2s",
        }
    }

    /// Whether it leads from Simplified to Traditional Chinese.
    pub(crate) fn is_to_traditional(self) -> bool {
        matches!(self, Scheme::S2t | Scheme::S2tw | Scheme::S2twp | Scheme::S2hk)
    }

    /// The phrases by which text is cut, for which the chain must not look beyond a cut. Where a configuration names none,
    /// the phrases that its chain asks first cut the same way.
    pub(crate) fn cuts(self) -> &'static [Table] {
        match self {
            Scheme::S2t | Scheme::S2tw | Scheme::S2twp | Scheme::S2hk => {
                &[Table::STPhrases, Table::STPhrasesRegional]
            }
            Scheme::T2s | Scheme::Tw2s | Scheme::Tw2sp | Scheme::Hk2s => &[Table::TSPhrases],
        }
    }

    /// The chain: what one step makes, the next converts. In a step the first group that knows a prefix of the text is
    /// taken, with the longest it knows, as OpenCC's `short_circuit` wants; the tables of one group are a `union`.
    pub(crate) fn chain(self) -> &'static [&'static [&'static [Table]]] {
        use Table::*;
        const TRADITIONAL: &[&[Table]] = &[&[STPhrases, STPhrasesRegional], &[STCharacters]];
        const SIMPLIFIED: &[&[Table]] = &[&[TSPhrases], &[TSCharactersExt], &[TSCharacters]];
        match self {
            Scheme::S2t => &[TRADITIONAL],
            Scheme::S2tw => &[TRADITIONAL, &[&[TWVariantsPhrases], &[TWVariants]]],
            Scheme::S2twp => &[TRADITIONAL, &[&[TWPhrases], &[TWVariantsPhrases], &[TWVariants]]],
            Scheme::S2hk => &[TRADITIONAL, &[&[HKVariantsPhrases], &[HKVariants]]],
            Scheme::T2s => &[SIMPLIFIED],
            Scheme::Tw2s => &[&[&[TWVariantsRevPhrases], &[TWVariantsRev]], SIMPLIFIED],
            Scheme::Tw2sp => &[&[&[TWPhrasesRev], &[TWVariantsRevPhrases], &[TWVariantsRev]], SIMPLIFIED],
            Scheme::Hk2s => &[&[&[HKVariantsRevPhrases], &[HKVariantsRev]], SIMPLIFIED],
        }
    }
}
