"""coalesce_duplicates() and cdc_lag(): values that Postgres would take for others without a word."""

from __future__ import annotations

from dbt_sessions import session
from projects import DbtProject

ROWS = """
create domain pair as integer[];
create type mood as enum ('low', 'high');
create domain short as varchar(9);
create type spot as (x integer, y integer);
create table given as
select 1 as id, n as place, array[n, n + 1]::pair as pair, array['a,b', null] as texts,
    case when n > 1 then 'high' end::mood as mood, 'x'::short as short, row(n, 2)::spot as spot,
    array[row(n, 2)::spot] as spots, int4range(n, 9) as span, '{"n": 1}'::json as doc,
    cast('a' as character(3)) as padded, interval '1 day' as pause, true as flag
from generate_series(1, 3) as rows (n);
create table late as
select timestamptz '2026-01-01 12:00+00' as happened, timestamp '2026-01-01 12:20' as loaded,
    timestamptz '2026-01-01 13:20+01' as loaded_there, now() - interval '2 days' as recent
union all select 'infinity', 'infinity', 'infinity', 'infinity'
"""
HEAD = "{{ config(materialized='table') }}\n"
RELATION = (
    "{% set given = api.Relation.create(database=target.database, schema=target.schema,"
    " identifier='NAME') %}"
)
COALESCED = "{{ headwater.coalesce_duplicates(GIVEN, ['id'], ['place']COLUMNS) }}"
PLAIN = ", columns=['id', 'place', 'mood', 'short', 'spot', 'span', 'doc', 'padded', 'flag']"

KEPT = """{{ config(materialized='upsert', unique_key=['id']) }}
select 1 as id, array[1, cast(count(*) as integer)]::{{ target.schema }}.pair as pair
from {{ target.schema }}.given
"""


def lag(words: str) -> str:
    """A model with the rows that fail the test."""
    relation = RELATION.replace("NAME", "late")
    return f"{HEAD}{relation}{{% if execute %}}{{{{ headwater.test_cdc_lag(given, {words}) }}}}{{% endif %}}"


def test_arrays_and_types_of_ones_own(dbt_project: DbtProject) -> None:
    relation = HEAD + RELATION.replace("NAME", "given")
    of_table = COALESCED.replace("GIVEN", "given").replace("COLUMNS", "")
    select = COALESCED.replace("GIVEN", "'select * from ' ~ given")
    dbt_project.write(
        {
            "models/whole.sql": relation + "{% if execute %}" + of_table + "{% endif %}",
            "models/plain.sql": relation + select.replace("COLUMNS", PLAIN),
            "models/hidden.sql": relation + select.replace("COLUMNS", ", columns=['id', 'pair']"),
            "models/late_both.sql": lag("'happened', 19, 'loaded'"),
            "models/late_there.sql": lag("'happened', 19, 'loaded_there'"),
            "models/early.sql": lag("'happened', 21, 'loaded'"),
            "models/silent.sql": lag("'recent', 60"),
            "models/lively.sql": lag("'recent', 60 * 24 * 3"),
            "models/kept.sql": KEPT,
            "models/misspelt.sql": lag("'hapened', 60"),
        }
    )
    dbt_project.sql(f"create schema {dbt_project.schema}")
    dbt_project.sql(ROWS)
    with session(dbt_project) as dbt:
        ran = dbt.run("run", env={"PGTZ": "Asia/Tokyo"})
        dbt_project.sql("insert into given (id, place) values (2, 1)")
        dbt.succeed("run", "--select", "kept")
    assert {name for name, (status, _) in ran.items() if status != "success"} == {
        "hidden",
        "misspelt",
    }
    said = "headwater.coalesce_duplicates(): an array in a column of a select; pass a relation"
    assert said in ran["hidden"][1]
    assert "expected: columns of the relation: happened, loaded" in ran["misspelt"][1]
    assert dbt_project.sql("select pair::text from kept") == [("{1,4}",)]
    first = "select * from given where place = 3"
    assert dbt_project.sql("select whole::text from whole") == dbt_project.sql(
        f"select found::text from ({first}) as found"
    )
    names = PLAIN.partition("[")[2].strip("]").replace("'", "")
    assert dbt_project.sql("select plain::text from plain") == dbt_project.sql(
        f"select found::text from (select {names} from ({first}) as rows) as found"
    )
    counts = {
        name: dbt_project.sql(f"select count(*) from {name}")[0][0]
        for name in ("late_both", "late_there", "early", "silent", "lively")
    }
    assert counts == {"late_both": 1, "late_there": 1, "early": 0, "silent": 1, "lively": 0}
