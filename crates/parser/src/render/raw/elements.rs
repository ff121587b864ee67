//! The elements that browsers know.

/// Elements of HTML, its obsolete ones too, and the most used of SVG and MathML. Sorted, in lower case.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "a", "abbr", "acronym", "address", "animate", "applet", "area", "article", "aside", "audio", "b", "base", "basefont",
    "bdi", "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center",
    "circle", "cite", "clippath", "code", "col", "colgroup", "data", "datalist", "dd", "defs", "del", "desc", "details",
    "dfn", "dialog", "dir", "div", "dl", "dt", "ellipse", "em", "embed", "feblend", "fieldset", "figcaption", "figure",
    "filter", "font", "footer", "foreignobject", "form", "frame", "frameset", "g", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hgroup", "hr", "html", "i", "iframe", "image", "img", "input", "ins", "kbd", "label", "legend",
    "li", "line", "lineargradient", "link", "main", "map", "mark", "marker", "marquee", "mask", "math", "menclose",
    "menu", "menuitem", "merror", "meta", "metadata", "meter", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover",
    "mpadded", "mphantom", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable",
    "mtd", "mtext", "mtr", "munder", "munderover", "nav", "nobr", "noembed", "noframes", "noscript", "object", "ol",
    "optgroup", "option", "output", "p", "param", "path", "pattern", "picture", "plaintext", "polygon", "polyline",
    "pre", "progress", "q", "radialgradient", "rb", "rbc", "rect", "rp", "rt", "rtc", "ruby", "s", "samp", "script",
    "search", "section", "select", "semantics", "slot", "small", "source", "span", "stop", "strike", "strong", "style",
    "sub", "summary", "sup", "svg", "symbol", "table", "tbody", "td", "template", "text", "textarea", "textpath",
    "tfoot", "th", "thead", "time", "title", "tr", "track", "tspan", "tt", "u", "ul", "use", "var", "video", "view",
    "wbr", "xmp",
];

/// An element in lower case, if a browser knows it.
pub(super) fn known(name: &str) -> Option<&'static str> {
    let lower = || name.bytes().map(|byte| byte.to_ascii_lowercase());
    KNOWN.binary_search_by(|known| known.bytes().cmp(lower())).ok().map(|at| KNOWN[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted_and_found() {
        assert!(KNOWN.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(["a", "DIV", "Img", "h6"].map(known), [Some("a"), Some("div"), Some("img"), Some("h6")]);
        assert_eq!(["Switch", "T", "String", "router", ""].map(known), [None; 5]);
    }
}
