"""Where caches are kept: in the user's cache folder, not in ``target``.

Two checkouts, two target folders and the two sides of a ``diff`` then share what was understood, an
artifact folder may be read-only, and ``dbt clean`` does not cost a cold run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def cache_folder(environ: Mapping[str, str] | None = None) -> Path | None:
    """Where caches are kept; ``None`` when the user has no home.

    ``HEADWATER_CACHE_DIR``, else ``headwater`` in the user's cache folder (``XDG_CACHE_HOME`` or
    ``~/.cache``; ``~/Library/Caches`` on macOS; ``LOCALAPPDATA`` on Windows).
    """
    env = os.environ if environ is None else environ
    if env.get("HEADWATER_CACHE_DIR"):
        return Path(env["HEADWATER_CACHE_DIR"])
    base = env.get("LOCALAPPDATA") if sys.platform == "win32" else env.get("XDG_CACHE_HOME")
    if base:
        return Path(base) / "headwater"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "headwater"
