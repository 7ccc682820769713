"""What a warehouse refuses though its lineage is clear is told when it is asked for."""

from __future__ import annotations

import pytest

from headwater.core.columns import ColumnRef
from headwater.core.edges import GapReason
from headwater.core.relations import Relation, SqlContext
from headwater.sql.parse import parse_node

T, U = Relation("t", ("a", "b", "c"), True), Relation("u", ("a", "d"), True)
UNKNOWN, COUNT = GapReason.UNKNOWN_COLUMN, GapReason.COLUMN_COUNT


def gaps(sql: str, dialect: str, strict: bool) -> list[tuple[str, str]]:
    context = SqlContext("m", dialect, {'"t"': T, '"u"': U})
    return [(g.reason, g.detail) for g in parse_node(sql, context, strict=strict).gaps]


@pytest.mark.parametrize(
    ("sql", "gap"),
    [
        ("with x as (select zz from t) select a from t", (UNKNOWN, "zz")),
        ("select * from t union all select * from u", (COUNT, "a union of 2 and 3 columns")),
        ("select * exclude (q) from t", (UNKNOWN, "q")),
        ("select * replace (1 as q) from t", (UNKNOWN, "q")),
        ("select * replace (1 as q) from t, unnest([1]) as e(n)", (UNKNOWN, "q")),
        ("with x(p, q, r, s) as (select * from t) select p from x",
         (COUNT, "4 aliases for 3 columns")),
        ("select p from t as x(p, q, r, s)", (COUNT, "4 aliases for 3 columns")),
        ("select a, b from t group by 1, 3", (COUNT, "position 3 of 2 columns")),
        ("select t.a from t join u using (d)", (UNKNOWN, "d")),
        ("select a from t where a in (select * from u)", (COUNT, "a subquery of 2 columns")),
        ("select (select * from u) as x from t", (COUNT, "a subquery of 2 columns")),
    ],
)  # fmt: skip
def test_refused(sql: str, gap: tuple[str, str]) -> None:
    assert gaps(sql, "snowflake", strict=False) == []
    assert gaps(sql, "snowflake", strict=True) == [gap]


@pytest.mark.parametrize(
    "sql",
    [
        "with x as (select a from t) select a from t",
        "select a, d from u union all select a, b from t",
        "select * exclude (a) from t",
        "select t.b from t join u using (a) join u as v using (a)",
        "select a from t where (a, b) in (select * from u)",
        "select a from t where exists (select * from u)",
        "select a, b from t group by 1, 2",
        "select a, min((select max(u.d) from u where u.a < t.a)) as m from t group by all",
    ],
)
def test_accepted(sql: str) -> None:
    assert gaps(sql, "snowflake", strict=True) == []


def test_columns_that_are_worked_on_in_vain() -> None:
    used: dict[ColumnRef, bool] = {}
    context = SqlContext("m", "", {'"t"': T})
    parse_node(
        "with x as (select upper(b) as u, a, c from t) select a from x order by c",
        context,
        strict=True,
        used=used,
    )
    assert {str(ref): named for ref, named in used.items()} == {"t.b": True}
    parse_node("select a from t union select c from t", context, strict=True, used=used)
    assert {str(ref) for ref, named in used.items() if not named} == {"t.a", "t.c"}
