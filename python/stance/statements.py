"""Classified statements: a sequence of records that becomes JSON lines, an Arrow table or a data frame when asked to."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from stance import _stance

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Record = dict[str, Any]


class SkippedWarning(UserWarning):
    """Some of the input gave no statements because it could not be read, or is not in English; see ``Statements.skipped``."""


class Statements(Sequence[Record]):
    """The statements of some articles, in the order of the articles and of their texts.

    A sequence of dictionaries, one a statement, with the fields of ``stance.statement/1`` (``docs/formats.md``): ``start``
    and ``end`` are Unicode code points of the article's text, probabilities lie in 0..1 and sum to 1, ``score`` lies in -1..1.

    It speaks the Arrow PyCapsule interface, so that ``pyarrow.table(statements)`` and others take its columns over; the
    columns are those of the program's CSV and Parquet tables.
    """

    def __init__(self, native: _stance.Statements) -> None:
        self._native = native

    def __len__(self) -> int:
        return len(self._native)

    @overload
    def __getitem__(self, which: int) -> Record: ...
    @overload
    def __getitem__(self, which: slice) -> list[Record]: ...
    def __getitem__(self, which: int | slice) -> Record | list[Record]:
        if isinstance(which, slice):
            return [self[number] for number in range(*which.indices(len(self)))]
        number = which.__index__()
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(f"statement {which} of {len(self)}")
        record: Record = json.loads(self._native.line(number))
        return record

    def __repr__(self) -> str:
        return f"<{len(self)} statements of {self.n_articles} articles, {len(self.skipped)} skipped>"

    def __str__(self) -> str:
        """The table that the program shows on a terminal of 100 columns."""
        return self._native.text(100)

    @property
    def n_articles(self) -> int:
        """Articles that were read, with and without statements; of ready statements, their number."""
        return self._native.n_articles

    @property
    def skipped(self) -> list[dict[str, Any]]:
        """What gave no statements: dictionaries with ``path`` (for what was in memory, ``articles[PLACE]``, counted from 0),
        ``line``, ``offset``, ``why`` (``input``, ``record``, ``language``, ``file-kind``, ``no-article``), ``found``,
        ``expected``, ``remedy``."""
        return self._native.skipped

    @property
    def places(self) -> list[int]:
        """For each statement the place of its article in the input, from 0: ``frame.iloc[statements.places]`` are the rows
        that belong to it."""
        return self._native.places

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in their order."""
        return [name for name, _ in self._native.columns]

    def column(self, name: str) -> list[Any]:
        """The values of one column as a list, one a statement; ``None`` where there is nothing. No other package is needed.

        Raises ``KeyError`` for a column that there is not.
        """
        return self._native.column(name)

    def to_jsonl(self) -> str:
        """All records as JSON lines, byte for byte what ``stance classify --to jsonl`` writes."""
        return self._native.jsonl()

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes all records to a file: ``.csv`` with the program's columns, else JSON lines.

        Raises ``StanceError`` where the file cannot be written.
        """
        path = os.fspath(path)
        self._native.write(path, path.endswith(".csv"))

    def to_arrow(self) -> pyarrow.Table:
        """A ``pyarrow.Table``, one row a statement. Needs pyarrow."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A ``pandas.DataFrame``, one row a statement. Needs pandas and pyarrow."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """A ``polars.DataFrame``, one row a statement. Needs Polars."""
        import polars

        return polars.DataFrame(_Table(self))

    def __arrow_c_schema__(self) -> object:
        return self._native.schema()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.stream()


class _Table:
    """The columns alone: Polars takes what is also a sequence for rows."""

    def __init__(self, statements: Statements) -> None:
        self.__arrow_c_stream__ = statements.__arrow_c_stream__


def told(native: Any) -> Any:
    """Warns of what was skipped, so that nothing is lost unseen."""
    words = native.skipped_in_words
    if words:
        first = native.skipped[0]
        warnings.warn(f"{words}, for example {first['path']}: {first['found']}", SkippedWarning, stacklevel=3)
    return native
