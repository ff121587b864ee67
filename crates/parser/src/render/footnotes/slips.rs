//! Brackets that look like the mark of a note and have none: a slip, or the class of characters of a regular expression, `[^a-z]`, that
//! somebody has put between no back quotes.

use crate::chars::is_cjk;

/// Whether they are a slip. Numbers and Chinese names are, and in an essay with notes nearly everything; elsewhere what stands where
/// marks of notes stand: behind a word, before a space or the end of a sentence.
pub(super) fn is_one(label: &str, before: &str, after: &str, noted: impl FnOnce() -> bool) -> bool {
    let is_named = label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
    if !is_named || is_class(label) || after.starts_with(['+', '{']) {
        return false;
    }
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
    let is_attached = before.ends_with(|c: char| c.is_alphanumeric() || "。，！？”’」』）.,!)".contains(c));
    let is_end = |c: char| c.is_whitespace() || "。，、；：！？”’」』）.,;:!)_*~".contains(c);
    is_number
        || label.contains(is_cjk)
        || is_attached && (after.is_empty() || after.starts_with(is_end))
        || noted()
}

/// Whether a range of characters begins at an end of a word: `a-z`, `_0-9`, `一-龥`.
fn is_class(label: &str) -> bool {
    let chars: Vec<char> = label.chars().collect();
    let is_word = |at: Option<usize>| at.is_some_and(|at| chars[at].is_alphanumeric());
    let kind = |c: char| (c.is_ascii_digit(), c.is_ascii_lowercase(), c.is_ascii_uppercase(), is_cjk(c));
    chars.windows(3).enumerate().any(|(at, three)| {
        let &[first, sign, last] = three else { return false };
        sign == '-'
            && first < last
            && first.is_alphanumeric()
            && kind(first) == kind(last)
            && !is_word(at.checked_sub(1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_classes() {
        for (text, alone, noted) in [
            ("文[^1]。", true, true),
            ("文[^注]与", true, true),
            ("**a word[^smith2024]** and", true, true),
            ("a word[^smith]", true, true),
            ("他说“好”[^smith]，", true, true),
            ("a note [^first-one] here", false, true),
            ("用[^abc]匹配", false, true),
            ("write [^aeiou] or", false, true),
            ("[^a-z]", false, false),
            ("[^0-9a-f] 和", false, false),
            ("字[^一-龥]。", false, false),
            ("x[^_a-z]，", false, false),
            ("x[^ab]+", false, false),
            ("x[^/]，", false, false),
            ("x[^\"]，", false, false),
            ("x[^\\n]，", false, false),
        ] {
            let (before, rest) = text.split_once("[^").unwrap();
            let (label, after) = rest.split_once(']').unwrap();
            assert_eq!(is_one(label, before, after, || false), alone, "{text}");
            assert_eq!(is_one(label, before, after, || true), noted, "{text} in an essay with notes");
        }
    }
}
