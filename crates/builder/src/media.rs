//! What a file is to a browser that shall show it as a picture: told by its name, else by its first bytes.

use fika_model::is_picture;
use fika_theme::Media;

/// Endings of pictures that hardly any browser shows.
const FOREIGN: &[&str] = &["heic", "heif", "jp2", "jxl", "psd", "tif", "tiff"];
const FILMS: &[&str] = &["avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm", "wmv"];
const SOUNDS: &[&str] = &["aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav"];

/// The first bytes of pictures that browsers know by them, where a server does not say what they are (MIME Sniffing, 6.1).
const SHOWN_MAGIC: &[(usize, &[u8])] = &[
    (0, b"\x89PNG\r\n\x1A\n"),
    (0, b"\xFF\xD8\xFF"),
    (0, b"GIF87a"),
    (0, b"GIF89a"),
    (8, b"WEBPVP"),
    (4, b"ftypavif"),
    (4, b"ftypavis"),
    (0, b"BM"),
    (0, b"\0\0\x01\0"),
    (0, b"\0\0\x02\0"),
];
/// Those of pictures that browsers do not show: TIFF, HEIC, Photoshop, JPEG XL.
const FOREIGN_MAGIC: &[(usize, &[u8])] = &[
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (4, b"ftyphei"),
    (4, b"ftyphev"),
    (4, b"ftypmif1"),
    (0, b"8BPS"),
    (0, b"\xFF\x0A"),
    (4, b"JXL \r\n"),
];

/// How many bytes decide. An SVG may begin with a declaration and a comment.
pub(crate) const HEAD: usize = 4096;

/// What the name of a file says that it is.
pub(crate) fn named(path: &str) -> Option<Media> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (_, ending) = name.rsplit_once('.')?;
    let is = |endings: &[&str]| endings.iter().any(|known| ending.eq_ignore_ascii_case(known));
    if is_picture(name) {
        return Some(Media::Picture);
    }
    let kinds = [(FOREIGN, Media::Foreign), (FILMS, Media::Film), (SOUNDS, Media::Sound)];
    kinds.into_iter().find(|(endings, _)| is(endings)).map(|(_, media)| media)
}

/// Whether the name of a file says that it is a picture of which the size can always be told.
pub(crate) fn has_size(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["png", "jpg", "jpeg", "gif", "webp"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether the name of a file says that it is an SVG.
pub(crate) fn is_svg(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"))
}

/// What the first bytes of a file say that it is.
pub(crate) fn sniffed(head: &[u8]) -> Media {
    let begins = |magic: &[(usize, &[u8])]| {
        magic.iter().any(|(at, bytes)| head.get(*at..).is_some_and(|rest| rest.starts_with(bytes)))
    };
    let holds = |tag: &str| head.windows(tag.len()).any(|part| part == tag.as_bytes());
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match () {
        () if begins(SHOWN_MAGIC) => Media::Picture,
        () if begins(FOREIGN_MAGIC) => Media::Foreign,
        // No browser takes what is not said to be an SVG for one.
        () if text.starts_with(b"<") && holds("<svg") && !holds("<html") => Media::UnnamedSvg,
        () => Media::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_file_is() {
        for (path, media) in [
            ("a/b.PNG", Some(Media::Picture)),
            ("a.b/640", None),
            ("640?wx_fmt=png", None),
            ("a.mp4", Some(Media::Film)),
            ("a.tiff", Some(Media::Foreign)),
            ("a.mp3", Some(Media::Sound)),
            ("notes.pdf", None),
        ] {
            assert_eq!(named(path), media, "{path}");
        }
        assert!(is_svg("a.SVG") && !is_svg("svg") && !is_svg("a.svg.png"));
    }

    #[test]
    fn first_bytes_say_what_a_file_is() {
        for (head, media) in [
            (&b"\x89PNG\r\n\x1A\n...."[..], Media::Picture),
            (b"RIFF....WEBPVP8 ", Media::Picture),
            (b"\0\0\0\x20ftypavif", Media::Picture),
            (b"\0\0\0\x20ftypheic", Media::Foreign),
            (b"\0\0\0\x20ftypisom", Media::Other),
            (b"\xEF\xBB\xBF <?xml version=\"1.0\"?>\n<svg width=\"1\">", Media::UnnamedSvg),
            (b"<html><svg>", Media::Other),
            (b"an <svg> is", Media::Other),
            (b"%PDF-1.7", Media::Other),
            (b"", Media::Other),
        ] {
            assert_eq!(sniffed(head), media, "{}", String::from_utf8_lossy(head));
        }
    }
}
