//! stand-in
use std::path::Path;
use crate::args::DeployInit;
use crate::output::Ending;
pub(crate) fn init(_root: &Path, _args: &DeployInit) -> anyhow::Result<Ending> { anyhow::bail!("not yet") }
