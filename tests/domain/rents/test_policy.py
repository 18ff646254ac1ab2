"""Who keeps the accounts and reads them, what is said of a term, and how a debt is spread."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.people.models import Role, Staff
from portal.domain.rents import policy
from portal.domain.rents.allocation import BENEFIT, Posting, Share, Term
from portal.kernel.periods import Month

SEPTEMBER = Month(2026, 9)
DUE = date(2026, 10, 10)
RENT = 50000


def term(*, asked=RENT, tenant=0, benefit=0, spread=0, method="virement"):
    """A term of September, with what the tenant and the CAF paid of it."""
    shares = [
        Share(Posting(number, kind, date(2026, 9, 28), SEPTEMBER, -cents, method), cents)
        for number, (kind, cents) in enumerate([("payment_received", tenant), (BENEFIT, benefit)])
        if cents
    ]
    return Term(SEPTEMBER, DUE, asked, frozen_cents=spread, shares=shares)


@pytest.mark.parametrize("role", Role.ALL)
def test_the_accountant_alone_keeps_the_accounts(role):
    assert policy.may_keep_accounts(Staff(role=role)) == (role == Role.ACCOUNTANT)


@pytest.mark.parametrize("role", Role.ALL)
def test_accountants_managers_and_administrators_read_accounts_and_nobody_else(role):
    readers = {Role.ACCOUNTANT, Role.MANAGER, Role.ADMINISTRATOR}
    assert policy.may_read_accounts(Staff(role=role)) == (role in readers)


def test_a_quittance_is_given_for_a_term_paid_to_the_last_cent():
    """Law of 6 July 1989, art. 21: a quittance when the whole is paid, a reçu for a part of it."""
    assert policy.may_have_receipt(term(tenant=RENT))
    assert policy.may_have_receipt(term(tenant=RENT - 20000, benefit=20000))
    assert not policy.may_have_receipt(term(tenant=RENT - 1))


@pytest.mark.parametrize("asked", [0, -1, -8000])
def test_no_quittance_is_given_for_a_term_that_asked_nothing(asked):
    favour = term(asked=asked)
    favour.given_cents = -asked
    assert favour.rest_cents == 0
    assert not policy.may_have_receipt(favour)


def test_a_quittance_of_one_cent_is_one():
    assert policy.may_have_receipt(term(asked=1, tenant=1))


@pytest.mark.parametrize(
    ("told", "on", "state"),
    [
        ({}, DUE, policy.DUE),
        ({}, date(2026, 10, 11), policy.OVERDUE),
        ({"benefit": 20000}, DUE, policy.DUE),  # the CAF's money is not the tenant's effort
        ({"benefit": 20000}, date(2026, 10, 11), policy.OVERDUE),
        ({"tenant": 1}, date(2026, 10, 11), policy.PARTLY_PAID),
        ({"tenant": RENT - 1}, DUE, policy.PARTLY_PAID),
        ({"tenant": RENT}, date(2026, 10, 11), policy.PAID),
        ({"benefit": RENT}, date(2026, 10, 11), policy.PAID),
        ({"spread": RENT}, date(2026, 10, 11), policy.SPREAD),
        ({"tenant": 20000, "spread": RENT - 20000}, date(2026, 10, 11), policy.SPREAD),
        ({"spread": RENT - 1}, date(2026, 10, 11), policy.OVERDUE),
        ({"asked": 1}, date(2026, 10, 11), policy.OVERDUE),
        ({"asked": 0}, date(2026, 10, 11), policy.NOTHING_ASKED),
        ({"asked": -8000}, date(2026, 10, 11), policy.NOTHING_ASKED),
    ],
)
def test_where_a_term_stands(told, on, state):
    assert policy.state_of(term(**told), on=on) == state


@pytest.mark.parametrize(
    ("method", "conditional"),
    [("cheque", True), ("prelevement", True), ("virement", False), ("carte", False), ("especes", False)],
)
def test_what_the_bank_may_still_refuse_makes_a_quittance_conditional(method, conditional):
    assert policy.is_conditional(term(tenant=RENT, method=method)) == conditional


def test_one_cheque_among_the_payments_is_enough_to_make_a_quittance_conditional():
    paid = term(tenant=20000)
    paid.shares.append(Share(Posting(9, "payment_received", DUE, SEPTEMBER, -30000, "cheque"), 30000))
    assert policy.is_conditional(paid)


def parts(debt, count, first_on):
    return [(each.due_on, each.cents) for each in policy.even_instalments(debt, count=count, first_on=first_on)]


def test_a_debt_is_spread_in_equal_parts_with_the_odd_cents_on_the_last():
    assert parts(10001, 3, date(2026, 11, 5)) == [
        (date(2026, 11, 5), 3333),
        (date(2026, 12, 5), 3333),
        (date(2027, 1, 5), 3335),
    ]
    assert parts(10001, 1, date(2026, 11, 5)) == [(date(2026, 11, 5), 10001)]


def test_an_instalment_on_a_day_the_month_does_not_have_is_on_its_last():
    days = [day for day, _ in parts(40000, 4, date(2027, 12, 31))]
    assert days == [date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)]


@given(st.integers(1, 2_000_000), st.integers(1, 36), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_parts_add_up_to_the_debt_to_the_cent_one_a_month(debt, count, first_on):
    days, cents = zip(*parts(debt, count, first_on), strict=True)
    assert (sum(cents), len(cents), days[0]) == (debt, count, first_on)
    assert [Month.of(day) for day in days] == [Month.of(first_on).plus(step) for step in range(count)]
    assert max(cents) - min(cents) < count
