use std::cell::RefCell;

use fika_parser::Parser;
use fika_plugin::{Lang, Memory, NoMemory};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;
use crate::testing;

fn read(text: &str) -> Essay {
    Parser::new(&testing::config()).parse("content/a.md", text.as_bytes(), &|_: &Lang, _: &str| None)
}

fn set(memory: &dyn Memory, text: &str) -> Essay {
    let cx = BodyContext { config: &testing::config(), text: &|| text.to_owned(), memory };
    Highlight::default().body(&cx, read(text))
}

/// What became of the only block of a text.
fn made(text: &str) -> Option<String> {
    let essay = set(&NoMemory, text);
    let made = essay.body.verbatims().next()?.verbatim.made.clone()?;
    Some(made.to_string())
}

/// The text of a piece of HTML, whose tags must be well-formed.
fn text_of(html: &str) -> String {
    let mut reader = Reader::from_str(html);
    while !matches!(reader.read_event().expect(html), Event::Eof) {}
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').expect(html).1;
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn lines_are_numbered_and_brought_out_in_any_language() {
    assert_eq!(
        made("```text,linenos,linenostart=9,hl_lines=2\na <\n\n月\n```").as_deref(),
        Some(
            "<pre class=\"numbered\"><code class=\"language-text\" data-lang=\"text\">\
             <span class=\"line\" data-line=\"9\">a &lt;\n</span>\
             <mark class=\"line\" data-line=\"10\">\n</mark>\
             <span class=\"line\" data-line=\"11\">月\n</span></code></pre>"
        )
    );
    assert_eq!(
        made("```{2}\na\nb\n```").as_deref(),
        Some("<pre><code><span class=\"line\">a\n</span><mark class=\"line\">b\n</mark></code></pre>")
    );
}

#[test]
fn what_nobody_knows_is_left_as_it_is() {
    for text in [
        "```brainfuck\n+\n```",
        "```\n+\n```",
        "    fn main\n",
        "```math\nx\n```",
        "```mermaid\na --> b\n```",
    ] {
        assert_eq!(made(text), None, "{text}");
    }
}

#[cfg(feature = "highlight")]
#[test]
fn words_have_classes() {
    assert_eq!(
        made("```rust\nlet a = \"<\"; // 月\n```").as_deref(),
        Some(
            "<pre><code class=\"language-rust\" data-lang=\"rust\"><span class=\"hl-keyword\">let</span> a = \
             <span class=\"hl-string\">\"&lt;\"</span>; <span class=\"hl-comment\">// 月</span>\n</code></pre>"
        )
    );
}

/// What is copied from a page is what was written, wherever spans and lines begin and end.
#[test]
fn the_text_stays_the_text() {
    let code = "/* a\n\n b */ fn main() {\r\n\tlet x = r#\"\n<&>\n\"#;\n}\n\n\n";
    for info in ["rust", "rust {1,3-4}", "rust,linenos", "html,linenos", "md {2}", "text {1}"] {
        let html = made(&format!("```{info}\n{code}```\n")).expect(info);
        assert_eq!(text_of(&html), code.replace("\r\n", "\n"), "{info}");
    }
}

#[test]
fn a_block_is_set_once_for_as_long_as_it_stays() {
    /// Remembers, and counts what it is asked to make.
    #[derive(Default)]
    struct Kept(RefCell<Vec<(Fingerprint, Arc<str>)>>, RefCell<usize>);
    impl Memory for Kept {
        fn remember(&self, key: Fingerprint, make: &mut dyn FnMut() -> String) -> Arc<str> {
            if let Some((_, made)) = self.0.borrow().iter().find(|(known, _)| *known == key) {
                return made.clone();
            }
            *self.1.borrow_mut() += 1;
            let made: Arc<str> = make().into();
            self.0.borrow_mut().push((key, made.clone()));
            made
        }
    }
    let kept = Kept::default();
    let block = "```rust,linenos\nfn a() {}\n```\n\n";
    let first = set(&kept, &format!("甲。\n\n{block}<!-- more -->\n"));
    let again = set(&kept, &format!("乙，丙。\n\n{block}"));
    assert_eq!(*kept.1.borrow(), 1, "the summary and the second reading find it made");
    let of =
        |body: &fika_model::Body| body.verbatims().next().and_then(|placed| placed.verbatim.made.clone());
    assert_eq!(of(&first.body), of(&again.body));
    assert_eq!(of(&first.body), of(first.card.summary.as_deref().expect("it was cut")));
    set(&kept, "```rust,linenos\nfn b() {}\n```\n\n```rust\nfn a() {}\n```\n\n```rust {1}\nfn a() {}\n```\n");
    assert_eq!(*kept.1.borrow(), 4, "another code and other options are set anew");
}
