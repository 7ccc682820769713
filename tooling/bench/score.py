"""Scores the engine on cases that other projects' tests expect: ``score.py FILE.jsonl …``.

A line of a file is one case: ``id`` (``suite/name``), ``dialect``, ``sql``, ``schema`` and
``expected`` ``{output: [[table, column], …]}``, where an output ``#k`` is the k-th by position.
Cases with a ``quirk`` reflect a habit of where they come from; ``--strict`` leaves them out.

Names are compared without case and quotes, tables by dotted suffix. An expected source counts as
found among the direct sources or those that steer the output (suites differ on whether a CASE
condition or a window key is a source); only a direct source can be one too many.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from headwater.questions.statement import answer_case

Pair = tuple[tuple[str, ...], str]


@dataclass
class Score:
    """Counts over the cases of one suite."""

    cases: int = 0
    exact: int = 0
    failed: int = 0
    found: int = 0
    missing: int = 0
    extra: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add another suite's counts."""
        for name in ("cases", "exact", "failed", "found", "missing", "extra"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses

    def row(self, name: str) -> str:
        """One line of the table."""
        precision = self.found / (self.found + self.extra) if self.found + self.extra else 1.0
        recall = self.found / (self.found + self.missing) if self.found + self.missing else 1.0
        exact = self.exact / self.cases if self.cases else 1.0
        counts = f"| {name} | {self.cases} | {self.failed} "
        return counts + f"| {precision:.4f} | {recall:.4f} | {exact:.4f} |"


def _bare(name: Any) -> str:
    return str(name if name is not None else "").strip().strip('`"[]').lower()


def _pair(source: Sequence[Any]) -> Pair:
    table = str(source[0]) if source[0] else ""
    return tuple(_bare(p) for p in table.split(".") if p), _bare(source[1])


def _same(one: Pair, other: Pair) -> bool:
    if one[1] != other[1]:
        return False
    shared = min(len(one[0]), len(other[0]))
    return shared == 0 or one[0][-shared:] == other[0][-shared:]


def _pairs(sources: Iterable[Sequence[Any]] | None) -> list[Pair]:
    unique: list[Pair] = []
    for pair in map(_pair, sources or ()):
        if not any(_same(pair, p) for p in unique):
            unique.append(pair)
    return unique


def _output(answer: dict[str, Any], part: str, wanted: str) -> list[Pair] | None:
    """The sources of one output, by position (``#k``), name, or the last part of its name."""
    outputs = list(answer["lineage"])
    if wanted.startswith("#"):
        position = int(wanted[1:]) - 1
        wanted = outputs[position] if position < len(outputs) else wanted
    by_name = {_bare(k): v for k, v in reversed(answer[part].items())}
    for name in (_bare(wanted), _bare(wanted.split(".")[-1])):
        if name in by_name:
            return _pairs(by_name[name])
    return None


def score_case(case: dict[str, Any]) -> Score:
    """The counts of one case."""
    answer = answer_case(case)
    score = Score(cases=1, failed=int("error" in answer))
    for output, sources in case["expected"].items():
        expected = _pairs(sources)
        direct = _output(answer, "lineage", output)
        known = (direct or []) + (_output(answer, "steering", output) or [])
        found = [e for e in expected if any(_same(e, k) for k in known)]
        optional = expected + _pairs((case.get("expected_optional") or {}).get(output))
        extra = [d for d in direct or [] if not any(_same(d, e) for e in optional)]
        score.found += len(found)
        score.missing += len(expected) - len(found)
        score.extra += len(extra)
        if extra or len(found) < len(expected):
            names = [".".join((*t, c)) for t, c in direct or []]
            score.misses.append(f"{case['id']}: {output} expected {sources}, got {names}")
    score.exact = int(not score.misses)
    return score


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit code is 1 when a case failed outright."""
    parser = argparse.ArgumentParser(description="Score the engine on case files.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--strict", action="store_true", help="leave out quirks and duplicates")
    parser.add_argument("--misses", type=int, default=20, help="how many misses to print")
    options = parser.parse_args(arguments)
    suites: dict[str, Score] = defaultdict(Score)
    for path in options.files:
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            if options.strict and (case.get("quirk") or case.get("duplicate_of")):
                continue
            suites[case["id"].split("/")[0]].add(score_case(case))
    total = Score()
    print("| suite | cases | failed | precision | recall | exact |\n|---|---|---|---|---|---|")
    for name in sorted(suites):
        total.add(suites[name])
        print(suites[name].row(name))
    print(total.row("all"))
    for miss in total.misses[: options.misses]:
        print(f"- {miss}")
    return int(total.failed > 0)


if __name__ == "__main__":
    sys.exit(main())
