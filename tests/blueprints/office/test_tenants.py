"""The Office's counter: find a tenant, read the file, give an access."""

import re
from io import BytesIO

from pypdf import PdfReader

from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.people.models import Access, SignIn
from tests.pages import plain
from tests.people import lease_of


def names(page):
    return [plain(title.text) for title in page.select(".rows .row__title")]


SEARCHES = {
    "keita": ["Mme Aminata KEÏTA"],
    "AMINATA Keïta": ["Mme Aminata KEÏTA"],
    "legoff": ["M. Bruno LE GOFF"],
    "0003": ["M. Charlie N'DIAYE"],
    "4 rue tilleuls": ["M. Charlie N'DIAYE"],
    "de almeida": ["Mme Nadia DE ALMEIDA-ŞAHIN"],
    "%": [],
    "_": [],
    "personne": [],
}


def test_one_box_finds_by_name_number_or_address(client_of, people, visit):
    manager = client_of(people.manager)
    for text, found in SEARCHES.items():
        assert names(visit(manager, "/bureau/recherche", query_string={"q": text})) == found, text


def test_a_dwelling_is_found_by_its_reference(client_of, people, visit, database):
    reference = lease_of(people.bruno).dwelling.reference
    page = visit(client_of(people.manager), f"/bureau/recherche?q={reference[:4]}+{reference[4:]}")
    assert names(page) == ["M. Bruno LE GOFF"]


def test_a_caretaker_finds_only_who_lives_in_its_buildings(client_of, people, visit):
    page = visit(client_of(people.loge), "/bureau/recherche?q=rue")
    assert names(page) == ["Mme Nadia DE ALMEIDA-ŞAHIN", "Mme Aminata KEÏTA", "M. Bruno LE GOFF"]
    assert names(visit(client_of(people.other_loge), "/bureau/recherche?q=rue")) == ["M. Charlie N'DIAYE"]


def test_the_file_says_who_what_and_how_much(client_of, people, visit):
    page = visit(client_of(people.manager), "/bureau/locataires/0002")
    text = plain(page.main.text)
    assert plain(page.h1.text) == "M. Bruno LE GOFF"
    assert "débiteur de 1 358,25 €" in text


def test_opening_a_file_is_told_to_the_tenant(client_of, people, visit):
    visit(client_of(people.manager), "/bureau/locataires/0001")
    visit(client_of(people.manager), "/bureau/locataires/0001")
    page = visit(client_of(people.aminata), "/espace/informations/consultations")
    rows = [plain(row.text) for row in page.select("tbody tr")]
    assert len(rows) == 1
    assert "Service gestion locative" in rows[0]
    assert "Marc" not in page.main.text


def test_a_caretaker_cannot_open_the_file_of_another_lodge(client_of, people, visit):
    visit(client_of(people.other_loge), "/bureau/locataires/0001", status=404)
    with db.connection_context():
        assert Trace.select().count() == 0


def test_a_new_password_is_shown_once_and_ends_the_sessions(client_of, people, visit, client):
    client_of(people.aminata)
    manager = client_of(people.manager)
    visit(manager, "/bureau/locataires/0001/acces")
    answer = manager.post("/bureau/locataires/0001/acces")
    page = visit(manager, answer.location)
    with db.connection_context():
        assert not SignIn.select().join(Access).where(Access.tenant == people.aminata).exists()
    login, password = (page.find(id=f"credential-{rank}").text for rank in (1, 2))
    assert client.post("/acces", data={"login": login, "password": password}).location == "/espace"
    assert not visit(manager, answer.location).find(class_="credentials")


def test_a_new_password_comes_as_a_letter_once_and_opens_the_door(client_of, people, client):
    manager = client_of(people.manager)
    answer = manager.post("/bureau/locataires/0001/acces", data={"letter": "oui"})
    letter = manager.get(answer.location)
    reader = PdfReader(BytesIO(letter.data))
    text = reader.pages[0].extract_text().replace("\u00a0", " ")
    assert len(reader.pages) == 1
    assert "4 rue Les Peupliers" in text
    login, password = re.search(r"Identifiant : (\S+)", text)[1], re.search(r"Mot de passe : (\S+)", text)[1]
    assert client.post("/acces", data={"login": login, "password": password}).location == "/espace"
    assert "déjà" in manager.get(answer.location).text


def test_accountants_and_technicians_give_no_access(client_of, people):
    for staff in (people.accountant, people.technical):
        assert client_of(staff).post("/bureau/locataires/0001/acces").status_code == 403


def test_a_closed_access_ends_its_sessions(client_of, people, visit):
    tenant, manager = client_of(people.aminata), client_of(people.manager)
    visit(tenant, "/espace/informations")
    visit(manager, "/bureau/locataires/0001/acces/fermeture")
    assert manager.post("/bureau/locataires/0001/acces/fermeture").status_code == 303
    assert tenant.get("/espace/informations").status_code == 303
    assert "Fermé" in visit(manager, "/bureau/locataires/0001").main.text


def test_requests_are_read_by_those_who_answer_for_them(client_of, people, client, visit):
    client.post("/acces/demande", data={"name": "<b>X</b>", "dwelling_reference": "1", "tenant_number": "2"})
    assert "<b>X</b>" in visit(client_of(people.manager), "/bureau/demandes").main.text
    visit(client_of(people.loge), "/bureau/demandes", status=403)


def test_the_first_page_says_what_waits(client_of, people, visit):
    assert "Aucune demande" in visit(client_of(people.manager), "/bureau").main.text
    assert "Demandes d’accès" not in visit(client_of(people.loge), "/bureau").main.text


def test_a_tenant_does_not_come_here(client_of, people, visit):
    visit(client_of(people.aminata), "/bureau", status=403)
