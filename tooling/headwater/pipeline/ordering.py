"""The order in which nodes can be understood: every node after what it depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def batches(parents: Mapping[str, Sequence[str]]) -> tuple[list[list[str]], frozenset[str]]:
    """Batches of node ids, each independent inside; and the ids that lie on a cycle.

    ``parents`` names what each node depends on; names that are not among its keys do not count.

    *Shape*: every id once; ids sorted inside a batch; the same batches for any order of
    ``parents``. A node without children is left for the last batch, so that most of a project
    (its tests) becomes one large piece of work. The nodes of a cycle, and nodes between two
    cycles, come together as one batch once nothing else can.
    """
    inner = {node: sorted({p for p in ps if p in parents}) for node, ps in parents.items()}
    children: dict[str, list[str]] = {node: [] for node in inner}
    for node in sorted(inner):
        for parent in inner[node]:
            children[parent].append(node)
    waiting = {node: len(inner[node]) for node in sorted(inner)}
    found: list[list[str]] = []
    cyclic: set[str] = set()
    ready = [node for node, count in waiting.items() if count == 0]
    while waiting:
        if not ready:
            ready = _stuck(waiting, children)
            cyclic.update(ready)
        for node in ready:
            del waiting[node]
        found.append(sorted(ready))
        ready = _released(ready, waiting, children)
    return _leaves_last(found, children), frozenset(cyclic)


def _released(
    done: Sequence[str], waiting: dict[str, int], children: Mapping[str, Sequence[str]]
) -> list[str]:
    released = []
    for node in done:
        for child in children[node]:
            if child in waiting:
                waiting[child] -= 1
                if waiting[child] == 0:
                    released.append(child)
    return released


def _stuck(waiting: Mapping[str, int], children: Mapping[str, Sequence[str]]) -> list[str]:
    """What is left after taking away, again and again, nodes on which nothing waiting depends."""
    alive = {node: sum(child in waiting for child in children[node]) for node in waiting}
    parents: dict[str, list[str]] = {node: [] for node in waiting}
    for node in waiting:
        for child in children[node]:
            if child in waiting:
                parents[child].append(node)
    free = [node for node, count in alive.items() if count == 0]
    while free:
        node = free.pop()
        del alive[node]
        for parent in parents[node]:
            if parent in alive:
                alive[parent] -= 1
                if alive[parent] == 0:
                    free.append(parent)
    return sorted(alive)


def _leaves_last(found: list[list[str]], children: Mapping[str, Sequence[str]]) -> list[list[str]]:
    inner = [[node for node in batch if children[node]] for batch in found]
    leaves = sorted(node for batch in found for node in batch if not children[node])
    return [batch for batch in (*inner, leaves) if batch]
