"""Set operations and recursion in canonical terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.sql.canonical_scope import Block, Frame, Unseen
from headwater.sql.terms import Term, closing, label_term, term

if TYPE_CHECKING:
    from headwater.sql.canonical_queries import Canon


def set_operation(
    canon: Canon, node: exp.Expr, ctes: dict[str, Block], parent: Frame | None, depth: int
) -> Block:
    """UNION, EXCEPT or INTERSECT as a relation."""
    branches = _branches(canon, node, ctes, parent, depth)
    if isinstance(node, exp.Union):
        block = _stacked(branches, depth, bool(node.args.get("by_name")))
        if node.args.get("distinct"):
            keys = block.everything()
            block.rows = term("group", block.rows, term("keys", *keys))
            block.unique = [frozenset(keys)]
        return block
    left, right = branches
    inner = Frame({}, None, depth)
    needs = [right.rows, *right.everything()]
    bound = closing(inner.own(needs), *needs)
    way = "all" if not node.args.get("distinct") else "distinct"
    mine = term("row", *left.everything())
    left.rows = term(f"{node.key} {way}", left.rows, mine, *bound)
    left.unique = [frozenset(left.everything())] if way == "distinct" else []
    return left


def _branches(
    canon: Canon, node: exp.Expr, ctes: dict[str, Block], parent: Frame | None, depth: int
) -> list[Block]:
    """The branches; those of nested unions of the same kind together."""
    chain: list[exp.Expr] = []
    left: exp.Expr = node
    while type(left) is type(node) and (left is node or _same_kind(left, node)):
        chain.append(left.args["expression"])
        left = left.this
        if not isinstance(node, exp.Union):
            break
    parts = [left, *reversed(chain)]
    found = []
    for part in parts:
        bare = part.this if isinstance(part, exp.Subquery) and not _has_more(part) else part
        if isinstance(node, exp.Union) and type(bare) is type(node) and _same_kind(bare, node):
            found += _branches(canon, bare, ctes, parent, depth)
        else:
            found.append(canon.query(part, ctes, parent, depth))
    return found


def recursive(
    canon: Canon, cte: exp.Expr, ctes: Mapping[str, Block], parent: Frame | None, depth: int
) -> Block:
    """A recursive CTE: its own name is a source inside; every column depends on all of it."""
    body = cte.this.unnest() if isinstance(cte.this, exp.Subquery) else cte.this
    if not isinstance(body, exp.SetOperation):
        raise Unseen("a recursive CTE without UNION")
    anchor = canon.query(body.this, canon.with_ctes(body, ctes, parent, depth), parent, depth)
    columns = [canon.names.spell(c) for c in cte.args["alias"].args.get("columns") or ()]
    names = columns or anchor.names
    label = f"{depth}|itself#0"
    own = [term(f"itself {at}", label_term(label)) for at in range(len(names))]
    itself = Block(list(names), own, [False] * len(own), (label,), term("scan", label_term(label)))
    known = {**canon.with_ctes(body, ctes, parent, depth), cte.alias.lower(): itself}
    again = canon.query(body.args["expression"], known, parent, depth)
    needs = [anchor.rows, again.rows, *anchor.everything(), *again.everything()]
    bound = closing(Frame({}, None, depth).own(needs), *needs)
    way = "distinct" if body.args.get("distinct") else "all"
    rows = term(f"recursive {way}", label_term(f"{depth}|recursion#0"), *bound)
    values = [term(f"recursive {at}", rows) for at in range(len(names))]
    return Block(list(names), values, [False] * len(names), (f"{depth}|recursion#0",), rows)


def _stacked(branches: list[Block], depth: int, by_name: bool) -> Block:
    """UNION ALL: a source of its own whose columns are, branch by branch, those of the branches."""
    if any(b.opens for b in branches):
        raise Unseen("a union over unknown columns")
    names = list(branches[0].names)
    columns = [list(b.values) for b in branches]
    if by_name:
        known: dict[str, str] = {}
        for name in (name for block in branches for name in block.names):
            known.setdefault(name.lower(), name)
        names = list(known.values())
        columns = [_by_name(b, names) for b in branches]
    if any(len(c) != len(names) for c in columns):
        raise Unseen("a union of branches with different numbers of columns")
    label = f"{depth}|union#0"
    inner = Frame({}, None, depth)
    bound = []
    for block, values in zip(branches, columns, strict=True):
        needs = [block.rows, *values]
        bound.append(closing(inner.own(needs), *needs))
    order = sorted(range(len(bound)), key=lambda at: bound[at][0].key)
    rows = term("union", label_term(label), term("branches", *[bound[at][0] for at in order]))
    values = [
        term(
            "stacked", label_term(label),
            *[term("branch", bound[at][0], bound[at][1 + column]) for at in order],
        )
        for column in range(len(names))
    ]  # fmt: skip
    return Block(names, values, [False] * len(names), (label,), rows)


def _by_name(block: Block, names: list[str]) -> list[Term]:
    known = dict(zip([n.lower() for n in block.names], block.values, strict=True))
    return [known.get(name.lower(), term("null value")) for name in names]


def _same_kind(node: exp.Expr, other: exp.Expr) -> bool:
    """Whether a nested union can be taken apart into the one around it."""
    if any(node.args.get(k) for k in ("with_", "order", "limit", "offset")):
        return False
    return bool(node.args.get("distinct")) == bool(other.args.get("distinct")) and bool(
        node.args.get("by_name")
    ) == bool(other.args.get("by_name"))


def _has_more(node: exp.Expr) -> bool:
    return any(node.args.get(k) for k in ("with_", "order", "limit", "offset", "alias", "pivots"))
