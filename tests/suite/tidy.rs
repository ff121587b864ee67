//! Tests of the repository itself: what ARCHITECTURE.md and the habits promise of the source.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the root of the workspace").to_owned()
}

/// Every source file of ours below a folder, as a path from the root with forward slashes.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), folder, &mut found);
    found.sort();
    found
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let entry = entry.expect("an entry of a folder");
        let name = entry.file_name().to_string_lossy().into_owned();
        if matches!(name.as_str(), "node_modules" | "target" | ".git" | "public" | ".fika") {
            continue;
        }
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() { walk(&entry.path(), &path, found) } else { found.push(path) }
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The crates, by folder name.
fn crates() -> BTreeSet<String> {
    let manifests = files("crates")
        .into_iter()
        .filter_map(|path| Some(path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?.to_owned()));
    manifests.filter(|name| !name.contains('/')).collect()
}

#[track_caller]
fn nothing(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Which crates of the workspace each may name: those before it along the arrows that ARCHITECTURE.md draws.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let map = read("ARCHITECTURE.md");
    let (_, drawn) =
        map.split_once("## Code map").and_then(|(_, map)| map.split_once("```text\n")).expect("the arrows");
    let (drawn, _) = drawn.split_once("```").expect("their end");
    let mut before: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let chains = drawn.lines().flat_map(|line| line.split("   ")).filter(|chain| !chain.trim().is_empty());
    for chain in chains {
        let groups = chain.split("<-").map(|group| {
            let names = group.trim().trim_matches(['{', '}']).split(',').map(|name| name.trim().to_owned());
            names.collect::<Vec<String>>()
        });
        let groups: Vec<Vec<String>> = groups.collect();
        for name in groups.iter().flatten() {
            before.entry(name.clone()).or_default();
        }
        for (used, user) in groups.iter().zip(&groups[1..]) {
            user.iter().for_each(|name| before.entry(name.clone()).or_default().extend(used.clone()));
        }
    }
    // An arrow carries whatever lies before it.
    for _ in 0..before.len() {
        let known = before.clone();
        for names in before.values_mut() {
            let further: Vec<String> = names.iter().flat_map(|name| known[name].clone()).collect();
            names.extend(further);
        }
    }
    before
}

#[test]
fn arrows_point_one_way() {
    let (mut faults, arrows) = (Vec::new(), arrows());
    for name in crates() {
        let allowed = arrows.get(&name).unwrap_or_else(|| panic!("ARCHITECTURE.md draws no arrow to {name}"));
        let manifest: toml::Table = read(&format!("crates/{name}/Cargo.toml")).parse().expect("a manifest");
        let mut used: Vec<String> = Vec::new();
        for table in ["dependencies", "build-dependencies"] {
            used.extend(
                manifest
                    .get(table)
                    .and_then(toml::Value::as_table)
                    .into_iter()
                    .flat_map(|table| table.keys().cloned()),
            );
        }
        for dependency in &used {
            let Some(dependency) = dependency.strip_prefix("fika-") else { continue };
            if !allowed.contains(dependency) {
                faults.push(format!("crates/{name} may not depend on {dependency}"));
            }
        }
        if name != "cli" && used.iter().any(|dependency| dependency == "anyhow") {
            faults.push(format!("crates/{name} depends on anyhow, which only the command may"));
        }
        let package = manifest["package"]["name"].as_str().unwrap_or_default();
        if package != format!("fika-{name}") {
            faults.push(format!("crates/{name} is called {package}"));
        }
        if manifest.get("lints").and_then(|lints| lints.get("workspace")).is_none() {
            faults.push(format!("crates/{name} does not take the workspace's lints"));
        }
    }
    nothing(faults);
}

#[test]
fn files_stay_readable() {
    const LONGEST: usize = 450;
    let kinds = [".rs", ".mjs", ".js", ".css", ".html"];
    let ours = ["crates", "tests", "benches", "xtask", "themes"].into_iter().flat_map(files);
    let sources = ours.filter(|path| kinds.iter().any(|kind| path.ends_with(kind)));
    let long = sources.map(|path| (read(&path).lines().count(), path)).filter(|(lines, _)| *lines > LONGEST);
    nothing(long.map(|(lines, path)| {
        format!("{path} has {lines} lines, more than {LONGEST}: where does it split naturally?")
    }));
}

#[test]
fn names_say_something() {
    let empty = ["utils", "util", "common", "errors", "helpers", "misc"];
    let sources = files("crates").into_iter().filter(|path| path.contains("/src/"));
    let named = sources.filter(|path| path.split(['/', '.']).any(|part| empty.contains(&part)));
    nothing(named.map(|path| format!("{path}: a name that says nothing")));
}

#[test]
fn there_is_no_global_state() {
    // Template functions get nothing of ours from the engine but what the thread knows; a guard around each rendering sets it.
    // And a thread keeps the buffer that it renders into.
    const ALLOWED: &[&str] = &["crates/theme/src/scope.rs", "crates/theme/src/render.rs"];
    let words =
        ["static mut ", "lazy_static!", "thread_local!", "OnceLock<", "LazyLock<", "OnceCell<", "LazyCell<"];
    let mut faults = Vec::new();
    for path in files("crates").into_iter().filter(|path| path.ends_with(".rs") && path.contains("/src/")) {
        for (number, line) in read(&path).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default().trim_start();
            let is_static = code.starts_with("static ")
                || code.starts_with("pub static ")
                || code.starts_with("pub(crate) static ");
            let is_allowed = ALLOWED.contains(&path.as_str());
            let lazy = is_static && words.iter().any(|word| code.contains(word.trim_end()));
            let inner = is_static
                && ["Mutex<", "RwLock<", "Atomic", "RefCell<", "Cell<"]
                    .iter()
                    .any(|word| code.contains(word));
            if !is_allowed && (code.contains("static mut ") || code.contains("lazy_static!") || lazy || inner)
            {
                faults.push(format!("{path}:{}: {}", number + 1, code.trim_end()));
            }
        }
    }
    nothing(faults);
}

#[test]
fn modules_say_what_they_are_for() {
    let sources = ["crates", "tests", "benches", "xtask"]
        .into_iter()
        .flat_map(files)
        .filter(|path| path.ends_with(".rs"));
    // A module of unit tests is for the module whose name it bears.
    let sources = sources.filter(|path| {
        !path.ends_with("_tests.rs") && !path.ends_with("/tests.rs") && !path.contains("/tests/")
    });
    nothing(
        sources
            .filter(|path| !read(path).starts_with("//!"))
            .map(|path| format!("{path} does not open with //!")),
    );
}

#[test]
fn the_code_map_is_true() {
    let map = read("ARCHITECTURE.md");
    let mut faults: Vec<String> = crates()
        .into_iter()
        .filter(|name| !map.contains(&format!("`crates/{name}`")))
        .map(|name| format!("ARCHITECTURE.md does not name crates/{name}"))
        .collect();
    for part in map.split('`').skip(1).step_by(2) {
        let is_path = ["crates/", "tests/", "benches/", "themes/", "docs/", "xtask/"]
            .iter()
            .any(|folder| part.starts_with(folder));
        if is_path && !part.contains(['*', ' ', 'N']) && !root().join(part).exists() {
            faults.push(format!("ARCHITECTURE.md names {part}, which is not there"));
        }
    }
    nothing(faults);
}

/// The keys of a Fluent file.
fn keys(path: &str) -> BTreeSet<String> {
    let text = read(path);
    let messages =
        text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-'));
    messages.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
}

#[test]
fn catalogues_have_the_same_keys() {
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in ["crates", "themes"].into_iter().flat_map(files).filter(|path| path.ends_with(".ftl")) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        folders.entry(folder).or_default().push(path);
    }
    assert!(!folders.is_empty(), "there are catalogues");
    let mut faults = Vec::new();
    for paths in folders.values() {
        let all: BTreeSet<String> = paths.iter().flat_map(|path| keys(path)).collect();
        for path in paths {
            let own = keys(path);
            faults.extend(all.difference(&own).map(|key| format!("{path} lacks {key}")));
        }
    }
    nothing(faults);
}

#[test]
fn what_a_repository_needs_is_there() {
    let needed = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "justfile",
        ".ci/run",
        ".github/workflows/pages.yml",
    ];
    nothing(
        needed.iter().filter(|path| !root().join(path).is_file()).map(|path| format!("{path} is missing")),
    );
    assert!(read("CHANGELOG.md").contains("## [Unreleased]"), "CHANGELOG.md has no `## [Unreleased]`");
    assert!(
        read(".ci/run").contains("cargo xtask test") && read("justfile").contains("cargo xtask test"),
        "CI and `just ready` are the same"
    );
}

/// The codes that a page of the guide lists: what stands between backquotes in the first column of its tables.
fn listed(page: &str) -> BTreeSet<String> {
    let text = read(page);
    let cells = text.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    cells
        .flat_map(|cell| cell.split('`').step_by(2))
        .filter(|code| is_code(code))
        .map(str::to_owned)
        .collect()
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// Every code of a problem is in the guide, in both languages, and nothing else is.
#[test]
fn the_guide_lists_every_code() {
    let (zh, en) = (listed("content/guide/diagnostics.md"), listed("content/guide/diagnostics.en.md"));
    assert_eq!(zh, en);
    let is_ours = |path: &String| path.contains("/src/") && path.ends_with(".rs") && !path.contains("tests");
    let sources: Vec<String> = files("crates").into_iter().filter(is_ours).map(|path| read(&path)).collect();
    let text = sources.concat();
    nothing(
        en.iter()
            .filter(|code| !text.contains(&format!("\"{code}\"")))
            .map(|code| format!("nothing has the code `{code}`")),
    );
    // Modules of tests stand at the end of their files.
    let shown: String =
        sources.iter().filter_map(|text| text.split("#[cfg(test)]\nmod tests {").next()).collect();
    let made =
        ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note(", ".warn(", ".report(", "code: "]
            .iter()
            .flat_map(|call| shown.split(call).skip(1))
            .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
            .filter(|code| is_code(code) && code.len() > 2);
    nothing(made.filter(|code| !en.contains(*code)).map(|code| format!("the guide does not list `{code}`")));
}

#[test]
fn decisions_are_numbered_in_order() {
    let records: Vec<String> =
        files("docs/decisions").into_iter().filter(|path| path.ends_with(".md")).collect();
    assert!(!records.is_empty(), "there are decisions");
    for (number, path) in records.iter().enumerate() {
        let begins = format!("docs/decisions/{:04}-", number + 1);
        assert!(path.starts_with(&begins), "{path} should begin with {begins}");
    }
}

#[test]
fn no_snapshot_is_forgotten() {
    let tests: String =
        files("tests/suite").iter().filter(|path| path.ends_with(".rs")).map(|path| read(path)).collect();
    let snapshots = files("tests/suite").into_iter().filter(|path| path.ends_with(".snap"));
    let forgotten = snapshots.filter(|path| {
        let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".snap");
        !tests.contains(&format!("\"{name}\""))
    });
    nothing(forgotten.map(|path| format!("{path} belongs to no test")));
}

#[test]
fn the_lock_file_of_the_browser_tests_names_no_host() {
    let lock = read("tests/browser/package-lock.json");
    assert!(
        !lock.contains("\"resolved\""),
        "write it with `omit-lockfile-registry-resolved`, as tests/browser/.npmrc says"
    );
}
