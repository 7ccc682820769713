"""Only what the golden answers do not show."""

from __future__ import annotations

import pytest
from propagation.projects import RAW_SHOP, model, reader, understood

from headwater.core.changes import Verdict
from headwater.core.errors import NotFound, UsageError
from headwater.questions.impact_change import Asked, ImpactChange, impact_change

LOADED = understood(
    RAW_SHOP,
    model("stg", "select id, amount, status from {raw}"),
    model("fct", "select id, sum(amount) as total\nfrom {stg}\nwhere status = 'x'\ngroup by id"),
    model("far", "select total from {fct}", access="public", group="finance"),
    reader("exposure", "board", "far", owner={"name": "Ann"}),
)


def verdicts(answer: ImpactChange) -> dict[str, str]:
    return {node.node.rpartition(".")[2]: node.verdict.name for node in answer.nodes}


@pytest.mark.parametrize(
    ("name", "edit", "expected"),
    [
        ("stg.status", "drop", {"fct": "BREAKS", "far": "BREAKS", "board": "BREAKS"}),
        ("stg.status", "logic", {"fct": "ROWS", "far": "ROWS", "board": "ROWS"}),
        ("stg.amount", "logic", {"fct": "VALUE", "far": "VALUE", "board": "VALUE"}),
        ("stg.amount", "type", {"fct": "UNKNOWN", "far": "UNKNOWN", "board": "UNKNOWN"}),
        ("stg.amount", "rows", {"fct": "ROWS", "far": "ROWS", "board": "ROWS"}),
        ("far", "rename", {"board": "BREAKS"}),
    ],
)
def test_verdicts(name: str, edit: str, expected: dict[str, str]) -> None:
    assert verdicts(impact_change(LOADED, [name], edit)) == expected


def test_the_line_of_sql_that_makes_it_so() -> None:
    (fct,) = impact_change(LOADED, ["stg.status"], "drop", asked=Asked(depth=1)).nodes
    evidence = fct.places[0].evidence
    assert evidence is not None
    assert (evidence.line, evidence.text) == (3, "status = 'x'")


def test_depth_and_only_limit_what_is_shown_and_not_what_is_counted() -> None:
    asked = Asked(only=("exposure", "unknown"))
    answer = impact_change(LOADED, ["stg.amount"], "type", asked=asked)
    assert [node.kind for node in answer.shown] == ["exposure"]
    assert len(answer.nodes) == 3
    facts = {fact.label: fact.value for fact in answer.report().facts}
    assert facts["unknown"] == 3
    assert answer.report().tables[0].title == "Exposures"


def test_only_untouched() -> None:
    answer = impact_change(LOADED, ["far.total"], "logic", asked=Asked(only=("untouched",)))
    assert not answer.shown
    assert [table.title for table in answer.report().tables] == []


def test_public_models_and_groups_are_named() -> None:
    report = impact_change(LOADED, ["stg.amount"], "logic").report()
    models = next(table for table in report.tables if table.title == "Models")
    assert "model, public, group finance" in {row[2] for row in models.rows}


def test_a_picture_of_very_many_places_shows_the_worst_of_each_node() -> None:
    many = " ".join(f"c{n}" for n in range(200))
    wide = understood(
        type(RAW_SHOP)(
            RAW_SHOP.id, "source", "raw", relation=RAW_SHOP.relation,
            catalog_columns=tuple(type(RAW_SHOP.catalog_columns[0])(c) for c in many.split()),
        ),
        model("copy", "select * from {raw}"),
    )  # fmt: skip
    report = impact_change(wide, ["source:raw"], "logic").report()
    assert 2 <= len(report.graph.nodes) <= 4


def test_errors() -> None:
    with pytest.raises(NotFound, match="no change 'remove'"):
        impact_change(LOADED, ["stg"], "remove")
    with pytest.raises(UsageError, match="goes with the change 'rename'"):
        impact_change(LOADED, ["stg.id"], "type", to="key")
    with pytest.raises(UsageError, match="there is a column 'amount' already"):
        impact_change(LOADED, ["stg.id"], "rename", to="AMOUNT".lower())


def test_a_worse_verdict_is_greater() -> None:
    assert Verdict.BREAKS > Verdict.UNKNOWN > Verdict.ROWS > Verdict.VALUE > Verdict.SHAPE
