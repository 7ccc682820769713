"""Does a query have exactly one row, whatever its inputs hold?"""

from __future__ import annotations

from sqlglot import exp
from sqlglot.errors import SqlglotError

from headwater.sql.texts import statements_of

#: Clauses that can take the one row away, or make more of it.
_CUTS = ("where", "having", "qualify", "limit", "offset", "laterals", "connect", "match")


def has_one_row(sql: str, dialect: str) -> bool:
    """Whether the text is one query that always gives one row: an aggregate without GROUP BY.

    *Raises* nothing: of a text that cannot be parsed nothing is claimed.
    """
    try:
        statements = statements_of(sql, dialect or None)
    except (SqlglotError, RecursionError, ValueError):
        return False
    return len(statements) == 1 and _one(statements[0], {})


def _one(node: exp.Expr | None, known: dict[str, bool]) -> bool:
    """``known`` says of the CTEs in reach whether they have one row."""
    if isinstance(node, (exp.Subquery, exp.Paren)):
        return not node.args.get("pivots") and not _cut(node) and _one(node.this, known)
    if not isinstance(node, exp.Select):
        return False
    with_ = node.args.get("with_")
    if with_ is not None:
        if with_.args.get("recursive"):
            return False
        known = dict(known)
        for cte in with_.expressions:
            known[cte.alias.lower()] = _one(cte.this, known)
    if node.args.get("group") is not None or _expands(node):
        return False
    if any(_aggregates(item) for item in node.expressions):
        return not any(node.args.get(c) for c in ("having", "qualify", "limit", "offset"))
    return not _cut(node) and _reads_one(node, known)


def _cut(node: exp.Expr) -> bool:
    return any(node.args.get(clause) for clause in _CUTS)


def _reads_one(node: exp.Expr, known: dict[str, bool]) -> bool:
    """Whether everything in FROM has one row, joined with no condition."""
    from_ = node.args.get("from_")
    if from_ is None:
        return True
    joins = node.args.get("joins") or ()
    if any(j.args.get(k) for j in joins for k in ("on", "using", "side", "method")):
        return False
    return all(_item(item, known) for item in (from_.this, *(j.this for j in joins)))


def _item(item: exp.Expr, known: dict[str, bool]) -> bool:
    if item.args.get("joins") or item.args.get("laterals") or item.args.get("pivots"):
        return False
    if isinstance(item, exp.Table):
        plain = isinstance(item.this, exp.Identifier) and not item.args.get("db")
        return plain and not item.args.get("sample") and known.get(item.name.lower(), False)
    return isinstance(item, exp.Subquery) and _one(item, known)


def _aggregates(item: exp.Expr) -> bool:
    """Whether a select item holds an aggregate of this query: no window, no subquery's own."""
    work = [item]
    while work:
        node = work.pop()
        if isinstance(node, exp.Query):
            continue
        if isinstance(node, exp.Window):
            work.extend(_parts_of(node))
            continue
        if isinstance(node, exp.AggFunc):
            return True
        work.extend(node.iter_expressions())
    return False


def _parts_of(window: exp.Expr) -> list[exp.Expr]:
    """What stands inside a window but is not its own function, which aggregates nothing."""
    function = window.this
    parts = [part for part in window.iter_expressions() if part is not function]
    while isinstance(function, (exp.Filter, exp.IgnoreNulls, exp.RespectNulls, exp.WithinGroup)):
        wrapper, function = function, function.this
        parts += [part for part in wrapper.iter_expressions() if part is not function]
    return [*parts, *function.iter_expressions()]


def _expands(node: exp.Expr) -> bool:
    """Whether a select item may turn one row into several."""
    return any(
        item.find(exp.UDTF, exp.Explode, exp.GenerateSeries, exp.Anonymous)
        for item in node.expressions
    )
