"""A réclamation sent several times in the same instant, to a server of two processes, is one claim."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal import db
from portal.domain.claims.models import Claim
from portal.domain.filing.models import ClaimDraft
from tests.crash.server import Writer, cookie_of, free_port, serve
from tests.filing import GUIDE

AT_ONCE = 8


@pytest.fixture
def writer(office: Path) -> Iterator[Writer]:
    """Aminata, who has answered every question, before a server of two processes."""
    port, cookie = free_port(), cookie_of(office, "aminata")
    server = serve(office, port)
    try:
        writer = Writer(port, cookie, 1)
        writer.answer_all()
        yield writer
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def filed(office: Path) -> tuple[int, int]:
    """Return how many claims there are, and how many are still being written."""
    db.use(office / "portal.sqlite")
    with db.db.connection_context():
        return Claim.select().count(), ClaimDraft.select().count()


def test_sent_eight_times_at_once_it_is_one_claim(office: Path, writer: Writer) -> None:
    form = writer.hidden(f"{GUIDE}/verifier")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        led_to = list(pool.map(lambda _: writer.send(f"{GUIDE}/verifier", form), range(AT_ONCE)))
    assert len(set(led_to)) == 1
    assert led_to[0].endswith("/envoyee")
    assert filed(office) == (1, 0)


def test_sent_again_because_the_answer_was_lost_it_is_one_claim(office: Path, writer: Writer) -> None:
    form = writer.hidden(f"{GUIDE}/verifier")
    with pytest.raises(OSError, match="timed out"):
        writer.send(f"{GUIDE}/verifier", form, patience=0.001)
    assert writer.send(f"{GUIDE}/verifier", form).endswith("/envoyee")
    assert filed(office) == (1, 0)
