//! The server: files from memory, live reload over a WebSocket.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use fika_builder::Served;
use percent_encoding::percent_decode_str;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::broadcast::error::RecvError;

use crate::address::{self, Answer};
use crate::live::{Live, News};
use crate::range::Part;

/// The script that every page gets on its way to the browser. Files never hold it.
const SCRIPT: &str = include_str!("live.js");

/// Answers requests for ever.
pub(crate) async fn run(listener: TcpListener, live: Arc<Live>) -> std::io::Result<()> {
    axum::serve(listener, router(live)).await
}

fn router(live: Arc<Live>) -> Router {
    let script = || async {
        (
            [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-store")],
            SCRIPT,
        )
    };
    Router::new()
        .route("/__fika/live.js", get(script))
        .route("/__fika/live", get(connect))
        .fallback(respond)
        .layer(middleware::from_fn(only_local))
        .with_state(live)
}

/// Refuses requests that a web page elsewhere makes through a name of its own for this machine (DNS rebinding):
/// drafts are nobody else's business.
async fn only_local(request: Request, next: Next) -> Response {
    if is_from_here(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "fika serve answers this machine only\n").into_response()
    }
}

fn is_from_here(headers: &HeaderMap) -> bool {
    let header = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    // The origin of a page without one (a sandboxed frame, a file) is `null`.
    let is_local_origin = |origin: &str| origin.split_once("://").is_some_and(|(_, host)| is_local(host));
    header(header::HOST).is_none_or(is_local) && header(header::ORIGIN).is_none_or(is_local_origin)
}

/// Whether a host, with or without a port, is this machine.
fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host),
    };
    matches!(name, "localhost" | "127.0.0.1" | "::1") || name.ends_with(".localhost")
}

/// Answers a request for a file.
async fn respond(State(live): State<Arc<Live>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    live.built().await;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let generation = live.generation();
    match address::answer(&live.base(), uri.path(), |file| live.sink.get(file).is_some()) {
        Answer::File(file) => {
            send(&live, &file, StatusCode::OK, generation, &headers).await.unwrap_or_else(gone)
        }
        Answer::Moved(to) => (
            StatusCode::MOVED_PERMANENTLY,
            [(header::LOCATION, location(&to) + &query), (header::CACHE_CONTROL, "no-store".to_owned())],
        )
            .into_response(),
        Answer::Elsewhere(to) => {
            (StatusCode::FOUND, [(header::LOCATION, location(&to) + &query)]).into_response()
        }
        Answer::Missing => {
            send(&live, "404.html", StatusCode::NOT_FOUND, generation, &headers).await.unwrap_or_else(gone)
        }
    }
}

/// A header holds ASCII only, and a path from a request or the configuration need not be.
fn location(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, percent_encoding::CONTROLS).to_string()
}

/// The answer when not even the page for missing addresses is there.
fn gone() -> Response {
    let page =
        "<!doctype html><meta charset=utf-8><title>404</title><p>Nothing is here. 这里什么也没有。</p>";
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// A file of the output as a response; none when it has just vanished.
async fn send(
    live: &Live,
    file: &str,
    status: StatusCode,
    generation: u64,
    headers: &HeaderMap,
) -> Option<Response> {
    let kind = content_type(file);
    let is_page = kind.starts_with("text/html");
    let asked = headers.get(header::RANGE).filter(|_| !is_page).and_then(|range| range.to_str().ok());
    let part = match live.sink.get(file)? {
        Served::Bytes(bytes) => Part::of_bytes(Bytes::from_owner(bytes), asked),
        Served::File(path) => {
            let asked = asked.map(str::to_owned);
            tokio::task::spawn_blocking(move || Part::of_file(&path, asked.as_deref())).await.ok()?.ok()?
        }
    };
    let common = [
        (header::CONTENT_TYPE, kind.as_str()),
        (header::CACHE_CONTROL, "no-store"),
        (header::ACCEPT_RANGES, "bytes"),
    ];
    Some(match part {
        Part::Whole(page) if is_page => (status, common, with_script(&page, generation)).into_response(),
        Part::Whole(bytes) => (status, common, bytes).into_response(),
        Part::Range(bytes, range, len) => {
            let place = format!("bytes {}-{}/{len}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, common, [(header::CONTENT_RANGE, place)], bytes).into_response()
        }
        Part::Nothing(len) => {
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{len}"))])
                .into_response()
        }
    })
}

/// The media type of a file by its extension; text is UTF-8.
fn content_type(file: &str) -> String {
    let kind = mime_guess::from_ext(address::extension(file)).first_or_octet_stream();
    if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}

/// A page with the script of live reload before its `</body>`, or at its end.
fn with_script(page: &[u8], generation: u64) -> Vec<u8> {
    const CLOSE: &[u8] = b"</body>";
    let at = page.windows(CLOSE.len()).rposition(|window| window == CLOSE).unwrap_or(page.len());
    let script = format!("<script src=\"/__fika/live.js?{generation}\"></script>");
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

/// Opens the WebSocket of a page. Its query is the generation of the page, then the page's path.
async fn connect(State(live): State<Arc<Live>>, uri: Uri, upgrade: WebSocketUpgrade) -> Response {
    let query = percent_decode_str(uri.query().unwrap_or_default()).decode_utf8_lossy().into_owned();
    let (generation, path) = query.split_once('&').unwrap_or((&query, ""));
    let page = Page { generation: generation.parse().ok(), path: path.to_owned() };
    upgrade.on_upgrade(move |socket| page.follow(socket, live))
}

/// A page that is open in a browser.
struct Page {
    /// The generation it was loaded from; none for a listener that is no page.
    generation: Option<u64>,
    /// Its path, percent-decoded; empty for a listener that wants to hear of everything.
    path: String,
}

impl Page {
    /// Tells it the news until it goes away.
    async fn follow(self, mut socket: WebSocket, live: Arc<Live>) {
        let mut news = live.subscribe();
        let problems = live.problems();
        // A build may have come between the page and its socket.
        if self.generation.is_some_and(|generation| generation != live.generation()) {
            let _ = say(&mut socket, &json!({ "kind": "reload" })).await;
        } else if !problems.is_empty() {
            let _ = say(&mut socket, &json!({ "kind": "error", "text": &*problems })).await;
        }
        loop {
            let message = tokio::select! {
                heard = news.recv() => match heard {
                    Ok(news) => self.message(&news, &live.base()),
                    Err(RecvError::Lagged(_)) => Some(json!({ "kind": "reload" })),
                    Err(RecvError::Closed) => break,
                },
                said = socket.recv() => match said {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => None,
                },
            };
            if let Some(message) = message
                && say(&mut socket, &message).await.is_err()
            {
                break;
            }
        }
    }

    /// What some news means for this page.
    fn message(&self, news: &News, base: &str) -> Option<serde_json::Value> {
        match news {
            News::Styles => Some(json!({ "kind": "css" })),
            News::Everything => Some(json!({ "kind": "reload" })),
            News::Files(changed) => (self.path.is_empty() || address::concerns(changed, base, &self.path))
                .then(|| json!({ "kind": "reload" })),
            News::Problems(text) => Some(json!({ "kind": "error", "text": &**text })),
        }
    }
}

async fn say(socket: &mut WebSocket, message: &serde_json::Value) -> Result<(), axum::Error> {
    socket.send(Message::Text(message.to_string().into())).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_comes_last_in_the_body() {
        let page = |html: &str| String::from_utf8(with_script(html.as_bytes(), 3)).expect("UTF-8");
        let script = "<script src=\"/__fika/live.js?3\"></script>";
        assert_eq!(page("<body>正文</body></html>"), format!("<body>正文{script}</body></html>"));
        assert_eq!(page("<p>x"), format!("<p>x{script}"));
        assert_eq!(page("<pre>&lt;/body></pre></body>"), format!("<pre>&lt;/body></pre>{script}</body>"));
    }

    #[test]
    fn text_says_that_it_is_utf_8() {
        assert_eq!(content_type("a/index.html"), "text/html; charset=utf-8");
        assert_eq!(content_type("a.css"), "text/css; charset=utf-8");
        assert_eq!(content_type("a.svg"), "image/svg+xml");
        assert_eq!(content_type("a.woff2"), "font/woff2");
        assert_eq!(content_type("CNAME"), "application/octet-stream");
    }

    #[test]
    fn other_machines_have_other_names() {
        for host in ["localhost", "localhost:1111", "127.0.0.1:80", "[::1]:1111", "fika.localhost:1"] {
            assert!(is_local(host), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:1111", "localhost.evil.example", ""] {
            assert!(!is_local(host), "{host}");
        }
    }
}
