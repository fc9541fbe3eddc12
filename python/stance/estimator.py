"""The model as a scikit-learn estimator: statements in, stances out. It needs scikit-learn and NumPy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from stance import learning
from stance.model import Model


class StanceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """A classifier of statements, fitted on labels; works in pipelines, ``cross_val_score`` and ``GridSearchCV``.

    ``X`` are n statements: a list, array or Series of words, or of dictionaries ``{"text", "actor", "side", "kind",
    "context"}``, or a data frame of such columns; ``y`` are n labels of any kind that can be sorted. ``c`` is the inverse
    strength of the penalty, ``class_weights`` ``even`` or ``balanced``, ``min_df`` in how many statements a feature must
    occur, ``characters`` whether runs of letters are features too, ``families`` the feature families to learn from in place of
    all, ``folds`` those of the inner cross-validation that calibrates (at least as many different groups are needed),
    ``threads`` those of fitting and predicting (0 takes all cores; give 1 where scikit-learn works in parallel itself).
    """

    def __init__(
        self,
        c: float = 3.0,
        class_weights: str = "even",
        folds: int = 5,
        seed: int = 1,
        threads: int = 0,
        min_df: int = 2,
        characters: bool = False,
        families: Iterable[str] | None = None,
    ) -> None:
        self.c = c
        self.class_weights = class_weights
        self.min_df = min_df
        self.characters = characters
        self.families = families
        self.folds = folds
        self.seed = seed
        self.threads = threads

    def fit(self, X: Any, y: Any, groups: Iterable[Any] | None = None) -> StanceClassifier:
        """Learns from statements and their labels. Of ``groups`` (n names), none stands on two sides of an inner split.

        Raises ``StanceError`` for a statement without words or fewer groups than folds, ``ValueError`` for X and y of
        different lengths or a single label.
        """
        rows, y = _rows(X), numpy.asarray(y).ravel()
        if len(rows) != len(y):
            raise ValueError(f"{len(rows)} statements and {len(y)} labels; expected as many of each")
        self.classes_ = numpy.unique(y)
        if len(self.classes_) < 2:
            raise ValueError(f"one class in y, {self.classes_.tolist()}; StanceClassifier needs two or more")
        names = _names(self.classes_)
        groups = range(len(rows)) if groups is None else groups
        labelled = [
            {**row, "stance": names[numpy.searchsorted(self.classes_, label)], "group": str(group)}
            for row, label, group in zip(rows, y, groups, strict=True)
        ]
        self.model_ = learning.train(
            labelled,
            stances=names,
            c=self.c,
            class_weights=self.class_weights,
            min_df=self.min_df,
            characters=self.characters,
            families=None if self.families is None else list(self.families),
            folds=self.folds,
            seed=self.seed,
            contradictions="keep",
            threads=self.threads,
        )
        return self

    def predict_proba(self, X: Any) -> NDArray[Any]:
        """Calibrated probabilities, n x len(classes_), rounded to six digits."""
        check_is_fitted(self)
        found = self.model_.classify_statements(_rows(X), strict=True)
        return numpy.column_stack([found.column(f"p_{name}") for name in _names(self.classes_)])

    def predict(self, X: Any) -> NDArray[Any]:
        """The likeliest label of each statement."""
        check_is_fitted(self)
        found = self.model_.classify_statements(_rows(X), strict=True)
        place = {name: number for number, name in enumerate(_names(self.classes_))}
        return self.classes_[[place[stance] for stance in found.column("stance")]]

    @classmethod
    def of_model(cls, model: Model | None = None) -> StanceClassifier:
        """A fitted estimator around a model that was trained before; the built-in one if left out."""
        made = cls()
        made.model_ = model or Model.load()
        made.classes_ = numpy.array(sorted(made.model_.stances))
        return made

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.input_tags.string = True
        tags.input_tags.dict = True
        return tags


def _rows(X: Any) -> list[dict[str, Any]]:
    """The statements as dictionaries."""
    if hasattr(X, "to_dicts"):
        rows: list[dict[str, Any]] = X.to_dicts()
        return rows
    if hasattr(X, "to_dict") and hasattr(X, "columns"):
        rows = X.to_dict("records")
        return rows
    if hasattr(X, "tolist"):
        if getattr(X, "ndim", 1) == 2 and X.shape[1] == 1:
            X = X.ravel()
        X = X.tolist()
    if isinstance(X, (str, bytes)):
        raise ValueError("one text; expected a list of statements")
    return [dict(row) if isinstance(row, Mapping) else {"text": row} for row in X]


def _names(classes: NDArray[Any]) -> list[str]:
    return [str(label) for label in classes.tolist()]
