"""dbt's snapshots on Postgres do X, ours do Y: one test per measured flaw, S1 to S9.

Each flaw has a table, loaded in steps, with a snapshot by dbt's strategy and one by ours, side by side
in one project. `dispatch` lists the package before dbt, which changes nothing for dbt's own strategies.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from dbt_sessions import Ran, session
from projects import DbtProject, connect, link_package, new_project

SCHEMA = "hw_snapshot_flaws"
DAY = "timestamp '2026-01-0{}'"
#: What a table holds in each step; a step without rows for it leaves it as it was.
STEPS: dict[str, tuple[str | None, ...]] = {
    "s1": ("(1, 'a', {1}), (2, 'b', {1}), (3, 'c', {1})", "", "(1, 'a', {1})"),
    "s2": ("(1, 'a', {1}), (null, 'n', {1})", None, "(1, 'a', {1}), (null, 'm', {2})"),
    "s3": (
        "(1, 'a', null), (2, 'a', {5}), (3, 'a', {1})",
        "(1, 'b', null), (2, 'b', {3}), (3, 'b', {1})",
        None,
    ),
    "s4": ("(1, 'a', {1}), (2, 'b', {1})", *("(1, 'a', {1}), (1, 'x', {1}), (2, 'b', {1})",) * 2),
    "s5": ("(1, 'a', {1}), (2, 'b', {1})", None, None),
    "s6": ("(1, '{{\"k\": 1}}', {1})", "(1, '{{\"k\": 2}}', {1})", None),
    "s7": ("('a', 'b|c', 'v', {1}), ('a|b', 'c', 'v', {1})",
           "('a', 'b|c', 'w', {1}), ('a|b', 'c', 'v', {1})", None),
    "s8": ("(1, 'a', {1})", "(1, 'b', {2}), (1, 'c', {3})", None),
    "s9": ("(1, 'a', {1})", "(1, 'b', {1})", ""),
}  # fmt: skip
TYPES = {"s6": "id int, note json, changed_at timestamp",
         "s7": "one text, two text, note text, changed_at timestamp"}  # fmt: skip
COLUMNS = "id int, note text, changed_at timestamp"
TIMESTAMP = {"strategy": "timestamp", "updated_at": "changed_at"}
CHECK = {"strategy": "check", "check_cols": "all"}
CONFIGS: dict[str, dict[str, Any]] = {
    "s1": TIMESTAMP | {"hard_deletes": "invalidate"},
    "s2": TIMESTAMP,
    "s3": TIMESTAMP,
    "s4": CHECK,
    "s5": CHECK,
    "s6": CHECK,
    "s7": TIMESTAMP | {"unique_key": ["one", "two"]},
    "s8": TIMESTAMP,
    "s9": CHECK | {"hard_deletes": "new_record"},
}
CONFIGS["s7"] = CHECK | {"unique_key": ["one", "two"], "check_cols": ["note"]}
DEDUP = {"s4": {"on_duplicate_key": "dedup"}, "s9": {"allow_empty_source": True}}
#: Flaws of which the guards mend dbt's own strategies.
GUARDED = ("s1", "s2", "s4", "s7", "s9")


def _snapshots() -> Iterator[tuple[str, dict[str, Any]]]:
    """The config of each snapshot, by its name."""
    for flaw, config in CONFIGS.items():
        common = {"unique_key": "id"}
        theirs = dict(config)
        ours = theirs | {"strategy": f"headwater.safe_{config['strategy']}"}
        ours["meta"] = {"headwater": DEDUP.get(flaw, {})}
        yield f"theirs_{flaw}", common | theirs
        yield f"ours_{flaw}", common | ours
        if flaw in GUARDED:
            options = {"guard": True} | DEDUP.get(flaw, {})
            yield f"guarded_{flaw}", common | theirs | {"meta": {"headwater": options}}


def _files() -> dict[str, str]:
    entries = [
        {"name": name, "relation": f"ref('{name.split('_')[1]}_now')", "config": config}
        for name, config in _snapshots()
    ]
    files = {"snapshots/snapshots.yml": json.dumps({"version": 2, "snapshots": entries})}
    for flaw in CONFIGS:
        files[f"models/{flaw}_now.sql"] = (
            f"{{{{ config(materialized='view') }}}} select * from {SCHEMA}.{flaw}_rows"
        )
    return files


@dataclass(frozen=True)
class Demo:
    """The project after all steps, with what each snapshot said in each of them."""

    project: DbtProject
    steps: list[Ran]

    def rows(self, snapshot: str, columns: str = "id, note") -> list[tuple[Any, ...]]:
        """The versions of a snapshot, with whether each is current."""
        return self.project.sql(
            f"select {columns}, dbt_valid_to is null from {SCHEMA}.{snapshot}"
            " order by 1, dbt_valid_from, 2"
        )

    def message(self, snapshot: str, step: int) -> str:
        """What a snapshot said that failed."""
        status, message = self.steps[step][snapshot]
        assert status == "error", (snapshot, status)
        return message


@pytest.fixture(scope="module")
def demo(postgres: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Three steps, in sessions of New York."""
    server = dict(postgres) | {"PGTZ": "America/New_York"}
    project = new_project(tmp_path_factory.mktemp("snapshot_flaws"), SCHEMA, server)
    link_package(project)
    settings = json.loads((project.folder / "dbt_project.yml").read_text())
    order = {"macro_namespace": "dbt", "search_order": ["consumer", "headwater", "dbt"]}
    project.write(_files() | {"dbt_project.yml": json.dumps(settings | {"dispatch": [order]})})
    _drop(postgres)
    project.sql(f"create schema {SCHEMA}")
    steps = []
    with session(project) as dbt:
        for number in range(3):
            _load(project, number)
            touched = [
                name for name, rows in STEPS.items() if rows[number] is not None or number == 1
            ]
            if number == 0:
                dbt.succeed("run")
            steps.append(
                dbt.run(
                    "snapshot",
                    "--select",
                    *(name for name, _ in _snapshots() if name.partition("_")[2] in touched),
                )
            )
            if number == 0:
                project.sql(f"alter table {SCHEMA}.s5_rows add column extra text default 'e';"
                            f"create or replace view {SCHEMA}.s5_now as select * from {SCHEMA}.s5_rows")  # fmt: skip
        yield Demo(project, steps)
    _drop(postgres)


def _drop(postgres: Mapping[str, str]) -> None:
    connection = connect(postgres)
    with connection, connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {SCHEMA} cascade")
    connection.close()


def _load(project: DbtProject, number: int) -> None:
    days = ["", *(DAY.format(day) for day in range(1, 10))]
    for name, steps in STEPS.items():
        values = steps[number]
        if values is None:
            continue
        table = f"{SCHEMA}.{name}_rows"
        columns = TYPES.get(name, COLUMNS)
        project.sql(f"create table if not exists {table} ({columns}); truncate {table}")
        if values:
            names = ", ".join(part.split()[0] for part in columns.split(", "))
            project.sql(f"insert into {table} ({names}) values {values.format(*days)}")


def test_s1_an_empty_source_closes_nothing(demo: Demo) -> None:
    assert demo.rows("theirs_s1") == [(1, "a", False), (1, "a", True), (2, "b", False), (3, "c", False)]  # fmt: skip
    assert demo.rows("ours_s1") == [(1, "a", True), (2, "b", True), (3, "c", True)]
    assert "which would close 3 current rows" in demo.message("ours_s1", 1)
    assert "2 of 3 keys missing" in demo.message("ours_s1", 2)
    assert demo.rows("guarded_s1") == demo.rows("ours_s1")


def test_s2_null_in_the_key(demo: Demo) -> None:
    theirs = [row for row in demo.rows("theirs_s2") if row[0] is None]
    assert theirs == [(None, "n", True), (None, "n", True), (None, "m", True)]
    ours = [row for row in demo.rows("ours_s2") if row[0] is None]
    assert ours == [(None, "n", False), (None, "m", True)]
    assert demo.rows("guarded_s2") == demo.rows("ours_s2")


def test_s3_changes_without_a_later_time(demo: Demo) -> None:
    assert demo.rows("theirs_s3") == [(1, "a", True), (2, "a", True), (3, "a", True)]
    assert demo.rows("ours_s3") == [
        (key, note, note == "b") for key in (1, 2, 3) for note in ("a", "b")
    ]
    begins = demo.project.sql(
        f"select dbt_valid_from - (now() at time zone 'UTC') < interval '0',"
        f" dbt_valid_from > timestamp '2026-01-06' from {SCHEMA}.ours_s3 where note = 'b'"
    )
    assert begins == [(True, True)] * 3


def test_s4_a_key_twice_in_the_source(demo: Demo) -> None:
    assert demo.rows("theirs_s4")[:3] == [(1, "a", False), (1, "x", False), (1, "a", True)]
    assert demo.rows("ours_s4") == [(1, "a", True), (2, "b", True)]
    assert demo.rows("guarded_s4") == demo.rows("ours_s4")
    assert "one row per id" in demo.message("ours_s8", 1)


def test_s5_a_new_column_is_no_change(demo: Demo) -> None:
    assert len(demo.rows("theirs_s5")) == 4
    assert demo.rows("ours_s5", "id, extra") == [(1, "e", True), (2, "e", True)]


def test_s6_a_type_without_equality(demo: Demo) -> None:
    assert "operator does not exist: json" in demo.message("theirs_s6", 1)
    assert demo.rows("ours_s6", "id, note ->> 'k'") == [(1, "1", False), (1, "2", True)]


def test_s7_two_keys_of_one_hash(demo: Demo) -> None:
    theirs = demo.rows("theirs_s7", "one, note")
    assert ("a|b", "v", True) not in theirs, "the other key is closed, too"
    assert demo.rows("ours_s7", "one, note") == [
        ("a", "v", False), ("a", "w", True), ("a|b", "v", True),
    ]  # fmt: skip
    assert demo.rows("guarded_s7", "one, note") == demo.rows("ours_s7", "one, note")


def test_s8_two_changes_of_a_key_at_once(demo: Demo) -> None:
    theirs = demo.rows("theirs_s8")
    assert [row for row in theirs if row[2]] == [(1, "b", True), (1, "c", True)]
    assert "one row per id" in demo.message("ours_s8", 1)
    assert "use materialized: scd2" in demo.message("ours_s8", 1)
    assert demo.rows("ours_s8") == [(1, "a", True)]


def test_s9_times_are_utc(demo: Demo) -> None:
    def times(snapshot: str) -> list[dt.timedelta]:
        """How far from now in UTC the times of a snapshot are."""
        rows = demo.project.sql(
            f"select (now() at time zone 'UTC') - moment from {SCHEMA}.{snapshot},"
            " unnest(array[dbt_valid_from, dbt_valid_to, dbt_updated_at]) as moment"
            " where moment is not null"
        )
        return [row[0] for row in rows]

    assert min(times("theirs_s9")) > dt.timedelta(hours=3)
    for snapshot in ("ours_s9", "guarded_s9"):
        assert max(times(snapshot)) < dt.timedelta(minutes=30)
        assert min(times(snapshot)) >= dt.timedelta(0)
        marks = [row[1:] for row in demo.rows(snapshot, "id, note, dbt_is_deleted")]
        assert marks == [("a", "False", False), ("b", "False", False), ("b", "True", True)]
