"""Kept artifacts -> `Run`s: a run_results.json, a sources.json, or a folder of many."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from headwater.artifacts.files import GZIP_MAGIC
from headwater.artifacts.paths import ArtifactPaths, all_checks, find_results
from headwater.artifacts.results import (
    RUN_RESULTS,
    SOURCES,
    RunResult,
    SourceResult,
    read_run_results,
    read_source_results,
)
from headwater.artifacts.run_log import read_run_log
from headwater.core.errors import ArtifactError
from headwater.core.moments import parse_time
from headwater.core.runs import NodeRun, Run, SourceCheck, in_order

_SCHEMA = re.compile(rb"/dbt/([\w-]+)/v(\d+)")
_HEAD_BYTES = 4096
_CENTURY = 100 * 365 * 86400  #: seconds
RESULTS = ("run_results*.json", "run_results*.json.gz")
CHECKS = ("sources*.json", "sources*.json.gz", "freshness*.json", "freshness*.json.gz")


def last_runs(paths: ArtifactPaths) -> tuple[Run, ...]:
    """The runs whose artifacts stand beside the manifest: a run, a freshness check, both, none.

    *Raises*: `ArtifactError` when one of them cannot be used.
    """
    found = []
    if paths.run_results is not None:
        found.append(read_run(paths.run_results))
    found += map(read_checks, all_checks(paths))
    return in_order(found)


def kept_runs(place: Path) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """Every run that a folder of artifacts, or the file of a run log, holds; and warnings.

    A folder is searched with its subfolders. In a folder, a file that cannot be used is warned of
    and left out: one run that was cut short does not hide the others.

    *Raises*: `ArtifactError` when there is nothing of use.
    """
    if not place.is_dir():
        return read_run_log(place).runs, ()
    found: list[Run] = []
    warnings = []
    for path in _files(place, RESULTS + CHECKS):
        is_run = path.name.startswith("run_results")
        try:
            found.append(read_run(path) if is_run else read_checks(path))
        except ArtifactError as error:
            warnings.append(f"left out: {error.message}")
    if not found:
        raise ArtifactError(
            f"no run results in the folder '{place}'",
            ("looked", "for run_results*.json and sources*.json, in subfolders too"),
            *([("but", warnings[0])] if warnings else []),
        )
    return in_order(found), tuple(warnings)


def all_runs(
    target: ArtifactPaths | Path, history: Sequence[Path]
) -> tuple[tuple[Run, ...], bool, tuple[str, ...]]:
    """Every run, the oldest first; whether the newest is the one in the target folder; warnings.

    *Raises*: `ArtifactError`.
    """
    last = last_runs(find_results(target) if isinstance(target, Path) else target)
    known, warnings = list(last), list[str]()
    for place in history:
        found, said = kept_runs(place)
        known += found
        warnings += said
    ordered = in_order(known)
    newest = next((run for run in reversed(ordered) if run.has_nodes), None)
    is_last = newest is not None and any(run.id == newest.id for run in last)
    return ordered, is_last, tuple(warnings)


def newer_schemas(paths: ArtifactPaths) -> tuple[str, ...]:
    """Warnings about results whose schema is newer than what is known here.

    Only the beginning of a file is looked at, where dbt writes what it is; a file that cannot be
    read is not warned of: reading it will tell.
    """
    places = [(paths.run_results, "run", RUN_RESULTS)]
    places += [(path, "freshness", SOURCES) for path in all_checks(paths)]
    found = []
    for path, word, known_of in places:
        schema = _SCHEMA.search(_beginning(path)) if path is not None else None
        known = known_of.get(schema[1].decode()) if schema else None
        if schema and known is not None and int(schema[2]) > known:
            said = f"schema v{int(schema[2])}, newer than the v{known} known here"
            found.append(f"the {word} results have {said}: read as far as it goes")
    return tuple(found)


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_HEAD_BYTES)
        if data.startswith(GZIP_MAGIC):
            with gzip.open(path) as packed:
                data = packed.read(_HEAD_BYTES)
    except (OSError, EOFError, zlib.error):
        return b""
    return data


def read_run(path: Path) -> Run:
    """One dbt invocation. *Raises*: `ArtifactError`."""
    results = read_run_results(path)
    generated = parse_time(results.generated_at)
    nodes = tuple(map(_node, results.results))
    begun = parse_time(results.started_at) or _earliest(nodes)
    return Run(
        id=results.invocation or f"{path.name} {results.generated_at}",
        command=results.command,
        started_at=begun,
        generated_at=generated,
        seconds=results.seconds,
        nodes=nodes,
        dbt_version=results.dbt_version,
        is_partial=results.is_partial,
        is_retry=results.is_retry,
        flags=results.flags,
        origin=str(path),
    )


def read_checks(path: Path) -> Run:
    """One ``dbt source freshness``. *Raises*: `ArtifactError`."""
    results = read_source_results(path)
    generated = parse_time(results.generated_at)
    kinds = {result.node.partition(".")[0] for result in results.results} - {"source"}
    return Run(
        id=" ".join((results.invocation or results.generated_at, "freshness", *sorted(kinds))),
        command="source freshness",
        started_at=None,
        generated_at=generated,
        seconds=0.0,
        checks=tuple(_check(result, results.generated_at) for result in results.results),
        dbt_version=results.dbt_version,
        origin=str(path),
    )


def _node(result: RunResult) -> NodeRun:
    return NodeRun(
        node=result.node,
        status=result.status,
        seconds=result.seconds,
        started_at=parse_time(result.started_at),
        completed_at=parse_time(result.completed_at),
        thread=result.thread,
        message=result.message or "",
        failures=result.failures,
        rows=result.rows,
    )


def _check(result: SourceResult, generated_at: str) -> SourceCheck:
    checked_at = parse_time(result.snapshotted_at) or parse_time(generated_at)
    loaded_at = parse_time(result.max_loaded_at)
    age = result.age_seconds
    if loaded_at is None and checked_at is not None and age is not None and 0 <= age < _CENTURY:
        loaded_at = checked_at - timedelta(seconds=age)
    return SourceCheck(result.node, result.status, checked_at, loaded_at)


def _earliest(nodes: Iterable[NodeRun]) -> datetime | None:
    return min((n.started_at for n in nodes if n.started_at), default=None)


def _files(folder: Path, patterns: Iterable[str]) -> list[Path]:
    return sorted(
        {path for pattern in patterns for path in folder.rglob(pattern) if path.is_file()}
    )
