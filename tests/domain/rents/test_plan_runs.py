"""A repayment plan while it runs: what it spreads, what pays its instalments, and what it leaves when it ends."""

from datetime import date

import pytest

from portal.domain.rents.allocation import Instalment, Plan, PlanRun, Posting, Share, Term
from portal.domain.rents.replay import replay
from portal.kernel.periods import Month

JANUARY, FEBRUARY, MARCH, APRIL = (Month(2026, number) for number in range(1, 5))
RENT = 50000
AGREED = date(2026, 4, 10)
DUE = {month: month.plus(1).first_day.replace(day=10) for month in (JANUARY, FEBRUARY, MARCH, APRIL)}
CALLS = [
    Posting(month.number, "rent_call", month.last_day.replace(day=26), month, RENT, key=f"{month.number}")
    for month in (JANUARY, FEBRUARY)
]
MARCH_CALL = Posting(3, "rent_call", date(2026, 3, 26), MARCH, RENT, key="3")
APRIL_CALL = Posting(4, "rent_call", date(2026, 4, 26), APRIL, RENT, key="4")
FIRST, SECOND = date(2026, 5, 15), date(2026, 6, 15)


def plan(*parts, agreed_on=AGREED, ended_on=None, number=1):
    return Plan(number, agreed_on, tuple(Instalment(*part) for part in parts), ended_on)


TWO = plan((FIRST, 60000), (SECOND, 40000))


def paid(number, day, cents, *months):
    return Posting(number, "payment_received", day, None, -cents, key=f"{number}", choices=months)


def bounced(number, payment, day):
    return Posting(
        number, "rejected_payment", day, None, -payment.amount_cents, reverses_id=payment.id, key=f"{number}"
    )


def spread(account):
    return {str(debt.month): debt.frozen_cents for debt in account.terms if debt.frozen_cents}


def rests(account):
    return {str(term.month): term.rest_cents for term in account.terms if term.rest_cents}


def steps(account):
    return [(step.asked_cents, step.paid_cents) for step in account.plans[-1].steps]


def test_a_plan_spreads_what_is_due_on_its_day_and_nothing_due_the_day_after():
    on_the_day = {**DUE, MARCH: AGREED}
    whole = plan((FIRST, 150000))
    assert spread(replay([*CALLS, MARCH_CALL], on_the_day, [whole])) == {
        "2026-01": RENT,
        "2026-02": RENT,
        "2026-03": RENT,
    }
    the_day_after = {**DUE, MARCH: date(2026, 4, 11)}
    account = replay([*CALLS, MARCH_CALL], the_day_after, [whole])
    assert spread(account) == {"2026-01": RENT, "2026-02": RENT}
    assert account.plans[0].start_cents == 2 * RENT
    assert account.terms[2].due_cents == RENT


def test_a_plan_smaller_than_the_debt_spreads_the_oldest_and_leaves_the_rest_due():
    account = replay([*CALLS, MARCH_CALL], DUE, [plan((FIRST, 60000))])
    assert spread(account) == {"2026-01": RENT, "2026-02": 10000}
    assert [term.due_cents for term in account.terms] == [0, 40000, RENT]


def test_a_plan_larger_than_the_debt_lightens_its_last_instalments():
    account = replay(CALLS[:1], DUE, [plan((FIRST, 30000), (SECOND, 30000), (date(2026, 7, 15), 30000))])
    assert steps(account) == [(30000, 0), (20000, 0), (0, 0)]
    assert (account.plans[0].start_cents, account.plans[0].left_cents) == (RENT, RENT)


def test_an_instalment_may_be_paid_from_thirty_one_days_before_and_money_that_comes_sooner_waits_for_that_day():
    one = plan((date(2026, 5, 20), 60000), (date(2026, 6, 20), 40000))
    early = paid(9, date(2026, 4, 18), 60000)
    waiting = replay([*CALLS, early], DUE, [one], on=date(2026, 4, 18))
    assert (waiting.credit_cents, waiting.plans[0].left_cents) == (60000, 100000)
    from_its_day = replay([*CALLS, early], DUE, [one], on=date(2026, 4, 19))
    assert (from_its_day.credit_cents, from_its_day.plans[0].left_cents) == (0, 40000)
    on_the_day = replay([*CALLS, early._replace(value_on=date(2026, 4, 19))], DUE, [one], on=date(2026, 4, 19))
    assert (on_the_day.credit_cents, on_the_day.plans[0].left_cents) == (0, 40000)


def test_money_that_waited_for_an_instalment_pays_it_though_nothing_else_happens_that_day():
    three = plan((FIRST, 20000), (date(2026, 8, 1), 40000), (date(2026, 9, 1), 40000))
    account = replay([*CALLS, paid(9, FIRST, 70000)], DUE, [three], on=date(2026, 6, 30))
    assert (account.credit_cents, steps(account)) == (50000, [(20000, 20000), (40000, 0), (40000, 0)])
    account = replay([*CALLS, paid(9, FIRST, 70000)], DUE, [three], on=date(2026, 7, 1))
    assert (account.credit_cents, steps(account)) == (10000, [(20000, 20000), (40000, 40000), (40000, 0)])


def test_what_is_due_first_is_paid_first_the_instalment_or_the_months_rent():
    entries = [*CALLS, MARCH_CALL, APRIL_CALL]
    both = plan((FIRST, 60000), (SECOND, 40000), agreed_on=date(2026, 4, 1))  # March and April are not due yet
    account = replay([*entries, paid(9, FIRST, 120000)], DUE, [both])
    # March, due on 10 April, and April, due on 10 May, then the instalment of 15 May
    assert rests(account) == {"2026-01": 30000, "2026-02": RENT}
    later = {**DUE, APRIL: date(2026, 5, 16)}
    account = replay([*entries, paid(9, FIRST, 120000)], later, [both])
    assert rests(account) == {"2026-02": 40000, "2026-04": 40000}
    same_day = {**DUE, APRIL: FIRST}
    account = replay([*entries, paid(9, FIRST, 120000)], same_day, [both])
    assert rests(account) == {"2026-02": 40000, "2026-04": 40000}


def test_two_instalments_of_one_day_are_both_to_be_paid_on_it():
    account = replay([*CALLS, paid(9, FIRST, 70000)], DUE, [plan((FIRST, 60000), (FIRST, 40000))])
    assert steps(account) == [(60000, 60000), (40000, 10000)]


def test_of_a_day_the_instalment_comes_before_a_debt_outside_the_terms():
    repairs = Posting(8, "tenant_repairs", date(2026, 4, 20), None, 4200, due_on=FIRST, key="a")
    account = replay([*CALLS, repairs, paid(9, FIRST, 60001)], DUE, [TWO])
    assert (steps(account), account.apart[0].rest_cents) == ([(60000, 60000), (40000, 0)], 4199)


@pytest.mark.parametrize("left", [1, 2])
def test_while_a_plan_runs_the_last_cent_of_a_months_rent_is_paid_too(left):
    entries = [*CALLS, MARCH_CALL, paid(8, date(2026, 4, 11), RENT - left, MARCH), paid(9, date(2026, 4, 12), left)]
    account = replay(entries, DUE, [plan((SECOND, 100000), agreed_on=date(2026, 4, 1))])
    assert rests(account) == {"2026-01": RENT, "2026-02": RENT}


def test_an_instalment_pays_the_oldest_part_of_the_debt_first():
    account = replay([*CALLS, paid(9, FIRST, 60000)], DUE, [TWO])
    assert (rests(account), spread(account)) == ({"2026-02": 40000}, {"2026-02": 40000})
    assert steps(account) == [(60000, 60000), (40000, 0)]
    assert [(share.cents, share.plan) for term in account.terms for share in term.shares] == [(50000, 1), (10000, 1)]


def test_a_term_the_tenant_chose_is_paid_even_in_the_part_that_a_plan_spreads():
    account = replay([*CALLS, paid(9, date(2026, 4, 11), RENT, FEBRUARY)], DUE, [TWO])
    assert (rests(account), spread(account)) == ({"2026-01": RENT}, {"2026-01": RENT})
    assert account.terms[1].shares == [Share(paid(9, date(2026, 4, 11), RENT, FEBRUARY), RENT, 1)]


def test_of_a_chosen_term_what_the_plan_does_not_spread_is_paid_before_what_it_spreads():
    account = replay([*CALLS, paid(9, date(2026, 4, 11), 45000, FEBRUARY)], DUE, [plan((FIRST, 60000))])
    assert (rests(account), spread(account)) == ({"2026-01": RENT, "2026-02": 5000}, {"2026-01": RENT, "2026-02": 5000})


def test_a_payment_that_had_followed_the_plan_and_bounces_is_spread_again():
    payment = paid(9, FIRST, 60000)
    account = replay([*CALLS, payment, bounced(10, payment, date(2026, 5, 20))], DUE, [TWO])
    assert spread(account) == {"2026-01": RENT, "2026-02": RENT}
    assert (account.plans[0].left_cents, account.terms[0].paid_on) == (100000, None)


def test_a_payment_of_before_the_plan_that_bounces_is_due_at_once():
    payment = paid(9, date(2026, 4, 1), 30000)
    account = replay([*CALLS, payment, bounced(10, payment, date(2026, 5, 20))], DUE, [TWO])
    assert spread(account) == {"2026-01": 20000, "2026-02": RENT}
    assert account.terms[0].due_cents == 30000


def test_a_payment_that_followed_a_former_plan_and_bounces_is_not_spread_by_the_next():
    parts = (date(2026, 4, 15), 20000), (FIRST, 80000)
    former = plan(*parts, agreed_on=date(2026, 4, 1), ended_on=date(2026, 4, 20))
    payment = paid(9, date(2026, 4, 15), 20000)
    nxt = plan((FIRST, 80000), agreed_on=date(2026, 4, 21), number=2)
    account = replay([*CALLS, payment, bounced(10, payment, date(2026, 5, 1))], DUE, [former, nxt])
    assert [share.plan for share in replay([*CALLS, payment], DUE, [former, nxt]).terms[0].shares] == [1]
    assert spread(account) == {"2026-01": 30000, "2026-02": RENT}
    assert account.terms[0].due_cents == 20000


def test_a_plan_that_ends_leaves_what_it_did_not_pay_due_as_it_was():
    over = plan((FIRST, 60000), (SECOND, 40000), ended_on=date(2026, 5, 20))
    account = replay([*CALLS, paid(9, FIRST, 60000)], DUE, [over])
    run = account.plans[0]
    assert (spread(account), run.running, run.start_cents, run.left_cents, run.done_cents) == (
        {},
        False,
        100000,
        40000,
        60000,
    )
    assert account.terms[1].due_cents == 40000
    before = replay([*CALLS, paid(9, FIRST, 60000)], DUE, [over], on=date(2026, 5, 19))
    assert (before.plans[0].running, spread(before)) == (True, {"2026-02": 40000})


def test_money_that_waited_for_an_instalment_pays_the_debt_on_the_day_the_plan_ends():
    over = plan((date(2026, 9, 15), 100000), ended_on=date(2026, 5, 20))
    account = replay([*CALLS, paid(9, FIRST, 60000)], DUE, [over])
    assert (account.credit_cents, rests(account)) == (0, {"2026-02": 40000})
    assert account.terms[0].paid_on == date(2026, 5, 20)


@pytest.mark.parametrize(("ended_on", "ran"), [(AGREED, 0), (date(2026, 4, 11), 1), (None, 1)])
def test_a_plan_ended_on_its_first_day_never_ran(ended_on, ran):
    account = replay(CALLS, DUE, [plan((FIRST, 100000), ended_on=ended_on)], on=date(2026, 4, 12))
    assert len(account.plans) == ran
    assert spread(account) == ({} if ended_on else {"2026-01": RENT, "2026-02": RENT})


def test_on_the_day_of_a_plan_what_comes_in_pays_before_the_rest_is_spread():
    account = replay([*CALLS, paid(9, AGREED, 30000)], DUE, [TWO])
    assert spread(account) == {"2026-01": 20000, "2026-02": RENT}
    assert account.plans[0].start_cents == 70000


def test_less_asked_of_a_month_that_a_plan_spreads_lightens_the_plan():
    remission = Posting(9, "remission", date(2026, 4, 20), JANUARY, -45000, key="9")
    account = replay([*CALLS, remission], DUE, [TWO])
    assert spread(account) == {"2026-01": 5000, "2026-02": RENT}
    assert (account.plans[0].left_cents, account.plans[0].done_cents) == (55000, 45000)
    nothing = remission._replace(amount_cents=-RENT)
    assert spread(replay([*CALLS, nothing], DUE, [TWO])) == {"2026-02": RENT}


def test_a_plan_is_done_when_its_last_cent_is_paid():
    run = replay([*CALLS, paid(9, SECOND, 99999)], DUE, [TWO]).plans[0]
    assert (run.is_done, run.left_cents, run.done_cents) == (False, 1, 99999)
    run = replay([*CALLS, paid(9, SECOND, 100000)], DUE, [TWO]).plans[0]
    assert (run.is_done, run.left_cents, run.done_cents) == (True, 0, 100000)


def test_an_instalment_is_to_be_paid_from_its_day_and_late_from_the_next():
    run = PlanRun(TWO, start_cents=100000, left_cents=90000)
    assert [run.due_cents(on=day) for day in (date(2026, 5, 14), FIRST, SECOND)] == [0, 50000, 90000]
    assert [run.late_cents(on=day) for day in (FIRST, date(2026, 5, 16), SECOND, date(2026, 6, 16))] == [
        0,
        50000,
        50000,
        90000,
    ]
    assert [step.due_on for step in run.steps] == [FIRST, SECOND]
    assert TWO.total_cents == 100000


def test_what_is_due_of_a_term_is_what_no_plan_spreads():
    term = Term(JANUARY, DUE[JANUARY], RENT, frozen_cents=30000)
    term.shares.append(Share(paid(9, FIRST, 5000), 5000))
    assert (term.rest_cents, term.due_cents) == (45000, 15000)
