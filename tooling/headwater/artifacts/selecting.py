"""What a selection looks at besides the project, read when a selection asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from headwater.artifacts.decoding import parse_object
from headwater.artifacts.files import read_bytes
from headwater.artifacts.lazy import LazyMapping
from headwater.artifacts.paths import ArtifactPaths
from headwater.artifacts.results import SourceResults, read_run_results, read_source_results
from headwater.artifacts.state_changes import changed_nodes
from headwater.artifacts.yaml_text import read_yaml
from headwater.core.errors import ArtifactError
from headwater.core.selecting import Indirect, SelectionContext

SELECTORS = "selectors.yml"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The artifacts of an earlier run; files that are not there are ``None``."""

    manifest: Path | None
    run_results: Path | None
    sources: Path | None


def earlier_artifacts(folder: Path) -> Earlier:
    """The artifacts in a folder. *Raises*: `ArtifactError` when there are none."""
    found = Earlier(
        _existing(folder, "manifest.json"),
        _existing(folder, "run_results.json"),
        _existing(folder, "sources.json", "freshness.json"),
    )
    if found.manifest is None and found.run_results is None and found.sources is None:
        looked = "manifest.json, run_results.json, sources.json"
        what = "is not a folder" if not folder.is_dir() else "has no artifacts of an earlier run"
        raise ArtifactError(
            f"the state folder '{folder}' {what}",
            ("looked", looked),
            ("hint", "name the folder with the artifacts of the last run, such as production's"),
        )
    return found


def selection_context(
    paths: ArtifactPaths, earlier: Earlier | None = None, indirect: Indirect = "eager"
) -> SelectionContext:
    """What selections of the project may look at. Files are read when a selection looks into them.

    A mapping raises `ArtifactError` then, when its file cannot be used.
    """
    selectors = LazyMapping(partial(_selectors, paths))
    if earlier is None:
        return SelectionContext(selectors=selectors, indirect=indirect)
    old, run, then, now = earlier.manifest, earlier.run_results, earlier.sources, paths.sources
    return SelectionContext(
        changed=LazyMapping(partial(changed_nodes, paths.manifest, old)) if old else None,
        results=LazyMapping(partial(_results, run)) if run else None,
        fresher=LazyMapping(partial(_fresher, now, then)) if now and then else None,
        selectors=selectors,
        indirect=indirect,
    )


def _results(path: Path) -> dict[str, str]:
    return {each.node: each.status for each in read_run_results(path).results}


def _fresher(now: Path, before: Path) -> dict[str, datetime]:
    """The sources that have newer rows, and when the newest came."""
    known = _loaded_at(read_source_results(before))
    found = _loaded_at(read_source_results(now))
    return {node: at for node, at in found.items() if node not in known or at > known[node]}


def _loaded_at(results: SourceResults) -> dict[str, datetime]:
    """When each source was last loaded; sources whose check failed are left out."""
    found = {}
    for each in results.results:
        if each.max_loaded_at:
            at = datetime.fromisoformat(each.max_loaded_at)
            found[each.node] = at if at.tzinfo else datetime.fromisoformat(f"{each.max_loaded_at}Z")
    return found


def _selectors(paths: ArtifactPaths) -> dict[str, Any]:
    """The named selectors: as dbt wrote them into the manifest, else from ``selectors.yml``.

    The manifests of dbt 2 leave out which setting a selection asks for, so there the file goes
    before, when it is at hand.
    """
    manifest = parse_object(read_bytes(paths.manifest, "manifest"), paths.manifest, "manifest")
    named = manifest.get("selectors")
    path = paths.project_dir / SELECTORS if paths.project_dir else None
    has_file = path is not None and path.is_file()
    version = str((manifest.get("metadata") or {}).get("dbt_version", ""))
    if isinstance(named, dict) and named and not (has_file and version.startswith("2.")):
        return {name: _definition(found) for name, found in named.items()}
    if path is None or not has_file:
        return {}
    document = read_yaml(path)
    listed = document.get("selectors") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise ArtifactError(f"the file '{path}' has no list under 'selectors'")
    return {
        str(each["name"]): each.get("definition")
        for each in listed
        if isinstance(each, dict) and "name" in each
    }


def _definition(found: Any) -> Any:
    return found.get("definition") if isinstance(found, dict) else found


def _existing(folder: Path, *names: str) -> Path | None:
    files = (folder / f"{name}{ending}" for name in names for ending in ("", ".gz"))
    return next((file for file in files if file.is_file()), None)
