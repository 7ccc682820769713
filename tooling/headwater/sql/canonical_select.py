"""One SELECT -> a canonical relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.sql.canonical_from import read_from
from headwater.sql.canonical_list import project
from headwater.sql.canonical_order import aliases_count, order_terms, sampled, sort_block
from headwater.sql.canonical_scope import Block, Frame, Unseen, column_key
from headwater.sql.canonical_values import Values
from headwater.sql.functions import is_aggregate, makes_rows
from headwater.sql.terms import Term, closing, filtered, term

if TYPE_CHECKING:
    from headwater.sql.canonical_queries import Canon

#: Clauses that neither change which rows there are nor what they hold.
_HARMLESS = frozenset({"hint", "locks", "comments", "into", "format"})
_READ = frozenset(
    """with_ expressions distinct from_ joins laterals where prewhere group having qualify windows
    order limit offset distribute sort cluster pivots kind this expression alias""".split()
)


def refuse_others(node: exp.Expr) -> None:
    """*Raises*: `Unseen` for a clause that is not read here."""
    for key, value in node.args.items():
        if value and key not in _READ and key not in _HARMLESS and key not in ("by_name", "sample"):
            if isinstance(node, exp.SetOperation) and key == "kind":
                continue
            raise Unseen(f"{key.rstrip('_')} clause")
    if node.args.get("pivots"):
        raise Unseen("a pivot")


def select(canon: Canon, node: exp.Expr, frame: Frame) -> Block:
    """One SELECT as a relation."""
    refuse_others(node)
    values = Values(canon, frame)
    frame.rows = read_from(canon, values, node)
    for window in node.args.get("windows") or ():
        frame.windows[window.this.name.lower()] = window
    _name_aliases(canon, node, frame)
    for clause in ("prewhere", "where"):
        if node.args.get(clause) is not None:
            filter_rows(frame, values.conditions(node.args[clause].this))
    if node.args.get("group") is not None or _summarises(node):
        _group(canon, node, values)
    block = Block([], [], [], (), frame.rows)
    for position, projection in enumerate(node.expressions):
        project(canon, values, projection, position, block)
    _make_rows(canon, node, frame, block)
    _qualify(canon, node, values)
    _distinct(canon, node, values, block)
    block.rows, block.unique = sampled(node, values, frame.rows), frame.unique
    ordered = frame.group is None and node.args.get("distinct") is None
    block.order = frame.order if ordered else None
    sort_block(canon, node, values, block)
    needs = [block.rows, *block.everything(), *([block.order] if block.order else [])]
    block.labels = tuple(sorted(frame.own(needs)))
    if node.args.get("kind"):
        raise Unseen("rows as structs")
    return block


def _name_aliases(canon: Canon, node: exp.Expr, frame: Frame) -> None:
    for projection in node.expressions:
        if isinstance(projection, exp.Alias):
            identifier = projection.args["alias"]
            quoted = bool(identifier.args.get("quoted"))
            key = column_key(projection.alias, quoted, canon.context.dialect)
            frame.aliases.setdefault(key, projection.this)


def _group(canon: Canon, node: exp.Expr, values: Values) -> None:
    """GROUP BY (or aggregates alone), and HAVING."""
    frame, group = values.frame, node.args.get("group")
    before = frame.rows
    keys = _group_keys(canon, node, values) if group is not None else []
    frame.group = (before, tuple(keys))
    frame.rows = term("group", before, term("keys", *keys))
    frame.unique = [frozenset(keys)]
    having = node.args.get("having")
    if having is not None:
        with aliases_count(values):
            frame.rows = filtered(frame.rows, values.conditions(having.this))


def _group_keys(canon: Canon, node: exp.Expr, values: Values) -> list[Term]:
    group = node.args["group"]
    found: list[Term] = []
    for key in group.expressions:
        if isinstance(key, (exp.Column, exp.Var)) and key.name.lower() == "all":
            found += _all_keys(canon, node, values)
        else:
            found += _group_key(canon, node, values, key)
    if group.args.get("all"):
        found += _all_keys(canon, node, values)
    for clause in ("cube", "rollup", "grouping_sets"):
        for each in group.args.get(clause) or ():
            parts = [t for e in _leaves(each) for t in _group_key(canon, node, values, e)]
            shape = _shape(each)
            found.append(term(f"{clause} {shape}", *parts))
    if group.args.get("totals"):
        found.append(term("totals"))
    varying = [key for key in found if key.labels or key.args]
    return varying or found  # a constant makes no groups, but no row without input either


def _group_key(canon: Canon, node: exp.Expr, values: Values, key: exp.Expr) -> list[Term]:
    if isinstance(key, exp.Literal) and not key.is_string and key.name.isdigit():
        at = int(key.name) - 1
        listed = _listed_projections(canon, node, values)
        return [listed[at]] if 0 <= at < len(listed) else [values.located(key)]
    if isinstance(key, exp.Tuple):
        return [t for each in key.expressions for t in _group_key(canon, node, values, each)]
    with aliases_count(values):
        return [values.located(key)]


def _all_keys(canon: Canon, node: exp.Expr, values: Values) -> list[Term]:
    keyed = [e for e in node.expressions if not has_aggregate(e)]
    block = Block([], [], [], (), values.frame.rows)
    for position, each in enumerate(keyed):
        project(canon, values, each, position, block)
    return block.everything()


def _listed_projections(canon: Canon, node: exp.Expr, values: Values) -> list[Term]:
    block = Block([], [], [], (), values.frame.rows)
    for position, each in enumerate(node.expressions):
        if has_aggregate(each):
            block.values.append(term("summary"))
            block.names.append("")
        else:
            project(canon, values, each, position, block)
    return block.values


def _make_rows(canon: Canon, node: exp.Expr, frame: Frame, block: Block) -> None:
    dialect = canon.context.dialect
    if not any(makes_rows(f, dialect) for e in node.expressions for f in e.find_all(exp.Func)):
        return
    made = [
        value
        for value, each in zip(block.values, node.expressions, strict=False)
        if any(makes_rows(f, dialect) for f in each.find_all(exp.Func))
    ] or block.values
    frame.rows = term("expand", frame.rows, *made)
    frame.unique = []


def _qualify(canon: Canon, node: exp.Expr, values: Values) -> None:
    if node.args.get("qualify") is None:
        return
    frame = values.frame
    with aliases_count(values):
        conditions = values.conditions(node.args["qualify"].this)
    filter_rows(frame, conditions)


def _distinct(canon: Canon, node: exp.Expr, values: Values, block: Block) -> None:
    distinct = node.args.get("distinct")
    if distinct is None:
        return
    frame, on = values.frame, distinct.args.get("on")
    if on is None:
        keys = frozenset(block.everything())
        if not any(unique <= keys for unique in frame.unique):
            frame.rows = term("group", frame.rows, term("keys", *keys))
            frame.unique.append(keys)
        return
    keyed = [values.of(k) for k in (on.expressions if isinstance(on, exp.Tuple) else [on])]
    order = order_terms(canon, node, values, block)
    frame.rows = term("first of", frame.rows, term("keys", *keyed), term("sorted", *order))
    frame.unique = [frozenset(keyed)]


def filter_rows(frame: Frame, conditions: list[Term]) -> None:
    """Keep the rows that fulfil the conditions.

    ``row_number() over (partition by k …) = 1`` over these very rows leaves one row for each ``k``.
    """
    before = closing(frame.own([frame.rows]), frame.rows)[0]
    for condition in conditions:
        window = next((a for a in condition.args if a.op == "window"), None)
        one = condition.op == "eq" and any(a.op == "number 1" for a in condition.args)
        if window is None or not one or window.args[0].op != "RowNumber":
            continue
        if window.args[4].args[0].key == before.key:
            frame.unique.append(frozenset(window.args[1].args))
    frame.rows = filtered(frame.rows, conditions)


def _summarises(node: exp.Expr) -> bool:
    """Whether a SELECT without GROUP BY aggregates all its rows."""
    clauses = [node.args.get(k) for k in ("having", "qualify", "order")]
    places = [*node.expressions, *[c for c in clauses if c is not None]]
    return any(has_aggregate(place) for place in places)


def has_aggregate(node: exp.Expr) -> bool:
    """Whether an aggregate of this SELECT stands in the expression."""
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, exp.Query):
            continue
        if isinstance(each, exp.Window):
            stack += [c for part in each.iter_expressions() for c in _under(part)]
            continue
        if is_aggregate(each):
            return True
        stack += list(each.iter_expressions())
    return False


def _under(part: exp.Expr) -> list[exp.Expr]:
    """What a part of a window holds: the function's arguments, or the sort keys."""
    while isinstance(part, (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)):
        part = part.this
    return list(part.iter_expressions()) if is_aggregate(part) else [part]


def _leaves(node: exp.Expr) -> list[exp.Expr]:
    if isinstance(node, (exp.Tuple, exp.Cube, exp.Rollup, exp.GroupingSets)):
        return [leaf for e in node.expressions for leaf in _leaves(e)]
    return [node.this if isinstance(node, exp.Paren) else node]


def _shape(node: exp.Expr) -> str:
    """How the parentheses of grouping sets are nested."""
    if isinstance(node, (exp.Tuple, exp.Cube, exp.Rollup, exp.GroupingSets)):
        return f"{node.key}({','.join(_shape(e) for e in node.expressions)})"
    return "k"
