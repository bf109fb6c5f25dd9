//! Interface words: a method for each, so that code can't ask for one that does not exist, and a
//! name for each, so that `cargo xtask pack` can tell which one a language lacks.

use serde::{Deserialize, Serialize, Serializer};

macro_rules! words {
    ($($name:ident,)*) => {
        /// Buttons, headings and short lines of one language; authored in
        /// `content/<lang>/words.toml`.
        ///
        /// Held as a list: a struct of as many fields costs the browser 33 kB of code to read.
        #[derive(Debug, Clone, PartialEq, Default, Deserialize)]
        pub struct Words(Vec<String>);

        /// The place of each word in the list.
        #[allow(non_camel_case_types, reason = "a word's name is that of its method")]
        enum Place { $($name,)* }

        #[allow(missing_docs, reason = "a word's name and its English text say all there is")]
        impl Words {
            /// The names of all words, in the list's order.
            pub const NAMES: &[&str] = &[$(stringify!($name),)*];

            $(pub fn $name(&self) -> &str { self.at(Place::$name) })*
        }
    };
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Self::NAMES.iter().zip(&self.0))
    }
}

/// Fills the `{name}` marks of a word; one without a value stays. By hand, since the standard
/// library's search for a text is 8 kB.
pub fn fill(word: &str, marks: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('{') {
        let value = |name| marks.iter().find(|(mark, _)| *mark == name).map(|(_, value)| *value);
        let filled = after.split_once('}').and_then(|(name, behind)| value(name).map(|v| (v, behind)));
        let (value, behind) = filled.unwrap_or(("{", after));
        out.extend([before, value]);
        rest = behind;
    }
    out + rest
}

impl Words {
    /// Makes the list from `word`, which is asked for each name in turn.
    pub fn new(word: impl FnMut(&'static str) -> String) -> Self {
        Self(Self::NAMES.iter().copied().map(word).collect())
    }

    /// The words as a pack holds them.
    pub(super) fn listed(words: Vec<String>) -> Self {
        Self(words)
    }

    pub(super) fn list(&self) -> &Vec<String> {
        &self.0
    }

    /// All words, in the list's order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    #[inline(never)]
    fn at(&self, place: Place) -> &str {
        self.0.get(place as usize).map_or("", String::as_str)
    }
}

words! {
    // The product and its language.
    product, language_name, language, text_size, text_small, text_medium, text_large, menu, close,
    // Start.
    start_title, start_lead, start_time, start_private, start_private_how, start_gone, start_kept, start_sells, start_questions,
    start_read, start_cards, start_cards_hint, start_help, start_help_hint, start_resume, start_know, start_private_title,
    start_sells_title, start_decides_title, start_decides, start_take, start_take_title, start_safety, start_minutes, start_left, start_page_minutes, start_theme_minutes,
    // Shell.
    help_now, nothing_leaves, back, continue_, skip, skip_page, home, clear_all, clear_ask, clear_yes, clear_no, cleared, about,
    // Reading.
    read_title, read_lead, next_topic, all_topics, to_questions, sources_and_dates, checked_on, review_by, overdue,
    benefit, harm, in_whom, over_time, how_sure, certainty_strong, certainty_moderate, certainty_limited,
    certainty_mixed, certainty_unknown, certainty_not_checked, ask_head, add_question, added_question, people_of, people_on, people_off, visit_felt, visit_pressure, visit_more, visit_usual, visit_time, visit_alt, week, visit_day,
    // Comparing the choices.
    compare_title, compare_lead, compare_pick, compare_works, compare_given, compare_side_effects, compare_daily,
    compare_speed, compare_cost, compare_living, compare_print, compare_matters,
    // Deciding.
    deciding_title, deciding_lead, weigh_title, weigh_hint, weigh_lead, weigh_choose, weight_none, weight_of, compare_first, compare_first_link, teach_title, teach_hint, teach_of, teach_had, teach_other, teach_unsure, teach_again, teach_next, teach_done, teach_none, teach_over, asks_title, asks_hint, asks_lead, asks_none, asks_good, asks_more, card_more, from_list, sheet_decision, sheet_choices, sheet_go_over, sheet_go_over_with,
    // Cards.
    cards_title, cards_lead, deck_count, deck_guessed, all_decks, next_deck, card_of, guess, myth, fact, depends, show_me, your_guess, next_card, cards_done, cards_done_lead,
    // Questions.
    question_of, minutes_left, new_question, new_questions, no_to_rest, call_bar, add_another, or, yes, no, problem_title, problem_number, problem_any_number, problem_unit, problem_day, problem_long, unit, feet, inches, choose_all, own_words, add,
    type_name, type_hint, suggestions, suggestions_none, not_listed, add_typed, use_listed, chosen, bring_up, remove, another, another_yes, another_no,
    told_discuss, finish_now,
    // Stages.
    hub, hub_title, hub_lead, hub_first, hub_short, hub_all, hub_go_on, stage_of, about_minutes, stage_not_started, stage_started, stage_done, stage_skipped,
    stage_closed, stage_added, stage_raise, stage_raise_more, own_title, own_help,
    // Help.
    help_title, help_thanks, help_not_alone, nobody_sees, help_call, help_text, help_open, help_emergency, help_might_act, help_stay_with,
    help_trusted, help_trusted_text, help_clinic, help_clinic_open, help_clinic_closed, help_region, help_medical_title, help_unsure_title, help_offer_title, help_reach, help_tell,
    help_go_on, help_finish, help_more,
    // Check.
    check_title, check_lead, check_answered, check_open, change, not_answered, not_reached, to_summary, section_empty,
    // Summary.
    summary_title, summary_lead, summary_answered, summary_first, summary_questions, summary_open, before_share, print, leave_out, leave_out_hint, clinician_english, clinician_english_hint, show_scores, show_scores_hint, copy, copied, copy_failed, change_answers,
    summary_minor_title, keep_choice, keep_choice_hint,
    // Sheets.
    clinic, from_clinic, clinic_address, clinic_hours, clinic_booking, content_version, language_used, sheet_clinician, sheet_keep,
    sheet_minor, sheet_name, sheet_born, sheet_safety, sheet_why, sheet_medicines, sheet_all_medicines, sheet_as_typed, sheet_typed_known, sheet_typed_perhaps, sheet_unfit,
    sheet_medicine, sheet_dose, sheet_last_taken, sheet_note, sheet_see_first, sheet_as_for, sheet_open, sheet_questions_asked, sheet_counts, sheet_scores, sheet_instrument, sheet_result, sheet_band, sheet_answered, sheet_item, sheet_of, sheet_range, sheet_not_asked, sheet_not_asked_list,
    sheet_count_not_diagnosis, sheet_tried, sheet_fill_by_hand, sheet_other, sheet_answered_no, sheet_not_sure, sheet_declined,
    sheet_not_answered, sheet_practical, sheet_own, sheet_questions, sheet_left_out, sheet_written_in, sheet_my_questions, sheet_bring,
    sheet_before, sheet_after, sheet_call, sheet_help, mark_emergency, mark_first, mark_discuss, mark_note, mark_open,
    // Taking along.
    along_pdf, along_share, share_failed, along_more, along_record, along_record_hint, along_page, along_alone, print_dead, along_saved,
    along_code, along_code_hint, code_holds, code_none, open_title, open_lead, open_file, open_code, open_go, opened_on, open_unknown,
    open_again, open_again_hint, beside, beside_hint, page_of, on_paper, letters_lost, record_large, record_broken, record_other,
    record_answer, code_cut, code_damaged, code_newer, code_other,
    // About.
    about_title, about_made, about_pays, about_sells, about_updates, about_complain, about_evidence, about_tested, about_notices,
    about_sources, about_private, about_private_text, about_version,
    // A screen that strangers share.
    kiosk_start, kiosk_forgets, kiosk_desk, kiosk_hide, kiosk_hidden, kiosk_show, kiosk_end, kiosk_idle, kiosk_idle_text, kiosk_here,
    kiosk_more, kiosk_print, kiosk_to_desk, kiosk_to_desk_text, kiosk_tag, kiosk_tag_text, kiosk_done, kiosk_leaving, kiosk_printed,
    kiosk_clear_now, kiosk_not_yet, kiosk_tell, kiosk_pause, kiosk_play, kiosk_home, part_of, kiosk_help_now, kiosk_help_tell, kiosk_letters, kiosk_signs, kiosk_space, kiosk_delete, kiosk_tags,
    staff, staff_pin, staff_wrong, staff_pause, staff_wiped, staff_never, staff_storage, staff_network, staff_print, staff_exit,
    // When something is wrong.
    shell_title, shell_text, failed_title, failed_text, failed_held, failed_again, failed_save, bad_setting, fallback_form,
}
