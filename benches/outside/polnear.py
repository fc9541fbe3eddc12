"""PolNeAR (Newell, Margolin & Ruths 2018): attributed content in US political news, token by token.

    polnear.py DIR [--stance BIN]

DIR holds text/*.txt and attributions/*.ann (brat), for instance data/dev of the repository. Runs `stance classify` on the
articles and prints precision, recall and F1 of the tokens that are content, overall and by kind of span. Articles with several
annotators count once, by the annotation whose file name is first.

What is approximated:

- Tokens: runs of word characters, and single marks; PolNeAR's own are CoreNLP's.
- Gold content is the union of all Content spans, nested ones included. A token's kind is that of the longest span that holds it:
  direct where more than 85 % of the span's tokens stand inside quotation marks, indirect where none does, mixed between.
- Predicted content is a statement's span without its attribution. The program's records name the words of the cue and of the
  actor but not their place, so the attribution is looked for: outside quotation marks, the occurrences of cue and actor
  nearest to each other, with all that stands between them and the marks at their sides. A part of its sentence goes with it: what
  stands behind it where a quotation closes right before it (`..." she told reporters on Monday`), else the shorter side (`Last
  week, she said that ...`), and neither where a comma follows (`The test, she said, was ...`). A statement of kind `direct` keeps
  only what stands in marks. The last row, `whole spans`, is the same count without any of this: what the program printed, as it is.
- By kind: recall is over gold tokens of that kind; precision is over tokens of predicted spans of that kind, by the same 85 %,
  right where any gold content holds them.
- The program finds acts too (`rejected the truce`), which PolNeAR mostly does not annotate; they count like any other statement.
  `--without-acts` leaves them out.
"""
import bisect
import collections
import json
import pathlib
import re

import program

TOKEN = re.compile(r"\w+|[^\w\s]")
MARK = re.compile(r"''|``|[\"\u201c\u201d\u201e\u00ab\u00bb]")
OPENING, CLOSING = {"\u201c", "\u201e", "\u00ab", "``"}, {"\u201d", "\u00bb"}
# What parts an attribution from its content.
AROUND = " ,:-\u2013\u2014"
# Ends of sentences, as far as the attribution's own sentence is concerned.
BREAK = re.compile(r"\n+|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bGov)(?<!\bSen)(?<!\bRep)[.!?]['\"\u201d]*\s+(?=\S)")
KINDS = ["direct", "indirect", "mixed"]
# Share of a span's tokens inside marks above which it is direct.
DIRECT = 0.85


def quoted(text):
    """For each character whether it stands inside quotation marks, the marks included.

    A paragraph that opens a quotation and does not close it is quoted to its end.
    """
    inside = bytearray(len(text))
    for paragraph in re.finditer(r"[^\n]+", text):
        opened = None
        for mark in MARK.finditer(text, paragraph.start(), paragraph.end()):
            written = mark.group()
            if opened is None and written not in CLOSING:
                opened = mark.start()
            elif opened is not None and written not in OPENING:
                inside[opened:mark.end()] = b"\1" * (mark.end() - opened)
                opened = None
        if opened is not None:
            inside[opened:paragraph.end()] = b"\1" * (paragraph.end() - opened)
    return inside


def covered(pieces, tokens):
    """Numbers of the tokens that begin in `pieces`."""
    return [at for start, end in pieces for at in range(bisect.bisect_left(tokens, start), bisect.bisect_left(tokens, end))]


def kind(held, tokens, inside):
    """Direct, indirect or mixed: the tokens `held` by how many of them stand inside marks."""
    share = sum(inside[tokens[at]] for at in held) / max(len(held), 1)
    return "direct" if share > DIRECT else "indirect" if share == 0 else "mixed"


def gold_spans(path):
    """The Content spans of a brat file: each a list of (start, end), more than one where it is broken."""
    spans = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if fields[0].startswith("T") and fields[1].startswith("Content "):
            parts = fields[1].removeprefix("Content ").split(";")
            spans.append([tuple(map(int, part.split())) for part in parts])
    return spans


def places(words, text, start, end, inside):
    """Where `words` stands in text[start..end], outside quotation marks if anywhere."""
    if not words:
        return []
    found = [(m.start(), m.end()) for m in re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").finditer(text, start, end)]
    return [place for place in found if not inside[place[0]]] or found


def attribution(record, text, inside):
    """Where the words of cue and actor stand: from the first to the last of the two, None where there is no cue."""
    start, end = record["start"], record["end"]
    cues = places(record["cue"], text, start, end, inside)
    actors = places(record["actor"]["surface"], text, start, end, inside)
    if not cues:
        return None
    if not actors:
        return cues[0]
    near = [(max(cue[0], actor[0]) - min(cue[1], actor[1]), cue, actor) for cue in cues for actor in actors]
    _, cue, actor = min(near)
    return min(cue[0], actor[0]), max(cue[1], actor[1])


def content(record, text, inside, breaks):
    """The pieces of a statement that are its content, approximated as the file's head says."""
    start, end = record["start"], record["end"]
    if record["kind"] == "direct" and any(inside[start:end]):
        return [(at, at + 1) for at in range(start, end) if inside[at]]
    found = attribution(record, text, inside)
    if found is None:
        return [(start, end)]
    low, high = found
    first = max(start, breaks[bisect.bisect_right(breaks, low) - 1])
    last = min(end, breaks[bisect.bisect_left(breaks, high)])
    before, behind = text[first:low].rstrip(), text[high:last].strip()
    # The shorter side goes with the attribution: a date before it, an addressee behind it. A comma right behind it tells
    # that the clause goes on.
    if not behind.startswith(","):
        if MARK.search(before[-2:]) or len(before) > len(behind):
            quotation = inside.find(1, high, last)
            high = last if quotation < 0 else quotation
        else:
            low = first
    while low > start and text[low - 1] in AROUND:
        low -= 1
    while high < end and text[high] in AROUND:
        high += 1
    return [piece for piece in [(start, low), (high, end)] if piece[0] < piece[1]]


def articles(folder):
    """(id, text, path of the annotation) of every annotated article."""
    for path in sorted((folder / "text").glob("*.txt")):
        annotations = sorted((folder / "attributions").glob(f"{path.stem}*.ann"))
        if annotations:
            # Offsets count characters as written: no translation of line ends.
            with open(path, encoding="utf-8", newline="") as file:
                yield path.stem, file.read(), annotations[0]


def main():
    parser = program.arguments(__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--without-acts", action="store_true")
    wishes = parser.parse_args()
    read = list(articles(wishes.folder))
    if not read:
        raise SystemExit(f"{wishes.folder}: no text/*.txt with attributions/*.ann")
    given = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text, _ in read)
    said = program.run([wishes.stance, "classify", "-", "--from", "jsonl", "--to", "jsonl", "--quiet"], given)
    by_article = collections.defaultdict(list)
    for record in map(json.loads, said.splitlines()):
        if not (wishes.without_acts and record["kind"] == "act"):
            by_article[record["article"]].append(record)
    counts, spans = collections.Counter(), collections.Counter()
    for name, text, annotation in read:
        inside = quoted(text)
        tokens = [token.start() for token in TOKEN.finditer(text)]
        breaks = [0, *(found.end() for found in BREAK.finditer(text)), len(text)]
        gold, predicted, whole = {}, {}, set()
        for held in sorted((covered(pieces, tokens) for pieces in gold_spans(annotation)), key=len):
            own = kind(held, tokens, inside)
            spans["gold", own] += 1
            gold.update((at, own) for at in held)
        for record in by_article[name]:
            whole.update(covered([(record["start"], record["end"])], tokens))
            held = covered(content(record, text, inside, breaks), tokens)
            own = kind(held, tokens, inside)
            spans["predicted", own] += 1
            predicted.update((at, own) for at in held)
        counts["tokens"] += len(tokens)
        counts["whole"] += len(whole)
        counts["whole right"] += len(whole & gold.keys())
        for at, own in gold.items():
            counts["gold", own] += 1
            counts["found", own] += at in predicted
        for at, own in predicted.items():
            counts["predicted", own] += 1
            counts["right", own] += at in gold
    print(f"{len(read)} articles, {counts['tokens']} tokens")
    print(f"{'content':12}{'spans':>7}{'found':>7}{'tokens':>9}{'P':>7}{'R':>7}{'F1':>7}")
    for name, kinds in [("all", KINDS), *((one, [one]) for one in KINDS)]:
        gold, found, predicted, right = (
            sum(counts[key, one] for one in kinds) for key in ["gold", "found", "predicted", "right"])
        n_gold, n_found = (sum(spans[side, one] for one in kinds) for side in ["gold", "predicted"])
        print(f"{name:12}{n_gold:7}{n_found:7}{gold:9}{scores(right / max(predicted, 1), found / max(gold, 1))}")
    right, gold = counts["whole right"], sum(counts["gold", one] for one in KINDS)
    print(f"{'whole spans':12}{'':7}{'':7}{gold:9}{scores(right / max(counts['whole'], 1), right / max(gold, 1))}")


def scores(precision, recall):
    """Precision, recall and F1 in per cent, as cells of the table."""
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{100 * precision:7.1f}{100 * recall:7.1f}{100 * both:7.1f}"


if __name__ == "__main__":
    main()
