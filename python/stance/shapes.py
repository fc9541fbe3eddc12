"""Which of the shapes that users hand over an object has: files, an Arrow table, or items one after another.

It looks at protocols, not at types, so that no table library is needed here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Literal

Shape = Literal["items", "table", "files"]


def shaped(given: Any, one: str = "text") -> tuple[Any, Shape]:
    """The object as the extension takes it, with the name of its shape.

    A single text or a single dictionary is a list of one. Paths are ``os.PathLike`` objects, for example ``pathlib.Path``:
    words alone are always a text. A column of a table (a Series, an Arrow array) is a list of its values.
    """
    if isinstance(given, (str, bytes)):
        if isinstance(given, bytes):
            raise TypeError(f"found bytes; expected {one}: decode them, or name their file with pathlib.Path")
        return [given], "items"
    if isinstance(given, os.PathLike):
        return [os.fspath(given)], "files"
    if isinstance(given, Mapping):
        return [given], "items"
    if is_table(given):
        return given, "table"
    for method in ("to_pylist", "to_list", "tolist"):
        if hasattr(given, method):
            return getattr(given, method)(), "items"
    if isinstance(given, (list, tuple)) and given and all(isinstance(one, os.PathLike) for one in given):
        return [os.fspath(path) for path in given], "files"
    return given, "items"


def is_table(given: Any) -> bool:
    """Whether an object is a table of several columns that Arrow can take over without a copy."""
    if not hasattr(given, "__arrow_c_stream__"):
        return False
    return hasattr(given, "columns") or hasattr(given, "schema")
