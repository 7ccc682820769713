"""What the macros that read histories say when they are called wrongly: the whole text."""

from __future__ import annotations

from typing import Any

import pytest
from rendering import FakeRelation, Package, WrongArgumentError

OWN = (("dbt_valid_from", "timestamp"), ("dbt_valid_to", "timestamp"))
HISTORY = FakeRelation('"shop"."history"', (("id", "integer"), ("tier", "text"), *OWN))
ORDERS = FakeRelation('"shop"."orders"', (("id", "integer"), ("tier", "text"), ("at", "timestamp")))
HAS = "columns of the relation: dbt_valid_from, dbt_valid_to, id, tier"
RELATION = "a relation such as ref('orders'), the name of a CTE, or a select"
TIME = "a time such as '2026-03-01' or '2026-03-01 12:00:00+00'"
SHAPE = (
    "a mapping in the shape of snapshot_meta_column_names, such as "
    "{'dbt_valid_from': 'valid_from', 'dbt_valid_to': 'valid_to'}"
)
PIT = (ORDERS, HISTORY, ["id"], "at")
Case = tuple[str, tuple[Any, ...], dict[str, Any], tuple[str, ...]]

WRONG: dict[str, Case] = {
    "no relation": ("as_of", (None, "2026-01-01"), {}, ("relation", RELATION, "none")),
    "a day that is none": (
        "as_of", (HISTORY, "2026-1-1"), {}, ("instant", TIME, "the string '2026-1-1'"),
    ),
    "no instant": ("as_of", (HISTORY, ""), {}, ("instant", f"{TIME}, or an SQL expression", "an empty string")),
    "names that are no mapping": (
        "scd2_current", (HISTORY,), {"column_names": ["valid_from"]},
        ("column_names", SHAPE, "a list of 1"),
    ),
    "a name that dbt doesn't have": (
        "scd2_current", (HISTORY,), {"column_names": {"valid_to": "ends"}},
        ("column_names",
         "names among 'dbt_is_deleted', 'dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', "
         "'dbt_valid_to'", "the string 'valid_to'", "did you mean 'dbt_valid_to'?"),
    ),
    "a name that the table doesn't have": (
        "as_of", (HISTORY, "2026-01-01"), {"column_names": {"dbt_valid_to": "ends"}},
        ("column_names", HAS, "'ends'"),
    ),
    "an end that is a number": (
        "scd2_current", (HISTORY,), {"open_end": 9999},
        ("open_end", "none for NULL, 'infinity', a time such as '9999-12-31', or an SQL expression",
         "the number 9999"),
    ),
    "another deleted": (
        "as_of", (HISTORY, "2026-01-01"), {"deleted": "hide"},
        ("deleted", "one of 'keep', 'leave_out'", "the string 'hide'"),
    ),
    "a misspelt key": ("scd2_diff", (HISTORY, ["idd"], "2026-01-01", "2026-01-02"), {},
                       ("key", HAS, "'idd'", "did you mean 'id'?")),
    "another missing": (
        "pit_join", PIT, {"missing": "last"},
        ("missing", "one of 'drop', 'first', 'null', 'unknown'", "the string 'last'"),
    ),
    "a column that both have": (
        "pit_join", PIT, {},
        ("columns", "names that the spine doesn't have", "'tier'",
         "give it another: columns={'tier': 'version_tier'}"),
    ),
    "unknown without a member": (
        "pit_join", PIT, {"columns": {"tier": "then"}, "missing": "unknown"},
        ("unknown", "a mapping of columns of the result to SQL, such as {'country': \"'unknown'\"}",
         "a mapping"),
    ),
    "a member that is not used": (
        "pit_join", PIT, {"columns": {"tier": "then"}, "unknown": {"then": "'x'"}},
        ("unknown", "missing='unknown', without which it is not used", "the string 'null'"),
    ),
    "a member of another column": (
        "pit_join", PIT,
        {"columns": {"tier": "then"}, "missing": "unknown", "unknown": {"than": "'x'"}},
        ("unknown", "columns of the result: then", "'than'"),
    ),
    "a select that can't be sorted": (
        "pit_join", ("select * from orders", HISTORY, ["id"], "at"),
        {"columns": ["tier"], "method": "sweep"},
        ("method", "a spine whose columns are known, which 'sweep' needs", "a CTE or a select",
         "pass a relation such as ref('orders'), or leave out method"),
    ),
    "a select without columns": (
        "pit_join", (ORDERS, "select * from history", ["id"], "at"), {},
        ("columns", "the names of the columns, which can't be known of a CTE or a select", "none",
         "pass a relation such as ref('customers'), or name the columns"),
    ),
    "no histories": (
        "scd2_join", ([], ["id"]), {},
        ("histories", "a list of histories, such as [{'relation': ref('customers')}, ...]",
         "an empty list"),
    ),
    "a misspelt option of a history": (
        "scd2_join", ([{"relation": HISTORY, "column": ["tier"]}], ["id"]), {},
        ("histories", "options among 'column_names', 'columns', 'deleted', 'key', 'open_end', "
         "'relation'", "the option 'column'", "did you mean 'columns'?"),
    ),
    "a column twice": (
        "scd2_join", ([{"relation": HISTORY}, {"relation": HISTORY}], ["id"]), {},
        ("columns", "each name once in the result", "'tier' twice",
         "give it another: columns={'tier': 'other_tier'}"),
    ),
    "other gaps": (
        "test_scd2_valid", (HISTORY, ["id"]), {"gaps": "warn"},
        ("gaps", "one of 'allow', 'forbid'", "the string 'warn'"),
    ),
    "a list for a time": ("as_of", (HISTORY, ["2026-01-01"]), {},
                          ("instant", f"{TIME}, or an SQL expression", "a list of 1")),
    "a text for a list": (
        "scd2_from_log", (ORDERS, ["id"], "at"), {"exclude_cols": "tier"},
        ("exclude_cols", "a list of column names, such as ['customer_id', 'valid_from']",
         "the string 'tier'", "write ['tier']"),
    ),
    "columns that are not there": (
        "scd2_from_snapshots", (ORDERS, ["id"], "at"), {"columns": ["id", "at", "tiers"]},
        ("columns", "columns of the relation: at, id, tier", "'tiers'", "did you mean 'tier'?"),
    ),
    "no yes or no": (
        "scd2_from_log", (ORDERS, ["id"], "at"), {"scd_id": "no"}, ("scd_id", "true or false", "the string 'no'"),
    ),
    "an end that is no time": (
        "scd2_from_log", (ORDERS, ["id"], "at"), {"valid_to_current": 9999},
        ("valid_to_current", "'infinity', a date or time of UTC such as '9999-12-31', or an SQL expression",
         "the number 9999"),
    ),
    "a time that is not there": (
        "bitemporal_merge", (ORDERS, ["id"], "at", "until", "at"), {},
        ("valid_to", "columns of the relation: at, id, tier", "'until'"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_the_whole_text(name: str) -> None:
    macro, words, options, (argument, expected, got, *hint) = WRONG[name]
    with pytest.raises(WrongArgumentError) as raised:
        Package("postgres").sql(macro, *words, **options)
    lines = [
        f"headwater.{macro.removeprefix('test_')}(): bad argument '{argument}'",
        f"  expected: {expected}",
        f"  got: {got}",
        *(f"  hint: {text}" for text in hint),
    ]
    assert str(raised.value) == "\n".join(lines)
