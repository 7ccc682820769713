"""Parsing many nodes: in this process, or in several when there is enough to do.

What several processes need is imported when there are several: most loads have one.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.cache.codec import pack_lineage, unpack_lineage
from headwater.core.edges import Gap, GapReason, NodeLineage
from headwater.core.relations import SqlContext

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

Task = tuple[str, SqlContext]
ParseNode = Callable[[str, SqlContext], NodeLineage]

#: Characters of SQL in one batch above which processes pay for their start and their messages.
PAYS_ABOVE = 250_000
MOST_JOBS = 8
_COLLECT_EVERY = 30_000  #: characters of SQL; syntax trees are cycles, about 150 times their text
_CHUNK = 60_000  #: characters of SQL sent to a process at a time


@dataclass(slots=True)
class Workers:
    """Parses batches of tasks; ``jobs`` 0 decides by the amount of work, 1 stays in this process.

    To be closed. A task on which a process dies gets a gap; the others are done again.
    """

    parse: ParseNode
    jobs: int = 0
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)

    def parse_many(self, tasks: list[Task]) -> list[NodeLineage]:
        """The lineages of the tasks, in their order."""
        if self._count(tasks) < 2:
            return parse_serially(self.parse, tasks)
        from concurrent.futures.process import BrokenProcessPool

        chunks = list(_chunks(tasks))
        try:
            pool = self._pool = self._pool or _new_pool(self._count(tasks))
            futures: list[Future[list[bytes]]] = [
                pool.submit(_parse_packed, self.parse, chunk) for chunk in chunks
            ]
        except (OSError, BrokenProcessPool):  # no processes to be had here
            self.close()
            self.jobs = 1
            return parse_serially(self.parse, tasks)
        return [
            lineage
            for chunk, future in zip(chunks, futures, strict=True)
            for lineage in self._result(chunk, future)
        ]

    def close(self) -> None:
        """Let the processes go."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _count(self, tasks: list[Task]) -> int:
        if self.jobs:
            return min(self.jobs, len(tasks))
        pays = sum(len(sql) for sql, _ in tasks) > PAYS_ABOVE
        return min(_cores(), MOST_JOBS) if pays and _can_fork() else 1

    def _result(self, chunk: list[Task], future: Future[list[bytes]]) -> list[NodeLineage]:
        from concurrent.futures.process import BrokenProcessPool

        try:
            return [unpack_lineage(data) for data in future.result()]
        except BrokenProcessPool:
            self.close()
            return _alone(self.parse, chunk)


def parse_serially(parse: ParseNode, tasks: list[Task]) -> list[NodeLineage]:
    """The lineages of the tasks, in their order, without other processes.

    Python's collector is stopped and called by hand: left alone it walks half-built syntax trees
    over and over (a quarter of the time), and never called it keeps them all.
    """
    found, since = [], 0
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        for sql, context in tasks:
            found.append(_guarded(parse, sql, context))
            since += len(sql)
            if since > _COLLECT_EVERY:
                since = 0
                gc.collect(0)
    finally:
        if was_enabled:
            gc.enable()
    return found


def _guarded(parse: ParseNode, sql: str, context: SqlContext) -> NodeLineage:
    try:
        return parse(sql, context)
    except Exception as error:  # a bug in the walk costs one node, not the answer
        return failed(context.node, f"{type(error).__name__}: {error}")


def failed(node: str, detail: str) -> NodeLineage:
    """The lineage of a node on which the walk itself failed."""
    return NodeLineage(node, gaps=(Gap(node, None, GapReason.INTERNAL, detail),))


def _parse_packed(parse: ParseNode, tasks: list[Task]) -> list[bytes]:
    return [pack_lineage(lineage) for lineage in parse_serially(parse, tasks)]


def _alone(parse: ParseNode, tasks: list[Task]) -> list[NodeLineage]:
    """Tasks of which one ended its process: halved until that one is found."""
    from concurrent.futures.process import BrokenProcessPool

    pool = _new_pool(1)
    try:
        return [unpack_lineage(d) for d in pool.submit(_parse_packed, parse, tasks).result()]
    except BrokenProcessPool:
        if len(tasks) == 1:
            return [failed(tasks[0][1].node, "the process that parsed it ended")]
    finally:
        pool.shutdown(wait=False)
    half = len(tasks) // 2
    return [*_alone(parse, tasks[:half]), *_alone(parse, tasks[half:])]


def _chunks(tasks: list[Task]) -> Iterator[list[Task]]:
    chunk: list[Task] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += len(task[0])
        if size > _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _new_pool(count: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context: BaseContext = get_context("fork" if _can_fork() else "spawn")
    return ProcessPoolExecutor(count, mp_context=context, initializer=gc.freeze)


def _can_fork() -> bool:
    """Whether a fork is at hand and safe: on Linux, while no other thread may hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
