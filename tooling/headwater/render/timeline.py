"""A timeline as lines of text: a bar for each thing, drawn to scale."""

from __future__ import annotations

from collections.abc import Iterator

from headwater.core.report import Bar, Timeline
from headwater.render.text import cells_wide, safe_text

_FILLS = {"good": "=", "info": "=", "warn": "~", "bad": "#"}
_NARROWEST, _MOST_LABEL = 12, 0.4


def timeline_lines(timeline: Timeline, width: int) -> Iterator[tuple[str, str]]:
    """Lines of at most ``width`` cells, each with the level of what it shows."""
    labels = [_label(bar) for bar in timeline.bars]
    margin = min(max(map(cells_wide, labels)), int(width * _MOST_LABEL))
    numbers = [f"{bar.end - bar.begin:.1f} s" for bar in timeline.bars]
    ending = max(map(len, numbers))
    room = max(width - margin - ending - 4, _NARROWEST)
    for bar, label, number in zip(timeline.bars, labels, numbers, strict=True):
        drawn = _drawn(bar, timeline.seconds, room)
        yield f"{_fitted(label, margin)}  {drawn:<{room}}  {number:>{ending}}", bar.level


def _label(bar: Bar) -> str:
    return safe_text(bar.label).replace("\n", " ") + (" *" if bar.mark else "")


def _fitted(label: str, size: int) -> str:
    """The label, its beginning left out where it is too long: names differ at their ends."""
    while cells_wide(label) > size:
        label = "…" + label[2:] if label.startswith("…") else "…" + label[1:]
    return label + " " * (size - cells_wide(label))


def _drawn(bar: Bar, seconds: float, room: int) -> str:
    scale = room / seconds if seconds > 0 else 0.0
    begin = min(int(bar.begin * scale), room - 1)
    end = min(max(round(bar.end * scale), begin + 1), room)
    return " " * begin + _FILLS.get(bar.level, "=") * (end - begin)
