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
from typing import Any

import click

from headwater.core.errors import HeadwaterError, UsageError, did_you_mean

ANSWERED, GATE_HIT, NOT_ANSWERED, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 130


def exit_code_of(run: Callable[[], Any], debug: bool = False) -> int:
    """Run, and give the exit code; a failure is printed on stderr."""
    try:
        result = run()
        return result if isinstance(result, int) else ANSWERED
    except HeadwaterError as error:
        return _failed(error, debug)
    except click.ClickException as error:
        return _failed(_in_our_words(error), debug)
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted")
        return INTERRUPTED
    except Exception as error:  # the last resort: whatever happens, no traceback by default
        return _failed(_internal(error), debug)


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


def _in_our_words(error: click.ClickException) -> UsageError:
    """Click's own complaints in the shape of all other errors, whatever the click version says."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    help_hint = ("hint", f"'{ctx.command_path if ctx else 'lineage'} --help' lists what it takes")
    if isinstance(error, click.NoSuchOption):
        known = [name for param in ctx.command.params for name in param.opts] if ctx else []
        near = did_you_mean(error.option_name, known)
        return UsageError(f"no option '{error.option_name}'", *(near or (help_hint,)))
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return UsageError(f"{_parameter(error.param)} is missing", help_hint)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return UsageError(f"{_parameter(error.param)}: {_lowered(error.message)}", help_hint)
    return UsageError(_lowered(error.format_message()), help_hint)


def _parameter(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return f"option '{param.opts[-1]}'"
    return (param.metavar or param.name or "").rstrip(".")


def _lowered(text: str) -> str:
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:]
