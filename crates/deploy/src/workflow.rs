//! The text of the workflow, and how fika knows its own text again.

use fika_model::Fingerprint;

/// The actions that the workflow uses, by name, with their newest majors as of August 2026. A workflow that a theme or
/// tutorial copied years ago fails on the older ones; a test reads this list.
pub const ACTIONS: [(&str, &str); 4] = [
    ("actions/checkout", "v7"),
    ("actions/configure-pages", "v6"),
    ("actions/upload-pages-artifact", "v5"),
    ("actions/deploy-pages", "v5"),
];

const TEMPLATE: &str = include_str!("pages.yml");

/// What differs between one workflow and another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Workflow<'a> {
    /// The repository on GitHub that fika is released in, as `owner/name`. Without one the workflow asks
    /// the site's repository for its variable `FIKA_REPOSITORY`.
    pub repository: Option<&'a str>,
    /// The version of fika to install.
    pub version: &'a str,
}

impl Default for Workflow<'static> {
    /// This very fika. A release knows its repository, for the build that makes it is told.
    fn default() -> Self {
        let told = option_env!("FIKA_REPOSITORY").unwrap_or_default();
        let written =
            env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/").trim_end_matches('/');
        let repository = [told, written].into_iter().find(|repository| is_repository(repository));
        Workflow { repository, version: env!("CARGO_PKG_VERSION") }
    }
}

/// Whether a text is `owner/name` as GitHub allows it, and so can be put into the workflow as it is.
fn is_repository(text: &str) -> bool {
    let good = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    text.split_once('/').is_some_and(|(owner, name)| good(owner) && good(name))
}

/// The workflow that builds a site with `fika build --strict` and publishes it, for `.github/workflows/pages.yml`.
pub fn github_workflow(workflow: &Workflow<'_>) -> String {
    let mut text = TEMPLATE.to_owned();
    for (action, major) in ACTIONS {
        let short = action.trim_start_matches("actions/");
        text = text.replace(&format!("%{short}%"), &format!("{action}@{major}"));
    }
    let repository = workflow.repository.unwrap_or("${{ vars.FIKA_REPOSITORY }}");
    let text = text.replace("%repository%", repository).replace("%version%", workflow.version);
    let hash = hash(&text);
    text.replace("%hash%", &hash)
}

/// The line that tells whether a workflow is as fika wrote it.
const MARK: &str = "# fika: ";

/// Whether a text is a workflow that fika wrote, of whatever version, and that nobody has changed since.
pub(crate) fn is_ours(text: &str) -> bool {
    let told = text.lines().find_map(|line| line.strip_prefix(MARK));
    told.is_some_and(|told| told.trim_end() == hash(text))
}

/// The hash of a text without the line that holds the hash, and without regard to how lines end: git may change that.
fn hash(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with(MARK)).collect();
    Fingerprint::of(lines.join("\n")).to_hex()
}

#[cfg(test)]
#[path = "workflow_tests.rs"]
mod tests;
