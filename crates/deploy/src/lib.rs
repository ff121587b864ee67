//! Deployment: the workflow that builds and publishes a site on GitHub Pages.
//!
//! Nothing here prints or talks to a network. [`init_github`] writes one file and tells what it did and what is left to do.

mod init;
mod workflow;

pub use init::{Change, Outcome, WORKFLOW, init_github};
pub use workflow::{ACTIONS, Workflow, github_workflow};
