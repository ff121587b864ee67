//! The file that was probably meant by a link that leads nowhere, as the writer can put it in the link's place.

use crate::paths::{decode, join, markdown_stem};
use crate::resolve::From;
use crate::{Site, nearest};

impl Site {
    /// The file that was probably meant, as a link to it is written: one of the same name elsewhere, else one of a near name in the same
    /// folder.
    pub(crate) fn near(&self, from: From<'_>, dest: &str) -> Option<String> {
        let path = decode(dest.split(['?', '#']).next().unwrap_or(dest));
        if let Some(meant) = self.without_base(from, &path) {
            return Some(meant.to_owned());
        }
        let full = self.full(from, &path);
        let (folder, name) = full.rsplit_once('/').unwrap_or(("", &full));
        // A picture is no essay.
        let is_essay = markdown_stem(name).is_some() || !name.contains('.');
        let all = || self.index.source.keys().chain(self.files.keys()).map(|path| &**path);
        let known = || all().filter(|path| is_essay || markdown_stem(path).is_none());
        let same = known()
            .filter(|path| path.strip_suffix(name).is_some_and(|head| head.is_empty() || head.ends_with('/')))
            .min();
        if let Some(same) = same {
            return Some(self.written(from, dest, same));
        }
        let in_folder = |path: &'_ &str| path.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
        let beside = known().filter(in_folder).map(|path| path.rsplit('/').next().unwrap_or(path));
        let near = nearest_file(name, beside.collect())?;
        Some(self.written(from, dest, &join(folder, near)))
    }

    /// An address with the path of `base_url`, which comes before every address by itself, without it.
    fn without_base<'d>(&self, from: From<'_>, path: &'d str) -> Option<&'d str> {
        let base = self.config.base_url.path().trim_end_matches('/');
        let rest = path.strip_prefix(base).filter(|rest| !base.is_empty() && rest.starts_with('/'))?;
        self.lookup(from, rest).is_ok().then_some(rest)
    }

    /// A link to a file: of templates and configuration, and where one like it was tried, from the content folder, of essays from where
    /// they lie. What is in `static/` has an address alone.
    fn written(&self, from: From<'_>, dest: &str, file: &str) -> String {
        if let Some(rest) = file.strip_prefix("static/") {
            return format!("/{rest}");
        }
        let is_from_content = from.entry.is_none() || dest.starts_with("@/");
        match self.in_content(file).filter(|_| is_from_content) {
            Some(inside) => format!("@/{inside}"),
            None => relative(from.base, file),
        }
    }
}

/// Of some files the one whose name is near, but for the extension: nearly all have the same, and it makes none like another.
fn nearest_file<'n>(name: &str, mut files: Vec<&'n str>) -> Option<&'n str> {
    let apart = |name: &'n str| name.rsplit_once('.').unwrap_or((name, ""));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    files.sort_unstable_by_key(|file| (apart(file).1 != extension, *file));
    let near = nearest(stem, files.iter().map(|file| apart(file).0))?;
    files.into_iter().find(|file| apart(file).0 == near)
}

/// The way from a folder to a file.
fn relative(folder: &str, file: &str) -> String {
    let (mut steps, mut rest) = (folder.split('/').filter(|step| !step.is_empty()).peekable(), file);
    while let Some(inner) = steps.peek().and_then(|step| rest.strip_prefix(*step)?.strip_prefix('/')) {
        rest = inner;
        steps.next();
    }
    "../".repeat(steps.count()) + rest
}

#[cfg(test)]
mod tests {
    use super::{nearest_file, relative};

    #[test]
    fn a_file_is_named_from_a_folder() {
        for (folder, file, want) in [
            ("content/essays", "content/essays/moon.md", "moon.md"),
            ("content/essays", "content/moon.md", "../moon.md"),
            ("content/essays", "content/notes/moon.md", "../notes/moon.md"),
            ("content/essays", "content/essays-old/moon.md", "../essays-old/moon.md"),
            ("content", "content/essays/moon.md", "essays/moon.md"),
            ("", "essays/moon.md", "essays/moon.md"),
            ("essays", "moon.md", "../moon.md"),
        ] {
            assert_eq!(relative(folder, file), want, "{file} from {folder}");
        }
    }

    #[test]
    fn a_near_file_is_one_with_a_near_stem() {
        for (name, files, want) in [
            ("发展.md", &["a.md", "b.md"][..], None),
            ("发展2.md", &["a.md", "发展.md"], Some("发展.md")),
            ("a.md", &["b.md", "发展.md"], None),
            ("mon.md", &["moon.md", "son.en.md"], Some("moon.md")),
            ("moon.png", &["moon.jpg", "moons.png"], Some("moon.jpg")),
            ("moom.png", &["moon.jpg", "moon.png"], Some("moon.png")),
            ("读书会", &["读书会.md"], Some("读书会.md")),
            ("（上）篇.md", &["(上)篇.md"], Some("(上)篇.md")),
        ] {
            assert_eq!(nearest_file(name, files.to_vec()), want, "{name}");
        }
    }
}
