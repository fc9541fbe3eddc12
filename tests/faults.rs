//! Bad luck: a full disk, a folder that cannot be written, a reader that goes away. Afterwards the old file is whole and the
//! user knows why. `tests/kills.rs` has interrupts and death. All text is invented.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

mod invented;

use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use invented::{articles, doccano, labels, names, write};

const STANCE: &str = env!("CARGO_BIN_EXE_stance");

/// Runs a shell with `$0` the program and `$1`, `$2` ... the arguments; gives exit code and standard error.
fn shell(script: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let run = Command::new("sh")
        .args(["-c", script, STANCE])
        .args(arguments)
        .output()
        .unwrap();
    (run.status.code(), String::from_utf8(run.stderr).unwrap())
}

#[test]
fn a_full_device_is_one_line_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let input = write(folder.path(), "a.jsonl", articles(50));
    for script in [
        "exec \"$0\" classify -q \"$1\" > /dev/full",
        "exec \"$0\" classify -q --to csv \"$1\" > /dev/full",
        "exec \"$0\" classify -q --to parquet \"$1\" > /dev/full",
        "exec \"$0\" classify -q \"$1\" -o /dev/full",
        "exec \"$0\" compare -q \"$1\" --by date --draws 100 --permutations 100 > /dev/full",
        "exec \"$0\" model card > /dev/full",
    ] {
        let (code, said) = shell(script, &[&input]);
        assert_eq!(code, Some(2), "{script}: {said}");
        assert!(
            said.to_lowercase().contains("no space left on device"),
            "{script}: {said}"
        );
    }
    // What cannot be told of a bad record must stop the run: it would be lost without a word.
    let (code, said) = shell(
        "exec \"$0\" classify -q \"$1\" --errors /dev/full > /dev/null",
        &[&input],
    );
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("/dev/full: cannot write the errors: no space left on device"),
        "{said}"
    );
}

#[test]
fn a_disk_that_fills_up_leaves_the_old_file_whole_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let input = write(folder.path(), "a.jsonl", articles(400));
    let labelled = write(folder.path(), "rows.jsonl", doccano("row", 400));
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let old = write(&out, "old.jsonl", "old");
    // A file may grow to 8 blocks of 512 bytes, which every system allows to be set.
    for script in [
        "trap '' XFSZ; ulimit -f 8; exec \"$0\" classify -q \"$1\" -o \"$3\"",
        "trap '' XFSZ; ulimit -f 8; exec \"$0\" classify -q \"$1\" -o \"$3\" --to parquet",
        "trap '' XFSZ; ulimit -f 8; exec \"$0\" labels import -q \"$2\" --format doccano -o \"$3\"",
    ] {
        let (code, said) = shell(script, &[&input, &labelled, &old]);
        assert_eq!(code, Some(2), "{script}: {said}");
        assert!(said.contains("file too large"), "{script}: {said}");
        assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
        assert_eq!(names(&out), ["old.jsonl"]);
    }
    // With --resume what was done stays, and the run goes on once there is room.
    let whole = folder
        .path()
        .join("whole.jsonl")
        .to_string_lossy()
        .into_owned();
    let parted = out.join("parted.jsonl").to_string_lossy().into_owned();
    assert_eq!(
        shell(
            "exec \"$0\" classify -q \"$1\" -o \"$2\"",
            &[&input, &whole]
        )
        .0,
        Some(0)
    );
    let resume = "exec \"$0\" classify -q \"$1\" --resume -o \"$2\"";
    let (code, said) = shell(
        &format!("trap '' XFSZ; ulimit -f 8; {resume}"),
        &[&input, &parted],
    );
    assert_eq!(code, Some(2), "{said}");
    assert!(!Path::new(&parted).exists());
    assert_eq!(shell(resume, &[&input, &parted]).0, Some(0));
    assert!(std::fs::read(&whole).unwrap() == std::fs::read(&parted).unwrap());
    assert_eq!(names(&out), ["old.jsonl", "parted.jsonl"]);
}

#[test]
fn a_small_disk_and_a_disk_that_is_read_only_leave_the_old_model_whole() {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let labelled = write(folder.path(), "rows.jsonl", labels(12));
    let input = write(folder.path(), "a.jsonl", articles(400));
    // A disk of its own in a mount namespace of its own, which goes with the shell.
    let script = "mount -t tmpfs -o size=64k tmpfs \"$1\" || exit 77
        \"$0\" train -q \"$2\" -o \"$1/model\" || exit 70
        before=$(cat \"$1\"/model/* | cksum)
        head -c 30000 /dev/zero > \"$1/full\"; echo old > \"$1/old.jsonl\"
        \"$0\" train -q \"$2\" --seed 2 -o \"$1/model\"; echo \"train $?\" >&2
        \"$0\" classify -q \"$3\" -o \"$1/old.jsonl\"; echo \"classify $?\" >&2
        mount -o remount,ro \"$1\" || exit 77
        \"$0\" train -q \"$2\" --seed 2 -o \"$1/model\"; echo \"read-only train $?\" >&2
        \"$0\" classify -q \"$3\" -o \"$1/old.jsonl\"; echo \"read-only classify $?\" >&2
        [ \"$before\" = \"$(cat \"$1\"/model/* | cksum)\" ] && [ \"$(cat \"$1/old.jsonl\")\" = old ] || exit 71
        \"$0\" model show \"$1/model\" >/dev/null || exit 72
        ls -A \"$1\" >&2";
    let run = |wrapper: &[&str]| {
        let run = Command::new(wrapper[0])
            .args(&wrapper[1..])
            .args([
                "sh",
                "-c",
                script,
                STANCE,
                &disk.to_string_lossy(),
                &labelled,
                &input,
            ])
            .output();
        run.ok().filter(|run| {
            run.status.code() != Some(77)
                && !String::from_utf8_lossy(&run.stderr).starts_with("unshare:")
        })
    };
    let Some(run) = run(&["unshare", "-m"]).or_else(|| run(&["unshare", "-rm"])) else {
        eprintln!(
            "SKIPPED a_small_disk_and_a_disk_that_is_read_only_leave_the_old_model_whole: no mount is allowed here"
        );
        return;
    };
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.success(), "{:?} {said}", run.status);
    for expected in [
        "train 2",
        "classify 2",
        "read-only train 2",
        "read-only classify 2",
    ] {
        assert!(said.lines().any(|line| line == expected), "{said}");
    }
    assert_eq!(
        said.matches("no space left on device; free some disk space and run again")
            .count(),
        2,
        "{said}"
    );
    assert_eq!(
        said.to_lowercase().matches("read-only file system").count(),
        2,
        "{said}"
    );
    assert!(said.ends_with("full\nmodel\nold.jsonl\n"), "{said}");
}

#[test]
fn a_folder_that_may_not_be_written_is_one_line_and_exit_2() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let input = write(
        folder.path(),
        "a.txt",
        "Norvania rejected the truce, its envoy said.",
    );
    let locked = folder.path().join("locked");
    std::fs::create_dir(&locked).unwrap();
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write everywhere: as root, the program is copied to where every user can run it and runs as one without rights.
    let program = folder.path().join("stance");
    std::fs::copy(STANCE, &program).unwrap();
    for output in ["out.jsonl", "out.csv", "out.parquet"] {
        let mut command = Command::new(&program);
        if std::fs::metadata(folder.path()).unwrap().uid() == 0 {
            command.uid(65_534).gid(65_534);
        }
        let run = command
            .args(["classify", "-q", &input, "-o"])
            .arg(locked.join(output))
            .output()
            .unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(
            said.contains("cannot write: permission denied")
                && said.contains("check the permissions"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert!(names(&locked).is_empty());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let input = write(folder.path(), "a.jsonl", articles(3_000));
    for to in ["jsonl", "csv", "table", "dna", "html"] {
        let mut child = Command::new(STANCE)
            .args(["classify", "-q", &input, "--to", to])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 10];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let run = child.wait_with_output().unwrap();
        assert_eq!(
            (
                run.status.code(),
                String::from_utf8(run.stderr).unwrap().as_str()
            ),
            (Some(0), ""),
            "{to}"
        );
    }
}
