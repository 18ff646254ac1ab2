"""The accountant's counter: each thing is checked on a page first, kept once, and read by the tenant."""

from html import unescape

import pytest

from portal.db import db
from portal.domain.rents.actions import reverse_entry
from portal.domain.rents.models import LedgerEntry, RentLine, RentTerm, RepaymentPlan
from tests.pages import plain, read_page
from tests.people import lease_of

BASE = "/bureau/loyers/comptes/B-0002"
KEY = "0" * 32
PAYMENT = {"amount": "1 234,56", "method": "cheque", "value_on": "2026-11-20", "words": "n° 12", "once_key": KEY}
CORRECTION = {
    "kind": "tenant_repairs",
    "amount": "45",
    "words": "clé du hall",
    "value_on": "2026-11-20",
    "once_key": KEY,
}


@pytest.fixture
def accountant(client_of, people):
    return client_of(people.accountant)


def sent(client, path, data, status=200):
    answer = client.post(path if path.startswith("/bureau") else f"{BASE}{path}", data=data)
    assert answer.status_code == status, plain(answer.get_data(as_text=True))[-400:]
    return plain(read_page(answer).main.get_text(" ")) if status != 303 else answer.location


def entries(**wanted):
    with db.connection_context():
        return list(LedgerEntry.select().where(*(getattr(LedgerEntry, key) == it for key, it in wanted.items())))


def test_an_account_shows_what_is_owed_and_what_to_do(accountant, visit):
    page = plain(visit(accountant, BASE).main.get_text(" "))
    assert "débiteur de 1 358,25 €" in page
    assert "Enregistrer un paiement" in page
    assert "En retard 1 358,25 €" in page


def test_a_manager_reads_an_account_and_writes_nothing_on_it(client_of, people, visit):
    manager = client_of(people.manager)
    assert "Enregistrer un paiement" not in visit(manager, BASE).get_text()
    assert manager.post(f"{BASE}/paiement/enregistrement", data=PAYMENT).status_code == 403


def test_opening_an_account_is_a_look_that_the_tenant_reads(accountant, client_of, people, visit):
    visit(accountant, BASE)
    assert "A consulté votre dossier" in visit(client_of(people.bruno), "/espace/informations/consultations").get_text()


def test_a_payment_is_checked_before_it_is_kept(accountant):
    page = sent(accountant, "/paiement", PAYMENT)
    assert "août 2026 : 452,75 € septembre 2026 : 452,75 € octobre 2026 : 329,06 €" in page
    assert "Solde ensuite débiteur de 123,69 €" in page
    assert entries(method="cheque") == []


def test_a_payment_is_kept_once_and_the_tenant_sees_it(accountant, client_of, people, visit):
    for _ in range(2):
        assert sent(accountant, "/paiement/enregistrement", PAYMENT, 303) == BASE
    [entry] = entries(method="cheque")
    assert (entry.amount_cents, plain(entry.label)) == (-123456, "Chèque : n° 12")
    bruno = client_of(people.bruno)
    assert "Chèque : n° 12" in plain(visit(bruno, "/espace/compte").get_text(" "))
    looks = plain(visit(bruno, "/espace/informations/consultations").get_text(" "))
    assert looks.count("A enregistré un paiement sur votre compte") == 1


def test_a_payment_that_looks_like_another_is_asked_about(accountant):
    sent(accountant, "/paiement/enregistrement", PAYMENT, 303)
    assert "Un paiement semblable est déjà au compte" in sent(accountant, "/paiement", PAYMENT | {"once_key": "1" * 32})


def test_a_payment_like_one_that_was_undone_is_not_asked_about(accountant, people, clock):
    sent(accountant, "/paiement/enregistrement", PAYMENT, 303)
    [wrong] = entries(method="cheque")
    with db.connection_context():
        reverse_entry(entry=wrong, reason="Erreur de compte", staff=people.accountant, at=clock.now())
    assert "Un paiement semblable" not in sent(accountant, "/paiement", PAYMENT | {"once_key": "1" * 32})


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"amount": ""}, "Écrivez le montant reçu."),
        ({"amount": "beaucoup"}, "Écrivez un montant en euros, par exemple 386,01."),
        ({"amount": "12,345"}, "Écrivez un montant en euros, par exemple 386,01."),
        ({"amount": "0"}, "Le montant doit être plus grand que zéro."),
        ({"amount": "-5"}, "Le montant doit être plus grand que zéro."),
        ({"amount": "100000,01"}, "Ce montant est trop grand : 100 000,00 € au plus."),
        ({"method": ""}, "Choisissez le moyen de paiement."),
        ({"method": "caf"}, "Choisissez le mois que paie la CAF."),
        ({"value_on": "2026-11-24"}, "Cette date est à venir. Écrivez le jour de l'opération."),
    ],
)
def test_a_payment_badly_written_comes_back_with_what_to_do(accountant, changed, sentence):
    assert sentence in sent(accountant, "/paiement", PAYMENT | changed, 422)
    kept = accountant.post(f"{BASE}/paiement/enregistrement", data=PAYMENT | changed)
    assert (kept.status_code, sentence in plain(unescape(kept.text))) == (422, True)


@pytest.mark.parametrize("written", ["1234.5", "1 234,50 €", "1234,5"])
def test_an_amount_is_read_as_people_write_it(accountant, written):
    assert "Montant 1 234,50 €" in sent(accountant, "/paiement", PAYMENT | {"amount": written})


def test_the_form_comes_back_filled_to_be_changed(accountant):
    page = accountant.post(f"{BASE}/paiement", data=PAYMENT | {"changing": "1"})
    assert read_page(page).select_one("#amount")["value"] == "1 234,56"


def test_a_bounced_payment_is_owed_again_without_a_cost(accountant):
    sent(accountant, "/paiement/enregistrement", PAYMENT, 303)
    [payment] = entries(method="cheque")
    path = f"/bureau/loyers/ecritures/{payment.id}/rejet"
    data = {"value_on": "2026-11-23", "reason": "provision insuffisante", "once_key": KEY}
    for _ in range(2):
        assert sent(accountant, path, data, 303) == BASE
    assert [entry.amount_cents for entry in entries(kind="rejected_payment")] == [123456]
    assert "déjà annulée ou rejetée" in sent(accountant, path, data | {"once_key": "2" * 32}, 422)
    assert "Écrivez le motif." in sent(accountant, path, data | {"reason": ""}, 422)


def test_an_entry_is_undone_with_a_reason_once(accountant):
    sent(accountant, "/paiement/enregistrement", PAYMENT, 303)
    path = f"/bureau/loyers/ecritures/{entries(method='cheque')[0].id}/annulation"
    assert "Écrivez le motif." in sent(accountant, path, {"reason": "", "once_key": KEY}, 422)
    for _ in range(2):
        sent(accountant, path, {"reason": "mauvais compte", "once_key": KEY}, 303)
    assert len(entries(kind="reversal")) == 1


def test_repairs_are_owed_by_a_day(accountant):
    assert "À payer avant le dimanche 20 décembre 2026" in sent(accountant, "/ecriture", CORRECTION)
    for _ in range(2):
        sent(accountant, "/ecriture/enregistrement", CORRECTION, 303)
    [entry] = entries(kind="tenant_repairs")
    assert (entry.amount_cents, entry.due_on.isoformat()) == (4500, "2026-12-20")


@pytest.mark.parametrize(
    ("changed", "kind", "cents"),
    [
        ({"kind": "charge_credit"}, "charge_adjustment", -4500),
        ({"kind": "charge_debit"}, "charge_adjustment", 4500),
        ({"kind": "court_costs"}, "court_costs", 4500),
        ({"kind": "remission", "month": "2026-10"}, "remission", -4500),
    ],
)
def test_each_correction_is_written_with_its_sign(accountant, changed, kind, cents):
    sent(accountant, "/ecriture", CORRECTION | changed)
    sent(accountant, "/ecriture/enregistrement", CORRECTION | changed, 303)
    assert [entry.amount_cents for entry in entries(kind=kind)] == [cents]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "refund"}, "Le compte n'a que 0,00 € à rendre."),
        ({"kind": "deposit_return"}, "Le dépôt de garantie se rend après la fin du bail."),
        ({"kind": "remission", "month": "2026-10", "amount": "500"}, "ne peut pas dépasser"),
        ({"kind": "remission"}, "Choisissez le mois sur lequel porte la remise."),
        ({"due_on": "2026-11-01"}, "La date limite de paiement ne peut pas précéder"),
    ],
)
def test_a_correction_the_rules_refuse_comes_back_with_its_sentence(accountant, changed, sentence):
    assert sentence in sent(accountant, "/ecriture/enregistrement", CORRECTION | changed, 422)


PLAN = {"count": "7", "first_on": "2026-12-31", "once_key": KEY}


def test_a_plan_is_checked_then_agreed_once_and_the_tenant_sees_it(accountant, client_of, people, visit):
    page = sent(accountant, "/plan", PLAN)
    assert "dimanche 28 février 2027 194,03 €" in page
    assert "Total, égal à la dette 1 358,25 €" in page
    for _ in range(2):
        sent(accountant, "/plan/accord", PLAN | {"debt_cents": "135825"}, 303)
    with db.connection_context():
        assert RepaymentPlan.select().count() == 1
    bruno = client_of(people.bruno)
    for path in ("/espace/compte", "/espace/paiement"):
        assert "Votre plan d'apurement" in plain(visit(bruno, path).get_text(" "))
    assert "reste 1 358,25 €" in plain(visit(accountant, "/bureau/loyers").get_text(" "))


def test_a_debt_that_changed_since_the_check_is_checked_again(accountant):
    assert "La dette a changé entre-temps." in sent(accountant, "/plan/accord", PLAN | {"debt_cents": "1"}, 422)


@pytest.mark.parametrize("changed", [{"count": "0"}, {"count": "37"}, {"count": "x"}, {"first_on": "2026-11-23"}])
def test_a_plan_nobody_could_follow_is_refused(accountant, changed):
    sent(accountant, "/plan", PLAN | changed, 422)


def test_a_plan_is_ended_with_a_reason(accountant, visit):
    sent(accountant, "/plan/accord", PLAN | {"debt_cents": "135825"}, 303)
    assert "Écrivez le motif." in sent(accountant, "/plan/fin", {"reason": ""}, 422)
    sent(accountant, "/plan/fin", {"reason": "deux échéances non payées"}, 303)
    assert "En retard 1 358,25 €" in plain(visit(accountant, BASE).get_text(" "))


def test_a_month_is_previewed_then_posted_once(accountant, people, visit):
    with db.connection_context():
        RentLine.create(
            lease=lease_of(people.bruno),
            nature="loyer",
            label="Loyer principal",
            starts_on="2019-03-01",
            amount_cents=41000,
        )
    page = plain(visit(accountant, "/bureau/loyers/mois?mois=2026-11").main.get_text(" "))
    assert "À demander 1 loyer Total 410,00 €" in page
    assert "Loyer principal : 410,00 € au lieu de 407,55 €" in page
    assert "Chauffage collectif : n'y est plus (45,20 € le mois d'avant)" in page
    assert "Rien ne sera demandé pour 3 baux" in page
    for _ in range(2):
        sent(accountant, "/bureau/loyers/mois", {"mois": "2026-11"}, 303)
    with db.connection_context():
        assert RentTerm.select().where(RentTerm.month == "2026-11").count() == 1


@pytest.mark.parametrize("month", ["2020-01", "2027-06", "novembre", ""])
def test_a_month_out_of_reach_is_not_found(accountant, month):
    assert accountant.get(f"/bureau/loyers/mois?mois={month}").status_code == 404
