//! Patterns find here what they find in the library for grammars.

use std::collections::BTreeSet;

use arborium::tree_sitter::{self, Parser, QueryCursor, StreamingIterator as _, Tree};
use proptest::prelude::*;

use super::*;
use crate::languages::{Known, LANGUAGES};
use crate::tree;

/// Which pattern, which name, from where, up to where.
type Finds = BTreeSet<(u32, String, u32, u32)>;

/// Code that has most of what patterns ask for; every language is given all of it.
const CODE: [&str; 12] = [
    "if [ -f \"$HOME/a\" ]; then echo $(ls -l) > b; fi # c\nf() { cat <<E\n$x\nE\n}",
    "#include <a.h>\n#define B(c) c\nint main(void) { d->e(1, 'f'); return NULL; }\nnamespace N { class A : B<int> { auto g() { return R\"js(x)js\"; } }; }",
    "@media screen { a.b:hover > #c[d=\"e\"] { --f: 1px; color: #fff !important } } /* g */",
    "package main\nfunc (a *A) b() { println(len(c.d), `e`, nil, 1i) }",
    "<!doctype html><a href=\"b\">c</a><style>d { e: f }</style><script>let g = `h`</script><!-- i --></j>",
    "@A class B { @C(d) void e() { F.g(H_I, this, 'j', 0x1, K::new); } }",
    "const f = async (a) => { b.c = function () {}; new D(E_F, /g/u, html`<i>${j}</i>`, require('k')) } // l\n<M n={o} />",
    "{\"a\": [1, true, null, \"\\n\"], b: 'c'} // d",
    "---\na: b\n---\n# c\n\nd\n===\n\n```rust\nfn e() {}\n```\n\n- [f](g \"h\") <b>i</b>\n\n[j]: k 'l'\n",
    "@a.b\ndef C(d: E = f\"{g!r}\") -> None:\n    print(H.i(*j), K_L, isinstance(1.0))  # m\n",
    "module A\n  def b(c, d: 1, *e, &f)\n    require \"#{@g}\" unless :h\n    private; I_J = %w(k); defined? x; __FILE__; def self.z; end\n  end\nend",
    "#[a]\nfn b<'c>(d: &'c str) -> e::F { G::H(i!(\"j{}\", [1])); self.k::<L>(); macro_rules! m { () => {} } } // n\n/// o\n",
];

fn parse(language: &Language, code: &str) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(language).expect("it is a grammar");
    parser.parse(code, None).expect("nothing stops it")
}

/// What patterns find here.
fn found(query: &Query, tree: &Tree, code: &str) -> Finds {
    let (mut nodes, mut finds) = (Vec::new(), Finds::new());
    tree::nodes(tree, &[query], &mut nodes);
    Search { nodes: &nodes, code, left: usize::MAX }.each(query, |pattern, captured| {
        for (capture, at) in captured {
            let (name, node) = (query.captures[usize::from(*capture)], nodes[*at as usize]);
            finds.insert((pattern.number, name.to_owned(), node.start, node.end));
        }
    });
    finds
}

/// What the library finds.
fn wanted(query: &tree_sitter::Query, tree: &Tree, code: &str) -> Finds {
    let place = |at: usize| u32::try_from(at).expect("code is short");
    let mut finds = Finds::new();
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(query, tree.root_node(), code.as_bytes());
    while let Some(one) = matches.next() {
        for capture in one.captures {
            let name = query.capture_names()[capture.index as usize].to_owned();
            let (start, end) = (place(capture.node.start_byte()), place(capture.node.end_byte()));
            finds.insert((place(one.pattern_index), name, start, end));
        }
    }
    finds
}

/// Both queries of a language, here and in the library.
struct Both {
    name: &'static str,
    language: Language,
    queries: Vec<(Query, tree_sitter::Query)>,
}

impl Both {
    fn new(known: &Known) -> Both {
        let language = Language::new((known.grammar)());
        let both = |text| {
            let library = tree_sitter::Query::new(&language, text).expect("the library reads it");
            (Query::new(&language, text), library)
        };
        let queries = vec![both((known.words)()), both(known.inner)];
        Both { name: known.name, language, queries }
    }

    fn agree(&self, code: &str) {
        let tree = parse(&self.language, code);
        for (query, library) in &self.queries {
            let (found, wanted) = (found(query, &tree, code), wanted(library, &tree, code));
            let differ: Vec<_> = found.symmetric_difference(&wanted).collect();
            assert!(differ.is_empty(), "{}: {differ:?} in {code:?}", self.name);
        }
    }
}

#[test]
fn every_pattern_is_read() {
    for known in &LANGUAGES {
        for (query, library) in Both::new(known).queries {
            assert_eq!(query.patterns.len(), library.pattern_count(), "{}", known.name);
            assert_eq!(query.captures, library.capture_names(), "{}", known.name);
            for pattern in &query.patterns {
                let mut set = library.property_settings(pattern.number as usize).iter();
                let set = set.find(|set| &*set.key == "injection.language").and_then(|set| set.value.clone());
                assert_eq!(pattern.language, set, "{}", known.name);
            }
        }
    }
}

#[test]
fn all_find_what_the_library_finds() {
    for both in LANGUAGES.iter().map(Both::new) {
        for code in CODE {
            both.agree(code);
        }
    }
}

/// What is like no language at all.
#[test]
fn in_pieces_too() {
    let all: Vec<Both> = LANGUAGES.iter().map(Both::new).collect();
    let pieces: Vec<&str> = CODE.iter().flat_map(|code| code.split_inclusive(' ')).collect();
    let code = prop::collection::vec(prop::sample::select(pieces), 0..30);
    let config = ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = prop::test_runner::TestRunner::new(config);
    let done = runner.run(&code, |pieces| {
        all.iter().for_each(|both| both.agree(&pieces.concat()));
        Ok(())
    });
    assert_eq!(done, Ok(()));
}

#[test]
fn what_cannot_be_read_is_left_out() {
    let json = LANGUAGES.iter().find(|known| known.name == "json").expect("it is known");
    let language = Language::new((json.grammar)());
    for (text, want) in [
        ("(string) @a (nothing) @b (number) @c", vec![0, 2]),
        ("(array (string)+ @a) [(string) (number)] @b", vec![1]),
        ("(pair !key) @a (pair key: (_) @b) ((string) @c (#odd? @c \"d\"))", vec![1]),
        ("(string) @a ; (\n)) (number) @b", vec![0]),
        ("(pair key: ) (string \"", vec![]),
        ("", vec![]),
    ] {
        let query = Query::new(&language, text);
        let numbers: Vec<u32> = query.patterns.iter().map(|pattern| pattern.number).collect();
        assert_eq!(numbers, want, "{text}");
    }
}

/// A pattern for two nodes within another is tried on all pairs of them, until there are too many.
#[test]
fn a_search_ends() {
    let json = LANGUAGES.iter().find(|known| known.name == "json").expect("it is known");
    let language = Language::new((json.grammar)());
    let query = Query::new(&language, "(array (number) @a (number) @b)");
    let code = format!("[{}1]", "1,".repeat(99));
    let tree = parse(&language, &code);
    let mut nodes = Vec::new();
    tree::nodes(&tree, &[&query], &mut nodes);
    let ways = |left| {
        let mut ways = 0;
        Search { nodes: &nodes, code: &code, left }.each(&query, |_, _| ways += 1);
        ways
    };
    assert_eq!(ways(usize::MAX), 99 * 100 / 2);
    assert!((1..150).contains(&ways(150)));
}
