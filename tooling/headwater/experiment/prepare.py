"""A node's SQL made ready for DuckDB: its inputs as tables with types that DuckDB accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from headwater.core.columns import short_name
from headwater.core.project import Node, Project
from headwater.experiment.data import ORDERS, ROW_CHANGES, TableData
from headwater.experiment.guesses import Guesses
from headwater.experiment.sandbox import QueryFailed, Sandbox
from headwater.experiment.values import duckdb_type, kind_of
from headwater.experiment.warehouse import Warehouse
from headwater.graph.claims import NodeClaims, claims_of, inlined_in
from headwater.graph.column_graph import ColumnGraph
from headwater.sql.dialects import dialect_for
from headwater.sql.names import split_name
from headwater.sql.transpiling import NOW, CannotTranspile, to_duckdb, to_duckdb_type
from headwater.sql.usage import type_cues

ATTEMPTS = 40  #: guesses at the types of columns before a query is given up
_NO_COLUMN = "headwater_no_column"  #: a table needs one, also where none is known

Schema = Mapping[str, Mapping[str, str]]


class CannotTry(Exception):
    """Why a node's SQL cannot be tried."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query for DuckDB. ``tables`` maps node ids to tables, ``schema`` tables to typed columns;
    ``outputs`` are the query's columns with their types.
    """  # fmt: skip

    node: str
    sql: str
    claims: NodeClaims
    tables: Mapping[str, str]
    schema: Schema
    outputs: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Preparer:
    """Prepares the nodes of one project; what one needs to know of another is found once."""

    project: Project
    graph: ColumnGraph
    warehouse: Warehouse
    _types: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _ready: dict[str, Prepared | CannotTry] = field(default_factory=dict)

    def prepare(self, node_id: str) -> Prepared:
        """The node's query over typed tables. *Raises*: `CannotTry`."""
        if node_id not in self._ready:
            try:
                self._ready[node_id] = self._prepared(node_id)
            except CannotTry as why:
                self._ready[node_id] = why
        found = self._ready[node_id]
        if isinstance(found, CannotTry):
            raise found
        return found

    def _prepared(self, node_id: str) -> Prepared:
        node = self.project.nodes[node_id]
        if node.sql is None or node.language != "sql":
            raise CannotTry(_no_sql(node))
        claims = claims_of(self.graph, node_id, inlined_in(self.project))
        tables = self._tables(node, claims)
        names = {self._relation(each): table for each, table in tables.items()}
        try:
            sql = to_duckdb(node.sql, dialect_for(self.project.adapter), names, self._now())
        except CannotTranspile as why:
            raise CannotTry(f"not for DuckDB: {why}") from why
        tables = {each: table for each, table in tables.items() if _schema_of(table) in sql}
        known = {table: self._columns(each, node_id) for each, table in tables.items()}
        schema, outputs = _settled(sql, Guesses.about(known, type_cues(sql)))
        return Prepared(node_id, sql, claims, tables, schema, outputs)

    def _now(self) -> str:
        """What the clock shows: among real rows, when dbt last looked at the project."""
        moment = self.project.generated_at[:19].replace("T", " ")
        return moment if self.warehouse.data is not None and moment else NOW

    def _tables(self, node: Node, claims: NodeClaims) -> dict[str, str]:
        """A table for everything the node may read; each in a schema of its own."""
        wanted = [*sorted(claims.inputs), node.id]
        todo = [node.id]
        seen: set[str] = set()
        while todo:  # what is inlined brings its own inputs
            for parent in self.graph.parents(todo.pop()):
                if parent not in seen:
                    seen.add(parent)
                    known = self.project.nodes.get(parent)
                    todo += [parent] if known is not None and not known.relation else []
        tables: dict[str, str] = {}
        taken = set()
        for each in dict.fromkeys([*wanted, *sorted(seen)]):  # of two with one relation, the named
            relation = self._relation(each)
            if relation and relation.lower() not in taken:
                taken.add(relation.lower())
                last = split_name(relation)[-1].replace('"', '""')
                tables[each] = f'"headwater_{len(tables)}"."{last}"'
        return tables

    def _relation(self, node_id: str) -> str:
        node = self.project.nodes.get(node_id)
        if node is not None:
            return node.relation or ""
        return node_id.removeprefix("external.")

    def _columns(self, node_id: str, reader: str) -> dict[str, str]:
        """The columns of an input, with their types where they are known."""
        names = [name for name in self.graph.column_names(node_id) if name != "*"]
        types = self.types(node_id) if node_id != reader else self._told(node_id)
        columns = {name: types.get(name.lower(), "") for name in dict.fromkeys(names)}
        return columns or {_NO_COLUMN: "INTEGER"}

    def types(self, node_id: str) -> Mapping[str, str]:
        """DuckDB types by column name in lower case: as told, or as DuckDB finds them."""
        if node_id not in self._types:
            self._types[node_id] = told = self._told(node_id)
            names = self.graph.column_names(node_id)
            node = self.project.nodes.get(node_id)
            if node is not None and node.sql and any(n.lower() not in told for n in names):
                try:
                    outputs = self.prepare(node_id).outputs
                    self._types[node_id] = {n.lower(): _usable(t) for n, t in outputs} | told
                except CannotTry:
                    pass
        return self._types[node_id]

    def _told(self, node_id: str) -> dict[str, str]:
        """The types of YAML, of the catalog, and of rows at hand; the later are better."""
        node = self.project.nodes.get(node_id)
        if node is None:
            return {}
        dialect = dialect_for(self.project.adapter)
        found = {}
        for column in (*node.columns, *(node.catalog_columns or ())):
            if column.type:
                found[column.name.lower()] = _usable(column.type, dialect)
        taken = self.warehouse.take(node)
        if taken is None:
            return found
        return {**taken.types, **found} if taken.origin != "sample" else {**found, **taken.types}


def _settled(sql: str, guesses: Guesses) -> tuple[Schema, tuple[tuple[str, str], ...]]:
    """Types with which DuckDB accepts the query, and the columns it then has."""
    first = ""
    for _ in range(ATTEMPTS):
        schema = guesses.schema()
        try:
            return schema, _described(sql, schema)
        except QueryFailed as error:
            first = first or str(error)
            if not guesses.learn(str(error)):
                break
    raise CannotTry(f"DuckDB refuses it: {first_line(first)}")


def _described(sql: str, schema: Schema) -> tuple[tuple[str, str], ...]:
    empty = [
        TableData(
            name,
            tuple(columns),
            tuple(columns.values()),
            (((),),) * len(columns),
            ((),) * (ORDERS + len(ROW_CHANGES)),
        )
        for name, columns in schema.items()
    ]
    with Sandbox(empty) as sandbox:
        rows = sandbox.execute(f"describe {sql}").rows
    return tuple((str(row[0]), str(row[1])) for row in rows)


def _usable(type_name: str, dialect: str = "duckdb") -> str:
    """A type that values can be made for: another warehouse's name said for DuckDB."""
    for name in (duckdb_type(type_name), to_duckdb_type(type_name, dialect)):
        if kind_of(name) != "other" and name.upper() != "UUID" and to_duckdb_type(name, "duckdb"):
            return name
    return "VARCHAR"


def first_line(text: str) -> str:
    """DuckDB's message without the excerpt of the SQL."""
    return text.strip().split("\n")[0].strip()


def _schema_of(table: str) -> str:
    return table.partition(".")[0] + "."


def _no_sql(node: Node) -> str:
    if node.language != "sql":
        return f"a {node.language.capitalize()} model: only SQL can be tried"
    if node.kind not in ("model", "snapshot"):
        article = "an" if node.kind[0] in "aeiou" else "a"
        return f"{article} {node.kind} has no SQL of its own"
    return f"the manifest has no compiled SQL for '{short_name(node.id)}'"
