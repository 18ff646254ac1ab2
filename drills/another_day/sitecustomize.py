"""Read by every Python under a clock that is set: sleep by `select`, not by the call that faketime breaks.

Debian 12’s libfaketime (0.9.10) makes `clock_nanosleep` fail when the true clock is left to waiting; since Python 3.11
that is what `time.sleep` calls (https://github.com/wolfcw/libfaketime/issues/426).
"""

import select
import time


def sleep(seconds: float) -> None:
    """Wait."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = sleep
