from __future__ import annotations

from array import array
from collections.abc import Mapping

import pytest

from headwater.core.columns import ColumnRef
from headwater.core.edges import ColumnFlag, Effect, NodeLineage
from headwater.experiment import (
    Influence,
    Recipe,
    Sandbox,
    build_tables,
    claims,
    compare,
    refute,
    run,
)

SCHEMA = {"t": {"id": "INTEGER", "a": "INTEGER", "b": "VARCHAR"}}
SQL = "select a as x, count(*) as n from t where b > 'b' group by a"
TRUE = {"x": ("a",), "n": (), None: ("a", "b", None)}


def lineage(edges: Mapping[str | None, tuple[str | None, ...]], *flags: int) -> NodeLineage:
    """A lineage of outputs x and n: target (None: the rows) -> columns of t (None: its rows)."""
    sources = [ColumnRef("t", name) for name in ("a", "b", "id", None)]
    links = array("i")
    for target, names in edges.items():
        at = -1 if target is None else ("x", "n").index(target)
        for name in names:
            links.extend((sources.index(ColumnRef("t", name)), at, Effect.FILTER, 0, -1, -1))
    return NodeLineage("q", ("x", "n"), flags or (0, 0), tuple(sources), links)


def test_a_true_lineage_is_sound() -> None:
    result = compare(run(SQL, SCHEMA), lineage(TRUE))
    assert result.is_sound
    assert result.never_seen == ()
    assert result.observed > 0


def test_a_missing_row_edge_is_missed() -> None:
    result = compare(run(SQL, SCHEMA), lineage({**TRUE, None: ("a", None)}))
    assert not result.is_sound
    assert {(i.output, i.column) for i in result.missed} == {("x", "b"), ("n", "b"), (None, "b")}


def test_an_edge_too_many_is_never_seen() -> None:
    result = compare(run(SQL, SCHEMA), lineage({**TRUE, "n": ("id",)}))
    assert result.is_sound
    assert result.never_seen == (Influence("n", "t", "id", "any"),)


def test_node_ids_may_differ_from_tables() -> None:
    observed = run(SQL.replace("from t", "from raw.t"), {"raw.t": SCHEMA["t"]})
    assert compare(observed, lineage(TRUE), {"t": "raw.t"}).is_sound


def test_other_columns_are_a_difference() -> None:
    observed = run("select a as x from t", SCHEMA)
    assert compare(observed, lineage(TRUE)).names_differ
    assert compare(run("select a as x, id as m from t", SCHEMA), lineage(TRUE)).names_differ


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        (TRUE, set()),
        ({**TRUE, None: ("a", None)}, {("x", "b"), ("n", "b"), (None, "b")}),
        ({**TRUE, None: ("a", "b")}, {("x", None), ("n", None), (None, None)}),
        ({**TRUE, None: ("b", None), "x": ()}, {("x", "a"), ("n", "a"), (None, "a")}),
    ],
)
def test_refute_names_the_culprit(
    edges: Mapping[str | None, tuple[str | None, ...]], expected: set[tuple[str | None, str | None]]
) -> None:
    claimed = claims(lineage(edges), {"t": "t"})
    with Sandbox(build_tables(SCHEMA, SQL, Recipe(1))) as sandbox:
        found = refute(sandbox, SQL, claimed, rounds=12)
    assert {(i.output, i.column) for i in found.missed} == expected


def test_nothing_is_claimed_about_an_opaque_output() -> None:
    opaque = lineage({None: ("a", "b", None)}, ColumnFlag.FAILED, ColumnFlag.FAILED)
    sql = "select a as x, id as n from t"
    with Sandbox(build_tables(SCHEMA, sql)) as sandbox:
        assert refute(sandbox, sql, claims(opaque, {"t": "t"})).missed == set()
        blind = lineage({None: ("a", "b", None)})
        assert refute(sandbox, sql, claims(blind, {"t": "t"})).missed == {
            Influence("n", "t", "id", "value")
        }
