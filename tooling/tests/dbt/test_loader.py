"""The demo on tables that dlt loads: from files and an API, whole and by increments."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from load_demo import FRESHNESS, LATER, Loading, loading
from projects import REPO, connect
from shop_api import ENDPOINTS, TOKEN, Shop, answer, seed, serve

MODELS = ("fct_payments", "daily_payments", "customer_directory", "daily_revenue")
# `make demo-load` builds and tests everything; this is what the increments end in.
BUILD = f"run --select {' '.join(f'+{name}' for name in MODELS)}"
CONTENT = "select count(*), md5(string_agg(r::text, chr(10) order by r::text)) from {} as r"


@pytest.fixture(scope="module")
def loaded(postgres: Mapping[str, str]) -> Iterator[tuple[Loading, list[str], list[str]]]:
    """The shop, loaded and built as of April and of May; what the loader said, what was asked."""
    with loading(postgres, "hw_loader") as running:
        _drop(postgres)
        said = [running.load()]
        _built(running, BUILD)
        asked = len(running.shop.served)
        running.shop.move_on(LATER)
        said.append(running.load())
        _built(running, BUILD)
        yield running, said, running.shop.served[asked:]
        _drop(postgres)


def _built(running: Loading, *steps: str) -> None:
    done = running.dbt(*steps, quiet=True)
    assert done.returncode == 0, done.stdout


def _sql(server: Mapping[str, str], statement: str) -> list[tuple[Any, ...]]:
    connection = connect(server)
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def _drop(server: Mapping[str, str]) -> None:
    for (name,) in _sql(server, "select nspname from pg_namespace where nspname ~ '^hw_loader'"):
        _sql(server, f'drop schema "{name}" cascade')


def _counts(said: str) -> dict[str, int]:
    lines = (line.split() for line in said.splitlines())
    return {words[0].strip(":"): int(words[1]) for words in lines}


def test_the_second_load_brings_what_is_new_or_changed(
    loaded: tuple[Loading, list[str], list[str]],
) -> None:
    first, second = (_counts(said) for said in loaded[1])
    whole = {f"raw_{name}": len(seed(name)) for name in (*ENDPOINTS, "exchange_rates")}
    for name, rows in whole.items():
        assert 0 < second[name] < rows, name
    assert first["raw_customer_changes"] + second["raw_customer_changes"] >= 39
    assert second["raw_customers"] == first["raw_customers"] == 40  # replaced
    # Open orders of April have their final status now, so they come a second time.
    assert first["raw_orders"] + second["raw_orders"] > whole["raw_orders"]
    assert not any("1970" in path for path in loaded[2])


def test_the_page_shows_what_the_loader_says(
    loaded: tuple[Loading, list[str], list[str]],
) -> None:
    page = (REPO / "docs" / "06-from-files-and-an-api.md").read_text("utf-8")
    for said in loaded[1]:
        assert said in page


@pytest.mark.parametrize("name", [*ENDPOINTS, "customers", "products", "exchange_rates"])
def test_the_raw_tables_are_the_seeds(
    loaded: tuple[Loading, list[str], list[str]], name: str
) -> None:
    """To the cell, though they came in two parts, and some of them by changes."""
    wanted = seed(name)
    columns = ", ".join(
        f"to_char({c}, 'YYYY-MM-DD HH24:MI:SS')" if c.endswith("_at") else f"{c}::text"
        for c in wanted[0]
    )
    found = _sql(loaded[0].server, f"select {columns} from hw_loader_raw.raw_{name}")
    assert sorted(map(str, found)) == sorted(str(_typed(row)) for row in wanted)


def _typed(row: Mapping[str, str | None]) -> tuple[str | None, ...]:
    """As the warehouse writes the values: `5.00` for numeric(5, 2)."""
    decimals = {"discount_percent": 2}
    return tuple(
        f"{float(value):.{decimals[column]}f}" if value and column in decimals else value
        for column, value in row.items()
    )


def test_what_was_built_by_increments_is_what_a_full_refresh_builds(
    loaded: tuple[Loading, list[str], list[str]],
) -> None:
    running = loaded[0]
    read = [CONTENT.format(f"hw_loader_marts.{name}") for name in MODELS]
    before = [_sql(running.server, statement) for statement in read]
    _built(running, f"run --full-refresh --select {' '.join(MODELS)}", FRESHNESS)
    assert [_sql(running.server, statement) for statement in read] == before
    sources = json.loads((running.work / "dbt" / "target" / "sources.json").read_text())
    assert [(r["unique_id"], r["status"]) for r in sources["results"]] == [
        ("source.headwater.loader._dlt_loads", "pass")
    ]


def test_the_api_pages_filters_and_wants_a_token() -> None:
    shop = Shop(LATER)
    pages = [answer(shop, f"/orders?page={n}") for n in range(1, 6)]
    assert [len(page["rows"]) for page in pages if page] == [50, 50, 50, 10, 0]
    newest = answer(shop, "/orders?since=2026-04-14T00:00:00Z")
    assert newest is not None
    assert 0 < len(newest["rows"]) < 10
    assert answer(shop, "/secrets") is None
    with serve(shop) as address:
        said = [_status(f"{address}/orders", token) for token in (TOKEN, "guess", TOKEN)]
    assert said == [503, 401, 200]


def _status(address: str, token: str) -> int:
    asked = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(asked) as found:
            return int(found.status)
    except urllib.error.HTTPError as error:
        return error.code
