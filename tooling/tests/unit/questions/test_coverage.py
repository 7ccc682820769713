from __future__ import annotations

import json

from graph.builders import lineage, node, project

from headwater.core.edges import ColumnFlag, Gap, GapReason
from headwater.graph import build_graph
from headwater.questions.coverage import REASONS, coverage
from questions.shop import Shop, shop


def mixed() -> Shop:
    nodes = project(node("@raw"), node("a", "@raw"), node("b", "@raw"), node("c"))
    gap = Gap("model.shop.c", None, GapReason.PARSE_FAILED, "near 'selec'", 3)
    lineages = [
        lineage(
            "a",
            {"ok": "@raw.x", "n": [], "dark": [], "lost": [], "bare": []},
            flags={
                "n": ColumnFlag.CONSTANT,
                "dark": ColumnFlag.OPAQUE,
                "lost": ColumnFlag.FAILED,
            },
        ),
        lineage("b", {"*": "@raw.*"}),
        lineage("c", gaps=(gap,)),
    ]
    return Shop(nodes, build_graph(nodes, {lin.node: lin for lin in lineages}))


def test_every_column_is_counted_once() -> None:
    counts = coverage(mixed()).counts
    assert counts._asdict() == {
        "models": 3,
        "models_seen": 2,
        "resolved": 1,
        "constant": 1,
        "opaque": 1,
        "failed": 2,
        "open": 1,
    }
    assert counts.columns == 6
    assert round(counts.share, 3) == 0.333


def test_the_line() -> None:
    assert coverage(mixed()).line == (
        "Seen 2 of 3 models, 33.3 % of columns; 1 gap (lineage coverage lists it)"
    )
    assert (
        coverage(mixed(), ["model.shop.a"]).line == "Seen 1 of 1 models, 40 % of columns; no gaps"
    )


def test_almost_all_is_not_all() -> None:
    columns = {f"c{n}": "@raw.x" for n in range(2000)} | {"lost": []}
    nodes = project(node("@raw"), node("a", "@raw"))
    lin = lineage("a", columns, flags={"lost": ColumnFlag.FAILED})
    loaded = Shop(nodes, build_graph(nodes, {lin.node: lin}))
    assert "99.9 % of columns" in coverage(loaded).line


def test_an_empty_project() -> None:
    loaded = Shop(project(), build_graph(project(), {}))
    assert coverage(loaded).line == "Seen 0 of 0 models, 100 % of columns; no gaps"


def test_report_lists_reasons_models_and_gaps() -> None:
    report = coverage(mixed()).report()
    reasons, models = report.tables
    assert reasons.rows == (("parse_failed", 1, 1, "the SQL could not be parsed"),)
    assert models.rows == (("a", 5, 2, ""), ("b", 1, 0, ""), ("c", 0, 0, "parse_failed"))
    assert [(g.node, g.line, g.detail) for g in report.gaps] == [
        ("model.shop.c", 3, "near 'selec'")
    ]
    assert report.data["reasons"] == {"parse_failed": 1}
    assert json.loads(json.dumps(report.data)) == report.data


def test_every_reason_is_explained() -> None:
    reasons = {value for name, value in vars(GapReason).items() if name.isupper()}
    assert reasons == set(REASONS)


def test_of_the_shop() -> None:
    found = {each.node: (each.counts.models_seen, each.reasons) for each in coverage(shop()).nodes}
    assert found == {
        "model.shop.orders": (1, ()),
        "model.shop.py": (0, ("python_model",)),
        "model.shop.stg_orders": (1, ()),
        "model.shop.stg_payments": (1, ()),
    }
