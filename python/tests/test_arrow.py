"""Tables in and out through the Arrow PyCapsule interface, in every library that speaks it."""

import datetime

import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest
from conftest import rows

import stance


@pytest.fixture(scope="session")
def table(articles):
    names = ["id", "outlet", "date", "url", "title", "text"]
    return pyarrow.table({name: [article.get(name) for article in articles] for name in names})


def test_the_columns_are_those_of_the_programs_parquet(model, articles, classified):
    of_program = pyarrow.parquet.read_table(classified[1])
    found = model.classify(articles).to_arrow()
    assert found.schema.names == of_program.schema.names
    assert found.schema.types == of_program.schema.types
    assert found.to_pylist() == of_program.to_pylist()


@pytest.mark.parametrize(
    "made",
    [
        lambda table: table,
        lambda table: pyarrow.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=7)),
        lambda table: table.combine_chunks().to_batches()[0],
        polars.from_arrow,
        lambda table: polars.from_arrow(table).with_columns(polars.col("outlet").cast(polars.Categorical)),
        lambda table: table.to_pandas(),
        lambda table: table.set_column(1, "outlet", table["outlet"].dictionary_encode()),
        lambda table: table.cast(pyarrow.schema([(name, pyarrow.large_string()) for name in table.schema.names])),
    ],
    ids=["table", "reader", "batch", "polars", "polars-categories", "pandas", "dictionary", "large"],
)
def test_every_table_gives_the_bytes_of_the_program(model, table, classified, made):
    assert model.classify(made(table)).to_jsonl() == classified[0]


def test_columns_of_texts_are_lists_of_texts(model, articles, table):
    texts = [article["text"] for article in articles]
    expected = model.classify(texts).to_jsonl()
    for column in (table["text"], polars.from_arrow(table)["text"], table.to_pandas()["text"], table["text"].to_numpy()):
        assert model.classify(column).to_jsonl() == expected


def test_ids_and_dates_of_other_types_become_the_words_that_parquet_gives(model, tmp_path):
    text = "Tavria accepted the truce."
    day = datetime.date(2031, 4, 2)
    table = pyarrow.table(
        {
            "id": pyarrow.array([1, 2], pyarrow.uint16()),
            "text": [text, text],
            "date": pyarrow.array([day, None], pyarrow.date32()),
            "tags": [["a"], []],
        }
    )
    moment = pyarrow.array([datetime.datetime(2031, 4, 2, 9, 30, 0, 250)] * 2, pyarrow.timestamp("us"))
    for given in (table, table.set_column(2, "date", moment)):
        path = tmp_path / "a.parquet"
        pyarrow.parquet.write_table(given, path)
        found = model.classify(given)
        assert found.to_jsonl() == model.classify(path).to_jsonl()
        assert [one["article"] for one in found] == ["1", "2"]
        assert found[0]["date"].startswith("2031-04-02")


def test_frames_come_out(model, articles):
    found = model.classify(articles)
    frame, polar = found.to_pandas(), found.to_polars()
    assert isinstance(frame, pandas.DataFrame) and isinstance(polar, polars.DataFrame)
    assert len(frame) == len(polar) == len(found)
    assert frame["p_hostile"].tolist() == polar["p_hostile"].to_list() == found.column("p_hostile")
    assert frame["abstained"].dtype == bool
    explained = pyarrow.table(model.explain(articles[:2], with_text=True))
    assert explained.schema.names[-2:] == ["reasons", "article_text"]
    assert pyarrow.table(model.classify([])).num_rows == 0
    assert pyarrow.schema(found).names == found.columns


def test_a_table_without_a_text_says_which_columns_it_has(model):
    table = pyarrow.table({"id": ["a"], "story": ["Tavria accepted the truce."]})
    with pytest.raises(stance.StanceError, match="no column with the text; the columns are id, story"):
        model.classify(table)
    assert len(model.classify(table, map={"text": "story"})) == 1


def test_batches_go_through_one_piece_after_another(model, articles, table, classified):
    seen = []

    def batches():
        for batch in table.to_batches(max_chunksize=100):
            seen.append(batch.num_rows)
            yield batch

    out = model.classify_batches(batches(), keep=["title"], size=30)
    first = next(out)
    assert len(seen) == 1
    found = pyarrow.Table.from_batches([first, *out])
    of_program = pyarrow.parquet.read_table(classified[1])
    assert rows(found.drop_columns(["title"])) == rows(of_program)
    titles = {article["id"]: article.get("title") for article in articles}
    assert all(row["title"] == titles[row["article"]] for row in found.to_pylist())
