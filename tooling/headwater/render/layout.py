"""Which columns of a table stand side by side, how wide, and which stand below their row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from headwater.render.text import cells_wide

GAP = "  "
COMFORT = 24  #: cells; text in narrower columns than this is hard to read


class Layout(NamedTuple):
    """``columns`` (indices) stand side by side in ``sizes`` (cells); ``stacked`` stand below.

    A first cell that is wider than its column has a line of its own.
    """

    columns: list[int]
    sizes: list[int]
    stacked: list[int]

    @property
    def is_flat(self) -> bool:
        """Whether every row is one row of cells."""
        return not self.stacked


def layout_of(
    rows: Sequence[Sequence[str]], columns: Sequence[int], prose: Collection[int], width: int
) -> Layout:
    """The layout in which a row fits into the width and no word is broken.

    ``rows`` begin with the heads; ``prose`` are the columns whose text may wrap between words.
    What does not fit is stacked: prose first, the widest first, never the first column.
    """
    wide = {at: max(_widest_line(row[at]) for row in rows) for at in columns}
    least = {at: max(_longest_word(row[at]) for row in rows) for at in columns if at in prose}
    side = list(columns)
    stacked: list[int] = []
    while True:
        sizes = _sizes([wide[at] for at in side], [least.get(at) for at in side], width)
        if sizes is not None:
            return Layout(side, sizes, sorted(stacked))
        further = side[1:]
        widest = max([at for at in further if at in prose] or further, key=wide.__getitem__)
        side.remove(widest)
        stacked.append(widest)


def _sizes(wide: list[int], least: list[int | None], width: int) -> list[int] | None:
    """Sizes with which a row fits, or ``None``; a column alone always fits."""
    room = width - len(GAP) * (len(wide) - 1)
    if len(wide) == 1:
        return [min(wide[0], room)]
    sizes = list(wide)
    floors = [
        size if word is None else min(size, max(word, COMFORT))
        for size, word in zip(wide, least, strict=True)
    ]
    _shrink(sizes, floors, room)
    excess = sum(sizes) - room
    if excess > 0 and sizes[0] - excess >= COMFORT:
        sizes[0] -= excess  # the few that are longer get a line of their own
        excess = 0
    return sizes if excess <= 0 else None


def _shrink(sizes: list[int], floors: list[int], room: int) -> None:
    """Take cells from the widest that may give some, until a row fits or none may."""
    while sum(sizes) > room:
        giving = [at for at, size in enumerate(sizes) if size > floors[at]]
        if not giving:
            return
        sizes[max(giving, key=sizes.__getitem__)] -= 1


def _widest_line(text: str) -> int:
    return max(cells_wide(line.expandtabs(4)) for line in text.split("\n"))


def _longest_word(text: str) -> int:
    return max(map(cells_wide, text.split()), default=0)
