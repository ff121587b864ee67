//! What a word of code may be. Grammars name some sixty kinds; a page needs nine colours.

/// What a span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A word that belongs to the language.
    Keyword,
    /// Text in quotation marks, and what escapes in it.
    String,
    /// A number, a truth value, a constant.
    Constant,
    /// A comment.
    Comment,
    /// A function or method.
    Function,
    /// A type, module or namespace.
    Type,
    /// A field, key or attribute.
    Property,
    /// The name of an element.
    Tag,
    /// A heading.
    Title,
    /// Emphasised text.
    Emphasis,
    /// A line that was added.
    Added,
    /// A line that was removed.
    Removed,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 12] = [
        Role::Keyword,
        Role::String,
        Role::Constant,
        Role::Comment,
        Role::Function,
        Role::Type,
        Role::Property,
        Role::Tag,
        Role::Title,
        Role::Emphasis,
        Role::Added,
        Role::Removed,
    ];

    /// The class of its elements.
    pub fn class(self) -> &'static str {
        match self {
            Role::Keyword => "hl-keyword",
            Role::String => "hl-string",
            Role::Constant => "hl-constant",
            Role::Comment => "hl-comment",
            Role::Function => "hl-function",
            Role::Type => "hl-type",
            Role::Property => "hl-property",
            Role::Tag => "hl-tag",
            Role::Title => "hl-title",
            Role::Emphasis => "hl-emphasis",
            Role::Added => "hl-added",
            Role::Removed => "hl-removed",
        }
    }

    /// What a grammar's capture is, such as `keyword.function` or `string.special.key`; nothing for what looks like text.
    pub(crate) fn of(language: &str, capture: &str) -> Option<Role> {
        if language == "diff" {
            return Role::of_diff(capture);
        }
        match capture {
            "string.special.key" => return Some(Role::Property),
            "type.qualifier" => return Some(Role::Keyword),
            "variable.builtin" => return Some(Role::Constant),
            "text.title" | "markup.heading" => return Some(Role::Title),
            "text.literal" | "text.uri" => return Some(Role::String),
            "text.reference" => return Some(Role::Property),
            "text.emphasis" | "text.strong" => return Some(Role::Emphasis),
            _ => {}
        }
        Some(match capture.split('.').next().unwrap_or_default() {
            "keyword" | "conditional" | "repeat" | "include" | "import" | "exception" | "storageclass"
            | "preproc" | "charset" | "media" | "supports" | "keyframes" => Role::Keyword,
            "string" | "character" | "escape" => Role::String,
            "number" | "float" | "boolean" | "constant" => Role::Constant,
            "comment" => Role::Comment,
            "function" | "method" => Role::Function,
            "type" | "constructor" | "namespace" | "module" => Role::Type,
            "property" | "field" | "attribute" | "label" => Role::Property,
            "tag" => Role::Tag,
            _ => return None,
        })
    }

    /// The grammar for differences borrows names of other things for its lines.
    fn of_diff(capture: &str) -> Option<Role> {
        Some(match capture {
            "string" => Role::Added,
            "keyword" => Role::Removed,
            "constant" | "attribute" | "variable.builtin" => Role::Comment,
            _ => return None,
        })
    }
}
