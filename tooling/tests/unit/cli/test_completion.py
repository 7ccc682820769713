from __future__ import annotations

from pathlib import Path

import pytest

from .running import lineage, lineage_process


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


def test_the_shell_gets_the_commands_without_importing_them() -> None:
    run = lineage_process(
        _LINEAGE_COMPLETE="bash_complete", COMP_WORDS="lineage co", COMP_CWORD="1"
    )
    assert run == (0, "plain,columns\nplain,coverage\n", "")
