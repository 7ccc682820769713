"""Canonical terms: what SQL means, without how it was written. Equal keys mean equal meaning.

A term is an operator and its arguments. Sources are named by *labels* (``0|model.shop.orders#0``:
depth of the scope, what is read, which of several), never by aliases, so that names of tables and
CTEs do not count. Arguments of operators for which order does not count are sorted. Terms share
their parts, so a chain of CTEs that use each other twice stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from headwater.core.edges import Span

NOWHERE = Span(-1, -1)
_NONE: frozenset[str] = frozenset()
#: The order of their arguments does not count; of SETS a repeated argument does not either.
_SETS = frozenset({"and", "or", "conj", "keys", "set"})
SORTED = _SETS | {"eq", "neq", "mul", "add", "items", "branches", "bag"}


class Term:
    """One operator with its arguments. ``span`` and ``text`` tell where it stands; no key."""

    __slots__ = ("args", "height", "key", "labels", "op", "span", "text")

    def __init__(self, op: str, args: tuple[Term, ...], labels: frozenset[str]) -> None:
        self.op = op
        self.args = args
        self.labels = labels
        heights: list[int] = [arg.height for arg in args]
        self.height: int = max(heights, default=0) + (op == "closed")
        digest = blake2b(op.encode("utf-8", "surrogatepass"), digest_size=16)
        digest.update(b"\0")
        for arg in args:
            digest.update(arg.key)
        self.key: bytes = digest.digest()
        self.span = NOWHERE
        self.text = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"{self.op}({', '.join(map(repr, self.args))})" if self.args else self.op

    def located(self, span: Span, text: str) -> Term:
        """The same term, standing there."""
        copy = Term.__new__(Term)
        for name in ("op", "args", "labels", "height", "key"):
            setattr(copy, name, getattr(self, name))
        copy.span, copy.text = span, text
        return copy


def term(op: str, *args: Term) -> Term:
    """The term; the arguments in canonical order where order does not count."""
    found: Iterable[Term] = args
    if op in SORTED:
        kept = {arg.key: arg for arg in reversed(args)}.values() if op in _SETS else args
        found = sorted(kept, key=lambda arg: arg.key)
        args = tuple(found)
    labels = _NONE.union(*[arg.labels for arg in args]) if args else _NONE
    return Term(op, args, labels)


def label_term(label: str) -> Term:
    """A source by its label; a bound one (``!``) is out of everybody's reach."""
    return Term(f"@{label}", (), _NONE if label.startswith("!") else frozenset({label}))


def relabelled(
    found: Term, mapping: Mapping[str, str], memo: dict[bytes, Term] | None = None
) -> Term:
    """The term with other labels."""
    if found.labels.isdisjoint(mapping):
        return found
    memo = {} if memo is None else memo
    done = memo.get(found.key)
    if done is None:
        if found.op.startswith("@"):
            done = label_term(mapping[found.op[1:]])
        else:
            done = term(found.op, *[relabelled(arg, mapping, memo) for arg in found.args])
        memo[found.key] = done
    return done.located(found.span, found.text)


def closing(labels: Iterable[str], *terms: Term) -> tuple[Term, ...]:
    """The terms, each by itself, with these labels bound: nothing outside can mean them any more.

    Bound labels carry the height of their binder, so that no label of another scope is caught.
    """
    own = tuple(labels)
    return tuple(_closed(own, each) for each in terms)


def _closed(labels: tuple[str, ...], found: Term) -> Term:
    mapping = {label: f"!{found.height + 1}|{label.partition('|')[2]}" for label in labels}
    return term("closed", relabelled(found, mapping)).located(found.span, found.text)


def opened(found: Term) -> Term:
    """What is inside a closed term, for comparing it part by part."""
    return found.args[0] if found.op == "closed" else found


def walk(found: Term) -> Iterator[Term]:
    """Every distinct term inside, itself first."""
    seen: set[bytes] = set()
    stack = [found]
    while stack:
        each = stack.pop()
        if each.key not in seen:
            seen.add(each.key)
            yield each
            stack.extend(each.args)


# -- rows: relational operators, normalised as they are made -------------------------------------


def joined(items: Iterable[Term], conditions: Iterable[Term]) -> Term:
    """Inner joins and filters: a bag of sources and a set of conditions, in no order."""
    all_items: list[Term] = []
    all_conditions: list[Term] = list(conditions)
    for item in items:
        if item.op == "inner":
            all_items += item.args[0].args
            all_conditions += item.args[1].args
        else:
            all_items.append(item)
    kept = [c for c in all_conditions if c.op != "true"]
    if len(all_items) == 1 and not kept:
        return all_items[0]
    return term("inner", term("items", *all_items), term("conj", *kept))


def filtered(rows: Term, conditions: Iterable[Term]) -> Term:
    """The rows that fulfil every condition."""
    return joined((rows,), conditions)


def left_joined(left: Term, right: Term, conditions: Iterable[Term]) -> Term:
    """A left join; what filters its right side alone is a part of its condition."""
    found = list(conditions)
    if right.op == "inner":
        found += right.args[1].args
        right = joined(right.args[0].args, ())
    return term("left", left, right, term("conj", *[c for c in found if c.op != "true"]))


def conjuncts(found: Term) -> tuple[Term, ...]:
    """The conditions that must all hold."""
    return found.args if found.op == "and" else (found,)
