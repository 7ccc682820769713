"""What any SQL text reads and writes: the lineage of statements outside a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.core.edges import Edge, EdgeFlag, NodeLineage
from headwater.core.relations import Relation, SqlContext
from headwater.core.report import Fact, GraphEdge, GraphNode, Report, Subgraph, Table
from headwater.sql.parse import parse_node

NODE = "query"

Schema = Mapping[str, Sequence[str] | Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Statement:
    """The lineage of one statement. Source nodes are table names as the SQL writes them."""

    sql: str
    dialect: str
    lineage: NodeLineage

    def direct(self) -> dict[str, list[list[str]]]:
        """Output column -> ``[[table, column], …]`` whose values flow into it."""
        return self._pairs(lambda e: e.effect.is_direct and e.target.column is not None)

    def steering(self) -> dict[str, list[list[str]]]:
        """Output column -> sources that decide its value without flowing into it."""
        return self._pairs(lambda e: not e.effect.is_direct and e.target.column is not None)

    def rows(self) -> list[list[str]]:
        """Sources that shape which rows there are, or their order."""
        found = self._pairs(lambda e: e.target.column is None)
        return found.get("*rows", [])

    def _pairs(self, wanted: Any) -> dict[str, list[list[str]]]:
        found: dict[str, list[list[str]]] = {}
        if wanted is not None:
            for column in self.lineage.columns:
                found.setdefault(column, [])
        for edge in self.lineage.edges():
            if edge.source.column is None or not wanted(edge):
                continue
            key = "*rows" if edge.target.column is None else edge.target.column
            pair = [edge.source.node, edge.source.column]
            into = found.setdefault(key, [])
            if pair not in into:
                into.append(pair)
        return found

    def case(self, case_id: str) -> dict[str, Any]:
        """The answer to one line of ``--jsonl``."""
        steering = self.steering()
        indirect = {k: v for k, v in steering.items() if v}
        answer: dict[str, Any] = {
            "id": case_id,
            "lineage": self.direct(),
            "steering": steering,
            "indirect": {**indirect, "*": self.rows()},
            "used": "sql",
            "effects": [_edge_json(e, self.sql) for e in self.lineage.edges()],
            "gaps": [_gap_json(g) for g in self.lineage.gaps],
        }
        if not self.lineage.columns and self.lineage.gaps:
            first = self.lineage.gaps[0]
            answer["error"] = f"{first.reason}: {first.detail}"
        return answer

    def report(self) -> Report:
        """The answer in shapes."""
        edges = [e for e in self.lineage.edges() if e.source.column is not None]
        rows = tuple(
            (
                "(rows)" if e.target.column is None else e.target.column,
                f"{e.source.node}.{e.source.column}",
                e.effect.name,
                _flag_words(e.flags),
            )
            for e in edges
        )
        boxes = {f"{e.source.node}.{e.source.column}": e.source.node for e in edges}
        targets = [c for c in self.lineage.columns] + ["(rows)"]
        data = self.case("")
        del data["id"], data["used"]
        return Report(
            title="Lineage of a statement",
            facts=(
                Fact("dialect", self.dialect or "generic"),
                Fact("columns", len(self.lineage.columns)),
                Fact("edges", len(edges)),
            ),
            tables=(Table("Edges", ("column", "source", "effect", "note"), rows),),
            graph=Subgraph(
                (
                    *(GraphNode(b, b, "column", g) for b, g in boxes.items()),
                    *(GraphNode(f"{NODE}.{t}", t, "column", NODE) for t in targets),
                ),
                tuple(
                    GraphEdge(
                        f"{e.source.node}.{e.source.column}",
                        f"{NODE}.{e.target.column or '(rows)'}",
                        e.effect.name.lower(),
                        e.effect.is_direct,
                    )
                    for e in edges
                ),
            ),
            gaps=self.lineage.gaps,
            data=data,
        )


def statement(sql: str, *, dialect: str = "", schema: Schema | None = None) -> Statement:
    """The lineage of one SQL text. ``schema`` maps table names to their columns, all of them."""
    relations = {
        name: Relation(name, tuple(columns), complete=bool(columns))
        for name, columns in (schema or {}).items()
    }
    context = SqlContext(NODE, dialect, relations, external="")
    return Statement(sql, dialect, parse_node(sql, context))


def answer_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """One line of ``--jsonl``: ``{"id", "sql", "dialect", "schema"}`` -> its lineage."""
    found = statement(
        str(case.get("sql") or ""),
        dialect=str(case.get("dialect") or ""),
        schema=case.get("schema") or {},
    )
    return found.case(str(case.get("id") or ""))


def _edge_json(edge: Edge, sql: str) -> dict[str, Any]:
    start, end = edge.evidence
    return {
        "source": [edge.source.node, edge.source.column],
        "target": edge.target.column,
        "effect": edge.effect.name,
        "flags": [f.name for f in EdgeFlag if f and f in edge.flags],
        "span": [start, end] if start >= 0 else None,
        "line": sql.count("\n", 0, start) + 1 if start >= 0 else None,
    }


def _gap_json(gap: Any) -> dict[str, Any]:
    return {"reason": gap.reason, "detail": gap.detail, "column": gap.column, "line": gap.line}


def _flag_words(flags: EdgeFlag) -> str:
    words = {EdgeFlag.RENAMED: "renamed", EdgeFlag.CAST: "cast", EdgeFlag.MASKING: "masked"}
    words |= {EdgeFlag.AMBIGUOUS: "ambiguous", EdgeFlag.ORDER_ONLY: "order only"}
    return ", ".join(word for flag, word in words.items() if flag in flags)


