"""Kill the server under people who write; count what was acknowledged and is not there, or is there twice.

The quick tests take one round; `script/drills --only coupures` fifty, under eight writers.
"""

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from portal import db
from portal.domain.claims.models import Claim
from portal.domain.messages.models import Message
from tests.crash.server import PATIENCE, WRITERS, Writer, cookie_of, end, free_port, serve, start

ALL, MASTER, WORKER = "all", "master", "worker"


@dataclass
class Killing:
    """An office whose server is killed again and again."""

    office: Path
    writers: int = len(WRITERS)
    port: int = field(default_factory=free_port)
    kept: list[str] = field(default_factory=list)  # the keys of what was acknowledged
    again: list[str] = field(default_factory=list)  # the keys of the forms sent again after a kill
    slowest: float = 0.0  # the seconds the slowest start took

    def __post_init__(self) -> None:
        self.cookies = [cookie_of(self.office, login) for login in WRITERS]

    def round(self, least: int, victim: str = ALL, pause: float = 0.0) -> None:
        """Serve, write until each writer has so many forms kept, kill, serve again and send the last forms again."""
        server, writers = self.serve(), self.people()
        for writer in writers:
            writer.start()
        until = time.monotonic() + PATIENCE
        while min(len(writer.kept) for writer in writers) < least and time.monotonic() < until:
            threading.Event().wait(0.02)
        threading.Event().wait(pause)
        kill(server, victim)
        if victim == WORKER:  # the other one answers on
            threading.Event().wait(pause)
        end(server, signal.SIGKILL)
        for writer in writers:
            writer.join()
        assert all(writer.over for writer in writers)
        self.kept += [key for writer in writers for key in writer.kept]
        self.send_again(writers)

    def people(self) -> list[Writer]:
        """Return the writers; those beyond the four tenants are second browsers of theirs."""
        return [
            Writer(self.port, self.cookies[rank % 4], rank % 4 + 1, files=rank < len(WRITERS))
            for rank in range(self.writers)
        ]

    def serve(self, **more: str) -> subprocess.Popen:
        """Start the server and note how long it took; `more` are variables of its environment."""
        began = time.monotonic()
        server = serve(self.office, self.port, **more)
        self.slowest = max(self.slowest, time.monotonic() - began)
        return server

    def send_again(self, writers: list[Writer]) -> None:
        """Send each writer's last form again to a new server of one process, answered before the kill or not."""
        server, sent = self.serve(WEB_CONCURRENCY="1"), [writer for writer in writers if writer.last[0]]
        try:
            for writer in sent:
                writer.send(*writer.last)
        finally:
            end(server)
        self.again += [writer.last[1]["once_key"] for writer in sent]

    def kill_while_starting(self, after: float) -> None:
        """Start the server and kill it so many seconds later."""
        server = start(self.office, self.port)
        threading.Event().wait(after)
        end(server, signal.SIGKILL)

    def stored(self) -> list[str]:
        """Return the keys of what is stored, after SQLite's own check of the base."""
        db.use(self.office / "portal.sqlite")
        with db.db.connection_context():
            assert db.db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.db.execute_sql("PRAGMA foreign_key_check").fetchall() == []
            return [row.once_key for model in (Message, Claim) for row in model.select()]

    @property
    def lost(self) -> set[str]:
        """What was acknowledged, or sent again, and is not there."""
        return {*self.kept, *self.again} - set(self.stored())

    @property
    def doubled(self) -> list[str]:
        """What is there more than once."""
        stored = self.stored()
        return [key for key in set(stored) if stored.count(key) > 1]


def kill(server: subprocess.Popen, victim: str) -> None:
    """Kill all the processes of a server, its master alone, or one of its workers."""
    if victim == ALL:
        os.killpg(server.pid, signal.SIGKILL)
    elif victim == MASTER:
        server.kill()
    else:
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii").split()
        os.kill(int(children[0]), signal.SIGKILL)
