//! This repository's own site in a real browser: installs what that needs where it may, else says what to install.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::report::Counts;
use crate::run::{cargo, is_there, program, root};

/// Builds the site, opens its pages and checks them. Pictures of the pages go to `shots`.
pub(crate) fn smoke(shots: Option<&Path>, counts: &mut Counts) -> Result<bool> {
    let chromium = ready()?;
    let out = root().join("target").join("smoke");
    let site = out.join("site");
    empty(&site)?;
    let shots = shots.map_or_else(|| out.join("shots"), Path::to_owned);
    let (site, shots) = (site.to_string_lossy(), shots.to_string_lossy());
    let here = root();
    let content = here.join("content");
    let (here, content) = (here.to_string_lossy(), content.to_string_lossy());
    let built = cargo(&[
        "run",
        "--quiet",
        "--package",
        "fika-cli",
        "--",
        "--root",
        &here,
        "build",
        "--strict",
        "--base-url",
        BASE,
        "--out",
        &site,
    ])
    .status()?;
    if !built {
        bail!("this repository's own site does not build without a warning");
    }
    program("node", &["smoke.mjs", &site, PREFIX, &shots, &content])
        .within(&root().join("tests").join("browser"))
        .env("CHROMIUM", &chromium)
        .counting_tests(counts)
}

/// Takes away what an earlier run left. fika writes over nothing that its record in `.fika` does not name, and that record may be gone
/// while `target` stays: after `git clean`, or where `target` was copied from elsewhere.
fn empty(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done.with_context(|| format!("cannot empty {}", folder.display())),
    }
}

/// The site is looked at under a folder, as on GitHub Pages.
const BASE: &str = "https://fika.example.org/fika/";
const PREFIX: &str = "/fika/";

/// Has a browser, Chinese fonts, Node and its packages. The browser's program.
fn ready() -> Result<String> {
    if !is_there("node") || !is_there("npm") {
        bail!("the browser test needs Node 20 or later with npm; or run `cargo xtask test --no-browser`");
    }
    let mut missing = Vec::new();
    if find_chromium().is_none() {
        missing.push("chromium");
    }
    if !has_chinese_fonts() {
        missing.push("fonts-noto-cjk");
    }
    if !missing.is_empty() {
        install(&missing)?;
    }
    packages()?;
    match find_chromium() {
        Some(chromium) => Ok(chromium),
        None => bail!("there is still no Chromium; set CHROMIUM to its program"),
    }
}

/// The program in `CHROMIUM`, or one under a usual name.
fn find_chromium() -> Option<String> {
    let named = std::env::var("CHROMIUM").ok().filter(|name| !name.is_empty());
    let known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    named.into_iter().chain(known.map(str::to_owned)).find_map(|name| find(&name))
}

fn find(name: &str) -> Option<String> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let direct = Path::new(name).is_absolute().then(|| PathBuf::from(name));
    let mut candidates =
        direct.into_iter().chain(std::env::split_paths(&paths).map(|folder| folder.join(name)));
    candidates.find(|path| path.is_file()).map(|path| path.to_string_lossy().into_owned())
}

/// Whether any font covers Chinese. Without fontconfig (macOS, Windows) the system has one.
fn has_chinese_fonts() -> bool {
    !cfg!(target_os = "linux")
        || program("fc-list", &[":lang=zh", "family"]).output().is_some_and(|list| !list.trim().is_empty())
}

/// Installs packages of a Debian-like system if we may, else says what to do.
fn install(packages: &[&str]) -> Result<()> {
    let is_root = program("id", &["-u"]).output().is_some_and(|id| id.trim() == "0");
    if !is_root || !is_there("apt-get") {
        let list = packages.join(" ");
        bail!(
            "the browser test needs: {list} (on Debian or Ubuntu: sudo apt-get install {list}); or run `cargo xtask test --no-browser`"
        );
    }
    let mut arguments = vec!["install", "--yes", "--no-install-recommends", "fontconfig"];
    arguments.extend(packages);
    let apt =
        |arguments: &[&str]| program("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive").status();
    if !apt(&["update"])? || !apt(&arguments)? {
        bail!("apt-get could not install {}", packages.join(" "));
    }
    Ok(())
}

/// The packages of `tests/browser`, exactly as locked.
fn packages() -> Result<()> {
    let folder = root().join("tests").join("browser");
    let locked = std::fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules").join(".locked");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == locked) {
        return Ok(());
    }
    if !program("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).within(&folder).status()? {
        bail!("npm could not install the packages of tests/browser");
    }
    std::fs::write(stamp, locked)?;
    Ok(())
}
