//! The app: reads the file's settings and packs, provides the contexts, and turns a route into a
//! screen.

use crate::context::{
    ClinicSettings, Kiosk, Locale, Navigation, Session, chosen_language, read_pack, use_kiosk, use_navigation,
};
use crate::layout::{Shell, StaffUnlocked, watch_kiosk};
use crate::platform::{document, focus, host, press};
use crate::route::Route;
use crate::screens::*;
use engine::pack::{BadSetting, Known, OWN_STAGE, Pack, Settings};
use engine::{refused, theme};
use leptos::prelude::*;

/// Mounts the app, or shows the static fallback if the file can't be read.
pub fn mount() {
    let Some((pack, settings)) = read_file() else { return host::give_up() };
    let Some(root) = document::by_id("app") else { return host::give_up() };
    dress(settings.values);
    press::watch();
    // The app stands as long as the page does.
    leptos::mount::mount_to(root, move || view! { <App pack settings/> }).forget();
    host::show();
}

/// The pack of the likeliest language that the clinic offers, and the settings checked against the
/// file's content.
fn read_file() -> Option<(&'static Pack, ClinicSettings)> {
    let languages = host::languages();
    let likeliest = read_pack(languages.first()?, &Settings::default())?;
    let (values, bad) = read_settings(likeliest, &languages);
    let values: &'static Settings = Box::leak(Box::new(values));
    let refused: &'static [BadSetting] = Box::leak(bad.into_boxed_slice());
    let wanted = chosen_language().filter(|lang| languages.contains(lang) && values.offers(lang));
    let lang = wanted.or_else(|| languages.iter().find(|lang| values.offers(lang)).cloned());
    let pack = read_pack(lang.as_deref().unwrap_or(&likeliest.lang), values)?;
    Some((pack, ClinicSettings { values, refused }))
}

fn read_settings(pack: &'static Pack, languages: &[String]) -> (Settings, Vec<BadSetting>) {
    let names: Vec<&str> = languages.iter().map(String::as_str).collect();
    let refuses = |text: &str| refused::quoted([pack], text);
    Settings::read(&host::setting_text, &host::setting_names(), &Known::of(pack, &names, &refuses))
}

/// The clinic's look, on the whole document.
fn dress(settings: &Settings) {
    if let Some(theme) = theme::derive(&settings.colours()) {
        for (shades, ending) in [(theme.light, ""), (theme.dark, "-dark")] {
            for (name, colour) in shades {
                document::set_property(&format!("--cr-{name}{ending}"), &colour.css());
            }
        }
    }
    if !settings.corners.is_empty() {
        document::set_property("--r", &format!("{}px", settings.corners));
    }
    document::set_root("data-font", &settings.font);
}

/// Provides the contexts and draws the shell around the current screen.
#[component]
fn App(pack: &'static Pack, settings: ClinicSettings) -> impl IntoView {
    let restarted = !host::held_answers().is_empty();
    provide_context(settings);
    let locale = Locale::new(pack, settings.values);
    provide_context(locale);
    let session = Session::new(locale, settings.values);
    provide_context(session);
    let navigation = Navigation::new(session, Vec::from([first_route()]));
    provide_context(navigation);
    if let Some(route) = second_route(navigation, restarted) {
        navigation.open(route);
    }
    session.sync_outward();
    navigation.watch();
    if host::begins_with() == host::CLEARED {
        session.announcement.set(pack.words.cleared().into());
    }
    if host::is_kiosk() {
        let kiosk = Kiosk::new();
        provide_context(kiosk);
        provide_context(StaffUnlocked(RwSignal::new(false)));
        watch_kiosk(kiosk, navigation, settings.values);
    }
    follow_print(session, navigation);
    follow_read_address(navigation);
    view! { <Shell screen/> }
}

fn first_route() -> Route {
    if host::is_kiosk() { Route::Attract } else { Route::Start }
}

/// Where the app begins behind the first screen: after a crash where the visitor was, with `#read`
/// at what is opened again, in the set-up page's preview at the sheets or at the clinic's own
/// questions.
fn second_route(navigation: Navigation, restarted: bool) -> Option<Route> {
    match document::root("data-view").as_deref() {
        Some("sheets") => return Some(Route::Summary),
        Some("own") => return Some(Route::Stage(OWN_STAGE.into())),
        _ => {}
    }
    if restarted {
        host::after_paint(|| focus::to_still("#app main h1"));
        return Some(navigation.next_open());
    }
    asked_to_read().then(|| {
        // A hand scanner types wherever the focus is.
        host::after_paint(|| focus::to_still(&format!("#{CODE_FIELD}")));
        Route::Import
    })
}

/// True if opened with `#read`, to read a saved record. A kiosk opens no files.
fn asked_to_read() -> bool {
    !host::is_kiosk() && host::opened_as() == "read"
}

/// `#read` typed behind the address of a page that stands already.
fn follow_read_address(navigation: Navigation) {
    host::on_window("hashchange", move |_| {
        if asked_to_read() && navigation.route_untracked() != Route::Import {
            navigation.go(Route::Import);
        }
    });
}

/// Only sheets print as sheets; every other screen prints as it stands.
fn follow_print(session: Session, navigation: Navigation) {
    Effect::new(move |_| {
        let sheets = match navigation.route() {
            Route::Summary | Route::Sheets => true,
            Route::Import => session.previous.with(Option::is_some),
            _ => false,
        };
        document::set_root("data-print", if sheets { "sheets" } else { "screen" });
    });
}

/// The screen of the current route. Each route is drawn anew as a whole: where one question took
/// another's place in the same elements, Orca found the new heading by itself as the old answer was
/// removed, and then kept silent when it got the focus.
fn screen() -> AnyView {
    let navigation = use_navigation();
    view! { <For each=move || [(navigation.route(), navigation.drawing())] key=Clone::clone children=|(route, _)| draw(route)/> }.into_any()
}

fn draw(route: Route) -> AnyView {
    match route {
        Route::Attract => use_kiosk().map(|kiosk| view! { <AttractScreen kiosk/> }).into_any(),
        Route::Start => view! { <StartScreen/> }.into_any(),
        Route::Topics => view! { <TopicsScreen/> }.into_any(),
        Route::Topic(index) => view! { <TopicScreen index/> }.into_any(),
        Route::Compare => view! { <CompareScreen/> }.into_any(),
        Route::Deciding => view! { <DecidingScreen/> }.into_any(),
        Route::Weigh => view! { <WeighScreen/> }.into_any(),
        Route::TeachBack(place) => view! { <TeachBackScreen place/> }.into_any(),
        Route::Questions => view! { <QuestionsScreen/> }.into_any(),
        Route::Decks => view! { <DecksScreen/> }.into_any(),
        Route::Card { deck, place } => view! { <CardScreen deck place/> }.into_any(),
        Route::Question { step, from_check } => view! { <QuestionScreen step from_check/> }.into_any(),
        Route::Stage(stage) => view! { <StageCardScreen stage/> }.into_any(),
        Route::Hub => view! { <HubScreen/> }.into_any(),
        Route::Check => view! { <CheckScreen/> }.into_any(),
        Route::Summary => view! { <SummaryScreen/> }.into_any(),
        Route::Sheets => view! { <SheetsScreen/> }.into_any(),
        Route::Import => view! { <ImportScreen/> }.into_any(),
        Route::About => view! { <AboutScreen/> }.into_any(),
    }
}
