"""A picture of the page that `lineage freshness -o html` writes, for the docs.

``python tooling/dev/html_picture.py`` writes docs/pictures/freshness.svg: the very page of the demo
with one late source, its markup and its style, inside a drawing. Whoever looks at it sees it in
light or dark, as the page itself.

The tests look at pages in Chromium or Chrome: on the PATH, or named by ``HEADWATER_CHROMIUM``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

REPO = Path(__file__).resolve().parents[2]
PICTURE = REPO / "docs" / "pictures" / "freshness.svg"
WIDTH, HEIGHT = 1200, 900
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


def drawing(page: str) -> str:
    """The page as an SVG. Its markup has to be well-formed, as that of a drawing has to be."""
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    body = page[page.index("<body>") + 6 : page.index("</body>")].replace("<br>", "<br/>")
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><style>{style}</style>'
        '<rect width="100%" height="100%" fill="var(--page)"/>'
        '<foreignObject width="100%" height="100%">'
        f'<body xmlns="http://www.w3.org/1999/xhtml">{body}</body></foreignObject></svg>\n'
    )
    ElementTree.fromstring(text)  # raises when it is none
    return text


def main() -> None:
    """Write the picture."""
    env = os.environ | {"PYTHONPATH": str(REPO / "tooling")}
    command = [sys.executable, "-c", PROGRAM, *WORDS]
    done = subprocess.run(command, cwd=REPO, env=env, check=True, capture_output=True, text=True)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawing(done.stdout))
    print(f"{PICTURE.relative_to(REPO)}  {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
