"""The demo builds on an empty Postgres, and building it again changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dbt_steps
from projects import REPO, connect

TABLES = """
select quote_ident(table_schema) || '.' || quote_ident(table_name)
from information_schema.tables
where starts_with(table_schema, %s)
"""
CONTENT = "select count(*), md5(string_agg(r::text, chr(10) order by r::text)) from {} as r"


ERASURE = "run-operation headwater.erase_subject"
WOULD = """would delete 1 rows of customer_directory
would delete 0 rows of customer_directory_quarantine
would delete 0 rows of customer_directory_tombstones
would redact 2 rows of raw_customer_changes: full_name, email, phone
would redact 1 rows of raw_customers: full_name, email, phone, birth_date
would redact 0 rows of raw_orders: note
is in these until they are built again: dbt build -s dim_customers
a dry run, nothing is changed; dry_run: false erases"""


def _build(schema: str, server: Mapping[str, str], work: Path, *more: str) -> str:
    env = dbt_steps.environment(server, work) | {
        "HEADWATER_SCHEMA": schema,
        "HEADWATER_SUBJECT": '{"customer_id": 2}',
    }
    done = dbt_steps.run(("build", *more), REPO, env, quiet=True)
    assert done.returncode == 0, done.stdout
    return done.stdout


def _content(schema: str, server: Mapping[str, str]) -> dict[str, Any]:
    """Count and digest of the rows of every table and view, by name."""
    connection = connect(server)
    with connection, connection.cursor() as cursor:
        cursor.execute(TABLES, (schema,))
        found = {}
        for (name,) in cursor.fetchall():
            cursor.execute(CONTENT.format(name))
            found[name] = cursor.fetchone()
    connection.close()
    return found


def test_a_second_build_changes_nothing(
    postgres: Mapping[str, str], schema: str, tmp_path: Path
) -> None:
    _build(schema, postgres, tmp_path)
    first = _content(schema, postgres)
    assert {name.partition(".")[2] for name in first} >= {
        "raw_orders",
        "stg_orders",
        "fct_payments",  # incremental
        "daily_payments",  # replace_window
        "customer_directory",  # cdc_apply
        "customer_contacts",  # masked_view
        "product_history",  # a snapshot
        "daily_revenue",
    }
    said = _build(schema, postgres, tmp_path, ERASURE)
    assert re.findall(r"erase_subject\(\): (.*)", said) == WOULD.splitlines()
    assert _content(schema, postgres) == first  # nor does a dry run
