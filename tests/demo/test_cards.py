"""The demonstration shows online payments in each state, and accounts that agree with them."""

from datetime import UTC, datetime

import pytest

from portal import db
from portal.demo.maker import Wish, make
from portal.domain.payments.models import BankNotification, OnlinePayment
from portal.domain.rents.models import LedgerEntry

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A small demonstration, made once."""
    data = tmp_path_factory.mktemp("demo")
    make(data=data, wish=Wish(dwellings=40, months=6), at=AT, progress=lambda *_: None)
    return data


def test_the_tenant_in_arrears_has_paid_been_refused_given_up_and_left_one_without_news(demo):
    db.use(demo / "portal.sqlite")
    with db.db.connection_context():
        states = {row.state for row in OnlinePayment.select()}
        paid = OnlinePayment.select().where(OnlinePayment.state == "paid")
        assert {"paid", "refused", "abandoned", "lapsed"} <= states
        assert all(row.entry.amount_cents == -row.amount_cents for row in paid)
        received = LedgerEntry.select().where(LedgerEntry.business_key.startswith("reglement/PAY-"))
        assert received.count() == paid.count()
        assert all(row.received_at <= AT for row in BankNotification.select())
