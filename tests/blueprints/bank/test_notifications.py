"""The door of the bank's machines: plain words, no redirection, no session, no fault on rubbish."""

import pytest

from portal.db import db
from portal.domain.payments.models import BankNotification, OnlinePayment
from tests.bank import begin, body_of

URL = "/banque/notification"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def payment(app, people) -> OnlinePayment:
    """Bruno has begun to pay 50 €."""
    with db.connection_context():
        return begin(people.bruno)


def state() -> str:
    with db.connection_context():
        return OnlinePayment.get().state


@pytest.mark.parametrize("url", [URL, f"{URL}/", f"https://localhost{URL}", f"http://portail.example{URL}/"])
def test_a_notification_is_taken_in_wherever_the_slash_and_the_scheme(app, client, payment, url):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post(url, data=body_of(payment), content_type=FORM)
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert "Set-Cookie" not in answer.headers
    assert len(answer.data) <= 256
    assert state() == "paid"


def test_two_slashes_are_never_a_redirection(client, payment):
    answer = client.post("http://localhost//banque/notification", data=body_of(payment), content_type=FORM)
    assert answer.status_code in (200, 404)


@pytest.mark.parametrize("content_type", [FORM, "text/plain", "application/json", "multipart/form-data", ""])
def test_the_kind_of_content_does_not_matter(client, payment, content_type):
    assert client.post(URL, data=body_of(payment), content_type=content_type).status_code == 200
    assert state() == "paid"


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b'{"vads_order_id": {}}', b"\xff" * 100, b"=&=&=", b"a" * 200_000, b"vads_amount"]
)
def test_rubbish_is_answered_in_a_line(client, payment, body):
    answer = client.post(URL, data=body, content_type=FORM)
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert state() == "waiting"


@pytest.mark.parametrize("status", ["REFUSED", "ABANDONED", "UNDER_VERIFICATION", "NEW_ONE"])
def test_what_is_signed_is_answered_yes_even_when_nothing_is_paid(client, payment, status):
    assert client.post(URL, data=body_of(payment, status), content_type=FORM).status_code == 200


def test_each_notification_is_in_the_log_with_where_it_came_from(client, payment):
    client.post(URL, data=body_of(payment), content_type=FORM)
    with db.connection_context():
        kept = BankNotification.get()
    assert (kept.verdict, kept.address, kept.payment_id) == ("paid", "127.0.0.1", payment.id)


def test_a_database_that_cannot_write_asks_for_it_again(client, payment, monkeypatch):
    from peewee import OperationalError

    def full(**_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("portal.domain.payments.settlement.apply", full)
    answer = client.post(URL, data=body_of(payment), content_type=FORM)
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert state() == "waiting"


def test_nobody_reads_at_that_address(client):
    assert client.get(URL).status_code == 405
