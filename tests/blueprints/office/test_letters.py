"""The paper batch: everything that waits in one PDF, once."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.housing.models import Lease
from portal.domain.people.models import Access, Letter, LetterBatch
from tests.pages import plain
from tests.people import NOW, lease_of
from tests.support.tags import faults_of

KEY, OTHER = "a" * 32, "b" * 32
PASSWORD = re.compile(r"Identifiant : (\S+)\s+Mot de passe : (\S+)")


@pytest.fixture
def manager(client_of, people):
    return client_of(people.manager)


@pytest.fixture
def post(app, people):
    """A letter that tells of an opened access, and one that gives Nadia hers."""
    with db.connection_context():
        Letter.create(tenant=people.aminata, kind="access_opened", asked_at=NOW)
        Letter.create(tenant=people.nadia, kind="access_code", asked_at=NOW)


def pages_of(answer) -> list[str]:
    assert answer.mimetype == "application/pdf", answer.status_code
    return [plain(page.extract_text()) for page in PdfReader(BytesIO(answer.data)).pages]


def passwords_in(answer) -> tuple[str, str]:
    return PASSWORD.search(" ".join(pages_of(answer))).groups()


def press(client, key=KEY, url="/bureau/courriers"):
    return client.post(url, data={"once_key": key})


def rows(page) -> list[str]:
    return [plain(row.get_text(" ")) for row in page.select("tbody tr")]


def test_the_page_says_to_whom_where_why_and_since_when(manager, post, visit):
    page = visit(manager, "/bureau/courriers")
    assert len(rows(page)) == 2
    for words in ("Mme Aminata KEÏTA", "4 rue Les Peupliers", "Accès ouvert", "23/11/2026 à 11 h 00"):
        assert words in rows(page)[0]
    assert "(2 en attente)" in plain(page.select_one("#menu").get_text(" "))


def test_one_pdf_has_a_tagged_page_for_each_letter(manager, post):
    answer = press(manager)
    told, code = pages_of(answer)
    assert "Un accès à l'espace locataires a été ouvert" in told
    assert "4 rue Les Peupliers" in told
    assert "Nadia" in code
    assert PdfReader(BytesIO(answer.data)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert faults_of(answer.data) == []


def test_once_printed_nothing_waits_any_more_and_it_is_traced(manager, post, visit, people):
    press(manager)
    page = visit(manager, "/bureau/courriers")
    assert "Aucun courrier n'attend" in plain(page.main.get_text(" "))
    assert "2 lettres, dont 1 mot de passe" in rows(page)[0]
    with db.connection_context():
        trace = Trace.get(Trace.act == "printed_letters")
        assert (trace.staff_id, trace.detail) == (people.manager.id, "batch 1, 2 letters")


def test_the_second_half_of_a_double_click_prints_nothing(manager, post, visit):
    press(manager)
    assert press(manager).location == "/bureau/courriers"
    assert "viennent d'être imprimés" in plain(visit(manager, "/bureau/courriers").main.get_text())
    with db.connection_context():
        assert LetterBatch.select().count() == 1


def test_a_posted_password_opens_the_space(manager, post, client):
    login, password = passwords_in(press(manager))
    assert client.post("/acces", data={"login": login, "password": password}).location == "/espace"


def test_reprinting_makes_a_new_password_and_the_former_opens_nothing(manager, post, client):
    login, former = passwords_in(press(manager))
    again, new = passwords_in(press(manager, OTHER, "/bureau/courriers/lots/1"))
    assert (again, new != former) == (login, True)
    assert client.post("/acces", data={"login": login, "password": former}).status_code == 422
    assert client.post("/acces", data={"login": login, "password": new}).location == "/espace"


def test_reprinting_leaves_alone_who_has_chosen_another_password(manager, post, people, clock):
    press(manager)
    with db.connection_context():
        Access.update(password_set_at="2026-11-24T10:00:00Z").where(Access.tenant == people.nadia).execute()
    pages = pages_of(press(manager, OTHER, "/bureau/courriers/lots/1"))
    assert ["Nadia" in page for page in pages] == [False]


def test_who_has_no_address_any_more_is_said_and_not_printed(manager, post, people, visit):
    with db.connection_context():
        Lease.update(ends_on="2026-10-31").where(Lease.id == lease_of(people.aminata).id).execute()
    page = plain(visit(manager, "/bureau/courriers").main.get_text(" "))
    assert "Sans adresse" in page
    assert len(pages_of(press(manager))) == 1


def test_a_drawing_that_fails_leaves_the_letters_waiting(manager, post, monkeypatch):
    monkeypatch.setattr("portal.web.pdf.draw_all", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        press(manager)
    with db.connection_context():
        assert Letter.select().where(Letter.printed_at.is_null()).count() == 2
        assert not LetterBatch.select().exists()


def test_an_unknown_batch_and_the_wrong_roles_are_refused(manager, client_of, people):
    assert press(manager, url="/bureau/courriers/lots/99").status_code == 404
    for staff in (people.accountant, people.technical, people.loge):
        assert press(client_of(staff)).status_code == 403
