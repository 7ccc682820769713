"""What the walk asks sqlglot for exists: a name that sqlglot changed would else be read as absent.

``node.args.get("with_")`` of an argument that is called otherwise is no error, it is ``None``: every
CTE would be lost without a word.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlglot import exp

import headwater.sql

FILES = sorted(Path(headwater.sql.__file__).parent.glob("*.py"))
CLASSES = [
    each for each in vars(exp).values() if isinstance(each, type) and issubclass(each, exp.Expr)
]
ARGUMENTS = {name for each in CLASSES for name in each.arg_types}


def _is_args(node: ast.AST) -> bool:
    """``….args``, or the name ``args`` that a function gave it."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name == "args"


def asked_for(source: str) -> Iterator[str]:
    """The names in ``args["x"]``, ``args.get("x")`` and ``node.set("x", …)``."""
    for node in ast.walk(ast.parse(source)):
        key: ast.AST | None = None
        if isinstance(node, ast.Subscript) and _is_args(node.value):
            key = node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of_args = node.func.attr == "get" and _is_args(node.func.value)
            key = node.args[0] if of_args or node.func.attr == "set" else None
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value


def classes_named(source: str) -> Iterator[str]:
    """The names in ``exp.X``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "exp":
            yield node.attr


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_name_exists_in_sqlglot(path: Path) -> None:
    source = path.read_text("utf-8")
    assert set(asked_for(source)) <= ARGUMENTS
    assert {name for name in classes_named(source) if not hasattr(exp, name)} == set()


def test_the_names_are_found() -> None:
    found = {name for path in FILES for name in asked_for(path.read_text("utf-8"))}
    assert {"with_", "from_", "joins", "except_", "pivots", "connect"} <= found
    assert set(asked_for("node.args.get('widh'); args['x']; node.set('y', 1)")) == {
        "widh",
        "x",
        "y",
    }
