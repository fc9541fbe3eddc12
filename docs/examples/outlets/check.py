#!/usr/bin/env python3
"""Checks articles.jsonl and planted.json: clean prose, gold in place, planted differences there.

Usage: python3 check.py [FOLDER]    exits with 1 when a check fails
"""

import collections
import itertools
import json
import pathlib
import re
import sys

FOLDER = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
ARTICLES = [json.loads(line) for line in (FOLDER / "articles.jsonl").open(encoding="utf-8")]
PLANTED = json.loads((FOLDER / "planted.json").read_text(encoding="utf-8"))
SCORE = {"supportive": 1, "skeptical": 0, "hostile": -1}
BY_ID = {article["id"]: article for article in ARTICLES}
GOLD = collections.defaultdict(list)
for row in PLANTED["statements"]:
    GOLD[row["article"]].append(row)
failed = []


def check(good, what):
    if not good:
        failed.append(what)


def check_prose(article):
    where, text = article["id"], article["text"]
    for part in text.split("\n\n"):
        check(part == part.strip() and "\n" not in part, f"{where}: white space: {part}")
        check("  " not in part, f"{where}: two spaces: {part}")
        check(not re.search(r"[{}|\[\]]", part), f"{where}: slot left: {part}")
        check(part.count('"') % 2 == 0, f"{where}: quotation marks: {part}")
        check(not re.search(r",,|\.\.|,\.| [,.;:]|,[A-Za-z]", part), f"{where}: commas: {part}")
        last = part[-1] in ".!?\"" or part.startswith(("By ", "From our "))
        check(last, f"{where}: no full stop: {part}")
        check(part[0].isupper() or part[0] == '"', f"{where}: first letter: {part}")
        check(part.isascii(), f"{where}: odd character: {part}")
    parts = text.split("\n\n")
    check(len(set(parts)) == len(parts), f"{where}: a paragraph twice")


def check_gold(article):
    where, rows, at = article["id"], GOLD[article["id"]], 0
    copied = any(c["copy"] == where for c in PLANTED["copies"])
    check((2 if copied else 4) <= len(rows) <= 7, f"{where}: {len(rows)} statements")
    for row in rows:
        found = article["text"].find(row["text"], at)
        check(found >= 0, f"{where}: gold not in the text in order: {row['text']}")
        at = found + len(row["text"])
        check(row["actor"].split()[-1] in row["text"], f"{where}: actor not named: {row['text']}")
    parts = article["text"].split("\n\n")
    gold = {row["text"]: row["actor"] for row in rows}
    for a, b in zip(parts, parts[1:]):
        same = a in gold and b in gold and gold[a] == gold[b]
        check(not same, f"{where}: one actor twice in a row")


def shingles(text, n=5):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def check_copies():
    sets = {a["id"]: shingles(a["text"]) for a in ARTICLES}
    related = collections.defaultdict(set)
    for c in PLANTED["copies"]:
        related[c["original"]].add(c["copy"])
        related[c["copy"]].add(c["original"])
    copied, other = [], []
    for a, b in itertools.combinations(sets, 2):
        shared = len(sets[a] & sets[b])
        pair = (shared / min(len(sets[a]), len(sets[b])), shared / len(sets[a] | sets[b]))
        (copied if b in related[a] else other).append((pair, a, b))
    cut = {c["copy"] for c in PLANTED["copies"] if c["truncated"]}
    print(f"copies {len(PLANTED['copies'])}, truncated {len(cut)},", end=" ")
    print(f"new title {sum(c['new_title'] for c in PLANTED['copies'])},", end=" ")
    print(f"byline {sum(c['byline'] for c in PLANTED['copies'])}")
    print(f"  containment (5-shingles): least of a copy {min(copied)[0][0]:.2f},", end=" ")
    print(f"most of any other pair {max(other)[0][0]:.2f}; Jaccard: least of a copy", end=" ")
    print(f"{min(p[0][1] for p in copied):.2f}, most of any other {max(p[0][1] for p in other):.2f}")
    check(min(copied)[0][0] > 0.9, "a copy is not like its original")
    check(max(other)[0][0] < 0.7 and max(p[0][1] for p in other) < 0.45, f"articles that are no copies look like one: {max(other)}")
    for c in PLANTED["copies"]:
        days = (BY_ID[c["copy"]]["date"], BY_ID[c["original"]]["date"])
        check(days[0] >= days[1], f"{c['copy']} is older than its original")
        same = BY_ID[c["copy"]]["title"] == BY_ID[c["original"]]["title"]
        check(same != c["new_title"], f"{c['copy']}: title")


def mix(rows):
    n = collections.Counter(row["stance"] for row in rows)
    return n, (n["supportive"] - n["hostile"]) / max(1, len(rows) - n["none"])


def kitagawa(a, b):
    """Gap of mean scores, as selection (who) and framing (what of each), statements with a score."""
    share, mean = [], []
    for rows in (a, b):
        rows = [r for r in rows if r["stance"] != "none"]
        by = collections.defaultdict(list)
        for r in rows:
            by[r["actor"]].append(SCORE[r["stance"]])
        share.append({k: len(v) / len(rows) for k, v in by.items()})
        mean.append({k: sum(v) / len(v) for k, v in by.items()})
    selection = framing = 0.0
    for k in set(share[0]) | set(share[1]):
        p, q = share[0].get(k, 0), share[1].get(k, 0)
        m, n = mean[0].get(k, mean[1].get(k)), mean[1].get(k, mean[0].get(k))
        selection += (p - q) * (m + n) / 2
        framing += (m - n) * (p + q) / 2
    return selection, framing


def table():
    sides = {event: e["hostile_side"] for event, e in PLANTED["events"].items()}
    rows = collections.defaultdict(list)
    for row in PLANTED["statements"]:
        rows[BY_ID[row["article"]]["outlet"]].append(row)
    base = rows["Harbour Gazette"]
    print(f"{'outlet':24}{'n':>5}  supp skep host none  score  hostile side  of week  cut  selection framing")
    of_week = PLANTED["of_the_week"]
    for outlet, own in rows.items():
        n, score = mix(own)
        shares = " ".join(f"{n[s] / len(own):4.2f}" for s in (*SCORE, "none"))
        side = sum(r["side"] == sides[r["event"]] for r in own) / len(own)
        week = sum(r["statement"] in of_week[r["event"]][str(r["week"])] for r in own) / len(own)
        selection, framing = kitagawa(own, base)
        cut = sum(r["form"] == "cut" for r in own)
        print(f"{outlet:24}{len(own):5}  {shares}  {score:+.2f}  {side:12.2f}  {week:7.2f} {cut:4}  {selection:+9.2f} {framing:+7.2f}")
    truncated = {c["copy"] for c in PLANTED["copies"] if c["truncated"]}
    without = sum(
        not any(r["statement"] in of_week[r["event"]][str(r["week"])] for r in GOLD[a["id"]])
        for a in ARTICLES
        if a["id"] not in truncated
    )
    both = sum(
        any(
            x["actor"] == y["actor"] and {x["stance"], y["stance"]} == {"supportive", "hostile"}
            for x, y in itertools.combinations(GOLD[a["id"]], 2)
        )
        for a in ARTICLES
    )
    check(without == 0, "an article without a statement of the week")
    print(f"articles without a statement of the week {without}, with an actor both for and against {both}")
    carried = collections.defaultdict(set)
    for row in PLANTED["statements"]:
        carried[row["event"], row["week"], row["statement"]].add(BY_ID[row["article"]]["outlet"])
    weekly = [
        len(carried[event, int(week), s])
        for event, weeks in of_week.items()
        for week, chosen in weeks.items()
        for s in chosen
    ]
    print(f"outlets that carry a statement of the week: mean {sum(weekly) / len(weekly):.1f} of 8", end=", ")
    print(sorted(collections.Counter(weekly).items()))


def main():
    outlets = collections.Counter(a["outlet"] for a in ARTICLES)
    check(len(outlets) == 8 and set(outlets.values()) == {120}, f"outlets {outlets}")
    check(len(BY_ID) == len(ARTICLES), "ids are not unique")
    for article in ARTICLES:
        check_prose(article)
        check_gold(article)
    words = sorted(len(a["text"].split()) for a in ARTICLES)
    print(f"articles {len(ARTICLES)}, statements {len(PLANTED['statements'])}, cuts {len(PLANTED['cuts'])},", end=" ")
    print(f"words an article {words[0]} to {words[-1]}, median {words[len(words) // 2]}")
    changed = sum(c["stance"] != c["full_stance"] for c in PLANTED["cuts"])
    print(f"cuts that change the stance {changed}")
    check_copies()
    table()
    for what in failed[:40]:
        print("FAILED", what)
    print(f"{len(failed)} failed" if failed else "all checks passed")
    sys.exit(bool(failed))


main()
