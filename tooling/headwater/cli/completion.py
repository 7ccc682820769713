"""``--install-completion`` and ``--show-completion``: what a shell must run to complete names.

Typer answers the shell (``_LINEAGE_COMPLETE``) and knows the scripts of zsh and fish. The rest is
ours: bash makes three words of ``source:shop.orders``, and typer would edit the user's ``.bashrc``.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer import completion as typers

from headwater.cli.options import option
from headwater.core.errors import UsageError, shown

SHELLS = ("bash", "fish", "zsh")
PROGRAM, VARIABLE = "lineage", "_LINEAGE_COMPLETE"
_THIS_SHELL = "this"
_OPTIONS = ("--install-completion", "--show-completion")
# Words are split at spaces only, and of each reply what stands before the last colon is cut off:
# readline keeps that part on the line.
_BASH = """\
_lineage_completion() {
    local line=${COMP_LINE:0:COMP_POINT} word kept
    local -a words
    read -r -a words <<< "$line"
    word=${line##*[[:space:]]}
    [[ -n $word ]] || words+=("")
    kept=${word%"${word##*:}"}
    mapfile -t COMPREPLY < <(
        COMP_WORDS="${words[*]}" COMP_CWORD=$((${#words[@]} - 1)) \\
            _LINEAGE_COMPLETE=complete_bash "$1"
    )
    COMPREPLY=("${COMPREPLY[@]#"$kept"}")
}
complete -o default -F _lineage_completion lineage"""


def prepare_completion() -> None:
    """Typer knows the shells; it looks them up only for a program with its own two options."""
    if os.environ.get(VARIABLE):
        typers.get_completion_inspect_parameters()


def with_shell(words: Sequence[str]) -> list[str]:
    """The words; a completion option that ends them is given this shell to work on."""
    return [*words, _THIS_SHELL] if words and words[-1] in _OPTIONS else list(words)


def _show(value: str | None) -> None:
    if value:
        typer.echo(_script(_shell(value)))
        raise typer.Exit


def _install(value: str | None) -> None:
    if not value:
        return
    from headwater.cli.output import write_file  # noqa: PLC0415 - only when asked for

    shell = _shell(value)
    path = _place(shell)
    with contextlib.suppress(OSError):  # write_file says what is wrong with the folder
        path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, _script(shell) + "\n")
    typer.echo(f"wrote {path}; it works in the next {shell} you open")
    if shell == "zsh":
        typer.echo(
            "once, near the top of .zshrc:  "
            f"fpath+=({path.parent}); autoload -Uz compinit; compinit"
        )
    raise typer.Exit


Install = Annotated[
    str | None,
    option(
        "Complete commands, models and columns in bash, fish or zsh.",
        _OPTIONS[0],
        metavar="[SHELL]",
        is_eager=True,
        callback=_install,
    ),
]
Show = Annotated[
    str | None,
    option(
        "Show what --install-completion would write.",
        _OPTIONS[1],
        metavar="[SHELL]",
        is_eager=True,
        callback=_show,
    ),
]


def _shell(value: str) -> str:
    shell = Path(os.environ.get("SHELL", "")).name if value == _THIS_SHELL else value
    if shell in SHELLS:
        return shell
    raise UsageError(
        f"no completion for the shell '{shell}'" if shell else "which shell? SHELL is not set",
        ("has", shown(SHELLS)),
        ("hint", "name it: lineage --install-completion bash"),
    )


def _script(shell: str) -> str:
    if shell == "bash":
        return _BASH
    typers.get_completion_inspect_parameters()
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        typers.shell_complete(_nothing(), {}, PROGRAM, VARIABLE, f"source_{shell}")
    return text.getvalue().strip()


def _nothing() -> typer.core.TyperCommand:
    """A command to make scripts for: only its program's name is in them."""
    return typer.core.TyperCommand(PROGRAM)


def _place(shell: str) -> Path:
    """Where the shell looks by itself; zsh looks nowhere, so it gets the customary folder."""
    home = Path.home()
    if shell == "bash":
        data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        return data / "bash-completion" / "completions" / PROGRAM
    if shell == "fish":
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return config / "fish" / "completions" / f"{PROGRAM}.fish"
    return Path(os.environ.get("ZDOTDIR") or home) / ".zfunc" / f"_{PROGRAM}"
