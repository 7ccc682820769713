"""erase_subject: one person goes from everywhere or nowhere, and is named in no log and no error."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from dbt_sessions import Session, session
from projects import DbtProject, link_package, new_project

SCHEMA = "hw_erase"
ZOFIA = {"customer_id": 17, "email": "zofia@example.com"}
WORDS = ("zofia", "Zofia", "0151-17", "17-secret")
PEOPLE = (
    "select 17 as id, 'zofia@example.com' as \"E-Mail\", 'Zofia' as name, '0151-17' as phone, 'DE' as country, '17-secret' as note"
    " union all select 18, 'otto@example.com', 'Otto', '0151-18', 'AT', 'x'"
    " union all select 19, null, null, '0151-17', null, null"
)
CHANGES = (  # 17 comes back after it was deleted, 18 does not
    "select op, seq, '2026-01-01' as ts, cast('{\"id\": ' || id || ', \"name\": \"Zofia\"}' as json) as doc"
    " from (values ('create', 1, 17), ('delete', 2, 17), ('create', 3, 17), ('create', 4, 18), ('delete', 5, 18),"
    " ('create', 6, 19)) as changes (op, seq, id)"
)
KEPT = "materialized='incremental', unique_key='id'"
MODELS = {
    "models/orders_kept.sql": f"{{{{ config({KEPT}) }}}} select id, \"E-Mail\", country from {{{{ source('crm', 'users') }}}}"
    ' where not {{ headwater.is_erased("id", "customer_id") }}',
    "models/tokens.sql": f"{{{{ config({KEPT}, pre_hook=headwater.fill_vault('select * from hw_erase.users', 'phone')) }}}}"
    "select id, {{ headwater.tokenize('phone') }} as phone_token, {{ headwater.tokenize('phone') }} as other_token"
    " from {{ source('crm', 'users') }}",
    "models/told.sql": "{{ config(materialized='scd2', unique_key='id', meta={'headwater': {'updated_at': 'seen_at',"
    " 'erasure': {'subject': {'customer_id': 'id'}, 'rows': 'delete'}}}) }}"
    "select id, name, cast('2026-01-01' as date) as seen_at from {{ source('crm', 'users') }}"
    " union all select id, name, cast('2026-01-02' as date) from {{ source('crm', 'users') }}",
    "models/changed.sql": "{{ config(materialized='cdc_apply', unique_key=['id'], meta={'headwater': {'column_types':"
    " {'id': 'int', 'name': 'text'}, 'erasure': {'subject': {'customer_id': 'id'}, 'rows': 'delete'}}}) }}"
    "{{ headwater.cdc_normalize('select * from hw_erase.changes', ['id'],"
    " fields={'op': 'op', 'seq': 'seq', 'ts': 'ts', 'payload': 'doc'}) }}",
    "models/report.sql": "{{ config(materialized='table') }} select name from {{ source('crm', 'users') }}",
    "models/seen.sql": "{{ config(materialized='view') }} select * from {{ source('crm', 'users') }}",
    "models/plain.sql": f"{{{{ config({KEPT}) }}}} select 1 as id, 2 as n",
    "snapshots/people.yml": """
snapshots:
  - name: people_history
    relation: source('crm', 'users')
    config:
      unique_key: id
      strategy: check
      check_cols: [country]
      meta: {headwater: {erasure: {subject: {customer_id: id, email: "E-Mail"}}}}
    columns:
      - {name: E-Mail, config: {meta: {pii: email}}}
      - {name: name, config: {meta: {pii: name, headwater: {erasure: "[erased]"}}}}
      - {name: phone, config: {meta: {pii: phone}}}
      - {name: note, config: {tags: [pii]}}
      - {name: country, config: {meta: {pii: none}}}
""",
    "models/schema.yml": """
sources:
  - name: crm
    schema: hw_erase
    tables:
      - name: users
        config: {meta: {headwater: {erasure: {subject: {customer_id: id}, rows: delete}}}}
        columns:
          - {name: name, config: {meta: {pii: name}}}
          - {name: phone, config: {meta: {pii: phone, headwater: {tokens: pii}}}}
models:
  - name: orders_kept
    config: {meta: {headwater: {erasure: {subject: {customer_id: id}, rows: delete}}}}
  - name: tokens
    config: {meta: {headwater: {erasure: {subject: {customer_id: id}}}}}
    columns:
      - {name: phone_token, config: {meta: {pii: {class: phone, level: pseudonymised}, headwater: {tokens: pii}}}}
      - {name: other_token, config: {meta: {pii: {class: phone, level: pseudonymised}, headwater: {erasure: keep}}}}
  - name: report
    columns: [{name: name, config: {meta: {pii: name}}}]
  - name: seen
    columns: [{name: name, config: {meta: {pii: name}}}]
""",
}  # fmt: skip


@dataclass
class Place:
    """A project on one engine, and what is said to it."""

    project: DbtProject
    dbt: Session
    sql: Callable[[str], list[tuple[Any, ...]]]

    def erase(self, who: Mapping[str, Any] | str | None, dry_run: bool = True) -> str:
        """What dbt logged of the operation; it must not name anybody."""
        log = self.project.folder / "logs" / "dbt.log"
        before = log.stat().st_size if log.exists() else 0
        given = "" if who is None else who if isinstance(who, str) else json.dumps(who)
        self.dbt.run("run-operation", "headwater.erase_subject", "--args",
                     json.dumps({"dry_run": dry_run}), env={"HEADWATER_SUBJECT": given})  # fmt: skip
        said = log.read_text()[before:]
        assert not [word for word in WORDS if word in said]
        return said


@pytest.fixture(scope="module", params=["postgres", "duckdb"])
def place(request: pytest.FixtureRequest, postgres: Mapping[str, str],
          tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:  # fmt: skip
    """Built once: people in a source, a snapshot, tables, a quarantine and the vault."""
    project = new_project(tmp_path_factory.mktemp("erase"), SCHEMA, postgres)
    link_package(project)
    written = json.loads((project.folder / "dbt_project.yml").read_text())
    settings = json.dumps(written | {"vars": {"masking_schema": "hw_erase_masking"}})
    project.write(MODELS | {"dbt_project.yml": settings})
    with session(project, target=request.param, logs=True) as dbt:
        sql = project.sql if request.param == "postgres" else dbt.duckdb
        for statement in (
            "drop schema if exists hw_erase cascade",
            "drop schema if exists hw_erase_masking cascade",
            "create schema hw_erase",
            f"create table hw_erase.users as {PEOPLE}",
            f"create table hw_erase.changes as {CHANGES}",
        ):
            sql(statement)
        key = "hex:" + bytes(range(50, 90)).hex()
        dbt.succeed(
            "run-operation", "headwater.install_masking",
            env={"HEADWATER_MASKING_KEY": key, "PGOPTIONS": f"-c headwater.masking_key={key}"},
        )  # fmt: skip
        dbt.succeed("build")
        sql("create table hw_erase.orders_kept_quarantine (reason text, row_data json)")
        sql("""insert into hw_erase.orders_kept_quarantine values ('null key', '{"id": 17, "note": "17-secret"}'), ('null key', '{"id": null}')""")  # fmt: skip
        yield Place(project, dbt, sql)
        if request.param == "postgres":
            sql("drop schema hw_erase cascade; drop schema hw_erase_masking cascade")


def state(place: Place) -> list[list[tuple[Any, ...]]]:
    """Everything that an erasure could change."""
    queries = (
        'select id, "E-Mail" from hw_erase.users order by 1',
        'select id, "E-Mail", name, phone, note, country from hw_erase.people_history order by 1',
        'select id, "E-Mail" from hw_erase.orders_kept order by 1',
        "select id, phone_token is null, other_token is null from hw_erase.tokens order by 1",
        "select count(*) from hw_erase.orders_kept_quarantine",
        "select value from hw_erase_masking.token_vault order by 1",
        "select count(*) from hw_erase_masking.erased_subjects",
        "select count(*) from hw_erase_masking.erasure_log",
        "select id, name from hw_erase.told order by 1",
        "select id, name from hw_erase.told_kept_events order by 1",
        "select id from hw_erase.changed order by 1",
        "select id from hw_erase.changed_tombstones order by 1",
    )
    return [place.sql(query) for query in queries]


REFUSED = {
    "nobody": (None, ("bad argument 'HEADWATER_SUBJECT'", "got: no such variable")),
    "no object": ('["zofia@example.com"]', ("got: something else",)),
    "no JSON": ("zofia@example.com", ("got: something else",)),
    "an empty value": ({"customer_id": ""}, ("got: something else",)),
    "a list": ({"customer_id": [17]}, ("got: something else",)),
    "turned around": ({"zofia@example.com": "email"}, ("got: something else",)),
    "no identifier of some": (
        {"email": "zofia@example.com"},
        ("got: email, and not for", "users (by customer_id)", "tokens (by customer_id)"),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_refused(place: Place, name: str) -> None:
    who, lines = REFUSED[name]
    before = state(place)
    said = place.erase(who, dry_run=False)
    assert [line for line in lines if line not in said] == []
    assert state(place) == before


def test_a_table_that_does_not_say_how_stops_it(place: Place) -> None:
    """Nothing is erased anywhere, unless it says why it keeps people."""
    before = state(place)
    declared = MODELS["models/schema.yml"]
    tagged = "  - name: plain\n    columns: [{name: n, config: {tags: ['pii:name']}}]\n"
    place.project.write(
        {"models/schema.yml": declared + "  - {name: plain, config: {meta: {pii: true}}}\n"}
    )
    assert "got: none for plain" in place.erase(ZOFIA)
    for more, wanted in (
        ("", "got: none for plain"),
        ("    config: {meta: {headwater: {erasure: {rows: keep}}}}\n", "expected: a reason beside rows: keep"),
        ("    config: {meta: {headwater: {erasure: {row: delete}}}}\n", "did you mean 'rows'?"),
        ("    config: {meta: {headwater: {erasure: {subject: {customer_id: idd}}}}}\n", "did you mean 'id'?"),
        ("    config: {meta: {headwater: {erasure: {rows: keep, reason: made up}}}}\n", "keeps plain: made up"),
    ):  # fmt: skip
        place.project.write({"models/schema.yml": declared + tagged + more})
        assert wanted in place.erase(ZOFIA), more
    place.project.write({"models/schema.yml": declared})
    assert state(place) == before


def test_an_error_of_the_engine_shows_no_row_and_undoes_all(place: Place) -> None:
    before = state(place)
    place.sql("alter table hw_erase.tokens alter column phone_token set not null")
    said = place.erase(ZOFIA, dry_run=False)
    assert re.search("not.null", said, re.IGNORECASE)
    assert state(place) == before
    place.sql("alter table hw_erase.tokens alter column phone_token drop not null")


def test_one_person_goes_from_everywhere(place: Place) -> None:
    before = state(place)
    said = place.erase(ZOFIA)
    for line in (
        "would delete 1 rows of users", "would delete 1 rows of orders_kept", "would delete 1 rows of orders_kept_quarantine",
        "would delete 1 rows of changed\n", "would delete 1 rows of changed_tombstones", "would delete 1 rows of told\n", "would delete 1 rows of told_kept_events", "would redact 1 rows of tokens: phone_token", "would redact 1 rows of people_history: E-Mail, name, phone, note",
        "is in these until they are built again: dbt build -s report", "a dry run, nothing is changed",
    ):  # fmt: skip
        assert line in said
    assert state(place) == before
    place.erase(ZOFIA, dry_run=False)
    users, history, kept, tokens, quarantine, vault, subjects, log, *told, changed, tombstones = (
        state(place)
    )
    assert [row[0] for row in users] == [row[0] for row in kept] == [18, 19]
    assert [[row[0] for row in rows] for rows in told] == [[18, 19], [18, 19]]
    assert (changed, tombstones) == ([(19,)], [(18,)])
    assert history[0] == (17, None, "[erased]", None, None, "DE")
    assert history[1:] == before[1][1:]
    assert tokens[0] == (17, True, False)
    assert tokens[1:] == before[3][1:]
    assert quarantine == [(1,)]
    # 19 has the telephone number of 17, so its token stays
    assert vault == before[5] == [("0151-17",), ("0151-18",)]
    assert subjects == [(2,)]
    assert log == [(10,)]
    # and when it is delivered again, it stays out
    place.sql(f"insert into hw_erase.users select * from ({PEOPLE}) as again where id = 17")
    place.dbt.succeed("run", "-s", "orders_kept", "--full-refresh")
    assert [row[0] for row in state(place)[2]] == [18, 19]
    assert "would delete 1 rows of users" in place.erase(ZOFIA)
    # the number that nobody else has goes from the vault
    place.erase({"customer_id": 18}, dry_run=False)
    assert state(place)[5] == [("0151-17",)]
    _assert_named_nowhere(place.project.folder)


def _assert_named_nowhere(folder: Path) -> None:
    """In no file of dbt's, besides what was built of the literals of this file."""
    for path in folder.rglob("*"):
        if path.suffix in (".json", ".log") and "dbt_packages" not in path.parts:
            found = [word for word in WORDS if word in path.read_text("utf-8")]
            assert not found, path
