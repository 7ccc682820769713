"""Is what `lineage impact --change` says of a change true? More than `make test` has time for.

    python tooling/bench/verdicts.py FIRST LAST [CHANGES]

Random projects of models over models are built on DuckDB before and after random changes (see
``tooling/tests/oracle/test_propagation.py``), and what really broke or moved is held against what
was said. Prints every place that was shown safer than it is, and a tally; exits with 1 when there
is one.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from oracle.projects import random_project
from oracle.test_propagation import KNOWN, dangerous
from oracle.test_unused import taken_along

from headwater.questions.unused import unused


def main(first: int, last: int, changes: int) -> int:
    """Count and print; the number of dangerous errors decides the exit code."""
    tally: Counter[str] = Counter()
    wrong = 0
    for seed in range(first, last):
        project = random_project(seed, KNOWN[seed % len(KNOWN)])
        found = list(dangerous(project, changes, tally))
        columns = unused(project.loaded).columns
        tally["unused columns dropped"] += sum(not column.in_turn for column in columns)
        found += taken_along(project)
        wrong += len(found)
        print(*found, sep="\n", end="\n" if found else "", flush=True)
    tally["shown safer than it is"] = wrong
    for name in sorted(tally):
        print(f"{name}: {tally[name]}")
    return int(wrong > 0)


if __name__ == "__main__":
    first, last, *more = map(int, sys.argv[1:])
    sys.exit(main(first, last, more[0] if more else 24))
