"""The papers at the Office's counter: a duplicate, a quittance for who asks, the quittances that leave by post."""

import io

from pypdf import PdfReader

from portal.db import db
from portal.domain.papers.models import Paper, PaperLetter
from tests.pages import plain, read_page
from tests.support.papers import agree, receipt, words_of

COUNTER = "/bureau/loyers/comptes/B-0001/papiers"
POST = "/bureau/courriers/quittances"


def words(page):
    return plain(page.main.get_text(" "))


def test_a_duplicate_has_the_same_number_and_leaves_the_original_as_it_was(client_of, visit, people):
    original = receipt(client_of(people.aminata), "2026-10")
    manager = client_of(people.manager)
    assert "Quittance n° Q-2026-000001" in words(visit(manager, COUNTER))
    again = words_of(manager.get(f"{COUNTER}/Q-2026-000001.pdf"))
    assert "DUPLICATA du 23/11/2026" in again
    assert "n° Q-2026-000001" in again
    assert client_of(people.aminata).get("/espace/papiers/Q-2026-000001.pdf").data == original.data


def test_who_asks_at_the_counter_has_the_first_quittance(client_of, people):
    given = words_of(client_of(people.manager).post(f"{COUNTER}/2026-10", follow_redirects=True))
    assert "n° Q-2026-000001" in given
    assert "DUPLICATA" not in given


def test_an_unpaid_month_gives_none_at_the_counter_either(client_of, people):
    url = "/bureau/loyers/comptes/B-0002/papiers/2026-10"
    refused = client_of(people.manager).post(url, follow_redirects=True)
    assert "pas encore entièrement payé" in words(read_page(refused))


def test_the_quittances_asked_by_post_are_printed_once_then_again_on_purpose(client_of, visit, people):
    for tenant in (people.aminata, people.charlie):
        agree(client_of(tenant), "non")
        client_of(tenant).post("/espace/quittances/2026-10/poste")
    manager = client_of(people.manager)
    assert "2 quittances attendent" in words(visit(manager, POST))
    printed = manager.post(POST)
    assert len(PdfReader(io.BytesIO(printed.data)).pages) == 2
    assert "Aucune quittance à envoyer" in words(read_page(manager.post(POST, follow_redirects=True)))
    moment = visit(manager, POST).find("input", attrs={"name": "printed_at"})["value"]
    assert len(PdfReader(io.BytesIO(manager.post(POST, data={"printed_at": moment}).data)).pages) == 2
    with db.connection_context():
        assert PaperLetter.select().where(PaperLetter.printed_at.is_null()).count() == 0
        assert Paper.select().count() == 2


def test_a_moment_that_is_none_is_refused_with_a_sentence(client_of, people):
    answer = client_of(people.manager).post(POST, data={"printed_at": "hier"}, follow_redirects=True)
    assert "Ce lot n'existe pas" in words(read_page(answer))
