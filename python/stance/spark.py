"""Classification on a Spark cluster, over ``mapInArrow``: Spark cuts the corpus into partitions, starts again what is lost and
writes the result; this module only says what becomes of a partition. The package must be installed on every executor.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stance import _stance
from stance.model import Model, pairs

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

_READY: dict[Any, Model] = {}


def classify(
    df: DataFrame,
    *,
    text: str | None = None,
    id: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    url: str | None = None,
    model: Model | str | os.PathLike[str] | None = None,
    keep: Iterable[str] = (),
    explain: bool = False,
    with_text: bool = False,
    any_language: bool = False,
    strict: bool = False,
) -> DataFrame:
    """The statements of a Spark data frame of articles, as a lazy data frame with the columns of the program's tables.

    ``text``, ``id``, ``outlet``, ``date``, ``url`` name the columns where they are not called so already. Articles need an id
    of their own: a place in a partition changes when Spark cuts anew. ``model`` is a model, for example one with your own actors
    and target, or its folder as the driver sees it; it is broadcast once to each executor, and each Python worker keeps it between its tasks. Columns in ``keep`` are
    repeated beside each statement. ``explain``, ``with_text`` and ``any_language`` are those of ``Model.classify``.

    Every row depends on its article alone, so a task that runs again gives the same rows; Spark takes those of one attempt.
    A row that cannot be read gives no statements (:func:`skipped` lists them); with ``strict`` it fails the job with the
    fault's words.

    Raises ``ValueError`` for a column that there is not.
    """
    model = _loaded(model)
    map = _map(df, {"text": text, "id": id, "outlet": outlet, "date": date, "url": url})
    keep = [_column(name, df) for name in keep]
    columns = model._native.columns(explain, with_text)
    types = dict(df.dtypes)
    schema = ", ".join(f"`{name}` {type}" for name, type in [*columns, *((name, types[name]) for name in keep)])
    wishes: dict[str, Any] = {"explain": explain, "with_text": with_text, "any_language": any_language}
    wishes |= {"strict": strict, "map": map, "keep": keep}
    df = df.select(*dict.fromkeys([*_columns(df, map), *keep]))
    return df.mapInArrow(functools.partial(_partition, _shipped(df, model), wishes), schema)


def skipped(df: DataFrame, *, text: str | None = None, id: str | None = None, any_language: bool = False) -> DataFrame:
    """The rows that :func:`classify` passes over: a data frame with ``id``, ``why``, ``found``, ``expected``, ``remedy``. It
    reads the articles and classifies none, so it costs little."""
    map = _map(df, {"text": text, "id": id})
    df = df.select(*_columns(df, map))
    schema = "id string, why string, found string, expected string, remedy string"
    return df.mapInArrow(functools.partial(_skipped_of_partition, map, any_language), schema)


def _partition(
    shipped: tuple[Any, Any], wishes: dict[str, Any], batches: Iterable[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    yield from _unpacked(shipped).classify_batches(batches, **wishes)


def _skipped_of_partition(
    map: Mapping[str, str], any_language: bool, batches: Iterable[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow

    names = ["why", "found", "expected", "remedy"]
    for batch in batches:
        ids = batch.column(map.get("id", "id"))
        found = _stance.skipped((batch, "table"), pairs(map), any_language)
        rows = [{"id": str(ids[place].as_py()), **{name: one[name] for name in names}} for place, one in found]
        schema = pyarrow.schema([(name, pyarrow.string()) for name in ["id", *names]])
        yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)


def _loaded(model: Model | str | os.PathLike[str] | None) -> Model:
    if isinstance(model, Model):
        return model
    return Model.load(model)


def _shipped(df: DataFrame, model: Model) -> tuple[Any, Any]:
    """What goes to the executors: nothing for the built-in model, which is in the package there too."""
    file, beside, own, _ = model._native.state()
    state = (file, beside, own, 1)
    if file is None and own == (None, None):
        return None, state
    return (model.sha256, own), df.sparkSession.sparkContext.broadcast(state)


def _unpacked(shipped: tuple[Any, Any]) -> Model:
    """The model in this worker, made when its first task comes. One thread each: Spark runs as many tasks as it has cores."""
    name, state = shipped
    if name not in _READY:
        _READY.clear()
        _READY[name] = Model(_stance.Model.restore(*(state if name is None else state.value)))
    return _READY[name]


def _map(df: DataFrame, theirs: dict[str, str | None]) -> dict[str, str]:
    """The user's names of columns; a corpus needs ids."""
    map = {ours: _column(name, df) for ours, name in theirs.items() if name is not None}
    if "id" not in map and "id" not in df.columns:
        raise ValueError(
            "no column with ids; expected one that names each article, such as its address; say id=\"url\", or make one "
            "before the corpus is cut into partitions"
        )
    return map


def _columns(df: DataFrame, map: Mapping[str, str]) -> list[str]:
    """The columns that articles have, under the names that the user or any export gives them."""
    return [name for name in df.columns if _stance.is_of_articles(name, pairs(map))]


def _column(name: str, df: DataFrame) -> str:
    if name in df.columns:
        return name
    raise ValueError(f"no column {name!r}; the columns are {', '.join(df.columns)}")
