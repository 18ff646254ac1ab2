"""The demonstration bank: it believes only our forms, and speaks only through the worker."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from portal import jobs
from portal.db import db
from portal.domain.payments import demo_bank, systempay
from portal.domain.payments.models import DemoNotice, OnlinePayment
from portal.domain.payments.systempay import Notice
from tests.bank import KEY, SHOP, begin
from tests.pages import plain, read_page
from tests.people import NOW

BACK = "http://localhost/espace/paiement/x"


@pytest.fixture
def form(app, people) -> dict[str, str]:
    """What Bruno's browser brings to the bank, for 50 €."""
    with db.connection_context():
        payment = begin(people.bruno)
    return systempay.request(
        shop=SHOP,
        order_number=payment.order_number,
        trans_id=payment.trans_id,
        at=NOW,
        amount_cents=5000,
        customer="0002",
        return_url=BACK,
    )


@pytest.fixture
def post(app, monkeypatch):
    """The worker's beat, posting to the portal of the test (each opens its own connection), so much later."""

    def posted(url: str, body: bytes) -> tuple[int, str]:
        db.close()
        answer = app.test_client().post(urlsplit(url).path, data=body)
        db.connect(reuse_if_open=True)
        return answer.status_code, answer.text

    monkeypatch.setattr(jobs, "_posted", posted)

    def beat(later: timedelta = timedelta()) -> int:
        app.clock.at = NOW + later
        db.connect(reuse_if_open=True)
        answered = jobs.send_demo_notices(address="http://127.0.0.1:1", clock=app.clock)
        db.close()
        return answered

    return beat


def state() -> str:
    with db.connection_context():
        return OnlinePayment.get().state


def test_the_page_shows_the_amount_and_the_order_and_is_no_real_bank(client, form):
    text = plain(read_page(client.post("/banque-demo", data=form)).body.get_text(" "))
    assert "50,00 €" in text
    assert form["vads_order_id"] in text
    assert "Ceci n'est pas une vraie banque" in text
    assert "Caisse" not in text


@pytest.mark.parametrize("spoilt", [{"vads_amount": "1"}, {"vads_site_id": "12345678"}, {"signature": "é"}, {}])
def test_a_form_we_did_not_sign_is_refused(client, form, spoilt):
    bad = form | spoilt if spoilt else {}
    answer = client.post("/banque-demo", data=bad)
    assert answer.status_code == 422
    assert "ne reconnaît pas cette demande" in plain(read_page(answer).get_text(" "))
    assert client.post("/banque-demo/reponse", data=bad | {"way": "accept"}).status_code == 422
    assert client.post("/banque-demo/reponse", data=form | {"way": "vole"}).status_code == 400


@pytest.mark.parametrize(
    ("way", "count", "after"),
    [
        ("accept", 1, "paid"),
        ("refuse", 1, "refused"),
        ("abandon", 1, "abandoned"),
        ("twice", 2, "paid"),
        ("tamper", 1, "waiting"),
    ],
)
def test_each_button_is_told_to_the_portal_by_the_worker(client, form, post, way, count, after):
    answer = client.post("/banque-demo/reponse", data=form | {"way": way})
    back = urlsplit(answer.location)
    assert (answer.status_code, f"{back.scheme}://{back.netloc}{back.path}") == (303, BACK)
    assert state() == "waiting"
    assert [post(), post()] == [count, 0]
    assert state() == after


def test_a_late_answer_comes_three_minutes_after(client, form, post):
    client.post("/banque-demo/reponse", data=form | {"way": "late"})
    assert [post(), post(demo_bank.LATENESS)] == [0, 1]
    assert state() == "paid"


def test_the_browsers_return_is_signed_and_is_no_notification(client, form):
    answer = client.post("/banque-demo/reponse", data=form | {"way": "accept"})
    query = urlsplit(answer.location).query
    fields = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
    assert Notice(fields).is_signed_by(KEY)
    assert client.post("/banque/notification", data=query.encode()).status_code == 200
    assert state() == "waiting"


def test_a_portal_that_does_not_answer_is_told_again(client, form, monkeypatch, clock):
    client.post("/banque-demo/reponse", data=form | {"way": "accept"})
    monkeypatch.setattr(jobs, "_posted", lambda *_: (0, "ConnectionRefusedError"))
    with db.connection_context():
        assert jobs.send_demo_notices(address="http://127.0.0.1:1", clock=clock) == 0
        assert DemoNotice.get().tries == 1
        assert demo_bank.due(at=NOW) == []
        assert len(demo_bank.due(at=NOW + demo_bank.PAUSE)) == 1


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [("", "", "http://127.0.0.1:8000"), ("0.0.0.0", "9000", "http://127.0.0.1:9000"), ("::1", "80", "http://[::1]:80")],
)
def test_the_worker_calls_this_installation_whatever_its_public_name(monkeypatch, host, port, address):
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", port)
    assert jobs.own_address() == address
