"""The demonstration shows online payments in each state, and accounts that agree with them."""

import pytest

from portal.domain.payments.models import BankNotification, OnlinePayment
from portal.domain.rents.models import LedgerEntry
from tests.demo.conftest import AT

pytestmark = pytest.mark.usefixtures("office")


def test_the_tenant_in_arrears_has_paid_been_refused_given_up_and_left_one_without_news():
    states = {row.state for row in OnlinePayment.select()}
    paid = OnlinePayment.select().where(OnlinePayment.state == "paid")
    assert {"paid", "refused", "abandoned", "lapsed"} <= states
    assert all(row.entry.amount_cents == -row.amount_cents for row in paid)
    received = LedgerEntry.select().where(LedgerEntry.business_key.startswith("reglement/PAY-"))
    assert received.count() == paid.count()
    assert all(row.received_at <= AT for row in BankNotification.select())
