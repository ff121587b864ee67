//! The options of one plugin, read with a report of whatever cannot be understood.

use fika_model::{Data, Diagnostic};

use crate::{CONFIG, unknown};

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
                faults.push(Diagnostic::warning("wrong-option", CONFIG, message).help(help));
            }
        }
        Options { plugin, given, faults }
    }

    /// Reports every option that is not one of these.
    pub(crate) fn known(&mut self, known: &'static [&'static str]) {
        let Some(Data::Map(given)) = self.given else { return };
        for (name, _) in given.iter().filter(|(name, _)| !known.contains(&&**name)) {
            let message = format!("the plugin `{}` has no option `{name}`", self.plugin);
            self.faults.push(unknown("unknown-option", &message, name, known.iter().copied()));
        }
    }

    /// A number of things, where 0 means all of them. None if it is not given.
    pub(crate) fn count(&mut self, name: &str) -> Option<usize> {
        let given = self.given?.get(name)?;
        let count = given.as_int().and_then(|count| usize::try_from(count).ok());
        if count.is_none() {
            let message =
                format!("the option `{name}` of the plugin `{}` is not a whole number", self.plugin);
            let fault = Diagnostic::warning("wrong-option", CONFIG, message);
            self.faults.push(fault.help("write a number of 0 or more; 0 means no limit"));
        }
        count
    }
}
