"""The command line: words -> calls -> output.

`COMMANDS` is the table of commands. A command is the module of its name, which has a function
``command``; only the module of the command that was called is imported.
"""

from __future__ import annotations

from collections.abc import Mapping

from headwater.cli.app import program

__all__ = ["COMMANDS", "app"]

#: command -> the question it answers
COMMANDS: Mapping[str, str] = {
    "impact": "What breaks, or changes, downstream of this model or column?",
    "diff": "What does this change do, and what feels it?",
    "check": "May this be merged? What does the policy say of it?",
    "unused": "Which columns does nothing read, and what would dropping them save?",
    "trace": "Where does this column come from, step by step?",
    "columns": "Which columns does this model have, and what is each made of?",
    "coverage": "What could not be seen, and why?",
    "verify": "Is the graph right, when the SQL runs and its sources change?",
    "pii": "Where does personal data go, how much of it is left, and who gets to see it?",
    "freshness": "What is stale, since when, and whose fault?",
    "runs": "What failed in the last run, why, what took long, and what to run again?",
    "sql": "What does this SQL read, from a file or standard input?",
    "doctor": "Are the artifacts here, fresh and complete? What should be run?",
}

app = program(COMMANDS)
