"""Reports that are hard to render."""

from __future__ import annotations

from headwater.core.edges import Gap
from headwater.core.report import (
    Fact,
    Finding,
    GraphEdge,
    GraphNode,
    Report,
    Rule,
    Subgraph,
    Table,
)

COLUMNS = ("node", "column", "effect", "depth", "expression")
SQL = "coalesce(o.amount, 0) * r.rate\n  + 1 -- |x| <b>"
ROWS: tuple[tuple[str | int | None, ...], ...] = (
    ("orders", "amount", "IDENTITY", 1, "amount"),
    ("fct_orders_with_a_long_name_enhanced", "amount_usd", "TRANSFORMATION", 2, SQL),
    ("日本", "=1+2", "@team", 12, "\x1b[31mred"),
    ("", None, "_odd_ `tick`", 0, "a\tb"),
)
GAP = Gap("model.x.y", None, "python_model", "a Python model's columns cannot be seen", 3)
GRAPH = Subgraph(
    (
        GraphNode("b", 'x "y" <z> #1', "model", "z2"),
        GraphNode("a", "orders.amount", "source", "model.shop.orders"),
        GraphNode("c", "rows"),
    ),
    (GraphEdge("a", "c", "FILTER", direct=False), GraphEdge("a", "b", "IDENTITY")),
)
HARD = Report(
    "What changes downstream of orders.amount?",
    (Fact("models", 4), Fact("exposures", 1, "bad"), Fact("compiled", True, "good")),
    (Table("Columns", COLUMNS, ROWS, ("expression",)), Table("Tests", ("test", "node"), ())),
    GRAPH,
    (GAP,) * 7,
    "Seen 412 of 430 models; 18 gaps",
    {"columns": 3},
)
EMPTY = Report("Nothing is downstream of orders.amount")
RULES = (Rule("breaks", "Something fails."), Rule("rows-change", "Other rows."))
FINDINGS = (
    Finding(
        "breaks", "error", "it reads 'a' & \"b\" <c>", "orders.amount", "models/o.sql", 4, "f1"
    ),
    Finding("rows-change", "warning", "\x1b[31mred\x00\nline", "日本", "models/日 本.sql", 0, "f2"),
    Finding("rows-change", "error", "known", "x", "", 1, "f3", excused="wanted (Ann)"),
)
GATED = Report(
    "Check",
    headline=Fact("check", "1 thing breaks", "bad"),
    findings=FINDINGS,
    rules=(*RULES, Rule("unused", "Never.")),
    coverage="Seen 2 of 3 models",
)
PASSED = Report(
    "Check", headline=Fact("check", "nothing changes", "good"), findings=(), rules=RULES
)
