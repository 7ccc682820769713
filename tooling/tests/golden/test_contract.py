"""Every question x every format renders: on the recorded demo, as dbt 1.x and 2.x wrote it.

Generated from the two tables, so a new command or format is in it at once.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from headwater.cli import COMMANDS
from headwater.render import FORMATS

from .test_answers import WORDS
from .transcripts import Lineage

FIXTURES = Path(__file__).parents[1] / "fixtures"
RECORDED = ("demo", "demo-parsed", "demo-dbt-2")
ABOUT_A_PROJECT = [name for name in COMMANDS if name != "sql"]
BRIEFLY = {"verify": ["--seconds", "1"], "pii": ["--fail-on", "none"]}
COMPARING = ("check", "diff")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


def busiest_model(recorded: str) -> str:
    """The model that most nodes read: the one with most to say."""
    with gzip.open(FIXTURES / recorded / "manifest.json.gz") as file:
        manifest = json.load(file)
    readers: dict[str, int] = {
        node: len(children)
        for node, children in manifest["child_map"].items()
        if node.startswith("model.")
    }
    return max(sorted(readers), key=lambda node: readers[node])


@pytest.mark.parametrize("command", ABOUT_A_PROJECT)
@pytest.mark.parametrize("recorded", RECORDED)
def test_every_question_renders_in_every_format(
    recorded: str, command: str, cache: str, lineage: Lineage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_CACHE_DIR", cache)
    monkeypatch.delenv("COLUMNS", raising=False)
    takes_names = WORDS[command] and not WORDS[command][0].startswith("-")
    names = [busiest_model(recorded)] if takes_names else []
    if command in COMPARING:
        names = ["--state", str(FIXTURES / "demo"), "--force"]
    words = [command, *names, "--target-path", str(FIXTURES / recorded), "-q"]
    words += BRIEFLY.get(command, [])
    for format_name in FORMATS:
        head, _, text = lineage(*words, "-o", format_name).partition("--- stdout\n")
        assert head.endswith("exit 0\n"), head
        check = CHECKS.get(format_name)
        assert check is None or check(text), (format_name, text)


def _is_csv(text: str) -> bool:
    rows = list(csv.reader(io.StringIO(text.replace("\\r\n", "\r\n"), newline="")))
    return len({len(row) for row in rows}) == 1


def _is_narrow(text: str) -> bool:
    return max(map(len, text.split("\n"))) <= 80


def _is_a_page(text: str) -> bool:
    """Well-formed, and nothing in it that a browser would load or run."""
    names: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: names.append(tag)  # type: ignore[method-assign]
    parser.feed(text)
    loads = {"script", "img", "link", "iframe", "object", "embed", "form"}
    return text.rstrip().endswith("</body></html>") and not loads & set(names)


CHECKS = {
    "table": _is_narrow,
    "json": lambda text: json.loads(text)["schema_version"] == 1,
    "markdown": lambda text: text.startswith(("### ", "<!-- lineage:")) and len(text) <= 60_000,
    "mermaid": lambda text: "\nflowchart LR\n" in text,
    "csv": _is_csv,
    "html": _is_a_page,
}


def test_every_format_is_checked() -> None:
    assert set(CHECKS) == set(FORMATS)
