"""ORDER BY, LIMIT and samples in canonical terms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.sql.canonical_scope import Block, Frame, Item
from headwater.sql.canonical_values import Values
from headwater.sql.terms import Term, term

if TYPE_CHECKING:
    from headwater.sql.canonical_queries import Canon


@contextmanager
def aliases_count(values: Values) -> Iterator[None]:
    """Inside, the aliases of the select list count as names."""
    before = values.aliases_count
    values.aliases_count = True
    try:
        yield
    finally:
        values.aliases_count = before


def sampled(node: exp.Expr, values: Values, rows: Term) -> Term:
    """The rows after TABLESAMPLE."""
    sample = node.args.get("sample")
    return rows if sample is None else term("sample", rows, values.parts(sample))


def order_terms(canon: Canon, node: exp.Expr, values: Values, block: Block) -> list[Term]:
    """The keys of ORDER BY; a name or a number of the select list stands for its value."""
    order = node.args.get("order")
    found = []
    for each in order.expressions if order is not None else ():
        key = each.this if isinstance(each, exp.Ordered) else each
        at = _position_of(canon, key, values, block)
        if at is None and _is_all(key):
            found += [term("asc", value) for value in block.everything()]
            found.append(values.parts(each))  # its direction
        elif at is None:
            with aliases_count(values):
                found.append(values.ordered(each))
        else:
            nulls = "first" if each.args.get("nulls_first") else "last"
            way = "desc" if each.args.get("desc") else "asc"
            found.append(term(f"{way} {nulls}", block.values[at]))
    return found


def _is_all(key: exp.Expr) -> bool:
    return isinstance(key, (exp.Column, exp.Var)) and key.name.lower() == "all"


def _position_of(canon: Canon, key: exp.Expr, values: Values, block: Block) -> int | None:
    """The output column that a sort key names, by position or by name."""
    if isinstance(key, exp.Literal) and not key.is_string and key.name.isdigit():
        at = int(key.name) - 1
        return at if at < len(block.values) else None
    if isinstance(key, exp.Column) and not key.table and isinstance(key.this, exp.Identifier):
        keys = canon.keys(block.names)
        wanted = values.key(key.this)
        return keys.index(wanted) if wanted in keys else None
    return None


def sort_block(canon: Canon, node: exp.Expr, values: Values, block: Block) -> None:
    """ORDER BY and LIMIT of a SELECT or a set operation."""
    keys = order_terms(canon, node, values, block)
    for clause in ("sort", "cluster", "distribute"):
        if node.args.get(clause) is not None:
            keys += [values.of(k) for k in node.args[clause].expressions]
    if keys:
        block.order = term("sorted", *keys)
    limit, offset = node.args.get("limit"), node.args.get("offset")
    if limit is None and offset is None:
        return
    parts = [values.parts(part) for part in (limit, offset) if part is not None]
    order = block.order or term("unordered")
    block.rows = term("limit", block.rows, order, *parts)
    count = limit.args.get("expression") if limit is not None else None
    if isinstance(count, exp.Literal) and count.name == "1":
        block.unique = [frozenset()]


def ordered_block(
    canon: Canon,
    node: exp.Expr,
    block: Block,
    ctes: dict[str, Block],
    place: tuple[Frame | None, int],
) -> Block:
    """ORDER BY and LIMIT around a set operation or a parenthesis."""
    if not any(node.args.get(k) for k in ("order", "limit", "offset", "sample")):
        return block
    frame = Frame(ctes, *place)
    frame.rows, frame.order = block.rows, block.order
    frame.items = [Item("", (), canon.keys(block.names), block)]
    values = Values(canon, frame)
    block.rows = sampled(node, values, block.rows)
    sort_block(canon, node, values, block)
    return block
