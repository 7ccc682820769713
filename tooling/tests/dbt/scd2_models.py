"""What a history must be after a set of events: a short model of the materialization scd2."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from itertools import groupby

Key = tuple[int | None, str | None]


@dataclass(frozen=True)
class Event:
    """What was seen of one key at one time. `name` is checked, `note` is not, `tag` is of type 1."""

    key: Key
    at: int
    seq: int | None
    gone: bool
    name: str | None
    note: str | None
    tag: str | None
    extra: str | None = None


@dataclass(frozen=True)
class Version:
    """One row of the table; `until` is None while it stands."""

    key: Key
    since: int
    until: int | None
    gone: bool
    values: tuple[str | None, ...]


def history(events: Iterable[Event], deletes: str, *, extra: bool = False) -> list[Version]:
    """The versions of all keys, whatever the order and the number of times that events come."""
    rows: list[Version] = []
    seen = {e if extra else replace(e, extra=None) for e in events}
    ordered = sorted((e for e in seen if deletes != "ignore" or not e.gone), key=_place)
    for _, group in groupby(ordered, key=lambda e: _sorts(e.key)):
        rows += _of_one_key(list(group), deletes)
    return rows


def _of_one_key(events: list[Event], deletes: str) -> list[Version]:
    last = list({event.at: event for event in events}.values())
    steps: list[Event] = []
    before: Event | None = None
    for event in last:
        if before is None:
            changes = not event.gone
        elif event.gone or before.gone:
            changes = event.gone != before.gone
        else:
            changes = (event.name, event.extra) != (before.name, before.extra)
        steps += [event] if changes else []
        before = event
    there = [event for event in events if not event.gone]
    rows = []
    for place, event in enumerate(steps):
        if event.gone and deletes != "tombstone":
            continue
        until = steps[place + 1].at if place + 1 < len(steps) else None
        values = (event.name, event.note, there[-1].tag, event.extra)
        rows.append(Version(event.key, event.at, until, event.gone, values))
    return rows


def _place(event: Event) -> tuple[object, ...]:
    """By key and time; of equal times by sequence, deletions last, then by values."""
    seq = (event.seq is not None, event.seq or 0)
    own = (_last(event.name), _last(event.note), _last(event.extra), _last(event.tag))
    return (_sorts(event.key), event.at, seq, event.gone, own)


def _sorts(key: Key) -> tuple[object, ...]:
    return tuple((part is None, part if part is not None else 0) for part in key)


def _last(text: str | None) -> tuple[bool, bytes]:
    return (text is None, (text or "").encode())


def as_rows(versions: Iterable[Version]) -> list[tuple[object, ...]]:
    """In an order that does not depend on who wrote them."""
    return sorted((astuple(version) for version in versions), key=repr)
