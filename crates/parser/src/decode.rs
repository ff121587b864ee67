//! Bytes to text. UTF-8 costs nothing; anything else is recognised, converted and reported.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use fearless_simd::{Level, dispatch, prelude::*};
use fika_model::Diagnostic;

use crate::bytes::{CHUNK, Chunk};

/// The text of a file, without its byte order mark, and what was wrong with it.
///
/// - UTF-8 is taken as it is, line ends included.
/// - A file in another encoding (GB18030, Big5, Shift_JIS … told by chardetng, UTF-16 by its mark or its zeros) is converted.
/// - A line in GB18030 within a UTF-8 file is converted alone; what cannot be read becomes U+FFFD.
/// - NUL becomes U+FFFD (CommonMark 2.3); other control characters, most of which XML 1.0 forbids, are left out.
pub(crate) fn decode<'a>(path: &str, bytes: &'a [u8]) -> (Cow<'a, str>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let text = match simdutf8::compat::from_utf8(bytes) {
        // UTF-16 of nothing but ASCII is UTF-8 with a NUL after each letter.
        Ok(text) if has_controls(text) && utf16(bytes).is_some() => {
            Cow::Owned(convert(path, bytes, 0, &mut diagnostics))
        }
        Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => Cow::Owned(convert(path, bytes, error.valid_up_to(), &mut diagnostics)),
    };
    if !has_controls(&text) {
        return (text, diagnostics);
    }
    let (clean, diagnostic) = without_controls(path, &text);
    diagnostics.push(diagnostic);
    (Cow::Owned(clean), diagnostics)
}

/// C0 and C1 controls that are neither tab nor line end.
pub(crate) fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\x7F'..='\u{84}' | '\u{86}'..='\u{9F}')
}

/// Whether there is one in a text.
pub(crate) fn has_controls(text: &str) -> bool {
    if text.len() < CHUNK {
        return text.contains(is_control);
    }
    let level = Level::new();
    dispatch!(level, simd => look(simd, text.as_bytes())) && text.contains(is_control)
}

/// Whether there may be one.
#[inline(always)]
fn look<S: Simd>(simd: S, text: &[u8]) -> bool {
    let mut found = Chunk::load(simd, text, 0).controls();
    let mut at = CHUNK;
    while at < text.len() {
        // The last bytes are looked at together with some before them.
        found |= Chunk::load(simd, text, at.min(text.len() - CHUNK)).controls();
        at += CHUNK;
    }
    found.any_true()
}

fn without_controls(path: &str, text: &str) -> (String, Diagnostic) {
    let mut clean = String::with_capacity(text.len());
    let mut first = None;
    let mut count = 0_usize;
    for char in text.chars() {
        if !is_control(char) {
            clean.push(char);
            continue;
        }
        count += 1;
        if first.is_none() {
            first = Some((clean.len(), u32::from(char)));
        }
        if char == '\0' {
            clean.push('\u{fffd}');
        }
    }
    let (at, code) = first.unwrap_or_default();
    let message = match count {
        1 => format!("an invisible control character (U+{code:04X}) stands here"),
        _ => {
            format!("{count} invisible control characters stand in this file, the first (U+{code:04X}) here")
        }
    };
    let diagnostic = Diagnostic::warning("control-character", path, message)
        .at(&clean, at..at)
        .help("delete it in the editor; the page is built without it");
    (clean, diagnostic)
}

/// Text that is not UTF-8, from byte `bad` on.
fn convert(path: &str, bytes: &[u8], bad: usize, diagnostics: &mut Vec<Diagnostic>) -> String {
    let line = bytes[..bad].iter().filter(|&&byte| byte == b'\n').count();
    let (text, message, help) =
        if let Some((utf16, _)) = Encoding::for_bom(bytes).filter(|(found, _)| *found != UTF_8) {
            (utf16.decode(bytes).0.into_owned(), format!("the file is in {}", utf16.name()), SAVE)
        } else if let Some((name, text)) = utf16(bytes) {
            (text, format!("the file is in {name}, without its mark"), SAVE)
        } else if is_mostly_utf8(bytes) {
            let text = convert_lines(bytes);
            (text, "this line is not UTF-8".to_owned(), "write the line again and save the file as UTF-8")
        } else {
            let encoding = guess(bytes);
            (encoding.decode(bytes).0.into_owned(), format!("the file is in {}", encoding.name()), SAVE)
        };
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let len = text[start..].find(['\r', '\n']).unwrap_or(text.len() - start);
    diagnostics.push(Diagnostic::warning("encoding", path, message).at(&text, start..start + len).help(help));
    text
}

/// UTF-16 without a byte order mark, told by its zeros: ASCII has one at every other byte, and no other encoding has any. In what is
/// no UTF-8 two are enough, in what is every fourth byte must be one.
fn utf16(bytes: &[u8]) -> Option<(&'static str, String)> {
    let head = &bytes[..bytes.len().min(512)];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    // `一` (U+4E00) has one at the other byte.
    let (encoding, count, other) = match (zeros(0), zeros(1)) {
        (big, little) if big > little => (UTF_16BE, big, little),
        (big, little) => (UTF_16LE, little, big),
    };
    let few = if simdutf8::basic::from_utf8(bytes).is_ok() { head.len() / 4 } else { 2 };
    if count < few.max(2) || count < 2 * other {
        return None;
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some((encoding.name(), text.into_owned()))
}

const SAVE: &str = "it was converted for this build; save it as UTF-8";

/// Bytes above ASCII that are too few to tell one encoding of East Asia from another: twenty characters.
const SHORT: usize = 40;

/// The likeliest encoding of a whole file. A few bytes fit many encodings: those, and what is taken for an encoding
/// of Europe, are asked about with a hint at China.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let is_short = bytes.iter().filter(|byte| !byte.is_ascii()).take(SHORT).count() < SHORT;
    let mut encoding = detector.guess(None, Utf8Detection::Deny);
    if is_short || encoding.is_single_byte() {
        encoding = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    }
    match encoding == encoding_rs::GBK {
        true if is_rather_big5(bytes) => BIG5,
        true => GB18030,
        false => encoding,
    }
}

/// Whether bytes are sound Big5, while in GB18030 some are characters that Unicode has left to private use: nobody types those.
fn is_rather_big5(bytes: &[u8]) -> bool {
    let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}');
    let sound = |encoding: &'static Encoding| {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(|text| text.contains(is_private))
    };
    sound(GB18030) != Some(false) && sound(BIG5) == Some(false)
}

/// Whether more of the bytes above ASCII are sound UTF-8 of three bytes and more than are not UTF-8 at all.
/// (Pairs of GBK bytes happen to be UTF-8 of two bytes, seldom of three.)
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().map(char::len_utf8).filter(|&len| len > 2).sum::<usize>();
        bad += chunk.invalid().len();
    }
    good > bad
}

/// Converts each line that is not UTF-8: as GB18030 if all of it is sound, else only its bad bytes, one by one run.
fn convert_lines(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) if !is_mostly_utf8(line) => {
                match GB18030.decode_without_bom_handling_and_without_replacement(line) {
                    Some(line) => text.push_str(&line),
                    None => convert_runs(line, &mut text),
                }
            }
            Err(_) => convert_runs(line, &mut text),
        }
    }
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// Converts the runs of bad bytes within a line that holds UTF-8 too.
fn convert_runs(line: &[u8], text: &mut String) {
    let mut run = Vec::new();
    for chunk in line.utf8_chunks() {
        if !chunk.valid().is_empty() {
            push_run(&mut run, text);
            text.push_str(chunk.valid());
        }
        run.extend_from_slice(chunk.invalid());
    }
    push_run(&mut run, text);
}

fn push_run(run: &mut Vec<u8>, text: &mut String) {
    if run.is_empty() {
        return;
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(run) {
        Some(sound) => text.push_str(&sound),
        None => text.push('\u{fffd}'),
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        let (text, diagnostics) = decode("a.md", bytes);
        let short = |found: &Diagnostic| {
            let place = found
                .place
                .as_ref()
                .map_or_else(String::new, |place| format!("{}:{}", place.line, place.column));
            format!("{} {place} {}", found.code, found.message)
        };
        (text.into_owned(), diagnostics.iter().map(short).collect())
    }

    #[test]
    fn utf8_is_taken_as_it_is() {
        let text = "一\r\n二\n\t三\u{200b}";
        assert!(
            matches!(decode("a.md", text.as_bytes()), (Cow::Borrowed(same), found) if same == text && found.is_empty())
        );
        assert_eq!(read(b"\xef\xbb\xbf---\n"), ("---\n".to_owned(), vec![]));
        assert_eq!(read(b""), (String::new(), vec![]));
    }

    #[test]
    fn chinese_encodings_are_told() {
        let text = "这是一篇旧文章，用的是旧编码。\n第二行也是中文，读起来没有问题。\n";
        let (bytes, ..) = GB18030.encode(text);
        assert_eq!(read(&bytes), (text.to_owned(), vec!["encoding 1:1 the file is in gb18030".to_owned()]));
        let text = "plain first line\n這是一篇舊文章，用的是舊編碼。第二行也是中文，讀起來沒有問題。\n";
        let (bytes, ..) = encoding_rs::BIG5.encode(text);
        assert_eq!(read(&bytes), (text.to_owned(), vec!["encoding 2:1 the file is in Big5".to_owned()]));
        // A few characters fit both.
        let text = "# 標題\n\n你好世界，這是一篇文章。臺灣\n";
        let (bytes, ..) = BIG5.encode(text);
        assert_eq!(read(&bytes), (text.to_owned(), vec!["encoding 1:1 the file is in Big5".to_owned()]));
        assert_eq!(read(b"\xc4\xe3\xba\xc3").0, "你好");
        assert_eq!(read(b"caf\xe9 noir, cr\xe8me br\xfbl\xe9e").0, "café noir, crème brûlée");
        let utf16: Vec<u8> =
            [0xfeff].into_iter().chain("月\n亮".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16).0, "月\n亮");
    }

    #[test]
    fn utf16_without_a_mark_is_told() {
        for text in ["---\ntitle: 月亮\n---\n\n这一篇是用记事本写的，“Unicode”。\n", "# 月\n", "all ASCII\n"]
        {
            let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for (bytes, name) in [(le, "UTF-16LE"), (be, "UTF-16BE")] {
                let (read, found) = read(&bytes);
                assert_eq!(read, text);
                assert!(
                    found.len() == 1 && found[0].ends_with(&format!("in {name}, without its mark")),
                    "{found:?}"
                );
            }
        }
        assert_eq!(read(b"a\0bc\0d, and much more of it").0, "a\u{fffd}bc\u{fffd}d, and much more of it");
    }

    #[test]
    fn one_bad_line_does_not_spoil_the_rest() {
        let good = "这一行是好的。\n".as_bytes();
        let mixed = [
            good,
            b"\xc4\xe3\xba\xc3, world\n",
            good,
            "好".as_bytes(),
            b"\xc4\xe3\xba\xc3\n\xff\xff\n",
            good,
        ]
        .concat();
        let (text, found) = read(&mixed);
        assert_eq!(text, "这一行是好的。\n你好, world\n这一行是好的。\n好你好\n\u{fffd}\n这一行是好的。\n");
        assert_eq!(found, ["encoding 2:1 this line is not UTF-8"]);
    }

    #[test]
    fn control_characters_are_left_out() {
        let (text, found) = read("一\n约 60%，\u{8}其余\u{1d}\0。".as_bytes());
        assert_eq!(text, "一\n约 60%，其余\u{fffd}。");
        assert_eq!(
            found,
            [
                "control-character 2:7 3 invisible control characters stand in this file, the first (U+0008) here"
            ]
        );
    }
}
