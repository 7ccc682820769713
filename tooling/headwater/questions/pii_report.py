"""`Pii` in shapes: what reaches whom, what is wrong, the ways, indirect use, where data is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from headwater.core.columns import short_name
from headwater.core.report import Cell, Fact, Finding, Report, Table
from headwater.questions.effects import owner_text, picture, ref_data
from headwater.questions.pii_findings import Found
from headwater.questions.pii_patch import inline, patch_yaml
from headwater.questions.pii_paths import Paths, Step
from headwater.questions.pii_words import RULES, Level

if TYPE_CHECKING:
    from headwater.questions.pii import Indirect, Pii

MOST_PATHS = 20  #: ways that are shown step by step
MOST_TOLD = 200  #: findings that carry their way in the JSON form
MOST_ROWS = 100  #: of what is listed for reference; the JSON form has all
MOST_FOUND = 200  #: findings in tables for the screen
_HOLDERS = frozenset(("source", "seed", "model", "snapshot"))
_REACHES = ("exposed", "public", "group")


def pii_report(answer: Pii, *, every: bool = True) -> Report:
    """The answer in shapes. Tables without rows are left out.

    Not ``every``: without the JSON form and the findings, which tables do not show.
    """
    paths = Paths(answer.loaded, answer.flow, answer.terms.prefix, answer.terms.rules.file)
    ways = {id(found): paths.of(found) for found in answer.findings[:MOST_TOLD]}
    most = None if every else MOST_FOUND
    tables = (
        _reached(answer, most),
        _wrong(answer, paths, most),
        _ways(answer, ways),
        _indirect(answer, paths),
        _where(answer),
        _masks(answer, paths),
        _exceptions(answer),
        _excused(answer),
    )
    return Report(
        title="Personal data",
        facts=_facts(answer, most),
        tables=tuple(table for table in tables if table.rows),
        graph=picture(answer.loaded.graph, _drawn(answer)),
        gaps=answer.gaps,
        coverage=answer.coverage,
        data=_data(answer, paths, ways) if every else {},
        headline=_headline(answer),
        findings=tuple(_told(each, paths) for each in answer.findings) if every else None,
        rules=RULES,
    )


def _subject(found: Found) -> str:
    name = short_name(found.node) if found.node else found.detail
    return name if found.column is None else f"{name}.{found.column}"


def _told(found: Found, paths: Paths) -> Finding:
    file, line = paths.place(found)
    return Finding(
        rule=found.rule,
        level=found.level,
        message=_message(found),
        subject=_subject(found),
        file=file,
        line=line,
        fingerprint=found.fingerprint,
        excused=found.excused,
    )


def _message(found: Found) -> str:
    if found.rule == "undeclared" and found.column is not None:
        return f"{found.message}; declare it with config: {{meta: {{{_form(found)}}}}}"
    return found.message


def _form(found: Found) -> str:
    return inline(found.classes, found.left)


# -- facts ----------------------------------------------------------------------------------------


def _headline(answer: Pii) -> Fact:
    counted = Counter(found.rule for found in answer.open)
    words = {
        "exposed": ("way into an exposure", "ways into exposures"),
        "public": ("column of a public model", "columns of public models"),
        "group": ("column of another group", "columns of other groups"),
        "not-masked": ("column is not masked as declared", "columns are not masked as declared"),
        "unknown": ("place cannot be seen", "places cannot be seen"),
        "undeclared": ("column is not declared", "columns are not declared"),
        "over-declared": ("column is over-declared", "columns are over-declared"),
    }
    parts = [f"{n} {words[r][n != 1]}" for r in words if (n := counted[r])]
    other = sum(n for rule, n in counted.items() if rule not in words)
    parts += [f"{other} {'other finding' if other == 1 else 'other findings'}"] if other else []
    text = ", ".join(parts) or "nothing personal goes where it should not"
    level = "bad" if answer.is_hit else "warn" if answer.open else "good"
    return Fact("pii", text, level)


def _facts(answer: Pii, most: int | None) -> tuple[Fact, ...]:
    found = answer.open
    gate = "hit" if answer.is_hit else "not hit"
    facts = [
        Fact("gate", f"{gate} (fail on: {', '.join(answer.fail_on)})",
             "bad" if answer.is_hit else "good"),
        Fact("errors", sum(f.level == "error" for f in found),
             "bad" if any(f.level == "error" for f in found) else "info"),
        Fact("warnings", sum(f.level == "warning" for f in found)),
        Fact("notes", sum(f.level == "note" for f in found)),
    ]  # fmt: skip
    if len(found) < len(answer.findings):
        facts.append(Fact("excused", len(answer.findings) - len(found)))
    declared = sum(d.is_personal for own in answer.declared.columns.values() for d in own.values())
    held = Counter(level for _, _, level in _columns(answer))
    facts.append(Fact("declared columns", declared))
    facts.append(Fact("columns that hold personal data", sum(held.values())))
    facts += [Fact(f"- {level.word}", held[level]) for level in sorted(held)]
    if most is not None and len(found) > most:
        facts.append(Fact("shown", f"the first {most:,} findings (csv and json have all)", "warn"))
    if answer.terms.rules.file:
        facts.append(Fact("rules", answer.terms.rules.file))
    if not declared and not answer.flow.levels:
        hint = "nothing is declared: 'lineage pii --suggest' proposes what to declare"
        facts.append(Fact("note", hint, "warn"))
    return tuple(facts)


def _columns(answer: Pii) -> Iterator[tuple[int, dict[str, Level], Level]]:
    """Every column that holds something, with all it holds, and the worst of it."""
    data = answer.loaded.graph.data
    first, owners = set(data.first), answer.loaded.graph.owners()
    for vertex, loads in answer.flow.levels.items():
        if vertex not in first and data.kinds[owners[vertex]] in _HOLDERS:
            yield vertex, loads, min(loads.values())


# -- tables ---------------------------------------------------------------------------------------


def _is_reach(found: Found) -> bool:
    return found.rule in _REACHES or found.detail in _REACHES


def _reached(answer: Pii, most: int | None) -> Table:
    nodes = answer.loaded.project.nodes
    rows: list[tuple[Cell, ...]] = []
    for found in answer.open[:most]:
        if not _is_reach(found):
            continue
        node = nodes.get(found.node)
        place = {"exposed": "exposure", "public": "public model"}.get(found.detail, "")
        place = place or f"group {node.group if node else ''}"
        via = found.via or (found.node, found.column)
        column = f"{short_name(via[0])}.{via[1] or '*'}"
        rows.append((f"{place} {short_name(found.node)}", ", ".join(found.classes),
                     found.left.word, column, owner_text(node)))  # fmt: skip
    heads = ("who gets it", "class", "left", "column", "owner")
    return Table("Personal data reaches", heads, tuple(rows), ("owner",), group="who gets it")


def _wrong(answer: Pii, paths: Paths, most: int | None) -> Table:
    rows = []
    for found in answer.open[:most]:
        if not _is_reach(found):
            file, line = paths.place(found)
            where = file if line == 1 else f"{file}:{line}"
            rows.append((found.level, found.rule, _message(found), where))
    heads = ("level", "rule", "what", "where")
    return Table("Findings", heads, tuple(rows), ("what", "where"))


def _ways(answer: Pii, ways: Mapping[int, list[Step]]) -> Table:
    """The ways of the first findings, step by step."""
    rows: list[tuple[Cell, ...]] = []
    shown = [f for f in answer.open if len(ways.get(id(f), ())) > 1][:MOST_PATHS]
    for found in shown:
        title = f"{found.rule}: {found.classes[0]} in {_subject(found)}"
        title += f" through {found.via}" if found.via is not None else ""
        for at, step in enumerate(ways[id(found)]):
            rows.append(
                (title, at, step.name, step.left.word, step.how, step.expression, step.line)
            )
    heads = ("way", "step", "column", "left", "how", "expression", "line")
    return Table("The way it takes", heads, tuple(rows), ("expression",), group="way")


def _indirect(answer: Pii, paths: Paths) -> Table:
    rows = tuple(_indirect_row(each, paths) for each in answer.indirect[:MOST_ROWS])
    heads = ("node", "what it shapes", "by", "column", "class", "left", "expression", "line")
    title = "Used without being there (filters, joins, orders tell of people, too)"
    return Table(title, heads, rows, ("expression",), group="node", is_detail=True)


def _effects(each: Indirect) -> str:
    return ", ".join(effect.name.lower().replace("_", " ") for effect in each.effects)


def _indirect_row(each: Indirect, paths: Paths) -> tuple[Cell, ...]:
    expression, line = paths.expression(each.edge)
    source = f"{short_name(each.source.node)}.{each.source.column}"
    return (short_name(each.node), each.column or "(rows)", _effects(each), source, each.name,
            each.level.word, expression, line)  # fmt: skip


def _where(answer: Pii) -> Table:
    """How many columns of which level each node holds."""
    graph = answer.loaded.graph
    by_node: dict[str, list[tuple[str, dict[str, Level], Level]]] = {}
    for vertex, loads, worst in _columns(answer):
        by_node.setdefault(graph.node_of(vertex), []).append((graph.name(vertex), loads, worst))
    rows: list[tuple[Cell, ...]] = []
    for node in sorted(by_node)[:MOST_ROWS]:
        columns = by_node[node]
        classes = sorted({name for _, loads, _ in columns for name in loads})
        levels = Counter(worst for _, _, worst in columns)
        told = ", ".join(f"{n} {level.word}" for level, n in sorted(levels.items()))
        rows.append((short_name(node), graph.kind(node), told, ", ".join(classes)))
    heads = ("node", "kind", "columns", "classes")
    return Table("Where personal data is", heads, tuple(rows), ("classes",), is_detail=True)


def _masks(answer: Pii, paths: Paths) -> Table:
    """Every step behind which less is left: the masks that were believed."""
    graph, flow = answer.loaded.graph, answer.flow
    rows: dict[tuple[str, str], tuple[Cell, ...]] = {}
    believed = (
        (vertex, name, came)
        for (vertex, name), came in flow.came.items()
        if came.edge >= 0 and flow.levels[vertex][name] > flow.levels[came.source][name]
    )
    for vertex, name, came in sorted(believed):
        if len(rows) >= MOST_ROWS:
            break
        before, after = flow.levels[came.source][name], flow.levels[vertex][name]
        expression, line = paths.expression(came.edge)
        ref = graph.ref(vertex)
        rows.setdefault(
            (ref.node, ref.column or ""),
            (short_name(ref.node), ref.column, before.word, after.word, expression, line),
        )
    heads = ("node", "column", "before", "after", "expression", "line")
    found = tuple(rows[key] for key in sorted(rows))
    return Table("Masks", heads, found, ("expression",), group="node", is_detail=True)


def _exceptions(answer: Pii) -> Table:
    rows = tuple(
        (
            each.exception.place,
            each.exception.reason,
            each.exception.author,
            each.exception.expires.isoformat(),
            "expired" if each.expired else f"used: {each.used}" if each.used else "unused",
        )
        for each in answer.exceptions
    )
    heads = ("exception", "reason", "author", "expires", "state")
    return Table("Exceptions", heads, rows, ("reason", "author"), is_detail=True)


def _excused(answer: Pii) -> Table:
    rows = tuple((f.message, f.excused) for f in answer.findings if f.excused)
    heads = ("finding", "excused by")
    return Table("Excused", heads, rows, heads, is_detail=True)


def _drawn(answer: Pii) -> set[int]:
    """The vertices on the ways of the open findings."""
    found: set[int] = set()
    for each in answer.open[:MOST_TOLD]:
        if each.vertex >= 0 and each.classes:
            found.update(v for v, _ in answer.flow.path(each.vertex, each.classes[0]))
            if each.node.startswith("exposure."):
                found.add(answer.loaded.graph.rows_vertex(each.node))
    return found


# -- the JSON form --------------------------------------------------------------------------------


def _data(answer: Pii, paths: Paths, ways: Mapping[int, list[Step]]) -> dict[str, Any]:
    found = answer.open
    graph = answer.loaded.graph
    levels = {level: sum(f.level == level for f in found) for level in ("error", "warning", "note")}
    return {
        "gate": {
            "hit": answer.is_hit,
            "fail_on": list(answer.fail_on),
            **{f"{level}s": count for level, count in levels.items()},
            "excused": len(answer.findings) - len(found),
        },
        "headline": str(_headline(answer).value),
        "rules": answer.terms.rules.file or None,
        "findings": [
            _finding_data(each, paths, ways.get(id(each), [])) for each in answer.findings
        ],
        "columns": [
            {**ref_data(graph.ref(vertex)), "classes": {n: loads[n].word for n in sorted(loads)}}
            for vertex, loads, _ in sorted(_columns(answer), key=lambda each: each[0])
        ],
        "indirect": [
            {
                "node": each.node,
                "column": each.column,
                "effects": [effect.name for effect in each.effects],
                "source": ref_data(each.source),
                "class": each.name,
                "left": each.level.word,
            }
            for each in answer.indirect
        ],
        "exceptions": [
            {
                "place": each.exception.place,
                "reason": each.exception.reason,
                "author": each.exception.author,
                "expires": each.exception.expires.isoformat(),
                "expired": each.expired,
                "used": each.used,
            }
            for each in answer.exceptions
        ],
        "masks": dict(sorted(answer.masks.items())),
        "patch": patch_of(answer),
    }


def _finding_data(found: Found, paths: Paths, way: list[Step]) -> dict[str, Any]:
    file, line = paths.place(found)
    return {
        "rule": found.rule,
        "level": found.level,
        "node": found.node or None,
        "column": found.column,
        "classes": list(found.classes),
        "left": found.left.word if found.classes else None,
        "via": ref_data(found.via) if found.via is not None else None,
        "message": found.message,
        "file": file,
        "line": line,
        "path": [step.data() for step in way],
        "fingerprint": found.fingerprint,
        "excused": found.excused or None,
    }


def patch_of(answer: Pii) -> str:
    """The YAML that declares what is found undeclared."""
    wanted: dict[str, dict[str, tuple[tuple[str, ...], Level]]] = {}
    for found in answer.open:
        if found.rule == "undeclared" and found.column is not None:
            own = answer.declared.columns.get(found.node, {}).get(found.column.lower())
            classes = {*found.classes, *(own.classes if own is not None else ())}
            columns = wanted.setdefault(found.node, {})
            columns[found.column] = (tuple(sorted(classes)), found.left)
    return patch_yaml(answer.loaded.project.nodes, wanted)
