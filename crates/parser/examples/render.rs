//! Prints what the parser makes of a file: `cargo run -p fika-parser --example render -- FILE`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "an example reads a file and prints")]

use fika_parser::{Parser, default_config};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let config = default_config("site", "", &[&path], &String::from_utf8_lossy(&bytes));
        let essay = Parser::new(&config).parse(&path, &bytes, &|_, _| None);
        println!("{}\n{:#?}\n{:#?}\n{:#?}", essay.body.html, essay.body.holes, essay.card, essay.diagnostics);
    }
    Ok(())
}
