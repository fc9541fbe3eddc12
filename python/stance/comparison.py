"""Outlets compared."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from stance import _stance
from stance.model import Model
from stance.shapes import shaped
from stance.statements import Statements, told

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Comparison:
    """Outlets compared: scores with intervals, tests, selection and framing, copies, shared quotations, omission.

    ``str(comparison)`` are tables for reading. It speaks the Arrow PyCapsule interface: ``pyarrow.table(comparison)`` has one
    figure a row, with the columns ``table, who, outlet, other, measure, value, low, high, n, n_clusters, p, q, note``. What
    every number means stands in ``docs/comparison.md``.
    """

    def __init__(self, native: _stance.Comparison) -> None:
        self._native = native

    def __repr__(self) -> str:
        articles, statements = self._native.size
        return f"<Comparison of {len(self.outlets)} outlets, {articles} articles, {statements} statements>"

    def __str__(self) -> str:
        return self._native.text()

    @property
    def outlets(self) -> list[str]:
        """Names of what is compared."""
        return self._native.outlets

    @property
    def skipped(self) -> list[dict[str, Any]]:
        """What could not be read, as in ``Statements.skipped``."""
        return self._native.skipped

    def to_dict(self) -> dict[str, Any]:
        """All of it, as ``stance compare --to json`` has it."""
        comparison: dict[str, Any] = json.loads(self._native.json())
        return comparison

    def to_arrow(self) -> pyarrow.Table:
        """The tidy rows as a ``pyarrow.Table``. Needs pyarrow."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The tidy rows as a ``pandas.DataFrame``. Needs pandas and pyarrow."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The tidy rows as a ``polars.DataFrame``. Needs Polars."""
        import polars

        return polars.DataFrame(self)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes it: ``.html`` one page, complete in itself, ``.csv`` the tidy rows, ``.json`` all of it, else the tables."""
        path = os.fspath(path)
        native = self._native
        if path.endswith((".html", ".htm")):
            words = native.html()
        elif path.endswith(".csv"):
            words = native.csv()
        elif path.endswith(".json"):
            words = native.json() + "\n"
        else:
            words = native.text()
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(words)

    def __arrow_c_schema__(self) -> object:
        return self._native.schema()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.stream()


def compare(
    statements: Any,
    *,
    by: str = "outlet",
    model: Model | None = None,
    labels: Iterable[Mapping[str, Any]] | None = None,
    count: str = "once-per-article",
    copies: str = "drop",
    scoring: str = "soft",
    draws: int = 2000,
    permutations: int = 10_000,
    level: float = 0.95,
    most_actors: int = 30,
    plan: bool = False,
    explain: bool = False,
    seed: int = 1,
) -> Comparison:
    """Compares outlets.

    ``statements`` are :class:`Statements`, a table of classified statements (what Spark wrote, ``Statements.to_arrow()``), the
    records themselves, or articles in any shape that ``Model.classify`` takes, which are classified first. Only of articles
    (or with ``with_text``) are copies told by their texts; of statements alone, by the statements' words.

    ``by`` is ``outlet``, ``date``, ``week``, or another field of the articles (or column). ``labels`` are hand labels with
    ``sample_prob``, rows as ``stance labels next`` writes them: figures are corrected for the classifier's errors. The other
    wishes are those of ``stance compare``; the same wishes and ``seed`` give the same result. ``explain`` keeps the reasons of
    articles' statements, which the page then shows, as the program's does.

    Raises ``StanceError`` where nothing can be compared, ``ValueError`` for a wish that there is not.
    """
    model = model or Model.load()
    given: tuple[Any, str] = shaped(statements)
    if isinstance(statements, Statements):
        given = statements._native, "statements"
    hand = None if labels is None else "".join(json.dumps(dict(row)) + "\n" for row in labels)
    native = _stance.compare(
        model._native,
        given,
        [by, count, copies, scoring],
        (draws, permutations, seed, level, most_actors),
        hand,
        (plan, explain),
    )
    return Comparison(told(native))
