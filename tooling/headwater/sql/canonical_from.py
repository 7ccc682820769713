"""FROM and JOIN in canonical terms: which sources, how they meet, which columns they offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.sql.canonical_joins import expanded, read_join
from headwater.sql.canonical_pivots import pivoted
from headwater.sql.canonical_scope import Block, Item, Open, Unseen
from headwater.sql.functions import function_name
from headwater.sql.names import names_of
from headwater.sql.relations import BaseRel
from headwater.sql.terms import Term, label_term, term

if TYPE_CHECKING:
    from headwater.sql.canonical_queries import Canon
    from headwater.sql.canonical_values import Values

#: What a table reference may carry besides its name; anything else becomes a part of the label.
_PLAIN = frozenset("this alias db catalog joins laterals pivots sample hints only".split())


def read_from(canon: Canon, values: Values, node: exp.Expr) -> Term:
    """Fill the frame with what a SELECT reads; the rows before WHERE."""
    frame, rows = values.frame, term("one")
    frame.in_place = canon.rules.using_in_place
    from_ = node.args.get("from_")
    if from_ is not None:
        rows = read_item(canon, values, from_.this)
    for join in node.args.get("joins") or ():
        rows = read_join(canon, values, join, rows)
    for lateral in node.args.get("laterals") or ():
        rows = expanded(canon, values, lateral, rows)
    if len(frame.items) == 1:
        frame.order = frame.items[0].block.order
    return rows


def read_item(canon: Canon, values: Values, item: exp.Expr) -> Term:
    """Add one item of FROM with the joins inside it; its rows."""
    frame = values.frame
    before = len(frame.items)
    if isinstance(item, exp.Final):
        return term("final", read_item(canon, values, item.this))  # ClickHouse: the last versions
    if _is_joined(item):
        rows = read_item(canon, values, item.this)
        for join in item.args.get("joins") or ():
            rows = read_join(canon, values, join, rows)
        if item.alias:
            _as_one(canon, values, item, before)
        return rows
    block = _block(canon, values, item)
    alias = _alias(item)
    for pivot in item.args.get("pivots") or ():
        block = pivoted(canon, block, pivot, frame.depth)
        alias = pivot.alias.lower() or alias
    adopted = frame.adopted(block)
    sample = item.args.get("sample")
    if sample is not None:
        adopted.rows = term("sample", adopted.rows, values.parts(sample))
        adopted.unique = list(adopted.unique)
    names = _column_list(canon, item)
    if names:
        if len(names) > len(adopted.names):
            raise Unseen("a column list over unknown columns")
        adopted.names = [*names, *adopted.names[len(names) :]]
        adopted.starred = [False] * len(names) + adopted.starred[len(names) :]
    parts = tuple(p.lower() for p in names_of(item)) if isinstance(item, exp.Table) else ()
    if canon.rules.numbers_names and adopted.wild is None and adopted.rows.op != "scan":
        adopted.names = _numbered(adopted.names)
    frame.items.append(Item(alias, parts, canon.keys(adopted.names), adopted))
    if before == 0:
        frame.unique = list(adopted.unique)
    rows = adopted.rows
    for join in item.args.get("joins") or ():
        rows = read_join(canon, values, join, rows)
    for lateral in item.args.get("laterals") or ():
        rows = expanded(canon, values, lateral, rows)
    return rows


def _block(canon: Canon, values: Values, item: exp.Expr) -> Block:
    frame = values.frame
    if isinstance(item, exp.Lateral) and isinstance(item.this, (exp.Subquery, exp.Query)):
        return canon.query(item.this, frame.ctes, frame, frame.depth + 1)
    if isinstance(item, (exp.Unnest, exp.Lateral, exp.Values)) or (
        isinstance(item, exp.Table) and isinstance(item.this, exp.Func)
    ):
        return _function(canon, values, item)
    if isinstance(item, exp.Subquery) and isinstance(item.this, exp.Values):
        return _function(canon, values, item.this, item)
    if isinstance(item, exp.Table):
        return _table(canon, values, item)
    if isinstance(item, exp.Subquery) and isinstance(item.this, exp.Pivot):
        return canon.pivot(item.this, frame)
    if isinstance(item, (exp.Subquery, exp.Paren, exp.Query)):
        if item.args.get("pivots"):
            item = item.copy()
            item.set("pivots", None)
        if canon.rules.lateral_by_itself and frame.items:
            return canon.query(item, frame.ctes, frame, frame.depth + 1)
        return canon.query(item, frame.ctes, frame.parent, frame.depth)
    if isinstance(item, exp.Pivot):
        return canon.pivot(item, frame)
    raise Unseen(f"from {type(item).__name__.lower()}")


def _table(canon: Canon, values: Values, item: exp.Expr) -> Block:
    """A CTE, or a relation outside the statement."""
    if not isinstance(item.this, exp.Identifier) or item.args.get("rows_from"):
        raise Unseen("a table that is named by a value")
    cte = values.frame.ctes.get(item.name.lower()) if not item.args.get("db") else None
    if cte is not None:
        return cte
    if item.args.get("db") is not None:
        owner = (item.args.get("catalog") or item.args["db"]).name.lower()
        if any(each.alias == owner for each in values.frame.items):
            raise Unseen("an array of a row as a table")
    base = canon.names.index.ephemerals.get(item.name.lower()) if not item.args.get("db") else None
    found: BaseRel = base if base is not None else canon.names.index.find(item)[0]
    return canon.inlined(found.node) or leaf(canon, found, _extras(canon, item))


def _extras(canon: Canon, item: exp.Expr) -> str:
    """Time travel, partitions and the like, as written."""
    dialect = canon.context.dialect or None
    more = [k for k in sorted(item.args) if item.args[k] and k not in _PLAIN]
    texts = [
        v.sql(dialect=dialect, comments=False)
        if isinstance(v := item.args[k], exp.Expr)
        else str(v)
        for k in more
    ]
    return " ".join(f"{k}={text}" for k, text in zip(more, texts, strict=True))


def leaf(canon: Canon, found: BaseRel, extras: str = "") -> Block:
    """A relation outside the statement: its columns are themselves."""
    label = f"0|{found.node}{' ' + extras if extras else ''}#0"
    source = label_term(label)
    names = list(found.names)
    keys = canon.keys(names)
    values = [term(f"col:{key}", source) for key in keys]
    opens = [] if found.complete else [Open(label, frozenset(keys))]
    known = dict(zip(keys, values, strict=True))
    unique = [
        frozenset(known.get(c) or term(f"col:{c}", source) for c in columns)
        for columns in canon.facts.unique.get(found.node, ())
    ]
    block = Block(names, values, [True] * len(names), (label,), term("scan", source), opens)
    block.unique = unique
    others = canon.keys(list(canon.facts.others.get(found.node, ())))
    now = canon.facts.renamed.get(found.node, {})
    block.extras = {
        key: term(f"col:{now.get(key, key)}", source) for key in others if key not in known
    }
    return block


def _function(
    canon: Canon, values: Values, item: exp.Expr, around: exp.Expr | None = None
) -> Block:
    """A table function, an array, VALUES: columns defined by the call."""
    call = item.this if isinstance(item, (exp.Lateral, exp.Table)) else item
    if call.find(exp.Query) is not None and not isinstance(call, exp.Values):
        raise Unseen("a table function over a query")
    outer = bool(item.args.get("outer"))
    plain = call.copy()
    for key in ("alias", "offset"):
        if key in plain.args:
            plain.set(key, None)
    made = values.parts(plain)
    label = f"{values.frame.depth}|{function_name(call) or call.key}#0"
    source = label_term(label)
    names = _column_list(canon, around or item)
    if isinstance(call, exp.Values) and not names and call.expressions:
        first = call.expressions[0]
        size = len(first.expressions) if isinstance(first, exp.Tuple) else 1
        names = [
            f"col{i}" if canon.context.dialect == "duckdb" else f"column{i + 1}"
            for i in range(size)
        ]
    alias = (around or item).args.get("alias")
    if not names and isinstance(alias, exp.TableAlias) and alias.this is not None:
        names = [canon.names.spell(alias.this)] if isinstance(call, exp.Unnest) else []
    offset = call.args.get("offset")
    if isinstance(offset, exp.Expr):
        names = [*names, canon.names.spell(offset)]

    def column(key: str) -> Term:
        at = canon.keys(names).index(key) if key in canon.keys(names) else key
        return term(f"made {at}", source, made)

    rows = term(f"call{' outer' if outer else ''}", source, made)
    cells = [column(key) for key in canon.keys(names)]
    block = Block(names, cells, [False] * len(names), (label,), rows, wild=column)
    if not names:
        block.opens = [Open(label)]
    return block


def _column_list(canon: Canon, item: exp.Expr) -> list[str]:
    alias = item.args.get("alias")
    if not isinstance(alias, exp.TableAlias):
        return []
    columns = alias.args.get("columns") or ()
    return [canon.names.spell(c.this if isinstance(c, exp.ColumnDef) else c) for c in columns]


def _numbered(names: list[str]) -> list[str]:
    """Repeated names told apart as DuckDB does: ``x``, ``x_1``, ``x_2``."""
    turns: dict[str, int] = {}
    found = []
    for name in names:
        turn = turns[name.lower()] = turns.get(name.lower(), -1) + 1
        found.append(f"{name}_{turn}" if turn else name)
    return found


def _alias(item: exp.Expr) -> str:
    alias = item.args.get("alias")
    if isinstance(alias, exp.TableAlias) and alias.this is not None:
        return str(alias.this.name).lower()
    return str(item.alias_or_name).lower()


def _is_joined(item: exp.Expr) -> bool:
    """Whether a parenthesis holds tables and joins, not a query."""
    inner = item
    while isinstance(inner, (exp.Subquery, exp.Paren)):
        inner = inner.this
    return inner is not item and isinstance(inner, exp.Table)


def _as_one(canon: Canon, values: Values, item: exp.Expr, before: int) -> None:
    """``(a join b on …) as x``: the items inside under one name."""
    frame = values.frame
    inside = frame.items[before:]
    del frame.items[before:]
    names = [n for i in inside for n in i.block.names]
    block = Block(
        names,
        [v for i in inside for v in i.block.values],
        [s for i in inside for s in i.block.starred],
        tuple(lb for i in inside for lb in i.block.labels),
        inside[0].block.rows,
        [o for i in inside for o in i.block.opens],
    )
    frame.items.append(Item(_alias(item), (), canon.keys(names), block))
