"""SQL and schemas from files and standard input, as text that can be used."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headwater.cli.output import say
from headwater.core.errors import UsageError

if TYPE_CHECKING:
    from headwater.questions.statement import Schema


def called(path: Path) -> str:
    """The text's name in answers and errors."""
    return "standard input" if str(path) == "-" else f"'{path}'"


def read_sql(path: Path) -> str:
    """The text of a file, or of standard input for ``-``.

    *Raises*: `UsageError`.
    """
    return _decoded(_bytes(path), called(path))


def read_schema(path: Path) -> Schema:
    """The columns of tables, from a JSON file. *Raises*: `UsageError`."""
    from headwater.questions.statement import check_schema  # noqa: PLC0415 - brings the SQL parser

    form = ("hint", 'write {"orders": {"id": "int", "amount": "numeric"}, "rates": ["currency"]}')
    text = _decoded(_bytes(path), called(path))
    try:
        schema: Any = json.loads(text)
        check_schema(schema)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UsageError(f"the schema '{path}' is not JSON: {error.msg} ({where})", form) from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the schema '{path}' cannot be used: {error}", form) from None
    return schema  # type: ignore[no-any-return]  # just checked


def _bytes(path: Path) -> bytes:
    if str(path) == "-":
        if sys.stdin is None:
            raise UsageError("standard input is closed", ("hint", "name a file"))
        if sys.stdin.isatty():
            say("reading SQL from the terminal: end it with Ctrl-D …")
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"there is no file '{path}'") from None
    except OSError as error:
        raise UsageError(
            f"cannot read '{path}': {(error.strerror or str(error)).lower()}"
        ) from None


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{name} is not UTF-8: byte 0x{data[error.start]:02x} in line {line}",
            ("hint", "convert it first: iconv -f LATIN1 -t UTF-8"),
        ) from None
