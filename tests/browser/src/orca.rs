//! Orca, the screen reader of Linux desktops, with a speech server that writes instead of speaking.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Doing, Fault};
use crate::process::{Household, LOOK_AGAIN, find};

/// The file in the browser's folder that holds what was said.
pub(crate) const SPOKEN: &str = "spoken";
const CUSTOMIZATIONS: &str = include_str!("../../oracles/orca-customizations.py");
const DEADLINE: Duration = Duration::from_secs(40);

/// Starts a session bus and Orca, and waits until it has said that it is there. The display must
/// stand.
pub(crate) fn start(household: &mut Household) -> Result<(), Fault> {
    household.be_alone();
    let folder = household.folder().to_owned();
    let settings = folder.join("data/orca");
    fs::create_dir_all(&settings)
        .and_then(|()| fs::write(settings.join("orca-customizations.py"), CUSTOMIZATIONS))
        .doing("writing Orca's settings")?;
    let spoken = folder.join(SPOKEN);
    fs::write(&spoken, "").doing("making the file of what is said")?;
    let here = folder.display().to_string();
    for (name, value) in [("SPOKEN", spoken.display().to_string()), ("HOME", here.clone()), ("XDG_RUNTIME_DIR", here)] {
        household.set(name, &value);
    }
    household.set("NO_AT_BRIDGE", "0");
    household.set("GNOME_ACCESSIBILITY", "1");
    let mut bus = Command::new(find("dbus-daemon")?);
    bus.args(["--session", "--nofork", "--nopidfile", "--print-address"]);
    let address = household.start_and_read(bus)?;
    household.set("DBUS_SESSION_BUS_ADDRESS", &address);
    household.start(Command::new(find("orca")?))?;
    let deadline = Instant::now() + DEADLINE;
    while fs::metadata(&spoken).map_or(0, |file| file.len()) == 0 {
        if Instant::now() > deadline {
            return Err(Fault::NotStarted {
                program: "orca".into(),
                why: "it says nothing".into(),
                log: household.last_words(),
            });
        }
        thread::sleep(LOOK_AGAIN);
    }
    Ok(())
}

/// Gives the browser's window the keyboard: without a window manager nobody else does, and a screen
/// reader speaks of the window that has it.
pub(crate) fn give_focus(household: &Household) -> Result<(), Fault> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let mut focus = Command::new(find("xdotool")?);
        focus.args(["search", "--onlyvisible", "--class", "firefox|chromium", "windowfocus"]);
        match household.run(focus) {
            Err(fault) if Instant::now() > deadline => return Err(fault),
            Err(_) => thread::sleep(LOOK_AGAIN),
            Ok(()) => return Ok(()),
        }
    }
}
