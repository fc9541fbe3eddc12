"""A job on Spark's local cluster with two executors: Parquet in, Parquet out, the program's rows, also when an executor dies."""

import json
import os
import signal

import pyarrow
import pyarrow.parquet
import pytest
from conftest import GERMAN, rows, run

import stance
import stance.spark

NAMES = ["id", "outlet", "date", "url", "title", "text"]


@pytest.fixture(scope="session")
def table(articles):
    return pyarrow.table({name: pyarrow.array([one.get(name) for one in articles], pyarrow.string()) for name in NAMES})


@pytest.fixture(scope="session")
def parquet(table, tmp_path_factory):
    """The corpus in six files."""
    folder = tmp_path_factory.mktemp("spark") / "articles"
    folder.mkdir()
    size = -(-table.num_rows // 6)
    for number in range(6):
        pyarrow.parquet.write_table(table.slice(number * size, size), folder / f"{number}.parquet")
    return folder


@pytest.fixture(scope="session")
def written(spark, parquet):
    """The statements that a job wrote."""
    out = parquet.with_name("statements")
    stance.spark.classify(spark.read.parquet(str(parquet))).write.parquet(str(out))
    return out


def test_program_python_and_spark_give_the_same_rows(written, model, table, classified):
    lines, of_program = classified
    expected = rows(pyarrow.parquet.read_table(of_program))
    assert rows(model.classify(table).to_arrow()) == expected
    assert rows(pyarrow.parquet.read_table(written)) == expected
    # And as bytes: what Spark wrote, read back as records, against the lines of the program.
    ids = sorted(json.loads(line)["statement"] for line in lines.splitlines())
    assert sorted(pyarrow.parquet.read_table(written)["statement"].to_pylist()) == ids


def test_both_executors_work(spark, parquet):
    df = spark.read.parquet(str(parquet)).repartition(8)

    def whose(batches):
        from pyspark import TaskContext

        for batch in batches:
            yield pyarrow.RecordBatch.from_pydict({"pid": [os.getppid()]})

    assert df.mapInArrow(whose, "pid long").distinct().count() == 2


def test_a_comparison_is_fed_from_what_spark_wrote(written, classified, tmp_path):
    flags = ["--draws", "200", "--permutations", "200", "-q", "--to", "csv"]
    # Spark's files stand in another order than the articles; the order of articles decides what chance draws.
    table = pyarrow.parquet.read_table(written).sort_by([("article", "ascending"), ("start", "ascending")])
    ordered = tmp_path / "statements.jsonl"
    records = [json.loads(line) for line in classified[0].splitlines()]
    records.sort(key=lambda record: (record["article"], record["start"]))
    ordered.write_text("".join(json.dumps(record) + "\n" for record in records))
    stance.compare(table, draws=200, permutations=200).write(tmp_path / "python.csv")
    assert (tmp_path / "python.csv").read_text() == run("compare", ordered, *flags)
    # The program reads the folder as it is.
    assert run("compare", written, *flags).count("\n") == (tmp_path / "python.csv").read_text().count("\n")


def test_bad_rows_are_passed_over_and_listed(spark):
    text = "Tavria accepted the truce."
    df = spark.createDataFrame([("a", text), ("b", None), ("c", GERMAN), ("d", " "), ("e", text)], "url string, body string")
    found = stance.spark.classify(df, text="body", id="url").collect()
    assert sorted({row.article for row in found}) == ["a", "e"]
    listed = {row.id: (row.why, row.found) for row in stance.spark.skipped(df, text="body", id="url").collect()}
    assert listed == {
        "b": ("record", "an article without text"),
        "c": ("language", "an article in German"),
        "d": ("record", "an article without text"),
    }
    with pytest.raises(Exception, match="an article without text; expected a field \"body\""):
        stance.spark.classify(df, text="body", id="url", strict=True).collect()
    with pytest.raises(ValueError, match="no column with ids"):
        stance.spark.classify(df, text="body")
    with pytest.raises(ValueError, match="no column 'story'; the columns are url, body"):
        stance.spark.classify(df, text="story", id="url")


def test_a_lost_executor_costs_no_row_and_doubles_none(spark, parquet, classified, tmp_path):
    marker = str(tmp_path / "an-executor-was-lost")

    def lose_one_executor(batches):
        for number, batch in enumerate(batches):
            yield batch
            try:
                os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            # A Python worker's parent is Spark's daemon of workers, whose parent is the executor.
            with open(f"/proc/{os.getppid()}/stat") as stat:
                executor = int(stat.read().rsplit(")", 1)[1].split()[1])
            with open(f"/proc/{executor}/cmdline") as command:
                assert "CoarseGrainedExecutorBackend" in command.read()
            os.kill(executor, signal.SIGKILL)

    df = spark.read.parquet(str(parquet)).repartition(8)
    lossy = df.mapInArrow(lose_one_executor, df.schema)
    out = tmp_path / "statements"
    stance.spark.classify(lossy).write.parquet(str(out))
    assert os.path.exists(marker)
    assert rows(pyarrow.parquet.read_table(out)) == rows(pyarrow.parquet.read_table(classified[1]))


def test_skewed_partitions_give_the_same_rows(spark, parquet, classified):
    from pyspark.sql import functions

    df = spark.read.parquet(str(parquet))
    # All but the odd articles fall into one partition of eight; most of the others are empty.
    skewed = df.repartition(8, functions.col("id").startswith("odd"))
    sizes = skewed.rdd.glom().map(len).collect()
    assert max(sizes) >= 300 and 0 in sizes
    found = stance.spark.classify(skewed, keep=["title"]).toArrow()
    assert rows(found.drop_columns(["title"])) == rows(pyarrow.parquet.read_table(classified[1]))


def test_a_model_of_ones_own_is_shipped(spark, parquet, labels, table):
    own = stance.train(labels, stances=["yes", "maybe", "no"], folds=3, name="own")
    found = stance.spark.classify(spark.read.parquet(str(parquet)), model=own, explain=True).toArrow()
    assert rows(found) == rows(own.explain(table).to_arrow())
    assert set(found["model"].to_pylist()) == {own.label}
