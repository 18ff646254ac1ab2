"""What was answered « enregistré » is there after the server was killed, and there once."""

import os
import signal
import threading
import time
from pathlib import Path

from portal import db
from portal.domain.claims.models import Claim
from portal.domain.messages.models import Message
from tests.crash.server import PATIENCE, WRITERS, Writer, cookie_of, free_port, serve

ROUNDS = 3


def again(office: Path, port: int, writers: list[Writer]) -> list[str]:
    """Send each writer's last form again to a new server, answered before the kill or not; return the forms' keys."""
    server = serve(office, port)
    try:
        for writer in writers:
            writer.send(*writer.last)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
    return [writer.last[1]["once_key"] for writer in writers]


def test_every_answer_and_claim_that_was_acknowledged_survives_a_kill(office: Path) -> None:
    kept, sent_again = [], []
    port, cookies = free_port(), [cookie_of(office, login) for login in WRITERS]
    for _ in range(ROUNDS):
        server = serve(office, port)
        writers = [Writer(port, cookie, rank) for rank, cookie in enumerate(cookies, start=1)]
        for writer in writers:
            writer.start()
        until = time.monotonic() + PATIENCE
        while min(len(writer.kept) for writer in writers) < 4 and time.monotonic() < until:
            threading.Event().wait(0.02)
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        for writer in writers:
            writer.join()
        assert all(writer.over for writer in writers)
        kept += [key for writer in writers for key in writer.kept]
        sent_again += again(office, port, writers)
    assert len(kept) >= ROUNDS * len(WRITERS) * 4
    db.use(office / "portal.sqlite")
    with db.db.connection_context():
        stored = [row.once_key for model in (Message, Claim) for row in model.select()]
        assert db.db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not set(kept) - set(stored)
    assert not set(sent_again) - set(stored)
    assert len(stored) == len(set(stored))
