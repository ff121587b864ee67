//! `fika build` and `fika check`: the same build, into a folder or into nothing.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use fika_builder::{Built, DiskSink, LoadOptions, Loaded, Memo, NullSink, Sink};
use fika_model::Diagnostic;

use crate::args::{Build, Check, How};
use crate::output::{self, Ending};
use crate::progress::Progress;
use crate::report::{self, Tally};
use crate::site;

/// Builds the site into its output folder.
pub(crate) fn build(root: &Path, args: &Build) -> anyhow::Result<Ending> {
    let begun = Instant::now();
    site::jobs(args.how.jobs)?;
    let lock = site::lock(root)?;
    let options = LoadOptions {
        root: root.to_owned(),
        out: args.out.clone(),
        base_url: args.base_url.clone(),
        drafts: args.what.drafts,
        as_of: args.what.as_of.clone(),
    };
    let (mut memo, loaded) = fika_builder::open(&options, &site::build_id());
    if let Some(ending) = site::stopped(&loaded, args.how.json)? {
        return Ok(ending);
    }
    let disk = DiskSink::open(&lock, root, &loaded.out)
        .with_context(|| format!("cannot write into `{}`", loaded.out.display()))?;
    let run = run(root, loaded, &mut memo, &disk, begun);
    if let Err(error) = memo.save(root) {
        output::note(&format!("the next build will be a slow one: {error}"));
    }
    run.report("Built", &args.how, begun)?;
    if args.profile {
        output::note(&run.profile(begun.elapsed()));
    }
    forget(memo);
    Ok(run.tally().ending(args.how.strict))
}

/// To take a large site apart takes as long as to link it; the end of the process does it for nothing.
fn forget(memo: Memo) {
    std::mem::forget(memo);
}

/// Builds the site into nothing and reports what is wrong with it.
pub(crate) fn check(root: &Path, args: &Check) -> anyhow::Result<Ending> {
    let begun = Instant::now();
    site::jobs(args.how.jobs)?;
    let options = LoadOptions {
        root: root.to_owned(),
        drafts: args.what.drafts,
        as_of: args.what.as_of.clone(),
        ..LoadOptions::default()
    };
    // What an earlier build remembers serves here too, but nothing was written, so there is nothing to remember.
    let (mut memo, loaded) = fika_builder::open(&options, &site::build_id());
    if let Some(ending) = site::stopped(&loaded, args.how.json)? {
        return Ok(ending);
    }
    let input = &loaded.input;
    let strings = input.theme.check_strings(&input.config);
    let mut run = run(root, loaded, &mut memo, &NullSink, begun);
    run.add(strings);
    run.report("Checked", &args.how, begun)?;
    forget(memo);
    Ok(run.tally().ending(args.how.strict))
}

/// A finished build.
struct Run {
    built: Built,
    timings: Vec<(&'static str, Duration)>,
}

fn run(root: &Path, loaded: Loaded, memo: &mut Memo, sink: &dyn Sink, begun: Instant) -> Run {
    let (plugins, faults) = site::plugins(&loaded.input.config);
    let (input, found) = loaded.input.with_sources_of(&plugins);
    let progress = Progress::new(sink, begun);
    let mut built = fika_builder::build(&input, &plugins, memo, &progress);
    built.diagnostics.extend(loaded.diagnostics.into_iter().chain(faults).chain(found));
    fika_builder::place_faults(root, &mut built.diagnostics);
    built.diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    built.diagnostics.dedup();
    progress.clear();
    Run { built, timings: progress.timings() }
}

impl Run {
    /// Adds what was found beside the build, but for what the build has told already.
    fn add(&mut self, found: Vec<Diagnostic>) {
        let known = &mut self.built.diagnostics;
        let new = |one: &Diagnostic| {
            !known.iter().any(|other| other.code == one.code && other.message == one.message)
        };
        let found: Vec<Diagnostic> = found.into_iter().filter(new).collect();
        known.extend(found);
        known.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    }

    fn tally(&self) -> Tally {
        Tally::of(&self.built.diagnostics)
    }

    /// Problems, then one line that says what was done.
    fn report(&self, verb: &str, how: &How, begun: Instant) -> anyhow::Result<()> {
        let diagnostics = &self.built.diagnostics;
        if how.json {
            output::print(report::json(diagnostics)?.as_bytes())?;
            return Ok(());
        }
        if !diagnostics.is_empty() {
            output::note(&format!("{}\n", report::coloured(diagnostics)));
        }
        output::say(&summary(verb, &self.built, begun.elapsed()))?;
        if let Some(open) = open_translations(&self.built) {
            output::say(&open)?;
        }
        Ok(())
    }

    /// A table of the phases.
    fn profile(&self, whole: Duration) -> String {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        let known: Duration = self.timings.iter().map(|(_, time)| *time).sum();
        let rest = [("rest", whole.saturating_sub(known)), ("all", whole)];
        let rows: Vec<String> = self
            .timings
            .iter()
            .chain(&rest)
            .map(|(name, time)| format!("{name:<8}{:>10.1} ms", milliseconds(*time)))
            .collect();
        let Built { rendered, parsed, output, .. } = &self.built;
        format!(
            "{}\n{parsed} parsed, {rendered} rendered; {} files written, {} left as they were, {} removed",
            rows.join("\n"),
            output.written,
            output.unchanged,
            output.removed
        )
    }
}

/// `Translations: 2 missing, 1 stale (fika translations)`; nothing where all are current. One line, however many there are.
fn open_translations(built: &Built) -> Option<String> {
    let open = built.translations.iter().filter(|(state, _)| *state != "current");
    let words: Vec<String> = open.map(|(state, count)| format!("{count} {state}")).collect();
    (!words.is_empty())
        .then(|| format!("Translations: {} (`fika translations` lists them)", words.join(", ")))
}

/// `Built 124 pages (zh-Hans 64, en 60) in 0.18 s, 2 warnings`
pub(crate) fn summary(verb: &str, built: &Built, took: Duration) -> String {
    let pages: usize = built.pages.iter().map(|(_, count)| count).sum();
    let languages: Vec<String> = built.pages.iter().map(|(lang, count)| format!("{lang} {count}")).collect();
    let problems =
        Tally::of(&built.diagnostics).words().map(|words| format!(", {words}")).unwrap_or_default();
    let noun = if pages == 1 { "page" } else { "pages" };
    format!("{verb} {pages} {noun} ({}) in {:.2} s{problems}", languages.join(", "), took.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use fika_model::Lang;

    use super::*;

    #[test]
    fn a_summary_is_one_line() {
        let lang = |tag: &str| Lang::parse(tag).expect("a tag");
        let mut built = Built { pages: vec![(lang("zh-Hans"), 64), (lang("en"), 60)], ..Built::default() };
        let took = Duration::from_millis(184);
        assert_eq!(summary("Built", &built, took), "Built 124 pages (zh-Hans 64, en 60) in 0.18 s");
        built.diagnostics = vec![
            Diagnostic::warning("a", "", "b"),
            Diagnostic::warning("c", "", "d"),
            Diagnostic::note("e", "", "f"),
        ];
        assert_eq!(
            summary("Built", &built, took),
            "Built 124 pages (zh-Hans 64, en 60) in 0.18 s, 2 warnings"
        );
        assert_eq!(open_translations(&built), None);
        built.translations = vec![("stale", 1), ("untracked", 3), ("current", 9)];
        let open = "Translations: 1 stale, 3 untracked (`fika translations` lists them)";
        assert_eq!(open_translations(&built).as_deref(), Some(open));
    }
}
