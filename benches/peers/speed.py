"""One peer of the whole chain on a corpus: reads its articles, then prints the seconds that the work on them takes.

    speed.py train FOLDER                       learns the peers' models from training-data, into FOLDER
    speed.py time PEER FOLDER CORPUS.jsonl      PEER is hashing, fasttext, spacy or quotations

The work is that on the texts alone: reading JSON and starting Python are left out, to the peers' advantage.
"""
import json
import pathlib
import pickle
import sys
import time


def labelled():
    """Words and stance of every labelled statement of the training data."""
    for file in sorted(pathlib.Path("training-data/train").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for one in row.get("statements", [row]):
                yield " ".join(one["text"].split()), one["stance"]


def train(folder):
    import fasttext
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import LogisticRegression

    folder.mkdir(parents=True, exist_ok=True)
    words, gold = zip(*labelled())
    (folder / "fasttext.txt").write_text(
        "".join(f"__label__{label} {text}\n" for text, label in zip(words, gold)), encoding="utf-8"
    )
    model = fasttext.train_supervised(
        str(folder / "fasttext.txt"), dim=10, wordNgrams=2, epoch=10, thread=1, verbose=0
    )
    model.save_model(str(folder / "fasttext.bin"))
    vectors = HashingVectorizer(ngram_range=(1, 2), n_features=2**18)
    linear = LogisticRegression(max_iter=300).fit(vectors.transform(words), gold)
    (folder / "linear.pickle").write_bytes(pickle.dumps(linear))


def hashing(folder, texts):
    """scikit-learn: hashed uni- and bigrams and a linear prediction, all articles in one call."""
    from sklearn.feature_extraction.text import HashingVectorizer

    vectors = HashingVectorizer(ngram_range=(1, 2), n_features=2**18)
    linear = pickle.loads((folder / "linear.pickle").read_bytes())
    return lambda: linear.predict(vectors.transform(texts))


def fasttext(folder, texts):
    """fastText: prediction alone, all articles in one call."""
    import fasttext

    model = fasttext.load_model(str(folder / "fasttext.bin"))
    lines = [" ".join(text.split()) for text in texts]
    return lambda: model.f.multilinePredict([line + "\n" for line in lines], 1, 0.0, "strict")


def spacy(_, texts):
    """spaCy: blank tokenizer and sentencizer in a pipe."""
    import spacy

    pipe = spacy.blank("en")
    pipe.add_pipe("sentencizer")
    pipe.max_length = 10**9
    return lambda: sum(len(list(document.sents)) for document in pipe.pipe(texts, batch_size=64))


def quotations(_, texts):
    """Regular expressions that look for a quotation with a cue verb beside it."""
    import re

    cue = r"(?:said|says|told|added|warned|insisted|called|urged|rejected|accepted)"
    name = r"(?:[A-Z]\w+(?: [A-Z]\w+)*|he|she|they)"
    quote = r"[\"\u201C]([^\"\u201D]{8,600})[\"\u201D]"
    pattern = re.compile(rf"{quote},? (?:{cue} ({name})|({name}) {cue})|({name}) {cue}[^.\"]{{0,40}}? {quote}")
    return lambda: sum(len(pattern.findall(text)) for text in texts)


def main():
    if sys.argv[1] == "train":
        train(pathlib.Path(sys.argv[2]))
        return
    peer, folder, corpus = sys.argv[2], pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
    texts = [json.loads(line)["text"] for line in corpus.open(encoding="utf-8")]
    work = {"hashing": hashing, "fasttext": fasttext, "spacy": spacy, "quotations": quotations}[peer](folder, texts)
    start = time.process_time()
    work()
    print(time.process_time() - start)


if __name__ == "__main__":
    main()
