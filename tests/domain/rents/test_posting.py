"""A month is previewed, then posted once, for every lease that has rent lines."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from portal.domain.audit.models import Trace
from portal.domain.errors import NotAllowedError
from portal.domain.rents import posting
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


@pytest.fixture
def elsewhere(monkeypatch):
    """A server whose own clock is neither on Paris time nor on UTC."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


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


def test_a_preview_is_made_of_the_calls_that_will_be_posted_each_beside_the_month_before(people):
    story = household(people, due_day=5)
    post_month(month=Month(2026, 10), at=NOW)
    new = household(people, starts_on=date(2026, 11, 11))
    preview = preview_month(month=NOVEMBER, on=TODAY)
    assert [(call.lease_id, call.due_on, call.days, call.is_new) for call in preview.calls] == [
        (story.lease.id, date(2026, 12, 5), 30, False),
        (new.lease.id, date(2026, 12, 10), 20, True),
    ]
    assert preview.calls[0].before == preview.calls[0].lines
    posted = post_month(month=NOVEMBER, at=NOW).calls
    assert [replace(call, before=None) for call in preview.calls] == posted


def test_posting_twice_changes_nothing(people):
    household(people, lines=WORKED_EXAMPLE)
    post_month(month=NOVEMBER, at=NOW)
    after = written()
    again = post_month(month=NOVEMBER, at=at(date(2026, 11, 30)))
    assert (written(), again.calls, again.posted) == (after, [], 1)
    household(people)
    post_month(month=NOVEMBER, at=NOW)
    assert preview_month(month=NOVEMBER, on=TODAY).posted == 2


def test_how_far_a_posting_is_is_told_every_so_many_leases(people, monkeypatch):
    monkeypatch.setattr(posting, "LEASES_A_STEP", 2)
    for _ in range(5):
        household(people)
    told = []
    post_month(month=NOVEMBER, at=NOW, progress=lambda *far: told.append(far))
    assert told == [("Loyers", 2, 9), ("Loyers", 4, 9)]


@pytest.mark.usefixtures("elsewhere")
def test_a_posting_is_written_as_it_will_be_read_on_any_server(people):
    household(people, lines=WORKED_EXAMPLE)
    new = household(people, due_day=31, lines=(("loyer", "Loyer", 30000), ("charges:teom", "TEOM", 500)))
    night = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # in Paris, 1 December
    post_month(month=NOVEMBER, at=night)
    term = RentTerm.get(lease=new.lease, month=NOVEMBER)
    assert (term.issued_on, term.due_on) == (date(2026, 12, 1), date(2026, 12, 31))
    lines = [(line.nature, line.label, line.amount_cents) for line in term.lines.order_by(TermLine.id)]
    assert lines == [("loyer", "Loyer", 30000), ("charges:teom", "TEOM", 500)]
    [entry] = new.lease.entries
    assert (entry.kind, entry.month, entry.amount_cents, entry.method) == ("rent_call", NOVEMBER, 30500, "")
    assert (entry.entered_on, entry.value_on, entry.recorded_at) == (date(2026, 12, 1), date(2026, 12, 1), night)


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
def test_a_month_too_far_away_is_neither_posted_nor_previewed(month):
    with pytest.raises(WrongMonthError):
        post_month(month=month, at=NOW)
    with pytest.raises(WrongMonthError):
        preview_month(month=month, on=TODAY)


@pytest.mark.parametrize("month", [Month(2025, 11), NOVEMBER, DECEMBER])
def test_a_month_is_posted_from_a_year_before_to_the_next(people, month):
    story = household(people, term_mode="in_advance")
    assert [call.number for call in post_month(month=month, at=NOW).calls] == [story.lease.number]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "asked"),
    [
        (date(2026, 11, 30), None, True),
        (date(2026, 12, 1), None, False),
        (date(2020, 3, 1), date(2026, 11, 1), True),
        (date(2020, 3, 1), date(2026, 10, 31), False),
    ],
)
def test_a_lease_is_asked_a_month_in_which_it_runs_one_day(people, starts_on, ends_on, asked):
    story = household(people, starts_on=starts_on, ends_on=ends_on)
    calls = post_month(month=NOVEMBER, at=NOW).calls
    assert [call.number for call in calls] == [story.lease.number] * asked


def test_a_rent_line_counts_in_a_month_in_which_it_holds_one_day(people):
    story = household(people, lines=(("loyer", "Loyer", 30000),))
    for label, since, until in (
        ("du dernier jour", date(2026, 11, 30), None),
        ("de décembre", date(2026, 12, 1), None),
        ("du premier jour", None, date(2026, 11, 1)),
        ("d’octobre", None, date(2026, 10, 31)),
    ):
        story.line("assurance", label, 3000, since=since, until=until)
    [call] = post_month(month=NOVEMBER, at=NOW).calls
    assert call.lines == [
        ("loyer", "Loyer", 30000),
        ("assurance", "du dernier jour", 100),
        ("assurance", "du premier jour", 100),
    ]


def test_a_posting_of_nothing_leaves_no_trace(people):
    post_month(month=NOVEMBER, at=NOW, staff=people.accountant)
    assert not Trace.select().exists()


def test_only_the_accountant_posts_and_leaves_a_trace(people):
    household(people)
    with pytest.raises(NotAllowedError):
        post_month(month=NOVEMBER, at=NOW, staff=people.manager)
    post_month(month=NOVEMBER, at=NOW, staff=people.accountant)
    trace = Trace.get(Trace.act == "posted_month")
    assert (trace.detail, trace.staff, trace.happened_at) == ("2026-11", people.accountant, NOW)
