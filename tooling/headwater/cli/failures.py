"""Every way to fail, as words on stderr and an exit code; never a traceback unless asked for.

====  =========================================================================
0     answered
1     answered, and a ``--fail-on`` gate was hit
2     could not answer: names, artifacts, options, output; an internal error too
3     answered, but incomplete, under ``--strict``
130   interrupted
====  =========================================================================

A reader that closes the pipe early (``lineage … | head``) has what it wanted: no message, and the
exit code of the answer.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

import typer

from headwater.core.errors import HeadwaterError, UsageError, did_you_mean


@runtime_checkable
class Complaint(Protocol):
    """What typer raises about the words on the command line.

    Its classes have public names in some versions only, their shape is the same in all.
    """

    exit_code: int

    def format_message(self) -> str:
        """What is wrong, in typer's words."""


ANSWERED, GATE_HIT, NOT_ANSWERED, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 130


def exit_code_of(run: Callable[[], Any], debug: bool = False) -> int:
    """Run, and give the exit code; a failure is printed on stderr."""
    try:
        result = run()
        code = result if isinstance(result, int) else ANSWERED
    except HeadwaterError as error:
        return _failed(error, debug)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:  # the last resort: whatever happens, no traceback by default
        complaint = isinstance(error, Complaint)
        return _failed(_in_our_words(error) if complaint else _internal(error), debug)
    if code == INTERRUPTED:  # typer has made an exit code of it already
        _say("\ninterrupted")
    return code


def _failed(error: HeadwaterError, debug: bool) -> int:
    if debug:
        _say(traceback.format_exc())
    _say(f"error: {error}")
    return NOT_ANSWERED


def _say(text: str) -> None:
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)
        sys.stderr.flush()
    except OSError:
        pass  # nobody listens; the exit code still tells


def _internal(error: Exception) -> HeadwaterError:
    text = str(error).strip().split("\n")[0]
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return HeadwaterError(
        f"internal error: {what}", ("hint", "run again with --debug, and report what it prints")
    )


def _in_our_words(error: Any) -> UsageError:
    """Typer's own complaints in the shape of all other errors, whatever its version says."""
    ctx, param = getattr(error, "ctx", None), getattr(error, "param", None)
    help_hint = ("hint", f"'{ctx.command_path if ctx else 'lineage'} --help' lists what it takes")
    if hasattr(error, "possibilities"):  # no such option
        known = [name for each in ctx.command.params for name in each.opts] if ctx else []
        near = did_you_mean(error.option_name, known)
        return UsageError(f"no option '{error.option_name}'", *(near or (help_hint,)))
    if param is not None and hasattr(error, "param_type"):
        return UsageError(f"{_parameter(param)} is missing", help_hint)
    if param is not None:
        return UsageError(f"{_parameter(param)}: {_lowered(error.message)}", help_hint)
    return UsageError(_lowered(error.format_message()), help_hint)


def _parameter(param: Any) -> str:
    if param.param_type_name == "option":
        return f"option '{param.opts[-1]}'"
    return (param.metavar or param.name or "").rstrip(".")


def _lowered(text: str) -> str:
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:]
