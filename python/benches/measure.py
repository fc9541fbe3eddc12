"""Python and Spark against the program on the same corpus and machine, start-up apart, in one run: the best of several rounds, the
rounds of all contestants in turn. It asserts nothing; ratios are printed.

    python measure.py FOLDER [--rounds 3] [--threads 2] [--no-spark]

FOLDER is what corpus.py wrote. `program` writes JSON lines to a file, `Python` classifies a list of dictionaries that is in memory,
`Python, dictionaries` also makes a dictionary of each record, `Spark` reads and writes Parquet on a local cluster with an executor a
thread, `program, Parquet` does the same work in one process.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import stance

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/stance"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--no-spark", action="store_true")
    options = options.parse_args()
    folder, threads = options.folder, options.threads
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    megabytes = sum(len(one["text"].encode()) for one in articles) / 1e6
    model = stance.Model.load(threads=threads)
    model.classify(articles[:1000])

    def program(*arguments):
        command = [PROGRAM, "classify", *arguments, "--threads", str(threads), "-q"]
        subprocess.run([str(word) for word in command], check=True)

    def dictionaries():
        found = model.classify(articles)
        assert sum(1 for _ in found) == len(found)

    contestants = {
        "program": lambda: program(folder / "articles.jsonl", "-o", folder / "out.jsonl"),
        "Python": lambda: model.classify(articles),
        "Python, dictionaries": dictionaries,
        "program, Parquet": lambda: program(folder / "parquet", "-o", folder / "out.parquet"),
    }
    if not options.no_spark:
        contestants["Spark"] = spark_job(folder, threads)
    best = dict.fromkeys(contestants, float("inf"))
    for _ in range(options.rounds):
        for name, run in contestants.items():
            begun = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - begun)
    begun = time.perf_counter()
    subprocess.run([PROGRAM, "classify", "-", "-q"], input=b'{"text": "x"}', check=True, stdout=subprocess.DEVNULL)
    print(f"{len(articles)} articles, {megabytes:.0f} MB, {threads} threads, start of the program {time.perf_counter() - begun:.2f} s")
    for name, seconds in best.items():
        against = best["program, Parquet" if name == "Spark" else "program"]
        print(f"{name:22} {seconds:7.1f} s {megabytes / seconds:6.2f} MB/s  x{seconds / against:.2f}")


def spark_job(folder, threads):
    """A job whose cluster is up and whose Python workers hold the model."""
    from pyspark.sql import SparkSession

    import stance.spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master(f"local-cluster[{threads},1,2048]").config("spark.executor.memory", "2g")
    session = session.config("spark.ui.enabled", "false").config("spark.log.level", "ERROR").getOrCreate()
    df = session.read.parquet(str(folder / "parquet"))
    stance.spark.classify(df.limit(1000).repartition(4 * threads)).count()
    out = folder / "spark-out"

    def run():
        shutil.rmtree(out, ignore_errors=True)
        stance.spark.classify(df).write.parquet(str(out))

    return run


main()
