"""Until when the Office has the turn."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.config import ClaimDelays
from portal.domain.claims.deadlines import Slot, Step, alarm, due_at, legal_limit, may_contest_until, pauses
from portal.domain.claims.models import NATURES
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


@pytest.mark.parametrize("nature", ["decence", "travaux_adaptation"])
@pytest.mark.parametrize(
    ("filed", "limit"),
    [
        ((2026, 11, 23, 9), date(2027, 1, 23)),
        ((2026, 12, 31, 9), date(2027, 2, 28)),
        ((2027, 12, 31, 9), date(2028, 2, 29)),
        ((2026, 12, 28, 9), date(2027, 2, 28)),
        ((2026, 7, 31, 9), date(2026, 9, 30)),
        ((2026, 11, 30, 22, 59), date(2027, 1, 30)),
        ((2026, 11, 30, 23, 0), date(2027, 2, 1)),  # it is 1 December in Paris
    ],
)
def test_the_laws_two_months_end_on_the_same_day_of_the_month_or_its_last(nature, filed, limit):
    assert legal_limit(nature=nature, filed_at=datetime(*filed, tzinfo=UTC)) == limit


def test_the_law_gives_two_months_to_no_other_nature():
    natures = {nature for nature in NATURES if legal_limit(nature=nature, filed_at=MONDAY)}
    assert natures == {"decence", "travaux_adaptation"}


@pytest.mark.parametrize(("days", "rings"), [(29, 0), (30, 30), (49, 30), (50, 50), (90, 50)])
def test_the_office_is_warned_at_thirty_and_fifty_days(days, rings):
    assert alarm(nature="decence", filed_at=MONDAY, on=MONDAY.date() + days * DAY) == rings
    assert alarm(nature="plomberie", filed_at=MONDAY, on=MONDAY.date() + days * DAY) == 0


def test_days_are_those_of_france_for_an_alarm():
    filed = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # 1 December in Paris
    assert [alarm(nature="decence", filed_at=filed, on=day) for day in (date(2026, 12, 30), date(2026, 12, 31))] == [
        0,
        30,
    ]


def test_one_says_that_it_is_not_repaired_for_thirty_days():
    assert may_contest_until(ended_at=MONDAY) == MONDAY + 30 * DAY


def test_every_nature_has_its_delay_and_a_claim_left_alone_is_late_by_it():
    for nature in NATURES:
        steps = ((MONDAY, "deposee"), (MONDAY, "accusee"))
        assert due(*steps, nature=nature) == DELAYS.delay(nature).after(MONDAY)


def test_only_what_waited_for_the_tenant_stops_the_delay():
    steps = [
        Step(MONDAY + rank * DAY, state) for rank, state in enumerate(("deposee", "attente_locataire", "en_cours"))
    ]
    assert pauses(steps) == [(MONDAY + DAY, MONDAY + 2 * DAY)]
    assert pauses(steps[:2]) == []  # it is still waiting


def test_the_tenants_other_time_is_answered_within_two_working_days_even_when_it_is_far():
    steps = ((MONDAY, "deposee"), (MONDAY, "intervention_planifiee"))
    slot = Slot("proposed", "tenant", MONDAY, MONDAY + 20 * DAY, MONDAY + 20 * DAY + timedelta(hours=2))
    assert due(*steps, slot=slot) == end_of(date(2026, 11, 25))


def test_a_slot_the_office_proposed_is_the_limit_whatever_its_order_says():
    steps = ((MONDAY, "deposee"), (MONDAY, "intervention_planifiee"))
    starts, ends = MONDAY + DAY, MONDAY + DAY + timedelta(hours=2)
    slot = Slot("proposed", "office", MONDAY, starts, ends)
    assert due(*steps, slot=slot, planned_until=date(2026, 12, 24)) == ends
    assert due((MONDAY, "deposee"), (MONDAY + DAY, "accusee"), slot=slot) == end_of(date(2026, 11, 30))
    assert due((MONDAY, "deposee"), (MONDAY + DAY, "accusee"), planned_until=date(2026, 12, 24)) == end_of(
        date(2026, 11, 30)
    )


def test_planned_without_a_day_the_delay_of_its_nature_runs_on():
    steps = ((MONDAY, "deposee"), (MONDAY + DAY, "intervention_planifiee"))
    assert due(*steps) == end_of(date(2026, 11, 30))


def test_a_reopening_forgets_what_was_planned_before_it():
    steps = (
        *((MONDAY, "deposee"), (MONDAY, "intervention_planifiee"), (MONDAY + DAY, "intervention_realisee")),
        *((MONDAY + 2 * DAY, "rouverte"), (MONDAY + 3 * DAY, "en_cours")),
    )
    assert due(*steps) == end_of(date(2026, 12, 2))
