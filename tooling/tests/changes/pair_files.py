"""Reads the pair files: a small project before and after a change (format: README.md here)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAIRS = HERE / "pairs"
_KEY = re.compile(r"--\s*([a-z][a-z ]*?):\s*(.*)$")
_COLUMN = re.compile(r'\s*("[^"]+"|\w+)\s+((?:\([^()]*\)|[^,()])+)')
_OPTIONS = re.compile(r"\[(.*)\]\s*$")
_CALL = re.compile(r"([\w.]+)\s*\((.*)\)\s*$")
AXES = ("rows", "grain", "value", "row order", "unknown", "none")
#: the headings of one part of a project
PARTS = ("input", "seed", "model", "snapshot", "declared", "test", "exposure", "unit test", "macro",
         "metric", "raw")  # fmt: skip
SIDES = ("base", "head")
Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """One thing in a project: a model, a test, an exposure … ``words`` is all that its line says."""

    kind: str
    name: str
    words: str = ""
    sql: str = ""
    options: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> Columns:
        """Declared names and types, ``raw.orders(id int, day date)``."""
        found = _CALL.match(self.words)
        return (
            tuple((n.strip('"'), t.strip()) for n, t in _COLUMN.findall(found[2])) if found else ()
        )


Parts = dict[tuple[str, str], Part]


@dataclass(frozen=True)
class Pair:
    """A project before and after, and what is true of the change.

    ``changes`` are lines ``model[.column] kind``; ``felt`` are lines ``node[.column] verdict``.
    Whatever is not listed is untouched. ``cannot`` says why the pair is not executed.
    """

    file: str
    name: str = ""
    kind: str = ""
    dialect: str = "duckdb"
    both: Parts = field(default_factory=dict)
    base: Parts = field(default_factory=dict)
    head: Parts = field(default_factory=dict)
    removed: frozenset[tuple[str, str]] = frozenset()
    changes: tuple[str, ...] = ()
    felt: tuple[str, ...] = ()
    cannot: str = ""
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.file}: {self.name}"

    def side(self, side: str) -> dict[tuple[str, str], Part]:
        """The whole project of one side. A head without SQL of its own keeps the base's."""
        parts = {**self.both, **self.base}
        if side == "head":
            for key, part in self.head.items():
                before = parts.get(key)
                if before is not None and not part.sql.strip():
                    options = {**before.options, **part.options}
                    part = replace(part, sql=before.sql, options=options)  # noqa: PLW2901
                    if "(" not in part.words:
                        part = replace(part, words=before.words)  # noqa: PLW2901
                parts[key] = part
            for key in self.removed:
                del parts[key]
        return parts


def read_pairs(folder: Path = PAIRS) -> list[Pair]:
    """Every pair of every file below a folder, in file order."""
    found: list[Pair] = []
    for path in sorted(folder.rglob("*.sql")):
        found += _Reader(path.stem).read(path.read_text("utf-8"))
    return found


class _Reader:
    """One file: what stands before the first pair holds for all of its pairs."""

    def __init__(self, file: str) -> None:
        self.world = Pair(file)
        self.pairs: list[Pair] = []
        self.current: dict[str, Any] | None = None
        self.open: tuple[str, tuple[str, str]] | None = None

    def read(self, text: str) -> list[Pair]:
        """The pairs."""
        self._begin(self.world)
        for number, line in enumerate(text.splitlines(), 1):
            key = _KEY.match(line)
            try:
                self._line(key[1], key[2].strip()) if key else self._sql(line)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{self.world.file}.sql:{number}: {line!r}: {error}") from error
        self._end()
        return self.pairs

    def _begin(self, pair: Pair) -> None:
        self.current = {
            "both": dict(pair.both), "base": dict(pair.base), "head": dict(pair.head),
            "changes": list(pair.changes), "felt": list(pair.felt), "removed": set(), "meta": dict(pair.meta),
            "kind": pair.kind, "dialect": pair.dialect, "cannot": pair.cannot, "name": "",
        }  # fmt: skip
        self.open = None

    def _end(self) -> None:
        assert self.current is not None
        made = dict(self.current)
        for key in ("changes", "felt"):
            made[key] = tuple(made[key])
        made["removed"] = frozenset(made["removed"])
        pair = Pair(self.world.file, **made)
        if pair.name:
            self.pairs.append(pair)
        else:
            self.world = pair

    def _line(self, key: str, value: str) -> None:
        assert self.current is not None
        if key == "pair":
            self._end()
            self._begin(self.world)
            self.current["name"] = value
        elif key in ("kind", "dialect", "cannot"):
            self.current[key] = value
        elif key in ("change", "felt"):
            self.current["changes" if key == "change" else "felt"] += self._lines(value)
        elif key == "say":
            word, _, meaning = value.partition(" = ")
            self.current["meta"][word] = meaning
        elif key == "note":
            pass
        elif key == "adapter":
            self.current["meta"][key] = value
        else:
            self._part(key, value)

    def _lines(self, value: str) -> list[str]:
        """Truth lines; a word in capitals stands for the lines that the file gave it."""
        assert self.current is not None
        lines = []
        for part in filter(None, (part.strip() for part in value.split(";"))):
            lines += self._lines(self.current["meta"][part]) if part.isupper() else [part]
        return lines

    def _part(self, key: str, value: str) -> None:
        assert self.current is not None
        first, _, rest = key.partition(" ")
        side, kind = (first, rest or "model") if first in (*SIDES, "both") else ("both", key)
        if kind not in PARTS:
            raise ValueError(f"unknown heading {key!r}")
        options = _OPTIONS.search(value)
        words = value[: options.start()].strip() if options else value
        name = words if kind in ("test", "exposure", "unit test") else words.split("(")[0].strip()
        if kind == "exposure":
            name = words.split()[0]
        if name.endswith(" removed"):
            name = name.removesuffix(" removed")
            self.current["removed"].add((kind, name))
            return
        told = dict(_option(word) for word in options[1].split()) if options else {}
        self.current[side][(kind, name)] = Part(kind, name, words, "", told)
        self.open = (side, (kind, name))

    def _sql(self, line: str) -> None:
        assert self.current is not None
        if not line.strip() and (self.open is None or not self._opened().sql):
            return
        if self.open is None:
            raise ValueError("SQL that belongs to nothing")
        side, key = self.open
        part = self._opened()
        self.current[side][key] = replace(part, sql=part.sql + line + "\n")

    def _opened(self) -> Part:
        assert self.current is not None
        assert self.open is not None
        found: Part = self.current[self.open[0]][self.open[1]]
        return found


def _option(word: str) -> tuple[str, str]:
    key, _, value = word.partition("=")
    return key, value or "true"
