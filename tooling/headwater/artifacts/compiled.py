"""Compiled SQL that is not in the manifest but still on disk in ``target/compiled``.

``dbt parse`` writes a manifest without compiled SQL over the one that ``dbt compile`` wrote, and
leaves the compiled files where they are. Such a file is used only when the model's own file is at
hand and not newer: then it is what dbt last made of this very text (other inputs, macros and vars,
may have moved; the warning says so). Anything else stays a gap: never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from headwater.artifacts.paths import ArtifactPaths
from headwater.artifacts.stored import fresh_nodes, replaced
from headwater.core.project import Node, Project

_KINDS = frozenset(("model", "snapshot", "test"))


@dataclass(frozen=True, slots=True)
class WithCompiled:
    """The project, what to say, the files looked at, and the nodes whose SQL such a file may be."""

    project: Project
    warnings: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    candidates: frozenset[str] = frozenset()


def with_compiled_files(project: Project, paths: ArtifactPaths) -> WithCompiled:
    """The project with compiled SQL from files where the manifest has none."""
    root = Path(project.root) if project.root else None
    folder = paths.target_dir / "compiled"
    wanting = [
        node
        for node in fresh_nodes(project.nodes).values()
        if node.sql is None and node.language == "sql" and node.kind in _KINDS
    ]
    candidates = frozenset(node.id for node in wanting)
    if root is None or not wanting:
        return WithCompiled(project, candidates=candidates)
    if not folder.is_dir():
        return WithCompiled(project, (), (str(folder),), candidates)
    found: dict[str, Node] = {}
    consulted: list[str] = []
    for node in wanting:
        path, sources = compiled_file(node, folder), _source_files(node, root)
        consulted += map(str, (path, *sources))
        text = _fresh_text(path, next((s for s in sources if s.is_file()), None))
        if text is not None:
            found[node.id] = replace(node, sql=text)
    if not found:
        return WithCompiled(project, (), tuple(consulted), candidates)
    warning = (
        f"the manifest has no compiled SQL for {len(found)} nodes; theirs was read from "
        f"'{folder}' and may be older than macros and vars: run 'dbt compile'"
    )
    nodes = replaced(project.nodes, found)
    return WithCompiled(replace(project, nodes=nodes), (warning,), tuple(consulted), candidates)


def compiled_file(node: Node, folder: Path) -> Path:
    """Where dbt writes the node's compiled SQL under ``target/compiled``."""
    base = folder / node.package / node.path
    if node.path.endswith((".yml", ".yaml")):
        return base / f"{node.extra.get('alias') or node.name}.sql"
    return base


def _source_files(node: Node, root: Path) -> tuple[Path, Path]:
    """Where the model's own file may be."""
    return root / node.path, root / "dbt_packages" / node.package / node.path


def _fresh_text(compiled: Path, source: Path | None) -> str | None:
    try:
        if source is None or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            return None
        return compiled.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
