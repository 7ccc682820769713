"""``--install-completion`` and ``--show-completion``: what a shell must run to complete names."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from headwater.core.errors import UsageError, shown

SHELLS = ("bash", "fish", "zsh")
PROGRAM, VARIABLE = "lineage", "_LINEAGE_COMPLETE"
_THIS_SHELL = "this"


def completion_options() -> list[click.Parameter]:
    """The two options of the program; each acts and exits."""
    return [
        click.Option(
            [f"--{verb}-completion"],
            is_flag=False,
            flag_value=_THIS_SHELL,
            is_eager=True,
            expose_value=False,
            callback=callback,
            metavar="[SHELL]",
            help=text,
        )
        for verb, callback, text in (
            ("install", _install, "Complete commands, models and columns in bash, fish or zsh."),
            ("show", _show, "Show what --install-completion would write."),
        )
    ]


def _show(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(_script(_shell(value)))
        ctx.exit()


def _install(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if not value or ctx.resilient_parsing:
        return
    from headwater.cli.output import write_file  # noqa: PLC0415 - only when asked for

    shell = _shell(value)
    path = _place(shell)
    with contextlib.suppress(OSError):  # write_file says what is wrong with the folder
        path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, _script(shell) + "\n")
    click.echo(f"wrote {path}; it works in the next {shell} you open")
    if shell == "zsh":
        click.echo(
            "once, near the top of .zshrc:  "
            f"fpath+=({path.parent}); autoload -Uz compinit; compinit"
        )
    ctx.exit()


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
    classes = {"bash": BashComplete, "fish": FishComplete, "zsh": ZshComplete}
    return classes[shell](click.Command(PROGRAM), {}, PROGRAM, VARIABLE).source().strip()


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
