"""`Inputs` -> `Loaded` -> `Report` -> exit code: the way every command about a project goes.

What does the work is imported when there is work: ``--help`` and the shell's TAB import this too.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from headwater.cli.failures import ANSWERED, INCOMPLETE
from headwater.cli.options import Inputs, Output, Selection, SelectionByState
from headwater.cli.output import check_writable, deliver, say
from headwater.core.edges import NOTHING_LEFT, GapReason
from headwater.core.report import Report

if TYPE_CHECKING:
    from headwater.artifacts.paths import ArtifactPaths
    from headwater.cache.lineages import LineageCache
    from headwater.core.selecting import Indirect
    from headwater.pipeline import Loaded

NOT_COMPILED = (
    "no model has compiled SQL, so columns cannot be followed: run 'dbt compile', or add --compile"
)


def answer(
    command: str,
    inputs: Inputs,
    output: Output,
    question: Callable[[Loaded], Report],
    selection: Selection | None = None,
) -> int:
    """Ask the question of the project and give the answer; returns the exit code.

    Warnings come before the question is asked: they often explain why it cannot be answered.
    *Raises*: any `HeadwaterError`.
    """
    check_writable(output.out)
    with artifacts(inputs, output.quiet) as paths:
        loaded = load_project(paths, inputs)
        if selection is not None:
            loaded = selecting(loaded, paths, selection)
        blind = blindness(loaded)
        empty = empty_selections(loaded, selection or Selection())
        warnings = (*loaded.warnings, *([blind] if blind else []), *empty)
        for warning in () if output.quiet else warnings:
            say(f"warning: {warning}")
        with settled():
            report = question(loaded)
    deliver(report, output, command)
    return exit_code(report, output, blind)


def exit_code(report: Report, output: Output, blind: str = "") -> int:
    """What the answer's gaps are worth under ``--strict``."""
    gaps = len(report.gaps)
    if not output.strict or not (gaps or blind):
        return ANSWERED
    what = blind or f"{gaps} {'gap' if gaps == 1 else 'gaps'} in this answer"
    say(f"incomplete: {what} (--strict)")
    return INCOMPLETE


def load_project(paths: ArtifactPaths, inputs: Inputs) -> Loaded:
    """The project behind the artifacts, understood.

    *Raises*: `ArtifactError` when they cannot be used.
    """
    from headwater.pipeline import LoadOptions, load

    return load(paths, LoadOptions(use_cache=not inputs.no_cache, keep_state=not inputs.compile))


@contextmanager
def settled() -> Iterator[None]:
    """What is there stays in use: the collector need not look through it again and again."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def kept_answers(inputs: Inputs) -> Iterator[LineageCache | None]:
    """Where a question keeps what took it long to find out; ``None`` when nothing is to be kept."""
    from headwater.cache.folder import cache_folder
    from headwater.cache.lineages import LineageCache

    folder = None if inputs.no_cache else cache_folder()
    if folder is None:
        yield None
        return
    cache = LineageCache(folder)
    try:
        yield cache
    finally:
        cache.close()


def selecting(
    loaded: Loaded, paths: ArtifactPaths, selection: Selection, base: ArtifactPaths | None = None
) -> Loaded:
    """The project with what its selections may look at; ``base`` is an earlier state at hand.

    *Raises*: `ArtifactError`.
    """
    from headwater.artifacts.selecting import Earlier, earlier_artifacts, selection_context

    earlier = Earlier(base.manifest, base.run_results, base.sources) if base else None
    if isinstance(selection, SelectionByState) and selection.state is not None:
        earlier = earlier_artifacts(selection.state)
    context = selection_context(paths, earlier, cast("Indirect", selection.indirect_selection))
    return replace(loaded, project=replace(loaded.project, selecting=context))


@contextmanager
def artifacts(inputs: Inputs, quiet: bool = False) -> Iterator[ArtifactPaths]:
    """Where the artifacts are; with ``--compile`` they are made first, and gone afterwards."""
    from headwater.artifacts.paths import Wanted, find_artifacts

    wanted = Wanted(inputs.project_dir, inputs.target_path, inputs.manifest, inputs.catalog)
    if not inputs.compile:
        yield find_artifacts(wanted)
        return
    from headwater.cli.compiling import compiled_project

    with compiled_project(inputs.dbt, wanted, quiet) as compiled:
        yield find_artifacts(compiled)


def empty_selections(loaded: Loaded, selection: Selection) -> Iterator[str]:
    """What to say of each selection that matches nothing: an empty answer is easily misread.

    *Raises*: `SelectionError`.
    """
    from headwater.graph.selection import select_nodes

    given = [("--select", text) for text in selection.select]
    given += [("--exclude", text) for text in selection.exclude]
    for option, text in given:
        if not select_nodes(loaded.project, [text]):
            yield f"'{option} {text}' matches no node"


def blindness(loaded: Loaded) -> str:
    """What to say when most of the project could not be read; empty when it could."""
    models = [node for node in loaded.graph.nodes if loaded.graph.kind(node) == "model"]
    lost = {gap.node: gap.reason for gap in loaded.graph.gaps if gap.reason in NOTHING_LEFT}
    missed = [node for node in models if node in lost]
    if not models or 2 * len(missed) <= len(models):
        return ""
    if len(missed) == len(models) and set(lost.values()) == {GapReason.NOT_COMPILED}:
        return NOT_COMPILED
    return (
        f"{len(missed)} of {len(models)} models could not be read, so most of the project is "
        "missing here (lineage coverage says why)"
    )
