"""Who supports, doubts or fights a ceasefire proposal, in whose newspaper: statements, actors and stance from news articles.

The same library as the program ``stance``, with the model inside; nothing is fetched and nothing is sent. Start with::

    import stance
    model = stance.Model.load()
    for statement in model.classify("Tavria accepted the truce, but Lesk rejected it."):
        print(statement["actor"]["name"], statement["stance"], statement["confidence"])

What the fields mean stands in ``docs/formats.md``, a walk-through in ``docs/python.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stance._stance import StanceError, __version__
from stance.comparison import Comparison, compare
from stance.learning import evaluate, train
from stance.model import Model
from stance.statements import SkippedWarning, Statements

if TYPE_CHECKING:
    from stance.estimator import StanceClassifier

__all__ = [
    "Comparison",
    "Model",
    "SkippedWarning",
    "StanceClassifier",
    "StanceError",
    "Statements",
    "__version__",
    "compare",
    "evaluate",
    "train",
]


def __getattr__(name: str) -> Any:
    # scikit-learn is only needed by those who ask for the estimator.
    if name == "StanceClassifier":
        from stance.estimator import StanceClassifier

        return StanceClassifier
    raise AttributeError(f"module 'stance' has no attribute {name!r}")
