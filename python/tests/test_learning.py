"""Training and evaluation: the same model as the program's, to the byte, and the same words where labels are wrong."""

import json
import pickle

import pyarrow
import pytest
from conftest import ROOT, run

import stance


@pytest.fixture(scope="session")
def trained(labels):
    return stance.train(labels, stances=["yes", "maybe", "no"], folds=3, name="own")


@pytest.mark.parametrize(
    ("flags", "more"),
    [
        ([], {}),
        (["--characters", "--min-df", "1"], {"characters": True, "min_df": 1}),
        (["--families", "stems,characters"], {"families": ["stems", "characters"]}),
    ],
)
def test_the_model_is_the_programs_to_the_byte(labels, tmp_path, flags, more):
    rows = tmp_path / "labels.jsonl"
    rows.write_text("".join(json.dumps(row) + "\n" for row in labels))
    wishes = ["--labels", "yes,maybe,no", "--folds", "3", "-q", *flags]
    run("train", rows, "-o", tmp_path / "program/own", *wishes)
    model = stance.train(rows, tmp_path / "python/own", stances=["yes", "maybe", "no"], folds=3, **more)
    files = [tmp_path / maker / "own/model.safetensors" for maker in ("program", "python")]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert stance.Model.load(tmp_path / "python/own").sha256 == model.sha256
    card = (tmp_path / "python/own/README.md").read_text()
    assert f"stance.train(['{rows}'], " in card and card == model.card


def test_families_are_named_rightly_or_refused(labels):
    with pytest.raises(stance.StanceError, match="roots.*expected some of stems, classes"):
        stance.train(labels, stances=["yes", "maybe", "no"], folds=3, families=["roots"])
    with pytest.raises(ValueError, match="name characters among the families"):
        stance.train(labels, families=["stems"], characters=True)


def test_rows_in_any_order_and_shape_give_the_same_weights(labels, trained):
    table = pyarrow.Table.from_pylist(labels[::-1])
    again = stance.train(table, stances=["yes", "maybe", "no"], folds=3, name="own")
    assert again.sha256 == trained.sha256


def test_a_model_goes_through_pickle_and_the_disk(trained, tmp_path):
    given = ["Tavria accepts the truce.", "Lesk vows to fight on."]
    expected = trained.classify_statements(given).to_jsonl()
    assert [json.loads(line)["stance"] for line in expected.splitlines()] == ["yes", "no"]
    copy = pickle.loads(pickle.dumps(trained))
    trained.save(tmp_path / "own")
    for other in (copy, stance.Model.load(tmp_path / "own")):
        assert other.classify_statements(given).to_jsonl() == expected
        assert (other.sha256, other.evaluation) == (trained.sha256, trained.evaluation)
    assert trained.stances == ["yes", "maybe", "no"] and trained.tones == []
    assert len(pickle.dumps(stance.Model.load())) < 100_000


def test_every_bad_row_is_told():
    bad = [{"text": "No.", "stance": "hostile"}, {"text": "No.", "stance": "sceptical"}, {"text": "", "stance": "none"}, 7]
    with pytest.raises(stance.StanceError) as raised:
        stance.train(bad)
    assert [one["line"] for one in raised.value.faults] == [4, 2, 3]
    assert "labels:2: unknown stance \"sceptical\"; expected one of supportive" in str(raised.value)
    with pytest.raises(ValueError, match="unknown class_weights 'equal'"):
        stance.train(bad, class_weights="equal")
    with pytest.raises(stance.StanceError, match="two or more different labels"):
        stance.train(bad, stances=["one"])
    twice = [{"text": "We sign.", "stance": label} for label in ("supportive", "hostile")]
    with pytest.raises(stance.StanceError, match="labels:2: "):
        stance.train(twice)
    with pytest.raises(ValueError, match="unknown contradictions 'drop'"):
        stance.train(twice, contradictions="drop")
    with pytest.raises(stance.StanceError, match="no-such-labels"):
        stance.train("no-such-labels.jsonl")


def test_the_evaluation_is_the_programs(labels, trained, tmp_path):
    test = ROOT / "training-data/test"
    assert stance.evaluate(test) == json.loads(run("evaluate", test, "--to", "json"))
    trained.save(tmp_path / "own")
    rows = tmp_path / "labels.jsonl"
    rows.write_text("".join(json.dumps(row) + "\n" for row in labels))
    of_program = json.loads(run("evaluate", rows, "--model", tmp_path / "own", "--to", "json"))
    assert stance.evaluate(str(rows), trained) == of_program
    assert stance.evaluate(labels, trained)["evaluation"]["stance"]["n"] == 60
