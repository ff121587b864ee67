//! Paths as writers write them: joined, made into slugs, decoded, told apart from addresses elsewhere.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::encode_fragment;

/// Joins a relative path to a directory, following `.` and `..`; NFC.
pub(crate) fn join(base: &str, path: &str) -> String {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    let mut joined = if joined.is_ascii() { joined } else { joined.nfc().collect() };
    if path.ends_with('/') {
        joined.push('/');
    }
    joined
}

/// The last segment of an address for a name: NFC, lower case, runs of spaces and of characters that file systems
/// or addresses refuse become one hyphen. Han and every other script stay as they are.
pub(crate) fn slug(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if name.bytes().all(plain) {
        return name.to_owned();
    }
    let mut slug = String::with_capacity(name.len());
    for c in name.nfc().flat_map(char::to_lowercase) {
        let keep = c.is_alphanumeric()
            || matches!(c, '_' | '.' | '+')
            || (!c.is_ascii() && !c.is_whitespace() && !c.is_control());
        if keep {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    match slug.trim_matches(['-', '.']) {
        // A folder of that name would stand where the file of the folder above does.
        "index.html" => "index-html".to_owned(),
        slug => slug.to_owned(),
    }
}

/// The path of a Markdown file without its extension, in whatever letters that is; nothing for another file.
pub fn markdown_stem(path: &str) -> Option<&str> {
    const EXTENSIONS: [&str; 5] = ["md", "markdown", "mdown", "mkd", "mdx"];
    let (stem, extension) = path.rsplit_once('.')?;
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)).then_some(stem)
}

/// Whether the name of a file says that it is a picture which every browser shows.
pub fn is_picture(path: &str) -> bool {
    #[rustfmt::skip]
    const EXTENSIONS: [&str; 14] = [
        "apng", "avif", "bmp", "cur", "gif", "ico", "jfif", "jpeg", "jpg", "pjp", "pjpeg", "png", "svg", "webp",
    ];
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Whether a file's name says that an editor, a merge or a download left it beside the one that is meant: `a.md.bak`, `a.txt.orig`.
/// `.old` and `.save` say so behind an essay only, for other files may be called so. What no site would want anywhere, as `a.md~`, is
/// left out by the builder's walk, from `static/` too.
pub fn is_leftover(path: &str) -> bool {
    const ENDINGS: [&str; 8] = ["bak", "backup", "orig", "rej", "tmp", "temp", "part", "crdownload"];
    let Some((name, ending)) = path.rsplit_once('.') else { return false };
    let is = |known: &&str| ending.eq_ignore_ascii_case(known);
    ENDINGS.iter().any(is) || (markdown_stem(name).is_some() && ["old", "save"].iter().any(is))
}

/// The last segment of the address of a term. Unlike a page, a term is named by its sign: `C#` is not `C`, and is spelt out as
/// GitHub and Stack Overflow do.
pub fn term_slug(name: &str) -> String {
    match name.trim().strip_suffix('#') {
        Some(rest) if rest.ends_with(|c: char| c.is_ascii_alphabetic()) => format!("{}-sharp", slug(rest)),
        _ => slug(name),
    }
}

/// A fragment as it stands in an address: encoded, with its `#`; nothing for none.
pub(crate) fn hash(fragment: &str) -> String {
    if fragment.is_empty() { String::new() } else { format!("#{}", encode_fragment(fragment)) }
}

/// An address as a person reads it: without its percent-encoding, NFC.
pub fn decode(text: &str) -> String {
    if text.is_ascii() && !text.contains('%') {
        return text.to_owned();
    }
    percent_decode_str(text).decode_utf8_lossy().nfc().collect()
}

/// Whether a destination has a scheme or a host of its own (RFC 3986, 4.2). A drive letter is no scheme, and `file:` leads to one
/// computer only.
pub fn is_external(dest: &str) -> bool {
    if dest.starts_with("//") {
        return true;
    }
    // No scheme is longer; whole texts are asked about, too.
    let head = &dest.as_bytes()[..dest.len().min(64)];
    let Some(colon) = head.iter().position(|&byte| byte == b':') else { return false };
    let scheme = &head[..colon];
    scheme.len() > 1
        && !scheme.eq_ignore_ascii_case(b"file")
        && scheme[0].is_ascii_alphabetic()
        && scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Whether a destination is a path of one computer: a drive letter, a home folder, a `file:` address.
pub(crate) fn is_local(dest: &str) -> bool {
    let bytes = dest.as_bytes();
    let drive = bytes.len() > 2
        && bytes[0].is_ascii_alphabetic()
        && bytes[1] == b':'
        && matches!(bytes[2], b'\\' | b'/');
    drive
        || dest.starts_with("file:")
        || dest.starts_with("/Users/")
        || dest.starts_with("/home/")
        || dest.starts_with("\\\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_every_script() {
        assert_eq!(slug("C/C++ 与 Rust"), "c-c++-与-rust");
        assert_eq!(slug("写作"), "写作");
        assert_eq!(slug("？！"), "？！");
        assert_eq!(slug("../x"), "x");
        for (name, slug) in [
            ("C#", "c-sharp"),
            ("C", "c"),
            ("C++", "c++"),
            ("Visual F#", "visual-f-sharp"),
            ("#月", "月"),
            ("第1#", "第1"),
        ] {
            assert_eq!(term_slug(name), slug);
        }
    }

    #[test]
    fn what_is_left_beside_files() {
        for path in ["a/a.md.bak", "a.MD.ORIG", "x.tmp", "a.md.old", "film.mp4.part"] {
            assert!(is_leftover(path), "{path}");
        }
        for path in ["a.md", "bak", "game.save", "a.old/b.md", "a.bak.md", "tmp/a.png"] {
            assert!(!is_leftover(path), "{path}");
        }
    }

    #[test]
    fn paths_join() {
        assert_eq!(join("content/essays", "../b.md"), "content/b.md");
        assert_eq!(join("content/essays", "./月/a.png"), "content/essays/月/a.png");
        assert_eq!(join("", "../../x"), "x");
    }

    #[test]
    fn kinds_of_destination() {
        for dest in ["https://x.y", "mailto:a@b", "//cdn", "data:image/png;base64,x"] {
            assert!(is_external(dest), "{dest}");
        }
        for dest in [
            "a.md",
            "b/c.md",
            "a/b",
            "C:\\a.png",
            "file:///C:/x.md",
            "图：说明.md",
            "#x",
            "",
            "/a:b",
            "@/a.md",
        ] {
            assert!(!is_external(dest), "{dest}");
        }
        assert!(is_local("C:\\x.png") && is_local("/Users/me/1.png") && !is_local("/usr/"));
    }
}
