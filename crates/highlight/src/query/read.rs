//! What stands in brackets to patterns.

use arborium::tree_sitter::Language;

use super::forms::{Form, forms};
use super::test::Test;
use super::{Child, Kind, Pattern, Step};

/// The names of captures, and the patterns of a text that can be read.
pub(super) fn patterns(language: &Language, text: &'static str) -> (Vec<&'static str>, Vec<Pattern>) {
    let forms = forms(text);
    let mut captures = Vec::new();
    let mut patterns = Vec::new();
    let is_suffix = |form: &Form| matches!(form, Form::Word(word) if *word != "_" && !word.ends_with(':'));
    for (number, written) in (0..).zip(forms.chunk_by(|_, next| is_suffix(next))) {
        let mut reader = Reader { language, captures: &mut captures, tests: Vec::new(), sets: None };
        if let Some(any) = reader.one(written) {
            let (tests, language) = (reader.tests, reader.sets);
            patterns.push(Pattern { number, language, any, tests });
        }
    }
    (captures, patterns)
}

/// Reads one pattern.
struct Reader<'a> {
    language: &'a Language,
    captures: &'a mut Vec<&'static str>,
    tests: Vec<(u16, Test)>,
    /// The language that it sets.
    sets: Option<Box<str>>,
}

impl Reader<'_> {
    /// Nodes one of which stands in the place of the forms.
    fn one(&mut self, forms: &[Form]) -> Option<Vec<Step>> {
        let mut children = self.children(forms)?;
        let only = children.pop()?;
        (children.is_empty() && !only.first).then_some(only.any)
    }

    /// Nodes that follow one another; what goes with none of them is written down.
    fn children(&mut self, forms: &[Form]) -> Option<Vec<Child>> {
        let mut children: Vec<Child> = Vec::new();
        let (mut first, mut field) = (false, 0);
        for form in forms {
            let mut any = match form {
                Form::Word(".") => {
                    first = true;
                    continue;
                }
                Form::Word("_") => vec![step(Kind::Any)],
                Form::Word(word) => {
                    if let Some(name) = word.strip_suffix(':') {
                        field = self.language.field_id_for_name(name)?.get();
                    } else {
                        let capture = self.capture(word.strip_prefix('@')?);
                        children.last_mut()?.any.iter_mut().for_each(|step| step.captures.push(capture));
                    }
                    continue;
                }
                Form::List(list) if matches!(list.first(), Some(Form::Word(word)) if word.starts_with('#')) =>
                {
                    self.predicate(list)?;
                    continue;
                }
                form => self.node(form)?,
            };
            if field != 0 {
                any.iter_mut().for_each(|step| step.field = field);
            }
            children.push(Child { first, any });
            (first, field) = (false, 0);
        }
        // That nothing may come behind the last one is more than anybody asks.
        (!first && field == 0).then_some(children)
    }

    /// The nodes that a form means.
    fn node(&mut self, form: &Form) -> Option<Vec<Step>> {
        match form {
            Form::Text(text) => Some(vec![step(self.kind(text, false)?)]),
            Form::Any(branches) => {
                let branches = self.children(branches)?;
                let branches = branches.into_iter().map(|branch| (!branch.first).then_some(branch.any));
                Some(branches.collect::<Option<Vec<_>>>()?.concat())
            }
            Form::List(list) => match list.split_first()? {
                (Form::Word(name), within) => {
                    let kind = if *name == "_" { Kind::Named } else { self.kind(name, true)? };
                    Some(vec![Step { children: self.children(within)?, ..step(kind) }])
                }
                _ => self.one(list),
            },
            Form::Word(_) => None,
        }
    }

    fn kind(&self, name: &str, named: bool) -> Option<Kind> {
        let kind = self.language.id_for_node_kind(name, named);
        // Kinds of kinds leave no nodes of their own.
        (kind != 0 && !self.language.node_kind_is_supertype(kind)).then_some(Kind::Of(kind))
    }

    fn capture(&mut self, name: &'static str) -> u16 {
        let known = self.captures.iter().position(|known| *known == name);
        let at = known.unwrap_or_else(|| {
            self.captures.push(name);
            self.captures.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// What has to be so, or is set, for a pattern. Nobody here has use for what it says about scopes.
    fn predicate(&mut self, list: &[Form]) -> Option<()> {
        let (Form::Word(name), arguments) = list.split_first()? else { return None };
        match (*name, arguments) {
            ("#set!", [Form::Word("injection.language"), Form::Text(language)]) => {
                self.sets.get_or_insert_with(|| language.as_str().into());
            }
            ("#set!" | "#is?" | "#is-not?" | "#offset!", _) => {}
            (name, [Form::Word(capture), texts @ ..]) => {
                let texts = texts.iter().map(|form| match form {
                    Form::Text(text) => Some(&**text),
                    _ => None,
                });
                let test = Test::new(name, &texts.collect::<Option<Vec<_>>>()?)?;
                let capture = self.capture(capture.strip_prefix('@')?);
                self.tests.push((capture, test));
            }
            _ => return None,
        }
        Some(())
    }
}

fn step(kind: Kind) -> Step {
    Step { kind, field: 0, captures: Vec::new(), children: Vec::new() }
}
