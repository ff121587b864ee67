//! The options of one plugin, read with a report of whatever cannot be understood.

use std::sync::Arc;

use fika_model::{CONFIG, Data, Diagnostic};

use crate::unknown;

/// What the configuration says of a plugin.
pub(crate) struct Options<'a> {
    plugin: &'static str,
    given: Option<&'a Data>,
    faults: &'a mut Vec<Diagnostic>,
}

impl<'a> Options<'a> {
    pub(crate) fn new(
        plugin: &'static str,
        given: Option<&'a Data>,
        faults: &'a mut Vec<Diagnostic>,
    ) -> Options<'a> {
        match given {
            None | Some(Data::Null | Data::Bool(_) | Data::Map(_)) => {}
            Some(_) => {
                let message = format!(
                    "the setting of the plugin `{plugin}` is neither `true` or `false` nor a map of options"
                );
                let help = format!("remove it, or write `{plugin}: false` to switch the plugin off");
                faults.push(wrong(plugin, &[], &message, &help));
            }
        }
        Options { plugin, given, faults }
    }

    /// Reports every option that is not one of these.
    pub(crate) fn known(&mut self, known: &'static [&'static str]) {
        let Some(Data::Map(given)) = self.given else { return };
        for (name, _) in given.iter().filter(|(name, _)| !known.contains(&&**name)) {
            let message = format!("the plugin `{}` has no option `{name}`", self.plugin);
            let fault = unknown("unknown-option", &message, name, known.iter().copied());
            self.faults.push(fault.about("plugins", [&**name, self.plugin]));
        }
    }

    /// Where what is wrong with an option goes.
    pub(crate) fn faults(&mut self) -> &mut Vec<Diagnostic> {
        self.faults
    }

    fn wrong(&mut self, name: &str, message: &str, help: &str) {
        self.faults.push(wrong(self.plugin, &[name], message, help));
    }

    /// Named values, in the order written. None if it is not given.
    pub(crate) fn map(&mut self, name: &str) -> &'a [(Arc<str>, Data)] {
        match self.given.and_then(|given| given.get(name)) {
            None | Some(Data::Null) => &[],
            Some(Data::Map(entries)) => entries,
            Some(_) => {
                let message = format!("the option `{name}` of the plugin `{}` is not a map", self.plugin);
                self.wrong(name, &message, "write one `name: value` on each line below it");
                &[]
            }
        }
    }

    /// Words. None if they are not given.
    pub(crate) fn text(&mut self, name: &str) -> Option<&'a str> {
        let given = self.given?.get(name)?;
        let text = given.as_str();
        if text.is_none() {
            let message = format!("the option `{name}` of the plugin `{}` is not a text", self.plugin);
            self.wrong(name, &message, &format!("write it like `{name}: words`"));
        }
        text
    }

    /// A switch, off unless it is given.
    pub(crate) fn truth(&mut self, name: &str) -> bool {
        let Some(given) = self.given.and_then(|given| given.get(name)) else { return false };
        given.as_bool().unwrap_or_else(|| {
            let message =
                format!("the option `{name}` of the plugin `{}` is neither on nor off", self.plugin);
            self.wrong(name, &message, "write `true` or `false`");
            false
        })
    }

    /// A number of things, where 0 means all of them. None if it is not given.
    pub(crate) fn count(&mut self, name: &str) -> Option<usize> {
        let given = self.given?.get(name)?;
        let count = given.as_int().and_then(|count| usize::try_from(count).ok());
        if count.is_none() {
            let message =
                format!("the option `{name}` of the plugin `{}` is not a whole number", self.plugin);
            self.wrong(name, &message, "write a number of 0 or more; 0 means no limit");
        }
        count
    }
}

/// What is wrong with an option, or with what stands below it: the names that lead there, the last first.
pub(crate) fn wrong(plugin: &str, names: &[&str], message: &str, help: &str) -> Diagnostic {
    let names = names.iter().copied().chain([plugin]);
    Diagnostic::warning("wrong-option", CONFIG, message).help(help).about("plugins", names)
}
