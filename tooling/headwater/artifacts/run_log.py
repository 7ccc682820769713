"""The run log of the warehouse, exported to a file -> `Run`s.

Read are JSON objects a line (what ``run_log_export`` prints), a JSON list, what ``dbt show --output
json`` prints, and CSV with a heading. A row's key ``table`` says which table it is of; without one
its columns do. Rows of nodes may carry the columns of their invocation.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

from headwater.artifacts.files import read_bytes
from headwater.core.errors import ArtifactError
from headwater.core.moments import parse_seconds, parse_time
from headwater.core.runs import NodeRun, Run, SourceCheck, in_order

WHAT = "run log"
TABLES = ("invocations", "nodes", "tests", "sources")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RunLog:
    """The runs of a log, the oldest first."""

    runs: tuple[Run, ...]


def read_run_log(path: Path) -> RunLog:
    """What the file holds. *Raises*: `ArtifactError` that names the line it cannot be read at."""
    try:
        text = read_bytes(path, WHAT).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unusable(path, f"byte {error.start}", "it is not UTF-8 text") from None
    rows = _Rows(path)
    for place, row in _parsed(text, path):
        rows.add(place, {str(key).lower(): value for key, value in row.items()})
    if not rows.invocations:
        raise ArtifactError(
            f"the {WHAT} '{path}' holds no run",
            ("write", "one with 'dbt --quiet run-operation headwater.run_log_export'"),
        )
    return RunLog(in_order([rows.run(name) for name in rows.invocations]))


class _Rows:
    """Rows by invocation, as they come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.invocations: dict[str, dict[str, Any]] = {}
        self.nodes: dict[str, list[NodeRun]] = {}
        self.checks: dict[str, list[SourceCheck]] = {}

    def add(self, place: str, row: Row) -> None:
        """Take in one row. *Raises*: `ArtifactError` when it lacks what every row has."""
        invocation = row.get("invocation_id")
        if not invocation:
            raise _unusable(self.path, place, "it has no 'invocation_id'")
        table = row.get("table") or _table_of(row)
        if table not in TABLES:
            raise _unusable(self.path, place, f"no table '{table}'")
        known = self.invocations.setdefault(str(invocation), {})
        if table == "invocations":
            known.update(row)
            return
        if not row.get("node_id"):
            raise _unusable(self.path, place, "it has no 'node_id'")
        known.update({k.removeprefix("run_"): v for k, v in row.items() if k in _CARRIED})
        if table == "sources":
            self.checks.setdefault(str(invocation), []).append(_check(row))
        else:
            self.nodes.setdefault(str(invocation), []).append(_node(row))

    def run(self, name: str) -> Run:
        """The run of one invocation."""
        row = self.invocations[name]
        nodes = self.nodes.get(name, [])
        times = [n.started_at for n in nodes if n.started_at]
        return Run(
            id=name,
            command=str(row.get("command") or ""),
            started_at=_time(row.get("started_at")) or min(times, default=None),
            generated_at=_time(row.get("logged_at")),
            seconds=parse_seconds(_number(row.get("seconds"))),
            nodes=tuple(nodes),
            checks=tuple(self.checks.get(name, ())),
            dbt_version=str(row.get("dbt_version") or ""),
            is_partial=_flag(row.get("is_empty")) or _flag(row.get("is_sample")),
            is_retry=_flag(row.get("is_retry")),
            origin=str(self.path),
        )


#: What a row of a node may say of its invocation.
_CARRIED = frozenset(
    {"command", "run_started_at", "run_seconds", "is_empty", "is_sample", "is_retry", "dbt_version"}
)


def _table_of(row: Row) -> str:
    if "node_id" not in row:
        return "invocations"
    if "checked_at" in row:
        return "sources"
    return "tests" if "test_type" in row else "nodes"


def _node(row: Row) -> NodeRun:
    failures, rows = _number(row.get("failures")), _number(row.get("rows_affected"))
    return NodeRun(
        node=str(row["node_id"]),
        status=str(row.get("status") or "").lower(),
        seconds=parse_seconds(_number(row.get("seconds"))),
        started_at=_time(row.get("started_at")),
        completed_at=_time(row.get("completed_at")),
        thread=str(row.get("thread") or ""),
        message=str(row.get("message") or ""),
        failures=None if failures is None else int(failures),
        rows=None if rows is None else int(rows),
    )


def _check(row: Row) -> SourceCheck:
    return SourceCheck(
        node=str(row["node_id"]),
        status=str(row.get("status") or "").lower(),
        checked_at=_time(row.get("checked_at")),
        loaded_at=_time(row.get("loaded_at")),
    )


def _time(value: Any) -> datetime | None:
    return parse_time(value.strip().replace(" UTC", "")) if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if isfinite(found) else None


def _flag(value: Any) -> bool:
    return value is True or str(value).lower() in ("true", "t", "1", "yes")


# -- formats -------------------------------------------------------------------------------------


def _parsed(text: str, path: Path) -> Iterator[tuple[str, Row]]:
    """Rows, with the place each stands at."""
    start = text.lstrip()[:1]
    if path.name.removesuffix(".gz").endswith(".csv") or start not in ("{", "["):
        is_log = any(line.startswith("{") for line in text.splitlines())
        yield from _lines(text, path) if is_log else _csv(text, path)
    elif start == "[" or not _is_object(text.lstrip().splitlines()[0]):
        yield from _document(text, path)
    else:
        yield from _lines(text, path)


def _is_object(line: str) -> bool:
    """Whether a line is a whole JSON object with the key of a row."""
    try:
        value = json.loads(line)
    except ValueError:
        return '"invocation_id"' in line
    return isinstance(value, dict) and "show" not in value


def _lines(text: str, path: Path) -> Iterator[tuple[str, Row]]:
    """A JSON object a line; lines that are no object (dbt's own words) are passed over."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("{"):
            place = f"line {number}"
            yield place, _object(_json(line, path, place), path, place)


def _document(text: str, path: Path) -> Iterator[tuple[str, Row]]:
    value = _json(text, path, "")
    if isinstance(value, dict):
        value = value.get("show", [value])
    if not isinstance(value, list):
        raise _unusable(path, "the top", "a list of rows was expected")
    for number, row in enumerate(value, 1):
        place = f"row {number}"
        yield place, _object(row, path, place)


def _csv(text: str, path: Path) -> Iterator[tuple[str, Row]]:
    reader = csv.DictReader(io.StringIO(text))
    names = [str(name).lower() for name in reader.fieldnames or ()]
    if "invocation_id" not in names:
        raise _unusable(path, "line 1", "no column 'invocation_id' in its heading")
    for row in reader:
        place = f"line {reader.line_num}"
        if None in row or None in row.values():
            raise _unusable(path, place, f"{len(names)} columns were expected")
        yield place, {key: value or None for key, value in row.items()}


def _json(text: str, path: Path, place: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        at = place or f"line {getattr(error, 'lineno', 1)}"
        raise _unusable(path, at, "it is cut short, or is not JSON") from None
    except RecursionError:
        raise _unusable(path, place or "the top", "it is nested too deeply") from None


def _object(value: Any, path: Path, place: str) -> Row:
    if not isinstance(value, dict):
        raise _unusable(path, place, "an object was expected")
    return value


def _unusable(path: Path, place: str, why: str) -> ArtifactError:
    return ArtifactError(
        f"the {WHAT} '{path}' cannot be read at {place}",
        ("why", why),
        ("hint", "write it again with 'dbt --quiet run-operation headwater.run_log_export'"),
    )
