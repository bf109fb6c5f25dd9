//! A clinic's colours made into all the colours of the screen, light and dark, each of which can be
//! read.
//!
//! A colour that fails is moved in lightness alone, and by the least that passes, in OKLab: there
//! equal steps look equal, so the hue stays the clinic's. What is filled with the clinic's colour
//! keeps it as given, and gets words and an edge that show on it: only words and thin lines in that
//! colour have to move. Roots are found by Newton's way: the standard library's powers would cost
//! the browser more than this whole file.

/// How many colours a clinic may give: buttons and links, page, text, boxes, notes.
pub const MOST: usize = 5;

const BLACK: Colour = Colour([0; 3]);
const WHITE: Colour = Colour([255; 3]);
/// WCAG 2.2: text (1.4.3), and the edge of a control (1.4.11).
const TEXT: f64 = 4.5;
const EDGE: f64 = 3.0;
/// What lies under text is nearly white, or nearly black: between them no colour of text is left
/// that passes on all.
const GROUND: f64 = 12.0;

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// The colours of one scheme by the names of `style/tokens.css`.
pub type Shades = Vec<(&'static str, Colour)>;

/// All colours of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// By day.
    pub light: Shades,
    /// By night.
    pub dark: Shades,
    /// What could not be used as it was given.
    pub moved: Vec<Moved>,
}

/// A colour that the clinic gave, and what is used in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Which of the clinic's colours, from 0.
    pub which: usize,
    /// In the dark scheme.
    pub dark: bool,
    /// As given.
    pub from: Colour,
    /// As used.
    pub to: Colour,
}

impl Colour {
    /// Reads `#1c5954`.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
        let mut channels = [0; 3];
        for (i, c) in digits.chars().enumerate() {
            let channel: &mut u8 = channels.get_mut(i / 2)?;
            *channel = *channel * 16 + c.to_digit(16)? as u8;
        }
        Some(Self(channels))
    }

    /// Writes `#1c5954`.
    pub fn css(self) -> String {
        let digit = |n: u8| char::from_digit(n.into(), 16).unwrap_or('0');
        std::iter::once('#').chain(self.0.iter().flat_map(|n| [digit(n >> 4), digit(n & 15)])).collect()
    }

    /// WCAG's contrast ratio, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if a > b { a / b } else { b / a }
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// OKLab (Ottosson 2020): lightness from 0 to 1, then green to red and blue to yellow.
    fn lab(self) -> [f64; 3] {
        let lms = times(
            &[
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ],
            self.0.map(linear),
        );
        times(
            &[
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ],
            lms.map(|v| root(v, 3)),
        )
    }

    /// The colour with this lightness, and as much of the hue as a screen can show with it.
    fn of_lab([l, a, b]: [f64; 3]) -> Self {
        let channels = |part: f64| {
            let lms = times(
                &[
                    [1.0, 0.3963377774, 0.2158037573],
                    [1.0, -0.1055613458, -0.0638541728],
                    [1.0, -0.0894841775, -1.2914855480],
                ],
                [l, a * part, b * part],
            );
            times(
                &[
                    [4.0767416621, -3.3077115913, 0.2309699292],
                    [-1.2684380046, 2.6097574011, -0.3413193965],
                    [-0.0041960863, -0.7034186147, 1.7076147010],
                ],
                lms.map(|v| v * v * v),
            )
        };
        let shown = |rgb: &[f64; 3]| rgb.iter().all(|v| (-0.0005..1.0005).contains(v));
        let rgb = (0..32).map(|i| channels(1.0 - f64::from(i) / 32.0)).find(shown).unwrap_or_else(|| channels(0.0));
        Self(rgb.map(coded))
    }

    /// The nearest in lightness that passes; there is one wherever `passes` takes black, white, or
    /// what is near them.
    fn nearest(self, passes: &dyn Fn(Self) -> bool) -> Self {
        let [l, a, b] = self.lab();
        let step = |i: u32| f64::from(i) / 400.0;
        let tries = (1..=400)
            .flat_map(|i| [l - step(i), l + step(i)])
            .filter(|l| (-0.0025..=1.0025).contains(l))
            .map(|l| Self::of_lab([l, a, b]));
        std::iter::once(self).chain(tries).find(|c| passes(*c)).unwrap_or(self)
    }

    /// The same hue at this lightness, with at most this much of it.
    fn tinted(self, lightness: f64, most: f64) -> Self {
        let [_, a, b] = self.lab();
        let strength = root(a * a + b * b, 2);
        let part = if strength > most { most / strength } else { 1.0 };
        Self::of_lab([lightness, a * part, b * part])
    }

    /// Lighter, or darker.
    fn lifted(self, by: f64) -> Self {
        let [l, a, b] = self.lab();
        Self::of_lab([(l + by).clamp(0.0, 1.0), a, b])
    }
}

/// What differs between day and night: lightness of what is derived, and colours that mean
/// something and stay.
struct Scheme {
    dark: bool,
    /// Contrast that a ground has with this.
    against: Colour,
    ground: f64,
    ink: f64,
    soft: f64,
    edge: f64,
    /// As steps from the ground.
    paper: f64,
    tint: f64,
    line: f64,
    note: Colour,
    note_edge: Colour,
    fault: Colour,
}

const LIGHT: Scheme = Scheme {
    dark: false,
    against: BLACK,
    ground: 0.966,
    ink: 0.27,
    soft: 0.46,
    edge: 0.56,
    paper: 0.027,
    tint: -0.036,
    line: -0.106,
    note: Colour([0xf3, 0xec, 0xdb]),
    note_edge: Colour([0x85, 0x65, 0x20]),
    fault: Colour([0x96, 0x30, 0x1f]),
};
const DARK: Scheme = Scheme {
    dark: true,
    against: WHITE,
    ground: 0.205,
    ink: 0.93,
    soft: 0.76,
    edge: 0.64,
    paper: 0.035,
    tint: 0.08,
    line: 0.155,
    note: Colour([0x2c, 0x27, 0x18]),
    note_edge: Colour([0xc8, 0xa8, 0x5d]),
    fault: Colour([0xf0, 0xa4, 0x95]),
};

/// Everything from what a clinic gave, in the order of [`MOST`]; `None` where it leaves a colour to
/// us. Nothing without the first one.
pub fn derive(given: &[Option<Colour>]) -> Option<Theme> {
    let accent = given.first().copied().flatten()?;
    let mut moved = Vec::new();
    let light = shades(&LIGHT, accent, given, &mut moved);
    let dark = shades(&DARK, accent, given, &mut moved);
    Some(Theme { light, dark, moved })
}

/// The colours that a clinic gave, fitted one by one into a scheme.
struct Fitting<'a> {
    scheme: &'a Scheme,
    given: &'a [Option<Colour>],
    moved: &'a mut Vec<Moved>,
}

impl Fitting<'_> {
    /// The colour that was given at this place of [`MOST`].
    fn own(&self, which: usize) -> Option<Colour> {
        self.given.get(which).copied().flatten()
    }

    /// The nearest colour that passes: to the one that was given, or else to the derived one.
    fn fit(&mut self, which: usize, derived: Colour, passes: &dyn Fn(Colour) -> bool) -> Colour {
        match self.own(which) {
            // By night what was meant for the day lends its hue alone, unless it can be used as it
            // is.
            Some(from) if which == 0 || !self.scheme.dark || passes(from) => {
                let to = from.nearest(passes);
                if to != from {
                    self.moved.push(Moved { which, dark: self.scheme.dark, from, to });
                }
                to
            }
            _ => derived.nearest(passes),
        }
    }
}

fn shades(scheme: &Scheme, accent: Colour, given: &[Option<Colour>], moved: &mut Vec<Moved>) -> Shades {
    let mut fitting = Fitting { scheme, given, moved };
    let [ground_hue, ink_hue] = [1, 2].map(|which| fitting.own(which).unwrap_or(accent));
    let (own_tint, own_note) = (fitting.own(3), fitting.own(4));
    let mut fit = |which: usize, derived: Colour, passes: &dyn Fn(Colour) -> bool| fitting.fit(which, derived, passes);
    let ours = MOST;
    let is_ground = |c: Colour| c.contrast(scheme.against) >= GROUND;

    let ground = fit(1, ground_hue.tinted(scheme.ground, 0.008), &is_ground);
    let paper = fit(ours, ground.lifted(scheme.paper), &is_ground);
    let box_hue = own_tint.map_or(ground, |c| c.tinted(scheme.ground, 0.025));
    let tint = fit(3, box_hue.lifted(scheme.tint), &is_ground);
    let note = fit(4, own_note.map_or(scheme.note, |c| c.tinted(scheme.ground + scheme.tint, 0.03)), &is_ground);
    let grounds = [ground, paper, tint, note];
    let reads = |c: Colour| grounds.iter().all(|g| c.contrast(*g) >= TEXT);
    let shows = |c: Colour| grounds.iter().all(|g| c.contrast(*g) >= EDGE);

    vec![
        ("fill", accent),
        // One of the two reads on every colour: where white has less than 4.5, black has more.
        ("on-fill", if accent.contrast(WHITE) >= TEXT { WHITE } else { BLACK }),
        ("fill-edge", accent.nearest(&shows)),
        ("accent", fit(0, accent, &reads)),
        // The accent reads on the ground, so the ground reads on the accent; white reads even
        // better by day.
        ("on-accent", if scheme.dark { ground } else { WHITE }),
        ("ink", fit(2, ink_hue.tinted(scheme.ink, 0.02), &reads)),
        ("soft", fit(ours, ink_hue.tinted(scheme.soft, 0.02), &reads)),
        ("ground", ground),
        ("paper", paper),
        ("line", ground.lifted(scheme.line)),
        ("edge", fit(ours, ink_hue.tinted(scheme.edge, 0.02), &shows)),
        ("tint", tint),
        ("note", note),
        ("note-edge", fit(ours, scheme.note_edge, &shows)),
        ("fault", fit(ours, scheme.fault, &reads)),
    ]
}

fn times(matrix: &[[f64; 3]; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// sRGB's curve, from a channel to light …
fn linear(channel: u8) -> f64 {
    let v = f64::from(channel) / 255.0;
    if v <= 0.04045 { v / 12.92 } else { power(root((v + 0.055) / 1.055, 5), 12) }
}

/// … and back.
fn coded(light: f64) -> u8 {
    let v = if light <= 0.0031308 { light * 12.92 } else { 1.055 * power(root(light, 12), 5) - 0.055 };
    (v * 255.0 + 0.5) as u8
}

/// The positive nth root of a number from 0 to a little above 1.
fn root(of: f64, n: u32) -> f64 {
    if of <= 0.0 {
        return 0.0;
    }
    // From above, Newton's steps come down to the root and never pass it; 1e-12 is far below one
    // part in 255.
    let mut x = if of > 1.0 { of } else { 1.0 };
    loop {
        let next = x + (of / power(x, n - 1) - x) / f64::from(n);
        if next > x - 1e-12 {
            return next;
        }
        x = next;
    }
}

fn power(of: f64, n: u32) -> f64 {
    (0..n).fold(1.0, |product, _| product * of)
}
