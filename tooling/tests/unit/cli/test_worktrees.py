"""``--base GITREF``: git for real, a stand-in for dbt."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from headwater.cli.options import Inputs
from headwater.cli.worktrees import compiled_base
from headwater.core.errors import ArtifactError, HeadwaterError, NotFound

#: Writes what it sees of the project as the manifest, and what it was called with.
DBT = """\
words="$*"
while [ $# -gt 0 ]; do
  case $1 in
    --target-path) target=$2;;
    --project-dir) project=$2;;
  esac
  shift
done
echo "$words profiles=$DBT_PROFILES_DIR" >> LOG
case "$words" in
  *" deps "*) if [ -f "$project/broken" ]; then echo "no such package"; exit 2; fi; exit 0;;
esac
if [ -n "$target" ]; then cat "$project/model.sql" > "$target/manifest.json"; fi
"""


class Repository:
    """A repository whose project lies in a folder of it, with two branches."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = root / "repo" / "dbt"
        self.project.mkdir(parents=True)
        self.temporary = root / "tmp"
        self.temporary.mkdir()
        self.log = root / "log"
        self.dbt = root / "a-dbt"
        self.dbt.write_text("#!/bin/sh\n" + DBT.replace("LOG", str(self.log)))
        self.dbt.chmod(0o755)
        self.git("init", "-q", "-b", "main", "..")
        (self.project / "dbt_project.yml").write_text("name: shop\n")
        self.commit("one", "first")
        self.git("checkout", "-q", "-b", "feature")
        self.commit("two", "second")
        self.git("checkout", "-q", "main")
        self.commit("three", "later")
        self.git("checkout", "-q", "feature")

    def git(self, *words: str, cwd: Path | None = None) -> str:
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        done = subprocess.run(
            ["git", *who, *words],
            cwd=cwd or self.project,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def commit(self, sql: str, message: str) -> None:
        (self.project / "model.sql").write_text(sql)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def state(self) -> tuple[str, str, str, str]:
        """Everything that must stay as it was."""
        return (
            self.git("status", "--porcelain=v1"),
            self.git("worktree", "list"),
            self.git("for-each-ref"),
            self.git("stash", "list"),
        )

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def base(self, reference: str) -> str:
        """What dbt saw of the project at the base."""
        with compiled_base(reference, Inputs(project_dir=self.project, dbt=str(self.dbt))) as found:
            assert found.target_path is not None
            return (found.target_path / "manifest.json").read_text()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.delenv("DBT_PROFILES_DIR", raising=False)
    made = Repository(tmp_path.resolve())
    monkeypatch.setattr("tempfile.tempdir", str(made.temporary))
    yield made
    assert list(made.temporary.iterdir()) == []
    assert len(made.git("worktree", "list").splitlines()) == 1


def test_the_base_is_where_the_branch_left(repository: Repository) -> None:
    assert repository.base("main") == "one"
    assert repository.base("HEAD") == "two"
    assert repository.base(repository.git("rev-parse", "main").strip()) == "one"


def test_a_dirty_tree_stays_dirty_and_is_no_part_of_the_base(repository: Repository) -> None:
    (repository.project / "model.sql").write_text("four")
    (repository.project / "new.sql").write_text("new")
    before = repository.state()
    assert repository.base("main") == "one"
    assert repository.base("HEAD") == "two"
    assert repository.state() == before
    assert (repository.project / "model.sql").read_text() == "four"


def test_no_hook_runs(repository: Repository) -> None:
    hook = repository.root / "repo" / ".git" / "hooks" / "post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {repository.root}/hooked\n")
    hook.chmod(0o755)
    repository.base("main")
    assert not (repository.root / "hooked").exists()


def test_profiles_that_git_does_not_know(repository: Repository) -> None:
    (repository.project / "profiles.yml").write_text("shop: {}\n")
    repository.base("main")
    assert repository.calls()[-1].endswith(f"profiles={repository.project}")


def test_installed_packages_are_used_when_they_are_the_same(repository: Repository) -> None:
    (repository.project / "packages.yml").write_text("packages:\n  - package: a/b\n")
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "packages")
    (repository.project / "dbt_packages" / "b").mkdir(parents=True)
    repository.base("HEAD")
    assert not any(" deps " in call for call in repository.calls())
    assert (repository.project / "dbt_packages" / "b").is_dir()


def test_other_packages_are_installed_in_the_worktree(repository: Repository) -> None:
    (repository.project / "packages.yml").write_text("packages:\n  - package: a/b\n")
    repository.commit("five", "packages")
    (repository.project / "packages.yml").write_text("packages:\n  - package: a/c\n")
    (repository.project / "dbt_packages").mkdir()
    repository.base("HEAD")
    first = repository.calls()[0]
    assert " deps " in first
    assert str(repository.project) not in first


def test_packages_that_cannot_be_installed(repository: Repository) -> None:
    (repository.project / "packages.yml").write_text("packages:\n  - package: a/b\n")
    (repository.project / "broken").write_text("")
    repository.commit("five", "packages")
    assert said(repository, "HEAD") == (
        "the packages of the base cannot be installed: 'dbt deps' failed\n"
        "  dbt: no such package\n"
        "  hint: compare with artifacts that were compiled before: --state DIR"
    )


def said(repository: Repository, reference: str, kind: type[HeadwaterError] = ArtifactError) -> str:
    with pytest.raises(kind) as failed:
        repository.base(reference)
    return str(failed.value).replace(str(repository.root), "<root>")


def test_a_reference_that_is_not_there(repository: Repository) -> None:
    assert said(repository, "mian", NotFound) == (
        "no git reference 'mian'\n  has: feature, main\n  hint: did you mean 'main'?"
    )
    assert said(repository, "--upload-pack=x", NotFound).startswith("no git reference '--upload")


def test_a_project_that_was_elsewhere(repository: Repository) -> None:
    repository.git("mv", "dbt", "moved", cwd=repository.project.parent)
    repository.project = repository.project.parent / "moved"
    repository.git("commit", "-q", "-m", "moved")
    assert said(repository, "main").startswith("the base has no dbt_project.yml in 'moved'\n")


def test_histories_without_a_common_commit(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "alone")
    repository.git("commit", "-q", "-m", "alone")
    try:
        assert said(repository, "main") == (
            "'main' and this branch have no commit in common\n"
            "  hint: compare two manifests instead: lineage diff BASE HEAD"
        )
    finally:
        repository.git("checkout", "-q", "feature")
        repository.git("branch", "-q", "-D", "alone")


def test_a_shallow_clone(repository: Repository) -> None:
    origin = f"file://{repository.project.parent}"
    clone = repository.root / "clone"
    repository.git("clone", "-q", "--depth", "1", "--branch", "feature", origin, str(clone))
    repository.git("fetch", "-q", "--depth", "1", "origin", "main:main", cwd=clone)
    repository.project = clone / "dbt"
    shallow = said(repository, "main")
    unfetched = said(repository, "elsewhere", NotFound)
    repository.project = repository.root / "repo" / "dbt"
    assert shallow == (
        "the history fetched does not reach the commit where this branch left 'main'\n"
        "  has: a shallow clone\n"
        "  hint: fetch more history: 'git fetch --unshallow', or fetch-depth: 0 in CI"
    )
    assert "a shallow clone: not every branch was fetched" in unfetched


def test_not_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "dbt_project.yml").write_text("name: shop\n")
    with (
        pytest.raises(ArtifactError) as failed,
        compiled_base("main", Inputs(project_dir=tmp_path)),
    ):
        pass
    assert str(failed.value).replace(str(tmp_path.resolve()), "<here>") == (
        "'<here>' is not in a git repository: --base needs one\n"
        "  hint: compare with a folder of artifacts: --state DIR"
    )


def test_a_dbt_that_is_not_there(repository: Repository) -> None:
    repository.dbt = Path("no-such-dbt")
    assert said(repository, "main").startswith("no program 'no-such-dbt' to compile with\n")


def test_a_dbt_that_fails(repository: Repository) -> None:
    repository.dbt.write_text("#!/bin/sh\necho Compilation Error; exit 2\n")
    assert said(repository, "main") == (
        "'dbt compile' failed with exit code 2\n  dbt: Compilation Error"
    )


def test_interrupted_in_the_middle(repository: Repository) -> None:
    inputs = Inputs(project_dir=repository.project, dbt=str(repository.dbt))
    with pytest.raises(KeyboardInterrupt), compiled_base("main", inputs):
        raise KeyboardInterrupt


PROGRAM = """
import sys, tempfile
tempfile.tempdir = sys.argv.pop()
from headwater.cli import app
app(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="this system has no SIGTERM to clean up after")
def test_ended_by_a_signal(repository: Repository) -> None:
    repository.dbt.write_text("#!/bin/sh\nkill -TERM $PPID\nsleep 20\n")
    words = ["diff", "--base", "main", "--dbt", str(repository.dbt), str(repository.temporary)]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=repository.project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 143
