//! Braces that are text, since the Markdown library cannot take them for attributes: it panics where an indented line of nothing else
//! stands above the `---` or `===` of a heading in a quotation, a list or a note, for it looks for them in what it has skipped.

/// The places behind such braces.
pub(crate) fn indented(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let behind = memchr::memchr_iter(b'}', bytes).map(|at| at + 1);
    behind.filter(|&end| is_underlined(&bytes[end..]) && is_alone(&bytes[..end])).collect()
}

/// Whether nothing more stands on the line, and the next one is that of a heading (CommonMark 4.3).
fn is_underlined(rest: &[u8]) -> bool {
    let lead = |bytes: &[u8], of: &[u8]| bytes.iter().take_while(|byte| of.contains(byte)).count();
    let end = lead(rest, b" \t\r");
    if rest.get(end) != Some(&b'\n') {
        return false;
    }
    let next = &rest[end + 1..];
    let next = &next[lead(next, b" \t>")..];
    let Some(line @ (b'-' | b'=')) = next.first() else { return false };
    let rule = lead(next, &[*line]);
    matches!(next.get(rule + lead(&next[rule..], b" \t\r")), None | Some(b'\n'))
}

/// Whether the line begins with its braces, behind two spaces or a tab.
fn is_alone(before: &[u8]) -> bool {
    let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let line = &before[start..];
    let lead = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
    line.get(lead) == Some(&b'{') && matches!(line[..lead], [.., b'\t'] | [.., b' ' | b'\t', b' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_alone_on_an_indented_line_above_an_underline() {
        for (text, want) in [
            (">a\n>  {#x}\n>-", vec![10]),
            ("- a\n  \t{#x} \n  ===\n", vec![11]),
            ("a\n  {x} {y}\n---\n", vec![11]),
            ("a\n{#x}\n---", vec![]),
            ("> a\n> {#x}\n> ---", vec![]),
            ("> a\n>  b {#x}\n> ---", vec![]),
            ("> a\n>  {#x}\n> -b", vec![]),
            ("> a\n>  {#x}\n", vec![]),
            ("}", vec![]),
        ] {
            assert_eq!(indented(text), want, "{text}");
        }
    }
}
