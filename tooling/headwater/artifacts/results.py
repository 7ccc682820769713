"""What the last runs said: ``run_results.json``, and ``sources.json`` or ``freshness.json``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from headwater.artifacts.decoding import convert, parse_object
from headwater.artifacts.documents import Json, Metadata
from headwater.artifacts.files import read_bytes

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


@dataclass(frozen=True, slots=True)
class RunResults:
    """One dbt invocation."""

    generated_at: str
    dbt_version: str
    command: str
    seconds: float
    results: tuple[RunResult, ...]


@dataclass(frozen=True, slots=True)
class SourceResult:
    """How fresh one source was. *Units*: ``age_seconds`` between the two times."""

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
    return RunResults(
        generated_at=document.metadata.generated_at,
        dbt_version=document.metadata.dbt_version,
        command=str((document.args or {}).get("which") or ""),
        seconds=document.elapsed_time,
        results=tuple(map(_run_result, document.results)),
    )


def read_source_results(path: Path) -> SourceResults:
    """The results of the last ``dbt source freshness``, in the order that dbt wrote them.

    *Raises*: `ArtifactError` when the file cannot be used.
    """
    document = _read(path, "source freshness results", _ResultsDoc)
    return SourceResults(
        generated_at=document.metadata.generated_at,
        dbt_version=document.metadata.dbt_version,
        results=tuple(map(_source_result, document.results)),
    )


def _run_result(result: _Result) -> RunResult:
    timing = result.timing or []
    started = [t.started_at for t in timing if t.started_at]
    completed = [t.completed_at for t in timing if t.completed_at]
    return RunResult(
        node=result.unique_id,
        status=(result.status or result.state or "").lower(),
        seconds=result.execution_time,
        started_at=min(started, default=None),
        completed_at=max(completed, default=None),
        message=result.message,
        failures=result.failures,
    )


def _source_result(result: _Result) -> SourceResult:
    return SourceResult(
        node=result.unique_id,
        status=(result.status or result.state or "").lower(),
        max_loaded_at=result.max_loaded_at,
        snapshotted_at=result.snapshotted_at,
        age_seconds=result.max_loaded_at_time_ago_in_s,
    )


def _read(path: Path, what: str, kind: type[T]) -> T:
    data = read_bytes(path, what)
    try:
        return msgspec.json.decode(data, type=kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return convert(parse_object(data, path, what), kind, path, what)
