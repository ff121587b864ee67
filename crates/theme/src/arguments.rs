//! What a template hands to a function or filter.

use fika_model::Severity;
use tera::{ArgFromValue, Error, Kwargs, TeraResult, Value};

use crate::scope::{Fault, report};

/// Refuses arguments that a function does not have; the engine would let them pass in silence.
pub(crate) fn only(kwargs: &Kwargs, known: &[&str]) -> TeraResult<()> {
    for (key, _) in kwargs.iter() {
        let name = key.as_str().unwrap_or_default();
        if !known.contains(&name) {
            return Err(Error::message(format!(
                "there is no argument `{name}`; there are {}",
                known.join(", ")
            )));
        }
    }
    Ok(())
}

/// An argument that may be left out. A value that is null was left out; so was one that is not defined, but that may be a slip.
pub(crate) fn given<'k, T>(kwargs: &'k Kwargs, name: &'k str) -> TeraResult<Option<T>>
where
    T: ArgFromValue<'k, Output = T>,
{
    let Some(value) = kwargs.get::<&Value>(name)? else { return Ok(None) };
    match () {
        () if value.is_undefined() => {
            report(Fault {
                severity: Severity::Warning,
                code: "template",
                message: format!("what is given as `{name}` is not defined, and is left out"),
                help: "mend its name, take the argument away, or put `| default(value=…)` behind it"
                    .to_owned(),
            })?;
            Ok(None)
        }
        () if value.is_none() => Ok(None),
        () => T::from_value(value).map(Some),
    }
}

/// `required=…`: whether it is a mistake if there is no such thing. `allow_missing=true` says the same the other way about.
pub(crate) fn is_required(kwargs: &Kwargs) -> TeraResult<bool> {
    let may_be_missing = given::<bool>(kwargs, "allow_missing")?.unwrap_or_default();
    Ok(given::<bool>(kwargs, "required")?.unwrap_or(!may_be_missing))
}
