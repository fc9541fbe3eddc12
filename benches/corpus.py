"""A corpus to measure speed on, made of the project's own articles: JSONL on standard output.

    corpus.py dense MEGABYTES          articles as they are: three quarters of the words stand in statements
    corpus.py mixed MEGABYTES          with paragraphs without statements between, so that two fifths do, as in news
    corpus.py one BYTES                one article of that length, of the mixed kind

The same arguments give the same bytes. Run it from the top of the repository.
"""
import itertools
import json
import pathlib
import sys

SHARE = 0.4  # of the words of a mixed article stand in statements


def articles():
    for file in sorted(pathlib.Path("training-data").glob("*/articles-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def paragraphs(article):
    """Each paragraph, and how many of its letters stand in statements."""
    at, text = 0, article["text"]
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        inside = sum(
            max(0, min(end, one["end"]) - max(at, one["start"])) for one in article["statements"]
        )
        if paragraph.strip():
            yield paragraph, inside
        at = end + 1


def mixed(article, filler):
    """The article's paragraphs with others between, until only SHARE of it stands in statements."""
    found, inside, total = [], 0, 0
    for paragraph, own in paragraphs(article):
        found.append(paragraph)
        inside, total = inside + own, total + len(paragraph)
        while inside > SHARE * total:
            found.append(next(filler))
            total += len(found[-1])
    return "\n\n".join(found)


def texts(sort):
    whole = list(articles())
    free = [
        words for article in whole for words, inside in list(paragraphs(article))[1:] if not inside
    ]
    filler = itertools.cycle(free)
    for article in itertools.cycle(whole):
        yield article["text"] if sort == "dense" else mixed(article, filler)


def main():
    sort, size = sys.argv[1], float(sys.argv[2])
    if sort == "one":
        text = ""
        for part in texts("mixed"):
            text += part + "\n\n"
            if len(text.encode()) >= size:
                break
        print(json.dumps({"id": "one", "text": text.encode()[: int(size)].decode(errors="ignore")}))
        return
    written = 0
    for number, text in enumerate(texts(sort)):
        written += len(text.encode())
        sys.stdout.write(
            json.dumps({"id": f"a{number}", "outlet": f"o{number % 7}", "text": text}, ensure_ascii=False) + "\n"
        )
        if written >= size * 1e6:
            return


if __name__ == "__main__":
    main()
