//! The text of a query to what stands in which brackets.

/// A part of the text of a query.
pub(super) enum Form {
    /// In `(` and `)`.
    List(Vec<Form>),
    /// In `[` and `]`.
    Any(Vec<Form>),
    /// In quotation marks.
    Text(String),
    /// All else, up to the next space or bracket.
    Word(&'static str),
}

/// What a text has in it.
pub(super) fn forms(text: &'static str) -> Vec<Form> {
    let mut rest = text;
    // A bracket that closes none ends the text.
    list(&mut rest)
}

/// What comes before the next bracket that closes, which is taken away too.
fn list(rest: &mut &'static str) -> Vec<Form> {
    let mut forms = Vec::new();
    loop {
        *rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return forms };
        match first {
            ';' => *rest = rest.split_once('\n').map_or("", |(_, rest)| rest),
            '(' | '[' => {
                *rest = &rest[1..];
                let inner = list(rest);
                forms.push(if first == '(' { Form::List(inner) } else { Form::Any(inner) });
            }
            ')' | ']' => {
                *rest = &rest[1..];
                return forms;
            }
            '"' => forms.push(Form::Text(quoted(rest))),
            _ => {
                let ends = |char: char| char.is_whitespace() || "()[]\";".contains(char);
                let (word, behind) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
                *rest = behind;
                forms.push(Form::Word(word));
            }
        }
    }
}

/// The text in the quotation marks with which `rest` begins.
fn quoted(rest: &mut &'static str) -> String {
    let mut text = String::new();
    let mut chars = rest[1..].chars();
    while let Some(char) = chars.next().filter(|char| *char != '"') {
        text.push(match char {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('0') => '\0',
                other => other.unwrap_or_default(),
            },
            char => char,
        });
    }
    *rest = chars.as_str();
    text
}
