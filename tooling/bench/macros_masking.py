"""Measure the masks on the embedded Postgres.

``python tooling/bench/macros_masking.py``: how many values a second hash_pii() hashes, as a ratio
to one plain sha256(); what the other masks cost, as a ratio to it too; and a view as masked_view
makes it, against a select that a person would write with the same masks. All in one session without
parallel workers, in turns; of each the smallest CPU time counts, which depends least on what else
runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "dev"), str(HERE.parent / "tests" / "dbt")]

from postgres import postgres  # noqa: E402  # the folders above must be known first
from projects import connect  # noqa: E402
from rendering import Package  # noqa: E402

PACKAGE = Package("postgres")
WANTED = 300_000
PLAIN = "encode(sha256(convert_to(email, 'UTF8')), 'hex')"
MASKS: dict[str, tuple[str, tuple[Any, ...], dict[str, Any]]] = {
    "hash_pii": ("hash_pii", ("email",), {"domain": "email"}),
    "hash_pii, normalize: email": ("hash_pii", ("email",), {"normalize": ["email"]}),
    "mask_partial": ("mask_partial", ("email",), {}),
    "mask_email": ("mask_email", ("email",), {}),
    "mask_phone": ("mask_phone", ("phone",), {}),
    "mask_name": ("mask_name", ("name",), {}),
    "mask_text": ("mask_text", ("name",), {}),
    "generalize_number": ("generalize_number", ("id", 10), {}),
    "date_shift": ("date_shift", ("born_on", ["id"]), {}),
}
POLICIES = [
    {"name": "id", "mask": None},
    {"name": "email", "mask": "hash_pii", "reveal_to": ["hw_officer"]},
    {"name": "phone", "mask": "mask_phone", "reveal_to": ["hw_officer"]},
    {"name": "name", "mask": "mask_name", "mask_for": {"hw_support": {"mask_partial": {}}}},
    {"name": "born_on", "mask": {"generalize_date": {"to": "year"}}},
]


def prepare(run: Callable[[str], Any], rows: int) -> None:
    """Keys, roles and people; always the same."""
    key = "decode('" + bytes(range(40)).hex() + "', 'hex')"
    inner, outer = (PACKAGE.sql("hmac_block", key, pad) for pad in (54, 92))
    run("create schema headwater_masking")
    run(
        "create table headwater_masking.masking_keys"
        " (key_version smallint primary key, inner_block bytea, outer_block bytea)"
    )
    run(f"insert into headwater_masking.masking_keys select 1, {inner}, {outer}")
    for role in ("hw_officer", "hw_support", "hw_analyst"):
        run(f"create role {role}")
    run(
        "create table people as select n as id, 'customer' || n || '@example.com' as email,"
        " '+49 151 ' || 10000000 + n as phone, 'Hanna Muster-' || n as name,"
        f" date '1950-01-01' + n % 20000 as born_on from generate_series(1, {rows}) as n"
    )
    run("analyze people; grant select on people to hw_analyst")


def masked_select() -> str:
    """The select of a masked view, as the materialization writes it."""
    policies = [SimpleNamespace(**{"reveal_to": [], "mask_for": {}} | p) for p in POLICIES]
    return str(PACKAGE._masked_select("select * from people", policies))


def by_hand() -> str:
    """The same masks in the select of a person who has no roles to think of."""
    masks = {
        "email": PACKAGE.sql("hash_pii", "email"),
        "phone": PACKAGE.sql("mask_phone", "phone"),
        "name": PACKAGE.sql("mask_name", "name"),
        "born_on": PACKAGE.sql("generalize_date", "born_on", to="year"),
    }
    shown = ", ".join(f"{sql} as {name}" for name, sql in masks.items())
    return f"select id, {shown} from people"


def best_of(
    run: Callable[[str], Any], cpu: Callable[[], float], forms: dict[str, str], repeat: int
) -> dict[str, float]:
    """The smallest CPU seconds of each statement; they take turns."""
    best = dict.fromkeys(forms, float("inf"))
    for _ in range(repeat):
        for name, sql in forms.items():
            begun = cpu()
            run(sql)
            best[name] = min(best[name], cpu() - begun)
    return best


def main() -> None:
    """Print the table; exit code 1 when a wanted figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    with postgres("bench-masking") as server:
        connection = connect(server)
        connection.autocommit = True
        cursor = connection.cursor()
        pid = connection.get_backend_pid()

        def cpu() -> float:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / 100

        prepare(cursor.execute, given.rows)
        cursor.execute("set max_parallel_workers_per_gather = 0; set jit = off")
        missed = _masks(cursor.execute, cpu, given) + _views(cursor.execute, cpu, given)
        connection.close()
    sys.exit(f"missed: {', '.join(missed)}" if missed else 0)


def _masks(run: Callable[[str], Any], cpu: Callable[[], float], given: Any) -> list[str]:
    forms = {"sha256": f"select count({PLAIN}) from people"}
    for name, (macro, words, options) in MASKS.items():
        forms[name] = f"select count({PACKAGE.sql(macro, *words, **options)}) from people"
    empty = best_of(run, cpu, {"count": "select count(email) from people"}, given.repeat)["count"]
    spent = best_of(run, cpu, forms, given.repeat)
    print("| mask | values a second | cost in plain sha256 |\n|---|---|---|")
    for name, seconds in spent.items():
        ratio = max(seconds - empty, 0.001) / (spent["sha256"] - empty)
        print(f"| {name} | {given.rows / seconds:,.0f} | {ratio:.2f}x |", flush=True)
    return [] if given.rows / spent["hash_pii"] >= WANTED else ["hash_pii"]


def _views(run: Callable[[str], Any], cpu: Callable[[], float], given: Any) -> list[str]:
    run(f"create view people_masked with (security_barrier = true) as {masked_select()}")
    run(f"create view people_by_hand as {by_hand()}")
    run("grant select on people_masked, people_by_hand to hw_analyst; set role hw_analyst")
    every = "select count(id), count(email), count(phone), count(name), count(born_on) from"
    forms = {"masked_view": f"{every} people_masked", "by hand": f"{every} people_by_hand"}
    loop = "do $$ begin for n in 1..2000 loop perform * from {} where id = n; end loop; end $$"
    forms["masked_view, one row"] = loop.format("people_masked")
    forms["by hand, one row"] = loop.format("people_by_hand")
    run("reset role; create index on people (id); analyze people; set role hw_analyst")
    spent = best_of(run, cpu, forms, given.repeat)
    print(
        "\n| read by an analyst | masked_view, CPU s | by hand, CPU s | ratio |\n|---|---|---|---|"
    )
    missed = []
    for what, end in (
        (f"{given.rows:,} rows", ""),
        ("2,000 times one row by its key", ", one row"),
    ):
        ours, theirs = spent["masked_view" + end], spent["by hand" + end]
        print(f"| {what} | {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f}x |")
        missed += [] if ours <= 1.3 * theirs else [f"masked_view{end}"]
    return missed


if __name__ == "__main__":
    main()
