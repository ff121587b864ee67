//! Converts standard input: `cargo run --release -p fika-script --example convert -- s2twp < text`. With a number behind
//! the scheme, the text is converted as often, and the time of the quickest is told: `s2twp 20`.

// A program of its own: it reads, writes and measures.
#![allow(clippy::disallowed_methods)]

use std::io::{self, Read as _, Write as _};
use std::time::Instant;

use fika_script::{Converter, Phrases, Scheme};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let Some(scheme) = Scheme::ALL.into_iter().find(|scheme| scheme.name() == name) else {
        return Err(io::Error::other(format!(
            "`{name}` is none of {}",
            Scheme::ALL.map(Scheme::name).join(", ")
        )));
    };
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let begin = Instant::now();
    let converter = Converter::new(scheme);
    let made = begin.elapsed();
    let Some(times) = arguments.next().and_then(|times| times.parse::<u32>().ok()) else {
        return io::stdout().write_all(converter.text(&text, &Phrases::default()).as_bytes());
    };
    let once = |_| {
        let begin = Instant::now();
        let length = converter.text(&text, &Phrases::default()).len();
        (begin.elapsed(), length)
    };
    let best = (0..times).map(once).min().unwrap_or_default().0;
    let speed = text.len() as f64 / 1e6 / best.as_secs_f64();
    writeln!(io::stdout(), "{name}: made in {:.1} ms, {speed:.0} MB/s", made.as_secs_f64() * 1e3)
}
