"""A réclamation sent several times in the same instant, to a server of two processes, is one claim."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal import db
from portal.domain.claims.models import Claim
from portal.domain.filing.models import ClaimDraft
from tests.crash.server import Writer, cookie_of, free_port, serve
from tests.filing import GUIDE

AT_ONCE = 8


def test_sent_eight_times_at_once_it_is_one_claim(office: Path) -> None:
    port, cookie = free_port(), cookie_of(office, "aminata")
    server = serve(office, port)
    try:
        writer = Writer(port, cookie, 1)
        writer.answer_all()
        form = writer.hidden(f"{GUIDE}/verifier")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            led_to = list(pool.map(lambda _: writer.send(f"{GUIDE}/verifier", form), range(AT_ONCE)))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
    assert len(set(led_to)) == 1
    assert led_to[0].endswith("/envoyee")
    db.use(office / "portal.sqlite")
    with db.db.connection_context():
        assert (Claim.select().count(), ClaimDraft.select().count()) == (1, 0)
