"""``lineage coverage``."""

from __future__ import annotations

import click

from headwater.cli.load import load_project
from headwater.cli.options import Inputs, Output, Question, input_options, output_options
from headwater.cli.output import check_writable, deliver
from headwater.questions.coverage import coverage


@click.command(cls=Question)
@input_options
@output_options
def command(inputs: Inputs, output: Output) -> int:
    """What could not be seen, and why?

    Every answer carries one line about what it could not see; this is the whole list: models that
    could not be read, columns whose sources are not known, and what would help.

    \b
    Examples:
      lineage coverage
      lineage coverage --strict         exit with 3 when there is any gap
    """
    check_writable(output.out)
    loaded = load_project(inputs)
    answer = coverage(loaded)
    return deliver(
        answer.report(), output, "coverage", loaded.warnings, incomplete=len(answer.gaps)
    )
