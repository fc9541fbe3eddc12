"""GWSD (Luo, Card & Jurafsky 2020): stance of sentences from news toward "climate change is a serious concern".

    gwsd.py GWSD.tsv -o DIR [--stance BIN]

Writes DIR/train.jsonl (1,850 sentences) and DIR/test.jsonl (the authors' 200 held-out ones) as labelled statements, trains, and
prints macro-F1 over agree, neutral and disagree: cross-validated in five folds on the training part (the C is chosen on the same
folds, which flatters a little) and on the held-out part.

The label is the most probable one of the authors' rater model. Rows without probabilities are their screening sentences and
are left out. The group is the sentence's `guid`. Each sentence is given alone: no actor, kind or context.
"""
import csv
import pathlib

import program

LABELS = ["agree", "neutral", "disagree"]


def rows(path, lower):
    """(row, whether held out) of every labelled sentence."""
    with open(path, encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file, delimiter="\t"):
            if not record["agree"]:
                continue
            sentence = record["sentence"].lower() if lower else record["sentence"]
            stance = max(LABELS, key=lambda label: float(record[label]))
            row = {"id": record["guid"], "text": sentence, "stance": stance, "group": record["guid"]}
            yield row, record["in_held_out_test"] == "True"


def main():
    parser = program.learner_arguments(__doc__)
    parser.add_argument("tsv", type=pathlib.Path)
    wishes = parser.parse_args()
    labelled = list(rows(wishes.tsv, wishes.lower))
    train, test = wishes.output / "train.jsonl", wishes.output / "test.jsonl"
    program.write_rows(train, program.agreed([row for row, held_out in labelled if not held_out]))
    program.write_rows(test, [row for row, held_out in labelled if held_out])
    if wishes.convert_only:
        return
    model = wishes.output / "model"
    program.show("cross-validated", program.train(wishes, LABELS, train, model))
    program.show("held out", program.evaluate(wishes, model, [test]))


if __name__ == "__main__":
    main()
