"""What makes the rows of a query, as a bag of small facts that can be told in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from headwater.changes.same_value import leaves
from headwater.core.changes import NOWHERE, ChangeKind
from headwater.core.columns import short_name
from headwater.core.edges import Span
from headwater.sql.terms import SORTED, Term, opened, walk

_JOINS = {
    "left": "LEFT JOIN",
    "full": "FULL JOIN",
    "semi": "SEMI JOIN",
    "anti": "ANTI JOIN",
    "inner": "JOIN",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that decides which rows there are. ``key`` is what two facts are compared by.

    ``about`` pairs a fact of one side with the one of the other side that took its place.
    """

    what: str
    key: str
    about: str
    words: str
    span: Span = NOWHERE
    kind: ChangeKind = ChangeKind.ROWS


def facts_of(rows: Term) -> list[Fact]:
    """Every fact, wherever it stands: the inside of a CTE and of a union's branches too."""
    return list(_facts(rows, "inner"))


def _facts(rows: Term, how: str) -> Iterator[Fact]:
    rows = opened(rows)
    op = rows.op
    if op == "inner":
        for item in rows.args[0].args:
            yield from _facts(item, how)
        for condition in rows.args[1].args:
            yield _condition(condition, "condition")
    elif op in ("left", "full", "semi", "anti"):
        yield from _facts(rows.args[0], how if op == "left" else op)
        yield from _facts(rows.args[1], op)
        for condition in rows.args[2].args:
            yield _condition(
                condition, f"condition of the {_JOINS[op]} with {_names(rows.args[1])}"
            )
    elif op == "group":
        yield from _facts(rows.args[0], how)
        keys = rows.args[1].args
        words = ", ".join(sorted(_text(key) for key in keys)) or "nothing: one row"
        key = loose(rows.args[1])
        yield Fact("group", key, "group", words, _span(keys), ChangeKind.GRAIN)
    elif op == "union":
        for branch in rows.args[1].args:
            names = _names(branch)
            yield Fact("branch", names, names, names)
            yield from _facts(branch, "branch")
    elif op == "scan":
        name = _names(rows)
        yield Fact(f"source {how}", name, name, name)
    else:
        yield from _other(rows, how)


def one_row_joins(values: Iterable[Term]) -> list[Fact]:
    """The left joins that values came through, each source and condition once."""
    found: dict[tuple[str, str], Fact] = {}
    for each in (inner for value in values for inner in walk(value) if inner.op == "matched"):
        if len(each.args) != 2:
            continue
        facts = [*_facts(each.args[0], "left")]
        facts += [_condition(c, "condition") for c in each.args[1].args]
        for fact in facts:
            found.setdefault((fact.what, fact.key), fact)
    return list(found.values())


def _other(rows: Term, how: str) -> Iterator[Fact]:
    """LIMIT, EXCEPT, unnested arrays, and whatever else takes rows and gives rows."""
    own = [arg for arg in rows.args if not _is_rows(arg)]
    if rows.op.startswith(("except", "intersect")):
        own = list(rows.args[2:])  # the two sides are not alike
    key = "\0".join([rows.op, *[loose(arg) for arg in own]])
    words = rows.op.upper() if rows.op.islower() else rows.op
    kind = ChangeKind.UNKNOWN if rows.op == "pivot" else ChangeKind.ROWS
    yield Fact("other", key, rows.op, words, _span(own), kind)
    for arg in rows.args:
        if _is_rows(arg):
            yield from _facts(arg, how)


_ROW_OPS = frozenset(
    "inner left full semi anti group union scan limit sample expand final one call".split()
)


def _is_rows(found: Term) -> bool:
    op = opened(found).op
    return op in _ROW_OPS or op.partition(" ")[0] in ("lateral", "recursive", "except", "intersect",
                                                      "join", "first", "call")  # fmt: skip


def _condition(condition: Term, what: str) -> Fact:
    about = ",".join(sorted(leaf_columns(condition)))
    return Fact(what, loose(condition), f"{what} {about}", _text(condition), condition.span)


def leaf_columns(found: Term) -> frozenset[str]:
    """The columns of inputs that a term names."""
    names: set[str] = set()
    for each in walk(found):
        if each.op.startswith("col:") and each.args:
            source = each.args[0].op.partition("|")[2].rpartition("#")[0]
            names.add(f"{source}.{each.op[4:]}")
    return frozenset(names)


def _names(found: Term) -> str:
    return ", ".join(sorted(short_name(leaf) for leaf in leaves(found))) or "constants"


def _text(found: Term) -> str:
    if found.text:
        return found.text
    if found.op.startswith("col:"):
        return found.op[4:]
    inner = next((arg.text for arg in found.args if arg.text), "")
    return inner or found.op


def _span(terms: tuple[Term, ...] | list[Term]) -> Span:
    spans = [each.span for each in terms if each.span[0] >= 0]
    if not spans:
        return Span(-1, -1)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def loose(found: Term) -> str:
    """A key that does not tell in which scope a source stands: for words, never for proof."""
    memo: dict[bytes, str] = {}
    stack = [(found, False)]
    while stack:
        each, ready = stack.pop()
        if each.key in memo:
            continue
        if not ready:
            stack.append((each, True))
            stack.extend((arg, False) for arg in each.args)
            continue
        op = each.op.partition("|")[2] if each.op.startswith("@") else each.op
        parts = [memo[arg.key] for arg in each.args]
        parts = sorted(parts) if each.op in SORTED else parts
        text = "\0".join([op, *parts]) if op != "closed" else parts[0]
        memo[each.key] = blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()
    return memo[found.key]
