"""What any SQL text reads and writes: the lineage of statements outside a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.core.edges import Edge, Gap, NodeLineage
from headwater.core.relations import Relation, SqlContext
from headwater.core.report import Report
from headwater.questions.effects import flag_names
from headwater.sql.dialect_names import dialect_named
from headwater.sql.parse import parse_node
from headwater.sql.splitting import split_statements

NODE = "query"

Schema = Mapping[str, Sequence[str] | Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Statement:
    """The lineage of one statement. Source nodes are table names as the SQL writes them.

    ``name`` says where the statement stands; ``line`` is the line of that text it begins on.
    """

    sql: str
    dialect: str
    lineage: NodeLineage
    name: str = "a statement"
    line: int = 1

    def direct(self) -> dict[str, list[list[str]]]:
        """Output column -> ``[[table, column], …]`` whose values flow into it."""
        return self._by_column(lambda edge: edge.effect.is_direct)

    def steering(self) -> dict[str, list[list[str]]]:
        """Output column -> sources that decide its value without flowing into it."""
        return self._by_column(lambda edge: not edge.effect.is_direct)

    def rows(self) -> list[list[str]]:
        """Sources that shape which rows there are, or their order."""
        return _pairs(edge for edge in self.lineage.edges() if edge.target.column is None)

    def _by_column(self, wanted: Callable[[Edge], bool]) -> dict[str, list[list[str]]]:
        found: dict[str, list[Edge]] = {column: [] for column in self.lineage.columns}
        for edge in self.lineage.edges():
            if edge.target.column is not None and wanted(edge):
                found[edge.target.column].append(edge)
        return {column: _pairs(edges) for column, edges in found.items()}

    def data(self) -> dict[str, Any]:
        """The lineage in the JSON form, but for the gaps."""
        steering = self.steering()
        return {
            "lineage": self.direct(),
            "steering": steering,
            "indirect": {**{k: v for k, v in steering.items() if v}, "*": self.rows()},
            "effects": [_edge_data(edge, self.sql) for edge in self.lineage.edges()],
        }

    def case(self, case_id: object) -> dict[str, Any]:
        """The answer to one line of ``--jsonl``."""
        gaps = [_gap_data(gap) for gap in self.lineage.gaps]
        answer = {"id": case_id, **self.data(), "used": "sql", "gaps": gaps}
        if not self.lineage.columns and self.lineage.gaps:
            first = self.lineage.gaps[0]
            answer["error"] = f"{first.reason}: {first.detail}"
        return answer

    def report(self) -> Report:
        """The answer in shapes."""
        from headwater.questions.statement_report import statement_report  # noqa: PLC0415 - a circle

        return statement_report([self])


def statement(
    sql: str,
    *,
    dialect: str = "",
    schema: Schema | None = None,
    name: str = "a statement",
    line: int = 1,
) -> Statement:
    """The lineage of one SQL text. ``schema`` maps table names to their columns, all of them.

    ``dialect`` is sqlglot's name, or ``""`` for generic SQL.
    """
    relations = {
        table: Relation(table, tuple(columns), complete=bool(columns))
        for table, columns in (schema or {}).items()
    }
    context = SqlContext(NODE, dialect, relations, external="")
    return Statement(sql, dialect, parse_node(sql, context), name, line)


def statements(
    sql: str, *, dialect: str = "", schema: Schema | None = None, name: str = "the text"
) -> list[Statement]:
    """The lineage of each statement of a text, in order; none when there is no SQL in it."""
    parts = split_statements(sql, dialect)
    several = len(parts) > 1
    return [
        statement(
            part.text,
            dialect=dialect,
            schema=schema,
            name=f"statement {number} of {name}" if several else name,
            line=part.line,
        )
        for number, part in enumerate(parts, 1)
    ]


def answer_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """One line of ``--jsonl``: ``{"id", "sql", "dialect", "schema"}`` -> its lineage.

    Where ``sql`` cannot be read, ``query`` (the select inside it) is; ``used`` says which was.
    *Raises*: ``ValueError`` when the case is not of that form.
    """
    sql, schema = case.get("sql") or case.get("query"), case.get("schema") or {}
    if not isinstance(sql, str):
        raise ValueError("there is no text under 'sql'")
    check_schema(schema)
    asked = str(case.get("dialect") or "")
    dialect = dialect_named(asked)
    found = statement(sql, dialect=dialect or "", schema=schema).case(case.get("id"))
    query = case.get("query")
    if "error" in found and isinstance(query, str) and query != sql:
        inner = statement(query, dialect=dialect or "", schema=schema).case(case.get("id"))
        found = found if "error" in inner else {**inner, "used": "query"}
    if dialect is None:
        found["warning"] = f"no dialect '{asked}': read as generic SQL"
    return found


def check_schema(schema: object) -> None:
    """Nothing, when it is a `Schema`. *Raises*: ``ValueError`` that says what it should be."""
    if not isinstance(schema, Mapping):
        raise ValueError("a schema is an object: {table: {column: type}}")
    for table, columns in schema.items():
        if isinstance(columns, str) or not isinstance(columns, Mapping | Sequence):
            raise ValueError(f"the columns of '{table}' are no object and no list")
        if not all(isinstance(column, str) for column in columns):
            raise ValueError(f"a column of '{table}' is no text")


def _pairs(edges: Iterable[Edge]) -> list[list[str]]:
    """``[table, column]`` of the sources, each once."""
    sources = (edge.source for edge in edges)
    found = dict.fromkeys((ref.node, ref.column) for ref in sources if ref.column is not None)
    return [[node, column] for node, column in found]


def _edge_data(edge: Edge, sql: str) -> dict[str, Any]:
    start, end = edge.evidence
    return {
        "source": [edge.source.node, edge.source.column],
        "target": edge.target.column,
        "effect": edge.effect.name,
        "flags": flag_names(edge.flags),
        "span": [start, end] if start >= 0 else None,
        "line": sql.count("\n", 0, start) + 1 if start >= 0 else None,
    }


def _gap_data(gap: Gap) -> dict[str, Any]:
    return {"reason": gap.reason, "detail": gap.detail, "column": gap.column, "line": gap.line}
