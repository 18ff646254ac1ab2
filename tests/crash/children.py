"""Processes that do something and end, or die of it: the base is closed before they begin."""

import os
import signal
from collections.abc import Callable


def begun(act: Callable[[], object]) -> int:
    """Start a process that does something and ends; return its number."""
    child = os.fork()
    if child:
        return child
    try:
        act()
        os._exit(0)
    finally:
        os._exit(1)


def ended(act: Callable[[], object]) -> int:
    """Do something in a process of its own and return how it ended, as `os.waitpid` says it."""
    return os.waitpid(begun(act), 0)[1]


def counting(at_each: Callable[[int], object]) -> Callable[..., bool]:
    """Return a trace of SQLite's statements that says before each, BEGIN and COMMIT among them, which one it is."""
    count = 0

    def trace(*_statement: object) -> bool:
        nonlocal count
        count += 1
        at_each(count)
        return True

    return trace


def dying_at(moment: int) -> Callable[[int], None]:
    """Return what kills the process before its n-th statement."""

    def die(count: int) -> None:
        if count == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return die
