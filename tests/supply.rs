//! What the program is built of: licences, sources and duplicates as `deny.toml` allows them, no crate and no call that opens
//! a connection. Writes the list of all parts (`CycloneDX` 1.5) to `target/sbom.cdx.json`. It knows no advisories: those need
//! cargo-deny and the net (`tests/supply/run`).

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// The tree of crates of this machine's platform, with all features; nothing is fetched.
fn metadata() -> Value {
    let about = Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8(about.stdout).unwrap();
    let host = about
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let run = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--locked",
            "--offline",
            "--format-version",
            "1",
            "--all-features",
            "--filter-platform",
            host,
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    serde_json::from_slice(&run.stdout).unwrap()
}

/// The crates that are in use: those of the tree that stands behind the program.
fn crates(metadata: &Value) -> Vec<&Value> {
    let used: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| word(node, "id"))
        .collect();
    let all = metadata["packages"].as_array().unwrap();
    all.iter()
        .filter(|package| used.contains(word(package, "id")))
        .collect()
}

/// Those that are built into the program or build it; the others are for tests alone.
fn built_in(metadata: &Value) -> BTreeSet<String> {
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (word(node, "id"), node))
        .collect();
    let mut open = vec![word(&metadata["resolve"], "root")];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id.to_owned()) {
            continue;
        }
        for to in nodes[id]["deps"].as_array().unwrap() {
            let kinds = to["dep_kinds"].as_array().unwrap();
            if kinds.iter().any(|kind| kind["kind"] != "dev") {
                open.push(word(to, "pkg"));
            }
        }
    }
    seen
}

fn word<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap()
}

/// The first words in quotation marks of each line of a list in `deny.toml`.
fn listed(name: &str) -> BTreeSet<String> {
    let file = read("deny.toml");
    let begin = format!("\n{name} = [\n");
    let list = file
        .split(&begin)
        .nth(1)
        .unwrap()
        .split("\n]")
        .next()
        .unwrap();
    let found: BTreeSet<String> = list
        .lines()
        .map(|line| line.split('"').nth(1).unwrap().to_owned())
        .collect();
    assert!(found.len() > 3);
    found
}

/// Whether an SPDX expression can be met with the allowed licences; older crates write `/` for `OR`.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any(&tokens, &mut at, allowed);
    assert_eq!(at, tokens.len(), "{expression}");
    met
}

fn any(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = every(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        met |= every(tokens, at, allowed);
    }
    met
}

fn every(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = one(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(tokens, at, allowed);
    }
    met
}

fn one(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let token = tokens[*at];
    *at += 1;
    if token == "(" {
        let met = any(tokens, at, allowed);
        *at += 1;
        return met;
    }
    let mut met = allowed.contains(token);
    if tokens.get(*at) == Some(&"WITH") {
        *at += 2;
        // An exception only gives more rights, but it is another licence to read.
        met = false;
    }
    met
}

#[test]
fn licence_expressions_are_read_by_their_rules() {
    let allowed: BTreeSet<String> = ["MIT", "Zlib"].map(str::to_owned).into();
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(GPL-3.0 OR Zlib) AND MIT", true),
        ("GPL-2.0 WITH Classpath-exception-2.0 OR MIT", true),
        ("MIT OR X AND Y", true),
    ] {
        assert_eq!(is_met(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn every_crate_is_of_an_allowed_licence_and_from_the_registry() {
    let (metadata, allowed) = (metadata(), listed("allow"));
    let mut wrong = Vec::new();
    for one in crates(&metadata) {
        let name = word(one, "name");
        let licence = one["license"].as_str().unwrap_or("none");
        if !is_met(licence, &allowed) {
            wrong.push(format!("{name}: {licence}"));
        }
        let source = one["source"].as_str();
        if source
            .is_some_and(|source| source != "registry+https://github.com/rust-lang/crates.io-index")
            || (source.is_none() && name != "stance")
        {
            wrong.push(format!("{name}: from {source:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_crate_comes_twice_only_where_that_is_written_down() {
    let metadata = metadata();
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for one in crates(&metadata) {
        *versions.entry(word(one, "name")).or_default() += 1;
    }
    let twice: BTreeSet<String> = versions
        .into_iter()
        .filter(|(_, n)| *n > 1)
        .map(|(name, _)| name.to_owned())
        .collect();
    assert_eq!(
        twice,
        listed("skip"),
        "left: found, right: skip in deny.toml"
    );
}

#[test]
fn nothing_in_the_tree_or_the_source_opens_a_connection() {
    let (metadata, banned) = (metadata(), listed("deny"));
    for one in crates(&metadata) {
        assert!(
            !banned.contains(word(one, "name")),
            "{} is a network crate",
            word(one, "name")
        );
    }
    let mut open = vec![root().join("src")];
    let mut n_files = 0;
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            n_files += 1;
            for calls in [
                "std::net",
                "std::os::unix::net",
                "TcpStream",
                "UdpSocket",
                "UnixStream",
            ] {
                assert!(
                    memchr::memmem::find(&bytes, calls.as_bytes()).is_none(),
                    "{} has {calls}",
                    path.display()
                );
            }
        }
    }
    assert!(n_files > 100);
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_makes_no_network_call() {
    let program = env!("CARGO_BIN_EXE_stance");
    let article = root().join("docs/examples/grain-corridor.txt");
    let trace = |command: &[&str]| {
        let run = Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=%network", "-o", "/dev/stderr"])
            .args(command)
            .output();
        run.ok()
            .filter(|run| run.status.success())
            // A thread that ends while the tracer lets go of it is told of so: no call.
            .map(|run| {
                let told = String::from_utf8_lossy(&run.stderr);
                let calls = told.lines().filter(|line| !line.contains("???( <detached"));
                calls.collect::<Vec<_>>().join("\n")
            })
    };
    if trace(&["true"]).is_none() {
        eprintln!("SKIPPED a_run_makes_no_network_call: strace is absent or may not trace");
        return;
    }
    let article = article.to_string_lossy();
    for command in [
        vec![program, "classify", "-q", "--explain", &article],
        vec![
            program,
            "compare",
            "-q",
            "--by",
            "date",
            "--draws",
            "100",
            "--permutations",
            "100",
            &article,
        ],
        vec![program, "model", "card"],
    ] {
        assert_eq!(trace(&command).unwrap(), "", "{command:?}");
    }
}

#[test]
fn all_parts_are_listed_with_version_licence_and_checksum() {
    let metadata = metadata();
    let lock = read("Cargo.lock");
    let checksums: BTreeMap<(String, String), String> = lock
        .split("[[package]]")
        .filter_map(|part| {
            let field = |name: &str| {
                let line = part
                    .lines()
                    .find_map(|line| line.strip_prefix(&format!("{name} = \"")))?;
                Some(line.trim_end_matches('"').to_owned())
            };
            Some(((field("name")?, field("version")?), field("checksum")?))
        })
        .collect();
    let required = built_in(&metadata);
    let purl = |one: &Value| format!("pkg:cargo/{}@{}", word(one, "name"), word(one, "version"));
    let refs: BTreeMap<&str, String> = crates(&metadata)
        .into_iter()
        .map(|one| (word(one, "id"), purl(one)))
        .collect();
    let component = |one: &Value| {
        let licence = one["license"]
            .as_str()
            .unwrap_or_default()
            .replace(" / ", " OR ")
            .replace('/', " OR ");
        let mut part = json!({
            "type": if word(one, "name") == "stance" { "application" } else { "library" },
            "bom-ref": purl(one), "name": one["name"], "version": one["version"], "purl": purl(one),
            "scope": if required.contains(word(one, "id")) { "required" } else { "excluded" },
            "licenses": [{"expression": licence}],
        });
        let key = (
            word(one, "name").to_owned(),
            word(one, "version").to_owned(),
        );
        if let Some(checksum) = checksums.get(&key) {
            part["hashes"] = json!([{"alg": "SHA-256", "content": checksum}]);
        }
        part
    };
    let all = crates(&metadata);
    let own = all
        .iter()
        .find(|one| word(one, "name") == "stance")
        .unwrap();
    let components: Vec<Value> = all
        .iter()
        .filter(|one| word(one, "name") != "stance")
        .map(|one| component(one))
        .collect();
    let dependencies: Vec<Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| {
            let to: Vec<&String> = node["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|id| refs.get(id.as_str()?))
                .collect();
            json!({"ref": refs[word(node, "id")], "dependsOn": to})
        })
        .collect();
    let sbom = json!({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": component(own)},
                      "components": components, "dependencies": dependencies});
    assert!(components.len() > 100);
    for part in &components {
        assert_eq!(word(&part["hashes"][0], "content").len(), 64, "{part}");
        assert!(
            !word(&part["licenses"][0], "expression").is_empty(),
            "{part}"
        );
    }
    let path = root().join("target/sbom.cdx.json");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, format!("{sbom:#}\n")).unwrap();
    let n_required = components
        .iter()
        .filter(|part| part["scope"] == "required")
        .count();
    println!(
        "target/sbom.cdx.json: {} parts, {n_required} of them in the program or its build",
        components.len()
    );
}
