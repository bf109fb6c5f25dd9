//! Where the visitor is: plain data, known to contexts and screens alike. The page's address never
//! changes.

use engine::walk::Step;

/// One screen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// A kiosk between two visits.
    Attract,
    Start,
    Topics,
    Topic(usize),
    Compare,
    /// Weighing, comparing, telling back, asking.
    Deciding,
    /// Reasons for and against, each with a bar.
    Weigh,
    /// A question after reading, by its place.
    TeachBack(usize),
    /// Questions for the clinic that fit the answers.
    Questions,
    /// The themes of the myth-or-fact cards.
    Decks,
    Card {
        deck: usize,
        /// Its place in the deck; behind the last one stands the end of the deck.
        place: usize,
    },
    Question {
        step: Step,
        /// Reached by "Change": Continue returns to the check screen.
        from_check: bool,
    },
    /// The opening card of a stage, by its `linkId`.
    Stage(String),
    /// All stages, with how far each of them is.
    Hub,
    Check,
    Summary,
    /// The sheets alone, for a screenshot or the desk.
    Sheets,
    /// A saved record or code is opened again.
    Import,
    About,
}

impl Route {
    /// A step of the questionnaire on the way through it.
    pub fn step(step: Step) -> Self {
        Self::Question { step, from_check: false }
    }

    /// True for a screen of the questionnaire itself, its cards and its hub.
    pub fn is_on_the_walk(&self) -> bool {
        matches!(self, Self::Question { .. } | Self::Stage(_) | Self::Hub)
    }
}
