"""What a project promises about freshness: ``meta.sla``, dbt's ``freshness``, ``build_after``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from headwater.core.columns import kind_of, short_name
from headwater.core.errors import HeadwaterError
from headwater.core.project import Node, Project
from headwater.core.sla import Sla, SlaError, duration_words, is_zone, parse_duration, parse_sla

KINDS = frozenset({"source", "model", "snapshot", "exposure"})
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Promise:
    """What one node promises. ``warn`` and ``error`` are dbt's thresholds of age.

    ``build_after``: a node is to be built that long after its parents (``any`` of them, or ``all``)
    have new data.
    """

    sla: Sla | None = None
    warn: timedelta | None = None
    error: timedelta | None = None
    build_after: timedelta | None = None
    updates_on: str = "any"

    def __bool__(self) -> bool:
        """Whether anything is promised."""
        each = (self.sla, self.warn, self.error, self.build_after)
        return any(promise is not None for promise in each)  # a threshold of 0 is one, too

    @property
    def words(self) -> str:
        """``warn after 12h, error after 24h``; empty when nothing is promised."""
        said = [self.sla.words] if self.sla else []
        said += [f"warn after {duration_words(self.warn)}"] if self.warn is not None else []
        said += [f"error after {duration_words(self.error)}"] if self.error is not None else []
        if self.build_after is not None:
            said.append(f"built {duration_words(self.build_after)} after {self.updates_on} update")
        return ", ".join(said)


def promising(project: Project) -> list[Node]:
    """The nodes that can promise something; the others (many a test) are not even unpacked.

    A seed is a file and is as fresh as its author: it is among them when it promises something.
    """
    found = [project.nodes[name] for name in project.nodes if kind_of(name) in KINDS]
    seeds = [project.nodes[name] for name in project.nodes if kind_of(name) == "seed"]
    return found + [seed for seed in seeds if seed.meta.get("sla") is not None]


def promises(project: Project, calendars: Iterable[str] = ()) -> Mapping[str, Promise]:
    """The promise of every source, model, snapshot and exposure, and of seeds that have one, by id.

    *Raises*: `SlaError` that tells every declaration that cannot be read, with its file.
    """
    found: dict[str, Promise] = {}
    problems: list[tuple[Node, HeadwaterError]] = []
    known = set(calendars)
    for node in promising(project):
        try:
            found[node.id] = _promise(node)
            _check_calendar(found[node.id], known)
        except SlaError as error:
            problems.append((node, error))
    if problems:
        raise _all_of(problems)
    return found


def _promise(node: Node) -> Promise:
    freshness = node.extra.get("freshness")
    freshness = freshness if isinstance(freshness, Mapping) else {}
    after = freshness.get("build_after")
    after = after if isinstance(after, Mapping) else {}
    told = node.meta.get("sla")
    sla = None if told is None else parse_sla(told)
    if sla is not None and node.kind == "seed":
        sla = replace(sla, measure="build")  # a file has no age; when it was loaded is known
    return Promise(
        sla=sla,
        warn=_threshold(freshness.get("warn_after")),
        error=_threshold(freshness.get("error_after")),
        build_after=_threshold(after),
        updates_on=str(after.get("updates_on") or "any"),
    )


def _threshold(value: Any) -> timedelta | None:
    """dbt's ``{count, period}``; one without a count is none."""
    if not isinstance(value, Mapping) or value.get("count") is None:
        return None
    return parse_duration({"count": value["count"], "period": value.get("period")})


def _check_calendar(promise: Promise, known: set[str]) -> None:
    for calendar in promise.sla.calendars if promise.sla else ():
        if calendar not in known:
            hint = ("hint", f"give --calendar {calendar}=FILE")
            raise SlaError(f"no calendar '{calendar}'", hint)


def _all_of(problems: list[tuple[Node, HeadwaterError]]) -> SlaError:
    """One error for all: the first in full, the others by a line each."""
    node, error = problems[0]
    where = [("in", f"'{short_name(node.id)}' ({node.path})" if node.path else short_name(node.id))]
    others = [(short_name(other.id), problem.message) for other, problem in problems[1:_SHOWN]]
    more = len(problems) - _SHOWN
    rest = [("and", f"{more} more")] if more > 0 else []
    return SlaError(error.message, *where, *error.details, *others, *rest)


def owner_of(node: Node) -> Mapping[str, str]:
    """dbt's owner, else `meta.owner`: a source has no other."""
    said = node.meta.get("owner")
    if node.owner or not said:
        return node.owner
    if isinstance(said, Mapping):
        return {str(key): str(value) for key, value in said.items() if value is not None}
    names = said if isinstance(said, list | tuple) else [said]
    return {"name": ", ".join(map(str, names))}


def clock_of(node: Node, promise: Promise) -> str:
    """Whose clock counts: that of the promise, else the owner's (`tz`), else UTC."""
    told = promise.sla.tz if promise.sla is not None else "UTC"
    own = owner_of(node).get("tz", "")
    return own if told == "UTC" and own and is_zone(own) else told


def measure_of(sla: Sla | None) -> str:
    """What of a node counts: its data, or when it was built."""
    return sla.measure if sla is not None else "data"
