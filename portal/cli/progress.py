"""How far a long task is, on the error output: a moving line in a terminal, a line now and then elsewhere."""

import sys
import time
from typing import TextIO

WIDTH = 28
WORTH_A_WORD = 2.0  # seconds: shorter work is over before it is read
SECONDS_BETWEEN_LINES = 5.0
SECONDS_BETWEEN_MOVES = 0.1


class Progress:
    """Called with a name, what is done and the total; says nothing more often than is useful."""

    def __init__(self, output: TextIO | None = None) -> None:
        self.output = output or sys.stderr
        self.moving = self.output.isatty()
        self.began_at = self.said_at = time.monotonic()
        self.drawn = 0

    def __call__(self, name: str, done: int, total: int) -> None:
        """Tell how far a task is, if the last telling is old enough. A total of zero: nobody knows how far it is."""
        if not total and time.monotonic() - self.began_at >= WORTH_A_WORD:
            self._say(f"{name}…")
        elif total and time.monotonic() - self.said_at >= (
            SECONDS_BETWEEN_MOVES if self.moving else SECONDS_BETWEEN_LINES
        ):
            share = min(1.0, done / total)
            bar = f"{'█' * round(share * WIDTH):░<{WIDTH}} " if self.moving else ""
            self._say(f"{name} : {bar}{round(share * 100)} %")

    def _say(self, words: str) -> None:
        self.said_at = time.monotonic()
        if self.moving:
            self.output.write(f"\r{words:<{self.drawn}}")
            self.drawn = len(words)
        else:
            self.output.write(f"{words}\n")
        self.output.flush()

    def close(self) -> None:
        """Wipe the moving line, so that what follows starts clean."""
        if self.drawn:
            self.output.write(f"\r{'':<{self.drawn}}\r")
            self.output.flush()
