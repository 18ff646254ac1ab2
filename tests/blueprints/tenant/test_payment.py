"""Paying by card: what one may pay, the way to the bank, what the page says when one comes back."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from portal import create_app
from portal.bank_settings import BankSettings
from portal.db import db
from portal.domain.payments.models import OnlinePayment
from portal.domain.payments.systempay import Notice
from portal.domain.rents.queries import account_of
from tests.bank import KEY, begin, body_of
from tests.pages import plain, read_page
from tests.people import NOW, lease_of

PAGE = "/espace/paiement"
ONCE = "ab" * 16


def words(page) -> str:
    return plain(page.main.get_text(" "))


def press(client, choice: str, **typed):
    """Press one of the three buttons of the page."""
    return client.post(PAGE, data={"choice": choice, "once_key": ONCE, **typed})


def payments() -> list[OnlinePayment]:
    with db.connection_context():
        return list(OnlinePayment.select().order_by(OnlinePayment.id))


def notify(client, status: str = "AUTHORISED", **changes) -> int:
    """Let the bank speak of the last payment."""
    return client.post("/banque/notification", data=body_of(payments()[-1], status, **changes)).status_code


@pytest.mark.parametrize(
    ("choice", "typed", "cents"),
    [
        ("balance", {}, 3 * 45275),
        ("terms", {"months": ["2026-10"]}, 45275),
        ("terms", {"months": ["2026-08", "2026-10"]}, 2 * 45275),
        ("sum", {"amount": "50"}, 5000),
        ("sum", {"amount": "1 358,26 €"}, 3 * 45275 + 1),
    ],
)
def test_one_pays_all_or_some_months_or_a_sum(client_of, people, choice, typed, cents):
    answer = press(client_of(people.bruno), choice, **typed)
    [payment] = payments()
    assert (answer.status_code, payment.amount_cents) == (303, cents)
    assert answer.location == f"{PAGE}/{payment.order_number}/banque"


@pytest.mark.parametrize(
    ("choice", "typed", "sentence"),
    [
        ("sum", {"amount": "0,99"}, "Le paiement en ligne commence à 1 €."),
        ("sum", {"amount": "1 811,01"}, "C'est plus que ce que vous devez et un mois d'avance"),
        ("sum", {"amount": "cinquante"}, "Écrivez une somme en euros, par exemple 50 ou 50,25."),
        ("sum", {"amount": "-50"}, "Le paiement en ligne commence à 1 €."),
        ("sum", {}, "Écrivez une somme en euros"),
        ("terms", {}, "Cochez au moins un mois de la liste."),
        ("terms", {"months": ["2026-13"]}, "Cochez au moins un mois de la liste."),
        ("tout", {}, "Choisissez ce que vous voulez payer."),
    ],
)
def test_what_cannot_be_paid_comes_back_with_a_sentence(client_of, people, choice, typed, sentence):
    answer = press(client_of(people.bruno), choice, **typed)
    assert answer.status_code == 422
    assert sentence in words(read_page(answer))
    assert payments() == []


def test_one_may_pay_up_to_a_month_more_than_what_one_owes(client_of, people):
    assert press(client_of(people.bruno), "sum", amount="1811,00").status_code == 303
    assert press(client_of(people.aminata), "sum", amount="452,75", once_key="cd" * 16).status_code == 303


def test_who_owes_nothing_cannot_pay_a_balance(client_of, people):
    answer = press(client_of(people.aminata), "balance")
    assert "Il n'y a rien à payer en ce moment." in words(read_page(answer))


def test_the_same_form_twice_begins_one_payment(client_of, people):
    client = client_of(people.bruno)
    first, second = press(client, "balance"), press(client, "balance")
    assert first.location == second.location
    assert len(payments()) == 1


def test_the_key_of_another_tenants_form_begins_nothing(client_of, people):
    press(client_of(people.bruno), "balance")
    answer = press(client_of(people.charlie), "sum", amount="5")
    assert answer.status_code == 422
    assert "Cette page a expiré" in words(read_page(answer))


def test_the_page_to_the_bank_holds_a_signed_form_and_nothing_of_the_person(client_of, visit, people):
    client = client_of(people.bruno)
    page = visit(client, press(client, "sum", amount="50").location)
    form = page.select_one("form[data-leaves]")
    fields = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    assert Notice(fields).is_signed_by(KEY)
    assert fields["vads_amount"] == "5000"
    assert fields["vads_url_return"] == f"http://localhost{PAGE}/{payments()[0].order_number}"
    assert "Le Goff" not in str(fields)
    assert form.find("button")


def test_only_that_page_lets_a_form_leave_and_only_to_the_bank(settings, clock, client_of, people):
    shop = BankSettings(site_id="12345678", test_key=KEY)
    app = create_app(replace(settings, bank=shop), clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    with client_of(people.bruno).session_transaction() as mine, client.session_transaction() as session:
        session.update(mine)
    page = client.get(press(client, "sum", amount="50").location)
    assert "form-action 'self' https://paiement.systempay.fr;" in page.headers["Content-Security-Policy"]
    assert 'action="https://paiement.systempay.fr/vads-payment/"' in page.text
    assert "form-action 'self';" in client.get(PAGE).headers["Content-Security-Policy"]


def test_a_payment_that_has_news_does_not_lead_to_the_bank_again(client_of, people):
    client = client_of(people.bruno)
    to_bank = press(client, "sum", amount="50").location
    notify(client)
    assert client.get(to_bank).location == f"{PAGE}/{payments()[0].order_number}"


@pytest.mark.parametrize(
    ("status", "title", "balance"),
    [
        ("AUTHORISED", "Votre paiement de 452,75 € est reçu", "Vous devez 905,50 €"),
        ("REFUSED", "La banque a refusé ce paiement", "Vous devez 1 358,25 €"),
        ("ABANDONED", "Vous avez abandonné ce paiement", "Vous devez 1 358,25 €"),
        ("UNDER_VERIFICATION", "La banque vérifie votre paiement", "Vous devez 1 358,25 €"),
        ("CANCELLED", "Ce paiement a été annulé", "Vous devez 1 358,25 €"),
    ],
)
def test_the_page_of_a_payment_says_what_became_of_it(client_of, visit, people, status, title, balance):
    client = client_of(people.bruno)
    press(client, "terms", months=["2026-08"])
    notify(client, status)
    text = words(visit(client, f"{PAGE}/{payments()[0].order_number}"))
    assert title in text
    assert balance in text


def test_what_was_paid_whole_leads_to_its_quittance_and_in_part_to_its_recu(client_of, visit, people):
    client = client_of(people.bruno)
    press(client, "sum", amount="500")
    notify(client)
    text = words(visit(client, f"{PAGE}/{payments()[0].order_number}"))
    assert "Le mois d'août 2026, en entier. Voir le mois et sa quittance" in text
    assert "Une partie de septembre 2026 : il reste 405,50 €. Voir le mois et son reçu" in text


def test_waiting_says_so_then_what_to_do_then_that_it_came_to_nothing(client_of, visit, people, clock):
    client = client_of(people.bruno)
    press(client, "balance")
    url = f"{PAGE}/{payments()[0].order_number}"
    assert "En attente de la confirmation de la banque" in words(visit(client, url))
    assert "C'est plus long que d'habitude" not in words(visit(client, url))
    clock.at = NOW + timedelta(minutes=2)
    assert "ne payez pas une deuxième fois" in words(visit(client, url))
    clock.at = NOW + timedelta(minutes=30)
    assert "Ce paiement est resté sans suite" in words(visit(client, url))
    notify(client)
    assert "est reçu" in words(visit(client, url))


def test_the_page_that_waits_asks_for_news_and_loads_itself_when_there_are_some(client_of, visit, people, clock):
    client = client_of(people.bruno)
    press(client, "balance")
    asks = visit(client, f"{PAGE}/{payments()[0].order_number}").find(id="payment-news")["data-hx-get"]
    assert client.get(asks).status_code == 204
    clock.at = NOW + timedelta(minutes=2)
    assert client.get(asks).headers["HX-Refresh"] == "true"
    clock.at = NOW
    notify(client)
    assert client.get(asks).headers["HX-Refresh"] == "true"


def test_what_the_bank_puts_in_the_address_is_not_read_and_does_not_stay(client_of, people):
    client = client_of(people.bruno)
    press(client, "balance")
    answer = client.get(f"{PAGE}/{payments()[0].order_number}?{body_of(payments()[0]).decode()}")
    assert (answer.status_code, urlsplit(answer.location).query) == (303, "")
    assert payments()[0].state == "waiting"


def test_the_tries_are_on_the_page_and_one_under_way_is_said_first(client_of, visit, people):
    client = client_of(people.bruno)
    press(client, "sum", amount="50")
    notify(client, "REFUSED")
    press(client, "sum", amount="60", once_key="cd" * 16)
    text = words(visit(client, PAGE))
    assert re.search(r"Un paiement de 60,00 € est en cours.*Vos paiements par carte.*En cours.*Refusé", text)


def test_a_refund_is_said_on_the_page(client_of, visit, people):
    client = client_of(people.bruno)
    press(client, "sum", amount="50")
    notify(client)
    notify(client, "CANCELLED")
    assert "a été annulé ou remboursé" in words(visit(client, f"{PAGE}/{payments()[0].order_number}"))


def test_without_a_shop_the_page_says_how_to_pay_meanwhile(settings, clock, client_of, people, app):
    app.portal = replace(settings, bank=BankSettings())
    client = client_of(people.bruno)
    page = read_page(client.get(PAGE))
    assert "Le paiement en ligne n'est pas encore ouvert" in words(page)
    assert not page.main.find("form")
    assert press(client, "balance").status_code == 200
    assert payments() == []


def test_test_money_never_enters_a_real_offices_accounts(settings, client_of, people, app):
    with db.connection_context():
        begin(people.bruno)
    shop = BankSettings(site_id="00000000", test_key=KEY)
    app.portal = replace(settings, mode="production", base_url="http://localhost", bank=shop)
    client = client_of(people.bruno)
    assert "pas encore ouvert" in words(read_page(client.get(PAGE)))
    assert notify(client) == 200
    with db.connection_context():
        assert account_of(lease_of(people.bruno), on=NOW.date()).balance_cents == 3 * 45275
