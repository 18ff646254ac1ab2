"""The papers as a tenant meets them: agree, download, by post, a year at once, the account kept."""

import csv
import io
import zipfile

import pytest
from pypdf import PdfReader

from portal.db import db
from portal.domain.papers.letters import print_all, waiting_letters
from portal.domain.papers.models import Paper, PaperlessConsent
from portal.domain.people.models import Throttle
from portal.domain.rents.actions import record_payment, reject_payment
from portal.domain.rents.models import LedgerEntry
from tests.pages import plain, read_page
from tests.people import NOW, lease_of
from tests.support.papers import agree, receipt, words_of

ALL = "/espace/quittances"


def words(page):
    return plain(page.main.get_text(" "))


def bounce():
    with db.connection_context():
        paid = LedgerEntry.get(LedgerEntry.business_key == "payment:B-0001:2026-10")
        reject_payment(payment=paid, reference="x", reason="", value_on=NOW.date(), at=NOW)


def test_the_question_is_asked_once_and_changed_as_easily(client_of, visit, people):
    client = client_of(people.aminata)
    assert "Vos quittances ici, en PDF ?" in words(visit(client, ALL))
    agree(client)
    agree(client)
    assert "Vos quittances ici, en PDF ?" not in words(visit(client, ALL))
    assert "Vous l'avez accepté le lundi 23 novembre 2026" in words(visit(client, "/espace/informations"))
    client.post(f"{ALL}/accord", data={"agreed": "non", "back": "informations"})
    assert "Vous avez choisi la poste" in words(visit(client, "/espace/informations"))
    with db.connection_context():
        assert [each.agreed for each in PaperlessConsent.select().order_by(PaperlessConsent.id)] == [1, 0]


def test_without_agreement_a_quittance_comes_by_post_and_not_by_the_screen(client_of, people):
    client = client_of(people.aminata)
    agree(client, "non")
    refused = client.post(f"{ALL}/2026-10/quittance", follow_redirects=True)
    assert "Dites d'abord comment" in words(read_page(refused))
    asked = [client.post(f"{ALL}/2026-10/poste", follow_redirects=True) for _ in range(2)][-1]
    assert "Quittance au prochain courrier" in words(read_page(asked))
    with db.connection_context():
        [letter] = waiting_letters()
        assert letter.tenant == people.aminata
        number = Paper.get().number
    assert client.get(f"/espace/papiers/{number}.pdf").status_code == 404


def test_what_the_post_brought_is_a_duplicate_on_the_screen(client_of, people):
    client = client_of(people.aminata)
    agree(client, "non")
    client.post(f"{ALL}/2026-10/poste")
    with db.connection_context():
        print_all(letters=waiting_letters(), draw=lambda _: b"", at=NOW)
    paper = words_of(receipt(client, "2026-10"))
    assert "DUPLICATA du 23/11/2026" in paper
    assert "n° Q-2026-000001" in paper


def test_the_notice_and_the_slip_need_no_agreement(client_of, people):
    client = client_of(people.bruno)
    notice = words_of(client.post(f"{ALL}/2026-10/avis", follow_redirects=True))
    assert "Ce document n'est pas une quittance" in notice
    assert "Net à payer avant le mardi 10 novembre 2026" in notice
    assert "1 358,25 €" in notice


def test_a_bounce_withdraws_on_the_page_and_on_the_paper(client_of, visit, people):
    client = client_of(people.aminata)
    receipt(client, "2026-10")
    bounce()
    page = words(visit(client, f"{ALL}/2026-10"))
    assert "Quittance n° Q-2026-000001 annulée" in page
    assert "annulée le 23 novembre 2026 : un paiement a été rejeté par la banque" in page
    paper = words_of(client.get("/espace/papiers/Q-2026-000001.pdf"))
    assert "ANNULÉE le 23 novembre 2026" in paper


def test_a_year_comes_in_one_file_or_in_a_zip(client_of, people):
    client = client_of(people.aminata)
    agree(client)
    bound = client.post(f"{ALL}/annee?annee=2026", follow_redirects=True)
    assert len(PdfReader(io.BytesIO(bound.data)).pages) == 3
    zipped = client.post(f"{ALL}/annee?annee=2026", data={"forme": "zip"}, follow_redirects=True)
    names = zipfile.ZipFile(io.BytesIO(zipped.data)).namelist()
    assert [name[:17] for name in names] == ["quittance-2026-08", "quittance-2026-09", "quittance-2026-10"]


def test_the_page_the_pdf_and_the_table_of_the_account_say_the_same(client_of, visit, people):
    client = client_of(people.bruno)
    page = words(visit(client, "/espace/compte"))
    sheet = words_of(client.get("/espace/compte/releve.pdf?annee=2026"))
    table = client.get("/espace/compte/releve.csv?annee=2026").data.decode("utf-8-sig")
    balances = [row[-1] for row in csv.reader(io.StringIO(table), delimiter=";")]
    assert balances[1:] == ["0,00", "452,75", "905,50", "1358,25"]
    for amount in ("452,75 €", "905,50 €", "1 358,25 €"):
        assert amount in page
        assert amount in sheet


def test_a_statement_between_two_days_starts_from_the_balance_before(client_of, people):
    answer = client_of(people.bruno).get("/espace/compte/releve.csv?du=2026-09-30&au=2026-10-30")
    assert answer.data.startswith(b"\xef\xbb\xbfDate;Libell")
    lines = answer.data.decode("utf-8-sig").splitlines()[1:]
    assert lines == ["2026-09-30;Solde au début;;;452,75", "2026-09-30;Loyer et charges;452,75;;905,50"]


@pytest.mark.parametrize("period", ["du=x&au=y", "du=2026-02-01&au=2026-01-01", "du=2026-01-01"])
def test_days_that_cannot_be_are_not_found(client_of, people, period):
    assert client_of(people.bruno).get(f"/espace/compte/releve.pdf?{period}").status_code == 404


def test_a_code_says_genuine_then_withdrawn_to_anyone(client, client_of, visit, people):
    receipt(client_of(people.aminata), "2026-10")
    with db.connection_context():
        code = Paper.get().code
    page = visit(client, f"/verification/{code}")
    assert plain(page.h1.text) == "Document authentique"
    assert "octobre 2026" in words(page)
    assert "452,75 €" in words(page)
    assert "A. K." in words(page)
    assert "Aminata" not in page.text
    bounce()
    assert plain(visit(client, f"/verification/{code.lower()}").h1.text) == "Document retiré"
    assert plain(visit(client, "/verification/000000000000").h1.text) == "Document inconnu"


def test_a_code_is_typed_in_any_way(client, client_of, people):
    receipt(client_of(people.aminata), "2026-10")
    with db.connection_context():
        code = Paper.get().code
    typed = f" {code[:4].lower()} {code[4:8]}-{code[8:]}"
    answer = client.get("/verification", query_string={"code": typed}, follow_redirects=True)
    assert plain(read_page(answer).h1.text) == "Document authentique"


def test_guessing_codes_is_braked(client, visit):
    client.get("/verification/000000000000")
    with db.connection_context():
        Throttle.update(tries=59).execute()  # as many were tried
    assert client.get("/verification/000000000000").status_code == 200
    assert "Trop d'essais" in words(visit(client, "/verification/000000000000", status=429))


def test_the_list_is_narrowed_to_what_is_paid_or_not(client_of, visit, people):
    client = client_of(people.bruno)
    assert words(visit(client, f"{ALL}?etat=a-payer")).count("452,75 €") == 3
    assert "Aucun mois de 2026 n'est dans cet état" in words(visit(client, f"{ALL}?etat=payes"))


def test_a_part_payment_gives_its_slip_on_the_list_and_on_the_month(client_of, visit, people):
    with db.connection_context():
        record_payment(
            lease=lease_of(people.bruno),
            reference="part",
            amount_cents=10000,
            method="especes",
            value_on=NOW.date(),
            at=NOW,
        )
    client = client_of(people.bruno)
    [form] = visit(client, ALL).select("form[action*='/recus/']")
    assert visit(client, f"{ALL}/2026-08").select(f"form[action='{form['action']}']")
    slip = words_of(client.post(form["action"], follow_redirects=True))
    assert "Somme reçue le lundi 23 novembre 2026, par espèces" in slip
    assert "Août 2026 100,00 € 352,75 €" in slip
    assert "Ce n'est pas une quittance" in slip
