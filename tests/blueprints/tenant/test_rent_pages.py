"""What a tenant sees of the rent: home, quittances, account, dwelling, payment."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from portal.db import db
from portal.domain.works.models import Contractor, Order
from tests.pages import plain, read_page
from tests.people import lease_of
from tests.support.papers import agree, receipt, words_of

PAGES = ("", "/quittances", "/compte", "/logement", "/paiement", "/ordres-de-service", "/bons-de-travaux")


def words(page):
    return plain(page.main.get_text(" "))


@pytest.mark.parametrize("who", ["aminata", "bruno", "charlie"])
def test_each_page_opens_for_each_tenant(client_of, visit, people, who):
    client = client_of(getattr(people, who))
    for path in PAGES:
        assert visit(client, f"/espace{path}").h1, path


def test_home_says_first_that_one_is_at_home_and_offers_the_messages(client_of, visit, people):
    page = visit(client_of(people.aminata), "/espace")
    assert plain(page.h1.get_text()) == "Vous êtes chez vous"
    assert plain(page.main.find("a").get_text(" ")).startswith("Afficher mes messages")


def test_who_owes_nothing_reads_that_they_are_up_to_date(client_of, visit, people):
    page = visit(client_of(people.aminata), "/espace")
    assert "Vous êtes à jour au lundi 23 novembre 2026" in words(page)
    assert not page.find("a", string=lambda text: text and text.startswith("Payer "), class_="button")


def test_who_is_in_arrears_reads_how_much_and_may_pay(client_of, visit, people):
    text = words(visit(client_of(people.bruno), "/espace"))
    assert "Vous devez 1 358,25 €" in text
    assert "En retard : 1 358,25 €" in text
    assert "Payer 1 358,25 €" in text


def test_home_offers_the_last_quittance(client_of, visit, people):
    page = visit(client_of(people.aminata), "/espace")
    assert "Quittance d'octobre 2026" in words(page)


def test_a_paid_month_has_its_quittance_and_an_unpaid_one_has_none(client_of, visit, people):
    aminata, bruno = client_of(people.aminata), client_of(people.bruno)
    agree(aminata)
    agree(bruno)
    assert len(visit(aminata, "/espace/quittances").select("form[action*='/quittance?']")) == 3
    assert not visit(bruno, "/espace/quittances").select("form[action*='/quittance?']")
    refused = bruno.post("/espace/quittances/2026-10/quittance", follow_redirects=True)
    assert "Ce mois n'est pas encore entièrement payé" in words(read_page(refused))


@pytest.mark.parametrize("path", [*PAGES[1:5], "/quittances/2026-10"])
def test_the_lease_of_a_neighbour_is_not_found(client_of, people, path):
    assert client_of(people.charlie).get(f"/espace{path}?bail=B-0001").status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "1999-01", "0000-01"])
def test_a_month_that_is_not_of_the_account_is_not_found(client_of, people, month):
    assert client_of(people.aminata).get(f"/espace/quittances/{month}").status_code == 404


def test_the_page_and_the_paper_of_a_term_say_the_same_amounts(client_of, visit, people):
    client = client_of(people.aminata)
    page = words(visit(client, "/espace/quittances/2026-10"))
    paper = words_of(receipt(client, "2026-10"))
    for amount in ("407,55 €", "45,20 €", "452,75 €"):
        assert amount in page
        assert amount in paper


def test_a_month_past_its_day_says_so_and_a_month_to_come_says_until_when(client_of, visit, people, clock):
    bruno = client_of(people.bruno)
    assert "c'était à payer avant le mardi 10 novembre 2026" in words(visit(bruno, "/espace/quittances/2026-10"))
    clock.at -= timedelta(days=15)
    assert ", avant le mardi 10 novembre 2026" in words(visit(bruno, "/espace/quittances/2026-10"))


def test_the_account_runs_its_balance_in_words(client_of, visit, people):
    text = words(visit(client_of(people.bruno), "/espace/compte"))
    assert "vous devez 1 358,25 €" in text
    assert "1er janvier 2026" in text


def test_a_year_without_entries_says_so(client_of, visit, people):
    assert "n'a pas d'écriture pour 2019" in words(visit(client_of(people.bruno), "/espace/compte?annee=2019"))


def test_paying_offers_each_month_that_is_owed(client_of, visit, people):
    page = visit(client_of(people.bruno), "/espace/paiement")
    assert words(page).count("452,75 €") == 3
    assert "Payer 1 358,25 €" in words(page)


def test_a_quittance_is_a_tagged_page_in_french_with_its_fonts(client_of, people):
    pdf = PdfReader(io.BytesIO(receipt(client_of(people.aminata), "2026-10").data))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "fr"
    fonts = [font.get_object() for font in pdf.pages[0]["/Resources"]["/Font"].values()]
    for font in fonts:
        assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"] or (
            "/FontFile3" in font["/DescendantFonts"][0]["/FontDescriptor"]
        )


def test_a_quittance_says_what_the_law_asks(client_of, people):
    text = words_of(receipt(client_of(people.aminata), "2026-10"))
    assert "QUITTANCE DE LOYER" in text
    assert "Quatre cent cinquante-deux euros et soixante-quinze centimes" in text
    assert "Mme Aminata KEÏTA" in text
    assert "10 novembre 2026 (virement)" in text
    assert "article 21" in text


def test_the_same_quittance_is_drawn_once(client_of, people, app):
    client = client_of(people.aminata)
    first = receipt(client, "2026-10").data
    assert receipt(client, "2026-10").data == first
    assert len(list((app.portal.data / "papers").rglob("*.pdf"))) == 1


def test_an_order_has_its_page_for_who_may_see_it_and_none_for_a_neighbour(client_of, visit, people):
    with db.connection_context():
        company = Contractor.create(code="VAR", name="Plomberie Varin")
        facts = {"kind": "BT", "trade": "Plomberie", "subject": "Fuite sous l’évier", "state": "rendez_vous"}
        home, planned = lease_of(people.aminata).dwelling, date(2026, 11, 26)
        Order.create(
            number="BT-1", issued_on=date(2026, 11, 2), contractor=company, dwelling=home, planned_on=planned, **facts
        )
    client = client_of(people.aminata)
    assert "jeudi 26 novembre 2026" in words(visit(client, "/espace/bons-de-travaux/BT-1"))
    assert "Fuite sous l'évier" in words(visit(client, "/espace"))
    assert "Fuite sous l'évier" in words(visit(client, "/espace/bons-de-travaux"))
    assert client.get("/espace/ordres-de-service/BT-1").status_code == 404
    assert client_of(people.bruno).get("/espace/bons-de-travaux/BT-1").status_code == 404
