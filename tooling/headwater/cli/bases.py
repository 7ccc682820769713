"""The base of a comparison: a folder of artifacts, a manifest, or a commit that is compiled first.

``--base`` works in a temporary worktree outside of the repository; files of the working tree, the
index and the branches stay as they are.
"""

# ruff: noqa: PLC0415 - `--help` imports this too

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from headwater.cli.options import Inputs, option
from headwater.core.errors import ArtifactError, UsageError, shown

if TYPE_CHECKING:
    from headwater.artifacts.paths import ArtifactPaths
    from headwater.pipeline import Loaded

BASE = "Base"


# fmt: off
@dataclass(frozen=True, slots=True)
class Bases:
    """What the project is compared with."""

    state: Annotated[Path | None, option(
        "Folder of the base's artifacts, as dbt's --state [default: DBT_STATE].",
        "--state", metavar="DIR", section=BASE)] = None
    base: Annotated[str | None, option(
        "Compile the commit where this branch left GITREF, in a temporary worktree.",
        "--base", metavar="GITREF", section=BASE)] = None
    force: Annotated[bool, option(
        "Compare though the two are of different projects, or not compiled.",
        "--force", section=BASE)] = False
# fmt: on

    def given(self) -> Path | None:
        """The folder of artifacts, named or from the environment. *Raises*: `UsageError`."""
        if self.state is not None and self.base is not None:
            raise UsageError(
                "--state and --base both name a base", ("hint", "leave one of them out")
            )
        if self.state is None and self.base is None and os.environ.get("DBT_STATE"):
            return Path(os.environ["DBT_STATE"])
        return self.state


@contextmanager
def base_artifacts(
    bases: Bases, inputs: Inputs, quiet: bool = False
) -> Iterator[ArtifactPaths | None]:
    """Where the base's artifacts are, as long as the context lives; ``None``: no base was named.

    *Raises*: `ArtifactError`, `UsageError`, `NotFound` for a git reference.
    """
    state = bases.given()
    if state is not None:
        yield _state(state)
    elif bases.base is not None:
        from headwater.artifacts.paths import find_artifacts
        from headwater.cli.worktrees import compiled_base

        with compiled_base(bases.base, inputs, quiet) as wanted:
            yield find_artifacts(wanted)
    else:
        yield None


def artifacts_at(path: Path) -> ArtifactPaths:
    """The artifacts of a manifest, or of a folder that holds one. *Raises*: `ArtifactError`."""
    from headwater.artifacts.paths import Wanted, find_artifacts

    return find_artifacts(Wanted(manifest=path))


def load_base(paths: ArtifactPaths, inputs: Inputs, bases: Bases) -> Loaded:
    """The base, understood. *Raises*: `ArtifactError`."""
    from headwater.pipeline import LoadOptions, load

    keep = bases.base is None
    return load(paths, LoadOptions(use_cache=not inputs.no_cache, keep_state=keep))


def check_compiled(base: Loaded, head: Loaded, bases: Bases) -> None:
    """*Raises*: `ArtifactError` when nothing of a side is compiled, unless ``--force`` is given."""
    for side, loaded in (("base", base), ("head", head)):
        if not bases.force and _is_blind(loaded):
            raise ArtifactError(
                f"no model of the {side} has compiled SQL: what the change does cannot be told",
                ("hint", "run 'dbt compile' for it (--compile does for the head), or add --force"),
            )


def outdated(head: Loaded, inputs: Inputs, bases: Bases) -> str:
    """What to say when files were edited after the head was compiled; "" when none were.

    Looked at only where a commit is compiled for the base: there a forgotten ``--compile`` would
    compare it with yesterday's files.
    """
    root = head.project.root
    if bases.base is None or inputs.compile or not root:
        return ""
    edited = [
        node.path
        for node in head.project.nodes.values()
        if node.kind == "model" and node.raw_sql and node.package == head.project.name
        if (text := _text(Path(root) / node.path)) is not None
        if text.split() != node.raw_sql.split()
    ]
    if not edited:
        return ""
    return (
        f"{len(edited)} {'file was' if len(edited) == 1 else 'files were'} edited after the "
        f"manifest was written ({shown(edited, 3)}): run 'dbt compile', or add --compile"
    )


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return None


def _is_blind(loaded: Loaded) -> bool:
    """Whether there is SQL to compile and none of it is."""
    nodes = loaded.project.nodes.values()
    has_sql = any(node.kind == "model" and node.language == "sql" for node in nodes)
    return has_sql and not loaded.project.is_compiled


def _state(folder: Path) -> ArtifactPaths:
    hint = ("hint", "name the folder that holds the manifest.json of the state to compare with")
    if not folder.exists():
        raise ArtifactError(f"no state folder '{folder}'", hint)
    if folder.is_dir() and not any(
        (folder / name).exists() for name in ("manifest.json", "manifest.json.gz")
    ):
        raise ArtifactError(f"no manifest in the state folder '{folder}'", hint)
    return artifacts_at(folder)
