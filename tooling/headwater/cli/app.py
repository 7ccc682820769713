"""The ``lineage`` program: finds the command, runs it, turns every failure into words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from headwater._version import __version__
from headwater.cli.bundles import unbundled
from headwater.cli.completion import Install, Show, prepare_completion, with_shell
from headwater.cli.failures import exit_code_of
from headwater.cli.options import option
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
#: Plain text: rich's panels and tracebacks would cost more than most answers.
_PLAIN: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


# In the two classes `Any` stands for classes of typer's that have no public name.


class Question(TyperCommand):
    """A command whose help lists its own options first, then the shared ones under headings."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """One section for each heading, in order of appearance."""
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and param.param_type_name == "option":
                heading = getattr(param, "rich_help_panel", None) or "Options"
                sections.setdefault(heading, []).append(record)
        for heading, records in sections.items():
            with formatter.section(heading):
                formatter.write_dl(records)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """``[OPTIONS] NAME...``, as each argument spells itself."""
        return [
            "[OPTIONS]",
            *(p.metavar or "" for p in self.params if p.param_type_name != "option"),
        ]


class Program(TyperGroup):
    """A group over a table of commands.

    It imports one command at a time, lists the others from the table, and gives every failure as
    ``error: …`` on stderr with the exit code of `headwater.cli.failures`.
    """

    table: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands, in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, imported now; ``None`` when the table has no such name."""
        if cmd_name not in self.table:
            return None
        return question(import_module(f"headwater.cli.{cmd_name}").command, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Typer's, but an unknown name gets the choices and a suggestion."""
        name = args[0]
        if name not in self.table and not name.startswith("-") and not ctx.resilient_parsing:
            known = list(self.table)
            choices = ("has", shown(known, len(known)))
            raise NotFound(f"no command '{name}'", choices, *did_you_mean(name, known))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The table of commands, without importing any."""
        with formatter.section("Questions"):
            formatter.write_dl(list(self.table.items()))

    def main(self, args: Sequence[str] | None = None, *words: Any, **extra: Any) -> Any:
        """Run the program and exit."""
        given = with_shell(sys.argv[1:] if args is None else args)
        extra |= {"prog_name": "lineage", "standalone_mode": False}
        prepare_completion()

        def run() -> Any:
            return super(Program, self).main(given, **extra)

        sys.exit(exit_code_of(run, debug="--debug" in given))


def program(table: Mapping[str, str]) -> typer.Typer:
    """The program with these commands; a command is the module of its name."""
    group = type("Lineage", (Program,), {"table": table})
    app = typer.Typer(
        cls=group,
        help=HELP,
        epilog=EPILOG,
        invoke_without_command=True,
        subcommand_metavar="COMMAND [ARGS]...",
        **_PLAIN,
    )
    app.callback()(_program)
    return app


def question(function: Callable[..., int], name: str) -> Any:
    """One command, made from the annotations of a function."""
    alone = typer.Typer(**_PLAIN)
    alone.command(name, cls=Question)(unbundled(function))
    return get_command(alone)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"lineage (dbt-headwater) {__version__}")
        raise typer.Exit


_Version = Annotated[
    bool,
    option("Show the version and exit.", "--version", is_eager=True, callback=_print_version),
]


def _program(
    ctx: typer.Context,
    version: _Version = False,
    install_completion: Install = None,
    show_completion: Show = None,
) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
