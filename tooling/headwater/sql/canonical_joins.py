"""Joins in canonical terms: how sources meet, and what an outer join does to their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.sql.canonical_scope import Item, Unseen
from headwater.sql.terms import Term, joined, left_joined, term

if TYPE_CHECKING:
    from headwater.sql.canonical_queries import Canon
    from headwater.sql.canonical_values import Values

_INNER = frozenset({"", "INNER", "CROSS", "STRAIGHT"})


def read_join(canon: Canon, values: Values, join: exp.Expr, rows: Term) -> Term:
    """The rows after one JOIN; its item is added to the frame."""
    frame = values.frame
    side = str(join.args.get("side") or "").upper()
    kind = str(join.args.get("kind") or "").upper()
    method = str(join.args.get("method") or "").upper()
    if kind == "ARRAY" or join.args.get("pivots") or join.args.get("expressions"):
        raise Unseen("an array join")
    if isinstance(join.this, exp.Lateral) or (
        isinstance(join.this, exp.Unnest) and side in ("", "LEFT")
    ):
        return expanded(canon, values, join.this, rows, join)
    before = len(frame.items)
    known = list(frame.unique)
    right = canon.item(values, join.this)
    frame.unique = known
    keys = [values.key(u) for u in join.args.get("using") or ()]
    if method == "NATURAL":
        keys = _natural(values, before)
    conditions = _using(values, keys, before)
    if join.args.get("on") is not None:
        conditions += values.conditions(join.args["on"])
    if kind in ("SEMI", "ANTI") or side in ("SEMI", "ANTI"):
        way = kind if kind in ("SEMI", "ANTI") else side
        del frame.items[before:]
        return term(way.lower(), rows, *left_joined(rows, right, conditions).args[1:])
    if method not in ("", "NATURAL", "HASH", "MERGE", "LOOP") or join.args.get("match_condition"):
        rows = _special(values, join, (rows, right), (before, conditions))
    elif frame.own([right]) - {lb for i in frame.items[before:] for lb in i.block.labels}:
        rows = _lateral(frame.items[before:], (rows, right), (side, conditions))
    else:
        rows = _met(values, (side, kind), (rows, right), (before, conditions))
    _merge(values, keys, before, side)
    return rows


def _met(
    values: Values, how: tuple[str, str], sides: tuple[Term, Term], rest: tuple[int, list[Term]]
) -> Term:
    """An inner, left, right or full join of two sets of rows."""
    frame, (side, kind), (rows, right), (before, conditions) = values.frame, how, sides, rest
    items = frame.items[before:]
    alone = _matches_one(items, conditions)
    if side == "LEFT":
        matched = term("matched", *left_joined(rows, right, conditions).args[1:])
        for item in items:
            item.wrapped(matched)
        if alone:
            return rows
        frame.unique = []
        return left_joined(rows, right, conditions)
    if side == "RIGHT":
        matched = term("matched", *left_joined(right, rows, conditions).args[1:])
        _wrap_before(values, before, matched)
        frame.unique = []
        return left_joined(right, rows, conditions)
    if side == "FULL":
        conj = term("conj", *conditions)
        for item in items:
            item.wrapped(term("matched", right, conj))
        _wrap_before(values, before, term("matched", rows, conj))
        frame.unique = []
        return term("full", rows, right, conj)
    if kind not in _INNER and kind != "OUTER":
        raise Unseen(f"a {kind.lower()} join")
    if not alone:
        frame.unique = []
    return joined((rows, right), conditions)


def _wrap_before(values: Values, before: int, matched: Term) -> None:
    for item in values.frame.items[:before]:
        item.wrapped(matched)
    merged = values.frame.merged
    for key, (name, value) in merged.items():
        merged[key] = (name, term("null", value, matched))


def _matches_one(items: list[Item], conditions: list[Term]) -> bool:
    """Whether at most one row of the new item fits any row before it."""
    if len(items) != 1:
        return False
    block = items[0].block
    own = set(block.labels)
    fixed: set[Term] = set()
    for condition in conditions:
        if condition.op != "eq" or len(condition.args) != 2:
            continue
        for mine, other in (condition.args, condition.args[::-1]):
            if mine.labels and mine.labels <= own and not (other.labels & own):
                fixed.add(mine)
    return any(unique <= fixed for unique in block.unique)


def _special(
    values: Values, join: exp.Expr, sides: tuple[Term, Term], rest: tuple[int, list[Term]]
) -> Term:
    """ASOF, positional and other joins: which row is met depends on all of it."""
    before, conditions = rest
    words = [str(join.args.get(k) or "").lower() for k in ("method", "side", "kind")]
    match = join.args.get("match_condition")
    more = [values.of(match)] if match is not None else []
    found = term(" ".join(["join", *words]), *sides, term("conj", *conditions), *more)
    for item in values.frame.items[before:]:
        item.wrapped(term("matched", found))
    values.frame.unique = []
    return found


def _lateral(items: list[Item], sides: tuple[Term, Term], how: tuple[str, list[Term]]) -> Term:
    side, conditions = how
    conj = term("conj", *conditions)
    if side == "LEFT":
        for item in items:
            item.wrapped(term("matched", sides[1], conj))
    return term(f"lateral {side.lower()}", *sides, conj)


def expanded(
    canon: Canon, values: Values, item: exp.Expr, rows: Term, join: exp.Expr | None = None
) -> Term:
    """``lateral view``, ``cross join unnest(…)``, ``lateral flatten(…)``, ``cross apply (…)``."""
    before = len(values.frame.items)
    known = list(values.frame.unique)
    right = canon.item(values, item)
    values.frame.unique = known if not before else []
    conditions: list[Term] = []
    side = ""
    if join is not None:
        side = str(join.args.get("side") or "").upper()
        if join.args.get("on") is not None:
            conditions = values.conditions(join.args["on"])
        if join.args.get("using"):
            raise Unseen("USING with a lateral join")
    if str(item.args.get("cross_apply")) == "False":  # outer apply
        side = "LEFT"
    return _lateral(values.frame.items[before:], (rows, right), (side, conditions))


def _natural(values: Values, before: int) -> list[str]:
    items = values.frame.items
    if any(item.block.opens for item in items):
        raise Unseen("a natural join over unknown columns")
    left = {key for item in items[:before] for key in item.keys}
    return [key for item in items[before:] for key in item.keys if key in left]


def _using(values: Values, keys: list[str], before: int) -> list[Term]:
    """The conditions of USING."""
    frame = values.frame
    found = []
    for key in keys:
        left = frame.merged[key][1] if key in frame.merged else _pick(frame.items[:before], key)
        right = _pick(frame.items[before:], key)
        found.append(term("eq", left, right).located(left.span, f"using ({key})"))
    return found


def _merge(values: Values, keys: list[str], before: int, side: str) -> None:
    """Offer the columns of USING once."""
    frame = values.frame
    for key in keys:
        left = frame.merged[key][1] if key in frame.merged else _pick(frame.items[:before], key)
        right = _pick(frame.items[before:], key)
        visible = right if side == "RIGHT" else left
        if side == "FULL":
            visible = term("coalesce", left, right)
        frame.merged[key] = (key, visible)
        frame.hidden |= {(position, key) for position in range(len(frame.items))}


def _pick(items: list[Item], key: str) -> Term:
    for item in items:
        found = item.named(key)
        if found:
            return found[0]
    for item in items:
        found = item.unlisted(key)
        if found:
            return found[0]
    raise Unseen("USING a column that is not known")
