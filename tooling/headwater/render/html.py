"""One self-contained page: no network, no script needed, light and dark as the reader's system."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from headwater.core.report import Cell, Fact, Report, Table, Timeline
from headwater.render.options import RenderOptions
from headwater.render.text import cell_text, folded, gap_table, safe_text

#: words of verdicts and statuses -> how they are marked; anything else is left as it is
_MARKS = {
    **dict.fromkeys(("error", "breaks", "bad", "fail", "no"), "bad"),
    **dict.fromkeys(
        ("warn", "warning", "unknown", "old artifact", "rows change", "value changes"), "warn"
    ),
    **dict.fromkeys(("pass", "good", "success", "untouched"), "good"),
}
_OPEN_ROWS, _FIRST_ROWS = 200, 50  #: of a longer table, the first are open and the others folded
_SHORT = 16  #: what is no longer stays on its line
_LONG_WORD = 24  #: a longer one may break after its dots and underscores
_BREAKS = re.compile(r"(?<=[._/])(?=\w)")
_SIGNS = {"x": "b", "?": "i", "\u00b7": "s"}  #: of strips; any other is good
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2024; --dim: #5b6470; --page: #fff; --card: #f5f6f8;
  --line: #dfe3e8; --good: #17754a; --warn: #8a5a00; --bad: #b3261e; --good-bg: #e5f4ec;
  --warn-bg: #fbf0d9; --bad-bg: #fce8e6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --dim: #9aa4b0; --page: #14171a;
  --card: #1d2126; --line: #2f353c; --good: #5fd39a; --warn: #e5b454; --bad: #ff8a80;
  --good-bg: #16301f; --warn-bg: #33290f; --bad-bg: #3b1d1b; } }
* { box-sizing: border-box; }
body { background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif;
  margin: 2rem auto; max-width: 84rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.answer { border-left: 4px solid var(--dim); border-radius: 4px; background: var(--card);
  font-size: 1.15rem; font-weight: 600; margin: 0 0 1rem; padding: .6rem 1rem; }
.answer.good { border-color: var(--good); background: var(--good-bg); }
.answer.warn { border-color: var(--warn); background: var(--warn-bg); }
.answer.bad { border-color: var(--bad); background: var(--bad-bg); }
dl { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0; }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: .4rem .9rem; } dt { color: var(--dim); font-size: .8rem; } dd { margin: 0;
  font-size: 1.1rem; font-weight: 600; overflow-wrap: anywhere; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: break-word; } th { color: var(--dim); font-size: .8rem;
  font-weight: 600; white-space: nowrap; } thead th { vertical-align: bottom; }
tbody tr:hover { background: var(--card); }
.number { font-variant-numeric: tabular-nums; text-align: right; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.dim { color: var(--dim); } .rows td { min-width: 6.5rem; }
td.good, td.warn, td.bad { font-weight: 600; white-space: nowrap; }
td.good::before, td.warn::before, td.bad::before { background: currentColor; border-radius: 50%;
  content: ""; display: inline-block; height: .55em; margin-right: .45em; width: .55em; }
td.bad::before { border-radius: 1px; transform: rotate(45deg); }
.strip { color: var(--good); font: 13px/1.7 ui-monospace, monospace; white-space: nowrap; }
.strip b { color: var(--bad); } .strip i { color: var(--warn); font-style: normal; }
.strip s { color: var(--dim); text-decoration: none; }
summary { color: var(--dim); cursor: pointer; margin: .5rem 0; }
footer, .none { color: var(--dim); } footer { margin-top: 2rem; }
@media (max-width: 46rem) { body { margin: 1rem auto; }
  table.rows, .rows tbody, .rows tr, .rows td { display: block; } .rows thead { display: none; }
  .rows tr { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 .6rem;
    padding: .3rem 0; }
  .rows td { border: 0; overflow-wrap: anywhere; padding: .1rem .7rem; text-align: left; }
  .rows td:empty { display: none; } .rows td:first-child { font-weight: 600; }
  .rows td:not(:first-child)::before { background: none; color: var(--dim); display: inline;
    font-weight: 400; margin: 0; transform: none; } }
@media print { body { margin: 0; max-width: none; } .answer, dl div { break-inside: avoid; } }
""".strip()
_TIMELINE_STYLE = """
.timeline th { text-align: left; width: 1%; } .timeline th, .timeline td { border: 0; }
.timeline th { padding: .1rem .6rem; } .timeline td { padding: 0; vertical-align: middle; }
.timeline td.number { font-size: .8rem; padding: .1rem .6rem; white-space: nowrap; width: 1%; }
.lane { background: repeating-linear-gradient(90deg, var(--line) 0 1px,
    transparent 1px var(--step)); border-right: 1px solid var(--line); min-width: 14rem;
  padding: .15rem 0; position: relative; }
.bar { background: var(--dim); border-radius: 3px; height: .8rem; min-width: 2px; opacity: .75; }
.bar.good { background: var(--good); } .bar.warn { background: var(--warn); }
.bar.bad { background: var(--bad); opacity: 1; } .bar.mark { box-shadow: 0 0 0 2px var(--ink); }
.lane span { bottom: 0; color: var(--dim); font-size: .75rem; padding-left: 2px;
  position: absolute; }
.lane.axis { background: none; border: 0; height: 1.3rem; }
""".rstrip()


def render(report: Report, options: RenderOptions) -> str:
    """A page with the facts as cards and the tables in full; every text is escaped."""
    return "\n".join(_page(report)) + "\n"


def _page(report: Report) -> Iterator[str]:
    title = _text(report.title)
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # Nothing is ever loaded, whatever a name or a comment in somebody's SQL says.
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    style = _STYLE + (_TIMELINE_STYLE if report.timeline.bars else "")
    style += "".join(_narrow(at, table) for at, table in enumerate(report.tables))
    yield f"<title>{title}</title><style>{style}</style></head><body>"
    yield f"<h1>{title}</h1>"
    if report.headline:
        said = _text(cell_text(report.headline.value))
        yield f'<p class="answer {report.headline.level}">{said}</p>'
    if report.facts:
        yield f"<dl>{''.join(map(_fact, report.facts))}</dl>"
    timeline = report.timeline
    for at, table in enumerate(report.tables):
        if timeline.bars and table.title == timeline.before:
            yield from _timeline(timeline)
            timeline = Timeline()
        yield from _table(table, f"t{at}")
    if timeline.bars:
        yield from _timeline(timeline)
    if report.gaps:
        yield from _table(gap_table(report.gaps, len(report.gaps)), "gaps")
    if report.coverage:
        yield f"<footer><p>{_text(report.coverage)}</p></footer>"
    yield "</body></html>"


def _narrow(at: int, table: Table) -> str:
    """On a narrow screen a row is a card, and each of its cells says what it is.

    On a wide one, what is no text stays on its line.
    """
    rules, short = [], []
    for number, place in enumerate(_shown_columns(table)):
        if number and table.wrap and _is_short(table, place):
            short.append(f".t{at} td:nth-child({number + 1})")
        if number:
            name = re.sub(r"[^\w ]", lambda m: f"\\{ord(m[0]):x} ", safe_text(table.columns[place]))
            rules.append(f'.t{at} td:nth-child({number + 1})::before {{ content: "{name}: "; }}')
    style = "\n@media (max-width: 46rem) { " + "\n".join(rules) + " }" if rules else ""
    if short:
        rule = f"{', '.join(short)} {{ min-width: 0; white-space: nowrap; }}"
        style += f"\n@media (min-width: 46rem) {{ {rule} }}"
    return style


def _is_short(table: Table, at: int) -> bool:
    return all(len(cell_text(row[at])) <= _SHORT for row in table.rows)


def _shown_columns(table: Table) -> list[int]:
    """The places of the columns in which anything stands; the first in any case."""
    rows = table.rows
    return [at for at in range(len(table.columns)) if not at or any(cell_text(r[at]) for r in rows)]


def _fact(fact: Fact) -> str:
    mark = f' class="{fact.level}"' if fact.level in ("good", "warn", "bad") else ""
    return f"<div><dt>{_text(fact.label)}</dt><dd{mark}>{_text(cell_text(fact.value))}</dd></div>"


def _table(table: Table, name: str) -> Iterator[str]:
    count = f" ({len(table.rows):,})" if table.rows else ""
    yield f"<h2>{_text(table.title)}{count}</h2>" if table.title else ""
    if not table.rows:
        yield '<p class="none">none</p>'
        return
    rows = list(folded(table))
    places = _shown_columns(table)
    numbers = {at for at in places if _is_number_column(table, at)}
    strips = {at for at in places if table.columns[at] in table.strips}
    heads = "".join(_head(table.columns[at], at in numbers) for at in places)
    open_rows = len(rows) if len(rows) <= _OPEN_ROWS else _FIRST_ROWS
    parts = [rows[:open_rows], rows[open_rows:]]
    for part in filter(None, parts):
        if part is parts[1]:
            yield f"<details><summary>{len(part):,} more</summary>"
        yield f'<div class="wide"><table class="rows {name}"><thead><tr>{heads}</tr></thead>'
        yield "<tbody>"
        for row in part:
            cells = (_strip(row[at]) if at in strips else _cell(row[at]) for at in places)
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody></table></div>" + ("</details>" if part is parts[1] else "")


def _head(name: str, is_number: bool) -> str:
    return f'<th class="number">{_text(name)}</th>' if is_number else f"<th>{_text(name)}</th>"


def _is_number_column(table: Table, at: int) -> bool:
    cells = [row[at] for row in table.rows if row[at] is not None]
    return bool(cells) and all(map(_is_number, cells))


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _timeline(timeline: Timeline) -> Iterator[str]:
    """A bar for each thing, drawn to scale; its words say the same."""
    whole = timeline.seconds or 1.0
    step = _step(whole)
    ticks = [step * number for number in range(int(whole / step) + 1)]
    axis = "".join(f'<span style="left:{100 * at / whole:.2f}%">{at:g} s</span>' for at in ticks)
    yield f'<h2>{_text(timeline.title)}</h2><div class="wide">'
    yield f'<table class="timeline" style="--step:{100 * step / whole:.3f}%"><tbody>'
    yield f'<tr><th></th><td><div class="lane axis">{axis}</div></td><td></td></tr>'
    for bar in timeline.bars:
        left, size = 100 * bar.begin / whole, max(100 * (bar.end - bar.begin) / whole, 0.3)
        style = f"margin-left:{min(left, 99.7):.2f}%;width:{min(size, 100 - left):.2f}%"
        star, mark = (" *", " mark") if bar.mark else ("", "")
        words = f"{bar.label}: {bar.begin:.1f} s to {bar.end:.1f} s {bar.lane}"
        yield (
            f'<tr><th scope="row">{_text(bar.label)}{star}</th>'
            f'<td class="lane" title="{_text(words)}">'
            f'<div class="bar {bar.level}{mark}" style="{style}"></div></td>'
            f'<td class="number">{bar.end - bar.begin:.1f} s</td></tr>'
        )
    yield f'</tbody></table></div><p class="none">{_text(timeline.note)}</p>'


def _step(whole: float) -> float:
    """Seconds between the lines of a scale, of which there are at most ten."""
    size = 10.0 ** math.floor(math.log10(whole / 10)) if whole > 0 else 1.0
    return next(size * by for by in (1, 2, 5, 10) if whole / (size * by) <= 10)


def _cell(cell: Cell) -> str:
    text = cell_text(cell)
    mark = "number" if _is_number(cell) else _MARKS.get(text, "")
    shown = " ".join(map(_word, text.split(" "))).replace("\n", "<br>")
    return f'<td class="{mark}">{shown}</td>' if mark else f"<td>{shown}</td>"


def _word(word: str) -> str:
    """A word, escaped; a long one may break where its parts meet."""
    if len(word) <= _LONG_WORD:
        return _text(word)
    return "<wbr>".join(map(_text, _BREAKS.split(word)))


def _strip(cell: Cell) -> str:
    """Signs, each run of the same in its colour."""
    shown = []
    for sign, those in groupby(cell_text(cell)):
        tag, signs = _SIGNS.get(sign), _text("".join(those))
        shown.append(f"<{tag}>{signs}</{tag}>" if tag else signs)
    return f'<td class="strip">{"".join(shown)}</td>'


def _text(text: str) -> str:
    return escape(safe_text(text))
