//! What a browser is asked to be before it opens.

use std::path::PathBuf;

/// A browser engine, in the build that Debian ships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, the only one with the DevTools protocol.
    Chromium,
    /// Firefox ESR.
    Firefox,
    /// WebKitGTK in its MiniBrowser: the nearest to Safari that runs here.
    WebKit,
}

impl Engine {
    /// All of them, for journeys that hold everywhere.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }
}

/// How the one file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// From a web server, on its own page.
    Http,
    /// From the disk, as on a kiosk.
    File,
    /// In a sandboxed frame on a page of another origin, as on a clinic's site.
    /// The harness looks into the frame.
    Framed,
    /// By the loader, on a page of `hosts/`. The harness looks at that page until
    /// [`Browser::enter_tool`].
    Hosted,
}

/// What a browser is asked to be before it opens.
#[derive(Clone, Debug)]
pub struct Setup {
    pub(crate) engine: Engine,
    pub(crate) form: Form,
    pub(crate) size: (u32, u32),
    pub(crate) dark: bool,
    pub(crate) reduced_motion: bool,
    pub(crate) forced_colours: bool,
    pub(crate) language: Option<String>,
    pub(crate) silent_print: bool,
    pub(crate) spoken: bool,
    pub(crate) file: PathBuf,
    pub(crate) headers: String,
    pub(crate) loader_headers: String,
    pub(crate) host: &'static str,
}

impl Setup {
    /// The folder of `hosts/` that is the clinic's page of [`Form::Hosted`].
    #[must_use]
    pub fn host(mut self, name: &'static str) -> Self {
        self.host = name;
        self
    }

    /// The page's width and height in CSS pixels. True on Chromium down to phones;
    /// elsewhere it is the window's, which does not get narrower than 450 to 500.
    #[must_use]
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = (width, height);
        self
    }

    /// A visitor whose system is dark. Not on WebKitGTK.
    #[must_use]
    pub fn dark(mut self) -> Self {
        self.dark = true;
        self
    }

    /// A visitor who asked for less motion. Not on WebKitGTK.
    #[must_use]
    pub fn reduced_motion(mut self) -> Self {
        self.reduced_motion = true;
        self
    }

    /// A visitor with forced colours. Not on WebKitGTK.
    #[must_use]
    pub fn forced_colours(mut self) -> Self {
        self.forced_colours = true;
        self
    }

    /// The visitor's language, such as `es`. Not on WebKitGTK.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        self.language = Some(language.to_owned());
        self
    }

    /// A browser that prints without asking, into the downloads. Chromium does so on a screen that
    /// nobody sees, and gives a sandboxed frame a process of its own, as it does for visitors. Not
    /// on WebKitGTK.
    #[must_use]
    pub fn silent_print(mut self) -> Self {
        self.silent_print = true;
        self
    }

    /// A visitor with the screen reader Orca, on a screen that nobody sees: [`Browser::spoken`] is
    /// what it says. Not on WebKitGTK.
    #[must_use]
    pub fn spoken(mut self) -> Self {
        self.spoken = true;
        self
    }

    /// Another file than the built one, such as a variant that a test made.
    #[must_use]
    pub fn file(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = file.into();
        self
    }

    /// Headers that the one file is sent with, a line each.
    #[must_use]
    pub fn served_with(mut self, headers: impl Into<String>) -> Self {
        self.headers = headers.into();
        self
    }

    /// Headers that the loader is sent with, a line each.
    #[must_use]
    pub fn loader_served_with(mut self, headers: impl Into<String>) -> Self {
        self.loader_headers = headers.into();
        self
    }
}
