"""``lineage sql``."""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli.load import exit_code
from headwater.cli.options import Output, option
from headwater.cli.output import check_writable, render_options, write_answer
from headwater.core.errors import NotFound, UsageError, did_you_mean, shown

if TYPE_CHECKING:
    from headwater.questions.statement import Schema, Statement

STDIN = Path("-")

Files = Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", show_default=False)]


def _dialects(incomplete: str) -> list[str]:
    from headwater.sql.dialects import DIALECTS

    return sorted(name for name in DIALECTS if name.startswith(incomplete))


# fmt: off
@dataclass(frozen=True, slots=True)
class Reading:
    """How the SQL is read."""

    dialect: Annotated[str, option(
        "The SQL's dialect, as sqlglot or a dbt adapter calls it [default: generic].",
        "--dialect", metavar="NAME", autocompletion=_dialects)] = ""
    schema: Annotated[Path | None, option(
        "JSON with the columns of the tables: {table: {column: type}} or {table: [column]}.",
        "--schema", metavar="FILE")] = None
    jsonl: Annotated[bool, option(
        "Read one case a line, {\"id\", \"sql\", \"dialect\", \"schema\"}, and answer each "
        "with one line, at once.", "--jsonl")] = False
# fmt: on


def command(reading: Reading, output: Output, files: Files = None) -> int:
    """What does this SQL read, from a file or standard input?

    For each column of each statement: the columns its value comes from and what else decides it;
    and what decides which rows there are. No dbt project is needed. With -o json each statement
    is one object on one line.

    \b
    Examples:
      lineage sql query.sql --dialect snowflake
      echo 'select a, sum(b) from t group by a' | lineage sql
      lineage sql *.sql --schema columns.json -o json
      lineage sql --jsonl < cases.jsonl > answers.jsonl
    """
    from headwater.cli.sql_text import read_schema

    paths = files or [STDIN]
    schema = read_schema(reading.schema) if reading.schema else None
    dialect = _dialect(reading.dialect)
    if reading.jsonl:
        from headwater.cli.sql_cases import answer_lines

        if output.format or output.out:
            raise UsageError("--jsonl answers in lines of its own: leave --format and --out out")
        return answer_lines(paths, dialect, schema)
    check_writable(output.out)
    return _answer([s for path in paths for s in _understood(path, dialect, schema)], output)


def _dialect(name: str) -> str:
    """sqlglot's name of the dialect, or an error that lists the names."""
    from headwater.sql.dialect_names import dialect_named, dialect_names

    found = dialect_named(name)
    if found is None:
        known = dialect_names()
        raise NotFound(
            f"no dialect '{name}'", ("has", shown(known, len(known))), *did_you_mean(name, known)
        )
    return found


def _understood(path: Path, dialect: str, schema: Schema | None) -> Iterator[Statement]:
    from headwater.cli.sql_text import called, read_sql
    from headwater.questions.statement import statements

    found = statements(read_sql(path), dialect=dialect, schema=schema, name=called(path))
    if not found:
        raise UsageError(f"there is no SQL in {called(path)}")
    yield from found


def _answer(found: Sequence[Statement], output: Output) -> int:
    """One report about all statements; in the json format one object a line for each."""
    from headwater.questions.statement_report import statement_report
    from headwater.render import render

    report = statement_report(found)
    options = render_options(output, "sql")
    if output.format_name == "json":
        options = replace(options, compact=True)
        text = "".join(render(each.report(), "json", options) for each in found)
    else:
        text = render(report, output.format_name, options)
    write_answer(text, output)
    return exit_code(report, output)
