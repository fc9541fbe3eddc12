//! What happens when the user interrupts: the half-written file goes, and the program ends with 130.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// A file that must not outlive an interrupt.
static HALF_WRITTEN: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Names the file to remove.
pub(super) fn remove_at_interrupt(path: &Path) {
    if let Ok(mut file) = HALF_WRITTEN.lock() {
        *file = Some(path.to_owned());
    }
}

/// Listens from here on. Where no handler can be set, the system's own applies, which ends the program too.
#[expect(
    clippy::exit,
    reason = "the one place outside main that must end the program at once"
)]
pub(super) fn listen() {
    let handler = || {
        if let Ok(mut file) = HALF_WRITTEN.lock()
            && let Some(path) = file.take()
        {
            // The program ends whether or not it can be removed.
            let _ = std::fs::remove_file(path);
        }
        std::process::exit(130);
    };
    let _ = ctrlc::set_handler(handler);
}
