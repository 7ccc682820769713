"""The models of the matrix: every incremental materialization and strategy with every option.

A row of MADE says what must be left of an old and a new batch, a row of `options` what the batches look
like; each pair is a model, `<materialization>__<option>`, that reads the table `batch_<option>`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SCHEMA = "hw_matrix"
READER = "hw_matrix_reader"
OLD, NEW = (1, 2, 3), (2, 4)
"""The ids of the rows of each batch."""


@dataclass(frozen=True)
class Made:
    """What a materialization leaves: the batch that the row of each id is of.

    An old row that is only marked is 'gone'. With protected rows, which the predicate keeps from any
    change, it may be another.
    """

    left: Mapping[int, str]
    protected: Mapping[int, str] | None = None
    time: str = ""
    meta: str = ""

    @property
    def marks(self) -> bool:
        """Whether old rows are marked, in columns of its own."""
        return "gone" in self.left.values()


UPSERTED = {1: "old", 2: "new", 3: "old", 4: "new"}
KEPT = UPSERTED | {2: "old"}
REPLACED = {2: "new", 4: "new"}
MADE = {
    "upsert": Made(UPSERTED, KEPT),
    "delete_insert": Made(UPSERTED, KEPT),
    "append_dedup": Made(KEPT),
    "full_diff": Made(REPLACED, {2: "old", 4: "new"}),
    "soft_delete": Made(UPSERTED | {1: "gone", 3: "gone"}, KEPT | {1: "gone", 3: "gone"}),
    # The window is from the first day of the batch to the last; 3 is in it, 1 is not.
    "replace_window": Made(
        {1: "old", 2: "new", 4: "new"}, {1: "old", 2: "old", 4: "new"}, time="event_time={!r}"
    ),
    "swap_partition": Made(
        UPSERTED, meta="'partition_by': {{'fields': [{!r}], 'granularity': 'day'}}"
    ),
    "in_place_refresh": Made(REPLACED),
}
STRATEGIES = [name for name in MADE if name not in ("swap_partition", "in_place_refresh")]
MODELS = {name: name for name in MADE} | {f"strategy_{name}": name for name in STRATEGIES}
"""By the name of a way to make the table, the materialization whose rows it must leave."""


@dataclass(frozen=True)
class Option:
    """The columns of the old and of the new batch, as SQL in which {id} is the row's, and config."""

    old: Mapping[str, str]
    new: Mapping[str, str]
    config: str = ""
    new_config: str = ""
    meta: str = ""
    key: tuple[str, ...] = ("id",)
    day: str = "day"
    spare: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that the table has in the end."""
        both = dict.fromkeys((*self.old, *self.new))
        return tuple(name for name in both if name not in self.spare + self.dropped)


PLAIN = {
    "id": "{id}", "day": "cast('2026-01-0{id}' as date)", "note": "cast('old' as varchar(5))",
    "amount": "case when {id} = 2 then 9 else 1 end",
}  # fmt: skip
NEWER = PLAIN | {"note": "cast('longer note' as varchar(20))", "amount": "2"}
LONG = "n" * 63
ODD = {
    "order": "{id}", "Mixed Case": "'k'", LONG: "cast(null as varchar(3))", "it's": "1.50", 'a"b': "true",
    "id": "{id}", "Happened On": "cast('2026-01-0{id}' as date)",
    "not_a_number": "cast('NaN' as float8)", "minus_zero": "cast('-0.0' as float8)",
    "endless": "cast('-Infinity' as float8)",
    "moment": "cast('2026-01-0{id} 00:00:00.000001+00' as timestamp with time zone)",
    "micro": "cast('2026-12-31 23:59:59.999999' as timestamp)",
    "big": "cast(12345678901234567890.123456789 as numeric(38, 9))",
    "uuid": "cast('00000000-0000-0000-0000-00000000000{id}' as uuid)",
    "length": "interval '1 month'", "forever": "cast('infinity' as timestamp)",
    "text": "'{{ x }} '' \\ ; -- {id}'", "doc": """cast('{"b": 1, "a": [{id}]}' as json)""",
}  # fmt: skip
ODD_ON = {
    "postgres": {
        "docb": """'{"b": 1}'::jsonb""", "markup": "null::xml", "list": "array[{id}, null]",
        "span": "int4range(1, {id} + 5)", "place": "point({id}, 1)", "padded": "'ab'::char(5)",
        "net": "'10.0.0.{id}/32'::inet", "ever": "'-infinity'::date", "many": "'{}'::text[]",
        "search": "'a b'::tsvector", "blank": "'a '::varchar(5)", "number": "'NaN'::numeric",
        "bytes": "'\\x00ff'::bytea", "cased": """'A' collate "C\"""", "bits": "B'101'",
    },
    "duckdb": {
        "list": "[{id}, null]", "map": "map {'a': {id}}", "struct": "{'a': {id}, 'B': null}",
        "huge": "170141183460469231731687303715884105727::hugeint", "nested": "[[{'x': {id}}]]",
        "word": "'a'::enum ('a', 'b')", "bytes": "'\\x00\\xFF'::blob",
    },
}  # fmt: skip
DRESSED = (
    "contract={'enforced': true}, on_schema_change='append_new_columns',"
    " pre_hook=\"insert into {{ target.schema }}.hooks values ('{{ this.name }}', 'in')\","
    " post_hook=[\"insert into {{ target.schema }}.hooks values ('{{ this.name }}', 'in')\","
    " {'sql': \"insert into {{ target.schema }}.hooks values ('{{ this.name }}', 'after')\","
    " 'transaction': False}],"
    " persist_docs={'relation': true, 'columns': true}, indexes=[{'columns': ['%s']}]"
)
GRANTS = {"postgres": f", grants={{'select': ['{READER}']}}", "duckdb": ""}
PREDICATES = "incremental_predicates=['DBT_INTERNAL_DEST.amount < 5 or 1 = 0']"
NEVER = (
    ("protected", "swap_partition"), ("protected", "in_place_refresh"), ("computed", "swap_partition")
)  # fmt: skip
"""What is refused: predicates where whole tables or partitions are replaced, and a table by hand where it
must be partitioned."""


def options(target: str) -> dict[str, Option]:
    """By name, what can be asked of any of them; some ask for two things at once."""
    odd = ODD | ODD_ON[target]
    odd_new = odd | {"text": "'changed'", "minus_zero": "cast('0.0' as float8)"}
    more, first = {"extra": "'x'", **NEWER}, {"seq": "{id}", **PLAIN}
    change = "on_schema_change='{}'".format
    dressed = DRESSED + GRANTS[target]
    return {
        "odd": Option(odd, odd_new, key=("order", "Mixed Case", LONG, "it's", 'a"b'), day="Happened On"),
        "ignore": Option(
            PLAIN, more, change("ignore"), meta="'on_null_key': 'quarantine'", spare=("extra",)
        ),
        "append": Option(
            first, first | more | {"amount": "5000000000"},
            change("append_new_columns"), meta="'dedup_order_by': ['seq', 'note']",
        ),
        "sync": Option(
            PLAIN | {"lost": "1"}, more | {"amount": "'2'"}, change("sync_all_columns"),
            dropped=("lost",),
        ),
        "fail": Option(PLAIN, NEWER, f"{change('fail')}, full_refresh=false"),
        "dressed": Option(PLAIN, NEWER, dressed % "note", dressed % "day"),
        "computed": Option(NEWER | {"amount": "1"}, NEWER),
        "protected": Option(PLAIN, NEWER, PREDICATES, meta="'on_null_key': 'error'"),
    }  # fmt: skip


def select(columns: Mapping[str, str], number: int) -> str:
    """A row of the batch."""
    shown = (
        f"{value.replace('{id}', str(number))} as {quoted(name)}" for name, value in columns.items()
    )
    return f"select {', '.join(shown)}"


def quoted(name: str) -> str:
    """The name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


PLAINLY = Option(PLAIN, NEWER)


def cells(target: str) -> list[tuple[str, str]]:
    """All pairs of a model and an option."""
    return [
        (model, word) for model in MODELS for word in options(target) if (word, model) not in NEVER
    ]


def config_of(model: str, option: Option = PLAINLY, step: int = 0) -> str:
    """Of a model, for its first or second run."""
    name = MODELS[model]
    words = [f"materialized='{name}'", f"unique_key={list(option.key)!r}"]
    if model != name:
        words[0] = f"materialized='incremental', incremental_strategy='headwater_{name}'"
    if MADE[name].time:
        words.append(MADE[name].time.format(option.day))
    meta = [text for text in (option.meta, MADE[name].meta.format(option.day)) if text]
    words.append(f"meta={{'headwater': {{{', '.join(meta)}}}}}")
    words.append((option.new_config if step else "") or option.config)
    return ", ".join(word for word in words if word)


def files(target: str, step: int) -> dict[str, str]:
    """All models, as of the old batch or of the new one."""
    found = {}
    marks = ", false as is_deleted, cast(null as timestamp) as deleted_at"
    for model, word in cells(target):
        name, option = MODELS[model], options(target)[word]
        # dbt makes the table of a strategy, so the query has the columns.
        own = marks if model != name and MADE[name].marks else ""
        found[f"models/{model}__{word}.sql"] = (
            f"{{{{ config({config_of(model, option, step)}) }}}}\n"
            f"select *{own} from {SCHEMA}.batch_{word}"
        )
    return found


def batches(target: str, step: int) -> str:
    """Statements that put the old or the new batch into the tables that the models read.

    The new one has a row without a key where those are set aside, and a worse one where one wins.
    """
    found = []
    for word, option in options(target).items():
        columns, ids = ((option.old, OLD), (option.new, NEW))[step]
        rows = [select(columns, number) for number in ids]
        if step and word == "ignore":
            rows.append(select(columns | {"id": "cast(null as int)"}, 2))
        if step and word == "append":
            rows.insert(0, select(columns | {"seq": "cast(null as int)", "note": "'zz'"}, 2))
        found.append(table(word, rows))
    return "; ".join(found)


def table(word: str, rows: list[str]) -> str:
    """Statements that make rows the batch of an option."""
    name = f"{SCHEMA}.batch_{word}"
    return f"drop table if exists {name}; create table {name} as {' union all '.join(rows)}"


def computed(target: str) -> str:
    """Statements that make the tables of an option by hand, with columns that they fill themselves."""
    number = "bigint generated always as identity" if target == "postgres" else "bigint"
    stored = " stored" if target == "postgres" else ""
    return "; ".join(
        f"create table {SCHEMA}.{model}__computed (number {number}, id int, day date, note varchar(20),"
        f" amount int, shouted varchar generated always as (upper(note)){stored})"
        for model, word in cells(target)
        if word == "computed"
    )


def contracts() -> str:
    """The properties of the models that have a contract and documentation."""
    types = {"id": "integer", "day": "date", "note": "varchar(20)", "amount": "integer"}
    marks = {"is_deleted": "boolean", "deleted_at": "timestamp"}
    models = []
    for model, name in MODELS.items():
        named = types | (marks if MADE[name].marks else {})
        columns: list[dict[str, Any]] = [{"name": n, "data_type": t} for n, t in named.items()]
        columns[0] |= {"description": "The key.", "constraints": [{"type": "not_null"}]}
        models.append({"name": f"{model}__dressed", "description": "One row.", "columns": columns})
    return json.dumps({"models": models})
