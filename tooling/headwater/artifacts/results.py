"""What the last runs said: ``run_results.json``, and ``sources.json`` or ``freshness.json``."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from headwater.artifacts.decoding import convert, parse_object
from headwater.artifacts.documents import Json, Metadata
from headwater.artifacts.files import read_bytes, rewrite_hint
from headwater.core.errors import ArtifactError
from headwater.core.moments import parse_seconds

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunResult:
    """How one node ended. *Units*: ``seconds`` of execution; times are dbt's own UTC texts."""

    node: str
    status: str
    seconds: float
    started_at: str | None
    completed_at: str | None
    message: str | None
    failures: int | None
    thread: str = ""
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class RunResults:
    """One dbt invocation. ``schema_version`` is 0 when the file does not say.

    ``flags`` are those that a run of the same must have again, as a shell takes them.
    """

    generated_at: str
    dbt_version: str
    command: str
    seconds: float
    results: tuple[RunResult, ...]
    invocation: str = ""
    started_at: str = ""
    schema_version: int = 0
    is_partial: bool = False
    is_retry: bool = False
    flags: str = ""


@dataclass(frozen=True, slots=True)
class SourceResult:
    """How fresh one source was, or a model (dbt 2).

    *Units*: ``age_seconds`` between the two times.
    """

    node: str
    status: str
    max_loaded_at: str | None
    snapshotted_at: str | None
    age_seconds: float | None


@dataclass(frozen=True, slots=True)
class SourceResults:
    """One ``dbt source freshness``."""

    generated_at: str
    dbt_version: str
    results: tuple[SourceResult, ...]
    invocation: str = ""
    schema_version: int = 0


#: The words in the address of a schema, and the newest version that is known. dbt 2's ``dbt
#: freshness`` writes another schema, which has models, too.
RUN_RESULTS: Mapping[str, int] = {"run-results": 6}
SOURCES: Mapping[str, int] = {"sources": 3, "freshness": 0}
_SCHEMA = re.compile(r"/dbt/([\w-]+)/v(\d+)(?:\.json)?$")


class _Timing(Struct):
    name: str | None = None
    started_at: str | None = None
    completed_at: str | None = None


class _Result(Struct):
    unique_id: str
    status: str | None = None
    state: str | None = None  # dbt 2.x's word in freshness.json
    execution_time: float = 0.0
    timing: list[_Timing] | None = None
    message: str | None = None
    failures: int | None = None
    thread_id: str | None = None
    adapter_response: Json | None = None
    max_loaded_at: str | None = None
    snapshotted_at: str | None = None
    max_loaded_at_time_ago_in_s: float | None = None


class _ResultsDoc(Struct):
    metadata: Metadata
    results: list[_Result]
    elapsed_time: float = 0.0
    args: Json | None = None


def read_run_results(path: Path) -> RunResults:
    """The results of the last dbt invocation, in the order that dbt wrote them.

    *Raises*: `ArtifactError` when the file cannot be used.
    """
    document = _read(path, "run results", _ResultsDoc)
    version = _version(document, RUN_RESULTS, path, "run results")
    args = document.args or {}
    return RunResults(
        generated_at=document.metadata.generated_at,
        dbt_version=document.metadata.dbt_version,
        command=str(args.get("which") or ""),
        seconds=parse_seconds(document.elapsed_time),
        results=tuple(map(_run_result, document.results)),
        invocation=document.metadata.invocation_id or "",
        started_at=document.metadata.invocation_started_at or "",
        schema_version=version,
        is_partial=bool(args.get("empty") or args.get("sample")),
        is_retry=_is_retry(args),
        flags=_flags(args),
    )


def _is_retry(args: Json) -> bool:
    """Whether it was `dbt retry`, which says of itself the command that it goes on with."""
    words = str(args.get("invocation_command") or "").split()[1:]
    return "retry" in words and args.get("which") not in words


def _flags(args: Json) -> str:
    """The values of variables may be secret: they are not repeated."""
    found = [f"--target {shlex.quote(args['target'])}"] if _is_text(args.get("target")) else []
    found += ["--full-refresh"] if args.get("full_refresh") is True else []
    return " ".join([*found, *(["--vars '<the same>'"] if args.get("vars") else [])])


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def read_source_results(path: Path) -> SourceResults:
    """The results of the last ``dbt source freshness``, in the order that dbt wrote them.

    *Raises*: `ArtifactError` when the file cannot be used.
    """
    what = "source freshness results"
    document = _read(path, what, _ResultsDoc)
    version = _version(document, SOURCES, path, what)
    return SourceResults(
        generated_at=document.metadata.generated_at,
        dbt_version=document.metadata.dbt_version,
        results=tuple(map(_source_result, document.results)),
        invocation=document.metadata.invocation_id or "",
        schema_version=version,
    )


def _run_result(result: _Result) -> RunResult:
    timing = result.timing or []
    started = [t.started_at for t in timing if t.started_at]
    completed = [t.completed_at for t in timing if t.completed_at]
    return RunResult(
        node=result.unique_id,
        status=(result.status or result.state or "").lower(),
        seconds=parse_seconds(result.execution_time),
        started_at=min(started, default=None),
        completed_at=max(completed, default=None),
        message=result.message,
        failures=result.failures,
        thread=result.thread_id or "",
        rows=_rows(result.adapter_response),
    )


def _rows(response: Json | None) -> int | None:
    """The rows that an adapter counts; -1 is its word for a view."""
    rows = (response or {}).get("rows_affected")
    return rows if isinstance(rows, int) and rows >= 0 else None


def _source_result(result: _Result) -> SourceResult:
    return SourceResult(
        node=result.unique_id,
        status=(result.status or result.state or "").lower(),
        max_loaded_at=result.max_loaded_at,
        snapshotted_at=result.snapshotted_at,
        age_seconds=result.max_loaded_at_time_ago_in_s,
    )


def _version(document: _ResultsDoc, known: Mapping[str, int], path: Path, what: str) -> int:
    """The version of the schema. *Raises*: `ArtifactError` for results of the other kind."""
    found = _SCHEMA.search(document.metadata.dbt_schema_version)
    if found is None:
        return 0
    are_sources = {result.unique_id.startswith("source.") for result in document.results}
    if found[1] not in known and are_sources == {known is RUN_RESULTS}:
        raise ArtifactError(
            f"the {what} '{path}' are none",
            ("has", f"an artifact of another kind: {found[1]}"),
            rewrite_hint(what),
        )
    return int(found[2]) if found[1] in known else 0


def _read(path: Path, what: str, kind: type[T]) -> T:
    data = read_bytes(path, what)
    try:
        return msgspec.json.decode(data, type=kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return convert(parse_object(data, path, what), kind, path, what)
