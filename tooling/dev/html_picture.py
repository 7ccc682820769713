"""Pictures of the pages that `lineage freshness` and `lineage runs` write, for the docs.

``python tooling/dev/html_picture.py`` writes docs/pictures/*.png: pages of the demo as Chromium
shows them, in light and in dark. Each picture says of which page it is, so that a test can tell
when it is out of date. Without a browser the pictures stay as they are.

The tests look at pages in Chromium or Chrome: on the PATH, or named by ``HEADWATER_CHROMIUM``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
PICTURES = REPO / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "chrome-headless-shell")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--hide-scrollbars",
    "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
DARK, LIGHT = "preferredColorScheme=0", "preferredColorScheme=1"
PROGRAM = "import sys; from headwater.cli import app; app(sys.argv[1:])"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEY = b"Page\0"


@dataclass(frozen=True)
class Picture:
    """A page of the demo, seen in a window of a size."""

    words: tuple[str, ...]
    settings: str
    height: int
    width: int = 1280


FRESH = ("freshness", "--now", "2026-11-01T13:00:00Z",
         "--log", "tooling/tests/fixtures/late/runs.jsonl")  # fmt: skip
RUN = ("runs", "--log", "tooling/tests/fixtures/late/failed.jsonl")
ALL: Mapping[str, Picture] = {
    "freshness-light": Picture(FRESH, LIGHT, 1140),
    "freshness-dark": Picture(FRESH, DARK, 1140),
    "run": Picture(RUN, LIGHT, 1560),
}


def browser() -> str | None:
    """The program of a browser that has no need of a screen, or ``None``."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return os.environ.get("HEADWATER_CHROMIUM") or found


def browse(page: Path, *words: str) -> str:
    """What a browser prints that opens a page without network.

    Raises: `CalledProcessError`.
    """
    program = browser()
    assert program, "no browser"
    with tempfile.TemporaryDirectory() as profile:
        command = [program, *FLAGS, f"--user-data-dir={profile}", *words, page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def page_of(words: tuple[str, ...]) -> str:
    """The page that a command writes for the demo."""
    env = os.environ | {"PYTHONPATH": str(REPO / "tooling")}
    demo = ("--target-path", "tooling/tests/fixtures/demo", "--no-cache", "-q", "-o", "html")
    command = [sys.executable, "-c", PROGRAM, *words, *demo]
    done = subprocess.run(command, cwd=REPO, env=env, check=True, capture_output=True, text=True)
    return done.stdout


def shot(page: str, picture: Picture) -> bytes:
    """The page as a browser shows it, as a PNG."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "page.html", Path(folder) / "page.png"
        file.write_text(page)
        size = f"--window-size={picture.width},{picture.height}"
        browse(file, f"--screenshot={out}", size, f"--blink-settings={picture.settings}")
        return out.read_bytes()


def mark_of(page: str) -> bytes:
    """Which page it is; the version of the program does not matter."""
    return hashlib.sha256(re.sub(r"\s+", " ", page).encode()).hexdigest().encode()


def stamped(png: bytes, page: str) -> bytes:
    """The picture with a note of the page that it shows."""
    assert png.startswith(SIGNATURE), "no PNG"
    body = b"tEXt" + KEY + mark_of(page)
    note = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    header = len(SIGNATURE) + 25  # the chunk IHDR comes first, and has a fixed size
    return png[:header] + note + png[header:]


def stamp_of(png: bytes) -> bytes:
    """The page that a picture shows."""
    at = png.index(KEY) + len(KEY)
    return png[at : at + 64]


def main() -> None:
    """Write the pictures."""
    if browser() is None:
        print("there is no Chromium: the pictures stay as they are")
        return
    PICTURES.mkdir(exist_ok=True)
    for name, picture in ALL.items():
        page = page_of(picture.words)
        file = PICTURES / f"{name}.png"
        file.write_bytes(stamped(shot(page, picture), page))
        print(f"{file.relative_to(REPO)}  {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
