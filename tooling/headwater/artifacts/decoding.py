"""JSON bytes to a typed document, and errors that name the place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from headwater.artifacts.files import rewrite_hint
from headwater.core.errors import ArtifactError

T = TypeVar("T")


def parse_object(data: bytes, path: Path, what: str) -> dict[str, Any]:
    """The JSON object in ``data`` as plain values; accepts the ``NaN`` that dbt may write.

    *Raises*: `ArtifactError` when it is not UTF-8, not JSON, cut short, or not an object.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArtifactError(
            f"the {what} '{path}' is not UTF-8 text",
            ("at", f"byte {error.start}"),
            rewrite_hint(what),
        ) from None
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise _not_json(text, error, path, what) from None
    except RecursionError:
        raise ArtifactError(f"the {what} '{path}' is nested too deeply to be one") from None
    if not isinstance(value, dict):
        kind = _JSON_WORDS.get(type(value), "something else")
        raise ArtifactError(
            f"the {what} '{path}' is not a dbt artifact",
            ("has", f"{kind} at the top; an object was expected"),
            rewrite_hint(what),
        )
    _check_writable(value, path, what)
    return value


def _check_writable(value: dict[str, Any], path: Path, what: str) -> None:
    """Half a surrogate pair is text to Python's JSON reader, and to nobody after it."""
    try:
        msgspec.json.encode(value)
    except (ValueError, OverflowError, RecursionError) as error:
        why = ("why", str(error))
        raise ArtifactError(
            f"the {what} '{path}' holds what is no text or number", why, rewrite_hint(what)
        ) from None


_JSON_WORDS = {
    list: "a list",
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "a true/false value",
    type(None): "null",
}


def _not_json(text: str, error: json.JSONDecodeError, path: Path, what: str) -> ArtifactError:
    place = f"line {error.lineno}, column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}"
    started = text.lstrip()[:1] in ("{", "[")
    cut = started and text.rstrip()[-1:] != text.lstrip()[:1].translate({123: 125, 91: 93})
    if error.msg == "Extra data":
        message = "has more in it than one JSON value"
        place = f"line {error.lineno}, column {error.colno}: {_spelled(text[error.pos :])}"
    else:
        message = "is cut short" if cut else "is not JSON"
    return ArtifactError(f"the {what} '{path}' {message}", ("at", place), rewrite_hint(what))


def _spelled(text: str) -> str:
    """How a text that should not be there begins."""
    start = text[:4]
    return f"{len(text):,} characters from {start!r}{'…' if len(text) > len(start) else ''}"


def convert(value: Any, kind: type[T], path: Path, what: str, place: str = "") -> T:
    """``value`` (plain JSON) as the typed document ``kind``.

    *Raises*: `ArtifactError` that names the JSON path of what is missing or has a wrong type.
    """
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise unusable(str(error), path, what, place) from None


def located(
    value: dict[str, Any], kinds: Mapping[str, type], path: Path, what: str
) -> ArtifactError | None:
    """The error of the first entry that cannot be read, by section and key.

    ``kinds`` gives the type of the entries of each section: msgspec itself does not say under
    which key of a mapping it failed.
    """
    for section, kind in kinds.items():
        entries = value.get(section)
        for key, entry in sorted(entries.items()) if isinstance(entries, dict) else ():
            try:
                msgspec.json.decode(msgspec.json.encode(entry), type=kind, strict=False)
            except msgspec.ValidationError as error:
                return unusable(str(error), path, what, f"{section}.{key}")
    return None


def unusable(message: str, path: Path, what: str, place: str) -> ArtifactError:
    """msgspec's message as an error of ours; ``place`` is the JSON path of the value."""
    text, _, inner = message.partition(" - at `$")
    inner = inner.rstrip("`").removeprefix(".")
    missing = text.removeprefix("Object missing required field `")
    where = ".".join(part for part in (place, inner) if part)
    if missing != text:
        where = ".".join(part for part in (where, missing.rstrip("`")) if part)
        return ArtifactError(
            f"the {what} '{path}' lacks '{where}'",
            rewrite_hint(what),
        )
    why = f"{text[:1].lower()}{text[1:]}".replace("`", "")
    return ArtifactError(
        f"the {what} '{path}' cannot be read at '{where or '$'}'",
        ("why", why),
        rewrite_hint(what),
    )
