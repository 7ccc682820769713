"""What the commands that compare share: the two sides as they are named, and the gates."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli.bases import Bases, artifacts_at, base_artifacts
from headwater.cli.load import artifacts
from headwater.cli.options import Inputs
from headwater.core.errors import NotFound, UsageError, did_you_mean, shown

if TYPE_CHECKING:
    from headwater.artifacts.paths import ArtifactPaths

GATES = ("none", "breaking", "unknown", "rows", "value", "exposures", "any")


def gate_named(text: str) -> str:
    """One of `GATES`, or an error that lists them."""
    if text in GATES:
        return text
    raise NotFound(
        f"no gate '{text}'", ("has", shown(GATES, len(GATES))), *did_you_mean(text, GATES)
    )


Manifests = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[BASE [HEAD]]",
        help="Manifests, or folders that hold one.",
        show_default=False,
    ),
]


def sides(
    stack: ExitStack, asked: tuple[Bases, Inputs, bool], manifests: list[Path]
) -> tuple[ArtifactPaths, ArtifactPaths]:
    """The artifacts of base and head. *Raises*: `UsageError`, `ArtifactError`, `NotFound`."""
    bases, inputs, quiet = asked
    if len(manifests) > 2:
        raise UsageError(f"a comparison has two sides, and {len(manifests)} are named")
    if manifests and (bases.state is not None or bases.base is not None):
        option_name = "--state" if bases.state is not None else "--base"
        raise UsageError(
            f"'{manifests[0]}' and {option_name} both name a base",
            ("hint", "leave one of them out"),
        )
    if len(manifests) == 2 and (inputs.manifest is not None or inputs.compile):
        option_name = "--manifest" if inputs.manifest is not None else "--compile"
        raise UsageError(f"'{manifests[1]}' and {option_name} both name a head")
    if manifests:
        base: ArtifactPaths | None = artifacts_at(manifests[0])
    else:
        base = stack.enter_context(base_artifacts(bases, inputs, quiet))
    if base is None:
        raise UsageError(
            "no base to compare with",
            ("hint", "name artifacts with --state DIR, a commit with --base GITREF, or manifests"),
        )
    if len(manifests) == 2:
        return base, artifacts_at(manifests[1])
    return base, stack.enter_context(artifacts(inputs, quiet))
