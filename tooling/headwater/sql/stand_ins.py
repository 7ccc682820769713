"""Functions that DuckDB lacks, replaced by others whose value depends on the same arguments.

The value itself may be another one: who asks *what moves* needs no more. Whatever is not listed
here stays as it is, and DuckDB refuses it. The clock stands still, or an output would seem to move
whenever a second passes between two runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlglot import exp

#: functions and sqlglot's classes that tell the time -> the type of what they tell
_CLOCKS = {
    **dict.fromkeys(("currentdate", "utcdate", "current_date"), "date"),
    **dict.fromkeys(("currenttime", "localtime", "utctime", "curtime"), "time"),
    **dict.fromkeys(
        (
            *("currenttimestamp", "currenttimestampltz", "currentdatetime", "localtimestamp"),
            *("utctimestamp", "systimestamp", "sysdate", "getdate", "getutcdate", "sysutcdatetime"),
            *("clock_timestamp", "statement_timestamp", "transaction_timestamp", "now", "now64"),
        ),
        "timestamp",
    ),
}
_ROW_HEADER = 12  #: bytes that PostgreSQL's record_send puts before the first value


def put_stand_ins(query: exp.Expr, now: str) -> None:
    """Every stand-in in its place; the innermost first, for they stand within each other."""
    for node in reversed(list(query.walk())):
        other = _stand_in(node, now)
        if other is not node:
            node.replace(other)


def _stand_in(node: exp.Expr, now: str) -> exp.Expr:
    name = node.name.lower() if isinstance(node, exp.Anonymous) else type(node).__name__.lower()
    if name in _CLOCKS:
        moment = exp.Literal.string(now)
        return exp.TryCast(this=moment, to=exp.DataType.build(_CLOCKS[name]))
    if isinstance(node, exp.Anonymous):
        make = _BY_NAME.get(node.name.lower())
        return make(node.expressions) if make and node.expressions else node
    for kind, make_from in _BY_KIND:
        if isinstance(node, kind):
            return make_from(node)
    return node


def _text(value: exp.Expr) -> exp.Expr:
    return exp.TryCast(this=value, to=exp.DataType.build("varchar"))


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _encoded(node: exp.Expr) -> exp.Expr:
    """``encode(sha256(x), 'hex')`` is what DuckDB's ``sha256`` gives at once."""
    if node.args.get("charset") is None or node.args["charset"].name.lower() in ("utf8", "utf-8"):
        return node
    inner = node.this
    if isinstance(inner, exp.SHA2Digest):
        return exp.SHA2(this=inner.this, length=exp.Literal.number(256))
    if isinstance(inner, exp.MD5Digest):
        return exp.MD5(this=inner.this)
    return _call("hex", _text(inner))


def _cast(node: exp.Expr) -> exp.Expr:
    """PostgreSQL's object identifiers as text; ``bit(64)`` without its width."""
    to = node.args.get("to")
    if isinstance(to, exp.ObjectIdentifier):
        return _text(node.this)
    if isinstance(to, exp.DataType) and to.this == exp.DataType.Type.BIT:
        to.set("expressions", [])
    return node


def _at_path(node: exp.Expr) -> exp.Expr:
    """``json #>> '{a,b}'``."""
    path = node.expression.name.strip("{}") if node.expression.is_string else ""
    if not path:
        return _text(node.this)
    dotted = "$." + ".".join(part.strip() for part in path.split(","))
    return _call("json_extract_string", node.this, exp.Literal.string(dotted))


def _matched(node: exp.Expr) -> exp.Expr:
    """``substring(x from 'pattern')``."""
    start = node.args.get("start")
    if start is None or not start.is_string:
        return node
    return _call("regexp_extract", node.this, start)


def _sent(values: list[exp.Expr]) -> exp.Expr:
    header = exp.Literal.string("-" * _ROW_HEADER)
    return exp.DPipe(this=header, expression=_text(values[0]))


_BY_KIND: tuple[tuple[type[exp.Expr], Callable[[exp.Expr], exp.Expr]], ...] = (
    (exp.Encode, _encoded),
    (exp.Cast, _cast),
    (exp.JSONBExtractScalar, _at_path),
    (exp.Substring, _matched),
)
_BY_NAME: Mapping[str, Callable[[list[exp.Expr]], exp.Expr]] = {
    "convert_from": lambda values: values[0],
    "convert_to": lambda values: values[0],
    "pg_typeof": lambda values: exp.Lower(this=_call("typeof", *values)),
    "record_send": _sent,
    "to_jsonb": lambda values: _call("to_json", *values),
}
