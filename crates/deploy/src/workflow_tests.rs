// The tests read this repository's own workflows and run a shell, which fika itself never does.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::*;

const KNOWN: Workflow<'static> = Workflow { repository: Some("someone/fika"), version: "1.2.3" };

fn parse(yaml: &str) -> Value {
    serde_saphyr::from_str(yaml).expect("YAML")
}

/// The workflows of this repository and the two that fika may write, with their names.
fn all() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.github/workflows");
    let own = ["ci.yml", "pages.yml", "release.yml"];
    let mut all: Vec<_> = own
        .iter()
        .map(|name| ((*name).to_owned(), parse(&fs::read_to_string(folder.join(name)).unwrap())))
        .collect();
    all.push(("written".to_owned(), parse(&github_workflow(&KNOWN))));
    all.push((
        "written, without a repository".to_owned(),
        parse(&github_workflow(&Workflow { repository: None, ..KNOWN })),
    ));
    all
}

/// Every step of every job.
fn steps(workflow: &Value) -> Vec<&Value> {
    let jobs = workflow["jobs"].as_object().expect("jobs");
    jobs.values().flat_map(|job| job["steps"].as_array().expect("steps")).collect()
}

fn run_of<'a>(workflow: &'a Value, name: &str) -> &'a str {
    let step = steps(workflow).into_iter().find(|step| step["name"] == name);
    step.and_then(|step| step["run"].as_str()).unwrap_or_default()
}

#[test]
fn actions_are_of_the_newest_majors() {
    let known = ACTIONS.iter().chain(&[("actions/cache", "v6")]);
    let known: Vec<String> = known.map(|(action, major)| format!("{action}@{major}")).collect();
    for (name, workflow) in all() {
        let uses: Vec<&str> = steps(&workflow).into_iter().filter_map(|step| step["uses"].as_str()).collect();
        assert!(uses.iter().all(|action| known.iter().any(|known| known == action)), "{name}: {uses:?}");
    }
    let written = parse(&github_workflow(&KNOWN));
    assert_eq!(written["on"]["push"]["branches"], serde_json::json!(["main", "master"]));
    let uses: Vec<&str> = steps(&written).into_iter().filter_map(|step| step["uses"].as_str()).collect();
    assert_eq!(uses, known[..4]);
}

#[test]
fn nothing_may_do_more_than_it_has_to() {
    for (name, workflow) in all() {
        assert_eq!(workflow["permissions"], serde_json::json!({"contents": "read"}), "{name}");
        assert!(workflow["concurrency"]["group"].is_string(), "{name}");
        for (job, settings) in workflow["jobs"].as_object().unwrap() {
            assert!(
                settings["timeout-minutes"].as_u64().is_some_and(|minutes| minutes <= 60),
                "{name} {job}"
            );
            let allowed = match (name.as_str(), job.as_str()) {
                ("release.yml", _) => serde_json::json!({"contents": "write"}),
                (_, "deploy") => serde_json::json!({"pages": "write", "id-token": "write"}),
                _ => Value::Null,
            };
            assert_eq!(settings["permissions"], allowed, "{name} {job}");
        }
        for step in steps(&workflow)
            .into_iter()
            .filter(|step| step["uses"].as_str().is_some_and(|uses| uses.contains("checkout")))
        {
            assert_eq!(step["with"]["persist-credentials"], false, "{name}");
        }
    }
}

#[test]
fn what_is_published_is_a_strict_build_for_the_true_address() {
    for (name, workflow) in
        all().into_iter().filter(|(name, _)| !matches!(name.as_str(), "ci.yml" | "release.yml"))
    {
        let build = run_of(&workflow, "Build");
        assert!(
            build.ends_with(r#" build --base-url "${BASE_URL}/" --out public --strict"#),
            "{name}: {build}"
        );
        let jobs = &workflow["jobs"];
        assert_eq!(
            (&jobs["deploy"]["needs"], &jobs["deploy"]["environment"]["name"]),
            (&"build".into(), &"github-pages".into())
        );
        let steps = steps(&workflow);
        let upload = steps
            .iter()
            .find(|step| step["uses"].as_str().is_some_and(|uses| uses.contains("upload-pages")))
            .unwrap();
        assert_eq!(
            upload["with"],
            serde_json::json!({"path": "public", "include-hidden-files": true}),
            "{name}"
        );
    }
}

#[test]
fn no_placeholder_is_left_and_no_expression_stands_in_a_script() {
    let text = github_workflow(&KNOWN);
    assert!(!text.contains('%'), "{text}");
    assert!(text.contains("FIKA_REPOSITORY: someone/fika\n") && text.contains("FIKA_VERSION: 1.2.3\n"));
    let asking = github_workflow(&Workflow { repository: None, ..KNOWN });
    assert!(asking.contains("FIKA_REPOSITORY: ${{ vars.FIKA_REPOSITORY }}\n"));
    for (name, workflow) in all() {
        for run in steps(&workflow).into_iter().filter_map(|step| step["run"].as_str()) {
            // What somebody else may name, such as a branch, must never become part of a program.
            assert!(!run.contains("${{"), "{name}: {run}");
        }
    }
}

#[test]
fn only_a_repository_is_put_into_the_text() {
    for good in ["someone/fika", "a-b_c/d.e"] {
        assert!(is_repository(good), "{good}");
    }
    for bad in ["", "fika", "/fika", "a/", "a/b/c", "a/b c", "a/$(b)", "a/b\n", "https://github.com/a/b"] {
        assert!(!is_repository(bad), "{bad}");
    }
    assert_eq!(Workflow::default().version, env!("CARGO_PKG_VERSION"));
}

#[test]
fn fika_knows_its_own_text() {
    let text = github_workflow(&KNOWN);
    assert!(is_ours(&text) && is_ours(&text.replace('\n', "\r\n")));
    assert!(is_ours(&github_workflow(&Workflow { version: "0.0.1", ..KNOWN })));
    let edits = [
        text.replace("1.2.3", "1.2.4"),
        format!("{text}\n# mine\n"),
        text.replace("# fika: ", "# fika: 0"),
        String::new(),
        "on: push\n".to_owned(),
    ];
    for edited in edits {
        assert!(!is_ours(&edited), "{edited}");
    }
}

#[cfg(target_os = "linux")]
mod shell {
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;
    use std::process::Command;

    use tempfile::TempDir;

    use super::*;

    #[test]
    fn every_script_is_one() {
        for (name, workflow) in all() {
            let scripts: Vec<&str> =
                steps(&workflow).into_iter().filter_map(|step| step["run"].as_str()).collect();
            assert!(!scripts.is_empty());
            for script in scripts {
                let checked = Command::new("bash").args(["-n", "-c", script]).output().unwrap();
                assert!(
                    checked.status.success() && checked.stderr.is_empty(),
                    "{name}: {script}\n{checked:?}"
                );
            }
        }
    }

    /// A runner with a `curl` that serves the files of a folder, and a `cargo` that writes down what it was asked for.
    struct Runner(TempDir);

    impl Runner {
        fn new() -> Runner {
            let runner = Runner(TempDir::new().unwrap());
            for folder in ["bin", "temp", "release"] {
                fs::create_dir(runner.path(folder)).unwrap();
            }
            runner.program("curl", "for last; do :; done\ncp \"$RELEASE/${last##*/}\" . || exit 22");
            runner.program("cargo", "echo \"$@\" > \"$RUNNER_TEMP/cargo\"");
            runner
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn program(&self, name: &str, script: &str) {
            let path = self.path("bin").join(name);
            fs::write(&path, format!("#!/usr/bin/env bash\n{script}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }

        /// Puts an archive with a `fika` in it, and its hash, where `curl` finds them.
        fn release(&self) -> PathBuf {
            let archive = self.path("release").join("fika-v1.2.3-x86_64-unknown-linux-musl.tar.gz");
            let script = "cd \"$1\" && echo hello > fika && tar -czf \"$2\" fika && rm fika && sha256sum \"$2\" > \"$2.sha256\"";
            let name = archive.file_name().unwrap();
            let made = Command::new("bash")
                .args(["-ec", script, "-"])
                .arg(self.path("release"))
                .arg(name)
                .status()
                .unwrap();
            assert!(made.success());
            archive
        }

        /// Runs the installing step as GitHub does; whether it succeeded, what it put on the path, what cargo was asked for.
        fn install(&self, repository: &str) -> (bool, String, String) {
            let workflow = parse(&github_workflow(&KNOWN));
            let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
            let done = Command::new("bash")
                .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", run_of(&workflow, "Install fika")])
                .env("PATH", path)
                .env("RELEASE", self.path("release"))
                .env("RUNNER_TEMP", self.path("temp"))
                .env("GITHUB_PATH", self.path("path"))
                .env("FIKA_REPOSITORY", repository)
                .env("FIKA_VERSION", "1.2.3")
                .output()
                .unwrap();
            let read = |path: PathBuf| fs::read_to_string(path).unwrap_or_default();
            (done.status.success(), read(self.path("path")), read(self.path("temp/cargo")))
        }
    }

    #[test]
    fn an_archive_with_the_right_hash_is_unpacked() {
        let runner = Runner::new();
        runner.release();
        let folder = runner.path("temp/fika");
        assert_eq!(runner.install("someone/fika"), (true, format!("{}\n", folder.display()), String::new()));
        assert_eq!(fs::read_to_string(folder.join("fika")).unwrap(), "hello\n");
    }

    #[test]
    fn an_archive_with_another_hash_is_refused() {
        let runner = Runner::new();
        let archive = runner.release();
        let mut bytes = fs::read(&archive).unwrap();
        bytes.push(0);
        fs::write(&archive, bytes).unwrap();
        assert_eq!(runner.install("someone/fika"), (false, String::new(), String::new()));
    }

    #[test]
    fn without_an_archive_fika_is_compiled() {
        let (done, path, cargo) = Runner::new().install("someone/fika");
        assert_eq!((done, path.as_str()), (true, ""));
        assert_eq!(cargo, "install --locked --git https://github.com/someone/fika --tag v1.2.3 fika-cli\n");
    }

    #[test]
    fn without_a_repository_nothing_is_downloaded() {
        let runner = Runner::new();
        runner.release();
        assert_eq!(runner.install(""), (false, String::new(), String::new()));
    }
}
