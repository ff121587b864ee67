//! One essay of a corpus: front matter and six to twelve kilobytes of Markdown with everything that real essays hold.

use std::fmt::Write as _;

use crate::corpus::{Format, Tongue};
use crate::rng::Rng;
use crate::words::Words;

/// Where an essay lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Its number in the corpus.
    pub(crate) number: usize,
    /// The folder of its section.
    pub(crate) section: &'static str,
    /// Whether it is a folder of its own with a picture beside it.
    pub(crate) bundle: bool,
}

impl Place {
    /// The path of the file below `content/`.
    pub(crate) fn path(self, tongue: Tongue) -> String {
        let suffix = tongue.suffix();
        match self.bundle {
            true => format!("{}/e{:04}/index{suffix}.md", self.section, self.number),
            false => format!("{}/e{:04}{suffix}.md", self.section, self.number),
        }
    }
}

/// What an essay is made with.
pub(crate) struct Pen<'a> {
    pub(crate) place: Place,
    pub(crate) tongue: Tongue,
    pub(crate) format: Format,
    pub(crate) words: &'static Words,
    /// Draws the words: differs between the languages of an essay.
    pub(crate) rng: Rng,
    /// Draws the shape: the same in both languages, as a translation has the shape of its original.
    pub(crate) shape: Rng,
    /// The place of any essay, for links.
    pub(crate) places: &'a dyn Fn(usize) -> Place,
    /// How many there are.
    pub(crate) essays: usize,
}

impl Pen<'_> {
    /// The whole file.
    pub(crate) fn write(mut self) -> String {
        let mut text = String::with_capacity(14_000);
        self.front_matter(&mut text);
        self.paragraph(&mut text);
        text.push_str(if self.format == Format::Hugo { "<!--more-->\n\n" } else { "<!-- more -->\n\n" });
        let parts = self.shape.between(3, 5);
        let mut notes = 0;
        for part in 0..parts {
            self.heading(&mut text);
            for _ in 0..self.shape.between(2, 3) {
                self.paragraph(&mut text);
            }
            self.block(&mut text, part);
            notes += 1;
            self.noted(&mut text, notes);
        }
        for note in 1..=notes {
            let sentence = self.words.say(&mut self.rng, self.words.sentences);
            let _ = write!(text, "[^n{note}]: {sentence}\n\n");
        }
        text
    }

    fn front_matter(&mut self, text: &mut String) {
        let words = self.words;
        let title = words.say(&mut self.rng, words.titles);
        let description = words.say(&mut self.rng, words.sentences).replace('"', "'");
        let (year, month, day) =
            (self.shape.between(2005, 2025), self.shape.between(1, 12), self.shape.between(1, 28));
        let mut tags: Vec<&str> = Vec::new();
        for _ in 0..self.shape.between(1, 4) {
            let tag = self.shape.pick_skewed(words.tags);
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        let series = self.shape.chance(10).then(|| self.shape.pick(words.series));
        let _ = writeln!(text, "---\ntitle: \"{title}\"\ndescription: \"{description}\"");
        let _ = writeln!(text, "date: {year}-{month:02}-{day:02}");
        let tags = tags.join(", ");
        let tagline = words.say(&mut self.rng, words.headings);
        match self.format {
            Format::Zola => {
                let _ = writeln!(text, "taxonomies:\n  tags: [{tags}]\nextra:\n  tagline: \"{tagline}\"");
            }
            Format::Fika | Format::Hugo => {
                let _ = writeln!(text, "tags: [{tags}]\ntagline: \"{tagline}\"");
                if let Some(series) = series {
                    let _ = writeln!(text, "series: {series}");
                }
            }
        }
        text.push_str("---\n\n");
    }

    fn heading(&mut self, text: &mut String) {
        let level = if self.shape.chance(75) { "##" } else { "###" };
        let heading = self.words.say(&mut self.rng, self.words.headings);
        let _ = write!(text, "{level} {heading}\n\n");
    }

    /// A paragraph of four to seven sentences, some of them strong, quoted as code, linked or broken over two lines.
    fn paragraph(&mut self, text: &mut String) {
        let sentences = self.rng.between(4, 7);
        for at in 0..sentences {
            if at > 0 {
                // A line of its own for some sentences, as many writers do: a soft break between Chinese characters.
                text.push_str(if self.rng.chance(12) { "\n" } else { self.words.gap });
            }
            self.sentence(text);
        }
        text.push_str("\n\n");
    }

    fn sentence(&mut self, text: &mut String) {
        let words = self.words;
        match self.rng.below(100) {
            0..=8 => {
                let strong = words.say(&mut self.rng, words.strong);
                let after = words.say(&mut self.rng, words.sentences);
                let _ = write!(text, "**{strong}**{}{after}", words.gap);
            }
            9..=12 => {
                let noun = self.rng.pick(words.nouns);
                let _ = write!(text, "*{noun}*{}", words.gap);
                text.push_str(&words.say(&mut self.rng, words.sentences));
            }
            13..=16 => {
                let link = self.link();
                text.push_str(&link);
                text.push_str(words.gap);
                text.push_str(&words.say(&mut self.rng, words.sentences));
            }
            17..=18 => {
                let number = self.rng.below(90);
                let _ = write!(text, "`fn cup_{number}()`{}", words.gap);
                text.push_str(&words.say(&mut self.rng, words.sentences));
            }
            19 => {
                let noun = self.rng.pick(words.nouns);
                let _ =
                    write!(text, "[{noun}](https://elsewhere.example/{}){}", self.rng.below(500), words.gap);
                text.push_str(&words.say(&mut self.rng, words.sentences));
            }
            _ => text.push_str(&words.say(&mut self.rng, words.sentences)),
        }
    }

    /// A link to another essay in the same language, as each tool writes it.
    fn link(&mut self) -> String {
        let words = self.words;
        let to = (self.places)(self.rng.below(self.essays));
        let noun = self.rng.pick(words.nouns);
        match self.format {
            Format::Hugo => {
                let path = format!("/{}/e{:04}", to.section, to.number);
                format!("[{noun}]({{{{< relref \"{path}\" >}}}})")
            }
            Format::Zola => format!("[{noun}](@/{})", to.path(self.tongue)),
            Format::Fika if to.section == self.place.section => {
                let up = if self.place.bundle { "../" } else { "" };
                let below = to.path(self.tongue);
                format!("[{noun}]({up}{})", &below[to.section.len() + 1..])
            }
            Format::Fika => format!("[{noun}](@/{})", to.path(self.tongue)),
        }
    }

    /// A block that is no paragraph; each essay has most kinds.
    fn block(&mut self, text: &mut String, part: usize) {
        match (part + self.place.number) % 6 {
            0 => self.list(text),
            1 => self.quote(text),
            2 => self.code(text),
            3 => self.table(text),
            4 => self.picture(text),
            _ => self.nested_list(text),
        }
    }

    fn list(&mut self, text: &mut String) {
        for number in 1..=self.shape.between(3, 5) {
            let item = self.words.say(&mut self.rng, self.words.sentences);
            let _ = writeln!(text, "{number}. {item}");
        }
        text.push('\n');
    }

    fn nested_list(&mut self, text: &mut String) {
        for _ in 0..self.shape.between(2, 4) {
            let (outer, inner) = (
                self.words.say(&mut self.rng, self.words.strong),
                self.words.say(&mut self.rng, self.words.sentences),
            );
            let _ = writeln!(text, "- **{outer}**{}\n  - {inner}", self.rng.pick(self.words.nouns));
        }
        text.push('\n');
    }

    fn quote(&mut self, text: &mut String) {
        for at in 0..2 {
            let line = self.words.say(&mut self.rng, self.words.sentences);
            text.push_str(if at == 0 { "> " } else { ">\n> " });
            text.push_str(&line);
            text.push('\n');
        }
        text.push('\n');
    }

    fn code(&mut self, text: &mut String) {
        let language = self.shape.pick(&["rust", "python", "sh", "html"]);
        let _ = writeln!(text, "```{language}");
        for line in 0..self.shape.between(4, 10) {
            let number = self.rng.below(1000);
            let _ = match language {
                "rust" => writeln!(
                    text,
                    "    let cup_{line} = Cup::new({number}); // {}",
                    self.rng.pick(self.words.nouns)
                ),
                "python" => writeln!(text, "cup_{line} = [n * {number} for n in range({line})]  # <{line}>"),
                "sh" => writeln!(text, "printf '%s\\n' \"$CUP_{number}\" | sort -n > cups-{line}.txt"),
                _ => writeln!(text, "<p class=\"cup-{line}\">{number} &amp; {{{{ cup }}}}</p>"),
            };
        }
        text.push_str("```\n\n");
    }

    fn table(&mut self, text: &mut String) {
        let words = self.words;
        let _ = writeln!(
            text,
            "| {} | {} | № |\n|:--|:--|--:|",
            self.rng.pick(words.nouns),
            self.rng.pick(words.places)
        );
        for row in 0..self.shape.between(3, 6) {
            let _ = writeln!(
                text,
                "| {} | **{}** | {row} |",
                self.rng.pick(words.nouns),
                self.rng.pick(words.adjectives)
            );
        }
        text.push('\n');
    }

    fn picture(&mut self, text: &mut String) {
        let alt = self.words.say(&mut self.rng, self.words.headings);
        let source = if self.place.bundle {
            "here.png".to_owned()
        } else {
            format!("/img/{}.png", self.shape.pick(&["cup", "map", "moon"]))
        };
        let _ = write!(text, "![{alt}]({source})\n\n");
    }

    fn noted(&mut self, text: &mut String, note: usize) {
        let sentence = self.words.say(&mut self.rng, self.words.sentences);
        // Words must follow: a link right behind it would take the note for the text of a reference.
        let after = self.words.say(&mut self.rng, self.words.sentences);
        let _ = write!(text, "{sentence}[^n{note}]{}{after}{}", self.words.gap, self.words.gap);
        self.paragraph(text);
    }
}
