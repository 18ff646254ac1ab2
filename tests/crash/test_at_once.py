"""A réclamation sent several times in the same instant, to a server of two processes, is one claim."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal import db
from portal.domain.claims.models import Claim
from portal.domain.filing.models import ClaimDraft
from portal.domain.people.models import Tenant
from portal.kernel.clock import SystemClock
from tests.crash.server import Writer, cookie_of, end, free_port, serve
from tests.filing import ANSWERS, GUIDE, write

AT_ONCE = 8


def filed(office: Path) -> tuple[int, int]:
    """Return how many claims there are, and how many are still being written."""
    db.use(office / "portal.sqlite")
    with db.db.connection_context():
        return Claim.select().count(), ClaimDraft.select().count()


def test_sent_again_because_its_answer_was_lost_then_eight_times_at_once_a_claim_is_one_claim(office: Path) -> None:
    port, cookie = free_port(), cookie_of(office, "aminata")
    server = serve(office, port)
    try:
        writer = Writer(port, cookie, 1)
        for claims in (1, 2):
            db.use(office / "portal.sqlite")
            with db.db.connection_context():
                write(Tenant.get(first_name="Aminata"), SystemClock().now(), **ANSWERS)
            form = writer.hidden(f"{GUIDE}/verifier")
            if claims == 1:
                writer.send_and_leave(f"{GUIDE}/verifier", form)
            with ThreadPoolExecutor(AT_ONCE) as pool:
                led_to = list(pool.map(lambda _: writer.send(f"{GUIDE}/verifier", form), range(AT_ONCE)))  # noqa: B023
            assert len(set(led_to)) == 1
            assert led_to[0].endswith("/envoyee")
            assert filed(office) == (claims, 0)
    finally:
        end(server)
