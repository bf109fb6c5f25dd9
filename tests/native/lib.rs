//! The tests stand in `tests/`; a package needs one library or program, and this is it.
