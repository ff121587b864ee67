//! Interface strings as templates ask for them: those of each language numbered once, so that a page remembers which it asked for by
//! a bit each, and pages that asked for the same ones share one question.

use std::sync::{Arc, PoisonError, RwLock};

use fika_i18n::{Arg, Catalogues};
use fika_model::Lang;
use rapidhash::RapidHashMap;
use tera::Value;

use crate::Query;
use crate::stage::Stage;

/// The strings of one language, its parents' included.
pub(crate) struct Messages {
    known: RapidHashMap<Box<str>, Message>,
    /// Their keys by number, which is the order of the alphabet.
    keys: Vec<Box<str>>,
    /// What strings that take a number say, by their own number and the bits of that.
    counted: RwLock<RapidHashMap<(u32, u64), Value>>,
}

/// How many texts with a number in them are kept for each language: there are few of most (minutes, essays of a tag).
const COUNTED: usize = 4096;

/// One of them.
pub(crate) struct Message {
    number: u32,
    text: Text,
}

enum Text {
    /// No argument changes it.
    Plain(Value),
    /// It takes one argument, of this name.
    Counted(Box<str>),
    /// It takes others.
    Pattern,
}

impl Messages {
    pub(crate) fn new(catalogues: &Catalogues, lang: &Lang) -> Messages {
        let keys: Vec<Box<str>> = catalogues.keys(lang).into_iter().map(Box::from).collect();
        let message = |(key, number): (&str, u32)| {
            let text = match catalogues.plain(lang, key) {
                Ok(text) => Text::Plain(Value::normal_string(text)),
                Err([argument]) => Text::Counted(argument.clone()),
                Err(_) => Text::Pattern,
            };
            (Box::from(key), Message { number, text })
        };
        let known = keys.iter().map(|key| &**key).zip(0..).map(message).collect();
        Messages { known, keys, counted: RwLock::default() }
    }

    /// A string with a number in it, as `make` writes it.
    fn counted(&self, number: u32, value: f64, make: impl FnOnce() -> Option<Value>) -> Option<Value> {
        let place = (number, value.to_bits());
        let known = self.counted.read().unwrap_or_else(PoisonError::into_inner).get(&place).cloned();
        known.or_else(|| {
            let made = make()?;
            let mut counted = self.counted.write().unwrap_or_else(PoisonError::into_inner);
            if counted.len() >= COUNTED {
                counted.clear();
            }
            counted.insert(place, made.clone());
            Some(made)
        })
    }

    /// The names of a set, in order, a line each.
    fn names(&self, set: &[u64]) -> Arc<str> {
        let is_in = |at: &usize| set.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
        let names: Vec<&str> = (0..self.keys.len()).filter(is_in).map(|at| &*self.keys[at]).collect();
        names.join("\n").into()
    }
}

/// The place of a language in the configuration, and a bit for each of its strings.
type Set = (usize, Vec<u64>);

/// The keys of every set of strings that some page asked for.
pub(crate) type Sets = RwLock<RapidHashMap<Set, Arc<str>>>;

/// Which strings a rendering asked for, by language.
#[derive(Debug, Default)]
pub(crate) struct Asked(Vec<Set>);

impl Asked {
    fn add(&mut self, rank: usize, number: u32) {
        let at = self.0.iter().position(|(known, _)| *known == rank).unwrap_or_else(|| {
            self.0.push((rank, Vec::with_capacity(2)));
            self.0.len() - 1
        });
        let (word, set) = ((number / 64) as usize, &mut self.0[at].1);
        if set.len() <= word {
            set.resize(word + 1, 0);
        }
        set[word] |= 1 << (number % 64);
    }

    /// The same as questions, one for each language.
    pub(crate) fn queries(self, stage: &Stage) -> impl Iterator<Item = Query> {
        self.0.into_iter().map(|(rank, set)| {
            let lang = stage.site.config.languages[rank].lang.clone();
            Query::Messages { lang, keys: stage.message_set(rank, set) }
        })
    }
}

impl Stage {
    /// A string of one of the site's languages, in its own words, noted as asked for; `argument` is its only one, if that is a number.
    /// `None` if the language lacks it; the inner `None` if other arguments decide what it says, or if something is wrong with it.
    #[allow(clippy::option_option)]
    pub(crate) fn own_message(
        &self,
        lang: &Lang,
        key: &str,
        argument: Option<(&str, f64)>,
        asked: &mut Asked,
    ) -> Option<Option<Value>> {
        let rank = self.site.config.rank(lang)?;
        let catalogues = &self.theme.catalogues;
        let messages = self.messages[rank].get_or_init(|| Messages::new(catalogues, lang));
        let Message { number, text } = messages.known.get(key)?;
        asked.add(rank, *number);
        Some(match (text, argument) {
            (Text::Plain(text), _) => Some(text.clone()),
            (Text::Counted(name), Some((given, value))) if **name == *given => {
                messages.counted(*number, value, || {
                    let made = catalogues.message(lang, key, &[(given, Arg::Num(value))]);
                    made.faults.is_empty().then(|| Value::from(made.text))
                })
            }
            _ => None,
        })
    }

    /// The keys of a set; pages with the same set share them.
    fn message_set(&self, rank: usize, set: Vec<u64>) -> Arc<str> {
        let place = (rank, set);
        let known = self.message_sets.read().unwrap_or_else(PoisonError::into_inner).get(&place).cloned();
        known.unwrap_or_else(|| {
            let names = self.messages[rank].get().map_or_else(|| Arc::from(""), |own| own.names(&place.1));
            let mut sets = self.message_sets.write().unwrap_or_else(PoisonError::into_inner);
            sets.entry(place).or_insert(names).clone()
        })
    }
}
