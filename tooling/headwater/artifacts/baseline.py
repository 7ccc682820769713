"""Findings that a project starts with: a file of their fingerprints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from headwater.core.errors import PolicyError

VERSION = 1
_HINT = ("hint", "write it with --write-baseline FILE")


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of what was there before. *Raises*: `PolicyError`."""
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PolicyError(f"no baseline at '{path}'", _HINT) from None
    except (OSError, ValueError, RecursionError) as error:
        why = ("why", str(error))
        raise PolicyError(f"cannot read the baseline '{path}'", why, _HINT) from None
    listed = found.get("findings") if isinstance(found, dict) else None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise PolicyError(f"'{path}' is no baseline", ("has", "no list of 'findings'"), _HINT)
    if found.get("lineage_baseline") != VERSION:
        has = ("has", f"version {found.get('lineage_baseline')}")
        raise PolicyError(f"the baseline '{path}' cannot be read", has, _HINT)
    return frozenset(str(each.get("fingerprint")) for each in listed)


def baseline_text(findings: Iterable[Mapping[str, str]]) -> str:
    """The file's text: one finding a line, sorted, so that a change of it is read easily."""
    lines = sorted({json.dumps(dict(each), ensure_ascii=False) for each in findings})
    body = ",\n".join(f"    {line}" for line in lines)
    listed = f"[\n{body}\n  ]" if lines else "[]"
    return f'{{\n  "lineage_baseline": {VERSION},\n  "findings": {listed}\n}}\n'
