"""NewsMTSC (Hamborg & Donnay 2021): tone toward a person in a sentence of US political news.

    newsmtsc.py DIR-OF-DATA -o DIR [--stance BIN] [--sample N]

DIR-OF-DATA holds train.jsonl, rw-dev.jsonl, rw-test.jsonl, mt-dev.jsonl and mt-test.jsonl. Writes the five as labelled statements
with the labels positive, neutral and negative, trains on the first, and prints F1m, the macro-F1 over the three labels: in
cross-validation, on the paper's sets (dev and test joined) and on the test parts alone. It checks the learner and the features on
tone toward a target, with the set's labels in the place of stance; the shipped tone head is not used.

The program's features know no target. The converter puts it into the words: the mention becomes the word `maskedtarget`, and six
words on each side of it are repeated behind the sentence, each with a mark of its side (`zbf` before, `zaf` behind); `--no-window`
leaves these out. Marks are no words of the window. The group is the sentence, so that its targets stay in one fold.
`--sample N` trains on the first N sentences by their hash.
"""
import hashlib
import json
import pathlib
import re

import program

LABELS = ["positive", "neutral", "negative"]
POLARITY = {1: "positive", 0: "neutral", -1: "negative"}
MASK = "maskedtarget"
WINDOW = 6
WORD = re.compile(r"\w+(?:[-'\u2019]\w+)*")


def words(text):
    """Words in lower case, letters and digits only."""
    return [re.sub(r"\W", "", word.lower()) for word in WORD.findall(text)]


def statement(record, window, lower):
    """The labelled statement of one record."""
    sentence, start, end = record["sentence"], record["from"], record["to"]
    if sentence[start:end] != record["mention"]:
        raise SystemExit(f"{record['id']}: the mention does not stand at {start}..{end}")
    text = sentence[:start] + MASK + sentence[end:]
    if lower:
        text = text.lower()
    if window:
        before = ["zbf" + word for word in words(sentence[:start])[-WINDOW:]]
        behind = ["zaf" + word for word in words(sentence[end:])[:WINDOW]]
        text = f"{text}\n\n{' '.join(before)}\n\n{' '.join(behind)}".rstrip()
    group = hashlib.sha256(sentence.encode()).hexdigest()[:16]
    return {"id": record["id"], "text": text, "stance": POLARITY[int(record["polarity"])], "group": group}


def main():
    parser = program.learner_arguments(__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--no-window", action="store_true")
    parser.add_argument("--sample", type=int, metavar="N")
    wishes = parser.parse_args()
    files = {}
    for name in ["train", "rw-dev", "rw-test", "mt-dev", "mt-test"]:
        lines = (wishes.data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [statement(json.loads(line), not wishes.no_window, wishes.lower) for line in lines if line.strip()]
        if name == "train" and wishes.sample:
            kept = set(sorted({row["group"] for row in rows})[: wishes.sample])
            rows = [row for row in rows if row["group"] in kept]
        files[name] = wishes.output / f"{name}.jsonl"
        program.write_rows(files[name], program.agreed(rows) if name == "train" else rows)
    if wishes.convert_only:
        return
    model = wishes.output / "model"
    program.show("cross-validated", program.train(wishes, LABELS, files["train"], model))
    for name, parts in [("rw paper set", ["rw-dev", "rw-test"]), ("rw test", ["rw-test"]),
                        ("mt paper set", ["mt-dev", "mt-test"]), ("mt test", ["mt-test"])]:
        program.show(name, program.evaluate(wishes, model, [files[part] for part in parts]))


if __name__ == "__main__":
    main()
