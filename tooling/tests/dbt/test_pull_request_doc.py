"""The recipes of docs/05: their scripts, run in a git repository with a dbt project.

Programs that would reach out (pip, gh, curl) are stand-ins that write down how they were called.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from headwater.questions.policy_parse import parse_policy

REPO = Path(__file__).resolve().parents[3]
DOCUMENT = REPO / "docs" / "05-in-a-pull-request.md"
MARKER = "<!-- lineage:check -->"
PROJECT = {
    "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\nmodel-paths: [models]\n",
    "profiles.yml": "shop: {target: dev, outputs: {dev: {type: duckdb, path: ':memory:'}}}\n",
    "models/stg_orders.sql": "select 1 as id, 10 as amount, 'paid' as status\n",
    "models/daily.sql": "select sum(amount) as revenue from {{ ref('stg_orders') }}\n",
    "models/exposures.yml": (
        "version: 2\nexposures:\n  - {name: board, type: dashboard, owner: {name: Ann},\n"
        "     depends_on: [\"ref('daily')\"]}\n"
    ),
    ".gitignore": "target/\nlogs/\ndbt_packages/\n.user.yml\n",
}
#: The real dbt, asked once for the same models: its manifest is kept for the next run.
DBT = """\
import hashlib, os, pathlib, shutil, subprocess, sys
words = sys.argv[1:]
def after(option, default):
    return pathlib.Path(words[words.index(option) + 1] if option in words else default)
project = after("--project-dir", ".")
files = sorted((project / "models").glob("*"))
key = hashlib.sha1(b"".join(f.name.encode() + f.read_bytes() for f in files)).hexdigest()
kept = pathlib.Path(os.environ["DBT_KEPT"]) / f"{key}.json"
target = project / after("--target-path", "target")
if "compile" in words and kept.exists():
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(kept, target / "manifest.json")
    sys.exit()
code = subprocess.run([os.environ["DBT_REAL"], *words]).returncode
if "compile" in words and code == 0:
    shutil.copy(target / "manifest.json", kept)
sys.exit(code)
"""
STAND_IN = '#!/bin/sh\nprintf "%s\\n" "$0 $*" >> "$CALLS"\n'


def block(kind: str) -> str:
    """The fenced block behind the comment ``<!-- kind -->``."""
    found = re.search(rf"<!-- {re.escape(kind)} -->\n```\w+\n(.*?)```", DOCUMENT.read_text(), re.S)
    assert found, kind
    return found[1]


class Repository:
    """A repository whose branch ``edit`` began at ``main``."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.kept = kept
        self.folder = folder / "repository"
        self.calls = folder / "calls.txt"
        self.bin = folder / "bin"
        for place in (self.folder, self.bin):
            place.mkdir()
        lineage = f"import sys; sys.path.insert(0, {str(REPO / 'tooling')!r})\n"
        lineage += "from headwater.cli import app\napp()\n"
        self._program(
            "lineage", f'#!/bin/sh\nexec "{sys.executable}" "{self.bin}/lineage.py" "$@"\n'
        )
        (self.bin / "lineage.py").write_text(lineage)
        (self.bin / "dbt.py").write_text(DBT)
        self._program("dbt", f'#!/bin/sh\nexec "{sys.executable}" "{self.bin}/dbt.py" "$@"\n')
        self._program("python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        for name in ("pip", "gh"):
            self._program(name, STAND_IN)
        self._program("curl", STAND_IN + 'case $* in *per_page*) echo "${NOTES:-[]}" ;; esac\n')
        self.write(PROJECT)
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "base")
        self.git("clone", "--quiet", "--bare", ".", str(folder / "origin.git"))
        self.git("remote", "add", "origin", str(folder / "origin.git"))
        self.git("fetch", "--quiet", "origin")
        self.git("switch", "--quiet", "--create", "edit")

    def _program(self, name: str, text: str) -> None:
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def environment(self) -> dict[str, str]:
        names = ("GIT_AUTHOR", "GIT_COMMITTER")
        who = {f"{name}_{what}": "a@example.org" for name in names for what in ("NAME", "EMAIL")}
        programs = [str(self.bin), str(Path(sys.executable).parent), os.environ["PATH"]]
        return {
            **os.environ,
            **who,
            "PATH": os.pathsep.join(programs),
            "CALLS": str(self.calls),
            "DBT_KEPT": str(self.kept),
            "DBT_REAL": str(Path(sys.executable).parent / "dbt"),
            "HEADWATER_CACHE_DIR": str(self.folder.parent / "cache"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        }

    def git(self, *words: str) -> str:
        return self._checked(["git", *words])

    def _checked(self, words: list[str]) -> str:
        done = subprocess.run(
            words,
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def script(self, text: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a text as CI does: one shell, which stops at the first error."""
        return subprocess.run(
            ["sh", "-e", "-c", text, "sh", *words],
            cwd=self.folder,
            env=self.environment() | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def commit(self, files: Mapping[str, str]) -> None:
        self.write(files)
        self.git("commit", "--quiet", "--all", "--message", "edit")

    def called(self) -> list[str]:
        text = self.calls.read_text() if self.calls.exists() else ""
        return [line.rpartition("/bin/")[2] for line in text.splitlines()]

    def comment(self) -> str:
        return (self.folder / "comment.md").read_text()


BREAKING = {"models/stg_orders.sql": "select 1 as id, 10 as total, 'paid' as status\n"}
VALUE = {"models/stg_orders.sql": "select 1 as id, 11 as amount, 'paid' as status\n"}
HARMLESS = {"models/stg_orders.sql": "-- orders\nselect 1 as id, 10 as amount, 'paid' as status\n"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("manifests")


@pytest.fixture
def repository(tmp_path: Path, kept: Path) -> Repository:
    return Repository(tmp_path, kept)


def unchanged(repository: Repository) -> None:
    """The user's checkout is as it was, but for what was written on purpose."""
    status = repository.git("status", "--short").splitlines()
    written = {"?? comment.md", "?? lineage.json", "?? lineage.sarif", "?? lineage.xml"}
    assert set(status) <= written | {"?? notes.json"}
    assert repository.git("worktree", "list").count("\n") == 1
    assert repository.git("branch", "--show-current").strip() == "edit"


def github_steps() -> dict[str, str]:
    workflow: dict[str, Any] = yaml.safe_load(block("recipe: github"))
    steps = workflow["jobs"]["check"]["steps"]
    return {step["name"]: step["run"] for step in steps if "run" in step}


def test_github(repository: Repository) -> None:
    steps = github_steps()
    assert list(steps) == ["Install", "Check", "Comment"]
    repository.commit(BREAKING)
    variables = {"GITHUB_BASE_REF": "main", "GITHUB_REPOSITORY": "o/r", "PR": "7"}
    codes = [repository.script(steps[name], **variables).returncode for name in steps]
    assert codes == [0, 1, 0]
    assert repository.comment().startswith(
        f"{MARKER}\n\n### ❌ Check of the change: 1 thing breaks"
    )
    assert "board" in repository.comment()
    assert (repository.folder / "lineage.sarif").read_text().count('"ruleId"') > 2
    assert [call.split()[0] for call in repository.called()] == ["pip", "gh", "gh"]
    assert repository.called()[-1] == "gh api repos/o/r/issues/7/comments -F body=@comment.md"
    unchanged(repository)


def test_github_comments_once(repository: Repository) -> None:
    (repository.folder / "comment.md").write_text(MARKER)
    repository._program("gh", STAND_IN + "case $* in *--jq*) echo 42; echo 43 ;; esac\n")
    done = repository.script(github_steps()["Comment"], GITHUB_REPOSITORY="o/r", PR="7")
    assert done.returncode == 0
    patch = "gh api --method PATCH repos/o/r/issues/comments/42 -F body=@comment.md"
    assert repository.called()[-1] == patch


def gitlab_scripts() -> tuple[str, str]:
    job: dict[str, Any] = yaml.safe_load(block("recipe: gitlab"))["lineage"]
    return "\n".join(job["script"]), "\n".join(job["after_script"])


@pytest.mark.parametrize(
    ("notes", "call"),
    [("[]", "--request POST"), ('[{"id": 5, "body": "x"}, {"id": 6, "body": "%s y"}]', "/notes/6")],
)
def test_gitlab(notes: str, call: str, repository: Repository) -> None:
    script, after = gitlab_scripts()
    repository.commit(BREAKING)
    variables = {
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_API_V4_URL": "https://gitlab.example.org/api/v4",
        "CI_PROJECT_ID": "3",
        "CI_MERGE_REQUEST_IID": "7",
        "LINEAGE_TOKEN": "t",
        "NOTES": notes % MARKER if "%s" in notes else notes,
    }
    checked = repository.script(script, **variables)
    assert checked.returncode == 1, checked.stderr
    commented = repository.script(after, **variables)
    assert commented.returncode == 0, commented.stderr
    assert 'failures="' in (repository.folder / "lineage.xml").read_text()
    assert call in repository.called()[-1]
    assert "--data-urlencode body@comment.md" in repository.called()[-1]
    unchanged(repository)


@pytest.mark.parametrize(("files", "code"), [(BREAKING, 1), (VALUE, 0)])
def test_pre_commit(files: Mapping[str, str], code: int, repository: Repository) -> None:
    hook = yaml.safe_load(block("recipe: pre-commit"))["repos"][0]["hooks"][0]
    repository.commit(files)
    done = repository.script(hook["entry"])
    assert done.returncode == code, done.stderr
    assert done.stdout.startswith("Check of the change\n")
    assert all(re.search(hook["files"], name) for name in files)
    unchanged(repository)


@pytest.mark.parametrize(
    ("files", "code", "said"),
    [
        (BREAKING, 1, "lineage: look at comment.md"),
        (VALUE, 0, "lineage: nothing to worry about"),
        (HARMLESS, 0, "lineage: nothing to worry about"),
    ],
)
def test_shell(
    files: Mapping[str, str], code: int, said: str, repository: Repository, tmp_path: Path
) -> None:
    state = tmp_path / "production"
    repository.script(f"dbt --quiet compile --target-path {shlex.quote(str(state))}")
    repository.commit(files)
    (repository.folder / "lineage.sh").write_text(block("recipe: shell"))
    done = repository.script(f"sh lineage.sh {shlex.quote(str(state))}")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (code, said), done.stderr


def test_shell_without_a_state(repository: Repository) -> None:
    (repository.folder / "lineage.sh").write_text(block("recipe: shell"))
    assert repository.script("sh lineage.sh gone").stdout == "lineage: could not answer\n"
    assert repository.script("sh lineage.sh").returncode == 2


def test_a_head_that_was_compiled_before_the_edit(repository: Repository) -> None:
    """Without --compile the gate would pass over an edit that nobody compiled: the comment says so."""
    repository.script("dbt --quiet compile")
    repository.commit(BREAKING)
    done = repository.script("lineage check --base main --out comment.md")
    assert "1 file was edited after the manifest was written" in done.stderr
    assert "1 file was edited after the manifest was written" in repository.comment()
    assert repository.script("lineage check --base main --strict").returncode == 3


def test_the_policy_shown_is_one() -> None:
    policy = parse_policy(yaml.safe_load(block("policy")), "lineage.yml")
    assert len(policy.severities) == 5
    assert len(policy.requirements) == 4
    assert policy.waivers[0].author == "Ann"


def test_the_baseline_shown_works(repository: Repository) -> None:
    words = re.search(r"\$ (lineage check --write-baseline .*)", DOCUMENT.read_text())
    assert words
    repository.write({"lineage.yml": "require: [{what: description, of: node}]\n"})
    repository.script("dbt --quiet compile")
    assert repository.script("lineage check").returncode == 1
    assert repository.script(words[1]).returncode == 0
    assert repository.script("lineage check --baseline lineage-baseline.json").returncode == 0
