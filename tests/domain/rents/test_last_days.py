"""The first and the last day of a lease, of a line and of a month; and what posting nothing leaves behind."""

from datetime import date

import pytest

from portal.domain.audit.models import Trace
from portal.domain.rents.models import LedgerEntry, RentLine
from portal.domain.rents.posting import post_month, preview_month
from portal.kernel.periods import Month
from tests.stories.household import AUGUST, OCTOBER, SEPTEMBER, at, household

pytestmark = pytest.mark.usefixtures("database")
AN_EVENING = at(date(2026, 10, 26))


def asked(story, month: Month) -> int:
    """What posting a month asks of a lease, in cents; nothing without a call."""
    calls = {call.number: call.total_cents for call in post_month(month=month, at=AN_EVENING).calls}
    return calls.get(story.lease.number, 0)


@pytest.mark.parametrize(
    ("ends_on", "september", "october"),
    [
        (date(2026, 9, 1), 1000 + 667, 0),  # one day of thirty: 300 € and 200 € a month
        (date(2026, 9, 30), 50000, 0),
        (date(2026, 10, 1), 50000, 968 + 645),  # one day of thirty-one
    ],
)
def test_a_lease_that_ends_on_the_1st_of_a_month_owes_that_day(people, ends_on, september, october):
    lines = (("loyer", "Loyer principal", 30000), ("charges:teom", "Ordures ménagères", 20000))
    story = household(people, lines=lines, ends_on=ends_on)
    assert (asked(story, SEPTEMBER), asked(story, OCTOBER)) == (september, october)


def test_a_lease_that_ends_on_the_last_day_of_a_month_is_not_in_the_next(people):
    story = household(people, ends_on=date(2026, 9, 30))
    preview = preview_month(month=OCTOBER, on=AN_EVENING.date())
    assert story.lease.number not in {call.number for call in preview.calls} | set(preview.without_lines)


@pytest.mark.parametrize(("starts_on", "september"), [(date(2026, 9, 30), 1333 + 333), (date(2026, 10, 1), 0)])
def test_a_lease_that_begins_on_the_last_day_of_a_month_owes_that_day(people, starts_on, september):
    assert asked(household(people, starts_on=starts_on), SEPTEMBER) == september


@pytest.mark.parametrize(
    ("until", "september"), [(date(2026, 8, 31), 0), (date(2026, 9, 1), 1667), (date(2026, 9, 30), 50000)]
)
def test_a_line_that_ends_on_the_1st_counts_for_that_day(people, until, september):
    story = household(people, lines=())
    story.line("loyer", "Loyer principal", 50000, until=until)
    assert asked(story, SEPTEMBER) == september


@pytest.mark.parametrize(("since", "september"), [(date(2026, 9, 30), 1667), (date(2026, 10, 1), 0)])
def test_a_line_that_begins_on_the_last_day_counts_for_that_day(people, since, september):
    story = household(people, lines=())
    story.line("loyer", "Loyer principal", 50000, since=since)
    assert asked(story, SEPTEMBER) == september


def test_a_benefit_of_a_lease_that_ends_on_the_1st_is_whole_and_what_is_left_is_in_the_tenants_favour(people):
    lines = (("loyer", "Loyer principal", 30000), ("apl", "APL", -19800))
    story = household(people, lines=lines, ends_on=date(2026, 9, 1))
    assert asked(story, SEPTEMBER) == 1000 - 19800


def test_posting_a_month_again_leaves_no_trace(people):
    household(people)
    for _again in range(2):
        post_month(month=SEPTEMBER, at=AN_EVENING, staff=people.accountant)
    assert [(trace.act, trace.staff, trace.detail) for trace in Trace.select()] == [
        ("posted_month", people.accountant, "2026-09")
    ]


def test_posting_a_month_that_asks_nothing_of_anybody_leaves_no_trace(people):
    RentLine.delete().execute()
    before = LedgerEntry.select().count()
    post_month(month=OCTOBER, at=AN_EVENING, staff=people.accountant)
    assert (LedgerEntry.select().count(), Trace.select().count()) == (before, 0)


def test_a_month_posted_by_the_terminal_leaves_no_trace_of_anybody(people):
    story = household(people)
    assert asked(story, AUGUST) == 50000
    assert Trace.select().count() == 0
