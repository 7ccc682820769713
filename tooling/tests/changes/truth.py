"""The declared truth of a pair, held against what execution showed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from .execution import Seen, observe
from .pair_files import Pair, Part

KINDS = (
    "removed", "renamed", "added", "type", "nullability", "column order", "rows", "grain", "value",
    "row order", "unknown", "full refresh needed", "column silently ignored", "relation dropped",
    "run fails", "built another way", "none",
)  # fmt: skip
VERDICTS = ("breaks", "rows", "value", "shape", "untouched", "unknown")
SHAPED = {"removed", "renamed", "added", "column order", "shape"}


@dataclass(frozen=True, slots=True)
class Said:
    """One line of truth: of ``node.column`` (or of the node) a word is true, or may be said."""

    node: str
    column: str
    word: str
    to: str = ""
    may: bool = False


@dataclass
class Truth:
    """What is true of a node: words about the whole of it, and by column."""

    whole: set[str] = field(default_factory=set)
    columns: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    optional: set[str] = field(default_factory=set)


def said(line: str, nodes: set[str], words: tuple[str, ...]) -> Said:
    """A line as written. *Raises*: ValueError for a word or a node that there is not."""
    text, may = line.removesuffix("?"), line.endswith("?")
    place, _, rest = text.partition(" ")
    word = next((w for w in sorted(words, key=len, reverse=True)
                 if rest == w or rest.startswith(w + " ")), None)  # fmt: skip
    if word is None:
        raise ValueError(f"no such word: {line!r}")
    to = rest.removeprefix(word).strip()
    node, column = place, ""
    if place not in nodes:
        node, _, column = place.rpartition(".")
    if node not in nodes:
        raise ValueError(f"no such node: {line!r}")
    return Said(node, column.strip('"').lower(), word, to.lower(), may)


def nodes_of(pair: Pair) -> set[str]:
    """The names of everything on either side."""
    sides = (pair.side("base"), pair.side("head"))
    named = {name_of(kind, name) for side in sides for kind, name in side
             if kind not in ("declared", "macro", "raw")}  # fmt: skip
    return named | {semantic(part) for side in sides for part in side.values()
                    if part.kind == "metric"}  # fmt: skip


def semantic(part: Part) -> str:
    """The name of the semantic model under a metric."""
    return f"semantic_model.{part.words.split()[2].rpartition('.')[0]}"


def name_of(kind: str, name: str) -> str:
    """How truth lines name it: a generic test as dbt does, ``not_null_orders_id``."""
    if kind == "test":
        words = name.split()
        return re.sub(r"\W+", "_", " ".join(words)).strip("_") if len(words) > 1 else name
    return name.split(maxsplit=1)[0]


def changes(pair: Pair) -> list[Said]:
    """What changed at its origin."""
    return [said(line, nodes_of(pair), KINDS) for line in pair.changes]


def felt(pair: Pair) -> list[Said]:
    """What is felt downstream."""
    return [said(line, nodes_of(pair), VERDICTS) for line in pair.felt]


def disagreements(pair: Pair) -> list[str]:
    """Where the declared truth is not what was seen; empty when all of it is right."""
    truths: dict[str, Truth] = defaultdict(Truth)
    origins = {each.node for each in changes(pair)}
    for each in (*changes(pair), *felt(pair)):
        truth = truths[each.node]
        if each.may:
            truth.optional.add(each.column or "*")
        elif each.column:
            truth.columns[each.column].add(each.word)
            if each.word == "renamed" and each.to:
                truth.columns[each.to].add("added")
        else:
            truth.whole.add(each.word)
    found: list[str] = []
    for name, seen in observe(pair).items():
        node = name_of("test", name) if len(name.split()) > 1 else name
        found += [f"{node}: {wrong}" for wrong in _wrong(truths[node], seen)]
        if node in origins and seen.runs:
            found += [f"{node}: {wrong}" for wrong in _wrong_types(truths[node], seen)]
    return found


def _wrong(truth: Truth, seen: Seen) -> Iterator[str]:
    if seen.broken or "breaks" in truth.whole:
        if bool(seen.broken) != ("breaks" in truth.whole):
            yield f"breaks: declared {'breaks' in truth.whole}, seen {seen.broken or 'no error'}"
        return
    if seen.skipped or not seen.runs:
        return
    moving = {c for c, words in truth.columns.items() if words & {"value", "type"}}
    yield from _wrong_shape(truth, seen)
    yield from _wrong_rows(truth, seen, moving | truth.optional)
    if "*" in truth.optional:
        return
    has_other_rows = bool(truth.whole & {"rows", "grain"})
    for column in seen.common:
        words = truth.columns.get(column, set())
        if column in truth.optional or "type" in words:
            continue
        if has_other_rows and "value" not in words:
            continue  # whether a row is the same row with another value cannot be told any more
        has_moved = seen.value_moved(column, moving | truth.optional)
        if has_moved != ("value" in words):
            yield f"{column}: declared {sorted(words) or 'untouched'}, value moved: {has_moved}"


def _wrong_types(truth: Truth, seen: Seen) -> Iterator[str]:
    told = {c for c, words in truth.columns.items() if "type" in words}
    for column in sorted(seen.types ^ told):
        if column in told or column not in truth.optional:
            yield f"{column}: type changed: {column in seen.types}, declared: {column in told}"


def _wrong_shape(truth: Truth, seen: Seen) -> Iterator[str]:
    gone = [c for c in seen.base_columns if c not in seen.head_columns]
    new = [c for c in seen.head_columns if c not in seen.base_columns]
    if "shape" in truth.whole:
        if seen.same_shape():
            yield "shape declared, and the columns are the same"
        return
    lost = {c for c, w in truth.columns.items() if w & {"removed", "renamed"}}
    added = {c for c, w in truth.columns.items() if "added" in w}
    if set(gone) != lost or set(new) != added:
        yield f"columns gone {gone}, new {new}; declared gone {sorted(lost)}, new {sorted(added)}"
    kept = [c for c in seen.head_columns if c in seen.base_columns]
    if (kept != seen.common) != ("column order" in truth.whole):
        yield f"column order: seen {seen.head_columns}"


def _wrong_rows(truth: Truth, seen: Seen, moving: set[str]) -> Iterator[str]:
    if "*" in truth.optional:
        return
    told = bool(truth.whole & {"rows", "grain"})
    if seen.rows_moved(moving) != told:
        yield f"rows: declared {told}, moved {not told}"
    elif not told and not moving and seen.same_shape():
        in_order = "row order" in truth.whole
        if in_order and not seen.order_moved():
            yield "row order declared, and the rows came in the same order"
