"""`Inputs` -> `Loaded`: the one way for commands to get at a project."""

from __future__ import annotations

from dataclasses import replace

from headwater.artifacts.paths import ArtifactPaths, Wanted, find_artifacts
from headwater.cli.compiling import compile_project
from headwater.cli.options import Inputs
from headwater.pipeline import Loaded, LoadOptions, load

NOT_COMPILED = (
    "no model has compiled SQL, so columns cannot be followed: run 'dbt compile', or add --compile"
)


def load_project(inputs: Inputs) -> Loaded:
    """The project behind the artifacts that ``inputs`` names, understood.

    *Raises*: `ArtifactError` when they cannot be used.
    """
    loaded = load(artifact_paths(inputs), LoadOptions(use_cache=inputs.cache))
    if loaded.project.is_compiled or not any(
        node.kind == "model" for node in loaded.project.nodes.values()
    ):
        return loaded
    return replace(loaded, warnings=(NOT_COMPILED, *loaded.warnings))


def artifact_paths(inputs: Inputs) -> ArtifactPaths:
    """Where the artifacts are; with ``--compile`` they are made first."""
    wanted = Wanted(inputs.project_dir, inputs.target_path, inputs.manifest, inputs.catalog)
    if inputs.compile:
        wanted = compile_project(inputs.dbt, wanted)
    return find_artifacts(wanted)
