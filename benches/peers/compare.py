"""Times the program and its peers in turns and prints the table of `benches/peers/run`, which calls it."""
import json
import os
import resource
import statistics
import subprocess
import sys

ROUNDS = 5
PEERS = ["fasttext", "hashing", "spacy", "quotations"]
NAMES = {
    "stance": "stance, JSONL to JSONL, whole chain",
    "fasttext": "fastText, prediction alone",
    "hashing": "scikit-learn, hashing and linear prediction alone",
    "spacy": "spaCy, blank tokenizer and sentencizer alone",
    "quotations": "regular expressions, direct quotations alone",
}


def chain(corpus):
    """Processor time of the program from start to end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [os.environ["STANCE"], "classify", corpus, "--threads", "1", "--to", "jsonl"]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peer(name, corpus):
    command = [sys.executable, "benches/peers/speed.py", "time", name, "target/peers", corpus]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main():
    for sort in ["mixed", "dense"]:
        corpus = f"target/peers/{sort}.jsonl"
        with open(corpus, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, "benches/corpus.py", sort, sys.argv[1]], stdout=out, check=True)
        with open(corpus, encoding="utf-8") as lines:
            size = sum(len(json.loads(line)["text"].encode()) for line in lines)
        times = {name: [] for name in ["stance", *PEERS]}
        for _ in range(ROUNDS):
            times["stance"].append(chain(corpus))
            for name in PEERS:
                times[name].append(peer(name, corpus))
        print(f"{sort}: {size / 1e6:.1f} MB of article text, {ROUNDS} rounds")
        for name, seconds in times.items():
            speed = size / 1e6 / statistics.median(seconds)
            ratios = [other / own for other, own in zip(seconds, times["stance"])]
            print(
                f"  {NAMES[name]:52} {speed:7.1f} MB/s   time against stance "
                f"{statistics.median(ratios):5.2f} [{min(ratios):.2f}, {max(ratios):.2f}]"
            )


if __name__ == "__main__":
    main()
