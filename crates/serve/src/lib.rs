//! Watch, build, push to the browser.
//!
//! `fika serve` is [`fika_builder::build`] in a loop with its memo kept; there is no second way to build, so none can
//! disagree. The builder runs on the thread that calls [`serve`]; the server has threads of its own. They share the
//! output in memory and nothing else. The output folder is not touched.
//!
//! ```text
//! watch --wakes--> load, build --writes--> MemorySink <--reads-- http --script, news--> browser
//! ```
#![allow(clippy::disallowed_methods)] // an edge of the world: it looks at the clock and opens a browser

mod address;
mod http;
mod live;
mod range;
mod watch;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use fika_builder::{Built, LoadOptions, Memo};
use fika_model::{BaseUrl, CONFIG, Config, Diagnostic, Fingerprinter, Severity};
use fika_plugin::Plugins;
use tokio::net::TcpListener;

use live::Live;
use watch::{Wake, Watch};

/// How many errors are shown over a page.
const OVERLAY: usize = 20;

/// What the command was asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The site; its `base_url` is that of this server, with the path of the configured one.
    pub load: LoadOptions,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Whether the site is opened in the browser after the first build.
    pub open: bool,
}

/// What the command does for the server.
pub trait Host {
    /// The plugins of a site, and what is wrong with their options.
    fn plugins(&self, config: &Config) -> (Plugins, Vec<Diagnostic>);
    /// Problems as text, the same as in the terminal but for the colours.
    fn draw(&self, diagnostics: &[Diagnostic]) -> String;
    /// Tells the writer.
    fn tell(&mut self, event: Event<'_>);
}

/// What the writer is told.
#[derive(Debug)]
pub enum Event<'a> {
    /// The site has been built for the first time and can be looked at.
    Ready {
        /// The address of the home page.
        url: &'a str,
    },
    /// The site was built.
    Built {
        /// What was made, with every problem of the configuration and the plugins too.
        built: &'a Built,
        /// How long it took.
        took: Duration,
    },
    /// The configuration cannot be read as a whole, so the site stays as it is until it can.
    Kept {
        /// What is wrong with it.
        diagnostics: &'a [Diagnostic],
    },
    /// Something about the machine is not as it should be.
    Trouble {
        /// One sentence without a full stop.
        message: String,
    },
}

/// Builds and serves a site until the writer stops it with Ctrl-C.
///
/// # Errors
/// When the port is taken or the folder cannot be watched.
pub fn serve(options: &Options, memo: Memo, host: &mut dyn Host) -> io::Result<()> {
    let (wakes, woken) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)))?;
    let origin = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
    let mut watch = Watch::new(&options.load.root, wakes.clone()).map_err(io::Error::other)?;

    let started = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let live = Arc::new(Live::new(started.as_millis() as u64));
    let mut workshop = Workshop { options, host, origin, live: live.clone(), memo, config: None };
    runtime.spawn(http::run(listener, live));
    runtime.spawn(stop_on_ctrl_c(wakes));

    workshop.build(&mut watch, false);
    workshop.open();
    while let Wake::Changed { styles } = watch::wait(&woken) {
        workshop.build(&mut watch, styles);
    }
    runtime.shutdown_timeout(Duration::from_millis(100));
    Ok(())
}

/// The first Ctrl-C lets a build that is under way finish, the second does not.
async fn stop_on_ctrl_c(wakes: Sender<Wake>) {
    if tokio::signal::ctrl_c().await.is_ok() {
        // It fails only when the builder is gone, which is what was wanted.
        let _ = wakes.send(Wake::Stop);
    }
    if tokio::signal::ctrl_c().await.is_ok() {
        std::process::exit(130);
    }
}

/// What is kept from build to build.
struct Workshop<'a> {
    options: &'a Options,
    host: &'a mut dyn Host,
    origin: String,
    live: Arc<Live>,
    memo: Memo,
    /// The configuration of what is being served.
    config: Option<Arc<Config>>,
}

impl Workshop<'_> {
    /// Builds the site as it lies on the disk now and tells browsers and writer. `styles`: only stylesheets were edited.
    fn build(&mut self, watch: &mut Watch, styles: bool) {
        let start = Instant::now();
        let loaded = loop {
            let loaded = fika_builder::load(&self.options.load, &mut self.memo);
            // What changed in a folder before it was watched was told by nobody: look again.
            if !self.follow(watch, &loaded.input.config) {
                break loaded;
            }
        };
        let is_stopped = loaded.stop.is_some();
        let mut problems: Vec<Diagnostic> = loaded.stop.into_iter().chain(loaded.diagnostics).collect();
        let mut input = loaded.input;
        // Half a `fika.yaml`, as it is while it is being written, would move every page. What stops no build stops no server.
        if let Some(config) = self.config.as_deref().filter(|_| is_stopped) {
            // Of a site without its configuration everything is wrong.
            problems.retain(|problem| &*problem.path == CONFIG);
            self.live.publish(config.base_url.path(), &self.overlay(&problems), Vec::new(), false);
            return self.host.tell(Event::Kept { diagnostics: &problems });
        }
        input.config = Arc::new(at_origin(&input.config, &self.origin));
        let (plugins, faults) = self.host.plugins(&input.config);
        problems.extend(faults);
        let (input, found) = input.with_sources_of(&plugins);
        problems.extend(found);

        let mut built = fika_builder::build(&input, &plugins, &mut self.memo, &self.live.sink);
        built.diagnostics.append(&mut problems);
        fika_builder::place_faults(&self.options.load.root, &mut built.diagnostics);
        built.diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        built.diagnostics.dedup();

        let text = self.overlay(&built.diagnostics);
        self.live.publish(input.config.base_url.path(), &text, self.live.sink.changed(), styles);
        self.host.tell(Event::Built { built: &built, took: start.elapsed() });
        self.config = Some(input.config);
    }

    /// What is shown over the page: the first errors, for the writer mends one at a time.
    fn overlay(&self, problems: &[Diagnostic]) -> String {
        let errors: Vec<Diagnostic> = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .take(OVERLAY)
            .cloned()
            .collect();
        if errors.is_empty() { String::new() } else { self.host.draw(&errors) }
    }

    /// Watches what the site is made of now. Gives whether that is more than before.
    fn follow(&mut self, watch: &mut Watch, config: &Config) -> bool {
        watch.follow(config).unwrap_or_else(|(path, error)| {
            self.host.tell(Event::Trouble {
                message: format!("changes in {} will not be seen: {error}", path.display()),
            });
            false
        })
    }

    fn open(&mut self) {
        let url = format!("{}{}", self.origin, self.live.base());
        self.host.tell(Event::Ready { url: &url });
        if self.options.open
            && let Err(error) = open::that_detached(&url)
        {
            self.host.tell(Event::Trouble { message: format!("no browser could be opened: {error}") });
        }
    }
}

/// A configuration for this server: the host is its own, so that whole addresses stay here; the path is the configured one.
fn at_origin(config: &Config, origin: &str) -> Config {
    let base_url = BaseUrl::parse(&format!("{origin}{}", config.base_url.path()))
        .unwrap_or_else(|| config.base_url.clone());
    let fingerprint = Fingerprinter::new().add(config.fingerprint).add(base_url.to_string()).finish();
    Config { base_url, fingerprint, ..config.clone() }
}
