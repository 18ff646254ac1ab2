"""A repayment plan: which debt it spreads, from which day, and the day its instalments are late."""

from datetime import date, timedelta

import pytest

from portal.domain.audit.models import Trace
from portal.domain.errors import NotAllowedError
from portal.domain.rents import plans, policy
from portal.domain.rents.allocation import Instalment
from portal.domain.rents.errors import PlanError, ReferenceUsedError
from portal.domain.rents.models import RepaymentPlan
from tests.stories.household import AUGUST, JULY, JUNE, SEPTEMBER, Story, at, household

pytestmark = pytest.mark.usefixtures("database")
DAY = timedelta(days=1)
JULY_IS_DUE = date(2026, 8, 10)
FIRST, SECOND = date(2026, 9, 15), date(2026, 10, 15)


@pytest.fixture
def story(people) -> Story:
    """June (due on 10 July) and July (due on 10 August) were never paid: 500 € each."""
    story = household(people)
    story.post(JUNE, JULY)
    return story


def agree(story, *instalments: tuple[date, int], on: date = JULY_IS_DUE, key: str = "a", **changes):
    asked = {"lease": story.lease, "staff": story.accountant, "once_key": key, "at": at(on)}
    parts = [Instalment(*each) for each in instalments or ((FIRST, 50000), (SECOND, 50000))]
    return plans.agree_plan(instalments=parts, **asked | changes)


def end(story, on: date, reason: str = "non respecté", staff=None) -> None:
    plans.end_plan(lease=story.lease, reason=reason, at=at(on), staff=staff or story.accountant)


def spread(story, on: date) -> dict[str, int]:
    """What the plan spreads of each month."""
    return {str(term.month): term.frozen_cents for term in story.account(on).replayed.terms}


def test_a_plan_spreads_what_is_due_on_the_day_it_is_agreed_and_not_what_is_due_the_day_after(story):
    assert story.account(JULY_IS_DUE - DAY).spreadable_cents == 50000
    assert story.account(JULY_IS_DUE).spreadable_cents == 100000
    agree(story)
    assert spread(story, JULY_IS_DUE) == {"2026-06": 50000, "2026-07": 50000}


def test_agreed_the_day_before_a_term_is_due_it_leaves_that_term_as_it_is(story):
    agree(story, (FIRST, 50000), on=JULY_IS_DUE - DAY)
    assert spread(story, JULY_IS_DUE) == {"2026-06": 50000, "2026-07": 0}
    assert story.account(JULY_IS_DUE + DAY).overdue_cents == 50000


def test_a_debt_apart_is_spread_from_the_day_it_is_due(story):
    story.adjust(date(2026, 8, 1), "tenant_repairs", 12000, "porte", JULY_IS_DUE)
    assert story.account(JULY_IS_DUE - DAY).spreadable_cents == 50000
    agree(story, (FIRST, 112000))
    assert story.account(JULY_IS_DUE).spread_cents == 112000


def test_a_plan_runs_from_the_day_it_is_agreed(story):
    agree(story)
    before, after = story.account(JULY_IS_DUE - DAY), story.account(JULY_IS_DUE)
    assert (before.plan, before.overdue_cents) == (None, 50000)
    assert (after.plan.left_cents, after.overdue_cents, after.due_cents) == (100000, 0, 0)


def test_an_instalment_is_asked_from_its_day_and_late_from_the_day_after(story):
    agree(story)
    told = [
        (story.account(day).plan_due_cents, story.account(day).overdue_cents)
        for day in (FIRST - DAY, FIRST, FIRST + DAY)
    ]
    assert told == [(0, 0), (50000, 0), (50000, 50000)]
    assert [story.account(day).due_cents for day in (FIRST - DAY, FIRST)] == [0, 50000]
    assert story.account(JULY_IS_DUE).first_due_on == FIRST


def test_what_was_paid_of_an_instalment_is_no_longer_late(story):
    agree(story)
    story.pay(FIRST, 49999)
    assert story.account(FIRST + DAY).overdue_cents == 1
    story.pay(FIRST + DAY, 1)
    assert story.account(FIRST + DAY).overdue_cents == 0
    assert story.account(FIRST + DAY).plan.left_cents == 50000


def test_a_term_is_late_from_the_day_after_it_is_due(story):
    def told(on: date) -> tuple[str, int]:
        account = story.account(on)
        return account.state(account.term(JULY)), account.overdue_cents

    assert told(JULY_IS_DUE - DAY) == (policy.DUE, 50000)
    assert told(JULY_IS_DUE) == (policy.DUE, 50000)
    assert told(JULY_IS_DUE + DAY) == (policy.OVERDUE, 100000)


def test_a_term_wholly_spread_is_neither_late_nor_to_be_paid_and_one_paid_in_part_says_so(story):
    agree(story)
    account = story.account(JULY_IS_DUE + DAY)
    assert [account.state(account.term(month)) for month in (JUNE, JULY)] == [policy.SPREAD] * 2
    story.post(AUGUST)
    story.pay(date(2026, 9, 9), 100)
    account = story.account(date(2026, 9, 11))
    assert account.state(account.term(AUGUST)) == policy.PARTLY_PAID


def test_what_is_paid_on_the_day_of_the_plan_comes_first_and_lightens_the_last_instalment(story):
    agree(story)
    story.pay(JULY_IS_DUE, 30000)
    steps = story.account(JULY_IS_DUE).plan.steps
    assert [step.asked_cents for step in steps] == [50000, 20000]


def test_an_instalment_may_be_paid_in_the_month_before_its_day_and_sooner_the_money_waits(story):
    agree(story, (FIRST, 100000))
    story.pay(FIRST - 32 * DAY, 20000)
    early, later = story.account(FIRST - 32 * DAY), story.account(FIRST - 31 * DAY)
    assert (early.credit_cents, early.plan.done_cents) == (20000, 0)
    assert (later.credit_cents, later.plan.done_cents) == (0, 20000)


@pytest.mark.parametrize(
    "instalments",
    [
        [(JULY_IS_DUE, 50000), (SECOND, 50000)],  # today
        [(JULY_IS_DUE - DAY, 50000), (SECOND, 50000)],
        [(SECOND, 50000), (FIRST, 50000)],
        [(FIRST, 50000), (FIRST, 50000)],
        [(FIRST, 100000), (SECOND, 0)],
        [(FIRST, 100001), (SECOND, -1)],
        [(FIRST, 50000), (SECOND, 49999)],
        [(FIRST, 50000), (SECOND, 50001)],
    ],
)
def test_instalments_are_to_come_in_order_and_make_the_debt_to_the_cent(story, instalments):
    with pytest.raises(PlanError):
        agree(story, *instalments)
    assert (RepaymentPlan.select().count(), Trace.select().count()) == (0, 0)


def test_the_first_instalment_may_fall_due_tomorrow(story):
    assert agree(story, (JULY_IS_DUE + DAY, 99999), (JULY_IS_DUE + 2 * DAY, 1))


def test_where_nothing_is_overdue_there_is_nothing_to_spread(story):
    with pytest.raises(PlanError, match="pas de dette"):
        agree(story, (FIRST, 50000), on=date(2026, 7, 9))


def test_the_same_press_notes_one_plan_and_the_key_is_of_one_lease(story, people):
    assert agree(story) == agree(story)
    other = household(people, ("M.", "Ivan", "Petrović"))
    other.post(JUNE, JULY)
    with pytest.raises(ReferenceUsedError):
        agree(other)


def test_one_plan_runs_at_a_time_until_it_is_ended_or_wholly_paid(story):
    agree(story)
    with pytest.raises(PlanError, match="déjà en cours"):
        agree(story, key="b")
    story.pay(date(2026, 9, 14), 100000)
    story.post(SEPTEMBER)
    new = agree(story, (SECOND, 50000), on=date(2026, 10, 12), key="b")
    former, kept = RepaymentPlan.select().order_by(RepaymentPlan.id)
    assert (former.ended_on, former.end_reason) == (date(2026, 10, 12), plans.CARRIED_OUT)
    assert (kept, kept.ended_on) == (new, None)


def test_an_ended_plan_makes_its_debt_due_again_from_that_day(story):
    agree(story)
    end(story, date(2026, 8, 20), "  non respecté ")
    assert story.account(date(2026, 8, 19)).overdue_cents == 0
    account = story.account(date(2026, 8, 20))
    assert (account.plan, account.overdue_cents, account.spreadable_cents) == (None, 100000, 100000)
    assert RepaymentPlan.get().end_reason == "non respecté"


def test_ended_on_the_day_it_was_agreed_it_never_ran(story):
    agree(story)
    end(story, JULY_IS_DUE)
    account = story.account(JULY_IS_DUE + DAY)
    assert (account.replayed.plans, account.overdue_cents) == ([], 100000)
    assert agree(story, key="b", on=JULY_IS_DUE + DAY)


def test_a_plan_ended_once_keeps_its_day_and_leaves_one_trace(story):
    end(story, JULY_IS_DUE)
    assert Trace.select().count() == 0
    agree(story)
    for day in (20, 21):
        end(story, date(2026, 8, day))
    assert RepaymentPlan.get().ended_on == date(2026, 8, 20)
    assert [trace.act for trace in Trace.select().order_by(Trace.id)] == ["agreed_plan", "ended_plan"]


def test_a_plan_is_ended_with_a_reason(story):
    agree(story)
    with pytest.raises(PlanError, match="pourquoi"):
        end(story, SECOND, "  ")


def test_only_the_accountant_agrees_and_ends_a_plan(story, people):
    agree(story)
    for staff in (people.admin, people.manager, people.technical, people.loge):
        with pytest.raises(NotAllowedError):
            agree(story, staff=staff)
        with pytest.raises(NotAllowedError):
            end(story, SECOND, staff=staff)


@pytest.mark.parametrize(
    ("debt", "count", "first", "parts"),
    [
        (100, 3, date(2026, 9, 15), [(15, 9, 33), (15, 10, 33), (15, 11, 34)]),
        (100, 1, date(2026, 9, 30), [(30, 9, 100)]),
        (300, 3, date(2026, 12, 31), [(31, 12, 100), (31, 1, 100), (28, 2, 100)]),
    ],
)
def test_even_instalments_fall_on_a_day_the_month_has_and_the_last_one_takes_the_odd_cents(debt, count, first, parts):
    made = policy.even_instalments(debt, count=count, first_on=first)
    assert [(each.due_on.day, each.due_on.month, each.cents) for each in made] == parts
