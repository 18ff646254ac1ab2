"""Until when the Office has the turn."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.config import ClaimDelays
from portal.domain.claims.deadlines import Slot, Step, alarm, due_at, legal_limit
from portal.kernel.holidays import end_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DELAYS = ClaimDelays()
DAY = timedelta(days=1)


def due(*steps, nature="plomberie", **more):
    return due_at(nature=nature, steps=[Step(at, state) for at, state in steps], delays=DELAYS, **more)


def test_a_new_claim_is_acknowledged_the_next_working_day():
    assert due((MONDAY + 4 * DAY, "deposee")) == end_of(date(2026, 11, 30))


def test_once_acknowledged_the_delay_of_its_nature_runs_from_the_filing():
    steps = ((MONDAY, "deposee"), (MONDAY + DAY, "accusee"))
    assert due(*steps) == end_of(date(2026, 11, 30))
    assert due(*steps, nature="electricite") == MONDAY + timedelta(hours=24)


@pytest.mark.parametrize("state", ["attente_locataire", "intervention_realisee", "close", "refusee", "annulee"])
def test_no_deadline_runs_when_the_tenant_is_waited_for_or_nobody_is(state):
    assert due((MONDAY, "deposee"), (MONDAY + DAY, state)) is None


def test_the_days_the_tenant_was_waited_for_do_not_count():
    asked = ((MONDAY, "deposee"), (MONDAY + DAY, "attente_locataire"), (MONDAY + 3 * DAY, "en_cours"))
    assert due(*asked) == end_of(date(2026, 12, 3))
    assert due(*asked, nature="electricite") == MONDAY + 3 * DAY


def test_a_reopening_starts_the_delay_again():
    steps = ((MONDAY, "deposee"), (MONDAY + DAY, "intervention_realisee"), (MONDAY + 7 * DAY, "rouverte"))
    assert due(*steps) == end_of(date(2026, 12, 7))


def test_after_a_visit_the_office_acts_within_two_working_days():
    steps = ((MONDAY, "deposee"), (MONDAY + DAY, "intervention_planifiee"), (MONDAY + 4 * DAY, "en_cours"))
    assert due(*steps) == end_of(date(2026, 12, 1))


def test_a_slot_is_its_own_limit_and_the_tenants_other_time_is_answered_before_it():
    steps = ((MONDAY, "deposee"), (MONDAY, "intervention_planifiee"))
    starts, ends = MONDAY + DAY, MONDAY + DAY + timedelta(hours=2)
    assert due(*steps, slot=Slot("agreed", "office", MONDAY, starts, ends)) == ends
    assert due(*steps, slot=Slot("proposed", "tenant", MONDAY, starts, ends)) == starts


def test_an_order_without_a_visit_is_due_on_its_day():
    steps = ((MONDAY, "deposee"), (MONDAY, "intervention_planifiee"))
    assert due(*steps, planned_until=date(2026, 12, 24)) == end_of(date(2026, 12, 24))


@pytest.mark.parametrize(("filed", "limit"), [((2026, 11, 23), date(2027, 1, 23)), ((2026, 12, 31), date(2027, 2, 28))])
def test_the_laws_two_months_end_on_the_same_day_of_the_month(filed, limit):
    at = datetime(*filed, 9, tzinfo=UTC)
    assert legal_limit(nature="decence", filed_at=at) == limit
    assert legal_limit(nature="plomberie", filed_at=at) is None


@pytest.mark.parametrize(("days", "rings"), [(29, 0), (30, 30), (49, 30), (50, 50), (90, 50)])
def test_the_office_is_warned_at_thirty_and_fifty_days(days, rings):
    assert alarm(nature="decence", filed_at=MONDAY, on=MONDAY.date() + days * DAY) == rings
    assert alarm(nature="plomberie", filed_at=MONDAY, on=MONDAY.date() + days * DAY) == 0
