"""Writes the demo's manifest as it was before a change, for the documentation and the tests.

Five edits: a value, rows, a column more in an incremental model, a rename, and a CTE's name, which
does nothing. ``python tooling/dev/demo_before.py`` after the demo was recorded anew.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parents[1] / "tests" / "fixtures"
#: model -> (text of the head, text of the base), each of which must be there once at least
EDITS = {
    "stg_orders": (
        "cast(coalesce(discount_percent, 0) as numeric(5, 2)) as discount_percent",
        "cast(discount_percent as numeric(5, 2)) as discount_percent",
    ),
    "int_order_lines_reported": ("left join products", "inner join products"),
    "fct_payments": ("            currency,\n", ""),
    "stg_customers": ("as born_on", "as birthday"),
    "stg_products": ("cleaned", "tidy"),
}


def before(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest before the change. *Raises*: ValueError when an edit finds nothing to undo."""
    for name, (new, old) in EDITS.items():
        entry = manifest["nodes"][f"model.headwater.{name}"]
        for key in ("raw_code", "compiled_code"):
            if new not in entry[key]:
                raise ValueError(f"{name}: no {new!r} in its {key}")
            entry[key] = entry[key].replace(new, old)
    return manifest


def main() -> None:
    """Write it."""
    with gzip.open(FIXTURES / "demo" / "manifest.json.gz") as file:
        made = before(json.load(file))
    target = FIXTURES / "demo-before"
    target.mkdir(exist_ok=True)
    text = json.dumps(made, separators=(",", ":")).encode()
    (target / "manifest.json.gz").write_bytes(gzip.compress(text, mtime=0))


if __name__ == "__main__":
    main()
