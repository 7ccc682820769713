"""Report -> stdout or a file, and the exit code. stdout is the answer and nothing else."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from headwater.cli.options import Output
from headwater.core.errors import OutputError
from headwater.core.report import Report
from headwater.render import RenderOptions, render

NARROWEST_TERMINAL = 40


def deliver(report: Report, output: Output, command: str) -> None:
    """Write the answer where ``output`` says, then its coverage line to stderr.

    *Raises*: `OutputError`; the file is then as it was before.
    """
    write_answer(render(report, output.format_name, render_options(output, command)), output)
    if not output.quiet:
        say(report.coverage)


def deliver_with_copies(
    report: Report, output: Output, command: str, copies: Sequence[tuple[str, Path]]
) -> None:
    """As `deliver`, after every copy, which is a format and a file. *Raises*: `OutputError`."""
    full = next((str(path) for name, path in copies if name in ("json", "csv")), "")
    for name, path in copies:
        copy = replace(output, out=path, format=name)
        write_file(path, render(report, name, render_options(copy, command)))
    options = replace(render_options(output, command), full=full)
    write_answer(render(report, output.format_name, options), output)
    if not output.quiet:
        say(report.coverage)


def write_answer(text: str, output: Output) -> None:
    """Write the text where ``output`` says. *Raises*: `OutputError`."""
    if output.out is None or str(output.out) == "-":
        _write_stdout(text)
    else:
        write_file(output.out, text)


def say(line: str) -> None:
    """One line on stderr; nothing when the line is empty or nobody listens."""
    if line and sys.stderr is not None:
        with contextlib.suppress(OSError):
            encoding = sys.stderr.encoding or "utf-8"
            text = line.encode(encoding, "replace").decode(encoding)
            print(text, file=sys.stderr, flush=True)


def render_options(output: Output, command: str) -> RenderOptions:
    """What the terminal and the options say about how to render."""
    terminal = output.out is None and sys.stdout is not None and sys.stdout.isatty()
    dumb = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    width = 80
    if terminal or os.environ.get("COLUMNS"):
        width = max(shutil.get_terminal_size((80, 24)).columns, NARROWEST_TERMINAL)
    color = terminal and not dumb and not output.no_color
    return RenderOptions(width, color, command, every_gap=command == "coverage")


def _write_stdout(text: str) -> None:
    stream = sys.stdout
    if stream is None:
        raise OutputError("cannot write the answer: standard output is closed")
    encoding = stream.encoding if stream.isatty() else "utf-8"
    try:
        stream.flush()
        # Bytes, because a text stream may translate the line ends of csv.
        stream.buffer.write(text.encode(encoding, "replace"))
        stream.buffer.flush()
    except BrokenPipeError:
        _forget_stdout()  # the reader has enough: that is not an error
    except OSError as error:
        _forget_stdout()
        raise OutputError(f"cannot write the answer to standard output: {_why(error)}") from None


def write_line(line: str) -> bool:
    """One line on stdout, at once; whether anybody still reads. *Raises*: `OutputError`."""
    stream = sys.stdout
    if stream is None:
        raise OutputError("cannot write the answer: standard output is closed")
    try:
        stream.write(line + "\n")
        stream.flush()
    except BrokenPipeError:
        _forget_stdout()
        return False
    except OSError as error:
        _forget_stdout()
        raise OutputError(f"cannot write the answer to standard output: {_why(error)}") from None
    return True


def _forget_stdout() -> None:
    """Send what is still buffered nowhere, or Python fails again when it exits."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def check_writable(out: Path | None) -> None:
    """Nothing, when ``--out`` can probably be written: asked before the work is done.

    *Raises*: `OutputError`.
    """
    if out is None or str(out) == "-":
        return
    if os.path.isdir(out):
        raise OutputError(f"cannot write '{out}': it is a folder", ("hint", "name a file in it"))
    if not os.path.isdir(out.parent):
        what = "is not a folder" if os.path.exists(out.parent) else "does not exist"
        raise OutputError(f"cannot write '{out}': the folder '{out.parent}' {what}")


def write_file(out: Path, text: str) -> None:
    """The file has exactly this text, or is as it was before.

    A new file takes the place of the old one in one step, with its permissions. What is not a
    regular file (``/dev/stderr``, a named pipe) is written to directly.

    *Raises*: `OutputError`.
    """
    check_writable(out)
    data = text.encode("utf-8", "replace")
    try:
        if os.path.exists(out) and not os.path.isfile(out):
            out.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(out)), data)
    except BrokenPipeError:
        return
    except OSError as error:
        raise OutputError(f"cannot write '{out}': {_why(error)}") from None


def _replace(path: Path, data: bytes) -> None:
    if os.path.exists(path) and not os.access(path, os.W_OK):
        raise PermissionError(13, "Permission denied")
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.chmod(name, _mode_for(path))
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode_for(path: Path) -> int:
    """The permissions of the file that is replaced, or what any new file would get."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
