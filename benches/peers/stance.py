"""Peers of the stance model on the same rows: scikit-learn's TF-IDF logistic regression and VADER mapped to stance.

    stance.py TRAIN... --test FILE...     prints one row a peer: macro-F1, per-class F1, bootstrap interval over articles

Files are the project's own: annotated articles and single statements (JSONL). Needs scikit-learn and vaderSentiment;
`benches/peers/run_stance` installs both into a virtual environment under target/.
"""
import argparse
import json
import pathlib
import random

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.pipeline import FeatureUnion, make_pipeline
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

LABELS = ["supportive", "skeptical", "hostile", "none"]


def rows(paths):
    """(words, stance, group, article) of every labelled statement below `paths`."""
    files = []
    for path in map(pathlib.Path, paths):
        files += sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            if not line.strip():
                continue
            row = json.loads(line)
            name = row.get("id", f"{file}:{number}")
            group = row.get("group") or row.get("conflict") or name
            for statement in row.get("statements", [row]):
                yield statement["text"], statement["stance"], group, name


def interval(gold, predicted, articles, draws=1000, seed=1):
    """Percentile bootstrap over articles, 95 %."""
    chance = random.Random(seed)
    by_article = {}
    for at, name in enumerate(articles):
        by_article.setdefault(name, []).append(at)
    names = sorted(by_article)
    scores = []
    for _ in range(draws):
        drawn = [at for name in chance.choices(names, k=len(names)) for at in by_article[name]]
        scores.append(macro([gold[at] for at in drawn], [predicted[at] for at in drawn]))
    scores.sort()
    return scores[int(0.025 * draws)], scores[int(0.975 * draws)]


def macro(gold, predicted):
    return f1_score(gold, predicted, labels=LABELS, average="macro", zero_division=0)


def show(name, gold, predicted, articles):
    low, high = interval(gold, predicted, articles)
    per_class = f1_score(gold, predicted, labels=LABELS, average=None, zero_division=0)
    cells = "  ".join(f"{label} {score:.3f}" for label, score in zip(LABELS, per_class))
    print(f"{name:42} macro-F1 {macro(gold, predicted):.3f} [{low:.3f}, {high:.3f}]  {cells}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", nargs="+")
    parser.add_argument("--test", nargs="+", required=True)
    parser.add_argument("--c", type=float, help="strength of the fit; chosen of 1, 3 and 10 by cross-validation if left out")
    wishes = parser.parse_args()
    train_words, train_gold, groups, _ = zip(*rows(wishes.train))
    words, gold, _, articles = zip(*rows(wishes.test))
    print(f"{len(train_gold)} statements to train on, {len(gold)} to test on")
    blocks = FeatureUnion([
        ("word", TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True)),
        ("char", TfidfVectorizer(analyzer="char", ngram_range=(2, 5), min_df=2, sublinear_tf=True)),
    ])
    pipeline = make_pipeline(blocks, LogisticRegression(class_weight="balanced", max_iter=2000, tol=1e-3))
    grid = {"logisticregression__C": [wishes.c] if wishes.c else [1, 3, 10]}
    search = GridSearchCV(pipeline, grid, scoring="f1_macro", cv=GroupKFold(3), n_jobs=2)
    search.fit(train_words, train_gold, groups=groups)
    chosen = search.best_params_["logisticregression__C"]
    show(f"scikit-learn TF-IDF 1-3, 2-5, LR C={chosen}", gold, search.predict(words), articles)
    vader = SentimentIntensityAnalyzer()
    scores = [vader.polarity_scores(text)["compound"] for text in words]
    mapped = ["supportive" if score >= 0.05 else "hostile" if score <= -0.05 else "none" for score in scores]
    show("VADER, mapped to stance", gold, mapped, articles)


if __name__ == "__main__":
    main()
