use fika_parser::Parser;
use fika_plugin::{Lang, NoMemory};
use quick_xml::events::Event;

use super::*;
use crate::testing;

fn math(macros: &[(&str, &str)]) -> Math {
    let macros: Vec<_> = macros.iter().map(|(name, text)| ((*name).into(), Data::from(*text))).collect();
    let mut faults = Vec::new();
    let math = Math::new(&macros, &mut faults);
    assert_eq!(faults, []);
    math
}

/// An essay with its formulas set.
fn set(math: &Math, text: &str) -> Essay {
    let mut config = testing::config();
    config.markdown.math = true;
    let essay = Parser::new(&config).parse("content/a.md", text.as_bytes(), &|_: &Lang, _: &str| None);
    math.body(&BodyContext { config: &config, text: &|| text.to_owned(), memory: &NoMemory }, essay)
}

/// What became of the formulas of a body; nothing of those that could not be set.
fn made(body: &fika_model::Body) -> Vec<Option<String>> {
    body.verbatims().map(|placed| placed.verbatim.made.as_deref().map(str::to_owned)).collect()
}

/// What is told of an essay, with its places.
fn told(essay: &Essay) -> Vec<String> {
    let tell = |fault: &Diagnostic| {
        let place = fault.place.as_ref().expect("it has a place");
        let (start, end) = (place.mark_start as usize, place.mark_end as usize);
        let marked: String = place.excerpt.chars().skip(start).take(end - start).collect();
        format!("{}:{} `{marked}` {}", place.line, place.column, fault.message)
    };
    essay.diagnostics.iter().map(tell).collect()
}

#[test]
fn formulas_become_mathml() {
    let essay = set(&math(&[]), "量 $x<1$ 与 $$\ny^2\n$$\n\n```math\nz\n```\n\n`$c$`\n");
    assert_eq!(
        made(&essay.body),
        [
            "<math><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>",
            "<span class=\"math math-display\"><math display=\"block\"><msup><mi>y</mi><mn>2</mn></msup></math></span>",
            "<div class=\"math math-display\"><math display=\"block\"><mi>z</mi></math></div>",
        ]
        .map(|html| Some(html.to_owned()))
    );
    assert_eq!(essay.diagnostics, []);
}

#[test]
fn a_formula_that_cannot_be_set_is_told_with_its_place_and_stays() {
    let text = "---\ntitle: 月\n---\n第一段 $a$ 与 $\\frac{1}{\\nope x}$。\n\n> $$\n> \\left( x\n> $$\n";
    let essay = set(&math(&[]), text);
    assert_eq!(
        told(&essay),
        [
            "4:21 `\\nope` the formula cannot be set: unknown command `\\nope`",
            "6:3 `$$` the formula cannot be set: expected closing token `\\right`, but reached end of input",
        ]
    );
    assert_eq!(made(&essay.body).iter().filter(|made| made.is_none()).count(), 2);
    assert!(essay.body.html.contains("<code class=\"math math-inline\">\\frac{1}{\\nope x}</code>"));
}

#[test]
fn equations_are_numbered_through_and_a_summary_has_the_same_numbers() {
    let one = |label: &str| format!("$$\\begin{{equation}}\\label{{{label}}} x \\end{{equation}}$$\n\n");
    let text = format!("{}{}<!-- more -->\n\n见 $\\eqref{{b}}$\n", one("a"), one("b"));
    let essay = set(&math(&[]), &text);
    let body = made(&essay.body);
    let has = |at: usize, number: &str| body[at].as_ref().expect("it is set").contains(number);
    assert!(has(0, "(1)") && has(1, "(2)") && has(2, "(2)"), "{body:?}");
    let summary = essay.card.summary.expect("it was cut");
    assert_eq!(made(&summary), body[..2]);
}

#[test]
fn a_reference_to_no_equation_is_told_with_its_place() {
    let equation = "$$\\begin{equation}\\label{a} x \\end{equation}$$";
    let text =
        format!("{equation}\n\n见 $\\eqref{{a}}$、$\\eqref{{a}} + \\eqref{{ b }}$ 与 $\\see{{c}}$。\n");
    let essay = set(&math(&[("see", "\\eqref{#1}")]), &text);
    assert_eq!(
        told(&essay),
        [
            "3:28 `\\eqref{ b }` there is no equation `b` for this formula to refer to",
            "3:44 `\\see{c}` there is no equation `c` for this formula to refer to",
        ]
    );
    assert!(made(&essay.body).iter().all(Option::is_some));
}

#[test]
fn macros_come_from_the_configuration() {
    let math = math(&[("\\RR", "\\mathbb{R}"), ("norm", "\\lVert #1 \\rVert")]);
    let essay = set(&math, "$\\RR$ $\\norm{x}$");
    assert_eq!(essay.diagnostics, []);
    assert_eq!(made(&essay.body)[0].as_deref(), Some("<math><mi>ℝ</mi></math>"));
    let mut faults = Vec::new();
    let wrong = [("a1".into(), Data::from("x")), ("b".into(), Data::Int(1)), ("c".into(), Data::from("y"))];
    let kept = Math::new(&wrong, &mut faults);
    assert_eq!(faults.len(), 2);
    assert_eq!(made(&set(&kept, "$\\c$").body)[0].as_deref(), Some("<math><mi>y</mi></math>"));
}

/// Whatever is set is well-formed XML, and whatever is written does no harm.
#[test]
fn what_is_set_is_well_formed() {
    let deep = format!("{}x{}", "{".repeat(20_000), "}".repeat(20_000));
    let fractions = "\\frac{".repeat(5_000);
    let roots = "\\sqrt ".repeat(20_000);
    let brackets = "\\left(".repeat(20_000);
    let deepest = format!("{}x{}", "{\\sqrt".repeat(DEEPEST / 2), "}".repeat(DEEPEST / 2));
    let formulas = [
        r"\begin{cases} x & x \ge 0 \\ -x & \text{否则，即 } x < 0 \end{cases}",
        r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt\pi}{2} \quad \text{<b>\&}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1} \color{red} \mathcal{L} \operatorname{sgn}",
        r"a \lt b \gt c & d",
        r"<script>alert(1)</script>",
        "\u{1}\u{FFFE}\\text{\u{2}}",
        deep.as_str(),
        fractions.as_str(),
        roots.as_str(),
        brackets.as_str(),
        deepest.as_str(),
        r"\href{javascript:alert(1)}{x} \unicode{x41}",
    ];
    let text: String = formulas.iter().map(|formula| format!("```math\n{formula}\n```\n\n")).collect();
    let essay = set(&math(&[]), &text);
    let made: Vec<String> = made(&essay.body).into_iter().flatten().collect();
    assert!(made.len() >= 4, "{:?}", essay.diagnostics);
    for html in made {
        let mut reader = quick_xml::Reader::from_str(&html);
        while !matches!(reader.read_event().expect(&html), Event::Eof) {}
        assert!(!html.contains("<script") && !html.contains("javascript:"), "{html}");
    }
}
