"""Where a project's policy stands: ``lineage.yml``, or ``[tool.lineage]`` in ``pyproject.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from headwater.artifacts.yaml_text import read_yaml
from headwater.core.errors import ArtifactError, PolicyError

NAMES = ("lineage.yml", "lineage.yaml")
PYPROJECT = "pyproject.toml"


class PolicyText(NamedTuple):
    """The content of a policy, as plain values, and the file it stands in."""

    content: Any
    path: Path


def find_policy(folder: Path | None, named: Path | None = None) -> PolicyText | None:
    """The policy that was named, or the one in a project's folder; ``None`` when it has none.

    A ``pyproject.toml`` also counts in the folders above, up to the first one that there is: a dbt
    project often lies inside of a repository.

    *Raises*: `PolicyError`, also when there are two.
    """
    if named is not None:
        return _read(named)
    if folder is None:
        return None
    folder = folder.absolute()
    files = [folder / name for name in NAMES if (folder / name).is_file()]
    found = [text for text in map(_read, files) if text is not None]
    pyproject = next(
        (d / PYPROJECT for d in (folder, *folder.parents) if (d / PYPROJECT).is_file()), None
    )
    table = _table(pyproject) if pyproject is not None else None
    if table is not None:
        found.append(table)
    if len(found) > 1:
        names = ", ".join(str(text.path) for text in found)
        raise PolicyError(
            "two policies", ("has", names), ("hint", "keep one, or name it with --policy FILE")
        )
    return found[0] if found else None


def _near(path: Path) -> Path:
    """The path as a person here would type it, for texts."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _read(path: Path) -> PolicyText:
    path = _near(path)
    if path.suffix == ".toml":
        found = _table(path)
        if found is None:
            raise PolicyError(
                f"no policy in '{path}'", ("hint", "it belongs into the table [tool.lineage]")
            )
        return found
    try:
        return PolicyText(read_yaml(path), path)
    except ArtifactError as error:
        raise PolicyError(error.message, *error.details) from None


def _table(path: Path) -> PolicyText | None:
    """The table ``[tool.lineage]``; of a file that is only for us, all of it."""
    path = _near(path)
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        raise PolicyError(f"no file '{path}'") from None
    except UnicodeDecodeError as error:
        raise PolicyError(
            f"the file '{path}' is not UTF-8 text", ("at", f"byte {error.start}")
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"the file '{path}' is not TOML", ("at", str(error))) from None
    except OSError as error:
        why = ("why", (error.strerror or str(error)).lower())
        raise PolicyError(f"cannot read the file '{path}'", why) from None
    tool = content.get("tool")
    if isinstance(tool, dict) and "lineage" in tool:
        return PolicyText(tool["lineage"], path)
    return None if path.name == PYPROJECT else PolicyText(content, path)
