use tempfile::TempDir;

use super::*;

const OLD: Workflow<'static> = Workflow { repository: Some("someone/fika"), version: "1.2.3" };
const NEW: Workflow<'static> = Workflow { repository: Some("someone/fika"), version: "1.3.0" };

/// A folder, and what it holds after a command: path and text, sorted.
struct Site(TempDir);

impl Site {
    fn new() -> Site {
        Site(TempDir::new().unwrap())
    }

    fn init(&self, workflow: &Workflow<'_>) -> (Change, &'static str) {
        let outcome = init(self.0.path(), workflow).unwrap();
        (outcome.change, outcome.file)
    }

    fn put(&self, file: &str, text: &str) {
        let path = self.0.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn get(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap()
    }

    /// The names in the workflows' folder.
    fn names(&self) -> Vec<String> {
        let folder = fs::read_dir(self.0.path().join(".github/workflows")).unwrap();
        let mut names: Vec<String> =
            folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn the_second_time_changes_nothing() {
    let site = Site::new();
    assert_eq!(site.init(&OLD), (Change::Written, WORKFLOW));
    assert_eq!(site.get(WORKFLOW), github_workflow(&OLD));
    let before = fs::metadata(site.0.path().join(WORKFLOW)).unwrap().modified().unwrap();
    assert_eq!(site.init(&OLD), (Change::Unchanged, WORKFLOW));
    assert_eq!(fs::metadata(site.0.path().join(WORKFLOW)).unwrap().modified().unwrap(), before);
    site.put(WORKFLOW, &github_workflow(&OLD).replace('\n', "\r\n"));
    assert_eq!(site.init(&OLD), (Change::Unchanged, WORKFLOW));
    assert_eq!(site.names(), ["pages.yml"]);
}

#[test]
fn what_an_earlier_fika_wrote_is_renewed() {
    let site = Site::new();
    site.init(&OLD);
    assert_eq!(site.init(&NEW), (Change::Renewed, WORKFLOW));
    assert_eq!(site.get(WORKFLOW), github_workflow(&NEW));
    assert_eq!(site.names(), ["pages.yml"]);
}

#[test]
fn what_somebody_edited_is_kept() {
    for edited in
        [github_workflow(&OLD).replace("minutes: 20", "minutes: 5"), "on: push\n".to_owned(), String::new()]
    {
        let site = Site::new();
        site.put(WORKFLOW, &edited);
        assert_eq!(site.init(&OLD), (Change::Kept, BESIDE));
        assert_eq!(site.init(&OLD), (Change::Kept, BESIDE));
        assert_eq!(site.init(&NEW), (Change::Kept, BESIDE));
        assert_eq!((site.get(WORKFLOW), site.get(BESIDE)), (edited, github_workflow(&NEW)));
        assert_eq!(site.names(), ["pages.yml", "pages.yml.new"]);
    }
}

#[test]
fn two_edited_files_are_both_kept() {
    let site = Site::new();
    site.put(WORKFLOW, "mine");
    site.put(BESIDE, "mine too");
    let fault = init(site.0.path(), &OLD).unwrap_err();
    assert_eq!((&*fault.code, &*fault.path), ("edited", BESIDE));
    assert_eq!((site.get(WORKFLOW), site.get(BESIDE)), ("mine".to_owned(), "mine too".to_owned()));
}

#[test]
fn a_folder_in_the_way_is_an_error_with_the_file_named() {
    let site = Site::new();
    fs::create_dir_all(site.0.path().join(WORKFLOW)).unwrap();
    let fault = init(site.0.path(), &OLD).unwrap_err();
    assert_eq!((&*fault.code, &*fault.path), ("read", WORKFLOW));
    let site = Site::new();
    site.put(".github", "a file");
    let fault = init(site.0.path(), &OLD).unwrap_err();
    assert_eq!(&*fault.path, WORKFLOW);
    assert_eq!(site.get(".github"), "a file");
}

#[test]
fn what_is_left_to_do_is_told() {
    let site = Site::new();
    let steps = |workflow: &Workflow<'_>| init(site.0.path(), workflow).unwrap().steps;
    let told = steps(&OLD);
    assert_eq!(told.len(), 2);
    assert!(
        told[0].contains("set Source to GitHub Actions")
            && told[1].starts_with("commit `.github/workflows/pages.yml`")
    );
    assert!(steps(&Workflow { repository: None, ..OLD })[1].contains("`FIKA_REPOSITORY`"));
    site.put(WORKFLOW, "mine");
    assert!(steps(&OLD)[0].starts_with("take over from `.github/workflows/pages.yml.new`"));
}

#[test]
fn a_site_below_the_root_of_its_repository_is_told_so() {
    let site = Site::new();
    fs::create_dir_all(site.0.path().join(".git")).unwrap();
    fs::create_dir_all(site.0.path().join("docs/site")).unwrap();
    assert_eq!(below_repository(site.0.path()), None);
    assert_eq!(below_repository(&site.0.path().join("docs/site")).as_deref(), Some("docs/site"));
    let steps = init(&site.0.path().join("docs/site"), &OLD).unwrap().steps;
    assert!(steps[0].contains("`fika --root docs/site build`"), "{steps:?}");
}
