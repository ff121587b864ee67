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
        let mut beside: Vec<&str> =
            known().filter(in_folder).map(|path| path.rsplit('/').next().unwrap_or(path)).collect();
        beside.sort_unstable();
        nearest(name, beside).map(|name| self.written(from, dest, &join(folder, name)))
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
    use super::relative;

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
}
