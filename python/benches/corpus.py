"""Makes a corpus for measuring: the project's own training articles again and again, each time under other ids and shuffled, as
JSON lines and as Parquet in several files. Nothing of it is kept. It measures nothing.

    python corpus.py FOLDER [--megabytes 200] [--files 16]
"""

import argparse
import json
import pathlib
import random

import pyarrow
import pyarrow.parquet

ROOT = pathlib.Path(__file__).resolve().parents[2]


def articles():
    """All authored articles with their texts alone."""
    for path in sorted((ROOT / "training-data/train").glob("articles-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield {"outlet": row.get("outlet"), "date": row.get("date"), "text": row["text"]}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--megabytes", type=int, default=200, help="of text, in UTF-8")
    options.add_argument("--files", type=int, default=16)
    options = options.parse_args()
    (options.folder / "parquet").mkdir(parents=True, exist_ok=True)
    chance, own = random.Random(1), list(articles())
    rows, size = [], 0
    while size < options.megabytes * 1_000_000:
        chance.shuffle(own)
        for article in own:
            rows.append({"id": f"a{len(rows)}", **article})
            size += len(article["text"].encode())
    with open(options.folder / "articles.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    table = pyarrow.Table.from_pylist(rows)
    share = -(-len(rows) // options.files)
    for number in range(options.files):
        pyarrow.parquet.write_table(table.slice(number * share, share), options.folder / f"parquet/{number:02}.parquet")
    print(f"{len(rows)} articles, {size / 1e6:.0f} MB of text, {len(own)} different texts")


main()
