"""Signals, so that what was started is stopped: Ctrl-C, `kill`, and a closed terminal."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


def exit_on_signals() -> None:
    """SIGTERM and SIGHUP unwind the stack as Ctrl-C does, so that `finally` blocks run."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda n, _: sys.exit(128 + n))


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Signals that arrive inside the block take effect at its end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {s: signal.signal(s, lambda n, _: arrived.append(n)) for s in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        for number in arrived[:1]:
            signal.raise_signal(number)
