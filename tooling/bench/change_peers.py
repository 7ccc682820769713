"""Other tools on the change pairs: what each said, beside what is true and what ours said.

``change_peers.py [ENVIRONMENTS] [--write FILE]``: each tool from PyPI, pinned in ``peers/*.txt``,
in an environment of its own; a tool that fails is reported as failed. Asked are the
pairs that are executed, on the dialect of the pair. Every tool gets both manifests with catalogs
that name every column and type.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from peers import environment  # noqa: E402

from tests.changes import scoring  # noqa: E402
from tests.changes.asking import ask  # noqa: E402
from tests.changes.execution import FILLS, built  # noqa: E402
from tests.changes.manifests import manifest  # noqa: E402
from tests.changes.pair_files import Pair, read_pairs  # noqa: E402
from tests.changes.truth import changes, felt  # noqa: E402

TOOLS = ("parrant", "dbt-guard", "dbt-plan", "recce")
#: rows of the table: what the edit does at its origin, the worst of it
CLASSES = ("none", "rows", "value", "removed or renamed", "added", "type", "order of columns",
           "only in deployment")  # fmt: skip
OURS = "lineage diff"
NOT_TOLD = "not told"


READING = """\
Asked are the executed pairs. Every tool gets both manifests, and catalogs with every column and its
type (`lineage diff` only those of a source, in the six pairs that are about catalogs). A cell
counts the pairs on which the tool was silent where nothing changes, and not silent where something
does, whatever words it used:

* **parrant 0.21.1** (`parrant impact`, JSON): named is what it lists as affected; *equivalent* is
  silence. A changed WHERE or join is `logic_changed/indeterminate` of every column; it has no word
  for other rows.
* **dbt-guard 0.3.0** (`dbt-guard diff`, sources, exposures and snapshots included): compares names
  and declared types of columns, as its documentation says; logic is outside of what it looks at.
* **dbt-plan 0.18.3** (`snapshot`, `check`): looks at what the DDL does to the table, as its
  documentation says; `safe` is silence, added or removed columns are not.
* **recce 1.69.1**: its classifier, called as its server calls it. `breaking` is "the whole model",
  `partial_breaking` a column, `non_breaking` without columns is silence. What lies downstream it
  shows in its server, which needs a project that connects to a warehouse: not asked.
* **dbt-colibri 0.3.7** draws lineage and compares nothing: it cannot be asked.

`beyond canonical form` (nothing changes, and a warning is accepted) counts as nothing: that is
where `lineage diff` warns about nothing, too."""


@dataclass(frozen=True)
class Truth:
    """What is true of a pair, as coarsely as every tool can tell it."""

    id: str
    kind: str
    is_real: bool
    touched: frozenset[str]
    may: frozenset[str]  #: may be named or not: origins, what the data decide, what is skipped


@dataclass(frozen=True)
class Said:
    """What a tool said; ``touched`` is None for one that tells nothing of what lies downstream."""

    real: bool
    words: tuple[str, ...] = ()
    touched: frozenset[str] | None = None
    failed: str = ""


def main(environments: Path, write: Path | None) -> None:
    """Print the tables, or write them."""
    pairs = [pair for pair in read_pairs() if not pair.cannot]
    truths = {f"{at:04}": truth_of(pair) for at, pair in enumerate(pairs)}
    answers: dict[str, dict[str, Said]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for at, pair in enumerate(pairs):
            write_pair(pair, folder / f"{at:04}")
        answers[OURS] = {f"{at:04}": our_answer(pair) for at, pair in enumerate(pairs)}
        for tool in TOOLS:
            answers[tool] = dict(run(tool, folder, environments))
    text = report(truths, answers)
    if write is None:
        print(text)
    else:
        write.write_text(text, "utf-8")


# -- what is asked -------------------------------------------------------------------------------


def write_pair(pair: Pair, folder: Path) -> None:
    """Both manifests, and catalogs with every column as DuckDB names and types it."""
    for side in ("base", "head"):
        target = folder / side / "target"
        target.mkdir(parents=True)
        made = manifest(pair, side)
        (target / "manifest.json").write_text(json.dumps(made))
        (target / "catalog.json").write_text(json.dumps(_catalog(pair, side, made)))
    told = {"name": pair.id, "dialect": pair.dialect}
    (folder / "pair.json").write_text(json.dumps(told))


def _catalog(pair: Pair, side: str, made: dict) -> dict:
    relations = built(pair, FILLS[0], side)
    entries: dict[str, dict] = {"nodes": {}, "sources": {}}
    for key, node in made["nodes"].items():
        name = node["name"] if not node["version"] else node["alias"].replace("_v", ".v")
        found = relations.get(name)
        if node["resource_type"] in ("model", "snapshot") and found and found.columns:
            entries["nodes"][key] = _entry(node, zip(found.columns, found.types, strict=True))
        elif node["resource_type"] == "seed":
            declared = [(c, d["data_type"]) for c, d in node["columns"].items()]
            entries["nodes"][key] = _entry(node, declared)
    for key, node in made["sources"].items():
        declared = [(c, d["data_type"]) for c, d in node["columns"].items()]
        entries["sources"][key] = _entry(node, declared)
    schema = "https://schemas.getdbt.com/dbt/catalog/v1.json"
    return {
        "metadata": made["metadata"] | {"dbt_schema_version": schema},
        "errors": None,
        **entries,
    }


def _entry(node: dict, columns: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> dict:
    return {
        "metadata": {"type": "BASE TABLE", "schema": node["schema"], "name": node["name"],
                     "database": node["database"], "comment": None, "owner": None},
        "columns": {name: {"name": name, "type": kind, "index": at, "comment": None}
                    for at, (name, kind) in enumerate(columns, 1)},
        "stats": {}, "unique_id": node["unique_id"],
    }  # fmt: skip


def truth_of(pair: Pair) -> Truth:
    """The worst thing at the origin, and the models that feel it."""
    sure = [line for line in changes(pair) if not line.may and line.word != "none"]
    words = {line.word for line in sure}
    kind = next((
        name for name, of in (
            ("removed or renamed", {"removed", "renamed"}), ("rows", {"rows", "grain"}),
            ("value", {"value"}), ("type", {"type"}), ("added", {"added"}),
            ("order of columns", {"column order"}), ("only in deployment", words),
        ) if words & of
    ), "none")  # fmt: skip
    models = {
        name.replace(".", "_")
        for side in ("base", "head")
        for k, name in pair.side(side)
        if k == "model"
    }
    origins = {line.node for line in changes(pair)}
    lines = [line for line in felt(pair) if line.node in models and line.node not in origins]
    touched = {line.node for line in lines if not line.may}
    below = scoring.below_broken(pair, {s.node for s in felt(pair) if s.word == "breaks"})
    may = {line.node for line in lines if line.may} | below | origins
    return Truth(pair.id, kind, bool(sure), frozenset(touched), frozenset(may))


def our_answer(pair: Pair) -> Said:
    """What this tool says, in the same coarse words."""
    answer = ask(pair)
    names = scoring.names_of(pair)
    models = {key for key in names if key.startswith("model.")}
    origins = {change.place.node for change in answer.changes}
    touched = {
        names[h.place.node] for h in answer.propagation.hits if h.place.node in models - origins
    }
    words = tuple(sorted({change.kind.value for change in answer.changes}))
    return Said(bool(answer.changes), words, frozenset(touched))


def run(tool: str, folder: Path, environments: Path) -> Iterator[tuple[str, Said]]:
    """What the tool said of every pair; nothing where it could not be run at all."""
    script = HERE / "peers" / f"changes_{tool.replace('-', '_')}.py"
    try:
        python = environment(tool, environments) / "python"
        done = subprocess.run([python, script, folder], capture_output=True, text=True, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"{tool}: {error}", file=sys.stderr)
        return
    for line in done.stdout.splitlines():
        if not line.startswith("{"):
            continue
        told = json.loads(line)
        touched = told.get("touched")
        yield told["pair"], Said(
            told.get("said", False), tuple(told.get("words", ())),
            None if touched is None else frozenset(touched), told.get("failed", ""),
        )  # fmt: skip


# -- what is said of it --------------------------------------------------------------------------


def report(truths: dict[str, Truth], answers: dict[str, dict[str, Said]]) -> str:
    """All of it, in markdown."""
    pairs = read_pairs()
    every = [judged for pair in pairs for judged in _judged(pair)]
    parts = [
        "# Changes: `lineage diff` and other tools on the change pairs",
        f"Made by `tooling/bench/change_peers.py`. {len(pairs)} pairs stand in "
        "`tooling/tests/changes/pairs`; the truth of "
        f"{sum(not pair.cannot for pair in pairs)} of them is checked by building both sides on "
        "DuckDB. A place is a changed node, or a node or column downstream.",
        "## `lineage diff`, by kind of change",
        scoring.table(every),
        "## Others on the same pairs",
        READING,
        _summary(truths, answers),
        "## What each said",
        "\n".join(_each(truths, answers)),
    ]
    return "\n\n".join(parts) + "\n"


def _judged(pair: Pair) -> list[scoring.Judged]:
    answer = ask(pair)
    return scoring.judge(pair, scoring.answer_of(pair, answer.changes, answer.propagation))


def _summary(truths: dict[str, Truth], answers: dict[str, dict[str, Said]]) -> str:
    """How often each tool was right: silent about nothing, not silent about something."""
    tools = list(answers)
    asked = Counter(truth.kind for truth in truths.values())
    lines = [_line("what the edit does", "pairs", *tools), "|---|--:|" + "--:|" * len(tools)]
    for kind in CLASSES:
        cells = [_seen(tool, kind, truths, answers) for tool in tools]
        lines.append(_line(kind, str(asked[kind]), *cells))
    for title, cell in BELOW.items():
        lines.append(_line(title, "", *(cell(truths, answers[tool]) for tool in tools)))
    return "\n".join(lines)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _seen(
    tool: str, kind: str, truths: dict[str, Truth], answers: dict[str, dict[str, Said]]
) -> str:
    """How many edits the tool told right: silent about nothing, not silent about something."""
    here = [(t, answers[tool].get(key)) for key, t in truths.items() if t.kind == kind]
    known = [(t, said) for t, said in here if said is not None and not said.failed]
    if not known:
        return NOT_TOLD
    return f"{sum(said.real == (t.kind != 'none') for t, said in known)} of {len(known)}"


Answers = dict[str, Said]


def _below(truths: dict[str, Truth], said: Answers) -> Iterator[tuple[Truth, frozenset[str]]]:
    for key, truth in truths.items():
        answer = said.get(key)
        if answer is not None and answer.touched is not None and not answer.failed:
            yield truth, answer.touched


def _found(truths: dict[str, Truth], said: Answers) -> str:
    every = list(_below(truths, said))
    all_of_them = sum(len(t.touched) for t, _ in every)
    found = sum(len(t.touched & named) for t, named in every)
    return f"{found} of {all_of_them}" if every else NOT_TOLD


def _extra(truths: dict[str, Truth], said: Answers) -> str:
    every = list(_below(truths, said))
    return str(sum(len(named - t.touched - t.may) for t, named in every)) if every else NOT_TOLD


def _failed(truths: dict[str, Truth], said: Answers) -> str:
    return str(sum(key not in said or bool(said[key].failed) for key in truths))


BELOW = {
    "models downstream that feel it, named": _found,
    "models downstream that feel nothing, named": _extra,
    "pairs that it failed on": _failed,
}


def _each(truths: dict[str, Truth], answers: dict[str, dict[str, Said]]) -> Iterator[str]:
    tools = list(answers)
    yield "| pair | is | " + " | ".join(tools) + " |"
    yield "|---|---|" + "---|" * len(tools)
    for key, truth in truths.items():
        cells = []
        for tool in tools:
            said = answers[tool].get(key)
            if said is None or said.failed:
                cells.append("failed")
            else:
                cells.append(", ".join(said.words) if said.real else "nothing" + _aside(said))
        yield f"| {truth.id} | {truth.kind} | " + " | ".join(cells) + " |"


def _aside(said: Said) -> str:
    return f" ({', '.join(said.words)})" if said.words else ""


if __name__ == "__main__":
    words = sys.argv[1:]
    to = Path(words[words.index("--write") + 1]) if "--write" in words else None
    named = [w for w in words[:1] if not w.startswith("--")]
    main(Path(named[0]) if named else Path(".headwater/peers"), to)
