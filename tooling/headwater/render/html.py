"""One self-contained page: no network, no script needed, light and dark as the reader's system."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from headwater.core.report import Cell, Fact, Report, Table, Timeline
from headwater.render.options import RenderOptions
from headwater.render.text import cell_text, gap_table, safe_text

#: words of verdicts and statuses -> how they are marked; anything else is left as it is
_MARKS = {
    **dict.fromkeys(("error", "breaks", "bad", "fail", "no"), "bad"),
    **dict.fromkeys(
        ("warn", "warning", "unknown", "old artifact", "rows change", "value changes"), "warn"
    ),
    **dict.fromkeys(("pass", "good", "success", "untouched"), "good"),
}
_OPEN_ROWS = 200  #: a longer table is folded, so that the page begins with what matters
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2024; --dim: #5b6470; --page: #fff; --card: #f5f6f8;
  --line: #dfe3e8; --good: #17754a; --warn: #8a5a00; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --dim: #9aa4b0; --page: #14171a;
  --card: #1d2126; --line: #2f353c; --good: #5fd39a; --warn: #e5b454; --bad: #ff8a80; } }
body { background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif;
  margin: 2rem auto; max-width: 78rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
dl { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0; }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: .5rem .9rem; } dt { color: var(--dim); font-size: .8rem; } dd { margin: 0;
  font-size: 1.15rem; font-weight: 600; overflow-wrap: anywhere; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; } th { color: var(--dim); font-size: .8rem;
  font-weight: 600; } tbody tr:hover { background: var(--card); } td { min-width: 4rem; }
td.number { font-variant-numeric: tabular-nums; text-align: right; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
td.good, td.warn, td.bad { font-weight: 600; } summary { cursor: pointer; }
summary h2 { display: inline; }
footer, .none { color: var(--dim); } footer { margin-top: 2rem; }
""".strip()
_TIMELINE_STYLE = """
.timeline th { text-align: left; white-space: nowrap; width: 1%; }
.timeline td { padding: .1rem .6rem; vertical-align: middle; }
.timeline td.number { white-space: nowrap; width: 1%; }
.bar { background: var(--dim); border-radius: 2px; height: .8rem; }
.bar.good { background: var(--good); } .bar.warn { background: var(--warn); }
.bar.bad { background: var(--bad); }
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
    yield f"<title>{title}</title><style>{style}</style></head><body>"
    yield f"<h1>{title}</h1>"
    facts = (*([report.headline] if report.headline else []), *report.facts)
    if facts:
        yield f"<dl>{''.join(map(_fact, facts))}</dl>"
    for table in report.tables:
        yield from _table(table)
    if report.timeline.bars:
        yield from _timeline(report.timeline)
    if report.gaps:
        yield from _table(gap_table(report.gaps, len(report.gaps)))
    if report.coverage:
        yield f"<footer><p>{_text(report.coverage)}</p></footer>"
    yield "</body></html>"


def _fact(fact: Fact) -> str:
    mark = f' class="{fact.level}"' if fact.level in ("good", "warn", "bad") else ""
    return f"<div><dt>{_text(fact.label)}</dt><dd{mark}>{_text(cell_text(fact.value))}</dd></div>"


def _table(table: Table) -> Iterator[str]:
    count = f" ({len(table.rows):,})" if table.rows else ""
    heading = f"<h2>{_text(table.title)}{count}</h2>" if table.title else ""
    if not table.rows:
        yield f'{heading}<p class="none">none</p>'
        return
    folded = len(table.rows) > _OPEN_ROWS
    yield f"<details><summary>{heading}</summary>" if folded else heading
    heads = "".join(f"<th>{_text(name)}</th>" for name in table.columns)
    yield f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>'
    for row in table.rows:
        yield f"<tr>{''.join(map(_cell, row))}</tr>"
    yield "</tbody></table></div>" + ("</details>" if folded else "")


def _timeline(timeline: Timeline) -> Iterator[str]:
    """A bar for each thing, drawn to scale; its words say the same."""
    yield f'<h2>{_text(timeline.title)}</h2><div class="wide"><table class="timeline"><tbody>'
    whole = timeline.seconds or 1.0
    for bar in timeline.bars:
        left, size = 100 * bar.begin / whole, max(100 * (bar.end - bar.begin) / whole, 0.3)
        style = f"margin-left:{min(left, 99.7):.2f}%;width:{min(size, 100 - left):.2f}%"
        mark = " *" if bar.mark else ""
        words = f"{bar.label}: {bar.begin:.1f} s to {bar.end:.1f} s {bar.lane}"
        yield (
            f'<tr><th scope="row">{_text(bar.label)}{mark}</th>'
            f'<td title="{_text(words)}"><div class="bar {bar.level}" style="{style}"></div></td>'
            f'<td class="number">{bar.end - bar.begin:.1f} s</td></tr>'
        )
    yield f'</tbody></table></div><p class="none">{_text(timeline.note)}</p>'


def _cell(cell: Cell) -> str:
    text = cell_text(cell)
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    mark = "number" if is_number else _MARKS.get(text, "")
    shown = _text(text).replace("\n", "<br>")
    return f'<td class="{mark}">{shown}</td>' if mark else f"<td>{shown}</td>"


def _text(text: str) -> str:
    return escape(safe_text(text))
