//! The harness for journeys through the one built file in real browsers.
//!
//! A journey reads as what a person does and sees:
//!
//! ```ignore
//! #[test]
//! fn a_visitor_reaches_the_questions() -> Result<()> {
//!     let page = Browser::open(Engine::Firefox, Form::Framed)?;
//!     page.wait_heading("Getting ready for your first talk")?;
//!     page.button("Start")?;
//!     page.choose("Yes")?;
//!     page.button("Continue")?;
//!     page.wait_text("Thank you")
//! }
//! ```
//!
//! Things are found by the words on the screen, never by class or id, so a journey breaks when a
//! person would be lost and not when the markup moves. Calls block: a journey is one line after
//! another, and a fault can name the line of the test it came from, which an `async` call chain
//! can't.
//!
//! Nothing sleeps for a fixed time and nothing is tried twice. What is not there yet is looked for
//! until a deadline, and a fault then tells what was on screen.
//!
//! | module | holds |
//! |---|---|
//! | `setup` | what a browser is asked to be: engine, form, size, language |
//! | `browser` | opening a browser on the file in one of its three forms, closing it without a trace |
//! | `page` | what a person does and sees, on every engine |
//! | `host` | a clinic's page with the loader on it, and the way into its tools |
//! | `chromium` | proofs that need the DevTools protocol: requests, paper, the accessibility tree |
//! | `devtools` | a second DevTools session: heap snapshots, memory |
//! | `axe` | the accessibility oracle |
//! | `pdf` | reading a printed file back |
//! | `wordpress` | a real WordPress to install the plugin in |
//! | `engine`, `process`, `server` | drivers and what they need, programs and their end, the small web server |

mod axe;
mod browser;
mod chromium;
mod devtools;
mod engine;
mod error;
mod host;
mod network;
mod orca;
mod page;
mod pdf;
mod process;
mod server;
mod setup;
mod wordpress;

pub use browser::Browser;
pub use chromium::{AxNode, Paper};
pub use devtools::DevTools;
pub use error::{Error, Fault, Result};
pub use pdf::{pdf_columns, pdf_pages, pdf_text};
pub use setup::{Engine, Form, Setup};
pub use thirtyfour::{By, Key};
pub use wordpress::{WordPress, plugin_zip};
