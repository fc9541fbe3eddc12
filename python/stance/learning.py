"""Training on labels, and measuring a model on them."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stance import _stance
from stance.model import Model
from stance.shapes import Shape, shaped


def train(
    labels: Any,
    out: str | os.PathLike[str] | None = None,
    *,
    test: Any = None,
    stances: Sequence[str] | None = None,
    c: float = 3.0,
    class_weights: str = "even",
    min_df: int = 2,
    characters: bool = False,
    families: Sequence[str] | None = None,
    folds: int = 5,
    seed: int = 1,
    contradictions: str = "refuse",
    threads: int = 0,
    name: str | None = None,
) -> Model:
    """A model that learnt from ``labels``; with ``out`` its folder is written as ``stance train`` writes it, the same bytes.

    ``labels`` (and ``test``, on which the finished model is measured) are a path or paths of labelled files, as the program
    takes them, or rows in memory: dictionaries ``{"text", "stance", "tone", "actor", "side", "kind", "group", "context",
    "id"}``, all but ``text`` and ``stance`` optional, annotated articles ``{"text", "statements": [...]}``, or a table of
    single statements. Rows of one ``group`` never stand on two sides of a split.

    ``stances`` are other labels than the codebook's, ``c`` is the inverse strength of the penalty, ``class_weights`` ``even``
    or ``balanced``. A feature must occur in ``min_df`` statements to be learnt; ``characters`` adds runs of letters inside
    words, for short texts on a topic of your own; ``families`` are the feature families to learn from, in place of all (for
    another topic than truces, ``["stems", "characters"]``). ``folds`` are those of the grouped cross-validation, on which calibration
    and threshold rest. The model is the same for any number of ``threads``. Training cannot be interrupted; it takes a minute
    for some thousand statements.

    A statement that is labelled twice and differently is refused, as by the program; ``contradictions="keep"`` learns from both.

    Raises ``StanceError`` with every bad row, for fewer groups than folds, or a fit that fails.
    """
    if class_weights not in ("even", "balanced"):
        raise ValueError(f"unknown class_weights {class_weights!r}; expected one of even, balanced")
    if contradictions not in ("refuse", "keep"):
        raise ValueError(f"unknown contradictions {contradictions!r}; expected one of refuse, keep")
    out = None if out is None else os.fspath(out)
    name = name or (os.path.basename(os.path.normpath(out)) if out else "model")
    if min_df < 1:
        raise ValueError(f"min_df {min_df!r}; expected 1 or more")
    if families is not None and characters:
        raise ValueError("families and characters; expected one of them: name characters among the families")
    families = None if families is None else list(families)
    wishes = {"stances": stances, "c": c, "class_weights": class_weights, "folds": folds, "seed": seed}
    # Defaults are left out of the card's command.
    wishes |= {"min_df": min_df if min_df != 2 else None, "characters": characters or None, "families": families}
    places = [_shown(labels)] if out is None else [_shown(labels), repr(out)]
    shown = ", ".join([*places, *(f"{key}={wish!r}" for key, wish in wishes.items() if wish is not None)])
    return Model(
        _stance.train(
            _labels(labels),
            None if test is None else _labels(test),
            out,
            (name, f"stance.train({shown})"),
            (None if stances is None else list(stances), float(c), class_weights == "balanced", folds, seed),
            (threads, contradictions == "keep", min_df, characters, families),
        )
    )


def evaluate(labels: Any, model: Model | None = None, *, seed: int = 1) -> dict[str, Any]:
    """How good a model (the built-in one if left out) is on labels: the dictionary of ``stance evaluate --to json``, with
    support and 95 % intervals; extraction and end to end only for annotated articles.

    ``labels`` are as for :func:`train`. Raises ``StanceError`` with every bad row, or a label that the model does not know.
    """
    model = model or Model.load()
    evaluation: dict[str, Any] = json.loads(_stance.evaluate(model._native, _labels(labels), seed))
    return evaluation


def _labels(given: Any) -> tuple[Any, Shape]:
    """Labels as the extension takes them: words alone are a path, since no row of labels is."""
    if isinstance(given, str):
        given = Path(given)
    elif isinstance(given, (list, tuple)) and given and all(isinstance(one, str) for one in given):
        given = [Path(one) for one in given]
    return shaped(given, "labelled rows")


def _shown(labels: Any) -> str:
    """Labels as they stand in the model's card: paths as they are, anything else by its type."""
    given, shape = _labels(labels)
    return repr(given) if shape == "files" else f"<{type(labels).__name__}>"
