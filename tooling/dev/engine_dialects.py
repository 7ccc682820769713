"""Writes tooling/tests/engines/parsed.json: the macros whose SQL parses, by engine.

The test that renders them, tooling/tests/dbt/test_macro_coverage.py, compares the file.
"""

from __future__ import annotations

import importlib
import sys

import engine_cases
import macro_index
from locked import REPO


def main() -> int:
    """0, once the file and the pages that show it are written."""
    sys.path.insert(0, str(REPO / "tooling" / "tests" / "dbt"))
    rendered = importlib.import_module("test_macro_coverage")
    engine_cases.record_parsed({e: sorted(rendered.parsed_on(e)[0]) for e in rendered.ENGINES})
    return macro_index.main([])


if __name__ == "__main__":
    sys.exit(main())
