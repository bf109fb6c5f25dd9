//! Reading and checking authored content. A library, so that the native tests read it the same way.

pub mod content;
