//! Kinds of elements.

/// Whether an element has neither content nor an end tag (HTML 13.1.2; `param` is obsolete).
pub fn is_void(name: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ];
    is_one_of(NAMES, name)
}

/// Whether an element needs no end tag: the next of its kind, or what it stands in, ends it (HTML 13.1.2.4).
pub fn ends_itself(name: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "caption", "colgroup", "dd", "dt", "li", "optgroup", "option", "p", "rb", "rp", "rt", "rtc", "tbody", "td", "tfoot", "th",
        "thead", "tr",
    ];
    is_one_of(NAMES, name)
}

/// Whether what stands in an element is no HTML, up to its end tag (HTML 13.1.2: raw text, escapable or not).
pub fn is_raw(name: &str) -> bool {
    is_one_of(&["script", "style", "textarea", "title"], name)
}

/// Whether a name is one of some, which are in lower case.
pub fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
