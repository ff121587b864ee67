//! The dictionaries, as `build.rs` packed them.

use rapidhash::RapidHashMap;

/// A dictionary of OpenCC, by its file in `opencc/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    Compatibility,
    STCharacters,
    STPhrases,
    STPhrasesRegional,
    TSCharacters,
    TSCharactersExt,
    TSPhrases,
    TWPhrases,
    TWPhrasesRev,
    TWVariants,
    TWVariantsPhrases,
    TWVariantsRev,
    TWVariantsRevPhrases,
    HKVariants,
    HKVariantsPhrases,
    HKVariantsRev,
    HKVariantsRevPhrases,
}

/// The length of a value that follows from the characters of its key; see `build.rs`.
const PLAIN: u8 = 255;

macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin"))
    };
}

impl Table {
    fn packed(self) -> &'static [u8] {
        match self {
            Table::Compatibility => packed!("CJK_Compatibility_Ideographs"),
            Table::STCharacters => packed!("STCharacters"),
            Table::STPhrases => packed!("STPhrases"),
            Table::STPhrasesRegional => packed!("STPhrases_GeneratedFromRegionalPhrases"),
            Table::TSCharacters => packed!("TSCharacters"),
            Table::TSCharactersExt => packed!("TSCharactersExt"),
            Table::TSPhrases => packed!("TSPhrases"),
            Table::TWPhrases => packed!("TWPhrases"),
            Table::TWPhrasesRev => packed!("TWPhrasesRev"),
            Table::TWVariants => packed!("TWVariants"),
            Table::TWVariantsPhrases => packed!("TWVariantsPhrases"),
            Table::TWVariantsRev => packed!("TWVariantsRev"),
            Table::TWVariantsRevPhrases => packed!("TWVariantsRevPhrases"),
            Table::HKVariants => packed!("HKVariants"),
            Table::HKVariantsPhrases => packed!("HKVariantsPhrases"),
            Table::HKVariantsRev => packed!("HKVariantsRev"),
            Table::HKVariantsRevPhrases => packed!("HKVariantsRevPhrases"),
        }
    }

    /// About how many bytes its entries have.
    pub(crate) fn size(self) -> usize {
        self.packed().len()
    }

    /// The table of characters by which values were left out.
    fn characters(self) -> Option<Table> {
        matches!(self, Table::STPhrases | Table::STPhrasesRegional).then_some(Table::STCharacters)
    }

    /// Hands every entry, key and value, to `each`.
    pub(crate) fn each(self, each: &mut dyn FnMut(&str, &str)) {
        self.each_of(&|_| true, each);
    }

    /// The same with those entries alone of whose keys every character is wanted. Keys are in order: where one has a character that is
    /// not, those that share it are passed by.
    pub(crate) fn each_of(self, wanted: &dyn Fn(char) -> bool, each: &mut dyn FnMut(&str, &str)) {
        let mut characters: RapidHashMap<char, char> = RapidHashMap::default();
        if let Some(table) = self.characters() {
            table.each_of(wanted, &mut |key, value| characters.extend(key.chars().zip(value.chars())));
        }
        let (mut key, mut value) = (String::new(), String::new());
        let mut rest = self.packed();
        // How far the key goes with the first character in it that is not wanted.
        let mut unwanted = usize::MAX;
        while let Some(Entry { shared, suffix, given, after }) = entry(rest) {
            rest = after;
            if shared >= unwanted {
                continue;
            }
            key.truncate(shared);
            key.push_str(std::str::from_utf8(suffix).unwrap_or_default());
            let mut added = key[shared..].char_indices();
            let found = added.find(|&(_, c)| !wanted(c));
            unwanted = found.map_or(usize::MAX, |(at, c)| shared + at + c.len_utf8());
            if found.is_some() {
                continue;
            }
            value.clear();
            match given {
                Some(given) => value.push_str(std::str::from_utf8(given).unwrap_or_default()),
                None => value.extend(key.chars().map(|c| characters.get(&c).copied().unwrap_or(c))),
            }
            each(&key, &value);
        }
    }
}

/// An entry as it is packed.
struct Entry {
    /// The bytes its key shares with the one before.
    shared: usize,
    /// The rest of the key.
    suffix: &'static [u8],
    /// The value, where it does not follow from the characters of the key.
    given: Option<&'static [u8]>,
    /// What stands behind it.
    after: &'static [u8],
}

/// The first entry.
fn entry(bytes: &'static [u8]) -> Option<Entry> {
    let (&shared, rest) = bytes.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let (suffix, rest) = rest.split_at_checked(length.into())?;
    let (&length, rest) = rest.split_first()?;
    let (given, after) = match length {
        PLAIN => (None, rest),
        length => rest.split_at_checked(length.into()).map(|(value, rest)| (Some(value), rest))?,
    };
    Some(Entry { shared: shared.into(), suffix, given, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table as its file has it.
    fn written(text: &str) -> Vec<(String, String)> {
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut entries: Vec<(String, String)> = lines
            .map(|line| {
                let (key, values) = line.split_once('\t').expect("a key and values");
                (key.to_owned(), values.split(' ').next().unwrap_or_default().to_owned())
            })
            .collect();
        entries.sort();
        entries
    }

    #[test]
    fn packing_loses_nothing() {
        let files = [
            (Table::STPhrases, include_str!("../opencc/STPhrases.txt")),
            (Table::STCharacters, include_str!("../opencc/STCharacters.txt")),
            (Table::TWPhrases, include_str!("../opencc/TWPhrases.txt")),
            (Table::TSCharactersExt, include_str!("../opencc/TSCharactersExt.txt")),
        ];
        for (table, text) in files {
            let mut read = Vec::new();
            table.each(&mut |key, value| read.push((key.to_owned(), value.to_owned())));
            assert_eq!(read, written(text), "{table:?}");
        }
    }

    #[test]
    fn what_is_wanted_is_all_that_is_made_of_these_characters() {
        for few in ["头发干后面皇", "出发", "㐷", ""] {
            let wanted = |c: char| few.contains(c);
            let mut read = Vec::new();
            Table::STPhrases
                .each_of(&wanted, &mut |key, value| read.push((key.to_owned(), value.to_owned())));
            let mut all = written(include_str!("../opencc/STPhrases.txt"));
            all.retain(|(key, _)| key.chars().all(wanted));
            assert_eq!(read, all, "{few}");
        }
    }
}
