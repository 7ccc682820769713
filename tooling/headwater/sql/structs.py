"""Structs: the flows of each field, as long as the SQL itself shows how the struct is made.

A column of a table that happens to be a struct is one column; its fields are not known here. One
that a subquery makes (``struct(a as x, b as y) as s``) remembers what each field is made of, also
inside an array, so that ``s.x`` is made of ``a`` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.core.edges import Effect
from headwater.sql.flows import (
    AGGREGATION,
    CAST,
    Col,
    Fields,
    RowCol,
    Steer,
    StructCol,
    changed,
    field,
    steering,
    union,
)
from headwater.sql.scope import Scope

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

CONDITIONAL = int(Effect.CONDITIONAL)
DEEPEST = 6  #: queries around one that is read for its fields: each level doubles the work


def with_fields(walk: Walk, scope: Scope, node: exp.Expr, whole: Col) -> Col:
    """``whole``, the value of ``node``, with its fields where they are known."""
    fields = fields_of(walk, scope, node)
    if fields:
        return StructCol(whole, fields)
    ask = _open_row(walk, scope, node, whole)
    return RowCol(whole, ask) if ask is not None else whole


def fields_of(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """The fields of a struct, or of the structs in an array; ``None`` where they are not known."""
    reader = _READERS.get(node.__class__)
    return reader(walk, scope, node) if reader is not None else None


def accessed(walk: Walk, scope: Scope, node: exp.Expr) -> Col | None:
    """What ``<struct>.x``, ``<struct>['x']`` … reads, if the fields of the struct are known."""
    inner, path = _path_of(node)
    if not path:
        return None
    fields = fields_of(walk, scope, inner)
    if fields:
        first = fields.get(path[0].lower())
    else:
        ask = _open_row(walk, scope, inner, None)
        first = ask(path[0]) if ask is not None else None
    return field(first, path[1:]) if first is not None else None


def elements(col: Col) -> Col:
    """What ``unnest`` makes of an array: its elements, with the fields they have."""
    if not isinstance(col, StructCol):
        return changed(col)
    return StructCol(changed(col), {name: changed(each) for name, each in col.fields.items()})


def dealt(walk: Walk, scope: Scope, node: exp.Expr, width: int) -> list[Col]:
    """``stack(n, a, b, c, …)``: the arguments dealt to ``width`` columns in turn."""
    values = [changed(walk.value(scope, each)) for each in node.expressions]
    return [union(values[at::width]) for at in range(width)]


def _path_of(node: exp.Expr) -> tuple[exp.Expr, tuple[str, ...]]:
    """The struct that is asked, and the names of the fields on the way in."""
    path: list[str] = []
    while True:
        names = _step(node)
        if names is None:
            return node, tuple(path)
        path[:0] = names
        node = node.expressions[0] if isinstance(node, exp.Anonymous) else node.this


def _step(node: exp.Expr) -> list[str] | None:
    """The fields that one operator asks for; ``None`` where it is none of these."""
    if isinstance(node, exp.Paren):
        return []
    if isinstance(node, exp.Dot):
        is_name = isinstance(node.expression, (exp.Identifier, exp.Literal))
        return [node.expression.name] if is_name else None
    if isinstance(node, exp.Bracket):
        key = node.expressions[0] if len(node.expressions) == 1 else None
        if isinstance(key, exp.Literal):
            return [key.name] if key.is_string else []
    if isinstance(node, (exp.StructExtract, exp.GetExtract)):
        key = node.expression
        return [key.name] if isinstance(key, exp.Literal) and key.is_string else None
    if isinstance(node, _JSON_PATHS) and isinstance(node.expression, exp.Literal):
        steps = [step.strip() for step in node.expression.name.strip("{}").split(",")]
        return [step for step in steps if not step.isdigit()] if all(steps) else None
    if isinstance(node, exp.Anonymous) and str(node.this).lower() == "tupleelement":
        return [node.expressions[1].name]
    if isinstance(node, _JSON_EXTRACTS) and isinstance(node.expression, exp.JSONPath):
        parts = node.expression.expressions
        if all(isinstance(p, _PLAIN_PATH) for p in parts):  # not ``$.*``, ``$..x``
            return [p.name for p in parts if isinstance(p, exp.JSONPathKey)]
    return None


_JSON_PATHS = (exp.JSONBExtract, exp.JSONBExtractScalar)
_JSON_EXTRACTS = (exp.JSONExtract, exp.JSONExtractScalar)
_PLAIN_PATH = (exp.JSONPathRoot, exp.JSONPathKey, exp.JSONPathSubscript)


def _inner(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    return fields_of(walk, scope, node.this)


def _literal(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """``struct(a as x, b)``, ``{'x': a}``, ``object_construct('x', a)``."""
    found: dict[str, Col] = {}
    counts = walk.context.dialect == "clickhouse"
    for position, part in enumerate(node.expressions, 1):
        value = part.expression if isinstance(part, exp.PropertyEQ) else part
        if value is not part and not isinstance(part.this, (exp.Identifier, exp.Literal)):
            return None  # ``map {email: 1}``: the key is a value
        name = part.this.name if isinstance(part, exp.PropertyEQ) else part.alias_or_name
        name = str(position) if counts else name
        if value.is_star:
            every = _every(scope, value)
            if every is None:
                return None
            found |= every
            continue
        if not name:
            return None
        found[name.lower()] = _value(walk, scope, value)
    return found


def _document(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """``json_object('x': a)``: the members of a JSON document, if their names are known."""
    return _members(walk, scope, [(p.this, p.expression) for p in node.expressions])


def _built(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """``jsonb_build_object('x', a, …)``, which sqlglot keeps by name."""
    if str(node.this).lower() not in _BUILDERS or len(node.expressions) % 2:
        return None
    parts = node.expressions
    return _members(walk, scope, list(zip(parts[::2], parts[1::2], strict=True)))


_BUILDERS = frozenset(("json_build_object", "jsonb_build_object", "json_object"))


def _members(walk: Walk, scope: Scope, pairs: list[tuple[exp.Expr, exp.Expr]]) -> Fields | None:
    names = [p.name.lower() for p, _ in pairs if isinstance(p, exp.Literal) and p.is_string]
    if len(names) != len(pairs) or len(set(names)) != len(names):
        return None
    values = (elements(_value(walk, scope, value)) for _, value in pairs)
    return dict(zip(names, values, strict=True))


def _value(walk: Walk, scope: Scope, node: exp.Expr) -> Col:
    return with_fields(walk, scope, node, walk.value(scope, node))


def _cast(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """``cast(row(a, b) as row(x int, y int))``: the type names the fields."""
    names: list[str] = []
    value, kind = node.this, node.args.get("to")
    while kind is not None and kind.expressions and not names:
        names = [d.name for d in kind.expressions if isinstance(d, exp.ColumnDef)]
        kind = kind.expressions[0] if isinstance(kind.expressions[0], exp.DataType) else None
    if not names or not isinstance(value, (exp.Struct, exp.Tuple)):
        return None
    parts = [p.expression if isinstance(p, exp.PropertyEQ) else p for p in value.expressions]
    if len(parts) != len(names):
        return None
    values = [_value(walk, scope, part) for part in parts]
    return {name.lower(): _casted(col) for name, col in zip(names, values, strict=True)}


def _casted(col: Col) -> Col:
    return Col(
        {s: (f[0], f[1] | CAST, *f[2:]) for s, f in col.direct.items()}, col.steer, col.flags
    )


def _column(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """A column of a subquery that made the struct."""
    owners = [node.args.get(key) for key in ("catalog", "db", "table", "this")]
    if not isinstance(node.this, exp.Identifier):
        return None
    found = scope.resolve(tuple(walk.spell(each) for each in owners if each is not None))
    if found is None:
        return _row(walk, scope, node)
    col = field(found.col, found.fields)
    return col.fields if isinstance(col, StructCol) else None


def _row(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """The alias of a relation as a value: its columns, if all are known."""
    offer = (
        scope.row(node.name) if walk.rules.whole_row and node.args.get("table") is None else None
    )
    if offer is None or offer.has_more or not offer.rel.names:
        return None
    rel = offer.rel
    return {name.lower(): rel.at(at) for at, name in enumerate(rel.names)}


def _open_row(
    walk: Walk, scope: Scope, node: exp.Expr, whole: Col | None
) -> Callable[[str], Col | None] | None:
    """What finds a column of a whole row by name, where not all of the row's columns are known.

    The row may stand in ``array_agg(t limit 1)[0]``, ``any_value(t)``; ``struct(*)`` is one, too.
    """
    inner, path = _path_of(node)
    if path or not isinstance(inner, _ROWS):
        return None
    called, inner = inner, _aggregated(inner)
    ask = _asking(walk, scope, inner)
    if ask is None or called is inner:
        return ask
    by = (whole if whole is not None else walk.value(scope, called)).steer
    return lambda name: _summed(ask(name), by)


def _asking(walk: Walk, scope: Scope, node: exp.Expr) -> Callable[[str], Col | None] | None:
    if isinstance(node, exp.Struct):
        star = node.expressions[0] if len(node.expressions) == 1 else None
        if star is None or not star.is_star or any(star.args.get(k) for k in _STAR_CHANGES):
            return None
        offers = scope.starred((star.table,) if isinstance(star, exp.Column) else ())
        offer = offers[0] if len(offers) == 1 else None
    else:
        is_row = isinstance(node, exp.Column) and node.args.get("table") is None
        is_row = is_row and walk.rules.whole_row and scope.unqualified(node.name) is None
        offer = scope.row(node.name) if is_row else None
    if offer is None or not offer.rel.is_open:
        return None
    rel = offer.rel
    return lambda name: rel.lookup(name) or rel.lookup_open(name)


_STAR_CHANGES = ("except_", "replace", "rename", "ilike")
_ROWS = (exp.AnyValue, exp.ArrayAgg, exp.Column, exp.Struct)


def _aggregated(node: exp.Expr) -> exp.Expr:
    """``t`` of ``array_agg(t order by x limit 1)`` and ``any_value(t)``."""
    if not isinstance(node, (exp.AnyValue, exp.ArrayAgg)):
        return node
    inner = node.this
    while isinstance(inner, (exp.Order, exp.Limit, exp.HavingMax, exp.IgnoreNulls, exp.Distinct)):
        inner = inner.this if inner.this is not None else inner.expressions[0]
    return inner if inner is not None else node


def _summed(col: Col | None, steer: Steer) -> Col | None:
    """A field of an aggregate: what steers the whole steers it."""
    if col is None:
        return None
    return Col({s: (max(f[0], AGGREGATION), *f[1:]) for s, f in col.direct.items()}, steer, 0)


def _every(scope: Scope, star: exp.Expr) -> Fields | None:
    """What ``*`` and ``t.*`` put into a struct, if all columns are known."""
    qualifier = (star.table,) if isinstance(star, exp.Column) else ()
    found = {}
    for name, col, _ in scope.star(qualifier):
        if col is None:
            return None
        found[name.lower()] = col
    return found


def _array(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """``[struct(…), struct(…)]``: a field comes from every element; the first names them."""
    if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Query):
        return fields_of(walk, scope, node.expressions[0])
    stacks: dict[str, list[Col]] = {}
    for element in node.expressions:
        fields = fields_of(walk, scope, element)
        if fields is not None and (not stacks or set(fields) == set(stacks)):
            for name, col in fields.items():
                stacks.setdefault(name, []).append(col)
        elif stacks and len(element.expressions) == len(stacks):
            for stack, part in zip(stacks.values(), element.expressions, strict=True):
                value = part.expression if isinstance(part, exp.PropertyEQ) else part
                stack.append(walk.value(scope, value))
        else:
            return None
    return {name: _stacked(stack) for name, stack in stacks.items()}


def _stacked(cols: list[Col]) -> Col:
    return cols[0] if len(cols) == 1 else union(cols)


def _query(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """``(select as struct a, b from t)``; also ``(select s from t)`` of a struct ``s``."""
    select = node.find(exp.Select)
    if select is None or not _may_be_struct(select):
        return None
    rel = walk.query(node, Scope(scope.ctes, scope))
    if rel.is_open or not rel.names:
        return None
    if str(select.args.get("kind") or "").upper() == "STRUCT":
        fields = dict(zip((name.lower() for name in rel.names), rel.cols, strict=False))
    elif len(rel.names) == 1 and isinstance(only := rel.at(0), StructCol):
        fields = dict(only.fields)
    else:
        return None
    rows = Col({}, rel.rows)
    return {name: _steered(col, rows, col.direct) for name, col in fields.items()}


def _may_be_struct(select: exp.Expr) -> bool:
    """Whether reading the query once more, for its fields, can pay; never deep inside others."""
    depth, around = 0, select.parent
    while around is not None:
        depth += isinstance(around, exp.Select)
        around = around.parent
    if depth > DEEPEST:
        return False
    if str(select.args.get("kind") or "").upper() == "STRUCT":
        return True
    only = select.expressions[0].unalias() if len(select.expressions) == 1 else None
    return isinstance(only, (exp.Column, exp.Struct, exp.ArrayAgg, exp.AnyValue))


def _aggregate(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """``array_agg(struct(…) order by …)``: what steers the whole steers each field."""
    inner = _aggregated(node)
    fields = fields_of(walk, scope, inner) if inner is not node else None
    if not fields:
        return None
    whole = walk.value(scope, node)
    return {
        name: Col(
            {s: (max(f[0], AGGREGATION), *f[1:]) for s, f in col.direct.items()},
            whole.steer,
            whole.flags,
        )
        for name, col in fields.items()
    }


def _steered(col: Col, by: Col, direct: Mapping[int, tuple[int, int, int, int]]) -> Col:
    """The column, and what decides which rows it is taken from."""
    steer = dict(col.steer)
    steering(by, CONDITIONAL, steer)
    whole = Col(dict(direct), steer, 0)
    return StructCol(whole, col.fields) if isinstance(col, StructCol) else whole


def _asked(walk: Walk, scope: Scope, node: exp.Expr) -> Fields | None:
    """``s.x`` where ``x`` is a struct too."""
    inner, path = _path_of(node)
    if not path:
        return fields_of(walk, scope, inner) if inner is not node else None
    col = accessed(walk, scope, node)
    return col.fields if isinstance(col, StructCol) else None


_READERS: dict[type, Callable[[Walk, Scope, exp.Expr], Fields | None]] = {
    exp.Alias: _inner,
    exp.Anonymous: _built,
    exp.JSONObject: _document,
    exp.AnyValue: _aggregate,
    exp.Array: _array,
    exp.ArrayAgg: _aggregate,
    exp.Bracket: _asked,
    exp.Cast: _cast,
    exp.Column: _column,
    exp.Dot: _asked,
    exp.Paren: _inner,
    exp.Select: _query,
    exp.StarMap: lambda walk, scope, node: _every(scope, node.this),
    exp.Struct: _literal,
    exp.GetExtract: _asked,
    exp.JSONBExtract: _asked,
    exp.StructExtract: _asked,
    exp.Subquery: _query,
    exp.Tuple: _literal,
}
