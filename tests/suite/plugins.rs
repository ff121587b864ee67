//! What plugins of others may do, by the trait alone.

use std::sync::Arc;

use fika_plugin::{BodyContext, Config, Essay, Fingerprint, Hook, Plugin, SourceKind, Sources};
use fika_tests::{Options, Room, show_diagnostics};

use crate::plain;

/// Brings essays and a file from elsewhere.
struct Elsewhere;

impl Plugin for Elsewhere {
    fn name(&self) -> &str {
        "elsewhere"
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of("elsewhere 1")
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Sources]
    }

    fn sources(&self, _config: &Config) -> Sources {
        let file = |path: &str, kind, text: &str| (path.into(), kind, text.as_bytes().to_vec());
        Sources {
            files: vec![
                file("content/far.md", SourceKind::Content, "# 远\n\n[近](near.md)，[文件](far.txt)\n"),
                file("content/far.txt", SourceKind::Asset, "字"),
                file("content/near.md", SourceKind::Content, "# 冒名\n"),
            ],
            ..Sources::default()
        }
    }
}

#[test]
fn sources_from_elsewhere_are_like_those_of_the_disk() {
    let mut room = Room::new();
    room.set(
        &plain("//- content/near.md\n# 近\n\n[远](far.md)\n")
            .file("templates/page.html", "{{ page.content }}"),
    );
    let options = Options { plugins: vec![Arc::new(Elsewhere)], ..Options::default() };
    let built = room.build(&options);
    assert_eq!(
        built.page("far/index.html"),
        "<p><a href=\"/near/\">近</a>，<a href=\"/far.txt\">文件</a></p>\n"
    );
    assert_eq!(built.page("near/index.html"), "<p><a href=\"/far/\">远</a></p>\n");
    assert_eq!(built.page("far.txt"), "字");
    assert_eq!(
        show_diagnostics(&built.diagnostics),
        "warning[same-address] content/near.md the plugin `elsewhere` has a file `content/near.md`, which is there already\n  \
         help: the one that is there is used; rename one of them\n"
    );
    assert_eq!(room.build(&options).parsed, 0, "nothing changed there");
}

/// Adds a word to every text.
struct Word(&'static str);

impl Plugin for Word {
    fn name(&self) -> &str {
        "word"
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.0)
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Body]
    }

    fn body(&self, _cx: &BodyContext<'_>, mut essay: Essay) -> Essay {
        essay.body.html.push_str(self.0);
        essay
    }
}

/// A new fingerprint makes pages and feeds anew, though nothing else says that anything changed.
#[test]
fn another_plugin_is_another_text() {
    let mut room = Room::new();
    let site = plain("//- content/a.md\n---\ntitle: 甲\ndate: 2024-01-01\n---\n文。\n");
    room.set(&site.file("templates/page.html", "{{ page.content }}"));
    for word in ["one", "two"] {
        let built = room.build(&Options { plugins: vec![Arc::new(Word(word))], ..Options::default() });
        assert_eq!(built.page("a/index.html"), format!("<p>文。</p>\n{word}"));
        assert!(built.page("feed.xml").contains(word), "{}", built.page("feed.xml"));
    }
}
