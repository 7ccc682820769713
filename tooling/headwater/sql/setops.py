"""UNION, INTERSECT, EXCEPT: columns meet by position (or BY NAME); rows shape rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import Effect, GapReason
from headwater.sql.flows import CONDITIONAL, NOTHING, Col, Steer, merge_steer, steering, union
from headwater.sql.relations import Rel
from headwater.sql.scope import Scope

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

FILTER = int(Effect.FILTER)
GROUP_BY = int(Effect.GROUP_BY)


def fold_set_operation(walk: Walk, node: exp.Expr, scope: Scope) -> Rel:
    """Fold a chain of set operations; the left-deep chain is walked, not recursed into."""
    chain: list[exp.Expr] = []
    left: exp.Expr = node
    while isinstance(left, exp.SetOperation) and (left is node or _is_plain(left)):
        chain.append(left)
        left = left.this
    rel = walk.query(left, Scope(scope.ctes, scope.parent))
    run: list[Rel] = [rel]
    for operation in reversed(chain):
        right = walk.query(operation.args["expression"], Scope(scope.ctes, scope.parent))
        if _is_union_all(operation):
            run.append(right)
            if operation is not node and not operation.args.get("by_name"):
                continue
            rel, run = _together(walk, run, operation), []
            run.append(rel)
        else:
            rel = _together(walk, run, operation) if len(run) > 1 else run[0]
            rel = _combine(walk, rel, right, operation)
            run = [rel]
    return run[0] if len(run) == 1 else _together(walk, run, node)


def _is_plain(node: exp.Expr) -> bool:
    return not any(node.args.get(k) for k in ("with_", "order", "limit", "offset"))


def _is_union_all(node: exp.Expr) -> bool:
    return isinstance(node, exp.Union) and not node.args.get("distinct")


def _together(walk: Walk, rels: list[Rel], node: exp.Expr) -> Rel:
    """All branches stacked."""
    if len(rels) == 1:
        return rels[0]
    rows: Steer = {}
    for rel in rels:
        merge_steer(rows, rel.rows)
        walk.uses(rel.at(i) for i in range(len(rel.names)) if walk.strict)
    by_name = bool(node.args.get("by_name")) or any(r.is_open for r in rels)
    if not by_name:
        _same_width(walk, rels, node)
    if not by_name:
        first = rels[0]
        out = Rel(list(first.names), [], rows)
        out.cols = [
            union([r.at(i) if i < len(r.names) else (r.wild or NOTHING) for r in rels])
            for i in range(len(first.names))
        ]
        return out
    return _by_name(walk, rels, rows, node)


def _same_width(walk: Walk, rels: list[Rel], node: exp.Expr) -> None:
    """Refuse branches with different numbers of columns."""
    widths = sorted({len(r.names) for r in rels if r.wild is None})
    if len(widths) > 1:
        counts = " and ".join(map(str, widths))
        walk.refused(GapReason.COLUMN_COUNT, f"a {node.key} of {counts} columns")


def _by_name(walk: Walk, rels: list[Rel], rows: Steer, node: exp.Expr) -> Rel:
    names: dict[str, str] = {}
    for rel in rels:
        for name in rel.names:
            names.setdefault(name.lower(), name)
    out = Rel(list(names.values()), [], rows)
    for name in out.names:
        cols = [rel.lookup(name) or rel.lookup_open(name) for rel in rels]
        out.cols.append(union([c for c in cols if c is not None]))
    out.opens = [(rel, frozenset(names)) for rel in rels if rel.is_open]
    out.all_open = True
    if out.opens and not node.args.get("by_name"):
        walk.gap(
            GapReason.UNKNOWN_COLUMNS,
            "a set operation over relations with unknown columns is matched by name, not position",
        )
    return out


def _combine(walk: Walk, left: Rel, right: Rel, node: exp.Expr) -> Rel:
    """UNION DISTINCT, INTERSECT or EXCEPT of two relations."""
    rel = _together(walk, [left, right], node)
    is_except = isinstance(node, exp.Except)
    if is_except and not rel.is_open:
        rel.names = list(left.names)
        rel.cols = [
            _left_only(left.at(i), right.at(i) if i < len(right.names) else NOTHING)
            for i in range(len(left.names))
        ]
    keys: Steer = dict(rel.rows)
    effect = GROUP_BY if isinstance(node, exp.Union) else FILTER
    for side in (left, right):
        for i in range(len(side.names)):
            steering(side.at(i), effect, keys)
        if side.is_open:
            steering(side.star(), effect, keys)
    rel.rows = keys
    return rel


def _left_only(left: Col, right: Col) -> Col:
    """EXCEPT: the value is the left one; the right one decides whether it stays."""
    steer = dict(left.steer)
    steering(right, CONDITIONAL, steer)
    return Col(left.direct, steer, left.flags)
