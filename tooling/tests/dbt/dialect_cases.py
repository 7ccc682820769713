"""One case or more for every public macro: how it is called, so that what it writes can be parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recording import COLUMNS, OWN, Table
from rendering import FakeRelation

NOON = "2026-01-01T12:00:00"
ORDERS = FakeRelation("shop.orders", COLUMNS)
KEYED = {"unique_key": ["id", "part"], "meta": {"headwater": {"dedup_order_by": ["Happened On"]}}}
VALIDITY = (
    ("dbt_scd_id", "varchar"), ("dbt_updated_at", "timestamp"), ("dbt_valid_from", "timestamp"),
    ("dbt_valid_to", "timestamp"),
)  # fmt: skip
HISTORY = FakeRelation("shop.order_history", COLUMNS + VALIDITY)
TARIFFS = FakeRelation("shop.tariffs", (("id", "integer"), ("tariff", "varchar"), *VALIDITY))
EVENTS = FakeRelation("shop.tariff_events", (
    *COLUMNS, ("starts_at", "timestamp"), ("ends_at", "timestamp"), ("recorded_at", "timestamp"),
    ("replaced_at", "timestamp"),
))  # fmt: skip
LOADS = FakeRelation("shop.loads", (("loaded_at", "timestamp"), ("country", "varchar")))
ARGUMENTS = {"target_relation": Table(), "temp_relation": Table(), "incremental_predicates": []}


@dataclass(frozen=True)
class Case:
    """A call, and where what it writes may stand."""

    macro: str
    words: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    within: str = "{}"
    config: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)


def expression(macro: str, *words: Any, **options: Any) -> Case:
    """A call that writes a value."""
    return Case(macro, words, options, "select {} as written from shop.orders as o")


def condition(macro: str, *words: Any, **options: Any) -> Case:
    """A call that writes a condition."""
    return Case(macro, words, options, "select 1 as written from shop.orders as o where {}")


def select(macro: str, *words: Any, **options: Any) -> Case:
    """A call that writes a select."""
    return Case(macro, words, options)


def materialization(name: str, **options: Any) -> Case:
    """A second run of a model: its table is there."""
    ours = {**KEYED["meta"]["headwater"], **options}
    config = {**KEYED, "event_time": "Happened On", "meta": {"headwater": ours}}
    answers = {"headwater_window": [3, 1, "2026-01-01", "2026-01-02", None]}
    return Case(f"materialization_{name}_default", config=config, answers=answers)


def strategy(name: str) -> Case:
    """A strategy of dbt's `incremental`."""
    made = materialization(name)
    macro = f"get_incremental_headwater_{name}_sql"
    marked = {**ARGUMENTS, "temp_relation": Table(columns=COLUMNS + OWN)}
    return Case(macro, (marked,), config=made.config, answers=made.answers)


CASES = (
    # deduplication
    select("dedup", ORDERS, ["id"], order_by=["Happened On desc"]),
    select("dedup", ORDERS, ["id"], order_by=["Happened On"], keep="all_ties"),
    select("dedup", ORDERS, ["id"], order_by=["Happened On"], null_keys="keep_all"),
    select("coalesce_duplicates", ORDERS, ["id"], ["Happened On"]),
    select("dedup_report", ORDERS, ["id"], ["Happened On"]),
    Case("dedup_delete", ("shop.orders", ["id"]), {"dry_run": False}),
    select("test_duplicate_ratio_below", ORDERS, ["id"], 0.1),
    # names and hashes
    expression("column_reference", "Mixed Case", "o"),
    expression("quote_identifier", "Mixed Case"),
    select("get_quoted_identifiers", ["id", "part"]),
    expression("row_hash", ["id", "part"], "o"),
    expression("surrogate_key", ["id", "part"], "o"),
    select("test_grain", ORDERS, ["id", "part"]),
    expression("row_as_json", "o", ["id", "note"]),
    select("dedup", "select * from shop.orders", ["id"], columns=["id", "note"]),
    # incremental
    *(
        materialization(name)
        for name in (
            "upsert", "delete_insert", "append_dedup", "full_diff", "soft_delete", "replace_window",
            "in_place_refresh",
        )
    ),
    materialization("swap_partition", partition_by={"fields": ["Happened On"], "granularity": "month"}),
    *(
        strategy(name)
        for name in (
            "upsert", "delete_insert", "append_dedup", "full_diff", "soft_delete", "replace_window"
        )
    ),
    select("schema_drift", ORDERS, Table()),
    condition("incremental_filter", "Happened On", relation=Table(), by=["part"]),
    expression("watermark", "id", relation=Table()),
    # change data capture
    select("cdc_normalize", "select * from shop.log", ["id"], format="debezium"),
    select("cdc_normalize", "select * from shop.log", ["id"], format="fivetran"),
    select("test_cdc_gap", ORDERS, "id", per=["part"]),
    select("test_cdc_lag", ORDERS, "Happened On", 30),
    Case("materialization_cdc_apply_default", config=KEYED),
    select("get_run_log_rows", "invocations"),
    Case(
        "replace_microbatch", (ARGUMENTS,), config={**KEYED, "event_time": "Happened On"},
        answers={"batch": {
            "event_time_start": "2026-01-01 00:00:00", "event_time_end": "2026-01-02 00:00:00",
        }},
    ),
    condition("is_incremental"),
    select("lock", "nightly"),
    select("unlock", "nightly"),
    # histories
    select("as_of", HISTORY, "2026-03-31 12:00+02:00"),
    select("pit_join", ORDERS, TARIFFS, ["id"], "Happened On", columns=["tariff"]),
    select("scd2_current", HISTORY),
    select("scd2_diff", HISTORY, ["id"], "2026-01-01", "2026-02-01"),
    select("scd2_join", [{"relation": HISTORY}, {"relation": TARIFFS}], ["id"]),
    select("scd2_from_log", ORDERS, ["id"], "Happened On"),
    select("scd2_from_snapshots", ORDERS, ["id"], "Happened On"),
    select("scd2_collapse", HISTORY, ["id"]),
    select("scd2_merge_history", HISTORY, HISTORY, ["id"]),
    expression("guarded_snapshot"),
    select("bitemporal_merge", EVENTS, ["id"], "starts_at", "ends_at", "recorded_at"),
    select("bitemporal_as_of", EVENTS, "2026-03-31 12:00+02:00", column_names={
        "valid_from": "starts_at", "valid_to": "ends_at", "system_from": "recorded_at",
        "system_to": "replaced_at",
    }),
    select("test_scd2_valid", HISTORY, ["id"]),
    select("test_current_matches_source", HISTORY, ORDERS, ["id"]),
    # masking
    *(
        expression(name, "note")
        for name in (
            "mask_card", "mask_email", "mask_iban", "mask_ip", "mask_name", "mask_partial", "mask_phone",
            "mask_text", "hash_pii", "tokenize", "detokenize", "generalize_geo",
        )
    ),
    expression("mask_json", "note", ["email", "orders[*].street"]),
    expression("generalize_date", "o.day"),
    expression("generalize_number", "age", 10, lower=20, upper=90, output="label"),
    expression("date_shift", "admitted_on", ["id"]),
    expression("noise", "salary", 500, per=["id"]),
    expression("shuffle", "salary", ["id"], within=["part"]),
    select("fill_vault", ORDERS, "note"),
    Case("install_masking", options={"source": "none"}),
    Case("drop_masking_key", (1,)),
    Case("erase_subject"),
    condition("is_erased", "id", "customer_id"),
    Case("materialization_masked_view_default", answers={"this": Table(type="view", is_view=True)}),
    select("test_is_pseudonymised", ORDERS, "note"),
    select("test_k_anonymity", ORDERS, ["part"]),
    select("test_l_diversity", ORDERS, ["part"], "note"),
    select("test_masked_differs_from", ORDERS, "note", ORDERS, "note"),
    select("test_no_raw_pii", ORDERS, ["note"]),
    # freshness and the log of runs
    expression("sync_time", "dlt"),
    select("test_freshness_sla", LOADS, "loaded_at", max_age="24h", per=["country"]),
    select("test_freshness_sla", LOADS, "loaded_at", by="07:00", tz="Europe/Berlin"),
    select("test_completeness_by_period", LOADS, "loaded_at", per=["country"], min_ratio=0.5),
    Case("get_run_log_relation", ("invocations",)),
    Case("log_run", ([],)),
    Case("run_log_export", answers={"run_query": [NOON] * 40}),
    Case("run_log_purge", (30,), {"dry_run": False}),
)  # fmt: skip
