"""The whole answer for programs; `docs/` describes the keys, ``schema_version`` counts changes."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from headwater.core.report import Report
from headwater.render.options import RenderOptions

SCHEMA_VERSION = 1


def render(report: Report, options: RenderOptions) -> str:
    """One JSON object, indented (or on one line), in a stable order of keys.

    *Shape*: ``schema_version``, ``command``, ``title``, ``data``, ``gaps``, ``coverage``. A key may
    be added without a new version; none is removed or changes its meaning. Text is UTF-8.
    """
    answer = {
        "schema_version": SCHEMA_VERSION,
        "command": options.command,
        "title": report.title,
        "data": report.data,
        "gaps": [asdict(gap) for gap in report.gaps],
        "coverage": report.coverage,
    }
    indent = None if options.compact else 2
    try:
        text = _dumped(answer, indent)
    except ValueError:  # NaN and infinity are not JSON, but a project's `meta` may hold them
        text = _dumped(_finite(answer), indent)
    return text + "\n"


def _dumped(answer: Any, indent: int | None) -> str:
    text = json.dumps(answer, indent=indent, ensure_ascii=False, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: JSON can spell it, UTF-8 cannot
        text = json.dumps(answer, indent=indent, allow_nan=False)
    return text


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
