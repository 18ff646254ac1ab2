"""« Avis d’échéance »: the accountant asks for a month's avis, sees how far they are, and takes the file."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.db import db
from portal.domain.papers import printing
from portal.domain.papers.models import NoticeBatch
from portal.kernel.periods import Month
from portal.web.notice_batches import file_of, make_next
from tests.pages import plain, read_page
from tests.people import NOW
from tests.structure.queries import asked_by
from tests.structure.test_query_counts import MOST

URL = "/bureau/loyers/avis"
OCTOBER = {"mois": "2026-10"}
PAGE = f"{URL}?mois=2026-10"


@pytest.fixture
def claire(client_of, people):
    """The accountant, signed in."""
    return client_of(people.accountant)


def words(page) -> str:
    return plain(page.main.get_text(" "))


def work(app, clock) -> None:
    """Let the worker do what was asked."""
    with db.connection_context():
        assert make_next(app=app, clock=clock)


def test_from_the_rents_to_the_file(app, claire, clock, visit):
    assert visit(claire, "/bureau/loyers").find(href=PAGE)
    assert "Préparer les avis d'octobre 2026" in words(visit(claire, PAGE))
    answer = claire.post(URL, data=OCTOBER)
    assert (answer.status_code, answer.location) == (303, PAGE)
    page = visit(claire, PAGE)
    assert "Avis dessinés : 0 sur 3" in words(page)
    assert page.find("progress")["max"] == "3"
    assert page.find("a", class_="button", href=PAGE)  # « Actualiser », for who has no JavaScript
    assert claire.get(f"{URL}.pdf?mois=2026-10").location == PAGE
    work(app, clock)
    page = visit(claire, PAGE)
    link = page.find("a", class_="download")
    assert not link.get("data-hx-get")
    assert not page.find(id="notice-batches").get("data-hx-get")
    with claire.get(link["href"]) as given:
        assert given.headers["Content-Disposition"] == "attachment; filename=avis-2026-10.pdf"
        assert given.headers["Cache-Control"] == "no-store, private"
        assert len(PdfReader(BytesIO(given.data)).pages) == 3


def test_one_building_has_its_own_file(app, claire, clock, visit):
    claire.post(URL, data={**OCTOBER, "batiment": "PEU-A"})
    work(app, clock)
    assert "Prêts : Les Peupliers, Bâtiment A" in words(visit(claire, PAGE))
    with claire.get(f"{URL}.pdf?mois=2026-10&batiment=PEU-A") as given:
        assert len(PdfReader(BytesIO(given.data)).pages) == 2
    assert claire.get(f"{URL}.pdf?mois=2026-10").location == PAGE


def test_pressed_twice_it_is_prepared_once(app, claire, clock):
    for _ in range(2):
        claire.post(URL, data=OCTOBER)
    work(app, clock)
    claire.post(URL, data=OCTOBER)
    with db.connection_context():
        assert NoticeBatch.get().ready_at
        assert printing.next_to_make() is None


def test_the_page_that_waits_is_told_only_what_moved(app, claire, clock, visit):
    claire.post(URL, data=OCTOBER)
    asks = visit(claire, PAGE).find(id="notice-batches")["data-hx-get"]
    assert claire.get(asks).status_code == 204
    work(app, clock)
    news = claire.get(asks)
    part = read_page(news)
    assert part.find(id="notice-batches").find("a", class_="download")
    assert not part.find(id="notice-batches").get("data-hx-trigger")
    assert "finie" in part.find(id="status").text
    fresh = visit(claire, PAGE).find(id="notice-batches")
    assert "".join(part.find(id="notice-batches").text.split()) == "".join(fresh.text.split())


def test_a_work_that_stopped_says_so_and_goes_on_when_pressed_again(app, claire, clock, visit):
    claire.post(URL, data=OCTOBER)
    with db.connection_context():
        printing.note_stopped(batch=NoticeBatch.get(), at=clock.now())
    assert "s'est arrêté" in words(visit(claire, PAGE))
    claire.post(URL, data=OCTOBER)
    work(app, clock)
    assert visit(claire, PAGE).find("a", class_="download")


def test_a_file_that_is_gone_is_prepared_again(app, claire, clock, visit):
    claire.post(URL, data=OCTOBER)
    work(app, clock)
    with db.connection_context():
        file_of(app, NoticeBatch.get()).unlink()
    assert "À refaire" in words(visit(claire, PAGE))
    assert claire.get(f"{URL}.pdf?mois=2026-10").location == PAGE
    claire.post(URL, data=OCTOBER)
    work(app, clock)
    with claire.get(f"{URL}.pdf?mois=2026-10") as given:
        assert given.status_code == 200


def test_a_month_nobody_was_asked_for_has_nothing_to_prepare(claire, visit):
    page = visit(claire, f"{URL}?mois=2026-11")
    assert "Aucun loyer n'a encore été demandé" in words(page)
    assert not page.main.find("form")
    claire.post(URL, data={"mois": "2026-11"})
    assert "Aucun loyer n'a été demandé" in plain(visit(claire, f"{URL}?mois=2026-11").get_text())


@pytest.mark.parametrize("sent", [{"mois": "2026-13"}, {"mois": "octobre"}])
def test_a_month_that_cannot_be_does_not_exist(claire, sent):
    assert claire.post(URL, data=sent).status_code == 404
    assert [claire.get(f"{URL}{end}", query_string=sent).status_code for end in ("", "/suite", ".pdf")] == [404] * 3


def test_a_building_that_is_not_in_the_list_is_refused(claire):
    answer = claire.post(URL, data={**OCTOBER, "batiment": "../../etc"})
    assert answer.status_code == 422
    assert read_page(answer).find(id="batiment-error")


@pytest.mark.parametrize("name", ["admin", "manager", "technical", "loge"])
def test_it_is_the_accountants_alone(client_of, people, visit, name):
    client = client_of(getattr(people, name))
    assert client.post(URL, data=OCTOBER).status_code == 403
    assert client.get(f"{URL}.pdf?mois=2026-10").status_code == 403
    if name in ("admin", "manager"):
        assert not visit(client, "/bureau/loyers").find(href=PAGE)


def test_the_page_costs_no_more_with_files_of_every_building(claire):
    for building in ("", "PEU-A", "TIL-A"):
        claire.post(URL, data={**OCTOBER, "batiment": building})
    with db.connection_context():
        printing.note_ready(batch=printing.batch_of(month=Month(2026, 10), building="PEU-A"), count=2, at=NOW)
    for url in (PAGE, f"{URL}/suite?mois=2026-10"):
        _, asked = asked_by(claire, url)
        assert len(asked) <= MOST
