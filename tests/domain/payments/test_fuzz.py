"""Spoilt notifications: never a fault, never a cent that the key did not sign for the amount asked."""

from urllib.parse import parse_qsl

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.domain.payments.models import BankNotification, OnlinePayment
from portal.domain.payments.systempay import Notice
from tests.bank import KEY, begin, body_of
from tests.domain.payments.spoilt import FORM, URL, Mutant, Payments

HOW_MANY = 100


def test_spoilt_notifications_never_break_anything_nor_bring_a_cent(client, people):
    with db.connection_context():
        payments = Payments.of(people.bruno, 40)
    mutant = Mutant(20261123, payments.begun)
    for body, answer in payments.take_in(client, (mutant.body() for _ in range(HOW_MANY))):
        assert answer.status_code in (200, 400), body
    with db.connection_context():
        assert payments.wrong() == []
        assert payments.proven, "some mutants must be true, or nothing was tried"
        assert BankNotification.select().count() <= HOW_MANY


def test_a_payment_that_nobody_proved_is_found(client, people):
    """The proof can fail: a payment is marked as paid while no body said so."""
    with db.connection_context():
        payments = Payments.of(people.bruno, 2)
    list(payments.take_in(client, iter([body_of(payments.begun[0])])))
    with db.connection_context():
        assert payments.wrong() == []
        payments.proven.clear()
        assert payments.wrong() == [payments.begun[0].order_number]


@settings(suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_nothing_that_is_not_signed_is_believed(client, body):
    assert client.post(URL, data=body, content_type=FORM).status_code == 400


def test_the_values_of_a_true_notification_under_other_names_prove_nothing_else(client, people):
    with db.connection_context():
        small, large = begin(people.bruno, 100, key="s"), begin(people.bruno, 100_000, key="l")
        true = dict(parse_qsl(body_of(small).decode(), keep_blank_values=True))
        mutant = Mutant(1, [small])
    for _ in range(20):
        client.post(URL, data=mutant.renamed(small), content_type=FORM)
    with db.connection_context():
        assert OnlinePayment.get_by_id(large.id).state == "waiting"
    assert Notice(true).is_signed_by(KEY)
