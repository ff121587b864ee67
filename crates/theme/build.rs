//! Asks cargo to build the crate anew when a file of the built-in theme appears, changes or goes away: the files that
//! were there are tracked by `include_bytes!`, those that are new are not.

fn main() {
    println!("cargo:rerun-if-changed=../../themes/paper");
    println!("cargo:rerun-if-changed=build.rs");
}
