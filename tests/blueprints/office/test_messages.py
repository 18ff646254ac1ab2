"""The Office's post, as its staff meet it."""

from io import BytesIO

import pytest
from flask import Flask

from portal.db import db
from portal.domain.files.models import StoredFile
from portal.domain.housing.models import Building
from portal.domain.messages import actions
from portal.domain.messages.actions import Words
from portal.domain.messages.models import Attachment, Message, Notice, Thread
from portal.domain.people.models import Tenant
from tests.fixtures.files import picture
from tests.pages import plain
from tests.people import NOW, People

KEY = "a" * 32


def asks(tenant: Tenant, key: str = "b" * 32) -> Thread:
    with db.connection_context():
        words = Words("Je ne comprends pas ce montant.", key)
        return actions.open_thread(tenant=tenant, subject="loyer", words=words, at=NOW)


@pytest.fixture
def notice(app: Flask) -> dict[str, str]:
    """A notice to the first building, as the form sends it."""
    with db.connection_context():
        building = Building.get(Building.code == "PEU-A")
    return {"building": str(building.id), "subject": "Coupure d’eau", "body": "Demain matin.", "once_key": KEY}


def count(model: type) -> int:
    with db.connection_context():
        return model.select().count()


def rows(page) -> list[str]:
    return [plain(row.get_text(" ")) for row in page.select(".row")]


def test_the_inbox_keeps_what_is_to_answer_whoever_waits_longest_first(people: People, client_of, visit) -> None:
    asks(people.aminata), asks(people.bruno, "c" * 32)
    assert ["KEÏTA" in row for row in rows(visit(client_of(people.manager), "/bureau/messages"))] == [True, False]


def test_once_answered_a_thread_leaves_what_is_to_answer_and_stays_in_all(people: People, client_of, visit) -> None:
    thread, client = asks(people.aminata), client_of(people.manager)
    asks(people.bruno, "c" * 32)
    client.post(f"/bureau/messages/{thread.id}", data={"body": "Voici.", "once_key": KEY})
    assert len(rows(visit(client, "/bureau/messages"))) == 1
    everything = rows(visit(client, "/bureau/messages?etat=tous"))
    assert ["À répondre" in row for row in everything] == [True, False]


def test_a_message_that_asks_for_no_answer_is_set_aside_until_the_tenant_writes_again(
    people: People, client_of, visit
) -> None:
    thread, client = asks(people.aminata), client_of(people.manager)
    assert client.post(f"/bureau/messages/{thread.id}/classer").location == "/bureau/messages"
    assert "Aucun message n'attend de réponse" in plain(visit(client, "/bureau/messages").main.get_text())
    again = client_of(people.aminata)
    again.post(f"/espace/messages/{thread.id}", data={"body": "J’oubliais.", "once_key": KEY})
    assert len(rows(visit(client, "/bureau/messages"))) == 1


def test_notices_nobody_answered_do_not_drown_the_rest(people: People, client_of, visit, notice: dict) -> None:
    client = client_of(people.manager)
    sent = client.post("/bureau/ecrire/batiment/envoi", data=notice).location
    assert rows(visit(client, "/bureau/messages?etat=tous")) == []
    assert "Lu par 0 sur 3 locataires" in rows(visit(client, "/bureau/messages/avis"))[0]
    with db.connection_context():
        thread = Thread.get(Thread.tenant == people.bruno)
    client_of(people.bruno).get(f"/espace/messages/{thread.id}")
    client_of(people.bruno).post(f"/espace/messages/{thread.id}", data={"body": "Merci.", "once_key": "d" * 32})
    assert len(rows(visit(client, "/bureau/messages"))) == 1
    told = [plain(row.get_text(" ")) for row in visit(client, sent).select("tbody tr")]
    assert ["A répondu" in told[0], "Pas encore lu" in told[1]] == [True, True]


def test_an_answer_goes_out_under_the_function_and_says_whether_it_was_read(people: People, client_of, visit) -> None:
    thread, client = asks(people.aminata), client_of(people.accountant)
    answer = client.post(f"/bureau/messages/{thread.id}", data={"body": "Voici.", "once_key": KEY})
    assert answer.status_code == 303
    page = plain(visit(client, answer.location).get_text())
    assert "Pas encore lu" in page
    assert "Service comptabilité" in page
    visit(client_of(people.aminata), f"/espace/messages/{thread.id}")
    assert "Lu le lundi 23 novembre 2026 à 11 h 00" in plain(visit(client, answer.location).get_text())


def test_a_caretaker_reads_the_threads_of_its_lodge_only(people: People, client_of, visit) -> None:
    thread = asks(people.aminata)
    visit(client_of(people.loge), f"/bureau/messages/{thread.id}")
    other = client_of(people.other_loge)
    assert other.get(f"/bureau/messages/{thread.id}").status_code == 404
    assert not visit(other, "/bureau/messages").select(".row")
    assert other.post(f"/bureau/messages/{thread.id}/classer").status_code == 404


def test_a_message_to_one_tenant_starts_from_the_file(people: People, client_of, visit) -> None:
    client = client_of(people.manager)
    page = visit(client, "/bureau/ecrire?locataire=0001")
    assert page.find(id="tenant_number")["value"] == "0001"
    asked = {"tenant_number": "00 01", "subject": "Rendez-vous", "body": "Passez nous voir.", "once_key": KEY}
    assert {client.post("/bureau/ecrire", data=asked).status_code for _ in range(2)} == {303}
    assert count(Thread) == 1


def test_an_unknown_number_or_a_tenant_out_of_reach_is_said(people: People, client_of) -> None:
    asked = {"tenant_number": "0001", "subject": "Rendez-vous", "body": "Passez nous voir.", "once_key": KEY}
    answer = client_of(people.other_loge).post("/bureau/ecrire", data=asked)
    assert answer.status_code == 422
    assert "Aucun locataire" in answer.text
    assert count(Message) == 0


def test_a_notice_is_checked_with_its_count_before_it_leaves(people: People, client_of, notice: dict) -> None:
    answer = client_of(people.manager).post("/bureau/ecrire/batiment", data=notice)
    assert answer.status_code == 200
    assert "Envoyer à 3 locataires" in plain(answer.text)
    assert count(Notice) == 0


def test_a_notice_sent_twice_reaches_each_tenant_once(people: People, client_of, visit, notice: dict) -> None:
    client = client_of(people.manager)
    for _ in range(2):
        assert client.post("/bureau/ecrire/batiment/envoi", data=notice).status_code == 303
    assert count(Notice) == 1
    assert count(Thread) == 3
    assert "Coupure d'eau" in plain(visit(client_of(people.bruno), "/espace/messages").get_text())


def test_an_alert_needs_a_day_to_come(people: People, client_of, notice: dict) -> None:
    answer = client_of(people.manager).post("/bureau/ecrire/batiment", data=notice | {"urgent_until": "2026-11-22"})
    assert answer.status_code == 422
    assert "déjà passé" in answer.text


def test_a_caretaker_writes_to_its_own_buildings_only(people: People, client_of, notice: dict) -> None:
    for url in ("/bureau/ecrire/batiment", "/bureau/ecrire/batiment/envoi"):
        assert client_of(people.other_loge).post(url, data=notice).status_code == 422
    assert count(Notice) == 0


def test_a_tenant_has_no_business_in_the_offices_post(people: People, client_of) -> None:
    assert client_of(people.aminata).get("/bureau/messages").status_code == 403


def test_the_files_of_a_notice_are_kept_once_and_read_by_its_tenants_only(
    people: People, client_of, visit, notice: dict
) -> None:
    client = client_of(people.manager)
    files = {"files": (BytesIO(picture()), "plan.jpg")}
    assert client.post("/bureau/ecrire/batiment/envoi", data=notice | files).status_code == 303
    assert (count(StoredFile), count(Attachment)) == (1, 3)
    with db.connection_context():
        hers = Attachment.select().join(Message).join(Thread).where(Thread.tenant == people.aminata).get()
    url = f"/espace/messages/pieces/{hers.id}"
    with client_of(people.aminata).get(url) as answer:
        assert answer.mimetype == "image/jpeg"
    assert [client_of(other).get(url).status_code for other in (people.bruno, people.charlie)] == [404, 404]


def test_a_file_that_cannot_be_kept_comes_back_to_the_check_page(people: People, client_of, notice: dict) -> None:
    files = {"files": (BytesIO(b"<html>"), "plan.jpg")}
    answer = client_of(people.manager).post("/bureau/ecrire/batiment/envoi", data=notice | files)
    assert answer.status_code == 422
    assert "n’a pas pu être lu" in answer.text
    assert "Coupure d’eau" in answer.text
    assert count(Notice) == 0
