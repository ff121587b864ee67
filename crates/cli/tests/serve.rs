//! `fika serve` from outside: a browser that asks, a writer who edits, a page that hears of it.
#![allow(clippy::disallowed_methods)] // tests have a disk and a clock

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

/// Long enough for a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server with its site.
struct Server {
    dir: TempDir,
    child: Child,
    /// Kept open: the server prints a line for every build.
    _lines: BufReader<ChildStdout>,
    host: String,
    /// The path of the home page as it was first announced.
    home: String,
}

/// An answer.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value)
    }
}

impl Server {
    fn start(files: &[(&str, &str)]) -> Server {
        let dir = TempDir::new().expect("a folder");
        for (path, text) in files {
            write(dir.path(), path, text);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_fika"))
            .args(["serve", "--port", "0"])
            .current_dir(dir.path())
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("fika starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
        let url = loop {
            let mut line = String::new();
            assert!(lines.read_line(&mut line).expect("a line") > 0, "the server ended");
            if let Some(rest) = line.strip_prefix("http://") {
                break rest.split(' ').next().unwrap_or_default().to_owned();
            }
        };
        let (host, path) = url.split_once('/').expect("a path");
        Server { dir, child, _lines: lines, host: host.to_owned(), home: format!("/{path}") }
    }

    fn write(&self, path: &str, text: &str) {
        write(self.dir.path(), path, text);
    }

    fn ask(&self, path: &str) -> Answer {
        self.request("GET", path, &[])
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let host =
            headers.iter().find(|(name, _)| *name == "Host").map_or(self.host.as_str(), |(_, value)| *value);
        let more: String = headers
            .iter()
            .filter(|(name, _)| *name != "Host")
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n")
            .expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Answer { status, head: head.replace('\r', ""), body: body.to_owned() }
    }

    /// Opens a page as a browser does: the HTML, then the socket that its script opens.
    fn open(&self, path: &str) -> Page {
        let html = self.ask(path).body;
        let generation = html
            .split("/__fika/live.js?")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("the script")
            .to_owned();
        self.listen(&format!("{generation}&{path}"))
    }

    /// Opens the socket of a page.
    fn listen(&self, query: &str) -> Page {
        let stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let (socket, _) =
            tungstenite::client(format!("ws://{}/__fika/live?{query}", self.host), stream).expect("a socket");
        Page(socket)
    }

    /// Asks until the answer is as wished.
    #[track_caller]
    fn wait(&self, path: &str, wished: impl Fn(&Answer) -> bool) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.ask(path);
            if wished(&answer) {
                return answer;
            }
            assert!(begun.elapsed() < PATIENCE, "{path} stays {answer:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The socket of an open page.
struct Page(WebSocket<TcpStream>);

impl Page {
    /// The next message.
    #[track_caller]
    fn hear(&mut self) -> Value {
        match self.0.read().expect("a message") {
            Message::Text(text) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("{other:?}"),
        }
    }

    /// The next message of a kind.
    #[track_caller]
    fn hear_of(&mut self, kind: &str) -> Value {
        loop {
            let message = self.hear();
            if message["kind"] == kind {
                return message;
            }
        }
    }

    /// Whether it stays silent for a while.
    fn hears_nothing(&mut self) -> bool {
        self.0.get_ref().set_read_timeout(Some(Duration::from_millis(300))).expect("a timeout");
        let silent = self.0.read().is_err();
        self.0.get_ref().set_read_timeout(Some(PATIENCE)).expect("a timeout");
        silent
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

const CONFIG: &str = "edition: 2026\nbase_url: https://o.github.io/repo/\nlanguages:\n  zh:\n    title: 站\n";
const MOON: (&str, &str) = ("content/essays/moon.md", "# 月亮\n\n又大又圆。\n");
const SUN: (&str, &str) = ("content/essays/sun.md", "# 太阳\n\n又红又亮。\n");

#[test]
fn pages_are_served_as_on_github_pages() {
    let server = Server::start(&[
        ("fika.yaml", CONFIG),
        MOON,
        ("static/图 一.txt", "文字"),
        ("static/film.mp4", "0123456789"),
    ]);
    assert_eq!(server.home, "/repo/");

    let moon = server.ask("/repo/essays/moon/");
    assert_eq!((moon.status, moon.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(moon.body.contains("又大又圆") && moon.body.contains("/__fika/live.js?"), "{moon:?}");
    assert!(!moon.body.contains("o.github.io"), "whole addresses lead to this server: {}", moon.body);

    let root = server.ask("/");
    assert_eq!((root.status, root.header("location")), (302, Some("/repo/")));
    let slash = server.ask("/repo/essays/moon?x=1");
    assert_eq!((slash.status, slash.header("location")), (301, Some("/repo/essays/moon/?x=1")));
    let missing = server.ask("/repo/nowhere/");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("/__fika/live.js?"), "{missing:?}");
    assert_eq!(server.ask("/repo/..%2f..%2fetc/passwd").status, 404);

    let text = server.ask("/repo/%E5%9B%BE%20%E4%B8%80.txt");
    assert_eq!((text.status, text.body.as_str()), (200, "文字"), "the script is in pages only");
    let part = server.request("GET", "/repo/film.mp4", &[("Range", "bytes=2-4")]);
    assert_eq!(
        (part.status, part.body.as_str(), part.header("content-range")),
        (206, "234", Some("bytes 2-4/10"))
    );
    assert_eq!(server.request("HEAD", "/repo/film.mp4", &[]).body, "");
    assert_eq!(server.request("POST", "/repo/", &[]).status, 405);

    assert!(!server.dir.path().join("public").exists(), "the output folder is not touched");
}

#[test]
fn other_sites_may_not_look() {
    let server = Server::start(&[MOON]);
    assert_eq!(server.request("GET", "/", &[("Host", "evil.example")]).status, 403);
    assert_eq!(server.request("GET", "/", &[("Origin", "https://evil.example")]).status, 403);
    assert_eq!(server.request("GET", "/", &[("Origin", "null")]).status, 403);
    assert_eq!(server.request("GET", "/", &[("Host", "localhost:1")]).status, 200);
}

#[test]
fn an_edit_reaches_the_page_that_shows_it() {
    let server = Server::start(&[("fika.yaml", CONFIG), MOON, SUN]);
    let mut moon = server.open("/repo/essays/moon/");
    let mut sun = server.open("/repo/essays/sun/");
    server.write(MOON.0, "# 月亮\n\n又弯又细。\n");
    assert_eq!(moon.hear()["kind"], "reload");
    assert!(server.ask("/repo/essays/moon/").body.contains("又弯又细"));
    assert!(sun.hears_nothing(), "this page is as it was");

    // A page that was loaded before the last build learns of it as soon as it can be told.
    assert_eq!(server.listen("1&/repo/essays/moon/").hear()["kind"], "reload");
}

#[test]
fn files_come_and_go() {
    let server = Server::start(&[("fika.yaml", CONFIG), MOON]);
    let mut waiting = server.open("/repo/essays/star/");
    server.write("content/essays/star.md", "# 星\n\n很远。\n");
    assert_eq!(waiting.hear()["kind"], "reload");
    assert_eq!(server.ask("/repo/essays/star/").status, 200);

    let essays = server.dir.path().join("content/essays");
    fs::rename(essays.join("star.md"), essays.join("stars.md")).expect("renamed");
    server.wait("/repo/essays/stars/", |answer| answer.status == 200);
    // What a build makes is served before it is over, and what is gone goes last.
    server.wait("/repo/essays/star/", |answer| answer.status == 404);

    // A folder that was not there when the server started.
    server.write("static/robots/a.txt", "一");
    server.wait("/repo/robots/a.txt", |answer| answer.status == 200);
    server.write("static/robots/a.txt", "二");
    server.wait("/repo/robots/a.txt", |answer| answer.body == "二");

    // Folders that are replaced as a whole, as git does when it changes branches.
    fs::rename(server.dir.path().join("content"), server.dir.path().join(".content")).expect("renamed");
    server.write("content/essays/sun.md", SUN.1);
    server.wait("/repo/essays/sun/", |answer| answer.status == 200);
    server.write("content/essays/sun.md", "# 太阳\n\n落山了。\n");
    server.wait("/repo/essays/sun/", |answer| answer.body.contains("落山了"));
    server.wait("/repo/essays/moon/", |answer| answer.status == 404);
}

#[test]
fn stylesheets_are_swapped_and_errors_are_shown() {
    let server = Server::start(&[("fika.yaml", CONFIG), MOON, ("static/my.css", "p { color: red }")]);
    let mut page = server.open("/repo/essays/moon/");
    server.write("static/my.css", "p { color: blue }");
    assert_eq!(page.hear()["kind"], "css");

    server.write(MOON.0, "# 月亮\n\n[不在](没有.md)。\n");
    let error = page.hear_of("error");
    let text = error["text"].as_str().expect("text");
    assert!(
        text.contains("--> content/essays/moon.md:3:") && text.contains("3 | [不在](没有.md)。"),
        "{text}"
    );
    let mut later = server.open("/repo/essays/moon/");
    assert_eq!(later.hear_of("error")["text"], text, "a page that is opened later is told too");
    server.write(MOON.0, MOON.1);
    assert_eq!(later.hear_of("error")["text"], "");
}

#[test]
fn a_broken_configuration_is_survived() {
    let server = Server::start(&[("fika.yaml", "base_url: [\n"), MOON]);
    let mut page = server.listen("");
    assert!(page.hear_of("error")["text"].as_str().is_some_and(|text| text.contains("fika.yaml")));

    server.write("fika.yaml", CONFIG);
    assert_eq!(page.hear_of("error")["text"], "");
    server.wait("/repo/essays/moon/", |answer| answer.status == 200 && answer.body.contains("又大又圆"));

    // Half a configuration moves nothing: what was served stays until it is whole again.
    let mut moon = server.open("/repo/essays/moon/");
    server.write("fika.yaml", "base_url: https://o.github.io/else/\nlanguages: [\n");
    assert_ne!(moon.hear_of("error")["text"], "");
    assert_eq!(server.ask("/repo/essays/moon/").status, 200);
    server.write("fika.yaml", &CONFIG.replace("/repo/", "/else/"));
    moon.hear_of("reload");
    server.wait("/else/essays/moon/", |answer| answer.status == 200);
    assert_eq!(server.ask("/repo/essays/moon/").status, 404);
}

/// What `fika build` builds through, `fika serve` does: a wrong setting is told with its place and holds no edit back.
#[test]
fn a_wrong_setting_freezes_nothing() {
    let server = Server::start(&[("fika.yaml", CONFIG), MOON]);
    let mut page = server.open("/repo/essays/moon/");
    server.write("fika.yaml", &format!("{CONFIG}theme: nope\npaginate_by: ten\n"));
    let error = page.hear_of("error");
    let text = error["text"].as_str().expect("text");
    assert!(text.contains("fika.yaml:6:8") && text.contains("fika.yaml:7:14"), "{text}");
    server.write(MOON.0, "# 月亮\n\n今晚很亮。\n");
    server.wait("/repo/essays/moon/", |answer| answer.body.contains("今晚很亮"));
}

/// Ctrl-C ends the server, and with exit code 0.
#[cfg(unix)]
#[test]
fn ctrl_c_stops_the_server() {
    let mut server = Server::start(&[MOON]);
    let _page = server.open("/");
    let interrupted =
        Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().expect("kill runs");
    assert!(interrupted.success());
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = server.child.try_wait().expect("a child") {
            break status;
        }
        assert!(begun.elapsed() < PATIENCE, "it does not stop");
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(status.success(), "{status}");
}
