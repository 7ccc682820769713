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
from headwater.core.project import Node, Project

_KINDS = frozenset(("model", "snapshot", "test"))


@dataclass(frozen=True, slots=True)
class WithCompiled:
    """The project, what to say, and the files looked at."""

    project: Project
    warnings: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()


def with_compiled_files(project: Project, paths: ArtifactPaths) -> WithCompiled:
    """The project with compiled SQL from files where the manifest has none."""
    root = Path(project.root) if project.root else None
    folder = paths.target_dir / "compiled"
    if root is None or not folder.is_dir():
        return WithCompiled(project)
    found: dict[str, Node] = {}
    consulted = []
    for node in project.nodes.values():
        if node.sql is not None or node.language != "sql" or node.kind not in _KINDS:
            continue
        path = compiled_file(node, folder)
        consulted.append(str(path))
        text = _fresh_text(path, _source_file(node, root))
        if text is not None:
            found[node.id] = replace(node, sql=text)
    if not found:
        return WithCompiled(project, (), tuple(consulted))
    warning = (
        f"the manifest has no compiled SQL for {len(found)} nodes; theirs was read from "
        f"'{folder}' and may be older than macros and vars: run 'dbt compile'"
    )
    nodes = {**project.nodes, **found}
    return WithCompiled(replace(project, nodes=nodes), (warning,), tuple(consulted))


def compiled_file(node: Node, folder: Path) -> Path:
    """Where dbt writes the node's compiled SQL under ``target/compiled``."""
    base = folder / node.package / node.path
    if node.path.endswith((".yml", ".yaml")):
        return base / f"{node.extra.get('alias') or node.name}.sql"
    return base


def _source_file(node: Node, root: Path) -> Path | None:
    for candidate in (root / node.path, root / "dbt_packages" / node.package / node.path):
        if candidate.is_file():
            return candidate
    return None


def _fresh_text(compiled: Path, source: Path | None) -> str | None:
    try:
        if source is None or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            return None
        return compiled.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
