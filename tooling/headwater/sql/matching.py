"""MATCH_RECOGNIZE: rows matched against a pattern, measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import Effect
from headwater.sql.flows import Steer, merge_steer
from headwater.sql.relations import Rel
from headwater.sql.scope import Offer, Scope

if TYPE_CHECKING:
    from headwater.sql.walk import Walk


def match_recognize(walk: Walk, scope: Scope, match: exp.Expr, rows: Steer) -> None:
    """Replace the last item of FROM by what its MATCH_RECOGNIZE clause makes of it."""
    last = scope.offers[-1]
    pattern = str(match.args.get("pattern") or "")
    variables = {w.strip("()+*?{},|$^").lower() for w in pattern.split()}
    variables |= {d.alias.lower() for d in match.args.get("define") or ()}
    around = Scope(scope.ctes, None, [Offer(v, (), last.rel) for v in sorted(variables) if v])
    inner = Scope(scope.ctes, around, [last])
    shaped: Steer = dict(last.rel.rows)
    partition = list(match.args.get("partition_by") or ())
    for key in partition:
        walk.steer(inner, key, int(Effect.GROUP_BY), shaped)
    if match.args.get("order") is not None:
        walk.steer(inner, match.args["order"], int(Effect.SORT), shaped)
    for define in match.args.get("define") or ():
        walk.steer(inner, define.this, int(Effect.FILTER), shaped)
    rel = Rel([], [], shaped)
    whole = "ALL ROWS" in str(match.args.get("rows") or "").upper()
    kept = last.rel.names if whole else [p.name for p in partition]
    for name in kept:
        col = last.rel.lookup(name) or last.rel.lookup_open(name)
        if col is not None:
            rel.names.append(name)
            rel.cols.append(col)
    if whole and last.rel.is_open:
        rel.opens = [(last.rel, frozenset(n.lower() for n in rel.names))]
    for measure in match.args.get("measures") or ():
        inside = measure.this if isinstance(measure, exp.MatchRecognizeMeasure) else measure
        rel.names.append(inside.alias_or_name)
        rel.cols.append(walk.value(inner, inside))
    scope.offers[-1] = Offer(match.alias.lower() or last.alias, (), rel)
    merge_steer(rows, shaped)
