//! Death at random moments and interrupts: afterwards the old or the new file is whole, never a mixture, and a run that goes
//! on gives what an uninterrupted one gives. `tests/kill/run N` kills N times each; here it is a few.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

mod invented;

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use invented::{articles, doccano, labels, names, write};

const STANCE: &str = env!("CARGO_BIN_EXE_stance");

/// Moments by a small generator of pseudo-random numbers, the same in every run.
struct Moments(u64);

impl Moments {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % below
    }
}

/// Articles enough for a run that takes a while.
fn long_input(folder: &Path) -> String {
    let n = if cfg!(debug_assertions) {
        6_000
    } else {
        60_000
    };
    write(folder, "a.jsonl", articles(n))
}

/// Runs that are killed, as many as `STANCE_KILLS` says.
fn kills() -> usize {
    std::env::var("STANCE_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(8)
}

/// More runs than are killed: some end before their moment.
fn runs() -> std::ops::Range<usize> {
    0..30 * kills()
}

fn start(arguments: &[&str]) -> Child {
    Command::new(STANCE)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// How long an undisturbed run takes: the moments are spread over it.
fn duration(arguments: &[&str]) -> Duration {
    let began = Instant::now();
    assert!(start(arguments).wait().unwrap().success());
    began.elapsed()
}

/// Kills a run at a moment of its course; says whether it was alive.
fn kill_at(arguments: &[&str], moments: &mut Moments, course: Duration) -> bool {
    let mut child = start(arguments);
    std::thread::sleep(course.mul_f64(moments.next(1_000) as f64 / 1_000.0));
    child.kill().unwrap();
    child.wait().unwrap().signal() == Some(9)
}

/// Everything in a folder: names and content.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    names(folder)
        .into_iter()
        .map(|name| {
            let bytes = std::fs::read(folder.join(&name)).unwrap();
            (name, bytes)
        })
        .collect()
}

#[test]
fn a_model_is_the_old_or_the_new_one_whenever_training_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let labelled = write(folder.path(), "rows.jsonl", labels(12));
    let model = folder.path().join("model");
    let path = model.to_string_lossy().into_owned();
    // The name of the folder is part of a model, so that both are made under the same one.
    let arguments = ["1", "2"].map(|seed| ["train", "-q", &labelled, "--seed", seed, "-o", &path]);
    let course = duration(&arguments[0]);
    let first = content(&model);
    assert!(start(&arguments[1]).wait().unwrap().success());
    let second = content(&model);
    assert!(first != second && first.len() == 3);
    let mut moments = Moments(1);
    let (mut n_killed, mut n_replaced, mut n_runs) = (0, 0, 0);
    let mut last = second.clone();
    for turn in runs() {
        if n_killed == kills() {
            break;
        }
        n_runs += 1;
        n_killed += usize::from(kill_at(&arguments[turn % 2], &mut moments, course));
        let found = content(&model);
        assert!(found == first || found == second, "run {turn}: a mixture");
        n_replaced += usize::from(found != last);
        last = found;
    }
    println!(
        "train: {n_killed} of {n_runs} runs killed, the model changed in {n_replaced}; 0 mixtures"
    );
    assert_eq!(n_killed, kills());
    assert!(start(&arguments[0]).wait().unwrap().success());
    assert!(content(&model) == first);
}

#[test]
fn a_run_that_is_killed_again_and_again_gives_what_an_uninterrupted_one_gives() {
    let folder = tempfile::tempdir().unwrap();
    let input = long_input(folder.path());
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (whole, whole_errors) = (at("whole.jsonl"), at("whole.errors"));
    let course = duration(&["classify", &input, "-o", &whole, "--errors", &whole_errors]);
    let (parted, errors) = (at("parted.jsonl"), at("parted.errors"));
    let resume = [
        "classify", &input, "--resume", "-o", &parted, "--errors", &errors,
    ];
    let mut moments = Moments(2);
    let (mut n_killed, mut n_ended, mut n_runs) = (0, 0, 0);
    let check = || {
        assert!(
            std::fs::read(&whole).unwrap() == std::fs::read(&parted).unwrap(),
            "another output"
        );
        assert!(
            std::fs::read(&whole_errors).unwrap() == std::fs::read(&errors).unwrap(),
            "other errors"
        );
    };
    for _ in runs() {
        if n_killed == kills() {
            break;
        }
        n_runs += 1;
        if kill_at(&resume, &mut moments, course) {
            n_killed += 1;
        }
        // A run may have ended in between; then the output is whole, and the next one begins anew.
        if Path::new(&parted).exists() {
            check();
            n_ended += 1;
            std::fs::remove_file(&parted).unwrap();
        }
    }
    assert_eq!(n_killed, kills());
    assert!(start(&resume).wait().unwrap().success());
    check();
    println!(
        "classify --resume: {n_killed} of {n_runs} runs killed, {} outputs completed, each byte for byte that of an uninterrupted run",
        n_ended + 1
    );
    assert_eq!(
        names(folder.path()),
        [
            "a.jsonl",
            "parted.errors",
            "parted.jsonl",
            "whole.errors",
            "whole.jsonl"
        ]
    );
}

#[test]
fn imported_labels_are_the_old_or_the_new_file_whenever_the_import_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let n_rows = if cfg!(debug_assertions) {
        3_000
    } else {
        20_000
    };
    let inputs = ["one", "two"].map(|file| {
        write(
            folder.path(),
            &format!("{file}.jsonl"),
            doccano(file, n_rows),
        )
    });
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let path = out.join("labels.jsonl").to_string_lossy().into_owned();
    let arguments = inputs.each_ref().map(|input| {
        [
            "labels", "import", "-q", "--format", "doccano", input, "-o", &path,
        ]
    });
    let course = duration(&arguments[0]);
    let first = std::fs::read(&path).unwrap();
    assert!(start(&arguments[1]).wait().unwrap().success());
    let second = std::fs::read(&path).unwrap();
    assert!(first != second);
    let mut moments = Moments(3);
    let (mut n_killed, mut n_runs) = (0, 0);
    for turn in runs() {
        if n_killed == kills() {
            break;
        }
        n_runs += 1;
        n_killed += usize::from(kill_at(&arguments[turn % 2], &mut moments, course));
        let found = std::fs::read(&path).unwrap();
        assert!(found == first || found == second, "turn {turn}: a mixture");
    }
    println!("labels import: {n_killed} of {n_runs} runs killed; 0 mixtures");
    assert_eq!(n_killed, kills());
}

#[test]
fn an_interrupt_is_130_and_leaves_no_half_written_file() {
    let folder = tempfile::tempdir().unwrap();
    let input = long_input(folder.path());
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let old = write(&out, "old.jsonl", "old");
    let mut moments = Moments(4);
    let mut n_interrupted = 0;
    for _ in 0..6 {
        let mut child = start(&["classify", &input, "-o", &old]);
        // Not before the program can listen.
        while names(&out).len() < 2 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(Duration::from_millis(moments.next(60)));
        let sent = Command::new("sh")
            .args(["-c", "kill -INT $0", &child.id().to_string()])
            .status()
            .unwrap();
        let status = child.wait().unwrap();
        if sent.success() && status.code() == Some(130) {
            n_interrupted += 1;
            assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
        }
        assert!(matches!(status.code(), Some(0 | 130)), "{status:?}");
        assert_eq!(names(&out), ["old.jsonl"]);
        std::fs::write(&old, "old").unwrap();
    }
    assert!(n_interrupted > 0);
}
