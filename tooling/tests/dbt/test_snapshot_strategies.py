"""The safe strategies through hard steps, on Postgres and DuckDB: after each the table is valid.

Keys with a NULL and in mixed case, times that are missing, equal or too early, keys that go and come
back with their old time, a new column: whatever came, the history must be valid, its current rows must
be the source's, and no version that was there may change but for its end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from dbt_sessions import Ran, Session, session
from projects import DbtProject, link_package, new_project

NAMES = {"dbt_valid_from": "begins", "dbt_valid_to": "ends", "dbt_is_deleted": "gone"}
FAR = "cast('9999-12-31' as timestamp)"
KEY = ["id", "Kind"]
#: The source's rows in each step: key, note and time.
STEPS = (
    "(1, 'a', 'x', '2026-01-05'), (2, 'a', 'x', null), (null, 'a', 'x', '2026-01-05'),"
    " (3, null, 'x', '2026-01-05'), (4, 'a', 'x', '2026-01-05')",
    "(1, 'a', 'y', '2026-01-05'), (2, 'a', 'y', null), (null, 'a', 'y', '2026-01-06'),"
    " (3, null, 'y', '2026-01-01'), (4, 'a', 'x', '2026-01-07')",
    "(1, 'a', 'y', '2026-01-05'), (2, 'a', 'y', null), (null, 'a', 'y', '2026-01-06')",
    "(1, 'a', 'z', null), (2, 'a', 'y', '2026-01-02'), (null, 'a', 'y', '2026-01-06'),"
    " (3, null, 'y', '2026-01-01'), (4, 'a', 'x', '2026-01-07'), (5, 'b', 'x', '2026-01-01')",
)
#: Versions that each snapshot has after each step: (by time, by check, by check with marks).
COUNTS = ((5, 5, 5), (10, 9, 9), (10, 9, 11), (14, 13, 15))
PROJECT = {"dispatch": [
    {"macro_namespace": "dbt", "search_order": ["consumer", "headwater", "dbt"]}
]}  # fmt: skip
CONFIGS: dict[str, dict[str, Any]] = {
    "by_time": {"strategy": "headwater.safe_timestamp", "updated_at": "changed_at",
                "hard_deletes": "invalidate"},
    "by_check": {"strategy": "headwater.safe_check", "check_cols": ["note"],
                 "hard_deletes": "invalidate", "dbt_valid_to_current": FAR},
    "by_check_with_marks": {"strategy": "headwater.safe_check", "check_cols": "all",
                            "updated_at": "changed_at", "hard_deletes": "new_record",
                            "snapshot_meta_column_names": NAMES},
}  # fmt: skip


def _options(name: str) -> dict[str, Any]:
    """What the tests of the package have to know of a snapshot."""
    return {
        "column_names": CONFIGS[name].get("snapshot_meta_column_names", {}),
        "open_end": CONFIGS[name].get("dbt_valid_to_current"),
    }


def _files() -> dict[str, str]:
    entries = []
    for name, config in CONFIGS.items():
        valid = {"key": KEY, "columns": ["note", "changed_at"], **_options(name)}
        matches = {"source": "ref('source_now')", "key": KEY, "columns": ["note"], **_options(name)}
        entries.append({
            "name": name,
            "relation": "ref('source_now')",
            "config": {"unique_key": KEY} | config,
            "data_tests": [
                {"headwater.scd2_valid": {"arguments": valid}},
                {"headwater.current_matches_source": {"arguments": matches}},
            ],
        })  # fmt: skip
    return {
        "snapshots/snapshots.yml": json.dumps({"version": 2, "snapshots": entries}),
        "models/source_now.sql": (
            "{{ config(materialized='table') }} select id, \"Kind\", note,"
            " cast(changed_at as timestamp) as changed_at {{ env_var('MORE_COLUMNS', '') }}"
            ' from (values {{ env_var("SOURCE_ROWS") }}) as v (id, "Kind", note, changed_at)'
        ),
    }


@pytest.fixture(params=["postgres", "duckdb"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture
def project(tmp_path: Path, schema: str, postgres: Mapping[str, str]) -> DbtProject:
    """The three snapshots, in sessions of New York."""
    made = new_project(tmp_path, schema, dict(postgres) | {"PGTZ": "America/New_York"})
    link_package(made)
    settings = json.loads((made.folder / "dbt_project.yml").read_text())
    made.write(_files() | {"dbt_project.yml": json.dumps(settings | PROJECT)})
    return made


@pytest.fixture
def dbt(project: DbtProject, engine: str) -> Iterator[Session]:
    """A process that runs dbt on the project."""
    with session(project, engine) as running:
        yield running


def _rows(dbt: Session, project: DbtProject, engine: str, name: str) -> list[tuple[Any, ...]]:
    begin = (
        CONFIGS[name].get("snapshot_meta_column_names", {}).get("dbt_valid_from", "dbt_valid_from")
    )
    sql = f'select cast(id as varchar), "Kind", note, cast({begin} as varchar) from {project.schema}.{name}'
    rows = dbt.duckdb(sql) if engine == "duckdb" else project.sql(sql)
    return sorted((tuple(row) for row in rows), key=str)


def _wrong(ran: Ran) -> Ran:
    """What did not succeed or pass."""
    return {name: one for name, one in ran.items() if one[0] not in {"success", "pass"}}


def test_every_step_leaves_a_valid_history(dbt: Session, project: DbtProject, engine: str) -> None:
    kept: dict[str, list[tuple[Any, ...]]] = {name: [] for name in CONFIGS}
    for number, rows in enumerate(STEPS):
        ran = dbt.run("build", env={"SOURCE_ROWS": rows})
        assert _wrong(ran) == {}, number
        counts = []
        for name in CONFIGS:
            found = _rows(dbt, project, engine, name)
            assert not [row for row in kept[name] if row not in found], (number, name)
            kept[name] = found
            counts.append(len(found))
        assert tuple(counts) == COUNTS[number], number
    before = dict(kept)
    again = {"SOURCE_ROWS": STEPS[-1], "MORE_COLUMNS": ", 1 as extra"}
    ran = dbt.run("build", env=again)
    assert _wrong(ran) == {}
    ran = dbt.run("snapshot", "--empty", env=again)
    assert _wrong(ran) == {}
    assert {name: _rows(dbt, project, engine, name) for name in CONFIGS} == before
    refused = dbt.run("snapshot", "--sample", "1 day", env=again)
    assert {status for status, _ in refused.values()} == {"error"}, refused
