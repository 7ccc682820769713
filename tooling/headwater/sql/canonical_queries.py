"""Queries -> canonical relations: CTEs and subqueries vanish, what they do stays.

A SELECT that neither groups, limits nor stacks rows is its FROM with more conditions, so it makes
no difference whether it stands in a CTE, a subquery or in place. What such a SELECT computes is
carried by its columns: a window or an aggregate remembers the rows it was computed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from sqlglot import exp
from sqlglot.errors import SqlglotError

from headwater.core.relations import SqlContext
from headwater.sql.canonical_from import read_from
from headwater.sql.canonical_scope import Block, Facts, Frame, Item, Open, Unseen, column_key
from headwater.sql.canonical_values import Values
from headwater.sql.functions import is_aggregate, makes_rows
from headwater.sql.output_names import output_name
from headwater.sql.scripts import Script
from headwater.sql.terms import Term, closing, filtered, label_term, term
from headwater.sql.texts import statements_of, unreadable
from headwater.sql.walk import Walk

#: Clauses that neither change which rows there are nor what they hold.
_HARMLESS = frozenset({"hint", "locks", "comments", "into", "format"})
_READ = frozenset(
    """with_ expressions distinct from_ joins laterals where prewhere group having qualify windows
    order limit offset distribute sort cluster pivots kind this expression alias""".split()
)


class Canon:
    """One statement being put into canonical form."""

    def __init__(
        self, context: SqlContext, sql: str, facts: Facts, around: Canon | None = None
    ) -> None:
        self.context = context
        self.around = around
        self.facts = facts
        self.names = Walk(context, sql, Script())
        self.rules = self.names.rules
        self.volatile: dict[bytes, int] = around.volatile if around is not None else {}
        self.bodies: dict[str, Block | None] = around.bodies if around is not None else {}

    def inlined(self, node: str) -> Block | None:
        """The query of a node that only one side has, as if it were a CTE here."""
        if node not in self.bodies:
            self.bodies[node] = None  # also where it reads itself
            body = self.facts.body(node)
            if body is not None:
                self.bodies[node] = self._body(*body)
        return self.bodies[node]

    def _body(self, sql: str, context: SqlContext) -> Block | None:
        if unreadable(sql) is not None:
            return None
        with suppress(SqlglotError, Unseen):
            statements = statements_of(sql, context.dialect or None)
            if len(statements) == 1 and isinstance(statements[0], exp.Query):
                return Canon(context, sql, self.facts, self).query(statements[0], {}, None, 0)
        return None

    def query(
        self, node: exp.Expr, ctes: Mapping[str, Block], parent: Frame | None, depth: int
    ) -> Block:
        """Any query as a relation whose labels belong to ``depth``."""
        known = self.with_ctes(node, ctes, parent, depth)
        if isinstance(node, exp.Select):
            return self._select(node, Frame(known, parent, depth))
        if isinstance(node, exp.SetOperation):
            block = self._set_operation(node, known, parent, depth)
        elif isinstance(node, (exp.Subquery, exp.Paren)) and isinstance(
            node.this, (exp.Query, exp.Paren)
        ):
            block = self.query(node.this, known, parent, depth)
        else:
            star = exp.Select(expressions=[exp.Star()], from_=exp.From(this=node))
            return self._select(star, Frame(known, parent, depth))
        _refuse_others(node)
        return self._ordered(node, block, known, (parent, depth))

    def with_ctes(
        self, node: exp.Expr, ctes: Mapping[str, Block], parent: Frame | None, depth: int
    ) -> dict[str, Block]:
        """The CTEs in reach inside ``node``, each as a relation of its own."""
        known = dict(ctes)
        with_ = node.args.get("with_")
        if with_ is None:
            return known
        for cte in with_.expressions:
            name = cte.alias.lower()
            if name in self.names.index.ephemerals:
                known.pop(name, None)
                continue
            alias = cte.args.get("alias")
            columns = list(alias.args.get("columns") or ()) if alias is not None else []
            if with_.args.get("recursive") and _mentions(cte.this, name):
                block = self._recursive(cte, known, parent, depth)
            elif isinstance(cte.this, (exp.Query, exp.Paren, exp.Values)):
                block = self.query(cte.this, known, parent, depth)
            else:
                raise Unseen(f"a CTE that is a {cte.this.key}")
            known[name] = _renamed(block, [self.names.spell(c) for c in columns])
        return known

    def keys(self, names: list[str]) -> list[str]:
        """Listed names as `column_key` has them; exact where two differ by case only."""
        folded = [column_key(name, True, self.context.dialect) for name in names]
        return folded

    # -- SELECT ----------------------------------------------------------------------------------

    def _select(self, node: exp.Expr, frame: Frame) -> Block:
        _refuse_others(node)
        values = Values(self, frame)
        frame.rows = read_from(self, values, node)
        for window in node.args.get("windows") or ():
            frame.windows[window.this.name.lower()] = window
        self._name_aliases(node, frame)
        for clause in ("prewhere", "where"):
            if node.args.get(clause) is not None:
                _filter(frame, values.conditions(node.args[clause].this))
        if node.args.get("group") is not None or _summarises(node):
            self._group(node, values)
        block = Block([], [], [], (), frame.rows)
        for position, projection in enumerate(node.expressions):
            self._project(values, projection, position, block)
        self._make_rows(node, frame, block)
        self._qualify(node, values)
        self._distinct(node, values, block)
        block.rows, block.unique = self._sampled(node, values, frame.rows), frame.unique
        ordered = frame.group is None and node.args.get("distinct") is None
        block.order = frame.order if ordered else None
        self._sort(node, values, block)
        needs = [block.rows, *block.everything(), *([block.order] if block.order else [])]
        block.labels = tuple(sorted(frame.own(needs)))
        if node.args.get("kind"):
            block = _as_struct(str(node.args["kind"]), block)
        return block

    def _name_aliases(self, node: exp.Expr, frame: Frame) -> None:
        for projection in node.expressions:
            if isinstance(projection, exp.Alias):
                identifier = projection.args["alias"]
                quoted = bool(identifier.args.get("quoted"))
                key = column_key(projection.alias, quoted, self.context.dialect)
                frame.aliases.setdefault(key, projection.this)

    def _group(self, node: exp.Expr, values: Values) -> None:
        """GROUP BY (or aggregates alone), and HAVING."""
        frame, group = values.frame, node.args.get("group")
        before = frame.rows
        keys = self._group_keys(node, values) if group is not None else []
        frame.group = (before, tuple(keys))
        frame.rows = term("group", before, term("keys", *keys))
        frame.unique = [frozenset(keys)]
        having = node.args.get("having")
        if having is not None:
            with _aliases(values):
                frame.rows = filtered(frame.rows, values.conditions(having.this))

    def _group_keys(self, node: exp.Expr, values: Values) -> list[Term]:
        group = node.args["group"]
        found: list[Term] = []
        for key in group.expressions:
            if isinstance(key, (exp.Column, exp.Var)) and key.name.lower() == "all":
                found += self._all_keys(node, values)
            else:
                found += self._group_key(node, values, key)
        if group.args.get("all"):
            found += self._all_keys(node, values)
        for clause in ("cube", "rollup", "grouping_sets"):
            for each in group.args.get(clause) or ():
                parts = [t for e in _leaves(each) for t in self._group_key(node, values, e)]
                shape = _shape(each)
                found.append(term(f"{clause} {shape}", *parts))
        if group.args.get("totals"):
            found.append(term("totals"))
        varying = [key for key in found if key.labels or key.args]
        return varying or found  # a constant makes no groups, but no row without input either

    def _group_key(self, node: exp.Expr, values: Values, key: exp.Expr) -> list[Term]:
        if isinstance(key, exp.Literal) and not key.is_string and key.name.isdigit():
            at = int(key.name) - 1
            listed = self._listed_projections(node, values)
            return [listed[at]] if 0 <= at < len(listed) else [values.located(key)]
        if isinstance(key, exp.Tuple):
            return [t for each in key.expressions for t in self._group_key(node, values, each)]
        with _aliases(values):
            return [values.located(key)]

    def _all_keys(self, node: exp.Expr, values: Values) -> list[Term]:
        keyed = [e for e in node.expressions if not _has_aggregate(e)]
        block = Block([], [], [], (), values.frame.rows)
        for position, each in enumerate(keyed):
            self._project(values, each, position, block)
        return block.everything()

    def _listed_projections(self, node: exp.Expr, values: Values) -> list[Term]:
        block = Block([], [], [], (), values.frame.rows)
        for position, each in enumerate(node.expressions):
            if _has_aggregate(each):
                block.values.append(term("summary"))
                block.names.append("")
            else:
                self._project(values, each, position, block)
        return block.values

    def _project(self, values: Values, node: exp.Expr, position: int, block: Block) -> None:
        """Add the column, or columns, of one select item."""
        if isinstance(node, exp.Star):
            self._star(values, node, (), block)
            return
        if isinstance(node, exp.Column) and isinstance(node.this, exp.Star):
            parts = [node.args.get(k) for k in ("catalog", "db", "table")]
            qualifier = tuple(p.name.lower() for p in parts if p is not None)
            self._star(values, node.this, qualifier, block)
            return
        if isinstance(node, exp.Aliases) or node.find(exp.Columns) is not None:
            raise Unseen("columns that depend on a pattern")
        inner = node.this if isinstance(node, exp.Not) else node
        if isinstance(inner, exp.Binary) and _is_star(inner.this):
            raise Unseen("a filtered star")
        if isinstance(node, exp.Dot) and _is_star(node.expression):
            raise Unseen("the fields of a row")
        if isinstance(node, (exp.EQ, exp.PropertyEQ)) and self.context.dialect in (
            "tsql",
            "fabric",
        ):
            block.names.append(node.this.name)
            block.values.append(values.located(node.expression))
        else:
            block.names.append(output_name(self.names, node, position))
            block.values.append(values.located(node))
        block.starred.append(False)

    def _star(
        self, values: Values, star: exp.Expr, qualifier: tuple[str, ...], block: Block
    ) -> None:
        if star.args.get("ilike"):
            raise Unseen("a filtered star")
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

    def _sampled(self, node: exp.Expr, values: Values, rows: Term) -> Term:
        sample = node.args.get("sample")
        return rows if sample is None else term("sample", rows, values.parts(sample))

    def _make_rows(self, node: exp.Expr, frame: Frame, block: Block) -> None:
        dialect = self.context.dialect
        if not any(makes_rows(f, dialect) for e in node.expressions for f in e.find_all(exp.Func)):
            return
        made = [
            value
            for value, each in zip(block.values, node.expressions, strict=False)
            if any(makes_rows(f, dialect) for f in each.find_all(exp.Func))
        ] or block.values
        frame.rows = term("expand", frame.rows, *made)
        frame.unique = []

    def _qualify(self, node: exp.Expr, values: Values) -> None:
        if node.args.get("qualify") is None:
            return
        frame = values.frame
        with _aliases(values):
            conditions = values.conditions(node.args["qualify"].this)
        _filter(frame, conditions)

    def _distinct(self, node: exp.Expr, values: Values, block: Block) -> None:
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
        order = self._order_terms(node, values, block)
        frame.rows = term("first of", frame.rows, term("keys", *keyed), term("sorted", *order))
        frame.unique = [frozenset(keyed)]

    # -- ORDER BY, LIMIT -------------------------------------------------------------------------

    def _order_terms(self, node: exp.Expr, values: Values, block: Block) -> list[Term]:
        order = node.args.get("order")
        found = []
        for each in order.expressions if order is not None else ():
            key = each.this if isinstance(each, exp.Ordered) else each
            at = self._position_of(key, values, block)
            if at is None:
                with _aliases(values):
                    found.append(values.ordered(each))
            else:
                nulls = "first" if each.args.get("nulls_first") else "last"
                way = "desc" if each.args.get("desc") else "asc"
                found.append(term(f"{way} {nulls}", block.values[at]))
        return found

    def _position_of(self, key: exp.Expr, values: Values, block: Block) -> int | None:
        """The output column that a sort key names, by position or by name."""
        if isinstance(key, exp.Literal) and not key.is_string and key.name.isdigit():
            at = int(key.name) - 1
            return at if at < len(block.values) else None
        if isinstance(key, exp.Column) and not key.table and isinstance(key.this, exp.Identifier):
            keys = self.keys(block.names)
            wanted = values.key(key.this)
            return keys.index(wanted) if wanted in keys else None
        return None

    def _sort(self, node: exp.Expr, values: Values, block: Block) -> None:
        """ORDER BY and LIMIT of a SELECT or a set operation."""
        keys = self._order_terms(node, values, block)
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

    def _ordered(
        self, node: exp.Expr, block: Block, ctes: dict[str, Block], place: tuple[Frame | None, int]
    ) -> Block:
        """ORDER BY and LIMIT around a set operation or a parenthesis."""
        if not any(node.args.get(k) for k in ("order", "limit", "offset", "sample")):
            return block
        frame = Frame(ctes, *place)
        frame.rows, frame.order = block.rows, block.order
        frame.items = [Item("", (), self.keys(block.names), block)]
        values = Values(self, frame)
        block.rows = self._sampled(node, values, block.rows)
        self._sort(node, values, block)
        return block

    # -- set operations --------------------------------------------------------------------------

    def _set_operation(
        self, node: exp.Expr, ctes: dict[str, Block], parent: Frame | None, depth: int
    ) -> Block:
        branches = self._branches(node, ctes, parent, depth)
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
        self, node: exp.Expr, ctes: dict[str, Block], parent: Frame | None, depth: int
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
                found += self._branches(bare, ctes, parent, depth)
            else:
                found.append(self.query(part, ctes, parent, depth))
        return found

    def _recursive(
        self, cte: exp.Expr, ctes: Mapping[str, Block], parent: Frame | None, depth: int
    ) -> Block:
        """A recursive CTE: its own name is a source inside; every column depends on all of it."""
        body = cte.this.unnest() if isinstance(cte.this, exp.Subquery) else cte.this
        if not isinstance(body, exp.SetOperation):
            raise Unseen("a recursive CTE without UNION")
        anchor = self.query(body.this, self.with_ctes(body, ctes, parent, depth), parent, depth)
        columns = [self.names.spell(c) for c in cte.args["alias"].args.get("columns") or ()]
        names = columns or anchor.names
        label = f"{depth}|itself#0"
        own = [term(f"itself {at}", label_term(label)) for at in range(len(names))]
        itself = Block(
            list(names), own, [False] * len(own), (label,), term("scan", label_term(label))
        )
        known = {**self.with_ctes(body, ctes, parent, depth), cte.alias.lower(): itself}
        again = self.query(body.args["expression"], known, parent, depth)
        needs = [anchor.rows, again.rows, *anchor.everything(), *again.everything()]
        bound = closing(Frame({}, None, depth).own(needs), *needs)
        way = "distinct" if body.args.get("distinct") else "all"
        rows = term(f"recursive {way}", label_term(f"{depth}|recursion#0"), *bound)
        values = [term(f"recursive {at}", rows) for at in range(len(names))]
        return Block(list(names), values, [False] * len(names), (f"{depth}|recursion#0",), rows)


class _aliases:  # noqa: N801 - reads as a statement
    """Inside, the aliases of the select list count as names."""

    def __init__(self, values: Values) -> None:
        self.values, self.before = values, values.aliases_count

    def __enter__(self) -> None:
        self.values.aliases_count = True

    def __exit__(self, *raised: object) -> None:
        self.values.aliases_count = self.before


def _renamed(block: Block, names: list[str]) -> Block:
    if names:
        block.names = [*names, *block.names[len(names) :]][: max(len(names), len(block.names))]
        if len(names) > len(block.values):
            raise Unseen("a column list over unknown columns")
        block.starred = [False] * len(names) + block.starred[len(names) :]
    return block


def _stacked(branches: list[Block], depth: int, by_name: bool) -> Block:
    """UNION ALL: a source of its own whose columns are, branch by branch, those of the branches."""
    if any(b.opens for b in branches):
        raise Unseen("a union over unknown columns")
    names = list(branches[0].names)
    columns = [list(b.values) for b in branches]
    if by_name:
        names = list({n.lower(): n for b in reversed(branches) for n in reversed(b.names)}.values())
        names.reverse()
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


def _as_struct(kind: str, block: Block) -> Block:
    """``select as struct``: one column that is the row."""
    row = term(f"struct {kind} {','.join(n.lower() for n in block.names)}", *block.values)
    block.names, block.values, block.starred = ["struct"], [row], [False]
    return block


def _filter(frame: Frame, conditions: list[Term]) -> None:
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


def _refuse_others(node: exp.Expr) -> None:
    for key, value in node.args.items():
        if value and key not in _READ and key not in _HARMLESS and key not in ("by_name", "sample"):
            if isinstance(node, exp.SetOperation) and key == "kind":
                continue
            raise Unseen(f"{key.rstrip('_')} clause")
    if node.args.get("pivots"):
        raise Unseen("a pivot")


def _is_star(node: object) -> bool:
    inner = node.this if isinstance(node, exp.Column) else node
    return isinstance(inner, exp.Star)


def _mentions(node: exp.Expr, name: str) -> bool:
    return any(t.name.lower() == name and not t.args.get("db") for t in node.find_all(exp.Table))


def _same_kind(node: exp.Expr, other: exp.Expr) -> bool:
    """Whether a nested union can be taken apart into the one around it."""
    if any(node.args.get(k) for k in ("with_", "order", "limit", "offset")):
        return False
    return bool(node.args.get("distinct")) == bool(other.args.get("distinct")) and bool(
        node.args.get("by_name")
    ) == bool(other.args.get("by_name"))


def _has_more(node: exp.Expr) -> bool:
    return any(node.args.get(k) for k in ("with_", "order", "limit", "offset", "alias", "pivots"))


def _summarises(node: exp.Expr) -> bool:
    """Whether a SELECT without GROUP BY aggregates all its rows."""
    clauses = [node.args.get(k) for k in ("having", "qualify", "order")]
    places = [*node.expressions, *[c for c in clauses if c is not None]]
    return any(_has_aggregate(place) for place in places)


def _has_aggregate(node: exp.Expr) -> bool:
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
