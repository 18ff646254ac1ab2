"""Somebody else who would write in the same database: how long it is kept waiting."""

import threading
import time
from pathlib import Path

import apsw

PAUSE_SECONDS = 0.002


class Watch(threading.Thread):
    """Takes the writer's lock and gives it back at once, again and again; keeps the longest it went without."""

    def __init__(self, database: Path) -> None:
        super().__init__(name="watch", daemon=True)
        self.database, self.over = database, threading.Event()
        self.last = self.longest = 0.0

    def __enter__(self) -> "Watch":
        self.last = time.perf_counter()
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        """Try until told to stop, and once more after: a lock held until the end counts whole."""
        connection = apsw.Connection(str(self.database))
        connection.set_busy_timeout(0)
        ending = False
        while not ending:
            ending = self.over.is_set()
            if _may_write(connection):
                now = time.perf_counter()
                self.longest, self.last = max(self.longest, now - self.last), now
            else:
                ending = False
            time.sleep(PAUSE_SECONDS)
        connection.close()


def _may_write(connection: apsw.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE; ROLLBACK")
    except apsw.BusyError:
        return False
    return True
