"""Pictures of the page that `lineage freshness -o html` writes, light and dark, for the docs.

``python tooling/dev/html_picture.py`` needs Chromium or Chrome: on the PATH, or named by
``HEADWATER_CHROMIUM``. The page is that of the demo with one late source, in which scripts are
switched off.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
PICTURES = REPO / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "chrome-headless-shell")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
WORDS = (
    "freshness", "--now", "2026-11-01T13:00:00Z", "--log", "tooling/tests/fixtures/late/runs.jsonl",
    "--target-path", "tooling/tests/fixtures/demo", "--no-cache", "-q", "-o", "html",
)  # fmt: skip
PROGRAM = "import sys; from headwater.cli import app; app(sys.argv[1:])"


def browser() -> str | None:
    """The program of a browser that has no need of a screen, or ``None``."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return os.environ.get("HEADWATER_CHROMIUM") or found


def browse(page: Path, *words: str, settings: tuple[str, ...] = ()) -> str:
    """What a browser prints that opens a page without scripts and without network.

    Raises: `CalledProcessError`.
    """
    program = browser()
    assert program, "no browser"
    blink = f"--blink-settings={','.join(['scriptEnabled=false', *settings])}"
    with tempfile.TemporaryDirectory() as profile:
        command = [program, *FLAGS, blink, f"--user-data-dir={profile}", *words, page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def main() -> int:
    """0, or 1 when there is no browser."""
    if browser() is None:
        print("error: no Chromium: install one, or name it in HEADWATER_CHROMIUM", file=sys.stderr)
        return 1
    env = os.environ | {"PYTHONPATH": str(REPO / "tooling")}
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "freshness.html"
        command = [sys.executable, "-c", PROGRAM, *WORDS, "--out", str(page)]
        subprocess.run(command, cwd=REPO, env=env, check=True)
        for name, settings in {"light": (), "dark": ("preferredColorScheme=0",)}.items():
            shot = PICTURES / f"freshness-{name}.png"
            browse(page, f"--screenshot={shot}", "--window-size=1200,860", settings=settings)
            print(f"{shot.relative_to(REPO)}  {shot.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
