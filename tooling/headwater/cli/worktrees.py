"""``--base``: the project as it was at a commit, compiled by the user's dbt in a worktree."""

from __future__ import annotations

import filecmp
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

from headwater.artifacts.paths import PROJECT_FILE, Wanted
from headwater.cli.compiling import SHOWN_LINES, compiled_project, project_folder
from headwater.cli.options import Inputs
from headwater.cli.output import say
from headwater.core.errors import ArtifactError, NotFound, did_you_mean, shown

#: Files that say which packages a project needs.
_PACKAGE_FILES = ("packages.yml", "dependencies.yml", "package-lock.yml")
_INSTALLED = ("dbt_packages", "dbt_modules")
_DEEPER = ("hint", "fetch more history: 'git fetch --unshallow', or fetch-depth: 0 in CI")


@contextmanager
def compiled_base(reference: str, inputs: Inputs, quiet: bool = False) -> Iterator[Wanted]:
    """Where the artifacts are of the commit at which this branch left ``reference``.

    *Raises*: `NotFound` for a reference that is not there, `ArtifactError` when git or dbt fail.
    """
    project = project_folder(Wanted(inputs.project_dir)).resolve()
    root = Path(_git(project, "rev-parse", "--show-toplevel").strip())
    commit = _merge_base(root, reference)
    inside = project.relative_to(root.resolve())
    if not quiet:
        say(f"base: {_git(root, 'log', '-1', '--format=%h %s', commit).strip()}")
    with _interruptible(), _worktree(root, commit) as tree:
        base = tree / inside
        if not (base / PROJECT_FILE).is_file():
            place = "" if str(inside) == "." else f" in '{inside.as_posix()}'"
            raise ArtifactError(
                f"the base has no {PROJECT_FILE}{place}",
                ("base", commit[:12]),
                ("hint", "name a commit in which the project is where it is now"),
            )
        _bring_packages(project, base, inputs.dbt, quiet)
        with compiled_project(
            inputs.dbt, Wanted(project_dir=base), quiet, environ=_environ(project)
        ) as wanted:
            yield replace(wanted, catalog=None)


# -- git -----------------------------------------------------------------------------------------


def _merge_base(root: Path, reference: str) -> str:
    """The commit at which HEAD left the reference."""
    if reference.startswith("-"):
        raise _unknown(root, reference)
    found = _try(root, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}")
    if found is None:
        raise _unknown(root, reference)
    if _try(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None:
        raise ArtifactError("the repository has no commit yet: there is no base")
    merged = _try(root, "merge-base", found.strip(), "HEAD")
    if merged is not None:
        return merged.strip()
    if _is_shallow(root):
        raise ArtifactError(
            f"the history fetched does not reach the commit where this branch left '{reference}'",
            ("has", "a shallow clone"),
            _DEEPER,
        )
    raise ArtifactError(
        f"'{reference}' and this branch have no commit in common",
        ("hint", "compare two manifests instead: lineage diff BASE HEAD"),
    )


def _unknown(root: Path, reference: str) -> NotFound:
    listed = _try(root, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes",
                  "refs/tags")  # fmt: skip
    known = [line for line in (listed or "").splitlines() if line]
    details = [("has", shown(known))] if known else []
    details += did_you_mean(reference, known)
    if _is_shallow(root):
        details.append(("has", "a shallow clone: not every branch was fetched"))
        details.append(("hint", f"run 'git fetch origin {reference}', or fetch-depth: 0 in CI"))
    return NotFound(f"no git reference '{reference}'", *details)


def _is_shallow(root: Path) -> bool:
    return (_try(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true"


@contextmanager
def _worktree(root: Path, commit: str) -> Iterator[Path]:
    """The commit's files in a temporary folder, gone afterwards whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="lineage-base-"))
    tree = folder / "base"
    try:
        # No hook runs: a hook of the user's may do anything when files are checked out.
        _git(root, "-c", f"core.hooksPath={os.devnull}", "worktree", "add", "--detach", "--force",
             str(tree), commit)  # fmt: skip
        yield tree.resolve()
    finally:
        _try(root, "worktree", "remove", "--force", str(tree))
        shutil.rmtree(folder, ignore_errors=True)
        _try(root, "worktree", "prune")


def _git(folder: Path, *words: str) -> str:
    """What git prints. *Raises*: `ArtifactError` with git's own words."""
    try:
        done = _run_git(folder, *words)
    except FileNotFoundError:
        raise ArtifactError(
            "no program 'git': --base needs it",
            ("hint", "install git, or compare two manifests: lineage diff BASE HEAD"),
        ) from None
    if done.returncode == 0:
        return done.stdout
    said = [line for line in done.stderr.splitlines() if line.strip()]
    if "not a git repository" in done.stderr:
        raise ArtifactError(
            f"'{folder}' is not in a git repository: --base needs one",
            ("hint", "compare with a folder of artifacts: --state DIR"),
        )
    raise ArtifactError(
        f"'git {' '.join(w for w in words if not w.startswith('-'))[:60]}' failed",
        *(("git", line.strip()) for line in said[-SHOWN_LINES:]),
    )


def _try(folder: Path, *words: str) -> str | None:
    with suppress(OSError):
        done = _run_git(folder, *words)
        if done.returncode == 0:
            return done.stdout
    return None


def _run_git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *words],
        cwd=folder,
        env={**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


# -- dbt -----------------------------------------------------------------------------------------


def _bring_packages(project: Path, base: Path, dbt: str, quiet: bool) -> None:
    """The packages the base needs: those installed here when they are the same, else ``dbt deps``.

    *Raises*: `ArtifactError` when they cannot be installed.
    """
    needed = [name for name in _PACKAGE_FILES if (base / name).is_file()]
    if not any(_names_packages(base / name) for name in needed):
        return
    for folder in _INSTALLED:
        installed = project / folder
        if installed.is_dir() and not (base / folder).exists() and _alike(project, base):
            (base / folder).symlink_to(installed.resolve(), target_is_directory=True)
            return
    if not quiet:
        say("the base needs other packages: running dbt deps in its worktree …")
    _install(dbt, base, _environ(project))


def _names_packages(path: Path) -> bool:
    text = path.read_text("utf-8", "replace")
    return any(word in text for word in ("package:", "git:", "local:", "tarball:", "private:"))


def _alike(project: Path, base: Path) -> bool:
    """Whether both sides name the same packages; a lock that only one has does not count."""
    for name in _PACKAGE_FILES:
        here, there = project / name, base / name
        if here.is_file() != there.is_file():
            if name != "package-lock.yml":
                return False
        elif here.is_file() and not filecmp.cmp(here, there, shallow=False):
            return False
    return True


def _install(dbt: str, base: Path, environ: dict[str, str]) -> None:
    found = shutil.which(dbt)
    if found is None:
        raise ArtifactError(
            f"no program '{dbt}' to compile with",
            ("hint", "activate the environment dbt is in, or name it with --dbt PROGRAM"),
        )
    done = subprocess.run(
        [os.path.abspath(found), "--no-use-colors", "deps", "--project-dir", str(base)],
        cwd=base,
        env={**os.environ, **environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise ArtifactError(
            "the packages of the base cannot be installed: 'dbt deps' failed",
            *(("dbt", line) for line in said[-SHOWN_LINES:]),
            ("hint", "compare with artifacts that were compiled before: --state DIR"),
        )


def _environ(project: Path) -> dict[str, str]:
    """Where dbt finds the profiles of the project: a file that git may not know."""
    named = os.environ.get("DBT_PROFILES_DIR")
    if named:
        return {"DBT_PROFILES_DIR": os.path.abspath(named)}
    if (project / "profiles.yml").is_file():
        return {"DBT_PROFILES_DIR": str(project)}
    return {}


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let a signal to end the program clean up first, as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    numbers = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = [(number, signal.signal(number, leave)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
