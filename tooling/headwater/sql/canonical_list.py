"""The select list in canonical terms: one output column after another, stars expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.sql.canonical_scope import Block, Open, Unseen
from headwater.sql.canonical_values import Values
from headwater.sql.output_names import output_name

if TYPE_CHECKING:
    from headwater.sql.canonical_queries import Canon


def project(canon: Canon, values: Values, node: exp.Expr, position: int, block: Block) -> None:
    """Add the column, or columns, of one select item."""
    if isinstance(node, exp.Star):
        _star(canon, values, node, (), block)
        return
    if isinstance(node, exp.Column) and isinstance(node.this, exp.Star):
        parts = [node.args.get(k) for k in ("catalog", "db", "table")]
        qualifier = tuple(p.name.lower() for p in parts if p is not None)
        _star(canon, values, node.this, qualifier, block)
        return
    if isinstance(node, exp.QueryTransform):
        raise Unseen("a script")
    if isinstance(node, exp.Aliases) or node.find(exp.Columns) is not None:
        raise Unseen("columns that depend on a pattern")
    inner = node.this if isinstance(node, exp.Not) else node
    if isinstance(inner, exp.Binary) and _is_star(inner.this):
        raise Unseen("a filtered star")
    if isinstance(node, exp.Dot) and _is_star(node.expression):
        raise Unseen("the fields of a row")
    if isinstance(node, (exp.EQ, exp.PropertyEQ)) and canon.context.dialect in (
        "tsql",
        "fabric",
    ):
        block.names.append(node.this.name)
        block.values.append(values.located(node.expression))
    else:
        if canon.context.dialect == "bigquery":  # columns without a name are counted by themselves
            position = sum(
                n[:1] == "f" and n[1:-1].isdigit() and n[-1:] == "_" for n in block.names
            )
        block.names.append(output_name(canon.names, node, position))
        block.values.append(values.located(node))
    block.starred.append(False)


def _star(
    canon: Canon, values: Values, star: exp.Expr, qualifier: tuple[str, ...], block: Block
) -> None:
    if star.args.get("ilike"):
        raise Unseen("a filtered star")
    if any(isinstance(e, exp.Column) and e.table for e in star.args.get("except_") or ()):
        raise Unseen("a star without one table's column")
    key_of = values.key
    left_out = {key_of(e) for e in star.args.get("except_") or ()}
    replaced = {e.alias.lower(): e.this for e in star.args.get("replace") or ()}
    renamed = {key_of(e.this): e.alias for e in star.args.get("rename") or ()}
    for name, key, value, starred in values.frame.star(qualifier):
        if key in left_out:
            continue
        changed = key in replaced
        block.names.append(renamed.get(key, name))
        block.values.append(values.located(replaced[key]) if changed else value)
        block.starred.append(starred and not changed and key not in renamed)
    hidden = frozenset(left_out | set(replaced) | set(renamed))
    for each in values.frame.star_opens(qualifier):
        block.opens.append(Open(each.label, each.hidden | hidden, each.wraps))
        for old in sorted(set(replaced) | set(renamed)):
            if old not in each.hidden and old not in block.names:
                value = values.located(replaced[old]) if old in replaced else each.column(old)
                block.names.append(renamed.get(old, old))
                block.values.append(value)
                block.starred.append(False)


def _is_star(node: object) -> bool:
    inner = node.this if isinstance(node, exp.Column) else node
    return isinstance(inner, exp.Star)
