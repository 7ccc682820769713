"""Masking on DuckDB: the key comes from the environment as a bound value, and is found nowhere else."""

from __future__ import annotations

import base64
from pathlib import Path

import duckdb
import masking_models as model
from dbt_sessions import session
from projects import DbtProject, link_package, new_project

KEY = bytes(range(11, 61))
MODELS = {
    "models/people.sql": "select 1 as id, 'hanna@example.com' as email union all select 2, null",
    "models/hashed.sql": "select id, {{ headwater.hash_pii('email') }} as email from {{ ref('people') }}",
    "models/masked.sql": "{{ config(materialized='masked_view') }} select * from {{ ref('people') }}",
    "models/open.sql": "{{ config(materialized='masked_view') }} select *, 1 as bare from {{ ref('people') }}",
    "models/schema.yml": """
models:
  - name: masked
    columns:
      - name: email
        config: {meta: {pii: email, headwater: {mask: mask_email, reveal_to: [anybody], mask_for: {x: hash_pii}}}}
  - name: hashed
    columns: [{name: email, data_tests: [headwater.is_pseudonymised]}]
  - name: open
    columns: [{name: EMAIL, config: {meta: {pii: email}}}]
""",
}


def test_keys_hashes_and_views_on_duckdb(tmp_path: Path) -> None:
    project = new_project(tmp_path, "hw_masked", {})
    link_package(project)
    project.write(MODELS)
    with session(project, target="duckdb", logs=True) as dbt:
        install = ("run-operation", "headwater.install_masking")
        for key in ("", "short", "x" * 40, "base64:?"):
            ran = dbt.run(*install, env={"HEADWATER_MASKING_KEY": key})
            assert {status for status, _ in ran.values()} == {"error"}, key
        ran = dbt.run("run")
        assert "masking_keys" in ran["hashed"][1]
        assert "headwater.install_masking makes it" in ran["hashed"][1]
        assert "none for email (email)" in ran["open"][1]
        log = (project.folder / "logs" / "dbt.log").read_text()
        for got in ("no variable HEADWATER_MASKING_KEY, and no key of version 1", "5 bytes, of which 5 differ",
                    "40 bytes, of which 1 differ", "a text that is not what it says before its colon"):  # fmt: skip
            assert f"got: {got}" in log
        given = "base64:" + base64.b64encode(KEY).decode()
        for key in (given, given, "", "hex:" + KEY.hex()):
            dbt.succeed(*install, env={"HEADWATER_MASKING_KEY": key})
        another = dbt.run(*install, env={"HEADWATER_MASKING_KEY": given[:-8] + "AAAAAA=="})
        assert {status for status, _ in another.values()} == {"error"}
        ran = dbt.run("run")
        assert {name: status for name, (status, _) in ran.items()} == {
            "people": "success", "hashed": "success", "masked": "success", "open": "error",
        }  # fmt: skip
        hashed = "k1_" + model.digest("hanna@example.com", "pii", KEY)
        assert dbt.duckdb("select * from hw_masked.hashed order by id") == [(1, hashed), (2, None)]
        assert {status for status, _ in dbt.run("test").values()} == {"pass"}
        seen = dbt.duckdb("select * from hw_masked.masked order by id")
        assert seen == [(1, "h***@example.com"), (2, None)], "nobody has a role there"
        second = ("--args", "{key_version: 2}")
        drop = ("run-operation", "headwater.drop_masking_key", *second)
        dbt.succeed(*install, *second, env={"HEADWATER_MASKING_KEY": given})
        dbt.succeed(*drop)
        assert dbt.duckdb("select key_version from headwater_masking.masking_keys") == [(1,)]
        assert {status for status, _ in dbt.run(*drop).values()} == {"error"}, "it is gone"
    _assert_not_found(project)


def _assert_not_found(project: DbtProject) -> None:
    """In no file of dbt's, in no spelling; in the warehouse only in the table of keys."""
    words = (KEY, base64.b64encode(KEY), KEY.hex().encode())
    found = [path for path in project.folder.rglob("*")
             if path.is_file() and path.suffix not in (".duckdb", ".wal") and "dbt_packages" not in path.parts
             and any(word.lower() in path.read_bytes().lower() for word in words)]  # fmt: skip
    assert not found
    with duckdb.connect(str(project.folder / "consumer.duckdb")) as connection:
        (inner,) = (
            connection.execute("select inner_block from headwater_masking.masking_keys").fetchone()
            or ()
        )
    assert bytes(b ^ 0x36 for b in inner)[: len(KEY)] == KEY
