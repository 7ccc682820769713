"""Random small edits of random queries, as somebody's hand might make them, and harmless ones."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sqlglot import exp, parse_one

Tree = exp.Expression
Edit = Callable[[Tree, Random], bool]  #: whether there was a place for it


def edited(sql: str, rng: Random, edits: dict[str, Edit]) -> tuple[str, str, str] | None:
    """The query as sqlglot writes it, after one edit, and which; ``None`` where none fits."""
    tree = parse_one(sql, dialect="duckdb")
    before = tree.sql("duckdb")
    for name in rng.sample(sorted(edits), len(edits)):
        copy = tree.copy()
        if edits[name](copy, rng):
            after = copy.sql("duckdb")
            if after != before:
                return before, after, name
    return None


def _any(tree: Tree, rng: Random, *kinds: type[Tree]) -> Tree | None:
    found = list(tree.find_all(*kinds))
    return rng.choice(found) if found else None


# -- edits that may change something -----------------------------------------------------------------


def _swap_operands(tree: Tree, rng: Random) -> bool:
    node = _any(
        tree, rng, exp.Sub, exp.Div, exp.Add, exp.Mul, exp.GT, exp.LT, exp.GTE, exp.EQ, exp.DPipe
    )
    if node is None:
        return False
    left, right = node.this.copy(), node.expression.copy()
    node.set("this", right)
    node.set("expression", left)
    return True


def _compare(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.NEQ)
    if node is None:
        return False
    kind = rng.choice(
        [k for k in (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.NEQ) if k is not type(node)]
    )
    node.replace(kind(this=node.this.copy(), expression=node.expression.copy()))
    return True


def _connector(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.And, exp.Or)
    if node is None:
        return False
    kind = exp.Or if isinstance(node, exp.And) else exp.And
    node.replace(
        exp.paren(
            kind(this=exp.paren(node.this.copy()), expression=exp.paren(node.expression.copy()))
        )
    )
    return True


def _one_condition_less(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.And)
    if node is None:
        return False
    node.replace((node.this if rng.random() < 0.5 else node.expression).copy())
    return True


def _clause_less(tree: Tree, rng: Random) -> bool:
    node = _any(
        tree,
        rng,
        exp.Where,
        exp.Having,
        exp.Qualify,
        exp.Limit,
        exp.Distinct,
        exp.Order,
        exp.Offset,
        exp.Filter,
    )
    if node is None:
        return False
    if isinstance(node, exp.Filter):
        node.replace(node.this.copy())
    else:
        node.pop()
    return True


def _literal(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Literal)
    if node is None:
        return False
    if node.is_string:
        node.set("this", node.this + "x")
    elif node.this.isdigit():
        node.set("this", str(int(node.this) + 1))
    else:
        return False
    return True


def _column(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Column)
    if node is None:
        return False
    scope = node.find_ancestor(exp.Select)
    if scope is None:
        return False
    others = [
        c
        for c in scope.find_all(exp.Column)
        if c.sql() != node.sql() and not isinstance(c.this, exp.Star)
    ]
    if not others:
        return False
    node.replace(rng.choice(others).copy())
    return True


def _join_kind(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Join)
    if (
        node is None
        or not (node.args.get("on") or node.args.get("using"))
        or node.args.get("method")
    ):
        return False
    side = rng.choice(
        [s for s in ("", "LEFT", "RIGHT", "FULL") if s != (node.args.get("side") or "")]
    )
    node.set("side", side or None)
    node.set("kind", None)
    return True


def _aggregate(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Sum, exp.Min, exp.Max, exp.Avg)
    if node is None:
        return False
    kind = rng.choice([k for k in (exp.Min, exp.Max) if k is not type(node)])
    node.replace(kind(this=node.this.copy()))
    return True


def _distinct_inside(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Count, exp.Sum)
    if node is None or isinstance(node.this, (exp.Star, exp.Distinct)):
        return False
    node.set("this", exp.Distinct(expressions=[node.this.copy()]))
    return True


def _window(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Window)
    if node is None:
        return False
    kept = [key for key in ("partition_by", "order", "spec") if node.args.get(key)]
    if not kept:
        return False
    node.set(rng.choice(kept), None)
    return True


def _direction(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Ordered)
    if node is None:
        return False
    node.set("desc", not node.args.get("desc"))
    return True


def _set_operation(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.SetOperation)
    if node is None:
        return False
    if rng.random() < 0.5 and isinstance(node, exp.Union):
        node.set("distinct", not node.args.get("distinct"))
    else:
        left, right = node.this.copy(), node.expression.copy()
        if left.args.get("with_") or left.args.get("with"):
            return False
        node.set("this", right)
        node.set("expression", left)
    return True


def _case(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Case)
    if node is None:
        return False
    branches = node.args["ifs"]
    if len(branches) > 1:
        node.set("ifs", [b.copy() for b in reversed(branches)])
    elif node.args.get("default") is not None:
        node.set("default", None)
    else:
        node.set("default", exp.null())
    return True


def _unwrapped(tree: Tree, rng: Random) -> bool:
    node = _any(
        tree,
        rng,
        exp.Coalesce,
        exp.Nullif,
        exp.Abs,
        exp.Lower,
        exp.Upper,
        exp.Round,
        exp.Cast,
        exp.Not,
        exp.Paren,
    )
    if node is None or not isinstance(node.this, Tree):
        return False
    node.replace(node.this.copy())
    return True


def _null_test(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Is, exp.Exists, exp.In, exp.Between)
    if node is None:
        return False
    node.replace(exp.Not(this=exp.paren(node.copy())))
    return True


def _key_less(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Group)
    if node is None or len(node.expressions) < 2:
        return False
    node.set("expressions", [e.copy() for e in node.expressions[1:]])
    return True


def _projection_less(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Select)
    if node is None or len(node.expressions) < 2:
        return False
    items = [e.copy() for e in node.expressions]
    del items[rng.randrange(len(items))]
    node.set("expressions", items)
    return True


def _projections_swapped(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Select)
    if node is None or len(node.expressions) < 2:
        return False
    items = [e.copy() for e in node.expressions]
    at = rng.randrange(len(items) - 1)
    items[at], items[at + 1] = items[at + 1], items[at]
    node.set("expressions", items)
    return True


def _another_table(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Table)
    if node is None:
        return False
    others = [t.name for t in tree.find_all(exp.Table) if t.name != node.name]
    if not others:
        return False
    node.set("this", exp.to_identifier(rng.choice(others)))
    return True


def _arguments(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Coalesce, exp.Greatest, exp.Least, exp.Concat)
    if node is None or not node.expressions:
        return False
    first, last = node.this, node.expressions[-1]
    if isinstance(first, Tree):
        node.set("this", last.copy())
        node.set("expressions", [*(e.copy() for e in node.expressions[:-1]), first.copy()])
    else:
        node.set("expressions", [e.copy() for e in reversed(node.expressions)])
    return True


EDITS: dict[str, Edit] = {
    "operands swapped": _swap_operands, "another comparison": _compare, "AND and OR": _connector,
    "a condition less": _one_condition_less, "a clause less": _clause_less,
    "another constant": _literal, "another column": _column, "another join": _join_kind,
    "another aggregate": _aggregate, "DISTINCT inside": _distinct_inside, "a window": _window,
    "a direction": _direction, "a set operation": _set_operation, "a CASE": _case,
    "a function less": _unwrapped, "a test turned": _null_test, "a key less": _key_less,
    "a column less": _projection_less, "columns swapped": _projections_swapped,
    "another table": _another_table, "arguments swapped": _arguments,
}  # fmt: skip


# -- edits that change nothing -----------------------------------------------------------------------


def _brackets(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.GT, exp.EQ, exp.LT, exp.Add, exp.Mul, exp.And, exp.Coalesce)
    if node is None:
        return False
    node.replace(exp.paren(node.copy()))
    return True


def _conditions_swapped(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.And, exp.Or)
    if node is None:
        return False
    left, right = node.this.copy(), node.expression.copy()
    node.set("this", exp.paren(right) if isinstance(right, exp.Connector) else right)
    node.set("expression", exp.paren(left) if isinstance(left, exp.Connector) else left)
    return True


def _equality_turned(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.EQ, exp.NEQ)
    if node is None:
        return False
    left, right = node.this.copy(), node.expression.copy()
    node.set("this", right)
    node.set("expression", left)
    return True


def _cte_renamed(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.CTE)
    if node is None:
        return False
    old, new = node.alias, "another_name"
    if sum(c.alias == old for c in tree.find_all(exp.CTE)) > 1:
        return False
    for table in tree.find_all(exp.Table):
        if table.name == old and not table.args.get("db"):
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(old)))
            table.set("this", exp.to_identifier(new))
    node.args["alias"].set("this", exp.to_identifier(new))
    return True


def _unused_cte(tree: Tree, rng: Random) -> bool:
    if not isinstance(tree, exp.Select) or tree.args.get("with_") or tree.args.get("with"):
        return False
    tree.with_("nobody_reads_this", as_="select 1 as one", copy=False)
    return True


def _comment(tree: Tree, rng: Random) -> bool:
    node = _any(tree, rng, exp.Select)
    if node is None:
        return False
    node.add_comments([" where 1 = 0 "])
    return True


HARMLESS: dict[str, Edit] = {
    "brackets": _brackets, "conditions swapped": _conditions_swapped,
    "an equality turned": _equality_turned, "a CTE renamed": _cte_renamed,
    "a CTE that nobody reads": _unused_cte, "a comment": _comment,
}  # fmt: skip
