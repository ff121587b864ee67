//! What patterns ask of the text of a node.

use std::sync::OnceLock;

use regex::bytes::Regex;

/// A question about the text of a node, and the answer that lets it pass.
pub(super) struct Test {
    asks: Asks,
    want: bool,
}

enum Asks {
    /// Whether it is one of these.
    OneOf(Vec<Box<str>>),
    /// Whether it begins with a capital letter.
    Capital,
    /// Whether it begins so.
    Begins(Box<str>),
    /// Whether an expression fits, which is made when it is first asked for.
    Fits(Box<str>, OnceLock<Option<Regex>>),
}

impl Test {
    /// The test of a name with the texts it is given; nothing for one that is not known.
    pub(super) fn new(name: &str, texts: &[&str]) -> Option<Test> {
        let (name, want) = match name.strip_prefix("#not-") {
            Some(name) => (name, false),
            None => (name.strip_prefix('#')?, true),
        };
        let asks = match (name, texts) {
            ("eq?", [_]) | ("any-of?", _) => Asks::OneOf(texts.iter().map(|text| (*text).into()).collect()),
            ("match?", [expression]) => Asks::expression(expression),
            _ => return None,
        };
        Some(Test { asks, want })
    }

    /// Whether a text passes.
    pub(super) fn passes(&self, text: &str) -> bool {
        let is = match &self.asks {
            Asks::OneOf(texts) => texts.iter().any(|one| **one == *text),
            Asks::Capital => text.starts_with(|char: char| char.is_ascii_uppercase()),
            Asks::Begins(with) => text.starts_with(&**with),
            Asks::Fits(expression, regex) => {
                let regex = regex.get_or_init(|| Regex::new(expression).ok());
                regex.as_ref().is_some_and(|regex| regex.is_match(text.as_bytes()))
            }
        };
        is == self.want
    }
}

impl Asks {
    /// Nearly every expression is of one of three forms that need no engine.
    fn expression(expression: &str) -> Asks {
        let is_plain =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        if expression == "^[A-Z]" {
            return Asks::Capital;
        }
        if let Some(words) = expression.strip_prefix("^(").and_then(|words| words.strip_suffix(")$"))
            && words.split('|').all(is_plain)
        {
            return Asks::OneOf(words.split('|').map(Box::from).collect());
        }
        match expression.strip_prefix('^').filter(|text| is_plain(text)) {
            Some(text) => Asks::Begins(text.into()),
            None => Asks::Fits(expression.into(), OnceLock::new()),
        }
    }
}
