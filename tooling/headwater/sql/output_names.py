"""What an output column without an alias is called, dialect by dialect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from headwater.sql.masks import unmarked

if TYPE_CHECKING:
    from headwater.sql.walk import Walk

_POSTGRES = frozenset({"postgres", "redshift", "materialize", "risingwave", "greenplum"})


_CALL = re.compile(r"(\w+)\(")
#: sqlglot's type -> the name that PostgreSQL gives a column cast to it.
_TYPES = {
    "int": "int4",
    "bigint": "int8",
    "smallint": "int2",
    "boolean": "bool",
    "double": "float8",
    "float": "float4",
    "decimal": "numeric",
    "char": "bpchar",
    "nchar": "bpchar",
    "timestamptz": "timestamptz",
}


def output_name(walk: Walk, node: exp.Expr, position: int) -> str:
    """The name of the select item at ``position`` (0-based)."""
    node = unmarked(node)
    while isinstance(node, exp.Paren) and isinstance(node.this, (exp.Column, exp.Paren)):
        node = node.this
    if isinstance(node, exp.Alias):
        alias = node.args["alias"]
        return walk.spell(alias) if isinstance(alias, exp.Identifier) else str(node.alias)
    if isinstance(node, exp.Parameter):
        return f"${node.name}"
    if isinstance(node, exp.Column):
        return output_name(walk, node.this, position)
    if isinstance(node, exp.Dot):
        return str(node.expression.name)
    if isinstance(node, exp.Identifier):
        return walk.spell(node)
    dialect = walk.context.dialect
    if dialect in _POSTGRES:
        return _postgres(walk, node)
    if dialect == "bigquery":
        return f"f{position}_"
    if dialect == "duckdb":
        return node.sql(dialect="duckdb").lower()
    if isinstance(node, exp.Subquery) and len(node.this.expressions) == 1:
        return node.this.expressions[0].alias_or_name or f"_col_{position}"
    return node.output_name or f"_col_{position}"


def _postgres(walk: Walk, node: exp.Expr) -> str:
    """PostgreSQL's FigureColname: the function's, the cast's or the column's name."""
    while isinstance(node, (exp.Paren, exp.Filter, exp.Window, exp.WithinGroup)):
        node = node.this
    if isinstance(node, exp.Cast):
        inner = _postgres(walk, node.this)
        type_name = node.to.this.name.lower() if isinstance(node.to, exp.DataType) else ""
        return inner if inner != "?column?" else _TYPES.get(type_name, type_name)
    if isinstance(node, exp.Column):
        return walk.spell(node.this)
    if isinstance(node, exp.Case):
        return "case"
    if isinstance(node, exp.Exists):
        return "exists"
    if isinstance(node, exp.Subquery) and node.this.expressions:
        return output_name(walk, node.this.expressions[0], 0)
    if isinstance(node, exp.Array):
        return "array"
    call = _CALL.match(node.sql(dialect="postgres"))
    if call is None or isinstance(node, (exp.Binary, exp.Unary)):
        return "?column?"
    return call[1].lower()
