"""What all tests share: the program, and one corpus on which Python, Spark and the program must agree. All text is invented."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

import stance

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/stance"
OUTLETS = ROOT / "docs/examples/outlets/articles.jsonl"

# Rows that are hard to carry along: bytes of several lengths, odd white space, null fields, other names, another language.
ODD = [
    {"id": "odd-1", "text": "“Ja — né,” said Łukasz Öz of Tavria 🕊, who accepted the truce.\u2028\nLesk rejected it.", "outlet": None},
    {"id": "odd-2", "text": 'Tavria said: "We accept\tthe \\"plan\\"."', "outlet": "=Kesh, Times", "date": "2031-04-02"},
    {"id": "odd-3", "text": "No statement here.", "url": "https://kesh.example/a?b=1&c=2"},
]
GERMAN = (
    "Die Regierung lehnte den Waffenstillstand am Montag ab und sagte, dass die Bedingungen nicht ausreichend seien, um die "
    "Verhandlungen fortzusetzen, berichtete die Zeitung am Abend."
)


def run(*arguments, **wishes):
    """The program's standard output."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=True, **wishes)
    return done.stdout.decode()


def rows(table):
    """The rows of an Arrow table as sorted lines: two tables are the same if these are."""
    return sorted(json.dumps(row, sort_keys=True) for row in table.to_pylist())


@pytest.fixture(scope="session")
def model():
    return stance.Model.load()


@pytest.fixture(scope="session")
def articles():
    """300 articles of eight outlets, and the odd ones."""
    with open(OUTLETS, encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return found[::3][:300] + ODD


@pytest.fixture(scope="session")
def corpus(articles, tmp_path_factory):
    """The same articles as a file."""
    path = tmp_path_factory.mktemp("corpus") / "articles.jsonl"
    path.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def classified(corpus):
    """What the program makes of them: JSON lines, and its Parquet table."""
    path = corpus.with_name("statements.parquet")
    run("classify", corpus, "-q", "-o", path)
    return run("classify", corpus, "-q", "--to", "jsonl"), path


@pytest.fixture(scope="session")
def labels():
    """Sixty statements with labels of another set, twenty of each, in twelve groups."""
    patterns = {
        "yes": ["{} accepts the truce", "{} welcomes the plan for a truce", "{} calls on both sides to sign the truce"],
        "no": ["{} rejects the truce", "{} vows to fight on", "{} calls the truce a trap and a betrayal"],
        "maybe": ["{} doubts that the truce will hold", "{} wants guarantees before the truce", "{} is studying the truce"],
    }
    actors = ["Tavria", "Lesk", "the council", "the envoy", "the union", "the minister", "the army"]
    found = []
    for stance_label, texts in patterns.items():
        for number in range(20):
            text = texts[number % 3].format(actors[number % 7]) + "."
            found.append({"text": text, "stance": stance_label, "group": f"g{number % 12}"})
    return found


@pytest.fixture(scope="session")
def spark():
    """Spark's local cluster: two executors of one core, each a process of its own."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("stance")
        .config("spark.executor.memory", "1g")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    yield session
    session.stop()
