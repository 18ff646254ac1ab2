"""A payment moves along policy.ARROWS and no other way, whatever the bank says and whenever it says it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.domain.payments import actions, policy, settlement
from portal.domain.payments.models import (
    ABANDONED,
    CANCELLED,
    LAPSED,
    PAID,
    PENDING,
    REFUSED,
    REVERSED,
    STATES,
    WAITING,
    OnlinePayment,
)
from tests.bank import SHOP, begin, body_of, refund_of
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
LATER = NOW + policy.PATIENCE


def says(status: str, **changes: str):
    """The bank speaks of the payment."""
    return lambda payment: tell(body_of(payment, status, **changes))


def tell(body: bytes) -> None:
    answer = actions.receive(body=body, shop=SHOP, address="194.50.38.6", at=LATER)
    assert "account_refused" not in answer.words, "the rule stands in the table: the account has nothing to refuse"


def nobody_speaks(_payment: OnlinePayment) -> None:
    actions.lapse(at=LATER)


# What brings a payment to each state, from the beginning; and what would bring it there from any other.
WAYS = {
    WAITING: (),
    PENDING: (says("UNDER_VERIFICATION"),),
    PAID: (says("CAPTURED"),),
    REFUSED: (says("REFUSED"),),
    ABANDONED: (says("ABANDONED"),),
    LAPSED: (nobody_speaks,),
    CANCELLED: (says("CANCELLED"),),
    REVERSED: (says("CAPTURED"), says("CANCELLED")),
}
# Where a payment may go, as the Office tells it: what was refused or given up may be tried again on the bank's page.
LEADS_TO = {
    WAITING: {PENDING, PAID, REFUSED, ABANDONED, CANCELLED, LAPSED},
    PENDING: {PAID, REFUSED, ABANDONED, CANCELLED},
    LAPSED: {PENDING, PAID, REFUSED, ABANDONED, CANCELLED},
    REFUSED: {PAID, CANCELLED},
    ABANDONED: {PAID, CANCELLED},
    CANCELLED: {PAID},
    PAID: {REVERSED},
    REVERSED: set(),
}


def others(state: str) -> set[str]:
    """Return the states a payment could wrongly go to."""
    return set(STATES) - {state, WAITING}


def brought_to(people, state: str) -> OnlinePayment:
    payment = begin(people.bruno)
    for step in WAYS[state]:
        step(payment)
    assert OnlinePayment.get_by_id(payment.id).state == state
    return payment


@pytest.mark.parametrize("state", STATES)
def test_each_arrow_is_walked_and_where_there_is_none_the_payment_stays(people, state):
    payment = brought_to(people, state)
    for to in others(state):
        with db.atomic() as walked:
            WAYS[to][-1](payment)
            now = OnlinePayment.get_by_id(payment.id).state
            walked.rollback()
        assert (now == to) == (to in LEADS_TO[state]), to
        assert now == state or now in LEADS_TO[state], to


@pytest.mark.parametrize("state", STATES)
def test_a_move_that_is_not_in_the_table_is_refused(people, state):
    payment = OnlinePayment.get_by_id(brought_to(people, state).id)
    for to in others(state) - LEADS_TO[state]:
        with pytest.raises(policy.NoArrowError):
            settlement.move(payment, to, LATER)
        assert (payment.state, OnlinePayment.get_by_id(payment.id).state) == (state, state), to


def test_the_table_is_what_the_office_tells():
    assert policy.ARROWS == LEADS_TO


SAID = {
    **{status: says(status) for status in ("AUTHORISED", "CAPTURED", "UNDER_VERIFICATION", "REFUSED", "ABANDONED")},
    **{status: says(status) for status in ("CANCELLED", "CAPTURE_FAILED", "EXPIRED")},
    "another try refused": says("REFUSED", trans_uuid="1" * 32),
    "another try cancelled": says("CANCELLED", trans_uuid="1" * 32),
    "another try paid": says("CAPTURED", trans_uuid="2" * 32),
    "a part back": lambda payment: tell(refund_of(payment, 2000, "a" * 32)),
    "the rest back": lambda payment: tell(refund_of(payment, 3000, "b" * 32)),
    "silence": nobody_speaks,
}


@pytest.fixture
def moves(database):
    """Every change of state as the database sees it, several in one transaction included."""
    db.execute_sql("CREATE TEMP TABLE moved (state, becomes)")
    db.execute_sql(
        "CREATE TEMP TRIGGER payment_moves AFTER UPDATE OF state ON main.online_payment WHEN OLD.state <> NEW.state "
        "BEGIN INSERT INTO moved VALUES (OLD.state, NEW.state); END"
    )
    return lambda: list(db.execute_sql("SELECT state, becomes FROM moved ORDER BY rowid"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(SAID)), max_size=10))
def test_whatever_is_said_in_whatever_order_a_payment_moves_along_the_arrows(people, moves, said):
    with db.atomic() as everything:
        payment = begin(people.bruno)
        for word in said:
            SAID[word](payment)
        assert [move for move in moves() if not policy.may_move(*move)] == []
        assert ([WAITING] + [to for _, to in moves()])[-1] == OnlinePayment.get_by_id(payment.id).state
        everything.rollback()
