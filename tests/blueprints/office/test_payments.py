"""The Office's list of online payments: who reads it, what it finds, what it adds up to, the file for the bank."""

import csv
import io
from datetime import timedelta

import pytest

from portal.db import db
from portal.domain.payments import actions
from portal.domain.payments.models import OnlinePayment
from tests.bank import SHOP, begin, body_of, refund_of
from tests.pages import plain
from tests.people import NOW

LIST = "/bureau/paiements"


def words(page) -> str:
    return plain(page.main.get_text(" "))


@pytest.fixture
def told(app, people) -> list[OnlinePayment]:
    """Bruno paid 50 € and was refused 60 €; Aminata's 70 € came back in part; Charlie's 80 € have no news."""
    with db.connection_context():
        made = [
            begin(person, cents, key=str(cents), at=NOW - timedelta(minutes=1))
            for person, cents in ((people.bruno, 5000), (people.bruno, 6000), (people.aminata, 7000))
        ]
        made.append(begin(people.charlie, 8000, key="c", at=NOW - timedelta(hours=1)))
        for body in (body_of(made[0]), body_of(made[1], "REFUSED"), body_of(made[2], trans_uuid="b" * 32)):
            actions.receive(body=body, shop=SHOP, address="194.50.38.6", at=NOW)
        for body in (refund_of(made[2], 2000), b"rubbish", body_of(made[0], amount="1")):
            actions.receive(body=body, shop=SHOP, address="194.50.38.6", at=NOW)
    return made


@pytest.mark.parametrize("path", [LIST, f"{LIST}.csv", f"{LIST}/notifications"])
@pytest.mark.parametrize("who", ["manager", "technical", "loge"])
def test_only_who_keeps_the_accounts_reads_the_payments(client_of, people, path, who):
    assert client_of(getattr(people, who)).get(path).status_code == 403
    assert client_of(people.accountant).get(path).status_code == 200


def test_the_list_shows_each_payment_with_its_state_and_the_days_total(client_of, visit, people, told):
    text = words(visit(client_of(people.accountant), LIST))
    for state in ("Payé", "Refusé", "Sans suite"):
        assert state in text
    assert "lundi 23 novembre 2026 2 120,00 € 20,00 €" in text
    assert "remboursé : 20,00 €" in text


SEARCHES = {
    "etat=paid": [0, 2],
    "etat=refused": [1],
    "etat=lapsed": [3],
    "etat=waiting": [],
    "q=0003": [3],
    "q=Le Goff": [0, 1],
    "q=B-0001": [2],
    "du=2020-01-01&au=2020-02-01": [],
    "etat=nimporte&du=hier&q=": [0, 1, 2, 3],
}


def test_a_search_finds_by_state_name_number_lease_or_period(client_of, visit, people, told):
    admin = client_of(people.admin)
    for query, found in SEARCHES.items():
        text = words(visit(admin, f"{LIST}?{query}"))
        assert [rank for rank, payment in enumerate(told) if payment.order_number in text] == found, query


def test_the_file_is_one_a_french_spreadsheet_opens(client_of, people, told):
    answer = client_of(people.accountant).get(f"{LIST}.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    by_order = {row["Commande"]: row for row in rows}
    paid, part = by_order[told[0].order_number], by_order[told[2].order_number]
    assert (paid["État"], paid["Montant"], paid["Payé le"]) == ("Payé", "50,00", "23/11/2026")
    assert (part["Remboursé"], part["Gardé"]) == ("20,00", "50,00")
    assert by_order[told[1].order_number]["Payé le"] == ""


def test_a_name_is_never_a_formula(client_of, people, told):
    with db.connection_context():
        from portal.domain.people.models import Tenant

        Tenant.update(title="=1+1", family_name="x").where(Tenant.number == "0002").execute()
    text = client_of(people.accountant).get(f"{LIST}.csv").data.decode("utf-8-sig")
    assert ";=1+1" not in text


def test_the_odd_notifications_are_listed_with_what_to_do(client_of, visit, people, told):
    text = words(visit(client_of(people.accountant), f"{LIST}/notifications"))
    assert "Contenu illisible" in text or "Signature fausse" in text
    assert "Montant différent de celui demandé" in text
    assert "2 notifications à regarder" in words(visit(client_of(people.accountant), LIST))


def test_nothing_to_look_at_says_so(client_of, visit, people):
    assert "Rien à regarder." in words(visit(client_of(people.accountant), f"{LIST}/notifications"))
    assert "Aucun paiement ne correspond." in words(visit(client_of(people.accountant), LIST))
