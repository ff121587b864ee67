//! The holes that are more than an address: pictures and components.

use fika_model::{Data, Diagnostic, Hole, Image, Missing, Span, Target, decode_path, nearest};
use tera::{Context, Value};

use crate::escape::escape_into;
use crate::fill::Filler;
use crate::functions::SLIP;
use crate::render::watched;
use crate::scope::Scope;
use crate::values::{data, text};
use crate::{Addresses, Media, Query, Theme, faults, fragments};

/// How many of the holes that follow a component belong to its body, which ends at `close`. A hole at that very byte
/// belongs to it when it was written inside it.
pub(crate) fn inside(component: &Hole, after: &[Hole], close: usize) -> usize {
    after
        .iter()
        .take_while(|hole| {
            let at = hole.at as usize;
            at < close || (at == close && hole.span.start < component.span.end)
        })
        .count()
}

impl<'a> Filler<'a> {
    /// A whole `<img>`, in a `<figure>` when it stands alone.
    pub(crate) fn image(&mut self, hole: &Hole, image: &Image) {
        let (address, size) = self.picture(hole, &image.src);
        let out = &mut self.out.html;
        if image.figure {
            out.push_str("<figure>");
        }
        out.push_str("<img src=\"");
        escape_into(out, &address);
        out.push_str("\" alt=\"");
        escape_into(out, &image.alt);
        out.push('"');
        match (image.width, size) {
            (Some(wanted), Some((width, height))) if width > 0 => {
                let height = (u64::from(height) * u64::from(wanted)).div_ceil(u64::from(width));
                out.push_str(&format!(" width=\"{wanted}\" height=\"{height}\""));
            }
            (Some(wanted), _) => out.push_str(&format!(" width=\"{wanted}\"")),
            (None, Some((width, height))) => {
                out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
            }
            (None, None) => {}
        }
        match &image.title {
            Some(title) if !image.figure && !title.is_empty() => {
                out.push_str(" title=\"");
                escape_into(out, title);
                out.push('"');
            }
            _ => {}
        }
        // The first picture is probably in sight: it must not wait for the layout.
        out.push_str(match (self.addresses, image.first) {
            (Addresses::Absolute, _) => ">",
            (Addresses::Path, true) => " decoding=\"async\">",
            (Addresses::Path, false) => " loading=\"lazy\" decoding=\"async\">",
        });
        if image.figure {
            if let Some(title) = image.title.as_deref().filter(|title| !title.is_empty()) {
                out.push_str("<figcaption>");
                escape_into(out, title);
                out.push_str("</figcaption>");
            }
            out.push_str("</figure>");
        }
    }

    /// The address of a picture and its size. A missing one keeps the address that was written.
    fn picture(&mut self, hole: &Hole, src: &str) -> (String, Option<(u32, u32)>) {
        let target = self.stage.site.resolve(self.from(), src);
        if !matches!(target, Ok(Target::External)) {
            self.out.asked.push(Query::Addresses);
        }
        match target {
            Ok(target @ (Target::External | Target::File { .. })) => {
                let size = match &target {
                    Target::File { source: Some(source), .. } => {
                        self.out.asked.push(Query::Image { path: source.to_string() });
                        self.no_picture(hole, src, self.stage.resources.media(source));
                        self.stage.resources.image_size(source)
                    }
                    _ => None,
                };
                (self.address(&target, src), size)
            }
            Ok(_) => self.missing_picture(hole, src, &Missing::Target { nearest: None }),
            Err(why) => self.missing_picture(hole, src, &why),
        }
    }

    /// Reports a file in the place of a picture that browsers do not show as one.
    fn no_picture(&mut self, hole: &Hole, src: &str, media: Media) {
        let name = decode_path(src);
        let (message, help) = match media {
            Media::Picture => return,
            Media::Foreign => (
                format!("few browsers show pictures such as `{name}`"),
                "save it as JPEG, PNG, WebP or AVIF".to_owned(),
            ),
            Media::Broken => (
                format!("`{name}` cannot be read as a picture"),
                "save it once more, and see that all of it was copied".to_owned(),
            ),
            Media::UnnamedSvg => (
                format!("`{name}` is an SVG, and browsers show one only where its name ends in `.svg`"),
                "give it such a name, here and in the folder".to_owned(),
            ),
            Media::Film => (format!("`{name}` is a film, and is not shown as a picture"), self.film(src)),
            Media::Sound => (
                format!("`{name}` is no picture but something to be heard"),
                format!("write `<audio controls src=\"{src}\"></audio>`"),
            ),
            Media::Other => (
                format!("`{name}` is no picture that browsers know"),
                format!("to link to it, leave the `!` out: `[…]({src})`"),
            ),
        };
        let diagnostic = Diagnostic::warning("not-a-picture", self.path(), message);
        self.report(diagnostic.help(help), hole.span);
    }

    /// How a film is shown: by the component of the theme, if it has one.
    fn film(&mut self, src: &str) -> String {
        self.out.asked.push(Query::Component { name: "video".into() });
        match self.stage.theme.components.contains_key("video") {
            true => format!("write `{{{{ <video src=\"{src}\" /> }}}}`"),
            false => format!("write `<video controls src=\"{src}\"></video>`"),
        }
    }

    /// Reports a cover that is not there, or is no picture: no reader of the essay misses it, but whoever the essay is recommended to.
    pub(crate) fn cover(&mut self) {
        let stage = self.stage;
        let Some((src, span)) = &stage.entry(self.entry).card.cover else { return };
        let why = match stage.site.resolve(self.from(), src) {
            Ok(Target::File { source: Some(source), .. }) => return self.no_cover(&source, src, *span),
            Ok(Target::External | Target::File { .. }) => return,
            Ok(_) => Missing::Target { nearest: None },
            Err(why) => why,
        };
        self.out.asked.push(Query::Addresses);
        let diagnostic = self.missing_file("missing-picture", "cover", src, &why);
        self.report(diagnostic, *span);
    }

    fn no_cover(&mut self, source: &str, src: &str, span: Span) {
        self.out.asked.push(Query::Image { path: source.to_owned() });
        if self.stage.resources.media(source) != Media::Picture {
            let message = format!("the cover `{}` is no picture that browsers show", decode_path(src));
            let diagnostic = Diagnostic::warning("not-a-picture", self.path(), message);
            self.report(diagnostic.help("give it a JPEG, PNG, WebP, AVIF or SVG file"), span);
        }
    }

    fn missing_picture(&mut self, hole: &Hole, src: &str, why: &Missing) -> (String, Option<(u32, u32)>) {
        let diagnostic = self.missing_file("missing-picture", "picture", src, why);
        self.report(diagnostic, hole.span);
        (src.to_owned(), None)
    }

    /// A component of the theme. `own` is the range of its body with the holes in it.
    pub(crate) fn component(
        &mut self,
        hole: &Hole,
        name: &str,
        args: &Data,
        own: Option<(usize, usize, &'a [Hole])>,
    ) {
        let theme = self.stage.theme.clone();
        self.out.asked.push(Query::Component { name: name.into() });
        let body = own.map(|(start, end, holes)| {
            let before = std::mem::take(&mut self.out.html);
            self.range(start, end, holes);
            std::mem::replace(&mut self.out.html, before)
        });
        if !theme.components.contains_key(name) {
            let help = no_component(&theme, name);
            let diagnostic = Diagnostic::warning(
                "unknown-component",
                self.path(),
                format!("the theme has no component `{name}`"),
            );
            self.report(diagnostic.help(help), hole.span);
            return self.as_written(hole, name, body.as_deref());
        }
        let (source, lang) = (self.path(), self.stage.entry(self.entry).lang.clone());
        self.out.asked.extend([Query::Config, Query::Entry { source, lang }]);
        let before = self.out.diagnostics.len();
        match self.rendered(hole, name, args, body.as_deref()) {
            Ok(html) => {
                let base = &self.stage.site.config.base_url;
                self.out.html.push_str(&fragments::own(html, base, self.addresses));
            }
            Err(error) if faults::follows(&error, &mut self.out.diagnostics[before..], faults::WRITTEN) => {
                self.as_written(hole, name, body.as_deref());
            }
            Err(error) => {
                let diagnostic = match faults::report(&error) {
                    Some(_) => faults::on_render(&error, &theme, &self.path(), faults::WRITTEN),
                    None => {
                        let message =
                            format!("the component `{name}` refused: {}", faults::tidy(&error.to_string()));
                        Diagnostic::error("component", self.path(), message)
                            .help("mend its arguments; its source is shown until then")
                    }
                };
                match diagnostic.place {
                    Some(_) => self.out.diagnostics.push(diagnostic),
                    None => self.report(diagnostic, hole.span),
                }
                self.as_written(hole, name, body.as_deref());
            }
        }
    }

    fn rendered(
        &mut self,
        hole: &Hole,
        name: &str,
        args: &Data,
        body: Option<&str>,
    ) -> tera::TeraResult<String> {
        let stage = self.stage;
        let lang = stage.entry(self.entry).lang.clone();
        let mut given = Context::new();
        if let Data::Map(entries) = args {
            for (key, value) in entries {
                given.insert_value(key.to_string(), data(value));
            }
        }
        let mut implied = Context::new();
        let page: Value = if self.in_summary { stage.bare(self.entry) } else { stage.whole(self.entry) };
        implied.insert_value("page", page);
        implied.insert_value("lang", text(lang.as_str()));
        implied.insert_value("config", stage.frame(&lang).config.clone());
        let scope = Scope { stage: stage.clone(), lang, in_summary: self.in_summary };
        let path = self.path();
        let render = || stage.theme.tera.render_component_with_implicits(name, &given, &implied, body, true);
        let done = watched(&scope, &path, render);
        self.out.asked.extend(done.asked);
        for diagnostic in done.diagnostics {
            if diagnostic.code == SLIP {
                self.report(Diagnostic { path: path.clone(), place: None, ..diagnostic }, hole.span);
                continue;
            }
            // A file that the essay names is mended in the essay.
            let is_path = diagnostic.code == "unknown-path"
                || diagnostic.code == "broken-link" && names_argument(args, &diagnostic.message);
            if let Some(parameter) = self.lacking(name, args, &diagnostic.message).filter(|_| is_path) {
                let message = format!("the component `{name}` has no `{parameter}`");
                let diagnostic = Diagnostic::error("component", path.clone(), message);
                self.report(
                    diagnostic.help(format!("write `{{{{ <{name} {parameter}=\"…\" /> }}}}`")),
                    hole.span,
                );
            } else if is_path {
                let diagnostic = Diagnostic { path: path.clone(), place: None, ..diagnostic };
                self.report(diagnostic.help("put it beside the essay, or mend the path"), hole.span);
            } else {
                self.out.diagnostics.push(diagnostic);
            }
        }
        done.out
    }

    /// The first parameter of a component, if it was not given and no argument is what `message` complains of: then an address that
    /// leads nowhere was made of nothing.
    fn lacking(&self, name: &str, args: &Data, message: &str) -> Option<String> {
        if names_argument(args, message) {
            return None;
        }
        let Data::Map(args) = args else { return None };
        let first = self.stage.theme.components.get(name).map_or("", |component| &component.first);
        let is_given = args.iter().any(|(name, value)| &**name == first && !words(value).is_empty());
        (!first.is_empty() && !is_given).then(|| first.to_owned())
    }

    /// The source of a component, for the reader to see what is missing; if it has a body, around that.
    fn as_written(&mut self, hole: &Hole, name: &str, body: Option<&str>) {
        let span = hole.span.start as usize..hole.span.end as usize;
        let written = self.text().and_then(|text| text.get(span)).map(str::to_owned);
        self.code(written.as_deref().map(opening_tag).unwrap_or_default());
        if let Some(body) = body {
            self.out.html.push_str(body);
            self.code(&format!("{{% </{name}> %}}"));
        }
    }

    fn code(&mut self, text: &str) {
        self.out.html.push_str("<code>");
        escape_into(&mut self.out.html, text);
        self.out.html.push_str("</code>");
    }
}

/// Whether a message speaks of what was given as an argument.
fn names_argument(args: &Data, message: &str) -> bool {
    let Data::Map(args) = args else { return false };
    args.iter().map(|(_, value)| words(value)).any(|text| !text.is_empty() && message.contains(text))
}

fn words(value: &Data) -> &str {
    if let Data::Str(text) = value { text.trim() } else { "" }
}

/// What to do about a component that the theme does not have.
pub(crate) fn no_component(theme: &Theme, name: &str) -> String {
    let file = component_file(name);
    match nearest(name, theme.components.keys().map(String::as_str)) {
        _ if theme.has_template(&file) => format!(
            "`templates/{file}` is there, but does not define it: write \
             `{{% component {name}() %}}…{{% endcomponent {name} %}}` in it"
        ),
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "define it in `templates/{file}`: `{{% component {name}() %}}…{{% endcomponent {name} %}}`"
        ),
    }
}

/// The file in which a component that the theme lacks is looked for.
pub(crate) fn component_file(name: &str) -> String {
    format!("components/{name}.html")
}

/// The opening tag of a component, or as much of it as stands on the first line.
fn opening_tag(written: &str) -> &str {
    let line = written.lines().next().unwrap_or_default();
    let end = ["%}", "}}"].iter().filter_map(|mark| line.find(mark)).min();
    &line[..end.map_or(line.len(), |end| end + 2)]
}
