from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .running import MAIN, lineage, lineage_process


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_the_script_is_shown(shell: str) -> None:
    run = lineage("--show-completion", shell)
    assert run.code == 0
    assert "_LINEAGE_COMPLETE" in run.out


@pytest.mark.parametrize(
    ("shell", "place"),
    [
        ("bash", ".local/share/bash-completion/completions/lineage"),
        ("fish", ".config/fish/completions/lineage.fish"),
        ("zsh", ".zfunc/_lineage"),
    ],
)
def test_the_script_is_installed_where_the_shell_looks(
    shell: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    run = lineage("--install-completion")
    assert run.code == 0
    assert run.out.startswith(f"wrote {tmp_path / place}; it works in the next {shell} you open\n")
    assert (tmp_path / place).read_text() == lineage("--show-completion", shell).out


def test_an_unknown_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    hints = "  has: bash, fish, zsh\n  hint: name it: lineage --install-completion bash\n"
    assert lineage("--install-completion", "tcsh") == (
        2,
        "",
        f"error: no completion for the shell 'tcsh'\n{hints}",
    )
    monkeypatch.delenv("SHELL", raising=False)
    assert lineage("--show-completion").err == f"error: which shell? SHELL is not set\n{hints}"


def test_the_shell_gets_the_commands() -> None:
    run = lineage_process(
        _LINEAGE_COMPLETE="complete_bash", COMP_WORDS="lineage co", COMP_CWORD="1"
    )
    assert run == (0, "columns\ncoverage\n", "")


def test_the_shell_gets_the_formats() -> None:
    run = lineage_process(
        _LINEAGE_COMPLETE="complete_bash", COMP_WORDS="lineage impact -o m", COMP_CWORD="3"
    )
    assert run == (0, "markdown\nmermaid\n", "")


def test_the_shell_gets_the_changes_and_what_to_keep() -> None:
    for words, at, expected in (
        ("lineage impact orders --change r", "4", "rename\nrows\n"),
        ("lineage impact orders --change drop --only u", "6", "unit_test\nunknown\nuntouched\n"),
    ):
        run = lineage_process(_LINEAGE_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=at)
        assert (run[0], sorted(run[1].split()), run[2]) == (0, expected.split(), "")


#: The last word of a command line -> what bash puts in its place: of a word with a colon only what
#: follows it.
TYPED = {
    "lineage trace or": ["orders", "orders.amount"],
    "lineage trace orders.a": ["orders.amount"],
    "lineage trace source:": ["raw.orders", "raw.orders.id"],
    "lineage impact orders source:raw.orders.": ["raw.orders.id"],
    "lineage trace orders.amount --path source:ra": ["raw.orders", "raw.orders.id"],
    "lineage cov": ["coverage"],
    "lineage impact ": ["orders", "source:raw.orders"],
}


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
@pytest.mark.parametrize("line", TYPED)
def test_bash_completes_names(line: str, tmp_path: Path) -> None:
    manifest = {
        "nodes": {"model.shop.orders": {"columns": {"amount": {}}}},
        "sources": {"source.shop.raw.orders": {"columns": {"id": {}}}},
    }
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "dbt_project.yml").write_text("name: shop\n")
    program = tmp_path / "lineage"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{MAIN}' \"$@\"\n")
    program.chmod(0o755)
    script = (
        f"{lineage('--show-completion', 'bash').out}\n"
        f"COMP_LINE='{line}' COMP_POINT={len(line)}\n"
        f"_lineage_completion '{program}'\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout.splitlines(), done.stderr) == (TYPED[line], "")
