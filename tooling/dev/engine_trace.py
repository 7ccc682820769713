"""Runs dbt commands in one process and writes down which of the package's macros ran, and where.

`engine_trace.py OUT "build" "build --exclude x"` goes on after a command that fails. OUT becomes
`{"steps": [{unique id: status}], "calls": {unique id: [macro]}}`: only calls made while the node
was executed count, not those that dbt makes when it parses. Needs nothing but dbt, any adapter's.

`engine_trace.py --note build` is `dbt build`; the macros that ran in nodes that succeeded become a
file of the folder HEADWATER_TRACE, as the tests have it that drive dbt.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

PACKAGE = "headwater"
GOOD = {"success", "pass"}


def main() -> int:
    """0 when every step succeeded; otherwise, of a single command, what dbt itself exits with."""
    from dbt.cli import main as dbt  # noqa: PLC0415  # the import takes seconds

    out, *steps = sys.argv[1:]
    runner: Any = dbt.dbtRunner
    calls = watch()
    if out == "--note":
        sys.argv = ["dbt", *steps]
        done = runner().invoke(steps)
        note(done, calls)
        return 0 if done.success else 1 if done.exception is None else 2
    statuses, succeeded = [], True
    for step in steps:
        words = shlex.split(step)
        sys.argv = ["dbt", *words]
        done = runner().invoke(words)
        if done.exception is not None:
            print(done.exception, file=sys.stderr)
        results: Any = getattr(done.result, "results", None) or []
        statuses.append({r.node.unique_id: str(r.status.value) for r in results})
        succeeded = succeeded and done.success
    found = {node: sorted(names) for node, names in sorted(calls.items())}
    Path(out).write_text(json.dumps({"steps": statuses, "calls": found}))
    return 0 if succeeded else 1


def watch() -> dict[str, set[str]]:
    """The names of the package's macros by the node that calls them, filled as dbt runs."""
    from dbt.clients import jinja  # noqa: PLC0415
    from dbt_common.clients import jinja as common  # noqa: PLC0415  # what is called from outside

    calls: dict[str, set[str]] = defaultdict(set)
    for generator in (jinja.MacroGenerator, common.CallableMacroGenerator):
        _watch_calls(generator, calls)
    return calls


def _watch_calls(generator: Any, calls: dict[str, set[str]]) -> None:
    call = generator.__call__

    def watched(self: Any, *words: Any, **options: Any) -> Any:
        context = self.context or {}
        if self.macro.package_name == PACKAGE and context.get("execute"):
            node = context.get("model")
            name = self.macro.name  # of postgres__x, also x
            calls[node["unique_id"] if node else "operation"] |= {name, name.partition("__")[2]}
        return call(self, *words, **options)

    generator.__call__ = watched


def note(done: Any, calls: dict[str, set[str]]) -> None:
    """Write down the macros that ran in the nodes of a command that succeeded; forget the rest."""
    results: Any = getattr(done.result, "results", None) or []
    named = [(getattr(getattr(r, "node", None), "unique_id", ""), r.status) for r in results]
    good = set(calls) if done.success else {node for node, status in named if str(status) in GOOD}
    found = sorted(set().union(*(names for node, names in calls.items() if node in good)))
    calls.clear()
    engine = os.environ.get("HEADWATER_TARGET", "postgres")
    with Path(os.environ["HEADWATER_TRACE"], f"{os.getpid()}.jsonl").open("a") as file:
        file.write(json.dumps({engine: found}) + "\n")


if __name__ == "__main__":
    sys.exit(main())
