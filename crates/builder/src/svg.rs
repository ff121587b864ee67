//! The size of an SVG picture, told from the attributes of its root element (SVG 2, 8.2 and 8.6).

/// Width and height in CSS pixels: `width` and `height` where both are plain lengths, else the size of the `viewBox`.
pub(crate) fn size(text: &str) -> Option<(u32, u32)> {
    let root = &text[text.find("<svg")?..];
    let root = &root[..root.find('>')?];
    let length = |name| pixels(attribute(root, name)?);
    let (width, height) = length("width").zip(length("height")).or_else(|| {
        let mut numbers =
            attribute(root, "viewBox")?.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty()).skip(2);
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    })?;
    let whole =
        |number: f64| (number.is_finite() && (0.5..1e6).contains(&number)).then_some(number.round() as u32);
    Some((whole(width)?, whole(height)?))
}

/// The value of an attribute of an opening tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = rest[at + name.len()..].trim_start();
        let value = after.strip_prefix('=').map(str::trim_start);
        if let Some(value) = value.filter(|_| before.is_none_or(char::is_whitespace)) {
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
        rest = &rest[at + name.len()..];
    }
}

/// A length in pixels; a percentage or a length in other units says nothing of the picture itself.
fn pixels(length: &str) -> Option<f64> {
    length.trim().trim_end_matches("px").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes() {
        for (svg, expected) in [
            (r#"<?xml version="1.0"?><svg xmlns="x" width="640" height='480px'>"#, Some((640, 480))),
            (r#"<svg viewBox="0 0 24 12.4">"#, Some((24, 12))),
            (r#"<svg width="100%" height="auto" viewBox="0,0,300,200" stroke-width="2">"#, Some((300, 200))),
            (r#"<svg stroke-width="3">"#, None),
            (r#"<svg width="-4" height="0">"#, None),
            ("<svg width=", None),
            ("no picture", None),
        ] {
            assert_eq!(size(svg), expected, "{svg}");
        }
    }
}
