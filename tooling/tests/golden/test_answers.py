"""Every question in every format, on the tiny project; see the folder `answers/`."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from headwater.cli import COMMANDS
from headwater.render import FORMATS

from . import tiny
from .transcripts import Golden, Lineage, Project

#: What to ask of the tiny project, by command.
WORDS = {
    "impact": ["source:raw.orders.amount"],
    "check": ["--policy", "policy.yml"],
    "diff": ["--state", "before"],
    "unused": [],
    "trace": ["daily.revenue_usd"],
    "columns": ["orders"],
    "coverage": [],
    "verify": ["daily", "orders"],
    "pii": ["--policy", "pii.yml", "--fail-on", "none"],
    "freshness": ["--now", "2026-11-01T15:30:00Z"],
    "runs": ["--history", "kept"],
    "doctor": [],
    "sql": ["query.sql", "--dialect", "postgres"],
}
NOW = datetime(2026, 11, 1, 15, 30, tzinfo=UTC)
PII = """\
pii:
  columns:
    - {node: raw.orders, column: customer_id, class: account}
    - {node: raw.orders, column: amount, class: financial}
  exceptions:
    - {node: orders, column: customer_id, reason: support, author: Ann, expires: 2027-01-31}
"""
QUERY = "select o.id, sum(o.amount) as total from shop.orders as o where o.paid group by 1\n"


@pytest.fixture(autouse=True)
def _prepared(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project()
    (folder / "target" / "catalog.json").write_text(json.dumps(tiny.catalog(tiny.manifest())))
    (folder / "before").mkdir()
    (folder / "before" / "manifest.json").write_text(json.dumps(tiny.before()))
    (folder / "query.sql").write_text(QUERY)
    tiny.write_runs(folder / "kept")
    (folder / "policy.yml").write_text("require: [{what: description, of: node, level: note}]\n")
    (folder / "pii.yml").write_text(PII)
    monkeypatch.setattr("headwater.cli.doctor.now", lambda: NOW)
    monkeypatch.setattr("headwater.cli.pii.today", NOW.date)


def test_every_command_is_asked_something() -> None:
    assert set(WORDS) == set(COMMANDS)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("command", COMMANDS)
def test_answer(command: str, format_name: str, lineage: Lineage, golden: Golden) -> None:
    text = lineage(command, *WORDS[command], "-o", format_name)
    assert "\nexit 0\n" in text
    golden(f"{command}.{format_name}", text)


@pytest.mark.parametrize("format_name", FORMATS)
def test_what_if(format_name: str, lineage: Lineage, golden: Golden) -> None:
    words = ["impact", "stg_orders.amount", "--change", "drop", "--effects", "-o", format_name]
    golden(f"impact_drop.{format_name}", lineage(*words))


OTHERS = {
    "impact_of_a_model": ["impact", "stg_orders", "--depth", "1"],
    "impact_of_several": ["impact", "rates.rate", "stg_orders.currency"],
    "impact_of_a_selection": ["impact", "orders+1", "-q"],
    "impact_in_part": ["impact", "source:raw.orders.amount", "--exclude", "resource_type:test"],
    "impact_of_an_exposure": ["impact", "dashboard"],
    "impact_of_a_file": ["impact", "models/orders.sql", "--select", "daily"],
    "impact_of_a_unique_id": ["impact", "model.tiny.orders.amount_usd", "-q"],
    "impact_drop_a_model": ["impact", "stg_orders", "--change", "drop", "-q"],
    "impact_rename": [
        *("impact", "stg_orders.amount", "--change", "rename", "--to", "gross_amount"),
        *("--path", "-q"),
    ],
    "impact_type": ["impact", "orders.created_at", "--change", "type", "--effects", "-q"],
    "impact_logic_of_a_model": ["impact", "orders", "--change", "logic", "--effects", "-q"],
    "impact_only": ["impact", "source:raw.orders", "--change", "rows", "--only", "exposure"],
    "impact_only_untouched": [
        *("impact", "orders.customer_id", "--change", "logic", "--only", "untouched", "-q"),
    ],
    "unused_ends": ["unused", "--ends", "-q"],
    "unused_selected": ["unused", "--select", "source:*", "-q"],
    "diff_of_nothing": ["diff", "target", "target"],
    "diff_the_other_way": ["diff", "target", "before", "-q"],
    "trace_of_a_model": ["trace", "orders"],
    "trace_path": ["trace", "daily.revenue_usd", "--path", "source:raw.orders.amount"],
    "trace_no_path": ["trace", "orders.order_id", "--path", "rates.rate"],
    "trace_rows": ["trace", "daily.orders", "--rows", "--depth", "1"],
    "trace_of_a_source": ["trace", "source:raw.orders.id"],
    "columns_of_a_seed": ["columns", "rates"],
    "columns_one": ["columns", "daily.revenue_usd"],
    "verify_selected": ["verify", "--select", "+orders", "--rows", "10", "--seed", "3"],
    "verify_a_seed": ["verify", "rates"],
    "pii_suggest": ["pii", "--suggest", "-q"],
    "pii_gate": ["pii", "--policy", "pii.yml", "--fail-on", "undeclared", "-s", "orders", "-q"],
    "pii_patch": ["pii", "--policy", "pii.yml", "--patch", "new.yml", "-o", "csv"],
    "coverage_selected": ["coverage", "--select", "daily"],
    "runs_one_that_went_well": ["runs", "--history", "kept", "--run", "00000002"],
    "runs_without_results": ["runs"],
    "freshness_with_history": ["freshness", "--now", "2026-10-25T15:30:00Z", "--history", "kept"],
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_answers(name: str, lineage: Lineage, golden: Golden) -> None:
    golden(name, lineage(*OTHERS[name]))


def _earlier(folder: Path) -> None:
    """The artifacts of an earlier run, in which a model had other SQL and another did not run."""
    state = folder / "prod"
    state.mkdir()
    manifest = tiny.manifest()
    manifest["nodes"]["model.tiny.orders"]["raw_code"] += " limit 10"
    (state / "manifest.json").write_text(json.dumps(manifest))
    results = [{"unique_id": "model.tiny.daily", "status": "error"}]
    text = json.dumps({"metadata": manifest["metadata"], "results": results})
    (state / "run_results.json").write_text(text)


STATES = {
    "impact_of_a_state": ["impact", "state:modified", "--state", "prod"],
    "impact_of_a_result": ["impact", "orders", "--state", "prod", "--select", "result:error"],
    "coverage_selector": ["coverage", "--selector", "daily"],
}


@pytest.mark.parametrize("name", STATES)
def test_selections_by_state(name: str, project: Project, lineage: Lineage, golden: Golden) -> None:
    folder = project(
        lambda manifest: manifest.update(
            selectors={"daily": {"definition": {"method": "fqn", "value": "daily"}}}
        )
    )
    _earlier(folder)
    golden(name, lineage(*STATES[name]))


SCRIPT = """\
create table totals as
select o.customer_id, sum(o.amount) as total from orders as o group by 1;

-- who pays late
insert into late (customer_id, is_late)
select c.id, case when p.paid_on > p.due_on then 1 else 0 end
from customers as c left join payments as p on p.customer_id = c.id;
"""


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_script(format_name: str, lineage: Lineage, golden: Golden) -> None:
    text = lineage("sql", "-", "--dialect", "sqlserver", "-o", format_name, stdin=SCRIPT)
    golden(f"sql_of_a_script.{format_name}", text)


def test_sql_with_a_schema(project: Project, lineage: Lineage, golden: Golden) -> None:
    (project() / "schema.json").write_text('{"t": {"a": "int"}, "u": ["a", "b"]}')
    words = ["sql", "--schema", "schema.json", "-o", "json"]
    golden("sql_with_a_schema", lineage(*words, stdin="select * from t join u using (a)"))


CASES = """\
{"id": "1", "sql": "select * from t", "schema": {"t": {"a": "int"}}}

not json
["a list"]
{"id": "2"}
{"id": 3, "sql": "select 1 as one", "schema": {"t": "a"}}
{"id": "4", "sql": "select x from", "query": "select x from y", "dialect": "duckdb"}
{"id": "5", "sql": "select \\ud800 as x from y", "dialect": "nonsense"}
"""


def test_cases_line_by_line(lineage: Lineage, golden: Golden) -> None:
    golden("sql_jsonl", lineage("sql", "--jsonl", stdin=CASES))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_formats_agree_on_every_number(command: str, lineage: Lineage) -> None:
    """Each number of the csv is in the table and in the Markdown; the json can be read."""

    def stdout(format_name: str) -> str:
        text = lineage(command, *WORDS[command], "-o", format_name, "-q")
        return text.partition("--- stdout\n")[2]

    rows = list(csv.reader(io.StringIO(stdout("csv").replace("\\r\n", "\n"))))
    numbers = {cell for row in rows[1:] for cell in row if re.fullmatch(r"\d+", cell)}
    for format_name in ("table", "markdown"):
        assert numbers <= set(re.findall(r"\d+", stdout(format_name)))
    answer = json.loads(stdout("json"))
    assert (answer["schema_version"], answer["command"]) == (1, command)


def test_the_order_of_the_manifest_does_not_show(project: Project, lineage: Lineage) -> None:
    def answers() -> list[str]:
        return [
            lineage(command, *words, "-o", format_name, *(["--no-cache"] if words else []))
            for command, words in WORDS.items()
            for format_name in FORMATS
            if command != "sql"
        ]

    def turned(manifest: dict[str, dict[str, object]]) -> None:
        for section in ("nodes", "sources", "exposures"):
            manifest[section] = dict(reversed(manifest[section].items()))

    before = answers()
    project(turned)
    assert answers() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command: str, lineage: Lineage, golden: Golden) -> None:
    text = lineage(command, "--help")
    assert max(map(len, text.splitlines())) <= 80
    assert COMMANDS[command] in " ".join(text.split())
    golden(f"{command}.help", text)


def test_help_of_the_program(lineage: Lineage, golden: Golden) -> None:
    golden("help", lineage("--help"))
