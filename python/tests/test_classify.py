"""Articles and statements in, records out: the same as the program's, in every shape."""

import json
import pickle
import threading

import pytest
from conftest import GERMAN, run

import stance

TEXT = "Tavria accepted the 45-day truce. Lesk rejected the ceasefire within hours."


def test_a_list_gives_the_bytes_of_the_program(model, articles, classified):
    assert model.classify(articles).to_jsonl() == classified[0]


def test_any_number_of_threads_gives_the_same(articles, classified):
    for threads in (1, 3):
        assert stance.Model.load(threads=threads).classify(iter(articles)).to_jsonl() == classified[0]


def test_files_are_read_as_the_program_reads_them(model, corpus, classified):
    assert model.classify(corpus).to_jsonl() == classified[0]
    assert model.classify([corpus]).to_jsonl() == classified[0]


def test_a_text_is_a_list_of_one_and_is_called_by_its_place(model):
    found = model.classify(TEXT)
    assert [(one["actor"]["name"], one["stance"]) for one in found][:2] == [("Tavria", "supportive"), ("Lesk", "hostile")]
    assert {one["article"] for one in found} == {"0"}
    assert found.to_jsonl() == model.classify([TEXT]).to_jsonl() == model.classify({"text": TEXT}).to_jsonl()
    second = model.classify(["Nothing.", TEXT])
    assert {one["article"] for one in second} == {"1"}
    assert set(second.places) == {1}
    assert TEXT[found[0]["start"] : found[0]["end"]] == found[0]["text"]


def test_a_sequence_like_any_other(model):
    found = model.classify(TEXT)
    assert found[-1] == list(found)[len(found) - 1]
    assert found[:1] == [found[0]]
    with pytest.raises(IndexError):
        found[len(found)]
    assert found.column("stance") == [one["stance"] for one in found]
    assert found.column("start") == [one["start"] for one in found]
    with pytest.raises(KeyError):
        found.column("stanse")
    assert "Tavria" in str(found)
    assert repr(found) == f"<{len(found)} statements of 1 articles, 0 skipped>"


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(model):
    given = [TEXT, {"title": "x"}, 7, GERMAN, "\ud800", {"text": TEXT, "odd": object()}, TEXT]
    with pytest.warns(stance.SkippedWarning, match=r"5 skipped \(4 broken, 1 not in English\)"):
        found = model.classify(given)
    assert found.n_articles == 2
    assert set(found.places) == {0, 6}
    assert [(one["path"], one["why"]) for one in found.skipped] == [
        ("articles[1]", "record"),
        ("articles[2]", "record"),
        ("articles[3]", "language"),
        ("articles[4]", "record"),
        ("articles[5]", "record"),
    ]
    assert found.skipped[1]["found"] == "found a value of type int"
    assert model.classify([GERMAN], any_language=True).n_articles == 1


def test_strict_raises_the_words_of_the_program(model, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "x"}\n')
    with pytest.raises(stance.StanceError) as raised:
        model.classify([{"title": "x"}], strict=True)
    words = "an article without text; expected a field \"text\""
    assert str(raised.value).startswith(f"articles[0]: {words}")
    assert raised.value.faults[0]["path"] == "articles[0]"
    with pytest.raises(stance.StanceError, match="a.jsonl:1: an article without text"):
        model.classify(path, strict=True)
    with pytest.raises(stance.StanceError, match="no-such-file"):
        model.classify(tmp_path / "no-such-file", strict=True)
    with pytest.raises(TypeError, match="found bytes"):
        model.classify(b"text")


def test_fields_of_ones_own_are_mapped(model):
    found = model.classify([{"story": TEXT, "paper": "Kesh Times"}], map={"text": "story", "outlet": "paper"})
    assert found[0]["outlet"] == "Kesh Times"
    with pytest.raises(stance.StanceError, match="FIELD=NAME"):
        model.classify([TEXT], map={"words": "story"})


def test_reasons_sum_to_the_difference_of_the_two_likeliest(model):
    import math

    first = model.explain(TEXT)[0]
    ranked = sorted(first["probabilities"].values(), reverse=True)
    assert sum(reason["weight"] for reason in first["reasons"]) == pytest.approx(math.log(ranked[0] / ranked[1]), abs=0.01)
    assert all(TEXT[one["start"] : one["end"]] == one["words"] for one in first["reasons"])
    assert model.classify(TEXT, with_text=True)[0]["article_text"] == TEXT


def test_statements_that_stand_alone_are_those_of_the_program(model, tmp_path):
    given = [
        {"id": "s1", "text": "We accept the truce.", "actor": "Tavria", "kind": "direct"},
        {"id": 7, "text": "It is a trap.", "context": "Lesk spoke of the truce.", "side": None},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in given))
    assert model.classify_statements(given).to_jsonl() == run("classify", path, "--from", "statements", "-q")
    assert model.classify_statements("We accept the truce.")[0]["article"] == "0"
    with pytest.raises(stance.StanceError, match=r"statements\[0\]: unknown kind"):
        model.classify_statements([{"text": "x", "kind": "loud"}], strict=True)


def test_own_actors_are_known(tmp_path):
    path = tmp_path / "actors.tsv"
    path.write_text("Free North\tmovement\tNorthland\tthe Front\n")
    model = stance.Model.load(actors=path)
    given = [{"id": "a", "text": "The Front rejected the truce."}]
    articles = tmp_path / "a.jsonl"
    articles.write_text(json.dumps(given[0]) + "\n")
    for own in (model, pickle.loads(pickle.dumps(model))):
        assert own.classify(given).to_jsonl() == run("classify", articles, "-q", "--actors", path)
        assert own.classify_statements([{"text": "No.", "actor": "the front"}])[0]["actor"]["name"] == "Free North"
    path.write_text("Free North movement\n")
    with pytest.raises(stance.StanceError, match="actors.tsv:1: 1 field; expected name, type"):
        stance.Model.load(actors=path)


def test_a_named_target_narrows_what_is_meant(tmp_path):
    terms = tmp_path / "terms.txt"
    terms.write_text("Harlan plan\nnot: Doha framework\n")
    given = [{"id": "a", "text": "Lesk rejected the Doha framework.\n\nTavria accepted the Harlan plan for a truce."}]
    articles = tmp_path / "a.jsonl"
    articles.write_text(json.dumps(given[0]) + "\n")
    model = stance.Model.load(target=terms)
    for narrowed in (model, pickle.loads(pickle.dumps(model))):
        found = narrowed.classify(given)
        assert found.to_jsonl() == run("classify", articles, "-q", "--target", terms)
        assert [one["target"]["is_meant"] for one in found] == [False, True]
        assert "target_is_meant" in found.columns
    terms.write_text("not:\n")
    with pytest.raises(stance.StanceError, match="terms.txt:1: .*names nothing"):
        stance.Model.load(target=terms)


def test_written_files_are_those_of_the_program(model, corpus, articles, tmp_path):
    found = model.classify(articles)
    for name in ("s.jsonl", "s.csv"):
        found.write(tmp_path / name)
        run("classify", corpus, "-q", "-o", tmp_path / f"program-{name}")
        assert (tmp_path / name).read_bytes() == (tmp_path / f"program-{name}").read_bytes()
    with pytest.raises(stance.StanceError, match="cannot write the statements"):
        found.write(tmp_path / "no" / "such.jsonl")


def test_a_generator_may_fail_and_its_error_is_raised(model):
    def texts():
        yield TEXT
        raise RuntimeError("the archive is gone")

    with pytest.raises(RuntimeError, match="the archive is gone"):
        model.classify(texts())
    assert len(model.classify(TEXT)) > 0


def test_threads_of_python_work_side_by_side(model, articles):
    expected = model.classify(articles[:40]).to_jsonl()
    found = []

    def work():
        found.append(model.classify(articles[:40]).to_jsonl())

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [expected] * 4


def test_the_lock_is_free_while_the_core_works(model, articles):
    """Another thread counts while one long call runs; with the lock held it could not begin before the end."""
    counted, is_over = [], threading.Event()

    def count():
        while not is_over.wait(0.001):
            counted.append(1)

    counter = threading.Thread(target=count)
    counter.start()
    before = len(counted)
    model.classify(iter(articles * 3))
    during = len(counted) - before
    is_over.set()
    counter.join()
    assert during > 10


def test_what_a_model_tells_of_itself(model):
    assert model.stances == ["supportive", "skeptical", "hostile", "none"]
    assert model.tones == ["positive", "neutral", "negative"]
    assert model.label == f"{model.name}@{model.sha256[:12]}"
    assert 0 < model.threshold < 1
    assert model.card.startswith("---\nlanguage: en")
    with pytest.raises(stance.StanceError, match="expected a model folder with model.safetensors"):
        stance.Model.load("no/such/model")
