"""What made a cached result: this package's own code, sqlglot's version, the machine."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

#: The code that shapes a lineage or a graph; questions, renderers and commands do not.
_ROOMS = ("", "core", "artifacts", "sql", "graph", "cache", "pipeline")


@cache
def code_stamp(*more: str) -> bytes:
    """A digest that changes when the same input could give another result.

    ``more`` are further rooms whose code has a part in it.

    The sources are read (half a megabyte, a few milliseconds) rather than trusted to change their
    version: a cache that outlives an edit costs more than it saves.
    """
    stamp = blake2b(f"{sys.version_info[:2]} {sys.byteorder}".encode(), digest_size=16)
    here = Path(__file__).parents[1]
    for room in (*_ROOMS, *more):
        for path in sorted((here / room).glob("*.py")):
            stamp.update(path.name.encode() + b"\0" + path.read_bytes())
    stamp.update(_sqlglot_version())
    return stamp.digest()


def _sqlglot_version() -> bytes:
    """The content of sqlglot's version file: importing sqlglot for it would cost 0.1 s."""
    spec = find_spec("sqlglot")
    if spec is None or spec.origin is None:
        return b""
    version = Path(spec.origin).with_name("_version.py")
    return version.read_bytes() if version.is_file() else spec.origin.encode()
