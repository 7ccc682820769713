"""``lineage sql --jsonl``: a case a line in, an answer a line out, as they come."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headwater.cli.failures import ANSWERED
from headwater.cli.output import write_line
from headwater.core.errors import UsageError
from headwater.questions.statement import answer_case

if TYPE_CHECKING:
    from headwater.questions.statement import Schema


def answer_lines(paths: Sequence[Path], dialect: str, schema: Schema | None) -> int:
    """Answer every line; one that cannot be answered gets ``{"id": …, "error": …}``.

    ``dialect`` and ``schema`` are for the cases that name none. Each answer is written before the
    next case is read; when nobody reads the answers any more, no further case is.
    """
    defaults = {"dialect": dialect, "schema": schema or {}}
    for number, line in enumerate(_lines(paths), 1):
        if line.strip() and not write_line(_dumped(_answer(line, number, defaults))):
            break
    return ANSWERED


def _lines(paths: Sequence[Path]) -> Iterator[bytes]:
    for path in paths:
        if str(path) == "-":
            if sys.stdin is None:
                raise UsageError("standard input is closed", ("hint", "name a file"))
            yield from _unbuffered()
            continue
        try:
            with path.open("rb") as file:
                yield from file
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise UsageError(f"cannot read '{path}': {why}") from None


def _unbuffered() -> Iterable[bytes]:
    """Standard input by lines: iterating over it would wait until a buffer is full."""
    return iter(sys.stdin.buffer.readline, b"")


def _answer(line: bytes, number: int, defaults: dict[str, Any]) -> dict[str, Any]:
    case: Any = None
    try:
        case = json.loads(line.decode("utf-8-sig"))
        if not isinstance(case, dict):
            raise TypeError("a case is an object")
        missing = {key: value for key, value in defaults.items() if not case.get(key)}
        return answer_case({**case, **missing})
    except json.JSONDecodeError as error:
        why = f"line {number} is not JSON: {error.msg} (column {error.colno})"
    except UnicodeDecodeError:
        why = f"line {number} is not UTF-8"
    except (RecursionError, MemoryError):
        why = f"line {number} is nested too deeply"
    except Exception as error:  # one bad case must not take the others with it
        why = f"line {number}: {error}"
    return {"id": case.get("id") if isinstance(case, dict) else None, "error": why}


def _dumped(answer: dict[str, Any]) -> str:
    """One line of ASCII: an id may hold half a surrogate pair, which UTF-8 cannot spell."""
    return json.dumps(answer)
