//! An output folder on another file system than the site.

use std::collections::BTreeMap;

use super::*;

/// Two folders on two file systems, where this machine has such.
#[cfg(target_os = "linux")]
fn apart() -> Option<(tempfile::TempDir, tempfile::TempDir)> {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir_in("/dev/shm").ok()?);
    (!same_device(here.path(), there.path())).then_some((here, there))
}

/// Whoever has the old manifest open sees it whole: the new one takes its place, and is not written into it.
#[cfg(target_os = "linux")]
#[test]
fn a_manifest_is_replaced_and_never_written_into() {
    let Some((root, out)) = apart() else { return };
    let build = |file: &str| {
        let lock = Lock::take(root.path(), || ()).unwrap();
        let sink = DiskSink::open(&lock, root.path(), out.path()).unwrap();
        sink.plan(&|| BTreeSet::from([file.to_owned()]));
        sink.put(file, Fingerprint::of(file), Payload::Bytes(file.into()));
        let mut faults = Vec::new();
        sink.finish(&mut faults);
        assert_eq!(faults, []);
    };
    build("a.html");
    let (manifest, old) = (manifest(root.path(), out.path()).unwrap(), root.path().join("old"));
    fs::hard_link(&manifest, &old).unwrap();
    let before = fs::read(&old).unwrap();
    build("b.html");
    assert_eq!(fs::read(&old).unwrap(), before);
    let files: BTreeMap<String, Written> = store::read_value(&manifest).unwrap();
    assert!(files.into_keys().eq(["b.html"]) && !out.path().join("a.html").exists());
    let beside = fs::read_dir(manifest.parent().unwrap()).unwrap();
    assert_eq!(beside.count(), 1, "nothing unfinished is left");
}

/// One reason is told once, however many files it keeps from being written.
#[test]
fn what_keeps_many_files_out_is_told_once() {
    let (root, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(out.path().join("tags"), "somebody's").unwrap();
    let lock = Lock::take(root.path(), || ()).unwrap();
    let sink = DiskSink::open(&lock, root.path(), out.path()).unwrap();
    let files: BTreeSet<String> = (1..=5).map(|n| format!("tags/{n}.html")).collect();
    sink.plan(&|| files.clone());
    for file in &files {
        sink.put(file, Fingerprint::of(file), Payload::Bytes(file.as_bytes().into()));
    }
    let mut faults = Vec::new();
    sink.finish(&mut faults);
    let told: Vec<&str> = faults.iter().map(|fault| &*fault.message).collect();
    let expected = "cannot write `tags/1.html`, `tags/2.html`, `tags/3.html` and 2 more files: ";
    assert!(matches!(told[..], [one] if one.starts_with(expected)), "{told:?}");
}
