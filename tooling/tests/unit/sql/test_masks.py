"""What is left of a value behind an expression, in many dialects: the table `masks.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from headwater.core.edges import CALLS, EdgeFlag
from headwater.core.relations import Relation, SqlContext
from headwater.questions.pii_words import Level, level_after
from headwater.sql.masks import with_marks
from headwater.sql.parse import parse_node

COLUMNS = "id email phone name card birth_date age lat salary dept ip enc a".split()
RELATIONS = {"t": Relation("t", tuple(COLUMNS), complete=True)}
WORDS = {"pseudonymised": "pseudo"}


def _table() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    dialect = ""
    for line in (Path(__file__).with_name("masks.txt")).read_text("utf-8").splitlines():
        if line.startswith("["):
            dialect = line.strip("[]")
        elif line and not line.startswith("#"):
            expression, _, left = line.rpartition(" => ")
            found.setdefault(dialect, []).append((expression, left))
    return found


TABLE = _table()


def left_of(expression: str, dialect: str) -> str:
    """What is left of each column that reaches the result."""
    is_query = expression.startswith(("select ", "with "))
    sql = expression if is_query else f"select {expression} as x from t"
    lineage = parse_node(sql, SqlContext("q", dialect, RELATIONS, external=""))
    words = set()
    for edge in lineage.edges():
        if edge.effect.is_direct and edge.target.column is not None:
            level = level_after(Level.RAW, int(edge.flags)).word
            revealed = "+reveal" if EdgeFlag.REVEALED in edge.flags else ""
            marked = "+marked" if EdgeFlag.MARKED in edge.flags else ""
            words.add(WORDS.get(level, level) + revealed + marked)
    return " ".join(sorted(words)) or "-"


@pytest.mark.parametrize("dialect", TABLE)
def test_what_is_left(dialect: str) -> None:
    wrong = [
        (expression, found, wanted)
        for expression, wanted in TABLE[dialect]
        if (found := left_of(expression, dialect)) != wanted
    ]
    assert not wrong


def test_the_table_is_long() -> None:
    assert sum(map(len, TABLE.values())) > 300


def test_marks_keep_every_place() -> None:
    sql = "select (\n /* headwater:mask=hash key=2 */ a) as é, '(/* headwater:mask=x */' from t"
    marked = with_marks(sql)
    assert len(marked) == len(sql)
    assert [marked.find(word) for word in ("as é", "from t")] == [
        sql.find("as é"),
        sql.find("from t"),
    ]
    assert "headwater_mask_hash(" in marked


def test_a_mark_that_cannot_be_parsed_is_no_mask() -> None:
    sql = "select count(/* headwater:mask=hash */ email) as n, email as e from t"
    lineage = parse_node(sql, SqlContext("q", "postgres", RELATIONS, external=""))
    assert lineage.columns == ("n", "e")
    assert not lineage.gaps


def test_more_unknown_functions_than_bits() -> None:
    calls = ", ".join(f"f{n}(email) as c{n}" for n in range(CALLS + 5))
    lineage = parse_node(f"select {calls} from t", SqlContext("q", "postgres", RELATIONS))
    assert len(lineage.calls) == CALLS + 5
    assert all(edge.flags == EdgeFlag.NONE for edge in lineage.edges())
