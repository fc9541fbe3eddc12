"""The sparse fit of stance beside scikit-learn's lbfgs, to the same objective.

    fit.py BENCH     BENCH is the built program of benches/fit.rs

Draws 50,000 rows of 32,000 columns as text has them (Zipf, about 60 values a row, rows of length 1) with four classes that
hang together with some columns; seed 1. Each solver is run at ever smaller tolerances; the time counted is that of the first
run whose objective lies within a relative 1e-6 of the least, which a run of stance at tolerance 5e-7 reaches. Objective, for both computed here in double
precision: summed cross-entropy plus |W|^2 / (2 C), C = 3, intercepts free.
"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
import scipy.sparse as sp
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

ROWS, COLUMNS, CLASSES, EACH, C = 50_000, 32_000, 4, 60, 3.0
TOLERANCES = [3e-5, 1e-5, 3e-6, 1e-6]
NEAR = 1e-6
REPEATS = 2


def drawn():
    """Rows as a sparse matrix of 32-bit floats, and classes."""
    chance = np.random.default_rng(1)
    targets = chance.integers(0, CLASSES, ROWS)
    ranks = np.floor(COLUMNS ** chance.random((ROWS, EACH))).astype(np.int64)
    # A tenth of a row's columns belong to its class alone, save where the class was drawn wrongly.
    told = np.where(chance.random(ROWS) < 0.8, targets, chance.integers(0, CLASSES, ROWS))
    ranks[:, ::10] = (ranks[:, ::10] * CLASSES + told[:, None]) % COLUMNS
    ranks %= COLUMNS
    matrix = sp.csr_matrix((np.ones(ROWS * EACH), (np.repeat(np.arange(ROWS), EACH), ranks.ravel())), shape=(ROWS, COLUMNS))
    matrix.sum_duplicates()
    matrix.data = 1 + np.log(matrix.data)
    frequency = np.bincount(matrix.indices, minlength=COLUMNS)
    matrix = matrix @ sp.diags(np.log((1 + ROWS) / (1 + frequency)) + 1)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = sp.csr_matrix(sp.diags(1 / lengths) @ matrix)
    matrix.data = matrix.data.astype(np.float32)
    matrix.sort_indices()
    return matrix, targets


def objective(matrix, targets, weights, intercepts):
    """`weights` by column and class."""
    logits = matrix.astype(np.float64) @ weights + intercepts
    loss = (logsumexp(logits, axis=1) - logits[np.arange(len(targets)), targets]).sum()
    return loss + (weights ** 2).sum() / (2 * C)


def ours(bench, folder, matrix, targets, tolerance, threads):
    """Seconds, processor seconds and objective of one run; the processor's include reading the matrix."""
    env = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run = subprocess.run([bench, "fit", folder, str(C), str(tolerance)], env=env, check=True, capture_output=True, text=True)
    parameters = np.fromfile(pathlib.Path(folder) / "parameters.f64").reshape(-1, CLASSES)
    weights = np.zeros((COLUMNS, CLASSES))
    weights[: len(parameters) - 1] = parameters[:-1]
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return json.loads(run.stdout)["seconds"], used, objective(matrix, targets, weights, parameters[-1])


def theirs(matrix, targets, tolerance):
    """Seconds, processor seconds and objective of one run."""
    wide = matrix.astype(np.float64)
    model = LogisticRegression(C=C, solver="lbfgs", tol=tolerance, max_iter=5000)
    begun, before = time.perf_counter(), time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(wide, targets)
    seconds, used = time.perf_counter() - begun, time.process_time() - before
    return seconds, used, objective(matrix, targets, model.coef_.T, model.intercept_)


def main():
    bench = sys.argv[1]
    matrix, targets = drawn()
    print(f"{ROWS} rows, {COLUMNS} columns, {matrix.nnz / ROWS:.1f} values a row, {CLASSES} classes, C = {C}; {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        matrix.indptr.astype("<u8").tofile(f"{folder}/indptr.u64")
        matrix.indices.astype("<u4").tofile(f"{folder}/indices.u32")
        matrix.data.astype("<f4").tofile(f"{folder}/values.f32")
        targets.astype("<u4").tofile(f"{folder}/targets.u32")
        solvers = {
            "scikit-learn lbfgs": lambda tolerance: theirs(matrix, targets, tolerance),
            "stance, 1 thread": lambda tolerance: ours(bench, folder, matrix, targets, tolerance, 1),
            "stance, all cores": lambda tolerance: ours(bench, folder, matrix, targets, tolerance, 0),
        }
        # A gradient of length g leaves the objective within C g^2 / 2 of the least: here a relative 1e-7 and less.
        least = ours(bench, folder, matrix, targets, 5e-7, 0)[2]
        times = {}
        for name, run in solvers.items():
            for tolerance in TOLERANCES:
                seconds, used, reached = run(tolerance)
                if abs(reached / least - 1) <= NEAR:
                    break
            again = [run(tolerance)[:2] for _ in range(REPEATS - 1)]
            seconds, used = (min(column) for column in zip((seconds, used), *again))
            times[name] = seconds, used
            base = times["scikit-learn lbfgs"]
            print(f"{name:20} {seconds:7.2f} s, {used:7.2f} s of processors; {base[0] / seconds:.1f} times as fast, {base[1] / used:.1f} by "
                  f"processors; tolerance {tolerance:g}, objective {reached / least - 1:+.1e} of {least:.4f}")


if __name__ == "__main__":
    main()
