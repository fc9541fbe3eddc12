"""The code of the documentation runs as it stands: every block of a file, one after another, in one session."""

import inspect
import json
import re
import shutil
import subprocess
import sys

import matplotlib
import pyarrow
import pyarrow.parquet
import pytest
from conftest import OUTLETS, ROOT

import stance
import stance.spark

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name, language):
    found = [code for of, code in BLOCK.findall((ROOT / "docs" / name).read_text()) if of == language]
    assert found, f"{name} has no block of {language}"
    return "\n".join(found)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder that looks like the top of the repository, where the code may write."""
    for name in ("docs", "training-data", "target"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    matplotlib.use("Agg")
    return tmp_path


def test_the_walk_through(home):
    code = blocks("python.md", "python")
    exec(compile(code, "docs/python.md", "exec"), {"__name__": "walk_through"})
    assert (home / "outlets.png").stat().st_size > 10_000
    assert (home / "my-model/model.safetensors").exists()


def test_the_job_of_the_cluster_page(home, spark):
    rows = [json.loads(line) for line in open(OUTLETS, encoding="utf-8")][:40]
    (home / "corpus").mkdir()
    table = pyarrow.Table.from_pylist([{"address": row["id"], "outlet": row["outlet"], "body": row["text"]} for row in rows])
    pyarrow.parquet.write_table(table, home / "corpus/a.parquet")
    # The executors work in folders of their own.
    code = blocks("clusters.md", "python").replace('"corpus"', repr(str(home / "corpus")))
    code = code.replace('"statements"', repr(str(home / "statements"))).replace('"skipped"', repr(str(home / "skipped")))
    exec(compile(code, "docs/clusters.md", "exec"), {"__name__": "job", "spark": spark})
    assert pyarrow.parquet.read_table(home / "statements").num_rows > 40


def test_the_recipe_for_r(home):
    assert shutil.which("Rscript"), "tests/run installs R"
    (home / "stance").symlink_to(ROOT / "target/release/stance")
    shell = blocks("r.md", "sh").replace("stance classify", "./stance classify").replace("stance compare", "./stance compare")
    subprocess.run(["bash", "-euc", shell], check=True)
    (home / "recipe.R").write_text(blocks("r.md", "r"))
    done = subprocess.run(["Rscript", "recipe.R"], check=True, capture_output=True, text=True)
    outlets = {json.loads(line)["outlet"] for line in open(OUTLETS, encoding="utf-8")}
    assert all(outlet in done.stdout for outlet in outlets)


def test_types_are_right(tmp_path):
    """The package under mypy's strict rules, and the stubs of the extension against the extension."""
    checks = [
        ["-m", "mypy", "--strict", "--ignore-missing-imports", "--no-error-summary", "-p", "stance"],
        ["-m", "mypy.stubtest", "stance._stance", "--ignore-missing-stub"],
    ]
    for check in checks:
        done = subprocess.run([sys.executable, *check], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_public_name_says_what_it_does():
    modules = [stance, stance.spark]
    named = {f"{module.__name__}.{name}": getattr(module, name) for module in modules for name in dir(module)}
    own = {name: thing for name, thing in named.items() if getattr(thing, "__module__", "").startswith("stance")}
    for name, thing in list(own.items()):
        if inspect.isclass(thing):
            own |= {f"{name}.{part}": member for part, member in vars(thing).items() if not part.startswith("_")}
    silent = [name for name, thing in own.items() if not inspect.getdoc(thing) and not name.split(".")[-1].startswith("_")]
    assert len(own) > 50
    assert silent == []
