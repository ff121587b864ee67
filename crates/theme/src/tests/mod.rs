//! Tests of the whole crate, on sites made by hand.

mod calls;
mod fixture;
mod fills;
mod layers;
mod pages;
mod prints;
