# Shortcuts. `just ready` is exactly what CI runs.

# Everything that must hold before a change lands.
ready:
    cargo xtask test

# Accept what the snapshot tests see now.
bless:
    cargo xtask bless

# Single builds: cold, unchanged, after one edit. FIKA_BENCH_LARGE=1 adds 10,000 essays.
bench *ARGS:
    cargo bench --package fika-benches -- {{ARGS}}

# The same essays with other tools on the PATH, as multiples of the least work.
compare *ARGS:
    cargo build --release --package fika-cli --package fika-benches
    cargo run --release --package fika-benches --bin compare -- {{ARGS}}

# Whether fika is as quick and as small as it promises.
measure *ARGS:
    cargo build --release --package fika-cli --package fika-benches
    cargo run --release --package fika-benches --bin measure -- {{ARGS}}

# This repository's own site in a browser, reloading.
serve *ARGS:
    cargo run --release -- serve {{ARGS}}

# This repository's own site, into public/.
site:
    cargo xtask site
