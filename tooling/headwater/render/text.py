"""Cells as text: one spelling of a value for every format, safe to print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from headwater.core.columns import short_name
from headwater.core.edges import Gap
from headwater.core.report import Cell, Table

# Control characters could move the cursor or recolour the terminal, bidirectional ones reorder what
# a reader sees: names and SQL come from other people's repositories, so both are made visible.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
#: Where a word that is too long for its line may break, the better places first.
_BREAKS = (re.compile(r"[^./,()=:]*[./,()=:]+|[^./,()=:]+"), re.compile(r"[^_-]*[_-]+|[^_-]+"))


def cell_text(cell: Cell) -> str:
    """The value as text: the same in every format, so that numbers can be compared.

    ``None`` is empty, booleans are ``yes`` and ``no``, line ends are ``\\n``.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    text = str(cell)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def safe_text(text: str) -> str:
    """The text with control characters spelled out (``\\x1b``); line ends and tabs stay."""
    return _UNSAFE.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def cells_wide(text: str) -> int:
    """How many terminal cells the text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_char_cells(char) for char in text)


def _char_cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` cells; nothing is lost but the spaces at line ends.

    Lines break at spaces; a word that is too long by itself breaks after a dot or a bracket, then
    after an underscore, and a piece that is still too long anywhere.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = paragraph.expandtabs(4).rstrip()
        lines += [line] if cells_wide(line) <= width else _wrapped_line(line, width)
    return lines


def _wrapped_line(text: str, width: int) -> list[str]:
    lines, current = [], ""
    for word in text.split():
        joined = f"{current} {word}" if current else word
        if cells_wide(joined) <= width:
            current = joined
            continue
        if current:
            lines.append(current)
        *full, current = _broken_word(word, width)
        lines += full
    return [*lines, current]


def _broken_word(word: str, width: int) -> list[str]:
    lines, current = [], ""
    for piece in _short_pieces(word, width, _BREAKS):
        if current and cells_wide(current + piece) > width:
            lines.append(current)
            current = ""
        current += piece
    return [*lines, current]


def _short_pieces(word: str, width: int, breaks: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    """Pieces that fit into a line by themselves, as large as the breaks allow."""
    if cells_wide(word) <= width:
        yield word
    elif breaks:
        for piece in breaks[0].findall(word):
            yield from _short_pieces(piece, width, breaks[1:])
    else:
        yield from word


def folded(table: Table) -> Iterator[Sequence[Cell]]:
    """The rows, without the cells that a reader sees in the row before."""
    places = [table.columns.index(name) for name in table.fold]
    before: list[Cell] | None = None
    for row in table.rows:
        now = [row[at] for at in places]
        yield [None if at in places else c for at, c in enumerate(row)] if now == before else row
        before = now or None


GAP_COLUMNS = ("node", "column", "line", "reason", "detail")


def gap_table(gaps: tuple[Gap, ...], limit: int) -> Table:
    """The first ``limit`` gaps as a table; its title says how many there are in all."""
    rows = tuple((short_name(g.node), g.column, g.line, g.reason, g.detail) for g in gaps[:limit])
    return Table(f"Could not be seen: {len(gaps)}", GAP_COLUMNS, rows, wrap=("detail",))
