"""Lineage by experiment: run the SQL on DuckDB, change one source column, see what moves.

Nothing here reads SQL as a tree; the experiment is a witness that knows nothing of the graph it
testifies about. DuckDB is an optional extra (``dbt-headwater[verify]``), imported when used.
"""

from headwater.experiment.compare import Claims, Comparison, claims, compare
from headwater.experiment.data import Recipe, build_tables
from headwater.experiment.observe import Influence, Observed, run, watch
from headwater.experiment.refute import Refutation, refute
from headwater.experiment.sandbox import QueryFailed, Sandbox, Source

__all__ = [
    "Claims",
    "Comparison",
    "Influence",
    "Observed",
    "QueryFailed",
    "Recipe",
    "Refutation",
    "Sandbox",
    "Source",
    "build_tables",
    "claims",
    "compare",
    "refute",
    "run",
    "watch",
]
