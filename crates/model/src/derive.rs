//! Languages that are made of another: Chinese in one script, converted from the other.

use std::sync::Arc;

use fika_i18n::{Phrases, Scheme};
use serde::{Deserialize, Serialize};

use crate::Lang;

/// Phrases with what they become.
pub type PhraseList = Vec<(Arc<str>, Arc<str>)>;

/// How the essays of a language are made of another's: `derive:` of a language in the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derive {
    /// The language whose words are converted. It is not derived itself.
    pub from: Lang,
    /// The way of converting.
    pub scheme: Scheme,
    /// The site's own phrases, which come before any dictionary.
    pub phrases: PhraseList,
}

impl Derive {
    /// The phrases that hold everywhere on the site.
    pub fn site_phrases(&self) -> Phrases {
        phrases([&self.phrases])
    }
}

/// What one essay says about being converted: `derive:` in its front matter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Deriving {
    /// For all languages.
    pub every: DerivingTo,
    /// For single ones.
    pub each: Vec<(Lang, DerivingTo)>,
}

/// What one essay says about being converted for one language, or for all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DerivingTo {
    /// Whether it is; none where that is not said.
    pub derive: Option<bool>,
    /// The title there.
    pub title: Option<Arc<str>>,
    /// The description there.
    pub description: Option<Arc<str>>,
    /// The tagline there.
    pub tagline: Option<Arc<str>>,
    /// The essay's own phrases.
    pub phrases: PhraseList,
}

impl Deriving {
    /// What is said for a language: of each thing what is said for it alone, else what is said for all. Its own phrases stand first.
    pub fn to(&self, lang: &Lang) -> DerivingTo {
        let every = self.every.clone();
        let Some((_, own)) = self.each.iter().find(|(known, _)| known == lang) else { return every };
        let own = own.clone();
        DerivingTo {
            derive: own.derive.or(every.derive),
            title: own.title.or(every.title),
            description: own.description.or(every.description),
            tagline: own.tagline.or(every.tagline),
            phrases: own.phrases.into_iter().chain(every.phrases).collect(),
        }
    }
}

/// Phrases of several lists as the converter takes them; of two that are equal the first counts.
pub fn phrases<'a>(lists: impl IntoIterator<Item = &'a PhraseList>) -> Phrases {
    Phrases::new(lists.into_iter().flatten().map(|(from, to)| (&**from, &**to)))
}
