"""Column-level lineage for dbt, as a library. This screen is all of it.

    import headwater

    shop = headwater.load("path/to/project")
    answer = headwater.impact(shop, ["stg_orders.status"])
    for touched in answer.columns:
        print(touched.ref, touched.effect)

Every answer is a frozen dataclass with a ``report()`` that `headwater.render.render` turns into a
table, json, markdown and so on. ``shop.graph`` is the graph itself: ``shop.graph.to_networkx()``.
Errors are subclasses of `headwater.core.errors.HeadwaterError`.
"""

# ruff: noqa: PLC0415 - `import headwater` must cost nothing; each function imports what it needs

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headwater._version import __version__

if TYPE_CHECKING:
    from datetime import date, datetime

    from headwater.pipeline import Loaded
    from headwater.questions.check import Check
    from headwater.questions.columns import Columns
    from headwater.questions.coverage import Coverage
    from headwater.questions.diff import Diff
    from headwater.questions.freshness import Freshness
    from headwater.questions.impact import Impact
    from headwater.questions.impact_change import ImpactChange
    from headwater.questions.pii import Pii
    from headwater.questions.runs import Runs
    from headwater.questions.trace import Trace
    from headwater.questions.unused import Unused
    from headwater.questions.verify import Verify

__all__ = [
    "__version__",
    "check",
    "columns",
    "coverage",
    "diff",
    "freshness",
    "impact",
    "impact_change",
    "load",
    "pii",
    "runs",
    "trace",
    "unused",
    "verify",
]


def load(
    project_dir: str | Path | None = None,
    *,
    target_path: str | Path | None = None,
    manifest: str | Path | None = None,
    catalog: str | Path | None = None,
    use_cache: bool = True,
) -> Loaded:
    """A dbt project, understood: ``.project`` is what dbt told, ``.graph`` the column graph.

    Artifacts are found as dbt finds them, unless named. *Raises*: `ArtifactError`.
    """
    from headwater.artifacts.paths import Wanted, find_artifacts
    from headwater.pipeline import LoadOptions
    from headwater.pipeline import load as load_artifacts

    named = (None if p is None else Path(p) for p in (project_dir, target_path, manifest, catalog))
    return load_artifacts(find_artifacts(Wanted(*named)), LoadOptions(use_cache=use_cache))


def impact(
    loaded: Loaded,
    names: Sequence[str],
    *,
    depth: int | None = None,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Impact:
    """Everything downstream of models, columns or selections, and how it feels them."""
    from headwater.questions.impact import impact as answer

    return answer(loaded, names, depth=depth, select=select, exclude=exclude)


def diff(base: Loaded, head: Loaded, *, force: bool = False) -> Diff:
    """Every edited node on three axes, and what feels it downstream.

    *Raises*: `UsageError` when they are of different projects or adapters, unless ``force``.
    """
    from headwater.questions.diff import diff as answer

    return answer(base, head, force=force)


def check(
    head: Loaded,
    base: Loaded | None = None,
    *,
    policy: Mapping[str, Any],
    today: date,
    known: Collection[str] = (),
) -> Check:
    """The change from ``base`` to ``head`` (or ``head`` as it is) held against a policy.

    ``policy`` is the content of a ``lineage.yml``; ``known`` are fingerprints that do not count.
    *Raises*: `PolicyError`, `UsageError`.
    """
    from headwater.questions.check import Terms
    from headwater.questions.check import check as answer
    from headwater.questions.diff import diff as difference
    from headwater.questions.policy_parse import parse_policy

    terms = Terms(parse_policy(policy, "the policy"), today, frozenset(known))
    return answer(head, None if base is None else difference(base, head), terms)


def pii(loaded: Loaded, *, policy: Mapping[str, Any] | None = None, today: date) -> Pii:
    """Where personal data goes, what is left of it, and what is wrong with that.

    ``policy`` is the content of a ``lineage.yml``; its section ``pii`` counts.
    *Raises*: `PolicyError`.
    """
    from headwater.questions.pii import PiiTerms
    from headwater.questions.pii import pii as answer
    from headwater.questions.pii_rules import parse_pii

    return answer(loaded, PiiTerms(parse_pii(policy, "the policy"), today), loaded.lineages)


def impact_change(
    loaded: Loaded, names: Sequence[str], change: str, *, to: str = ""
) -> ImpactChange:
    """What would break or change downstream: ``change`` is drop, rename, type, logic or rows.

    *Raises*: `NotFound`, `Ambiguous`, `SelectionError`, `UsageError`.
    """
    from headwater.questions.impact_change import impact_change as answer

    return answer(loaded, names, change, to=to)


def unused(loaded: Loaded, nodes: Collection[str] | None = None, *, ends: bool = False) -> Unused:
    """The columns that nothing downstream reads, and what dropping them would save."""
    from headwater.questions.unused import unused as answer

    return answer(loaded, nodes, ends=ends)


def freshness(
    loaded: Loaded,
    target: str | Path,
    now: datetime,
    *,
    history: Sequence[str | Path] = (),
    calendars: Mapping[str, str | Path] | None = None,
) -> Freshness:
    """What is stale at a moment, since when, and whose fault.

    ``target`` is the folder with ``sources.json`` and ``run_results.json``, ``history`` folders of
    earlier ones or exported run logs, ``calendars`` files of holidays by the names that promises
    give them. Results older than a day are never called fresh. *Raises*: `ArtifactError`,
    `SlaError`.
    """
    from headwater.artifacts.observed import observed_in, read_holidays
    from headwater.questions.freshness import freshness as answer

    holidays = {name: read_holidays(Path(file)) for name, file in (calendars or {}).items()}
    seen = observed_in(Path(target), holidays, tuple(map(Path, history)))
    return answer(loaded, seen, now)


def runs(
    loaded: Loaded, target: str | Path, *, history: Sequence[str | Path] = (), run: str = ""
) -> Runs:
    """What failed in the last run, or in the one of an id, why, what took long, what to run again.

    ``target`` and ``history`` as for `freshness`. *Raises*: `ArtifactError`, `NotFound`.
    """
    from headwater.artifacts.run_history import all_runs
    from headwater.questions.runs import runs as answer

    known, is_last, _ = all_runs(Path(target), tuple(map(Path, history)))
    return answer(loaded, known, run, is_last=is_last)


def trace(loaded: Loaded, name: str, *, depth: int | None = None, rows: bool = False) -> Trace:
    """Everything a column is made of, step by step, with the SQL that makes it so."""
    from headwater.questions.trace import trace as answer

    return answer(loaded, name, depth=depth, rows=rows)


def columns(loaded: Loaded, name: str) -> Columns:
    """The columns of a node with their direct sources."""
    from headwater.questions.columns import columns as answer

    return answer(loaded, name)


def coverage(loaded: Loaded, nodes: Iterable[str] | None = None) -> Coverage:
    """What could not be seen, and why."""
    from headwater.questions.coverage import coverage as answer

    return answer(loaded, nodes)


def verify(
    loaded: Loaded,
    names: Sequence[str] = (),
    *,
    data: str | Path | None = None,
    seconds: float = 20.0,
    seed: int = 0,
) -> Verify:
    """The graph held against an experiment with the named models, or with all of them.

    Rows are made up, or taken from the DuckDB database ``data``. *Raises*: `UsageError` without
    DuckDB (``dbt-headwater[verify]``).
    """
    from headwater.experiment.trying import Effort, try_nodes
    from headwater.questions.verify import nodes_to_verify
    from headwater.questions.verify import verify as answer

    nodes = nodes_to_verify(loaded, names, every=not names)
    effort = Effort(seconds, seed=seed, data=None if data is None else Path(data))
    return answer(loaded, try_nodes(loaded.project, loaded.graph, nodes, effort))
