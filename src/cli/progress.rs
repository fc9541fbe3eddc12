//! One line that shows how a long run goes: what is done, how fast, how long it will take. It does not count what it shows.

use std::time::{Duration, Instant};

use super::terminal::Terminal;

/// Time between two drawings of the line.
const PAUSE: Duration = Duration::from_millis(200);

/// Time before the first one: short runs show nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// The line, on a terminal only.
pub(super) struct Progress<'a> {
    terminal: &'a Terminal,
    began: Instant,
    drawn: Option<Instant>,
    /// Bytes that were read before this run began to work.
    before: u64,
    in_all: Option<u64>,
}

impl<'a> Progress<'a> {
    /// `in_all` is the size of all inputs, asked for only where somebody watches.
    pub(super) fn new(
        terminal: &'a Terminal,
        before: u64,
        in_all: impl FnOnce() -> Option<u64>,
    ) -> Self {
        Self {
            terminal,
            began: Instant::now(),
            drawn: None,
            before,
            in_all: terminal.is_watched().then(in_all).flatten(),
        }
    }

    /// Draws the line, if it is time to.
    pub(super) fn show(&mut self, read: u64, articles: usize, statements: usize) {
        let passed = self.began.elapsed();
        let fresh = self.drawn.is_some_and(|drawn| drawn.elapsed() < PAUSE);
        if !self.terminal.is_watched() || passed < PATIENCE || fresh {
            return;
        }
        self.drawn = Some(Instant::now());
        let read_now = read.saturating_sub(self.before);
        let rate = read_now as f64 / passed.as_secs_f64();
        self.terminal
            .progress(&line(articles, statements, read, rate, self.in_all));
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        if self.drawn.is_some() {
            self.terminal.progress("");
        }
    }
}

/// `rate` is in bytes a second.
fn line(articles: usize, statements: usize, read: u64, rate: f64, in_all: Option<u64>) -> String {
    let mut parts = vec![
        format!("{articles} articles"),
        format!("{statements} statements"),
        format!("{:.1} MB/s", rate / 1e6),
    ];
    if let Some(in_all) = in_all.filter(|in_all| *in_all > 0 && rate > 0.0) {
        let share = 100.0 * read.min(in_all) as f64 / in_all as f64;
        let left = in_all.saturating_sub(read) as f64 / rate;
        parts.push(format!("{share:.0} %"));
        parts.push(format!("{} left", clock(left as u64)));
    }
    parts.join(", ")
}

fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_rate_share_and_time_left() {
        // 3 MB of 12 MB at 2 MB/s: 25 %, 9 MB or 4.5 s left.
        assert_eq!(
            line(10, 20, 3_000_000, 2e6, Some(12_000_000)),
            "10 articles, 20 statements, 2.0 MB/s, 25 %, 0:04 left"
        );
        assert_eq!(
            line(1, 2, 5, 1e6, None),
            "1 articles, 2 statements, 1.0 MB/s"
        );
        assert_eq!(clock(3_725), "1:02:05");
    }
}
