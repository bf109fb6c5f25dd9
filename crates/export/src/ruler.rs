//! A result on its scale as shapes: what screens, web pages and paper draw alike.

use engine::number;
use engine::summary::Ruler;

/// Left edge, width and height of the scale, in the units of the drawing.
const LEFT: f64 = 10.0;
const WIDTH: f64 = 300.0;
const TOP: f64 = 6.0;
const HEIGHT: f64 = 12.0;
/// Numbers stand so far apart at least.
const APART: f64 = 18.0;
const RADIUS: f64 = 5.0;

/// A ruler in a box of 320 by 34 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulerShape {
    /// The frame and where bands begin, as a path to be stroked.
    pub lines: String,
    /// A dot for a total, a bar from the lowest to the highest possible one where items are
    /// missing: a path to be filled.
    pub value: String,
    /// Numbers below the scale, with the place of their middle.
    pub numbers: Vec<(String, String)>,
}

impl RulerShape {
    /// The shapes of a ruler.
    pub fn of(ruler: &Ruler) -> Self {
        let place = |n: f64| LEFT + n / ruler.highest.max(1.0) * WIDTH;
        let mut lines = format!("M{LEFT} {TOP}h{WIDTH}v{HEIGHT}h-{WIDTH}z");
        for mark in &ruler.marks {
            lines.push_str(&format!("M{:.1} {TOP}v{HEIGHT}", place(*mark)));
        }
        let (from, to) = (place(ruler.range.0), place(ruler.range.1));
        let middle = TOP + HEIGHT / 2.0;
        let value = if ruler.range.0 == ruler.range.1 {
            let turn = RADIUS * 2.0;
            format!(
                "M{:.1} {middle}a{RADIUS} {RADIUS} 0 1 0 {turn} 0a{RADIUS} {RADIUS} 0 1 0 -{turn} 0z",
                from - RADIUS
            )
        } else {
            format!("M{from:.1} {:.1}h{:.1}v{:.1}h-{:.1}z", TOP + 3.0, to - from, HEIGHT - 6.0, to - from)
        };
        let mut numbers = Vec::new();
        let mut free = 0.0;
        for n in [0.0].iter().chain(&ruler.marks).chain([&ruler.highest]) {
            // A number that would touch the one before it is left out; its line stands there.
            if place(*n) >= free {
                numbers.push((format!("{:.1}", place(*n)), number::write(*n).unwrap_or_default()));
                free = place(*n) + APART;
            }
        }
        Self { lines, value, numbers }
    }
}
