"""The planted projects, run on DuckDB: what is called a leak shows the value, what is clean does not.

A value counts as shown when it stands in a result as it is, turned round, encoded (base64, hex,
URL), or with signs left out. Projects that DuckDB cannot run (Python, other dialects, functions that are only named)
are left to `test_planted.py`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from urllib.parse import unquote

import duckdb

from .pii_files import Case, Part, read_cases

_HEX = re.compile(r"\b(?:[0-9a-f]{2}){8,}\b")
TYPES = {"id": "int", "user_id": "int", "salary": "int", "birth_date": "date", "placed_at": "date"}
#: Leaks of which the whole value does not stand in this result: why they count all the same.
ROWS = (1, 2, 3)
NOT_WHOLE = {
    "leak_cuts.sql: slices of lists, of what may be one, and long ones": "a list would give it whole",
    "leak_cuts.sql: sign after sign": "each sign in a row, or as a number",
    "leak_cuts.sql: slices put together again": "all but a few signs",
    "leak_paths.sql: the part before the at sign": "the name of the mailbox is most of an address",
    "leak_more.sql: nested case with hash in condition": "a way that these rows do not take",
    "leak_more.sql: translate identity": "letters that stand for others",
    "leak_more.sql: right all but two": "all but a few signs",
    "leak_json.sql: nested json leak": "by a key that is there in other data",
    "leak_json.sql: json keys in two cases": "members that only their case tells apart",
    "leak_more.sql: string_split unnest": "an address in two pieces",
    "leak_more.sql: hash minus": "all but two signs stand behind the digest",
    "leak_paths.sql: a replacement that replaces the first digit only": "one digit of ten is gone",
    "leak_paths.sql: coalesce of masked and raw": "a way that these rows do not take",
    "leak_paths.sql: a running sum gives every value away": "each step of the sum is a value",
}


def runnable(pattern: str) -> Iterator[tuple[Case, duckdb.DuckDBPyConnection]]:
    """The cases that DuckDB can run, with everything built."""
    for case in read_cases(pattern):
        kinds = {part.kind for part in case.parts}
        if case.dialect != "duckdb" or kinds & {"python", "broken", "function", "masked_view"}:
            continue
        connection = duckdb.connect()
        try:
            for part in case.parts:
                build(connection, part)
        except duckdb.Error:
            connection.close()
            continue
        yield case, connection
        connection.close()


def build(connection: duckdb.DuckDBPyConnection, part: Part) -> None:
    """A table of three people, or what a model makes."""
    if "." in part.name:
        connection.execute(f"create schema if not exists {part.name.partition('.')[0]}")
    if part.kind not in ("source", "seed"):
        sql = (
            part.sql
            if part.kind != "snapshot"
            else f"select *, 1 as dbt_valid_from from ({part.sql})"
        )
        if part.kind != "ephemeral":
            connection.execute(f"create table {part.name} as {sql}")
        return
    columns = ", ".join(f'"{name}" {TYPES.get(name, "varchar")}' for name in part.columns)
    connection.execute(f"create table {part.name} ({columns})")
    marks = ", ".join("?" for _ in part.columns)
    for row in ROWS:
        values = [value_of(name, row) for name in part.columns]
        connection.execute(f"insert into {part.name} values ({marks})", values)


def value_of(name: str, row: int) -> str:
    """What stands in a column; e-mails and phones look like some."""
    if TYPES.get(name) == "int":
        return str(row if name != "salary" else 71_000 + 7 * row**3)
    if TYPES.get(name) == "date":
        return f"198{row}-0{row}-1{row}"
    if name == "team":
        return "A"
    if name == "country":
        return ("DE", "FR", "US")[row - 1]
    if "phone" in name:
        return f"+4420794609{row}8"
    if "mail" in name or name == "address":
        return f"secret.{name}{row}@example.com"
    return f"Secret{name}{row}"


def personal(case: Case, every: bool = False) -> set[str]:
    """The values of the inputs' columns that are declared personal, or of every one."""
    return {
        value_of(name, row).lower()
        for part in case.parts
        if part.kind in ("source", "seed")
        for name, declared in part.columns.items()
        if (declared or every) and declared not in ("none", "false")
        for row in ROWS
        if name not in ("id", "country")
    }


def shown(connection: duckdb.DuckDBPyConnection, table: str, column: str = "*") -> str:
    """All that a column, or a table, says, in every form in which somebody could read it."""
    wanted = column if column == "*" else f'"{column}"'
    rows = connection.execute(f"select {wanted} from {table}").fetchall()
    text = "\n".join(str(cell) for row in rows for cell in row).lower()
    forms = [text, text[::-1]]
    for word in re.findall(r"[A-Za-z0-9+/=]{8,}", "\n".join(str(c) for row in rows for c in row)):
        try:
            forms.append(base64.b64decode(word).decode("utf-8").lower())
        except ValueError:
            continue
    forms += [bytes.fromhex(w).decode("utf-8", "ignore").lower() for w in _HEX.findall(text)]
    forms.append(unquote(text))
    forms += [re.sub(r"[.+]", "", form) for form in forms]
    return "\n".join(forms)


def stands_in(value: str, text: str) -> bool:
    return value in text or re.sub(r"[.+]", "", value) in text


def test_a_leak_shows_the_value() -> None:
    ran = 0
    for case, connection in runnable("leak_*.sql"):
        ways = [line.split()[2] for line in case.found if line.startswith("exposed")]
        ways = [way for way in ways if case.part(way.rpartition(".")[0]).kind != "source"]
        if not ways or case.id in NOT_WHOLE or any(line.endswith("excused") for line in case.found):
            continue
        if "snapshot" in {part.kind for part in case.parts} or "partial is too much" in case.name:
            continue
        ran += 1
        values = personal(case, every=True)
        for way in ways:
            table, _, column = way.rpartition(".")
            text = shown(connection, table, column)
            assert any(stands_in(value, text) for value in values), (case.id, way)
    assert ran >= 45


def test_what_is_clean_does_not_show_the_value() -> None:
    ran = 0
    for case, connection in runnable("clean_*.sql"):
        if case.rules or case.name.startswith(("a mark", "the same name")):
            continue  # somebody says that it is masked, or may be shown; two tables with one value
        ran += bool(case.exposures)
        for tables in case.exposures.values():
            for table in tables:
                text = shown(connection, table)
                found = [value for value in personal(case) if stands_in(value, text)]
                assert not found, (case.id, found)
    assert ran >= 40
