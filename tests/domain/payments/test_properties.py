"""Whatever the order and the repeats of what the bank says, the account ends the same."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.config import Office
from portal.db import db
from portal.domain.papers import actions as papers
from portal.domain.papers import consents
from portal.domain.papers.drafts import Desk
from portal.domain.papers.keys import keyring
from portal.domain.papers.models import Paper
from portal.domain.payments import actions, policy
from portal.domain.payments.models import LEAST_CENTS, OnlinePayment
from portal.domain.payments.policy import Choice, WrongAmountError
from portal.domain.rents.allocation import Posting
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.queries import Account, account_of
from portal.domain.rents.replay import replay
from portal.kernel.periods import Month
from tests.bank import SHOP, begin, body_of, refund_of
from tests.people import NOW, lease_of

OWED = 3 * 45275
TOLD = {
    "authorised": body_of,
    "captured": lambda payment: body_of(payment, "CAPTURED"),
    "verified": lambda payment: body_of(payment, "UNDER_VERIFICATION"),
    "first try": lambda payment: body_of(payment, "REFUSED", trans_uuid="1" * 32),
    "given up": lambda payment: body_of(payment, "ABANDONED", trans_uuid="2" * 32),
    "a part": lambda payment: refund_of(payment, 2000, "a" * 32),
    "another part": lambda payment: refund_of(payment, 1500, "b" * 32),
    "forged": lambda payment: body_of(payment, key="8877665544332211"),
    "wrong": lambda payment: body_of(payment, amount="1"),
}
BROUGHT = {"a part": 2000, "another part": 1500}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(TOLD)), max_size=12))
def test_the_account_depends_on_what_was_said_and_not_on_when(database, people, said):
    with db.atomic() as everything:
        payment = begin(people.bruno, key="p")
        for word in said:
            actions.receive(body=TOLD[word](payment), shop=SHOP, address="194.50.38.6", at=NOW)
        is_paid = bool({"authorised", "captured"} & set(said))
        expected = 5000 - sum(cents for word, cents in BROUGHT.items() if word in said) if is_paid else 0
        assert OWED - account_of(lease_of(people.bruno), on=NOW.date()).balance_cents == expected
        assert OnlinePayment.get().kept_cents == expected
        everything.rollback()


@pytest.mark.parametrize("order", sorted(set(permutations(["AUTHORISED"] * 3 + ["CANCELLED"] * 2))), ids="-".join)
def test_what_was_undone_stays_undone_in_any_order(database, people, order):
    payment = begin(people.bruno, key="p")
    for status in order:
        actions.receive(body=body_of(payment, status), shop=SHOP, address="194.50.38.6", at=NOW)
    assert account_of(lease_of(people.bruno), on=NOW.date()).balance_cents == OWED


def account(asked: list[int], paid: int) -> Account:
    """Return an account whose last months ask these sums, and which received another."""
    postings = []
    for rank, cents in enumerate(asked, 1):
        month = Month(2026, rank)
        if cents:
            postings.append(Posting(rank, "rent_call", month.last_day, month, cents))
    if paid:
        postings.append(Posting(99, "payment_received", date(2026, 10, 1), None, -paid, "virement"))
    return Account(None, date(2026, 11, 1), replay(postings, {}))


sums = st.lists(st.integers(0, 200_000), max_size=6)


@given(sums, st.integers(0, 500_000), st.integers(-1000, 1_500_000))
def test_one_pays_from_one_euro_to_what_one_owes_and_a_month(asked, paid, cents):
    account_now = account(asked, paid)
    most = policy.most_cents(account_now)
    allowed = LEAST_CENTS <= cents <= most
    try:
        assert policy.amount_of(account_now, Choice("sum", cents=cents)) == cents
        assert allowed
    except WrongAmountError:
        assert not allowed
    one_term = max((cents for cents in asked if cents), default=0)
    assert most <= max(0, account_now.balance_cents) + one_term


@given(sums, st.integers(0, 500_000), st.data())
def test_chosen_months_come_to_what_is_left_of_them(asked, paid, data):
    account_now = account(asked, paid)
    payable = account_now.open_terms
    if not payable:
        with pytest.raises(WrongAmountError):
            policy.amount_of(account_now, Choice("terms", ()))
        return
    chosen = data.draw(st.lists(st.sampled_from(payable), min_size=1, unique_by=lambda term: term.month))
    total = sum(term.rest_cents for term in chosen)
    if LEAST_CENTS <= total <= policy.most_cents(account_now):
        assert policy.amount_of(account_now, Choice("terms", tuple(term.month for term in chosen))) == total


def test_a_paper_goes_with_the_payment_that_gave_it(database, people, tmp_path):
    lease, desk = lease_of(people.bruno), Desk(Office(), keyring(tmp_path), "http://localhost/verification")
    consents.answer(tenant=people.bruno, agreed=True, at=NOW)
    choice = Choice("terms", (Month(2026, 8),))
    payment = actions.start(tenant=people.bruno, lease=lease, choice=choice, once_key="a", mode="TEST", at=NOW)
    actions.receive(body=body_of(payment), shop=SHOP, address="", at=NOW)
    quittance = papers.draw_up_receipt(lease=lease, month=Month(2026, 8), desk=desk, at=NOW)
    assert actions.receive(body=refund_of(payment, 100), shop=SHOP, address="", at=NOW).status == 200
    assert Paper.get_by_id(quittance.id).withdrawn_at == NOW
    entry = LedgerEntry.get(LedgerEntry.id == OnlinePayment.get().entry_id)
    assert papers.draw_up_slip(lease=lease, entry=entry, desk=desk, at=NOW).withdrawn_at is None
