#!/usr/bin/env python3
"""Counts the actor errors of `stance evaluate --errors` by kind.

    actor_errors.py LABELLED.jsonl... [--stance BIN] [--list]

The kinds go by the words that stand for the predicted actor and by whether gold and predicted share a word; the first that
fits counts. `--list` prints each error with its kind. What is right and wrong is decided by the program
(`src/evaluate/actor.rs`), not here. Python's standard library only.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess

BUILT = pathlib.Path(__file__).resolve().parent.parent / "target" / "release" / "stance"
SMALL = {"of", "for", "in", "at", "from", "on", "to", "with", "by", "and", "the", "a", "an"}
PRONOUNS = {"he": "he, she", "she": "he, she", "it": "it", "they": "they"}
SPEAKS_FOR = re.compile(r"office|spokes|press service|delegation|embassy|envoy|['\u2019]s ", re.I)


def words(name):
    """The words of a name in small letters, small words left out."""
    found = re.findall(r"[^\W_]+", re.sub(r"['\u2019]s\b", "", name.lower()))
    return {word for word in found if word not in SMALL}


def kind(gold, predicted, surface, article):
    """The kind of one error; `article` is the article's text."""
    small = article.lower()
    if not predicted:
        return "unresolved"
    if any(word[:max(4, len(word) - 3)] not in small for word in words(gold)):
        return "gold name holds a word that the article lacks"
    if not surface:
        return "quotation alone: another speaker"
    if surface.lower() in PRONOUNS:
        return "pronoun: " + PRONOUNS[surface.lower()]
    if ";" in gold or ";" in predicted:
        return "joint actors"
    shared = words(gold) & words(predicted)
    if shared and SPEAKS_FOR.search(surface):
        return "an office or spokesman, and whose"
    if shared:
        return "the same words in part"
    if any(word[:1].isupper() for word in surface.split()[1:]):
        return "a name"
    if surface.split()[0].lower() in {"the", "its", "his", "her", "their"}:
        return "a role without a name (the minister, the group)"
    return "another unnamed one"


def main():
    """Runs the program and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+")
    parser.add_argument("--stance", metavar="BIN", default=str(BUILT), help="the program; default: target/release/stance")
    parser.add_argument("--list", action="store_true", help="print each error as well")
    wishes = parser.parse_args()
    articles = {}
    for path in wishes.labelled:
        with open(path, encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                articles[row.get("id")] = row["text"]
    command = [wishes.stance, "evaluate", *wishes.labelled, "--errors", "--to", "json"]
    said = json.loads(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)
    counts = collections.Counter()
    for error in said["disagreements"]:
        if error["part"] != "actor":
            continue
        sort = kind(error["gold"], error["predicted"], error["surface"], articles.get(error["article"], ""))
        counts[sort] += 1
        if wishes.list:
            print(f"{sort}\t{error['article']}\t{error['gold']} -> {error['predicted']}\t{error['surface']}")
    for sort, count in counts.most_common():
        print(f"{count:5}  {sort}")
    print(f"{sum(counts.values()):5}  in all")


if __name__ == "__main__":
    main()
