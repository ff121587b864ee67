//! Titles and the like in front matter: plain text that may hold emphasis and code.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::emphasis;
use crate::escape;
use crate::source::{Piece, Prepared, Rules};

/// The text of a line of Markdown, and its HTML if it has markup. Only emphasis, strikethrough and code are read:
/// `[译]`, `[译](a.md)`, `<Router>`, `1.` and `#` are part of a title.
pub(crate) fn inline(line: &str) -> (String, Option<String>) {
    let plain = || (line.trim().to_owned(), None);
    if !line.contains(['*', '`', '~', '\\', '{']) {
        return plain();
    }
    let rules = Rules { cjk: true, math: false, mark: false, controls: true, line: true };
    let prepared = Prepared::new(line.trim(), rules);
    let (mut text, mut html, mut marked) = (String::new(), String::new(), false);
    let mut until = 0;
    for (event, range) in Parser::new_ext(&prepared.text, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        match event {
            _ if range.end <= until => continue,
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                until = range.end;
                let part = clean(&prepared.as_written(&prepared.text[range.clone()], &range));
                escape::text(&mut html, &part);
                text.push_str(&part);
                continue;
            }
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Start(Tag::Emphasis) => html.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => html.push_str("</em>"),
            Event::Start(Tag::Strong) => html.push_str("<strong>"),
            Event::End(TagEnd::Strong) => html.push_str("</strong>"),
            Event::Start(Tag::Strikethrough) => html.push_str("<del>"),
            Event::End(TagEnd::Strikethrough) => html.push_str("</del>"),
            Event::Text(part) | Event::InlineHtml(part) => {
                for piece in prepared.pieces(&part, &range) {
                    match piece {
                        Piece::Text(part) => {
                            let part = clean(&part);
                            escape::text(&mut html, &part);
                            text.push_str(&part);
                        }
                        Piece::Ruby(ruby) => {
                            ruby.html(&mut html);
                            text.push_str(&ruby.base());
                            marked = true;
                        }
                    }
                }
                continue;
            }
            Event::Code(part) => {
                html.push_str("<code>");
                let part = clean(&part);
                escape::text(&mut html, &part);
                html.push_str("</code>");
                text.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => {
                html.push(' ');
                text.push(' ');
                continue;
            }
            // A block: this is no line of text.
            _ => return plain(),
        }
        marked = true;
    }
    let marked = marked && html.contains('<');
    (text, marked.then_some(html))
}

fn clean(text: &str) -> String {
    text.chars().filter(|&c| !matches!(c, emphasis::LETTER | emphasis::POINT) && !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (line, text, html) in [
            ("普通的标题", "普通的标题", None),
            ("用 `cargo` 构建", "用 cargo 构建", Some("用 <code>cargo</code> 构建")),
            ("**强调。**后文", "强调。后文", Some("<strong>强调。</strong>后文")),
            ("**“引”**与_斜_", "“引”与_斜_", Some("<strong>“引”</strong>与_斜_")),
            ("慢下来的三个理由**", "慢下来的三个理由**", None),
            ("[译]Threading *model*", "[译]Threading model", Some("[译]Threading <em>model</em>")),
            (
                "<Router> 与 `<Outlet>`",
                "<Router> 与 <Outlet>",
                Some("&lt;Router&gt; 与 <code>&lt;Outlet&gt;</code>"),
            ),
            ("1. 一 & `二`", "1. 一 & 二", Some("1. 一 &amp; <code>二</code>")),
            ("# `x`", "# x", Some("# <code>x</code>")),
            ("3元~5元", "3元~5元", None),
            (
                "{月|つき}と*夜*{任意}",
                "月と夜{任意}",
                Some("<ruby>月<rp>（</rp><rt>つき</rt><rp>）</rp></ruby>と<em>夜</em>{任意}"),
            ),
            ("C:\\路径", "C:\\路径", None),
            ("**粗**与[链*接*](b.md)", "粗与[链*接*](b.md)", Some("<strong>粗</strong>与[链*接*](b.md)")),
            (
                "*图*![a](b.png)<https://a.b>",
                "图![a](b.png)<https://a.b>",
                Some("<em>图</em>![a](b.png)&lt;https://a.b&gt;"),
            ),
        ] {
            assert_eq!(inline(line), (text.to_owned(), html.map(str::to_owned)), "{line}");
        }
    }
}
