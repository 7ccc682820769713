"""The ``lineage`` program: finds the command, runs it, turns every failure into words.

Click is used as it is, because it starts in a tenth of a second; see `App` for what is changed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from headwater._version import __version__
from headwater.cli.completion import completion_options
from headwater.cli.failures import exit_code_of
from headwater.core.errors import NotFound, did_you_mean, shown

HELP = """Questions about the columns of a dbt project, answered from its artifacts.

\b
  lineage impact orders.amount    what breaks, or changes, downstream?
  lineage trace orders.amount     where does it come from?

Names are a model (orders), a column (orders.amount), a source (source:shop.raw_orders.id), a
unique id, or the path of a model's file. dbt's artifacts are looked for in ./target.
"""
EPILOG = (
    "Exit codes: 0 answered; 1 answered, and a gate was hit; 2 could not answer; "
    "3 incomplete under --strict."
)


class App(click.Group):
    """A click group over a table of commands.

    It imports one command at a time, lists the others from the table, and gives every failure as
    ``error: …`` on stderr with the exit code of `headwater.cli.failures`.
    """

    def __init__(self, name: str, table: Mapping[str, str]) -> None:
        super().__init__(
            name,
            help=HELP,
            epilog=EPILOG,
            params=_program_options(),
            callback=_help_without_command,
            invoke_without_command=True,
            subcommand_metavar="COMMAND [ARGS]...",
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now; ``None`` when the table has no such name."""
        if cmd_name not in self.table:
            return None
        command: click.Command = import_module(f"headwater.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's, but an unknown name gets the choices and a suggestion."""
        name = args[0]
        if name not in self.table and not name.startswith("-") and not ctx.resilient_parsing:
            known = list(self.table)
            choices = ("has", shown(known, len(known)))
            raise NotFound(f"no command '{name}'", choices, *did_you_mean(name, known))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, without importing any."""
        with formatter.section("Questions"):
            formatter.write_dl(list(self.table.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, without importing any, and the options of the program."""
        found = [
            CompletionItem(name, help=question)
            for name, question in self.table.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def main(  # type: ignore[override]  # click's overloads promise a value, this never returns
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run the program and exit."""
        words = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False

        def run() -> Any:
            return super(App, self).main(words, prog_name or self.name, **extra)

        sys.exit(exit_code_of(run, debug="--debug" in words))


def _program_options() -> list[click.Parameter]:
    version = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_print_version,
        help="Show the version and exit.",
    )
    return [version, *completion_options()]


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"lineage (dbt-headwater) {__version__}")
        ctx.exit()


@click.pass_context
def _help_without_command(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
