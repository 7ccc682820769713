from __future__ import annotations

import resource
import subprocess
import sys
from types import ModuleType
from typing import Annotated

import pytest
import typer

from headwater.cli import COMMANDS
from headwater.core.errors import NotFound

from .running import MAIN, lineage, lineage_process

HEAVY = (
    "sqlglot",
    "networkx",
    "rich",
    "click",
    "msgspec",
    "sqlite3",
    "multiprocessing",
    "pydantic",
)


Anything = Annotated[list[str] | None, typer.Argument(metavar="NAME...")]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A command ``probe`` whose behaviour the test sets as ``behaves``."""
    module = ModuleType("headwater.cli.probe")

    def probe(names: Anything = None, depth: int | None = None, debug: bool = False) -> object:
        return module.behaves()

    module.command = probe  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "headwater.cli.probe", module)
    monkeypatch.setitem(COMMANDS, "probe", "Probe?")
    return module


def test_help_asks_the_questions_and_without_words_there_is_help() -> None:
    run = lineage("--help")
    assert run == lineage()
    assert run.code == 0
    assert all(question in " ".join(run.out.split()) for question in COMMANDS.values())
    assert all(question.endswith("?") for question in COMMANDS.values())
    assert max(map(len, run.out.splitlines())) <= 80


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from headwater.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print('loaded:', *sorted({name.split('.')[0] for name in sys.modules}))\n"
        "print(*sorted(name for name in sys.modules if name.startswith('headwater.')))\n"
    )
    *_, loaded, ours = lineage_process(code=code).out.splitlines()
    assert not set(HEAVY) & set(loaded.split())
    assert not [name for name in ours.split() if name.startswith("headwater.cli.impact")]


def test_help_takes_less_than_300_ms_of_cpu() -> None:
    def cpu() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert lineage_process("--help").code == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cpu() for _ in range(3)) < 0.3


def test_version() -> None:
    assert lineage("--version").out == "lineage (dbt-headwater) 0.1.0\n"


def test_an_unknown_command() -> None:
    run = lineage("impcat", "orders")
    assert run == (
        2,
        "",
        "error: no command 'impcat'\n"
        f"  has: {', '.join(sorted(COMMANDS))}\n"
        "  hint: did you mean 'impact'?\n",
    )


def test_an_unknown_option() -> None:
    assert lineage("--verison") == (
        2,
        "",
        "error: no option '--verison'\n  hint: did you mean '--version'?\n",
    )


def test_the_result_of_a_command_is_the_exit_code(command: ModuleType) -> None:
    command.behaves = lambda: 3  # type: ignore[attr-defined]
    assert lineage("probe").code == 3
    command.behaves = lambda: None  # type: ignore[attr-defined]
    assert lineage("probe").code == 0


def test_an_unknown_option_of_a_command(command: ModuleType) -> None:
    assert lineage("probe", "--dept", "1").err == (
        "error: no option '--dept'\n  hint: did you mean '--depth'?\n"
    )
    assert lineage("probe", "--zzz").err == (
        "error: no option '--zzz'\n  hint: 'lineage probe --help' lists what it takes\n"
    )


def test_a_value_of_the_wrong_kind(command: ModuleType) -> None:
    run = lineage("probe", "--depth", "x")
    assert (run.code, run.out) == (2, "")
    what, hint = run.err.splitlines()
    assert what.startswith("error: option '--depth': 'x' is not a valid int")
    assert hint == "  hint: 'lineage probe --help' lists what it takes"


def test_our_errors_are_printed_as_they_are(command: ModuleType) -> None:
    def fail() -> None:
        raise NotFound("no model 'x'", ("has", "a, b"), ("hint", "did you mean 'a'?"))

    command.behaves = fail  # type: ignore[attr-defined]
    assert lineage("probe") == (
        2,
        "",
        "error: no model 'x'\n  has: a, b\n  hint: did you mean 'a'?\n",
    )


def test_an_unexpected_exception_is_one_line_unless_debug_is_asked_for(command: ModuleType) -> None:
    def fail() -> None:
        raise ZeroDivisionError("division by\nzero")

    command.behaves = fail  # type: ignore[attr-defined]
    text = (
        "error: internal error: ZeroDivisionError: division by\n"
        "  hint: run again with --debug, and report what it prints\n"
    )
    assert lineage("probe") == (2, "", text)
    debugged = lineage("probe", "--debug")
    assert debugged.code == 2
    assert debugged.err.startswith("Traceback (most recent call last):\n")
    assert debugged.err.endswith(text)


@pytest.mark.parametrize("error", [RecursionError("too deep"), MemoryError()])
def test_python_running_out_of_something_is_an_internal_error(
    command: ModuleType, error: Exception
) -> None:
    def fail() -> None:
        raise error

    command.behaves = fail  # type: ignore[attr-defined]
    run = lineage("probe")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"error: internal error: {type(error).__name__}")


def test_an_interrupt_exits_with_130(command: ModuleType) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    command.behaves = fail  # type: ignore[attr-defined]
    assert lineage("probe") == (130, "", "\ninterrupted\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_imports_that_command_and_nothing_heavy(name: str) -> None:
    code = (
        "import sys\n"
        "from headwater.cli import app, COMMANDS\n"
        f"try: app(['{name}', '--help'])\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))\n"
        "print(*[name for name in COMMANDS if f'headwater.cli.{name}' in sys.modules])\n"
    )
    *_, loaded, commands = lineage_process(code=code).out.splitlines()
    assert commands == name
    assert not set(HEAVY) & set(loaded.split())


def test_a_command_with_options_imports_no_framework_behind_typers_back() -> None:
    code = (
        "import sys\n"
        "from headwater.cli import app\n"
        "try: app(['impact', 'orders', '--manifest', 'nowhere.json', '--depth', '2'])\n"
        "except SystemExit: pass\n"
        "print('loaded:', *sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    run = lineage_process(code=code)
    assert "nowhere.json" in run.err
    assert not {"click", "pydantic", "rich"} & set(run.out.split())


def test_errors_that_the_terminal_cannot_spell_do_not_fail() -> None:
    run = lineage_process("日本", PYTHONIOENCODING="ascii", code=MAIN)
    assert run.code == 2
    assert run.err.startswith("error: no command '\\u65e5\\u672c'\n")


def test_a_closed_stdout_is_an_error_and_not_a_crash() -> None:
    command = f"exec {sys.executable} -c '{MAIN}' nonsense >&- 2>&1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == 2
