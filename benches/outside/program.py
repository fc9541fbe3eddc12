"""The `stance` program as the outside checks use it: rows to a file, train, evaluate, F1 out of a confusion matrix.

It knows no data set. Python's standard library only.
"""
import argparse
import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
# Where `cargo build --release` puts the program.
BUILT = HERE.parent.parent / "target" / "release" / "stance"


def arguments(docs):
    """A parser with the options that all checks share."""
    parser = argparse.ArgumentParser(description=docs, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stance", metavar="BIN", default=str(BUILT), help="the program; default: target/release/stance")
    return parser


def learner_arguments(docs):
    """The options of the checks that train: where files go and how the learner is set."""
    parser = arguments(docs)
    parser.add_argument("-o", "--output", metavar="DIR", required=True, type=pathlib.Path, help="folder for files and models")
    parser.add_argument("--convert-only", action="store_true", help="write the labelled files and stop")
    parser.add_argument("--lower", action="store_true", help="write the texts in lower case, so that no name is masked")
    parser.add_argument("--characters", action="store_true", help="learn from runs of characters too")
    parser.add_argument("--families", help="feature families to learn from, in place of all")
    parser.add_argument("--min-df", type=int, default=2, help="statements that a feature must occur in")
    parser.add_argument("--class-weights", choices=["even", "balanced"], default="even")
    parser.add_argument("--c", type=float, help="strength of the fit; chosen by cross-validation if left out")
    parser.add_argument("--threads", default="0", help="threads of the program; 0 takes all cores")
    return parser


def write_rows(path, rows):
    """Writes labelled statements, one JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def agreed(rows):
    """The rows without those whose text stood before with another label: `stance train` asks the user to settle these. Prints how
    many were left out."""
    first, kept = {}, []
    for row in rows:
        if first.setdefault(row["text"].strip().lower(), row["stance"]) == row["stance"]:
            kept.append(row)
    if len(kept) < len(rows):
        print(f"{len(rows) - len(kept)} of {len(rows)} rows to learn from left out: the same text has another label before")
    return kept


def train(wishes, labels, rows, model):
    """Trains `model` on the file `rows`; its cross-validated figures, as the model folder's evaluation.json has them."""
    strength = ["--tune"] if wishes.c is None else ["--c", str(wishes.c)]
    strength += ["--min-df", str(wishes.min_df)]
    strength += ["--characters"] if wishes.characters else []
    strength += ["--families", wishes.families] if wishes.families else []
    run([wishes.stance, "train", str(rows), "-o", str(model), "--labels", ",".join(labels), "--quiet",
         "--class-weights", wishes.class_weights, "--threads", wishes.threads, *strength])
    return json.loads((model / "evaluation.json").read_text(encoding="utf-8"))["stance_cross_validated"]


def evaluate(wishes, model, rows):
    """The stance figures of `stance evaluate --to json` for `model` on the file or files `rows`."""
    said = run([wishes.stance, "evaluate", *map(str, rows), "--model", str(model), "--to", "json", "--quiet"])
    return json.loads(said)["evaluation"]["stance"]


def run(command, text=None):
    """Standard output of `command`; ends this program with what it said where it failed."""
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def matrix(figures):
    """Counts by (gold, predicted) label."""
    names = [row["label"] for row in figures["labels"]]
    return {(gold, predicted): count
            for gold, row in zip(names, figures["confusion"])
            for predicted, count in zip(names, row)}


def f1(counts, label):
    """F1 of `label`, 0 where it is neither gold nor predicted."""
    right = counts[label, label]
    gold = sum(count for (name, _), count in counts.items() if name == label)
    predicted = sum(count for (_, name), count in counts.items() if name == label)
    return 2 * right / (gold + predicted) if gold + predicted else 0.0


def percent(interval):
    """An interval of the program in per cent: `63.2 [60.1, 66.0]`."""
    bounds = f" [{100 * interval['low']:.1f}, {100 * interval['high']:.1f}]" if interval["low"] is not None else ""
    return f"{100 * interval['estimate']:.2f}{bounds}"


def show(name, figures):
    """Prints macro-F1, accuracy and the labels' F1 of one set."""
    by_label = "  ".join(f"{row['label']} {100 * (row['f1']['estimate'] or 0):.1f}" for row in figures["labels"])
    print(f"{name:18} n {figures['n']:5}  macro-F1 {percent(figures['macro_f1'])}  "
          f"accuracy {percent(figures['accuracy'])}  {by_label}")
