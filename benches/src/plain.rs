//! The frame of a corpus: configuration, sections, pictures, and for the other tools a plain theme with the pages that fika's has.

use crate::corpus::{File, Format};

/// The configuration, the theme and the shared pictures.
pub(crate) fn files(format: Format) -> Vec<File> {
    let texts: &[(&str, &str)] = match format {
        Format::Fika => &[("fika.yaml", include_str!("../themes/fika/fika.yaml"))],
        Format::Hugo => &[
            ("hugo.yaml", include_str!("../themes/hugo/hugo.yaml")),
            ("layouts/_default/baseof.html", include_str!("../themes/hugo/baseof.html")),
            ("layouts/_default/single.html", include_str!("../themes/hugo/single.html")),
            ("layouts/_default/list.html", include_str!("../themes/hugo/list.html")),
            ("layouts/_default/terms.html", include_str!("../themes/hugo/terms.html")),
            ("layouts/404.html", include_str!("../themes/hugo/404.html")),
        ],
        Format::Zola => &[
            ("config.toml", include_str!("../themes/zola/config.toml")),
            ("templates/base.html", include_str!("../themes/zola/base.html")),
            ("templates/index.html", include_str!("../themes/zola/section.html")),
            ("templates/section.html", include_str!("../themes/zola/section.html")),
            ("templates/page.html", include_str!("../themes/zola/page.html")),
            ("templates/taxonomy_list.html", include_str!("../themes/zola/taxonomy_list.html")),
            ("templates/taxonomy_single.html", include_str!("../themes/zola/taxonomy_single.html")),
            ("templates/404.html", include_str!("../themes/zola/404.html")),
        ],
    };
    let texts = texts.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    let pictures = [("cup", 40), ("map", 120), ("moon", 220)];
    texts
        .chain(pictures.map(|(name, grey)| (format!("static/img/{name}.png"), picture(16, 16, grey))))
        .collect()
}

/// The configuration of a corpus in Chinese alone, with the other script made of it or without.
pub(crate) fn chinese(derived: bool) -> String {
    let own = include_str!("../themes/fika/fika.yaml");
    let (before, after) = own.split_once("  en:\n").unwrap_or((own, ""));
    let rest = after.find("taxonomies:").map_or("", |at| &after[at..]);
    let script = if derived { "  zh-Hant: {derive: zh}\n" } else { "" };
    [before, script, rest].concat()
}

/// The file of a section.
pub(crate) fn section(format: Format, title: &str) -> Vec<u8> {
    let zola = if format == Format::Zola { "sort_by: date\npaginate_by: 20\n" } else { "" };
    format!("---\ntitle: {title}\n{zola}---\n").into_bytes()
}

/// A PNG in one grey (PNG 3rd edition, 5 and 11), its image data stored without compression.
pub fn picture(width: u16, height: u16, grey: u8) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(u32::from(width).to_be_bytes());
    header.extend(u32::from(height).to_be_bytes());
    header.extend([8, 0, 0, 0, 0]); // eight bits, greyscale, deflate, no filter method, not interlaced
    chunk(&mut png, *b"IHDR", &header);
    let row: Vec<u8> = std::iter::once(0).chain(std::iter::repeat_n(grey, usize::from(width))).collect();
    let raw = row.repeat(usize::from(height));
    let mut data = vec![0x78, 0x01]; // the zlib header (RFC 1950), then stored blocks (RFC 1951, 3.2.4)
    let mut blocks = raw.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        data.push(u8::from(blocks.peek().is_none()));
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend(block);
    }
    data.extend(adler32(&raw).to_be_bytes());
    chunk(&mut png, *b"IDAT", &data);
    chunk(&mut png, *b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend((data.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let sum = crc32(&png[start..]);
    png.extend(sum.to_be_bytes());
}

fn adler32(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    for &byte in bytes {
        a = (a + u32::from(byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    b << 16 | a
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |mut sum: u32, &byte| {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
        }
        sum
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_sums_are_those_of_the_specifications() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
        assert_eq!(crc32(b"IEND"), 0xAE42_6082, "the last four bytes of every PNG");
    }
}
