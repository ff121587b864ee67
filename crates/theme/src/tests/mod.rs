//! Tests of the whole crate, on sites made by hand.

mod calls;
mod fills;
mod fixture;
mod layers;
mod linker;
mod pages;
mod paper;
mod prints;
mod strings;
mod zola;
