"""The scikit-learn estimator: scikit-learn's own checks, pipelines and grid search."""

import warnings

import numpy
import pandas
import pytest
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import InputTags
from sklearn.utils.estimator_checks import check_estimator
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

import stance

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class OfNumbers(stance.StanceClassifier):
    """The estimator for scikit-learn's checks, which feed matrices of numbers: a number becomes a made-up word that tells its
    column and its size. What is checked is how an estimator behaves: what it keeps, raises, copies, and gives back."""

    def fit(self, X, y, groups=None):
        X, y = validate_data(self, X, y)
        check_classification_targets(y)
        return super().fit(in_words(X), y, groups)

    def predict(self, X):
        check_is_fitted(self)
        return super().predict(in_words(validate_data(self, X, reset=False)))

    def predict_proba(self, X):
        check_is_fitted(self)
        return super().predict_proba(in_words(validate_data(self, X, reset=False)))

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags = InputTags()
        return tags


def in_words(X):
    def word(column, value):
        return 3 * LETTERS[column % 26] + 2 * LETTERS[int(numpy.clip(round(float(value)), -5, 5)) + 15]

    return [" ".join(word(column, value) for column, value in enumerate(row)) for row in X]


@pytest.fixture(scope="session")
def X_y(labels):
    return [row["text"] for row in labels], [row["stance"] for row in labels]


@pytest.mark.parametrize(
    ("estimator", "least"), [(OfNumbers(folds=2, threads=1), 50), (stance.StanceClassifier(folds=2), 1)], ids=["numbers", "texts"]
)
def test_scikit_learns_own_checks(estimator, least):
    """By the tags of an estimator of texts scikit-learn leaves out every check that feeds numbers; fed with words made of
    numbers, it passes them all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = check_estimator(estimator, on_skip=None, on_fail=None)
    by_status = {}
    for result in results:
        by_status.setdefault(result["status"], {})[result["check_name"]] = result["exception"]
    assert by_status.get("failed", {}) == {}
    # Off unless SCIPY_ARRAY_API is set.
    assert set(by_status.get("skipped", {})) <= {"check_array_api_input"}
    assert len(by_status["passed"]) >= least


def test_it_learns_and_predicts(X_y):
    X, y = X_y
    fitted = stance.StanceClassifier(folds=3).fit(X, y)
    assert fitted.classes_.tolist() == ["maybe", "no", "yes"]
    probabilities = fitted.predict_proba(X)
    assert probabilities.shape == (60, 3)
    assert numpy.allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert (fitted.predict(X) == fitted.classes_[probabilities.argmax(axis=1)]).all()
    assert fitted.score(X, y) > 0.9
    assert (fitted.predict(numpy.array(X)) == fitted.predict(pandas.Series(X))).all()


def test_labels_of_any_kind(X_y):
    X, y = X_y
    numbers = [{"yes": 1, "maybe": 0, "no": -1}[label] for label in y]
    fitted = stance.StanceClassifier(folds=3).fit(X, numbers)
    assert fitted.classes_.tolist() == [-1, 0, 1]
    assert fitted.predict(["Lesk vows to fight on."]).tolist() == [-1]


def test_rows_carry_actors_and_contexts(labels):
    frame = pandas.DataFrame(labels)
    frame["actor"] = ["Tavria", None] * 30
    fitted = stance.StanceClassifier(folds=3).fit(frame[["text", "actor"]], frame["stance"], groups=frame["group"])
    assert fitted.predict(frame[["text", "actor"]]).shape == (60,)
    assert fitted.predict(frame[["text", "actor"]].to_dict("records")).shape == (60,)


def test_pipelines_and_grid_search(X_y):
    X, y = X_y
    pipeline = make_pipeline(FunctionTransformer(lambda texts: [text.strip() for text in texts]), stance.StanceClassifier())
    search = GridSearchCV(
        pipeline, {"stanceclassifier__c": [0.01, 3.0], "stanceclassifier__folds": [2]}, cv=2, scoring="f1_macro"
    )
    search.fit(X, y)
    assert search.best_params_["stanceclassifier__c"] in (0.01, 3.0)
    assert set(search.predict(X)) <= {"yes", "no", "maybe"}
    scores = cross_val_score(stance.StanceClassifier(folds=2, threads=1), X, y, cv=2, n_jobs=2)
    assert scores.shape == (2,)


def test_the_built_in_model_as_an_estimator():
    built_in = stance.StanceClassifier.of_model()
    assert built_in.predict(["Tavria accepted the truce."]).tolist() == ["supportive"]


def test_what_cannot_be_learnt_says_why():
    estimator = stance.StanceClassifier()
    with pytest.raises(ValueError, match="2 statements and 1 labels"):
        estimator.fit(["a", "b"], ["x"])
    with pytest.raises(ValueError, match="one class in y"):
        estimator.fit(["a", "b"], ["x", "x"])
    with pytest.raises(ValueError, match="one text; expected a list"):
        estimator.fit("a", ["x"])
    with pytest.raises(stance.StanceError, match="folds"):
        estimator.fit(["Yes.", "No."], ["x", "y"])
