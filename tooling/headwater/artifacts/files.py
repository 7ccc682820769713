"""Bytes of one artifact file, and the errors a file can give before its content matters."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from headwater.core.errors import ArtifactError

GZIP_MAGIC = b"\x1f\x8b"


def read_bytes(path: Path, what: str) -> bytes:
    """The file's content, unpacked when it is gzip.

    *Raises*: `ArtifactError` for a file that is missing, not a file, not readable, empty or a
    broken gzip; ``what`` is the artifact's word in the text (``manifest``).
    """
    return unpack(read_packed(path, what), path, what)


def read_packed(path: Path, what: str) -> bytes:
    """The file's bytes as they are on disk.

    *Raises*: `ArtifactError`, as `read_bytes`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ArtifactError(f"no {what} at '{path}'", _hint(what)) from None
    except (IsADirectoryError, NotADirectoryError):
        raise ArtifactError(f"the {what} '{path}' is not a file", _hint(what)) from None
    except PermissionError:
        hint = "the user who runs this must be allowed to read it"
        raise ArtifactError(f"no permission to read the {what} '{path}'", ("hint", hint)) from None
    except (OSError, ValueError) as error:
        raise ArtifactError(f"cannot read the {what} '{path}'", ("why", str(error))) from None
    if not data:
        raise ArtifactError(f"the {what} '{path}' is empty", _hint(what))
    return data


def unpack(data: bytes, path: Path, what: str) -> bytes:
    """``data``, unpacked when it is gzip.

    *Raises*: `ArtifactError` for a gzip that is cut short, broken, or unpacks to nothing.
    """
    if not data.startswith(GZIP_MAGIC):
        return data
    try:
        unpacked = gzip.decompress(data)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ArtifactError(
            f"the {what} '{path}' is a broken gzip file", ("why", str(error)), _hint(what)
        ) from None
    except MemoryError:
        raise ArtifactError(f"the {what} '{path}' does not fit into memory") from None
    if not unpacked:
        raise ArtifactError(f"the {what} '{path}' is empty", _hint(what))
    return unpacked


_COMMANDS = {
    "manifest": "dbt compile",
    "catalog": "dbt docs generate",
    "run results": "dbt build",
    "source freshness results": "dbt source freshness",
    "run log": "dbt --quiet run-operation headwater.run_log_export",
}


def _hint(what: str) -> tuple[str, str]:
    return ("hint", f"write a new one with '{_COMMANDS[what]}'")


def rewrite_hint(what: str) -> tuple[str, str]:
    """The detail that says which dbt command writes this artifact."""
    return _hint(what)
