//! Looks for essays that break what the parser claims, until a time is over:
//! `cargo run --release -p fika-parser --example fuzz -- --minutes 30 [--seed N]`.
//!
//! Bytes at random, pieces of Markdown at random, pieces of real structure (lists, quotations, tables, notes within one another), and a
//! few pieces again and again, of which four times as many may take only so much longer. Each finding is printed with its text.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program that reads the clock and prints"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use fika_parser::Parser;

#[path = "../tests/claims/mod.rs"]
mod claims;
#[path = "../tests/site/mod.rs"]
mod site;

use claims::{PIECES, is_hidden};

/// Numbers that look random (xorshift64*).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, limit: usize) -> usize {
        self.next() as usize % limit.max(1)
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str, default: f64| {
        let at = arguments.iter().position(|argument| argument == name)?;
        Some(arguments.get(at + 1)?.parse::<f64>().unwrap_or(default))
    };
    let minutes = number("--minutes", 1.0).unwrap_or(1.0);
    let mut dice = Dice(number("--seed", 1.0).unwrap_or(1.0) as u64 * 2 + 1);
    std::panic::set_hook(Box::new(|_| {}));
    let start = Instant::now();
    let (mut tried, mut found) = (0_u64, 0);
    while start.elapsed() < Duration::from_secs_f64(minutes * 60.0) && found < 20 {
        tried += 1;
        if let Err(finding) = one(&mut dice) {
            found += 1;
            println!("FOUND {finding}\n");
        }
    }
    println!("{tried} texts in {:.1?}, {found} findings", start.elapsed());
    std::process::exit(i32::from(found > 0));
}

fn one(dice: &mut Dice) -> Result<(), String> {
    let parser = site::parser(|config| {
        config.markdown.math = dice.below(3) == 0;
        config.markdown.mark = dice.below(2) == 0;
        config.markdown.smart_punctuation = dice.below(3) == 0;
    });
    match dice.below(40) {
        0 => return linear(dice, &parser),
        1 => {
            let bytes: Vec<u8> = (0..dice.below(300)).map(|_| dice.next() as u8).collect();
            return guarded(&format!("{bytes:?}"), || {
                let text = fika_parser::text("content/a.md", &bytes);
                claims::essay(&parser.parse("content/a.md", &bytes, &|_, _| None), &text)
            });
        }
        _ => {}
    }
    let plain = dice.below(2) == 0;
    let pieces: Vec<&str> =
        PIECES.iter().copied().filter(|piece| !plain || !(is_hidden(piece) || piece.contains('<'))).collect();
    let mut text = String::new();
    if dice.below(8) == 0 {
        text.push_str("---\ntitle: 题\n---\n");
    }
    let length = dice.below(60);
    if dice.below(2) == 0 {
        structured(dice, &pieces, &mut text, length);
    } else {
        (0..length).for_each(|_| text.push_str(dice.pick(&pieces)));
    }
    guarded(&format!("{text:?}"), || claims::check(&parser, &text, plain && !text.starts_with("---")))
}

/// A panic is a finding like any other.
fn guarded(text: &str, work: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        Err(format!("panic: {}", message.or(panic.downcast_ref::<&str>().copied()).unwrap_or("?")))
    });
    done.map_err(|fault| format!("{fault}\n  {text}"))
}

/// Blocks within blocks, each line behind the marks of all that it stands in.
fn structured(dice: &mut Dice, pieces: &[&str], text: &mut String, lines: usize) {
    const OPEN: &[&str] =
        &["> ", "- ", "1. ", "  ", "    ", "[^ア]: ", "| ", "### ", "> [!TIP] ", ": ", "\t", "- [ ] "];
    let mut prefix: Vec<&str> = Vec::new();
    for _ in 0..lines / 3 {
        match dice.below(5) {
            0 => prefix.push(dice.pick(OPEN)),
            1 => {
                prefix.pop();
            }
            _ => {}
        }
        text.push_str(&prefix.concat());
        for _ in 0..dice.below(6) {
            text.push_str(dice.pick(pieces));
        }
        text.push_str(if dice.below(4) == 0 { "\n\n" } else { "\n" });
    }
}

/// A few pieces again and again.
fn linear(dice: &mut Dice, parser: &Parser) -> Result<(), String> {
    let parts: Vec<String> =
        (0..3).map(|_| (0..dice.below(4)).map(|_| dice.pick(PIECES)).collect()).collect();
    let make = |length: usize| {
        let unit = parts[0].len().max(1);
        format!("{}{}", parts[0].repeat(length / unit), parts[1].repeat(length / 4 / parts[1].len().max(1)))
    };
    guarded(&format!("{parts:?}"), || match claims::is_superlinear(parser, 10_000, make) {
        true => Err("time is not linear".into()),
        false => Ok(()),
    })
}
