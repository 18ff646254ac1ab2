"""What a tenant may pay online: from one euro to what is owed and one month ahead, whole, by month, or another sum."""

from datetime import date, timedelta

import pytest

from portal.domain.payments import policy
from portal.domain.payments.models import PAID, WAITING, OnlinePayment
from portal.domain.payments.policy import Choice, WrongAmountError
from portal.domain.people.models import Role, Staff
from portal.domain.rents.account import Account
from portal.domain.rents.allocation import BENEFIT, Instalment, Plan, Posting
from portal.domain.rents.replay import replay
from portal.kernel.periods import Month
from tests.people import NOW

JULY, AUGUST, SEPTEMBER = (Month(2026, number) for number in (7, 8, 9))
RENT = 45000
TODAY = date(2026, 11, 2)
BALANCE = Choice("balance")


def rent(month, cents=RENT):
    return Posting(month.number, "rent_call", month.last_day, month, cents)


def came(cents, month=None, day=date(2026, 10, 1), kind="payment_received", number=90):
    return Posting(number, kind, day, month, -cents, "virement")


def account(*postings, plans=()):
    return Account(None, TODAY, replay(postings, {}, plans, on=TODAY))


THREE_MONTHS = (rent(JULY), rent(AUGUST), rent(SEPTEMBER))


@pytest.mark.parametrize("role", Role.ALL)
def test_accountants_and_administrators_read_the_payments_and_nobody_else(role):
    assert policy.may_read_payments(Staff(role=role)) == (role in {Role.ACCOUNTANT, Role.ADMINISTRATOR})


def test_the_whole_is_what_is_owed_and_nothing_when_the_account_is_in_the_tenants_favour():
    assert policy.asked_cents(account(*THREE_MONTHS)) == 3 * RENT
    assert policy.asked_cents(account(*THREE_MONTHS, came(3 * RENT + 1))) == 0
    assert policy.asked_cents(account()) == 0


def test_of_a_debt_that_a_plan_spreads_the_whole_is_the_instalments_due():
    parts = (Instalment(TODAY, 20000), Instalment(date(2026, 12, 2), 70000))
    plan = Plan(1, date(2026, 9, 15), parts)
    spread = account(rent(JULY), rent(AUGUST), rent(SEPTEMBER), plans=[plan])
    assert policy.asked_cents(spread) == RENT + 20000
    assert policy.amount_of(spread, BALANCE) == RENT + 20000


def test_one_may_pay_what_is_owed_and_one_term_more_less_its_benefit():
    owed = account(*THREE_MONTHS)
    assert policy.most_cents(owed) == 4 * RENT
    helped = account(*THREE_MONTHS, came(20000, SEPTEMBER, date(2026, 10, 5), BENEFIT))
    assert policy.most_cents(helped) == 3 * RENT - 20000 + RENT - 20000


def test_the_term_more_is_the_latest_one_that_asks_something():
    raised = account(rent(JULY), rent(AUGUST, 50000))
    assert policy.most_cents(raised) == RENT + 50000 + 50000
    favour = account(rent(JULY), rent(AUGUST, 50000), rent(SEPTEMBER, -3000))
    assert policy.most_cents(favour) == RENT + 50000 - 3000 + 50000
    assert policy.most_cents(account(rent(JULY), rent(AUGUST, 1))) == RENT + 1 + 1
    remission = Posting(91, "remission", date(2026, 10, 1), SEPTEMBER, -RENT)
    remitted = account(rent(JULY), rent(AUGUST, 50000), rent(SEPTEMBER), remission)
    assert policy.most_cents(remitted) == RENT + 50000 + 50000


def test_a_credit_counts_against_the_term_more_and_one_never_pays_less_than_nothing():
    assert policy.most_cents(account(rent(JULY), came(RENT + 10000))) == RENT - 10000
    assert policy.most_cents(account(rent(JULY), came(3 * RENT))) == 0
    assert policy.most_cents(account()) == 0


def test_a_benefit_above_the_rent_leaves_no_term_to_pay_ahead():
    covered = account(rent(JULY, 20000), rent(AUGUST, 30000), came(30000, AUGUST, date(2026, 9, 5), BENEFIT))
    assert policy.most_cents(covered) == 20000


def test_only_a_term_that_is_not_wholly_paid_may_be_chosen_the_first_due_first():
    part = account(*THREE_MONTHS, came(2 * RENT - 1))
    assert [(term.month, term.rest_cents) for term in part.open_terms] == [(AUGUST, 1), (SEPTEMBER, RENT)]
    assert policy.amount_of(part, Choice("terms", (AUGUST, SEPTEMBER))) == 1 + RENT


def test_chosen_months_come_to_what_is_left_of_each_once():
    part = account(*THREE_MONTHS, came(RENT + 10000))
    assert policy.amount_of(part, Choice("terms", (AUGUST,))) == RENT - 10000
    assert policy.amount_of(part, Choice("terms", (SEPTEMBER, AUGUST))) == 2 * RENT - 10000
    assert policy.amount_of(part, Choice("terms", (AUGUST, AUGUST))) == RENT - 10000


@pytest.mark.parametrize("months", [(), (JULY,), (JULY, AUGUST), (Month(2026, 12),)])
def test_no_month_or_a_month_paid_already_or_one_not_asked_is_refused(months):
    with pytest.raises(WrongAmountError, match="Un des mois choisis est déjà payé"):
        policy.amount_of(account(*THREE_MONTHS, came(RENT)), Choice("terms", months))


def test_with_nothing_owed_there_is_nothing_to_pay_but_a_sum_ahead():
    paid = account(rent(JULY), came(RENT))
    with pytest.raises(WrongAmountError, match="rien à payer"):
        policy.amount_of(paid, BALANCE)
    assert policy.amount_of(paid, Choice("sum", cents=RENT)) == RENT


def test_a_balance_under_one_euro_is_not_nothing_but_is_not_paid_online():
    for cents in (1, 99):
        with pytest.raises(WrongAmountError, match="commence à 1"):
            policy.amount_of(account(rent(JULY, cents)), BALANCE)
    assert policy.amount_of(account(rent(JULY, 100)), BALANCE) == 100


@pytest.mark.parametrize("cents", [-100, 0, 99])
def test_a_sum_under_one_euro_is_told_where_paying_online_begins(cents):
    with pytest.raises(WrongAmountError, match="commence à 1"):
        policy.amount_of(account(rent(JULY)), Choice("sum", cents=cents))


def test_a_sum_goes_from_one_euro_to_the_most_to_the_cent():
    owed = account(rent(JULY))
    assert policy.amount_of(owed, Choice("sum", cents=100)) == 100
    assert policy.amount_of(owed, Choice("sum", cents=2 * RENT)) == 2 * RENT
    with pytest.raises(WrongAmountError, match="un mois d’avance"):
        policy.amount_of(owed, Choice("sum", cents=2 * RENT + 1))


def test_the_terms_a_payment_went_to_are_told_the_oldest_first():
    money = came(RENT + 10000, number=91)
    owed = account(*THREE_MONTHS, money, came(100, number=92))
    payment = OnlinePayment(entry=91)
    assert [term.month for term in policy.terms_paid_by(owed, payment)] == [JULY, AUGUST]
    assert policy.terms_paid_by(owed, OnlinePayment(entry=None)) == []
    assert policy.terms_paid_by(owed, OnlinePayment(entry=99)) == []


def begun(state=WAITING):
    return OnlinePayment(started_at=NOW, state=state)


def test_a_payment_without_news_lapses_at_thirty_minutes():
    assert policy.state_of(begun(), at=NOW + timedelta(minutes=29, seconds=59)) == WAITING
    assert policy.state_of(begun(), at=NOW + timedelta(minutes=30)) == policy.LAPSED
    assert policy.state_of(begun(PAID), at=NOW + timedelta(days=1)) == PAID


def test_one_is_told_what_to_do_after_two_minutes_of_waiting():
    assert not policy.needs_advice(begun(), at=NOW + timedelta(minutes=1, seconds=59))
    assert policy.needs_advice(begun(), at=NOW + timedelta(minutes=2))
