"""A run of the command line as text."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

Lineage = Callable[..., str]  #: words -> transcript
Golden = Callable[[str, str], None]  #: name, text
Project = Callable[..., Path]  #: change of the manifest, or the manifest's text -> folder


def transcript(words: tuple[str, ...], code: int, out: str, err: str) -> str:
    """One run as text. Line ends of csv show as ``\\r``."""
    parts = [f"$ lineage {shlex.join(words)}", f"exit {code}"]
    parts += [f"--- {name}\n{text}" for name, text in (("stdout", out), ("stderr", err)) if text]
    text = "\n".join(part.removesuffix("\n") for part in parts) + "\n"
    assert "Traceback" not in text
    return text.replace("\r", "\\r")
