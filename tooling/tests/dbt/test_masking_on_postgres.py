"""Masking on a Postgres of its own: where the key goes, who sees what, and what is refused.

The server loads pg_stat_statements and writes every statement to its log, so that a key that stood in
one would be found. It is this file's own: another server may not have the extension.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest import mock

import postgres as launcher
import psycopg2
import pytest
from dbt_sessions import Ran, Session, session
from projects import DbtProject, connect, link_package, new_project
from rendering import Package

SCHEMA = "hw_masked"
KEY = bytes(range(7, 47))
SECOND = b"a second key, which is as long as that"
LOGGED = {"shared_preload_libraries": "pg_stat_statements", "log_statement": "all",
          "log_min_duration_statement": "0", "log_connections": "on", "debug_print_plan": "on"}  # fmt: skip
ROLES = ("hw_analyst", "hw_support", "hw_officer", "hw_outsider")
PEOPLE = (
    "select 1 as id, 'hanna@example.com' as email, 'Hanna Muster' as name, 42 as age"
    " union all select 2, null, null, null union all select 3, 'x', 'Ö', 17"
)
READERS = "grants={'select': ['hw_analyst', 'hw_support', 'hw_officer']}"
MODELS = {
    "models/people_raw.sql": "{{ config(materialized='table') }} " + PEOPLE,
    "models/people_kept.sql": "{{ config(materialized='in_place_refresh') }} " + PEOPLE,
    "models/people.sql": f"{{{{ config(materialized='masked_view', {READERS}) }}}}"
    " select * from {{ ref('people_raw') }}",
    "models/people_of_kept.sql": f"{{{{ config(materialized='masked_view', {READERS}) }}}}"
    " select * from {{ ref('people_kept') }}",
    "models/hashed.sql": "{{ config(materialized='table') }} select id, {{ headwater.hash_pii('email', normalize=['email']) }} as old_hash,"
    " {{ headwater.hash_pii('email', key_version=2) }} as new_hash from {{ ref('people_raw') }}",
    "models/tokens.sql": "{{ config(materialized='table', pre_hook=headwater.fill_vault('select * from hw_masked.people_raw', 'email')) }}"
    "-- depends_on: {{ ref('people_raw') }}\n"
    "select id, {{ headwater.tokenize('email') }} as token from {{ ref('people_raw') }}",
    "models/schema.yml": """
models:
  - name: people_raw
    columns:
      - {name: name, config: {meta: {pii: name}}}
  - name: hashed
    columns:
      - name: old_hash
        data_tests: [{headwater.is_pseudonymised: {arguments: {key_versions: [1]}}}]
      - name: new_hash
        data_tests:
          - headwater.masked_differs_from:
              arguments: {to: ref('people_raw'), to_column: email, key: [id]}
  - name: people
    config: &policy {meta: {headwater: {reveal_to: hw_officer, policies: {name: mask_name}}}}
    columns: &columns
      - {name: email, config: {meta: {pii: email, headwater: {mask: hash_pii, mask_for: {hw_support: mask_email}}}}}
      - {name: name, config: {tags: ['pii:name']}}
      - {name: age, config: {meta: {headwater: {mask: {generalize_number: {width: 10}}, reveal_to: []}}}}
  - {name: people_of_kept, config: *policy, columns: *columns}
""",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Mapping[str, str]]:
    """A Postgres that would tell a secret, if it was told one."""
    with mock.patch.dict(os.environ), mock.patch.dict(launcher.SETTINGS, LOGGED):
        os.environ.pop("PGHOST", None)
        os.environ.pop("PGPORT", None)
        with launcher.postgres(f"masking-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}") as given:
            yield given


@pytest.fixture(scope="module")
def project(server: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> DbtProject:
    """A project whose models need keys, on a server with roles."""
    made = new_project(tmp_path_factory.mktemp("masked"), SCHEMA, server)
    link_package(made)
    made.write(MODELS)
    made.sql(
        f"create schema {SCHEMA}; create extension pg_stat_statements schema public;"
        + "".join(
            f"create role {role}; grant usage on schema {SCHEMA} to {role};" for role in ROLES
        )
        # whatever is made in the schema is open to analysts, until somebody takes that away
        + f"alter default privileges in schema {SCHEMA} grant select on tables to hw_analyst"
    )
    return made


@pytest.fixture(scope="module")
def dbt(project: DbtProject) -> Iterator[Session]:
    """A running dbt, in whose sessions there is no key yet."""
    with session(project, logs=True) as running:
        yield running


def install(dbt: Session, project: DbtProject, options: str, key: str) -> str:
    """Run install_masking with this key in the environment; what it says when it fails, else ''."""
    log = project.folder / "logs" / "dbt.log"
    before = log.stat().st_size if log.exists() else 0
    given = {"PGOPTIONS": f"-c headwater.masking_key={key}" if key else ""}
    ran = dbt.run("run-operation", "headwater.install_masking", "--args", options, env=given)
    said = log.read_text()[before:]
    return "" if {status for status, _ in ran.values()} == {"success"} else said


#: The versions of the keys that the tests' columns are masked with, and one of no known bytes.
VERSIONS = [(1,), (2,), (9,)]


@pytest.fixture
def no_keys(project: DbtProject) -> None:
    """As on a server on which masking was never installed, whatever ran before."""
    project.sql(
        "drop schema if exists headwater_masking cascade;"
        f"drop table if exists {SCHEMA}.hashed, {SCHEMA}.tokens cascade"
    )


@pytest.fixture
def keys(dbt: Session, project: DbtProject) -> None:
    """The keys of `VERSIONS`, whatever ran before: of this file a process may get only some tests."""
    if project.sql("select to_regclass('headwater_masking.masking_keys')") != [(None,)]:
        there = "select key_version from headwater_masking.masking_keys order by 1"
        if project.sql(there) == VERSIONS:
            return
    for version, key in enumerate((KEY, SECOND), 1):
        assert not install(dbt, project, f"{{key_version: {version}}}", "hex:" + key.hex())
    assert not install(dbt, project, "{key_version: 9, source: generate}", "")


@pytest.fixture
def people(dbt: Session, project: DbtProject, keys: None) -> None:
    """The view `people`, over its table; what changes them drops them, or leaves them as they were."""
    there = "select to_regclass('people') is not null and to_regclass('people_raw') is not null"
    if project.sql(there) != [(True,)]:
        dbt.succeed("run", "-s", "people_raw", "people")


def seen_by(project: DbtProject, role: str, relation: str) -> list[tuple[object, ...]] | str:
    """The rows that a role reads, or why it doesn't."""
    try:
        return project.sql(f"set role {role}; select * from {SCHEMA}.{relation} order by id")
    except psycopg2.Error as error:
        return str(error).strip().splitlines()[0]


REFUSED = {
    "": "no setting headwater.masking_key, and no key of version 1",
    "short": "5 bytes, of which 5 differ",
    "base64:" + base64.b64encode(b"x" * 31).decode(): "31 bytes, of which 1 differ",
    "x" * 64: "64 bytes, of which 1 differ",
    "base64:never-ending": "a text that is not what it says before its colon",
    "hex:abc": "a text that is not what it says before its colon",
    "hex:": "0 bytes, of which 0 differ",
}


@pytest.mark.parametrize("key", REFUSED)
def test_a_bad_key_is_refused(project: DbtProject, key: str) -> None:
    """By the block that install_masking runs; no text of it shows the key."""
    project.sql(
        f"create table if not exists {SCHEMA}.probe"
        " (key_version int, inner_block bytea, outer_block bytea)"
    )
    block = Package("postgres").sql("_install_key_block", 1, "setting", f"{SCHEMA}.probe")
    given = f"-c headwater.masking_key={key}" if key else ""
    with mock.patch.dict(os.environ, PGOPTIONS=given), pytest.raises(psycopg2.Error) as error:
        project.sql(block)
    said = str(error.value).partition("CONTEXT")[0].rstrip().splitlines()
    assert said[:3] == [
        "headwater.install_masking(): bad argument 'key'",
        "  expected: at least 32 bytes, of which 8 differ",
        f"  got: {REFUSED[key]}",
    ]
    assert not key.partition(":")[2] or key.partition(":")[2] not in str(error.value)
    assert project.sql(f"select * from {SCHEMA}.probe") == []


@pytest.mark.usefixtures("no_keys")
def test_without_a_key_nothing_is_written(dbt: Session, project: DbtProject) -> None:
    for options, key in (("{}", ""), ("{}", "short")):
        said = install(dbt, project, options, key)
        assert "headwater.install_masking(): bad argument 'key'" in said
        assert f"got: {REFUSED[key]}" in said
    assert project.sql("select to_regnamespace('headwater_masking')") == [(None,)]
    unknown = install(dbt, project, "{key_readers: [hw_analist]}", "hex:" + KEY.hex())
    assert "bad argument 'key_readers'" in unknown
    assert "did you mean 'hw_analyst'?" in unknown
    ran = dbt.run("run", "-s", "people_raw", "hashed")
    status, message = ran["hashed"]
    assert status == "error"
    assert "headwater_masking" in message  # there is no such table
    assert "headwater.install_masking makes it" in message
    assert project.sql(f"select to_regclass('{SCHEMA}.hashed')") == [(None,)]


@pytest.mark.usefixtures("no_keys")
def test_keys_of_two_versions_side_by_side(dbt: Session, project: DbtProject) -> None:
    """And each is what the environment said: the hashes are those of Python's hmac."""
    dbt.succeed("run", "-s", "people_raw")
    assert not install(dbt, project, "{}", "hex:" + KEY.hex())
    ran = dbt.run("run", "-s", "hashed")
    assert "there is no masking key of version 2" in ran["hashed"][1]
    assert not install(dbt, project, "{key_version: 2}", SECOND.decode().replace(" ", "\\ "))
    assert not install(dbt, project, "{}", ""), "the key is there, none is needed"
    assert not install(dbt, project, "{}", "base64:" + base64.b64encode(KEY).decode())
    another = install(dbt, project, "{}", "hex:" + SECOND.hex())
    assert "got: 1, which has another key" in another
    assert not install(dbt, project, "{key_version: 9, source: generate}", "")
    dbt.succeed("run", "-s", "hashed", "tokens")
    import masking_models as model  # noqa: PLC0415  # one test needs it

    wanted = ["k1_" + model.digest("hanna@example.com", "pii", KEY), "k2_" + model.digest("hanna@example.com", "pii", SECOND)]  # fmt: skip
    assert project.sql("select old_hash, new_hash from hashed where id = 1") == [tuple(wanted)]
    assert project.sql("select old_hash, new_hash from hashed where id = 2") == [(None, None)]
    tests = dbt.run("test")
    assert {status for status, _ in tests.values()} == {"pass"}
    assert len(tests) == 2
    drop = ("run-operation", "headwater.drop_masking_key", "--args", "{key_version: 2}")
    dbt.succeed(*drop)
    left = "select key_version from headwater_masking.masking_keys order by 1"
    assert project.sql(left) == [(1,), (9,)]
    assert {status for status, _ in dbt.run(*drop).values()} == {"error"}, "it is gone"


@pytest.mark.usefixtures("keys")
def test_three_roles_see_three_things_across_rebuilds(dbt: Session, project: DbtProject) -> None:
    import masking_models as model  # noqa: PLC0415

    hashes = ["k1_" + model.digest(value, "pii", KEY) for value in ("hanna@example.com", "x")]
    wanted = {
        "hw_analyst": [(1, hashes[0], "H. M.", 40), (2, None, None, None), (3, hashes[1], "*", 10)],
        "hw_support": [(1, "h***@example.com", "H. M.", 40), (2, None, None, None), (3, "***", "*", 10)],
        "hw_officer": [(1, "hanna@example.com", "Hanna Muster", 40), (2, None, None, None), (3, "x", "Ö", 10)],
    }  # fmt: skip
    dbt.succeed("run", "-s", "people_raw", "people_kept")
    assert seen_by(project, "hw_analyst", "people_kept") != [], "open by the schema's defaults"
    rebuilds = (
        ["people", "people_of_kept"],
        ["people_raw+", "people_kept+"],
        # Alone, and even whole: in place, so the view and all rights stay.
        ["people_kept", "--full-refresh"],
    )
    for selected in rebuilds:
        dbt.succeed("run", "-s", *selected)
        for view, base in (("people", "people_raw"), ("people_of_kept", "people_kept")):
            for role, rows in wanted.items():
                assert seen_by(project, role, view) == rows, (selected, view, role)
                assert seen_by(project, role, base) == f"permission denied for table {base}", (
                    selected
                )
            # dbt's user is a superuser, and builds tables on the view
            assert project.sql(f"select * from {view} order by id") == wanted["hw_analyst"]
            assert seen_by(project, "hw_outsider", view) == f"permission denied for view {view}"
            assert seen_by(project, "hw_outsider", base) == f"permission denied for table {base}"


@pytest.mark.usefixtures("people")
def test_readers_cannot_look_behind_the_view(dbt: Session, project: DbtProject) -> None:
    """Neither by a function of their own in a condition, nor by the keys, nor by the vault."""
    dbt.succeed("run", "-s", "tokens")
    project.sql(
        f"grant create on schema {SCHEMA} to hw_analyst; set role hw_analyst;"
        f"create function {SCHEMA}.peek(text) returns boolean language plpgsql cost 0.0000001 as"
        " $$ begin raise notice 'peeked: %', $1; return true; end $$"
    )
    connection = connect(project.server)
    with connection.cursor() as cursor:
        cursor.execute(f"set role hw_analyst; select count(*) from {SCHEMA}.people where {SCHEMA}.peek(email) and {SCHEMA}.peek(name)")  # fmt: skip
        assert cursor.fetchone() == (3,)
    told = "".join(connection.notices)
    connection.close()
    assert "peeked: k1_" in told
    assert "hanna" not in told.lower()
    for table in ("masking_keys", "token_vault"):
        for role in ("hw_analyst", "hw_officer"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                project.sql(f"set role {role}; select * from headwater_masking.{table}")
    assert not install(dbt, project, "{vault_readers: [hw_officer]}", "")
    back = "select t.id, (select value from headwater_masking.token_vault as v where v.token = t.token) as email"
    project.sql(f"grant select on {SCHEMA}.tokens to hw_officer, hw_support")
    assert project.sql(f"set role hw_officer; {back} from {SCHEMA}.tokens as t where id = 1") == [(1, "hanna@example.com")]  # fmt: skip
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        project.sql(f"set role hw_support; {back} from {SCHEMA}.tokens as t")
    assert project.sql("select count(*) from pg_stats where schemaname = 'headwater_masking' and attname like '%block'") == [(0,)]  # fmt: skip


#: What is wrong with a view, and what masked_view says of it.
WRONG = {
    "no_policy": ("{config: {meta: {pii: email}}, name: email}", "", (
        "headwater.masked_view(): bad argument 'columns'",
        "  expected: a mask for each column with personal data",
        "  got: none for email (email), name (name, as in people_raw)",
        "  hint: write a mask at the column (meta, headwater, mask: hash_pii), or a policy for its class",
    )),
    "no_class": ("{name: email, config: {meta: {pii: emails}}}", "", (
        "headwater.masked_view(): bad argument 'email.pii'", "got: the string 'emails'", "did you mean 'email'?",
    )),
    "no_mask": ("{name: email, config: {meta: {headwater: {mask: mask_emial}}}}", "name: hide", (
        "bad argument 'email.mask'", "got: the string 'mask_emial'", "did you mean 'mask_email'?",
    )),
    "no_role": ("{name: email, config: {meta: {headwater: {mask: hash_pii, reveal_to: [hw_analist]}}}}", "name: hide", (
        "bad argument 'roles'", "got: 'hw_analist'", "did you mean 'hw_analyst'?",
    )),
    "no_column": ("{name: e_mail, config: {meta: {pii: email}}}", "name: hide", (
        "bad argument 'columns'", "columns of the model: age, email, id, name", "got: 'e_mail'",
    )),
    "none_and_mask": ("{name: email, config: {meta: {pii: none, headwater: {mask: hash_pii}}}}", "name: hide", (
        "bad argument 'email.mask'", "no mask, since the column declares pii: none", "got: the string 'hash_pii'",
    )),
    "two_classes": ("{name: email, config: {meta: {pii: none}, tags: [pii]}}", "name: hide", (
        "bad argument 'email.pii'", "expected: one declaration", "got: 'none' and 'personal'",
    )),
    "both_ways": ("{name: email, config: {meta: {headwater: {mask: hash_pii, reveal_to: hw_support, mask_for: {hw_support: hide}}}}}",
        "name: hide", ("bad argument 'email.mask_for'", "got: 'hw_support' in both")),
    "bare_reveal": ("{name: email, config: {meta: {pii: email, headwater: {mask: reveal}}}}", "name: hide", (
        "bad argument 'email.mask'", "expected: a reason beside mask: reveal", "got: none",
    )),
    "nobody_else": ("{name: age, config: {meta: {headwater: {reveal_to: hw_support}}}}", "name: hide", (
        "bad argument 'age.mask'", "a mask for everybody else beside reveal_to and mask_for", "got: none",
    )),
    "bad_argument": ("{name: email, config: {meta: {headwater: {mask: {mask_partial: {keep_end: -1}}}}}}", "name: hide", (
        "headwater.mask_partial(): bad argument 'keep_end'", "a whole number from 0 to 100", "got: the number -1",
    )),
    "misspelt": ("{name: email, config: {meta: {headwater: {maks: hash_pii}}}}", "name: hide", (
        "bad argument 'email.meta.headwater'", "the option 'maks'",
    )),
}  # fmt: skip


@pytest.fixture(scope="module")
def refused(dbt: Session, project: DbtProject) -> Ran:
    """What came of the views that are wrong, each built once."""
    declared = []
    for name, (column, policy, _) in WRONG.items():
        project.write({
            f"models/wrong/{name}.sql": "{{ config(materialized='masked_view') }}"
            " select * from {{ ref('people_raw') }}"
        })  # fmt: skip
        meta = f"config: {{meta: {{headwater: {{policies: {{{policy}}}}}}}}}, " if policy else ""
        declared.append(f"  - {{name: {name}, {meta}columns: [{column}]}}")
    project.write({"models/wrong/schema.yml": "models:\n" + "\n".join(declared) + "\n"})
    dbt.succeed("run", "-s", "people_raw")
    ran = dbt.run("run", "-s", "path:models/wrong")
    # other tests build all that reads people_raw
    shutil.rmtree(project.folder / "models" / "wrong")
    return ran


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_view_fails_closed(refused: Ran, project: DbtProject, name: str) -> None:
    status, message = refused[name]
    assert status == "error"
    for line in WRONG[name][2]:
        assert line.strip() in message, message
    assert project.sql(f"select to_regclass('{SCHEMA}.{name}')") == [(None,)]
    assert "hanna" not in message.lower()


@pytest.mark.usefixtures("keys")
def test_what_stays_open_under_a_view_is_refused(dbt: Session, project: DbtProject) -> None:
    """A base that grants again what the view takes away, and a role that reads everything."""
    project.sql("create role hw_all; grant pg_read_all_data to hw_all")
    try:
        message = dbt.run("run", "-s", "people_raw", "people")["people"][1]
        assert "expected: nobody who reads the view and what is under it" in message
        assert "'hw_all' may read" in message
    finally:
        project.sql("drop role hw_all")
    project.write(
        {
            "models/people_raw.sql": "{{ config(materialized='table', grants={'select': ['hw_support']}) }} "
            + PEOPLE
        }
    )
    try:
        message = dbt.run("run", "-s", "people_raw", "people")["people"][1]
        assert "model 'people_raw' grants select to 'hw_support'" in message
    finally:
        project.write({"models/people_raw.sql": MODELS["models/people_raw.sql"]})
        project.sql("drop table people_raw cascade")


@pytest.mark.usefixtures("people")
def test_a_view_that_changes_its_columns_keeps_its_grants(
    dbt: Session, project: DbtProject
) -> None:
    project.sql(f"grant select on {SCHEMA}.people to hw_outsider")
    view = MODELS["models/people.sql"]
    project.write(
        {
            "models/people.sql": view.replace(
                "select *", "select id, email, name, age, 'new' as note"
            )
        }
    )
    dbt.succeed("run", "-s", "people")
    project.write({"models/people.sql": view.replace("select *", "select id, name, age, email")})
    dbt.succeed("run", "-s", "people")
    rows = seen_by(project, "hw_outsider", "people")
    assert isinstance(rows, list)
    assert rows[0][1] == "H. M."
    project.write({"models/people.sql": view})
    project.sql("drop view people")


@pytest.mark.usefixtures("people")
def test_a_table_in_the_views_place_goes_only_with_a_full_refresh(
    dbt: Session, project: DbtProject
) -> None:
    project.sql(f"drop view {SCHEMA}.people; create table {SCHEMA}.people as select 1 as id")
    message = dbt.run("run", "-s", "people")["people"][1]
    assert "run with --full-refresh to put a view in its place" in message
    dbt.succeed("run", "-s", "people", "--full-refresh")
    assert seen_by(project, "hw_analyst", "people") != []


#: Names that quotes are for: of a role, a view, a column, a table.
ODD_ROLE, ODD_VIEW, ODD_COLUMN = "we\"ird O'Röle", "Odd'View 1", 'E\'Mail "x"'


@pytest.mark.usefixtures("people")
def test_odd_names_a_plain_view_before_and_a_role_that_goes(
    dbt: Session, project: DbtProject
) -> None:
    role, view, column = (
        '"' + n.replace('"', '""') + '"' for n in (ODD_ROLE, ODD_VIEW, ODD_COLUMN)
    )
    project.sql(f"create role {role}; grant {role} to hw_officer; grant usage on schema {SCHEMA} to {role};"
                f"create view {view} as select id, email as {column} from people_raw;"
                f"grant select on {view} to hw_analyst, hw_officer, {role}")  # fmt: skip
    query = f"select id, email as {column} from {{{{ ref('people_raw') }}}}"
    settings = f"materialized='masked_view', alias={json.dumps(ODD_VIEW)}"
    name = json.dumps(ODD_COLUMN)
    declared = f"{{name: {name}, config: {{meta: {{pii: email, headwater: {{mask: mask_email, reveal_to: {json.dumps([ODD_ROLE])}}}}}}}}}"
    project.write({
        "models/odd/odd.sql": f"{{{{ config({settings}) }}}} {query}",
        "models/odd/schema.yml": f"models:\n  - name: odd\n    columns:\n      - {declared}\n",
    })  # fmt: skip
    try:
        dbt.succeed("run", "-s", "odd")
        seen = [seen_by(project, who, view)[0] for who in ("hw_analyst", "hw_officer")]
        assert seen == [(1, "h***@example.com"), (1, "hanna@example.com")]
        assert project.sql("select array_to_string(reloptions, ',') from pg_class where relname = " + quoted(ODD_VIEW)) == [("security_barrier=true",)]  # fmt: skip
        project.sql(f"drop owned by {role}; drop role {role}")
        assert seen_by(project, "hw_officer", view)[0] == (1, "h***@example.com"), "nobody has it"
        assert "did you mean" not in (message := dbt.run("run", "-s", "odd")["odd"][1])
        assert "bad argument 'roles'" in message
    finally:
        shutil.rmtree(project.folder / "models" / "odd")
        project.sql(f"drop view {view}")


def quoted(text: str) -> str:
    """As a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


@pytest.mark.usefixtures("keys")
def test_the_key_is_found_nowhere(
    dbt: Session, project: DbtProject, server: Mapping[str, str]
) -> None:
    """In compiled SQL, artifacts, logs, the server's statistics and log: searched, in five spellings."""
    built = dbt.run("build", "-s", "people_raw", "hashed", "tokens", "people")
    assert {status for status, _ in built.values()} == {"success", "pass"}
    dbt.run("docs", "generate", "--no-compile")
    spellings = _spellings(KEY) + _spellings(SECOND)
    places = {str(path): path.read_bytes() for path in project.folder.rglob("*")
              if path.is_file() and not path.is_symlink() and "dbt_packages" not in path.parts}  # fmt: skip
    for name in ("manifest.json", "run_results.json", "dbt.log", "hashed.sql", "catalog.json"):
        assert any(place.endswith(name) for place in places), name
    log = server_log(server)
    places["the server's log"] = log.read_bytes()
    assert b"masking_keys" in places["the server's log"]
    for view, column in (("public.pg_stat_statements", "query"), ("pg_stat_activity", "query"), ("pg_proc", "prosrc"),
                         ("pg_views", "definition"), ("pg_stats", "most_common_vals::text"),
                         ("pg_db_role_setting", "setconfig::text")):  # fmt: skip
        rows = project.sql(f"select {column} from {view} where {column} is not null")
        places[view] = "\n".join(str(text) for (text,) in rows).encode()
    assert (
        b"install" in places["the server's log"]
        or b"headwater.masking_key" in places["public.pg_stat_statements"]
    )
    found = [
        (place, word)
        for place, text in places.items()
        for word in spellings
        if word in text.lower()
    ]
    assert not found


def _spellings(key: bytes) -> list[bytes]:
    inner = bytes(b ^ 0x36 for b in key.ljust(64, b"\0"))
    outer = bytes(b ^ 0x5C for b in key.ljust(64, b"\0"))
    coded = [base64.b64encode(key), key.hex().encode(), inner.hex().encode(), outer.hex().encode()]
    return [word.lower() for word in (key, *coded)]


def server_log(server: Mapping[str, str]) -> Path:
    """Where the launcher has the server write."""
    logs = launcher.state_root().glob("masking-*/server.log")
    return next(path for path in logs if server["PGPORT"] == (path.parent / "port").read_text())
