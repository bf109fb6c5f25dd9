//! What a person does and sees.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

use crate::browser::Browser;
use crate::error::{Doing, Fault, Result, located};
use crate::process::LOOK_AGAIN;

const DEADLINE: Duration = Duration::from_secs(20);

/// How much of the screen a fault tells.
const SCREEN_CHARACTERS: usize = 2000;

const PAGE_JS: &str = include_str!("page.js");

/// Something with a name on it; the words are page.js's verbs.
#[derive(Clone, Copy)]
enum Kind {
    Button,
    Link,
    Choice,
    Field,
}

impl Kind {
    fn verb(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Link => "link",
            Self::Choice => "choice",
            Self::Field => "field",
        }
    }
}

// Acts. Each waits until exactly one thing of that name can be used: of two a
// person would not know which is meant, so a journey has to say.
impl Browser {
    /// Clicks the button of that name.
    #[track_caller]
    pub fn button(&self, name: &str) -> Result<()> {
        located(self.click(Kind::Button, name, None))
    }

    /// Clicks the link of that name.
    #[track_caller]
    pub fn link(&self, name: &str) -> Result<()> {
        located(self.click(Kind::Link, name, None))
    }

    /// Clicks the label of a radio button or checkbox.
    #[track_caller]
    pub fn choose(&self, label: &str) -> Result<()> {
        located(self.click(Kind::Choice, label, None))
    }

    /// Clicks the label of a radio button or checkbox in the group of that legend.
    #[track_caller]
    pub fn choose_in(&self, group: &str, label: &str) -> Result<()> {
        located(self.click(Kind::Choice, label, Some(group)))
    }

    /// Types into the field of that label, in place of what was there.
    #[track_caller]
    pub fn fill(&self, label: &str, text: &str) -> Result<()> {
        located(self.type_into(label, text))
    }

    /// Gives the file field of that label a file, as the browser's own window for it would.
    #[track_caller]
    pub fn give_file(&self, label: &str, path: impl AsRef<Path>) -> Result<()> {
        let give = || {
            let field = self.one(Kind::Field, label, None)?;
            self.run(&format!("giving “{label}” a file"), field.send_keys(path.as_ref().to_string_lossy()))
        };
        located(give())
    }

    /// Picks an option of the native select of that label.
    #[track_caller]
    pub fn select(&self, label: &str, option: &str) -> Result<()> {
        located(self.pick(label, option))
    }

    /// Waits until the app takes presses, for a script that clicks by itself: what it presses
    /// before counts for nothing.
    #[track_caller]
    pub fn settled(&self) -> Result<()> {
        located(self.settle())
    }

    /// Clicks, by a script, the one element that this expression finds, once the app takes presses.
    /// For proofs that walk screens whose words they do not know; a visitor's own acts go by words.
    #[track_caller]
    pub fn click_on(&self, element: &str) -> Result<()> {
        let click = || {
            self.settle()?;
            self.wait(&format!("something to click at {element}"), || {
                Ok(self.execute(&format!("const found = {element}; found?.click(); return !!found"), Vec::new())?
                    == json!(true))
            })
        };
        located(click())
    }

    /// Presses and releases a key, wherever the focus is.
    #[track_caller]
    pub fn press(&self, key: impl Into<char>) -> Result<()> {
        let key = key.into();
        let act = self.driver.action_chain().key_down(key).key_up(key);
        located(self.settle().and_then(|()| self.run("pressing a key", act.perform())))
    }

    /// Presses a key while another is held, such as Shift and Tab.
    #[track_caller]
    pub fn press_with(&self, held: Key, key: impl Into<char>) -> Result<()> {
        let (held, key) = (char::from(held), key.into());
        let act = self.driver.action_chain();
        let act = act.key_down(held).key_down(key).key_up(key).key_up(held);
        located(self.run("pressing keys", act.perform()))
    }
}

// Looks.
impl Browser {
    /// The heading that has the focus, or else the only first-level one; empty
    /// where neither is.
    #[track_caller]
    pub fn heading(&self) -> Result<String> {
        located(self.read("heading"))
    }

    /// The text of `main`, or of the page where there is none.
    #[track_caller]
    pub fn text(&self) -> Result<String> {
        located(self.read("main"))
    }

    /// What has the focus, such as `button Continue`.
    #[track_caller]
    pub fn focus(&self) -> Result<String> {
        located(self.read("focus"))
    }

    /// Whether the radio button or checkbox of that label is chosen.
    #[track_caller]
    pub fn is_chosen(&self, label: &str) -> Result<bool> {
        located(self.one_value("is_chosen", label, None).map(|value| value == json!(true)))
    }

    /// As [`Browser::is_chosen`], in the group of that legend.
    #[track_caller]
    pub fn is_chosen_in(&self, group: &str, label: &str) -> Result<bool> {
        let value = self.one_value("is_chosen", label, Some(group));
        located(value.map(|value| value == json!(true)))
    }

    /// What stands in the field of that label.
    #[track_caller]
    pub fn value(&self, label: &str) -> Result<String> {
        let value = self.one_value("value", label, None);
        located(value.map(|value| value.as_str().unwrap_or_default().to_owned()))
    }

    /// Waits until [`Browser::heading`] is this text.
    #[track_caller]
    pub fn wait_heading(&self, text: &str) -> Result<()> {
        located(self.wait(&format!("the heading “{text}”"), || Ok(self.read("heading")? == text)))
    }

    /// Waits until the screen holds this text, line breaks aside.
    #[track_caller]
    pub fn wait_text(&self, text: &str) -> Result<()> {
        located(self.wait(&format!("the text “{text}”"), || self.shows(text)))
    }

    /// Waits until the screen no longer holds this text.
    #[track_caller]
    pub fn wait_gone(&self, text: &str) -> Result<()> {
        located(self.wait(&format!("the text “{text}” to go"), || Ok(!self.shows(text)?)))
    }

    /// Waits for any other state; `what` is how a fault names it.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is: impl Fn() -> Result<bool>) -> Result<()> {
        // The closure's own faults already know their line, so they pass as text.
        located(self.wait(what, || is().map_err(|error| Fault::Tool(format!("while waiting for {what}: {error}")))))
    }

    /// Runs a script in the page (framed: in the frame) and returns its value.
    /// For proofs, not for acts: a visitor has no console.
    #[track_caller]
    pub fn script(&self, script: &str) -> Result<Value> {
        located(self.execute(script, Vec::new()))
    }

    /// Runs a script that calls its last argument with the value, for promises.
    #[track_caller]
    pub fn script_async(&self, script: &str) -> Result<Value> {
        located(self.execute_async(script, Vec::new()))
    }

    /// Runs a script in the clinic's page around the frame.
    #[track_caller]
    pub fn host_script(&self, script: &str) -> Result<Value> {
        located(self.in_host(|| self.execute(script, Vec::new())))
    }

    /// Saves what is on screen as a PNG.
    #[track_caller]
    pub fn screenshot(&self, path: impl AsRef<Path>) -> Result<()> {
        located(self.take_picture(path.as_ref()))
    }

    /// Waits for a download whose name ends so, and returns its name and bytes.
    #[track_caller]
    pub fn wait_download(&self, ending: &str) -> Result<(String, Vec<u8>)> {
        located(self.await_download(ending, &[]))
    }

    /// Clicks a button that saves a file, waits for a new one whose name ends so, and returns its
    /// name and bytes.
    #[track_caller]
    pub fn save(&self, button: &str, ending: &str) -> Result<(String, Vec<u8>)> {
        let save = || {
            let before = self.saved()?;
            self.click(Kind::Button, button, None)?;
            self.await_download(ending, &before)
        };
        located(save())
    }
}

impl Browser {
    pub(crate) fn execute(&self, script: &str, args: Vec<Value>) -> Result<Value, Fault> {
        self.run("running a script", self.driver.execute(script, args)).map(|returned| returned.json().clone())
    }

    pub(crate) fn execute_async(&self, script: &str, args: Vec<Value>) -> Result<Value, Fault> {
        self.run("running a script", self.driver.execute_async(script, args)).map(|returned| returned.json().clone())
    }

    fn in_host<T>(&self, act: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        self.look_at_host()?;
        let result = act();
        self.look_into_frame()?;
        result
    }

    fn read(&self, verb: &str) -> Result<String, Fault> {
        let value = self.execute(PAGE_JS, vec![json!(verb)])?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    fn shows(&self, text: &str) -> Result<bool, Fault> {
        Ok(tidy(&self.read("body")?).contains(&tidy(text)))
    }

    fn one_value(&self, verb: &str, name: &str, group: Option<&str>) -> Result<Value, Fault> {
        let mut only = None;
        self.wait(&format!("one thing called “{name}”"), || {
            let values = self.execute(PAGE_JS, vec![json!(verb), json!(name), json!(group)])?;
            only = match values.as_array().map(Vec::as_slice) {
                Some([value]) => Some(value.clone()),
                _ => None,
            };
            Ok(only.is_some())
        })?;
        Ok(only.unwrap_or_default())
    }

    /// Waits until the app takes presses: right after a screen was painted it takes none.
    pub(crate) fn settle(&self) -> Result<(), Fault> {
        self.wait("the screen to take presses", || Ok(self.execute(PAGE_JS, vec![json!("settled")])? == json!(true)))
    }

    fn click(&self, kind: Kind, name: &str, group: Option<&str>) -> Result<(), Fault> {
        self.settle()?;
        let element = self.one(kind, name, group)?;
        let doing = format!("clicking the {} “{name}”", kind.verb());
        // Drivers leave alone what is in the window, also where a bar lies over it; WebKit's does
        // not always scroll to what is just below. On a clinic's page this would scroll that page.
        if self.engine == crate::setup::Engine::WebKit || self.form != crate::setup::Form::Hosted {
            self.run(&doing, element.scroll_into_view())?;
        }
        self.run(&doing, element.click())
    }

    fn type_into(&self, label: &str, text: &str) -> Result<(), Fault> {
        let field = self.one(Kind::Field, label, None)?;
        self.run(&format!("typing into “{label}”"), async {
            field.click().await?;
            let held = field.value().await?.unwrap_or_default();
            if !held.is_empty() {
                // Keys, not WebDriver's clear: that sends no input event, which a page listens to.
                field.send_keys(Key::Control + "a").await?;
                field.send_keys(Key::Delete + "").await?;
            }
            field.send_keys(text).await
        })
    }

    fn pick(&self, label: &str, option: &str) -> Result<(), Fault> {
        let field = self.one(Kind::Field, label, None)?;
        let options = self.run("reading the options", field.find_all(thirtyfour::By::Tag("option")))?;
        for candidate in options {
            let text = self.run("reading an option", candidate.text())?;
            if tidy(&text) == option {
                return self.run(&format!("picking “{option}”"), candidate.click());
            }
        }
        Err(Fault::Tool(format!("“{label}” has no option “{option}”")))
    }

    /// The one thing of that kind and name, as soon as there is exactly one.
    fn one(&self, kind: Kind, name: &str, group: Option<&str>) -> Result<WebElement, Fault> {
        let within = group.map(|group| format!(" in “{group}”")).unwrap_or_default();
        let wanted = format!("one {} “{name}”{within}", kind.verb());
        let mut found = Vec::new();
        let waited = self.wait(&wanted, || {
            let args = vec![json!(kind.verb()), json!(name), json!(group)];
            found = self.run("looking for things", async { self.driver.execute(PAGE_JS, args).await?.elements() })?;
            Ok(found.len() == 1)
        });
        match (waited, found.len()) {
            (Err(Fault::Waited { seconds, wanted, screen }), count) => {
                Err(Fault::Waited { seconds, wanted: format!("{wanted}, found {count}"), screen })
            }
            (Err(fault), _) => Err(fault),
            (Ok(()), _) => found.pop().ok_or_else(|| Fault::Tool(format!("{wanted} came and went"))),
        }
    }

    pub(crate) fn wait(&self, wanted: &str, mut is: impl FnMut() -> Result<bool, Fault>) -> Result<(), Fault> {
        let deadline = Instant::now() + DEADLINE;
        while !is()? {
            if Instant::now() > deadline {
                return Err(Fault::Waited {
                    seconds: DEADLINE.as_secs(),
                    wanted: wanted.to_owned(),
                    screen: self.describe_screen(),
                });
            }
            thread::sleep(LOOK_AGAIN);
        }
        Ok(())
    }

    /// What a person would see now. A browser that can't even say that must not
    /// hide the fault that is being told, so its own faults become part of the text.
    fn describe_screen(&self) -> String {
        let read = |verb| self.read(verb).unwrap_or_else(|fault| fault.to_string());
        let screen: String = read("screen").chars().take(SCREEN_CHARACTERS).collect();
        format!(
            "{} {:?}, heading “{}”, focus on {}\n--- on screen ---\n{}\n--- console ---\n{}",
            self.engine.name(),
            self.form,
            read("heading"),
            read("focus"),
            screen,
            self.console_lines().unwrap_or_default().join("\n"),
        )
    }

    fn take_picture(&self, path: &Path) -> Result<(), Fault> {
        let png = self.run("taking a picture", self.driver.screenshot_as_png())?;
        fs::write(path, png).doing(format!("writing {}", path.display()))
    }

    fn saved(&self) -> Result<Vec<String>, Fault> {
        let files = fs::read_dir(self.downloads()).doing("looking into the downloads")?;
        Ok(files.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
    }

    fn await_download(&self, ending: &str, before: &[String]) -> Result<(String, Vec<u8>), Fault> {
        let folder = self.downloads();
        let mut found = None;
        let mut last = Vec::new();
        self.wait(&format!("a download that ends in “{ending}”"), || {
            found = self.saved()?.into_iter().find(|name| name.ends_with(ending) && !before.contains(name));
            // Each browser writes under another name first; Firefox also puts an empty file of the
            // final name there.
            let bytes = found.as_ref().and_then(|name| fs::read(folder.join(name)).ok()).unwrap_or_default();
            // A printed file is written where it will stay.
            let whole = !bytes.is_empty() && (ending != ".pdf" || bytes.trim_ascii_end().ends_with(b"%%EOF"));
            // WebKit writes a file piece by piece under its final name: it is whole when it grows
            // no more.
            let grows = bytes != last;
            last = bytes;
            Ok(whole && !grows)
        })?;
        let name = found.unwrap_or_default();
        let bytes = fs::read(folder.join(&name)).doing("reading the download")?;
        Ok((name, bytes))
    }
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
