"""A model that classifies articles and statements."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stance import _stance
from stance.shapes import shaped
from stance.statements import Statements, told

if TYPE_CHECKING:
    import pyarrow

Path = str | os.PathLike[str]


class Model:
    """A model, ready to classify; made by :meth:`load` or :func:`stance.train`.

    It may be used from several threads at once, and goes through ``pickle``: a model that is not the built-in one carries its
    weights along (some megabytes).
    """

    def __init__(self, native: _stance.Model) -> None:
        self._native = native

    @classmethod
    def load(
        cls,
        path: Path | None = None,
        *,
        actors: Path | None = None,
        target: Path | None = None,
        threads: int = 0,
    ) -> Model:
        """The model in the folder ``path``, or the built-in one.

        ``actors`` is a file with your own actors, as the program's ``--actors`` takes, ``target`` one with the terms of the
        proposal that is meant (``--target``, ``docs/target.md``): what bears on another is ``none``, and records say why in
        ``target``. ``threads`` are used by each call; 0 takes all cores. Results are the same for any number.

        Raises ``StanceError`` for a folder without a model, a damaged one, one of another version, or a bad line of actors or target.
        """
        return cls(_stance.Model.load(_path(path), (_path(actors), _path(target)), threads))

    def __repr__(self) -> str:
        return f"<Model {self.label}: {', '.join(self.stances)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, self._native.state()

    @property
    def label(self) -> str:
        """Name and first digits of the content hash, as every record carries them."""
        return self._native.label

    @property
    def name(self) -> str:
        """Its name."""
        return self._native.name

    @property
    def sha256(self) -> str:
        """SHA-256 of its content, in hexadecimal."""
        return self._native.sha256

    @property
    def codebook(self) -> str:
        """Version of the codebook that its labels follow."""
        return self._native.codebook

    @property
    def stances(self) -> list[str]:
        """Its stance labels, in the order of its probabilities."""
        return self._native.stances

    @property
    def tones(self) -> list[str]:
        """Its tone labels; empty where it learnt none."""
        return self._native.tones

    @property
    def threshold(self) -> float:
        """Confidence, 0..1, below which it abstains."""
        return self._native.threshold

    @property
    def n_features(self) -> int:
        """Features that it knows."""
        return self._native.n_features

    @property
    def card(self) -> str:
        """Its model card, in Markdown."""
        return self._native.card

    @property
    def evaluation(self) -> str:
        """Its ``evaluation.json`` in words; empty where it has none, as with the built-in model."""
        return self._native.evaluation

    def save(self, folder: Path) -> None:
        """Writes the model folder; an old model there is replaced as a whole.

        Raises ``StanceError`` where the folder holds something else or cannot be written.
        """
        self._native.save(_path(folder))

    def classify(
        self,
        articles: Any,
        *,
        map: Mapping[str, str] | None = None,
        any_language: bool = False,
        explain: bool = False,
        with_text: bool = False,
        strict: bool = False,
    ) -> Statements:
        """The statements of articles, with actor, stance and tone.

        ``articles`` is one of

        - a text, or an iterable of texts (lists, Series, Arrow arrays, generators);
        - a dictionary ``{"id", "outlet", "date", "url", "title", "text"}``, all but ``text`` optional, or an iterable of
          them; records of news-please, trafilatura and others are understood as the program understands them;
        - a table of such columns: anything with ``__arrow_c_stream__``, as pyarrow tables, record batches and readers, Polars
          and pandas (2.2 or later) data frames, DuckDB relations;
        - a path or a list of paths (``pathlib.Path``): files, folders and patterns in every format that the program reads.

        ``map`` says what your fields are called, for example ``{"text": "body", "outlet": "source"}``. An article without an
        id is called by its place in the input, from ``"0"``. ``any_language`` also takes articles that are not in English,
        ``explain`` adds the reasons, ``with_text`` the article's text.

        What cannot be read is in ``Statements.skipped`` and told by a ``SkippedWarning``; with ``strict`` it raises
        ``StanceError`` if anything is broken. A table without a text column always does. Python's lock is released while it works.
        """
        native = self._native.classify(shaped(articles), pairs(map), any_language, (explain, with_text), strict)
        return Statements(told(native))

    def explain(self, articles: Any, **wishes: Any) -> Statements:
        """Like :meth:`classify`, with ``reasons``: what each feature adds to ln(P(likeliest) / P(runner-up)), with the words
        it stands on. They sum to the whole difference."""
        return self.classify(articles, **wishes, explain=True)

    def classify_statements(self, statements: Any, *, explain: bool = False, strict: bool = False) -> Statements:
        """Stance and tone of statements that stand alone: one record each, in their order, but for those in ``skipped``.

        ``statements`` is words, a dictionary ``{"id", "text", "actor", "side", "kind", "context"}``, all but ``text``
        optional, an iterable of either, or a table of such columns. ``context`` is what stands before the statement. One
        without an id is called by its place, from ``"0"``.

        Raises ``StanceError`` with ``strict`` if any is broken.
        """
        return Statements(told(self._native.classify_ready(shaped(statements, "a statement"), explain, strict)))

    def classify_batches(
        self,
        batches: Iterable[pyarrow.RecordBatch],
        *,
        keep: Iterable[str] = (),
        size: int = 1024,
        map: Mapping[str, str] | None = None,
        any_language: bool = False,
        explain: bool = False,
        with_text: bool = False,
        strict: bool = False,
    ) -> Iterator[pyarrow.RecordBatch]:
        """Record batches of articles to record batches of statements, one piece of ``size`` articles after another, so that
        neither side is ever whole in memory: what Spark's ``mapInArrow`` and other engines want. Needs pyarrow.

        ``batches`` is an iterable of ``pyarrow.RecordBatch``; columns named in ``keep`` are repeated beside each statement.
        The other wishes are those of :meth:`classify`; here what is skipped is not told.
        """
        import pyarrow

        keep = list(keep)
        for batch in batches:
            for start in range(0, batch.num_rows, size):
                piece = batch.slice(start, size)
                wishes = (explain, with_text)
                native = self._native.classify((piece, "table"), pairs(map), any_language, wishes, strict)
                found = pyarrow.table(Statements(native))
                places = pyarrow.array(native.places, pyarrow.int64()) if keep else None
                for name in keep:
                    found = found.append_column(piece.schema.field(name), piece.column(name).take(places))
                yield from found.to_batches()


def pairs(map: Mapping[str, str] | None) -> list[str]:
    """The user's names of fields as the extension takes them."""
    return [f"{ours}={theirs}" for ours, theirs in (map or {}).items()]


def _restored(*state: Any) -> Model:
    return Model(_stance.Model.restore(*state))


def _path(path: Path | None) -> str | None:
    return None if path is None else os.fspath(path)
