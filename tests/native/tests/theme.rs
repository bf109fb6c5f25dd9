//! A clinic's colours: whatever is given, everything can be read, and no colour moves further than
//! it has to.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use engine::theme::{Colour, Moved, Shades, Theme, derive};
use proptest::prelude::*;

/// Contrast as WCAG 2.2 defines it, by the standard library's powers and not by the theme's own
/// roots.
fn contrast(a: Colour, b: Colour) -> f64 {
    let light = |c: Colour| {
        let [r, g, b] = c.0.map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (a, b) = (light(a), light(b));
    a.max(b) / a.min(b)
}

fn shade(shades: &Shades, name: &str) -> Colour {
    shades.iter().find(|(n, _)| *n == name).unwrap_or_else(|| panic!("there is no {name}")).1
}

/// What stands on what in `style/`, and what it needs: 4.5 for text, 3 for the edge of a control
/// and the focus ring.
const PAIRS: &[(&str, &[&str], f64)] = &[
    ("ink", &["ground", "paper", "tint", "note"], 4.5),
    ("soft", &["ground", "paper", "tint", "note"], 4.5),
    ("accent", &["ground", "paper", "tint", "note"], 4.5),
    ("fault", &["ground", "paper", "tint", "note"], 4.5),
    ("on-accent", &["accent"], 4.5),
    ("on-fill", &["fill"], 4.5),
    ("fill-edge", &["ground", "paper", "tint", "note"], 3.0),
    ("edge", &["ground", "paper", "tint", "note"], 3.0),
    ("note-edge", &["ground", "note"], 3.0),
];

fn unreadable(theme: &Theme) -> Vec<String> {
    let mut out = Vec::new();
    for (scheme, shades) in [("light", &theme.light), ("dark", &theme.dark)] {
        for (front, backs, least) in PAIRS {
            for back in *backs {
                let ratio = contrast(shade(shades, front), shade(shades, back));
                if ratio < *least - 1e-6 {
                    out.push(format!(
                        "{scheme}: {front} {} on {back} {} has {ratio:.2}, not {least}",
                        shade(shades, front).css(),
                        shade(shades, back).css()
                    ));
                }
            }
        }
    }
    out
}

fn read(texts: &[&str]) -> Vec<Option<Colour>> {
    texts.iter().map(|t| Colour::read(t)).collect()
}

#[test]
fn colours_are_read_and_written() {
    for (text, want) in [
        ("#1c5954", Some([0x1c, 0x59, 0x54])),
        ("#1C5954", Some([0x1c, 0x59, 0x54])),
        ("#fff", None),
        ("1c5954", None),
        ("#1c595", None),
        ("#1c59544", None),
        ("#1c595g", None),
        ("#1c59é", None),
        ("url(#x)", None),
        ("", None),
    ] {
        assert_eq!(Colour::read(text).map(|c| c.0), want, "{text}");
    }
    assert_eq!(Colour([0x1c, 0, 0xff]).css(), "#1c00ff");
}

/// Ratios that WCAG's own examples and every checker agree on.
#[test]
fn contrast_is_wcags() {
    for (a, b, want) in [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#1c5954", "#1c5954", 1.0),
    ] {
        let (a, b) = (Colour::read(a).unwrap(), Colour::read(b).unwrap());
        assert!((a.contrast(b) - want).abs() < 0.01, "{} on {}: {}", a.css(), b.css(), a.contrast(b));
        assert!((a.contrast(b) - contrast(a, b)).abs() < 1e-6);
    }
}

/// What is moved, of what clinics give.
#[test]
fn only_what_fails_is_moved() {
    // Which of them is moved by day, and by night.
    let rows: &[(&[&str], &[usize], &[usize])] = &[
        (&["#1c5954"], &[], &[0]),
        // Reads on both, so it stays on both? No colour reads on nearly white and nearly black at
        // 4.5; by night it is moved.
        (&["#005fcc"], &[], &[0]),
        (&["#ffd200"], &[0], &[]),
        (&["#ffffff"], &[0], &[]),
        (&["#000000"], &[], &[0]),
        (&["#1c5954", "#ffffff", "#000000"], &[], &[0]),
        (&["#1c5954", "#112233"], &[1], &[0]),
        (&["#1c5954", "#ffffff", "#cccccc"], &[2], &[0]),
        (&["#1c5954", "auto", "auto", "#808080"], &[3], &[0]),
        (&["#1c5954", "auto", "auto", "auto", "#ffff00"], &[], &[0]),
    ];
    for (given, by_day, by_night) in rows {
        let theme = derive(&read(given)).unwrap();
        let moved = |dark| theme.moved.iter().filter(|m| m.dark == dark).map(|m| m.which).collect::<Vec<_>>();
        assert_eq!((moved(false), moved(true)), (by_day.to_vec(), by_night.to_vec()), "{given:?}: {:?}", theme.moved);
        assert_eq!(unreadable(&theme), [""; 0], "{given:?}");
    }
}

/// A dark page colour is the page of the dark screen as it is, and only by day another takes its
/// place.
#[test]
fn a_colour_is_used_by_night_where_it_can_be() {
    let theme = derive(&read(&["#ffd200", "#102a43", "#f0f4f8"])).unwrap();
    let night = |name| shade(&theme.dark, name).css();
    assert_eq!([night("accent"), night("ground"), night("ink")], ["#ffd200", "#102a43", "#f0f4f8"]);
    assert_eq!(theme.moved.iter().filter(|m| m.dark).count(), 0);
    assert_eq!(unreadable(&theme), [""; 0]);
}

#[test]
fn without_a_first_colour_there_is_no_theme() {
    for given in [&[][..], &[None], &[None, Colour::read("#ffffff")]] {
        assert_eq!(derive(given), None);
    }
}

/// A button has the clinic's colour to the last bit, by day and by night, and words that read on
/// it.
#[test]
fn a_fill_is_never_moved() {
    for (given, words) in [
        ("#ffd200", "#000000"),
        ("#1c5954", "#ffffff"),
        ("#000000", "#ffffff"),
        ("#ffffff", "#000000"),
        ("#767676", "#ffffff"),
        ("#777777", "#000000"),
        ("#7fffd4", "#000000"),
        ("#ff0000", "#000000"),
    ] {
        let theme = derive(&read(&[given])).unwrap();
        for shades in [&theme.light, &theme.dark] {
            assert_eq!(
                (shade(shades, "fill").css(), shade(shades, "on-fill").css()),
                (given.into(), words.into()),
                "{given}"
            );
        }
        assert_eq!(unreadable(&theme), [""; 0], "{given}");
    }
}

/// A hair's breadth less than a moved colour was moved fails: by the next lightness towards what
/// was given.
#[test]
fn a_moved_colour_barely_passes() {
    for given in ["#ffd200", "#ff7f50", "#7fffd4", "#c0c0c0", "#e5007d"] {
        let theme = derive(&read(&[given])).unwrap();
        let Some(Moved { to, .. }) = theme.moved.iter().find(|m| !m.dark) else { panic!("{given} was not moved") };
        let worst = ["ground", "paper", "tint", "note"]
            .map(|back| contrast(*to, shade(&theme.light, back)))
            .into_iter()
            .fold(21.0, f64::min);
        assert!((4.5..4.6).contains(&worst), "{given} became {}, which has {worst:.2} where 4.5 was enough", to.css());
    }
}

/// The names are those of the tokens, and the tokens take each by day and by night, twice for
/// night.
#[test]
fn tokens_take_every_shade() {
    let tokens =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../style/tokens.css"))
            .unwrap();
    let theme = derive(&read(&["#1c5954"])).unwrap();
    for (name, _) in &theme.light {
        for (mark, times) in
            [(format!("--{name}: var(--cr-{name},"), 1), (format!("--{name}: var(--cr-{name}-dark,"), 2)]
        {
            assert_eq!(tokens.matches(&mark).count(), times, "{mark}");
        }
    }
    assert_eq!(theme.light.iter().map(|s| s.0).collect::<Vec<_>>(), theme.dark.iter().map(|s| s.0).collect::<Vec<_>>());
}

fn any_colour() -> impl Strategy<Value = Option<Colour>> {
    prop_oneof![8 => any::<[u8; 3]>().prop_map(|c| Some(Colour(c))), 1 => Just(None)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_colours_make_a_screen_that_can_be_read(first in any::<[u8; 3]>(), rest in proptest::collection::vec(any_colour(), 0..5)) {
        let given: Vec<Option<Colour>> = std::iter::once(Some(Colour(first))).chain(rest).collect();
        let theme = derive(&given).unwrap();
        prop_assert_eq!(unreadable(&theme), Vec::<String>::new());
        // What passes as it is stays as it is, to the last bit, and is not told as moved.
        for (which, name) in ["accent", "ground", "ink", "tint", "note"].into_iter().enumerate() {
            let Some(given) = given.get(which).copied().flatten() else { continue };
            let moved = theme.moved.iter().any(|m| m.which == which && !m.dark);
            prop_assert_eq!(moved, shade(&theme.light, name) != given, "{}", name);
        }
    }
}
