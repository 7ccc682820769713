"""One query, said again for DuckDB over tables of other names, so that it can be run there."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

from headwater.sql.names import names_of, split_name
from headwater.sql.stand_ins import put_stand_ins
from headwater.sql.texts import first_error, statements_of, unreadable

_LOG = logging.getLogger("sqlglot")
Parts = tuple[str, ...]
NOW = "2020-01-21 12:00:00"  #: amid made-up dates, so that conditions on today go both ways


class CannotTranspile(Exception):
    """The query has no equivalent for DuckDB; the text says why."""


def to_duckdb(sql: str, dialect: str, tables: Mapping[str, str], now: str = NOW) -> str:
    """The last query of the text for DuckDB, reading ``tables``: relation name -> table name.

    Relations are matched as dbt prints them or by any end of their name; a name of a CTE stays.
    Casts become ``try_cast``: a made-up value that cannot be cast is NULL instead of an error. The
    clock always shows ``now``.
    *Raises*: `CannotTranspile`, for what cannot be read or has no equivalent.
    """
    why = unreadable(sql)
    if why is not None:
        raise CannotTranspile(why[1])
    was_disabled, _LOG.disabled = _LOG.disabled, True
    try:
        query = _query(sql, dialect)
        _rename(query, {_lowered(name): split_name(table) for name, table in tables.items()})
        put_stand_ins(query, now)
        _soften(query)
        return query.sql(dialect="duckdb", unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise CannotTranspile(first_error(error)[0].rstrip(".")) from error
    except RecursionError as error:
        raise CannotTranspile("the SQL is nested too deeply") from error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise CannotTranspile(f"it cannot be said for DuckDB ({error})") from error
    finally:
        _LOG.disabled = was_disabled


def to_duckdb_type(type_name: str, dialect: str) -> str:
    """DuckDB's name of a type; empty when the name cannot be read."""
    was_disabled, _LOG.disabled = _LOG.disabled, True
    try:
        return exp.DataType.build(type_name, dialect=dialect or None).sql(dialect="duckdb")
    except (SqlglotError, ValueError):
        return ""
    finally:
        _LOG.disabled = was_disabled


def _query(sql: str, dialect: str) -> exp.Expr:
    """The last statement that makes columns, without what is around it."""
    for statement in reversed(statements_of(sql, dialect or None)):
        inner = statement.expression if isinstance(statement, exp.Create) else statement
        if isinstance(inner, exp.Query):
            return inner
    raise CannotTranspile("there is no query in it")


def _lowered(name: str) -> Parts:
    return tuple(part.lower() for part in split_name(name))


def _rename(query: exp.Expr, tables: Mapping[Parts, Parts]) -> None:
    """Give every relation its table; a column that is qualified by all of it keeps the last part.

    The table's own name stays as it was wherever it can, so that ``orders.id`` still means it.
    """
    for column in query.find_all(exp.Column):
        if column.args.get("db") is not None:
            owner = tuple(part.name.lower() for part in column.parts[:-1])
            if _match(owner, tables) is not None:
                column.set("db", None)
                column.set("catalog", None)
    for table in list(query.find_all(exp.Table)):
        parts = tuple(part.lower() for part in names_of(table))
        if not parts or (len(parts) == 1 and parts[0] in _ctes_over(table)):
            continue
        found = _match(parts, tables)
        if found is not None:
            called = parts[-1]
            for key, name in zip(("this", "db", "catalog"), reversed(found), strict=False):
                table.set(key, exp.to_identifier(name, quoted=True))
            for key in ("db", "catalog")[len(found) - 1 :]:
                table.set(key, None)
            if not table.alias and found[-1].lower() != called:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(called, quoted=True)))


def _match(parts: Parts, tables: Mapping[Parts, Parts]) -> Parts | None:
    """The table of the relation with this name, or the one whose name it is the end of."""
    if parts in tables:
        return tables[parts]
    ends = [t for name, t in tables.items() if name[-len(parts) :] == parts]
    ends = ends or [t for name, t in tables.items() if parts[-len(name) :] == name]
    return ends[0] if len(ends) == 1 else None


def _ctes_over(table: exp.Expr) -> set[str]:
    """The names of CTEs that can be seen from here."""
    return {name.lower() for name in _visible(table)}


def _visible(inner: exp.Expr) -> Iterator[str]:
    outer = inner.parent
    while outer is not None:
        if isinstance(inner, exp.CTE) and isinstance(outer, exp.With):
            for cte in outer.expressions:
                if cte is inner:
                    break
                yield cte.alias
            if outer.args.get("recursive"):
                yield inner.alias
        elif not isinstance(inner, exp.With):
            yield from (cte.alias for cte in getattr(outer, "ctes", ()))
        inner, outer = outer, outer.parent


def _soften(query: exp.Expr) -> None:
    """Casts that give NULL where they would fail."""
    for cast in list(query.find_all(exp.Cast)):
        if type(cast) is exp.Cast and not cast.args.get("format"):
            cast.replace(exp.TryCast(this=cast.this, to=cast.args["to"]))
