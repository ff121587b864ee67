//! What a Fluent pattern refers to: other messages, terms, functions and the arguments of its caller.

use std::collections::BTreeSet;
use std::fmt;

use fluent_syntax::ast::{CallArguments, Expression, InlineExpression, Pattern, PatternElement};

/// What a name in a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// `{ read-more }`
    Message,
    /// `{ -brand }`
    Term,
    /// `{ NUMBER($n) }`
    Function,
}

/// A name in a pattern. The texts are slices of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference<'a> {
    pub(super) kind: Kind,
    pub(super) id: &'a str,
    pub(super) attribute: Option<&'a str>,
}

impl fmt::Display for Reference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attribute = self.attribute.map(|name| format!(".{name}")).unwrap_or_default();
        match self.kind {
            Kind::Message => write!(f, "message `{}{attribute}`", self.id),
            Kind::Term => write!(f, "term `-{}{attribute}`", self.id),
            Kind::Function => write!(f, "function `{}`", self.id),
        }
    }
}

/// Everything that a pattern refers to, in the order written.
#[derive(Debug, Default)]
pub(super) struct References<'a> {
    pub(super) names: Vec<Reference<'a>>,
    /// Every `$argument`.
    pub(super) arguments: BTreeSet<&'a str>,
}

impl<'a> References<'a> {
    /// Adds what a pattern refers to.
    pub(super) fn add(&mut self, pattern: &Pattern<&'a str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'a str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.add(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'a str>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name);
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { id, arguments } => {
                self.names.push(Reference { kind: Kind::Function, id: id.name, attribute: None });
                self.call(arguments);
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|attribute| attribute.name);
                self.names.push(Reference { kind: Kind::Message, id: id.name, attribute });
            }
            InlineExpression::TermReference { id, attribute, arguments } => {
                let attribute = attribute.as_ref().map(|attribute| attribute.name);
                self.names.push(Reference { kind: Kind::Term, id: id.name, attribute });
                arguments.iter().for_each(|arguments| self.call(arguments));
            }
        }
    }

    fn call(&mut self, arguments: &CallArguments<&'a str>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value));
    }
}
