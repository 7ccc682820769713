"""`Unused` in shapes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from headwater.core.columns import short_name
from headwater.core.report import Fact, Report, Table
from headwater.questions.effects import ref_data

if TYPE_CHECKING:
    from headwater.questions.unused import Unused, UnusedColumn

SHOWN = 5
_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


def unused_report(answer: Unused) -> Report:
    """The answer in shapes; empty tables are left out, but for the first."""
    further = (_savings(answer), _unseen(answer), _ends(answer))
    return Report(
        title="Columns that nothing reads",
        facts=_facts(answer),
        tables=(_columns(answer), *(table for table in further if table.rows)),
        gaps=answer.gaps,
        coverage=answer.coverage,
        data=_data(answer),
    )


def _facts(answer: Unused) -> tuple[Fact, ...]:
    in_turn = sum(column.in_turn for column in answer.columns)
    sizes = [saving.saved for saving in answer.savings if saving.saved is not None]
    facts = [
        Fact("columns looked at", answer.judged),
        Fact("unused", len(answer.columns) - in_turn, "warn" if answer.columns else "good"),
        Fact("unused once those are dropped", in_turn),
        Fact("may be read, which cannot be seen", len(answer.unseen)),
        Fact("models that nothing reads", len(answer.ends)),
    ]
    if sizes:
        facts.append(Fact("would save about", size_text(sum(sizes))))
    return tuple(facts)


def size_text(count: int) -> str:
    """``1.2 GB``: bytes in powers of a thousand."""
    size, unit = float(count), 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{count} bytes" if not unit else f"{size:.1f} {_UNITS[unit]}"


def _columns(answer: Unused) -> Table:
    graph = answer.loaded.graph
    rows = tuple(
        (
            short_name(column.ref.node),
            column.ref.column,
            graph.kind(column.ref.node),
            column.type or "",
            _feeds(column),
        )
        for column in answer.columns
    )
    heads = ("model", "column", "kind", "type", "only feeds")
    return Table("Unused", heads, rows, ("only feeds",), group="model")


def _feeds(column: UnusedColumn) -> str:
    named = ", ".join(f"{short_name(ref.node)}.{ref.column}" for ref in column.feeds[:SHOWN])
    more = len(column.feeds) - SHOWN
    return named + (f" (+{more})" if more > 0 else "")


def _savings(answer: Unused) -> Table:
    rows = tuple(
        (
            short_name(saving.node),
            saving.unused,
            saving.columns,
            saving.rows,
            "" if saving.size is None else size_text(saving.size),
            "" if saving.saved is None else size_text(saving.saved),
        )
        for saving in answer.savings
    )
    heads = ("model", "unused", "columns", "rows", "size", "about saved")
    return Table("What dropping them would save", heads, rows)


def _unseen(answer: Unused) -> Table:
    counted = Counter((column.ref.node, column.reason) for column in answer.unseen)
    rows = tuple(
        (short_name(node), count, reason) for (node, reason), count in sorted(counted.items())
    )
    return Table("May be read, which cannot be seen", ("model", "columns", "why"), rows, ("why",))


def _ends(answer: Unused) -> Table:
    graph = answer.loaded.graph
    rows = tuple(
        (short_name(node), graph.kind(node), len(graph.columns_of(node))) for node in answer.ends
    )
    return Table("Nothing in the project reads these", ("model", "kind", "columns"), rows)


def _data(answer: Unused) -> dict[str, Any]:
    return {
        "counts": {
            "judged": answer.judged,
            "unused": sum(not column.in_turn for column in answer.columns),
            "in_turn": sum(column.in_turn for column in answer.columns),
            "unseen": len(answer.unseen),
            "ends": len(answer.ends),
        },
        "columns": [
            {
                **ref_data(column.ref),
                "type": column.type,
                "feeds": [ref_data(ref) for ref in column.feeds],
            }
            for column in answer.columns
        ],
        "savings": [{**saving._asdict(), "saved": saving.saved} for saving in answer.savings],
        "unseen": [{**ref_data(each.ref), "reason": each.reason} for each in answer.unseen],
        "ends": list(answer.ends),
    }
