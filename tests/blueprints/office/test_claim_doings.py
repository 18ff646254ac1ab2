"""What the Office is offered to do with a réclamation is what the domain would accept."""

from datetime import timedelta

import pytest

from portal.blueprints.office.claim_doings import offered
from portal.domain.claims.models import Claim
from portal.domain.works.models import Visit
from tests.people import NOW

LAST_VISIT = {"day": NOW.date(), "starts": "08:00", "ends": "11:00"}  # it is 11 o'clock in Paris
SECOND = timedelta(seconds=1)


def doings(at=NOW, **visit: str) -> set[str]:
    last = Visit(**LAST_VISIT | visit) if visit else None
    return set(offered(Claim(state="intervention_planifiee"), last, at))


@pytest.mark.parametrize("visit", [{"state": "agreed"}, {"state": "proposed", "proposed_by": "office"}])
def test_whether_they_came_is_offered_from_the_end_of_a_slot_that_was_awaited(visit):
    assert {"venus", "personne"} <= doings(**visit)
    assert not {"venus", "personne"} & doings(NOW - SECOND, **visit)


def test_a_moment_the_tenant_proposed_is_to_be_accepted_and_nobody_is_said_to_have_come():
    assert {"accepter"} == {"venus", "personne", "accepter"} & doings(state="proposed", proposed_by="tenant")


@pytest.mark.parametrize("state", ["moved", "kept", "missed", "cancelled"])
def test_a_visit_that_is_over_is_neither_kept_nor_cancelled(state):
    assert not {"venus", "personne", "accepter", "annuler-passage"} & doings(state=state)
    assert "annuler-travaux" in doings(state=state)
    assert "annuler-travaux" not in doings(state="agreed")
