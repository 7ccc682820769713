"""The house rules that no other tool knows. `make check` runs them; each is one small function.

A rule takes the repository's root and yields one line per finding, `path: what is wrong`.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
PURE_ROOMS = ("core", "sql", "graph", "questions")
IMPURE_CALLS = {"open", "print", "input", "now", "today", "utcnow", "time", "monotonic", "getenv",
                "perf_counter", "read_text", "write_text", "read_bytes", "write_bytes", "iterdir",
                "glob", "rglob", "mkdir", "unlink"}  # fmt: skip
MACRO = re.compile(r"{%-?\s*(macro|test|materialization)\s+(\w+)")
#: Types of macro arguments that every dbt from 1.12 knows: simple ones, and `list[…]`, `dict[…]`.
ARGUMENT_TYPE = re.compile(r"(?m)^ +type: (.*)$")
KNOWN_TYPES = {"string", "str", "boolean", "bool", "integer", "int", "float", "any", "relation",
               "column", "list", "dict", "optional"}  # fmt: skip
# Spelled in pieces, or this file would be its own finding.
MACHINE_PATHS = re.compile(r"(?<![\w.{}])/(?:ro" r"ot|ho" r"me|Us" r"ers|wo" r"rk|tmp/w)/")
LEFTOVERS = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error)\b")
ADDRESSES = re.compile(r"://|^\s*-(?:i|f|-\w*index\S*|-find-links)\b|\s@\s", re.MULTILINE)


def macro_pairs(repo: Path) -> Iterator[str]:
    """Every public macro stands in `macros/<theme>/<macro>.sql` and is documented beside it."""
    for sql in _files(repo, "macros", "*.sql"):
        where = sql.relative_to(repo).as_posix()
        private, test = (sql.parent.name == room for room in ("_internal", "generic_tests"))
        names = [name for _, name in MACRO.findall(sql.read_text()) if "__" not in name]
        expected = sql.stem.removeprefix("test_") if test else sql.stem
        if len(sql.relative_to(repo / "macros").parts) != 2:
            yield f"{where}: a macro stands in macros/<theme>/"
        if names != [expected]:
            yield f"{where}: defines {names}, and its name says '{expected}'"
        if private != sql.stem.startswith("_"):
            yield f"{where}: private macros, and only they, stand in _internal/ and begin with '_'"
        if not private and not sql.with_suffix(".yml").exists():
            yield f"{where}: no {sql.stem}.yml beside it"
    for yml in _files(repo, "macros", "*.yml"):
        if not yml.with_suffix(".sql").exists():
            yield f"{yml.relative_to(repo).as_posix()}: no {yml.stem}.sql beside it"


def argument_types(repo: Path) -> Iterator[str]:
    """Types of arguments are those that dbt knows: dbt 2 warns of others."""
    for yml in _files(repo, "macros", "*.yml"):
        for written in ARGUMENT_TYPE.findall(yml.read_text()):
            for word in sorted(set(re.findall(r"\w+", written)) - KNOWN_TYPES):
                yield f"{yml.relative_to(repo).as_posix()}: dbt knows no type '{word}' of arguments"


def adapters_in_cross_db(repo: Path) -> Iterator[str]:
    """Bodies for one adapter stand in `macros/cross_db/` only."""
    for sql in _files(repo, "macros", "*.sql"):
        for _, name in MACRO.findall(sql.read_text()):
            adapter = name.partition("__")[0] if "__" in name.lstrip("_") else "default"
            if adapter != "default" and sql.parent.name != "cross_db":
                yield f"{sql.relative_to(repo).as_posix()}: '{name}' belongs in macros/cross_db/"


def tests_sql_only(repo: Path) -> Iterator[str]:
    """`tests/` is parsed in the consumer's project too: nothing but SQL may stand there."""
    for path in _files(repo, "tests", "*"):
        if path.suffix != ".sql":
            yield f"{path.relative_to(repo).as_posix()}: only .sql may stand in tests/"


def one_version(repo: Path) -> Iterator[str]:
    """The Python distribution and the dbt package carry one version number."""
    version = _find(repo / "tooling/headwater/_version.py", r'__version__ = "(.+)"')
    package = _find(repo / "dbt_project.yml", r"""(?m)^version: ["']?([^"'\s]+)""")
    if version != package:
        yield f"dbt_project.yml: version {package}, and the Python package is {version}"
    if not re.search(rf"(?m)^## \[{re.escape(version)}\]", (repo / "CHANGELOG.md").read_text()):
        yield f"CHANGELOG.md: no heading for {version}"


def locks_without_addresses(repo: Path) -> Iterator[str]:
    """Locks name packages, versions and hashes, and no registry."""
    for lock in sorted((repo / "requirements").glob("*.txt")):
        text = lock.read_text()
        where = lock.relative_to(repo).as_posix()
        for match in ADDRESSES.finditer(text):
            yield f"{where}:{text.count(chr(10), 0, match.start()) + 1}: an address"
        for line in re.findall(r"(?m)^[a-z0-9].*[^\\\n]$", text):
            yield f"{where}: no hash for '{line}'"


def no_machine_paths(repo: Path) -> Iterator[str]:
    """Nothing names a folder of the machine it was written on."""
    yield from _matches(repo, MACHINE_PATHS, "a path of somebody's machine")


def nothing_left_over(repo: Path) -> Iterator[str]:
    """Nothing is left for later in silence."""
    yield from _matches(repo, LEFTOVERS, "unfinished")


def pure_rooms(repo: Path) -> Iterator[str]:
    """`core`, `sql`, `graph` and `questions` do no input or output and read no clock."""
    for room in PURE_ROOMS:
        for path in _files(repo, f"tooling/headwater/{room}", "*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and _name(node.func) in IMPURE_CALLS:
                    where = f"{path.relative_to(repo).as_posix()}:{node.lineno}"
                    yield f"{where}: '{_name(node.func)}' in a room without I/O or clock"


RULES: tuple[Callable[[Path], Iterator[str]], ...] = (
    macro_pairs,
    argument_types,
    adapters_in_cross_db,
    tests_sql_only,
    one_version,
    locks_without_addresses,
    no_machine_paths,
    nothing_left_over,
    pure_rooms,
)


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _files(repo: Path, folder: str, pattern: str) -> list[Path]:
    found = (repo / folder).rglob(pattern)
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def _find(path: Path, pattern: str) -> str:
    match = re.search(pattern, path.read_text())
    return match.group(1) if match else "none"


def _matches(repo: Path, pattern: re.Pattern[str], what: str) -> Iterator[str]:
    """Over the files git knows, since anything else is not part of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repo, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in sorted(filter(None, listed.stdout.split("\0"))):
        try:
            lines = (repo / name).read_text().splitlines()
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        for number, line in enumerate(lines, 1):
            if found := pattern.search(line):
                yield f"{name}:{number}: {what}: '{found.group()}'"


def main() -> int:
    """0, or 1 with one line per finding."""
    findings = list(chain.from_iterable(rule(REPO) for rule in RULES))
    print(*findings, sep="\n", file=sys.stderr, end="\n" if findings else "")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
