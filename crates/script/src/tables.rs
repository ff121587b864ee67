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
        let mut characters: RapidHashMap<char, char> = RapidHashMap::default();
        if let Some(table) = self.characters() {
            table.each(&mut |key, value| characters.extend(key.chars().zip(value.chars())));
        }
        let (mut key, mut value) = (String::new(), String::new());
        let mut rest = self.packed();
        while let Some((shared, suffix, given, after)) = entry(rest) {
            key.truncate(shared);
            key.push_str(suffix);
            value.clear();
            match given {
                Some(given) => value.push_str(given),
                None => value.extend(key.chars().map(|c| characters.get(&c).copied().unwrap_or(c))),
            }
            each(&key, &value);
            rest = after;
        }
    }
}

/// The first entry: the bytes its key shares with the one before, the rest of the key, the value, and what follows.
fn entry(bytes: &'static [u8]) -> Option<(usize, &'static str, Option<&'static str>, &'static [u8])> {
    let (&shared, rest) = bytes.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let (suffix, rest) = rest.split_at_checked(length.into())?;
    let (&length, rest) = rest.split_first()?;
    let (value, rest) = match length {
        PLAIN => (None, rest),
        length => rest.split_at_checked(length.into()).map(|(value, rest)| (Some(value), rest))?,
    };
    let value = value.map(std::str::from_utf8).transpose().ok()?;
    Some((shared.into(), std::str::from_utf8(suffix).ok()?, value, rest))
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
}
