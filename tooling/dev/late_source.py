"""Writes run logs of the demo for the documentation, as `headwater.run_log_export` prints them.

tooling/tests/fixtures/late/runs.jsonl     a month of freshness checks, in which one source is late
tooling/tests/fixtures/late/failed.jsonl   a week of builds, of which the last fails

Every source is checked at 12:30 UTC and had new rows at 12:00; `raw_payments` had none on some
days, and none since the day before the last check. Exchange rates come once a week.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parents[2] / "tooling" / "tests" / "fixtures"
LAST = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)
DAYS = 31
LATE = "raw_payments"
MISSED = {0, 6, 7, 15, 16, 22}  #: days before the last check on which it had no rows
LIMITS = {"raw_customer_changes": 2, "raw_exchange_rates": 8, "raw_order_lines": 1,
          "raw_orders": 1, LATE: 1}  # fmt: skip


def loaded_at(table: str, back: int) -> datetime:
    """The newest row of a table at the check so many days before the last."""
    if table == LATE:
        while back in MISSED:
            back += 1
    if table == "raw_exchange_rates":
        back += (LAST - timedelta(days=back)).weekday()
    return LAST - timedelta(days=back, minutes=30)


def rows() -> Iterator[dict[str, Any]]:
    """The lines of the log, the oldest check first."""
    for back in range(DAYS, -1, -1):
        checked = LAST - timedelta(days=back)
        invocation = f"{DAYS - back:08d}-0000-4000-8000-000000000000"
        yield {
            "table": "invocations", "invocation_id": invocation, "command": "freshness",
            "project_name": "headwater", "started_at": text(checked), "logged_at": text(checked),
            "seconds": 1.5,
        }  # fmt: skip
        for table, days in LIMITS.items():
            loaded = loaded_at(table, back)
            age = (checked - loaded).total_seconds()
            yield {
                "table": "sources", "invocation_id": invocation,
                "node_id": f"source.headwater.shop.{table}", "loaded_at": text(loaded),
                "checked_at": text(checked), "status": "warn" if age > 86400 * days else "pass",
            }  # fmt: skip


#: The last build: a test fails, and a model takes long.
FAILS, SLOW = "not_null_stg_payments_payment_id", "int_customer_changes"
THREADS = 4


def builds() -> Iterator[dict[str, Any]]:
    """The lines of the log, the oldest build first."""
    with gzip.open(FIXTURES / "demo" / "manifest.json.gz") as file:
        manifest = json.load(file)
    for back in range(7, -1, -1):
        began = LAST.replace(hour=14, minute=0) - timedelta(days=back)
        invocation = f"{7 - back:08x}-0000-4000-8000-000000000000"
        ran = list(_nodes(manifest["nodes"], began, is_last=back == 0))
        ended = max(row["completed_at"] for row in ran if "completed_at" in row)
        yield {
            "table": "invocations", "invocation_id": invocation, "command": "build",
            "project_name": "headwater", "started_at": text(began), "logged_at": ended,
            "seconds": (datetime.fromisoformat(ended) - began).total_seconds(),
        }  # fmt: skip
        for row in ran:
            yield {"invocation_id": invocation} | row


def _nodes(nodes: dict[str, Any], began: datetime, *, is_last: bool) -> Iterator[dict[str, Any]]:
    """Each model as soon as what it reads is there and a thread is free, then the test."""
    free = [0.0] * THREADS
    ready: dict[str, float | None] = {}  # None: it was skipped, or failed
    models = {k: n for k, n in nodes.items() if k.startswith("model.")}
    test = next(k for k in sorted(nodes) if k.startswith(f"test.headwater.{FAILS}"))
    tested = nodes[test]["depends_on"]["nodes"][0]
    left = sorted(models)
    while left:
        name = next(k for k in left if not set(models[k]["depends_on"]["nodes"]) & set(left))
        left.remove(name)
        ends = [ready[p] for p in models[name]["depends_on"]["nodes"] if p in ready]
        row = {"table": "nodes", "node_id": name, "name": name.split(".")[2]}
        if None in ends:
            ready[name] = None
            yield row | {"status": "skipped", "seconds": 0.0}
            continue
        took = 0.4 + len(name) % 7 * 0.9 + (14.0 if is_last and name.endswith(SLOW) else 0.0)
        thread = min(range(THREADS), key=free.__getitem__)
        start = max([free[thread], *filter(None, ends)])
        free[thread] = end = start + took
        yield row | {"status": "success"} | _span(began, start, end, thread)
        ready[name] = end
        if name == tested:
            status = {"status": "fail", "failures": 2} if is_last else {"status": "pass"}
            said = {"message": "Got 2 results, configured to fail if != 0"} if is_last else {}
            row = {"table": "tests", "node_id": test, "test_type": "generic"}
            yield row | status | said | _span(began, end, end + 0.5, thread)
            ready[name] = None if is_last else end + 0.5


def _span(began: datetime, start: float, end: float, thread: int) -> dict[str, Any]:
    return {
        "started_at": text(began + timedelta(seconds=start)),
        "completed_at": text(began + timedelta(seconds=end)),
        "seconds": round(end - start, 3),
        "thread": f"Thread-{thread + 1}",
    }


def text(at: datetime) -> str:
    """As the log prints a time."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def main() -> None:
    """Write the files."""
    (FIXTURES / "late").mkdir(parents=True, exist_ok=True)
    for name, lines in {"runs": rows(), "failed": builds()}.items():
        out = FIXTURES / "late" / f"{name}.jsonl"
        out.write_text("".join(json.dumps(row) + "\n" for row in lines))
        print(f"{out.name}  {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
