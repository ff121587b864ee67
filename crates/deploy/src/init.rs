//! `fika deploy init github`: writes the workflow, and never over what somebody wrote.

// This is an edge of fika: it reads and writes the one file that it is for.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use fika_model::Diagnostic;

use crate::workflow::{Workflow, github_workflow, is_ours};

/// The workflow's file, from the site's root.
pub const WORKFLOW: &str = ".github/workflows/pages.yml";

/// Where the workflow is put when the file of that name is not fika's to change.
const BESIDE: &str = ".github/workflows/pages.yml.new";

/// What became of the workflow's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// There was none, and now there is.
    Written,
    /// It was as an earlier fika wrote it, and has been renewed.
    Renewed,
    /// It is what fika would write.
    Unchanged,
    /// Somebody has edited it. It is left alone, and the new text lies beside it.
    Kept,
}

/// What [`init_github`] did, and what is left to do by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The file that holds fika's text now, from the site's root.
    pub file: &'static str,
    /// What became of the workflow's file.
    pub change: Change,
    /// What the writer has to do now, in order: sentences without a full stop.
    pub steps: Vec<String>,
}

/// Writes the workflow for GitHub Pages into a site. A workflow that was edited is never overwritten.
pub fn init_github(root: &Path) -> Result<Outcome, Diagnostic> {
    init(root, &Workflow::default())
}

fn init(root: &Path, workflow: &Workflow<'_>) -> Result<Outcome, Diagnostic> {
    let text = github_workflow(workflow);
    let change = match read(root, WORKFLOW)? {
        None => Change::Written,
        Some(there) if same(&there, &text) => Change::Unchanged,
        Some(there) if is_ours(&there) => Change::Renewed,
        Some(_) => Change::Kept,
    };
    match change {
        Change::Unchanged => {}
        Change::Written | Change::Renewed => write(root, WORKFLOW, &text)?,
        Change::Kept => write_beside(root, &text)?,
    }
    let file = if change == Change::Kept { BESIDE } else { WORKFLOW };
    Ok(Outcome { file, change, steps: steps(root, workflow, change) })
}

/// Writes the new text beside the edited one, unless that file has been edited too.
fn write_beside(root: &Path, text: &str) -> Result<(), Diagnostic> {
    match read(root, BESIDE)? {
        Some(there) if same(&there, text) => Ok(()),
        Some(there) if !is_ours(&there) => {
            let fault = Diagnostic::error(
                "edited",
                BESIDE,
                "this file and the workflow beside it have both been edited",
            );
            Err(fault.help("move or remove it, and run the command again"))
        }
        _ => write(root, BESIDE, text),
    }
}

/// Whether two texts differ in nothing but how their lines end.
fn same(a: &str, b: &str) -> bool {
    a.lines().eq(b.lines())
}

fn read(root: &Path, file: &str) -> Result<Option<String>, Diagnostic> {
    match fs::read(root.join(file)) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Diagnostic::error("read", file, format!("this file cannot be read: {error}"))),
    }
}

/// Writes a file whole or not at all: beside its place first, then by its name.
fn write(root: &Path, file: &str, text: &str) -> Result<(), Diagnostic> {
    let path = root.join(file);
    let temporary = root.join(format!("{file}.tmp"));
    let write = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&temporary, text)?;
        fs::rename(&temporary, &path)
    };
    write().map_err(|error| {
        // Whatever of it there may be is of no use to anybody.
        let _ = fs::remove_file(&temporary);
        let fault = Diagnostic::error("write", file, format!("this file cannot be written: {error}"));
        fault.help("look whether the folder may be written to, and whether the disk is full")
    })
}

/// What is left to do by hand. Nothing of it can be done from here: GitHub wants its owner to.
fn steps(root: &Path, workflow: &Workflow<'_>, change: Change) -> Vec<String> {
    let mut steps = Vec::new();
    if change == Change::Kept {
        steps.push(format!("take over from `{BESIDE}` what you want into `{WORKFLOW}`, and remove it"));
    }
    if let Some(below) = below_repository(root) {
        steps.push(format!(
            "the site is the folder `{below}` of its repository: move `.github` to the root of the repository, and in the \
             workflow build with `fika --root {below} build` and publish `{below}/public`"
        ));
    }
    steps.push(
        "on GitHub, under Settings, Pages, Build and deployment, set Source to GitHub Actions".to_owned(),
    );
    if workflow.repository.is_none() {
        steps.push(
            "on GitHub, under Settings, Secrets and variables, Actions, Variables, set `FIKA_REPOSITORY` to the repository that \
             fika is released in, as `owner/name`"
                .to_owned(),
        );
    }
    steps.push(format!("commit `{WORKFLOW}` and push to `main` (or `master`)"));
    steps
}

/// The site's folder from the root of its git repository, when that is not the site's own folder: GitHub
/// looks for workflows at the root only.
fn below_repository(root: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let repository = root.ancestors().find(|folder| folder.join(".git").exists())?;
    let below = root.strip_prefix(repository).ok().filter(|below| !below.as_os_str().is_empty())?;
    let parts: Vec<_> =
        below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Some(parts.join("/"))
}

#[cfg(test)]
#[path = "init_tests.rs"]
mod tests;
