from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from propagation.projects import RAW_SHOP, generic_test, model, node_id, reader, source, understood

from headwater.changes.whatif import WhatIf
from headwater.core.columns import Column
from headwater.core.edges import NodeLineage
from headwater.core.project import Node
from headwater.questions.unused import Unused, unused
from headwater.questions.unused_report import size_text


def named(answer: Unused) -> dict[str, bool]:
    """The unused columns of models; whether in turn."""
    return {
        f"{c.ref.node.rpartition('.')[2]}.{c.ref.column}": c.in_turn
        for c in answer.columns
        if c.ref.node.startswith("model.")
    }


def of(*nodes: Node, ends: bool = False) -> Unused:
    return unused(understood(RAW_SHOP, *nodes), ends=ends)


STG = model("stg", "select id, amount, status from {raw}")


@pytest.mark.parametrize(
    ("sql", "unused_ones"),
    [
        ("select id, amount from {stg}", ["status"]),
        ("select id from {stg} where amount > 0", ["status"]),
        ("select id from {stg} order by amount, status", []),
        ("select * from {stg}", []),
        ("select distinct status from {stg}", ["id", "amount"]),
        ("select count(*) as n from {stg}", ["id", "amount", "status"]),
        ("select row_number() over (order by amount) as n from {stg}", ["id", "status"]),
    ],
)
def test_what_a_reader_leaves(sql: str, unused_ones: list[str]) -> None:
    assert named(of(STG, model("fct", sql))) == {f"stg.{name}": False for name in unused_ones}


def test_a_name_in_vain_is_not_called_unused() -> None:
    answer = of(STG, model("fct", "with dead as (select status from {stg}) select id from {stg}"))
    assert named(answer) == {"stg.amount": False}
    assert [(str(each.ref), each.reason) for each in answer.unseen] == [
        ("stg.status", "fct names it, in vain")
    ]


class Kept:
    """A store in memory."""

    def __init__(self) -> None:
        self.lineages: dict[bytes, NodeLineage] = {}

    def get_many(self, keys: list[bytes]) -> dict[bytes, NodeLineage]:
        return {key: self.lineages[key] for key in keys if key in self.lineages}

    def put_many(self, lineages: Mapping[bytes, NodeLineage]) -> None:
        self.lineages |= lineages


DEAD = "with dead as (select {} from {{stg}}) select id from {{stg}}"


def test_what_was_found_out_is_kept_until_something_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, read = Kept(), list[str]()
    missed = WhatIf.missed

    def noted(self: WhatIf, reader: str, gone: Mapping[str, Iterable[str]]) -> frozenset[str]:
        read.append(reader)
        return missed(self, reader, gone)

    monkeypatch.setattr(WhatIf, "missed", noted)

    def asked(*nodes: Node, stamp: bytes = b"1") -> tuple[list[str], int]:
        read.clear()
        answer = unused(understood(RAW_SHOP, *nodes), store=store, stamp=stamp)
        return [str(each.ref) for each in answer.unseen], len(read)

    fct = model("fct", DEAD.format("status"))
    assert asked(STG, fct) == (["stg.status"], 1)
    assert asked(STG, fct) == (["stg.status"], 0)
    assert asked(STG, fct, stamp=b"2") == (["stg.status"], 1)
    assert asked(STG, model("fct", DEAD.format("amount"))) == (["stg.amount"], 1)
    wider = model("stg", "select id, amount, status, 1 as more from {raw}")
    assert asked(wider, fct) == (["stg.status"], 1)
    assert asked(STG, fct) == (["stg.status"], 0)


def test_what_only_feeds_unused_columns_is_unused_in_turn() -> None:
    answer = of(
        STG,
        model("mid", "select id, amount, status from {stg}"),
        model("fct", "select id from {mid} where amount > 0"),
    )
    assert named(answer) == {"mid.status": False, "stg.status": True}


@pytest.mark.parametrize(
    "reading",
    [
        generic_test("not_null", "stg", "status"),
        reader("unit_test", "copes", "stg", extra={"expect": {"rows": [{"status": None}]}}),
        reader("semantic_model", "sales", "stg", extra={"dimensions": [{"name": "status"}]}),
        reader("exposure", "board", "stg", meta={"columns": ["stg.status"]}),
    ],
    ids=lambda node: node.kind,
)
def test_who_names_it_reads_it(reading: Node) -> None:
    fct = model("fct", "select id, amount from {stg}")
    assert "stg.status" not in named(of(STG, fct, reading))
    assert "stg.status" in named(of(STG, fct))


def test_a_contract_and_a_setting_are_uses() -> None:
    stg = model(
        "stg",
        "select id, amount, status from {raw}",
        columns=(Column("status"),),
        extra={"contract_enforced": True},
        config={"unique_key": "amount"},
    )
    assert named(of(stg, model("fct", "select 1 as one from {stg}"))) == {"stg.id": False}


@pytest.mark.parametrize(
    ("stg", "reading", "reason"),
    [
        (STG, reader("exposure", "board", "stg"), "board may show it"),
        (STG, model("py", language="python", parents=(node_id("stg"),)), "py may read it"),
        (model("stg", "select id, amount, status from {raw}", access="public"), None,
         "public: other projects may read it"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_not_called_unused(
    stg: Node, reading: Node | None, reason: str
) -> None:
    fct = model("fct", "select id from {stg}")
    answer = of(stg, fct, *([reading] if reading else []))
    assert named(answer) == {}
    assert {each.reason for each in answer.unseen if each.ref.node == stg.id} == {reason}


def test_a_star_over_unknown_columns_may_hand_anything_on() -> None:
    loaded = understood(
        source("raw"),
        model("stg", "select * from {raw}"),
        model("copy", "select * from {stg}"),
        model("fct", "select id from {stg}"),
    )
    assert not [c for c in unused(loaded).columns if c.ref.node == node_id("stg")]


def test_ends_count_as_read_unless_asked() -> None:
    fct = model("fct", "select id, amount, status from {stg}")
    answer = of(STG, fct)
    assert named(answer) == {}
    assert answer.ends == (node_id("fct"),)
    assert named(of(STG, fct, generic_test("unique", "fct", "id"), ends=True)) == {
        "fct.amount": False, "fct.status": False, "stg.amount": True, "stg.status": True,
    }  # fmt: skip


def test_what_reads_a_source_reads_the_seed_in_its_place() -> None:
    seed = model("numbers", kind="seed", relation=RAW_SHOP.relation,
                 catalog_columns=RAW_SHOP.catalog_columns)  # fmt: skip
    answer = of(seed, model("fct", "select id, amount from {raw}"))
    assert {str(c.ref) for c in answer.columns} == {"numbers.status", "raw.raw.status"}


def test_savings_are_the_share_of_the_catalogs_size() -> None:
    stg = model("stg", "select id, amount, status from {raw}", extra={
        "stats": {"rows": 1000, "bytes": 3_000_000}})  # fmt: skip
    answer = of(stg, model("fct", "select id from {stg} where amount > 0"))
    saving = next(each for each in answer.savings if each.node == stg.id)
    assert (saving.unused, saving.columns, saving.rows, saving.saved) == (1, 3, 1000, 1_000_000)
    facts = {fact.label: fact.value for fact in answer.report().facts}
    assert facts["would save about"] == "1.0 MB"


@pytest.mark.parametrize(
    ("count", "text"), [(999, "999 bytes"), (1000, "1.0 kB"), (1_540_000_000, "1.5 GB")]
)
def test_sizes(count: int, text: str) -> None:
    assert size_text(count) == text
