"""What the bank said word for word is not kept for ever: fifteen months, then only what came of it."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from portal import jobs
from portal.db import db
from portal.domain.payments import actions
from portal.domain.payments.models import BankNotification, OnlinePayment
from portal.domain.rents.queries import account_of
from tests.bank import SHOP, begin, body_of
from tests.people import NOW, lease_of

pytestmark = pytest.mark.usefixtures("database")
WAS_ASKED = (BankNotification.verdict, BankNotification.order_number, BankNotification.amount_cents)
LATER = NOW + timedelta(minutes=1)
MUCH_LATER = LATER.replace(year=2028, month=2)  # fifteen months after


@pytest.fixture
def payment(database, people) -> OnlinePayment:
    """Bruno pays 50 € of what he owes, and the bank says so."""
    payment = begin(people.bruno)
    tell(payment)
    return payment


def tell(payment: OnlinePayment, at=LATER) -> str:
    return actions.receive(body=body_of(payment), shop=SHOP, address="194.50.38.6", at=at).words


def kept(*columns) -> list[tuple]:
    return list(BankNotification.select(*columns).order_by(BankNotification.id).tuples())


def test_what_the_bank_said_is_erased_after_fifteen_months_and_what_came_of_it_stays(payment):
    before = kept(*WAS_ASKED, BankNotification.sha256, BankNotification.payment)
    assert actions.erase_old_words(at=MUCH_LATER - timedelta(seconds=1)) == 0
    assert "497010XXXXXX0014" in BankNotification.get().facts
    assert [actions.erase_old_words(at=MUCH_LATER), actions.erase_old_words(at=MUCH_LATER)] == [1, 0]
    assert kept(BankNotification.facts, BankNotification.address) == [("{}", "")]
    assert BankNotification.get().erased_at == MUCH_LATER
    assert kept(*WAS_ASKED, BankNotification.sha256, BankNotification.payment) == before


def test_the_same_news_after_the_erasing_still_credits_nothing(people, payment):
    actions.erase_old_words(at=MUCH_LATER)
    assert "repeated" in tell(payment, at=MUCH_LATER)
    assert account_of(lease_of(people.bruno), on=NOW.date()).balance_cents == 3 * 45275 - 5000


def test_the_worker_erases_at_night(monkeypatch, clock, payment):
    db.close()
    clock.at = MUCH_LATER
    monkeypatch.setattr(jobs, "SystemClock", lambda: clock)
    jobs.forget_notifications.call_local()
    with db.connection_context():
        assert BankNotification.get().erased_at == MUCH_LATER


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"erased_at": MUCH_LATER - timedelta(seconds=1)},
        {"erased_at": None},
        {"verdict": "refused"},
        {"order_number": "PAY-20260101-000000"},
        {"amount_cents": None},
        {"payment": None},
        {"received_at": LATER - timedelta(days=900)},
    ],
)
def test_no_other_change_goes_through_with_the_erasing(payment, change):
    erasing = {"facts": "{}", "address": "", "erased_at": MUCH_LATER} if change else {"facts": "{}"}
    with pytest.raises(IntegrityError, match="never changed"):
        BankNotification.update(erasing | change).execute()


def test_what_was_erased_never_changes_again(payment):
    actions.erase_old_words(at=MUCH_LATER)
    for change in ({"facts": "{}"}, {"erased_at": MUCH_LATER + timedelta(days=1)}, {"erased_at": None}):
        with pytest.raises(IntegrityError, match="never changed"):
            BankNotification.update(change).execute()


def test_what_is_said_to_be_erased_is_empty(payment):
    with pytest.raises(IntegrityError, match="CHECK"):
        BankNotification.update(erased_at=MUCH_LATER).execute()
    row = {"received_at": LATER, "address": "", "sha256": "", "size": 0, "verdict": "paid"}
    with pytest.raises(IntegrityError, match="CHECK"):
        BankNotification.create(**row, facts='{"a": 1}', erased_at=MUCH_LATER)
