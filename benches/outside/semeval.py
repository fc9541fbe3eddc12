"""SemEval-2016 task 6A (Mohammad et al. 2016): stance of tweets toward five targets.

    semeval.py DIR-OF-DATA -o DIR [--stance BIN]

DIR-OF-DATA holds trainingdata-all-annotations.txt, trialdata-all-annotations.txt and testdata-taskA-all-annotations.txt. Writes
DIR/TARGET/train.jsonl (training and trial part) and test.jsonl, trains one model a target, and prints

- F_avg: the mean of F1(FAVOR) and F1(AGAINST) with the tweets of all targets pooled, the task's own ranking metric;
- F_macroT: the mean of the five targets' F_avg, which a majority vote does not flatter;
- both, cross-validated on the training tweets, by which a setting can be chosen without the test tweets.

The mark `#SemST`, which every tweet ends with, is removed. Each tweet is its own group. The training file is not UTF-8: it is read
as Windows-1252, undefined bytes replaced.
"""
import collections
import csv
import pathlib
import re

import program

LABELS = ["FAVOR", "AGAINST", "NONE"]
PARTS = {"train": ["trainingdata", "trialdata"], "test": ["testdata-taskA"]}


def rows(folder, part, lower):
    """Labelled statements by target."""
    by_target = collections.defaultdict(list)
    for name in PARTS[part]:
        path = folder / f"{name}-all-annotations.txt"
        with open(path, encoding="cp1252", errors="replace", newline="") as file:
            for record in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                tweet = re.sub(r"\s*#SemST\b", "", record["Tweet"]).strip()
                own = f"{name}-{record['ID']}"
                row = {"id": own, "text": tweet.lower() if lower else tweet, "stance": record["Stance"], "group": own}
                by_target[record["Target"]].append(row)
    return by_target


def f_avg(counts):
    """Mean F1 of FAVOR and AGAINST."""
    return (program.f1(counts, "FAVOR") + program.f1(counts, "AGAINST")) / 2


def main():
    parser = program.learner_arguments(__doc__)
    parser.add_argument("data", type=pathlib.Path)
    wishes = parser.parse_args()
    train, test = (rows(wishes.data, part, wishes.lower) for part in ("train", "test"))
    pooled, learnt, by_target, chosen = collections.Counter(), collections.Counter(), {}, []
    for target in sorted(test):
        folder = wishes.output / target.lower().replace(" ", "-")
        program.write_rows(folder / "train.jsonl", train[target])
        program.write_rows(folder / "test.jsonl", test[target])
        if wishes.convert_only:
            continue
        trained = program.train(wishes, LABELS, folder / "train.jsonl", folder / "model")
        learnt.update(program.matrix(trained))
        chosen.append(f_avg(program.matrix(trained)))
        counts = program.matrix(program.evaluate(wishes, folder / "model", [folder / "test.jsonl"]))
        pooled.update(counts)
        by_target[target] = f_avg(counts)
        print(f"{target:34} n {sum(counts.values()):5}  F_avg {100 * by_target[target]:.2f}", flush=True)
    if by_target:
        print(f"{'all targets pooled':34} n {sum(pooled.values()):5}  F_avg {100 * f_avg(pooled):.2f}  "
              f"FAVOR {100 * program.f1(pooled, 'FAVOR'):.2f}  AGAINST {100 * program.f1(pooled, 'AGAINST'):.2f}")
        print(f"{'mean of the targets':34}          F_macroT {100 * sum(by_target.values()) / len(by_target):.2f}")
        print(f"{'cross-validated, training tweets':34}          F_avg {100 * f_avg(learnt):.2f}  "
              f"F_macroT {100 * sum(chosen) / len(chosen):.2f}")


if __name__ == "__main__":
    main()
