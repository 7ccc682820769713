"""A YAML file as plain values: the only place that knows a YAML library, loaded when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from headwater.core.errors import ArtifactError

if TYPE_CHECKING:
    import yaml


def read_yaml(path: Path) -> Any:
    """The file's only document; ``None`` when there is nothing in it.

    *Raises*: `ArtifactError` when it cannot be read, is no YAML, or has a key twice in one place.
    """
    return parse_yaml(_text(path), path)


def parse_yaml(text: str, path: Path) -> Any:
    """As `read_yaml`, from text already read; ``path`` is for the errors.

    *Raises*: `ArtifactError`.
    """
    import yaml  # noqa: PLC0415 - most answers need none

    try:
        loader = yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
            _check_keys(node, path)
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise _not_yaml(error, path) from None
    except (ValueError, RecursionError) as error:  # a date of the 40th, lists in lists in lists …
        raise ArtifactError(f"the file '{path}' is not YAML", ("why", str(error))) from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ArtifactError(f"no file '{path}'") from None
    except UnicodeDecodeError as error:
        place = ("at", f"byte {error.start}")
        raise ArtifactError(f"the file '{path}' is not UTF-8 text", place) from None
    except OSError as error:
        why = ("why", (error.strerror or str(error)).lower())
        raise ArtifactError(f"cannot read the file '{path}'", why) from None


def _not_yaml(error: yaml.YAMLError, path: Path) -> ArtifactError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n")[0]
    place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return ArtifactError(f"the file '{path}' is not YAML", ("at", f"{place}{problem}"))


def _check_keys(node: Any, path: Path) -> None:
    """YAML lets the last of two equal keys win, in silence: somebody's rule would be lost."""
    waiting, seen = [node], set()
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen or isinstance(current.value, str):
            continue
        seen.add(id(current))  # an alias may stand inside of what it names
        if current.id == "sequence":
            waiting.extend(current.value)
            continue
        keys: set[str] = set()
        for key, value in current.value:
            name = str(key.value)
            if name in keys and name != "<<":
                at = f"line {key.start_mark.line + 1}, column {key.start_mark.column + 1}"
                raise ArtifactError(f"the file '{path}' has the key '{name}' twice", ("at", at))
            keys.add(name)
            waiting.append(value)
