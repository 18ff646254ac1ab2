"""A visit proposed to Aminata, for the order that answers her claim."""

from datetime import UTC, date, datetime

import pytest

from portal.config import ClaimDelays
from portal.domain.claims import actions
from portal.domain.claims.recording import Act
from portal.domain.housing.queries import leases_of
from portal.domain.works import orders, visits
from portal.domain.works.models import Contractor
from tests.people import NOW

DELAYS = ClaimDelays()
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)
SLOT, OTHER = visits.Span(WEDNESDAY, "08:00", "10:00"), visits.Span(THURSDAY, "14:00", "16:00")
OVER = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # 10 o'clock in Paris


def act(words="", at=NOW, key=None):
    """What comes with a move."""
    return Act(at=at, delays=DELAYS, words=words, once_key=key)


@pytest.fixture
def claim(database, people):
    """A claim Aminata filed."""
    return actions.file_claim(
        tenant=people.aminata,
        lease=leases_of(tenant=people.aminata)[0],
        place="dwelling",
        nature="plomberie",
        description="Fuite.",
        once_key="c" * 32,
        at=NOW,
        delays=DELAYS,
    )


@pytest.fixture
def order(claim, people):
    """The order that answers it."""
    job = orders.Job("BT", Contractor.create(code="VAR", name="Plomberie Varin", trade="Plomberie"), "Siphon")
    return orders.plan(claim=claim, staff=people.technical, job=job, act=act(key="o" * 32))


@pytest.fixture
def visit(claim, order, people):
    """A visit proposed by the Office on Wednesday."""
    return visits.propose(staff=people.technical, claim=claim, order=order, span=SLOT, act=act(key="v" * 32))
