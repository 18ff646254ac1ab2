"""A month is previewed, then posted once, for every lease that has rent lines."""

from datetime import date

import pytest

from portal.domain.audit.models import Trace
from portal.domain.errors import NotAllowedError
from portal.domain.rents.errors import WrongMonthError
from portal.domain.rents.models import LedgerEntry, RentLine, RentTerm, TermLine
from portal.domain.rents.posting import post_month, preview_month
from portal.kernel.periods import Month
from tests.pages import plain
from tests.people import NOW, lease_of
from tests.stories.household import SEPTEMBER, WORKED_EXAMPLE, at, household

pytestmark = pytest.mark.usefixtures("database")
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
TODAY = date(2026, 11, 23)


def written():
    return RentTerm.select().count(), TermLine.select().count(), LedgerEntry.select().count()


def test_a_preview_says_what_posting_does_and_writes_nothing(people):
    story = household(people, lines=WORKED_EXAMPLE)
    before = written()
    preview = preview_month(month=NOVEMBER, on=TODAY)
    assert [(call.number, call.total_cents) for call in preview.calls] == [(story.lease.number, 36601)]
    assert (preview.total_cents, preview.benefit_cents) == (36601, 19800)
    assert preview.without_lines == ["B-0001", "B-0002", "B-0003", "B-0004"]
    assert written() == before
    assert post_month(month=NOVEMBER, at=NOW).total_cents == preview.total_cents


def test_posting_twice_changes_nothing(people):
    household(people, lines=WORKED_EXAMPLE)
    post_month(month=NOVEMBER, at=NOW)
    after = written()
    again = post_month(month=NOVEMBER, at=at(date(2026, 11, 30)))
    assert (written(), again.calls, again.posted) == (after, [], 1)


def test_a_term_that_came_from_a_file_is_left_alone(people):
    lease = lease_of(people.bruno)
    RentLine.create(lease=lease, nature="loyer", label="Loyer", starts_on=date(2019, 3, 1), amount_cents=1)
    post_month(month=SEPTEMBER, at=NOW)
    assert [line.amount_cents for line in RentTerm.get(lease=lease, month=SEPTEMBER).lines.order_by(TermLine.id)] == [
        40755,
        4520,
    ]


def test_the_entries_are_those_a_file_would_have_made(people):
    story = household(people, lines=WORKED_EXAMPLE)
    post_month(month=NOVEMBER, at=NOW)
    number = story.lease.number
    made = {entry.business_key: (entry.amount_cents, entry.label) for entry in story.lease.entries}
    assert made == {
        f"terme/{number}/2026-11/rent_call": (56401, "Loyer et charges, novembre 2026"),
        f"terme/{number}/2026-11/housing_benefit": (-19800, "APL versée par la CAF, novembre 2026"),
    }


def test_what_changed_since_the_month_before_is_said_lease_by_lease(people):
    story = household(people)
    post_month(month=Month(2026, 10), at=NOW)
    assert preview_month(month=NOVEMBER, on=TODAY).changed == []
    story.line("rls", "RLS", -4909, since=date(2026, 11, 1))
    [call] = preview_month(month=NOVEMBER, on=TODAY).changed
    assert [plain(change.sentence) for change in call.changes] == ["RLS : -49,09 €, nouvelle ligne"]


def test_a_term_in_arrears_waits_for_its_month_and_one_in_advance_does_not(people):
    household(people)
    ahead = household(people, term_mode="in_advance")
    done = post_month(month=DECEMBER, at=NOW)
    assert [call.number for call in done.calls] == [ahead.lease.number]
    assert done.too_early == 5


@pytest.mark.parametrize("month", [Month(2025, 10), Month(2027, 1)])
def test_a_month_too_far_away_is_not_posted(month):
    with pytest.raises(WrongMonthError):
        post_month(month=month, at=NOW)


def test_only_the_accountant_posts_and_leaves_a_trace(people):
    household(people)
    with pytest.raises(NotAllowedError):
        post_month(month=NOVEMBER, at=NOW, staff=people.manager)
    post_month(month=NOVEMBER, at=NOW, staff=people.accountant)
    assert Trace.get(Trace.act == "posted_month").detail == "2026-11"
