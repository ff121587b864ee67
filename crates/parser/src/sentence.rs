//! Where a sentence ends.
//!
//! A full stop ends none in a number, and none behind an abbreviation or an initial, though a capital letter follows: a summary that is a
//! sentence too long is better than one that ends with `Mr.`

use crate::chars;

/// What a full stop only shortens, as it is written: titles before a name, and what points to what follows.
const SHORT: [&str; 52] = [
    "Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "St", "Ste", "Mt", "Ft", "Rev", "Fr", "Hon", "Pres", "Gov", "Sen",
    "Rep", "Gen", "Col", "Maj", "Capt", "Cpt", "Lt", "Sgt", "Messrs", "Sr", "Jr", "Sra", "vs", "Vs", "cf",
    "Cf", "viz", "Viz", "approx", "Approx", "incl", "esp", "ca", "resp", "ed", "eds", "Ed", "Eds", "trans",
    "Trans", "bzw", "vgl", "Vgl", "Nr", "Hr", "Abb",
];

/// The same where a number follows; else they are words, or may end a sentence.
const BEFORE_NUMBER: [&str; 29] = [
    "no", "nos", "vol", "vols", "fig", "figs", "eq", "eqs", "ch", "chap", "sec", "art", "pp", "ver", "al",
    "pl", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "lib",
];

/// Follows sentences and what is open in them.
#[derive(Default)]
pub(crate) struct Sentence {
    open: u32,
    /// How many single quotation marks are open.
    single: u32,
    straight: bool,
    ended: bool,
}

impl Sentence {
    /// Whether a sentence ends with the character that ends at a place of a text, nothing being open. To be asked of each in order.
    pub(crate) fn ends(&mut self, text: &str, c: char, end: usize) -> bool {
        let (before, after) = (&text[..end - c.len_utf8()], &text[end..]);
        let next = after.chars().next();
        match c {
            '“' | '「' | '『' | '（' | '(' | '《' | '〈' | '【' | '[' => {
                self.open += 1;
                self.ended = false;
            }
            '”' | '」' | '』' | '）' | ')' | '》' | '〉' | '】' | ']' => {
                self.open = self.open.saturating_sub(1);
            }
            '"' => self.straight = !self.straight,
            // Before a number or what was `it` it is an apostrophe that was turned the wrong way.
            '‘' if !(next.is_some_and(|next| next.is_ascii_digit()) || elides(after)) => {
                self.single += 1;
                self.ended = false;
            }
            // Within a word it is an apostrophe.
            '’' if !next.is_some_and(|next| next.is_ascii_alphanumeric()) => {
                self.single = self.single.saturating_sub(1);
            }
            '‘' | '’' | '\'' => {}
            '。' | '！' | '？' | '…' => self.ended = true,
            '.' | '!' | '?' => {
                let leaves = next.is_none_or(|next| {
                    next.is_whitespace() || matches!(next, '"' | '”' | ')' | '）' | '\'' | '’' | ']')
                });
                self.ended = leaves && !(c == '.' && abbreviates(before, after));
            }
            _ => self.ended = false,
        }
        let more = next.is_some_and(|next| matches!(next, '。' | '！' | '？' | '…' | '!' | '?' | '.'));
        self.ended && !more && self.open + self.single == 0 && !self.straight && !goes_on(after)
    }
}

/// Whether a sentence goes on: with a small letter, be it in a quotation.
fn goes_on(after: &str) -> bool {
    let opens = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[');
    // Nobody opens more: this is asked behind every character.
    after.chars().take(8).find(|&c| !opens(c)).is_some_and(char::is_lowercase)
}

/// Whether a word begins whose first letter has gone.
fn elides(after: &str) -> bool {
    ["twas", "Twas", "tis", "Tis", "til", "Til"].iter().any(|word| after.starts_with(word))
}

/// Whether the full stop between two parts of a text shortens the word before it.
fn abbreviates(before: &str, after: &str) -> bool {
    let in_word = |c: char| c == '.' || c.is_alphabetic() && !chars::is_han_or_kana(c);
    let rest = before.trim_end_matches(in_word);
    let word = &before[rest.len()..];
    // The end of `can’t`, `5G`, `R&D` is no word.
    let whole = rest.chars().next_back().is_none_or(|c| {
        c.is_whitespace() || chars::is_han_or_kana(c) || matches!(c, '(' | '[' | '"' | '“' | '‘' | '（' | '—')
    });
    if !whole || word.is_empty() {
        return false;
    }
    let number = after.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '(');
    initials(word) || SHORT.contains(&word) || number && BEFORE_NUMBER.contains(&&*word.to_lowercase())
}

/// `J`, `e.g`, `U.S`, `Ph.D`: a letter, or a few parts of a letter or three.
fn initials(word: &str) -> bool {
    let letters = |part: &str| part.chars().take(4).count();
    let most = if word.contains('.') { 3 } else { 1 };
    word.split('.').all(|part| (1..=most).contains(&letters(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with a bar behind each sentence.
    fn cut(text: &str) -> String {
        let mut state = Sentence::default();
        let mut out = String::new();
        for (at, c) in text.char_indices() {
            out.push(c);
            if state.ends(text, c, at + c.len_utf8()) {
                out.push('|');
            }
        }
        out
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        for text in [
            "Mr. Darcy met Mrs. Bennet on St. James’s Street.|",
            "J. K. Rowling, J.R.R. Tolkien and T. S. Eliot wrote.|",
            "The U.S. Senate voted, cf. p. 12 and Vol. 3, Fig. 4, on Sept. 5.|",
            "Use a list, e.g. Apples, i.e. Fruit, vs. Pears.| It is 3.14, not 3.|",
            "See Dr. No. 5 of the Ph.D. Thesis by Li et al. (2020) there.|",
            "In the 1990s etc. was fine, at 5 p.m. and later.|",
            "Bitte z. B. Äpfel, vgl. Birnen.|",
            "用 e.g. 的人，比如 J. Doe 先生。|他说 No. 5 好。|",
        ] {
            assert_eq!(cut(&text.replace('|', "")), text);
        }
    }

    #[test]
    fn words_that_only_look_short_do() {
        for text in [
            "He said no.| Then he left.| It was I.D.5.| End.|",
            "I can’t.| She won't.| Nobody has 5G.| They do R&D.| Done.|",
            "Written in Rust.| By Li et al.| The end.|",
            "He paused… then spoke.| Wait!| What?| “Go.”| She went.|",
            "What? it asked.| (See above.) and so on.| (See above.)| And so on.|",
            "好。|“好。”|他说。|",
            "她说：‘好。走吧。’|然后走了。|",
            "‘It’s so. I know,’ he said.| ’Twas the ’90s.| ‘90s rock.| The dogs’ day.|",
        ] {
            assert_eq!(cut(&text.replace('|', "")), text);
        }
    }
}
