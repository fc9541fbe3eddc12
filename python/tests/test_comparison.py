"""Outlets compared: the program's figures, from articles, from statements, and from tables of statements."""

import json

import pyarrow
import pyarrow.parquet
import pytest
from conftest import run

import stance

FEW = {"draws": 200, "permutations": 200}
FLAGS = ["--draws", "200", "--permutations", "200", "-q"]


def test_articles_give_the_programs_result(articles, corpus):
    comparison = stance.compare(articles, **FEW)
    assert comparison.to_dict() == json.loads(run("compare", corpus, "--to", "json", *FLAGS))
    assert len(comparison.outlets) == 9
    assert "outlets" in repr(comparison)


def test_files_are_written_as_the_program_writes_them(articles, corpus, tmp_path):
    comparison = stance.compare(corpus, explain=True, **FEW)
    for ending in ("html", "csv", "txt"):
        run("compare", corpus, "-o", tmp_path / f"program.{ending}", *FLAGS)
        comparison.write(tmp_path / f"python.{ending}")
        assert (tmp_path / f"python.{ending}").read_bytes() == (tmp_path / f"program.{ending}").read_bytes()


def test_statements_give_one_result_in_every_shape(model, articles, classified, tmp_path):
    lines, parquet = classified
    path = tmp_path / "statements.jsonl"
    path.write_text(lines)
    expected = run("compare", path, "--to", "csv", *FLAGS)
    found = model.classify(articles)
    shapes = [found, list(found), found.to_arrow(), found.to_polars(), parquet]
    for shape in shapes:
        stance.compare(shape, **FEW).write(tmp_path / "python.csv")
        assert (tmp_path / "python.csv").read_text() == expected
    assert run("compare", parquet, "--to", "csv", *FLAGS) == expected


def test_the_tidy_rows_are_a_table(articles, tmp_path):
    comparison = stance.compare(articles, **FEW)
    table = pyarrow.table(comparison)
    comparison.write(tmp_path / "rows.csv")
    assert table.num_rows == (tmp_path / "rows.csv").read_text().count("\n") - 1
    frame = comparison.to_pandas()
    scores = frame[(frame["table"] == "outlet") & (frame["measure"] == "score")]
    assert len(scores) == len(comparison.outlets)
    assert scores["value"].dropna().between(-1, 1).all()
    assert comparison.to_polars().columns == table.schema.names == pyarrow.schema(comparison).names


def test_any_field_can_be_compared_by(articles):
    given = [{**article, "country": "A" if number % 2 else "B"} for number, article in enumerate(articles)]
    assert stance.compare(given, by="country", **FEW).outlets == ["A", "B"]
    table = pyarrow.table({name: [one.get(name) for one in given] for name in ("id", "text", "country")})
    assert stance.compare(table, by="country", **FEW).outlets == ["A", "B"]


def test_what_cannot_be_compared_says_why(articles):
    with pytest.raises(ValueError, match="unknown copies 'keep-all'; expected one of keep, drop, originals"):
        stance.compare(articles, copies="keep-all")
    with pytest.raises(ValueError, match="level 95"):
        stance.compare(articles, level=95)
    with pytest.raises(stance.StanceError, match="no statement in the input"):
        stance.compare(["Nothing was said."])
    with pytest.raises(stance.StanceError, match="no row has a \"sample_prob\""):
        stance.compare(articles, labels=[{"text": "No.", "stance": "hostile"}])
