//! Bare addresses that become links: `http://`, `https://`, `ftp://`, `www.` and mail, as in GFM 6.9, but for where they end:
//! Chinese writes no space after an address, so any CJK character or Chinese punctuation ends it.
//!
//! The other places where text is not what it seems are found on the way: what was hidden and turned out to be text.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Frame, Renderer};
use crate::chars::{is_cjk, is_punctuation};
use crate::emphasis::LETTER;
use crate::escape;
use crate::source::{Hidden, Mask, Prepared};

/// Where addresses may begin, and what is hidden in text, found in one pass beforehand: most text events then cost one comparison.
pub(super) struct State {
    candidates: Vec<usize>,
    index: usize,
    /// The next candidate.
    pub(super) next: usize,
    /// The last address, in the text that is read; events within it are part of it.
    pub(super) from: usize,
    pub(super) until: usize,
    /// Elements that were opened within it.
    inside: usize,
}

impl State {
    pub(super) fn new(source: &Prepared<'_>) -> State {
        let bytes = source.text.as_bytes();
        let signs = source.signs.iter().map(|&at| source.read_at(at as usize));
        let begins = signs.filter_map(|at| candidate(bytes, at));
        let mut candidates: Vec<usize> = begins.chain(source.hidden_in_text()).collect();
        candidates.sort_unstable();
        let next = candidates.first().copied().unwrap_or(usize::MAX);
        State { candidates, index: 0, next, from: 0, until: 0, inside: 0 }
    }

    /// Nothing between two places is text.
    pub(super) fn leave_out(&mut self, from: usize, until: usize) {
        (self.from, self.until) = (from, until);
        self.pass(until);
    }

    /// Leaves all candidates before a place behind.
    fn pass(&mut self, place: usize) {
        while self.next < place {
            self.index += 1;
            self.next = self.candidates.get(self.index).copied().unwrap_or(usize::MAX);
        }
    }
}

/// Where the address begins that has this `:`, `@` or `www` in it, if it may be one.
fn candidate(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes[at] == b'w' {
        return bytes[at..].starts_with(b"www.").then_some(at);
    }
    if bytes[at] == b'@' {
        let local = bytes[..at].iter().rev().take_while(|&&byte| is_local(byte)).count();
        return (local > 0).then_some(at - local);
    }
    if !bytes[at..].starts_with(b"://") {
        return None;
    }
    ["https", "http", "ftp"].iter().find_map(|name| {
        let start = at.checked_sub(name.len())?;
        bytes[start..at].eq_ignore_ascii_case(name.as_bytes()).then_some(start)
    })
}

/// What may stand before the `@` of a mail address (GFM 6.9).
fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+')
}

/// The length of the mail address at the beginning of a text, if there is one (GFM 6.9).
fn mail(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let at = bytes.iter().position(|&byte| !is_local(byte)).filter(|&at| bytes[at] == b'@')?;
    let host = &text[at + 1..];
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let host = host[..host.find(|c| !is_host(c)).unwrap_or(host.len())].trim_end_matches('.');
    let valid =
        host.contains('.') && !host.ends_with(['-', '_']) && host.split('.').all(|part| !part.is_empty());
    valid.then_some(at + 1 + host.len())
}

impl Renderer<'_> {
    /// Text in which an address may begin; false if none does.
    pub(super) fn text_with_addresses(&mut self, text: &str, range: &Range<usize>) -> bool {
        let source = self.source;
        let mut done = range.start;
        self.autolinks.pass(range.start);
        let linked = self.inline.links > 0 || self.inline.raw_links > 0;
        while self.autolinks.next < range.end {
            let start = self.autolinks.next;
            // An entity or a smart quote is longer or shorter than its source.
            let hidden = source.mask_at(start).filter(|mask| mask.may_be_text() && text.len() == range.len());
            if let Some(mask) = hidden {
                let end = source.hidden_end(mask);
                self.before_address(text, range, done, start);
                self.hidden_text(mask);
                done = end.min(range.end);
                self.autolinks.from = start;
                self.autolinks.until = end;
                self.autolinks.pass(end);
                continue;
            }
            let found = if linked || text.len() != range.len() { None } else { self.address(start) };
            let Some(end) = found else {
                self.autolinks.pass(start + 1);
                continue;
            };
            self.before_address(text, range, done, start);
            self.autolink(start..end);
            done = end.min(range.end);
            self.autolinks.from = start;
            self.autolinks.until = end;
            self.autolinks.pass(end);
        }
        if done == range.start {
            return false;
        }
        if done < range.end {
            let rest = self.source.clean(&text[done - range.start..]).into_owned();
            self.plain(&rest);
        }
        true
    }

    /// The text before the place where one begins.
    fn before_address(&mut self, text: &str, range: &Range<usize>, done: usize, start: usize) {
        let before = text.get(done - range.start..start - range.start).unwrap_or_default();
        let before = self.source.clean(before).into_owned();
        if !before.is_empty() {
            self.plain(&before);
        }
    }

    /// Writes what was hidden in text: ruby, or what is text after all.
    fn hidden_text(&mut self, mask: &Mask) {
        match &mask.hidden {
            Hidden::Ruby(ruby) => {
                self.surplus_readings(ruby, mask);
                self.ruby(ruby);
            }
            _ => {
                let written = self.source.clean(&self.source.written[mask.range.clone()]).into_owned();
                self.plain(&written);
            }
        }
    }

    fn autolink(&mut self, range: Range<usize>) {
        let source = self.source;
        self.wide_brackets(&range);
        let address = escape::unescape(&source.clean(&source.text[range])).into_owned();
        self.settle_break(Some('h'));
        // Behind `www.` there may be another address, or an `@`, which say nothing.
        match address.starts_with("www.") {
            true => self.address_link(&format!("http://{address}")),
            false if address.contains("://") => self.address_link(&address),
            false => self.address_link(&format!("mailto:{address}")),
        }
        self.html.push('>');
        escape::text(&mut self.html, &address);
        self.html.push_str("</a>");
        self.text.push_str(&address);
    }

    /// Where the address that begins at a place ends, if it is one.
    fn address(&self, start: usize) -> Option<usize> {
        let text: &str = &self.source.text;
        if text[..start].bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        // An address does not reach out of the emphasis it stands in.
        let limit = match self.frames.last() {
            Some(Frame { tag: TagEnd::Emphasis, end, .. }) => end - 1,
            Some(Frame { tag: TagEnd::Strikethrough, end, .. }) if !text[..*end].ends_with("~~") => end - 1,
            Some(Frame { tag: TagEnd::Strong | TagEnd::Strikethrough, end, .. }) => end.saturating_sub(2),
            Some(frame) => frame.end,
            None => text.len(),
        };
        let run = text.get(start..limit)?;
        let stops = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || "<>\"`\\|[]{}^".contains(c)
                || (!c.is_ascii() && (is_cjk(c) || is_punctuation(c)))
        };
        let colon = run.as_bytes().iter().take(6).position(|&byte| byte == b':');
        let host = match colon.filter(|&at| run[at..].starts_with("://")) {
            Some(at) => at + 3,
            None if run.starts_with("www.") => 0,
            None => return mail(run).map(|length| start + length),
        };
        // The host first, which is short: there may be as many beginnings without one as the text has room for.
        let mut places = run[host..].char_indices().take(LONGEST_HOST);
        let end = match places.find(|&(_, c)| matches!(c, '/' | '?' | '#' | ':') || stops(c)) {
            Some((at, _)) => host + at,
            None if run.len() - host <= LONGEST_HOST => run.len(),
            None => return None,
        };
        if !has_domain(trim(&run[..end]), host) {
            return None;
        }
        let run = trim(&run[..run.find(stops).unwrap_or(run.len())]);
        has_domain(run, host).then_some(start + run.len())
    }

    /// Takes an event that lies within the last address; false if it does not.
    pub(super) fn swallow(&mut self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let block = matches!(
            event,
            Event::Start(
                Tag::Paragraph
                    | Tag::Heading { .. }
                    | Tag::DefinitionList
                    | Tag::DefinitionListTitle
                    | Tag::Table(_)
            ) | Event::End(
                TagEnd::Paragraph
                    | TagEnd::Heading(_)
                    | TagEnd::DefinitionList
                    | TagEnd::DefinitionListTitle
                    | TagEnd::Table
                    | TagEnd::BlockQuote(_)
            )
        );
        if range.start < self.autolinks.from || block {
            return false;
        }
        if range.end <= self.autolinks.until {
            match event {
                Event::Start(_) => self.autolinks.inside += 1,
                // The end of an element that was opened before, and begins where the address does.
                Event::End(_) if self.autolinks.inside == 0 => return false,
                Event::End(tag) => {
                    self.autolinks.inside -= 1;
                    // The title of an alert was the head of a table: the rows are what is left.
                    self.html.push_str(if *tag == TagEnd::TableHead { "<tbody>\n" } else { "" });
                }
                _ => {}
            }
            return true;
        }
        match event {
            Event::Text(text) if text.len() == range.len() => {
                let until = self.autolinks.until;
                self.text(&text[until - range.start..], &(until..range.end));
                true
            }
            Event::Start(tag) => {
                // Its first delimiter is part of the address, its last one is not.
                let frame = Frame { muted: true, ..self.frame(tag.to_end(), range) };
                self.frames.push(frame);
                true
            }
            Event::Code(_) | Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.torn(self.autolinks.until..range.end);
                true
            }
            _ => false,
        }
    }
}

impl Renderer<'_> {
    /// What is left of something that began in the title of an alert and is whole on no line: text, behind the marks of the quotation.
    fn torn(&mut self, range: Range<usize>) {
        let source = self.source;
        let text = source.as_written(&source.text[range.clone()], &range);
        let lines = text.split('\n').map(|line| line.trim_start_matches([' ', '\t', '>']));
        self.plain(&lines.collect::<Vec<_>>().join("\n"));
    }
}

/// A longer one is none (RFC 1035, 3.1).
const LONGEST_HOST: usize = 255;

/// Cuts off what ends a sentence rather than an address (GFM 6.9).
fn trim(run: &str) -> &str {
    let mut run = run;
    let surplus = |run: &str| {
        run.bytes().filter(|&b| b == b')').count().saturating_sub(run.bytes().filter(|&b| b == b'(').count())
    };
    let mut closing = surplus(run);
    loop {
        let Some(last) = run.chars().next_back() else { return run };
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | LETTER => {}
            ')' if closing > 0 => closing -= 1,
            ';' => {
                let entity = run[..run.len() - 1]
                    .rfind('&')
                    .filter(|&at| run[at + 1..run.len() - 1].bytes().all(|b| b.is_ascii_alphanumeric()));
                run = &run[..entity.unwrap_or(run.len() - 1)];
                continue;
            }
            _ => return run,
        }
        run = &run[..run.len() - last.len_utf8()];
    }
}

/// Whether there is a host at a place of an address: letters, digits, `-`, `_` and dots, no `_` in the last two parts.
fn has_domain(run: &str, at: usize) -> bool {
    let host = run.get(at..).unwrap_or_default();
    let host = &host[..host.find(['/', '?', '#', ':']).unwrap_or(host.len())];
    let parts: Vec<&str> = host.split('.').collect();
    let valid =
        parts.iter().all(|part| part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | LETTER)));
    valid
        && parts.iter().all(|part| !part.is_empty())
        && parts.iter().rev().take(2).all(|part| !part.contains('_'))
        && (at > 0 || parts.len() > 1)
}
