//! `get_hash`: digests for `integrity` attributes.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384, Sha512};
use tera::{Error, Kwargs, State, TeraResult, Value};

use crate::arguments::{given, only};
use crate::data::asked_file;
use crate::scope::current;

/// `get_hash(path | literal, sha_type=384, base64=true)`, with Zola's defaults.
pub(crate) fn get_hash(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path", "literal", "sha_type", "base64"])?;
    let kind = given::<u64>(&kwargs, "sha_type")?.unwrap_or(384);
    let in_base64 = given::<bool>(&kwargs, "base64")?.unwrap_or(true);
    if let Some(literal) = given::<&str>(&kwargs, "literal")? {
        return digest(literal.as_bytes(), kind, in_base64);
    }
    let scope = current()?;
    let Some(found) = asked_file(&scope, kwargs.must_get("path")?)? else { return Ok(Value::none()) };
    let bytes = match found.bytes {
        Some(bytes) => bytes,
        None => scope
            .stage
            .resources
            .read(&found.path)
            .map_err(|error| Error::message(format!("{}: {error}", found.path)))?,
    };
    digest(&bytes, kind, in_base64)
}

fn digest(bytes: &[u8], kind: u64, in_base64: bool) -> TeraResult<Value> {
    let digest = match kind {
        256 => Sha256::digest(bytes).to_vec(),
        384 => Sha384::digest(bytes).to_vec(),
        512 => Sha512::digest(bytes).to_vec(),
        _ => return Err(Error::message(format!("there is no sha_type {kind}; there are 256, 384 and 512"))),
    };
    let hex = || digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    Ok(Value::from(if in_base64 { STANDARD.encode(&digest) } else { hex() }))
}
