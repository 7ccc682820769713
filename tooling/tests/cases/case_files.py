"""Reads the case files: SQL with the edges it must have (format: README.md beside this file)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from headwater.core.edges import ColumnFlag, EdgeFlag, NodeLineage
from headwater.core.relations import Relation, SqlContext

HERE = Path(__file__).parent
_TABLE = re.compile(r'((?:"[^"]*"|[\w$.])+)\s*\(([^)]*)\)')
_KEY = re.compile(r"--\s*(case|dialect|schema|columns|constant|gap|note|levels):\s*(.*)$")
_EDGE = re.compile(r"--\s*(.+?) <- (.+?) ([A-Z_]+)((?: [a-z_]+)*)\s*$")


@dataclass(frozen=True)
class Case:
    """One case: the SQL, and everything it must give."""

    file: str
    name: str = ""
    dialect: str = "postgres"
    schema: dict[str, Relation] = field(default_factory=dict)
    sql: str = ""
    columns: tuple[str, ...] | None = None
    constant: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()
    gaps: tuple[str, ...] = ()
    levels: bool = False

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"

    def context(self) -> SqlContext:
        return SqlContext("query", self.dialect, self.schema, external="")


def read_cases(folder: Path = HERE) -> list[Case]:
    """Every case of every file below a folder, in file order."""
    found: list[Case] = []
    for path in sorted(folder.rglob("*.sql")):
        found += _read_file(path.relative_to(folder).as_posix(), path.read_text("utf-8"))
    return found


def _read_file(file: str, text: str) -> list[Case]:
    defaults = Case(file)
    cases: list[Case] = []
    current: Case | None = None
    for line in text.splitlines():
        key = _KEY.match(line)
        if key and key[1] == "case":
            if current is not None:
                cases.append(current)
            current = replace(defaults, name=key[2].strip())
            continue
        target = current or defaults
        target = _read_line(target, line, key)
        if current is None:
            defaults = target
        else:
            current = target
    return [*cases, current] if current is not None else cases


def _read_line(case: Case, line: str, key: re.Match[str] | None) -> Case:
    if key:
        word, value = key[1], key[2].strip()
        if word == "dialect":
            return replace(case, dialect="" if value == "generic" else value)
        if word == "schema":
            return replace(case, schema=_schema(value))
        if word == "columns":
            return replace(case, columns=tuple(_names(value)))
        if word == "levels":
            return replace(case, levels=value == "shown")
        if word == "constant":
            return replace(case, constant=frozenset(_names(value)))
        if word == "gap":
            return replace(case, gaps=(*case.gaps, value))
        return case
    edge = _EDGE.match(line)
    if edge:
        words = " ".join(
            [edge[1].strip(), "<-", edge[2].strip(), edge[3], *sorted(edge[4].split())]
        )
        return replace(case, edges=case.edges | {words})
    return replace(case, sql=case.sql + line + "\n")


def _names(text: str) -> list[str]:
    return [n.strip().strip('"') for n in re.findall(r'"[^"]*"|[^,]+', text) if n.strip()]


def _schema(text: str) -> dict[str, Relation]:
    relations = {}
    for name, columns in _TABLE.findall(text):
        names = _names(columns)
        listed = tuple(n for n in names if n != "...")
        relations[name] = Relation(name.replace('"', ""), listed, complete="..." not in names)
    return relations


LEVELS = EdgeFlag.PARTIAL | EdgeFlag.COUNTED | EdgeFlag.REVEALED | EdgeFlag.MARKED


def _level(flags: EdgeFlag) -> EdgeFlag:
    """The flags with the strongest mask alone, which implies the others."""
    if EdgeFlag.COUNTED in flags:
        return flags & ~(EdgeFlag.MASKING | EdgeFlag.PARTIAL)
    return flags & ~EdgeFlag.PARTIAL if EdgeFlag.MASKING in flags else flags


def edge_lines(lineage: NodeLineage, levels: bool = False) -> frozenset[str]:
    """The edges of a lineage as case files write them; with or without how a mask masks."""
    lines = set()
    seen: dict[str, int] = {}
    labels = []
    for name in lineage.columns:
        seen[name] = seen.get(name, 0) + 1
        labels.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    links = lineage.links
    for edge, at in zip(lineage.edges(), range(1, len(links), 6), strict=True):
        if edge.source.column is None:
            continue
        target = "*" if links[at] < 0 else labels[links[at]]
        shown = _level(edge.flags) if levels else edge.flags & ~LEVELS
        flags = sorted(f.name.lower() for f in EdgeFlag if f in shown and f.name)
        source = f"{edge.source.node}.{edge.source.column}"
        lines.add(" ".join([target, "<-", source, edge.effect.name, *flags]))
    return frozenset(lines)


def constants(lineage: NodeLineage) -> frozenset[str]:
    """The output columns that no source reaches."""
    pairs = zip(lineage.columns, lineage.column_flags, strict=True)
    return frozenset(name for name, flags in pairs if flags & ColumnFlag.CONSTANT)
