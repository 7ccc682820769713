"""A shop's API and exports, for the loader to load: the rows of the demo's seeds, up to a moment.

``python shop_api.py`` serves on a free port and prints it. `Shop` is the same for a program: it
serves from a thread, and its clock can be moved on, after which more rows are there and some have
changed.

``GET /orders?since=2026-03-01T00:00:00Z&page=2`` answers ``{"rows": […], "page": 2, "pages": 3}``:
what changed at that moment or later, oldest first. It asks for a bearer token, and as real ones do
it answers 503 to the very first request.
"""

from __future__ import annotations

import csv
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

SEEDS = Path(__file__).resolve().parents[3] / "seeds" / "demo"
TOKEN = "not-a-secret"  # of a server on this machine, for the time of a run
PAGE = 50
#: Endpoint and the column that says when a row was last changed.
ENDPOINTS = {
    "orders": "updated_at",
    "order_lines": "updated_at",
    "payments": "updated_at",
    "customer_changes": "loaded_at",
}
#: For so long an order's status is not final yet.
OPEN_FOR = timedelta(days=7)
Row = dict[str, str | None]


def seed(name: str) -> list[Row]:
    """The rows of a seed; an empty field is missing."""
    with (SEEDS / f"raw_{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


@dataclass
class Shop:
    """The shop as of a moment: `rows` for the API, `write_files` for the exports."""

    as_of: datetime
    moved_at: datetime = datetime(2000, 1, 1)  # long before the first order
    served: list[str] = field(default_factory=list)
    """Paths of all requests that were answered."""

    def move_on(self, as_of: datetime) -> None:
        """Let time pass: orders that were open get their final status, more rows come."""
        self.moved_at, self.as_of = self.as_of, as_of

    def rows(self, name: str) -> list[Row]:
        """What an endpoint has, oldest change first."""
        known = [row for row in seed(name) if _moment(row["loaded_at"]) < self.as_of]
        if ENDPOINTS[name] == "updated_at":
            known = [self._with_change(name, row) for row in known]
        known = [row | {n: _iso(v) for n, v in row.items() if n.endswith("_at")} for row in known]
        return sorted(known, key=lambda row: str(row[ENDPOINTS[name]]))

    def _with_change(self, name: str, row: Row) -> Row:
        loaded = _moment(row["loaded_at"])
        if name == "orders" and loaded > self.as_of - OPEN_FOR:
            return row | {"status": "placed", "updated_at": row["loaded_at"]}
        if name == "orders" and self.moved_at - OPEN_FOR < loaded < self.moved_at:
            return row | {"updated_at": (self.moved_at + timedelta(hours=1)).isoformat(" ")}
        return row | {"updated_at": row["loaded_at"]}

    def write_files(self, folder: Path) -> None:
        """The exports: customers and products as they are now, a file of rates for each month."""
        (folder / "exchange_rates").mkdir(parents=True, exist_ok=True)
        for name in ("customers", "products"):
            known = [row for row in seed(name) if _moment(row["loaded_at"]) < self.as_of]
            _write_csv(folder / f"{name}.csv", known)
        months: dict[str, list[Row]] = {}
        for row in seed("exchange_rates"):
            months.setdefault(str(row["rate_on"])[:7], []).append(row)
        for month, rows in months.items():
            target = folder / "exchange_rates" / f"{month}.csv"
            is_published = all(_moment(row["loaded_at"]) < self.as_of for row in rows)
            if is_published and not target.exists():
                _write_csv(target, rows)


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(str(text))


def _iso(text: str | None) -> str | None:
    return None if text is None else _moment(text).isoformat() + "Z"


def _write_csv(target: Path, rows: list[Row]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def answer(shop: Shop, path: str) -> dict[str, object] | None:
    """A page of an endpoint, or None where there is no such endpoint."""
    parts = urlsplit(path)
    name, asked = parts.path.strip("/"), dict(parse_qsl(parts.query))
    if name not in ENDPOINTS:
        return None
    since, number = asked.get("since", ""), int(asked.get("page", 1))
    rows = [row for row in shop.rows(name) if str(row[ENDPOINTS[name]]) >= since]
    page = rows[(number - 1) * PAGE : number * PAGE]
    return {"rows": page, "page": number, "pages": max(-(-len(rows) // PAGE), 1)}


@contextmanager
def serve(shop: Shop) -> Iterator[str]:
    """The address of the API, which is up as long as the block."""

    class Handler(BaseHTTPRequestHandler):
        """Answers GET."""

        def do_GET(self) -> None:
            is_first = not shop.served
            shop.served.append(self.path)
            if is_first:
                return self._send(503, {"error": "try again"})
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                return self._send(401, {"error": "no token"})
            found = answer(shop, self.path)
            return self._send(200, found) if found else self._send(404, {"error": "no endpoint"})

        def _send(self, status: int, body: dict[str, object]) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *words: object) -> None:
            """Nothing: `served` has it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with serve(Shop(datetime(2026, 12, 31))) as where:
        print(where, flush=True)
        while True:
            time.sleep(3600)
