"""How far a long task is, on the error output: a moving line in a terminal, a line now and then elsewhere."""

import sys
import time
from typing import TextIO

WIDTH = 28
SECONDS_BETWEEN_LINES = 5.0
SECONDS_BETWEEN_MOVES = 0.1


class Progress:
    """Called with a name, what is done and the total; says nothing more often than is useful."""

    def __init__(self, output: TextIO | None = None) -> None:
        self.output = output or sys.stderr
        self.moving = self.output.isatty()
        self.said_at = time.monotonic()
        self.drawn = 0

    def __call__(self, name: str, done: int, total: int) -> None:
        """Tell how far a task is, if the last telling is old enough."""
        if time.monotonic() - self.said_at < (SECONDS_BETWEEN_MOVES if self.moving else SECONDS_BETWEEN_LINES):
            return
        self.said_at = time.monotonic()
        share = min(1.0, done / total) if total else 1.0
        percent = f"{round(share * 100)} %"
        if self.moving:
            bar = "█" * round(share * WIDTH)
            line = f"{name} {bar:░<{WIDTH}} {percent:>6}"
            self.output.write(f"\r{line:<{self.drawn}}")
            self.drawn = len(line)
        else:
            self.output.write(f"{name} : {percent}\n")
        self.output.flush()

    def close(self) -> None:
        """Wipe the moving line, so that what follows starts clean."""
        if self.drawn:
            self.output.write(f"\r{'':<{self.drawn}}\r")
            self.output.flush()
